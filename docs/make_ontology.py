"""Write docs/ontology.md, docs/vocabularies.md and docs/shapes.md from ontology/ (`make docs`).

A page for people beside the files for machines; a test compares them. pyLODE would give the first
as a page of its own look, outside the site's search and links, and knows no shapes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from importlib import resources
from pathlib import Path

import rdflib
from rdflib import OWL, RDF, RDFS, SH, SKOS, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from sinergi.ontology import PREFIXES, SIN, VOCABULARIES

FOLDER = Path(__file__).parent
SHAPE = "https://w3id.org/sinergi/shapes#"
# What ties a term to others, in words, in the order of a term's table.
TIES = (
    (RDFS.subClassOf, "is a"),
    (RDFS.subPropertyOf, "narrower than"),
    (OWL.inverseOf, "inverse of"),
    (OWL.equivalentClass, "same as"),
    (OWL.equivalentProperty, "same as"),
    (OWL.propertyChainAxiom, "follows from"),
    (RDFS.domain, "of"),
    (RDFS.range, "leads to"),
    (SKOS.exactMatch, "the same elsewhere"),
    (SKOS.closeMatch, "close to"),
    (SKOS.relatedMatch, "related to"),
)
KINDS = (
    (OWL.Class, "Classes", "class"),
    (OWL.ObjectProperty, "Properties that lead to things", "property"),
    (OWL.DatatypeProperty, "Properties that hold values", "property"),
)


def pages() -> dict[str, str]:
    """File name -> content."""
    terms, vocabularies, shapes = (
        rdflib.Graph().parse(data=_file(f"{name}.ttl"), format="turtle")
        for name in ("sinergi", "vocabularies", "shapes")
    )
    return {
        "ontology.md": "\n".join([*_ontology(terms, _checks(shapes)), ""]),
        "vocabularies.md": "\n".join([*_vocabularies(vocabularies), ""]),
        "shapes.md": "\n".join([*_shapes(shapes), ""]),
    }


def _ontology(terms: rdflib.Graph, checks: dict[str, list[str]]) -> Iterator[str]:
    yield from (
        "# The ontology, term by term",
        "",
        "Made from [sinergi.ttl](../ontology/sinergi.ttl) by `make docs`. Standard terms come",
        "first ([the data model](data-model.md) says which); only what they lack is declared here,",
        f"and each term is tied to a standard one. Namespace: `{SIN}`, prefix `sin:`.",
    )
    for kind, heading, word in KINDS:
        yield from ("", f"## {heading}")
        for term in sorted(terms.subjects(RDF.type, kind), key=str):
            if isinstance(term, URIRef):
                yield from _term(terms, term, word, checks)


def _term(
    terms: rdflib.Graph, term: URIRef, word: str, checks: dict[str, list[str]]
) -> Iterator[str]:
    name = _short(term)
    yield from ("", f"### {name}", "", f"*{_said(terms, term, RDFS.label, 'en')}*:")
    yield f"{_said(terms, term, RDFS.comment, 'en')}"
    yield from ("", f"| {word} | `{term}` |", "|---|---|")
    for tie, words in TIES:
        for other in sorted(terms.objects(term, tie), key=str):
            yield f"| {words} | {_linked(terms, other)} |"
    label, comment = (_said(terms, term, p, "id") for p in (RDFS.label, RDFS.comment))
    yield f"| in Indonesian | *{label}*: {comment} |"
    if name in checks:
        yield f"| checked | {'; '.join(checks[name])} |"


def _vocabularies(graph: rdflib.Graph) -> Iterator[str]:
    yield from (
        "# Vocabularies",
        "",
        "Made from [vocabularies.ttl](../ontology/vocabularies.ttl) by `make docs`: the fixed",
        "concept schemes. Those of agency kinds, sectors and ranks are made from the registry's",
        "tables, topics from the articles.",
    )
    for scheme in sorted(graph.subjects(RDF.type, SKOS.ConceptScheme), key=str):
        key = str(scheme).removeprefix(VOCABULARIES)
        yield from ("", f"## {_said(graph, scheme, SKOS.prefLabel, 'en')}")
        yield from (
            "",
            f"`vocab:{key}`, in Indonesian *{_said(graph, scheme, SKOS.prefLabel, 'id')}*",
        )
        concepts = sorted(graph.subjects(SKOS.inScheme, scheme), key=str)
        if not concepts:
            continue
        yield from ("", "| concept | in English | in Indonesian | meaning |", "|---|---|---|---|")
        for concept in concepts:
            labels = [_said(graph, concept, SKOS.prefLabel, lang) for lang in ("en", "id")]
            meaning = _said(graph, concept, SKOS.definition, "en")
            cells = (f"`{_short(concept)}`", *labels, meaning)
            yield f"| {' | '.join(map(_cell, cells))} |"


def _shapes(graph: rdflib.Graph) -> Iterator[str]:
    yield from (
        "# The shapes, in words",
        "",
        "Made from [shapes.ttl](../ontology/shapes.ttl) by `make docs`. `sinergi validate` checks",
        "a graph against them, and says in these words what breaks.",
    )
    for shape, targets in _targeted(graph):
        yield from ("", f"## {str(shape).removeprefix(SHAPE)}", "")
        yield from (f"Of every {' and '.join(f'`{target}`' for target in targets)}:", "")
        yield from (f"- {message}" for message in _messages(graph, shape))


def _targeted(graph: rdflib.Graph) -> list[tuple[Node, list[str]]]:
    """The shapes that are of something by themselves, and of what."""
    found: dict[Node, list[str]] = defaultdict(list)
    for of in (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf):
        for shape, target in graph.subject_objects(of):
            found[shape].append(_short(target))
    return [(shape, sorted(found[shape])) for shape in sorted(found, key=str)]


def _messages(graph: rdflib.Graph, shape: Node) -> list[str]:
    """What a shape demands, each rule once."""
    parts = [shape, *graph.objects(shape, SH.property), *graph.objects(shape, SH.sparql)]
    return sorted({str(m) for part in parts for m in graph.objects(part, SH.message)})


def _checks(graph: rdflib.Graph) -> dict[str, list[str]]:
    """For each term of ours the rules whose path begins with it, or whose target it is."""
    found: dict[str, set[str]] = defaultdict(set)
    for part, message in graph.subject_objects(SH.message):
        for path in graph.objects(part, SH.path):
            found[_short(path)].add(str(message))
    for shape, targets in _targeted(graph):
        for target in targets:
            name = str(shape).removeprefix(SHAPE)
            found[target].add(f"[shape {name}](shapes.md#{name.lower()})")
    return {name: sorted(messages) for name, messages in found.items()}


def _linked(graph: rdflib.Graph, node: Node) -> str:
    if not isinstance(node, URIRef):
        items = [_short(item) for item in Collection(graph, node)]
        return ", then ".join(f"`{item}`" for item in items)
    short = _short(node)
    ours = short.startswith("sin:")
    return f"[`{short}`](#{short.replace(':', '').lower()})" if ours else f"`{short}`"


def _said(graph: rdflib.Graph, thing: Node, predicate: URIRef, language: str) -> str:
    values = (
        v for v in graph.objects(thing, predicate) if getattr(v, "language", None) == language
    )
    return " / ".join(sorted(map(str, values)))


def _short(node: Node) -> str:
    fitting = [(p, i) for p, i in PREFIXES.items() if str(node).startswith(i)]
    if not fitting:
        return str(node)
    prefix, iri = max(fitting, key=lambda item: len(item[1]))
    return f"{prefix}:{str(node).removeprefix(iri)}"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _file(name: str) -> str:
    return resources.files("sinergi.ontology").joinpath(name).read_text("utf-8")


def write(made: Iterable[tuple[str, str]]) -> None:
    for name, content in made:
        (FOLDER / name).write_text(content, "utf-8")


if __name__ == "__main__":
    write(pages().items())
