"""The pages of an agency and of an official."""

from __future__ import annotations

from collections import defaultdict
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
  OPTIONAL { ?meeting schema:location ?location . ?location schema:name ?place }
} }"""
_PRESENT = """
SELECT DISTINCT ?meeting ?who WHERE { ?meeting schema:organizer|schema:attendee ?who }"""
_PARTNERS = """
SELECT ?thing ?other (COUNT(DISTINCT ?meeting) AS ?meetings) WHERE {
  { SELECT DISTINCT ?thing ?meeting WHERE {
      ?thing a %s . ?meeting schema:organizer|schema:attendee ?thing } }
  { SELECT DISTINCT ?meeting ?other WHERE {
      ?meeting schema:organizer|schema:attendee ?other . ?other a %s } }
  FILTER(?other != ?thing)
} GROUP BY ?thing ?other ORDER BY DESC(?meetings) ?other"""
_STATEMENTS = """
SELECT DISTINCT ?thing ?record ?text ?direct ?speaker ?agency ?commitment ?published
WHERE { GRAPH ?graph {
  ?record %s ?thing ; a schema:Quotation ; schema:text ?text ; sin:direct ?direct ;
    prov:wasQuotedFrom ?article .
  OPTIONAL { ?record schema:creator ?speaker }
  OPTIONAL { ?record sin:onBehalfOf ?agency }
  OPTIONAL { ?article schema:datePublished ?published }
  OPTIONAL { ?record a ?commitment FILTER(?commitment = sin:Commitment) }
} }"""


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
        **_common(view, agency, "org:FormalOrganization", "sin:onBehalfOf"),
        "offices": view.slice(_held(view, view.ask(_OFFICIALS, thing=agency)), "offices"),
    }


def person_page(view: View, person: ox.NamedNode) -> Data:
    """Offices, meetings, other officials met, statements."""
    return {
        "kind": "person",
        "titles": sorted(line["name"] for line in view.ask(_TITLES, thing=person)),
        "facts": {},
        **_common(view, person, "foaf:Person", "schema:creator"),
        "offices": view.slice(_held(view, view.ask(_OFFICES, thing=person)), "offices"),
    }


def _common(view: View, thing: ox.NamedNode, type: str, says: str) -> Data:
    meetings = _met(view, view.ask(_MEETINGS, thing=thing))
    statements = sorted(
        view.ask(_STATEMENTS % says, thing=thing),
        key=lambda line: (line["published"], line["record"]),
        reverse=True,
    )
    partners = view.ask(_PARTNERS % (type, type), thing=thing)
    return {
        "name": view.site.name(thing.value),
        "aliases": sorted(line["name"] for line in view.ask(_NAMES, thing=thing)),
        "meetings": view.slice(meetings, "meetings"),
        "statements": view.slice(statements, "statements"),
        "partners": [(view.named(p["other"]), p["meetings"]) for p in partners[:PARTNERS]],
        "partner_count": len(partners),
        "present": lambda meeting: _present(view, meeting, thing.value),
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
            "places": values(group, "place"),
            "records": values(group, "record"),
        }
        for iri, group in reversed(ordered)
    ]


def _present(view: View, meeting: str, but: str) -> list[Link]:
    """Who else took part."""
    lines = view.ask(_PRESENT, meeting=ox.NamedNode(meeting))
    return by_name(view.named(line["who"]) for line in lines if line["who"] != but)
