"""The endpoint: the protocol case by case, over a real connection to a real process."""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import httpx
import pytest
import rdflib
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode, Quad, QueryResultsFormat, RdfFormat, parse, parse_query_results
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, JSON, POST, POSTDIRECTLY, TURTLE, XML, SPARQLWrapper

from sinergi.cli import main
from sinergi.graph.errors import InputError
from sinergi.graph.server.formats import PAGE, ROWS, TRIPLES, choose
from sinergi.graph.server.pool import Pool, Unanswered
from sinergi.graph.server.protocol import BadRequest, asked
from sinergi.graph.server.settings import Settings, is_loopback
from sinergi.graph.store import Store
from sinergi.ontology import FOAF, Iris

NAMES = "SELECT ?name { ?person a foaf:Person ; foaf:name ?name } ORDER BY ?name"
CONSTRUCT = "CONSTRUCT { ?p foaf:name ?n } WHERE { ?p foaf:name ?n }"
# Every combination of participants; none of its answers comes within any limit.
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o }"
HUGE = "SELECT * { ?a ?b ?c . ?d ?e ?f }"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
DIRECT = {"Content-Type": "application/sparql-query"}


@pytest.fixture
def client(small_server: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=small_server, timeout=30, trust_env=False) as client:
        yield client


# ---- which format


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        (None, "application/sparql-results+json"),
        ("", "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
        ("text/*", "text/csv"),
        ("text/csv;q=0.5, text/tab-separated-values", "text/tab-separated-values"),
        ("application/sparql-results+xml, application/rdf+xml", "application/sparql-results+xml"),
        ("Application/XML", "application/xml"),
        ("*/*;q=0.1, text/csv;q=0", "application/sparql-results+json"),
        ("text/csv;q=nonsense, */*;q=0.1", "application/sparql-results+json"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "application/xml"),
        ("image/png", None),
        ("text/csv;q=0", None),
    ],
)
def test_the_best_format_is_chosen(accept: str | None, media: str | None) -> None:
    chosen = choose(accept, ROWS)
    assert (chosen and chosen.media) == media


def test_a_browser_gets_a_page_and_a_program_gets_rdf() -> None:
    browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    accepted = {a: choose(a, PAGE) for a in (browser, "text/turtle", "application/ld+json", "*/*")}
    assert [found and found.name for found in accepted.values()] == [
        "html",
        "turtle",
        "jsonld",
        "html",
    ]


@given(st.text(max_size=80))
def test_any_accept_header_is_answered(accept: str) -> None:
    assert choose(accept, TRIPLES) in (None, *TRIPLES)


# ---- what is asked


@given(st.sampled_from(["GET", "POST"]), st.binary(max_size=60), st.text(max_size=30), st.binary())
def test_any_request_is_understood_or_refused(
    method: str, address: bytes, media: str, body: bytes
) -> None:
    try:
        asked(method, address, media, body)
    except BadRequest as error:
        assert 400 <= error.status < 500 and error.sentence.endswith(".")


def test_every_way_of_asking_is_answered_alike(client: httpx.Client) -> None:
    answers = [
        client.get("sparql", params={"query": NAMES}),
        client.post("sparql", data={"query": NAMES}),
        client.post("sparql", content=NAMES, headers=DIRECT),
        client.post(
            "sparql",
            content=NAMES,
            headers={"Content-Type": DIRECT["Content-Type"] + ";charset=UTF-8"},
        ),
    ]
    assert {answer.status_code for answer in answers} == {200}
    (body,) = {answer.content for answer in answers}
    names = [row["name"]["value"] for row in json.loads(body)["results"]["bindings"]]
    assert names[0] == "Bayu Lestari" and len(names) == 6
    head = client.head("sparql", params={"query": NAMES})
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == answers[0].headers["content-length"]


@pytest.mark.parametrize(
    ("media", "reader"),
    [
        ("application/sparql-results+json", QueryResultsFormat.JSON),
        ("application/sparql-results+xml", QueryResultsFormat.XML),
        ("text/tab-separated-values", QueryResultsFormat.TSV),
        ("text/csv", None),
    ],
)
def test_rows_come_in_every_format(
    client: httpx.Client, media: str, reader: QueryResultsFormat | None
) -> None:
    answer = client.get("sparql", params={"query": NAMES}, headers={"Accept": media})
    assert answer.headers["content-type"].partition(";")[0] == media
    if reader is None:
        assert answer.text.splitlines()[:2] == ["name", "Bayu Lestari"]
    else:
        assert len(list(parse_query_results(answer.content, format=reader))) == 6
    ask = client.get("sparql", params={"query": "ASK { }"}, headers={"Accept": media})
    assert ask.status_code == 200 and "true" in ask.text


