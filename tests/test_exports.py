"""Exports: what is written reads back as the same graph, and the same graph is written the same."""

from __future__ import annotations

import csv
import io
import json
import random
from typing import Any
from xml.etree import ElementTree

import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    QueryResultsFormat,
    RdfFormat,
    Triple,
    parse,
    parse_query_results,
)

from sinergi.graph.errors import QueryError
from sinergi.graph.exports import (
    GRAPH_FORMATS,
    TRIPLE_FORMATS,
    export_graph,
    export_result,
)
from sinergi.graph.exports.table import cells, wrap
from sinergi.graph.results import Result, Rows
from sinergi.graph.store import Store
from sinergi.ontology import PREFIXES, SCHEMA, SIN, SKOS, XSD

READ_BY = {
    "nquads": RdfFormat.N_QUADS,
    "trig": RdfFormat.TRIG,
    "jsonld": RdfFormat.JSON_LD,
    "turtle": RdfFormat.TURTLE,
    "ntriples": RdfFormat.N_TRIPLES,
    "rdfxml": RdfFormat.RDF_XML,
}
KEEPS_GRAPHS = ("nquads", "trig", "jsonld")
SUBJECT, GRAPH = NamedNode("https://example.org/s"), NamedNode("https://example.org/g")


def _graph(quads: list[Quad], format: str) -> str:
    stream = io.StringIO()
    export_graph(quads, format, stream)
    return stream.getvalue()


def _result(result: Result, format: str | None, width: int | None = None) -> str:
    stream = io.StringIO(newline="")
    export_result(result, format, stream, width=width)
    return stream.getvalue()


@pytest.mark.parametrize("format", GRAPH_FORMATS)
def test_a_graph_comes_back_whole(small_store: Store, format: str) -> None:
    quads = list(small_store.quads())
    written = _graph(quads, format)
    read = list(parse(written, format=READ_BY[format]))
    if format in KEEPS_GRAPHS:
        assert set(read) == set(quads)
    else:
        assert {quad.triple for quad in read} == {quad.triple for quad in quads}
        assert len(read) == len(set(read))  # what two graphs say is said once


def test_another_reader_reads_the_same(small_store: Store) -> None:
    quads = list(small_store.quads())
    theirs = rdflib.Graph().parse(data=_graph(quads, "turtle"), format="turtle")
    assert len(theirs) == len({quad.triple for quad in quads})


@pytest.mark.parametrize("format", GRAPH_FORMATS)
def test_the_same_graph_is_written_the_same(small_quads: list[Quad], format: str) -> None:
    shuffled = random.Random(7).sample(small_quads, len(small_quads))
    one, other = Store.memory(small_quads), Store.memory(shuffled)
    assert _graph(list(one.quads()), format) == _graph(list(other.quads()), format)


def test_json_ld_speaks_the_short_names(small_store: Store) -> None:
    document = json.loads(_graph(list(small_store.quads()), "jsonld"))
    nodes = {
        node["id"]: node for graph in document["@graph"] for node in graph.get("@graph", [graph])
    }
    meeting = nodes["https://w3id.org/sinergi/id/meeting/m3"]
    assert meeting["type"] == "Meeting" and meeting["startDate"] == "2025-04-09"
    assert meeting["organizer"] == [
        "https://w3id.org/sinergi/id/agency/dinkes-arunika",
        "https://w3id.org/sinergi/id/person/damar-wicaksana.dinkes-arunika",
    ]
    said = nodes["https://w3id.org/sinergi/id/statement/a1/187"]
    assert said["direct"] is False and set(said["type"]) == {"Statement", "Commitment"}


# Anything that RDF allows, the awkward things first: quotes, line ends, odd names, other types.
_TEXT = st.text(st.characters(codec="utf-8"), max_size=8) | st.sampled_from(
    ['"', "\\", "\n\r\t", "'''", "-0", "01", "1", "true", "TRUE", "a" * 300]
)
_LITERALS = st.one_of(
    st.builds(Literal, _TEXT),
    st.builds(lambda t, la: Literal(t, language=la), _TEXT, st.sampled_from(["id", "en-gb"])),
    st.builds(
        lambda t, d: Literal(t, datatype=d),
        _TEXT,
        st.sampled_from([XSD.integer, XSD.boolean, XSD.date, XSD.anyURI, SIN.odd]),
    ),
)
_LOCAL = st.text("aZ09_-.~/:'()", max_size=6)
_NODES = st.builds(
    lambda p, la: NamedNode(p + la), st.sampled_from(sorted(PREFIXES.values())), _LOCAL
)
_PREDICATES = _NODES | st.sampled_from([SIN.direct, SCHEMA.startDate, SKOS.prefLabel, SCHEMA.about])
_QUADS = st.builds(
    Quad,
    _NODES,
    _PREDICATES,
    _NODES | _LITERALS,
    st.sampled_from([DefaultGraph(), GRAPH, SIN.odd]),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(_QUADS, max_size=6), st.sampled_from(KEEPS_GRAPHS))
