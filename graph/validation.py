"""Whether a graph is what it should be: ontology/shapes.ttl run by pySHACL, told in sentences.

Every article's graph is checked by itself, together with what it refers to in the graphs without
articles (registry, identity, vocabulary, run), and these are checked as one graph. So a fault
shows in the article that has it even if another article says the same thing rightly, and memory
does not grow with the number of articles.
"""

from __future__ import annotations

import logging
import textwrap
from collections.abc import Container, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pyshacl
import rdflib
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store, Triple
from rdflib.namespace import SH

from sinergi.graph.errors import InputError, SinergiError
from sinergi.ontology import RDF, SCHEMA, SKOS, read

_LONGEST_VALUE = 80  # characters of a wrong value that a sentence shows

_GraphName = NamedNode | BlankNode | DefaultGraph


@dataclass(frozen=True, slots=True)
class Violation:
    """A node that breaks a rule."""

    graph: str  # IRI of the named graph; '' for the default graph
    node: str  # <IRI>, or _:id of a blank node
    rule: str  # the rule in words
    value: str | None = None  # the value that breaks it, where there is one
    article: str | None = None  # identifier of the article that the graph is of

    @property
    def sentence(self) -> str:
        """Which node, which rule, which article."""
        if self.article is not None:
            where = f"Article {self.article}"
        else:
            where = f"Graph <{self.graph}>" if self.graph else "The default graph"
        found = f", but there is {self.value}" if self.value is not None else ""
        return f"{where}: {self.node} breaks the rule: {self.rule}{found}."


def validate(store: Store) -> Iterator[Violation]:
    """The violations in `store`, sorted within each graph; none when it conforms."""
    shapes = _shapes()
    articles = {q.graph_name for q in store.quads_for_pattern(None, RDF.type, SCHEMA.NewsArticle)}
    graphs: list[_GraphName] = [DefaultGraph(), *store.named_graphs()]
    others = [graph for graph in graphs if graph not in articles]
    yield from _check(store, others, articles, shapes)
    for graph in sorted(articles, key=str):
        yield from _check(store, [graph], articles, shapes)


def validate_quads(quads: Iterable[Quad]) -> Iterator[Violation]:
    """The same for quads, as the functions of `sinergi.graph.rdf` give them."""
    store = Store()
    store.extend(quads)
    return validate(store)


def validate_file(path: Path) -> Iterator[Violation]:
    """The same for an RDF file (.ttl, .nt, .nq, .trig, .jsonld, .rdf, .n3).

    Raises InputError when it cannot be read as RDF.
    """
    rdf_format = RdfFormat.from_extension(path.suffix.removeprefix("."))
    if rdf_format is None:
        raise InputError(
            f"{path} has no extension of an RDF syntax; "
            "rename it to .ttl, .nt, .nq, .trig, .jsonld, .rdf or .n3."
        )
    store = Store()
    try:
        store.bulk_load(path=str(path), format=rdf_format)
    except (OSError, SyntaxError, ValueError) as error:
        raise InputError(f"{path} cannot be read as {rdf_format.name}: {error}") from None
    return validate(store)


def _shapes() -> rdflib.Graph:
    """The shapes, each property with the target of its node shape.

    It means the same, but pySHACL runs a property with a target once for all nodes, and one that
    hangs on a node shape anew for each node, which takes several times as long.
    """
    shapes = rdflib.Graph(store="SimpleMemory", bind_namespaces="none").parse(
        data=read("shapes.ttl"), format="turtle"
    )
    for shape, target in list(shapes.subject_objects(SH.targetClass)):
        for part in list(shapes.objects(shape, SH.property)):
            shapes.remove((shape, SH.property, part))
            shapes.add((part, SH.targetClass, target))
    return shapes


