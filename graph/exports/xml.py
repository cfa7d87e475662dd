"""SPARQL Query Results XML."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TextIO
from xml.sax.saxutils import escape, quoteattr

import pyoxigraph as ox

from sinergi.graph.results import Row, Term
from sinergi.ontology import XSD

NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class XmlExport:
    """One solution to a line. XML has no room for some control characters: they become U+FFFD."""

    def __init__(self, stream: TextIO, columns: Sequence[str]) -> None:
        self._stream = stream
        self._columns = columns
        names = "".join(f"<variable name={quoteattr(name)}/>" for name in columns)
        stream.write('<?xml version="1.0"?>\n')
        stream.write('<sparql xmlns="http://www.w3.org/2005/sparql-results#">\n')
        stream.write(f"<head>{names}</head>\n<results>\n")

    def write(self, item: Row) -> None:
        terms = ((name, item[name]) for name in self._columns)
        self._stream.write(
            "<result>"
            + "".join(
                f"<binding name={quoteattr(name)}>{_term(term)}</binding>"
                for name, term in terms
                if term is not None
            )
            + "</result>\n"
        )

    def finish(self) -> None:
        self._stream.write("</results>\n</sparql>\n")


def _term(term: Term) -> str:
    if isinstance(term, ox.NamedNode):
        return f"<uri>{_text(term.value)}</uri>"
    if isinstance(term, ox.BlankNode):
        return f"<bnode>{_text(term.value)}</bnode>"
    if isinstance(term, ox.Triple):
        return (
            f"<triple><subject>{_term(term.subject)}</subject>"
            f"<predicate>{_term(term.predicate)}</predicate>"
            f"<object>{_term(term.object)}</object></triple>"
        )
    marks = ""
    if term.language:
        marks = f" xml:lang={quoteattr(term.language)}"
    elif term.datatype != XSD.string:
        marks = f" datatype={quoteattr(term.datatype.value)}"
    return f"<literal{marks}>{_text(term.value)}</literal>"


def _text(value: str) -> str:
    # A bare CR would come back as LF.
    return escape(NOT_XML.sub("\ufffd", value), {"\r": "&#13;"})
