"""Popolo JSON: areas, organizations, posts, persons, memberships, events, speeches in one document.

Ids are the IRIs; `sources` are the articles, each with the quote in its note. What Popolo has no
property for is flagged by a plus sign, as its own patterns advise (popoloproject.com, JSON data
design patterns): "+attested_on" and "+former" of a membership, which has no start_date, since an
article attests an office on its day and does not begin it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TextIO

from sinergi.graph.exports.entities import (
    Agency,
    Agreement,
    Article,
    Concept,
    Entity,
    Evidences,
    Labels,
    Meeting,
    Membership,
    Official,
    Participation,
    Post,
    Region,
    Source,
    outermost,
)

SECTIONS = ("areas", "organizations", "posts", "persons", "memberships", "events", "speeches")
"""In the order in which entities come."""

Thing = dict[str, Any]


class PopoloExport:
    """A thing to a line, the sections in order."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._label = Labels()
        self._started: list[str] = []
        self._of: dict[type, tuple[str, Callable[[Any], Iterator[Thing]]]] = {
            Region: ("areas", _area),
            Agency: ("organizations", self._organization),
            Post: ("posts", _post),
            Official: ("persons", _person),
            Membership: ("memberships", _membership),
            Meeting: ("events", self._event),
            Article: ("speeches", _speeches),
        }
        stream.write("{")

    def write(self, item: Entity) -> None:
        if isinstance(item, Concept):
            self._label.add(item)
        elif known := self._of.get(type(item)):
            section, read = known
            for thing in read(item):
                first = section not in self._started
                if first:
                    self._start(section)
                self._stream.write("\n" if first else ",\n")
                self._stream.write(json.dumps(_without_nothing(thing), ensure_ascii=False))

    def finish(self) -> None:
        for section in SECTIONS:
            if section not in self._started:
                self._start(section)
        self._stream.write("]}\n")

    def _start(self, section: str) -> None:
        self._stream.write(f'{"], " if self._started else ""}"{section}": [')
        self._started.append(section)

    def _organization(self, it: Agency) -> Iterator[Thing]:
        yield {
            "id": it.iri,
            "name": it.name,
            "other_names": [{"name": name} for name in it.other_names],
            "classification": self._label("agency-kind", it.kind),
            "+sector": self._label("sector", it.sector),
            "parent_id": it.parent.iri if it.parent else None,
            "area_id": it.region.iri if it.region else None,
            "sources": _articles(it.articles),
        }

    def _event(self, it: Meeting) -> Iterator[Thing]:
        host = next((part.who.iri for part in it.agencies if part.role == "host"), None)
        yield {
            "id": it.iri,
            "name": it.called(self._label.of("meeting-kind")),
            "classification": self._label("meeting-kind", it.kind),
            "status": it.status,
            "start_date": it.start,
            "end_date": it.end,
            "location": it.place,
            "organization_id": host,
            "attendees": [_attendee(part) for part in it.officials],
            "+organizations": [_attendee(part) for part in it.agencies],
            "+topics": [topic.name for topic in it.topics],
            "+agreements": [_agreement(agreement) for agreement in it.agreements],
            "sources": _sources(it.evidence),
        }


def _area(it: Region) -> Iterator[Thing]:
    parent = it.iri.removesuffix(it.code) + it.parent if it.parent else None
    yield {"id": it.iri, "name": it.name, "identifier": it.code, "parent_id": parent}


def _post(it: Post) -> Iterator[Thing]:
    yield {
        "id": it.iri,
        "label": f"{it.name}, {it.agency.name}",
        "other_label": list(it.other_names),
        "role": it.name,
        "organization_id": it.agency.iri,
        "area_id": it.agency.region.iri if it.agency.region else None,
        "sources": _articles(it.articles),
    }


def _person(it: Official) -> Iterator[Thing]:
    ranks, degrees = (
        list(dict.fromkeys(title for kind, title, _ in it.titles if kind == wanted))
        for wanted in ("rank", "degree")
    )
    quoted = {evidence.article for evidence in it.evidence}
    yield {
        "id": it.iri,
        "name": it.name,
        "other_names": [{"name": name} for name in it.other_names],
        "honorific_prefix": ", ".join(ranks),
        "honorific_suffix": ", ".join(degrees),
        "sources": [
            *_sources(it.evidence),
            *_articles(article for article in it.articles if article not in quoted),
        ],
    }


def _membership(it: Membership) -> Iterator[Thing]:
    yield {
        "id": it.iri,
        "label": ", ".join((it.post.name, it.agency.name)) if it.post else it.agency.name,
        "role": it.post.name if it.post else None,
        "person_id": it.official.iri,
        "organization_id": it.agency.iri,
        "post_id": it.post.iri if it.post else None,
        "+attested_on": it.days,
        "+former": it.former or None,
        "sources": _sources(it.evidence),
    }


def _attendee(it: Participation) -> Thing:
    """The person, or the agency, and as what it takes part."""
    return {
        "id": it.who.iri,
        "name": it.who.name,
        "+participation_id": it.iri,
        "+role": it.role,
        "+post_id": it.post.iri if it.post else None,
        "+on_behalf_of_id": it.agency.iri if it.person and it.agency else None,
        "+accompanies_id": it.accompanies.iri if it.accompanies else None,
        "+represents_id": it.represents.iri if it.represents else None,
        "+basis": it.basis,
        "sources": _sources(it.evidence),
    }


def _agreement(it: Agreement) -> Thing:
    return {
        "id": it.iri,
        "name": it.name,
        "classification": it.kind,
        "signatory_ids": [party.iri for party in it.signatories],
        "sources": _sources(it.evidence),
    }


def _speeches(it: Article) -> Iterator[Thing]:
    """What is said in an article. Its day is not given: it is not the day on which it was said."""
    for said in it.statements:
        speaker = said.official or said.agency
        yield {
            "id": said.iri,
            "creator_id": said.official.iri if said.official else None,
            "role": said.post.name if said.post else None,
            "attribution_text": speaker.name if speaker else None,
            "text": said.text,
            "type": "speech",
            "+on_behalf_of_id": said.agency.iri if said.agency else None,
            "+direct": said.direct,
            "+commitment": said.commitment,
            "sources": _sources(said.evidence),
        }


def _sources(evidence: Evidences) -> list[Thing]:
    """A link needs a URL: an article without one is cited by its IRI. A day or a place that lies in
    a quoted sentence is not quoted again."""
    return [
        {
            "url": it.article.url or it.article.iri,
            "note": it.quote,
            "+evidence_id": it.iri,
            "+article_id": it.article.iri,
            "+start": it.start,
            "+end": it.end,
        }
        for it in outermost(evidence)
    ]


def _articles(articles: Iterable[Source]) -> list[Thing]:
    """The articles that name a thing; what they say of it stands with the statements."""
    return [{"url": it.url or it.iri, "note": it.title, "+article_id": it.iri} for it in articles]


def _without_nothing(thing: Any) -> Any:
    """Without properties that say nothing; false and 0 say something."""
    if isinstance(thing, list):
        return [_without_nothing(one) for one in thing]
    if not isinstance(thing, dict):
        return thing
    return {k: _without_nothing(v) for k, v in thing.items() if v not in (None, "", [])}
