"""Fill the page's model from a store, with one flat SELECT for each kind of record.

Every query asks for plain rows of distinct values, and the joining is done here: each row is
touched once, so that the whole is linear in the number of meetings, where one query for
everything would multiply topics by participants by sources.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sinergi.graph.network import Query, agency_rows, attendance_rows, copied, ministry, tail
from sinergi.graph.viewer.model import (
    Attendee,
    Office,
    PageAgency,
    PageMeeting,
    PageModel,
    PageOfficial,
    Quote,
    Source,
)

PREFIXES = """
PREFIX cv: <http://data.europa.eu/m8g/>
PREFIX foaf: <http://xmlns.com/foaf/0.1/>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX org: <http://www.w3.org/ns/org#>
PREFIX schema: <https://schema.org/>
PREFIX sin: <https://w3id.org/sinergi/ns#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""

MEETINGS = """
SELECT DISTINCT ?subject ?property ?value WHERE {
  VALUES ?property { schema:additionalType schema:eventStatus schema:startDate schema:endDate }
  ?subject a sin:Meeting ; ?property ?value
}"""
PLACES = """
SELECT DISTINCT ?subject ?value WHERE {
  ?subject a sin:Meeting ; schema:location ?place . ?place schema:name ?value }"""
PLACE_NAMES = (
    "SELECT DISTINCT ?subject ?value WHERE { ?subject a schema:Place ; schema:name ?value }"
)
TOPICS = """
SELECT DISTINCT ?subject ?value WHERE {
  ?subject a sin:Meeting ; schema:about ?topic . ?topic skos:prefLabel ?value }"""
AGREEMENTS = """
SELECT DISTINCT ?subject ?value WHERE {
  ?agreement a sin:Agreement ; sin:resultedFrom ?subject ; schema:name ?value }"""
PARTICIPATIONS = """
SELECT DISTINCT ?subject ?property ?value WHERE {
  VALUES ?property { sin:inMeeting cv:hasParticipant cv:role sin:actingInPost sin:onBehalfOf
                     sin:accompanies sin:represents }
  ?subject a cv:Participation ; ?property ?value
}"""
PERSONS = "SELECT DISTINCT ?subject ?value WHERE { ?subject a foaf:Person ; foaf:name ?value }"
POSTS = "SELECT DISTINCT ?subject ?value WHERE { ?subject a org:Post ; skos:prefLabel ?value }"
MEMBERSHIPS = """
SELECT DISTINCT ?subject ?property ?value WHERE {
  VALUES ?property { org:member org:organization sin:post sin:attestedOn sin:former }
  ?subject a org:Membership ; ?property ?value
}"""
ARTICLES = """
SELECT DISTINCT ?subject ?property ?value WHERE {
  VALUES ?property { schema:headline schema:publisher schema:datePublished schema:url }
  ?subject a schema:NewsArticle ; ?property ?value
}"""
ARTICLE_LIST = "SELECT DISTINCT ?subject WHERE { ?subject a schema:NewsArticle }"
STATED = """
SELECT DISTINCT ?article ?meeting ?property ?value WHERE {
  VALUES ?property { schema:startDate schema:additionalType schema:location
                     schema:organizer schema:attendee }
  GRAPH ?graph { ?article a schema:NewsArticle . ?meeting a sin:Meeting ; ?property ?value }
}"""
EVIDENCE = """
SELECT DISTINCT ?meeting ?article ?start ?end ?exact ?prefix ?suffix WHERE {
  ?note oa:hasBody/(sin:inMeeting|sin:resultedFrom)? ?meeting .
  ?meeting a sin:Meeting .
  ?note oa:hasTarget ?target .
  ?target oa:hasSource ?article ; oa:hasSelector ?text , ?position .
  ?text oa:exact ?exact .
  ?position oa:start ?start ; oa:end ?end .
  OPTIONAL { ?text oa:prefix ?prefix }
  OPTIONAL { ?text oa:suffix ?suffix }
}"""
OTHER_NAMES = "SELECT DISTINCT ?subject ?value WHERE { ?subject a ?type ; skos:altLabel ?value \
VALUES ?type { org:FormalOrganization foaf:Person } }"
LABELS = "SELECT DISTINCT ?subject ?value WHERE { ?subject a ?type ; skos:prefLabel ?value \
VALUES ?type { org:FormalOrganization schema:AdministrativeArea } }"

# A shorter quotation than this that is no sentence says too little alone: the words around it,
# which the graph keeps up to so many characters, are shown with it.
SHORTEST_QUOTE = 60
CONTEXT = 40
# A marked name of fewer letters would be found inside other words.
SHORTEST_NAME = 4

_STATED = {"startDate": "date", "additionalType": "kind", "location": "place"}

Properties = dict[str, dict[str, str]]


@dataclass(frozen=True, slots=True, order=True)
class _Passage:
    start: int
    end: int
    exact: str
    prefix: str
    suffix: str


