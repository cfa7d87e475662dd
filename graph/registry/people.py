"""What stands around a person's name: posts, ranks, degrees, honorifics, and how each is written.

The tables are `data/posts.csv`, `post_heads.csv`, `units.csv`, `post_modifiers.csv`, `ranks.csv`,
`corps.csv`, `degrees.csv` and `honorifics.csv`. A post is found whole ('Kasat Reskrim'), or is
composed of a head and a unit ('Kasi' + 'Kamtib'), with a modifier before or behind it ('Plt').
All look-ups go by the normal form of what the text writes, degrees by their letters alone.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from sinergi.graph.registry.tables import Row, read_table

SERVICES = ("airforce", "army", "civil", "judiciary", "navy", "police", "prosecution")
MEANINGS = ("acting", "candidate", "deputy", "elect", "former", "honorary")
POSITIONS = ("prefix", "suffix")

_NO_DOTS = str.maketrans({".": None, "’": "'", "‘": "'"})


def normal_form(text: str) -> str:
    """How forms are compared: lower case, without dots, single spaces.

    >>> normal_form("Ka.  KPLP")
    'ka kplp'
    """
    return " ".join(text.translate(_NO_DOTS).lower().split())


def letters(text: str) -> str:
    """How degrees are compared, since their dots and spaces come in every way: letters alone.

    >>> letters("M. Tr. (Han)")
    'mtrhan'
    """
    return "".join(filter(str.isalpha, text)).lower()


@dataclass(frozen=True, slots=True)
class Post:
    """A post as written ('Kasat Reskrim') and in full, without its organization."""

    form: str
    post: str
    kinds: tuple[str, ...]  # keys of agency_kinds or agencies, the likeliest first; empty: any
    head: bool  # whoever holds it heads that agency
    source: str


@dataclass(frozen=True, slots=True)
class PostHead:
    """The first part of a composed post: 'Kasi' -> 'Kepala Seksi'."""

    form: str
    post: str
    takes_unit: bool  # may go on with the name of a unit
    source: str


@dataclass(frozen=True, slots=True)
class Unit:
    """A part of an agency, which belongs to the post: 'Kamtib' -> 'Keamanan dan Ketertiban'."""

    form: str
    unit: str
    kinds: tuple[str, ...]  # as in Post
    source: str


@dataclass(frozen=True, slots=True)
class PostModifier:
    """A word that changes how a post is held: 'Plt' -> 'Pelaksana Tugas', acting."""

    form: str
    modifier: str
    meaning: str  # one of MEANINGS
    source: str


@dataclass(frozen=True, slots=True)
class Rank:
    """A rank or grade: 'Komisaris Besar Polisi' -> 'Kombes Pol'."""

    form: str
    rank: str  # as commonly written
    services: tuple[str, ...]  # of SERVICES
    order: int  # higher is senior; comparable within a service and among the armed ones
    source: str


@dataclass(frozen=True, slots=True)
class Corps:
    """A branch or mark that follows a rank: 'Inf', '(P)', 'TNI', '(Purn)'."""

    form: str
    label: str
    services: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Degree:
    """An academic degree or professional title; `form` is its letters."""

    form: str
    degree: str  # as officially written
    positions: tuple[str, ...]  # where it stands to the name, of POSITIONS
    ambiguous: bool  # also a word or another abbreviation: only behind a name and a comma
    source: str


@dataclass(frozen=True, slots=True)
class Honorific:
    """A form of address before a name: 'Hj.', 'Bapak', 'Tuan Guru'."""

    form: str
    source: str


T = TypeVar("T")
K = TypeVar("K", Post, Unit)


@dataclass(frozen=True, slots=True)
class PeopleTables:
    """The tables by normal form (degrees by letters).

    Posts and units may have several rows for a form, which then differ in `kinds`.
    """

    posts: Mapping[str, tuple[Post, ...]]
    post_heads: Mapping[str, PostHead]
    units: Mapping[str, tuple[Unit, ...]]
    post_modifiers: Mapping[str, PostModifier]
    ranks: Mapping[str, Rank]
    corps: Mapping[str, Corps]
    degrees: Mapping[str, Degree]
    honorifics: Mapping[str, Honorific]


def load_people(extra: Path | None = None, known: Collection[str] | None = None) -> PeopleTables:
    """Read and check the eight tables, ours and then the user's in `extra` (a file or a folder).

    `known` holds the keys of agency_kinds and agencies; when given, every kind must be one.
    A user's row replaces ours of the same form. Raises RegistryError naming file, line and rule.
    """

    def kinds(row: Row) -> tuple[str, ...]:
        found = row.items("kind")
        if known is not None:
            for kind in found:
                row.reference("kind", kind, known, "agency_kinds.csv or agencies")
        return found

    def post(row: Row) -> Post:
        head = row.one_of("head", ("yes",), empty=True) == "yes"
        return Post(row["form"], _filled(row, "post"), kinds(row), head, row["source"])

    def unit(row: Row) -> Unit:
        return Unit(row["form"], _filled(row, "unit"), kinds(row), row["source"])

    def single(name: str, columns: Sequence[str], make: Callable[[Row], T]) -> dict[str, T]:
        return _single(_rows(name, columns, extra), make)

    return PeopleTables(
        posts=_several(_rows("posts", ("post", "kind", "head"), extra), post),
        post_heads=single("post_heads", ("post", "takes_unit"), _post_head),
        units=_several(_rows("units", ("unit", "kind"), extra), unit),
        post_modifiers=single("post_modifiers", ("modifier", "meaning"), _modifier),
        ranks=single("ranks", ("rank", "service", "order"), _rank),
        corps=single("corps", ("label", "service"), _corps),
        degrees=single("degrees", ("degree", "position", "ambiguous"), _degree),
        honorifics=single("honorifics", (), lambda row: Honorific(row["form"], row["source"])),
    )


def _post_head(row: Row) -> PostHead:
    takes_unit = row.one_of("takes_unit", ("yes", "no")) == "yes"
    return PostHead(row["form"], _filled(row, "post"), takes_unit, row["source"])


def _modifier(row: Row) -> PostModifier:
    meaning = row.one_of("meaning", MEANINGS)
    return PostModifier(row["form"], _filled(row, "modifier"), meaning, row["source"])


def _rank(row: Row) -> Rank:
    order = row["order"]
    if not (order.isascii() and order.isdigit()):
        raise row.error(f"order is '{order}' but must be a whole number, higher for the senior")
    services = _all_of(row, "service", SERVICES)
    return Rank(row["form"], _filled(row, "rank"), services, int(order), row["source"])


def _corps(row: Row) -> Corps:
    services = _all_of(row, "service", SERVICES)
    return Corps(row["form"], _filled(row, "label"), services, row["source"])


def _degree(row: Row) -> Degree:
    form = row["form"]
    if form != letters(form):
        raise row.error(f"form is '{form}' but must be lower-case letters: '{letters(form)}'")
    positions = _all_of(row, "position", POSITIONS)
    ambiguous = row.one_of("ambiguous", ("yes",), empty=True) == "yes"
    return Degree(form, _filled(row, "degree"), positions, ambiguous, row["source"])


def _filled(row: Row, column: str) -> str:
    if not row[column]:
        raise row.error(f"{column} is empty")
    return row[column]


def _all_of(row: Row, column: str, allowed: Collection[str]) -> tuple[str, ...]:
    found = row.items(column)
    for value in found:
        if value not in allowed:
            rule = f"must be of {', '.join(sorted(allowed))}"
            raise row.error(f"{column} names '{value}' but {rule}")
    return found


def _rows(name: str, columns: Sequence[str], extra: Path | None) -> list[Row]:
    """The rows of a table, ours first, so that a user's come later and replace them."""
    key = ("form", "kind") if "kind" in columns else ("form",)
    rows = read_table(name, ("form", *columns, "source"), extra, key)
    return sorted(rows, key=lambda row: row.where != f"{name}.csv")


