"""One pass over an article: every post, organization and name it mentions, linked and completed."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from sinergi.graph.extraction.agencies import AgencyReader
from sinergi.graph.extraction.holders import HolderReader
from sinergi.graph.extraction.lexicon import Lexicon, signless
from sinergi.graph.extraction.names import Name, NameReader
from sinergi.graph.extraction.orgs import Org
from sinergi.graph.extraction.places import Places, find_places
from sinergi.graph.extraction.posts import PostMention, PostReader
from sinergi.graph.extraction.text import Document
from sinergi.graph.registry.institutions import (
    AGENCY_PREFIX,
    GOVERNMENT,
    LEGISLATURE,
    AgencyKind,
    Region,
)

# Posts that several persons hold at once: 'Wakil Ketua DPRD N dan M' names two of them.
_SHARED = ("Wakil Ketua", "Anggota", "Staf Ahli", "Asisten", "Hakim", "Perwakilan", "Pengurus")


@dataclass(slots=True)
class Mentions:
    """All mentions of one article, in the order of the text."""

    doc: Document
    places: Places
    posts: list[PostMention] = field(default_factory=list)
    orgs: list[Org] = field(default_factory=list)
    names: list[Name] = field(default_factory=list)
    # The complete ones that a post may be in: nobody is of a forum or a team but its members.
    employers: list[Org] = field(default_factory=list)
    # Where the article has the holder of a post, by its title.
    homes: dict[str, str] = field(default_factory=dict)

    def employer_before(self, token: int) -> Org | None:
        """The one of `employers` that is named last before a token."""
        position = bisect_left(self.employers, token, key=lambda org: org.first)
        return self.employers[position - 1] if position else None


def find_mentions(doc: Document, title: Document, lexicon: Lexicon) -> Mentions:
    """Scan the text once, left to right, longest reading first."""
    places = find_places(doc, title, lexicon)
    names = NameReader(doc, lexicon, places)
    agencies = AgencyReader(doc, lexicon, places, names)
    posts = PostReader(doc, lexicon, names, agencies)
    holders = HolderReader(doc, lexicon, names, agencies.runs)
    found = Mentions(doc, places)
    for sentence in doc.sentences:
        i, limit = sentence.first, sentence.last
        while i < limit:
            if not doc.is_word[i]:
                i += 1
                continue
            post = posts.read(i, limit)
            if post is not None:
                if not post.plural:
                    post.name = holders.after(post, limit)
                found.posts.append(post)
                if post.org is not None:
                    agencies.introduce(post.org)
                    found.orgs += [post.org, *agencies.siblings(post.org, limit)]
                i = max(post.last, i + 1)
                if post.name is not None:
                    found.names.append(post.name)
                    i = max(post.name.end, i)
                    i = _sharers(found, post, names, i, limit)
                continue
            # 'pengadilan Agama X': the writer's small letter
            small = i + 1 < limit and doc.capital[i + 1] and doc.keys[i] in lexicon.kind_openers
            part = i > 1 and doc.words[i - 1] == "/" and doc.words[i - 2].isdigit()  # 'Yonif 6/SD'
            org = agencies.read(i, limit) if (doc.capital[i] or small) and not part else None
            if org is not None:
                agencies.introduce(org)
                found.orgs += [org, *(others := agencies.siblings(org, limit))]
                i = max(org.last, i + 1, *(other.last for other in others))
                continue
            if doc.capital[i] or names.titles_start(i):
                name = names.read(i, limit)
                if name is not None:
                    found.names.append(name)
                    i = max(name.end, i + 1)
                    continue
            i += 1
    _unname(found, names)
    _link_backwards(found, holders)
    _complete(found, lexicon)
    for org in found.orgs:
        region = org.region
        if region and org.tail.endswith(region.name) and org.kind and org.kind.scope != "named":
            org.tail = org.tail.removesuffix(region.name) + places.spelling(region)
    found.employers = sorted(
        (
            org for org in found.orgs
            if org.complete and (org.kind is None or org.kind.form != "collective")
        ),
        key=lambda org: org.first,
    )  # fmt: skip
    return found


def _sharers(found: Mentions, post: PostMention, names: NameReader, i: int, limit: int) -> int:
    """Further holders of a post that several hold: ', N dan M'."""
    doc = found.doc
    if not post.title.startswith(_SHARED):
        return i
    while i + 1 < limit and (doc.words[i] == "," or doc.keys[i] in ("dan", "serta")):
        j = i + 1 + (doc.words[i] == "," and doc.keys[i + 1] in ("dan", "serta"))
        if j >= limit or not doc.capital[j]:
            break
        name = names.read(j, limit)
        if name is None or (
            name.end < limit
            and doc.words[name.end] == ","
            and name.end + 1 < limit
            and names.lex.posts.at(doc, name.end + 1)
        ):
            break
        other = PostMention(
            post.first, post.last, post.title, post.label, post.kinds, post.org, post.head,
            post.former, name=name,
        )  # fmt: skip
        found.posts.append(other)
        found.names.append(name)
        i = max(name.end, i + 1)
    return i


def _link_backwards(found: Mentions, reader: HolderReader) -> None:
    """'N selaku Kepala X', 'N, S.H., Kepala X': posts whose holder stands before them."""
    ending = {name.end: name for name in found.names}
    taken = {id(p.name): p for p in found.posts if p.name is not None}
    for post in found.posts:
        if post.name is not None or post.plural:
            continue
        sentence = found.doc.sentence_of(post.first)
        end = reader.linked_before(post, sentence.first)
        name = ending.get(end) if end is not None else None
        if name is None or end is None or (id(name) in taken and not reader.also(post, end)):
            continue
        of_kind = post.org is not None and post.org.kind is not None and post.explicit
        before = found.doc.keys[name.begin - 1] if name.begin else ""
        placed = before in ("di", "ke", "dari", "pada")  # 'di Gazebo Senja Bupati X'
        headed = post.head and of_kind and len(name.keys) > 1 and not placed  # 'N M Kepala Dinas X'
        closing = len(name.keys) > 1 and post.last >= sentence.last - 1
        quoted = closing and reader.introduces(name.begin)  # '..., ujar N M Ketua panitia.'
        if end == post.first and not name.degrees and not headed and not quoted:
            continue
        if len(name.keys) == 1 and not name.titled and not reader.introduces(name.begin):
            continue
        post.name = name
        taken[id(name)] = post


def _complete(found: Mentions, lexicon: Lexicon) -> None:
    """Supply what mentions leave out: from a fuller mention of the kind, else from the region."""
    full = [o for o in found.orgs if o.complete and o.kind is not None]
    _unify(full)
    _unify_offices(found.orgs, full, lexicon)
    _unify_branches(found.orgs)
    _unify_bodies(found.orgs, lexicon)
    _unify_short(found.orgs, full, found.doc)
    bodies: dict[str, list[Org]] = defaultdict(list)
    for org in found.orgs:
        if org.agency is not None and org.agency.kind is not None:
            bodies[org.agency.kind].append(org)
    for index, org in enumerate(found.orgs):
        if org.kind is not None and org.kind.key == "sekretariat-daerah":
            # The secretariat's posts are the government's.
            org.kind = lexicon.registry.kinds[GOVERNMENT]
            org.stem = org.kind.name
        if org.complete or org.kind is None:
            continue
        org.supplied = True
        near = _spoken_of(org, full, found.doc)
        twin = _fuller(org, full, near or found.places.home)
        if twin is not None:
            org.stem, org.tail, org.kind = twin.stem, twin.tail, twin.kind
            org.region, org.complete = twin.region, True
            continue
        body = _known_body(org, bodies)
        if body is not None:
            org.stem, org.tail, org.agency = body.stem, body.tail, body.agency
            org.kind, org.complete = None, True
            continue
        _from_region(org, found, lexicon, near)
        if org.complete:
            found.orgs[index] = org


def _unify(full: list[Org]) -> None:
    """'Lapas X' is the 'Lapas Kelas IIB X' that the article names elsewhere, if only one is."""
    names: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for org in full:
        if org.kind is not None and org.kind.scope in ("place", "named"):
            names[org.kind.key].add((org.stem, org.tail))
    for org in full:
        assert org.kind is not None
        if org.kind.scope == "place":
            longer = [
                n for n in names[org.kind.key]
                if n[1].endswith((f" {org.tail}", f"/{org.tail}"))
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


def _unify_short(orgs: list[Org], full: list[Org], doc: Document) -> None:
    """'BPS' alone is the article's 'BPS Kabupaten X', not the national body, if only one is."""
    named: dict[str, dict[str, Org]] = defaultdict(dict)
    for org in full:
        for word in doc.words[org.first : org.last]:
            if word.isupper() and len(word) > 1:
                named[word].setdefault(org.name, org)
    for org in orgs:
        alone = org.last == org.first + 1 and (org.agency is not None or not org.complete)
        offices = named.get(doc.words[org.first], {}) if alone and not org.tail else {}
        if len(offices) == 1:
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


