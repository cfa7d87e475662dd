"""Turtle: the triples of all graphs together, each once, grouped by subject and sorted."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import TextIO

import pyoxigraph as ox

from sinergi.graph.exports.terms import turtle_term, turtle_verb
from sinergi.ontology import PREFIXES

Key = tuple[str, str, str]


class TurtleExport:
    """Holds the triples until the end, to sort them and to say none twice."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._triples: dict[Key, None] = {}

    def write(self, item: ox.Quad | ox.Triple) -> None:
        self._triples[turtle_key(item)] = None

    def finish(self) -> None:
        write_prefixes(self._stream)
        write_triples(self._stream, self._triples)


def turtle_key(item: ox.Quad | ox.Triple) -> Key:
    """Subject, predicate and object as Turtle has them."""
    return turtle_term(item.subject), turtle_verb(item.predicate), turtle_term(item.object)


def write_prefixes(stream: TextIO) -> None:
    """The head of the document."""
    for prefix, iri in sorted(PREFIXES.items()):
        stream.write(f"@prefix {prefix}: <{iri}> .\n")


def write_triples(stream: TextIO, triples: Iterable[Key], indent: str = "") -> None:
    """The triples, sorted: a paragraph for each subject, its class first."""
    for subject, about in groupby(sorted(triples), key=lambda key: key[0]):
        by_verb = [
            (verb, " , ".join(key[2] for key in said))
            for verb, said in groupby(about, key=lambda key: key[1])
        ]
        by_verb.sort(key=lambda item: (item[0] != "a", item[0]))
        said = f" ;\n{indent}    ".join(f"{verb} {objects}" for verb, objects in by_verb)
        stream.write(f"\n{indent}{subject} {said} .\n")
