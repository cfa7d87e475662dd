"""Articles into a store that is there to stay, in batches, each of them whole or not at all.

What an article states is kept as soon as it is found, so that an interrupted run does not read it
twice; it is acknowledged when the graph that holds it is on disk and published. Whoever writes
next finishes what an interrupted writer left.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from sinergi.graph.derivation import (
    BASE,
    Said,
    derive,
    forget_resolution,
    is_settled,
    reading_version,
    remember,
    remembered,
)
from sinergi.graph.errors import InputError
from sinergi.graph.model import Article, Decision, Extraction, Suppression
from sinergi.graph.pipeline import Progress, Share, admitted, extract_articles
from sinergi.graph.reading import Columns, Ids, Rejected, read, size
from sinergi.graph.registry import Registry
from sinergi.graph.report import idle_lines
from sinergi.graph.store.writing import Writable, writer_at
from sinergi.ontology import DEFAULT_BASE, Iris

BATCH = 1_000
"""Articles of the smallest batch, unless said otherwise: enough to spread what each batch costs."""

KEPT = 100
"""Articles that are extracted before what they state is written down."""


@dataclass(frozen=True, slots=True)
class Ingested:
    """Counts of one run."""

    added: int = 0
    replaced: int = 0
    unchanged: int = 0  # in the store already, word for word
    repeated: int = 0  # the same article once more in this input
    read_anew: int = 0  # in the store already, by other rules or tables
    articles: int = 0  # in the store now
    quads: int = 0
    idle: tuple[Suppression, ...] = ()  # suppressions that took nothing out
    rejected: tuple[Rejected, ...] = ()

    def summary(self) -> str:
        """The same in a few lines to read."""
        counts = [
            (self.added, "added"), (self.replaced, "replaced"), (self.unchanged, "unchanged"),
            (self.repeated, "repeated"), (self.read_anew, "read anew by changed rules or tables"),
            (len(self.rejected), "rejected"),
        ]  # fmt: skip
        told = ", ".join(f"{count:,} {what}" for count, what in counts if count)
        lines = [
            f"{told or 'nothing to do'}; the store has {self.articles:,} articles, "
            f"{self.quads:,} quads",
            *idle_lines(self.idle),
        ]
        return "\n".join(lines)


def ingest(
    inputs: str | Path | Iterable[str | Path],
    path: str | Path,
    *,
    registry: Registry | None = None,
    columns: Columns | None = None,
    strict: bool = False,
    jobs: int = 1,
    scheduler: str | None = None,
    batch: int | None = None,
    decisions: Sequence[Decision] | None = None,
    suppressions: Sequence[Suppression] | None = None,
    base: str | None = None,
    stdin: BinaryIO | None = None,
    progress: Progress = lambda stage, articles, share: None,
    acknowledge: Callable[[list[str]], None] = lambda ids: None,
) -> Ingested:
    """Put the articles of `inputs` into the store at `path`, which is made if need be: a folder, or
    the address of a SPARQL 1.1 server.

    An article of an id that is there replaces the one of before; the same article again changes
    nothing. In whatever batches the articles come, the graph is the one that `build` makes of them
    together. `acknowledge` hears the ids of a batch when it is durable; a batch is `batch`
    articles, else BATCH or as many as the store has, whichever is more. Articles that were read by
    other rules or tables are read anew. `jobs` processes extract, or the Dask cluster of the
    scheduler at this address. `decisions` are people's judgements, `suppressions` what they want
    left out; both take the place of those before, and the store remembers them. `base`, how IRIs
    begin, is settled by the first run. Raises InputError as `build` does, StoreError where the
    store cannot be written.
    """
    inputs = [inputs] if isinstance(inputs, str | Path) else list(inputs)
    registry = registry or Registry.load()
    share, ids = Share(size(inputs)), Ids()
    found = read(inputs, columns=columns, stdin=stdin, advance=share.advance)
    with closing(writer_at(path)) as store:
        if store.new:  # from here on there is something to go on with
            store.publish()
        said = _said(store, decisions, suppressions)
        run = _Run(store, registry, _iris(store, base), said, jobs, scheduler)
        run.read_anew()
        for item in run.extract(run.unknown(admitted(found, ids))):
            if isinstance(item, Extraction):
                run.take(item)
                if run.fresh >= (batch or max(BATCH, run.settled)):
                    acknowledge(run.settle(ids))
            elif strict:
                raise InputError(f"{item} (--strict stops here)")
            else:
                run.rejected.append(item)
            progress("reading", run.seen, share())
        progress("resolving", run.seen, None)
        acknowledge(run.settle(ids))
        return run.report(ids)


def remove(
    ids: Iterable[str],
    path: str | Path,
    *,
    registry: Registry | None = None,
    decisions: Sequence[Decision] | None = None,
    jobs: int = 1,
) -> Ingested:
    """Take articles out of a store. Raises StoreError, and takes none, if one is not there."""
    registry = registry or Registry.load()
    with closing(writer_at(path, present=True)) as store:
        store.articles.remove(ids)
        run = _Run(store, registry, _iris(store, None), _said(store, decisions), jobs)
        run.read_anew()
        run.settle(Ids())
        return run.report(Ids())


def suppress(
    suppressions: Sequence[Suppression],
    path: str | Path,
    *,
    registry: Registry | None = None,
    jobs: int = 1,
) -> Ingested:
    """Leave these persons and articles, and no others, out of the graph of a store."""
    registry = registry or Registry.load()
    with closing(writer_at(path, present=True)) as store:
        said = _said(store, suppressions=suppressions)
        run = _Run(store, registry, _iris(store, None), said, jobs)
        run.read_anew()
        run.settle(Ids())
        return run.report(Ids())


def optimize(
    path: str | Path, *, registry: Registry | None = None, rebuild: bool = False, jobs: int = 1
) -> Ingested:
    """Gather what many small batches left scattered, which makes a store smaller and quicker.

    With `rebuild` the graph and all that is made from it are made anew from what the articles
    state, whatever state they are in.
    """
    registry = registry or Registry.load()
    with closing(writer_at(path, present=True, rebuild=rebuild)) as store:
        if rebuild:
            store.articles.forget_all()
            forget_resolution(store)
            run = _Run(store, registry, _iris(store, None), _said(store), jobs)
            run.read_anew()
            run.settle(Ids())
        store.optimize()
        store.publish()
        return Ingested(articles=len(store.articles), quads=len(store))


class _Run:
    """What one run has done so far."""

    def __init__(
        self,
        store: Writable,
        registry: Registry,
        iris: Iris,
        said: Said,
        jobs: int,
        scheduler: str | None = None,
    ) -> None:
        self._store, self._registry, self._iris = store, registry, iris
        self._said, self._jobs, self._scheduler = said, jobs, scheduler
        remember(store, iris, said)
        self._rules = reading_version(registry)
        self._renamed: set[str] = set()
        self._counts: Counter[str] = Counter()
        self._waiting: list[str] = []
        self.fresh = 0  # articles that the graph does not have yet
        self.settled = len(store.articles)  # those that it has
        self._extracted: list[Extraction] = []
        self.rejected: list[Rejected] = []
        self.seen = 0
        self._idle: Sequence[Suppression] = ()

    def read_anew(self) -> None:
        """Extract again what was read by other rules. Where that breaks off, what the article
        stated stays, if it can still be read."""
        stale = list(self._store.articles.stale(self._rules))
        for item in self.extract(stale):
            if isinstance(item, Extraction):
                self._counts["read_anew"] += 1
                self._keep(item)
            else:
                self.rejected.append(item)
        if self.rejected:
            self._keep()
            self._store.articles.empty_unreadable(self._rules)

    def extract(self, found: Iterable[Article | Rejected]) -> Iterator[Extraction | Rejected]:
        """What each article states, by the processes or the cluster of this run."""
        return extract_articles(found, self._registry, self._jobs, self._scheduler)

    def unknown(self, found: Iterable[Article | Rejected]) -> Iterator[Article | Rejected]:
        """Those that the store does not have word for word."""
        for item in found:
            if isinstance(item, Article) and self._store.articles.has(item, self._rules):
                self._counts["unchanged"] += 1
                self._waiting.append(item.id)
                self.seen += 1
            else:
                yield item

    def take(self, extraction: Extraction) -> None:
        """Keep an article that was read."""
        id = extraction.article.id
        self._counts["replaced" if self._store.articles.holds(id) else "added"] += 1
        self._waiting.append(id)
        self.fresh += 1
        self.seen += 1
        self._keep(extraction)

    def _keep(self, *extractions: Extraction) -> None:
        self._extracted += extractions
        if len(self._extracted) >= KEPT or (self._extracted and not extractions):
            self._store.articles.keep(self._extracted, self._rules)
            self._extracted = []

    def settle(self, ids: Ids) -> list[str]:
        """End a batch; gives the ids of what is durable from now on."""
        self._keep()
        for old, new in ids.renamed.items():
            if old not in self._renamed:
                self._renamed.add(old)
                self._store.articles.rename(old, new)
        by = (self._registry, self._iris, self._said)
        if not is_settled(self._store, *by):
            derived = derive(self._store, *by)
            derived.publish(self._store)
            self._idle = derived.idle
        self.fresh, self.settled = 0, len(self._store.articles)
        done, self._waiting = self._waiting, []
        return [ids.renamed.get(id, id) for id in done]

    def report(self, ids: Ids) -> Ingested:
        """Counts of all of it."""
        return Ingested(
            **self._counts,
            repeated=ids.repeated,
            articles=len(self._store.articles),
            quads=len(self._store),
            idle=tuple(self._idle),
            rejected=tuple(self.rejected),
        )


def _iris(store: Writable, base: str | None) -> Iris:
    """How the IRIs of this store begin, which is said once."""
    settled = store.articles.get(BASE)
    if settled and base and base != settled:
        raise InputError(
            f"The IRIs of this store begin with {settled}; give that base or none, "
            "or begin another store."
        )
    return Iris(settled or base or DEFAULT_BASE)


def _said(
    store: Writable,
    decisions: Sequence[Decision] | None = None,
    suppressions: Sequence[Suppression] | None = None,
) -> Said:
    """What is given; of what is not, what the store remembers."""
    before = remembered(store.articles)
    return Said(
        before.decisions if decisions is None else decisions,
        before.suppressions if suppressions is None else suppressions,
    )
