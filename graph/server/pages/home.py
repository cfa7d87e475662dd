"""The first page, and what is found."""

from __future__ import annotations

import pyoxigraph as ox

from sinergi.graph.server.pages.searching import find
from sinergi.graph.server.pages.view import View, tail

LISTED = 10  # meetings and agencies on the first page

_COUNTS = """
SELECT ?class (COUNT(DISTINCT ?thing) AS ?count) WHERE {
  VALUES ?class { schema:NewsArticle sin:Meeting foaf:Person schema:Quotation sin:Agreement }
  ?thing a ?class
} GROUP BY ?class"""
_AGENCIES = """
SELECT ?agency ?name (COUNT(DISTINCT ?meeting) AS ?meetings) WHERE {
  ?meeting a sin:Meeting ; schema:organizer|schema:attendee ?agency .
  ?agency a org:FormalOrganization ; skos:prefLabel ?name
} GROUP BY ?agency ?name ORDER BY DESC(?meetings) ?name ?agency"""
_LATEST = f"""
SELECT DISTINCT ?meeting ?date WHERE {{
  ?meeting schema:startDate ?date ; schema:eventStatus status:held
}} ORDER BY DESC(?date) ?meeting LIMIT {LISTED}"""
_PRESENT = """
SELECT DISTINCT ?meeting ?kind ?name WHERE {
  ?meeting schema:additionalType ?kind ; schema:organizer|schema:attendee ?agency .
  ?agency a org:FormalOrganization ; skos:prefLabel ?name
} ORDER BY ?name"""


def home(view: View) -> str:
    """Counts, the latest meetings, the agencies that meet most."""
    counts = {tail(line["class"]): line["count"] for line in view.ask(_COUNTS)}
    agencies = view.ask(_AGENCIES)
    latest = []
    for line in view.ask(_LATEST):
        present = view.ask(_PRESENT, meeting=ox.NamedNode(line["meeting"]))
        kinds = sorted({view.concept(row["kind"]) for row in present})
        latest.append(
            {
                "day": view.day(line["date"]),
                "link": view.link(line["meeting"], " / ".join(kinds)),
                "agencies": list(dict.fromkeys(row["name"] for row in present)),
            }
        )
    return view.page(
        "home",
        counts=[
            (name, counts.get(key, "0") if key else str(len(agencies)))
            for name, key in (
                ("articles", "NewsArticle"),
                ("meetings", "Meeting"),
                ("agencies", ""),
                ("officials", "Person"),
                ("agreements", "Agreement"),
                ("statements", "Quotation"),
            )
        ],
        latest=latest,
        agencies=[
            (view.link(line["agency"], line["name"]), line["meetings"])
            for line in agencies[:LISTED]
        ],
    )


def search(view: View) -> str:
    """What is called by the words of `q`."""
    words = dict(view.parameters).get("q", "").strip()
    hits = [(view.link(hit.iri, hit.name), hit.also) for hit in find(view.site, words)]
    return view.page("search", words=words, hits=hits)
