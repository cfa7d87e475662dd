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
_CLASS_WORDS = {"kelas", "khusus", "tpi", "non"}  # 'Kelas I Khusus TPI', 'Kelas II Non TPI'
_UNIT_NUMBER = re.compile(r"^(\d{2,4}|[IVX]+)(?:\s*/\s*|\s+(?=[^\W\d]))")
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
                head = Head(kind, kind.heads[form], kind.region_words.get(form))
                self._heads[words] = head
        self._bodies_by_form = {
            normal(form): body for body in bodies.values() for form in (body.name, *body.aliases)
        }
        self._covering: dict[tuple[str, str], Institution] = {}
        for key in sorted(bodies):
            for code in bodies[key].regions:
                self._covering.setdefault((bodies[key].kind, code), bodies[key])
        self._by_key: dict[str, Agency] = {}
        self._by_name: dict[tuple[str, str | None], Agency] = {}
        self._by_rule: dict[tuple[str, str | None], Agency | None] = {}

    def identify(self, name: str, near: str | None = None) -> Agency:
        """The agency that `name` names; total: a name of no known kind gives a bare Agency.

        `near` is a region code that tells districts of one name apart.
        """
        found = self._by_name.get((name, near))
        if found is None:
            found = self._by_name[name, near] = self._identify(name, near)
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
            elif skipping and (_CLASS.fullmatch(word) or word in _CLASS_WORDS):
                continue
            elif not _NUMBER.fullmatch(word):
                skipping = False
                kept.append(word)
        return "-".join(kept)

    def of_body(self, body: Institution) -> Agency:
        """A row of agencies.csv as an Agency; where it names no parent, its kind's rule does."""
        found = self._by_key.get(body.key)
        if found is None:
            region = body.regions[0] if body.regions else None
            parent = body.parent
            if parent is None and region:
                above = self._parent(body.kind, region)
                parent = above.key if above else None
            found = self._by_key[body.key] = Agency(
                body.key, body.name, body.kind, body.sector, parent, region, body.aliases
            )
        return found

    def _identify(self, name: str, near: str | None) -> Agency:
        """The agency of a name not seen before; of its canonical name, if that says more."""
        seen = {name}
        agency = self._named_by(name, near)
        while agency.name not in seen and agency.key not in self._bodies:
            seen.add(agency.name)
            agency = self._named_by(agency.name, near)
        return agency

    def _named_by(self, name: str, near: str | None) -> Agency:
        tokens = tokenize(name)
        forms = [token.form for token in tokens]
        if not forms:
            return Agency(UNNAMED, " ".join(name.split()))
        short = _without_nation(forms)
        for words in (forms, short):
            body = self._bodies_by_form.get(" ".join(words))
            if body:
                return self.of_body(body)
        read = self._read(name, tokens[: len(short)], near)
        if read is None:
            return self._bare("-".join(forms), name)
        made = self._made(read)
        return self._bare(made.key, name) if made.key in self._bodies else made

    def _bare(self, key: str, name: str) -> Agency:
        """The body whose key `key` is, else an agency of which only the name is known."""
        body = self._bodies.get(key)
        return self.of_body(body) if body else Agency(key, " ".join(name.split()))

    def _read(self, name: str, tokens: list[Token], near: str | None) -> Reading | None:
        """The reading by the longest head; a shorter one if that leaves nothing but a region.

        'Pemerintah Daerah Istimewa Yogyakarta' is not 'Pemerintah Daerah' + 'Istimewa Yogyakarta'.
        """
        forms = [token.form for token in tokens]
        first: Reading | None = None
        for size in range(min(self._longest, len(forms)), 0, -1):
            head = self._heads.get(" ".join(forms[:size]))
            if head:
                head, rest = self._class_before_type(head, forms, tokens, size)
                read = self._tail(head, name, rest, near)
                if read.whole or head.kind.scope == "named":
                    return first if first and not read.whole else read
                first = first or read
        return first

    def _class_before_type(
        self, head: Head, forms: list[str], tokens: list[Token], size: int
    ) -> tuple[Head, list[Token]]:
        """'Lapas Kelas IIA Perempuan X' read as 'Lapas Perempuan Kelas IIA X'."""
        if forms[size : size + 1] == ["kelas"] and len(forms) > size + 2:
            longer = self._heads.get(" ".join([*forms[:size], forms[size + 2]]))
            if longer:
                return longer, [*tokens[size : size + 2], *tokens[size + 3 :]]
        return head, tokens[size:]

    def _tail(self, head: Head, name: str, tokens: list[Token], near: str | None) -> Reading:
        kind, forms = head.kind, [token.form for token in tokens]
        if not tokens or kind.scope == "national":
            return Reading(head, _text(name, tokens), None, "")
        if kind.scope == "named":
            return Reading(head, _text(name, tokens), self._named_region(forms), "")
        if kind.scope == "village":
            return self._village(head, name, tokens, near)
        if head.region_word:
            region = self._places.read([head.region_word, *forms], REGION_ORDER)
            if region:
                return Reading(head, "", region, self._stated(kind, forms, region))
        order = _order(kind)
        for start in _starts(forms):
            region = self._places.read(forms[start:], order, near)
            if region and self._fits(kind, name, tokens, start, region):
                own = self._own(kind, name, tokens[:start])
                stated = self._stated(kind, forms[start:], region, own)
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
                    stated = self._stated(head.kind, forms[start:], region)
                    return Reading(head, _text(name, tokens[:start]), region, stated)
        return Reading(head, _text(name, tokens), None, "")

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

    def _stated(self, kind: AgencyKind, forms: list[str], region: Region, own: str = "") -> str:
        """How the canonical name of an agency of `kind` says `region`, which `forms` named."""
        depth = level(region.code)
        if depth == DISTRICT:
            name = self._district(forms, region)
            return name if kind.scope in ("place", "area", "district") else f"Kecamatan {name}"
        if kind.scope in ("region", "village"):
            return region.label
        if kind.scope == "province":
            return region.label if self._places.twins(region) else region.name
        if kind.scope == "district" and own and not _NUMBER.fullmatch(own):
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

    def _made(self, read: Reading) -> Agency:
        kind, head = read.head.kind, read.head.written
        tail = f"{read.own} {read.stated}".strip()
        if kind.sector == MILITARY:
            if _NUMBER.fullmatch(read.own) and read.stated:
                tail = f"{read.own}/{read.stated}"
            elif not read.stated:
                tail = _UNIT_NUMBER.sub(r"\1/", tail)
        name = f"{head} {tail}".strip()
        region = read.region.code if read.region else None
        parent = self._parent(kind.key, region)
        return Agency(
            key=slug(name) or UNNAMED,
            name=name,
            kind=kind.key,
            sector=kind.sector,
            parent=parent.key if parent else None,
            region=region,
            aliases=self._aliases(read, name, tail),
        )

    def _aliases(self, read: Reading, name: str, tail: str) -> tuple[str, ...]:
        """Other ways to write a made name: its head spelled out or short, its region bare."""
        kind = read.head.kind
        forms = [form for form in kind.forms if kind.heads[form] == read.head.written]
        found = [f"{form} {tail}" for form in forms if form not in kind.region_words]
        if kind.scope == "region" and read.region and read.whole:
            bare = self._places.read(normal(read.region.name).split(), REGION_ORDER)
            fitting = (form for form in forms if form in kind.region_words or bare == read.region)
            found[2:2] = [
                f"{form} {read.region.name}"
                for form in fitting
                if kind.region_words.get(form, read.region.kind) == read.region.kind
            ]
        others = dict.fromkeys(form.strip() for form in found)
        return tuple(form for form in others if form != name)[:MAX_ALIASES]

    def _parent_of(self, agency: Agency) -> Agency | None:
        body = self._bodies.get(agency.key)
        if body and body.parent:
            return self.of_body(self._bodies[body.parent])
        if body and not body.regions:
            return None
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
        said = [] if region.kind == "kabupaten" and _order(kind) == COMMAND_ORDER else [region.kind]
        stated = self._stated(kind, [*said, *normal(region.name).split()], region)
        return self._made(Reading(Head(kind, kind.name, None), "", region, stated))


def _order(kind: AgencyKind) -> Order:
    if kind.scope in _ORDERS:
        return _ORDERS[kind.scope]
    return COMMAND_ORDER if kind.sector in (POLICE, MILITARY) else TOWN_ORDER


def _technical(form: str) -> bool:
    """Whether a word of a tail is a class or a number, not a name."""
    return form in _CLASS_WORDS or form.isdigit() or bool(_CLASS.fullmatch(form))


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
