"""A server that is busy, breaks off, answers nonsense or wants to know who asks.

Between sinergi and a real server stands one that forwards requests and does to some of them what it
is told.
"""

from __future__ import annotations

import http.client
import io
import itertools
import threading
from collections import defaultdict, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner

from sinergi.cli import main
from sinergi.graph.errors import QueryError, StoreError
from sinergi.graph.exports import export_graph
from sinergi.graph.ingest import ingest
from sinergi.graph.registry import Registry
from sinergi.graph.store import open_store
from sinergi.graph.store.info import check
from sinergi.graph.store.remote import client, lease, writer
from sinergi.graph.store.remote.writer import RemoteWriter

DATA = Path(__file__).parent.parent / "data"
ROWS = "application/sparql-results+json"
ASK = "SELECT ?s { ?s ?p ?o }"

Fault = Callable[[Any], bool]  # does something to a request; whether that was all


class Between(ThreadingHTTPServer):
    """Forwards to `upstream`, but for requests that a fault is set for."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.upstream = ""
        self.faults: deque[Fault | None] = deque()  # for the requests to come
        self.always: list[Fault] = []
        self.seen: list[tuple[str, dict[str, str]]] = []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def handle_error(self, request: object, client_address: object) -> None:
        """Whoever asked has gone."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Between

    def do_POST(self) -> None:
        self.body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.seen.append((self.path, dict(self.headers)))
        fault = self.server.faults.popleft() if self.server.faults else None
        if any(f(self) for f in (*self.server.always, *([fault] if fault else []))):
            return
        status, kind, body = self.forward()
        self.answer(status, body, kind)

    def forward(self) -> tuple[int, str, bytes]:
        upstream = http.client.HTTPConnection(urlsplit(self.server.upstream).netloc, timeout=60)
        kept = {n: self.headers[n] for n in ("Content-Type", "Accept")}
        upstream.request("POST", self.path, self.body, kept)
        response = upstream.getresponse()
        found = response.status, response.headers.get("content-type", ""), response.read()
        upstream.close()
        return found

    def answer(self, status: int, body: bytes = b"", kind: str = ROWS, **headers: str) -> bool:
        self.send_response(status)
        for name, value in {"Content-Type": kind, **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        return True

    def log_message(self, format: str, *args: object) -> None:
        pass


def says(status: int, body: bytes = b"", kind: str = "text/plain", **headers: str) -> Fault:
    return lambda handler: handler.answer(status, body, kind, **headers)


def breaks_off(handler: _Handler) -> bool:
    handler.close_connection = True
    return True


def does_it_and_breaks_off(handler: _Handler) -> bool:
    handler.forward()
    return breaks_off(handler)


def loses_the_end(handler: _Handler) -> bool:
    _, kind, body = handler.forward()
    handler.send_response(200)
    handler.send_header("Content-Type", kind)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body[: len(body) // 2])
    return breaks_off(handler)


def too_large(limit: int) -> Fault:
    return lambda handler: len(handler.body) > limit and handler.answer(413)


def wants(authorization: str) -> Fault:
    return lambda handler: handler.headers["Authorization"] != authorization and handler.answer(401)


@contextmanager
def standing_before(upstream: str) -> Iterator[Between]:
    with Between() as server:
        server.upstream = upstream
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def between(servers: Callable[[str], str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Between]:
    monkeypatch.setattr(client, "PAUSE", 0.001)
    for name in (client.USER, client.PASSWORD, client.TOKEN):
        monkeypatch.delenv(name, raising=False)
    with standing_before(servers("server")) as server:
        yield server


@pytest.fixture(scope="module")
def registry() -> Registry:
    return Registry.load(DATA / "samples-registry")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory, registry: Registry) -> str:
    folder = tmp_path_factory.mktemp("whole") / "store"
    ingest(DATA / "samples", folder, registry=registry)
    return nquads(folder)


def nquads(place: Path | str) -> str:
    stream = io.StringIO()
    export_graph(open_store(place).quads(), "nquads", stream)
    return stream.getvalue()


def by_graph(quads: str) -> dict[str, set[str]]:
    graphs = defaultdict(set)
    for line in quads.splitlines():
        graphs[line.rpartition(" <")[2]].add(line)
    return graphs


# What passes -------------------------------------------------------------------------------------


def test_what_fails_in_passing_is_tried_again(
    between: Between, registry: Registry, whole: str
) -> None:
    faults = (says(503, Retry_After="0"), breaks_off, says(429), does_it_and_breaks_off, says(502))
    for number in range(200):
        between.faults += [None, faults[number % len(faults)]]
    ingest(DATA / "samples", between.address, registry=registry, batch=4)
    assert len(between.faults) < 380  # they were met with
    between.faults.clear()
    assert nquads(between.address) == whole and not list(check(between.address))


def test_patience_has_an_end(between: Between, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "LONGEST_PAUSE", 0.01)
    store = open_store(between.address)
    between.seen.clear()
    between.always = [says(503, b"come  back\x1b[31m later", Retry_After="86400")]
    with pytest.raises(StoreError, match=r"answers HTTP 503 \(come back.* later\)") as told:
        store.query(ASK)
    assert len(between.seen) == 1 + client.TRIES and "\x1b" not in str(told.value)


def test_silence_is_not_asked_again(between: Between, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "READ_TIME", 0.2)
    done = threading.Event()
    store = open_store(between.address)
    between.seen.clear()
    between.always = [lambda handler: done.wait(10)]
    try:
        with pytest.raises(StoreError, match="silent"):
            store.query(ASK)
    finally:
        done.set()
    assert len(between.seen) == 1


def test_where_nothing_listens_that_is_said(between: Between) -> None:
    address = between.address
    between.shutdown()
    between.server_close()
    with pytest.raises(StoreError, match=f"Cannot reach the store at {address}: nothing listens"):
        open_store(address)


@pytest.mark.parametrize("last", [8, 11, 13, 16, 17])
def test_what_breaks_off_in_the_middle_is_finished_by_the_next(
    between: Between,
    registry: Registry,
    whole: str,
    monkeypatch: pytest.MonkeyPatch,
    last: int,
) -> None:
    monkeypatch.setattr(writer, "QUADS", 500)  # many updates for one batch
    done = itertools.count()
    between.always = [
        lambda handler: handler.path == "/update" and next(done) >= last and handler.answer(500)
    ]
    with pytest.raises(StoreError, match="HTTP 500"):
        ingest(DATA / "samples", between.address, registry=registry)
    there, all_of_it = by_graph(nquads(between.upstream)), by_graph(whole)
    assert all(lines == all_of_it[graph] for graph, lines in there.items())  # whole or not there
    assert last > 15 or len(there) < len(all_of_it)
    between.always = []
    monkeypatch.setattr(lease, "EXPIRY", -1.0)  # this process has not died
    ingest(DATA / "samples", between.address, registry=registry)
    assert nquads(between.address) == whole and not list(check(between.address))


# What does not -----------------------------------------------------------------------------------


def test_large_updates_are_taken_apart(between: Between, registry: Registry, whole: str) -> None:
    between.always = [too_large(1_500_000)]
    ingest(DATA / "samples", between.address, registry=registry)
    assert nquads(between.address) == whole
    between.always = [too_large(1_000)]
    done = CliRunner().invoke(main, ["remove", between.address, "warta-2025-0411"])
    assert done.exit_code == 1 and "takes no request of this size" in done.stderr
    between.always = []
    ingest(DATA / "samples", between.address, registry=registry)
    assert nquads(between.address) == whole


@pytest.mark.parametrize(
    ("body", "kind", "message"),
    [
        (b"<html>Welcome</html>", "text/html", "answers with text/html where"),
        (b"", "", "answers with nothing where"),
        (b"hello", ROWS, "an answer that is none"),
        (b'{"head": {"vars": ["s"]}, "results": {"bindings": [{"s": 1', ROWS, "that is none"),
        (b'{"head": {}, "boolean": true}', ROWS, "another form of query"),
        (b"\xff\xfe", ROWS, "that is none"),
    ],
)
def test_nonsense_is_said_to_be_none(
    between: Between, body: bytes, kind: str, message: str
) -> None:
    store = open_store(between.address)
    between.faults.append(says(200, body, kind))
    with pytest.raises(StoreError, match=message):
        list(store.query(ASK))  # type: ignore[arg-type]


def test_half_an_answer_is_none(between: Between) -> None:
    RemoteWriter(between.upstream).close()
    store = open_store(between.address)
    between.faults.append(loses_the_end)
    with pytest.raises(StoreError, match="broke the connection off"):
        list(store.query("SELECT ?s { GRAPH ?g { ?s ?p ?o } }"))  # type: ignore[arg-type]
    between.faults.append(loses_the_end)
    with pytest.raises(StoreError, match="broke the connection off"):
        list(store.query("CONSTRUCT { ?s ?p ?o } { GRAPH ?g { ?s ?p ?o } }"))  # type: ignore[arg-type]


def test_an_address_of_something_else_is_told_apart(between: Between) -> None:
    between.always = [says(404, b"no", "text/html")]
    with pytest.raises(StoreError, match=r"no SPARQL endpoint at .* \(HTTP 404, text/html\)"):
        open_store(between.address)
    between.always = [lambda handler: handler.path == "/update" and handler.answer(405)]
    with pytest.raises(StoreError, match="takes no updates"):
        RemoteWriter(between.address + "/query")


def test_what_a_server_does_not_take_is_said(between: Between) -> None:
    store = open_store(between.address)
    between.faults.append(says(400, b"Parse error: line 1"))
    with pytest.raises(QueryError, match=r"does not take the query \(Parse error: line 1\)"):
        store.query(ASK)


def test_redirects_are_followed_but_not_for_ever(
    between: Between, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(client.TOKEN, "secret")
    with standing_before(between.upstream) as other:
        between.always = [says(307, Location=f"{other.address}/query")]
        assert len(open_store(between.address)) == 0
        assert between.seen[0][1]["Authorization"] == "Bearer secret"
        assert not any("Authorization" in headers for _, headers in other.seen)
    between.always = [says(307, Location="/query")]
    with pytest.raises(StoreError, match="redirects more than 3 times"):
        open_store(between.address)


# Who asks ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("environment", "user", "authorization"),
    [
        ({client.TOKEN: "t0ken"}, "", "Bearer t0ken"),
        ({client.USER: "sari", client.PASSWORD: "s3cret"}, "", "Basic c2FyaTpzM2NyZXQ="),
        ({}, "sari:s3cret@", "Basic c2FyaTpzM2NyZXQ="),
        ({}, "sari:s%33cret@", "Basic c2FyaTpzM2NyZXQ="),
    ],
)
def test_who_asks_is_said_and_kept_to_oneself(
    between: Between,
    monkeypatch: pytest.MonkeyPatch,
    environment: dict[str, str],
    user: str,
    authorization: str,
) -> None:
    between.always = [wants(authorization)]
    address = between.address.replace("//", f"//{user}")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    done = CliRunner().invoke(main, ["query", address, "ASK {}"])
    assert (done.exit_code, done.stdout) == (0, "true\n")
    between.always = [says(401, b"no")]
    done = CliRunner().invoke(main, ["query", address, "ASK {}"])
    assert done.exit_code == 1 and client.TOKEN in done.stderr and done.stderr.count("\n") == 1
    assert "s3cret" not in done.stderr and "t0ken" not in done.stderr


@pytest.mark.parametrize(
    ("address", "environment", "message"),
    [
        ("http://", {}, "begins with http"),
        ("http://host:port/", {}, "none"),
        ("http://a:b@host/?query=x", {}, r"has no '\?' or '#'; try http://host/\.$"),
        ("http://host/", {client.TOKEN: "a\nb"}, "is no token"),
        ("http://host/", {client.USER: "a:b"}, "has no colon"),
    ],
)
def test_what_is_no_address_or_user_is_said_to_be_none(
    monkeypatch: pytest.MonkeyPatch, address: str, environment: dict[str, str], message: str
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(StoreError, match=message) as told:
        open_store(address)
    assert "a:b@" not in str(told.value)