def _check(
    store: Store, names: Iterable[_GraphName], articles: Container[_GraphName], shapes: rdflib.Graph
) -> list[Violation]:
    """The violations of what the graphs `names`, taken as one, describe."""
    quads = [q for name in names for q in store.quads_for_pattern(None, None, None, name)]
    with _without_warnings():
        data = rdflib.Graph(bind_namespaces="none")
        for quad in quads:
            data.add(_triple(quad))
        homes = {_term(q.subject): q.graph_name for q in quads if q.predicate == RDF.type}
        for node in {q.object for q in quads if isinstance(q.object, NamedNode)}:
            if _term(node) not in homes:
                for said in _said_elsewhere(store, node, articles):
                    data.add(_triple(said))
        _, report, text = pyshacl.validate(data, shacl_graph=shapes, inplace=True)
    if not isinstance(report, rdflib.Graph):  # pySHACL's way to say that it failed
        raise SinergiError(f"The shapes cannot be run: {text}")
    article = _article(data)
    found = {
        Violation(_graph(homes[node]), _name(node), rule, value, article)
        for node, rule, value in _results(report)
        if node in homes  # a node of another graph is checked where it is described
    }
    return sorted(found, key=lambda v: (v.graph, v.node, v.rule, v.value or ""))


def _article(data: rdflib.Graph) -> str | None:
    """The identifier of the one article that `data` is about; None if it has several, or none."""
    articles = list(data.subjects(_term(RDF.type), _term(SCHEMA.NewsArticle)))
    identifier = data.value(articles[0], _term(SCHEMA.identifier)) if len(articles) == 1 else None
    return None if identifier is None else str(identifier)


def _graph(name: _GraphName) -> str:
    return "" if isinstance(name, DefaultGraph) else name.value


def _said_elsewhere(
    store: Store, node: NamedNode, articles: Container[_GraphName]
) -> Iterator[Quad]:
    """What the graphs without articles say of `node` itself: classes, scheme, labels."""
    for quad in store.quads_for_pattern(node, None, None):
        itself = isinstance(quad.object, Literal) or quad.predicate in (RDF.type, SKOS.inScheme)
        if itself and quad.graph_name not in articles:
            yield quad


def _results(report: rdflib.Graph) -> Iterator[tuple[rdflib.term.Node, str, str | None]]:
    """Node, rule and offending value of each result; not of the details below a result."""
    for result in report.objects(None, SH.result):
        node, rule = report.value(result, SH.focusNode), report.value(result, SH.resultMessage)
        value = report.value(result, SH.value)
        if node is not None and value != node:
            yield node, str(rule), None if value is None else _name(value)
        elif node is not None:
            yield node, str(rule), None


def _name(node: rdflib.term.Node) -> str:
    """A term as a sentence shows it."""
    if isinstance(node, rdflib.URIRef):
        return f"<{node}>"
    if isinstance(node, rdflib.BNode):
        return f"_:{node}"
    text = " ".join(str(node).split())
    return f"'{textwrap.shorten(text, _LONGEST_VALUE, placeholder='…')}'"


def _triple(quad: Quad) -> tuple[rdflib.term.Node, rdflib.URIRef, rdflib.term.Node]:
    return _term(quad.subject), rdflib.URIRef(quad.predicate.value), _term(quad.object)


def _term(term: NamedNode | BlankNode | Literal | Triple) -> rdflib.term.Node:
    match term:
        case NamedNode():
            return rdflib.URIRef(term.value)
        case BlankNode():
            return rdflib.BNode(term.value)
        case Literal():
            if term.language:
                return rdflib.Literal(term.value, lang=term.language)
            kind = rdflib.URIRef(term.datatype.value)
            return rdflib.Literal(term.value, datatype=kind, normalize=False)
        case _:
            raise InputError(f"The graph holds the quoted triple {term}; sinergi knows none.")


@contextmanager
def _without_warnings() -> Iterator[None]:
    """rdflib logs each ill-typed literal with a traceback; we report it as a violation."""
    logger = logging.getLogger("rdflib.term")
    before = logger.disabled
    logger.disabled = True
    try:
        yield
    finally:
        logger.disabled = before
