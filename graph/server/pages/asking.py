"""The page for queries: the named ones as forms, an editor, and what they answer."""

from __future__ import annotations

import io
from collections.abc import Iterable
from itertools import islice
from typing import Any

import pyoxigraph as ox

from sinergi.graph import queries
from sinergi.graph.errors import AmbiguousName, QueryError
from sinergi.graph.exports import export_result
from sinergi.graph.results import Row, Rows, Term, Triples, text
from sinergi.graph.server.pages.rendering import indonesian_queries
from sinergi.graph.server.pages.view import Link, View
from sinergi.graph.server.site import Refused, Site

SHOWN = 200  # rows on a page; files have all
SHOWN_TRIPLES = 2000

EXAMPLE = """\
SELECT DISTINCT ?companion ?official ?quote WHERE {
  ?participation sin:accompanies/foaf:name ?official ;
    cv:hasParticipant/foaf:name ?companion .
  ?evidence oa:hasBody ?participation ;
    oa:hasTarget/oa:hasSelector/oa:exact ?quote .
}
LIMIT 100"""


def named_rows(site: Site, name: str, parameters: Iterable[tuple[str, str]]) -> Rows:
    """The answer of a named query; raises QueryError."""
    given = {key: value.strip() for key, value in parameters if value.strip()}
    takes = {parameter.name for parameter in _named(name).parameters}
    values = {key: value for key, value in given.items() if key in takes}
    return queries.run(site.store, name, values, identify=site.registry.identify)


def overview(view: View) -> tuple[int, str]:
    """Every named query and the editor; with the answer where there is a `query`."""
    query = dict(view.parameters).get("query")
    data: dict[str, Any] = {"query": query or EXAMPLE, "result": None, "error": None}
    if query is not None:
        try:
            data["result"] = _shown(
                view, view.site.store.query(query), "/sparql", [("query", query)]
            )
        except QueryError as error:
            data["error"] = str(error)
    ready = [(name, *_title(view, query)) for name, query in queries.named_queries().items()]
    page = view.page("query", named=ready, **data)
    return 400 if data["error"] else 200, page


def named(view: View, name: str) -> tuple[int, str]:
    """One named query: its form, and its answer once the form was sent with what it needs."""
    query = _named(name)
    given = {key: value for key, value in view.parameters if key != "lang"}
    data: dict[str, Any] = {"result": None, "error": None, "candidates": []}
    needs = [p.name for p in query.parameters if p.required]
    if given and all(given.get(parameter, "").strip() for parameter in needs):
        try:
            rows = named_rows(view.site, name, given.items())
            data["result"] = _shown(view, rows, f"/query/{name}", list(given.items()))
        except QueryError as error:
            data["error"] = str(error)
            if isinstance(error, AmbiguousName):
                data["candidates"] = [view.link(iri, label) for label, iri in error.candidates]
    choices = {kind: _choices(view, kind) for kind in ("meeting-kind", "meeting-status")}
    choices["count"] = [(count, view.text(count)) for count in queries.COUNTS]
    title, description = _title(view, query)
    page = view.page(
        "named", query=query, title=title, description=description, fields=_fields(view, query),
        given=given, choices=choices, **data,
    )  # fmt: skip
    return 400 if data["error"] else 200, page


def _title(view: View, query: queries.NamedQuery) -> tuple[str, str]:
    """What a query is called, and what it answers."""
    if view.language == "id":
        title, description = indonesian_queries()["queries"][query.name]
        return title, description
    return query.title, query.description


def _fields(view: View, query: queries.NamedQuery) -> list[tuple[queries.Parameter, str, str]]:
    """The parameters of a query with label and note."""
    if view.language == "id":
        words = indonesian_queries()
        labels, notes = words["parameters"], words["notes"]
        return [(p, labels[p.name], notes[p.description]) for p in query.parameters]
    return [(p, p.name, p.description) for p in query.parameters]


def _named(name: str) -> queries.NamedQuery:
    try:
        return queries.named_query(name)
    except QueryError as error:
        raise Refused(404, str(error)) from None


def _choices(view: View, scheme: str) -> list[tuple[str, str]]:
    """The concepts of a vocabulary, by IRI and by what they are called."""
    found = {iri for iri, _ in view.site.concepts if f"/{scheme}/" in iri}
    return sorted(((iri, view.concept(iri)) for iri in found), key=lambda choice: choice[1])


def _shown(view: View, result: Any, path: str, parameters: list[tuple[str, str]]) -> dict[str, Any]:
    """A result as the template has it, with the addresses of its files."""

    def file(name: str) -> str:
        return view.address(path, [*parameters, ("format", name)])

    if isinstance(result, Triples):
        triples = list(islice(result, SHOWN_TRIPLES + 1))
        shown = _turtle(triples[:SHOWN_TRIPLES])
        files = [Link(name, file(name)) for name in ("turtle", "jsonld", "ntriples")]
        return {"turtle": shown, "more": len(triples) > SHOWN_TRIPLES, "files": files}
    files = [Link(name, file(name)) for name in ("csv", "tsv", "json", "xml")]
    if isinstance(result, Rows):
        rows = list(islice(result, SHOWN + 1))
        cells = [[_cell(view, row, name) for name in result.columns] for row in rows[:SHOWN]]
        more = len(rows) > SHOWN
        return {"columns": result.columns, "rows": cells, "more": more, "files": files}
    return {"answer": bool(result), "more": False, "files": files}


def _cell(view: View, row: Row, name: str) -> Link:
    term: Term | None = row[name]
    if isinstance(term, ox.NamedNode):
        if (term.value, view.language) in view.site.concepts:
            return view.link(term.value, view.concept(term.value))
        return view.link(term.value)
    return Link(text(term), None)


def _turtle(triples: list[ox.Triple]) -> str:
    out = io.StringIO()
    export_result(Triples(iter(triples)), "turtle", out)
    return out.getvalue()
