"""N-Quads: one quad to a line, in the order they come."""

from __future__ import annotations

from typing import TextIO

import pyoxigraph as ox


class NQuadsExport:
    """The plainest form, for comparing and for other tools."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, item: ox.Quad | ox.Triple) -> None:
        graph = item.graph_name if isinstance(item, ox.Quad) else ox.DefaultGraph()
        where = "" if isinstance(graph, ox.DefaultGraph) else f" {graph}"
        self._stream.write(f"{item.subject} {item.predicate} {item.object}{where} .\n")

    def finish(self) -> None:
        pass
