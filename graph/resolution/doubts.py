"""Pairs on which the rules may be wrong, for people to decide: near misses and narrow joins.

Each pair has a score: points for what agrees less points for what conflicts, above or below the
line where pairs of its kind turn from two into one. The score decides nothing; it orders the pairs
and says in words what weighs.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from sinergi.graph.model import Agency, Candidate
from sinergi.graph.resolution.agencies import SHORT_FORM, SUBJECT_WITHIN, normal_form
from sinergi.graph.resolution.articles import COPY
from sinergi.graph.resolution.decisions import person_mention
from sinergi.graph.resolution.meetings import REPORTS_OF_ONE, Likeness
from sinergi.graph.resolution.mentions import Cluster, Id
from sinergi.graph.resolution.names import Fit, compare, parse, slug
from sinergi.graph.resolution.reports import Told
from sinergi.graph.resolution.rules import (
    DECISION,
    DISTINCTIVE_NAME,
    FULL_NAME,
    SAME_NAME_IN_ONE_AGENCY,
    Places,
    in_different_services,
    two_offices_at_once,
)

if TYPE_CHECKING:
    from sinergi.graph.resolution import Workings

PERSON_LINE = 5
"""Points of persons: a name of two parts (3) and an agency (2) make one."""

AGENCY_LINE = 4
"""Points of agencies: one slip of the pen and nothing against it."""

ARTICLE_LINE = round(10 * COPY)
"""Points of articles: one for each tenth of the shorter one that stands in the other."""

REACH = 3
"""Points by which a pair may fall short of the line, or exceed it, and still be worth asking."""

LARGEST_BLOCK = 40
"""People of one name, or agencies that differ in a word of which so many have another: a pair of
so many is no likelier than the next."""

Evidence = tuple[tuple[str, int], ...]
"""What was compared, in words, and its points: for one thing, or (below 0) for two."""

# Words by which agencies of one kind and place differ.
_TELLING = frozenset(
    (
        *("kota", "kabupaten", "provinsi", "perempuan", "anak", "narkotika", "timur", "barat"),
        *("utara", "selatan", "tengah", "pusat", "raya", "i", "ii", "iii", "iv", "v", "wakil"),
        *("daerah", "negeri", "tinggi", "tni", "polri"),
    )
)


@dataclass(frozen=True, slots=True)
class Doubt:
    """Two mentions that may be of one thing; `rule` has joined them, or is "" if none has.

    `weight` is how many mentions change sides if the answer is the other one.
    """

    kind: str
    left: str
    right: str
    rule: str
    evidence: Evidence
    line: int
    weight: int

    @property
    def score(self) -> int:
        """Points above the line from which such pairs are mostly one."""
        return sum(points for _, points in self.evidence) - self.line

    @property
    def worth(self) -> float:
        """What an answer is worth: the more mentions hang on it and the nearer to the line."""
        return self.weight / (1 + abs(self.score))

    @property
    def decisive(self) -> str:
        """What weighs most of what speaks against the rules' answer; else of all."""
        against = [e for e in self.evidence if (e[1] < 0) == bool(self.rule)]
        return max(against or self.evidence, key=lambda e: (abs(e[1]), e[0]))[0]

    @property
    def why(self) -> str:
        """What speaks for one thing and what for two, in one line."""
        said = (("for one", self.words(1)), ("for two", self.words(-1)))
        return "; ".join(f"{heading}: {words}" for heading, words in said if words)

    def words(self, sign: int) -> str:
        """What speaks for one thing (1) or for two (-1)."""
        return ", ".join(f"{what} {p:+}" for what, p in self.evidence if p * sign > 0)


