"""From what the articles of a store state to its graph: resolve all, write what came out otherwise.

Each article is a named graph that follows from what it states and from who its mentions are. Of
both a digest is kept, so that only articles with another digest are written; within a graph only
the quads that differ are. The same articles therefore end in the same graph in whatever batches
they come, at the price of resolving all of them with every batch.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import asdict, astuple, dataclass
from functools import cache
from importlib import resources
from importlib.metadata import version
from pathlib import Path

import pyoxigraph as ox

from sinergi.graph import rdf
from sinergi.graph.model import Decision, Extraction, Links, Resolution, Suppression
from sinergi.graph.registry import Registry
from sinergi.graph.resolution import checked, resolve
from sinergi.graph.store.articles import Articles, digest
from sinergi.graph.store.writing import Writable, articles_at
from sinergi.graph.suppression import Hidden, Suppressor
from sinergi.ontology import Iris

BASE = "base"  # settings that a store remembers
DECISIONS, SUPPRESSIONS = "decisions", "suppressions"


@dataclass(frozen=True, slots=True)
class Said:
    """What people have said about the articles: who is who, and what is to be left out."""

    decisions: Sequence[Decision] = ()
    suppressions: Sequence[Suppression] = ()


def is_settled(store: Writable, registry: Registry, iris: Iris, said: Said = Said()) -> bool:
    """Whether the graph is what `derive` would make it."""
    return store.articles.settled() == _settled(registry, iris, said)


def _settled(registry: Registry, iris: Iris, said: Said) -> str:
    """All that the graph follows from besides the articles."""
    lines = (said.decisions, said.suppressions)
    told = (json.dumps(sorted(map(astuple, them))) for them in lines)
    return digest(version("sinergi"), reading_version(registry), _shape(), iris.base, *told)


@dataclass(frozen=True, slots=True)
class Derived:
    """A graph that was written and is not published yet."""

    extractions: list[Extraction]
    resolution: Resolution
    idle: Sequence[Suppression]  # those that took nothing out
    signs: dict[str, str | None]  # of each graph what it follows from, None of those that go
    settled: str

    def publish(self, store: Writable) -> None:
        """Make it what readers see, and note that the store is in step."""
        if store.changed:
            store.publish()
        store.articles.finish(self.signs, self.settled)


def derive(store: Writable, registry: Registry, iris: Iris, said: Said = Said()) -> Derived:
    """Bring the graph of `store` in step with `store.articles`; the caller publishes."""
    suppressor = Suppressor(said.suppressions, iris)
    kept, dropped = [], []
    for extraction, stated in store.articles.extractions():
        if suppressor.drops(extraction.article):
            dropped.append(extraction.article)
        else:
            kept.append((extraction, stated))
    resolution = resolve((extraction for extraction, _ in kept), registry, said.decisions)
    hidden = suppressor.of(resolution, dropped)
    kept, resolution = _without(hidden, kept), hidden.resolution(resolution)

    signs: dict[str, str | None] = {
        iris.article_graph(e.article.id).value: digest(
            _shape(), iris.base, stated, *_names(resolution.links[e.article.id], resolution)
        )
        for e, stated in kept
    }
    written = store.articles.written()
    gone = sorted(written.keys() - signs.keys())
    changed = {graph for graph, sign in signs.items() if written.get(graph) != sign}
    store.articles.forget([*gone, *sorted(changed)])

    def graphs() -> Iterator[tuple[ox.NamedNode, AbstractSet[ox.Quad]]]:
        for name, quads in (
            (iris.vocabulary_graph, rdf.vocabulary_quads(registry, iris)),
            (iris.registry_graph, rdf.registry_quads(resolution, registry, iris)),
            (iris.identity_graph, rdf.identity_quads(resolution, iris)),
            (
                iris.run_graph,
                rdf.run_quads(version("sinergi"), registry.version, rules_version(), iris),
            ),
        ):
            yield name, set(quads)
        for iri in gone:
            yield ox.NamedNode(iri), set()
        for extraction, _ in kept:
            graph = iris.article_graph(extraction.article.id)
            if graph.value in changed:
                links = resolution.links[extraction.article.id]
                yield graph, set(rdf.article_quads(extraction, links, resolution, iris))

    store.change(graphs())
    extractions = [extraction for extraction, _ in kept]
    return Derived(
        extractions,
        resolution,
        hidden.idle,
        {**dict.fromkeys(gone), **signs},
        _settled(registry, iris, said),
    )


def _without(hidden: Hidden, kept: list[tuple[Extraction, str]]) -> list[tuple[Extraction, str]]:
    """What articles state, each with a digest, without what is hidden of it."""
    found = []
    for extraction, stated in kept:
        left = hidden.extraction(extraction)
        found.append((left, stated if left is extraction else digest(stated, repr(left))))
    return found


def _names(links: Links, resolution: Resolution) -> Iterator[str]:
    """All that an article's graph takes from the others: who its mentions are, and their names."""
    for name, key in links.persons.items():
        yield from (name, key, resolution.persons[key].name)
    for name, key in links.agencies.items():
        yield from (name, key, resolution.agencies[key].name)
    yield from links.meetings


def remember(store: Writable, iris: Iris, said: Said) -> None:
    """Note in a store how its IRIs begin, and what people said, for whoever writes next."""
    store.articles.set(BASE, iris.base)
    store.articles.set(DECISIONS, json.dumps([asdict(item) for item in said.decisions]))
    store.articles.set(SUPPRESSIONS, json.dumps([asdict(item) for item in said.suppressions]))


def remembered(articles: Articles) -> Said:
    """What people said, as a store remembers it."""
    decisions = json.loads(articles.get(DECISIONS) or "[]")
    suppressions = json.loads(articles.get(SUPPRESSIONS) or "[]")
    return Said(
        [Decision(**item) for item in decisions], [Suppression(**item) for item in suppressions]
    )


def judge(place: Path | str, decision: Decision) -> None:
    """Have the store at `place` remember one more judgement; its graph follows it from the next
    time that somebody writes.

    Raises InputError where it is no decision, StoreError where the store cannot be written.
    """
    decision = checked(decision)
    with articles_at(place, writing=True) as articles:
        known = [*remembered(articles).decisions, decision]
        articles.set(DECISIONS, json.dumps([asdict(item) for item in known]))


def reading_version(registry: Registry) -> str:
    """By which rules and tables articles are read."""
    return f"{rules_version()}.{registry.version}"


@cache
def rules_version() -> str:
    """By which rules texts are read and names resolved: a hash of the modules that hold them."""
    return _modules("graph/extraction", "graph/resolution")


@cache
def _shape() -> str:
    """By which rules graphs are written."""
    return _modules("graph/rdf", "graph/suppression", "ontology")


def _modules(*folders: str) -> str:
    whole = hashlib.sha256()
    for name in folders:
        folder = resources.files("sinergi") / name
        for module in sorted(folder.iterdir(), key=lambda path: path.name):
            if module.name.endswith((".py", ".ttl")):
                stage = name.removeprefix("graph/")
                whole.update(f"{stage}/{module.name}\0".encode() + module.read_bytes())
    return whole.hexdigest()
