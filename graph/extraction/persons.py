"""Who is who within one article: the names that are one person, and the posts each holds.

'Kapolres AKBP Suta Contoh' of the first paragraph is 'Suta', 'Contoh' and 'Kapolres' of the
others. Only persons in a post, a rank or a representative role become officials.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from sinergi.graph.extraction.mentions import Mentions
from sinergi.graph.extraction.names import Name
from sinergi.graph.extraction.namesakes import same_person
from sinergi.graph.extraction.odd_posts import PostMention
from sinergi.graph.extraction.orgs import SCHOOL, Org
from sinergi.graph.extraction.receivers import find_receivers
from sinergi.graph.extraction.text import Document
from sinergi.graph.extraction.vacancies import vacant
from sinergi.graph.model import Official, Span
from sinergi.graph.registry.institutions import GOVERNMENT

# 'N menandatanganinya atas nama X'
MAX_STAND_IN_TOKENS = 4
_HANDING = frozenset(("jabatan", "pisah", "sertijab", "tongkat"))
_RECEIVERS = frozenset(("ke", "kepada"))
# 'Mewakili Kepala Dinas X Kabupaten Y, N': so far before the name its first word stands.
MAX_SENDER_TOKENS = 16


@dataclass(slots=True)
class Holding:
    """A post that the article gives to a person, with the mention it rests on."""

    title: str | None
    label: str | None
    org: str | None
    mention: PostMention | None
    name: Name
    former: bool = False
    head: bool = False


@dataclass(slots=True)
class Person:
    """All mentions of one person in an article."""

    names: list[Name] = field(default_factory=list)
    holdings: list[Holding] = field(default_factory=list)
    represents: str | None = None
    text: str = ""
    forms: dict[tuple[object, ...], Name] = field(default_factory=dict)  # each way it is written
    titles: set[str] = field(default_factory=set)  # of the posts beside the name

    def add(self, name: Name, title: str | None = None) -> None:
        """One more mention; the same form twice tells nothing new of who is meant."""
        self.names.append(name)
        if title is not None:
            self.titles.add(title)
        self.forms.setdefault((*name.keys, name.nickname, name.spouse), name)

    def is_called(self, name: Name) -> bool:
        """Whether a name may be this person's."""
        return any(same_person(name, form) for form in self.forms.values())

    @property
    def organization(self) -> str | None:
        return next((h.org for h in self.holdings if h.org and not h.former), None)


def find_persons(mentions: Mentions) -> tuple[list[Person], dict[int, Person]]:
    """The article's persons by first mention, and the person at each name's first token."""
    titles = {id(p.name): p.title for p in mentions.posts if p.name is not None}
    for post in mentions.posts:
        if post.name is not None and post.org is not None and post.org.kind is not None:
            post.name.spouse |= post.org.kind.key in _OF_WIVES
    husbands = {tuple(n.keys[-2:]) for n in mentions.names if n.spouse and len(n.keys) > 2}
    for name in mentions.names:  # 'Ibu N Suta Contoh' is the wife, too, told another way
        name.spouse |= len(name.keys) > 2 and tuple(name.keys[-2:]) in husbands
    ending = _ending(mentions)
    received = _receivers(mentions)
    strong = [
        n for n in mentions.names
        if id(n) in titles or n.titled or _represented(n, mentions) or _byline(n, mentions)
        or _listed(n, ending, mentions.doc) or n.first in received
    ]  # fmt: skip
    persons: list[Person] = []
    # Fuller names first, so that a surname finds its owner wherever it stands.
    for name in sorted(strong, key=lambda n: (-len(n.keys), n.first)):
        person = _owner(name, [p for p in persons if _may_be(name, p, titles.get(id(name)))])
        if person is None:
            person = Person()
            persons.append(person)
        person.add(name, titles.get(id(name)))
    chosen = {id(n) for n in strong}
    for name in mentions.names:
        if id(name) in chosen:
            continue
        person = _owner(name, persons)
        if person is not None:
            person.add(name)
    persons.sort(key=lambda p: min(n.first for n in p.names))
    at: dict[int, Person] = {}
    for person in persons:
        person.names.sort(key=lambda n: n.first)
        person.text = _fullest(person.names)
        for name in person.names:
            at[name.first] = person
    return persons, at


def _may_be(name: Name, person: Person, title: str | None) -> bool:
    """A short name in another post is another person: 'Wali Kota N' beside his wife 'Ketua M N'."""
    others = person.titles
    return len(name.keys) > 1 or title is None or not others or title in others


