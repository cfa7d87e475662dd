"""The page of a meeting, and meetings in lists."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import pyoxigraph as ox

from sinergi.graph.server.pages.passages import evidence
from sinergi.graph.server.pages.view import Line, Link, View, by_name, tail

Data = dict[str, Any]

_MEETING = """
SELECT DISTINCT ?meeting ?property ?value ?label WHERE {
  VALUES ?property { schema:additionalType schema:eventStatus schema:startDate schema:endDate
                     schema:location schema:about }
  ?meeting ?property ?value .
  OPTIONAL { ?value schema:name|skos:prefLabel ?label FILTER(LANG(?label) IN ("", "id")) }
}"""
_TAKING_PART = """
SELECT DISTINCT ?meeting ?who ?role ?agency ?post ?accompanies ?represents ?basis
WHERE {
  GRAPH ?graph {
    ?record sin:inMeeting ?meeting ; cv:hasParticipant ?who .
    OPTIONAL { ?record cv:role ?role }
    OPTIONAL { ?record sin:onBehalfOf ?agency }
    OPTIONAL { ?record sin:actingInPost ?post }
    OPTIONAL { ?record sin:accompanies ?accompanies }
    OPTIONAL { ?record sin:represents ?represents }
    OPTIONAL { ?record sin:basis ?basis }
  }
}"""
_AGREEMENTS = """
SELECT DISTINCT ?meeting ?agreement ?name ?kind WHERE {
  ?agreement sin:resultedFrom ?meeting ; schema:name ?name .
  OPTIONAL { ?agreement sin:agreementKind ?kind }
}"""
_RECORDS = """
SELECT DISTINCT ?meeting ?record WHERE { ?record sin:inMeeting|sin:resultedFrom ?meeting }"""


def meeting_page(view: View, thing: ox.NamedNode) -> Data:
    facts: dict[str, list[Line]] = defaultdict(list)
    for line in view.ask(_MEETING, meeting=thing):
        facts[tail(line["property"])].append(line)

    def values(name: str) -> list[str]:
        return sorted({line["value"] for line in facts[name]})

    def links(name: str) -> list[Link]:
        labels = {line["value"]: line["label"] for line in facts[name]}
        return [view.link(iri, label) for iri, label in sorted(labels.items())]

    records = [line["record"] for line in view.ask(_RECORDS, meeting=thing)]
    return {
        "kinds": [view.concept(kind) for kind in values("additionalType")],
        "statuses": [view.concept(status) for status in values("eventStatus")],
        "held": all(status.endswith("/held") for status in values("eventStatus")),
        "days": view.days(values("startDate")),
        "end_days": [view.day(day) for day in values("endDate")],
        "places": links("location"),
        "topics": links("about"),
        "delegations": _delegations(view, view.ask(_TAKING_PART, meeting=thing)),
        "agreements": [
            {"name": line["name"], "kind": view.concept(line["kind"]) if line["kind"] else ""}
            for line in view.ask(_AGREEMENTS, meeting=thing)
        ],
        "passages": evidence(view, [thing.value, *records]),
    }


def _delegations(view: View, lines: Iterable[Line]) -> list[Data]:
    """Who took part, by agency; officials of none at the end."""
    agencies: dict[str, Data] = {}
    bases: dict[str, set[str]] = defaultdict(set)
    people: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        bases[line["who"]] |= {line["basis"]} - {""}
        if "/person/" in line["who"]:
            people[line["who"]].append(line)
        else:
            entry = agencies.setdefault(
                line["who"],
                {"agency": view.named(line["who"]), "roles": set(), "basis": "", "people": []},
            )
            entry["roles"] |= {view.concept(line["role"])} if line["role"] else set()
    for who, entry in agencies.items():
        entry["basis"] = _basis(view, bases[who])
    for who, group in people.items():

        def links(name: str, group: list[Line] = group) -> list[Link]:
            return by_name(map(view.named, {line[name] for line in group if line[name]}))

        of = min((line["agency"] for line in group if line["agency"]), default="")
        entry = agencies.setdefault(
            of,
            {"agency": view.named(of) if of else None, "roles": set(), "basis": "", "people": []},
        )
        entry["people"].append(
            {
                "person": view.named(who),
                "posts": links("post"),
                "roles": sorted(
                    {
                        view.concept(line["role"])
                        for line in group
                        # Whom someone accompanies says that they do.
                        if line["role"]
                        and not (line["accompanies"] and tail(line["role"]) == "accompanying")
                    }
                ),
                "basis": _basis(view, bases[who]),
                "accompanies": links("accompanies"),
                "represents": links("represents"),
            }
        )
    for entry in agencies.values():
        entry["roles"] = sorted(entry["roles"])
        entry["people"].sort(key=lambda person: person["person"].name)
    return sorted(agencies.values(), key=lambda e: e["agency"].name if e["agency"] else "\uffff")


def _basis(view: View, told: set[str]) -> str:
    """What someone's part rests on ('' where an article tells it), the best that any has."""
    best = max(told, key=lambda iri: ("named", "quoted", "told").index(tail(iri)), default="")
    return "" if tail(best) in ("", "told") else view.concept(best)


def listed(view: View, lines: Iterable[Line]) -> list[Data]:
    """Meetings by day; `lines` have meeting, kind and date."""
    found: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        found[line["meeting"]].append(line)
    meetings = [
        {
            "day": min(line["date"] for line in group),
            "days": view.days(sorted({line["date"] for line in group if line["date"]})),
            "link": view.link(
                iri, " / ".join(sorted({view.concept(line["kind"]) for line in group}))
            ),
        }
        for iri, group in sorted(found.items())
    ]
    return sorted(meetings, key=lambda meeting: str(meeting["day"]))
