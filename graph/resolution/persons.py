"""One official under several names, in one office after another.

Names alone never join two mentions: they need an agency, a regional government or a service in
common (see `rules`). Two people whom one article tells apart stay apart, and a name that fits two
people joins neither.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from itertools import combinations, pairwise
from typing import NamedTuple

from sinergi.graph.model import Join, Person
from sinergi.graph.resolution.decisions import Pair, person_mention
from sinergi.graph.resolution.mentions import Cluster, Id, Mention, Office
from sinergi.graph.resolution.names import compare, slug
from sinergi.graph.resolution.partition import Partition
from sinergi.graph.resolution.rules import (
    DECISION,
    IN_ONE_MEETING,
    RULES,
    WITHIN_ARTICLE,
    Places,
    Rule,
)
from sinergi.graph.resolution.trace import Trace

Keys = Mapping[str, Collection[str]]

_NO_DAY = "9999"  # after every day
_NOTHING: Mapping[Pair, str] = {}


def gather(
    mentions: Iterable[Mention],
    places: Places,
    same: Mapping[Pair, str] = _NOTHING,
    different: Mapping[Pair, str] = _NOTHING,
    trace: Trace | None = None,
) -> list[Cluster]:
    """The mentions of each person, as far as decisions, names, offices and time tell.

    `same` and `different` are the pairs of mentions that people have so judged, with the reason;
    those of mentions that are not given have no effect.
    """
    apart: dict[str, set[Id]] = defaultdict(set)
    for left, right in different:
        apart[left].add(_id(right))
        apart[right].add(_id(left))
    found = [
        Cluster(m, apart.get(person_mention(m.article, m.name), ()))
        for m in sorted(mentions, key=lambda m: (m.article, m.name))
    ]
    decided = _join_decided(found, same)
    one_article = _join(decided, WITHIN_ARTICLE, places, trace, tell_apart=False)
    return _repeat(one_article, RULES, places, trace)


def gather_at_meetings(
    clusters: Sequence[Cluster],
    places: Places,
    meetings: Mapping[str, Sequence[str]],
    trace: Trace | None = None,
) -> list[Cluster]:
    """`clusters` joined further by what `meetings` tell: article id -> key of each meeting."""
    for cluster in clusters:
        cluster.meetings = frozenset(
            meetings[m.article][i] for m in cluster.mentions for i in m.meetings
        )
    return _repeat(clusters, (*RULES, IN_ONE_MEETING), places, trace)


def name_persons(
    clusters: Sequence[Cluster],
) -> tuple[dict[str, Person], dict[str, dict[str, str]], list[Join]]:
    """The canonical persons by key, for each article the key of every name in it, and the joins.

    A key is the slug of the name and the key of the agency under which the articles first attest
    the person: later ones do not change it. Of two persons who would share a key the one attested
    first has it; the other's post, and at last an article, is added to it.
    """
    persons: dict[str, Person] = {}
    key_of: dict[str, dict[str, str]] = defaultdict(dict)
    joins: list[Join] = []
    keys = assign_keys([First.of(cluster) for cluster in clusters])
    for cluster, key in zip(clusters, keys, strict=True):
        persons[key] = person_of(cluster, key)
        for mention in cluster.mentions:
            key_of[mention.article][mention.name] = key
        joins += joins_of(cluster, key)
    return dict(sorted(persons.items())), key_of, joins


def person_of(cluster: Cluster, key: str) -> Person:
    """The person whose mentions a cluster holds."""
    name = cluster.full_form
    aliases = {*cluster.forms}.union(*(mention.aliases for mention in cluster.mentions))
    return Person(key, name, tuple(sorted(aliases - {name})))


def joins_of(cluster: Cluster, key: str) -> list[Join]:
    """Why the mentions of a cluster are one person's."""
    return [
        Join(key, person_mention(*left), person_mention(*right), slug(rule), why)
        for left, right, rule, why in cluster.joins
    ]