def _fullest(names: list[Name]) -> str:
    """The name with most words; of several spellings the one used most, then first."""
    longest = max(len(n.keys) for n in names)
    full = [n for n in names if len(n.keys) == longest]
    counts = Counter(n.text.casefold() for n in full)
    # A name in capitals (a headline) is only used when no other spelling stands.
    return min(full, key=lambda n: (n.text.isupper(), -counts[n.text.casefold()], n.first)).text


def _owner(name: Name, persons: list[Person]) -> Person | None:
    exact = [p for p in persons if p.is_called(name)]
    if len(exact) <= 1:
        return exact[0] if exact else None
    # Several bear that name: the one last spoken of before this mention.
    before = [
        (max((n.first for n in p.names if n.first < name.first), default=-1), p) for p in exact
    ]
    return max(before, key=lambda b: b[0])[1]


def find_holdings(mentions: Mentions, persons: list[Person], at: dict[int, Person]) -> None:
    """Give each person the posts, ranks and institutions that the article gives them."""
    doc = mentions.doc
    for post in mentions.posts:
        if post.name is None or post.name.first not in at:
            continue
        org = organization_of(post, mentions, at)
        if org is not None:
            mentions.homes.setdefault(post.title, org)
        at[post.name.first].holdings.append(
            Holding(post.title, post.label, org, post, post.name, post.former, post.head)
        )
    for post, name in _handed_over(mentions):
        if name.first in at and not at[name.first].holdings:
            org = organization_of(post, mentions, at)
            at[name.first].holdings.append(
                Holding(post.title, post.label, org, post, name, post.former, post.head)
            )
    ending, received = _ending(mentions), _receivers(mentions)
    for name in mentions.names:
        person = at.get(name.first)
        if person is None or person.holdings:
            continue
        represented = _represented(name, mentions)
        if represented is not None:
            person.holdings.append(Holding("Perwakilan", None, represented.name, None, name))
            continue
        byline = _byline(name, mentions) or _listed(name, ending, mentions.doc)
        byline = byline or received.get(name.first)
        if byline is not None:
            person.holdings.append(Holding(None, None, byline.name, None, name))
    posted = {(h.title, h.org) for p in persons for h in p.holdings if h.title and h.org}
    lone = [p for p in persons if not p.holdings and any(n.rank for n in p.names)]
    ranks = [next(n for n in p.names if n.rank) for p in lone]
    for person, ranked in zip(lone, ranks, strict=True):
        free = vacant(ranked, ranks, mentions.posts, posted)
        if free is not None and free.org is not None:
            person.holdings.append(
                Holding(free.title, free.label, free.org.name, free, ranked, head=free.head)
            )
        else:
            sentence = doc.sentence_of(ranked.first)
            near = _nearest_org(ranked.first, sentence.first, mentions)
            person.holdings.append(Holding(None, None, near.name if near else None, None, ranked))


def _handed_over(mentions: Mentions) -> Iterator[tuple[PostMention, Name]]:
    """'serah terima jabatan Kapolres X dari A kepada B': first A holds the post, then B."""
    doc = mentions.doc
    names = {name.begin: name for name in mentions.names}
    for post in mentions.posts:
        j = post.last
        if post.name is not None or j >= len(doc) or doc.keys[j] != "dari" or j + 1 not in names:
            continue
        sentence = doc.sentence_of(post.first)
        if doc.find(sentence.first, post.first, _HANDING) < 0:
            continue
        yield post, names[j + 1]
        to = doc.find(names[j + 1].end, sentence.last, _RECEIVERS)
        if to >= 0 and to + 1 in names:
            yield post, names[to + 1]