@pytest.mark.parametrize("offer", TRIPLES, ids=lambda offer: offer.media)
def test_triples_come_in_every_format(client: httpx.Client, offer: object) -> None:
    media = offer.media  # type: ignore[attr-defined]
    answer = client.get("sparql", params={"query": CONSTRUCT}, headers={"Accept": media})
    assert answer.headers["content-type"].partition(";")[0] == media
    known = {"application/json": RdfFormat.JSON_LD, "text/n3": RdfFormat.N3}
    reader = known.get(media) or RdfFormat.from_media_type(media)
    triples = {quad.triple for quad in parse(answer.content, format=reader)}
    assert len(triples) == 6 and {t.predicate for t in triples} == {FOAF.name}


def test_a_format_may_stand_in_the_address(client: httpx.Client) -> None:
    answer = client.get("sparql", params={"query": NAMES, "format": "csv"})
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert client.get("sparql", params={"query": NAMES, "format": "pdf"}).status_code == 406


def test_the_request_may_choose_the_graphs(client: httpx.Client) -> None:
    def count(text: str, **graphs: object) -> int:
        answer = client.get("sparql", params={"query": text, "format": "csv", **graphs})
        return int(answer.text.split()[1])

    a1, a2 = (Iris().article_graph(name).value for name in ("a1", "a2"))
    everything = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    named = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    one, other = (count(everything, **{"default-graph-uri": iri}) for iri in (a1, a2))
    assert 0 < one < count(everything)
    assert count(f"{everything.replace('{', f'FROM <{a1}> {{', 1)}") == one
    assert count(everything, **{"default-graph-uri": [a1, a2]}) <= one + other
    assert count(everything, **{"named-graph-uri": a1}) == 0
    assert count(named, **{"named-graph-uri": a1}) == one
    address = {"default-graph-uri": a1, "format": "csv"}
    direct = client.post("sparql", params=address, content=everything, headers=DIRECT)
    form = client.post("sparql", data={"query": everything, **address})
    assert direct.text == form.text == f"n\r\n{one}\r\n"
    # The request's word goes before the query's.
    own = everything.replace("{", f"FROM <{a2}> {{", 1)
    assert count(own, **{"default-graph-uri": a1}) == one
    assert client.get("sparql?query=ASK{}&default-graph-uri=no+iri").status_code == 400


@pytest.mark.parametrize(
    ("method", "address", "headers", "body", "status", "says"),
    [
        ("GET", "?query=ASK{}&query=ASK{}", {}, "", 400, "one 'query'"),
        ("GET", "?query=%FF", {}, "", 400, "UTF-8"),
        ("GET", "?query=SELECT", {}, "", 400, "line 1"),
        ("GET", "?query=", {}, "", 400, "malformed"),
        ("GET", "?update=CLEAR+ALL", {}, "", 403, "no updates"),
        ("GET", "?query=" + "a=&" * 2000, {}, "", 400, "parameters"),
        ("GET", "?query=CLEAR+ALL", {}, "", 400, "CLEAR is an update"),
        ("GET", "?query=SELECT+*{SERVICE<http://127.0.0.1/>{}}", {}, "", 400, "SERVICE"),
        ("GET", "?query=ASK{}", {"Accept": "image/png"}, "", 406, "accept one"),
        ("GET", "?query=ASK" + "{" * 5000, {}, "", 400, "nested"),
        ("POST", "", FORM, "", 400, "no field"),
        ("POST", "?default-graph-uri=x:y", FORM, "query=ASK{}", 400, "in the address"),
        ("POST", "?query=ASK{}", DIRECT, "ASK{}", 400, "no room"),
        ("POST", "", FORM, "update=CLEAR+ALL", 403, "no updates"),
        ("POST", "", {"Content-Type": "application/sparql-update"}, "CLEAR ALL", 403, "no updates"),
        ("POST", "", {}, "ASK{}", 415, "not as nothing"),
        ("POST", "", {"Content-Type": "text/plain"}, "ASK{}", 415, "not as text/plain"),
        ("POST", "", {"Content-Type": "application/sparql-query;charset=latin1"}, "", 415, "UTF-8"),
        ("POST", "", DIRECT, b"ASK { ?s ?p '\xff' }", 400, "UTF-8"),
        ("POST", "", DIRECT, "#" * (1 << 21), 413, "at most"),
        ("PUT", "?query=ASK{}", {}, "", 405, "Not Allowed"),
        ("DELETE", "", {}, "", 405, "Not Allowed"),
    ],
)  # fmt: skip
def test_what_breaks_the_protocol_is_told(
    client: httpx.Client,
    method: str,
    address: str,
    headers: dict[str, str],
    body: str | bytes,
    status: int,
    says: str,
) -> None:
    answer = client.request(method, "sparql" + address, headers=headers, content=body or None)
    assert (answer.status_code, says in answer.text) == (status, True), answer.text
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.headers["cache-control"] == "no-store"


