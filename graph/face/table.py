"""Rows that have arrived: the answer to a SELECT, as Python values in columns of one type each."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import accumulate, islice
from typing import TYPE_CHECKING, Any, overload

import pyoxigraph as ox

from sinergi.graph.exports.table import GAP, TableExport, cells
from sinergi.graph.exports.terms import curie
from sinergi.graph.face.html import counted, render
from sinergi.graph.results import Rows, Term, text
from sinergi.ontology import XSD

if TYPE_CHECKING:
    import pandas
    import polars

SHOWN = 20  # rows of a table that shows itself: about a screen; the rest is counted
WIDTH = 100  # columns of text, as notebooks and most terminals have them
CELL = 40  # columns of text that a cell takes at most: a name, not a sentence

Value = str | int | float | bool | date | None

# How literals of a datatype are read; all others stay text.
_READ: Mapping[ox.NamedNode, Callable[[str], Value]] = {
    XSD.boolean: lambda value: {"true": True, "1": True, "false": False, "0": False}[value],
    XSD.date: date.fromisoformat,
    XSD.dateTime: datetime.fromisoformat,
    XSD.decimal: float,
    XSD.double: float,
    XSD.float: float,
    XSD.int: int,
    XSD.integer: int,
}
# Types of columns in pandas; those with room for missing values where some are.
_PANDAS = {date: "datetime64[s]", datetime: "datetime64[us]", int: "Int64", bool: "boolean"}


class Table:
    """A table of Python values: days are dates, numbers are numbers, IRIs and texts are str.

    It iterates over its rows as dicts, `table[0]` is a row, `table[:5]` a shorter table and
    `table["name"]` a column. What is unbound is None. `pandas.DataFrame(table)` and
    `polars.DataFrame(table)` take it as it is; `to_pandas` gives the columns pandas' own types.
    """

    def __init__(self, columns: Mapping[str, Sequence[Value]]) -> None:
        """`columns` are equally long; one whose values are of several types becomes text."""
        self._columns = {name: _alike(values) for name, values in columns.items()}
        self._length = len(next(iter(self._columns.values()), ()))

    @classmethod
    def of_rows(cls, rows: Rows) -> Table:
        """What a query gave, read to its end."""
        found: dict[str, list[Value]] = {name: [] for name in rows.columns}
        for row in rows:
            for name, values in found.items():
                values.append(_value(row[name]))
        return cls(found)

    @classmethod
    def of_records(cls, records: Sequence[Mapping[str, Any]]) -> Table:
        """Records as networks have them; what one lacks is None."""
        names = dict.fromkeys(name for record in records for name in record)
        return cls({name: [record.get(name) for record in records] for name in names})

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(self._columns)

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[dict[str, Value]]:
        for row in zip(*self._columns.values(), strict=True):
            yield dict(zip(self._columns, row, strict=True))

    @overload
    def __getitem__(self, key: int) -> dict[str, Value]: ...
    @overload
    def __getitem__(self, key: slice) -> Table: ...
    @overload
    def __getitem__(self, key: str) -> list[Value]: ...
    def __getitem__(self, key: int | slice | str) -> dict[str, Value] | Table | list[Value]:
        if isinstance(key, str):
            return list(self._columns[key])
        if isinstance(key, slice):
            return Table({name: values[key] for name, values in self._columns.items()})
        return {name: values[key] for name, values in self._columns.items()}

    def to_pandas(self) -> pandas.DataFrame:
        """A pandas DataFrame: days as datetime64, whole numbers as Int64, also where it is empty.

        Raises ImportError without pandas.
        """
        import pandas

        return pandas.DataFrame(
            {
                name: pandas.Series(values, dtype=_PANDAS.get(_type(values)))
                for name, values in self._columns.items()
            },
            columns=list(self._columns),
        )

    def to_polars(self) -> polars.DataFrame:
        """A polars DataFrame. Raises ImportError without polars."""
        import polars

        return polars.DataFrame(
            self._columns, schema={n: _type(values) for n, values in self._columns.items()}
        )

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """For what reads Arrow, polars.DataFrame(...) above all; polars makes the stream."""
        return self.to_polars().__arrow_c_stream__(requested_schema)

    def __repr__(self) -> str:
        """The first rows, of the columns that fit beside one another."""
        first = [[_cut(_shown(value)) for value in row.values()] for row in islice(self, SHOWN)]
        widths = [
            max(map(cells, (name, *column)))
            for name, *column in zip(self.columns, *first, strict=True)
        ]
        room = accumulate(width + len(GAP) for width in widths)
        fitting = self.columns[: max(1, sum(width <= WIDTH + len(GAP) for width in room))]
        stream = io.StringIO()
        export = TableExport(stream, fitting)
        for row in first:
            export.write({name: ox.Literal(c) for name, c in zip(fitting, row, strict=False)})
        export.finish()
        others = self.columns[len(fitting) :]
        note = f"; further columns: {', '.join(others)}" if others else ""
        return stream.getvalue().rpartition("(")[0] + f"({self._counted()}{note})"

    def _repr_html_(self) -> str:
        numbers = [_type(values) in (int, float) for values in self._columns.values()]
        rows = [[_shown(value) for value in row.values()] for row in islice(self, SHOWN)]
        return render(
            "table", columns=self.columns, rows=rows, numbers=numbers, counted=self._counted()
        )

    def _counted(self) -> str:
        return counted(len(self), "row") + (
            f", the first {SHOWN} shown" if len(self) > SHOWN else ""
        )


def _value(term: Term | None) -> Value:
    if isinstance(term, ox.Literal) and (read := _READ.get(term.datatype)):
        try:
            return read(term.value)
        except (KeyError, ValueError):  # "2025-02-30"^^xsd:date is a term, but no day
            return term.value
    return None if term is None else text(term)


def _alike(values: Iterable[Value]) -> list[Value]:
    """The values of a column, made text where they are of several types (numbers aside)."""
    values = list(values)
    types = {type(value) for value in values} - {type(None)}
    if types == {int, float}:
        return [None if value is None else float(value) for value in values]  # type: ignore[arg-type]
    if len(types) > 1:
        return [None if value is None else str(value) for value in values]
    return values


def _type(values: Iterable[Value]) -> type:
    return next((type(value) for value in values if value is not None), str)


def _shown(value: Value) -> str:
    """A value as a cell: IRIs shortened as on the command line, floats to four digits."""
    if isinstance(value, float):
        return f"{value:.4g}"
    shown = "" if value is None else str(value)
    return (isinstance(value, str) and "://" in value and curie(value)) or shown


def _cut(cell: str) -> str:
    return cell if len(cell) <= CELL else cell[: CELL - 1] + "…"