def _unname(found: Mentions, reader: NameReader) -> None:
    """'Kalapas Cipinang' has no holder where the article speaks of a Lapas in Cipinang, and
    'Kalapas Cipinang N' has N."""
    tails = {o.tail.casefold() for o in found.orgs if o.complete and o.kind is not None and o.tail}
    places = tails | {word for tail in tails for word in tail.replace("/", " ").split()[-1:]}
    for post in found.posts:
        name, org = post.name, post.org
        if name is None or name.begin < name.first or org is None or org.complete or org.tail:
            continue
        last = name.last
        while last > name.first and found.doc.written(name.first, last).casefold() not in places:
            last -= 1
        if last == name.first:
            continue
        org.tail, org.last = found.doc.written(name.first, last), last
        post.last, post.name = last, reader.read(last, name.end) if last < name.last else None
        index = next(i for i, other in enumerate(found.names) if other is name)
        found.names[index : index + 1] = [post.name] if post.name is not None else []


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
    if kind.scope == "region":
        return bare.stem == full.stem
    a, b = kind.key, full.kind.key
    return a == b or (kind.scope == "place" and (b.startswith(a) or a.startswith(b)))


def _spoken_of(org: Org, full: list[Org], doc: Document) -> Region | None:
    """The region of the council or government named just before, for what belongs to it.

    'diterima Wakil Ketua DPRD Y didampingi Sekretaris Dewan' is of Y, wherever the article is.
    """
    kind = org.kind
    if kind is None or (kind.sector != LEGISLATURE and kind.key != GOVERNMENT):
        return None
    first = doc.sentence_of(org.first).first
    position = bisect_left(full, org.first, key=lambda other: other.first)
    for other in (full[j] for j in range(position - 1, -1, -1)):
        if other.first < first:
            break
        if other.kind is not None and other.kind.sector == kind.sector:
            return other.region
    return None


def _from_region(org: Org, found: Mentions, lexicon: Lexicon, near: Region | None) -> None:
    places, kind = found.places, org.kind
    assert kind is not None
    if not all(k.key.startswith(kind.key) or kind.key.startswith(k.key) for k in org.options):
        return  # 'Kakanwil': of which of several agencies is not for us to guess
    if org.weak and any(o.complete and o.kind is not None for o in found.orgs):
        return
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