def test_the_service_describes_itself(client: httpx.Client, small_server: str) -> None:
    described = client.get("sparql", headers={"Accept": "text/turtle"})
    graph = rdflib.Graph().parse(data=described.text, format="turtle")
    assert described.content == client.get(".well-known/void").content
    sd = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
    void = rdflib.Namespace("http://rdfs.org/ns/void#")
    (service,) = graph.subjects(rdflib.RDF.type, sd.Service)
    assert graph.value(service, sd.endpoint) == rdflib.URIRef(f"{small_server}sparql")
    assert graph.value(service, sd.feature) == sd.UnionDefaultGraph
    persons = graph.value(None, void["class"], rdflib.FOAF.Person)
    assert graph.value(persons, void.entities) == rdflib.Literal(6)


# ---- over HTTP


def test_what_a_client_has_is_not_sent_again(client: httpx.Client) -> None:
    first = client.get("sparql", params={"query": NAMES})
    tag = first.headers["etag"]
    for known in (tag, f'"other", {tag}', tag.removeprefix("W/")):
        again = client.get("sparql", params={"query": NAMES}, headers={"If-None-Match": known})
        assert (again.status_code, again.content) == (304, b"")
    for changed in ({"Accept": "text/csv"}, {"Accept-Encoding": "identity"}):
        other = client.get("sparql", params={"query": NAMES}, headers=changed)
        assert other.headers["etag"] != tag
    now = client.get("sparql", params={"query": "SELECT (NOW() AS ?n) {}"})
    assert "etag" not in now.headers and now.headers["cache-control"] == "no-store"


def test_answers_are_compressed_where_the_client_can_read_that(client: httpx.Client) -> None:
    with client.stream("GET", "sparql", params={"query": NAMES}) as answer:
        raw = b"".join(answer.iter_raw())
    assert answer.headers["content-encoding"] == "gzip"
    assert "Accept-Encoding" in answer.headers["vary"]
    plain = client.get("sparql", params={"query": NAMES}, headers={"Accept-Encoding": "gzip;q=0"})
    assert "content-encoding" not in plain.headers and gzip.decompress(raw) == plain.content
    refused = client.get("sparql", params={"query": HUGE})
    assert "content-encoding" not in refused.headers


def test_scripts_of_allowed_sites_may_read(client: httpx.Client) -> None:
    asks = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "Accept"}
    friend, stranger = ({"Origin": f"https://{name}.example"} for name in ("friend", "stranger"))
    assert client.options("sparql", headers=friend | asks).status_code == 200
    assert client.options("sparql", headers=stranger | asks).status_code == 400
    name = "access-control-allow-origin"
    assert client.get("sparql", headers=friend).headers[name] == friend["Origin"]
    assert name not in client.get("sparql", headers=stranger).headers


@pytest.mark.parametrize("path", ["sparql?query=ASK{}", "sparql?query=x", "nowhere"])
def test_every_answer_is_guarded(client: httpx.Client, path: str) -> None:
    headers = client.get(path).headers
    assert headers["content-security-policy"].startswith("default-src 'none'")
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "server" not in headers


