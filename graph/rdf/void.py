"""How much of what a graph holds, in VoID: for releases, and for the server's own description."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from sinergi.graph.results import Source, select
from sinergi.ontology import PREFIXES, VOCABULARIES, XSD, Namespace

VOID = Namespace("http://rdfs.org/ns/void#")

_CLASSES = """
SELECT ?class (COUNT(DISTINCT ?thing) AS ?count) WHERE { ?thing a ?class } GROUP BY ?class
ORDER BY ?class"""
_PROPERTIES = """
SELECT ?property (COUNT(*) AS ?count) WHERE { ?thing ?property ?value } GROUP BY ?property
ORDER BY ?property"""


def void_triples(store: Source, dataset: ox.NamedNode, base: str) -> Iterator[ox.Triple]:
    """What a dataset holds, its vocabularies, and how its IRIs begin.

    Counts are of what stands in all named graphs; a triple that two articles state counts twice.
    """
    yield ox.Triple(dataset, VOID.uriSpace, ox.Literal(base))
    for name in ("cv", "dcterms", "foaf", "oa", "org", "prov", "schema", "sin", "skos"):
        yield ox.Triple(dataset, VOID.vocabulary, ox.NamedNode(PREFIXES[name]))
    yield ox.Triple(dataset, VOID.exampleResource, ox.NamedNode(f"{VOCABULARIES}role/host"))
    total = 0
    for number, line in enumerate(select(store, _PROPERTIES).dicts(), 1):
        part = ox.NamedNode(f"{dataset.value}-property-{number}")
        total += int(line["count"])
        yield ox.Triple(dataset, VOID.propertyPartition, part)
        yield ox.Triple(part, VOID.property, ox.NamedNode(line["property"]))
        yield ox.Triple(part, VOID.triples, _whole(line["count"]))
    yield ox.Triple(dataset, VOID.triples, _whole(total))
    for number, line in enumerate(select(store, _CLASSES).dicts(), 1):
        part = ox.NamedNode(f"{dataset.value}-class-{number}")
        yield ox.Triple(dataset, VOID.classPartition, part)
        yield ox.Triple(part, getattr(VOID, "class"), ox.NamedNode(line["class"]))
        yield ox.Triple(part, VOID.entities, _whole(line["count"]))


def _whole(value: int | str) -> ox.Literal:
    return ox.Literal(str(value), datatype=XSD.integer)
