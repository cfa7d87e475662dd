"""A SPARQL server as the store: real `oxigraph serve` processes, and one that misbehaves."""

from __future__ import annotations

import io
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import pyoxigraph as ox
import pytest
import rdflib
import rdflib.graph
import rdflib.util
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad

from sinergi.cli import main
from sinergi.graph import queries
from sinergi.graph.derivation import judge, remembered
from sinergi.graph.dossier import dossier
from sinergi.graph.errors import QueryError, StoreError
from sinergi.graph.exports import export_graph
from sinergi.graph.ingest import ingest, optimize, remove
from sinergi.graph.model import Decision
from sinergi.graph.registry import Registry
from sinergi.graph.results import Rows, Triples, select
from sinergi.graph.sparql import with_values
from sinergi.graph.store import Store, open_store
from sinergi.graph.store.info import check, info
from sinergi.graph.store.remote.layout import (
    COUNT,
    EVERYTHING,
    GRAPHS,
    HAS_FORMAT,
    IS_UNION,
    MEMORY,
    RENEWED,
    STATED,
    TOKEN,
    VERSION,
    WHAT_IS_THERE,
    WRITER,
    graphs_replaced,
    put,
    quads_of,
)
from sinergi.graph.store.remote.store import RemoteStore
from sinergi.graph.store.remote.writer import RemoteWriter
from sinergi.graph.store.writing import articles_at
from sinergi.ontology import FOAF

COPY = "INSERT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }"


def nquads(store: Store) -> str:
    stream = io.StringIO()
    export_graph(store.quads(), "nquads", stream)
    return stream.getvalue()


def post(address: str, kind: str, body: bytes) -> None:
    httpx.post(
        address, content=body, headers={"Content-Type": kind}, trust_env=False
    ).raise_for_status()


# Reading what others have put on a server ---------------------------------------------------------


@pytest.fixture(scope="module", params=["union", "copied", "named"])
def filled(
    request: pytest.FixtureRequest, sparql_server: Callable[..., str], small_store: Store
) -> str:
    """The small graph on a server: one that shows the union of all graphs, one that has it in the
    default graph as well, one whose default graph is empty.
    """
    address = sparql_server(*(["--union-default-graph"] if request.param == "union" else []))
    post(f"{address}/store", "application/n-quads", nquads(small_store).encode())
    if request.param == "copied":
        post(f"{address}/update", "application/sparql-update", COPY.encode())
    return address


@pytest.fixture(scope="module")
def remote(filled: str) -> Store:
    return open_store(filled)


def test_what_others_filled_is_read_as_from_a_folder(remote: Store, small_store: Store) -> None:
    assert isinstance(remote, RemoteStore) and not remote.written_here
    assert nquads(remote) == nquads(small_store)
    assert len(remote) == len(small_store) and remote.graphs() == small_store.graphs()
    assert list(remote.dataset().graphs())


def test_named_queries_and_dossiers_answer_the_same(remote: Store, small_store: Store) -> None:
    given = {
        "agency": "Polres Arunika", "partner": "Lapas Arunika", "person": "Sari Widuri",
        "outlet": "Kabar Arunika", "thing": "Lapas Arunika", "goal": "Lapas Arunika",
    }  # fmt: skip
    for name, query in queries.named_queries().items():
        values = {p.name: given[p.name] for p in query.parameters if p.name in given}
        found = [list(queries.run(store, name, values).dicts()) for store in (remote, small_store)]
        assert found[0] == found[1], name
    for name in ("Polres Arunika", "Bu Sari"):
        assert dossier(remote, name) == dossier(small_store, name)


@pytest.mark.parametrize("settings", [{}, {"level": "ministry"}, {"actors": "officials"}])
def test_the_network_is_the_same(
    remote: Store, small_store: Store, settings: dict[str, object]
) -> None:
    mine, theirs = remote.network(**settings), small_store.network(**settings)
    assert list(mine.nodes(data=True)) == list(theirs.nodes(data=True))
    assert list(mine.edges(data=True)) == list(theirs.edges(data=True))