@pytest.mark.parametrize("host", ["attacker.example", "127.0.0.1.attacker.example:80", "", "[::1"])
def test_a_foreign_name_for_this_machine_is_refused(client: httpx.Client, host: str) -> None:
    assert client.get("sparql?query=ASK{}", headers={"Host": host}).status_code == 421


def test_who_may_read_follows_from_who_is_served() -> None:
    here, there = Settings(Path("s")), Settings(Path("s"), host="0.0.0.0")
    behind = Settings(Path("s"), url="https://example.org/graph")
    assert (here.allowed_origins, there.allowed_origins) == ((), ("*",))
    assert behind.public and behind.prefix == "/graph"
    assert behind.address(8000) == "https://example.org/graph/"
    assert Settings(Path("s"), host="::1").address(80) == "http://[::1]:80/"
    assert is_loopback("LOCALHOST") and is_loopback("[::1]") and not is_loopback("10.0.0.1")
    with pytest.raises(InputError, match="no address"):
        Settings(Path("s"), url="javascript:x")


# ---- other people's clients


def test_rdflib_asks(small_server: str) -> None:
    for method in ("GET", "POST", "POST_FORM"):
        graph = rdflib.Graph(SPARQLStore(f"{small_server}sparql", method=method))
        text = f"PREFIX foaf: <{rdflib.FOAF}> {NAMES}"
        assert next(str(row[0]) for row in graph.query(text)) == "Bayu Lestari"
        assert graph.query("ASK { }").askAnswer is True
        built = graph.query(f"PREFIX foaf: <{rdflib.FOAF}> {CONSTRUCT}").graph
        assert built is not None and len(built) == 6
        graph.close()


@pytest.mark.parametrize("method", ["GET", POST])
def test_sparqlwrapper_asks(small_server: str, method: str) -> None:
    wrapper = SPARQLWrapper(f"{small_server}sparql")
    wrapper.setMethod(method)
    wrapper.setQuery(NAMES)
    wrapper.setReturnFormat(JSON)
    answer = wrapper.queryAndConvert()
    assert len(answer["results"]["bindings"]) == 6
    for format, holds in ((XML, "Bayu"), (CSV, "Bayu")):
        wrapper.setReturnFormat(format)
        found = wrapper.queryAndConvert()
        assert holds in (found.toxml() if format == XML else found.decode())
    wrapper.setQuery(CONSTRUCT)
    wrapper.setReturnFormat(TURTLE)
    wrapper.setRequestMethod(POSTDIRECTLY)
    assert b"foaf:name" in wrapper.queryAndConvert()


# ---- limits


def test_a_query_is_stopped_at_its_time(client: httpx.Client) -> None:
    for _ in range(3):  # more than there are workers: each is replaced
        answer = client.post("sparql", content=ENDLESS, headers=DIRECT)
        assert answer.status_code == 504 and "more than 1.5 seconds" in answer.text
    assert client.get("sparql", params={"query": NAMES}).status_code == 200


def test_an_answer_has_a_largest_size(client: httpx.Client) -> None:
    for form in ("json", "csv"):
        answer = client.get("sparql", params={"query": HUGE, "format": form})
        assert answer.status_code == 500 and "2,000,000 bytes" in answer.text
    assert client.get("sparql", params={"query": HUGE + " LIMIT 9"}).status_code == 200


def _with_pool(settings: Settings, use: Callable[[Pool], Awaitable[None]]) -> None:
    async def run() -> None:
        pool = Pool(settings, "http://127.0.0.1/")
        await pool.start()
        try:
            await use(pool)
        finally:
            await pool.close()

    asyncio.run(run())


def _question(text: str) -> dict[str, object]:
    return {"ask": "query", "query": text, "default_graphs": [], "named_graphs": [], "gzip": False}


async def _said(pool: Pool, text: str) -> bytes:
    answer = await pool.ask(_question(text))
    with answer.body as body:
        return body.read()


async def _refusal(pool: Pool, text: str) -> Unanswered:
    with pytest.raises(Unanswered) as caught:
        await _said(pool, text)
    return caught.value


def test_a_worker_loads_nothing_that_only_drawing_needs() -> None:
    loads = (
        "import sys, sinergi.graph.server.worker; print({'igraph', 'networkx'} & {*sys.modules})"
    )
    found = subprocess.run(
        [sys.executable, "-c", loads], capture_output=True, text=True, check=True
    )
    assert found.stdout == "set()\n"