def page_model(
    query: Query,
    *,
    kinds: Mapping[str, str] | None = None,
    sectors: Mapping[str, tuple[str, str]] | None = None,
) -> PageModel:
    """The model of everything in a store.

    `query` answers the text of a SPARQL SELECT over the union of the named graphs. `kinds` goes
    from the key of an agency kind to its label, `sectors` from the key of a sector to its
    Indonesian and English label; a key without one is written out in words.
    """

    def values(text: str) -> dict[str, list[str]]:
        return _values(query, PREFIXES + text)

    def properties(text: str) -> Properties:
        return _properties(query, PREFIXES + text)

    labels = _first(values(LABELS))
    persons = _first(values(PERSONS))
    stated = _stated(query, labels, persons)
    posts = _first(values(POSTS))
    articles = properties(ARTICLES)
    passages = _passages(query)
    reports: dict[str, set[str]] = defaultdict(set)
    for meeting, article in (*stated, *((m, a) for m, found in passages.items() for a in found)):
        reports[meeting].add(article)
    copies = copied(query)
    attendees = _attendees(properties(PARTICIPATIONS), persons, posts, labels)
    names = defaultdict(list, {tail(s): [n] for s, n in (persons | labels).items()})
    for iri, others in values(OTHER_NAMES).items():
        names[tail(iri)] += others
    facts = {tail(iri): record for iri, record in properties(MEETINGS).items()}
    places, topics, agreements = (
        {tail(iri): found for iri, found in values(text).items()}
        for text in (PLACES, TOPICS, AGREEMENTS)
    )
    meetings = tuple(
        PageMeeting(
            key=key,
            agencies=present,
            kind=tail(facts[key].get("additionalType", "lainnya")),
            status=tail(facts[key].get("eventStatus", "held")),
            date=facts[key].get("startDate"),
            end_date=facts[key].get("endDate"),
            place=next(iter(places.get(key, ())), None),
            topics=tuple(topics.get(key, ())),
            attendees=tuple(attendees.get(key, ())),
            agreement="; ".join(agreements.get(key, ())) or None,
            sources=tuple(
                _source(
                    tail(article),
                    tail(article) in copies,
                    articles.get(article, {}),
                    stated.get((key, article), ()),
                    passages.get(key, {}).get(article, ()),
                    [
                        name
                        for subject in (*present, *(a.official for a in attendees.get(key, ())))
                        for name in names[subject]
                        if len(name) >= SHORTEST_NAME
                    ],
                )
                for article in sorted(reports[key])
            ),
        )
        for key, present in attendance_rows(query).items()
        if key in facts
    )
    by_key = {tail(iri): label for iri, label in labels.items()}
    rows = agency_rows(query)
    attending = sorted({agency for meeting in meetings for agency in meeting.agencies})
    agencies = tuple(
        _agency(key, rows.get(key, {}), by_key, kinds or {}, ministry(rows, key))
        for key in attending
    )
    used = {agency.sector for agency in agencies if agency.sector}
    return PageModel(
        agencies=agencies,
        officials=_officials(persons, posts, properties(MEMBERSHIPS)),
        meetings=meetings,
        sectors={key: (sectors or {}).get(key, (_words(key),) * 2) for key in sorted(used)},
        articles=sum(1 for _ in query(PREFIXES + ARTICLE_LIST)),
    )


def _agency(
    key: str,
    record: Mapping[str, str],
    labels: Mapping[str, str],
    kinds: Mapping[str, str],
    above: str,
) -> PageAgency:
    kind, parent, region = (record.get(name) for name in ("kind", "parent", "region"))
    return PageAgency(
        key=key,
        label=record.get("label", _words(key)),
        kind=kinds.get(kind, _words(kind)) if kind else None,
        sector=record.get("sector"),
        parent=labels.get(parent, _words(parent)) if parent else None,
        region=labels.get(region) if region else None,
        region_code=region,
        ministry=labels.get(above, _words(above)),
    )


def _attendees(
    participations: Properties,
    persons: Mapping[str, str],
    posts: Mapping[str, str],
    labels: Mapping[str, str],
) -> dict[str, list[Attendee]]:
    """Of each meeting, by its key, the persons there."""
    found: dict[str, list[Attendee]] = defaultdict(list)
    for record in participations.values():
        person = record.get("hasParticipant")
        if person is None or person not in persons or "inMeeting" not in record:
            continue
        agency, role, represents = (
            record.get(name) for name in ("onBehalfOf", "role", "represents")
        )
        found[tail(record["inMeeting"])].append(
            Attendee(
                official=tail(person),
                agency=tail(agency) if agency else None,
                post=posts.get(record.get("actingInPost", "")),
                role=tail(role) if role else None,
                accompanies=persons.get(record.get("accompanies", "")),
                represents=(persons.get(represents) or labels.get(represents))
                if represents
                else None,
            )
        )
    return found