def test_searches_find_the_same(remote: Store, small_folder: Path) -> None:
    there = open_store(small_folder)
    for words in ("polrs arunka", "sari", "siap mendukung", "keamanan lapas", "berita a1", "xyzzy"):
        assert remote.search(words) == there.search(words)


def test_the_commands_take_an_address(filled: str, small_folder: Path, tmp_path: Path) -> None:
    for command in (
        ("query", "STORE", "SELECT DISTINCT ?name { ?p foaf:name ?name } ORDER BY ?name"),
        ("query", "STORE", "--named", "meetings-of-agency", "--param", "agency=Polres Arunika"),
        ("show", "STORE", "Polres Arunika", "--format", "json"),
        ("network", "STORE", "--format", "json"),
        ("export", "STORE", "--format", "trig"),
        ("export", "STORE", "--format", "ftm"),
        ("export", "STORE", "--format", "gexf"),
        ("validate", "STORE"),
    ):
        answers = []
        for store in (filled, str(small_folder)):
            done = CliRunner().invoke(main, [store if c == "STORE" else c for c in command])
            answers.append((done.exit_code, done.stdout))
        assert answers[0] == answers[1], command
    pages = []
    for store in (filled, str(small_folder)):
        page = tmp_path / "network.html"
        assert CliRunner().invoke(main, ["view", store, "-o", str(page)]).exit_code == 0
        pages.append(page.read_text("utf-8"))
    assert pages[0] == pages[1]
    tables = []
    for name, store in (("mine", filled), ("theirs", str(small_folder))):
        command = ["export", store, "--format", "csv", "-o", str(tmp_path / name)]
        assert CliRunner().invoke(main, command).exit_code == 0
        tables.append({f.name: f.read_bytes() for f in (tmp_path / name).iterdir()})
    assert tables[0] == tables[1]
    done = CliRunner().invoke(main, ["backup", filled, str(tmp_path / "copy")])
    assert done.exit_code == 2 and "works on folders" in done.stderr


@pytest.fixture(scope="module")
def patient(serving: Callable[..., str], small_folder: Path) -> str:
    """The address of a server of the small graph in a folder, with time enough."""
    return serving(small_folder, workers=2, time_limit=60.0)


def test_a_server_can_be_served(filled: str, patient: str, serving: Callable[..., str]) -> None:
    address = serving(filled, workers=2, time_limit=60.0)
    for path in ("", "search?q=polrs+arunka", "network", "id/agency/polres-arunika",
                 "query/collaborations?format=csv"):  # fmt: skip
        mine, theirs = (
            within(60, lambda a=a, p=path: fine(httpx.get(a + p, timeout=60, trust_env=False)))
            for a in (address, patient)
        )
        assert mine.text.replace(address, patient) == theirs.text, path
    # Not compared: a union counts a triple that stands in two graphs twice, a default graph once.
    assert httpx.get(address + "void", timeout=60, trust_env=False).status_code == 200


def test_what_is_served_follows_the_server(
    servers: Callable[[str], str], serving: Callable[..., str], small_quads: list[Quad]
) -> None:
    store = servers("server")
    graphs = [NamedNode("x:g"), NamedNode("x:h")]
    quads = [{Quad(NamedNode("x:a"), FOAF.name, Literal(g.value), g)} for g in graphs]
    with closing(RemoteWriter(store)) as writer:
        writer.change([(graphs[0], quads[0])])
        address = serving(store, workers=2)
        query = f"{address}sparql?query=SELECT(COUNT(*)AS?n){{?s+?p+?o}}"
        with httpx.Client(trust_env=False, timeout=30) as client:
            first = within(10, lambda: tagged(client.get(query)))
            again = client.get(query, headers={"If-None-Match": first.headers["etag"]})
            assert again.status_code == 304
            writer.change([(graphs[1], quads[1])])
            later = within(10, lambda: other(client.get(query), first))
            assert (first.text != later.text) and '"2"' in later.text


