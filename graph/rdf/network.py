"""A network's measures as RDF, so that they can be queried beside the meetings they come from.

The network is a schema:Dataset with its settings as schema:PropertyValue; every measure of an
actor and every tie is a schema:Observation. It is a prov:Entity of the run that measured it, and
that run is informed by the build of the store. It is named after its content: the same network gets
the same IRI.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from pyoxigraph import Literal, NamedNode, Quad

from sinergi.graph.rdf.quads import NamedGraph, text
from sinergi.ontology import PROV, RDF, SCHEMA, Iris, concept, segment

if TYPE_CHECKING:
    import networkx as nx

# What stands on a node that is no measure of it: the graph says it already.
_NOT_MEASURED = frozenset({"label", "kind", "sector", "region", "parent", "agency"})


def network_quads(
    graph: nx.Graph[Any], software_version: str, *, build: str | None = None,
    iris: Iris | None = None,
) -> list[Quad]:  # fmt: skip
    """Everything of `graph`, a network of sinergi.graph.network, in a named graph of its own.

    `build` is the IRI of the run that built the store it comes from.
    """
    iris = iris or Iris()
    digest = hashlib.sha256(_canonical(graph).encode("utf-8", "surrogatepass")).hexdigest()[:16]
    network = _node(iris, digest)
    quads = NamedGraph(NamedNode(f"{iris.base}graph/network/{digest}"))
    run = iris.run(f"network.{software_version}.{digest}")
    quads.add(run, RDF.type, PROV.Activity)
    quads.add(run, PROV.wasAssociatedWith, iris.software(software_version))
    quads.add(run, PROV.wasInformedBy, NamedNode(build) if build else None)
    quads.add(iris.software(software_version), RDF.type, PROV.SoftwareAgent)
    quads.add(iris.software(software_version), SCHEMA.name, text("sinergi"))
    quads.add(iris.software(software_version), SCHEMA.softwareVersion, text(software_version))
    quads.add(network, RDF.type, SCHEMA.Dataset, PROV.Entity)
    quads.add(network, PROV.wasGeneratedBy, run)
    for name, value in graph.graph.items():
        property = _node(iris, digest, "setting", name)
        quads.add(network, SCHEMA.additionalProperty, property)
        quads.add(property, RDF.type, SCHEMA.PropertyValue)
        quads.add(property, SCHEMA.name, text(name))
        quads.add(property, SCHEMA.value, Literal(value))

    def observe(about: list[NamedNode], path: tuple[str, ...], name: str, value: Any) -> None:
        observation = _node(iris, digest, *path, name)
        quads.add(observation, RDF.type, SCHEMA.Observation)
        quads.add(observation, SCHEMA.isPartOf, network)
        quads.add(observation, SCHEMA.observationAbout, *about)
        quads.add(observation, SCHEMA.variableMeasured, text(name))
        quads.add(observation, SCHEMA.value, Literal(value))

    actor = _actor(graph, iris)
    for key, data in graph.nodes(data=True):
        for name, value in data.items():
            if name not in _NOT_MEASURED:
                observe([actor(key)], ("actor", key), name, value)
    for one, other, data in graph.edges(data=True):
        for name, value in data.items():
            observe([actor(one), actor(other)], ("tie", one, other), name, value)
    return quads.sorted()


def _actor(graph: nx.Graph[Any], iris: Iris) -> Any:
    if graph.graph.get("actors") == "officials":
        return iris.person
    if graph.graph.get("level") == "sector":
        return lambda key: concept("sector", key)
    return iris.agency


def _node(iris: Iris, *path: str) -> NamedNode:
    return NamedNode(iris.base + "/".join(("network", *map(segment, path))))


def _canonical(graph: nx.Graph[Any]) -> str:
    edges = sorted((*sorted((a, b)), data) for a, b, data in graph.edges(data=True))
    parts = (graph.graph, sorted(graph.nodes(data=True)), edges)
    return json.dumps(parts, sort_keys=True, ensure_ascii=True)
