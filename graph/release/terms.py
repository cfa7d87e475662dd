"""Triples of descriptions: short to say, sorted, written as Turtle with prefixes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pyoxigraph as ox

from sinergi.graph.rdf.void import VOID
from sinergi.ontology import (
    DCTERMS,
    FOAF,
    PROV,
    RDF,
    SCHEMA,
    SIN,
    SKOS,
    XSD,
    Namespace,
)

DCAT = Namespace("http://www.w3.org/ns/dcat#")
DQV = Namespace("http://www.w3.org/ns/dqv#")
LDQD = Namespace("http://www.w3.org/2016/05/ldqd#")
SPDX = Namespace("http://spdx.org/rdf/terms#")

_PREFIXES: Mapping[str, Namespace] = {
    "dcat": DCAT, "dcterms": DCTERMS, "dqv": DQV, "foaf": FOAF, "ldqd": LDQD, "prov": PROV,
    "rdf": RDF, "schema": SCHEMA, "sin": SIN, "skos": SKOS, "spdx": SPDX, "void": VOID, "xsd": XSD,
}  # fmt: skip

Value = ox.NamedNode | ox.Literal


class Triples:
    """Triples as they are being said."""

    def __init__(self) -> None:
        self._said: set[ox.Triple] = set()

    def add(self, subject: ox.NamedNode, predicate: ox.NamedNode, *values: Value | None) -> None:
        """Says `predicate` of `subject` once for each value that is there."""
        self._said.update(ox.Triple(subject, predicate, value) for value in values if value)

    def update(self, triples: Iterable[ox.Triple]) -> None:
        self._said.update(triples)

    def turtle(self) -> str:
        """All of them, sorted."""
        prefixes = {name: str(namespace) for name, namespace in _PREFIXES.items()}
        data = ox.serialize(
            sorted(self._said, key=str), format=ox.RdfFormat.TURTLE, prefixes=prefixes
        )
        assert data is not None  # it is bytes where no file is given
        lines = data.decode("utf-8").splitlines(keepends=True)
        # The serializer writes prefixes in the order of a hash table.
        head = sorted(line for line in lines if line.startswith("@prefix "))
        return "".join([*head, "\n", *lines[len(head) :]])


def english(value: str) -> ox.Literal:
    return ox.Literal(value, language="en")


def whole(value: int | str) -> ox.Literal:
    return ox.Literal(str(value), datatype=XSD.integer)


def share(value: float) -> ox.Literal:
    """A figure from 0 to 1."""
    return ox.Literal(f"{value:.4f}", datatype=XSD.decimal)


def day(value: str) -> ox.Literal:
    return ox.Literal(value, datatype=XSD.date)