def fine(answer: httpx.Response) -> httpx.Response | None:
    """The answer; None where the page is still being drawn."""
    assert answer.status_code in (200, 503), answer.text
    return answer if answer.status_code == 200 else None


def tagged(answer: httpx.Response) -> httpx.Response | None:
    return answer if "etag" in answer.headers else None


def other(answer: httpx.Response, before: httpx.Response) -> httpx.Response | None:
    return answer if answer.headers["etag"] != before.headers["etag"] else None


def within(seconds: float, look: Callable[[], httpx.Response | None]) -> httpx.Response:
    """What `look` gives in the end."""
    for _ in range(round(seconds * 10)):
        if found := look():
            return found
        time.sleep(0.1)
    raise AssertionError("in vain")


# Terms -------------------------------------------------------------------------------------------


def test_bindings_are_terms(remote: Store, small_store: Store) -> None:
    hostile = Literal('Polres Arunika" } UNION { ?s ?p ?o } #')
    thing = NamedNode("https://w3id.org/sinergi/id/agency/polres-arunika")
    for text, bindings in (
        ("SELECT ?s ?o WHERE { ?s skos:prefLabel ?o }", {"o": hostile}),
        ("SELECT ?s ?n { ?m schema:organizer ?s OPTIONAL { ?s skos:prefLabel ?n FILTER(?s = ?s) } "
         "FILTER NOT EXISTS { ?s a foaf:Person } } ORDER BY ?n", {"s": thing}),
        ("SELECT ?s ?g { VALUES ?g { <x:y> } } ", {"s": thing}),
        ("SELECT DISTINCT ?s ?m { { SELECT ?s ?m { ?m schema:organizer ?s } } MINUS { ?x a ?s } } "
         "ORDER BY ?m", {"s": thing}),
        ("ASK { ?s a org:FormalOrganization }", {"s": thing}),
        ("CONSTRUCT { ?s skos:note ?o } WHERE { ?s skos:prefLabel ?o }", {"s": thing}),
    ):  # fmt: skip
        mine, theirs = (s.query(text, bindings=bindings) for s in (remote, small_store))
        if isinstance(mine, Rows) and isinstance(theirs, Rows):
            assert mine.columns == theirs.columns
            assert list(mine.dicts()) == list(theirs.dicts())
        elif isinstance(mine, Triples) and isinstance(theirs, Triples):
            assert set(mine) == set(theirs)
        else:
            assert mine is theirs is True


def test_values_stand_in_every_group_but_those_that_are_none() -> None:
    text = with_values(
        "SELECT ?x { { SELECT ?x { ?x ?p '{' } } VALUES ?y { 1 } MINUS { { ?x ?q ?r } } # {\n"
        " GRAPH ?g { ?x ?p \"{\" } }", {"x": "<x:a>"})  # fmt: skip
    assert text.count("VALUES ?x { <x:a> }") == 3
    assert "MINUS { { ?x" in text and "?y { 1 }" in text
    with pytest.raises(QueryError, match="CONSTRUCT WHERE binds nothing"):
        with_values("CONSTRUCT WHERE { ?x ?p ?o }", {"x": "<x:a>"})


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("SELECT ?x WHERE {\n  ?x ?y }", r"line 2, column 10"),
        ("INSERT DATA { <x:a> <x:b> <x:c> }", "INSERT is an update"),
        ("SELECT * { SERVICE <http://localhost:1/> { ?s ?p ?o } }", "SERVICE is not answered"),
    ],
)
def test_a_query_is_looked_at_before_it_goes_anywhere(
    remote: Store, text: str, message: str
) -> None:
    with pytest.raises(QueryError, match=message):
        remote.query(text)


# Writing -----------------------------------------------------------------------------------------

DATA = Path(__file__).parent.parent / "data"
SAMPLES, TABLES = DATA / "samples", DATA / "samples-registry"
IDS = "SELECT DISTINCT ?id { ?a a schema:NewsArticle ; schema:identifier ?id } ORDER BY ?id"


