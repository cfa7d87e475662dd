"""What is on the page of a thing, by its kind, and the thing as RDF."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

import pyoxigraph as ox

from sinergi.graph.results import select
from sinergi.graph.server.pages.dossiers import agency_page, person_page
from sinergi.graph.server.pages.meetings import listed, meeting_page
from sinergi.graph.server.pages.passages import Quote, evidence, quotes, web
from sinergi.graph.server.pages.view import Line, Link, View, by_name, tail
from sinergi.graph.server.site import Refused, Site
from sinergi.ontology import FOAF, ORG, SCHEMA, SIN

MOST_FACTS = 500  # of the page of something that has none of its own

_TYPES = "SELECT DISTINCT ?thing ?type WHERE { ?thing a ?type }"
_ANY = "SELECT ?thing ?property WHERE { ?thing ?property ?value } LIMIT 1"

_ARTICLE = """
SELECT DISTINCT ?article ?headline ?publisher ?published ?url WHERE {
  ?article a schema:NewsArticle .
  OPTIONAL { ?article schema:headline ?headline }
  OPTIONAL { ?article schema:publisher ?publisher }
  OPTIONAL { ?article schema:datePublished ?published }
  OPTIONAL { ?article schema:url ?url }
}"""
_QUOTED = """
SELECT DISTINCT ?article ?start ?end ?quote WHERE { GRAPH ?graph {
  ?target oa:hasSource ?article ; oa:hasSelector ?passage , ?position .
  ?passage oa:exact ?quote .
  ?position oa:start ?start ; oa:end ?end .
} }"""
_NAMED = """
SELECT DISTINCT ?article ?start ?end ?thing WHERE { GRAPH ?graph {
  ?target oa:hasSource ?article ; oa:hasSelector ?position .
  ?position oa:start ?start ; oa:end ?end .
  ?note oa:hasTarget ?target ; oa:hasBody ?record .
  ?record cv:hasParticipant|org:member|org:organization|schema:creator|sin:onBehalfOf ?thing .
} }"""
_MEETINGS_OF_ARTICLE = """
SELECT DISTINCT ?article ?meeting ?kind ?date WHERE { GRAPH ?graph {
  ?target oa:hasSource ?article .
  ?note oa:hasTarget ?target ; oa:hasBody ?meeting .
  ?meeting schema:additionalType ?kind .
  OPTIONAL { ?meeting schema:startDate ?date }
} }"""
_OFFICE = """
SELECT DISTINCT ?post ?label ?agency ?agencyName WHERE {
  ?post skos:prefLabel ?label .
  OPTIONAL { ?post org:postIn ?agency . ?agency skos:prefLabel ?agencyName }
}"""
_HOLDERS = """
SELECT DISTINCT ?post ?membership ?person ?former ?day WHERE { GRAPH ?graph {
  ?membership sin:post ?post ; org:member ?person .
  OPTIONAL { ?membership sin:former ?former }
  OPTIONAL { ?membership sin:attestedOn ?day }
} }"""
_NAMES = "skos:prefLabel|foaf:name|schema:name|schema:headline"
_FACTS = f"""
SELECT DISTINCT ?thing ?property ?value ?label WHERE {{
  ?thing ?property ?value .
  OPTIONAL {{ ?value {_NAMES} ?label FILTER(LANG(?label) IN ("", "id")) }}
}} ORDER BY ?property ?label ?value LIMIT {MOST_FACTS}"""
_MENTIONS = f"""
SELECT DISTINCT ?thing ?property ?subject ?label WHERE {{
  {{ SELECT DISTINCT ?thing ?property ?subject WHERE {{ ?subject ?property ?thing }}
    LIMIT {MOST_FACTS} }}
  OPTIONAL {{ ?subject {_NAMES} ?label FILTER(LANG(?label) IN ("", "id")) }}
}}"""
_TRIPLES = """
SELECT DISTINCT ?thing ?s ?p ?o WHERE {
  { ?thing ?p ?o . BIND(?thing AS ?s) }
  UNION { ?s sin:inMeeting|sin:resultedFrom|dcterms:isReplacedBy ?thing . ?s ?p ?o }
  UNION { ?s oa:hasBody ?thing . ?s ?p ?o }
  UNION { ?note oa:hasBody ?thing . ?note oa:hasTarget ?s . ?s ?p ?o }
  UNION { ?note oa:hasBody ?thing . ?note oa:hasTarget/oa:hasSelector ?s . ?s ?p ?o }
  UNION {
    ?thing ?link ?s . ?s ?p ?o
    FILTER(?p IN (skos:prefLabel, foaf:name, schema:name, schema:headline))
  }
}"""


def triples(site: Site, thing: ox.NamedNode) -> Iterator[ox.Triple]:
    """What the graph says of a thing: its own triples, its former IRIs, its parts, its evidence,
    and the names of what it is linked with. Raises Refused where it says nothing.
    """
    _known(site, thing)
    for row in select(site.store, _TRIPLES, bindings={"thing": thing}):
        yield ox.Triple(row["s"], row["p"], row["o"])  # type: ignore[arg-type]


def page(view: View, thing: ox.NamedNode) -> str:
    """The page of a thing. Raises Refused where the graph knows nothing of it."""
    types = {line["type"] for line in view.ask(_TYPES, thing=thing)}
    for type, (template, look_up) in _PAGES.items():
        if type.value in types:
            return view.page(template, iri=thing.value, **look_up(view, thing))
    _known(view.site, thing)
    return view.page("thing", iri=thing.value, **_facts(view, thing, types))


def _known(site: Site, thing: ox.NamedNode) -> None:
    if not list(select(site.store, _ANY, bindings={"thing": thing})):
        raise Refused(404, f"The graph knows nothing of {thing.value}.")


Data = dict[str, Any]


def _article(view: View, thing: ox.NamedNode) -> Data:
    line = view.ask(_ARTICLE, article=thing)[0]
    named: dict[tuple[int, int], dict[str, Link]] = defaultdict(dict)
    for found in view.ask(_NAMED, article=thing):
        span = int(found["start"]), int(found["end"])
        named[span][found["thing"]] = view.named(found["thing"])
    spans = view.ask(_QUOTED, article=thing)
    shown = quotes((int(s["start"]), int(s["end"]), s["quote"]) for s in spans)

    def about(quote: Quote) -> list[Link]:
        """What is stated by a quote, and by the spans marked in it."""
        things: dict[str, Link] = {}
        for (start, end), links in named.items():
            if quote.start <= start and end <= quote.end:
                things |= links
        return by_name(things.values())

    everything: dict[str, Link] = {}
    for links in named.values():
        everything |= links
    return {
        "headline": line["headline"],
        "publisher": line["publisher"],
        "published": line["published"],
        "url": web(line["url"]),
        "meetings": listed(view, view.ask(_MEETINGS_OF_ARTICLE, article=thing)),
        "named": {
            kind: by_name(link for iri, link in everything.items() if f"/{kind}/" in iri)
            for kind in ("agency", "person")
        },
        "quotes": [(quote, about(quote)) for quote in shown],
    }


def _office(view: View, thing: ox.NamedNode) -> Data:
    lines = view.ask(_OFFICE, post=thing)
    holders: dict[str, list[Line]] = defaultdict(list)
    for line in view.ask(_HOLDERS, post=thing):
        holders[line["person"]].append(line)
    people = []
    for iri, group in holders.items():
        days = sorted(line["day"] for line in group if line["day"])
        people.append(
            {
                "person": view.named(iri),
                "former": any(line["former"] for line in group),
                "first": days[0] if days else "",
                "last": days[-1] if days else "",
            }
        )
    records = {line["membership"] for group in holders.values() for line in group}
    return {
        "name": min((line["label"] for line in lines), default=thing.value),
        "agency": next(
            (view.link(x["agency"], x["agencyName"]) for x in lines if x["agency"]), None
        ),
        "people": sorted(people, key=lambda p: (p["former"], p["last"], p["person"])),
        "passages": evidence(view, records),
    }


def _facts(view: View, thing: ox.NamedNode, types: set[str]) -> Data:
    """Of anything else: property by property."""

    def grouped(lines: Iterable[Line], other: str) -> list[tuple[Link, list[Link]]]:
        found: dict[str, dict[str, Link]] = defaultdict(dict)
        for line in lines:
            value = line[other]
            is_iri = value.startswith(("http://", "https://"))
            link = view.link(value, line["label"]) if is_iri else Link(value, None)
            found[line["property"]][value] = link
        return [(view.link(p), by_name(values.values())) for p, values in sorted(found.items())]

    facts = view.ask(_FACTS, thing=thing)
    names = ("prefLabel", "name", "headline")
    labels = [fact["value"] for fact in facts if tail(fact["property"]) in names]
    return {
        "name": labels[0] if labels else view.link(thing.value).name,
        "facts": grouped(facts, "value"),
        "mentions": grouped(view.ask(_MENTIONS, thing=thing), "subject"),
    }


_PAGES: Mapping[ox.NamedNode, tuple[str, Callable[[View, ox.NamedNode], Data]]] = MappingProxyType(
    {
        ORG.FormalOrganization: ("dossier", agency_page),
        FOAF.Person: ("dossier", person_page),
        SIN.Meeting: ("meeting", meeting_page),
        SCHEMA.NewsArticle: ("article", _article),
        ORG.Post: ("office", _office),
    }
)
