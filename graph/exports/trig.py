"""TriG: Turtle with the named graphs kept, one block each."""

from __future__ import annotations

from typing import TextIO

import pyoxigraph as ox

from sinergi.graph.exports.terms import turtle_term
from sinergi.graph.exports.turtle import Key, turtle_key, write_prefixes, write_triples


class TrigExport:
    """Holds one graph at a time; a graph that comes back later gets a second block."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._graph: str | None = None  # None: the default graph
        self._triples: dict[Key, None] = {}
        write_prefixes(stream)

    def write(self, item: ox.Quad | ox.Triple) -> None:
        graph = None
        if isinstance(item, ox.Quad) and not isinstance(item.graph_name, ox.DefaultGraph):
            graph = turtle_term(item.graph_name)
        if graph != self._graph:
            self._end_graph()
            self._graph = graph
        self._triples[turtle_key(item)] = None

    def finish(self) -> None:
        self._end_graph()

    def _end_graph(self) -> None:
        if not self._triples:
            return
        if self._graph is None:
            write_triples(self._stream, self._triples)
        else:
            self._stream.write(f"\nGRAPH {self._graph} {{\n")
            write_triples(self._stream, self._triples, "    ")
            self._stream.write("}\n")
        self._triples = {}
