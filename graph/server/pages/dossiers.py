"""The pages of an agency and of an official."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

import pyoxigraph as ox

from sinergi.graph.server.pages.passages import evidence
from sinergi.graph.server.pages.view import Line, Link, View, by_name, tail

PARTNERS = 30  # the most frequent ones; a named query has them all

Data = dict[str, Any]

# GRAPH keeps together what one article says: in the union of all, a triple that a hundred articles
# state stands a hundred times, and a hundred times a hundred beside another one of that kind.
_NAMES = "SELECT DISTINCT ?thing ?name WHERE { ?thing skos:altLabel ?name }"
_TITLES = """
SELECT DISTINCT ?thing ?name WHERE {
  ?thing schema:honorificPrefix|schema:honorificSuffix ?name
}"""
_AGENCY = """
SELECT DISTINCT ?agency ?property ?value ?label WHERE {
  VALUES ?property { org:subOrganizationOf org:classification sin:region sin:sector }
  ?agency ?property ?value .
  ?value skos:prefLabel ?label . FILTER(LANG(?label) IN ("", "id"))
}"""
_MEMBERSHIPS = """
SELECT DISTINCT ?thing ?record ?other ?post ?former ?day WHERE { GRAPH ?graph {
  ?record %s ?thing ; %s ?other .
  OPTIONAL { ?record sin:post ?post }
  OPTIONAL { ?record sin:former ?former }
  OPTIONAL { ?record sin:attestedOn ?day }
} }"""
_OFFICIALS = _MEMBERSHIPS % ("org:organization", "org:member")
_OFFICES = _MEMBERSHIPS % ("org:member", "org:organization")
_MEETINGS = """
SELECT DISTINCT ?thing ?record ?meeting ?kind ?status ?date ?place WHERE { GRAPH ?graph {
  ?record cv:hasParticipant ?thing ; sin:inMeeting ?meeting .
  ?meeting schema:additionalType ?kind ; schema:eventStatus ?status .
  OPTIONAL { ?meeting schema:startDate ?date }
  OPTIONAL { ?meeting schema:location ?place }
} }"""
_OTHERS = """
SELECT DISTINCT ?thing ?meeting ?other WHERE { GRAPH ?graph {
  ?record cv:hasParticipant ?thing ; sin:inMeeting ?meeting .
  ?meeting schema:organizer|schema:attendee ?other
} }"""
_STATEMENTS = """
SELECT DISTINCT ?thing ?record ?published WHERE { GRAPH ?graph {
  ?record %s ?thing ; prov:wasQuotedFrom ?article .
  OPTIONAL { ?article schema:datePublished ?published }
} }"""
_STATEMENT = """
SELECT DISTINCT ?record ?direct ?speaker ?agency ?commitment WHERE { GRAPH ?graph {
  ?record sin:direct ?direct .
  OPTIONAL { ?record schema:creator ?speaker }
  OPTIONAL { ?record sin:onBehalfOf ?agency }
  BIND(EXISTS { ?record a sin:Commitment } AS ?commitment)
} }"""

_DOUBLES = """
SELECT DISTINCT ?thing ?other ?score ?reason WHERE {
  ?candidate a sin:Candidate ; schema:about ?thing , ?other ; sin:score ?score ;
    sin:reason ?reason . FILTER(?other != ?thing)
} ORDER BY DESC(?score) ?other"""


def agency_page(view: View, agency: ox.NamedNode) -> Data:
    """Officials, meetings, partners, and what was said on its behalf."""
    facts: dict[str, list[Link]] = defaultdict(list)
    for line in view.ask(_AGENCY, agency=agency):
        label = view.site.concepts.get((line["value"], view.language), line["label"])
        facts[tail(line["property"])].append(view.link(line["value"], label))
    return {
        "kind": "agency",
        "titles": [],
        "facts": facts,
        **_common(view, agency, "agency", "sin:onBehalfOf"),
        "offices": view.slice(_held(view, view.ask(_OFFICIALS, thing=agency)), "offices"),
    }


def person_page(view: View, person: ox.NamedNode) -> Data:
    """Offices, meetings, other officials met, statements."""
    return {
        "kind": "person",
        "titles": sorted(line["name"] for line in view.ask(_TITLES, thing=person)),
        "facts": {},
        **_common(view, person, "person", "schema:creator"),
        "offices": view.slice(_held(view, view.ask(_OFFICES, thing=person)), "offices"),
    }


def _common(view: View, thing: ox.NamedNode, kind: str, says: str) -> Data:
    others: dict[str, set[str]] = defaultdict(set)  # who else took part, by meeting
    for line in view.ask(_OTHERS, thing=thing):
        others[line["meeting"]].add(line["other"])
    start = f"{view.site.base}{kind}/"
    partners = Counter(
        iri
        for present in others.values()
        for iri in present - {thing.value}
        if iri.startswith(start)
    )
    frequent = sorted(partners.items(), key=lambda item: (-item[1], item[0]))[:PARTNERS]
    statements = sorted(
        view.ask(_STATEMENTS % says, thing=thing),
        key=lambda line: (line["published"], line["record"]),
        reverse=True,
    )
    return {
        "name": view.site.name(thing.value),
        "aliases": sorted(line["name"] for line in view.ask(_NAMES, thing=thing)),
        "meetings": view.slice(_met(view, view.ask(_MEETINGS, thing=thing)), "meetings"),
        "partners": [(view.named(iri), count) for iri, count in frequent],
        "partner_count": len(partners),
        "statements": view.slice(statements, "statements"),
        "doubles": [
            (view.named(line["other"]), line["reason"]) for line in view.ask(_DOUBLES, thing=thing)
        ],
        "present": lambda meeting: by_name(map(view.named, others[meeting] - {thing.value})),
        "said": lambda record: view.ask(_STATEMENT, record=ox.NamedNode(record))[0],
        "show": lambda records: evidence(view, records),
    }


def _held(view: View, lines: Iterable[Line]) -> list[Data]:
    """Offices, of former holders last."""
    found: dict[tuple[str, str], list[Line]] = defaultdict(list)
    for line in lines:
        found[line["other"], line["post"]].append(line)
    offices = []
    for (other, post), group in found.items():
        days = sorted({line["day"] for line in group if line["day"]})
        offices.append(
            {
                "other": view.named(other),
                "post": view.named(post) if post else None,
                "former": any(line["former"] for line in group),
                "first": days[0] if days else "",
                "last": days[-1] if days else "",
                "records": sorted({line["record"] for line in group}),
            }
        )
    return sorted(
        offices, key=lambda o: (o["former"], o["other"].name, o["post"].name if o["post"] else "")
    )


def _met(view: View, lines: Iterable[Line]) -> list[Data]:
    """Meetings, the latest first, those of unknown day last."""
    found: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        found[line["meeting"]].append(line)

    def values(group: list[Line], name: str) -> list[str]:
        return sorted({line[name] for line in group if line[name]})

    ordered = sorted(
        found.items(), key=lambda item: (max(line["date"] for line in item[1]), item[0])
    )
    return [
        {
            "iri": iri,
            "link": view.link(iri, " / ".join(map(view.concept, values(group, "kind")))),
            "days": view.days(values(group, "date")),
            "statuses": [view.concept(s) for s in values(group, "status") if tail(s) != "held"],
            "places": [view.site.name(iri) for iri in values(group, "place")],
            "records": values(group, "record"),
        }
        for iri, group in reversed(ordered)
    ]
