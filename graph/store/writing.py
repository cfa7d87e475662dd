"""What whoever changes a store needs of its writer, wherever the store is."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Protocol

import pyoxigraph as ox

from sinergi.graph.store.articles import Articles
from sinergi.graph.store.folder import lock_for_writing, read_meta
from sinergi.graph.store.store import is_address


class Writable(Protocol):
    """The one writer of a store: `Writer` of a folder, `RemoteWriter` of a server."""

    changed: bool  # whether there is anything to publish
    new: bool  # whether nothing was there

    @property
    def articles(self) -> Articles:
        """What the store's articles state, for whoever keeps the graph in step with them."""
        ...

    def change(self, graphs: Iterable[tuple[ox.NamedNode, AbstractSet[ox.Quad]]], /) -> None:
        """Make these quads the whole content of each of these graphs; none, and it is gone."""
        ...

    def publish(self) -> None:
        """Make everything durable, and what readers see."""
        ...

    def optimize(self) -> None:
        """Gather what many small batches left scattered."""
        ...

    def close(self) -> None:
        """Let go of the store; what was not published is gone."""
        ...

    def __len__(self) -> int:
        """The number of quads."""
        ...


def writer_at(
    place: str | os.PathLike[str], *, present: bool = False, rebuild: bool = False
) -> Writable:
    """The writer of the store in a folder, or of that on the server of an address.

    A new store is made where there is none, unless it has to be `present`. `rebuild` begins with
    what the articles state, but no quads. Raises StoreError where the store is being written, or
    cannot be.
    """
    if is_address(place):
        from sinergi.graph.store.remote.writer import RemoteWriter

        return RemoteWriter(place, present=present, rebuild=rebuild)
    from sinergi.graph.store.writer import Writer

    if present:
        read_meta(Path(place))
    return Writer(Path(place), rebuild=rebuild)


@contextmanager
def articles_at(place: str | os.PathLike[str], *, writing: bool = False) -> Iterator[Articles]:
    """What the articles of a store state, by themselves; for `writing` as the one writer.

    Raises StoreError where there is no store, or it cannot be read or written.
    """
    if is_address(place):
        from sinergi.graph.store.remote.articles import articles_of

        if writing:
            with closing(writer_at(place, present=True)) as store:
                yield store.articles
        else:
            with articles_of(place) as articles:
                yield articles
        return
    root = Path(place)
    meta = read_meta(root)
    lock = lock_for_writing(root) if writing else None
    try:
        with closing(Articles(root / meta.articles, read_only=not writing)) as articles:
            yield articles
    finally:
        if lock:
            lock.release()
