"""All that the graph knows of one official or agency, each piece with the passages it rests on."""

from __future__ import annotations

import textwrap
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sized
from dataclasses import asdict, dataclass
from typing import Any

import pyoxigraph as ox

from sinergi.graph.errors import QueryError
from sinergi.graph.model import Agency
from sinergi.graph.queries import run
from sinergi.graph.queries.naming import resolve
from sinergi.graph.results import Source, Term, plain, select, text

PASSAGES_SHOWN = 2  # in the text, for each piece; the data has all


@dataclass(frozen=True, slots=True)
class Passage:
    """A verbatim piece of an article; `start` and `end` in code points of its text."""

    quote: str
    article: str
    headline: str
    publisher: str
    published: str
    url: str
    start: int
    end: int


Passages = tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Office:
    """A post, and of whom (in an agency's dossier) or where (in an official's)."""

    post: str
    name: str
    iri: str
    former: bool
    first: str  # earliest and latest day on which an article attests it; "" for none
    last: str
    passages: Passages


@dataclass(frozen=True, slots=True)
class Tenure:
    """A line of the named query officeholders: who is attested in a post, or what is odd in it."""

    post: str
    agency: str
    state: str  # attested, gap, overlap, contradiction
    first: str
    last: str
    name: str
    other: str


@dataclass(frozen=True, slots=True)
class Encounter:
    """A meeting that the official or agency took part in."""

    iri: str
    dates: tuple[str, ...]  # several where articles differ; so with the next three
    kinds: tuple[str, ...]
    statuses: tuple[str, ...]
    places: tuple[str, ...]
    agencies: tuple[str, ...]  # the others
    officials: tuple[str, ...]
    passages: Passages


@dataclass(frozen=True, slots=True)
class Partner:
    """An agency met (in an agency's dossier) or an official met, and in which meetings."""

    name: str
    iri: str
    meetings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Saying:
    """Something the official said, or that was said on behalf of the agency."""

    text: str
    speaker: str
    agency: str
    direct: bool
    commitment: bool
    published: str
    passages: Passages


@dataclass(frozen=True, slots=True)
class Double:
    """What may be the same official or agency, and why."""

    name: str
    iri: str
    score: int  # above the line from which such pairs are one
    reason: str


@dataclass(frozen=True, slots=True)
class Dossier:
    """See the module; `to_json` for machines, `render` for people."""

    name: str
    iri: str
    kind: str  # agency or person
    aliases: tuple[str, ...]
    titles: tuple[str, ...]  # ranks and degrees of a person
    above: tuple[str, ...]  # the agencies that an agency belongs to, nearest first
    passages: Passages  # that name an official without an agency
    offices: tuple[Office, ...]
    tenures: tuple[Tenure, ...]  # of an agency's posts; of an official what he has a part in
    meetings: tuple[Encounter, ...]
    partners: tuple[Partner, ...]
    statements: tuple[Saying, ...]
    doubles: tuple[Double, ...]

    def to_json(self) -> dict[str, Any]:
        """As plain objects and lists."""
        return asdict(self)


_ABOUT = """
SELECT DISTINCT ?thing ?type ?name ?alias ?title WHERE {
  { ?thing a org:FormalOrganization ; skos:prefLabel ?name BIND("agency" AS ?type) }
  UNION { ?thing a foaf:Person ; foaf:name ?name BIND("person" AS ?type) }
  OPTIONAL { ?thing skos:altLabel ?alias }
  OPTIONAL { ?thing schema:honorificPrefix|schema:honorificSuffix ?title }
}"""
_ABOVE = """
SELECT DISTINCT ?thing ?parent ?name WHERE {
  ?thing org:subOrganizationOf ?parent . ?parent skos:prefLabel ?name } ORDER BY ?parent"""
