"""One official under several names, in one office after another.

Names alone never join two mentions: they need an agency, a regional government or a service in
common. Rules run from the strictest to the loosest until none joins anything more; two people whom
one article tells apart stay apart.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from sinergi.graph.model import Agency, Extraction, Person
from sinergi.graph.resolution.agencies import agency_region, normal_form, without_region
from sinergi.graph.resolution.names import Fit, compare, fold, parse, slug

FULL_NAME = 2
"""Solid parts from which a name is worth more than its office: one-word names recur in every
agency."""

DISTINCTIVE_NAME = 3
"""Solid parts from which a name is rare enough to be followed from one place to another."""

COMMON_DEGREES = 2
"""So many equal degrees make up for a missing third part of the name."""

FULLER_FORM_SHARE = 0.1
"""A fuller form becomes the person's name if it is at least this part of all mentions: a slip that
drags a word along is not."""

# Sectors whose officers are posted all over the country, and do not serve two at a time.
SERVICES = frozenset(("keamanan", "pertahanan", "hukum", "pemasyarakatan"))

_ACTING = ("pelaksana tugas", "pelaksana harian", "penjabat sementara", "penjabat")
_NUMERALS = frozenset(("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", *"123456789"))


@dataclass(frozen=True, slots=True)
class Post:
    """A post ready for comparison."""

    words: tuple[str, ...]
    acting: bool = False


@dataclass(frozen=True, slots=True)
class Office:
    """What an article says a person is: agency key and post, either may be unknown."""

    agency: str | None
    post: Post | None
    current: bool = True

    @property
    def order(self) -> tuple[str, bool, tuple[str, ...]]:
        """A place in any sorted list; an office with a post before one without."""
        return (self.agency or "", self.post is None, self.post.words if self.post else ())


@dataclass(slots=True)
class Mention:
    """One name in one article, with all that the article says of it."""

    article: str
    name: str
    day: str | None
    offices: set[Office] = field(default_factory=set)
    degrees: set[str] = field(default_factory=set)
    aliases: set[str] = field(default_factory=set)


class _Cluster:
    """Mentions held for one person."""

    def __init__(self, mention: Mention) -> None:
        self.mentions = [mention]
        self.articles = {mention.article}
        self.offices = set(mention.offices)
        self.degrees = {frozenset(mention.degrees)} if mention.degrees else set()
        self.forms = Counter({mention.name: 1})
        self.name = parse(mention.name)

    def absorb(self, other: _Cluster) -> None:
        self.mentions += other.mentions
        self.articles |= other.articles
        self.offices |= other.offices
        self.degrees |= other.degrees
        self.forms += other.forms
        self.name = parse(full_form(self.forms))

    @property
    def agencies(self) -> set[str]:
        return {office.agency for office in self.offices if office.agency}

    @property
    def letters(self) -> str:
        return "".join(self.name.keys)

    @property
    def order(self) -> tuple[str, str]:
        """A place in any sorted list that does not depend on arrival."""
        return min((m.article, m.name) for m in self.mentions)

    def days(self) -> list[str]:
        return sorted(m.day for m in self.mentions if m.day)


@dataclass(frozen=True, slots=True)
class _Places:
    """What the rules ask of agencies, by key."""

    region: dict[str, str]
    service: dict[str, str]
    umbrella: frozenset[str]
    bare: dict[str, str]

    @classmethod
    def of(cls, agencies: Mapping[str, Agency]) -> _Places:
        forms = {key: normal_form(agency.name) for key, agency in agencies.items()}
        return cls(
            region={k: region for k, a in agencies.items() if (region := agency_region(a))},
            service={k: a.sector for k, a in agencies.items() if a.sector in SERVICES},
            umbrella=frozenset(k for k, form in forms.items() if form.startswith("pemerintah ")),
            bare={key: without_region(form) for key, form in forms.items()},
        )


def read_post(text: str | None) -> Post | None:
    """`text` apart from its acting prefix; None stays None."""
    if text is None:
        return None
    folded = fold(text)
    prefix = next((p for p in _ACTING if folded.startswith(p + " ")), "")
    return Post(tuple(folded.removeprefix(prefix).split()), bool(prefix))


def compatible(left: Post | None, right: Post | None) -> bool:
    """Whether two posts in one agency can be the same, the one told more fully than the other.

    An acting post is held beside another one, so it fits any.
    """
    if left is None or right is None:
        return left is right
    if left.acting != right.acting or left.words == right.words:
        return True
    short, full = sorted((left.words, right.words), key=len)
    rest = full[len(short) :]
    return full[: len(short)] == short and (len(short) > 2 or _NUMERALS.issuperset(rest))


def full_form(forms: Mapping[str, int]) -> str:
    """The fullest of the well attested forms of a name; of equally full ones the most usual."""
    least = FULLER_FORM_SHARE * sum(forms.values())
    return min(
        (form for form, count in forms.items() if count >= least),
        key=lambda form: (-parse(form).solid, -forms[form], -len(form), form),
    )


def read_mentions(extractions: Iterable[Extraction], agency_of: Mapping[str, str]) -> list[Mention]:
    """Every (article, name) of `extractions`, with its offices; `agency_of`: name -> key."""
    found: dict[tuple[str, str], Mention] = {}
    for extraction in extractions:
        article = extraction.article

        def mention(name: str) -> Mention:
            made = Mention(article.id, name, article.published)  # noqa: B023
            return found.setdefault((article.id, name), made)  # noqa: B023

        for official in extraction.officials:
            person = mention(official.person)
            agency = agency_of[official.organization] if official.organization else None
            person.offices.add(Office(agency, read_post(official.post), not official.former))
            person.degrees.update(official.degrees)
            person.aliases.update(official.aliases)
        for meeting in extraction.meetings:
            for part in meeting.participants:
                agency = agency_of[part.organization] if part.organization else None
                mention(part.person).offices.add(Office(agency, read_post(part.post)))
        for statement in extraction.statements:
            if statement.speaker:
                agency = agency_of[statement.organization] if statement.organization else None
                mention(statement.speaker).offices.add(Office(agency, read_post(statement.post)))
    return [found[key] for key in sorted(found)]


class _Persons:
    """The partition of the mentions, on its way from one mention each to one person each."""

    def __init__(self, mentions: Sequence[Mention], places: _Places) -> None:
        self.places = places
        self.clusters = [_Cluster(m) for m in sorted(mentions, key=lambda m: (m.article, m.name))]

    def run(self) -> list[_Cluster]:
        self._join(self._by_article, lambda a, b: self._variants_of_one_post(a, b), apart=False)
        rules: tuple[tuple[Callable[[_Cluster], Iterator[object]], _Rule], ...] = (
            (self._by_agency_and_name, self._same_name_in_agency),
            (self._by_agency_and_part, self._variant_in_agency),
            (self._by_agency_and_post, self._variants_of_one_post),
            (self._by_region_and_name, self._same_name_in_region),
            (self._by_bare_agency_and_name, self._same_name_where_region_is_missing),
            (self._by_service_and_name, self._transfer),
            (self._by_name, self._no_agency_given),
        )
        while any(self._join(block, rule) for block, rule in rules):
            pass
        return self.clusters

    # Joining

    def _join(
        self,
        block_keys: Callable[[_Cluster], Iterator[object]],
        rule: _Rule,
        *,
        apart: bool = True,
    ) -> bool:
        """Join what `rule` holds for one within the blocks; True if anything was joined.

        A cluster that the rule would join to several that are not one another's is ambiguous and
        is left alone, unless their names are the very same.
        """
        blocks: dict[object, list[_Cluster]] = defaultdict(list)
        for cluster in self.clusters:
            for key in set(block_keys(cluster)):
                blocks[key].append(cluster)
        partners: dict[int, dict[int, _Cluster]] = defaultdict(dict)
        for block in blocks.values():
            for a, b in combinations(block, 2):
                if id(b) in partners[id(a)] or (apart and a.articles & b.articles):
                    continue
                if rule(a, b):
                    partners[id(a)][id(b)] = b
                    partners[id(b)][id(a)] = a
        root: dict[int, _Cluster] = {}
        joined = False
        for cluster in self.clusters:
            for other in sorted(partners[id(cluster)].values(), key=lambda c: c.order):
                if other.order < cluster.order:
                    continue
                if not (self._sure(cluster, partners) and self._sure(other, partners)):
                    continue
                a, b = _find(root, cluster), _find(root, other)
                if a is b or (apart and a.articles & b.articles):
                    continue
                a.absorb(b)
                root[id(b)] = a
                joined = True
        self.clusters = [c for c in self.clusters if id(c) not in root]
        return joined

    @staticmethod
    def _sure(cluster: _Cluster, partners: Mapping[int, Mapping[int, _Cluster]]) -> bool:
        others = list(partners[id(cluster)].values())
        return len(others) < 2 or all(
            other.letters == cluster.letters
            or all(id(third) in partners[id(other)] for third in others if third is not other)
            for other in others
        )

    # Blocks: only clusters that share one are compared

    def _by_article(self, c: _Cluster) -> Iterator[object]:
        yield from c.articles

    def _by_agency_and_name(self, c: _Cluster) -> Iterator[object]:
        yield from ((agency, c.letters) for agency in c.agencies)

    def _by_agency_and_part(self, c: _Cluster) -> Iterator[object]:
        yield from ((agency, key) for agency in c.agencies for key in c.name.solid_keys)

    def _by_agency_and_post(self, c: _Cluster) -> Iterator[object]:
        for office in c.offices:
            if office.agency and office.post:
                words = [w for w in office.post.words if w not in _NUMERALS]
                yield (office.agency, " ".join(words))

    def _by_region_and_name(self, c: _Cluster) -> Iterator[object]:
        for agency in c.agencies:
            if region := self.places.region.get(agency):
                yield (region, c.letters)

    def _by_bare_agency_and_name(self, c: _Cluster) -> Iterator[object]:
        yield from ((self.places.bare[agency], c.letters) for agency in c.agencies)

    def _by_service_and_name(self, c: _Cluster) -> Iterator[object]:
        for agency in c.agencies:
            if service := self.places.service.get(agency):
                yield (service, c.letters)

    def _by_name(self, c: _Cluster) -> Iterator[object]:
        yield c.letters

    # Rules: whether two clusters are one person

    def _same_name_in_agency(self, a: _Cluster, b: _Cluster) -> bool:
        return len(a.name.parts) >= FULL_NAME or self._one_post(a, b)

    def _variant_in_agency(self, a: _Cluster, b: _Cluster) -> bool:
        agreement = compare(a.name, b.name)
        if agreement is None or agreement.fit is Fit.SAME:
            return False
        enough = agreement.solid >= FULL_NAME and not agreement.typo and not agreement.front
        return enough or self._one_post(a, b)

    def _variants_of_one_post(self, a: _Cluster, b: _Cluster) -> bool:
        return compare(a.name, b.name) is not None and self._one_post(a, b)

    def _same_name_in_region(self, a: _Cluster, b: _Cluster) -> bool:
        if a.name.solid < FULL_NAME or self._services(a, b) > 1:
            return False
        return a.name.solid >= DISTINCTIVE_NAME or not self._two_full_posts_at_once(a, b)

    def _same_name_where_region_is_missing(self, a: _Cluster, b: _Cluster) -> bool:
        shared = {self.places.bare[k] for k in a.agencies} & {
            self.places.bare[k] for k in b.agencies
        }
        regions = [
            {self.places.region.get(k) for k in c.agencies if self.places.bare[k] in shared}
            for c in (a, b)
        ]
        missing = any(region == {None} for region in regions)
        return missing and a.name.solid >= FULL_NAME and self._posts_fit(a, b)

    def _transfer(self, a: _Cluster, b: _Cluster) -> bool:
        degrees = any(len(d) >= COMMON_DEGREES for d in a.degrees & b.degrees)
        known = a.name.solid >= DISTINCTIVE_NAME or (a.name.solid >= FULL_NAME and degrees)
        return known and _one_after_the_other(a.days(), b.days())

    def _no_agency_given(self, a: _Cluster, b: _Cluster) -> bool:
        if a.agencies and b.agencies:
            return False
        posts = any(x.post and x.post == y.post for x in a.offices for y in b.offices)
        return a.name.solid >= DISTINCTIVE_NAME or (a.name.solid >= FULL_NAME and posts)

    # What rules ask

    def _one_post(self, a: _Cluster, b: _Cluster) -> bool:
        return any(
            x.agency and x.agency == y.agency and compatible(x.post, y.post)
            for x in a.offices
            for y in b.offices
        )

    def _posts_fit(self, a: _Cluster, b: _Cluster) -> bool:
        return any(compatible(x.post, y.post) for x in a.offices for y in b.offices)

    def _services(self, a: _Cluster, b: _Cluster) -> int:
        """How many careers the two would be in together: 'civil' is one of them."""
        return len({self.places.service.get(k, "civil") for k in a.agencies | b.agencies})

    def _two_full_posts_at_once(self, a: _Cluster, b: _Cluster) -> bool:
        """Whether both are attested in one span of time in different parts of a government."""
        full = [
            {
                office.agency
                for office in c.offices
                if office.agency and office.current and not (office.post and office.post.acting)
            }
            - self.places.umbrella
            for c in (a, b)
        ]
        if not full[0] or not full[1] or full[0] & full[1]:
            return False
        days = a.days(), b.days()
        return bool(days[0] and days[1]) and not _one_after_the_other(*days)


_Rule = Callable[[_Cluster, _Cluster], bool]


def _one_after_the_other(left: list[str], right: list[str]) -> bool:
    return bool(left and right) and (left[-1] < right[0] or right[-1] < left[0])


def _find(root: Mapping[int, _Cluster], cluster: _Cluster) -> _Cluster:
    while id(cluster) in root:
        cluster = root[id(cluster)]
    return cluster


def resolve_persons(
    mentions: Sequence[Mention], agencies: Mapping[str, Agency]
) -> tuple[dict[str, Person], dict[tuple[str, str], str]]:
    """The canonical persons by key, and the key of every mention's (article, name).

    A key is the slug of the name and the agency where the person is first attested; where two
    persons would share it, their post and at last the article tell them apart.
    """
    clusters = _Persons(mentions, _Places.of(agencies)).run()
    keys = _keys(clusters)
    persons: dict[str, Person] = {}
    key_of: dict[tuple[str, str], str] = {}
    for cluster, key in zip(clusters, keys, strict=True):
        name = full_form(cluster.forms)
        aliases = {alias for m in cluster.mentions for alias in m.aliases} | {*cluster.forms}
        persons[key] = Person(key, name, tuple(sorted(aliases - {name})))
        for mention in cluster.mentions:
            key_of[mention.article, mention.name] = key
    return dict(sorted(persons.items())), key_of


def _keys(clusters: Sequence[_Cluster]) -> list[str]:
    steps: list[Callable[[_Cluster], str]] = [
        lambda c: f"{slug(full_form(c.forms)) or 'x'}.{_first_office(c).agency or 'unknown'}",
        lambda c: "-".join(post.words) if (post := _first_office(c).post) else "",
        lambda c: slug(c.order[0]),
        lambda c: slug(c.order[1]),
    ]
    keys = ["" for _ in clusters]
    open_ = set(range(len(clusters)))
    for step in steps:
        for i in open_:
            keys[i] = ".".join(filter(None, (keys[i], step(clusters[i]))))
        count = Counter(keys)
        open_ = {i for i in open_ if count[keys[i]] > 1}
    return keys


def _first_office(cluster: _Cluster) -> Office:
    """The earliest attested office; of those of one day the most attested."""
    offices = [(m.day or "9999", o) for m in cluster.mentions for o in m.offices if o.agency]
    if not offices:
        offices = [(m.day or "9999", o) for m in cluster.mentions for o in m.offices]
    if not offices:
        return Office(None, None)
    count = Counter(office.agency for _, office in offices)
    return min(
        offices,
        key=lambda e: (
            e[0],
            -count[e[1].agency],
            e[1].agency or "",
            e[1].post is None,
            _words(e[1]),
        ),
    )[1]


def _words(office: Office) -> tuple[str, ...]:
    return office.post.words if office.post else ()