def find_doubts(workings: Workings) -> list[Doubt]:
    """All doubtful pairs on which nobody has given a judgement, the worthiest first."""
    judged = workings.judgements.judged()
    settled = {things for things in workings.resolution.decisions.values() if len(things) > 1}
    found = [
        *_near_persons(workings),
        *_joined_persons(workings),
        *_agencies(workings),
        *_articles(workings),
        *_meetings(workings),
    ]
    asked = (
        doubt
        for doubt in found
        if (doubt.left, doubt.right) not in judged and _things(doubt, workings) not in settled
    )
    return sorted(asked, key=lambda d: (-d.worth, d.kind, d.left, d.right))


def find_candidates(workings: Workings) -> Iterator[Candidate]:
    """The doubtful pairs of things that are two now, each once, but for those that people judged
    different."""
    settled = {
        things
        for decision, things in workings.resolution.decisions.items()
        if decision.judgement == "different"
    }
    best: dict[tuple[str, ...], Doubt] = {}
    for doubt in (*_near_persons(workings), *_agencies(workings), *_meetings(workings)):
        things = (doubt.kind, *_things(doubt, workings))
        if not doubt.rule and things[1:] not in settled:
            best[things] = better(best.get(things, doubt), doubt)
    for (kind, one, other), d in sorted(best.items()):
        left, right = sorted((d.left, d.right), key=lambda mention: workings.key_of[mention])
        yield Candidate(kind, one, other, left, right, d.score, d.why)


def better(doubt: Doubt, other: Doubt) -> Doubt:
    """Of two doubts on the same things the one that says it; the first if they are equal."""
    return max(doubt, other, key=lambda d: (d.score, d.left))


def _things(doubt: Doubt, workings: Workings) -> tuple[str, ...]:
    """The keys of what the two mentions are of, as decisions have them."""
    return tuple(sorted({workings.key_of[doubt.left], workings.key_of[doubt.right]}))


# Persons


def _weigher(workings: Workings) -> Callable[[Cluster, Cluster, str, int], Doubt]:
    names = {key: agency.name for key, agency in workings.resolution.agencies.items()}

    def doubt(a: Cluster, b: Cluster, rule: str, weight: int) -> Doubt:
        return doubt_of_persons(a, b, workings.places, names, rule, weight)

    return doubt


def doubt_of_persons(
    a: Cluster,
    b: Cluster,
    places: Places,
    names: Mapping[str, str],
    rule: str = "",
    weight: int = 1,
) -> Doubt:
    """What there is to say of two persons; `names` tells the names of agencies."""
    left, right = (person_mention(*order) for order in sorted((a.order, b.order)))
    evidence = weigh_persons(a, b, places, names)
    return Doubt("person", left, right, rule, evidence, PERSON_LINE, weight)


def _near_persons(workings: Workings) -> Iterator[Doubt]:
    clusters, doubt = workings.clusters, _weigher(workings)
    for i, j in _pairs((n, key) for n, c in enumerate(clusters) for key in person_blocks(c)):
        a, b = clusters[i], clusters[j]
        if compare(a.name, b.name) is not None:
            found = doubt(a, b, "", min(len(a.mentions), len(b.mentions)))
            if abs(found.score) <= REACH:
                yield found


def _joined_persons(workings: Workings) -> Iterator[Doubt]:
    doubt = _weigher(workings)
    for cluster in workings.clusters:
        alone = {(m.article, m.name): Cluster(m) for m in cluster.mentions}
        # A form of the name that a rule has drawn in is one question, not one for each mention.
        drawn: dict[tuple[str, str], list[tuple[Id, Id]]] = defaultdict(list)
        for left, right, rule, _ in cluster.joins:
            if rule not in (DECISION, SAME_NAME_IN_ONE_AGENCY):
                drawn[rule, alone[right].letters].append((left, right))
        for (rule, _), pairs in sorted(drawn.items()):
            asked = (doubt(alone[a], alone[b], slug(rule), len(pairs)) for a, b in sorted(pairs))
            yield min(asked, key=lambda d: d.score)


