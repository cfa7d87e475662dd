"""One meeting in several reports.

Reports of a meeting name its agencies, and mostly a day; beyond these they differ: one names four
people, another six, a third gives no day. Two reports are taken for one meeting when people,
kind, topics and place together outweigh what contradicts.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from hashlib import blake2b
from itertools import combinations
from typing import Any, NamedTuple

from sinergi.graph.model import Join
from sinergi.graph.resolution.decisions import Judgements
from sinergi.graph.resolution.names import slug
from sinergi.graph.resolution.partition import Partition
from sinergi.graph.resolution.reports import Report, Told, Wordings
from sinergi.graph.resolution.rules import DECISION

SAME_DAY, NEIGHBOR_DAYS, NO_DAY = 3, 1, 0
"""Points for days. Neighbors: one of two reports has the weekday wrong."""

NEEDED = {SAME_DAY: 6, NEIGHBOR_DAYS: 7, NO_DAY: 5}
"""Points (see `weigh`) from which two reports are of one meeting, by what their days say.

A day and the usual heads of two agencies give 6, but they may meet twice a day, so something of the
subject has to agree as well. Without a day heads and kind give 3 and the subject has to make up the
rest. Neighbors take all that two reports can agree in but one."""

NEWS_SPAN = 21
"""Days within which outlets report one meeting: reports without a day are compared only with
those that appeared, or happened, so near."""

SAME_WORDING = 0.5
"""Likeness of the articles (`Wording.likeness`) from which they tell of one event. Second reports
reach .53 and more, other meetings of the same agencies .46 and less."""

Block = tuple[str, ...]
"""What reports share that may be compared: an agency and a day, or two agencies and a season."""

NEVER = "never"
"""The season of two agencies' reports of which one has neither a day nor a day of publication."""

LARGEST_BLOCK = 200
"""A block of more reports says nothing and would cost its square."""

REPORTS_OF_ONE = "reports of one meeting"
"""What a join of two reports goes by; its points say why."""

_DAY_WORDS = {SAME_DAY: "same day", NEIGHBOR_DAYS: "neighboring days", NO_DAY: "no day"}

# Kinds that one outlet's word or another's makes of the same visit to an office.
_ENCOUNTERS = frozenset(("audiensi", "kunjungan", "silaturahmi", "pertemuan", "rapat"))


@dataclass(frozen=True, slots=True, order=True)
class Likeness:
    """How much two reports agree: what was compared, with its points; `one` if it is enough."""

    evidence: tuple[tuple[str, int], ...]
    subject: int  # points of what the meeting was about
    needed: int

    @property
    def points(self) -> int:
        """What speaks for one meeting less what speaks against it."""
        return sum(points for _, points in self.evidence)

    @property
    def one(self) -> bool:
        """Whether the reports are of one meeting."""
        return self.subject > 0 and self.points >= self.needed

    @property
    def words(self) -> str:
        """'same day +3, people +2, ...': what had a say."""
        return ", ".join(f"{what} {points:+}" for what, points in self.evidence if points)


@dataclass(frozen=True)
class Meetings:
    """What became of the reports: which are one and why, and which pairs were close."""

    meetings: list[list[Told]]
    joined: list[tuple[Told, Told, str, str]]  # one, other, rule, why
    told: list[Told]
    near: list[tuple[int, int, Likeness]]  # pairs of `told` that were weighed

    @cached_property
    def key_of(self) -> dict[str, tuple[str, ...]]:
        """The keys of an article's meetings, in its order; articles without any are left out."""
        keys = assign_keys([First.of(meeting) for meeting in self.meetings])
        key_of = {t.report: k for m, k in zip(self.meetings, keys, strict=True) for t in m}
        found: dict[str, list[str]] = defaultdict(list)
        for told in self.told:  # sorted by article and position
            found[told.report.article].append(key_of[told.report])
        return {article: tuple(keys) for article, keys in found.items()}

    def key(self, told: Told) -> str:
        """The key of the meeting that a report is of."""
        return self.key_of[told.report.article][told.report.position]

    @property
    def joins(self) -> list[Join]:
        """Why reports are of one meeting."""
        return [
            join_of(one, other, rule, why, self.key(one)) for one, other, rule, why in self.joined
        ]

    @property
    def other_keys(self) -> dict[str, set[str]]:
        """For each key that a meeting would have by one report alone: whose it could be."""
        found: dict[str, set[str]] = defaultdict(set)
        for told in self.told:
            found[possible_key(told)].add(self.key(told))
        return found


def join_of(one: Told, other: Told, rule: str, why: str, key: str) -> Join:
    """That two reports are of the meeting `key`."""
    return Join(key, one.mention, other.mention, slug(rule), why)


