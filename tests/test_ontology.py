"""The ontology: every term declared, explained in two languages, tied to a standard, consistent."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import owlrl
import pyoxigraph
import pytest
import rdflib
from rdflib import OWL, RDF, RDFS, SKOS, Literal, URIRef
from rdflib.namespace import DCTERMS, FOAF, ORG, PROV, SDO, SH, VANN, XSD

from sinergi import ontology

ROOT = Path(__file__).parent.parent
GOLDEN = ROOT / "tests" / "golden" / "article.trig"
SIN = rdflib.Namespace(str(ontology.SIN))
TIES = (RDFS.subClassOf, RDFS.subPropertyOf, SKOS.closeMatch, SKOS.relatedMatch)
KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)

# rdflib has no list of these two; ours are the terms we use, as their specifications have them:
# Web Annotation Vocabulary (W3C, 2017) and SEMIC Core Vocabularies (CPSV-AP 3.1).
OA_TERMS = {
    *("Annotation", "SpecificResource", "TextPositionSelector", "TextQuoteSelector"),
    *("end", "exact", "hasBody", "hasSelector", "hasSource", "hasTarget"),
    *("prefix", "start", "suffix"),
}
CV_TERMS = {"Participation", "hasParticipant", "hasParticipation", "role"}
# schema.org has it since 13.0 (2021); rdflib's list is older.
NEWER = {URIRef("https://schema.org/observationAbout")}
STANDARDS = {
    **{str(ns): ns for ns in (DCTERMS, FOAF, ORG, OWL, PROV, RDF, RDFS, SDO, SH, SKOS, VANN, XSD)},
    str(ontology.OA): {URIRef(f"{ontology.OA}{term}") for term in OA_TERMS},
    str(ontology.CV): {URIRef(f"{ontology.CV}{term}") for term in CV_TERMS},
}


def load(name: str) -> rdflib.Graph:
    return rdflib.Graph().parse(data=ontology.read(name), format="turtle")


def golden() -> rdflib.Graph:
    """The union of the golden file's graphs."""
    quads = pyoxigraph.parse(path=str(GOLDEN), format=pyoxigraph.RdfFormat.TRIG)
    lines = pyoxigraph.serialize(
        (quad.triple for quad in quads), format=pyoxigraph.RdfFormat.N_TRIPLES
    )
    return rdflib.Graph().parse(data=lines, format="nt")


TERMS = load("sinergi.ttl")
DECLARED = {term for kind in KINDS for term in TERMS.subjects(RDF.type, kind)}


def iris(name: str) -> set[URIRef]:
    return {node for triple in load(name) for node in triple if isinstance(node, URIRef)}


def context_iris() -> set[URIRef]:
    context = ontology.context()
    prefixes = {key: value for key, value in context.items() if str(value).endswith(("#", "/"))}
    found = set()
    for value in context.values():
        for text in value.values() if isinstance(value, dict) else [value]:
            prefix, _, local = str(text).partition(":")
            if prefix in prefixes:
                found.add(URIRef(prefixes[prefix] + local))
    return found


def code_iris() -> Iterator[URIRef]:
    """Terms in the code and the queries: `ORG.Post` and `org:Post`, ours and the standards'."""
    own = {
        name for name in dir(ontology) if isinstance(getattr(ontology, name), ontology.Namespace)
    }
    by_prefix = {prefix: iri for prefix, iri in ontology.PREFIXES.items() if iri in STANDARDS}
    by_prefix["sin"] = str(SIN)
    curie = re.compile(rf"(?<![\w:/-])({'|'.join(by_prefix)}):([A-Za-z]\w*)")
    attribute = re.compile(rf"\b({'|'.join(own)})\.([A-Za-z]\w*)")
    for path in sorted((ROOT / "graph").rglob("*")):
        if path.suffix not in (".py", ".rq"):
            continue
        text = path.read_text("utf-8")
        for prefix, term in curie.findall(text):
            yield URIRef(by_prefix[prefix] + term)
        if path.suffix == ".py" and "sinergi.ontology" in text:
            for name, term in attribute.findall(text):
                yield URIRef(f"{getattr(ontology, name)}{term}")


def used() -> set[URIRef]:
    return {*iris("shapes.ttl"), *iris("vocabularies.ttl"), *context_iris(), *code_iris()}


def test_every_turtle_file_is_listed_and_parses() -> None:
    assert {path.name for path in (ROOT / "ontology").glob("*.ttl")} == set(ontology.FILES)
    assert all(len(load(name)) for name in ontology.FILES)


def test_no_two_shapes_have_one_name() -> None:
    names = re.findall(r"^(shape:\w+) a sh:NodeShape", ontology.read("shapes.ttl"), re.MULTILINE)
    assert names and len(names) == len(set(names))


def test_own_terms_are_declared_and_none_is_idle() -> None:
    own = {term for term in used() | iris("sinergi.ttl") if term.startswith(SIN)}
    assert own == DECLARED


def test_standard_terms_exist() -> None:
    unknown = {
        term
        for term in used() | iris("sinergi.ttl")
        for namespace, terms in STANDARDS.items()
        if term.startswith(namespace) and term != URIRef(namespace) and term not in terms
    }
    assert unknown <= NEWER


