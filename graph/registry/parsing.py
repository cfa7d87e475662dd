"""A full official name taken apart.

A name is a head ('Dinas Kesehatan', 'Polres') and a tail ('Kabupaten Wonosobo', 'Kediri Kota').
The head is the longest written form of a kind; the kind's scope says how to read the tail.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sinergi.graph.registry.institutions import AgencyKind, Region
from sinergi.graph.registry.names import Token, normal, tokenize
from sinergi.graph.registry.places import (
    COMMAND_ORDER,
    DISTRICT,
    DISTRICT_ORDER,
    LONGEST_NAME,
    PROVINCE,
    PROVINCE_ORDER,
    REGENCY,
    REGION_ORDER,
    REGION_WORDS,
    TOWN_ORDER,
    Order,
    Places,
    level,
)

POLICE = "keamanan"  # sector whose agencies say 'Kediri Kota', where others say 'Kota Kediri'
MILITARY = "pertahanan"  # sector that writes a unit's number before a slash

UNIT_NUMBER = re.compile(r"\d{2,4}")
CLASS = re.compile(r"i{1,3}[abc]?")
CLASS_WORDS = {"kelas", "khusus", "tpi", "non"}  # 'Kelas I Khusus TPI', 'Kelas II Non TPI'

NATION = (("republik", "indonesia"), ("ri",))  # 'BNN RI' is BNN

_ORDERS: dict[str, Order] = {
    "region": REGION_ORDER,
    "province": PROVINCE_ORDER,
    "district": DISTRICT_ORDER,
}
# Joins a name's last words to something else than its place: 'Dinas Koperasi dan UKM'.
_JOINING = {"dan", "serta"}


class Head(NamedTuple):
    """A form of a kind: what it is written as, and the kind of region that it implies."""

    kind: AgencyKind
    written: str
    region_word: str | None


@dataclass(frozen=True, slots=True)
class Reading:
    """A name taken apart: what is its own, and where it lies."""

    head: Head
    own: str  # between head and region, as sinergi writes it: 'Kelas IIA', '0707', or a whole name
    region: Region | None
    stated: str  # the region as the canonical name says it: 'Kabupaten Wonosobo', 'Kediri Kota'

    @property
    def whole(self) -> bool:
        """Whether the tail is a region and nothing else."""
        return bool(self.stated) and not self.own


class NameReader:
    """Reads names by the forms of the kinds."""

    def __init__(self, kinds: Mapping[str, AgencyKind], places: Places) -> None:
        self._places = places
        self._heads: dict[str, Head] = {}
        for kind in kinds.values():
            for form in kind.forms:
                head = Head(kind, kind.heads[form], kind.region_words.get(form))
                self._heads[normal(form)] = head
        self._longest = max(form.count(" ") + 1 for form in self._heads)

    def read(self, name: str, near: str | None = None) -> Reading | None:
        """The reading by the longest head; a shorter one if that leaves nothing but a region.

        'Pemerintah Daerah Istimewa Yogyakarta' is not 'Pemerintah Daerah' + 'Istimewa Yogyakarta'.
        """
        tokens = tokenize(name)
        forms = [token.form for token in tokens]
        first: Reading | None = None
        for size in range(min(self._longest, len(forms)), 0, -1):
            head = self._heads.get(" ".join(forms[:size]))
            if head:
                classed = forms[size : size + 1] == ["kelas"] and len(forms) > size + 2
                if classed and " ".join((*forms[:size], forms[size + 2])) in self._heads:
                    return self.read(_type_before_class(name, tokens, size), near)
                read = self._tail(head, name, tokens[size:], near)
                if read.whole or head.kind.scope == "named":
                    return first if first and not read.whole else read
                first = first or read
        return first

    def _tail(self, head: Head, name: str, tokens: list[Token], near: str | None) -> Reading:
        kind = head.kind
        tokens = _without_nation(tokens)
        forms = [token.form for token in tokens]
        if not tokens or kind.scope == "national":
            return Reading(head, _text(name, tokens), None, "")
        if kind.scope == "named":
            return Reading(head, _text(name, tokens), self._named_region(forms), "")
        if kind.scope == "village":
            return self._village(head, name, tokens, near)
        if head.region_word:
            region = self._places.read([head.region_word, *forms], REGION_ORDER)
            if region:
                return Reading(head, "", region, self.stated(kind, forms, region))
        order = order_of(kind)
        for start in _starts(forms):
            region = self._places.read(forms[start:], order, near)
            if region and self._fits(kind, name, tokens, start, region):
                own = self._own(kind, name, tokens[:start])
                stated = self.stated(kind, forms[start:], region, own)
                return Reading(head, own, region, stated)
            if self._places.knows(forms[start:]):
                break  # a name of several districts: not its last word's
        return Reading(head, self._own(kind, name, tokens), self._leading(kind, forms), "")

    def _fits(
        self, kind: AgencyKind, name: str, tokens: list[Token], start: int, region: Region
    ) -> bool:
        """Whether the end of a tail, from `start`, can be its region though words stand before.

        A small place needs more than its name: only a class or number before it, or its kind.
        """
        if start == 0 or tokens[start].form in REGION_WORDS:
            return True
        if all(_technical(token.form) for token in tokens[:start]):
            return True
        if kind.scope == "district":
            return "," in _between(name, tokens, start)
        return level(region.code) < DISTRICT

    def _leading(self, kind: AgencyKind, forms: list[str]) -> Region | None:
        """The province that begins a name which goes on: 'Kanwil DJP Jawa Tengah II'."""
        for size in range(min(LONGEST_NAME, len(forms) - 1), 0, -1):
            region = self._places.read(forms[:size], PROVINCE_ORDER)
            if region and kind.scope == "province" and level(region.code) == PROVINCE:
                return region
        return None

    def _named_region(self, forms: list[str]) -> Region | None:
        """Where a named body lies, if its name ends with a regency, city or province."""
        for start in _starts(forms):
            region = self._places.read(forms[start:], TOWN_ORDER)
            if region and (level(region.code) < DISTRICT or forms[start] in REGION_WORDS):
                return region
        return None

    def _village(self, head: Head, name: str, tokens: list[Token], near: str | None) -> Reading:
        """A village's name and, if stated, the district or regency that it lies in."""
        forms = [token.form for token in tokens]
        for start in range(1, len(forms)):
            if forms[start] in REGION_WORDS or "," in _between(name, tokens, start):
                region = self._places.read(forms[start:], DISTRICT_ORDER, near)
                if region:
                    stated = self.stated(head.kind, forms[start:], region)
                    return Reading(head, _text(name, tokens[:start]), region, stated)
        return Reading(head, _text(name, tokens), None, "")

    def _own(self, kind: AgencyKind, name: str, tokens: list[Token]) -> str:
        """The part of the tail before the region, in the spelling that sinergi uses."""
        text = _text(name, tokens)
        words = [token.form for token in tokens]
        if kind.scope in ("place", "area", "district") and "kelas" in words:
            at = words.index("kelas")
            if at + 1 < len(words) and CLASS.fullmatch(words[at + 1]):
                ends = (_text(name, tokens[:at]), _text(name, tokens[at + 2 :]))
                grade = words[at + 1]
                letters = grade.rstrip("abc").upper() + grade[len(grade.rstrip("abc")) :].upper()
                return " ".join(part for part in (ends[0], f"Kelas {letters}", ends[1]) if part)
        return text

    def stated(self, kind: AgencyKind, forms: list[str], region: Region, own: str = "") -> str:
        """How the canonical name of an agency of `kind` says `region`, which `forms` named."""
        depth = level(region.code)
        if depth == DISTRICT:
            name = self._district(forms, region)
            return name if kind.scope in ("place", "area", "district") else f"Kecamatan {name}"
        if kind.scope in ("region", "village"):
            return region.label
        if kind.scope == "province":
            return region.label if self._places.twins(region) else region.name
        if kind.scope == "district" and own and not UNIT_NUMBER.fullmatch(own):
            return region.label
        if depth == REGENCY and self._places.twins(region):
            said = forms[0] if forms[0] in REGION_WORDS else forms[-1]
            if said == "kota" and kind.sector == POLICE:
                return f"{region.name} Kota"
            return region.label if said in ("kota", "kabupaten") else region.name
        return region.name

    def _district(self, forms: list[str], region: Region) -> str:
        """A district by the name that `forms` begins with, and its regency where it needs one."""
        kinds = (("kecamatan",),)
        words = forms[1:] if forms[0] in REGION_WORDS else forms
        said = (region.name, *region.aliases)
        named = (
            form for form in said if words[: len(normal(form).split())] == normal(form).split()
        )
        name = max(named, key=len, default=region.name)
        if region.parent is None or self._places.read(normal(name).split(), kinds) is region:
            return name
        return f"{name} {self._places[region.parent].label}"