def test_whatever_is_said_survives(quads: list[Quad], format: str) -> None:
    quads.sort(key=lambda quad: str(quad.graph_name))
    assert set(parse(_graph(quads, format), format=READ_BY[format])) == set(quads)


VALUES = """
SELECT ?a ?b WHERE { VALUES (?a ?b) {
  ("satu, \\"dua\\"\\n=1+1" <https://w3id.org/sinergi/id/agency/x>)
  ("tiga\\t& <empat>"@id 5)
  (UNDEF "2025-05-19"^^xsd:date)
} }"""


def _rows(text: str = VALUES) -> Result:
    return Store.memory().query(text)


@pytest.mark.parametrize(
    ("format", "reader"),
    [
        ("json", QueryResultsFormat.JSON),
        ("xml", QueryResultsFormat.XML),
        ("tsv", QueryResultsFormat.TSV),
    ],
)
def test_rows_come_back_whole(format: str, reader: QueryResultsFormat) -> None:
    read: Any = parse_query_results(_result(_rows(), format), format=reader)
    expected = _rows()
    assert isinstance(expected, Rows)
    assert [(row["a"], row["b"]) for row in read] == [(row["a"], row["b"]) for row in expected]
    if format != "tsv":
        answer = parse_query_results(_result(True, format), format=reader)
        assert bool(answer) is True


def test_csv_is_for_spreadsheets() -> None:
    written = _result(_rows(), "csv")
    assert written.count("\r\n") == 4
    assert list(csv.reader(io.StringIO(written, newline=""))) == [
        ["a", "b"],
        ['satu, "dua"\n=1+1', "https://w3id.org/sinergi/id/agency/x"],
        ["tiga\t& <empat>", "5"],
        ["", "2025-05-19"],
    ]


def test_xml_has_no_room_for_control_characters() -> None:
    written = _result(_rows('SELECT ("a\\u0001\\r" AS ?x) {}'), "xml")
    found = ElementTree.fromstring(written).find(".//{*}literal")
    assert found is not None and found.text == "a\ufffd\r"
    graph = _graph([Quad(SUBJECT, SIN.odd, Literal("a\u0001\r<&"))], "rdfxml")
    found = ElementTree.fromstring(graph).find(".//{*}odd")
    assert found is not None and found.text == "a\ufffd\r<&"


def test_a_table_is_aligned() -> None:
    assert _result(_rows(), None).splitlines() == [
        "a                 b",
        "----------------  ----------",
        'satu, "dua" =1+1  agency:x',
        "tiga & <empat>    5",
        "                  2025-05-19",
        "(3 rows)",
    ]


def test_a_table_fits_its_width_and_loses_nothing() -> None:
    words = " ".join(f"kata{n}" for n in range(40))
    written = _result(
        _rows(f'SELECT ("{words}" AS ?x) (1 AS ?n) ("東京\\u001b[31m" AS ?y) {{}}'), None, 40
    )
    lines = written.splitlines()
    assert max(map(cells, lines)) <= 40
    assert all(f"kata{n}" in written for n in range(40))
    assert "\x1b" not in written


@given(st.text(max_size=60), st.integers(2, 20))
def test_wrapping_keeps_every_character(line: str, width: int) -> None:
    pieces = wrap(line, width)
    assert "".join(pieces).replace(" ", "") == line.replace(" ", "")
    assert all(cells(piece) <= width for piece in pieces)


@pytest.mark.parametrize("format", TRIPLE_FORMATS)
def test_constructed_triples_are_written(small_store: Store, format: str) -> None:
    text = "CONSTRUCT { ?m schema:attendee ?a } WHERE { ?m schema:attendee ?a }"
    read = parse(_result(small_store.query(text), format), format=READ_BY[format])
    expected = small_store.query(text)
    assert {quad.triple for quad in read} == set(expected)  # type: ignore[arg-type]


def test_a_format_that_does_not_fit_is_told(small_store: Store) -> None:
    with pytest.raises(QueryError, match="choose turtle"):
        _result(small_store.query("CONSTRUCT WHERE { ?s ?p ?o }"), "csv")
    with pytest.raises(QueryError, match="choose table"):
        _result(_rows(), "turtle")
    with pytest.raises(QueryError, match="choose nquads"):
        _graph([], "csv")


def test_an_ask_is_answered_in_a_word() -> None:
    assert {_result(False, format) for format in ("table", "csv", "tsv")} == {"false\n"}


def test_blank_nodes_and_default_graph_are_no_trouble() -> None:
    quads = [Quad(BlankNode("a"), SIN.odd, BlankNode("b"), DefaultGraph())]
    for format in GRAPH_FORMATS:
        (read,) = parse(_graph(quads, format), format=READ_BY[format])
        assert isinstance(read.subject, BlankNode) and isinstance(read.triple, Triple)