def _by_form(rows: Sequence[Row], make: Callable[[Row], T]) -> dict[str, list[tuple[Row, T]]]:
    found: dict[str, list[tuple[Row, T]]] = {}
    for row in rows:
        same = found.setdefault(normal_form(row["form"]), [])
        if same and same[0][0].where != row.where:
            same.clear()
        same.append((row, make(row)))
    return found


def _single(rows: Sequence[Row], make: Callable[[Row], T]) -> dict[str, T]:
    """One row a form."""
    table: dict[str, T] = {}
    for form, same in _by_form(rows, make).items():
        if len(same) > 1:
            raise same[1][0].error(f"'{form}' stands already in line {same[0][0].line}")
        table[form] = same[0][1]
    return table


def _several(rows: Sequence[Row], make: Callable[[Row], K]) -> dict[str, tuple[K, ...]]:
    """Rows a form; where there are several, each names kinds that no other does."""
    table: dict[str, tuple[K, ...]] = {}
    for form, same in _by_form(rows, make).items():
        taken: set[str] = set()
        for row, item in same:
            if len(same) > 1 and (not item.kinds or not taken.isdisjoint(item.kinds)):
                rule = "rows of one form must each name other kinds"
                raise row.error(f"'{form}' stands already in line {same[0][0].line}; {rule}")
            taken.update(item.kinds)
        table[form] = tuple(item for _, item in same)
    return table
