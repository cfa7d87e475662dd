"""What the stages hand to one another. Everything is frozen; offsets are Unicode code points.

`Extraction.to_json` is the contract of `sinergi extract` (docs/data-model.md).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Article:
    """One news text as read. `text` is what every span counts into.

    `published` is an ISO day or None; `sha256` is of the UTF-8 bytes of `text`;
    `source` says where it was read ("releases.jsonl, line 12"), for messages only.
    """

    id: str
    title: str
    text: str
    published: str | None = None
    publisher: str | None = None
    url: str | None = None
    sha256: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """`quote` is `article.text[start:end]`, to the letter."""

    start: int
    end: int
    quote: str

    def to_json(self) -> dict[str, Any]:
        return {"start": self.start, "end": self.end, "quote": self.quote}


Spans = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Official:
    """A named person in a post (or rank, or institution) as one article states it."""

    person: str  # without honorific, rank and degrees
    post: str | None  # expanded, without the organization
    organization: str | None  # full official name with region
    rank: str | None = None
    degrees: tuple[str, ...] = ()
    post_label: str | None = None  # the post as the text writes it
    aliases: tuple[str, ...] = ()  # other forms of the name in this article
    former: bool = False  # 'mantan'
    spans: Spans = ()


@dataclass(frozen=True, slots=True)
class Participation:
    """A named person taking part in a meeting."""

    person: str
    organization: str | None  # acted for
    role: str  # host, guest, accompanying, signatory, speaker, attendee
    post: str | None = None  # acted in
    accompanies: str | None = None  # a person of the same meeting
    represents: str | None = None  # a person or organization stood in for ('mewakili')
    spans: Spans = ()
    # What the report has of them: told (what they do at the meeting), quoted (only what they
    # say), named (only their name).
    basis: str = "told"


@dataclass(frozen=True, slots=True)
class Party:
    """An organization taking part in a meeting; `role` where its side follows from the text."""

    organization: str
    role: str | None = None
    spans: Spans = ()
    basis: str = "told"  # as of a Participation


@dataclass(frozen=True, slots=True)
class Topic:
    label: str  # verbatim from the text
    spans: Spans = ()


@dataclass(frozen=True, slots=True)
class Agreement:
    """What was signed or agreed at a meeting."""

    title: str
    kind: str  # mou, pks, hibah, komitmen, lainnya
    parties: tuple[str, ...] = ()
    spans: Spans = ()


@dataclass(frozen=True, slots=True)
class Meeting:
    """Two or more institutions meeting, visiting, signing or acting together."""

    kind: str
    status: str  # held, planned, postponed
    organizations: tuple[Party, ...]
    date: str | None = None
    end_date: str | None = None
    date_conflict: bool = False  # weekday and day of the month disagree
    place: str | None = None
    participants: tuple[Participation, ...] = ()
    topics: tuple[Topic, ...] = ()
    agreement: Agreement | None = None
    date_spans: Spans = ()
    place_spans: Spans = ()
    spans: Spans = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """What someone said, direct or reported; `commitment` where it promises to act."""

    speaker: str | None  # a person, where the text lets us name one
    organization: str | None  # spoken for
    text: str
    direct: bool
    commitment: bool = False
    post: str | None = None
    spans: Spans = ()


@dataclass(frozen=True, slots=True)
class Gloss:
    """An abbreviation the text itself explains, and what the registry says of it."""

    abbreviation: str
    text: str  # the text's own expansion, which stands
    registry: str | None  # the registry's, where it has one
    spans: Spans = ()

    @property
    def differs(self) -> bool:
        return self.registry is not None and self.registry.casefold() != self.text.casefold()


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that one article states."""

    article: Article
    officials: tuple[Official, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    statements: tuple[Statement, ...] = ()
    glosses: tuple[Gloss, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The contract: one JSON object an article."""
        a = self.article
        return {
            "id": a.id,
            "title": a.title,
            "published": a.published,
            "publisher": a.publisher,
            "url": a.url,
            "sha256": a.sha256,
            "officials": [
                {
                    "person": o.person,
                    "aliases": list(o.aliases),
                    "rank": o.rank,
                    "degrees": list(o.degrees),
                    "post": o.post,
                    "post_label": o.post_label,
                    "organization": o.organization,
                    "former": o.former,
                    "spans": _json(o.spans),
                }
                for o in self.officials
            ],
            "meetings": [
                {
                    "kind": m.kind,
                    "status": m.status,
                    "date": m.date,
                    "end_date": m.end_date,
                    "date_conflict": m.date_conflict,
                    "date_spans": _json(m.date_spans),
                    "place": m.place,
                    "place_spans": _json(m.place_spans),
                    "organizations": [p.organization for p in m.organizations],
                    "organization_roles": [p.role for p in m.organizations],
                    "organization_bases": [p.basis for p in m.organizations],
                    "organization_spans": [_json(p.spans) for p in m.organizations],
                    "participants": [
                        {
                            "person": p.person,
                            "organization": p.organization,
                            "post": p.post,
                            "role": p.role,
                            "accompanies": p.accompanies,
                            "represents": p.represents,
                            "basis": p.basis,
                            "spans": _json(p.spans),
                        }
                        for p in m.participants
                    ],
                    "topics": [t.label for t in m.topics],
                    "topic_spans": [_json(t.spans) for t in m.topics],
                    "agreement": m.agreement.title if m.agreement else None,
                    "agreement_kind": m.agreement.kind if m.agreement else None,
                    "agreement_parties": list(m.agreement.parties) if m.agreement else [],
                    "agreement_spans": _json(m.agreement.spans) if m.agreement else [],
                    "spans": _json(m.spans),
                }
                for m in self.meetings
            ],
            "statements": [
                {
                    "speaker": s.speaker,
                    "organization": s.organization,
                    "post": s.post,
                    "text": s.text,
                    "direct": s.direct,
                    "commitment": s.commitment,
                    "spans": _json(s.spans),
                }
                for s in self.statements
            ],
            "glosses": [
                {
                    "abbreviation": g.abbreviation,
                    "text": g.text,
                    "registry": g.registry,
                    "differs": g.differs,
                    "spans": _json(g.spans),
                }
                for g in self.glosses
            ],
        }


def _json(spans: Spans) -> list[dict[str, Any]]:
    return [s.to_json() for s in spans]


@dataclass(frozen=True, slots=True)
class Links:
    """Which canonical things one article's mentions are; keys are the tails of their IRIs.

    `persons` and `agencies` go from the name as extracted to the key; `meetings` stands in the
    order of `Extraction.meetings`.
    """

    persons: dict[str, str] = field(default_factory=dict)
    agencies: dict[str, str] = field(default_factory=dict)
    meetings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Agency:
    """A canonical agency: from the registry where it knows it, else from its normal form."""

    key: str
    name: str
    kind: str | None = None  # key of data/agency_kinds.csv
    sector: str | None = None
    parent: str | None = None  # key of another agency
    region: str | None = None  # region code
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Person:
    """A canonical official; `aliases` are the other forms the articles use."""

    key: str
    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class Join:
    """That two mentions were taken for one thing, and why.

    `thing` is the key of what both are of; `left` and `right` are mentions as in a `Decision`, the
    least of each side. `rule` is a concept of vocab:join-rule, `why` says in words what agreed,
    where the rule alone does not.
    """

    thing: str
    left: str
    right: str
    rule: str
    why: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Replacement:
    """A key that a thing would have by part of its mentions alone, and the key that it has.

    Fewer articles may have given it the former key; so it keeps leading to the thing.
    """

    kind: str  # agency, meeting, person
    old: str
    key: str


@dataclass(frozen=True, slots=True, order=True)
class Candidate:
    """Two things, by their keys, that may be one: a near miss of the rules.

    `left` and `right` are a mention of each, as in a `Decision`, `score` is in points above the
    line from which such pairs are one (below 0 here, mostly), `why` says in words what weighs.
    """

    kind: str  # agency, meeting, person
    one: str
    other: str
    left: str
    right: str
    score: int
    why: str


@dataclass(frozen=True, slots=True, order=True)
class Decision:
    """A person's judgement on two mentions: `same`, `different`, `unsure` or `withdrawn`.

    A mention is written 'person:ARTICLE#NAME', 'agency:NAME' or 'meeting:ARTICLE@START', with
    names as extracted and the code point at which the meeting's first passage starts.
    """

    left: str
    right: str
    judgement: str
    reason: str
    reviewer: str
    date: str  # ISO day


@dataclass(frozen=True, slots=True, order=True)
class Refusal:
    """A decision that has no effect, and why not, in words."""

    decision: Decision
    why: str


@dataclass(frozen=True, slots=True, order=True)
class Suppression:
    """That a person or an article is to be in no output.

    `subject` is a person's name, or the IRI of a person or an article, or an article's address.
    """

    subject: str
    reason: str
    date: str  # ISO day


@dataclass(frozen=True, slots=True)
class Resolution:
    """Every canonical thing of a set of articles, and each article's links to them.

    `duplicates` says of every article that has near copies (syndicated releases) which one of
    them, itself included, stands for all. `joins` says why mentions are one thing; `decisions` are
    the judgements in force, each with the keys of what it is on, `refusals` those that are not.
    `replaced` are keys that lead to another; `candidates` are things that may be one, of which no
    decision says that they are not.
    """

    agencies: dict[str, Agency]
    persons: dict[str, Person]
    links: dict[str, Links]  # by article id
    duplicates: dict[str, str] = field(default_factory=dict)
    joins: tuple[Join, ...] = ()
    decisions: dict[Decision, tuple[str, ...]] = field(default_factory=dict)
    refusals: tuple[Refusal, ...] = ()
    replaced: tuple[Replacement, ...] = ()
    candidates: tuple[Candidate, ...] = ()
