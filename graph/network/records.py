"""What a network is made of, as a store has it: meetings, and what is known of who was there."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

_PREFIXES = """
PREFIX cv: <http://data.europa.eu/m8g/>
PREFIX foaf: <http://xmlns.com/foaf/0.1/>
PREFIX org: <http://www.w3.org/ns/org#>
PREFIX schema: <https://schema.org/>
PREFIX sin: <https://w3id.org/sinergi/ns#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""
_AGENCIES = """
SELECT DISTINCT ?agency ?property ?value WHERE {
  VALUES ?property { skos:prefLabel org:classification sin:sector org:subOrganizationOf sin:region }
  ?agency a org:FormalOrganization ; ?property ?value
}"""
_ATTENDANCE = """
SELECT DISTINCT ?meeting ?agency WHERE {
  ?meeting a sin:Meeting ; schema:organizer|schema:attendee ?agency .
  ?agency a org:FormalOrganization
}"""
_PERSONS = """
SELECT DISTINCT ?meeting ?person ?name ?agency WHERE {
  ?participation a cv:Participation ; sin:inMeeting ?meeting ; cv:hasParticipant ?person .
  ?person a foaf:Person ; foaf:name ?name
  OPTIONAL { ?participation sin:onBehalfOf ?agency }
}"""
_FACTS = """
SELECT DISTINCT ?meeting ?property ?value WHERE {
  VALUES ?property { schema:startDate schema:additionalType schema:eventStatus }
  ?meeting a sin:Meeting ; ?property ?value
}"""
_TOPICS = """
SELECT DISTINCT ?meeting ?topic WHERE {
  ?meeting a sin:Meeting ; schema:about/skos:prefLabel ?topic }"""
# An article's graph holds the meetings that it reports.
_REPORTS = """
SELECT DISTINCT ?meeting ?article ?outlet WHERE {
  GRAPH ?graph { ?article a schema:NewsArticle . ?meeting a sin:Meeting
                 OPTIONAL { ?article schema:publisher ?outlet } } }"""
_COPIES = "SELECT DISTINCT ?copy WHERE { ?copy sin:copyOf ?original }"
_SECTORS = """
SELECT DISTINCT ?sector ?label WHERE {
  ?sector skos:inScheme <https://w3id.org/sinergi/vocab/sector> ; skos:prefLabel ?label
  FILTER(LANG(?label) = "id") }"""
_RUNS = "SELECT DISTINCT ?run WHERE { ?run a <http://www.w3.org/ns/prov#Activity> }"

_AGENCY_PROPERTIES = {
    "prefLabel": "label",
    "classification": "kind",
    "sector": "sector",
    "subOrganizationOf": "parent",
    "region": "region",
}


class Row(Protocol):
    """One solution of a SELECT: `row["name"]` is a term with `.value`, or None if unbound."""

    def __getitem__(self, name: str, /) -> Any: ...


Query = Callable[[str], Iterable[Row]]
"""Answers the text of a SELECT over the union of the named graphs, as `Store.query` does."""


@dataclass(frozen=True, slots=True)
class MeetingRecord:
    """One distinct meeting: who was there, and what it can be chosen by."""

    key: str
    agencies: tuple[str, ...]
    officials: tuple[str, ...] = ()
    date: str | None = None  # ISO day
    kind: str | None = None
    status: str | None = None
    topics: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    """Those that report it in words of their own: an outlet that carries another's text is no
    second witness."""
    articles: tuple[str, ...] = ()
    """All that report it, copies included, by key."""


@dataclass(frozen=True, slots=True)
class Records:
    """Everything that networks are projected from; agencies and officials by key.

    `agencies` knows those that stand above others too, `sectors` goes from a key to its label.
    """

    meetings: tuple[MeetingRecord, ...]
    agencies: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    officials: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    sectors: Mapping[str, str] = field(default_factory=dict)


def tail(iri: str) -> str:
    """The key at the end of an IRI: 'https://.../id/agency/polres-contoh' -> 'polres-contoh'."""
    return iri.rstrip("/").rsplit("/", 1)[-1].rsplit("#", 1)[-1]


