"""Reading the registry's tables: CSV files, checked row by row before anything trusts them.

A table is `data/NAME.csv`: UTF-8, comma separated, a header, list cells separated by ';', and a
`source` column that says where each row is from. A user's own rows come from a file or a folder of
files of the same names and columns; such a row replaces ours when it has the same key.
"""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from importlib import resources
from io import StringIO
from pathlib import Path

from sinergi.graph.errors import RegistryError

LIST_SEPARATOR = ";"

# Every table there is: a user's file of another name is a mistake worth telling.
TABLES = (
    "agencies",
    "agency_kinds",
    "common_words",
    "corps",
    "cues",
    "degrees",
    "honorifics",
    "meeting_words",
    "post_heads",
    "post_modifiers",
    "posts",
    "ranks",
    "regions",
    "sectors",
    "segments",
    "spellings",
    "successions",
    "units",
    "word_sets",
)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table; it knows its file and line, so that a complaint can name them."""

    where: str  # the file as the user knows it: 'posts.csv' or a path
    line: int  # 1 is the header
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def items(self, column: str) -> tuple[str, ...]:
        """The cell as a list: 'a;b' -> ('a', 'b')."""
        parts = (part.strip() for part in self.cells[column].split(LIST_SEPARATOR))
        return tuple(part for part in parts if part)

    def error(self, rule: str) -> RegistryError:
        """The error to raise when this row breaks `rule`."""
        return RegistryError(f"{self.where}, line {self.line}: {rule}.")

    def one_of(self, column: str, allowed: Collection[str], *, empty: bool = False) -> str:
        """The cell, which must be one of `allowed` (a short closed list) or, if `empty`, blank.

        Raises RegistryError otherwise.
        """
        value = self.cells[column]
        if value in allowed or (empty and not value):
            return value
        raise self.error(f"{column} is '{value}' but must be one of {', '.join(sorted(allowed))}")

    def reference(self, column: str, value: str, known: Collection[str], table: str) -> str:
        """`value` (of `column`), which must be a key of `table`; raises RegistryError otherwise."""
        if value in known:
            return value
        raise self.error(f"{column} '{value}' is not in {table}.csv; correct it or add that row")


def read_table(
    name: str,
    columns: Sequence[str],
    extra: Path | None = None,
    key: Sequence[str] | None = None,
) -> tuple[Row, ...]:
    """The rows of `data/{name}.csv`, then of the user's `{name}.csv` if `extra` has one.

    `columns` is the header that every file must have, in this order. `key` names the columns
    that together identify a row (default: the first); within a file keys are unique, and a
    user's row takes the place of ours with the same key. The first key column may not be
    empty, and every row must state its source.

    Raises RegistryError naming file, line and rule.
    """
    key = key or columns[:1]
    ours = resources.files("sinergi.data").joinpath(f"{name}.csv").read_text(encoding="utf-8")
    rows = _keyed(_parse(ours, f"{name}.csv", columns), key)
    path = extra_file(extra, name)
    if path:
        try:
            text = path.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise RegistryError(f"{path} cannot be read as UTF-8 text: {error}.") from None
        rows |= _keyed(_parse(text, str(path), columns), key)
    return tuple(rows.values())


def extra_file(extra: Path | None, name: str) -> Path | None:
    """The user's file for table `name`: `extra` itself, or the one in the folder `extra`.

    Raises RegistryError when `extra` does not exist or holds a CSV that is no table of ours.
    """
    if extra is None:
        return None
    if not extra.exists():
        raise RegistryError(f"{extra} does not exist; name a CSV file or a folder of them.")
    files = sorted(extra.glob("*.csv")) if extra.is_dir() else [extra]
    if not files:
        raise RegistryError(f"{extra} holds no CSV file; name one after a table, e.g. posts.csv.")
    for file in files:
        if file.stem not in TABLES:
            raise RegistryError(f"{file} is named after no table; the tables: {', '.join(TABLES)}.")
    return next((file for file in files if file.stem == name), None)


def _parse(text: str, where: str, columns: Sequence[str]) -> Iterator[Row]:
    reader = csv.reader(StringIO(text, newline=""), strict=True)
    try:
        header = next(reader, [])
        if header != list(columns):
            raise RegistryError(
                f"{where}, line 1: the header is '{','.join(header)}' "
                f"but must be '{','.join(columns)}'."
            )
        for values in reader:
            if not values:
                continue
            row = Row(
                where, reader.line_num, dict(zip(columns, map(str.strip, values), strict=False))
            )
            if len(values) != len(columns):
                raise row.error(
                    f"{len(values)} cells where the header has {len(columns)}; "
                    "quote a cell that holds a comma"
                )
            if "source" in row.cells and not row["source"]:
                raise row.error("the source is empty; say where the row is from")
            yield row
    except csv.Error as error:
        raise RegistryError(f"{where}, line {reader.line_num}: {error}.") from None


def _keyed(rows: Iterator[Row], key: Sequence[str]) -> dict[tuple[str, ...], Row]:
    found: dict[tuple[str, ...], Row] = {}
    for row in rows:
        value = tuple(row[column] for column in key)
        if not value[0]:
            raise row.error(f"{key[0]} is empty")
        if value in found:
            raise row.error(
                f"{' + '.join(key)} '{' + '.join(value)}' stands already in line "
                f"{found[value].line}; keep one of them"
            )
        found[value] = row
    return found
