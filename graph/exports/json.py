"""SPARQL 1.1 Query Results JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, TextIO

import pyoxigraph as ox

from sinergi.graph.results import Row, Term
from sinergi.ontology import XSD


class JsonExport:
    """One solution to a line."""

    def __init__(self, stream: TextIO, columns: Sequence[str]) -> None:
        self._stream = stream
        self._columns = columns
        self._before = "\n"
        head = json.dumps({"vars": list(columns)})
        stream.write(f'{{"head": {head}, "results": {{"bindings": [')

    def write(self, item: Row) -> None:
        terms = ((name, item[name]) for name in self._columns)
        solution = {name: _term(term) for name, term in terms if term is not None}
        self._stream.write(self._before + json.dumps(solution, ensure_ascii=False))
        self._before = ",\n"

    def finish(self) -> None:
        self._stream.write("\n]}}\n")


def _term(term: Term) -> dict[str, Any]:
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, ox.Triple):
        parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
        return {"type": "triple", "value": {part: _term(value) for part, value in parts.items()}}
    literal = {"type": "literal", "value": term.value}
    if term.language:
        literal["xml:lang"] = term.language
    elif term.datatype != XSD.string:
        literal["datatype"] = term.datatype.value
    return literal
