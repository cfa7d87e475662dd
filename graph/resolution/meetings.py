"""One meeting in several reports.

Reports of a meeting name its agencies, and mostly a day; beyond these they differ: one names four
people, another six, a third gives no day. Two reports are taken for one meeting when people,
kind, topics and place together outweigh what contradicts.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import blake2b
from itertools import combinations

from sinergi.graph.model import Extraction, Join
from sinergi.graph.resolution.decisions import Judgements
from sinergi.graph.resolution.names import slug
from sinergi.graph.resolution.partition import Partition
from sinergi.graph.resolution.reports import Report, Told, read_reports
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


@dataclass(slots=True)
class Meetings:
    """What became of the reports: their keys, why they are one, and which pairs were close."""

    key_of: dict[str, tuple[str, ...]]  # by article, in its order
    joins: list[Join]
    told: list[Told]
    near: list[tuple[int, int, Likeness]]  # pairs of `told` that were weighed

    @property
    def other_keys(self) -> dict[str, set[str]]:
        """For each key that a meeting would have by one report alone: whose it could be."""
        found: dict[str, set[str]] = defaultdict(set)
        for told in self.told:
            key = self.key_of[told.report.article][told.report.position]
            found[f"{told.start or 'undated'}-{_digest(_content(told))}"].add(key)
        return found


def resolve_meetings(
    extractions: Sequence[Extraction],
    agency_of: Mapping[str, str],
    person_of: Mapping[str, Mapping[str, str]],
    duplicates: Mapping[str, str],
    common: frozenset[str],
    judgements: Judgements,
) -> Meetings:
    """Which meetings that the articles report are one.

    `agency_of` tells the key of an organization's name, `person_of` that of a person's name in an
    article, `duplicates` which articles are copies (`near_duplicates`), `common` which words any
    article may have. Two meetings that one article tells apart stay apart, and so do those that
    people judged different; those that they judged the same are one.
    """
    told = sorted(
        read_reports(extractions, agency_of, person_of, duplicates, common),
        key=lambda t: t.report,
    )
    near = [
        (i, j, likeness)
        for i, j in sorted(_candidates(told))
        if (likeness := weigh(told[i], told[j])) is not None
    ]
    scored = sorted((-likeness.points, i, j, likeness) for i, j, likeness in near if likeness.one)
    vague = _vague(told, scored)
    number_of = {t.mention: i for i, t in enumerate(told)}
    apart: dict[int, set[int]] = defaultdict(set)
    for pair in judgements.pairs("meeting", "different"):
        left, right = (number_of[mention] for mention in pair)
        apart[left].add(right)
        apart[right].add(left)
    meetings = Partition(len(told))
    reports = {i: [t] for i, t in enumerate(told)}
    members = {i: {i} for i in reports}
    found: list[tuple[int, int, str, str]] = []

    def join(i: int, j: int, rule: str, why: str) -> None:
        a, b = sorted((meetings.find(i), meetings.find(j)))
        if a != b:
            meetings.join(a, b)
            reports[a] += reports.pop(b)
            members[a] |= members.pop(b)
            found.append((min(i, j), max(i, j), rule, why))

    for pair, reason in sorted(judgements.pairs("meeting", "same").items()):
        left, right = (number_of[mention] for mention in pair)
        join(left, right, DECISION, reason)
    for _, i, j, likeness in scored:
        a, b = sorted((meetings.find(i), meetings.find(j)))
        judged = any(not apart[k].isdisjoint(members[b]) for k in members[a])
        if a == b or judged or i in vague or j in vague or not _can_be_one(reports[a], reports[b]):
            continue
        join(i, j, REPORTS_OF_ONE, likeness.words)
    key_of = _keys([sorted(group, key=lambda t: t.report) for group in reports.values()])
    return Meetings(
        key_of={
            e.article.id: tuple(key_of[Report(e.article.id, i)] for i in range(len(e.meetings)))
            for e in extractions
        },
        joins=[
            Join(key_of[told[i].report], told[i].mention, told[j].mention, slug(rule), why)
            for i, j, rule, why in found
        ],
        told=told,
        near=near,
    )


def _candidates(told: Sequence[Told]) -> set[tuple[int, int]]:
    """Pairs of reports that share an agency and the day, or two agencies and the season."""
    blocks: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, t in enumerate(told):
        if t.start:
            for agency in t.agencies:
                for day in (t.start, _shift(t.start, 1)):
                    blocks["day", agency, day].append(number)
        span = _ordinal(t.seen) // NEWS_SPAN if t.seen else None
        spans = ["never"] if span is None else ["never", str(span), str(span + 1)]
        for pair in combinations(sorted(t.agencies), 2):
            for name in spans:
                blocks["pair", *pair, name].append(number)
    pairs: set[tuple[int, int]] = set()
    for key, block in sorted(blocks.items()):
        if len(block) <= LARGEST_BLOCK:
            undated = key[-1] == "never"
            pairs.update(
                (i, j)
                for i, j in combinations(block, 2)
                if not undated or told[i].seen is None or told[j].seen is None
            )
    return pairs


def _ordinal(day: str) -> int:
    return date.fromisoformat(day).toordinal()


def _shift(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days)).isoformat()


def weigh(a: Told, b: Told) -> Likeness | None:
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
        ("wording", 2 * (a.wording.likeness(b.wording) >= SAME_WORDING)),
        ("copies", 2 * (a.copy_of is not None and a.copy_of == b.copy_of)),
    )
    kind = 1 if a.kind == b.kind else 0 if {a.kind, b.kind} <= _ENCOUNTERS else -1
    evidence = (
        (_DAY_WORDS[days], days),
        ("people", _weigh(a.persons, b.persons, some=1)),
        ("kind", kind),
        *subject,
    )
    return Likeness(evidence, sum(points for _, points in subject), NEEDED[days])


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


def _weigh(a: frozenset[str], b: frozenset[str], *, some: int) -> int:
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


def _keys(meetings: Sequence[Sequence[Told]]) -> dict[Report, str]:
    """Day and digest of what the first report of each meeting says.

    The first is the earliest published: later ones do not change the key, nor does a better name
    for one of its agencies, as the digest is of the names as written. Of meetings of which the
    same is said the first has the key; the others' digest is of the place of their report too.
    """
    key_of: dict[Report, str] = {}
    taken: set[str] = set()
    firsts = [min(told, key=_publication) for told in meetings]
    for i in sorted(range(len(meetings)), key=lambda i: _publication(firsts[i])):
        first = firsts[i]
        content = _content(first)
        day = _day(meetings[i]) or "undated"
        key = f"{day}-{_digest(content)}"
        if key in taken:
            key = f"{day}-{_digest([*content, *map(str, first.report)])}"
        taken.add(key)
        key_of.update((t.report, key) for t in meetings[i])
    return key_of


def _publication(told: Told) -> tuple[str, Report]:
    return (told.published or "9999", told.report)


def _content(told: Told) -> list[str]:
    return [told.kind, *sorted(told.organizations), "", *sorted(told.topics)]


def _digest(content: Sequence[str]) -> str:
    return blake2b("\n".join(content).encode(), digest_size=5).hexdigest()


def _day(told: Sequence[Told]) -> str | None:
    """The day that most reports give, of equals the earliest."""
    days = Counter(t.start for t in told if t.start)
    return min(days, key=lambda day: (-days[day], day), default=None)
