"""The one writer of a store on a server: every update is whole or not at all.

An update replaces some graphs altogether, and with them the copy in the default graph; sent twice
it changes nothing more. What is written is seen at once, article by article.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from sinergi.graph.errors import StoreError
from sinergi.graph.store.articles import digest
from sinergi.graph.store.remote import layout
from sinergi.graph.store.remote.articles import Change, RemoteArticles, kept, nothing_kept
from sinergi.graph.store.remote.client import Server, TooLarge
from sinergi.graph.store.remote.layout import CONTENT, COPIED, HAS_FORMAT, MEMORY, VERSION
from sinergi.graph.store.remote.lease import Lease
from sinergi.graph.store.remote.store import RemoteStore

QUADS = 10_000  # of an update: some 2 MB, and some fifty articles
CHARACTERS = 2_000_000  # of an update of what articles state

Graph = tuple[ox.NamedNode, AbstractSet[ox.Quad]]


class RemoteWriter(RemoteStore):
    """A server as its writer sees it; `articles`, `changed` and `new` as those of `Writer`."""

    def __init__(self, address: str, *, present: bool = False, rebuild: bool = False) -> None:
        """Take hold of the store on a server; unless it has to be `present`, begin one where there
        is nothing at all.

        `rebuild` begins with what the articles state, but no quads. Raises StoreError where the
        server holds something else, is being written, or takes no updates.
        """
        super().__init__(Server(address))
        self.new, self.changed = not self.written_here, False
        if self.new and present:
            raise nothing_kept(self)
        if self.new and not self.empty:
            raise StoreError(
                f"{self.place} holds something else than a store of sinergi; give an empty one."
            )
        self._held = ExitStack()
        self._held.callback(self.server.close)
        try:
            self._lease = Lease(self)
            self._held.callback(self._lease.release)
            self._update(
                layout.put([(MEMORY, HAS_FORMAT, ox.Literal(str(layout.FORMAT)))], self._guard)
            )
            folder = self._held.enter_context(tempfile.TemporaryDirectory(prefix="sinergi-"))
            self._content: dict[str, str] = {}
            self._copied = False
            self.articles = RemoteArticles(
                Path(folder) / "articles.sqlite", self._kept(), self._keep
            )
            self._held.callback(self.articles.close)
            self._begin(rebuild)
        except BaseException:
            self.close()
            raise

    @property
    def _guard(self) -> str:
        return self._lease.guard

    def _kept(self) -> Iterator[tuple[str, ox.NamedNode, str]]:
        """What the server keeps of the articles; the rest is taken note of."""
        for subject, predicate, value in kept(self):
            if predicate == CONTENT:
                self._content[subject] = value
            elif predicate == COPIED:
                self._copied = True
            else:
                yield subject, predicate, value

    def _begin(self, rebuild: bool) -> None:
        """See to the copy, which a server that shows the union does without."""
        if rebuild:
            there = {*self.graphs(), *map(ox.NamedNode, self._content)}
            self._replace([(graph, frozenset()) for graph in there])
        union = self.query(layout.IS_UNION)
        if union and self._copied:
            self._update("DROP DEFAULT")
        elif not union and (not self._copied or rebuild):
            self._update(
                f"DROP DEFAULT ;\nINSERT {{ ?s ?p ?o }} WHERE {{ {self._guard} GRAPH ?g "
                f"{{ ?s ?p ?o }} FILTER(?g != {MEMORY}) }}"
            )
        self._copied = not union
        noted = ox.Literal("true") if self._copied else None
        self._update(layout.put([(MEMORY, COPIED, noted)], self._guard))
        self._named = None

    # Changing ----------------------------------------------------------------------------------

    def change(self, graphs: Iterable[Graph]) -> None:
        """As `Writer.change`: graphs that are what they should be are not sent."""
        batch: list[Graph] = []
        size = 0
        for graph, wanted in graphs:
            if any(quad.graph_name != graph for quad in wanted):
                raise ValueError(f"not every quad belongs to {graph}")
            if self._content.get(graph.value) != content_of(wanted):
                batch.append((graph, wanted))
                size += len(wanted)
            if size >= QUADS:
                self._replace(batch)
                batch, size = [], 0
        self._replace(batch)

    def _replace(self, graphs: list[Graph]) -> None:
        """One update; where the server takes none of that size, two."""
        if not graphs:
            return
        contents = [(graph, CONTENT, content_of(quads)) for graph, quads in graphs]
        version = ox.Literal(digest(self._guard, *(f"{g.value} {c}" for g, _, c in contents)))
        literals = [(g, p, ox.Literal(c) if c else None) for g, p, c in contents]
        parts = [
            layout.graphs_replaced(graphs, self._guard, copied=self._copied),
            layout.put([*literals, (MEMORY, VERSION, version)], self._guard),
        ]
        try:
            self._update(" ;\n".join(parts))
        except TooLarge:
            if len(graphs) == 1:
                raise
            half = len(graphs) // 2
            self._replace(graphs[:half])
            self._replace(graphs[half:])
            return
        self._content |= {graph.value: content for graph, _, content in contents}
        self.changed = True

    def _keep(self, changes: list[Change]) -> None:
        """Change what is kept of the articles, in pieces."""
        piece: list[Change] = []
        size = 0
        for change in changes:
            piece.append(change)
            size += len(change[2].value) if change[2] else 0
            if size >= CHARACTERS:
                self._update(layout.put(piece, self._guard))
                piece, size = [], 0
        if piece:
            self._update(layout.put(piece, self._guard))

    def _update(self, update: str) -> None:
        self.server.update(update)
        self._lease.check()

    def publish(self) -> None:
        """Nothing is left to do: what was changed is seen, and on the server's disk."""
        self.changed = False

    def optimize(self) -> None:
        """A server looks after its files itself."""

    def close(self) -> None:
        """Let go of the server."""
        self._held.close()

    def __enter__(self) -> Any:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def content_of(quads: AbstractSet[ox.Quad]) -> str:
    """A digest of the quads of a graph; "" of none."""
    return digest(*sorted(map(str, quads))) if quads else ""
