"""The front: which path asks which question, and how an answer goes over HTTP."""

from __future__ import annotations

import asyncio
import hashlib
import json
import re
from collections import defaultdict
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from importlib.metadata import version
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from sinergi.graph.server.formats import TRIPLES, Format, by_name, choose, ranges
from sinergi.graph.server.guard import Guard
from sinergi.graph.server.pool import IN_MEMORY, Answer, Pool, Unanswered, stamp
from sinergi.graph.server.protocol import DIRECT, FORM, BadRequest, asked
from sinergi.graph.server.settings import Settings

LANGUAGES = ("id", "en")
QUERY_LIMIT = 1 << 20  # bytes of a query
RETRY_AFTER = "3"  # seconds; by then the queue has moved on
# Counting or drawing all there is goes on longer than a question may; it is done once for each
# generation of the store.
WHOLE_STORE = 120.0
PIECE = 1 << 16
# Functions whose answers differ from one time to the next: such a query has no ETag.
_CHANGING = re.compile(r"\b(?:now|rand|uuid|struuid|bnode)\b", re.IGNORECASE)


def application(settings: Settings, address: str) -> Starlette:
    """The ASGI application; `address` is where it is reached, ending in '/'."""
    front = Front(settings, address)
    origins = settings.allowed_origins
    cors = Middleware(
        CORSMiddleware,
        allow_origins=origins,
        allow_methods=("GET", "HEAD", "POST"),
        allow_headers=("Accept", "Content-Type", "If-None-Match"),
        expose_headers=("ETag", "Link", "Retry-After"),
    )
    return Starlette(
        routes=front.routes(),
        middleware=[Middleware(Guard, local=not settings.public), *([cors] if origins else [])],
        exception_handlers={
            Unanswered: _unanswered,
            BadRequest: _unanswered,
            HTTPException: _http_error,
            ClientDisconnect: _disconnected,
        },
        lifespan=front.running,
    )


class Front:
    """Hands questions to the workers and answers on to the clients."""

    def __init__(self, settings: Settings, address: str) -> None:
        self._settings = settings
        self._pool = Pool(settings, address)
        self._version = version("sinergi")
        self._kept: dict[str, tuple[str, Answer, bytes]] = {}
        self._keeping: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    @asynccontextmanager
    async def running(self, app: Starlette) -> AsyncIterator[None]:
        """Workers live as long as the application."""
        await self._pool.start()
        try:
            yield
        finally:
            await self._pool.close()

    def routes(self) -> list[Route]:
        """Every path."""
        return [
            Route("/sparql", self.sparql, methods=["GET", "POST"]),
            Route("/void", self.describe),
            Route("/.well-known/void", self.describe),
            Route("/ns", self.ontology),
            Route("/robots.txt", robots),
        ]

    async def sparql(self, request: Request) -> Response:
        """The endpoint."""
        body = await _body(request)
        media = request.headers.get("content-type")
        found = asked(request.method, request.url.query.encode("latin-1"), media, body)
        if found is None:
            return await self.describe(request)
        return await self._reply(
            request,
            {
                "ask": "query",
                "query": found.query,
                "default_graphs": found.default_graphs,
                "named_graphs": found.named_graphs,
                "format": found.format,
                "accept": request.headers.get("accept"),
            },
            changing=bool(_CHANGING.search(found.query)),
        )

    async def describe(self, request: Request) -> Response:
        """Service description and VoID."""
        return await self._keep(request, {"ask": "describe"}, TRIPLES)

    async def ontology(self, request: Request) -> Response:
        """The terms of sinergi."""
        return await self._reply(request, {"ask": "ontology", **_wanted(request)})

    # Asking ----------------------------------------------------------------------------------

    async def _reply(
        self, request: Request, question: Mapping[str, Any], *, changing: bool = False
    ) -> Response:
        """The answer to a question, or word that the client has it already."""
        question = {**question, **_language(request)}
        headers = {} if changing else self._tagged(question)
        if _has(request, headers):
            return Response(status_code=304, headers=headers)
        return _response(await self._ask(request, question), headers)

    async def _keep(
        self, request: Request, question: Mapping[str, Any], offers: Sequence[Format]
    ) -> Response:
        """Like `_reply` for what takes long: asked once for each generation of the store."""
        format = by_name(request.query_params.get("format", ""), offers) or choose(
            request.headers.get("accept"), offers
        )
        # The format is settled here, so that what is kept is as many answers as there are formats.
        question = {**question, **_language(request), "format": (format or offers[0]).name}
        headers = self._tagged(question)
        if _has(request, headers):
            return Response(status_code=304, headers=headers)
        key = json.dumps(question, sort_keys=True)
        async with self._keeping[key]:
            tag, answer, body = self._kept.get(key, ("", None, b""))
            if answer is None or tag != headers["ETag"]:
                answer = await self._pool.ask(question, limit=WHOLE_STORE)
                with answer.body as stream:
                    body = stream.read()
                if answer.status == 200:
                    self._kept[key] = (headers["ETag"], answer, body)
        return Response(body, answer.status, _headers(answer, headers))

    async def _ask(self, request: Request, question: Mapping[str, Any]) -> Answer:
        """The answer, unless the client goes first: then nobody works on."""
        asking = asyncio.create_task(self._pool.ask(question))
        leaving = asyncio.create_task(_left(request))
        try:
            await asyncio.wait((asking, leaving), return_when=asyncio.FIRST_COMPLETED)
            if not asking.done():
                raise ClientDisconnect
            return asking.result()
        finally:
            leaving.cancel()
            asking.cancel()
            await asyncio.wait((asking, leaving))

    def _tagged(self, question: Mapping[str, Any]) -> dict[str, str]:
        """The ETag of an answer: weak, since the order of its rows may be another next time.

        It follows from the question and from the generation of the store, so that it is known
        before anything is asked.
        """
        parts = json.dumps([self._version, stamp(self._settings.store), question], sort_keys=True)
        return {"ETag": f'W/"{hashlib.sha256(parts.encode()).hexdigest()[:32]}"'}


