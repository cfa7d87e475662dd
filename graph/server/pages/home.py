"""The first page, and what is found."""

from __future__ import annotations

import pyoxigraph as ox

from sinergi.graph.server.pages.view import Link, View, tail

LISTED = 10  # meetings and agencies on the first page
MOST_HITS = 50

_COUNTS = """
SELECT ?class (COUNT(DISTINCT ?thing) AS ?count) WHERE {
  VALUES ?class { schema:NewsArticle sin:Meeting foaf:Person schema:Quotation sin:Agreement }
  ?thing a ?class
} GROUP BY ?class"""
# Of a store whose index is not at hand.
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
    agencies, busy, held = _listed(view)
    latest = []
    for meeting, day in held:
        present = view.ask(_PRESENT, meeting=ox.NamedNode(meeting))
        kinds = sorted({view.concept(row["kind"]) for row in present})
        latest.append(
            {
                "day": view.day(day),
                "link": view.link(meeting, " / ".join(kinds)),
                "agencies": list(dict.fromkeys(row["name"] for row in present)),
            }
        )
    return view.page(
        "home",
        counts=[
            (name, counts.get(key, "0") if key else str(agencies))
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
        agencies=[(view.link(iri, name), meetings) for iri, name, meetings in busy],
    )


def _listed(view: View) -> tuple[int, list[tuple[str, str, int]], list[tuple[str, str]]]:
    """How many agencies met, those that meet most, and the meetings held last."""
    if lookup := view.site.store.lookup:
        return *lookup.busiest(LISTED), lookup.latest_held(LISTED)
    agencies = view.ask(_AGENCIES)
    return (
        len(agencies),
        [(x["agency"], x["name"], int(x["meetings"])) for x in agencies[:LISTED]],
        [(line["meeting"], line["date"]) for line in view.ask(_LATEST)],
    )


def search(view: View) -> str:
    """What is called by the words of `q`, or has them in a headline or a quote."""
    words = dict(view.parameters).get("q", "").strip()
    found = view.site.store.search(words, MOST_HITS) if words else []
    hits: dict[str, list[tuple[Link, str]]] = {}
    for hit in found:
        also = "" if hit.matched == hit.label else hit.matched
        hits.setdefault(hit.kind, []).append((view.link(hit.thing, hit.label), also))
    return view.page("search", words=words, hits=hits)
