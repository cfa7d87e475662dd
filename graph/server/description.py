"""The service description of the SPARQL endpoint, and what the store holds, in VoID."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from sinergi.graph.rdf.void import VOID, void_triples
from sinergi.graph.server.formats import ROWS, TRIPLES
from sinergi.graph.server.site import Site
from sinergi.ontology import DCTERMS, RDF, Namespace, read

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
FORMATS = "http://www.w3.org/ns/formats/"
# W3C's names for the formats; it has none for some media types that mean one of them anyway.
_FORMAT_NAMES = {
    "json": "SPARQL_Results_JSON",
    "xml": "SPARQL_Results_XML",
    "csv": "SPARQL_Results_CSV",
    "tsv": "SPARQL_Results_TSV",
    "turtle": "Turtle",
    "jsonld": "JSON-LD",
    "ntriples": "N-Triples",
    "rdfxml": "RDF_XML",
    "trig": "TriG",
    "nquads": "N-Quads",
}


def description(site: Site) -> Iterator[ox.Triple]:
    """The endpoint, its dataset, and how much of what there is in it.

    Counts are of what stands in all named graphs; a triple that two articles state counts twice.
    """
    endpoint = ox.NamedNode(f"{site.address}sparql")
    dataset = ox.NamedNode(f"{site.address}void#dataset")
    graph = ox.NamedNode(f"{site.address}void#union")
    yield from _facts(endpoint, SD, Service=None, endpoint=endpoint, defaultDataset=dataset)
    yield from _facts(
        endpoint, SD, feature=SD.UnionDefaultGraph, supportedLanguage=SD.SPARQL11Query
    )
    for name in dict.fromkeys(offer.name for offer in (*ROWS, *TRIPLES)):
        yield ox.Triple(endpoint, SD.resultFormat, ox.NamedNode(FORMATS + _FORMAT_NAMES[name]))

    yield from _facts(dataset, SD, Dataset=None, defaultGraph=graph)
    yield from _facts(dataset, VOID, Dataset=None, sparqlEndpoint=endpoint)
    yield ox.Triple(dataset, DCTERMS.title, ox.Literal("sinergi", language="id"))
    yield from _facts(graph, SD, Graph=None)
    yield from void_triples(site.store, dataset, site.base)


def ontology() -> Iterator[ox.Triple]:
    """Our own terms, as ontology/sinergi.ttl declares them."""
    for quad in ox.parse(read("sinergi.ttl"), format=ox.RdfFormat.TURTLE):
        yield quad.triple


def _facts(
    thing: ox.NamedNode, namespace: Namespace, **facts: ox.NamedNode | None
) -> Iterator[ox.Triple]:
    """One triple for each: a class where there is no value, else a property."""
    for name, value in facts.items():
        term: ox.NamedNode = getattr(namespace, name)
        if value is None:
            yield ox.Triple(thing, RDF.type, term)
        else:
            yield ox.Triple(thing, term, value)