def person_blocks(cluster: Cluster) -> Iterator[Hashable]:
    """What two people share who might be one."""
    if cluster.name.solid >= FULL_NAME:
        yield cluster.letters
    for key in cluster.name.solid_keys:
        for shared in (*cluster.agencies, *cluster.meetings):
            yield (shared, key)


def _pairs(blocks: Iterable[tuple[int, Hashable]]) -> list[tuple[int, int]]:
    members: dict[Hashable, list[int]] = defaultdict(list)
    for number, key in blocks:
        members[key].append(number)
    return sorted(
        {
            pair
            for block in members.values()
            if len(block) <= LARGEST_BLOCK
            for pair in combinations(sorted(set(block)), 2)
        }
    )


def weigh_persons(a: Cluster, b: Cluster, places: Places, names: Mapping[str, str]) -> Evidence:
    """What speaks for one person and what for two; `names` tells the names of agencies."""
    return tuple(
        (what, points)
        for what, points in (
            *_weigh_names(a, b),
            *_weigh_offices(a, b, places, names),
            *_weigh_degrees(a, b),
        )
        if points
    )


def _weigh_names(a: Cluster, b: Cluster) -> Iterator[tuple[str, int]]:
    agreement = compare(a.name, b.name)
    if agreement is None:
        yield "names that do not agree", -4
        return
    full = agreement.solid >= FULL_NAME
    if agreement.fit is Fit.SAME:
        long = agreement.solid >= DISTINCTIVE_NAME
        yield "same name", 4 if long else 3 if full else 1
    elif agreement.fit is Fit.VARIANT:
        yield "variants of one name", 2 if full else 1
    else:
        yield "one name leaves out a part", 1 if full else 0
    yield "a letter differs", -int(agreement.typo)
    yield "one name has a part before the other, as a wife's has", -3 * agreement.front


def _weigh_offices(
    a: Cluster, b: Cluster, places: Places, names: Mapping[str, str]
) -> Iterator[tuple[str, int]]:
    shared = sorted(a.posts.keys() & b.posts.keys())
    regions = [{places.region.get(agency) for agency in c.agencies} - {None} for c in (a, b)]
    services = [{places.service.get(agency) for agency in c.agencies} - {None} for c in (a, b)]
    if shared:
        yield f"same agency: {names[shared[0]]}", 2
        told = [agency for agency in shared if a.posts[agency] and b.posts[agency]]
        if told and a.share_post(b):
            yield "same post there", 2
        elif told:
            yield "different posts there", -1
    elif services[0] & services[1]:
        yield "one service", 1
    elif regions[0] & regions[1]:
        yield "agencies of one region", 1
    elif a.posts and b.posts:
        yield "agencies that have nothing in common", -1
    if in_different_services(a, b, places):
        yield "different services", -2
    if not shared and two_offices_at_once(a, b, places):
        yield "two offices at one time", -2
    if not a.meetings.isdisjoint(b.meetings):
        yield "at one meeting", 2
    if not a.articles.isdisjoint(b.articles):
        yield "one article names both", -4


def _weigh_degrees(a: Cluster, b: Cluster) -> Iterator[tuple[str, int]]:
    mine, theirs = (frozenset[str]().union(*c.degrees) for c in (a, b))
    if len(mine & theirs) > 1:
        yield f"same degrees: {', '.join(sorted(mine & theirs))}", 1
    elif mine and theirs and mine.isdisjoint(theirs):
        degrees = (", ".join(sorted(degrees)) for degrees in (mine, theirs))
        yield f"different degrees: {'; '.join(degrees)}", -1


# Agencies


