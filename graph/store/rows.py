"""The rows of the tables of index.py that follow from the quads of one graph."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import pyoxigraph as ox

from sinergi.ontology import CV, FOAF, OA, ORG, RDF, SCHEMA, SIN, SKOS

# Concepts that are looked up by name.
_SCHEMES = ("meeting-kind", "meeting-status", "topic")

_RDF_TYPE = RDF.type.value
_TYPES: dict[ox.NamedNode | ox.Literal, str] = {
    CV.Participation: "participation",
    ORG.FormalOrganization: "agency",
    FOAF.Person: "person",
    SIN.Meeting: "meeting",
}
_TAKES_PART = {SCHEMA.organizer.value, SCHEMA.attendee.value}
_OF_MEETING = {
    SCHEMA.startDate.value: "day",
    SCHEMA.additionalType.value: "kind",
    SCHEMA.eventStatus.value: "status",
}
_OF_AGENCY = {
    SKOS.prefLabel.value: "label",
    ORG.classification.value: "kind",
    SIN.sector.value: "sector",
    ORG.subOrganizationOf.value: "parent",
    SIN.region.value: "region",
}
# Whether a label of each kind of thing is the canonical one.
_AGENCY_NAMES = {SKOS.prefLabel.value: True, SKOS.altLabel.value: False}
_PERSON_NAMES = {FOAF.name.value: True, SKOS.altLabel.value: False, SKOS.hiddenLabel.value: False}
_CONCEPT_NAMES = {
    SKOS.prefLabel.value: True, SKOS.altLabel.value: False, SKOS.notation.value: False
}  # fmt: skip
_IN_MEETING, _PARTICIPANT = SIN.inMeeting.value, CV.hasParticipant.value
_ON_BEHALF, _ABOUT, _LABEL = SIN.onBehalfOf.value, SCHEMA.about.value, SKOS.prefLabel.value
_IN_SCHEME, _HEADLINE = SKOS.inScheme.value, SCHEMA.headline.value
_PUBLISHER, _QUOTED, _SOURCE = SCHEMA.publisher.value, OA.exact.value, OA.hasSource.value

_TOLD = frozenset(
    {
        _RDF_TYPE, _IN_MEETING, _PARTICIPANT, _ON_BEHALF, _ABOUT, _IN_SCHEME, _HEADLINE,
        _PUBLISHER, _QUOTED, _SOURCE, *_TAKES_PART, *_OF_MEETING, *_OF_AGENCY, *_AGENCY_NAMES,
        *_PERSON_NAMES, *_CONCEPT_NAMES,
    }
)  # fmt: skip
"""The predicates that rows follow from."""


class Name(NamedTuple):
    kind: str
    thing: str  # IRI; of an outlet, which has none, its literal as N-Triples has it
    label: str
    canonical: bool


MeetingRow = tuple[str, str, str]  # meeting, property, value


class Rows(NamedTuple):
    """The rows of one graph."""

    names: set[Name]
    passages: set[tuple[str, str, str]]  # article or quote, the article's IRI, its title or words
    attendance: set[tuple[str, str]]  # meeting, agency
    meetings: set[MeetingRow]
    agencies: set[tuple[str, str, str]]  # agency, property, value


NONE = Rows(set(), set(), set(), set(), set())  # of a graph that is not there


def rows_of(quads: Iterable[ox.Quad]) -> Rows:
    """The rows that follow from the quads of one graph."""
    about: dict[str, list[tuple[str, ox.NamedNode | ox.Literal]]] = defaultdict(list)
    kinds: dict[str, str] = {}
    article, quotes = "", list[str]()
    for quad in quads:
        predicate = quad.predicate.value
        if predicate not in _TOLD:  # most are not, and to look at the rest of them takes long
            continue
        subject, object = quad.subject, quad.object
        if not isinstance(subject, ox.NamedNode) or not isinstance(
            object, ox.NamedNode | ox.Literal
        ):
            continue
        if predicate == _SOURCE:
            article = object.value
        elif predicate == _QUOTED:
            quotes.append(object.value)
        elif predicate == _RDF_TYPE:
            if object in _TYPES:
                kinds[subject.value] = _TYPES[object]
        elif predicate == _IN_SCHEME:
            if (scheme := tail(object.value)) in _SCHEMES:
                kinds[subject.value] = scheme
        else:
            about[subject.value].append((predicate, object))
    rows = Rows(set(), {("quote", article, quote) for quote in quotes}, set(), set(), set())
    outlets: set[str] = set()
    for subject_iri, said in about.items():
        kind = kinds.get(subject_iri)
        if kind == "participation":
            rows.meetings.update(_presence(said))
            continue
        for predicate, object in said:
            value = object.value
            if predicate == _HEADLINE:
                rows.passages.add(("article", subject_iri, value))
            elif predicate == _PUBLISHER:
                rows.names.add(Name("outlet", str(object), value, True))
                outlets.add(value)
            elif kind == "meeting":
                if predicate in _TAKES_PART:
                    if _is_agency(value):
                        rows.attendance.add((subject_iri, value))
                elif predicate in _OF_MEETING:
                    rows.meetings.add((subject_iri, _OF_MEETING[predicate], value))
                elif predicate == _ABOUT:
                    rows.meetings.update(
                        (subject_iri, "topic", label.value)
                        for property, label in about.get(value, ())
                        if property == _LABEL
                    )
            elif kind == "agency":
                if predicate in _AGENCY_NAMES:
                    rows.names.add(Name(kind, subject_iri, value, _AGENCY_NAMES[predicate]))
                if predicate in _OF_AGENCY:
                    rows.agencies.add((subject_iri, _OF_AGENCY[predicate], value))
            elif kind == "person":
                if predicate in _PERSON_NAMES:
                    rows.names.add(Name(kind, subject_iri, value, _PERSON_NAMES[predicate]))
            elif kind and predicate in _CONCEPT_NAMES:
                rows.names.add(Name(kind, subject_iri, value, _CONCEPT_NAMES[predicate]))
    for iri, kind in kinds.items():
        if kind == "meeting":
            rows.meetings.update((iri, "outlet", outlet) for outlet in outlets)
    return rows


def _presence(said: Iterable[tuple[str, ox.NamedNode | ox.Literal]]) -> Iterator[MeetingRow]:
    """That an official was at a meeting, and on whose behalf, as far as that is said."""
    facts = defaultdict(list)
    for predicate, object in said:
        facts[predicate].append(object.value)
    for meeting in facts[_IN_MEETING]:
        for who in facts[_PARTICIPANT]:
            if not _is_agency(who):
                for agency in facts[_ON_BEHALF] or [""]:
                    yield meeting, "official", f"{who} {agency}".rstrip()


def _is_agency(iri: str) -> bool:
    return iri.rsplit("/", 2)[-2:-1] == ["agency"]


def tail(iri: str) -> str:
    return iri.rsplit("/", 1)[-1]