def resolve_meetings(
    reports: Iterable[Told],
    wordings: Wordings,
    judgements: Judgements,
    pairs: Callable[[Sequence[Told]], Iterable[tuple[int, int]]] | None = None,
) -> Meetings:
    """Which reports are of one meeting; `pairs` says which to compare, else `candidates`.

    Two meetings that one article tells apart stay apart, and so do those that people judged
    different; those that they judged the same are one.
    """
    told = sorted(reports, key=lambda t: t.report)
    near = [
        (i, j, likeness)
        for i, j in sorted((pairs or candidates)(told))
        if (likeness := weigh(told[i], told[j], wordings)) is not None
    ]
    scored = sorted((-likeness.points, i, j, likeness) for i, j, likeness in near if likeness.one)
    vague = _vague(told, scored)
    number_of = {t.mention: i for i, t in enumerate(told)}
    apart: dict[int, set[int]] = defaultdict(set)
    for pair in judgements.pairs("meeting", "different"):
        if all(mention in number_of for mention in pair):
            left, right = (number_of[mention] for mention in pair)
            apart[left].add(right)
            apart[right].add(left)
    meetings = Partition(len(told))
    groups = {i: [t] for i, t in enumerate(told)}
    members = {i: {i} for i in groups}
    found: list[tuple[int, int, str, str]] = []

    def join(i: int, j: int, rule: str, why: str) -> None:
        a, b = sorted((meetings.find(i), meetings.find(j)))
        if a != b:
            meetings.join(a, b)
            groups[a] += groups.pop(b)
            members[a] |= members.pop(b)
            found.append((min(i, j), max(i, j), rule, why))

    for pair, reason in sorted(judgements.pairs("meeting", "same").items()):
        if all(mention in number_of for mention in pair):
            left, right = (number_of[mention] for mention in pair)
            join(left, right, DECISION, reason)
    for _, i, j, likeness in scored:
        a, b = sorted((meetings.find(i), meetings.find(j)))
        judged = any(not apart[k].isdisjoint(members[b]) for k in members[a])
        if a == b or judged or i in vague or j in vague or not _can_be_one(groups[a], groups[b]):
            continue
        join(i, j, REPORTS_OF_ONE, likeness.words)
    return Meetings(
        meetings=[sorted(group, key=lambda t: t.report) for group in groups.values()],
        joined=[(told[i], told[j], rule, why) for i, j, rule, why in found],
        told=told,
        near=near,
    )


def candidates(told: Sequence[Told]) -> set[tuple[int, int]]:
    """Pairs of reports that share an agency and the day, or two agencies and the season."""
    found: dict[Block, list[int]] = defaultdict(list)
    for number, t in enumerate(told):
        for block in blocks(t):
            found[block].append(number)
    return {
        (i, j)
        for block, numbers in found.items()
        if len(numbers) <= LARGEST_BLOCK
        for i, j in combinations(numbers, 2)
        if together(block, told[i], told[j])
    }


def blocks(told: Told) -> Iterator[Block]:
    """Where others are looked for that a report may be compared with."""
    if told.start:
        for agency in told.agencies:
            for day in (told.start, _shift(told.start, 1)):
                yield ("day", agency, day)
    span = _ordinal(told.seen) // NEWS_SPAN if told.seen else None
    spans = [NEVER] if span is None else [NEVER, str(span), str(span + 1)]
    for pair in combinations(sorted(told.agencies), 2):
        for name in spans:
            yield ("pair", *pair, name)


def together(block: Block, a: Told, b: Told) -> bool:
    """Whether two reports of a block are compared: of those with a day the season says it."""
    return block[-1] != NEVER or a.seen is None or b.seen is None


def _ordinal(day: str) -> int:
    return date.fromisoformat(day).toordinal()


def _shift(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days)).isoformat()


def weigh(a: Told, b: Told, wordings: Wordings) -> Likeness | None:
    """What speaks for one meeting and what against it; None if they cannot be one.

    Without a common day the parties of one report have to be among the other's: who visits one
    village after another takes the same people along.
    """
    if _told_apart(a, b) or (days := _days(a, b)) is None:
        return None
    shared = len(a.agencies & b.agencies)
    fewer = min(len(a.agencies), len(b.agencies))
    if shared < max(2, fewer / 2 if days == SAME_DAY else fewer):
        return None
    subject = (
        ("topics", _weigh(a.topics, b.topics, some=0)),
        ("venue", int(bool(a.place & b.place))),
        ("wording", 2 * (_likeness(a, b, wordings) >= SAME_WORDING)),
        ("copies", 2 * (a.copy_of is not None and a.copy_of == b.copy_of)),
    )
    kind = 1 if a.kind == b.kind else 0 if {a.kind, b.kind} <= _ENCOUNTERS else -2
    evidence = (
        (_DAY_WORDS[days], days),
        ("people", _weigh(a.persons, b.persons, some=1)),
        ("kind", kind),
        *subject,
    )
    return Likeness(evidence, sum(points for _, points in subject), NEEDED[days])


