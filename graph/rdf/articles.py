"""One article's graph: what it states, each record with the spans it rests on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode, Quad

from sinergi.graph.errors import SinergiError
from sinergi.graph.model import (
    Agreement,
    Article,
    Extraction,
    Gloss,
    Links,
    Meeting,
    Official,
    Participation,
    Party,
    Resolution,
    Span,
    Spans,
    Statement,
)
from sinergi.graph.rdf.brevity import Bounds, abridged
from sinergi.graph.rdf.quads import NamedGraph, day, flag, is_web_url, text
from sinergi.ontology import (
    CV,
    OA,
    ORG,
    PROV,
    RDF,
    SCHEMA,
    SIN,
    SKOS,
    XSD,
    Iris,
    concept,
    concept_scheme,
    normal_label,
)


def article_quads(
    extraction: Extraction, links: Links, resolution: Resolution, iris: Iris | None = None
) -> list[Quad]:
    """The graph of one article: what it states, each record with the spans it rests on, but no more
    of the text than `abridged` leaves.

    `links` says which canonical thing each mention is, `resolution` what these are called.
    Raises SinergiError when a mention has no link.
    """
    extraction, bounds = abridged(extraction)
    writer = _ArticleWriter(extraction.article, links, resolution, iris or Iris(), bounds)
    return writer.write(extraction)


@dataclass
class _ArticleWriter:
    article: Article
    links: Links
    resolution: Resolution
    iris: Iris
    bounds: Bounds
    graph: NamedGraph = field(init=False)
    node: NamedNode = field(init=False)
    day: Literal | None = field(init=False)
    started: Counter[tuple[str, int]] = field(default_factory=Counter)
    # What is said once of each, however often it is met with.
    people: dict[str, NamedNode] = field(default_factory=dict)
    bodies: dict[str, NamedNode] = field(default_factory=dict)
    quoted: dict[tuple[int, int, str], NamedNode] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.graph = NamedGraph(self.iris.article_graph(self.article.id))
        self.node = self.iris.article(self.article.id)
        self.day = day(self.article.published)

    def write(self, extraction: Extraction) -> list[Quad]:
        self.write_article()
        for official in extraction.officials:
            self.write_official(official)
        for meeting, key in zip(extraction.meetings, self.links.meetings, strict=True):
            self.write_meeting(meeting, key)
        for statement in extraction.statements:
            self.write_statement(statement)
        for gloss in extraction.glosses:
            self.write_gloss(gloss)
        return self.graph.sorted()

    def write_article(self) -> None:
        article, add = self.article, self.graph.add
        add(self.node, RDF.type, SCHEMA.NewsArticle)
        add(self.node, SCHEMA.identifier, text(article.id))
        add(self.node, SCHEMA.headline, text(article.title))
        add(self.node, SCHEMA.publisher, text(article.publisher))
        add(self.node, SCHEMA.datePublished, self.day)
        add(self.node, SIN.sha256, text(article.sha256))
        if article.url and is_web_url(article.url):
            add(self.node, SCHEMA.url, Literal(article.url, datatype=XSD.anyURI))

    # -- who ---------------------------------------------------------------------------------

    def person_key(self, name: str) -> str:
        return self._key(self.links.persons, name)

    def agency_key(self, name: str) -> str:
        return self._key(self.links.agencies, name)

    def _key(self, keys: Mapping[str, str], name: str) -> str:
        try:
            return keys[name]
        except KeyError:
            raise SinergiError(
                f"Article {self.article.id} names '{name}', which its resolution leaves out; "
                "resolve the article again."
            ) from None

    def person(self, name: str) -> NamedNode:
        """The canonical person, with the name this article uses."""
        if name not in self.people:
            key = self.person_key(name)
            self.people[name] = node = self.iris.person(key)
            self.write_other_label(node, name, self.resolution.persons[key].name)
        return self.people[name]

    def agency(self, name: str) -> NamedNode:
        """The canonical agency, with the name this article uses."""
        if name not in self.bodies:
            key = self.agency_key(name)
            self.bodies[name] = node = self.iris.agency(key)
            self.write_other_label(node, name, self.resolution.agencies[key].name)
        return self.bodies[name]

    def agency_if(self, name: str | None) -> NamedNode | None:
        return self.agency(name) if name else None

    def write_other_label(self, node: NamedNode, written: str, canonical: str) -> None:
        if written != canonical:
            self.graph.add(node, SKOS.altLabel, text(written))

    def post(self, post: str | None, organization: str | None) -> NamedNode | None:
        """The post within its agency; None where the text leaves out one of the two."""
        if not post or not organization:
            return None
        node = self.iris.post(self.agency_key(organization), post)
        self.graph.add(node, RDF.type, ORG.Post)
        self.graph.add(node, SKOS.prefLabel, text(_post_label(post), "id"))
        self.graph.add(node, ORG.postIn, self.agency(organization))
        return node

    def write_official(self, official: Official) -> None:
        add = self.graph.add
        person = self.person(official.person)
        canonical = self.resolution.persons[self.person_key(official.person)].name
        for alias in official.aliases:
            self.write_other_label(person, alias, canonical)
        add(person, SCHEMA.honorificPrefix, text(official.rank))
        add(person, SCHEMA.honorificSuffix, *map(text, official.degrees))
        if not official.organization:
            self.write_evidence(person, official.spans)
            return
        post = self.post(official.post, official.organization)
        if post and official.post and official.post_label:
            self.write_other_label(post, official.post_label, _post_label(official.post))
        membership = self.iris.membership(
            self.person_key(official.person),
            self.agency_key(official.organization),
            official.post,
        )
        add(membership, RDF.type, ORG.Membership)
        add(membership, ORG.member, person)
        add(membership, ORG.organization, self.agency(official.organization))
        add(membership, SIN.post, post)
        add(membership, SIN.former, flag(official.former))
        if not official.former:
            add(membership, SIN.attestedOn, self.day)
        self.write_evidence(membership, official.spans)

    # -- meetings ----------------------------------------------------------------------------

    def write_meeting(self, meeting: Meeting, key: str) -> None:
        """A meeting whose parties turn out to be one agency is none, and is left out."""
        if len({self.agency_key(party.organization) for party in meeting.organizations}) < 2:
            return
        add = self.graph.add
        node = self.iris.meeting(key)
        add(node, RDF.type, SIN.Meeting)
        add(node, SCHEMA.additionalType, concept("meeting-kind", meeting.kind))
        add(node, SCHEMA.eventStatus, concept("meeting-status", meeting.status))
        add(node, SCHEMA.startDate, day(meeting.date))
        add(node, SCHEMA.endDate, day(meeting.end_date))
        add(node, SIN.dateConflict, flag(meeting.date_conflict))
        if meeting.place:
            place = self.iris.place(meeting.place)
            add(node, SCHEMA.location, place)
            add(place, RDF.type, SCHEMA.Place)
            add(place, SCHEMA.name, text(meeting.place))
        for topic in meeting.topics:
            about = self.iris.topic(topic.label)
            normal = normal_label(topic.label)
            add(node, SCHEMA.about, about)
            add(about, RDF.type, SKOS.Concept)
            add(about, SKOS.inScheme, concept_scheme("topic"))
            add(about, SKOS.prefLabel, text(normal, "id"))
            if topic.label != normal:
                add(about, SKOS.altLabel, text(topic.label, "id"))
            self.write_evidence(about, topic.spans)
        for party in meeting.organizations:
            self.write_party(party, node, key, meeting.spans)
        for participation in meeting.participants:
            self.write_participation(participation, node, key, meeting.spans)
        if meeting.agreement:
            self.write_agreement(meeting.agreement, node, key, meeting.spans)
        self.write_evidence(node, (*meeting.spans, *meeting.date_spans, *meeting.place_spans))

    def write_taking_part(
        self, meeting: NamedNode, node: NamedNode, who: NamedNode, part: Party | Participation
    ) -> None:
        """What holds for whoever takes part, a person or an agency."""
        add = self.graph.add
        add(meeting, SIN.participation, node)
        add(meeting, SCHEMA.organizer if part.role == "host" else SCHEMA.attendee, who)
        add(node, RDF.type, CV.Participation)
        add(node, SIN.inMeeting, meeting)
        add(node, CV.hasParticipant, who)
        add(node, CV.role, concept("role", part.role) if part.role else None)
        add(node, SIN.basis, concept("basis", part.basis))

    def write_party(self, party: Party, meeting: NamedNode, key: str, otherwise: Spans) -> None:
        node = self.iris.agency_participation(key, self.agency_key(party.organization))
        self.write_taking_part(meeting, node, self.agency(party.organization), party)
        self.write_evidence(node, party.spans or otherwise)

    def write_participation(
        self, participation: Participation, meeting: NamedNode, key: str, otherwise: Spans
    ) -> None:
        add = self.graph.add
        node = self.iris.person_participation(key, self.person_key(participation.person))
        person = self.person(participation.person)
        self.write_taking_part(meeting, node, person, participation)
        add(node, SIN.actingInPost, self.post(participation.post, participation.organization))
        add(node, SIN.onBehalfOf, self.agency_if(participation.organization))
        if participation.accompanies:
            add(node, SIN.accompanies, self.person(participation.accompanies))
        represented = participation.represents
        if represented in self.links.persons:
            add(node, SIN.represents, self.person(represented))
        elif represented:
            add(node, SIN.represents, self.agency(represented))
        self.write_evidence(node, participation.spans or otherwise)

    def write_agreement(
        self, agreement: Agreement, meeting: NamedNode, key: str, otherwise: Spans
    ) -> None:
        add = self.graph.add
        node = self.iris.agreement(key)
        add(node, RDF.type, SIN.Agreement)
        add(node, SCHEMA.name, text(agreement.title))
        add(node, SIN.agreementKind, concept("agreement-kind", agreement.kind))
        add(node, SIN.resultedFrom, meeting)
        add(node, SIN.signatory, *map(self.agency, agreement.parties))
        self.write_evidence(node, agreement.spans or otherwise)

    # -- what was said, and how the text explains its words ------------------------------------

    def write_statement(self, statement: Statement) -> None:
        add = self.graph.add
        node = self.at_start(self.iris.statement, statement.spans)
        add(node, RDF.type, SCHEMA.Quotation)
        if statement.commitment:
            add(node, RDF.type, SIN.Commitment)
        if statement.speaker:
            add(node, SCHEMA.creator, self.person(statement.speaker))
        add(node, SIN.onBehalfOf, self.agency_if(statement.organization))
        add(node, SIN.actingInPost, self.post(statement.post, statement.organization))
        add(node, SCHEMA.text, text(statement.text))
        add(node, SIN.direct, Literal(statement.direct))
        add(node, PROV.wasQuotedFrom, self.node)
        self.write_evidence(node, statement.spans)

    def write_gloss(self, gloss: Gloss) -> None:
        add = self.graph.add
        node = self.at_start(self.iris.gloss, gloss.spans)
        add(node, RDF.type, SIN.Gloss)
        add(node, SIN.abbreviation, text(gloss.abbreviation))
        add(node, SIN.expansion, text(gloss.text))
        add(node, SIN.registryExpansion, text(gloss.registry))
        add(node, SIN.differs, Literal(gloss.differs))
        self.write_evidence(node, gloss.spans)

    def at_start(self, name: Callable[[str, int, int], NamedNode], spans: Spans) -> NamedNode:
        """A name for what has none of its own: where it starts, and which one there."""
        start = min((span.start for span in spans), default=0)
        number = self.started[name.__name__, start] = self.started[name.__name__, start] + 1
        return name(self.article.id, start, number)

    def write_evidence(self, record: NamedNode, spans: Iterable[Span]) -> None:
        """That `record` rests on `spans`: one annotation a span, a body for each record."""
        for span in map(self.bounds.quote, spans):
            known = (span.start, span.end, span.quote)
            if known not in self.quoted:
                self.quoted[known] = self.annotation(span)
            self.graph.add(self.quoted[known], OA.hasBody, record)

    def annotation(self, span: Span) -> NamedNode:
        add, article, iris = self.graph.add, self.article, self.iris
        start, end = span.start, span.end
        annotation = iris.evidence(article.id, start, end)
        target = iris.evidence(article.id, start, end, "target")
        quote = iris.evidence(article.id, start, end, "quote")
        position = iris.evidence(article.id, start, end, "position")
        add(annotation, RDF.type, OA.Annotation)
        add(annotation, OA.hasTarget, target)
        add(target, RDF.type, OA.SpecificResource)
        add(target, OA.hasSource, self.node)
        add(target, OA.hasSelector, quote, position)
        add(quote, RDF.type, OA.TextQuoteSelector)
        add(quote, OA.exact, text(span.quote))
        add(quote, OA.prefix, text(article.text[max(0, start - self.bounds.context) : start]))
        add(quote, OA.suffix, text(article.text[end : end + self.bounds.context]))
        add(position, RDF.type, OA.TextPositionSelector)
        add(position, OA.start, Literal(start))
        add(position, OA.end, Literal(end))
        return annotation


# Words that stay small within a post's name.
_SMALL_WORDS = frozenset(["dan", "di", "ke", "untuk", "dari", "bagi", "atas", "serta", "dengan"])


def _post_label(post: str) -> str:
    """A post's name, so that 'Kepala seksi' and 'Kepala Seksi' are called the same."""
    words = post.split()
    return " ".join(w if w in _SMALL_WORDS or not w.islower() else w.capitalize() for w in words)
