"""What mentions of agencies leave out, supplied from the rest of the article.

'Polres' alone is the 'Polres X' that the text names; 'Diskominfo' is the one of the region that
the article speaks of; 'Kepala Dinas N' is of the Dinas named around it.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter, defaultdict
from collections.abc import Mapping

from sinergi.graph.extraction.agencies import GENERIC
from sinergi.graph.extraction.lexicon import Lexicon, signless
from sinergi.graph.extraction.orgs import Org
from sinergi.graph.extraction.places import Places
from sinergi.graph.extraction.text import Document
from sinergi.graph.extraction.twins import fits, unify_twins
from sinergi.graph.registry.institutions import (
    AGENCY_PREFIX,
    GOVERNMENT,
    LEGISLATURE,
    AgencyKind,
    Region,
)

_COMMITTEE = frozenset(("komisi",))
_COMPANY = "pt"  # 'PT PLN' is 'PLN'


_PORT = "Pelabuhan "  # 'Polres Pelabuhan X' is another than 'Polres X'
# What only the nation has, and a list begins with.
_NATION = frozenset(("kementerian", "lembaga"))


def complete(orgs: list[Org], doc: Document, places: Places, lexicon: Lexicon) -> None:
    """Supply what mentions leave out: from a fuller mention of the kind, else from the region."""
    _choose(orgs)
    full = [o for o in orgs if o.complete and o.kind is not None]
    _unify(full)
    _unify_offices(orgs, full, lexicon)
    _unify_branches(orgs)
    _unify_bodies(orgs, lexicon)
    nation = sorted(
        (o for o in orgs if o.agency is not None and o.agency.kind in _NATION and not o.tail),
        key=lambda org: org.first,
    )
    _unify_short(orgs, full, nation, doc)
    bodies: dict[str, list[Org]] = defaultdict(list)
    for org in orgs:
        if org.agency is not None and org.agency.kind is not None:
            bodies[org.agency.kind].append(org)
        if org.kind is not None and org.kind.key == "sekretariat-daerah":
            # The secretariat's posts are the government's.
            org.kind = lexicon.registry.kinds[GOVERNMENT]
            org.stem = org.kind.name
    lacking = [org for org in orgs if not org.complete and org.kind is not None]
    spoken = sorted(full, key=lambda org: org.first)
    for org in lacking:
        org.supplied = True
        if not _is_bare(org):
            weak = org.weak and any(o.complete and o.kind is not None for o in orgs)
            near = _spoken_of(org, spoken, doc, places.home)
            _supply(org, full, bodies, nation, doc, places, lexicon, near, weak=weak)
            if org.complete and org.kind is not None and org.kind.key == GOVERNMENT:
                insort(spoken, org, key=lambda other: other.first)
    full = [o for o in orgs if o.complete and o.kind is not None]
    for org in filter(_is_bare, lacking):
        _take(org, _fuller(org, full, places.home))
    unify_twins(orgs, doc)


def _choose(orgs: list[Org]) -> None:
    """'Kakanwil X' beside 'Kanwil Kemenag Y': of several kinds the one that the article has."""
    told = Counter(o.kind.key for o in orgs if o.kind is not None and not o.options)
    for org in orgs:
        if len(org.options) < 2 or not org.complete or org.kind is None:
            continue
        kind = max(org.options, key=lambda option: told[option.key])
        if told[kind.key] and org.stem == org.kind.name:
            whole = org.name
            org.kind, org.stem = kind, kind.name
            if whole.startswith(f"{kind.name} "):  # 'Kapolres Pelabuhan X'
                org.tail = whole[len(kind.name) + 1 :]


def _is_bare(org: Org) -> bool:
    """'Kepala Dinas N': a kind that only a unit completes, without one."""
    return org.kind is not None and org.kind.key in GENERIC and org.stem == org.kind.name


def _take(org: Org, twin: Org | None) -> bool:
    """Make a mention the agency of a fuller one, if there is any."""
    if twin is None:
        return False
    org.stem, org.tail, org.kind = twin.stem, twin.tail, twin.kind
    org.region, org.complete = twin.region, True
    return True


def _supply(
    org: Org, full: list[Org], bodies: Mapping[str, list[Org]], nation: list[Org],
    doc: Document, places: Places, lexicon: Lexicon, near: Region | None, *, weak: bool,
) -> None:  # fmt: skip
    if _take(org, _of_committee(org, full, doc)):
        return
    body = _nation_s(org, nation, doc, lexicon, near or places.home or places.province)
    if body is None and _take(org, _fuller(org, full, near or places.home)):
        return
    body = body or _known_body(org, bodies)
    if body is not None:
        org.stem, org.tail, org.agency = body.stem, body.tail, body.agency
        org.kind, org.complete = None, True
    elif not weak:
        _from_region(org, places, lexicon, near)


def _unify(full: list[Org]) -> None:
    """'Lapas X' is the 'Lapas Kelas IIB X' that the article names elsewhere, if only one is."""
    names: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for org in full:
        if org.kind is not None and org.kind.scope in ("area", "named", "place"):
            names[org.kind.key].add((org.stem, org.tail))
    for org in full:
        assert org.kind is not None
        if org.kind.scope in ("area", "place"):
            longer = [
                n for n in names[org.kind.key]
                if (n[1].endswith((f" {org.tail}", f"/{org.tail}")) and not n[1].startswith(_PORT))
                or n[1].startswith(f"{org.tail}/")
                or (n[1] != org.tail and _without_border(n[1]) == org.tail)
            ]  # fmt: skip
        else:  # 'PT X' is the 'PT X Kabupaten Y'
            longer = [
                n
                for n in names[org.kind.key]
                if n[1].startswith((f"{org.tail} Ka", f"{org.tail} Kota "))
            ]
        if len(longer) == 1:
            org.stem, org.tail = longer[0]


def _unify_bodies(orgs: list[Org], lexicon: Lexicon) -> None:
    """'Kodam IM' and 'Kodam Iskandar Muda' are one, under the fuller of the names used."""
    one: dict[str, list[Org]] = defaultdict(list)
    for org in orgs:
        body = lexicon.bodies.get(signless(org.name)) if org.complete else None
        if body is not None:
            one[body[1]].append(org)
    for forms in one.values():
        fullest = max(forms, key=lambda org: len(org.name))
        for org in forms:
            org.stem, org.tail = fullest.stem, fullest.tail


def _unify_short(orgs: list[Org], full: list[Org], nation: list[Org], doc: Document) -> None:
    """'BPS' alone is the article's 'BPS Kabupaten X', not the national body, if only one is."""
    named: dict[str, dict[str, Org]] = defaultdict(dict)
    for org in full:
        for word in doc.words[org.first : org.last]:
            if word.isupper() and len(word) > 1:
                named[word].setdefault(org.name, org)
    for org in orgs:
        first = org.first + (doc.keys[org.first] == _COMPANY)
        bare = first > org.first or (not org.tail and (org.agency is not None or not org.complete))
        alone = bare and org.last <= doc.after[first]
        offices = named.get(doc.words[first], {}) if alone else {}
        if len(offices) == 1 and not _listed_with_nation(org, nation, doc):
            (office,) = offices.values()
            org.stem, org.tail, org.kind, org.region = (
                office.stem, office.tail, office.kind, office.region
            )  # fmt: skip
            org.agency, org.complete, org.supplied = None, True, True


