"""Requests to a SPARQL 1.1 server: where its services are, who asks, and what is tried again.

Each request may be sent twice without harm: queries by nature, updates because they are written so.
"""

from __future__ import annotations

import base64
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self
from urllib.parse import unquote, urlencode, urlsplit, urlunsplit

import urllib3
from urllib3.exceptions import (
    ConnectTimeoutError,
    HTTPError,
    LocationParseError,
    MaxRetryError,
    NameResolutionError,
    NewConnectionError,
    ProtocolError,
    ReadTimeoutError,
    ResponseError,
    SSLError,
)
from urllib3.util.retry import Retry

from sinergi.graph.errors import QueryError, StoreError
from sinergi.graph.results import plain

USER, PASSWORD = "SINERGI_STORE_USER", "SINERGI_STORE_PASSWORD"
TOKEN = "SINERGI_STORE_TOKEN"

CONNECT_TIME = 10.0  # seconds; beyond it a host that answers at all would have
READ_TIME = 300.0  # seconds of silence; an export of millions of quads begins within them
REDIRECTS = 3
# Tries after the first, with pauses of 0, 0.5, 1, 2 ... seconds: a server that restarts is waited
# for; at the very first request, which a wrong address fails, only briefly.
TRIES, FIRST_TRIES, PAUSE, LONGEST_PAUSE = 6, 1, 0.25, 30.0
PASSING = (429, 502, 503, 504)  # statuses that say: later
LONGEST_REASON = 200  # characters of what a server says

ROWS = "application/sparql-results+json"
TRIPLES = "application/n-triples"
FORM = "application/x-www-form-urlencoded"
UPDATE = "application/sparql-update"

# Under the address of a store, where servers have their two services.
LAYOUTS = (
    ("query", "update"),  # Oxigraph, Jena Fuseki
    ("sparql", "update"),  # Fuseki's other name; `sinergi serve`, for reading
    ("", "statements"),  # RDF4J, GraphDB: a repository
    ("", ""),  # one address for both: Blazegraph, QLever
)


class TooLarge(StoreError):
    """The server takes no request of this size."""


class _Patience(Retry):
    """Tries again, but not what was silent for too long, nor later than a user would wait."""

    def get_retry_after(self, response: Any) -> float | None:
        wanted = super().get_retry_after(response)
        return None if wanted is None else min(wanted, LONGEST_PAUSE)

    def increment(
        self, method: Any = None, url: Any = None, response: Any = None,
        error: Exception | None = None, *others: Any, **more: Any,
    ) -> Self:  # fmt: skip
        if isinstance(error, ReadTimeoutError):
            raise error
        return super().increment(method, url, response, error, *others, **more)