def other_keys(clusters: Sequence[Cluster], keys: Mapping[str, Mapping[str, str]]) -> Keys:
    """For each key that a person would have by some of the mentions: whose it could be.

    `keys` are those by article and name that `name_persons` gives.
    """
    found: dict[str, set[str]] = defaultdict(set)
    for cluster in clusters:
        key = keys[cluster.order[0]][cluster.order[1]]
        for other in possible_keys(cluster):
            found[other].add(key)
    return found


def possible_keys(cluster: Cluster) -> set[str]:
    """The keys that a person would have by some of the mentions."""
    return {
        key
        for name, office in {(m.name, office) for m in cluster.mentions for office in m.offices}
        for key in _candidate_keys(name, office)
    }


def _candidate_keys(name: str, office: Office) -> list[str]:
    """The key of a person so attested, and the one if another person has that."""
    key = ".".join((slug(name) or "x", office.form or "unknown"))
    return [key, ".".join((key, "-".join(office.post.words)))] if office.post else [key]


def _id(mention: str) -> Id:
    """The article and the name that `person_mention` has written."""
    article, _, name = mention.partition(":")[2].rpartition("#")
    return article, name


def _join_decided(clusters: Sequence[Cluster], same: Mapping[Pair, str]) -> list[Cluster]:
    number_of = {cluster.order: number for number, cluster in enumerate(clusters)}
    joined = Partition(len(clusters))
    for (left, right), reason in sorted(same.items()):
        if _id(left) not in number_of or _id(right) not in number_of:
            continue
        i, j = sorted((joined.find(number_of[_id(left)]), joined.find(number_of[_id(right)])))
        if i != j:
            joined.join(i, j)
            clusters[i].absorb(clusters[j], DECISION, reason)
    return [cluster for i, cluster in enumerate(clusters) if joined.find(i) == i]


def _repeat(
    clusters: Sequence[Cluster], rules: Sequence[Rule], places: Places, trace: Trace | None
) -> list[Cluster]:
    """`clusters` when none of `rules` joins any more."""
    found, before = list(clusters), len(clusters) + 1
    while len(found) < before:
        before = len(found)
        for rule in rules:
            found = _join(found, rule, places, trace)
    return found


def _join(
    clusters: Sequence[Cluster],
    rule: Rule,
    places: Places,
    trace: Trace | None = None,
    *,
    tell_apart: bool = True,
) -> list[Cluster]:
    """`clusters` after one round of `rule`, in their order.

    A cluster joins none if `rule` holds for it and several that are not one another's; unless
    `tell_apart` is False, clusters that occur in one article are not joined.
    """
    blocks: dict[Hashable, list[int]] = defaultdict(list)
    for number, cluster in enumerate(clusters):
        keys = set(rule.blocks(cluster, places))
        for key in keys:
            blocks[key].append(number)
        if trace:
            trace.looked(cluster, rule, keys)
    pairs: Iterable[tuple[int, int]]
    if rule.holds is None:
        plain, judged = _by_decisions(clusters, blocks.values())
        # A wife breaks the chain between mentions of her husband, so she comes last.
        ordered = (sorted(block, key=lambda i: clusters[i].wife) for block in plain)
        pairs = {pair for block in ordered for pair in pairwise(block)}
        pairs |= _clear_pairs(clusters, judged, _one_post, places, tell_apart, trace)
        if trace:
            for block in blocks.values():
                trace.met(*(clusters[i].order for i in block))
    else:
        pairs = _clear_pairs(clusters, blocks.values(), rule.holds, places, tell_apart, trace)
    joined = Partition(len(clusters))
    for i, j in sorted(pairs):
        first, other = sorted((joined.find(i), joined.find(j)))
        if first != other and not _told_apart(clusters[first], clusters[other], tell_apart):
            joined.join(first, other)
            clusters[first].absorb(clusters[other], rule.name)
    return [cluster for i, cluster in enumerate(clusters) if joined.find(i) == i]


def _told_apart(a: Cluster, b: Cluster, by_articles: bool) -> bool:
    return a.told_apart(b) if by_articles else a.judged_apart(b)


