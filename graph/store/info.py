"""What a store holds, and whether its parts agree."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sinergi.graph.results import select
from sinergi.graph.store.folder import FORMAT, INDEX, QUADS, hold
from sinergi.graph.store.index import Index
from sinergi.graph.store.store import open_store

_ARTICLES = "SELECT (COUNT(DISTINCT ?a) AS ?n) { ?a a schema:NewsArticle }"
_RUN = """SELECT ?software ?registry ?rules {
  ?run prov:wasAssociatedWith/schema:softwareVersion ?software ;
    sin:registryVersion ?registry ; sin:rulesVersion ?rules }"""


@dataclass(frozen=True, slots=True)
class Info:
    """Sizes in bytes; versions are those by which the graph was made, "" where it does not say."""

    articles: int
    quads: int
    graphs: int
    bytes_of_quads: int
    bytes_of_index: int
    bytes_of_articles: int
    generation: str
    format: int
    sinergi: str
    registry: str
    rules: str


def info(path: Path) -> Info:
    """What the store at `path` holds. Raises StoreError as `open_store` does."""
    store = open_store(path)
    meta, held = hold(path)
    (count,) = select(store, _ARTICLES).dicts()
    run = next(select(store, _RUN).dicts(), {})
    generation = path / meta.generation
    try:
        return Info(
            articles=int(count["n"]),
            quads=len(store),
            graphs=len(store.graphs()),
            bytes_of_quads=sum(file.stat().st_size for file in (generation / QUADS).iterdir()),
            bytes_of_index=(generation / INDEX).stat().st_size,
            bytes_of_articles=(path / meta.articles).stat().st_size,
            generation=meta.generation,
            format=FORMAT,
            sinergi=run.get("software", ""),
            registry=run.get("registry", ""),
            rules=run.get("rules", ""),
        )
    finally:
        held.release()


def check(path: Path) -> Iterator[str]:
    """Read every quad, make its rows of the index anew, and say in sentences where they differ.

    Raises StoreError where something cannot be read at all.
    """
    meta, held = hold(path)
    store = open_store(path)
    try:
        with closing(Index(path / meta.generation / INDEX, read_only=True)) as index:
            names = store.graphs()
            for graph in names:
                if wrong := index.differences(graph.value, store.graph(graph)):
                    yield f"{graph.value}: {wrong:,} rows of the index differ from the graph"
            for iri in sorted(index.graphs() - {graph.value for graph in names}):
                yield f"{iri}: in the index, but there is no such graph"
    finally:
        held.release()
