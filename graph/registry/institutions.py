"""The tables of institutions as typed rows: sectors, regions, kinds of agency, national bodies,
successions. What each column means is told in docs/registry.md."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sinergi.graph.registry.names import normal
from sinergi.graph.registry.tables import Row, read_table

REGION_KINDS = ("provinsi", "kabupaten", "kota", "kecamatan")
FORMS = (
    "state",
    "company",
    "bank",
    "university",
    "school",
    "party",
    "religious",
    "ngo",
    "association",
    "media",
    "collective",
)
SCOPES = (
    "place",  # 'Polres Wonosobo', 'Lapas Kelas IIA Tangerang': the bare place
    "area",  # as place, but the area is its own: only rows of agencies.csv say what it covers
    "region",  # 'Dinas Kesehatan Kabupaten Wonosobo': the region with its kind
    "province",  # 'Polda Jawa Tengah'
    "district",  # 'Kecamatan Kalikajar', 'Koramil 08/Kalikajar'
    "village",  # 'Desa Maduretno'
    "national",  # one for the country
    "named",  # 'Universitas Gadjah Mada': a name of its own
)
GOVERNMENT = "government"  # the kind 'Pemerintah Kabupaten/Kota/Provinsi X'
LEGISLATURE = "legislatif"  # the sector of councils
AGENCY_PREFIX = "agency:"  # in the parent column: a row of agencies.csv, not a kind


@dataclass(frozen=True, slots=True)
class Sector:
    key: str
    id: str  # label in Indonesian
    en: str
    source: str


@dataclass(frozen=True, slots=True)
class Region:
    """A province, regency, city or district, by its code of the Ministry of Home Affairs."""

    code: str
    kind: str
    name: str  # without 'Kabupaten', 'Kota' ...
    parent: str | None
    aliases: tuple[str, ...]
    source: str

    @property
    def label(self) -> str:
        """The name with its kind: 'Kabupaten Wonosobo'."""
        return f"{self.kind.capitalize()} {self.name}"


@dataclass(frozen=True, slots=True)
class AgencyKind:
    """A kind of agency: how its agencies are named, and to whom they report."""

    key: str
    name: str  # as sinergi writes it: 'Polres'
    full: str  # spelled out: 'Kepolisian Resor'; equals name where that is spelled out
    aliases: tuple[str, ...]
    heads: Mapping[str, str]  # form -> what its agencies' names begin with: 'SMAN' -> 'SMA Negeri'
    region_words: Mapping[str, str]  # alias -> the region it implies: 'Pemkab' -> 'kabupaten'
    scope: str
    parents: tuple[str, ...]  # keys of kinds or 'agency:KEY', the first that exists there
    sector: str
    form: str
    head: str  # title of who heads it
    source: str

    @property
    def forms(self) -> tuple[str, ...]:
        """Every written form, the canonical one first."""
        return tuple(self.heads)


@dataclass(frozen=True, slots=True)
class Institution:
    """A single body with a row of its own in agencies.csv."""

    key: str
    name: str
    aliases: tuple[str, ...]
    kind: str
    parent: str | None
    sector: str
    regions: tuple[str, ...]  # codes of what it covers, its seat's first; empty: the country
    valid_from: str | None
    valid_to: str | None
    source: str


@dataclass(frozen=True, slots=True)
class Succession:
    """When bodies became other bodies (org:ChangeEvent)."""

    key: str
    date: str
    predecessors: tuple[str, ...]
    successors: tuple[str, ...]
    source: str


def load_sectors(extra: Path | None = None) -> dict[str, Sector]:
    rows = read_table("sectors", ("key", "id", "en", "source"), extra)
    return {r["key"]: Sector(r["key"], r["id"], r["en"], r["source"]) for r in rows}


def load_regions(extra: Path | None = None) -> dict[str, Region]:
    """Regions by code; raises RegistryError for an unknown kind or parent."""
    columns = ("code", "kind", "name", "parent", "aliases", "source")
    rows = read_table("regions", columns, extra)
    codes = {row["code"] for row in rows}
    regions: dict[str, Region] = {}
    for row in rows:
        code, parent = row["code"], row["parent"]
        if parent != code.rpartition(".")[0]:
            raise row.error(f"the parent of {code} must be '{code.rpartition('.')[0]}'")
        if parent:
            row.reference("parent", parent, codes, "regions")
        kind = row.one_of("kind", REGION_KINDS)
        regions[code] = Region(
            code, kind, row["name"], parent or None, row.items("aliases"), row["source"]
        )
    return regions


def load_kinds(
    sectors: Mapping[str, Sector], extra: Path | None = None
) -> tuple[dict[str, AgencyKind], dict[str, Row]]:
    """Kinds by key, and their rows for checks that need the other tables.

    Raises RegistryError for an unknown sector, scope or form, or a form of two kinds.
    """
    columns = ("key", "name", "full", "aliases", "scope", "parent", "sector", "form", "head")
    kinds: dict[str, AgencyKind] = {}
    rows: dict[str, Row] = {}
    owners: dict[str, str] = {}
    for row in read_table("agency_kinds", (*columns, "source"), extra):
        heads, words = _forms(row)
        kind = AgencyKind(
            key=row["key"],
            name=row["name"],
            full=row["full"] or row["name"],
            aliases=tuple(form for form in heads if form not in (row["name"], row["full"])),
            heads=heads,
            region_words=words,
            scope=row.one_of("scope", SCOPES),
            parents=row.items("parent"),
            sector=row.reference("sector", row["sector"], sectors, "sectors"),
            form=row.one_of("form", FORMS),
            head=row["head"],
            source=row["source"],
        )
        for form in {normal(form) for form in kind.forms}:
            if owners.setdefault(form, kind.key) != kind.key:
                raise row.error(f"the form '{form}' is already one of kind '{owners[form]}'")
        kinds[kind.key] = kind
        rows[kind.key] = row
    return kinds, rows


def _forms(row: Row) -> tuple[dict[str, str], dict[str, str]]:
    """The forms of a kind with what each is written as, and the kinds of region they imply.

    An alias is 'Kepolisian Resort' (written as the name), 'Pemkab:Kabupaten' (so too, and says the
    kind of region), 'SMAN=SMA Negeri' (written as that) or '=SMA Negeri' (as itself).
    """
    heads = {row["name"]: row["name"]}
    if row["full"]:
        heads[row["full"]] = row["name"]
    words: dict[str, str] = {}
    for alias in row.items("aliases"):
        form, said, written = alias.partition("=")
        if said:
            heads[form or written] = written
            continue
        form, said, word = alias.partition(":")
        heads[form] = row["name"]
        if said:
            words[form] = word.lower()
            if word.lower() not in REGION_KINDS:
                raise row.error(f"'{alias}' names no kind of region")
    for form, written in heads.items():
        if heads.get(written) != written:
            raise row.error(f"'{form}={written}' needs '={written}' among the aliases")
    return heads, words


def load_institutions(
    kinds: Mapping[str, AgencyKind],
    sectors: Mapping[str, Sector],
    regions: Mapping[str, Region],
    extra: Path | None = None,
) -> dict[str, Institution]:
    """Rows of agencies.csv by key; raises RegistryError for unknown references or a circle."""
    columns = ("key", "name", "aliases", "kind", "parent", "sector", "region")
    rows = read_table("agencies", (*columns, "valid_from", "valid_to", "source"), extra)
    keys = {row["key"]: row for row in rows}
    owners: dict[str, str] = {}
    found: dict[str, Institution] = {}
    for row in rows:
        if row["parent"]:
            row.reference("parent", row["parent"], keys, "agencies")
        body = Institution(
            key=row["key"],
            name=row["name"],
            aliases=row.items("aliases"),
            kind=row.reference("kind", row["kind"], kinds, "agency_kinds"),
            parent=row["parent"] or None,
            sector=row.reference("sector", row["sector"], sectors, "sectors"),
            regions=tuple(
                row.reference("region", code, regions, "regions") for code in row.items("region")
            ),
            valid_from=_day(row, "valid_from"),
            valid_to=_day(row, "valid_to"),
            source=row["source"],
        )
        for form in {normal(form) for form in (body.name, *body.aliases)}:
            if owners.setdefault(form, body.key) != body.key:
                raise row.error(f"the form '{form}' is already one of agency '{owners[form]}'")
        found[body.key] = body
    for key in found:
        seen, at = {key}, found[key].parent
        while at:
            if at in seen:
                raise keys[key].error(f"the parents of '{key}' run in a circle")
            seen.add(at)
            at = found[at].parent
    return found


def check_parents(
    kinds: Mapping[str, AgencyKind], rows: Mapping[str, Row], bodies: Mapping[str, Institution]
) -> None:
    """Every parent of a kind is there, and no kind is above itself; raises RegistryError."""
    for key, kind in kinds.items():
        for parent in kind.parents:
            if parent.startswith(AGENCY_PREFIX):
                body = parent.removeprefix(AGENCY_PREFIX)
                rows[key].reference("parent", body, bodies, "agencies")
            else:
                rows[key].reference("parent", parent, kinds, "agency_kinds")
    for key in kinds:
        seen: set[str] = set()
        above = [p for p in kinds[key].parents if p in kinds]
        while above:
            at = above.pop()
            if at == key and key != GOVERNMENT:  # a regency's government is under a province's
                raise rows[key].error(f"the parents of kind '{key}' run in a circle")
            if at not in seen:
                seen.add(at)
                above += [p for p in kinds[at].parents if p in kinds]


def load_successions(
    bodies: Mapping[str, Institution], extra: Path | None = None
) -> tuple[Succession, ...]:
    """Successions by date and key; raises RegistryError for an unknown agency or a bad date."""
    columns = ("key", "date", "predecessors", "successors", "source")
    found = []
    for row in read_table("successions", columns, extra):
        sides = [
            tuple(row.reference(side, key, bodies, "agencies") for key in row.items(side))
            for side in ("predecessors", "successors")
        ]
        date = _day(row, "date")
        if not date or not all(sides):
            raise row.error("a succession needs a date, predecessors and successors")
        found.append(Succession(row["key"], date, sides[0], sides[1], row["source"]))
    return tuple(sorted(found, key=lambda s: (s.date, s.key)))


def _day(row: Row, column: str) -> str | None:
    value = row[column]
    if not value:
        return None
    try:
        return datetime.date.fromisoformat(value).isoformat()
    except ValueError:
        raise row.error(f"{column} '{value}' is no day; write it as 2024-10-21") from None