def organization_of(post: PostMention, mentions: Mentions, at: dict[int, Person]) -> str | None:
    """The agency a post is in: named with it, implied by it, or the one spoken of just before."""
    held = at[post.name.first].holdings if post.name is not None and post.name.first in at else ()
    same = next((h.org for h in held if h.title == post.title and h.org), None)
    if post.name is None:
        same = mentions.homes.get(post.title)
    again = same is not None and post.name is not None  # 'Bupati N' is of where N is Bupati
    told = post.org is not None and ((post.head and not again) or not post.org.supplied)
    leader = _leader(post, mentions)
    if leader is not None and leader.org is not None and leader.org.complete:
        lesser = post.org is not None and post.org.supplied and post.title.startswith(_OF_OFFICE)
        above = leader.org.kind
        if post.org is not None and post.org.kind is not None and above is not None:
            # 'Danramil X bersama Kabag Ops N': a post of the police
            lesser &= post.org.kind.key == GOVERNMENT or post.org.kind.sector == above.sector
        if lesser and same is None and above is not None and above.scope == "place":
            return leader.org.name  # 'Kalapas X didampingi Kabag Umum N'
    if post.org is not None and (told or same is None):
        if post.org.complete:
            return post.org.name
        if post.head and same is None:
            return None
    if same is not None:
        return same
    sentence = mentions.doc.sentence_of(post.first)
    stood_in = _stood_in(post, mentions)
    if stood_in is not None:
        return stood_in.name
    if leader is not None and leader.org is not None and leader.org.complete:
        field = post.title.startswith(_OF_OFFICES)
        field &= leader.org.kind is not None and leader.org.kind.key in (GOVERNMENT, _COUNCIL)
        # 'Bupati didampingi Kadis X N dan Kabid Y M'
        office = _office_before(post.first, sentence.first, mentions) if field else None
        return (office or leader.org).name
    near = _nearest_org(post.first, sentence.first, mentions)
    if near is not None and post.title.startswith(_OF_OFFICES):
        near = _office_before(post.first, sentence.first, mentions) or near
    if near is not None:
        return near.name
    if post.title.startswith(_OF_OFFICES):
        office = _office_before(post.first, 0, mentions)
        if office is not None and office.kind is not None and office.kind.scope == "region":
            return office.name  # 'rapat di kompleks kantor Bupati dibuka Kepala Bidang Y'
    nearest = mentions.employer_before(post.first) or next(iter(mentions.employers), None)
    return nearest.name if nearest else None


def _office_before(token: int, first: int, mentions: Mentions) -> Org | None:
    """The agency before a token, within a list, that is not the government as such."""
    before = (o for o in reversed(mentions.employers) if first <= o.first < token)
    return next((o for o in before if o.kind is not None and o.kind.key != GOVERNMENT), None)


def _stood_in(post: PostMention, mentions: Mentions) -> Org | None:
    """'Pemprov X diwakili Kepala Biro Y': the agency that the holder stands in for is his."""
    doc, j = mentions.doc, post.first - 1
    while j > 0 and doc.keys[j] in ("oleh", "langsung", ","):
        j -= 1
    if j < 1 or doc.keys[j] not in _STOOD_IN:
        return None
    while j > 0 and doc.keys[j - 1] in ("yang", ","):
        j -= 1
    return next((o for o in reversed(mentions.orgs) if o.complete and o.last == j), None)


def _leader(post: PostMention, mentions: Mentions) -> PostMention | None:
    """'Kepala Lapas didampingi oleh Kepala Seksi ...': who is accompanied tells the agency."""
    doc = mentions.doc
    sentence = doc.sentence_of(post.first)
    cue = doc.find(sentence.first, post.first, _ACCOMPANIED)
    if cue < 0:
        return None
    before = [p for p in mentions.posts if sentence.first <= p.first < cue and p is not post]
    return before[-1] if before else None


# Their officers bear their husbands' names: 'Ketua TP PKK N M' beside 'Gubernur M'.
_OF_WIVES = frozenset(("tp-pkk", "dharma-wanita", "bhayangkari", "persit"))
# The government's secretariat has Bagian; fields are parts of its offices (PP 18/2016).
_OF_OFFICES = ("Kepala Bidang", "Kepala Subbidang")
_COUNCIL = "dprd"  # has no fields either
_OF_OFFICE = ("Kepala Bagian", "Kepala Subbagian")  # that a government has, too
_LISTING = frozenset((",", ":", ";", "dan", "serta", "dari"))
_ACCOMPANIED = frozenset(["didampingi", "ditemani", "bersama", "beserta"])
_STOOD_IN = frozenset(["diwakili", "diwakilkan"])


def _nearest_org(token: int, first: int, mentions: Mentions) -> Org | None:
    near = mentions.employer_before(token)
    return near if near is not None and near.first >= first else None