def _agencies(workings: Workings) -> Iterator[Doubt]:
    resolution = workings.resolution
    articles = Counter(
        k for links in resolution.links.values() for k in set(links.agencies.values())
    )
    mention: dict[str, str] = {}
    for name, key in workings.key_of.items():
        if name.startswith("agency:"):
            mention[key] = min(mention.get(key, name), name)
    keys = sorted(mention)
    for i, j in _pairs(
        (n, form) for n, key in enumerate(keys) for form in agency_blocks(resolution.agencies[key])
    ):
        one, other = keys[i], keys[j]
        found = doubt_of_agencies(
            resolution.agencies[one],
            resolution.agencies[other],
            mention[one],
            mention[other],
            min(articles[one], articles[other]),
        )
        if found.score >= -REACH:
            yield found
    for join in resolution.joins:
        if join.rule in (slug(SHORT_FORM), slug(SUBJECT_WITHIN)):
            evidence = ((join.rule.replace("-", " "), AGENCY_LINE),)
            weight = articles[join.thing] // 2
            yield Doubt("agency", join.left, join.right, join.rule, evidence, AGENCY_LINE, weight)


def agency_blocks(agency: Agency) -> Iterator[str]:
    """What two agencies share of which the names differ in one word."""
    form = normal_form(agency.name).split()
    for i in range(len(form) + 1):  # the last leaves out none: it meets the form with a word more
        if block := " ".join(form[:i] + form[i + 1 :]):
            yield block


def doubt_of_agencies(a: Agency, b: Agency, left: str, right: str, weight: int = 1) -> Doubt:
    """What there is to say of two agencies, of which these are mentions."""
    left, right = sorted((left, right))
    return Doubt("agency", left, right, "", weigh_agencies(a, b), AGENCY_LINE, weight)


def weigh_agencies(a: Agency, b: Agency) -> Evidence:
    """What speaks for one agency and what for two, of names that differ in one word at most."""
    forms = [set(normal_form(agency.name).split()) for agency in (a, b)]
    only = [" ".join(sorted(forms[0] - forms[1])), " ".join(sorted(forms[1] - forms[0]))]
    found: list[tuple[str, int]] = []
    agreement = compare(parse(only[0]), parse(only[1])) if all(only) else None
    if not any(only):
        found.append(("the same words in another order", 5))
    elif agreement is not None and agreement.solid:
        found.append((f"one letter differs: {only[0]}, {only[1]}", 4))
    elif all(only):
        found.append((f"one word differs: {only[0]}, {only[1]}", -2))
    else:
        found.append((f"one name has a word more: {only[0] or only[1]}", 3))
    if any(word in _TELLING or word.isdigit() for word in only):
        found.append(("a word that tells agencies apart", -3))
    if a.region and b.region and a.region != b.region:
        found.append(("different regions", -3))
    if a.kind and b.kind:
        found.append(("the registry knows both kinds", -1))
    return tuple(found)


# Articles


def _articles(workings: Workings) -> Iterator[Doubt]:
    for left, right, share in workings.copies.near:
        joined = share >= COPY
        evidence = ((f"{share:.0%} of the shorter text", int(10 * share)),)
        rule = "copies" if joined else ""
        found = Doubt("article", left, right, rule, evidence, ARTICLE_LINE, 1)
        if -REACH <= found.score <= (1 if joined else REACH):
            yield found


# Meetings


def _meetings(workings: Workings) -> Iterator[Doubt]:
    meetings = workings.meetings
    key_of = [meetings.key_of[t.report.article][t.report.position] for t in meetings.told]
    for i, j, likeness in meetings.near:
        joined = key_of[i] == key_of[j]
        found = doubt_of_reports(meetings.told[i], meetings.told[j], likeness, joined)
        if -REACH <= found.score <= (1 if joined else REACH):
            yield found


def doubt_of_reports(left: Told, right: Told, likeness: Likeness, joined: bool) -> Doubt:
    """What there is to say of two reports that were weighed."""
    evidence = tuple((what, points) for what, points in likeness.evidence if points)
    if likeness.subject <= 0:
        evidence += (("nothing of the subject agrees", -1),)
    rule = slug(REPORTS_OF_ONE) if joined else ""
    return Doubt("meeting", left.mention, right.mention, rule, evidence, likeness.needed, 1)
