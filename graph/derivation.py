"""From what the articles of a store state to its graph: resolve, write what came out otherwise.

Each article is a named graph that follows from what it states and from who its mentions are. Of
both a digest is kept, so that only articles with another digest are written; within a graph only
the quads that differ are. Resolved is what the new articles have a say in (see
`resolution.incremental`), and the graphs of agencies and identities are amended by as much. The
same articles therefore end in the same graph in whatever batches they come. Where people want
something left out, all is resolved anew.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import asdict, astuple, dataclass
from functools import cache
from importlib import resources
from importlib.metadata import version
from pathlib import Path

import pyoxigraph as ox

from sinergi.graph import rdf
from sinergi.graph.memory import without_collection
from sinergi.graph.model import Agency, Decision, Extraction, Links, Resolution, Suppression
from sinergi.graph.registry import Registry
from sinergi.graph.resolution import checked, incremental, resolve
from sinergi.graph.resolution.incremental.tables import rows
from sinergi.graph.store.articles import Articles, digest
from sinergi.graph.store.writer import Writer
from sinergi.graph.store.writing import Writable, articles_at
from sinergi.graph.suppression import Hidden, Suppressor
from sinergi.ontology import Iris

BASE = "base"  # settings that a store remembers
DECISIONS, SUPPRESSIONS = "decisions", "suppressions"
AMENDED = "amended"  # the sign of a graph that is kept in step piece by piece

Hear = Callable[[Extraction, Links], None]
Graphs = Iterator[tuple[ox.NamedNode, AbstractSet[ox.Quad]]]


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

    resolution: Resolution  # what is otherwise now; of a new store all, but its links
    idle: Sequence[Suppression]  # those that took nothing out
    signs: dict[str, str | None]  # of each graph what it follows from, None of those that go
    settled: str

    def publish(self, store: Writable) -> None:
        """Make it what readers see, and note that the store is in step."""
        if store.changed:
            store.publish()
        store.articles.finish(self.signs, self.settled)


@without_collection()
def derive(
    store: Writable,
    registry: Registry,
    iris: Iris,
    said: Said = Said(),
    hear: Hear = lambda extraction, links: None,
) -> Derived:
    """Bring the graph of `store` in step with `store.articles`; the caller publishes.

    `hear` is told what each article states and links to of which the graph is written.
    """
    if said.suppressions:
        return _derive_all(store, registry, iris, said, hear)
    work = _Work(store, registry, iris)
    resolution = work.find(said.decisions)
    store.change(work.graphs(hear))
    work.amend()
    return Derived(resolution, (), work.signs, _settled(registry, iris, said))


class _NotEnough(Exception):
    """What has changed has a say in everything."""


class _Work:
    """What has to be written. It is found in one step, which notes it as unfinished."""

    def __init__(self, store: Writable, registry: Registry, iris: Iris) -> None:
        self._store, self._articles = store, store.articles
        self._registry, self._iris = registry, iris
        self._by = digest(reading_version(registry), _modules("graph/resolution/incremental"))
        self._shape = digest(_shape(), iris.base)
        self._begin()

    def _begin(self) -> None:
        self.signs: dict[str, str | None] = {}
        self._ids: list[str] = []  # of the articles
        self._whole: list[tuple[ox.NamedNode, list[ox.Quad]]] = []  # reference graphs
        self._pieces: list[tuple[ox.NamedNode, set[ox.Quad], set[ox.Quad]]] = []  # before, after

    def find(self, decisions: Sequence[Decision]) -> Resolution:
        """Resolve what has changed, or all; what is otherwise now."""
        try:
            return self._find(decisions, anew=False)
        except _NotEnough:
            self._begin()
            return self._find(decisions, anew=True)

    def _find(self, decisions: Sequence[Decision], *, anew: bool) -> Resolution:
        gone: list[str] = []

        def changed() -> Iterator[tuple[str, Extraction | None, str]]:
            for id, extraction, stated in self._articles.changes():
                if extraction is None:
                    gone.append(id)
                yield id, extraction, stated

        with self._articles.resolving() as self._db:
            made = incremental.made(self._db)
            anew = anew or made is None or made[0] != self._by
            everything = ((e.article.id, e, stated) for e, stated in self._articles.extractions())
            found = incremental.update(
                self._db,
                everything if anew else changed(),
                self._articles.text,
                self._registry,
                decisions,
                anew=anew,
            )
            if found is None:
                raise _NotEnough
            all_graphs = anew or made is None or made[1] != self._shape
            self._sign_articles(found.articles, gone, everything=all_graphs)
            self._sign_references(found, everything=all_graphs)
            incremental.note(self._db, self._by, self._shape)
            self._articles.forget(sorted(self.signs))
        return found.after

    def _sign_articles(
        self, touched: Iterable[str], gone: Iterable[str], *, everything: bool
    ) -> None:
        """Of articles that were touched or left unfinished, those whose graph follows from
        something else than before; and graphs of which the article is gone."""
        articles, iri_of = self._articles, {}
        left = set(articles.written()) if everything else articles.unfinished()
        left -= {graph.value for graph in self._references}
        ids = set(touched)
        if everything or left:
            for (id,) in self._db.execute("SELECT id FROM resolved"):
                iri_of[id] = self._iris.article_graph(id).value
            ids |= {id for id, iri in iri_of.items() if everything or iri in left}
        for id in sorted(ids):
            linked = incremental.linked(self._db, id)
            if linked is not None:
                resolution, stated = linked
                iri = self._iris.article_graph(id).value
                left.discard(iri)
                names = _names(resolution.links[id], resolution)
                sign = digest(_shape(), self._iris.base, stated, *names)
                if articles.sign(iri) != sign:
                    self.signs[iri] = sign
                    self._ids.append(id)
        left |= {
            iri
            for iri in (self._iris.article_graph(id).value for id in gone)
            if articles.sign(iri) is not None
        }
        self.signs |= dict.fromkeys(left)

    @property
    def _references(self) -> tuple[ox.NamedNode, ...]:
        iris = self._iris
        return (iris.vocabulary_graph, iris.run_graph, iris.registry_graph, iris.identity_graph)

    def _sign_references(self, found: incremental.Changes, *, everything: bool) -> None:
        """The graphs that articles point into: written anew, or the pieces that are otherwise."""
        vocabulary, run, registered, identity = self._references
        sign = digest(self._shape, self._registry.version, rules_version(), version("sinergi"))
        for graph in (vocabulary, run):
            if everything or self._articles.sign(graph.value) != sign:
                self.signs[graph.value] = sign
                quads = _constant_quads(graph, self._registry, self._iris)
                self._whole.append((graph, quads))
        before, after = _units(
            self._db, self._registry, found.before.agencies, found.after.agencies
        )
        graphs = (registered, identity)
        if not isinstance(self._store, Writer) or everything:
            whole = set(graphs)
        else:
            whole = {graph for graph in graphs if self._articles.sign(graph.value) != AMENDED}
        if whole:
            resolution = incremental.whole(self._db)
        if registered in whole:
            quads = rdf.registry_quads(resolution, self._registry, self._iris)
            self._whole.append((registered, quads))
        else:
            self._amend(registered, *(rdf.unit_quads(u, self._iris) for u in (before, after)))
        if identity in whole:
            self._whole.append((identity, rdf.identity_quads(resolution, self._iris)))
        else:
            pieces = (rdf.identity_quads(r, self._iris) for r in (found.before, found.after))
            self._amend(identity, *pieces)
        self.signs |= {graph.value: AMENDED for graph in whole}

    def _amend(self, graph: ox.NamedNode, old: list[ox.Quad], new: list[ox.Quad]) -> None:
        before, after = set(old), set(new)
        if before != after:
            self._pieces.append((graph, before, after))
            self.signs[graph.value] = AMENDED

    def graphs(self, hear: Hear) -> Graphs:
        """What is written whole, each graph with its quads; none of one that goes."""
        for name, quads in self._whole:
            yield name, set(quads)
        for iri, sign in sorted(self.signs.items()):
            if sign is None:
                yield ox.NamedNode(iri), set()
        for id in self._ids:
            extraction, linked = self._articles.extraction(id), incremental.linked(self._db, id)
            if linked is not None:
                resolution = linked[0]
                links = resolution.links[id]
                hear(extraction, links)
                graph = self._iris.article_graph(id)
                yield graph, set(rdf.article_quads(extraction, links, resolution, self._iris))

    def amend(self) -> None:
        """Put the pieces into their graphs."""
        if isinstance(self._store, Writer):
            for piece in self._pieces:
                self._store.amend(*piece)


def _constant_quads(graph: ox.NamedNode, registry: Registry, iris: Iris) -> list[ox.Quad]:
    """Those of the vocabularies, or of the run: they follow from no article."""
    if graph == iris.vocabulary_graph:
        return rdf.vocabulary_quads(registry, iris)
    return rdf.run_quads(version("sinergi"), registry.version, rules_version(), iris)


def _units(
    db: sqlite3.Connection,
    registry: Registry,
    before: Mapping[str, Agency],
    after: Mapping[str, Agency],
) -> tuple[list[rdf.Unit], list[rdf.Unit]]:
    """What the graph of agencies had, and what it has now, for the sake of those that changed.

    A table says for the sake of which agencies it has an agency, a region or a change.
    """
    changed = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
    units = {
        unit
        for those in (before, after)
        for key in changed & those.keys()
        for unit in rdf.registry_units(those[key], registry)
    }
    query = "SELECT unit, MIN(agency) FROM brought WHERE unit IN given GROUP BY unit"

    def standing(those: Mapping[str, Agency]) -> dict[str, rdf.Unit]:
        brought_by = dict(rows(db, query, units))
        asked = {*brought_by.values(), *(u.partition(":")[2] for u in brought_by)} - changed
        known = {
            key: incremental.read_agency(agency)
            for key, agency in rows(db, "SELECT key, agency FROM agency WHERE key IN given", asked)
        }
        known |= {key: those[key] for key in changed & those.keys()}
        found: dict[str, rdf.Unit] = {}
        for unit, key in brought_by.items():
            kind, _, name = unit.partition(":")
            itself = known.get(name) if kind == "agency" else None
            found[unit] = itself or rdf.registry_units(known[key], registry)[unit]
        return found

    old = standing(before)
    db.executemany("DELETE FROM brought WHERE agency = ?", [(key,) for key in sorted(changed)])
    db.executemany(
        "INSERT INTO brought VALUES (?, ?)",
        [
            (unit, key)
            for key in sorted(changed & after.keys())
            for unit in rdf.registry_units(after[key], registry)
        ],
    )
    new = standing(after)
    return (
        [unit for mark, unit in sorted(old.items()) if new.get(mark) != unit],
        [unit for mark, unit in sorted(new.items()) if old.get(mark) != unit],
    )


def _derive_all(store: Writable, registry: Registry, iris: Iris, said: Said, hear: Hear) -> Derived:
    """As `derive`, with something left out: that may be anywhere."""
    forget_resolution(store)
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
    references: dict[str, str | None] = {
        graph.value: "" for graph in (iris.registry_graph, iris.identity_graph)
    }
    constant = {graph.value for graph in (iris.vocabulary_graph, iris.run_graph)}
    gone = sorted(written.keys() - signs.keys() - references.keys() - constant)
    changed = {graph for graph, sign in signs.items() if written.get(graph) != sign}
    store.articles.forget([*gone, *sorted(references.keys() | changed)])

    def graphs() -> Graphs:
        for name, quads in (
            (iris.vocabulary_graph, _constant_quads(iris.vocabulary_graph, registry, iris)),
            (iris.registry_graph, rdf.registry_quads(resolution, registry, iris)),
            (iris.identity_graph, rdf.identity_quads(resolution, iris)),
            (iris.run_graph, _constant_quads(iris.run_graph, registry, iris)),
        ):
            yield name, set(quads)
        for iri in gone:
            yield ox.NamedNode(iri), set()
        for extraction, _ in kept:
            graph = iris.article_graph(extraction.article.id)
            links = resolution.links[extraction.article.id]
            if graph.value in changed:
                hear(extraction, links)
                yield graph, set(rdf.article_quads(extraction, links, resolution, iris))

    store.change(graphs())
    return Derived(
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


def forget_resolution(store: Writable) -> None:
    """Have everything resolved anew the next time."""
    with store.articles.resolving() as db:
        incremental.forget(db)


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
