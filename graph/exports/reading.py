"""A graph's entities, one after the other, out of a store.

Things of a class come sorted by their IRIs. Memory holds these IRIs for one class at a time, the
entity at hand, and as many names, articles and passages as CACHED says: it does not grow with what
the store says of its things.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Protocol

from pyoxigraph import Literal, NamedNode, Quad

from sinergi.graph.exports.entities import (
    Agency,
    Agreement,
    Article,
    Attestation,
    Change,
    Concept,
    Entity,
    Evidence,
    Evidences,
    Meeting,
    Membership,
    Official,
    Participation,
    Post,
    Ref,
    Region,
    Report,
    Source,
    Statement,
    Title,
    Topic,
)
from sinergi.ontology import (
    CV,
    DCTERMS,
    DEFAULT_BASE,
    FOAF,
    OA,
    ORG,
    PROV,
    RDF,
    SCHEMA,
    SIN,
    SKOS,
    VOCABULARIES,
)

CACHED = 20_000  # of each: some 10 MB
# Vocabularies whose keys records have; the labels of topics and ranks stand in the records.
_SCHEMES = (
    "agency-kind", "agreement-kind", "basis", "meeting-kind", "meeting-status", "role", "sector"
)  # fmt: skip
_NO_ROLE = "attendee"  # what everybody is

Node = NamedNode
Said = Mapping[NamedNode, tuple[NamedNode | Literal, ...]]


class Quads(Protocol):
    """What is needed of a store."""

    def match(
        self, subject: Node | None = None, predicate: Node | None = None,
        object: Node | Literal | None = None, graph: Node | None = None,
    ) -> Iterator[Quad]:  # fmt: skip
        """The quads with these terms; None stands for any."""
        ...

    def graphs(self) -> list[Node]:
        """The named graphs."""
        ...

    def quads(self) -> Iterator[Quad]:
        """Every quad, graph by graph."""
        ...


class Reader:
    """The entities of a store: vocabularies and regions first, then agencies, changes, posts,
    officials, memberships, topics, meetings, and articles with their statements.
    """

    def __init__(self, store: Quads, *, naming: bool = True) -> None:
        """`naming`: whether agencies, posts and officials come with the articles that name them."""
        self._store = store
        self._with_articles = naming
        graph = next((graph.value for graph in store.graphs()), "")
        self.base = graph.rpartition("graph/")[0] or DEFAULT_BASE
        """How the IRIs of things begin."""
        self._source = lru_cache(CACHED)(self._read_source)
        self._passage = lru_cache(CACHED)(self._read_passage)
        self.name = lru_cache(CACHED)(self._read_name)
        self._region = lru_cache(CACHED)(self._read_region)
        self.agency = lru_cache(CACHED)(self._read_agency)
        self._article_of = lru_cache(CACHED)(self._read_article_of)

    def __iter__(self) -> Iterator[Entity]:
        yield from self._concepts()
        kinds: tuple[tuple[Node, Callable[[Node], Entity | None]], ...] = (
            (SCHEMA.AdministrativeArea, self._region),
            (ORG.FormalOrganization, self._named_agency),
            (ORG.ChangeEvent, self._change),
            (ORG.Post, self._post),
            (FOAF.Person, self._official),
            (ORG.Membership, self._membership),
        )
        for kind, read in kinds:
            yield from filter(None, map(read, self.things(RDF.type, kind)))
        topics = NamedNode(f"{VOCABULARIES}topic")
        yield from map(self._topic, self.things(SKOS.inScheme, topics))
        yield from map(self._meeting, self.things(RDF.type, SIN.Meeting))
        yield from map(self._article, self.things(RDF.type, SCHEMA.NewsArticle))

    def versions(self) -> dict[str, str]:
        """By which versions of software, registry and rules the graph was made; {} if untold."""
        run = next(iter(self.things(RDF.type, PROV.Activity)), None)
        said = self.said(run) if run else {}
        software = next(iter(nodes(said, PROV.wasAssociatedWith)), None)
        found = {
            "sinergi": software and text(self.said(software), SCHEMA.softwareVersion),
            "registry": text(said, SIN.registryVersion),
            "rules": text(said, SIN.rulesVersion),
        }
        return {name: value for name, value in found.items() if value}

    # What the graph says ----------------------------------------------------------------------

    def things(self, predicate: Node, value: Node) -> list[Node]:
        """What has this property, sorted by IRI."""
        found = {quad.subject for quad in self._store.match(None, predicate, value)}
        return sorted((s for s in found if isinstance(s, NamedNode)), key=lambda s: s.value)

    def said(self, node: Node, graph: Node | None = None) -> Said:
        """What is said of a thing, by all articles or in one graph, sorted."""
        return _grouped(self._store.match(node, None, None, graph))

    def _read_name(self, node: Node) -> str:
        for predicate in (SKOS.prefLabel, FOAF.name):
            names = [q.object for q in self._store.match(node, predicate)]
            if found := _in_language(names, "id"):
                return found
        return node.value

    def _refs(self, said: Said, predicate: Node) -> tuple[Ref, ...]:
        nodes = (v for v in said.get(predicate, ()) if isinstance(v, NamedNode))
        return tuple(Ref(node.value, self.name(node)) for node in nodes)

    def _ref(self, said: Said, predicate: Node) -> Ref | None:
        return next(iter(self._refs(said, predicate)), None)

    def evidence(self, node: Node) -> Evidences:
        """The spans that a record rests on, sorted by article and place."""
        notes = self.things(OA.hasBody, node)
        found = (passage for note in notes if (passage := self._passage(note)))
        return tuple(sorted(found, key=lambda e: (e.article.iri, e.start, e.end)))

    def _read_passage(self, note: Node) -> Evidence | None:
        said: dict[NamedNode, tuple[NamedNode | Literal, ...]] = {}
        for target in nodes(self.said(note), OA.hasTarget):
            said |= self.said(target)
            for selector in nodes(said, OA.hasSelector):
                said |= {k: v for k, v in self.said(selector).items() if k != RDF.type}
        article, quote = next(iter(nodes(said, OA.hasSource)), None), text(said, OA.exact)
        start, end = text(said, OA.start), text(said, OA.end)
        if article is None or not quote or not start or not end:
            return None
        return Evidence(
            note.value, self._source(article), quote, text(said, OA.prefix) or "",
            text(said, OA.suffix) or "", int(start), int(end),
        )  # fmt: skip

    def _read_source(self, node: Node) -> Source:
        said = self.said(node)
        return Source(
            node.value,
            text(said, SCHEMA.identifier) or node.value,
            text(said, SCHEMA.headline),
            text(said, SCHEMA.publisher),
            text(said, SCHEMA.datePublished),
            text(said, SCHEMA.url),
            text(said, SIN.sha256),
            text(said, SIN.copyOf),
        )

    def _read_article_of(self, graph: Node) -> Source | None:
        found = self._store.match(None, RDF.type, SCHEMA.NewsArticle, graph)
        return next((self._source(q.subject) for q in found if _named(q.subject)), None)

    def _by_article(self, node: Node) -> Iterator[tuple[Source, Said]]:
        """What each article says of a thing, by itself."""
        graphs: dict[Node, list[Quad]] = {}
        for quad in self._store.match(node):
            if isinstance(quad.graph_name, NamedNode):
                graphs.setdefault(quad.graph_name, []).append(quad)
        for graph in sorted(graphs, key=lambda graph: graph.value):
            if article := self._article_of(graph):
                yield article, _grouped(graphs[graph])

    # Who and where ----------------------------------------------------------------------------

    def _concepts(self) -> Iterator[Concept]:
        for scheme in _SCHEMES:
            for node in self.things(SKOS.inScheme, NamedNode(VOCABULARIES + scheme)):
                labels = self.said(node).get(SKOS.prefLabel, ())
                english = _in_language(labels, "en", otherwise=False)
                label = _in_language(labels, "id") or _tail(node.value)
                yield Concept(node.value, scheme, _tail(node.value), label, english)

    def _read_region(self, node: Node) -> Region:
        said = self.said(node)
        parent = next(iter(nodes(said, SCHEMA.containedInPlace)), None)
        return Region(
            node.value,
            text(said, SCHEMA.identifier) or _tail(node.value),
            self.name(node),
            self._region(parent).code if parent else None,
        )

    def _read_agency(self, node: Node) -> Agency:
        said = self.said(node)
        name = self.name(node)
        region = next(iter(nodes(said, SIN.region)), None)
        return Agency(
            node.value,
            name,
            _others(said, name),
            key(said, ORG.classification),
            key(said, SIN.sector),
            self._ref(said, ORG.subOrganizationOf),
            self._region(region) if region else None,
        )

    def _named_agency(self, node: Node) -> Agency:
        """With the articles, which are too many to be kept with what others refer to."""
        return replace(self.agency(node), articles=self._naming(node))

    def _naming(self, node: Node) -> tuple[Source, ...]:
        """The articles that state something with this thing in it."""
        if not self._with_articles:
            return ()
        graphs = {q.graph_name for q in self._store.match(None, None, node)}
        found = (self._article_of(graph) for graph in graphs if isinstance(graph, NamedNode))
        return tuple(sorted(filter(None, found), key=lambda source: source.iri))

    def _change(self, node: Node) -> Change:
        said = self.said(node)
        before, after = (
            self._refs(said, p) for p in (ORG.originalOrganization, ORG.resultingOrganization)
        )
        return Change(node.value, text(said, DCTERMS.date), before, after)

    def _post(self, node: Node) -> Post | None:
        said = self.said(node)
        agency, name = next(iter(nodes(said, ORG.postIn)), None), self.name(node)
        if agency is None:
            return None
        return Post(node.value, name, _others(said, name), self.agency(agency), self._naming(node))

    def _official(self, node: Node) -> Official:
        kinds = (("rank", SCHEMA.honorificPrefix), ("degree", SCHEMA.honorificSuffix))
        titles = tuple(
            Title(kind, value.value, article.iri)
            for article, said in self._by_article(node)
            for kind, predicate in kinds
            for value in said.get(predicate, ())
        )
        name = self.name(node)
        return Official(
            node.value,
            name,
            _others(self.said(node), name),
            titles,
            self._naming(node),
            self.evidence(node),
        )

    def _membership(self, node: Node) -> Membership | None:
        said = self.said(node)
        official, agency = self._ref(said, ORG.member), self._ref(said, ORG.organization)
        if not official or not agency:
            return None
        attested = tuple(
            Attestation(article.iri, day, former)
            for article, by_it in self._by_article(node)
            # Called both, at once the former and the present one: two rows.
            for day, former in [
                *((v.value, False) for v in by_it.get(SIN.attestedOn, ())),
                *((article.published, True) for _ in by_it.get(SIN.former, ())),
            ]
            or [(None, False)]
        )
        post = self._ref(said, SIN.post)
        return Membership(node.value, official, agency, post, attested, self.evidence(node))

    def _topic(self, node: Node) -> Topic:
        name = self.name(node)
        return Topic(node.value, name, _others(self.said(node), name), self.evidence(node))

    # Meetings ---------------------------------------------------------------------------------

    def _meeting(self, node: Node) -> Meeting:
        said = self.said(node)
        parts = [self._participation(part) for part in nodes(said, SIN.participation)]
        known = [part for part in parts if part]
        return Meeting(
            node.value,
            key(said, SCHEMA.additionalType),
            key(said, SCHEMA.eventStatus),
            text(said, SCHEMA.startDate),
            text(said, SCHEMA.endDate),
            self._place(said),
            self._refs(said, SCHEMA.about),
            tuple(self._report(article, by_it) for article, by_it in self._by_article(node)),
            tuple(part for part in known if not part.person),
            tuple(part for part in known if part.person),
            tuple(map(self._agreement, self.things(SIN.resultedFrom, node))),
            self.evidence(node),
        )

    def _place(self, said: Said) -> str | None:
        names = (text(self.said(place), SCHEMA.name) for place in nodes(said, SCHEMA.location))
        return next(filter(None, names), None)

    def _report(self, article: Source, said: Said) -> Report:
        return Report(
            article,
            key(said, SCHEMA.additionalType),
            key(said, SCHEMA.eventStatus),
            text(said, SCHEMA.startDate),
            text(said, SCHEMA.endDate),
            self._place(said),
            _is_true(said, SIN.dateConflict),
        )

    def _participation(self, node: Node) -> Participation | None:
        said = self.said(node)
        who = self._ref(said, CV.hasParticipant)
        if who is None:
            return None
        person = self._is_person(who)
        represents = self._ref(said, SIN.represents)
        roles = [_tail(role.value) for role in said.get(CV.role, ())]
        bases = [_tail(basis.value) for basis in said.get(SIN.basis, ())]  # by strength, too
        return Participation(
            node.value,
            who,
            person,
            min(roles, key=lambda role: (role == _NO_ROLE, role), default=None),
            self._ref(said, SIN.onBehalfOf) if person else who,
            self._ref(said, SIN.actingInPost),
            self._ref(said, SIN.accompanies),
            represents,
            represents is not None and self._is_person(represents),
            max(bases, default=None),
            self.evidence(node),
        )

    def _is_person(self, thing: Ref) -> bool:
        return any(self._store.match(NamedNode(thing.iri), RDF.type, FOAF.Person))

    def _agreement(self, node: Node) -> Agreement:
        said = self.said(node)
        return Agreement(
            node.value,
            text(said, SCHEMA.name),
            key(said, SIN.agreementKind),
            self._refs(said, SIN.signatory),
            self.evidence(node),
        )

    # Articles ---------------------------------------------------------------------------------

    def _article(self, node: Node) -> Article:
        found = map(self._statement, self.things(PROV.wasQuotedFrom, node))
        ordered = sorted(found, key=lambda s: (s.evidence[0].start if s.evidence else 0, s.iri))
        return Article(self._source(node), tuple(ordered))

    def _statement(self, node: Node) -> Statement:
        said = self.said(node)
        return Statement(
            node.value,
            self._ref(said, SCHEMA.creator),
            self._ref(said, SIN.onBehalfOf),
            self._ref(said, SIN.actingInPost),
            text(said, SCHEMA.text) or "",
            _is_true(said, SIN.direct),
            SIN.Commitment in said.get(RDF.type, ()),
            self.evidence(node),
        )


def _grouped(quads: Iterable[Quad]) -> Said:
    found: dict[NamedNode, set[NamedNode | Literal]] = {}
    for quad in quads:
        if isinstance(quad.object, NamedNode | Literal):
            found.setdefault(quad.predicate, set()).add(quad.object)
    return {predicate: tuple(sorted(values, key=str)) for predicate, values in found.items()}


def nodes(said: Said, predicate: Node) -> list[Node]:
    """The values that are things."""
    return [value for value in said.get(predicate, ()) if isinstance(value, NamedNode)]


def _named(term: object) -> bool:
    return isinstance(term, NamedNode)


def text(said: Said, predicate: Node) -> str | None:
    """The first value in order, as text."""
    return min((value.value for value in said.get(predicate, ())), default=None)


def key(said: Said, predicate: Node) -> str | None:
    """The key of a concept."""
    value = text(said, predicate)
    return _tail(value) if value else None


def _is_true(said: Said, predicate: Node) -> bool:
    return any(value.value in ("true", "1") for value in said.get(predicate, ()))


def _tail(iri: str) -> str:
    return iri.rsplit("/", 1)[-1]


def _others(said: Said, name: str) -> tuple[str, ...]:
    """Names as written, where they are not the canonical one."""
    found = {v.value for p in (SKOS.altLabel, SKOS.hiddenLabel) for v in said.get(p, ())}
    return tuple(sorted(found - {name}))


def _in_language(terms: Iterable[object], language: str, otherwise: bool = True) -> str | None:
    """The first label in a language, or in any if `otherwise`."""
    literals = [term for term in terms if isinstance(term, Literal)]
    spoken = sorted(term.value for term in literals if term.language == language)
    return next(iter(spoken or sorted(t.value for t in literals if otherwise)), None)