def test_memory_has_an_end(small_folder: Path) -> None:
    async def use(pool: Pool) -> None:
        refused = await _refusal(pool, "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?i")
        assert refused.status == 500 and "more memory than the 200 MiB" in refused.sentence
        assert b"true" in await _said(pool, "ASK {}")

    _with_pool(Settings(small_folder, workers=1, memory_limit=200 << 20, time_limit=30), use)


def test_a_worker_that_is_gone_is_replaced(small_folder: Path) -> None:
    async def use(pool: Pool) -> None:
        (worker,) = pool._all
        os.kill(worker._process.pid, signal.SIGKILL)
        await worker._process.wait()
        assert b"true" in await _said(pool, "ASK {}")
        assert worker not in pool._all

    _with_pool(Settings(small_folder, workers=1, time_limit=30), use)


def test_the_queue_has_an_end(small_folder: Path) -> None:
    async def use(pool: Pool) -> None:
        asking = [asyncio.create_task(_said(pool, ENDLESS)) for _ in range(3)]
        await asyncio.sleep(0.1)  # the tasks begin: one at work, two waiting
        assert (await _refusal(pool, "ASK {}")).status == 503
        for task in asking:  # whoever goes makes room
            task.cancel()
        await asyncio.gather(*asking, return_exceptions=True)
        assert b"true" in await _said(pool, "ASK {}")

    _with_pool(Settings(small_folder, workers=1, waiting=2, time_limit=30), use)


def test_who_is_turned_away_is_told_when_to_come_back(
    small_folder: Path, serving: Callable[..., str]
) -> None:
    address = serving(small_folder, workers=1, waiting=0, time_limit=60.0)
    with _raw(address, HEAD.replace(b"ASK{}", urlencode({"": ENDLESS}).encode()[1:]) + b"\r\n"):
        time.sleep(1)  # by then it is at work
        busy = httpx.get(f"{address}sparql?query=ASK{{}}", trust_env=False)
    assert busy.status_code == 503 and busy.headers["retry-after"] == "3"


