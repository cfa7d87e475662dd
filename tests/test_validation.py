"""Graphs that conform, and broken ones that are explained in sentences.

The golden graph of test_rdf.py, with our fixed vocabularies, is what each test breaks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, parse, serialize

from sinergi.graph.errors import InputError
from sinergi.graph.validation import validate_file, validate_quads
from sinergi.ontology import CV, OA, ORG, PREFIXES, RDF, SCHEMA, SIN, SKOS, XSD, Iris, concept, read

GOLDEN = Path(__file__).parent / "golden" / "article.trig"
ID = Iris()
GRAPH = ID.article_graph("antapraya-01")
MEETING = ID.meeting("2025-03-17-0123456789")
CITRA = ID.person("citra-dewanti.polres-antapraya")
POLRES = ID.agency("polres-antapraya")
TAKING_PART = ID.person_participation("2025-03-17-0123456789", "citra-dewanti.polres-antapraya")


def golden() -> list[Quad]:
    """The golden graph, with the concepts that it refers to."""
    quads = list(parse(GOLDEN.read_bytes(), format=RdfFormat.TRIG))
    for said in parse(read("vocabularies.ttl"), format=RdfFormat.TURTLE):
        quads.append(Quad(said.subject, said.predicate, said.object, ID.vocabulary_graph))
    for scheme, key in (
        ("agency-kind", "lapas"),
        ("agency-kind", "polres"),
        ("sector", "law"),
        ("sector", "security"),
    ):
        node, name = concept(scheme, key), concept(scheme, key).value.rpartition("/")[0]
        in_scheme = NamedNode(name)
        for subject, predicate, value in (
            (node, RDF.type, SKOS.Concept),
            (node, SKOS.prefLabel, Literal(key, language="id")),
            (node, SKOS.inScheme, in_scheme),
            (in_scheme, RDF.type, SKOS.ConceptScheme),
            (in_scheme, SKOS.prefLabel, Literal(scheme, language="id")),
            (in_scheme, SKOS.prefLabel, Literal(scheme, language="en")),
        ):
            quads.append(Quad(subject, predicate, value, ID.vocabulary_graph))
    return quads


def sentences(quads: Iterable[Quad]) -> list[str]:
    return [violation.sentence for violation in validate_quads(quads)]


def test_the_golden_graph_conforms() -> None:
    assert sentences(golden()) == []


def without(subject: NamedNode, predicate: NamedNode) -> Callable[[list[Quad]], list[Quad]]:
    return lambda quads: [q for q in quads if (q.subject, q.predicate) != (subject, predicate)]


def instead(
    subject: NamedNode, predicate: NamedNode, value: NamedNode | Literal
) -> Callable[[list[Quad]], list[Quad]]:
    def change(quads: list[Quad]) -> list[Quad]:
        kept = without(subject, predicate)(quads)
        return [*kept, Quad(subject, predicate, value, GRAPH)]

    return change


BROKEN = {
    "a record without its sentence": (
        lambda quads: [q for q in quads if (q.predicate, q.object) != (OA.hasBody, TAKING_PART)],
        f"Article antapraya-01: {TAKING_PART} breaks the rule: every record rests on a sentence: "
        "it is the body of at least one oa:Annotation.",
    ),
    "a meeting without kind": (
        without(MEETING, SCHEMA.additionalType),
        f"Article antapraya-01: {MEETING} breaks the rule: a meeting has exactly one kind, "
        "a concept of vocab:meeting-kind.",
    ),
    "a kind that no vocabulary has": (
        instead(MEETING, SCHEMA.additionalType, concept("meeting-kind", "pesta")),
        f"Article antapraya-01: {MEETING} breaks the rule: a meeting has exactly one kind, "
        "a concept of vocab:meeting-kind, but there is "
        "<https://w3id.org/sinergi/vocab/meeting-kind/pesta>.",
    ),
    "a role that is a kind": (
        instead(TAKING_PART, CV.role, concept("meeting-kind", "rapat")),
        f"Article antapraya-01: {TAKING_PART} breaks the rule: a role is a concept of vocab:role, "
        "but there is <https://w3id.org/sinergi/vocab/meeting-kind/rapat>.",
    ),
    "a participation without a basis": (
        without(TAKING_PART, SIN.basis),
        f"Article antapraya-01: {TAKING_PART} breaks the rule: a participation says what it rests "
        "on: a concept of vocab:basis.",
    ),
    "no such day": (
        instead(MEETING, SCHEMA.startDate, Literal("2025-02-30", datatype=XSD.date)),
        f"Article antapraya-01: {MEETING} breaks the rule: an article gives a meeting at most one "
        "first day, an xsd:date, but there is '2025-02-30'.",
    ),
    "ends before it starts": (
        instead(MEETING, SCHEMA.endDate, Literal("2025-03-16", datatype=XSD.date)),
        f"Article antapraya-01: {MEETING} breaks the rule: a meeting does not end before it "
        "starts, but there is '2025-03-17'.",
    ),
    "behalf of a person": (
        instead(TAKING_PART, SIN.onBehalfOf, CITRA),
        f"Article antapraya-01: {TAKING_PART} breaks the rule: whoever acts on behalf of an "
        f"agency does so for one of the registry graph, but there is {CITRA}.",
    ),
    "accompanies herself": (
        instead(TAKING_PART, SIN.accompanies, CITRA),
        f"Article antapraya-01: {TAKING_PART} breaks the rule: whoever accompanies does so to "
        f"another person of the identity graph, but there is {CITRA}.",
    ),
    "an agency that the registry graph lacks": (
        lambda quads: [q for q in quads if q.subject != POLRES],
        f"Article antapraya-01: {ID.post('polres-antapraya', 'Kepala')} breaks the rule: a post "
        f"is in exactly one agency of the registry graph, but there is {POLRES}.",
    ),
    "a script for an address": (
        instead(
            ID.article("antapraya-01"),
            SCHEMA.url,
            Literal("javascript:alert(1)", datatype=XSD.anyURI),
        ),
        f"Article antapraya-01: {ID.article('antapraya-01')} breaks the rule: an article has at "
        "most one address, an xsd:anyURI of http or https, but there is 'javascript:alert(1)'.",
    ),
    "two names in the registry": (
        lambda quads: [
            *quads,
            Quad(POLRES, SKOS.prefLabel, Literal("Polres B", language="id"), ID.registry_graph),
        ],
        f"Graph <{ID.registry_graph.value}>: {POLRES} breaks the rule: an agency has exactly one "
        "canonical name.",
    ),
    "a candidate of one thing": (
        lambda quads: [
            *quads,
            *(
                Quad(ID.candidate("agency", "a", "b"), predicate, value, ID.identity_graph)
                for predicate, value in (
                    (RDF.type, SIN.Candidate),
                    (SCHEMA.about, POLRES),
                    (SIN.mention, Literal("agency:a")),
                    (SIN.mention, Literal("agency:b")),
                    (SIN.score, Literal(-1)),
                    (SIN.reason, Literal("for one: one letter differs +4")),
                )
            ),
        ],
        f"Graph <{ID.identity_graph.value}>: {ID.candidate('agency', 'a', 'b')} breaks the rule: a "
        "candidate is of exactly two persons, agencies or meetings.",
    ),
    "a parent that is not there": (
        lambda quads: [q for q in quads if q.subject != ID.agency("ditjenpas")],
        f"Graph <{ID.registry_graph.value}>: {ID.agency('lapas-antapraya')} breaks the rule: an "
        "agency is part of at most one agency, which the graph describes, but there is "
        f"{ID.agency('ditjenpas')}.",
    ),
}


@pytest.mark.parametrize("case", BROKEN)
def test_what_is_broken_is_told(case: str) -> None:
    change, sentence = BROKEN[case]
    assert sentence in sentences(change(golden()))


def test_another_article_does_not_mend_a_fault() -> None:
    """Two articles tell of one meeting; that the first forgot its status still shows."""
    other = ID.article_graph("antapraya-02")
    second = [
        Quad(q.subject, q.predicate, q.object, other) for q in golden() if q.graph_name == GRAPH
    ]
    broken = without(MEETING, SCHEMA.eventStatus)(golden())
    (found,) = validate_quads([*broken, *second])
    assert (found.graph, found.node) == (GRAPH.value, str(MEETING))
    assert found.rule.startswith("a meeting has exactly one status")


def test_blank_nodes_are_checked_too() -> None:
    nameless = BlankNode("b")
    quad = Quad(nameless, RDF.type, ORG.Post, GRAPH)
    assert any(
        "breaks the rule: a post has a label" in sentence and "_:" in sentence
        for sentence in sentences([*golden(), quad])
    )


def test_files(tmp_path: Path) -> None:
    trig = tmp_path / "graph.trig"
    trig.write_bytes(serialize(golden(), format=RdfFormat.TRIG, prefixes=PREFIXES) or b"")
    assert list(validate_file(trig)) == []
    # Turtle has no named graphs: everything is in one, and is checked as one.
    turtle = tmp_path / "graph.ttl"
    triples = [q.triple for q in without(MEETING, SCHEMA.additionalType)(golden())]
    turtle.write_bytes(serialize(triples, format=RdfFormat.TURTLE) or b"")
    (found,) = validate_file(turtle)
    assert found.sentence.startswith(f"Article antapraya-01: {MEETING}")


def test_files_that_are_no_rdf(tmp_path: Path) -> None:
    bad = tmp_path / "bad.ttl"
    bad.write_text("<a> <b> .", encoding="utf-8")
    with pytest.raises(InputError, match=r"bad\.ttl cannot be read as Turtle"):
        list(validate_file(bad))
    with pytest.raises(InputError, match="no extension of an RDF syntax"):
        list(validate_file(tmp_path / "graph.docx"))
    with pytest.raises(InputError, match="cannot be read"):
        list(validate_file(tmp_path / "missing.nq"))