def _officials(
    persons: Mapping[str, str], posts: Mapping[str, str], memberships: Properties
) -> tuple[PageOfficial, ...]:
    offices: dict[str, list[Office]] = defaultdict(list)
    for record in memberships.values():
        member, agency = record.get("member"), record.get("organization")
        post = posts.get(record.get("post", ""))
        if member and agency and post:
            former = record.get("former") in ("true", "1")
            offices[member].append(Office(tail(agency), post, record.get("attestedOn"), former))
    return tuple(
        PageOfficial(tail(iri), name, tuple(offices.get(iri, ())))
        for iri, name in sorted(persons.items())
    )


def _stated(
    query: Query, labels: Mapping[str, str], persons: Mapping[str, str]
) -> dict[tuple[str, str], tuple[tuple[str, str], ...]]:
    """What each article says of each meeting, by the meeting's key and the article's IRI."""
    places = _first(_values(query, PREFIXES + PLACE_NAMES))
    found: dict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)
    for row in query(PREFIXES + STATED):
        name, value = tail(row["property"].value), row["value"].value
        what = _STATED.get(name, "official" if value in persons else "agency")
        if what == "kind":
            said: str | None = tail(value)
        elif what == "date":
            said = value
        else:
            said = places.get(value) or persons.get(value) or labels.get(value)
        if said:
            found[tail(row["meeting"].value), row["article"].value].add((what, said))
    return {key: tuple(sorted(pairs)) for key, pairs in found.items()}


def _source(
    key: str,
    copy: bool,
    article: Mapping[str, str],
    states: tuple[tuple[str, str], ...],
    passages: Iterable[_Passage],
    names: Sequence[str],
) -> Source:
    return Source(
        headline=article.get("headline", ""),
        outlet=article.get("publisher"),
        url=article.get("url"),
        published=article.get("datePublished"),
        quotes=_quotes(passages, names),
        states=states,
        article=key,
        copy=copy,
    )


def _quotes(passages: Iterable[_Passage], names: Sequence[str]) -> tuple[Quote, ...]:
    """Passages that stand in another one become its marked phrases; the others are the quotes.

    The names of those who met are marked in them as well.
    """
    quotes: list[tuple[_Passage, list[str]]] = []
    for passage in sorted(passages, key=lambda p: (p.start, -p.end)):
        if quotes and passage.end <= quotes[-1][0].end:
            if passage.exact != quotes[-1][0].exact:
                quotes[-1][1].append(passage.exact)
        else:
            quotes.append((passage, []))
    return tuple(_quote(outer, inner, names) for outer, inner in quotes)


def _quote(passage: _Passage, phrases: list[str], names: Sequence[str]) -> Quote:
    text = passage.exact
    if len(text) < SHORTEST_QUOTE and not (text[:1].isupper() and text[-1:] in '.!?”"'):
        return Quote(_before(passage.prefix) + text + _after(passage.suffix), (text,))
    return Quote(text, tuple(dict.fromkeys((*phrases, *(name for name in names if name in text)))))


def _before(prefix: str) -> str:
    """The words before a quotation; the first may have been cut, so that it goes."""
    cut = len(prefix) >= CONTEXT
    return "… " + prefix.partition(" ")[2] if cut else prefix


def _after(suffix: str) -> str:
    cut = len(suffix) >= CONTEXT
    return suffix.rpartition(" ")[0] + " …" if cut else suffix


def _passages(query: Query) -> dict[str, dict[str, set[_Passage]]]:
    """The passages that state a meeting, by its key and the article's IRI."""
    found: dict[str, dict[str, set[_Passage]]] = defaultdict(lambda: defaultdict(set))
    for row in query(PREFIXES + EVIDENCE):
        prefix, suffix = row["prefix"], row["suffix"]
        found[tail(row["meeting"].value)][row["article"].value].add(
            _Passage(
                int(row["start"].value),
                int(row["end"].value),
                row["exact"].value,
                prefix.value if prefix else "",
                suffix.value if suffix else "",
            )
        )
    return found


def _values(query: Query, text: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for subject, value in sorted((r["subject"].value, r["value"].value) for r in query(text)):
        found[subject].append(value)
    return found


def _first(values: Mapping[str, list[str]]) -> dict[str, str]:
    return {subject: found[0] for subject, found in values.items()}


def _properties(query: Query, text: str) -> Properties:
    """Of each subject the value of each property, by its local name; of several days the latest
    (an office is attested up to it), of several roles not the general one, of other values the
    first in order.
    """
    found: Properties = defaultdict(dict)
    for subject, property, value in sorted(
        (r["subject"].value, r["property"].value, r["value"].value) for r in query(text)
    ):
        name = tail(property)
        if name == "attestedOn" or tail(found[subject].get(name, "")) == "attendee":
            found[subject][name] = value
        else:
            found[subject].setdefault(name, value)
    return found


def _words(key: str) -> str:
    words = key.replace("-", " ")
    return words[:1].upper() + words[1:]
