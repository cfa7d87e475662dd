"""One meeting in several reports.

Reports of a meeting name its agencies, and mostly a day; beyond these they differ: one names four
people, another six, a third gives no day. Two reports are taken for one meeting when people,
kind, topics and place together outweigh what contradicts.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import blake2b
from itertools import combinations
from typing import NamedTuple

from sinergi.graph.model import Extraction, Links
from sinergi.graph.resolution.names import fold
from sinergi.graph.resolution.partition import Partition

SAME = 4
"""Points (see `_points`) from which two reports of one day are of one meeting. The day gives 3, so
people, kind, topics and place together must not speak against it."""

SAME_BUT_THE_DAY = 5
"""The same where one report gives no day, or the days are neighbors. The same two heads meet often:
people and kind give 3, so topics or place have to agree as well."""

NEWS_SPAN = 21
"""Days within which outlets report one meeting: reports without a day are compared only with
those that appeared, or happened, so near."""

NEIGHBORS = 1
"""Points for days that are neighbors: one of two reports has the weekday wrong."""

LARGEST_BLOCK = 200
"""A block of more reports says nothing and would cost its square."""

# Kinds that one outlet's word or another's makes of the same visit to an office.
_ENCOUNTERS = frozenset(("audiensi", "kunjungan", "silaturahmi", "pertemuan", "rapat"))
_STOP = """
ada adalah agar akan antara atas atau bagi bahwa bersama dalam dan dari dengan di dua guna hal
hingga ini itu juga kabupaten kegiatan kepada kota ke lebih melalui oleh pada para pelaksanaan
peningkatan program provinsi rangka se sebagai secara serta tahun tentang terhadap tersebut untuk
wilayah yang
"""
_FUNCTION_WORDS = frozenset(_STOP.split())
# Longest first.
_PREFIXES = ("peng", "meng", "pem", "pen", "per", "mem", "men", "ber", "pe", "me", "di", "ke")
_SUFFIXES = ("annya", "nya", "kan", "an", "i")


class Report(NamedTuple):
    """Where a meeting is reported: the article's id and the position among its meetings."""

    article: str
    position: int


@dataclass(slots=True)
class _Told:
    """A report ready for comparison."""

    report: Report
    start: str | None
    end: str | None
    published: str | None
    kind: str
    agencies: frozenset[str]
    persons: frozenset[str]
    topics: frozenset[str]
    place: frozenset[str]
    copy_of: str | None

    @property
    def seen(self) -> str | None:
        """The meeting's day, or about it."""
        return self.start or self.published


def resolve_meetings(
    extractions: Iterable[Extraction],
    links: Mapping[str, Links],
    duplicates: Mapping[str, str],
) -> dict[Report, str]:
    """The key of the meeting that each report is of.

    `links` tell which persons and agencies the names of an article are, `duplicates` which
    articles are copies (`near_duplicates`). Two meetings that one article tells apart stay apart.
    """
    told = [t for e in extractions for t in _read(e, links[e.article.id], duplicates)]
    told.sort(key=lambda t: t.report)
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
    return _keys([sorted(group, key=lambda t: t.report) for group in reports.values()])


def _read(extraction: Extraction, links: Links, duplicates: Mapping[str, str]) -> Iterator[_Told]:
    article = extraction.article
    for index, meeting in enumerate(extraction.meetings):
        title = meeting.agreement.title if meeting.agreement else ""
        topics = " ".join([*(topic.label for topic in meeting.topics), title])
        yield _Told(
            report=Report(article.id, index),
            start=meeting.date,
            end=meeting.end_date or meeting.date,
            published=article.published,
            kind=meeting.kind,
            agencies=frozenset(links.agencies[p.organization] for p in meeting.organizations),
            persons=frozenset(links.persons[p.person] for p in meeting.participants),
            topics=_words(topics),
            place=_words(meeting.place or ""),
            copy_of=duplicates.get(article.id),
        )


def _words(text: str) -> frozenset[str]:
    """Content words of `text`, without the affixes that make 'kerja' of 'bekerja'."""
    return frozenset(
        _stem(w) for w in fold(text).split() if len(w) > 2 and w not in _FUNCTION_WORDS
    )


