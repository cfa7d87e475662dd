"""What the page shows, as frozen records with nothing of RDF or HTML in them.

Texts are shown as they stand. Lists may come in any order: the page sorts them, so that equal
models give equal pages. Days are ISO ("2025-05-19"); None stands for what the sources do not say.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sinergi.graph.quality import QualityFigure


@dataclass(frozen=True, slots=True)
class Quote:
    """A verbatim sentence, and the phrases in it (verbatim too) that state the fact."""

    text: str
    phrases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """An article that reports a meeting, and what it says of it.

    `states` are (what, value) pairs of what this article alone says, with `what` one of date, kind,
    place, agency, official; a meeting's sources are compared by them.
    """

    headline: str
    outlet: str | None = None
    url: str | None = None
    published: str | None = None
    quotes: tuple[Quote, ...] = ()
    states: tuple[tuple[str, str], ...] = ()
    article: str | None = None  # its key, which tells articles of one headline apart
    copy: bool = False  # of another outlet's text: no witness of its own


@dataclass(frozen=True, slots=True)
class Attendee:
    """An official at a meeting: in which office, on whose behalf, in which role."""

    official: str  # key of a PageOfficial
    agency: str | None = None  # key of the PageAgency acted for
    post: str | None = None
    role: str | None = None  # a key of the role vocabulary
    accompanies: str | None = None  # name
    represents: str | None = None  # name
    basis: str | None = None  # a key of the basis vocabulary, unless told


@dataclass(frozen=True, slots=True)
class PageMeeting:
    key: str
    agencies: tuple[str, ...]  # keys of PageAgency
    kind: str  # a key of the meeting-kind vocabulary
    status: str = "held"  # held, planned, postponed
    date: str | None = None
    end_date: str | None = None
    place: str | None = None
    topics: tuple[str, ...] = ()
    attendees: tuple[Attendee, ...] = ()
    agreement: str | None = None
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Office:
    """A post held in an agency; `attested` is the latest day on which a source says so."""

    agency: str  # key of a PageAgency
    post: str
    attested: str | None = None
    former: bool = False


@dataclass(frozen=True, slots=True)
class PageOfficial:
    key: str
    name: str
    offices: tuple[Office, ...] = ()
    also: tuple[str, ...] = ()  # other names, by which it is found


@dataclass(frozen=True, slots=True)
class PageAgency:
    key: str
    label: str
    kind: str | None = None  # label
    sector: str | None = None  # key of PageModel.sectors
    parent: str | None = None  # label
    region: str | None = None  # label
    region_code: str | None = None  # "33.07" lies in "33"
    ministry: str | None = None  # label of the highest body it stands under
    also: tuple[str, ...] = ()  # other names, by which it is found


@dataclass(frozen=True, slots=True)
class PageModel:
    """Everything on one page.

    `sectors` goes from a sector's key to its Indonesian and English label; `articles` is how many
    articles were read, those without a meeting included. `quality` are the figures by which the
    rules that read them were measured.
    """

    agencies: tuple[PageAgency, ...]
    officials: tuple[PageOfficial, ...]
    meetings: tuple[PageMeeting, ...]
    sectors: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    articles: int = 0
    quality: tuple[QualityFigure, ...] = ()


@dataclass(frozen=True, slots=True)
class PageText:
    """What the page says of itself, as plain text; empty lines part paragraphs.

    `title` and the others stand for both languages. `quality` is how well extraction was measured
    to work ("F1 0.87 on 120 articles, ..."), in the place of the model's figures; `license` is that
    of the page's data.
    """

    title: str | None = None
    about: str | None = None
    license: str | None = None
    quality: str | None = None
