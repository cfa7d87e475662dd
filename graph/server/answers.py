"""The questions that a worker answers, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, TextIO

import pyoxigraph as ox

from sinergi.graph.exports import export_graph, export_result
from sinergi.graph.results import Result, Triples
from sinergi.graph.server.description import description, ontology
from sinergi.graph.server.formats import ROWS, TRIPLES, Format, by_name, choose
from sinergi.graph.server.site import Head, Refused, Site

Question = Mapping[str, Any]


def answer(site: Site, question: Question, out: TextIO) -> Head:
    """Write the answer to `out` and return its head. Raises Refused and SinergiError."""
    return _QUESTIONS[question["ask"]](site, question, out)


def form(question: Question, offers: tuple[Format, ...]) -> Format:
    """The format that a question asks for, by name or by its Accept header."""
    if name := question.get("format"):
        if found := by_name(name, offers):
            return found
        names = dict.fromkeys(offer.name for offer in offers)
        raise Refused(406, f"This is not given as {name}; choose {', '.join(names)}.")
    if found := choose(question.get("accept"), offers):
        return found
    raise Refused(406, f"This is given as {', '.join(o.media for o in offers)}; accept one.")


def _query(site: Site, question: Question, out: TextIO) -> Head:
    """SPARQL, by the protocol."""
    result: Result = site.store.query(
        question["query"],
        default_graphs=_graphs(question["default_graphs"]),
        named_graphs=_graphs(question["named_graphs"]),
    )
    chosen = form(question, TRIPLES if isinstance(result, Triples) else ROWS)
    export_result(result, chosen.name, out)
    return _head(chosen)


def _describe(site: Site, question: Question, out: TextIO) -> Head:
    """What the server offers and the store holds."""
    chosen = form(question, TRIPLES)
    export_graph(description(site), chosen.name, out)
    return _head(chosen)


def _ontology(site: Site, question: Question, out: TextIO) -> Head:
    """sinergi's own terms."""
    chosen = form(question, TRIPLES)
    export_graph(ontology(), chosen.name, out)
    return _head(chosen)


def _graphs(iris: list[str]) -> list[ox.NamedNode]:
    try:
        return [ox.NamedNode(iri) for iri in iris]
    except ValueError as error:
        raise Refused(400, f"A graph is named by an IRI: {error}.") from None


def _head(chosen: Format) -> Head:
    charset = "; charset=utf-8" if chosen.media.startswith("text/") else ""
    return {"status": 200, "type": chosen.media + charset}


_QUESTIONS: Mapping[str, Callable[[Site, Question, TextIO], Head]] = MappingProxyType(
    {"query": _query, "describe": _describe, "ontology": _ontology}
)