def _unify_offices(orgs: list[Org], full: list[Org], lexicon: Lexicon) -> None:
    """'Kantor Wilayah X' is the 'Kantor Wilayah Kementerian Y X' that the article names, else
    that of the ministry named last before it."""
    named: dict[str, dict[str, Org]] = defaultdict(dict)
    for org in full:
        if org.kind is not None and org.kind.key.startswith("kanwil-") and org.region is not None:
            named[org.region.code].setdefault(org.name, org)
    for org in full:
        if org.kind is not None and org.kind.key == "kantor-wilayah" and org.region is not None:
            offices = named.get(org.region.code, {})
            if len(offices) == 1:
                (office,) = offices.values()
                org.stem, org.tail, org.kind = office.stem, office.tail, office.kind
                continue
            before = (o.agency.key for o in reversed(orgs) if o.agency and o.first < org.first)
            kinds = (lexicon.provincial.get(key) for key in before)
            kind = next((kind for kind in kinds if kind is not None), None)
            if not offices and kind is not None:
                org.kind, org.stem = kind, kind.name


def _without_border(tail: str) -> str:
    """'Kelas II Non TPI X' as 'Kelas II X': few writers say whether there is a border post."""
    return tail.replace(" Non TPI ", " ").replace(" TPI ", " ")