@pytest.fixture(scope="module")
def registry() -> Registry:
    return Registry.load(TABLES)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory, registry: Registry) -> str:
    """The graph of all sample articles, from a folder."""
    folder = tmp_path_factory.mktemp("whole") / "store"
    ingest(SAMPLES, folder, registry=registry)
    return nquads(open_store(folder))


def triples(quads: str) -> set[str]:
    return {line.rpartition(" <")[0] for line in quads.splitlines()}


def in_default_graph(address: str) -> set[str]:
    answer = httpx.post(
        f"{address}/query", data={"query": "CONSTRUCT WHERE { ?s ?p ?o }"}, trust_env=False,
        headers={"Accept": "application/n-triples"}, timeout=30,
    )  # fmt: skip
    return {line.removesuffix(" .") for line in answer.text.splitlines()}


def test_the_default_graph_is_what_the_named_ones_say(
    servers: Callable[[str], str], registry: Registry, whole: str
) -> None:
    address = servers("server")
    ingest(SAMPLES, address, registry=registry)
    assert in_default_graph(address) == triples(whole)
    some = [r["id"] for r in select(open_store(address), IDS).dicts()][:5]
    remove(some, address, registry=registry)
    rest = nquads(open_store(address))
    assert in_default_graph(address) == triples(rest) != triples(whole)
    assert not list(check(address))


WORDS = st.frozensets(st.sampled_from("abcdef"), max_size=4)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.dictionaries(st.sampled_from(["x:g", "x:h", "x:i"]), WORDS), max_size=4))
def test_whatever_changes_the_default_graph_is_what_the_named_ones_say(
    servers: Callable[[str], str], changes: list[dict[str, frozenset[str]]]
) -> None:
    address, held = servers("server"), dict[str, frozenset[str]]()
    with closing(RemoteWriter(address)) as writer:
        for change in changes:
            writer.change(
                (g, {Quad(NamedNode(f"x:{w}"), FOAF.name, Literal(w), g) for w in words})
                for g, words in ((NamedNode(name), words) for name, words in change.items())
            )
            held |= change
            words = {word for words in held.values() for word in words}
            assert {t.rpartition(" ")[2] for t in in_default_graph(address)} == {
                f'"{word}"' for word in words
            }
            assert len(writer) == sum(map(len, held.values()))
    assert not list(check(address))


def test_a_server_that_shows_the_union_needs_no_copy(
    servers: Callable[[str], str], registry: Registry, whole: str
) -> None:
    address = servers("union")
    ingest(SAMPLES, address, registry=registry, batch=5)
    assert nquads(open_store(address)) == whole and not list(check(address))
    assert [g.value for g in open_store(address).graphs()] == sorted(
        {line.rpartition(" <")[2].removesuffix("> .") for line in whole.splitlines()}
    )


def test_a_server_may_be_started_the_other_way_in_between(
    tmp_path: Path, sparql_server: Callable[..., Any], registry: Registry, whole: str
) -> None:
    """First with a separate default graph, then with the union, then separate again."""
    some = sorted(SAMPLES.iterdir())
    parts = (((), some[:3]), (("--union-default-graph",), some[:6]), ((), [SAMPLES]))
    for number, (options, part) in enumerate(parts):
        folder = str(tmp_path / "data")
        address = sparql_server("--location", folder, *options, instead=number > 0)
        ingest(part, address, registry=registry)
        assert not list(check(address))
        assert queries_answer(address)
    assert nquads(open_store(address)) == whole and in_default_graph(address) == triples(whole)


def queries_answer(address: str) -> bool:
    return bool(list(queries.run(open_store(address), "collaborations")))


def test_what_others_put_there_is_left_alone(
    servers: Callable[[str], str], registry: Registry
) -> None:
    address = servers("server")
    for data in ("<x:a> <x:b> <x:c>", "GRAPH <x:g> { <x:a> <x:b> <x:c> }"):
        body = f"DROP ALL ; INSERT DATA {{ {data} }}"
        post(f"{address}/update", "application/sparql-update", body.encode())
        with pytest.raises(StoreError, match="something else than a store"):
            ingest([], address, registry=registry)
    assert len(open_store(address)) == 1
    with pytest.raises(StoreError, match="no store of sinergi at"):
        remove(["a"], address, registry=registry)