async def robots(request: Request) -> Response:
    """Crawlers may read pages, and leave the endpoint alone."""
    return PlainTextResponse("User-agent: *\nDisallow: /sparql\nDisallow: /query\n")


def _wanted(request: Request) -> dict[str, str | None]:
    """The format as the address or the Accept header has it."""
    return {
        "accept": request.headers.get("accept"),
        "format": request.query_params.get("format"),
    }


def _language(request: Request) -> dict[str, Any]:
    """Indonesian or English, and whether the answer may be compressed."""
    accepted = ranges(request.headers.get("accept-language", ""))

    def quality(language: str) -> float:
        fits = (tag for tag in accepted if tag.partition("-")[0] == language)
        return max((accepted[tag] for tag in fits), default=0.0)

    chosen = request.query_params.get("lang")
    if chosen not in LANGUAGES:
        chosen = max(LANGUAGES, key=quality)
    gzip = ranges(request.headers.get("accept-encoding", "")).get("gzip", 0.0) > 0
    return {"language": chosen, "gzip": gzip}


def _has(request: Request, headers: Mapping[str, str]) -> bool:
    """Whether the client holds the answer with this ETag."""
    if request.method not in ("GET", "HEAD") or "ETag" not in headers:
        return False
    known = request.headers.get("if-none-match", "").split(",")
    weak = headers["ETag"].removeprefix("W/")
    return any(tag.strip().removeprefix("W/") == weak for tag in known)


def _response(answer: Answer, headers: Mapping[str, str]) -> Response:
    headers = _headers(answer, headers)
    if answer.size > IN_MEMORY:
        return StreamingResponse(_pieces(answer), answer.status, headers)
    with answer.body as stream:
        return Response(stream.read(), answer.status, headers)


def _headers(answer: Answer, headers: Mapping[str, str]) -> dict[str, str]:
    fine = answer.status == 200
    found = {
        **answer.headers,
        "Content-Type": answer.type,
        "Content-Length": str(answer.size),
        "Vary": "Accept, Accept-Encoding, Accept-Language",
    }
    if answer.encoding:
        found["Content-Encoding"] = answer.encoding
    if fine and headers:
        found |= {**headers, "Cache-Control": "no-cache"}  # to be kept, and asked after
    return found


async def _pieces(answer: Answer) -> AsyncIterator[bytes]:
    with answer.body as stream:
        while piece := stream.read(PIECE):
            yield piece


async def _body(request: Request) -> bytes:
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > QUERY_LIMIT:
            raise BadRequest(413, f"A query has at most {QUERY_LIMIT:,} bytes.")
    return bytes(body)


async def _left(request: Request) -> None:
    """Returns when the client has gone."""
    while (await request.receive())["type"] != "http.disconnect":
        pass


async def _unanswered(request: Request, error: Exception) -> Response:
    assert isinstance(error, Unanswered | BadRequest)
    headers = {}
    if error.status == 503:
        headers["Retry-After"] = RETRY_AFTER
    if error.status == 415:
        headers["Accept-Post"] = f"{FORM}, {DIRECT}"
    return PlainTextResponse(error.sentence + "\n", error.status, headers)


async def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return PlainTextResponse(error.detail + ".\n", error.status_code, error.headers)


async def _disconnected(request: Request, error: Exception) -> Response:
    return Response(status_code=499)  # nobody reads it
