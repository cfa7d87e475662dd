"""From an official name to the agency it names: kind, region, parent and key, by rule.

A name is a head ('Dinas Kesehatan', 'Polres') and a tail ('Kabupaten Wonosobo', 'Kediri Kota').
The head is the longest written form of a kind; the kind's scope says how to read the tail.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from sinergi.graph.model import Agency
from sinergi.graph.registry.institutions import (
    AGENCY_PREFIX,
    GOVERNMENT,
    AgencyKind,
    Institution,
    Region,
)
from sinergi.graph.registry.names import Token, normal, slug, tokenize
from sinergi.graph.registry.places import (
    DISTRICT,
    DISTRICT_ORDER,
    LONGEST_NAME,
    PLACE_ORDER,
    PROVINCE,
    PROVINCE_ORDER,
    REGENCY,
    REGION_ORDER,
    REGION_WORDS,
    Order,
    Places,
    level,
)

UNNAMED = "unnamed"  # key of a name without a letter or digit
POLICE = "keamanan"  # sector whose agencies say 'Kediri Kota', where others say 'Kota Kediri'
MILITARY = "pertahanan"  # sector that writes a unit's number before a slash
MAX_ALIASES = 6

_ORDERS: dict[str, Order] = {
    "region": REGION_ORDER,
    "province": PROVINCE_ORDER,
    "district": DISTRICT_ORDER,
}
_NATION = (("republik", "indonesia"), ("ri",))  # 'BNN RI' is BNN
_NUMBER = re.compile(r"\d{2,4}")
_CLASS = re.compile(r"i{1,3}[abc]?")
_CLASS_ENDINGS = {"khusus", "tpi", "non"}  # 'Kelas I Khusus TPI', 'Kelas II Non TPI'
# Joins a name's last words to something else than its place: 'Dinas Koperasi dan UKM'.
_JOINING = {"dan", "serta"}


class Head(NamedTuple):
    """A written form of a kind, and the kind of region that it implies."""

    kind: AgencyKind
    region_word: str | None


@dataclass(frozen=True, slots=True)
class Reading:
    """A name taken apart: what is its own, and where it lies."""

    kind: AgencyKind
    own: str  # between head and region, as sinergi writes it: 'Kelas IIA', '0707', or a whole name
    region: Region | None
    stated: str  # the region as the canonical name says it: 'Kabupaten Wonosobo', 'Kediri Kota'


class Identifier:
    """Identifies names against the tables; remembers what it has seen."""

    def __init__(
        self,
        kinds: Mapping[str, AgencyKind],
        bodies: Mapping[str, Institution],
        places: Places,
    ) -> None:
        self._kinds = kinds
        self._bodies = bodies
        self._places = places
        self._heads: dict[str, Head] = {}
        self._longest = 0
        for kind in kinds.values():
            for form in kind.forms:
                words = normal(form)
                self._longest = max(self._longest, words.count(" ") + 1)
                self._heads[words] = Head(kind, kind.region_words.get(form))
        self._bodies_by_form = {
            normal(form): body for body in bodies.values() for form in (body.name, *body.aliases)
        }
        self._covering: dict[tuple[str, str], Institution] = {}
        for key in sorted(bodies):
            for code in bodies[key].regions:
                self._covering.setdefault((bodies[key].kind, code), bodies[key])
        self._by_name: dict[str, Agency] = {}
        self._by_rule: dict[tuple[str, str | None], Agency | None] = {}

    def identify(self, name: str) -> Agency:
        """The agency that `name` names; total: a name of no known kind gives a bare Agency."""
        found = self._by_name.get(name)
        if found is None:
            found = self._by_name[name] = self._identify(name)
        return found

    def ancestors(self, agency: Agency) -> tuple[Agency, ...]:
        """The parents of `agency`, nearest first, up to the trunk."""
        found: list[Agency] = []
        at = self._parent_of(agency)
        while at and at.key != agency.key and at not in found:
            found.append(at)
            at = self._parent_of(at)
        return tuple(found)

    def stem(self, name: str) -> str:
        """The key without class and unit number: 'Lapas Kelas IIB X' and 'Lapas X' share it.

        Names of one stem are candidates for being one agency; whether they are is not ours to say.
        """
        agency = self.identify(name)
        body = self._bodies.get(agency.key)
        words = [token.form for token in tokenize(agency.name if body is None else body.name)]
        kept, skipping = [], False
        for word in words:
            if word == "kelas":
                skipping = True
            elif skipping and (_CLASS.fullmatch(word) or word in _CLASS_ENDINGS):
                continue
            elif not _NUMBER.fullmatch(word):
                skipping = False
                kept.append(word)
        return "-".join(kept)

    def of_body(self, body: Institution) -> Agency:
        """A row of agencies.csv as an Agency."""
        region = body.regions[0] if len(body.regions) == 1 else None
        return Agency(
            body.key, body.name, body.kind, body.sector, body.parent, region, body.aliases
        )

    def _identify(self, name: str) -> Agency:
        tokens = tokenize(name)
        forms = [token.form for token in tokens]
        if not forms:
            return Agency(UNNAMED, name.strip())
        short = _without_nation(forms)
        for words in (forms, short):
            body = self._bodies_by_form.get(" ".join(words))
            if body:
                return self.of_body(body)
        read = self._read(name, tokens[: len(short)] if len(short) > 1 else tokens)
        if read is None:
            return Agency("-".join(forms), " ".join(name.split()))
        return self._made(read)

    def _read(self, name: str, tokens: list[Token]) -> Reading | None:
        forms = [token.form for token in tokens]
        for size in range(min(self._longest, len(forms)), 0, -1):
            head = self._heads.get(" ".join(forms[:size]))
            if head:
                head, rest = self._class_before_type(head, forms, tokens, size)
                return self._tail(head, name, rest)
        return None

    def _class_before_type(
        self, head: Head, forms: list[str], tokens: list[Token], size: int
    ) -> tuple[Head, list[Token]]:
        """'Lapas Kelas IIA Perempuan X' read as 'Lapas Perempuan Kelas IIA X'."""
        if forms[size : size + 1] == ["kelas"] and len(forms) > size + 2:
            longer = self._heads.get(" ".join([*forms[:size], forms[size + 2]]))
            if longer:
                return longer, [*tokens[size : size + 2], *tokens[size + 3 :]]
        return head, tokens[size:]

    def _tail(self, head: Head, name: str, tokens: list[Token]) -> Reading:
        kind = head.kind
        if not tokens or kind.scope == "national":
            return Reading(kind, _text(name, tokens), None, "")
        if kind.scope == "named":
            region = self._named_region(tokens)
            return Reading(kind, _text(name, tokens), region, "")
        if kind.scope == "village":
            return self._village(kind, name, tokens)
        forms = [token.form for token in tokens]
        if head.region_word:
            said = [head.region_word, *forms]
            region = self._places.read(said, REGION_ORDER)
            if region:
                return Reading(kind, "", region, self._stated(kind, forms, region))
        order = _ORDERS.get(kind.scope, PLACE_ORDER)
        for start in _starts(forms):
            region = self._places.read(forms[start:], order)
            if region:
                own = self._own(kind, name, tokens[:start])
                return Reading(kind, own, region, self._stated(kind, forms[start:], region))
        return Reading(kind, self._own(kind, name, tokens), self._leading(kind, forms), "")

    def _leading(self, kind: AgencyKind, forms: list[str]) -> Region | None:
        """The province that begins a name which goes on: 'Kanwil DJP Jawa Tengah II'."""
        for size in range(min(LONGEST_NAME, len(forms) - 1), 0, -1):
            region = self._places.read(forms[:size], PLACE_ORDER)
            if region and (level(region.code) == PROVINCE or kind.scope != "province"):
                return region
        return None

    def _named_region(self, tokens: list[Token]) -> Region | None:
        """Where a named body lies, if its name ends with a regency, city or province."""
        forms = [token.form for token in tokens]
        for start in _starts(forms):
            region = self._places.read(forms[start:], PLACE_ORDER)
            if region and (level(region.code) < DISTRICT or forms[start] in REGION_WORDS):
                return region
        return None

    def _village(self, kind: AgencyKind, name: str, tokens: list[Token]) -> Reading:
        """A village's name and, if stated, the district or regency that it lies in."""
        forms = [token.form for token in tokens]
        for start in range(1, len(forms)):
            if forms[start] in REGION_WORDS or "," in _between(name, tokens, start):
                region = self._places.read(forms[start:], DISTRICT_ORDER)
                if region:
                    return Reading(kind, _text(name, tokens[:start]), region, region.label)
        return Reading(kind, _text(name, tokens), None, "")

    def _own(self, kind: AgencyKind, name: str, tokens: list[Token]) -> str:
        """The part of the tail before the region, in the spelling that sinergi uses."""
        text = _text(name, tokens)
        words = [token.form for token in tokens]
        if kind.scope in ("place", "area", "district") and "kelas" in words:
            at = words.index("kelas")
            if at + 1 < len(words) and _CLASS.fullmatch(words[at + 1]):
                ends = (_text(name, tokens[:at]), _text(name, tokens[at + 2 :]))
                grade = words[at + 1]
                letters = grade.rstrip("abc").upper() + grade[len(grade.rstrip("abc")) :].upper()
                return " ".join(part for part in (ends[0], f"Kelas {letters}", ends[1]) if part)
        return text

    def _stated(self, kind: AgencyKind, forms: list[str], region: Region) -> str:
        """How the canonical name of an agency of `kind` says `region`."""
        if kind.scope == "region":
            return region.label
        if kind.scope == "province":
            return region.name if level(region.code) == PROVINCE else region.label
        if level(region.code) == DISTRICT:
            return self._district(forms, region)
        if region.kind in ("kabupaten", "kota") and self._places.twins(region):
            said = forms[0] if forms[0] in REGION_WORDS else forms[-1]
            if said == "kota" and kind.sector == POLICE:
                return f"{region.name} Kota"
            return region.label if said in ("kota", "kabupaten") else region.name
        return region.name

    def _district(self, forms: list[str], region: Region) -> str:
        """A district by its name; with its regency where the country has several of that name."""
        alone = self._places.read(normal(region.name).split(), (("kecamatan",),))
        if alone or region.parent is None:
            return region.name
        return f"{region.name} {self._places[region.parent].label}"

    def _made(self, read: Reading) -> Agency:
        kind = read.kind
        tail = read.own
        if read.stated:
            joint = " "
            if kind.sector == MILITARY and _NUMBER.fullmatch(read.own):
                joint = "/"
            tail = f"{read.own}{joint}{read.stated}" if read.own else read.stated
        elif kind.sector == MILITARY:
            tail = re.sub(r"^(\d{2,4}|[IVX]+)\s*/\s*|^(\d{2,4})\s+(?=\D)", _slashed, tail)
        name = f"{kind.name} {tail}".strip()
        region = read.region.code if read.region else None
        parent = self._parent(kind.key, region)
        forms = [f"{form} {tail}".strip() for form in (kind.full, *kind.aliases)]
        if kind.scope == "region" and read.region and not read.own:
            forms[1:1] = [f"{kind.name} {read.region.name}"] + [
                f"{alias} {read.region.name}"
                for alias in kind.aliases
                if kind.region_words.get(alias, read.region.kind) == read.region.kind
            ]
            implied = [f"{alias} {tail}" for alias in kind.region_words]
            forms = [form for form in forms if form not in implied]
        aliases = tuple(form for form in dict.fromkeys(forms) if form != name)[:MAX_ALIASES]
        key = slug(name) or UNNAMED
        return Agency(
            key, name, kind.key, kind.sector, parent.key if parent else None, region, aliases
        )

    def _parent_of(self, agency: Agency) -> Agency | None:
        body = self._bodies.get(agency.key)
        if body:
            return self.of_body(self._bodies[body.parent]) if body.parent else None
        return self._parent(agency.kind, agency.region) if agency.kind else None

    def _parent(self, kind: str, region: str | None) -> Agency | None:
        """The parent of an agency of `kind` in `region`, found once."""
        asked = (kind, region)
        if asked not in self._by_rule:
            self._by_rule[asked] = None  # a kind above itself ends here
            self._by_rule[asked] = self._parent_by_rule(self._kinds[kind], region)
        return self._by_rule[asked]

    def _parent_by_rule(self, kind: AgencyKind, region: str | None) -> Agency | None:
        for rule in kind.parents:
            if rule.startswith(AGENCY_PREFIX):
                return self.of_body(self._bodies[rule.removeprefix(AGENCY_PREFIX)])
            if region is None:
                continue
            if kind.key == GOVERNMENT == rule:
                above = self._places.above(region, PROVINCE)
                return self._of_kind(rule, above) if above and above != region else None
            found = self._covering_body(rule, region)
            if found:
                return self.of_body(found)
            made = self._of_kind(rule, region) if rule == kind.parents[-1] else None
            if made:
                return made
        last = self._kinds.get(kind.parents[-1]) if kind.parents else None
        return self._parent(last.key, region) if last and last.key != kind.key else None

    def _covering_body(self, kind: str, region: str) -> Institution | None:
        """The row of agencies.csv of `kind` that covers `region`, the closest first."""
        for depth in range(level(region), 0, -1):
            body = self._covering.get((kind, self._places.above(region, depth) or ""))
            if body:
                return body
        return None

    def _of_kind(self, key: str, code: str) -> Agency | None:
        """The agency of kind `key` that is responsible for the region `code`, made by rule."""
        kind = self._kinds[key]
        depth = {"province": PROVINCE, "place": REGENCY, "district": DISTRICT}.get(kind.scope)
        if kind.scope == "region":
            depth = min(level(code), REGENCY)
        above = self._places.above(code, depth) if depth else None
        if above is None:
            return None
        region = self._places[above]
        said = [region.kind] if region.kind == "kota" else []
        stated = self._stated(kind, [*said, normal(region.name)], region)
        return self._made(Reading(kind, "", region, stated))


def _without_nation(forms: list[str]) -> list[str]:
    for ending in _NATION:
        if len(forms) > len(ending) and tuple(forms[-len(ending) :]) == ending:
            return forms[: -len(ending)]
    return forms


def _starts(forms: list[str]) -> Iterator[int]:
    """Where the region may start in a tail, the longest reading first."""
    for start in range(max(0, len(forms) - 2 * LONGEST_NAME), len(forms)):
        if start == 0 or forms[start - 1] not in _JOINING:
            yield start


def _text(name: str, tokens: list[Token]) -> str:
    """The words `tokens` as written; pieces that do not touch are joined by a space."""
    parts: list[str] = []
    start = 0
    for i, token in enumerate(tokens):
        if i + 1 == len(tokens) or tokens[i + 1].start < token.end:
            parts.append(name[tokens[start].start : token.end])
            start = i + 1
    return " ".join(" ".join(parts).split())


def _between(name: str, tokens: list[Token], at: int) -> str:
    return name[tokens[at - 1].end : tokens[at].start]


def _slashed(match: re.Match[str]) -> str:
    return f"{match[1] or match[2]}/"