def _by_decisions(
    clusters: Sequence[Cluster], blocks: Iterable[Sequence[int]]
) -> tuple[list[Sequence[int]], list[Sequence[int]]]:
    """The blocks in which no decision tells two apart, and those in which one does."""
    plain: list[Sequence[int]] = []
    judged: list[Sequence[int]] = []
    for block in blocks:
        ids = {id for i in block if clusters[i].apart for id in clusters[i].apart}
        found = ids and any(not ids.isdisjoint(clusters[i].ids) for i in block)
        (judged if found else plain).append(block)
    return plain, judged


def _one_post(a: Cluster, b: Cluster, _: Places) -> bool:
    """Where a name is known to be of two people, it takes the post as well to say which."""
    return a.share_post(b)


def _clear_pairs(
    clusters: Sequence[Cluster],
    blocks: Iterable[Sequence[int]],
    holds: Callable[[Cluster, Cluster, Places], bool],
    places: Places,
    tell_apart: bool,
    trace: Trace | None,
) -> set[tuple[int, int]]:
    """The pairs of one block for which a rule `holds` and holds for no rival of either."""
    partners: dict[int, set[int]] = defaultdict(set)
    for block in blocks:
        for i, j in combinations(block, 2):
            a, b = clusters[i], clusters[j]
            if j in partners[i] or _told_apart(a, b, tell_apart):
                continue
            if holds(a, b, places):
                partners[i].add(j)
                partners[j].add(i)
                if trace:
                    trace.met(a.order, b.order)
    clear = {
        i
        for i, others in partners.items()
        if all(
            clusters[i].letters == clusters[j].letters
            or _one_name(clusters, others - partners[j], j)
            for j in others
        )
        and not _has_judged_apart([clusters[j] for j in others])
    }
    return {(i, j) for i in clear for j in partners[i] & clear if i < j}


def _one_name(clusters: Sequence[Cluster], rivals: Iterable[int], j: int) -> bool:
    """Whether none of `rivals` has a name that is not j's, or is told from j by an article."""
    return all(
        compare(clusters[j].name, clusters[rival].name)
        and not clusters[j].told_apart(clusters[rival])
        for rival in rivals
        if rival != j
    )


def _has_judged_apart(clusters: Sequence[Cluster]) -> bool:
    judged = [cluster for cluster in clusters if cluster.apart]
    return any(a.judged_apart(b) for a in judged for b in clusters)


class First(NamedTuple):
    """What a person's key is made of: the first mention that tells an agency, if any does; of the
    agencies of that day the most attested on it."""

    day: str
    order: Id  # the least of all mentions of the person
    name: str
    office: Office

    @classmethod
    def of(cls, cluster: Cluster) -> First:
        """The first mention of a person."""
        told = [
            (m.day or _NO_DAY, m.name, office) for m in cluster.mentions for office in m.offices
        ]
        told = [entry for entry in told if entry[2].form] or told
        first = min(day for day, _, _ in told)
        told = [entry for entry in told if entry[0] == first]
        count = Counter(office.form for _, _, office in told)
        day, name, office = min(
            told, key=lambda entry: (-count[entry[2].form], entry[2].order[1:], entry[1])
        )
        return cls(day, cluster.order, name, office)

    @property
    def home(self) -> str:
        """What the key begins with; only persons who share it can be in want of one key."""
        return slug(self.name) or "x"


def assign_keys(firsts: Sequence[First]) -> list[str]:
    """The key of each person; see `name_persons`."""
    key_of: dict[int, str] = {}
    taken: set[str] = set()
    for i in sorted(range(len(firsts)), key=lambda i: firsts[i][:2]):
        first = firsts[i]
        key, *longer = _candidate_keys(first.name, first.office)
        key = next((k for k in (key, *longer) if k not in taken), key)
        for more in map(slug, first.order):
            if key in taken and more:
                key += f".{more}"
        taken.add(key)
        key_of[i] = key
    return [key_of[i] for i in range(len(firsts))]
