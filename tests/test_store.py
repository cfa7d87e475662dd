"""The store: what is built is what is read, and reading leaves no trace."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import Literal, NamedNode, Quad

from sinergi.graph.errors import QueryError, SinergiError, StoreError
from sinergi.graph.results import Rows, Triples, select
from sinergi.graph.store import Store, open_store
from sinergi.graph.store.writing import writer_at

Place = Path | str  # these come from conftest.py
Filled = Callable[[list[Quad]], Store]

GRAPH, OTHER = NamedNode("https://example.org/g"), NamedNode("https://example.org/h")
SAYS = NamedNode("https://example.org/says")


def _quads(graph: NamedNode, *words: str) -> list[Quad]:
    return [Quad(NamedNode(f"https://example.org/{w}"), SAYS, Literal(w), graph) for w in words]


def _state(folder: Path) -> dict[str, tuple[int, int]]:
    files = [folder, *folder.rglob("*")]
    return {str(f): (f.stat().st_size, f.stat().st_mtime_ns) for f in files}


@pytest.fixture
def built(tmp_path: Path) -> Path:
    with Store.create(tmp_path / "store") as store:
        store.load(_quads(GRAPH, "one", "two"))
        store.replace(OTHER, _quads(OTHER, "three"))
    return tmp_path / "store"


def test_what_is_built_is_what_is_read(built: Path) -> None:
    assert list(open_store(built).quads()) == _quads(GRAPH, "one", "two") + _quads(OTHER, "three")


def test_readers_are_many_and_leave_the_folder_as_it_is(built: Path) -> None:
    before = _state(built)
    stores = [open_store(built), open_store(built)]
    assert [len(store) for store in stores] == [3, 3]
    script = "import sys, sinergi; print(len(sinergi.open(sys.argv[1]).source))"
    other = subprocess.run([sys.executable, "-c", script, built], capture_output=True, text=True)
    assert (other.stdout, other.stderr) == ("3\n", "")
    assert _state(built) == before


def test_a_read_only_folder_can_be_read(built: Path) -> None:
    for path in (*built.rglob("*"), built):
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        assert len(open_store(built)) == 3
    finally:
        for path in (built, *built.rglob("*")):
            path.chmod(0o755 if path.is_dir() else 0o644)


def test_a_writer_makes_graphs_what_they_should_be(place: Place) -> None:
    for quads in (
        [*_quads(GRAPH, "one", "two"), *_quads(OTHER, "two")],
        [*_quads(GRAPH, "two"), *_quads(OTHER, "two", "four")],
        [*_quads(GRAPH, "two"), *_quads(OTHER, "two", "four")],
        _quads(OTHER, "five"),
        [],
    ):
        with closing(writer_at(place)) as writer:
            writer.change(
                (graph, {quad for quad in quads if quad.graph_name == graph})
                for graph in (GRAPH, OTHER)
            )
            writer.publish()
            assert not writer.changed and len(writer) == len(quads)
            with pytest.raises(ValueError, match="belongs to"):
                writer.change([(GRAPH, {*_quads(OTHER, "six")})])
        store = open_store(place)
        assert list(store.quads()) == sorted(quads, key=lambda q: (q.graph_name.value, str(q)))
        words = {row["w"] for row in select(store, ALL).dicts()}
        assert words == {quad.object.value for quad in quads}  # type: ignore[union-attr]


def test_replacing_a_graph_again_changes_nothing(built: Path) -> None:
    for _ in range(2):
        with Store.revise(built) as store:
            store.replace(OTHER, _quads(OTHER, "four"))
        assert list(open_store(built).quads()) == _quads(GRAPH, "one", "two") + _quads(
            OTHER, "four"
        )
    with pytest.raises(ValueError, match="belongs to"):
        Store.memory().replace(GRAPH, _quads(OTHER, "five"))


def test_an_open_store_outlives_its_replacement(built: Path) -> None:
    old = open_store(built)
    with Store.create(built) as store:
        store.load(_quads(GRAPH, "new"))
    assert len(old) == 3 and len(open_store(built)) == 1
    assert len(list(built.glob("generation-*"))) == 2
    del old
    Store.revise(built).close()
    assert len(list(built.glob("generation-*"))) == 1  # nobody reads the other one any more


def test_a_failed_build_leaves_what_was(built: Path) -> None:
    before = {path.name for path in built.rglob("*")}
    with pytest.raises(KeyError), Store.create(built) as store:
        store.load(_quads(GRAPH, "half"))
        raise KeyError
    assert {path.name for path in built.rglob("*")} == before
    assert len(open_store(built)) == 3


ALL = "SELECT ?w { ?s ?p ?w } ORDER BY ?w"
NAMED = "SELECT ?w { GRAPH ?g { ?s ?p ?w } } ORDER BY ?w"


@pytest.mark.parametrize(
    ("text", "default", "named", "words"),
    [
        (ALL, [], [], "one three two"),
        (ALL.replace("{", f"FROM {GRAPH} {{", 1), [], [], "one two"),
        (ALL.replace("{", f"\nfrom#\n{OTHER}{{", 1), [], [], "three"),
        (NAMED.replace("{", f"FROM NAMED {GRAPH} {{", 1), [], [], "one two"),
        (ALL.replace("{", f"FROM NAMED {GRAPH} {{", 1), [], [], ""),  # as the standard has it
        (ALL, [OTHER], [], "three"),
        (ALL, [GRAPH, OTHER], [], "one three two"),
        (ALL.replace("{", f"FROM {GRAPH} {{", 1), [OTHER], [], "three"),
        (ALL, [], [GRAPH], ""),
        (NAMED, [OTHER], [GRAPH], "one two"),
        ("PREFIX from: <x:y> " + ALL.replace("?s", "?from"), [], [], "one three two"),
        ('SELECT ("from <x>" AS ?w) { ?s ?p "one" } # from <x>', [], [], "from <x>"),
    ],
)
def test_a_query_may_choose_its_graphs(
    filled_store: Filled, text: str, default: list[NamedNode], named: list[NamedNode], words: str
) -> None:
    store = filled_store([*_quads(GRAPH, "one", "two"), *_quads(OTHER, "three")])
    result = store.query(text, default_graphs=default, named_graphs=named)
    assert isinstance(result, Rows)
    assert " ".join(row["w"] for row in result.dicts()) == words


def test_a_reader_does_not_write(place: Place) -> None:
    with closing(writer_at(place)) as writer:
        writer.change([(GRAPH, {*_quads(GRAPH, "one", "two")}), (OTHER, {*_quads(OTHER, "three")})])
        writer.publish()
    store = open_store(place)
    with pytest.raises(StoreError, match="reading only"):
        store.replace(OTHER, [])
    with pytest.raises(QueryError, match="INSERT is an update"):
        store.query("# go\nPREFIX s: <x:y>\nINSERT DATA { s:a s:b s:c }")
    assert len(store) == 3


@pytest.mark.parametrize(
    ("meta", "message"),
    [
        (None, "is not a store of sinergi"),
        ("{", "damaged"),
        ('{"format": 2}', "damaged"),
        ('{"format": 2, "generation": "..", "articles": "articles-1.sqlite"}', "damaged"),
        ('{"format": 2, "generation": "generation-7", "articles": "articles-1.sqlite"}', "damaged"),
        ('{"format": 1, "quads": "quads-1"}', "earlier sinergi"),
        ('{"format": 99, "quads": "quads-1"}', "has format 99"),
    ],
)
def test_what_is_no_store_is_said_to_be_none(built: Path, meta: str | None, message: str) -> None:
    if meta is None:
        (built / "store.json").unlink()
    else:
        (built / "store.json").write_text(meta, "utf-8")
    with pytest.raises(StoreError, match=message):
        open_store(built)


def test_other_places_are_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no store at"):
        open_store(tmp_path / "nowhere")
    (tmp_path / "thesis.txt").write_text("keep me", "utf-8")
    with pytest.raises(StoreError, match="something else than a store"):
        Store.create(tmp_path)
    with pytest.raises(StoreError):
        Store.create(tmp_path / "thesis.txt")
    with pytest.raises(StoreError):
        open_store(tmp_path / "thesis.txt")
    assert os.listdir(tmp_path) == ["thesis.txt"]


def test_queries_see_the_union_and_bind_terms(filled_store: Filled) -> None:
    store = filled_store(_quads(GRAPH, "one", "two") + _quads(OTHER, "one"))
    rows = store.query("SELECT ?s ?o WHERE { ?s ?p ?o }", bindings={"o": Literal("one")})
    assert isinstance(rows, Rows) and rows.columns == ("s", "o")
    assert {row["s"] for row in rows.dicts()} == {"https://example.org/one"}
    hostile = Literal('one" } UNION { ?s ?p ?o } #')
    assert not list(store.query("SELECT ?s ?o { ?s ?p ?o }", bindings={"o": hostile}))  # type: ignore[arg-type]
    assert store.query("ASK { ?s ?p 'two' }") is True
    assert isinstance(store.query("CONSTRUCT WHERE { ?s ?p ?o }"), Triples)
    assert store.query("ASK { ?s a sin:Meeting }") is False  # the prefix needs no declaration


def test_errors_in_a_query_name_the_line(each_store: Store) -> None:
    with pytest.raises(QueryError, match=r"line 2, column 10 \(\?x \?y \}\)"):
        each_store.query("SELECT ?x WHERE {\n  ?x ?y }")
    with pytest.raises(QueryError, match="cannot be bound"):
        each_store.query("SELECT ?s { ?s ?p ?o }", bindings={"o": GRAPH})


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { SERVICE <http://localhost:1/> { ?s ?p ?o } }",
        "SELECT * { ?s ?p 1service<http://localhost:1/> { ?s ?p ?o } }",
        "SELECT * { ?s ?p ?o.SERVICE SILENT ?x { ?s ?p ?o } }",
        "SELECT * { # \rSERVICE <http://localhost:1/> { ?s ?p ?o } }",
        "SELECT * { ?s ?p 'it\\'s' SERVICE <http://localhost:1/> { ?s ?p 'x' } }",
        "SELECT * { ?s sin:a\\'b ?o SERVICE <http://localhost:1/> { ?s ?p 'x' } }",
        'SELECT * { ?s ?p """\\"""" SERVICE <http://localhost:1/> { ?s ?p "x" } }',
        "SELECT * { FILTER(?a<1)SERVICE?x{?s?p?o}FILTER(1>0) }",
        "SELECT * { S\\u0045RVICE <http://localhost:1/> { ?s ?p ?o } }",
        "PREFIX : <http://localhost:1/> SELECT * { SERVICE:a { ?s ?p ?o } }",
    ],
)
def test_a_query_does_not_reach_for_the_network(each_store: Store, text: str) -> None:
    with pytest.raises(QueryError, match="SERVICE is not answered"):
        each_store.query(text)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * " + "{" * 9999 + "}" * 9999,
        f"ASK {{ FILTER({'!' * 9999}true) }}",
        "ASK { '\ud800' }",
    ],
)
def test_a_query_cannot_bring_the_process_down(text: str) -> None:
    with pytest.raises(QueryError, match=r"nested|no Unicode text"):
        Store.memory().query(text)


def test_the_word_service_may_stand_elsewhere(each_store: Store) -> None:
    text = "SELECT ?service { ?service sin:service 'service'@x-service, <x:service> } # service"
    assert list(each_store.query(text)) == []  # type: ignore[arg-type]


def test_dataset_and_network_stand_on_the_same_store(each_store: Store) -> None:
    dataset = each_store.dataset()
    meetings = set(dataset.query("SELECT DISTINCT ?m { ?m a sin:Meeting }"))
    assert {str(m).rsplit("/", 1)[1] for (m,) in meetings} == {"m1", "m2", "m3", "m4", "m5"}  # type: ignore[misc]
    assert rdflib.URIRef("https://w3id.org/sinergi/id/graph/registry") in {
        graph.identifier for graph in dataset.graphs()
    }
    network = each_store.network()
    assert network.edges["lapas-arunika", "polres-arunika"]["meetings"] == 2
    assert network.number_of_edges() == 3


def test_a_missing_table_file_is_a_sentence(built: Path) -> None:
    name = json.loads((built / "store.json").read_text("utf-8"))["generation"]
    (built / name / "quads" / "CURRENT").unlink()
    with pytest.raises(SinergiError, match="damaged"):
        open_store(built)


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"level": "agency"},
        {"level": "parent"},
        {"level": "ministry"},
        {"level": "sector"},
        {"actors": "officials"},
        {"topics": ("keamanan lapas",)},
        {"kinds": ("audiensi",), "since": "2025-01-01", "count": "outlets"},
        {"count": "articles", "weight": "count"},
        {"held": True, "minimum": 2},
    ],
)
def test_the_index_gives_the_network_of_the_graph(
    small_folder: Path, each_store: Store, settings: dict[str, object]
) -> None:
    fast, slow = open_store(small_folder).network(**settings), each_store.network(**settings)
    assert fast.graph == slow.graph
    assert list(fast.nodes(data=True)) == list(slow.nodes(data=True))
    assert list(fast.edges(data=True)) == list(slow.edges(data=True))


def test_the_index_gives_the_records_of_the_graph(small_folder: Path) -> None:
    from sinergi.graph.network import read_records
    from sinergi.graph.store.meetings import read_meetings

    store = open_store(small_folder)
    records = read_records(lambda text: select(store, text))
    assert store.lookup and read_meetings(store.lookup, records.sectors) == records
