"""What a store holds, and whether its parts agree."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sinergi.graph.results import select
from sinergi.graph.store.folder import FORMAT, INDEX, META, QUADS, hold
from sinergi.graph.store.index import Index
from sinergi.graph.store.remote import layout
from sinergi.graph.store.remote.check import check as check_server
from sinergi.graph.store.remote.store import RemoteStore
from sinergi.graph.store.store import Store, open_store

_ARTICLES = "SELECT (COUNT(DISTINCT ?a) AS ?n) { ?a a schema:NewsArticle }"
_RUN = """SELECT ?software ?registry ?rules {
  ?run prov:wasAssociatedWith/schema:softwareVersion ?software ;
    sin:registryVersion ?registry ; sin:rulesVersion ?rules }"""


@dataclass(frozen=True, slots=True)
class Info:
    """Sizes in bytes, None for a server, which does not tell; versions are those by which the graph
    was made, "" where it does not say.
    """

    articles: int
    quads: int
    graphs: int
    bytes_of_quads: int | None
    bytes_of_index: int | None
    bytes_of_articles: int | None
    generation: str
    format: int
    sinergi: str
    registry: str
    rules: str


def info(place: Path | str) -> Info:
    """What the store at a place holds. Raises StoreError as `open_store` does."""
    store = open_store(place)
    if isinstance(store, RemoteStore):
        return _info(store, store.version() or "", layout.FORMAT)
    path = Path(place)
    meta, held = hold(path)
    generation = path / meta.generation
    try:
        return _info(
            store,
            meta.generation,
            FORMAT,
            sum(file.stat().st_size for file in (generation / QUADS).iterdir()),
            sum(
                file.stat().st_size
                for file in (generation / INDEX, path / meta.spare)
                if file.exists()
            ),
            (path / meta.articles).stat().st_size,
        )
    finally:
        held.release()


def _info(store: Store, generation: str, format: int, *bytes: int) -> Info:
    (count,) = select(store, _ARTICLES).dicts()
    run = next(select(store, _RUN).dicts(), {})
    quads, index, articles = bytes or (None, None, None)
    return Info(
        articles=int(count["n"]),
        quads=len(store),
        graphs=len(store.graphs()),
        bytes_of_quads=quads,
        bytes_of_index=index,
        bytes_of_articles=articles,
        generation=generation,
        format=format,
        sinergi=run.get("software", ""),
        registry=run.get("registry", ""),
        rules=run.get("rules", ""),
    )


def check(place: Path | str) -> Iterator[str]:
    """Read every quad, make its rows of the index anew, and say in sentences where they differ; of
    a server, where it does not have what was written there.

    Raises StoreError where something cannot be read at all.
    """
    store = open_store(place)
    if isinstance(store, RemoteStore):
        yield from check_server(store)
        return
    path = Path(place)
    meta, held = hold(path)
    try:
        with closing(Index(path / meta.generation / INDEX, read_only=True)) as index:
            names = store.graphs()
            if (found := sum(1 for _ in store.match())) != len(store):
                yield f"{META} says {len(store):,} quads, and there are {found:,}"
            for graph in names:
                if wrong := index.differences(graph.value, store.graph(graph)):
                    yield f"{graph.value}: {wrong:,} rows of the index differ from the graph"
            for iri in sorted(index.graphs() - {graph.value for graph in names}):
                yield f"{iri}: in the index, but there is no such graph"
    finally:
        held.release()