def _unify_branches(orgs: list[Org]) -> None:
    """'Komisi X RI' is the branch 'Komisi X Wilayah Y' where the article names the branch."""
    branches = {o.agency.key: o for o in orgs if o.agency is not None and o.tail}
    for org in orgs:
        branch = branches.get(org.agency.key) if org.agency is not None else None
        if branch is not None and not org.tail:
            org.tail, org.region = branch.tail, branch.region


def _fuller(org: Org, full: list[Org], home: Region | None) -> Org | None:
    """The complete mention of the same kind that stands nearest before, else first after."""
    kinds = org.options or ((org.kind,) if org.kind else ())
    same = [o for o in full if any(_same_family(org, k, o) for k in kinds)]
    if org.level:
        same = [o for o in same if o.region is not None and o.region.kind == org.level]
    if org.tail:  # 'Lapas Kelas IIA' alone: only one of that class
        same = [o for o in same if org.tail in o.tail]
    if home is not None and org.kind is not None and org.kind.key == GOVERNMENT and not org.level:
        same = [o for o in same if o.region == home]  # else the home's own, by its region
    if home is not None and _is_bare(org):
        same = [o for o in same if o.region == home] or same
    before = [o for o in same if o.first <= org.first]
    return before[-1] if before else same[0] if same else None


def _known_body(org: Org, bodies: Mapping[str, list[Org]]) -> Org | None:
    """'Pangdam' is of the Kodam that the article names, where the registry has it as a body."""
    for kind in (*org.options, org.kind):
        same = bodies.get(kind.key) if kind is not None else None
        if kind is not None and not same and not org.tail and not org.options:
            same = _above(kind, bodies)
        if same:
            return same[max(0, bisect_left(same, org.first, key=lambda other: other.first) - 1)]
    return None


def _nation_s(
    org: Org, nation: list[Org], doc: Document, lexicon: Lexicon, home: Region | None
) -> Org | None:
    """'Mendagri N, Ketua KPU M': the body above all regions' ones, where a list of the nation's
    has it or the article is of no region."""
    kind = org.kind
    above = (key.removeprefix(AGENCY_PREFIX) for key in kind.parents) if kind is not None else ()
    agency = next((a for a in map(lexicon.registry.agencies.get, above) if a is not None), None)
    if kind is None or agency is None or kind.scope != "region" or org.level or org.tail:
        return None
    if not any(form in agency.aliases for form in kind.forms):
        return None
    listed = home is None or _listed_with_nation(org, nation, doc)
    return Org(org.first, org.last, agency.name, agency=agency) if listed else None


def _listed_with_nation(org: Org, nation: list[Org], doc: Document) -> bool:
    """Whether a ministry or the parliament stands before a mention, in one list with it."""
    position = bisect_left(nation, org.first, key=lambda other: other.first)
    if not position or nation[position - 1].first < doc.sentence_of(org.first).first:
        return False
    return _one_list(nation[position - 1].last, org.first, doc)


def _above(kind: AgencyKind, bodies: Mapping[str, list[Org]]) -> list[Org]:
    """'Bea Cukai' is the 'Direktorat Jenderal Bea dan Cukai' where the article names no office."""
    keys = [key.removeprefix(AGENCY_PREFIX) for key in kind.parents]
    return [
        org
        for orgs in bodies.values()
        for org in orgs
        if org.agency is not None
        and org.agency.key in keys
        and any(form.endswith(f" {kind.name}") for form in org.agency.aliases)
    ]


