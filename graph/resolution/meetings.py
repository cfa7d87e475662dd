"""One meeting in several reports.

Reports of a meeting name its agencies, and mostly a day; beyond these they differ: one names four
people, another six, a third gives no day. Two reports are taken for one meeting when people,
kind, topics and place together outweigh what contradicts.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from hashlib import blake2b
from itertools import combinations

from sinergi.graph.model import Extraction
from sinergi.graph.resolution.partition import Partition
from sinergi.graph.resolution.reports import Report, Told, read_reports

SAME_DAY, NEIGHBOR_DAYS, NO_DAY = 3, 1, 0
"""Points for days. Neighbors: one of two reports has the weekday wrong."""

NEEDED = {SAME_DAY: 6, NEIGHBOR_DAYS: 7, NO_DAY: 5}
"""Points (see `_points`) from which two reports are of one meeting, by what their days say.

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

# Kinds that one outlet's word or another's makes of the same visit to an office.
_ENCOUNTERS = frozenset(("audiensi", "kunjungan", "silaturahmi", "pertemuan", "rapat"))


def resolve_meetings(
    extractions: Sequence[Extraction],
    agency_of: Mapping[str, str],
    person_of: Mapping[str, Mapping[str, str]],
    duplicates: Mapping[str, str],
    common: frozenset[str],
) -> dict[str, tuple[str, ...]]:
    """Article id -> the keys of the meetings that it reports, in its order.

    `agency_of` tells the key of an organization's name, `person_of` that of a person's name in an
    article, `duplicates` which articles are copies (`near_duplicates`), `common` which words any
    article may have. Two meetings that one article tells apart stay apart.
    """
    told = sorted(
        read_reports(extractions, agency_of, person_of, duplicates, common),
        key=lambda t: t.report,
    )
    scored = []
    for i, j in sorted(_candidates(told)):
        points = _points(told[i], told[j])
        if points is not None:
            scored.append((-points, i, j))
    scored.sort()
    vague = _vague(told, scored)
    meetings = Partition(len(told))
    reports = {i: [t] for i, t in enumerate(told)}
    for _, i, j in scored:
        a, b = sorted((meetings.find(i), meetings.find(j)))
        if a == b or i in vague or j in vague or not _can_be_one(reports[a], reports[b]):
            continue
        meetings.join(a, b)
        reports[a] += reports.pop(b)
    key_of = _keys([sorted(group, key=lambda t: t.report) for group in reports.values()])
    return {
        e.article.id: tuple(key_of[Report(e.article.id, i)] for i in range(len(e.meetings)))
        for e in extractions
    }


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


def _points(a: Told, b: Told) -> int | None:
    """What speaks for one meeting less what speaks against it; None if it is not enough.

    Without a common day the parties of one report have to be among the other's: who visits one
    village after another takes the same people along.
    """
    if _told_apart(a, b) or (days := _days(a, b)) is None:
        return None
    shared = len(a.agencies & b.agencies)
    fewer = min(len(a.agencies), len(b.agencies))
    if shared < max(2, fewer / 2 if days == SAME_DAY else fewer):
        return None
    subject = _weigh(a.topics, b.topics, some=0) + bool(a.place & b.place)
    subject += 2 * (a.wording.likeness(b.wording) >= SAME_WORDING)
    subject += 2 * (a.copy_of is not None and a.copy_of == b.copy_of)
    points = days + subject + _weigh(a.persons, b.persons, some=1)
    if a.kind == b.kind:
        points += 1
    elif not {a.kind, b.kind} <= _ENCOUNTERS:
        points -= 1
    return points if subject > 0 and points >= NEEDED[days] else None


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


def _vague(told: Sequence[Told], scored: Sequence[tuple[int, int, int]]) -> frozenset[int]:
    """Undated reports that fit meetings of several days equally well: better left alone."""
    days: dict[int, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    for points, i, j in scored:
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
        content = [first.kind, *sorted(first.organizations), "", *sorted(first.topics)]
        day = _day(meetings[i]) or "undated"
        key = f"{day}-{_digest(content)}"
        if key in taken:
            key = f"{day}-{_digest([*content, *map(str, first.report)])}"
        taken.add(key)
        key_of.update((t.report, key) for t in meetings[i])
    return key_of


def _publication(told: Told) -> tuple[str, Report]:
    return (told.published or "9999", told.report)


def _digest(content: Sequence[str]) -> str:
    return blake2b("\n".join(content).encode(), digest_size=5).hexdigest()


def _day(told: Sequence[Told]) -> str | None:
    """The day that most reports give, of equals the earliest."""
    days = Counter(t.start for t in told if t.start)
    return min(days, key=lambda day: (-days[day], day), default=None)
