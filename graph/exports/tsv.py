"""SPARQL 1.1 TSV: terms as Turtle has them, so that nothing is lost."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TextIO

from sinergi.graph.results import Row


class TsvExport:
    """Tabs and line ends within a value are escaped, as N-Triples has them."""

    def __init__(self, stream: TextIO, columns: Sequence[str]) -> None:
        self._stream = stream
        self._columns = columns
        stream.write("\t".join(f"?{name}" for name in columns) + "\n")

    def write(self, item: Row) -> None:
        terms = (item[name] for name in self._columns)
        self._stream.write("\t".join("" if t is None else str(t) for t in terms) + "\n")

    def finish(self) -> None:
        pass
