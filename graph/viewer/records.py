"""Fill the page's model from a store, with one flat SELECT for each property.

Every query asks for one property alone, which the store reads off in the order in which it lies,
and the joining is done here: the whole is linear in the number of meetings, and several times as
fast as queries that join, since these look up every triple by itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sinergi.graph.network import Query, agency_rows, attendance_rows, copied, ministry, tail
from sinergi.graph.quality import QualityFigure
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

_TYPED = "SELECT DISTINCT ?subject WHERE {{ ?subject a {} }}"
_PAIRS = "SELECT ?subject ?value WHERE {{ ?subject {} ?value }}"
# An article's graph holds what it states.
_REPORTED = "SELECT ?graph ?subject ?value WHERE {{ GRAPH ?graph {{ ?subject {} ?value }} }}"

_OF_MEETING = (
    "schema:additionalType", "schema:eventStatus", "schema:startDate", "schema:endDate"
)  # fmt: skip
_OF_PARTICIPATION = (
    "sin:inMeeting", "cv:hasParticipant", "cv:role", "sin:actingInPost", "sin:onBehalfOf",
    "sin:accompanies", "sin:represents", "sin:basis",
)  # fmt: skip
_OF_MEMBERSHIP = ("org:member", "org:organization", "sin:post", "sin:attestedOn", "sin:former")
_OF_ARTICLE = ("schema:headline", "schema:publisher", "schema:datePublished", "schema:url")

# A shorter quotation than this that is no sentence says too little alone: the words around it,
# which the graph keeps up to so many characters, are shown with it.
SHORTEST_QUOTE = 60
CONTEXT = 40
# A marked name of fewer letters would be found inside other words.
SHORTEST_NAME = 4

# What an article says of a meeting; an organizer or attendee is an agency or an official.
_STATED = {
    "schema:startDate": "date",
    "schema:additionalType": "kind",
    "schema:location": "place",
    "schema:organizer": "",
    "schema:attendee": "",
}

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
    quality: Iterable[QualityFigure] = (),
) -> PageModel:
    """The model of everything in a store.

    `query` answers the text of a SPARQL SELECT over the union of the named graphs. `kinds` goes
    from the key of an agency kind to its label, `sectors` from the key of a sector to its
    Indonesian and English label; a key without one is written out in words. `quality` are the
    figures that the page states.
    """

    read = _Reader(query)
    meetings_, organizations, articles_ = (
        read.all(type) for type in ("sin:Meeting", "org:FormalOrganization", "schema:NewsArticle")
    )
    named = read.values("skos:prefLabel")
    labels = _first(_of(named, organizations | read.all("schema:AdministrativeArea")))
    posts = _first(_of(named, read.all("org:Post")))
    persons = _first(_of(read.values("foaf:name"), read.all("foaf:Person")))
    place_names = read.values("schema:name")
    stated = _stated(read, meetings_, _first(place_names), labels, persons)
    participations = read.properties(*_OF_PARTICIPATION)
    resulted_from = read.values("sin:resultedFrom")
    articles = read.properties(*_OF_ARTICLE)
    passages = _passages(read, meetings_, participations, resulted_from)
    reports: dict[str, set[str]] = defaultdict(set)
    for meeting, article in (*stated, *((m, a) for m, found in passages.items() for a in found)):
        reports[meeting].add(article)
    copies = copied(query)
    attendees = _attendees(participations, persons, posts, labels)
    others = _of(read.values("skos:altLabel"), organizations | persons.keys())
    also = {tail(iri): tuple(found) for iri, found in others.items()}
    names = {
        tail(iri): (name, *also.get(tail(iri), ())) for iri, name in (persons | labels).items()
    }
    facts = {
        tail(iri): record
        for iri, record in read.properties(*_OF_MEETING).items()
        if iri in meetings_
    }
    places, topics = (
        _linked(_of(read.values(property), meetings_), names_)
        for property, names_ in (("schema:location", place_names), ("schema:about", named))
    )
    agreements = _linked(_turned(resulted_from), place_names)
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
                        for name in names.get(subject, ())
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
        _agency(key, rows.get(key, {}), by_key, kinds or {}, ministry(rows, key), also.get(key, ()))
        for key in attending
    )
    used = {agency.sector for agency in agencies if agency.sector}
    return PageModel(
        agencies=agencies,
        officials=_officials(persons, also, posts, read.properties(*_OF_MEMBERSHIP)),
        meetings=meetings,
        sectors={key: (sectors or {}).get(key, (_words(key),) * 2) for key in sorted(used)},
        articles=len(articles_),
        quality=tuple(quality),
    )


def _agency(
    key: str,
    record: Mapping[str, str],
    labels: Mapping[str, str],
    kinds: Mapping[str, str],
    above: str,
    also: tuple[str, ...],
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
        also=also,
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
        agency, role, represents = map(record.get, ("onBehalfOf", "role", "represents"))
        basis = tail(record.get("basis", "")) or "told"
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
                basis=basis if basis != "told" else None,
            )
        )
    return found


def _officials(
    persons: Mapping[str, str],
    also: Mapping[str, tuple[str, ...]],
    posts: Mapping[str, str],
    memberships: Properties,
) -> tuple[PageOfficial, ...]:
    offices: dict[str, list[Office]] = defaultdict(list)
    for record in memberships.values():
        member, agency = record.get("member"), record.get("organization")
        post = posts.get(record.get("post", ""))
        if member and agency and post:
            former = record.get("former") in ("true", "1")
            offices[member].append(Office(tail(agency), post, record.get("attestedOn"), former))
    return tuple(
        PageOfficial(tail(iri), name, tuple(offices.get(iri, ())), also.get(tail(iri), ()))
        for iri, name in sorted(persons.items())
    )


def _stated(
    read: _Reader,
    meetings: Collection[str],
    places: Mapping[str, str],
    labels: Mapping[str, str],
    persons: Mapping[str, str],
) -> dict[tuple[str, str], tuple[tuple[str, str], ...]]:
    """What each article says of each meeting, by the meeting's key and the article's IRI."""
    article_of = {graph: article for graph, article, _ in read.reported("schema:headline")}
    found: dict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)
    for property, what in _STATED.items():
        for graph, meeting, value in read.reported(property):
            if meeting not in meetings or graph not in article_of:
                continue
            if what == "kind":
                said: str | None = tail(value)
            elif what == "date":
                said = value
            else:
                said = places.get(value) or persons.get(value) or labels.get(value)
            if said:
                kind = what or ("official" if value in persons else "agency")
                found[tail(meeting), article_of[graph]].add((kind, said))
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


def _passages(
    read: _Reader,
    meetings: Collection[str],
    participations: Properties,
    resulted_from: Mapping[str, list[str]],
) -> dict[str, dict[str, set[_Passage]]]:
    """The passages that state a meeting, by its key and the article's IRI: those of the meeting, of
    who took part in it, and of the agreement that came of it.
    """
    meeting_of = {iri: iri for iri in meetings}
    meeting_of |= {
        iri: record["inMeeting"] for iri, record in participations.items() if "inMeeting" in record
    }
    meeting_of |= _first(resulted_from)
    source, target = read.value("oa:hasSource"), read.values("oa:hasTarget")
    selectors = read.values("oa:hasSelector")
    start, end, exact, prefix, suffix = (
        read.value(f"oa:{name}") for name in ("start", "end", "exact", "prefix", "suffix")
    )
    found: dict[str, dict[str, set[_Passage]]] = defaultdict(lambda: defaultdict(set))
    for note, bodies in read.values("oa:hasBody").items():
        about = {tail(meeting_of[body]) for body in bodies if body in meeting_of}
        for place in target.get(note, ()) if about else ():
            both = selectors.get(place, ())
            quote = next((s for s in both if s in exact), None)
            position = next((s for s in both if s in start and s in end), None)
            if quote is None or position is None or place not in source:
                continue
            passage = _Passage(
                int(start[position]),
                int(end[position]),
                exact[quote],
                prefix.get(quote, ""),
                suffix.get(quote, ""),
            )
            for meeting in about:
                found[meeting][source[place]].add(passage)
    return found


class _Reader:
    """Reads a store property by property; values in order, and each once."""

    def __init__(self, query: Query) -> None:
        self._query = query

    def all(self, type: str) -> set[str]:
        """Everything of a type."""
        return {row["subject"].value for row in self._query(PREFIXES + _TYPED.format(type))}

    def values(self, property: str) -> dict[str, list[str]]:
        """Of each subject the values of a property."""
        found: dict[str, list[str]] = {}
        for subject, value in self._pairs(property):
            known = found.setdefault(subject, [])
            if value not in known:  # several graphs may say the same
                known.append(value)
        return {subject: sorted(values) for subject, values in sorted(found.items())}

    def value(self, property: str) -> dict[str, str]:
        """Of each subject the value of a property, of several the first in order."""
        found: dict[str, str] = {}
        for subject, value in self._pairs(property):
            if value < found.setdefault(subject, value):
                found[subject] = value
        return found

    def _pairs(self, property: str) -> Iterator[tuple[str, str]]:
        for row in self._query(PREFIXES + _PAIRS.format(property)):
            yield row["subject"].value, row["value"].value

    def properties(self, *properties: str) -> Properties:
        """Of each subject the value of each property, by its local name; of several days the latest
        (an office is attested up to it), of several roles not the general one, of other values the
        first in order.
        """
        found: Properties = defaultdict(dict)
        for property in properties:
            name = property.partition(":")[2]
            for subject, values in self.values(property).items():
                if name in ("attestedOn", "basis"):  # 'named' < 'quoted' < 'told':
                    values = values[-1:]
                elif name == "role":
                    values = [v for v in values if tail(v) != "attendee"] or values
                found[subject][name] = values[0]
        return dict(found)

    def reported(self, property: str) -> Iterator[tuple[str, str, str]]:
        """Graph, subject and value of a property."""
        for row in self._query(PREFIXES + _REPORTED.format(property)):
            yield row["graph"].value, row["subject"].value, row["value"].value


def _of(values: Mapping[str, list[str]], subjects: Collection[str]) -> dict[str, list[str]]:
    return {subject: found for subject, found in values.items() if subject in subjects}


def _first(values: Mapping[str, list[str]]) -> dict[str, str]:
    return {subject: found[0] for subject, found in values.items()}


def _turned(values: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """From the values to the subjects."""
    found: dict[str, list[str]] = defaultdict(list)
    for subject, objects in values.items():
        for value in objects:
            found[value].append(subject)
    return found


def _linked(links: Mapping[str, list[str]], names: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """Of each subject, by its key, what it is linked with is called."""
    return {
        tail(subject): sorted({name for thing in things for name in names.get(thing, ())})
        for subject, things in links.items()
    }


def _words(key: str) -> str:
    words = key.replace("-", " ")
    return words[:1].upper() + words[1:]