_OFFICES = """
SELECT DISTINCT ?thing ?record ?other ?name ?post ?former ?day WHERE {
  GRAPH ?article {
    ?record a org:Membership ; org:member|org:organization ?thing , ?other .
    FILTER(?other != ?thing)
    OPTIONAL { ?record sin:post/skos:prefLabel ?post }
    OPTIONAL { ?record sin:former ?former }
    OPTIONAL { ?record sin:attestedOn ?day }
  }
  ?other foaf:name|skos:prefLabel ?name
}"""
_MEETINGS = """
SELECT DISTINCT ?thing ?record ?meeting ?kind ?status ?date ?place WHERE {
  ?record cv:hasParticipant ?thing ; sin:inMeeting ?meeting .
  ?meeting schema:additionalType ?kind ; schema:eventStatus ?status .
  OPTIONAL { ?meeting schema:startDate ?date }
  OPTIONAL { ?meeting schema:location/schema:name ?place }
}"""
_PRESENT = """
SELECT DISTINCT ?thing ?meeting ?other ?type ?name WHERE {
  ?meeting a sin:Meeting ; schema:organizer|schema:attendee ?thing , ?other .
  FILTER(?other != ?thing)
  { ?other a org:FormalOrganization ; skos:prefLabel ?name BIND("agency" AS ?type) }
  UNION { ?other a foaf:Person ; foaf:name ?name BIND("person" AS ?type) }
}"""
_STATEMENTS = """
SELECT DISTINCT ?thing ?record ?text ?direct ?speaker ?agency ?commitment ?published WHERE {
  ?record a schema:Quotation ; schema:creator|sin:onBehalfOf ?thing ; schema:text ?text ;
    sin:direct ?direct ; prov:wasQuotedFrom ?article .
  OPTIONAL { ?record schema:creator/foaf:name ?speaker }
  OPTIONAL { ?record sin:onBehalfOf/skos:prefLabel ?agency }
  OPTIONAL { ?article schema:datePublished ?published }
  BIND(EXISTS { ?record a sin:Commitment } AS ?commitment)
}"""

_DOUBLES = """
SELECT DISTINCT ?thing ?other ?name ?score ?reason WHERE {
  ?candidate schema:about ?thing , ?other ; sin:score ?score ; sin:reason ?reason .
  ?other foaf:name|skos:prefLabel ?name FILTER(?other != ?thing)
} ORDER BY DESC(?score) ?other"""


def dossier(
    source: Source, name: str, *, identify: Callable[[str], Agency] | None = None
) -> Dossier:
    """The dossier of the official or agency that `name` (label, alias or IRI) means.

    `identify`, the registry's, expands official abbreviations. Raises AmbiguousName where several
    are so called, QueryError where none is.
    """
    thing = resolve(source, name, "thing", identify=identify)
    about = list(_ask(source, _ABOUT, thing))
    if not about:  # an IRI is taken as it is given
        raise QueryError(f"The graph knows no official or agency {thing}; give a name or its IRI.")
    kind = about[0]["type"]
    evidence = _evidence(source, thing)
    meetings = _meetings(source, thing)
    present = list(_ask(source, _PRESENT, thing))
    offices = tuple(_offices(source, thing, evidence))
    agencies = (
        {about[0]["name"]: text(thing)} if kind == "agency" else {o.name: o.iri for o in offices}
    )
    return Dossier(
        name=about[0]["name"],
        iri=text(thing),
        kind=kind,
        aliases=_values(about, "alias"),
        titles=_values(about, "title"),
        above=tuple(_above(source, thing)),
        passages=evidence.get(text(thing), ()),
        offices=offices,
        tenures=tuple(_tenures(source, text(thing), agencies)),
        meetings=tuple(_encounters(meetings, present, evidence)),
        partners=tuple(_partners(present, kind)),
        statements=tuple(_statements(source, thing, evidence)),
        doubles=tuple(
            Double(line["name"], line["other"], int(line["score"]), line["reason"])
            for line in _ask(source, _DOUBLES, thing)
        ),
    )


Line = dict[str, str]
Evidence = Mapping[str, Passages]  # by record


def _ask(source: Source, query: str, thing: Term) -> Iterator[Line]:
    return select(source, query, bindings={"thing": thing}).dicts()


def _values(lines: Iterable[Line], column: str) -> tuple[str, ...]:
    return tuple(sorted({line[column] for line in lines} - {""}))


def _grouped(lines: Iterable[Line], *columns: str) -> Iterator[tuple[tuple[str, ...], list[Line]]]:
    """The lines together that agree in these columns, in order of these."""
    groups: dict[tuple[str, ...], list[Line]] = defaultdict(list)
    for line in lines:
        groups[tuple(line[column] for column in columns)].append(line)
    yield from sorted(groups.items())