def order_of(kind: AgencyKind) -> Order:
    """Which region a bare name means to agencies of `kind`."""
    if kind.scope in _ORDERS:
        return _ORDERS[kind.scope]
    return COMMAND_ORDER if kind.sector in (POLICE, MILITARY) else TOWN_ORDER


def _type_before_class(name: str, tokens: list[Token], size: int) -> str:
    """'Lapas Kelas IIA Perempuan X' -> 'Lapas Perempuan Kelas IIA X'."""
    end = size + 3
    parts = (tokens[:size], tokens[size + 2 : end], tokens[size : size + 2], tokens[end:])
    return " ".join(_text(name, part) for part in parts if part)


def _technical(form: str) -> bool:
    """Whether a word of a tail is a class or a number, not a name."""
    return form in CLASS_WORDS or form.isdigit() or bool(CLASS.fullmatch(form))


def _without_nation(tokens: list[Token]) -> list[Token]:
    """A tail without 'RI' or 'Republik Indonesia' at its end, if anything is left of it."""
    forms = [token.form for token in tokens]
    for ending in NATION:
        if len(forms) > len(ending) and tuple(forms[-len(ending) :]) == ending:
            return tokens[: -len(ending)]
    return tokens


def _starts(forms: list[str]) -> Iterator[int]:
    """Where the region may start in a tail, the longest reading first."""
    for start in range(max(0, len(forms) - 2 * LONGEST_NAME), len(forms)):
        if start == 0 or forms[start - 1] not in _JOINING:
            yield start


def _text(name: str, tokens: Sequence[Token]) -> str:
    """The words `tokens`, which stand side by side, as written."""
    if not tokens:
        return ""
    text = " ".join(name[tokens[0].start : tokens[-1].end].split())
    return text + ")" if text.count("(") > text.count(")") else text


def _between(name: str, tokens: list[Token], at: int) -> str:
    return name[tokens[at - 1].end : tokens[at].start]
