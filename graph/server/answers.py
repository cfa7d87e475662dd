"""The questions that a worker answers, by name."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, TextIO
from urllib.parse import urlencode

import pyoxigraph as ox

from sinergi.graph.exports import export_graph, export_result
from sinergi.graph.queries.naming import current
from sinergi.graph.results import Result, Triples
from sinergi.graph.server.description import description, ontology
from sinergi.graph.server.formats import HTML, PAGE, ROWS, TRIPLES, Format, by_name, choose
from sinergi.graph.server.guard import POLICY
from sinergi.graph.server.pages import asking, things
from sinergi.graph.server.pages.home import home, search
from sinergi.graph.server.pages.network import network_page
from sinergi.graph.server.pages.view import View
from sinergi.graph.server.site import Head, Refused, Site

Question = Mapping[str, Any]

_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]+)">')


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


def _page(site: Site, question: Question, out: TextIO) -> Head:
    """One of the pages that are what they are for everybody."""
    page = {"home": home, "search": search}[question["page"]]
    out.write(page(_view(site, question)))
    return _head(HTML)


def _thing(site: Site, question: Question, out: TextIO) -> Head:
    """What an IRI names, as a page or as RDF; of one that was replaced, where that is now."""
    thing = site.iri(question["room"], question["rest"])
    chosen = form(question, PAGE)
    now = current(site.store, thing)
    if now != thing and (path := site.path(now.value)):
        asked = urlencode([(name, value) for name, value in question["parameters"]])
        # Not for good: who withdraws a decision has the old one back.
        location = f"{path}?{asked}" if asked else path
        return {**_head(chosen), "status": 303, "headers": {"Location": location}}
    if chosen == HTML:
        out.write(things.page(_view(site, question), thing))
    else:
        export_graph(things.triples(site, thing), chosen.name, out)
    return _head(chosen)


def _asking(site: Site, question: Question, out: TextIO) -> Head:
    """The page for queries; a named one also as a file of rows."""
    view, name = _view(site, question), question["name"]
    if name is None:
        status, page = asking.overview(view)
    elif question["format"]:
        chosen = form(question, ROWS)
        export_result(asking.named_rows(site, name, view.parameters), chosen.name, out)
        return _head(chosen)
    else:
        status, page = asking.named(view, name)
    out.write(page)
    return {**_head(HTML), "status": status}


def _network(site: Site, question: Question, out: TextIO) -> Head:
    """The network page, under the policy that it brings along."""
    page = network_page(site)
    out.write(page)
    found = _POLICY.search(page)
    policy = html.unescape(found[1]) if found else POLICY
    return {
        **_head(HTML),
        "headers": {"Content-Security-Policy": f"{policy}; frame-ancestors 'none'"},
    }


def _view(site: Site, question: Question) -> View:
    names = ("language", "explicit", "path", "parameters")
    return View(site, *(question[name] for name in names))


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
    {
        "query": _query,
        "describe": _describe,
        "ontology": _ontology,
        "page": _page,
        "thing": _thing,
        "asking": _asking,
        "network": _network,
    }
)
