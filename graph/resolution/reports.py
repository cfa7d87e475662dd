"""What each article says of a meeting, in the form that is compared."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from math import sqrt
from typing import NamedTuple

from sinergi.graph.model import Extraction
from sinergi.graph.resolution.decisions import meeting_mentions
from sinergi.graph.resolution.names import fold

COMMON_WEIGHT = 0.09
"""What a common word counts in `Wording`, where a name, a number or a rare word counts 1. Found on
second reports and on other meetings of the same agencies, which it parts best."""

_SHORTEST_WORD = 3
_KEPT = 4096  # wordings: reports of one season lie near one another
_STOP = """
ada adalah agar akan antara atas atau aula bagi bahwa bersama dalam dan dari dengan di dua gedung
guna hal hingga ini itu juga kabupaten kantor kegiatan kepada kota ke lebih melalui oleh pada para
pelaksanaan peningkatan program provinsi rangka rapat ruang ruangan se sebagai secara serta tahun
tentang terhadap tersebut untuk wilayah yang
"""
_FUNCTION_WORDS = frozenset(_STOP.split())
# Longest first.
_PREFIXES = ("peng", "meng", "pem", "pen", "per", "mem", "men", "ber", "pe", "me", "di", "ke")
_SUFFIXES = ("annya", "nya", "kan", "an", "i")


class Report(NamedTuple):
    """Where a meeting is reported: the article's id and the position among its meetings."""

    article: str
    position: int


class Wording:
    """The words of an article, weighed by how much they tell."""

    def __init__(self, text: str, common: frozenset[str]) -> None:
        words = {word for word in fold(text).split() if len(word) >= _SHORTEST_WORD}
        self._telling = words - common
        self._common = words & common
        self._norm = sqrt(len(self._telling) + COMMON_WEIGHT * len(self._common))

    def likeness(self, other: Wording) -> float:
        """The cosine of the two: 0 for no word in common, 1 for the same words."""
        if not self._norm or not other._norm:
            return 0.0
        shared = len(self._telling & other._telling)
        shared_common = len(self._common & other._common)
        return (shared + COMMON_WEIGHT * shared_common) / (self._norm * other._norm)


class Wordings:
    """The wording of articles by their id, made when it is asked for and not kept for long."""

    def __init__(self, text_of: Callable[[str], str], common: frozenset[str]) -> None:
        self._of = lru_cache(maxsize=_KEPT)(lambda article: Wording(text_of(article), common))

    def likeness(self, one: str, other: str) -> float:
        """How alike two articles are worded; see `Wording.likeness`."""
        return self._of(one).likeness(self._of(other))


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """A meeting as one article tells it.

    `agencies` and `persons` are names as written before `with_keys`, then what these are found to
    be.
    """

    report: Report
    mention: str  # as decisions write it
    start: str | None
    end: str | None
    published: str | None
    publisher: str | None
    kind: str
    organizations: tuple[str, ...]  # as written
    agencies: frozenset[str]
    persons: frozenset[object]
    topics: frozenset[str]
    place: frozenset[str]
    copy_of: str | None = None

    @property
    def seen(self) -> str | None:
        """The meeting's day, or about it."""
        return self.start or self.published

    def with_keys(
        self, agency_of: Mapping[str, str], person_of: Mapping[str, object], copy_of: str | None
    ) -> Told:
        """With keys of agencies, marks that are equal for one person, and the article copied."""
        return replace(
            self,
            agencies=frozenset(agency_of[name] for name in self.organizations),
            persons=frozenset(person_of[name] for name in self.persons),  # type: ignore[index]
            copy_of=copy_of,
        )


def read_reports(extraction: Extraction) -> Iterator[Told]:
    """Every meeting that an article tells of."""
    article = extraction.article
    mentions = meeting_mentions(extraction)
    for position, meeting in enumerate(extraction.meetings):
        title = meeting.agreement.title if meeting.agreement else ""
        organizations = tuple(party.organization for party in meeting.organizations)
        yield Told(
            report=Report(article.id, position),
            mention=mentions[position],
            start=meeting.date,
            end=meeting.end_date or meeting.date,
            published=article.published,
            publisher=article.publisher,
            kind=meeting.kind,
            organizations=organizations,
            agencies=frozenset(organizations),
            persons=frozenset(part.person for part in meeting.participants),
            topics=_content(" ".join([*(topic.label for topic in meeting.topics), title])),
            # What a venue has of its own: 'Aula Kantor Bupati X' says no more than the host.
            place=_content(meeting.place or "") - _content(" ".join(organizations)),
        )


def _content(text: str) -> frozenset[str]:
    """Content words of `text`, without the affixes that make 'kerja' of 'bekerja'."""
    words = (w for w in fold(text).split() if len(w) >= _SHORTEST_WORD)
    return frozenset(_stem(word) for word in words if word not in _FUNCTION_WORDS)


def _stem(word: str) -> str:
    for prefix in _PREFIXES:
        if word.startswith(prefix) and len(word) - len(prefix) > 4:
            word = word[len(prefix) :]
            break
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) > 3:
            return word[: -len(suffix)]
    return word
