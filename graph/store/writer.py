"""The one writer of a store: a private copy that is changed, and published when it is whole."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from contextlib import ExitStack, closing, suppress
from itertools import chain, islice
from pathlib import Path
from typing import Self

import pyoxigraph as ox

from sinergi.graph.errors import StoreError
from sinergi.graph.store.articles import Articles
from sinergi.graph.store.folder import (
    FORMAT,
    INDEX,
    META,
    QUADS,
    WORKING,
    Meta,
    cannot_write,
    lock_for_writing,
    next_number,
    read_meta,
    sweep,
    sync,
    write_meta,
)
from sinergi.graph.store.index import Index
from sinergi.graph.store.store import Store, Writing, damaged

# Quads of a batch from which on they are sorted into files of their own rather than added one by
# one: below it the files are too many, above it they are three times as fast.
BULK = 10_000
# Quads that are sorted at once: a million, which is Oxigraph's own measure, take 1.4 GB and are no
# faster; fewer than this are slower.
AT_ONCE = 250_000


class Writer(Store):
    """A store as its writer sees it; readers see what was published last.

    `articles` is what its articles state, for whoever keeps the graph in step with them;
    `changed` says whether there is anything to publish, `new` whether nothing was there. Ends by
    `close`, or as a context manager, which publishes if no exception comes out of its block.
    """

    def __init__(self, path: Path, *, anew: bool = False, rebuild: bool = False) -> None:
        """Take hold of the store at `path`, or of a new one; with `anew` begin with nothing.

        `rebuild` begins with what the articles state, but no quads. Raises StoreError where
        `path` is something else than a store, is being written, or cannot be written.
        """
        self._root = path
        self._held = ExitStack()
        self._index_is_shared = False
        self.changed = False
        self._held.callback(lock_for_writing(path).release)
        try:
            present = read_meta(path) if (path / META).exists() else None
            self._sweep()
            self._working = path / WORKING
            self._working.mkdir()
            self._held.callback(self._sweep)
            begins_with = present if not anew else None
            if begins_with is not None:
                self._articles_name = begins_with.articles
            else:
                self._articles_name = f"articles-{next_number(path)}.sqlite"
            self.articles = Articles(path / self._articles_name)
            self._held.callback(self.articles.close)
            if begins_with is not None and not rebuild:
                self._copy(path / begins_with.generation)
            else:
                self.changed = True
            self.new = begins_with is None
            self._meta = begins_with
            inner = ox.Store(str(self._working / QUADS))
            known = begins_with.quads if begins_with and not rebuild else None
            super().__init__(inner, str(path), quads=len(inner) if known is None else known)
            self._index = Index(self._working / INDEX)
        except OSError as error:
            self.close()
            raise cannot_write(path, error) from None
        except BaseException:
            self.close()
            raise

    def _copy(self, generation: Path) -> None:
        try:
            ox.Store.read_only(str(generation / QUADS)).backup(str(self._working / QUADS))
        except (OSError, RuntimeError) as error:
            raise damaged(self._root, error) from None
        os.link(generation / INDEX, self._working / INDEX)
        self._index_is_shared = True

    # Changing ----------------------------------------------------------------------------------

    def load(self, quads: Iterable[ox.Quad]) -> None:
        """Add many quads at once, by graphs that were not there; the quads of a graph together."""
        index = self._index_to_change()
        self.changed, self._size = True, None
        with Writing(self.place):
            self._sort_in(index.add(quads))

    def replace(self, graph: ox.NamedNode, quads: Iterable[ox.Quad]) -> None:
        self.change([(graph, set(quads))])

    def change(self, graphs: Iterable[tuple[ox.NamedNode, AbstractSet[ox.Quad]]]) -> None:
        """Make these quads the whole content of each of these graphs; none, and it is gone.

        Only what differs is written. Raises ValueError if a quad belongs to another graph.
        """
        with Writing(self.place):
            stream = self._missing(graphs)
            first = list(islice(stream, BULK))
            if len(first) < BULK:
                self._inner.extend(first)
            else:
                self._sort_in(chain(first, stream))

    def _sort_in(self, quads: Iterator[ox.Quad]) -> None:
        for first in quads:
            self._inner.bulk_extend(chain([first], islice(quads, AT_ONCE - 1)))

    def amend(
        self, graph: ox.NamedNode, before: AbstractSet[ox.Quad], after: AbstractSet[ox.Quad]
    ) -> None:
        """Put some quads of a graph in the place of others; both are all that it says of their
        subjects. Raises ValueError if a quad belongs to another graph.
        """
        if any(quad.graph_name != graph for quad in (*before, *after)):
            raise ValueError(f"not every quad belongs to {graph}")
        if before == after:
            return
        self.changed = True
        self._index_to_change().amend(graph.value, before, after)
        with Writing(self.place):
            gone, come = before - after, after - before
            for quad in gone:
                self._inner.remove(quad)
            self._inner.extend(come)
            self._count(len(come) - len(gone))
            if next(self._inner.quads_for_pattern(None, None, None, graph), None) is None:
                self._inner.remove_graph(graph)

    def _missing(
        self, graphs: Iterable[tuple[ox.NamedNode, AbstractSet[ox.Quad]]]
    ) -> Iterator[ox.Quad]:
        """What the graphs lack; what they have beyond that goes as they are come to."""
        for graph, wanted in graphs:
            missing, removed = self._difference(graph, wanted)
            if missing or removed:
                self.changed = True
                self._index_to_change().replace(graph.value, wanted)
                self._count(len(missing) - removed)
                yield from missing

    def optimize(self) -> None:
        """Gather what many small batches left scattered, and give unused space back."""
        with Writing(self.place):
            self._inner.optimize()
        self.changed = True
        self._index_to_change().finish(optimize=True)
        self.articles.vacuum()

    def _count(self, more: int) -> None:
        if self._size is not None:
            self._size += more

    def _index_to_change(self) -> Index:
        """The index, no longer in common with the generation that was published."""
        if self._index_is_shared:
            own = self._working / f"{INDEX}.new"
            try:
                self._index.close()
                try:
                    os.replace(self._root / self._meta.spare, own)  # type: ignore[union-attr]
                except FileNotFoundError:
                    shutil.copyfile(self._working / INDEX, own)
                os.replace(own, self._working / INDEX)
            except OSError as error:
                raise cannot_write(self.place, error) from None
            self._index = Index(self._working / INDEX)
            self._index_is_shared = False
        return self._index

    # Publishing --------------------------------------------------------------------------------

    def publish(self) -> None:
        """Write everything down and make it what readers see; on disk when this returns."""
        generation = f"generation-{next_number(self._root)}"
        new, index_is_new = self._root / generation, not self._index_is_shared
        with Writing(self.place):
            new.mkdir()  # of two without locks the second fails here instead of mixing in
            self._inner.flush()
            self._inner.backup(str(new / QUADS))
            if index_is_new:
                self._index.finish()
                sync(self._working / INDEX)
            os.link(self._working / INDEX, new / INDEX)
            self._index_is_shared = True
            sync(new / QUADS)
            sync(new)
            if self._size is None:
                self._size = len(self._inner)
            meta = Meta(FORMAT, generation, self._articles_name, self._size)
            write_meta(self._root, meta)
        self.changed = False
        before, self._meta = self._meta, meta
        own = self._working / "spare.sqlite"
        if before and not index_is_new:
            with suppress(OSError):
                os.replace(self._root / before.spare, self._root / meta.spare)
        sweep(self._root, meta, working=True, index=(before.generation, own) if before else None)
        if before and index_is_new:
            self._keep_spare(own)

    def _keep_spare(self, own: Path) -> None:
        """Keep the index once more, from the one that was before, if that could be had. It is for
        speed alone: what goes wrong here, the next writer makes good by a copy."""
        with suppress(OSError, StoreError):
            if own.exists():
                with closing(Index(own)) as spare:
                    told = spare.follow(self._index)
            else:
                told = False
            if not told:
                shutil.copyfile(self._working / INDEX, own)
            sync(own)
            os.replace(own, self._root / self._meta.spare)  # type: ignore[union-attr]

    def close(self) -> None:
        """Let go of the store; what was not published is gone."""
        if hasattr(self, "_index"):
            self._index.close()
        self._inner = ox.Store()
        self._held.close()

    def _sweep(self) -> None:
        there = (self._root / META).exists()
        sweep(self._root, read_meta(self._root) if there else None)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        try:
            if kind is None and self.changed:
                self.publish()
        finally:
            self.close()
