"""Finding and explaining entries of the tables, for `sinergi registry`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from sinergi.graph.registry.identify import Identifier
from sinergi.graph.registry.institutions import (
    AGENCY_PREFIX,
    AgencyKind,
    Institution,
    Region,
    Sector,
    Succession,
)
from sinergi.graph.registry.names import normal
from sinergi.graph.registry.people import (
    PeopleTables,
    Post,
    letters,
    normal_form,
)

T = TypeVar("T")

MAX_HEADS = 3  # posts named as what another reports to


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry, as it is shown to a person."""

    table: str  # 'posts', 'agency_kinds' ...; 'composed' or 'identified' where made by rule
    form: str  # as written or asked
    meaning: str  # in full
    facts: tuple[tuple[str, str], ...] = ()  # ('in', 'Lapas'), ('reports to', 'Kalapas') ...
    source: str = ""

    def __str__(self) -> str:
        """'Kasi Kamtib: Kepala Seksi Keamanan dan Ketertiban (in Lapas; reports to Kalapas)'."""
        facts = "; ".join(f"{name} {value}" for name, value in self.facts)
        return f"{self.form}: {self.meaning}" + (f" ({facts})" if facts else "")


class Lookup:
    """Look-ups over all tables of one registry."""

    def __init__(
        self,
        kinds: Mapping[str, AgencyKind],
        bodies: Mapping[str, Institution],
        regions: Mapping[str, Region],
        sectors: Mapping[str, Sector],
        successions: Mapping[str, Succession],
        people: PeopleTables,
        identifier: Identifier,
    ) -> None:
        self._kinds = kinds
        self._bodies = bodies
        self._regions = regions
        self._sectors = sectors
        self._successions = successions
        self._people = people
        self._identifier = identifier

    def search(self, text: str, limit: int) -> tuple[Entry, ...]:
        """Entries whose forms hold every word of `text`: equal ones, then those that begin so."""
        wanted = normal(text)
        if not wanted:
            return ()
        words = set(wanted.split())
        found: dict[Entry, tuple[int, int, str]] = {}
        for form, entry in self._entries:
            if wanted == form:
                rank = 0
            elif form.startswith(wanted):
                rank = 1
            elif words <= set(form.split()):
                rank = 2
            else:
                continue
            found[entry] = min(found.get(entry, (9, 0, "")), (rank, len(form), form))
        ordered = sorted(found, key=lambda e: (found[e], e.table, e.form, e.meaning))
        return tuple(ordered[:limit])

    def explain(self, text: str) -> tuple[Entry, ...]:
        """What `text` means, to the word; else composed or identified by rule."""
        wanted = normal(text)
        exact = [entry for form, entry in self._entries if form == wanted]
        degree = self._people.degrees.get(letters(text))
        if degree:
            place = " and ".join(degree.positions)
            exact.append(
                Entry(
                    "degrees", degree.degree, degree.degree, (("stands as", place),), degree.source
                )
            )
        if exact:
            return tuple(dict.fromkeys(exact))
        composed = self._composed(text)
        if composed:
            return (composed,)
        agency = self._identifier.identify(text)
        if agency.kind is None:
            return ()
        above = self._identifier.ancestors(agency)
        facts = [("a", self._kinds[agency.kind].full)]
        if agency.region:
            facts.append(("in", self._regions[agency.region].label))
        if above:
            facts.append(("under", " < ".join(parent.name for parent in above)))
        if agency.sector:
            facts.append(("sector", self._sectors[agency.sector].en))
        source = self._kinds[agency.kind].source
        return (Entry("identified", text, agency.name, tuple(facts), source),)

    @cached_property
    def _entries(self) -> list[tuple[str, Entry]]:
        return [(normal(form), entry) for form, entry in self._all()]

    def _all(self) -> Iterator[tuple[str, Entry]]:
        for post in _flat(self._people.posts):
            entry = self._post(post)
            yield post.form, entry
            yield post.post, entry
        for unit in _flat(self._people.units):
            facts = _facts(("in", self._names(unit.kinds)))
            yield unit.form, Entry("units", unit.form, unit.unit, facts, unit.source)
        for head in self._people.post_heads.values():
            yield head.form, Entry("post_heads", head.form, head.post, (), head.source)
        for word in self._people.post_modifiers.values():
            facts = (("means", word.meaning),)
            yield word.form, Entry("post_modifiers", word.form, word.modifier, facts, word.source)
        for rank in self._people.ranks.values():
            facts = (("of the", " and ".join(rank.services)),)
            yield rank.form, Entry("ranks", rank.form, rank.rank, facts, rank.source)
        for kind in self._kinds.values():
            entry = self._kind(kind)
            yield from ((form, entry) for form in kind.forms)
        for body in self._bodies.values():
            entry = self._body(body)
            yield from ((form, entry) for form in (body.name, *body.aliases))
        for region in self._regions.values():
            entry = self._region(region)
            yield from ((form, entry) for form in (region.name, region.label, *region.aliases))

    def _post(self, post: Post) -> Entry:
        where = self._names(post.kinds)
        if post.head:
            facts = _facts(("heads", where))
        else:
            facts = _facts(("in", where), ("reports to", self._head_of(post)))
        return Entry("posts", post.form, post.post, facts, post.source)

    def _kind(self, kind: AgencyKind) -> Entry:
        above = ", ".join(self._parent(rule) for rule in kind.parents)
        facts = _facts(
            ("under", above), ("headed by", kind.head), ("sector", self._sectors[kind.sector].en)
        )
        return Entry("agency_kinds", kind.name, kind.full, facts, kind.source)

    def _body(self, body: Institution) -> Entry:
        facts = _facts(
            ("under", self._bodies[body.parent].name if body.parent else ""),
            ("from", body.valid_from or ""),
            ("until", body.valid_to or ""),
            ("succeeds", self._partners(body.key, "successors", "predecessors")),
            ("succeeded by", self._partners(body.key, "predecessors", "successors")),
            ("sector", self._sectors[body.sector].en),
        )
        short = body.aliases[0] if body.aliases else body.name
        return Entry("agencies", short, body.name, facts, body.source)

    def _region(self, region: Region) -> Entry:
        parent = self._regions[region.parent].label if region.parent else ""
        facts = _facts(("code", region.code), ("in", parent))
        return Entry("regions", region.name, region.label, facts, region.source)

    def _composed(self, text: str) -> Entry | None:
        """'Kasi' + 'Kamtib' -> 'Kepala Seksi Keamanan dan Ketertiban', a modifier before it."""
        words = text.split()
        said = []
        while words and (word := self._people.post_modifiers.get(normal_form(words[0]))):
            said.append(word.modifier)
            words = words[1:]
        for cut in range(len(words), 0, -1):
            head = self._people.post_heads.get(normal_form(" ".join(words[:cut])))
            if head and (head.takes_unit or cut == len(words)):
                rest = " ".join(words[cut:])
                units = self._people.units.get(normal_form(rest), ())
                unit = units[0].unit if units else rest
                kinds = self._names(tuple(k for u in units for k in u.kinds))
                meaning = " ".join(part for part in (*said, head.post, unit) if part)
                return Entry("composed", text, meaning, _facts(("in", kinds)), head.source)
            posts = self._people.posts.get(normal_form(" ".join(words[:cut])), ())
            if said and posts and cut == len(words):
                entry = self._post(posts[0])
                meaning = " ".join((*said, entry.meaning))
                return Entry("composed", text, meaning, entry.facts, entry.source)
        return None

    def _head_of(self, post: Post) -> str:
        """The posts that head the agencies where `post` is."""
        heads = dict.fromkeys(form for kind in post.kinds for form in self._heads.get(kind, ())[:1])
        return ", ".join(list(heads)[:MAX_HEADS])

    @cached_property
    def _heads(self) -> dict[str, tuple[str, ...]]:
        """For each kind the forms of the post that heads it, the most usual first."""
        found: dict[str, list[str]] = {}
        for post in _flat(self._people.posts):
            if post.head:
                for kind in post.kinds:
                    found.setdefault(kind, []).append(post.form)
        # One short word that names the agency itself ('Kalapas') says most.
        return {kind: tuple(sorted(forms, key=_plainness)) for kind, forms in found.items()}

    def _names(self, keys: Iterable[str]) -> str:
        names = (
            self._kinds[key].name if key in self._kinds else self._bodies[key].name
            for key in dict.fromkeys(keys)
        )
        return ", ".join(names)

    def _partners(self, key: str, own: str, other: str) -> str:
        """The bodies on the `other` side of the successions that have `key` on its `own` side."""
        changes = (c for c in self._successions.values() if key in getattr(c, own))
        return ", ".join(self._bodies[k].name for c in changes for k in getattr(c, other))

    def _parent(self, rule: str) -> str:
        if rule.startswith(AGENCY_PREFIX):
            return self._bodies[rule.removeprefix(AGENCY_PREFIX)].name
        return self._kinds[rule].name


def _flat(table: Mapping[str, tuple[T, ...]]) -> Iterator[T]:
    for rows in table.values():
        yield from rows


def _facts(*facts: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, value in facts if value)


def _plainness(form: str) -> tuple[int, bool, int, str]:
    return (form.count(" "), not form.startswith("Ka"), len(form), form)