def _represented(name: Name, mentions: Mentions) -> Org | None:
    """'N mewakili Kanwil X', 'X diwakili oleh N': the agency stood in for."""
    doc = mentions.doc
    sentence = doc.sentence_of(name.first)
    j = name.end
    while j < sentence.last and doc.words[j] in ",":
        j += 1
    if j + 2 < sentence.last and doc.keys[j] in ("selaku", "sebagai"):
        j += 2 * (doc.keys[j + 1] == "narasumber")  # 'N selaku narasumber dari X'
    if j < sentence.last and doc.keys[j] in ("mewakili", "perwakilan", "dari"):
        org = next((o for o in mentions.orgs if o.complete and j < o.first <= j + 3), None)
        pupil = org and org.kind and org.kind.form == SCHOOL and doc.keys[j] == "dari"
        return None if pupil else org
    whole = len(name.keys) > 1 or name.titled
    for k in range(j, min(sentence.last - 1, j + MAX_STAND_IN_TOKENS) if whole else j):
        if doc.keys[k] == "atas" and doc.keys[k + 1] == "nama":
            return next((o for o in mentions.orgs if o.complete and k < o.first <= k + 3), None)
    if name.begin > sentence.first and doc.words[name.begin - 1] == ",":
        first = max(sentence.first, name.begin - MAX_SENDER_TOKENS)
        j = doc.find(first, name.begin - 1, ("mewakili",))
        if j >= 0 and not (j > first and doc.capital[j - 1]):  # 'Mewakili Bupati X, N membuka'
            sent = (o for o in mentions.orgs if o.complete and j < o.first < o.last)
            return next((o for o in sent if o.last == name.begin - 1), None)
    j = name.begin - 1
    while j > sentence.first and doc.keys[j] in ("oleh", "langsung", ",", "saudara"):
        j -= 1
    if doc.keys[j] == "diwakili":
        return next(
            (o for o in reversed(mentions.orgs) if o.complete and sentence.first <= o.first < j),
            None,
        )
    return None


def _receivers(mentions: Mentions) -> dict[int, Org]:
    held = frozenset(p.name.first for p in mentions.posts if p.name is not None)
    return find_receivers(mentions.doc, mentions.names, mentions.orgs, held)


def _ending(mentions: Mentions) -> dict[int, Org]:
    """The state's agencies that no post names, by the token behind them."""
    posts = {p.last for p in mentions.posts}
    return {
        o.last: o
        for o in mentions.orgs
        if o.complete and o.kind is not None and o.kind.form == "state" and o.last not in posts
    }


def _listed(name: Name, ending: dict[int, Org], doc: Document) -> Org | None:
    """'..., Disdik X Budi N, ...': who comes for an agency in a list without being called more."""
    org = ending.get(name.begin)
    if org is None or org.first == 0 or len(name.keys) < 2:
        return None
    if doc.keys[org.first - 1] not in _LISTING:
        return None
    after = doc.words[name.end] if name.end < len(doc) else "."
    return org if after in ".,;" or doc.keys[name.end] in ("dan", "serta") else None


def _byline(name: Name, mentions: Mentions) -> Org | None:
    """'(N - Dinas X)' at the end: the writer and the institution."""
    doc = mentions.doc
    if name.begin == 0 or doc.words[name.begin - 1] != "(" or name.end >= len(doc):
        return None
    if doc.words[name.end] not in "-/,":
        return None
    return next((o for o in mentions.orgs if o.complete and o.first == name.end + 1), None)


def to_officials(mentions: Mentions, persons: list[Person]) -> tuple[Official, ...]:
    """One official per person, post and organization, with the spans that say so."""
    officials: list[Official] = []
    for person in persons:
        merged: dict[tuple[str | None, str | None], list[Holding]] = {}
        for holding in person.holdings:
            title = holding.title.casefold() if holding.title else None
            merged.setdefault((title, holding.org), []).append(holding)
        rank = next((n.rank for n in person.names if n.rank), None)
        degrees = max((n.degrees for n in person.names), key=len, default=[])
        aliases = sorted(
            {n.text for n in person.names} | {n.nickname for n in person.names if n.nickname}
        )
        for (_, org), holdings in merged.items():
            first = holdings[0]
            officials.append(
                Official(
                    person=person.text,
                    post=first.title,
                    organization=org,
                    rank=rank,
                    degrees=tuple(degrees),
                    post_label=first.label,
                    aliases=tuple(a for a in aliases if a != person.text),
                    former=all(h.former for h in holdings),
                    spans=tuple(sorted({_span(mentions, h) for h in holdings})),
                )
            )
    return tuple(officials)


def _span(mentions: Mentions, holding: Holding) -> Span:
    """From the post to the name, whichever comes first."""
    first, last = holding.name.begin, holding.name.end
    if holding.mention is not None:
        first, last = min(first, holding.mention.first), max(last, holding.mention.last)
    return mentions.doc.span(first, last)