def test_a_newer_store_is_left_alone(servers: Callable[[str], str], registry: Registry) -> None:
    address = servers("server")
    RemoteWriter(address).close()
    body = f"DELETE WHERE {{ GRAPH {MEMORY} {{ ?s {HAS_FORMAT} ?o }} }} ; INSERT DATA {{ GRAPH "
    body += f"{MEMORY} {{ {MEMORY} {HAS_FORMAT} '99' }} }}"
    post(f"{address}/update", "application/sparql-update", body.encode())
    for command in (open_store, lambda place: ingest([], place, registry=registry), info):
        with pytest.raises(StoreError, match="format 99"):
            command(address)


def test_what_is_kept_and_damaged_is_said_to_be(
    servers: Callable[[str], str], registry: Registry
) -> None:
    address = servers("server")
    ingest(SAMPLES, address, registry=registry)
    body = (f"DELETE {{ GRAPH ?g {{ ?a {STATED} ?o }} }} INSERT {{ GRAPH ?g {{ ?a {STATED} '[1' }} "
            f"}} WHERE {{ GRAPH ?g {{ ?a {STATED} ?o }} }}")  # fmt: skip
    post(f"{address}/update", "application/sparql-update", body.encode())
    with pytest.raises(StoreError, match=r"keeps in .* is damaged"):
        ingest([], address, registry=registry)
    assert len(open_store(address))  # the graph is read as before


def test_the_commands_write_to_a_server(servers: Callable[[str], str]) -> None:
    address = servers("server")

    def sinergi(*arguments: str) -> tuple[int, str, str]:
        done = CliRunner().invoke(main, [*arguments, "--registry", str(TABLES)])
        return done.exit_code, done.stdout, done.stderr

    code, out, err = sinergi("ingest", address, str(SAMPLES), "--ids")
    assert code == 0 and len(out.split()) > 5 and "added; the store has" in err
    first = out.split()[0]
    assert sinergi("ingest", address, str(SAMPLES))[2].startswith(f"{len(out.split())} unchanged;")
    assert sinergi("remove", address, first)[2].startswith("removed 1; ")
    assert sinergi("remove", address, "nonesuch")[0] == 1
    assert sinergi("optimize", address)[0] == 0
    found = CliRunner().invoke(main, ["info", address, "--check"])
    assert found.exit_code == 0 and found.stderr == "checked\n" and "bytes" not in found.stdout


def test_what_others_change_is_noticed_and_mended(
    servers: Callable[[str], str], registry: Registry, whole: str
) -> None:
    address = servers("server")
    ingest(SAMPLES, address, registry=registry)
    graph = open_store(address).graphs()[0]
    body = (
        f"DROP GRAPH {graph} ; INSERT DATA {{ <x:a> <x:b> <x:c> GRAPH <x:g> {{ <x:d> a <x:c> }} }}"
    )
    post(f"{address}/update", "application/sparql-update", body.encode())
    assert len(list(check(address))) == 4
    done = CliRunner().invoke(main, ["info", address, "--check"])
    assert done.exit_code == 1 and "optimize --rebuild" in done.stderr
    optimize(address, registry=registry, rebuild=True)
    assert nquads(open_store(address)) == whole and not list(check(address))


def test_a_writer_that_was_taken_for_dead_does_no_harm(
    servers: Callable[[str], str], registry: Registry
) -> None:
    address = servers("server")
    first = RemoteWriter(address)
    late = "2020-01-01T00:00:00Z"
    post(f"{address}/update", "application/sparql-update",
         f"DELETE {{ GRAPH {MEMORY} {{ ?w {RENEWED} ?t }} }} INSERT {{ GRAPH {MEMORY} {{ ?w "
         f"{RENEWED} '{late}'^^<http://www.w3.org/2001/XMLSchema#dateTime> }} }} "
         f"WHERE {{ GRAPH {MEMORY} {{ ?w {RENEWED} ?t }} }}".encode())  # fmt: skip
    second = RemoteWriter(address)
    quads = {Quad(NamedNode("x:a"), NamedNode("x:b"), Literal("c"), NamedNode("x:g"))}
    with pytest.raises(StoreError, match="is being written by process"):
        first.change([(NamedNode("x:g"), quads)])
    assert len(open_store(address)) == 0
    first.close()
    second.change([(NamedNode("x:g"), quads)])
    second.close()
    assert len(open_store(address)) == 1