def agency_rows(query: Query) -> dict[str, dict[str, str]]:
    """What the store says of each agency: label, kind, sector, parent and region (keys, not
    IRIs), by the agency's key. Where two values stand, the first in order wins.
    """
    agencies: dict[str, dict[str, str]] = defaultdict(dict)
    for iri, property, value in sorted(
        (row["agency"].value, row["property"].value, row["value"].value)
        for row in query(_PREFIXES + _AGENCIES)
    ):
        name = _AGENCY_PROPERTIES[tail(property)]
        agencies[tail(iri)].setdefault(name, value if name == "label" else tail(value))
    return dict(sorted(agencies.items()))


def attendance_rows(query: Query) -> dict[str, tuple[str, ...]]:
    """The agencies of each meeting, both by key, both sorted."""
    return _lists(
        (tail(row["meeting"].value), tail(row["agency"].value))
        for row in query(_PREFIXES + _ATTENDANCE)
    )


def read_records(query: Query) -> Records:
    """The records of a store."""
    agencies = agency_rows(query)
    present, officials = _persons(query, agencies)
    facts: dict[str, dict[str, str]] = defaultdict(dict)
    for meeting, property, value in sorted(
        (r["meeting"].value, r["property"].value, r["value"].value)
        for r in query(_PREFIXES + _FACTS)
    ):
        facts[tail(meeting)].setdefault(tail(property), tail(value))
    topics = _lists(
        (tail(row["meeting"].value), row["topic"].value) for row in query(_PREFIXES + _TOPICS)
    )
    copies = copied(query)
    reports = [
        (tail(r["meeting"].value), tail(r["article"].value), r["outlet"] and r["outlet"].value)
        for r in query(_PREFIXES + _REPORTS)
    ]
    articles = _lists((meeting, article) for meeting, article, _ in reports)
    outlets = _lists((m, outlet) for m, a, outlet in reports if outlet and a not in copies)
    attendance = attendance_rows(query)
    return Records(
        meetings=tuple(
            MeetingRecord(
                key=key,
                agencies=attendance.get(key, ()),
                officials=present.get(key, ()),
                date=facts[key].get("startDate"),
                kind=facts[key].get("additionalType"),
                status=facts[key].get("eventStatus"),
                topics=topics.get(key, ()),
                outlets=outlets.get(key, ()),
                articles=articles.get(key, ()),
            )
            for key in sorted(attendance.keys() | present.keys())
        ),
        agencies=agencies,
        officials=officials,
        sectors={
            tail(r["sector"].value): r["label"].value
            for r in sorted(query(_PREFIXES + _SECTORS), key=lambda r: str(r["label"].value))
        },
    )


def copied(query: Query) -> frozenset[str]:
    """The keys of the articles that are copies of another one."""
    return frozenset(tail(row["copy"].value) for row in query(_PREFIXES + _COPIES))


def read_run(query: Query) -> str | None:
    """The IRI of the run that built the store; None where it does not say."""
    return min((row["run"].value for row in query(_PREFIXES + _RUNS)), default=None)


def _persons(
    query: Query, agencies: Mapping[str, Mapping[str, str]]
) -> tuple[dict[str, tuple[str, ...]], dict[str, dict[str, str]]]:
    """The officials of each meeting, and of each official the name, the agency acted for most
    often (of equals the first in order), and that agency's sector and region.
    """
    present: list[tuple[str, str]] = []
    names: dict[str, str] = {}
    acted_for: dict[str, Counter[str]] = defaultdict(Counter)
    rows = sorted(
        (
            tail(row["meeting"].value),
            tail(row["person"].value),
            row["name"].value,
            tail(row["agency"].value) if row["agency"] else "",
        )
        for row in query(_PREFIXES + _PERSONS)
    )
    for meeting, person, name, agency in rows:
        present.append((meeting, person))
        names.setdefault(person, name)
        if agency:
            acted_for[person][agency] += 1
    officials = {}
    for person, name in sorted(names.items()):
        known = {"label": name}
        if acted_for[person]:
            agency = min(acted_for[person], key=lambda a: (-acted_for[person][a], a))
            record = agencies.get(agency, {})
            known["agency"] = agency
            known |= {k: record[k] for k in ("sector", "region") if k in record}
        officials[person] = known
    return _lists(present), officials


def _lists(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, set[str]] = defaultdict(set)
    for key, value in pairs:
        found[key].add(value)
    return {key: tuple(sorted(found[key])) for key in sorted(found)}
