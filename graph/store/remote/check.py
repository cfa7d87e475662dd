"""Whether a server still has what sinergi wrote there: others may write to it as well."""

from __future__ import annotations

from collections.abc import Iterator

from sinergi.graph.results import text
from sinergi.graph.store.remote import layout
from sinergi.graph.store.remote.layout import CONTENT, COPIED, MEMORY
from sinergi.graph.store.remote.store import RemoteStore
from sinergi.graph.store.remote.writer import content_of

_NOTED = f"SELECT ?g ?content {{ GRAPH {MEMORY} {{ ?g {CONTENT} ?content }} }}"
_COPIED = f"ASK {{ GRAPH {MEMORY} {{ {MEMORY} {COPIED} ?copied }} }}"
_IN_A_GRAPH = f"GRAPH ?g {{ ?s ?p ?o }} FILTER(?g != {MEMORY})"
_LACKING = f"ASK {{ {_IN_A_GRAPH} FILTER NOT EXISTS {{ ?s ?p ?o }} }}"
_BEYOND = f"ASK {{ ?s ?p ?o FILTER NOT EXISTS {{ {_IN_A_GRAPH} }} }}"


def check(store: RemoteStore) -> Iterator[str]:
    """Read every quad, and say in sentences where graphs, their digests and the copy differ."""
    noted = {text(row["g"]): text(row["content"]) for row in store.rows(_NOTED)}
    for graph in store.graphs():
        if content_of(set(store.graph(graph))) != noted.pop(graph.value, ""):
            yield f"{graph.value}: not as sinergi wrote it"
    for iri in sorted(noted):
        yield f"{iri}: there is no such graph any more"
    if store.query(_COPIED) and not store.query(layout.IS_UNION):
        if store.query(_LACKING):
            yield "the default graph lacks something that a named graph says"
        if store.query(_BEYOND):
            yield "the default graph says something that no named graph does"