def test_a_new_build_is_served_at_once(tmp_path: Path) -> None:
    def build(*words: str) -> None:
        with Store.create(tmp_path / "store") as store:
            node = NamedNode("https://example.org/x")
            store.load(Quad(node, node, NamedNode(f"https://example.org/{w}"), node) for w in words)

    async def use(pool: Pool) -> None:
        for words in (("a",), ("b", "c"), ("d",)):
            build(*words)
            said = json.loads(await _said(pool, "SELECT ?o { ?s ?p ?o }"))
            found = {row["o"]["value"][-1] for row in said["results"]["bindings"]}
            assert found == set(words)

    build("z")
    _with_pool(Settings(tmp_path / "store", workers=2), use)


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no alarms on this system")
def test_a_worker_whose_front_has_gone_ends_by_itself(small_folder: Path) -> None:
    config = {"store": str(small_folder), "address": "http://x/", "prefix": ""}
    limits = {"size_limit": 1000, "memory_limit": 1 << 30}
    worker = subprocess.Popen(
        [sys.executable, "-m", "sinergi.graph.server.worker", json.dumps(config | limits)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert worker.stdin
    worker.stdin.write(json.dumps(_question(ENDLESS) | {"limit": 0.1, "stamp": 0}).encode() + b"\n")
    worker.communicate(timeout=30)
    assert worker.returncode == -signal.SIGALRM


# ---- clients that mean no good


def _raw(address: str, data: bytes) -> socket.socket:
    parts = urlsplit(address)
    connection = socket.create_connection((parts.hostname, parts.port), timeout=30)
    connection.sendall(data)
    return connection


def _rest(connection: socket.socket) -> bytes:
    """All that comes until the server closes, gently or not."""
    found = b""
    with connection, contextlib.suppress(ConnectionResetError):
        while piece := connection.recv(1 << 16):
            found += piece
    return found


HEAD = b"GET /sparql?query=ASK{} HTTP/1.1\r\nHost: localhost\r\n"


@pytest.mark.parametrize(
    "data",
    [
        b"GET /\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"GET /sparql HTTP/1.1\r\n\r\n",  # no Host
        HEAD + b"Host: attacker.example\r\n\r\n",
        HEAD + b"Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
        HEAD + b"Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\nzzzz\r\n",
        HEAD + b"X: " + b"a" * (1 << 17),
        HEAD + b"X y: 1\r\n\r\n",
        HEAD + b"X: \x00\r\n\r\n",
    ],
)
def test_no_request_that_is_none_is_answered(small_server: str, data: bytes) -> None:
    said = _rest(_raw(small_server, data))
    assert not said or said.startswith(b"HTTP/1.1 4")


def test_nothing_of_a_request_comes_back_as_a_header(client: httpx.Client) -> None:
    trick = "ASK{}\r\nSet-Cookie: a=b"
    for path in (f"sparql?{urlencode({'query': trick})}", "x%0d%0aSet-Cookie:%20a=b"):
        assert "set-cookie" not in client.get(path).headers
    answer = client.get("sparql?query=ASK{}", headers={"Accept-Language": "en\t<script>"})
    assert answer.status_code == 200


def test_whoever_is_slow_does_not_hold_a_place(
    small_folder: Path, serving: Callable[..., str]
) -> None:
    short = "listening.REQUEST_TIME = listening.STALL_TIME = 0.3"
    address = serving(small_folder, before=short, workers=1, time_limit=60.0)
    body = b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n"
    for start in (
        b"",
        b"GET /sp",
        HEAD,
        body + b"Content-Type: application/sparql-query\r\n\r\nASK",
    ):
        assert _rest(_raw(address, start)) == b""
    # One who asks for much and reads nothing is let go; so is the query of one who goes.
    much = urlencode({"query": "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 100000"}).encode()
    reads_nothing = _raw(address, b"GET /sparql?" + much + b" HTTP/1.1\r\nHost: localhost\r\n\r\n")
    goes = _raw(address, HEAD.replace(b"ASK{}", urlencode({"": ENDLESS}).encode()[1:]) + b"\r\n")
    time.sleep(3)
    goes.close()
    assert httpx.get(f"{address}sparql?query=ASK{{}}", timeout=20, trust_env=False).text
    size = int(re.search(rb"content-length: (\d+)", reads_nothing.recv(1 << 16)).group(1))  # type: ignore[union-attr]
    assert len(_rest(reads_nothing)) < size


def test_many_ask_at_once(small_server: str) -> None:
    """50 clients, 6 questions each: nobody is refused, and everyone is answered rightly."""

    async def one(client: httpx.AsyncClient, number: int) -> None:
        for turn in range(6):
            text = f"SELECT (COUNT(*) AS ?n) ({number * 10 + turn} AS ?me) {{ ?s a foaf:Person }}"
            answer = await client.get("sparql", params={"query": text, "format": "csv"})
            assert answer.text == f"n,me\r\n6,{number * 10 + turn}\r\n"

    async def run() -> None:
        limits = httpx.Limits(max_connections=50)
        async with httpx.AsyncClient(
            base_url=small_server, timeout=60, limits=limits, trust_env=False
        ) as client:
            await asyncio.gather(*(one(client, number) for number in range(50)))

    asyncio.run(run())


LOAD = Path(__file__).parent.parent / "benchmarks" / "server.py"


@pytest.mark.skipif(not LOAD.exists(), reason="needs benchmarks/, of a checkout")
def test_a_mixed_load_has_no_errors(small_folder: Path) -> None:
    command = [sys.executable, LOAD, small_folder, "--clients", "10", "--seconds", "3"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0 and " 0 errors" in done.stdout, done.stdout + done.stderr


# ---- the command


def test_what_cannot_be_served_is_told(small_folder: Path, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        result = CliRunner().invoke(main, ["serve", str(small_folder), "--port", port])
    assert result.exit_code == 1 and f"port {port}" in result.stderr
    result = CliRunner().invoke(main, ["serve", str(tmp_path / "none")])
    assert result.exit_code == 1 and "no store" in result.stderr


def test_the_command_serves_until_it_is_interrupted(small_folder: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "sinergi.cli", "serve", small_folder, "--port", "0"],
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    assert process.stderr
    address = process.stderr.readline().split()[-1]
    secret = httpx.get(f"{address}sparql?query=ASK%7B%7D%23secret", trust_env=False)
    assert secret.status_code == 200
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=20)
    assert "secret" not in said and process.returncode == 130