def test_a_writer_that_died_on_this_machine_is_not_waited_for(
    servers: Callable[[str], str],
) -> None:
    address = servers("server")
    script = ("import os, sys; from sinergi.graph.store.remote.writer import RemoteWriter; "
              "RemoteWriter(sys.argv[1]); os._exit(0)")  # fmt: skip
    subprocess.run([sys.executable, "-c", script, address], check=True, timeout=60)
    RemoteWriter(address).close()


def test_judgements_are_kept_by_a_server(servers: Callable[[str], str], registry: Registry) -> None:
    address = servers("server")
    ingest(SAMPLES, address, registry=registry)
    done = CliRunner().invoke(main, ["review", address, "--registry", str(TABLES)], input="q\n")
    assert done.exit_code == 0, done.stderr
    decision = Decision("agency:A", "agency:B", "different", "two of them", "me", "2025-01-01")
    judge(address, decision)
    with articles_at(address) as articles:
        assert remembered(articles).decisions == [decision]


# Other engines ------------------------------------------------------------------------------------


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # rdflib's, of its own names
def test_another_engine_does_the_same() -> None:
    """What is sent is plain SPARQL 1.1: rdflib's evaluator makes of it what Oxigraph does."""
    one, two = NamedNode("x:g"), NamedNode("x:h")
    mine, others = (f'GRAPH {MEMORY} {{ {WRITER} {TOKEN} "{who}" }}' for who in ("me", "you"))

    def says(graph: NamedNode, *words: str) -> set[Quad]:
        return {Quad(NamedNode(f"x:{w}"), NamedNode("x:p"), Literal(w), graph) for w in words}

    theirs, ours = rdflib.Dataset(), ox.Store()
    for update in (
        f'INSERT DATA {{ GRAPH {MEMORY} {{ {WRITER} {TOKEN} "me" }} }}',
        graphs_replaced([(one, says(one, "a", "b")), (two, says(two, "b"))], mine, copied=True),
        put([(MEMORY, HAS_FORMAT, Literal("1")), (one, VERSION, Literal('a"b'))], mine),
        graphs_replaced([(one, says(one, "a"))], mine, copied=True),
        put([(one, VERSION, None)], mine),
        graphs_replaced([(two, set())], mine, copied=True),
        graphs_replaced([(two, says(two, "z"))], others, copied=True),
    ):
        theirs.update(update)
        ours.update(update)
        there = {
            (s.n3(), p.n3(), o.n3(), graph.identifier.n3())
            for graph in theirs.graphs()
            for s, p, o in graph
        }
        default = f"<{rdflib.graph.DATASET_DEFAULT_GRAPH_ID}>"
        assert there == {
            (str(s), str(p), str(o), default if isinstance(g, ox.DefaultGraph) else str(g))
            for s, p, o, g in ours
        }
    for query in (WHAT_IS_THERE, GRAPHS, COUNT, IS_UNION, EVERYTHING, quads_of([one, two])):
        answer, expected = theirs.query(query), ours.query(query)
        if answer.type == "ASK":
            assert bool(answer) == bool(expected) is False
        else:
            assert {tuple(t and t.n3() for t in row) for row in answer} == {  # type: ignore[union-attr]
                tuple(t and str(rdflib_term(t)) for t in row)
                for row in expected  # type: ignore[union-attr]
            }


def rdflib_term(term: Any) -> str:
    """As rdflib writes it."""
    parsed = rdflib.util.from_n3(str(term))
    assert parsed is not None
    return str(parsed.n3())
