"""A SPARQL server as the store: real `oxigraph serve` processes, and one that misbehaves."""

from __future__ import annotations

import io
import urllib.request
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner
from pyoxigraph import Literal, NamedNode

from sinergi.cli import main
from sinergi.graph import queries
from sinergi.graph.dossier import dossier
from sinergi.graph.errors import QueryError
from sinergi.graph.exports import export_graph
from sinergi.graph.results import Rows, Triples
from sinergi.graph.sparql import with_values
from sinergi.graph.store import Store, open_store
from sinergi.graph.store.remote.store import RemoteStore

COPY = "INSERT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }"


def nquads(store: Store) -> str:
    stream = io.StringIO()
    export_graph(store.quads(), "nquads", stream)
    return stream.getvalue()


def post(address: str, kind: str, body: bytes) -> None:
    request = urllib.request.Request(address, body, {"Content-Type": kind}, method="POST")
    urllib.request.urlopen(request, timeout=30).close()


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
    done = CliRunner().invoke(main, ["backup", filled, str(tmp_path / "copy")])
    assert done.exit_code == 2 and "works on folders" in done.stderr


def test_a_server_can_be_served(
    filled: str, small_server: str, serving: Callable[..., str]
) -> None:
    address = serving(filled, workers=2)
    for path in ("", "search?q=polrs+arunka", "network", "id/agency/polres-arunika",
                 "query/collaborations?format=csv"):  # fmt: skip
        mine, theirs = (
            httpx.get(a + path, timeout=60, trust_env=False) for a in (address, small_server)
        )
        assert mine.status_code == theirs.status_code == 200
        assert mine.text.replace(address, small_server) == theirs.text, path
    # Not compared: a union counts a triple that stands in two graphs twice, a default graph once.
    assert httpx.get(address + "void", timeout=60, trust_env=False).status_code == 200


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