def _evidence(source: Source, thing: Term) -> Evidence:
    found: dict[str, list[Passage]] = defaultdict(list)
    for line in run(source, "evidence-of", {"thing": str(thing)}).dicts():
        passage = Passage(
            quote=line["quote"],
            article=line["article"],
            headline=line["headline"],
            publisher=line["publisher"],
            published=line["published"],
            url=line["url"],
            start=int(line["start"]),
            end=int(line["end"]),
        )
        found[line["record"]].append(passage)
    return {record: tuple(passages) for record, passages in found.items()}


def _passages(lines: Iterable[Line], evidence: Evidence) -> Passages:
    """The passages of the records that the lines name, each once."""
    records = _values(lines, "record")
    return tuple(dict.fromkeys(p for record in records for p in evidence.get(record, ())))


def _above(source: Source, thing: Term) -> Iterator[str]:
    seen = set()
    while thing not in seen:  # the registry has no circles, a graph from elsewhere may
        seen.add(thing)
        for line in _ask(source, _ABOVE, thing):
            yield line["name"]
            thing = ox.NamedNode(line["parent"])
            break


def _offices(source: Source, thing: Term, evidence: Evidence) -> Iterator[Office]:
    lines = _ask(source, _OFFICES, thing)
    for (name, post, iri), group in _grouped(lines, "name", "post", "other"):
        days = _values(group, "day")
        yield Office(
            post=post,
            name=name,
            iri=iri,
            former=bool(_values(group, "former")),
            first=days[0] if days else "",
            last=days[-1] if days else "",
            passages=_passages(group, evidence),
        )


def _tenures(source: Source, thing: str, agencies: Mapping[str, str]) -> Iterator[Tenure]:
    for agency, iri in sorted(agencies.items()):
        for line in run(source, "officeholders", {"agency": iri}).dicts():
            if thing in (iri, line["person"], line["other"]):
                yield Tenure(
                    line["post"], agency, line["state"], line["first"], line["last"],
                    line["name"], line["otherName"],
                )  # fmt: skip


def _meetings(source: Source, thing: Term) -> dict[str, list[Line]]:
    meetings: dict[str, list[Line]] = defaultdict(list)
    for line in _ask(source, _MEETINGS, thing):
        meetings[line["meeting"]].append(line)
    return meetings


def _encounters(
    meetings: Mapping[str, list[Line]], present: Iterable[Line], evidence: Evidence
) -> Iterator[Encounter]:
    others: dict[tuple[str, str], list[Line]] = defaultdict(list)
    for line in present:
        others[line["meeting"], line["type"]].append(line)
    # By day, those of unknown day at the end.
    for iri, lines in sorted(meetings.items(), key=lambda m: (_values(m[1], "date") or ("~",), m)):
        yield Encounter(
            iri=iri,
            dates=_values(lines, "date"),
            kinds=tuple(map(_tail, _values(lines, "kind"))),
            statuses=tuple(map(_tail, _values(lines, "status"))),
            places=_values(lines, "place"),
            agencies=_values(others[iri, "agency"], "name"),
            officials=_values(others[iri, "person"], "name"),
            passages=_passages(lines, evidence),
        )


def _partners(present: Iterable[Line], kind: str) -> list[Partner]:
    lines = (line for line in present if line["type"] == kind)
    partners = [
        Partner(name, iri, _values(group, "meeting"))
        for (name, iri), group in _grouped(lines, "name", "other")
    ]
    return sorted(partners, key=lambda partner: -len(partner.meetings))


def _statements(source: Source, thing: Term, evidence: Evidence) -> Iterator[Saying]:
    lines = _ask(source, _STATEMENTS, thing)
    for _, (line, *more) in _grouped(lines, "published", "record"):
        yield Saying(
            text=line["text"],
            speaker=line["speaker"],
            agency=line["agency"],
            direct=line["direct"] == "true",
            commitment=line["commitment"] == "true",
            published=line["published"],
            passages=_passages([line, *more], evidence),
        )


def _tail(iri: str) -> str:
    return iri.rsplit("/", 1)[-1]


# For people ---------------------------------------------------------------------------------


