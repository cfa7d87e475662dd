"""What a graph tells of, as plain frozen records: the items that exports of a store are made from.

A record gathers what all articles say of one thing, with the quotes that it rests on. Where they
differ, a single value is the first in order (of roles, one that says more than attendee), as on the
page; what each article says by itself stands in `Meeting.reports` and `Membership.attested`. Days
are ISO; None is what no article says. Kinds, statuses, roles and sectors are keys of their schemes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

MOST_NAMED = 3  # agencies in the name of a meeting


class Ref(NamedTuple):
    """A thing that a record points to, and what it is called."""

    iri: str
    name: str


@dataclass(frozen=True, slots=True)
class Source:
    """An article, as what rests on it cites it."""

    iri: str
    id: str
    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    url: str | None = None
    sha256: str | None = None
    copy_of: str | None = None  # the IRI of the article that this one repeats


@dataclass(frozen=True, slots=True)
class Evidence:
    """A span of an article: `text[start:end]`, in code points, is the quote."""

    iri: str
    article: Source
    quote: str
    prefix: str
    suffix: str
    start: int
    end: int


Evidences = tuple[Evidence, ...]


def outermost(evidence: Evidences) -> Evidences:
    """Without spans that lie in another one, as a day lies in its sentence."""
    kept: list[Evidence] = []
    for it in sorted(evidence, key=lambda it: (it.article.iri, it.start, -it.end)):
        if not kept or it.article.iri != kept[-1].article.iri or it.end > kept[-1].end:
            kept.append(it)
    return tuple(kept)


@dataclass(frozen=True, slots=True)
class Concept:
    """A term of a vocabulary: `key` is what other records have."""

    iri: str
    scheme: str
    key: str
    label: str
    english: str | None


@dataclass(frozen=True, slots=True)
class Region:
    iri: str
    code: str
    name: str
    parent: str | None  # code of the region that it lies in


@dataclass(frozen=True, slots=True)
class Agency:
    iri: str
    name: str
    other_names: tuple[str, ...]
    kind: str | None
    sector: str | None
    parent: Ref | None
    region: Region | None
    articles: tuple[Source, ...] = ()
    """All that name it, where it is an item of its own."""


@dataclass(frozen=True, slots=True)
class Change:
    """Agencies that became others on a day."""

    iri: str
    date: str | None
    before: tuple[Ref, ...]
    after: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class Post:
    iri: str
    name: str
    other_names: tuple[str, ...]
    agency: Agency
    articles: tuple[Source, ...]


class Title(NamedTuple):
    """A rank or degree that an article gives an official."""

    kind: str  # rank, degree
    title: str
    article: str


@dataclass(frozen=True, slots=True)
class Official:
    iri: str
    name: str
    other_names: tuple[str, ...]
    titles: tuple[Title, ...]
    articles: tuple[Source, ...]
    evidence: Evidences  # of officials of whom an article says no agency


class Attestation(NamedTuple):
    """That an article says an office is held, on the day it was published, or was held once."""

    article: str
    day: str | None
    former: bool


@dataclass(frozen=True, slots=True)
class Membership:
    """An office held: by whom, where, and in which post, if that is said."""

    iri: str
    official: Ref
    agency: Ref
    post: Ref | None
    attested: tuple[Attestation, ...]
    evidence: Evidences

    @property
    def days(self) -> list[str]:
        """The days on which it is attested as held, sorted."""
        return sorted({a.day for a in self.attested if a.day and not a.former})

    @property
    def former(self) -> bool:
        """Whether an article says that it is no longer held."""
        return any(a.former for a in self.attested)

    @property
    def ended(self) -> bool:
        """Whether that is the last word: no article of a later day says that it is held."""
        said = max((a.day or "" for a in self.attested if a.former), default=None)
        return said is not None and all(day <= said for day in self.days)


@dataclass(frozen=True, slots=True)
class Topic:
    iri: str
    name: str
    other_names: tuple[str, ...]
    evidence: Evidences


@dataclass(frozen=True, slots=True)
class Participation:
    """That an agency or an official took part in a meeting."""

    iri: str
    who: Ref
    person: bool
    role: str | None
    agency: Ref | None  # itself, or the one an official acted for
    post: Ref | None
    accompanies: Ref | None
    represents: Ref | None
    represents_person: bool
    basis: str | None  # the strongest that an article gives
    evidence: Evidences


@dataclass(frozen=True, slots=True)
class Agreement:
    iri: str
    name: str | None
    kind: str | None
    signatories: tuple[Ref, ...]
    evidence: Evidences


@dataclass(frozen=True, slots=True)
class Report:
    """What one article says of a meeting."""

    article: Source
    kind: str | None
    status: str | None
    start: str | None
    end: str | None
    place: str | None
    date_conflict: bool


@dataclass(frozen=True, slots=True)
class Meeting:
    iri: str
    kind: str | None
    status: str | None
    start: str | None
    end: str | None
    place: str | None
    topics: tuple[Ref, ...]
    reports: tuple[Report, ...]
    agencies: tuple[Participation, ...]
    officials: tuple[Participation, ...]
    agreements: tuple[Agreement, ...]
    evidence: Evidences

    def called(self, kinds: Mapping[str, str]) -> str:
        """A name, for formats that want one: its kind and who met. `kinds` are labels of kinds."""
        names = [part.who.name for part in self.agencies]
        more = len(names) - MOST_NAMED
        shown = names[:MOST_NAMED] + ([f"{more} lainnya"] if more > 0 else [])
        kind = kinds.get(self.kind or "", self.kind or "pertemuan")
        return f"{kind[:1].upper()}{kind[1:]}: {', '.join(shown)}"


@dataclass(frozen=True, slots=True)
class Statement:
    iri: str
    official: Ref | None
    agency: Ref | None
    post: Ref | None
    text: str
    direct: bool
    commitment: bool
    evidence: Evidences


@dataclass(frozen=True, slots=True)
class Article:
    source: Source
    statements: tuple[Statement, ...]


Entity = (
    Concept | Region | Agency | Change | Post | Official | Membership | Topic | Meeting | Article
)


class Labels:
    """What the keys of vocabularies are called, from the concepts, which come first."""

    def __init__(self) -> None:
        self._known: dict[str, dict[str, str]] = {}

    def add(self, concept: Concept) -> None:
        self._known.setdefault(concept.scheme, {})[concept.key] = concept.label

    def of(self, scheme: str) -> Mapping[str, str]:
        """Of one vocabulary, by key."""
        return self._known.get(scheme, {})

    def __call__(self, scheme: str, key: str | None) -> str | None:
        """The label of a key; the key itself where it has none."""
        return self.of(scheme).get(key, key) if key else None