def _patience(tries: int) -> Retry:
    return _Patience(
        total=tries + REDIRECTS, connect=tries, read=tries, status=tries, other=0,
        redirect=REDIRECTS, status_forcelist=PASSING, allowed_methods=None, backoff_factor=PAUSE,
        backoff_max=LONGEST_PAUSE, raise_on_status=False,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Services:
    """The addresses of a server's services."""

    query: str
    update: str | None = None


class Server:
    """One server, and one connection to it for each thread that asks."""

    def __init__(self, url: str) -> None:
        """Who asks is said by the environment (USER and PASSWORD, or TOKEN), or else by the user
        and password of the address. Raises StoreError where either makes no sense.
        """
        try:
            parts = urlsplit(url)
            host, _ = parts.hostname, parts.port
        except ValueError as error:
            raise StoreError(f"That address of a store is none ({error}).") from None
        if parts.scheme not in ("http", "https") or not host:
            raise StoreError("The address of a store begins with http://HOST or https://HOST.")
        self.place = without_password(url)
        """The address without user and password, for messages."""
        if parts.query or parts.fragment:
            raise StoreError(f"The address of a store has no '?' or '#'; try {self.place}.")
        self._pool = urllib3.PoolManager(
            headers={"User-Agent": "sinergi", **_authorization(parts.username, parts.password)},
            timeout=urllib3.Timeout(connect=CONNECT_TIME, read=READ_TIME),
            maxsize=2,  # connections kept: a writer renews its lease beside its work
        )
        self._services: Services | None = None

    def query(
        self, text: str, accept: str = ROWS, graphs: Iterable[tuple[str, str]] = ()
    ) -> urllib3.BaseHTTPResponse:
        """The answer to a query, to be read and released; `graphs` are those of the protocol.

        Raises QueryError where the server does not take the query, else StoreError.
        """
        if self._services is None:
            self._services = Services(self._discover("query"))
        body = urlencode([("query", text), *graphs]).encode()
        response = self._post(self._services.query, body, FORM, accept)
        if response.status == 400:
            raise QueryError(f"{self.place} does not take the query ({_said(response)}).")
        self._raise(response)
        return _of_type(response, accept, self.place)

    def update(self, text: str) -> None:
        """Change something, in one transaction. Raises TooLarge, else StoreError."""
        if self._services is None or self._services.update is None:
            update = self._discover("update")
            query = self._services.query if self._services else self._discover("query")
            self._services = Services(query, update)
        assert self._services.update is not None
        response = self._post(self._services.update, text.encode(), UPDATE)
        self._raise(response)
        response.drain_conn()

    def close(self) -> None:
        """Let go of the connections."""
        self._pool.clear()

    # Requests ----------------------------------------------------------------------------------

    def _discover(self, service: str) -> str:
        """The address of a service: the first one where something harmless is answered."""
        root = self.place.rstrip("/")
        if root.rpartition("/")[2] in ("query", "sparql", "update"):
            root = root.rpartition("/")[0]
        said = ""
        for query, update in LAYOUTS:
            address = "/".join(filter(None, (root, query if service == "query" else update)))
            if service == "query":
                body = urlencode({"query": "ASK {}"}).encode()
                response = self._post(address, body, FORM, ROWS, FIRST_TRIES)
            else:
                response = self._post(address, b"INSERT DATA {}", UPDATE, tries=FIRST_TRIES)
            kind = response.headers.get("content-type", "").partition(";")[0]
            if response.status < 300 and (service == "update" or kind == ROWS):
                response.drain_conn()
                return address
            if response.status in (401, 403) or response.status >= 500:
                self._raise(response)
            said = said or f"HTTP {response.status}" + (f", {kind}" if kind else "")
            response.drain_conn()
        if service == "update":
            raise StoreError(f"The store at {self.place} takes no updates ({said}); it is for "
                             "reading only.")  # fmt: skip
        raise StoreError(
            f"There is no SPARQL endpoint at {self.place} ({said}); give the address that "
            "/query and /update stand under."
        )

    def _post(
        self, address: str, body: bytes, kind: str, accept: str = "*/*", tries: int = TRIES
    ) -> urllib3.BaseHTTPResponse:
        headers = {**self._pool.headers, "Content-Type": kind, "Accept": accept}
        try:
            return self._pool.request(
                "POST", address, body=body, headers=headers, retries=_patience(tries),
                preload_content=False,
            )  # fmt: skip
        except (HTTPError, OSError) as error:
            raise self.broken(error) from None

    def _raise(self, response: urllib3.BaseHTTPResponse) -> None:
        """StoreError where an answer is none."""
        if response.status < 300:
            return
        said = _said(response)
        if response.status in (401, 403):
            raise StoreError(
                f"{self.place} wants to know who asks (HTTP {response.status}); set {USER} and "
                f"{PASSWORD}, or {TOKEN}, to who may do this."
            )
        if response.status == 413:
            raise TooLarge(f"{self.place} takes no request of this size (HTTP 413); raise its "
                           "limit.")  # fmt: skip
        raise StoreError(f"The store at {self.place} answers HTTP {response.status} ({said}).")

    def broken(self, error: Exception) -> StoreError:
        """The sentence for a connection that failed."""
        reason = error.reason if isinstance(error, MaxRetryError) and error.reason else error
        words = next((w for kind, w in _REASONS if isinstance(reason, kind)), str(reason))
        return StoreError(f"Cannot reach the store at {self.place}: {plain(words)}.")


_REASONS: tuple[tuple[type[Exception], str], ...] = (
    (NameResolutionError, "there is no host of this name"),
    (NewConnectionError, "nothing listens there; start the server, or mend the address"),
    (ConnectTimeoutError, f"no answer within {CONNECT_TIME:g} seconds"),
    (ReadTimeoutError, f"it was silent for {READ_TIME:g} seconds; ask for less"),
    (SSLError, "its certificate is not to be trusted, or it does not speak TLS"),
    (ProtocolError, "it broke the connection off"),
    (ResponseError, f"it redirects more than {REDIRECTS} times"),
    (LocationParseError, "it redirects to what is no address"),
)


def without_password(place: str | Path) -> str:
    """A place for messages: an address without user, password and what follows a '?'."""
    if isinstance(place, Path):
        return str(place)
    parts = urlsplit(place)
    host = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=host, query="", fragment=""))


def _authorization(user: str | None, password: str | None) -> dict[str, str]:
    """The header that says who asks."""
    token = os.environ.get(TOKEN, "").strip()
    if not token and (name := os.environ.get(USER)):
        user, password = name, os.environ.get(PASSWORD, "")
    elif user is not None:
        user, password = unquote(user), unquote(password or "")
    if token:
        if not (token.isascii() and token.isprintable()):
            raise StoreError(f"{TOKEN} is no token: it has other characters than ASCII ones.")
        return {"Authorization": f"Bearer {token}"}
    if user is None:
        return {}
    if ":" in user:
        raise StoreError(f"A user's name has no colon; set {USER} to another one.")
    pair = base64.b64encode(f"{user}:{password}".encode()).decode("ascii")
    return {"Authorization": f"Basic {pair}"}


def _of_type(
    response: urllib3.BaseHTTPResponse, wanted: str, place: str
) -> urllib3.BaseHTTPResponse:
    kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in (wanted, "application/json" if wanted == ROWS else wanted):
        response.drain_conn()
        raise StoreError(f"{place} answers with {kind or 'nothing'} where {wanted} was asked for; "
                         "is it a SPARQL server?")  # fmt: skip
    return response


def _said(response: urllib3.BaseHTTPResponse) -> str:
    """The beginning of what a server says against a request."""
    try:
        text = response.read(LONGEST_REASON * 4).decode("utf-8", "replace")
        response.drain_conn()
    except (HTTPError, OSError):
        text = ""
    return plain(text)[:LONGEST_REASON] or response.reason or "no reason given"