def _likeness(a: Told, b: Told, wordings: Wordings) -> float:
    return wordings.likeness(a.report.article, b.report.article)


def _told_apart(a: Told, b: Told) -> bool:
    """Whether one article, or one outlet, tells of the two as of two.

    An outlet reports a meeting once, or copies itself; its next article of that day is of the
    next meeting, told in much the same words.
    """
    if a.report.article == b.report.article:
        return True
    one_outlet = a.publisher is not None and a.publisher == b.publisher
    return one_outlet and (a.copy_of is None or a.copy_of != b.copy_of)


def _days(a: Told, b: Told) -> int | None:
    """The points for the days; None if they cannot be those of one meeting."""
    if a.start is None or b.start is None or a.end is None or b.end is None:
        near = not a.seen or not b.seen or abs(_ordinal(a.seen) - _ordinal(b.seen)) <= NEWS_SPAN
        return NO_DAY if near else None
    if a.start <= b.end and b.start <= a.end:
        return SAME_DAY
    return NEIGHBOR_DAYS if _shift(min(a.start, b.start), 1) == max(a.start, b.start) else None


def _weigh(a: frozenset[Any], b: frozenset[Any], *, some: int) -> int:
    """2 if half of the shorter list is in the other, `some` for less, -1 for nothing in common; 0
    where one says nothing."""
    if not a or not b:
        return 0
    shared = len(a & b)
    if not shared:
        return -1
    return 2 if 2 * shared >= min(len(a), len(b)) else some


def _vague(
    told: Sequence[Told], scored: Sequence[tuple[int, int, int, Likeness]]
) -> frozenset[int]:
    """Undated reports that fit meetings of several days equally well: better left alone."""
    days: dict[int, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    for points, i, j, _ in scored:
        for one, other in ((i, j), (j, i)):
            day = told[other].start
            if told[one].start is None and day is not None:
                days[one][points].add(day)
    return frozenset(i for i, by_points in days.items() if len(by_points[min(by_points)]) > 1)


def _can_be_one(a: Sequence[Told], b: Sequence[Told]) -> bool:
    """Whether all days of the two agree and no article or outlet tells them apart."""
    return not any(
        _told_apart(x, y) or (x.start and y.start and _days(x, y) is None) for x in a for y in b
    )


class First(NamedTuple):
    """What a meeting's key is made of: its first report, and the key by what that says alone
    (`key`) or by where it stands as well (`longer`).

    The first is the earliest published: later ones do not change the key, nor does a better name
    for one of its agencies, as the digest is of the names as written.
    """

    published: str
    report: Report
    key: str
    longer: str

    @classmethod
    def of(cls, meeting: Sequence[Told]) -> First:
        """The first of the reports of a meeting."""
        first = min(meeting, key=lambda t: (t.published or "9999", t.report))
        day, content = _day(meeting) or "undated", _content(first)
        return cls(
            first.published or "9999",
            first.report,
            f"{day}-{_digest(content)}",
            f"{day}-{_digest([*content, *map(str, first.report)])}",
        )


def assign_keys(firsts: Sequence[First]) -> list[str]:
    """Day and digest of what the first report of each meeting says.

    Of meetings of which the same is said the first has the key; the others' digest is of the place
    of their report too.
    """
    key_of: dict[First, str] = {}
    taken: set[str] = set()
    for first in sorted(firsts):
        key_of[first] = first.longer if first.key in taken else first.key
        taken.add(key_of[first])
    return [key_of[first] for first in firsts]


def possible_key(told: Told) -> str:
    """The key that a meeting would have by one report alone."""
    return f"{told.start or 'undated'}-{_digest(_content(told))}"


def _content(told: Told) -> list[str]:
    return [told.kind, *sorted(told.organizations), "", *sorted(told.topics)]


def _digest(content: Sequence[str]) -> str:
    return blake2b("\n".join(content).encode(), digest_size=5).hexdigest()


def _day(told: Sequence[Told]) -> str | None:
    """The day that most reports give, of equals the earliest."""
    days = Counter(t.start for t in told if t.start)
    return min(days, key=lambda day: (-days[day], day), default=None)
