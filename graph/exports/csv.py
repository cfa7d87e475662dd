"""SPARQL 1.1 CSV: bare values, for spreadsheets; what is no text (IRIs, types) loses its marks."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from typing import TextIO

from sinergi.graph.results import Row, text


class CsvExport:
    """Lines end in CR LF, as the standard has it: open the stream with newline=""."""

    def __init__(self, stream: TextIO, columns: Sequence[str]) -> None:
        self._columns = columns
        self._writer = csv.writer(stream, lineterminator="\r\n")
        self._writer.writerow(columns)

    def write(self, item: Row) -> None:
        self._writer.writerow([text(item[name]) for name in self._columns])

    def finish(self) -> None:
        pass