def _same_family(bare: Org, kind: AgencyKind, full: Org) -> bool:
    """Whether a bare mention, taken as `kind`, may be the agency of a full one."""
    assert full.kind is not None
    if _is_bare(bare):
        return full.kind.key.startswith(kind.key)
    if kind.scope == "region":
        return bare.stem == full.stem or fits(bare.stem, full.stem)
    a, b = kind.key, full.kind.key
    return a == b or (kind.scope == "place" and (b.startswith(a) or a.startswith(b)))


def _of_committee(org: Org, full: list[Org], doc: Document) -> Org | None:
    """'Ketua Komisi II' is of the council whose 'Komisi II' the text has named, not of its host."""
    at = doc.find(org.first, org.last, _COMMITTEE) if org.kind and org.kind.key == "dprd" else -1
    if at < 0:
        return None
    number = doc.keys[at + 1]
    for other in reversed(full[: bisect_left(full, org.first, key=lambda o: o.first)]):
        there = doc.find(other.first, other.last, _COMMITTEE)
        if other.kind is org.kind and there >= 0 and doc.keys[there + 1] == number:
            return other
    return None


def _spoken_of(org: Org, full: list[Org], doc: Document, home: Region | None) -> Region | None:
    """The region of the council or government named just before, for what belongs to it.

    'diterima Wakil Ketua DPRD Y didampingi Sekretaris Dewan' is of Y, wherever the article is.
    """
    kind = org.kind
    if kind is None or (kind.sector != LEGISLATURE and kind.scope != "region"):
        return None
    twin = kind.sector == LEGISLATURE or kind.key == GOVERNMENT
    first = doc.sentence_of(org.first).first
    position = bisect_left(full, org.first, key=lambda other: other.first)
    for other in (full[j] for j in range(position - 1, -1, -1)):
        if other.first < first:
            break
        assert other.kind is not None
        if twin and other.kind.sector == kind.sector:
            return other.region
        if not twin and other.kind.key == GOVERNMENT:
            # 'Wakil Gubernur X N, Kepala BPBD M': a list goes on in one government
            province = other.region is not None and other.region.kind == "provinsi"
            return other.region if province and _one_list(other.last, org.first, doc) else None
        if not twin and other.kind.scope == "province" and other.region is not None:
            # 'Kepala Kanwil Y Provinsi X N dan Kepala Dinas Z M', far from X
            away = home is not None and not home.code.startswith(other.region.code)
            return other.region if away and _one_list(other.last, org.first, doc) else None
    return None


def _one_list(first: int, last: int, doc: Document) -> bool:
    """Whether nothing but names and what joins them stands between two tokens."""
    between = (j for j in range(first, last) if doc.is_word[j] and not doc.capital[j])
    return all(doc.keys[j] in ("dan", "serta", "oleh", "didampingi") for j in between)


def _from_region(org: Org, places: Places, lexicon: Lexicon, near: Region | None) -> None:
    kind = org.kind
    assert kind is not None
    if not all(k.key.startswith(kind.key) or kind.key.startswith(k.key) for k in org.options):
        return  # 'Kakanwil': of which of several agencies is not for us to guess
    if kind.scope == "region":
        region = near or places.home or places.province
        if org.level == "provinsi":
            region = places.province
        elif org.level and region is not None and region.kind != org.level:
            twin = next(
                (r for r in lexicon.registry.regions.values()
                 if r.kind == org.level and r.name == region.name), None)  # fmt: skip
            region = twin or region
        if region is not None:
            org.tail = f"{region.kind.capitalize()} {region.name}"
    elif kind.scope == "province":
        region = places.province
        if region is not None:
            org.tail = f"{org.tail} {region.name}".strip()
    elif kind.scope == "place":
        region = places.home or places.province
        if region is not None:
            joint = "/" if org.tail[:1].isdigit() and "/" not in org.tail else " "
            org.tail = f"{org.tail}{joint}{region.name}".strip()
    else:
        region = None
    if region is not None:
        org.region, org.complete = region, True