def _stem(word: str) -> str:
    for prefix in _PREFIXES:
        if word.startswith(prefix) and len(word) - len(prefix) > 4:
            word = word[len(prefix) :]
            break
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) > 3:
            return word[: -len(suffix)]
    return word


def _candidates(told: Sequence[_Told]) -> set[tuple[int, int]]:
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


def _points(a: _Told, b: _Told) -> int | None:
    """What speaks for one meeting less what speaks against it; None if it is not enough.

    Without a common day the parties of one report have to be among the other's: who visits one
    village after another takes the same people along.
    """
    days = _days(a, b)
    shared = len(a.agencies & b.agencies)
    fewer = min(len(a.agencies), len(b.agencies))
    least = SAME if days and days > NEIGHBORS else SAME_BUT_THE_DAY
    needed = max(2, fewer if least > SAME else (fewer + 1) // 2)
    if days is None or shared < needed or a.report.article == b.report.article:
        return None
    points = days + _weigh(a.persons, b.persons) + _weigh(a.topics, b.topics)
    if a.kind == b.kind:
        points += 1
    elif not {a.kind, b.kind} <= _ENCOUNTERS:
        points -= 1
    points += bool(a.place & b.place)
    points += 2 * (a.copy_of is not None and a.copy_of == b.copy_of)
    return points if points >= least else None


def _days(a: _Told, b: _Told) -> int | None:
    """3 for one day, 2 for spans that overlap, 1 for neighbors, 0 where a day is missing; None if
    the two cannot be one."""
    if a.start is None or b.start is None or a.end is None or b.end is None:
        near = not a.seen or not b.seen or abs(_ordinal(a.seen) - _ordinal(b.seen)) <= NEWS_SPAN
        return 0 if near else None
    if a.start == b.start:
        return 3
    if a.start <= b.end and b.start <= a.end:
        return 2
    return NEIGHBORS if _shift(min(a.start, b.start), 1) == max(a.start, b.start) else None


def _weigh(a: frozenset[str], b: frozenset[str]) -> int:
    """2 if half of the shorter list is in the other, 1 for less, -1 for nothing in common; 0 where
    one says nothing."""
    if not a or not b:
        return 0
    shared = len(a & b)
    if not shared:
        return -1
    return 2 if 2 * shared >= min(len(a), len(b)) else 1


def _vague(told: Sequence[_Told], scored: Sequence[tuple[int, int, int]]) -> frozenset[int]:
    """Undated reports that fit meetings of several days equally well: better left alone."""
    days: dict[int, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    for points, i, j in scored:
        for one, other in ((i, j), (j, i)):
            day = told[other].start
            if told[one].start is None and day is not None:
                days[one][points].add(day)
    return frozenset(i for i, by_points in days.items() if len(by_points[min(by_points)]) > 1)


def _can_be_one(a: Sequence[_Told], b: Sequence[_Told]) -> bool:
    """No article tells the two apart, and all their days agree."""
    if {t.report.article for t in a} & {t.report.article for t in b}:
        return False
    return all(_days(x, y) is not None for x in a for y in b if x.start and y.start)


def _keys(meetings: Sequence[Sequence[_Told]]) -> dict[Report, str]:
    """Day and digest of what the first report of each meeting says; of equals, its article too.

    The first report is the earliest: later ones do not change the key.
    """
    key_of: dict[Report, str] = {}
    firsts = [min(told, key=lambda t: (t.published or "9999", t.report)) for told in meetings]
    contents = [
        [first.kind, *sorted(first.agencies), "", *sorted(first.topics)] for first in firsts
    ]
    days = [_day(told) or "undated" for told in meetings]
    taken = Counter((day, *content) for day, content in zip(days, contents, strict=True))
    for told, first, day, content in zip(meetings, firsts, days, contents, strict=True):
        if taken[day, *content] > 1:
            content += [first.report.article, str(first.report.position)]
        digest = blake2b("\n".join(content).encode(), digest_size=5).hexdigest()
        key_of.update((t.report, f"{day}-{digest}") for t in told)
    return key_of


def _day(told: Sequence[_Told]) -> str | None:
    """The day that most reports give, of equals the earliest."""
    days = Counter(t.start for t in told if t.start)
    return min(days, key=lambda day: (-days[day], day), default=None)
