"""A table for reading in a terminal."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import TextIO

import pyoxigraph as ox

from sinergi.graph.exports.terms import curie
from sinergi.graph.results import Row, Term, plain, text

GAP = "  "
NARROWEST = 8  # columns are not squeezed below this: a word or two still fit

_NUMBER = re.compile(r"-?\d+(\.\d+)?", re.ASCII)


class TableExport:
    """Aligned by the widest cell, so it holds the rows until the end.

    Where the table would be wider than `width`, the widest columns are narrowed and their cells
    wrapped; nothing is cut off. Control characters, which could steer a terminal, become U+FFFD.
    """

    def __init__(self, stream: TextIO, columns: Sequence[str], width: int | None = None) -> None:
        self._stream = stream
        self._columns = columns
        self._width = width
        self._rows: list[list[str]] = []

    def write(self, item: Row) -> None:
        self._rows.append([_cell(item[name]) for name in self._columns])

    def finish(self) -> None:
        table = [list(self._columns), *self._rows]
        widths = [max(cells(row[i]) for row in table) for i in range(len(self._columns))]
        if self._width is not None:
            _narrow(widths, self._width - len(GAP) * (len(widths) - 1))
        right = [
            bool(self._rows) and all(_NUMBER.fullmatch(row[i]) or not row[i] for row in self._rows)
            for i in range(len(self._columns))
        ]
        self._line(table[0], widths, right)
        self._line(["-" * width for width in widths], widths, right)
        for row in self._rows:
            self._line(row, widths, right)
        count = len(self._rows)
        self._stream.write(f"({count} {'row' if count == 1 else 'rows'})\n")

    def _line(self, row: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> None:
        wrapped = [wrap(cell, width) for cell, width in zip(row, widths, strict=True)]
        for number in range(max((len(lines) for lines in wrapped), default=0)):
            parts = []
            for lines, width, to_right in zip(wrapped, widths, right, strict=True):
                part = lines[number] if number < len(lines) else ""
                space = " " * (width - cells(part))
                parts.append(space + part if to_right else part + space)
            self._stream.write(GAP.join(parts).rstrip() + "\n")


def cells(line: str) -> int:
    """How many columns of a terminal a line takes: wide characters two, combining ones none."""
    if line.isascii():
        return len(line)
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in line
    )


def wrap(line: str, width: int) -> list[str]:
    """`line` in pieces of at most `width` columns, broken at spaces where there are any."""
    pieces = [""]
    for word in line.split(" "):
        joined = f"{pieces[-1]} {word}" if pieces[-1] else word
        if cells(joined) <= width:
            pieces[-1] = joined
            continue
        if not pieces[-1]:
            pieces.pop()
        pieces.append("")
        for character in word:
            if cells(pieces[-1] + character) > max(width, 2):
                pieces.append("")
            pieces[-1] += character
    return pieces


def _cell(term: Term | None) -> str:
    if isinstance(term, ox.NamedNode):
        return plain(curie(term.value) or term.value)
    return plain(text(term))


def _narrow(widths: list[int], room: int) -> None:
    """Take from the widest columns until all fit, or all are at their narrowest."""
    while sum(widths) > room:
        widest = max(widths)
        if widest <= NARROWEST:
            return
        second = max((w for w in widths if w < widest), default=NARROWEST)
        top = [i for i, w in enumerate(widths) if w == widest]
        over = sum(widths) - room
        step = max(1, min(widest - max(second, NARROWEST), -(-over // len(top))))
        for i in top:
            widths[i] -= step
