"""N-Triples: every triple once, one to a line, sorted."""

from __future__ import annotations

from typing import TextIO

import pyoxigraph as ox


class NTriplesExport:
    """Holds the triples until the end, to sort them and to say none twice."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._lines: set[str] = set()

    def write(self, item: ox.Quad | ox.Triple) -> None:
        self._lines.add(f"{item.subject} {item.predicate} {item.object} .\n")

    def finish(self) -> None:
        self._stream.writelines(sorted(self._lines))
