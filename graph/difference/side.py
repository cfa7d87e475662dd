"""One of the two graphs: what of it is compared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from sinergi.graph.results import Source, select

# A triple that many articles state stands once for each: so a query has one pattern of such
# triples, and not their product.
_NAMES = """SELECT DISTINCT ?x ?name { ?x %s ?name FILTER (LANG(?name) IN ("", "id")) }"""
_ARTICLES = """SELECT ?x ?title ?publisher ?day ?sha256 { ?x a schema:NewsArticle
  OPTIONAL { ?x schema:headline ?title } OPTIONAL { ?x schema:publisher ?publisher }
  OPTIONAL { ?x schema:datePublished ?day } OPTIONAL { ?x sin:sha256 ?sha256 } }"""
# Ancestors and partners in changes stand in the graph of the registry, too, but nothing is said of
# them.
_AGENCIES = """SELECT DISTINCT ?x {
  { ?m org:organization ?x } UNION { ?p cv:hasParticipant ?x } UNION { ?s sin:onBehalfOf ?x }
  ?x a org:FormalOrganization }"""
_SAID = "SELECT DISTINCT ?x ?p ?v { VALUES ?p { %s } ?x ?p ?v }"
_OF_AGENCIES = "org:classification sin:sector org:subOrganizationOf sin:region"
_OF_OFFICES = "org:member org:organization sin:post sin:attestedOn sin:former"
_OF_MEETINGS = """schema:additionalType schema:eventStatus schema:startDate schema:endDate
  schema:location schema:about schema:organizer schema:attendee"""
_REPORTS = """SELECT DISTINCT ?x ?article { GRAPH ?g {
  ?x a sin:Meeting . ?article a schema:NewsArticle } }"""
_AGREEMENTS = """SELECT DISTINCT ?x ?name ?meeting { ?x a sin:Agreement ; sin:resultedFrom ?meeting
  OPTIONAL { ?x schema:name ?name } }"""
_DECISIONS = """SELECT DISTINCT ?x ?judgement ?reviewer ?mention { ?x a sin:Decision ;
  sin:judgement ?judgement ; sin:reviewer ?reviewer ; sin:mention ?mention }"""
_REPLACED = "SELECT DISTINCT ?old ?new { ?old dcterms:isReplacedBy ?new }"
_VERSIONS = """SELECT DISTINCT ?software ?registry ?rules { ?run a prov:Activity ;
  prov:wasAssociatedWith/schema:softwareVersion ?software ; sin:registryVersion ?registry ;
  sin:rulesVersion ?rules }"""
_STATEMENTS = "SELECT (COUNT(DISTINCT ?x) AS ?number) { ?x a schema:Quotation }"

FIELDS = {
    "member": "person",
    "organization": "agency",
    "post": "post",
    "attestedOn": "days",
    "former": "former",
    "additionalType": "kind",
    "eventStatus": "status",
    "startDate": "day",
    "endDate": "last day",
    "location": "place",
    "about": "topics",
    "organizer": "hosts",
    "attendee": "others present",
    "classification": "kind",
    "sector": "sector",
    "subOrganizationOf": "part of",
    "region": "region",
}
"""What a property is called in words, by the end of its IRI."""

Fields = dict[str, set[str]]  # what is said of a thing: IRIs and texts
Key = tuple[str, str, str]  # of an office: person, agency, post in small letters


@dataclass(slots=True)
class Office:
    """That somebody is said to hold a post, from the first day that says so to the last."""

    iri: str
    person: str
    agency: str
    post: str  # "" where it is not said
    first: str
    last: str
    former: bool


@dataclass(slots=True)
class Side:
    """What of a graph is compared, by IRIs."""

    names: dict[str, str]  # of persons, agencies, places, topics, regions
    articles: dict[str, dict[str, str]]
    persons: dict[str, str]
    agencies: dict[str, Fields]
    offices: list[Office]
    meetings: dict[str, Fields]
    agreements: dict[str, tuple[str, str]]  # name, meeting
    decisions: dict[str, tuple[str, ...]]  # judgement, reviewer, mentions
    replaced: dict[str, str]
    versions: dict[str, str]
    statements: int

    @classmethod
    def read(cls, source: Source) -> Side:
        """Raises QueryError or StoreError as the source does."""

        def rows(query: str) -> Iterator[dict[str, str]]:
            return select(source, query).dicts()

        names: dict[str, str] = {}
        for path in ("foaf:name", "schema:name", "skos:prefLabel"):
            for row in rows(_NAMES % path):
                names[row["x"]] = min(row["name"], names.get(row["x"], row["name"]))
        articles = {row["x"]: row for row in rows(_ARTICLES)}
        of_agencies = _gathered(rows(_SAID % _OF_AGENCIES))
        of_meetings = _gathered(rows(_SAID % _OF_MEETINGS))
        reports: dict[str, set[str]] = defaultdict(set)
        for row in rows(_REPORTS):
            reports[row["x"]].add(row["article"])
        decisions: dict[str, set[str]] = {}
        for row in rows(_DECISIONS):
            said = decisions.setdefault(row["x"], {row["judgement"].rpartition("/")[2]})
            said |= {row["reviewer"], row["mention"]}
        return cls(
            names=names,
            articles=articles,
            persons={x: name for x, name in names.items() if "/person/" in x},
            agencies={row["x"]: of_agencies.get(row["x"], {}) for row in rows(_AGENCIES)},
            offices=[
                Office(
                    iri,
                    min(said["person"]),
                    min(said["agency"]),
                    names.get(min(said.get("post", {""})), ""),
                    min(said.get("days", ()), default=""),
                    max(said.get("days", ()), default=""),
                    "true" in said.get("former", ()),
                )
                for iri, said in sorted(_gathered(rows(_SAID % _OF_OFFICES)).items())
                if "person" in said and "agency" in said
            ],
            meetings={
                x: {"reports": articles} | of_meetings.get(x, {})
                for x, articles in reports.items()
            },
            agreements={r["x"]: (r["name"], r["meeting"]) for r in rows(_AGREEMENTS)},
            decisions={x: tuple(sorted(said)) for x, said in decisions.items()},
            replaced={row["old"]: row["new"] for row in rows(_REPLACED)},
            versions=next(rows(_VERSIONS), {}),
            statements=int(next(rows(_STATEMENTS))["number"]),
        )  # fmt: skip

    def counts(self) -> dict[str, int]:
        """How many of what are in it."""
        return {
            "articles": len(self.articles),
            "meetings": len(self.meetings),
            "institutions": len(self.agencies),
            "officials": len(self.persons),
            "offices": len(self.offices),
            "agreements": len(self.agreements),
            "statements": self.statements,
            "decisions": len(self.decisions),
        }

    def called(self, iri: str) -> str:
        """A thing's name; of a concept its key, of what has none the IRI's end."""
        if iri in self.names:
            return self.names[iri]
        if iri in self.articles:
            return self.articles[iri]["title"] or iri.rpartition("/")[2]
        return iri.rpartition("/")[2] if iri.startswith("http") else iri


def _gathered(rows: Iterator[dict[str, str]]) -> dict[str, Fields]:
    """What is said of each thing, by the names of FIELDS."""
    found: dict[str, Fields] = defaultdict(lambda: defaultdict(set))
    for row in rows:
        field = FIELDS[row["p"].replace("#", "/").rpartition("/")[2]]
        found[row["x"]][field].add(row["v"])
    return found