@pytest.mark.parametrize("term", sorted(DECLARED), ids=lambda term: term.removeprefix(SIN))
def test_term_is_explained_and_tied(term: URIRef) -> None:
    for predicate in (RDFS.label, RDFS.comment):
        said = [o for o in TERMS.objects(term, predicate) if isinstance(o, Literal)]
        assert sorted(str(o.language) for o in said) == ["en", "id"]
    ties = [o for tie in TIES for o in TERMS.objects(term, tie)]
    assert ties and not any(tie.startswith(SIN) for tie in ties)


def test_concepts_are_labelled_defined_and_in_a_scheme() -> None:
    graph = load("vocabularies.ttl")
    schemes = {str(ontology.concept_scheme(name).value) for name in ontology.SCHEMES}
    assert {str(scheme) for scheme in graph.subjects(RDF.type, SKOS.ConceptScheme)} == schemes
    for concept in graph.subjects(RDF.type, SKOS.Concept):
        scheme, key = graph.value(concept, SKOS.inScheme), graph.value(concept, SKOS.notation)
        assert str(concept) == f"{scheme}/{key}"
        for predicate in (SKOS.prefLabel, SKOS.definition):
            assert sorted(o.language for o in graph.objects(concept, predicate)) == ["en", "id"]


def test_shapes_cover_every_class_that_is_written() -> None:
    """Every class of the golden graph, and every class of our own, has a shape."""
    written = set(golden().objects(None, RDF.type))
    own = set(TERMS.subjects(RDF.type, OWL.Class))
    assert written | own <= set(load("shapes.ttl").objects(None, SH.targetClass))


def test_shapes_are_shapes() -> None:
    """Every property of a shape has a message, since `sinergi validate` shows nothing else."""
    shapes = load("shapes.ttl")
    targeted = set(shapes.subjects(SH.targetClass))
    for shape in targeted:
        for constraint in shapes.objects(shape, SH.property):
            assert shapes.value(constraint, SH.path)
            assert shapes.value(constraint, SH.message)


def closure(*graphs: rdflib.Graph) -> list[str]:
    """What OWL 2 RL finds contradictory in `graphs` together."""
    union = rdflib.Graph()
    for graph in graphs:
        for triple in graph:
            union.add(triple)
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(union)
    errors = owlrl.Namespaces.ERRNS.error
    return [str(o) for o in union.objects(None, errors)]


def test_the_golden_graph_is_consistent_with_the_ontology() -> None:
    flat = golden()
    assert closure(TERMS, flat) == []
    person = next(flat.subjects(RDF.type, FOAF.Person))
    flat.add((URIRef("urn:x"), SIN.onBehalfOf, person))  # a person is no organization
    assert closure(TERMS, flat)


def test_context_is_json_ld() -> None:
    """A document that uses the short names means what the long ones say."""
    document = {
        "@context": ontology.context(),
        "id": "https://kg.example/m",
        "type": "Meeting",
        "startDate": "2025-03-17",
        "participation": {"id": "https://kg.example/p", "type": "Participation"},
    }
    quads = pyoxigraph.parse(json.dumps(document), format=pyoxigraph.RdfFormat.JSON_LD)
    said = {(str(q.subject), str(q.predicate), str(q.object)) for q in quads}
    day = f'"2025-03-17"^^<{XSD.date}>'
    meeting, other = "<https://kg.example/m>", "<https://kg.example/p>"
    assert said == {
        (meeting, f"<{RDF.type}>", f"<{SIN.Meeting}>"),
        (meeting, f"<{SDO.startDate}>", day),
        (meeting, f"<{SIN.participation}>", other),
        (other, f"<{RDF.type}>", f"<{ontology.CV}Participation>"),
    }


def test_context_names_every_term_of_the_golden_graph() -> None:
    graph = golden()
    terms = {*graph.predicates(), *graph.objects(None, RDF.type)} - {RDF.type}
    assert terms <= context_iris()


def test_the_documentation_says_what_the_ontology_says() -> None:
    page = (ROOT / "docs" / "data-model.md").read_text("utf-8")
    for term in DECLARED:
        (meaning,) = (o for o in TERMS.objects(term, RDFS.comment) if o.language == "en")
        row = rf"^\| `sin:{term.removeprefix(SIN)}` \| .* \| {re.escape(meaning)} \|$"
        assert re.search(row, page, re.MULTILINE), f"docs/data-model.md lacks {row}"
    for scheme in (*ontology.SCHEMES, *ontology.REGISTRY_SCHEMES):
        assert f"`vocab:{scheme}`" in page


def test_the_documented_query_answers() -> None:
    page = (ROOT / "docs" / "data-model.md").read_text("utf-8")
    (query,) = re.findall(r"```sparql\n(.*?)```", page, re.DOTALL)
    store = pyoxigraph.Store()
    store.bulk_load(path=str(GOLDEN), format=pyoxigraph.RdfFormat.TRIG)
    rows = store.query(query, prefixes=ontology.PREFIXES, use_default_graph_as_union=True)
    assert [[term.value for term in row] for row in rows] == [
        [
            "Dipa Lesmana",
            "Bima Anggara",
            "Ia didampingi Kepala Seksi Registrasi (Kasi Reg), Dipa Lesmana.",
        ]
    ]