def render(dossier: Dossier, *, width: int = 80) -> str:
    """The dossier as plain text, `width` characters wide, without control characters."""
    return "\n".join(line.rstrip() for line in _lines(dossier, width)) + "\n"


def _lines(dossier: Dossier, width: int) -> Iterator[str]:
    def said(text: str, indent: int = 0, hanging: int = 2) -> list[str]:
        return textwrap.wrap(
            plain(text),
            max(width, 20),
            initial_indent=" " * indent,
            subsequent_indent=" " * (indent + hanging),
            break_on_hyphens=False,
        )

    def quoted(passages: Passages) -> Iterator[str]:
        for passage in passages[:PASSAGES_SHOWN]:
            where = (passage.publisher, passage.published, passage.url or passage.headline)
            yield from said(f"“{passage.quote}”", 4, 1)
            yield from said(", ".join(filter(None, where)) or passage.article, 6)
        if (more := len(passages) - PASSAGES_SHOWN) > 0:
            yield f"    and {more} more"

    def heading(title: str, pieces: Sized) -> Iterator[str]:
        if pieces:
            yield ""
            yield f"{title} ({len(pieces)})"

    yield from said(dossier.name)
    yield from said(f"{dossier.kind} <{dossier.iri}>", 2)
    if dossier.titles:
        yield from said(f"titles: {', '.join(dossier.titles)}", 2)
    if dossier.aliases:
        yield from said(f"also: {'; '.join(dossier.aliases)}", 2)
    if dossier.above:
        yield from said(f"under: {', '.join(dossier.above)}", 2)
    yield from quoted(dossier.passages)

    yield from heading("Offices" if dossier.kind == "person" else "Officials", dossier.offices)
    for office in dossier.offices:
        post = office.post or "post not said"
        parts = (post, office.name) if dossier.kind == "person" else (office.name, post)
        former = " (former)" if office.former else ""
        span = " to ".join(dict.fromkeys(filter(None, (office.first, office.last))))
        yield from said(", ".join(parts) + former + (f"; attested {span}" if span else ""), 2)
        yield from quoted(office.passages)

    yield from heading("Posts over time", dossier.tenures)
    for tenure in dossier.tenures:
        in_agency = f", {tenure.agency}" if dossier.kind == "person" else ""
        yield from said(f"{tenure.post}{in_agency}: {_when(tenure)}", 2)

    yield from heading("Meetings", dossier.meetings)
    for meeting in dossier.meetings:
        day = " or ".join(meeting.dates) or "day unknown"
        what = f"{' or '.join(meeting.kinds)}, {' or '.join(meeting.statuses)}"
        where = f", {' or '.join(meeting.places)}" if meeting.places else ""
        yield from said(f"{day}: {what}{where}", 2)
        if met := (*meeting.agencies, *meeting.officials):
            yield from said(f"with {'; '.join(met)}", 4)
        yield from quoted(meeting.passages)

    yield from heading("Partners", dossier.partners)
    for partner in dossier.partners:
        count = len(partner.meetings)
        yield from said(f"{partner.name}: {count} {'meeting' if count == 1 else 'meetings'}", 2)

    yield from heading("Statements", dossier.statements)
    for saying in dossier.statements:
        who = ", ".join(filter(None, (saying.speaker, saying.agency))) or "speaker not named"
        how = "quoted" if saying.direct else "reported"
        yield from said(f"{who} ({how}{', commitment' if saying.commitment else ''})", 2)
        yield from said(saying.text, 4, 0)
        yield from quoted(saying.passages)

    yield from heading("Perhaps the same", dossier.doubles)
    for double in dossier.doubles:
        yield from said(f"{double.name} <{double.iri}>: {double.score}; {double.reason}", 2)


def _when(tenure: Tenure) -> str:
    """What a line of officeholders says, as a sentence without its end."""
    span = " to ".join(dict.fromkeys((tenure.first, tenure.last)))
    if tenure.state == "gap":
        return f"nobody attested {span}, after {tenure.name} and before {tenure.other}"
    if tenure.state == "overlap":
        return f"both {tenure.name} and {tenure.other} attested {span}"
    if tenure.state == "contradiction":
        return f"{tenure.name} called former {tenure.first}, but attested {tenure.last}"
    return f"{tenure.name}, attested {span}"
