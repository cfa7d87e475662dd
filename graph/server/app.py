"""The front: which path asks which question, and how an answer goes over HTTP."""

from __future__ import annotations

import asyncio
import hashlib
import json
import re
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from importlib.metadata import version
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import (
    HTMLResponse,
    PlainTextResponse,
    RedirectResponse,
    Response,
    StreamingResponse,
)
from starlette.routing import Route

from sinergi.graph.server import drawing
from sinergi.graph.server.drawing import Drawing
from sinergi.graph.server.formats import HTML, ROWS, TRIPLES, Format, by_name, choose, ranges
from sinergi.graph.server.guard import Guard
from sinergi.graph.server.pages.rendering import LANGUAGES, icon, render, style, texts
from sinergi.graph.server.pool import IN_MEMORY, Answer, Pool, Unanswered
from sinergi.graph.server.protocol import DIRECT, FORM, BadRequest, asked
from sinergi.graph.server.settings import Settings

QUERY_LIMIT = 1 << 20  # bytes of a query
RETRY_AFTER = "3"  # seconds; by then the queue has moved on
# Counting or drawing all there is goes on longer than a question may; it is done once for each
# generation of the store.
WHOLE_STORE = 120.0
PIECE = 1 << 16
VARY = "Accept, Accept-Encoding, Accept-Language"
PLAIN = Format("plain", "text/plain")
_ENDPOINT = (*ROWS, *TRIPLES, HTML)
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
    app = Starlette(
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
    app.state.prefix = settings.prefix
    return app


class Front:
    """Hands questions to the workers and answers on to the clients."""

    def __init__(self, settings: Settings, address: str) -> None:
        self._settings = settings
        self._pool = Pool(settings, address)
        self._version = version("sinergi")
        self._drawing = Drawing(self._pool)
        self._kept: dict[str, tuple[str, Answer, bytes]] = {}
        self._keeping: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    @asynccontextmanager
    async def running(self, app: Starlette) -> AsyncIterator[None]:
        """Workers live as long as the application."""
        await self._pool.start()
        try:
            yield
        finally:
            await self._drawing.close()
            await self._pool.close()

    def routes(self) -> list[Route]:
        """Every path."""
        return [
            Route("/", self.home),
            Route("/search", self.search),
            Route("/id/{rest:path}", self.thing),
            Route("/vocab/{rest:path}", self.thing),
            Route("/network", self.network),
            Route("/query", self.query),
            Route("/query/{name}", self.query),
            Route("/style.css", _fixed(style, "text/css")),
            Route("/icon.svg", _fixed(icon, "image/svg+xml")),
            Route("/sparql", self.sparql, methods=["GET", "POST"]),
            Route("/void", self.describe),
            Route("/.well-known/void", self.describe),
            Route("/ns", self.ontology),
            Route("/robots.txt", robots),
        ]

    async def sparql(self, request: Request) -> Response:
        """The endpoint; who comes with a browser is shown the page for queries."""
        accept, named = request.headers.get("accept"), "format" in request.query_params
        if request.method != "POST" and not named and choose(accept, _ENDPOINT) == HTML:
            query = f"?{request.url.query}" if request.url.query else ""
            return RedirectResponse(f"{self._settings.prefix}/query{query}", 303, {"Vary": VARY})
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

    async def home(self, request: Request) -> Response:
        """The first page."""
        self._drawing.begin()  # the page that is asked for next
        return await self._keep(request, {"ask": "page", "page": "home"}, [HTML])

    async def search(self, request: Request) -> Response:
        """The search box."""
        return await self._reply(request, {"ask": "page", "page": "search", **_wanted(request)})

    async def thing(self, request: Request) -> Response:
        """Anything that has an IRI of this store."""
        rest = request.path_params["rest"]
        room = request.url.path.split("/")[1]
        question = {"ask": "thing", "room": room, "rest": rest, **_wanted(request)}
        return await self._reply(request, question)

    async def network(self, request: Request) -> Response:
        """The network page."""
        drawn = await self._drawing.page()
        if drawn is None:
            language = _language(request)["language"]
            again = str(drawing.RETRY_AFTER)
            headers = {"Retry-After": again, "Refresh": again}  # browsers come back by themselves
            words = texts()[language]["drawing"]
            return _told(request, 503, words, headers, spoken=language, heading="moment")
        headers = {
            **self._tagged({"ask": "network"}, drawn.of),
            **drawn.headers,
            "Vary": VARY,
            "Cache-Control": "no-cache",
        }
        if _has(request, headers):
            # Its policy goes with this as well: it takes the place of the one that was kept.
            return Response(status_code=304, headers=headers)
        zipped = _language(request)["gzip"]
        if zipped:
            headers["Content-Encoding"] = "gzip"
        body = drawn.body if zipped else await asyncio.to_thread(drawn.plain)
        return HTMLResponse(body, headers=headers)

    async def query(self, request: Request) -> Response:
        """Queries, for people."""
        name = request.path_params.get("name")
        return await self._reply(
            request,
            {"ask": "asking", "name": name, **_wanted(request)},
            changing=bool(_CHANGING.search(request.query_params.get("query", ""))),
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
        return _response(_answered(await self._ask(request, question)), headers)

    async def _keep(
        self, request: Request, question: Mapping[str, Any], offers: Sequence[Format]
    ) -> Response:
        """Like `_reply` for what takes long: asked once for each generation of the store."""
        format = by_name(request.query_params.get("format", ""), offers) or choose(
            request.headers.get("accept"), offers
        )
        # The format is settled here, so that what is kept is as many answers as there are formats.
        fixed = {"format": (format or offers[0]).name, "path": request.url.path, "parameters": []}
        question = {**_language(request), **question, **fixed}
        headers = self._tagged(question)
        if _has(request, headers):
            return Response(status_code=304, headers=headers)
        key = json.dumps(question, sort_keys=True)
        async with self._keeping[key]:
            tag, answer, body = self._kept.get(key, ("", None, b""))
            if answer is None or tag != headers.get("ETag"):
                answer = _answered(await self._pool.ask(question, limit=WHOLE_STORE))
                with answer.body as stream:
                    body = stream.read()
                self._kept[key] = (headers.get("ETag", ""), answer, body)
        return Response(body, answer.status, _headers(answer, headers))

    async def _ask(self, request: Request, question: Mapping[str, Any]) -> Answer:
        """The answer, unless the client goes first: then nobody works on."""
        asking = asyncio.create_task(self._pool.ask(question))
        asking.add_done_callback(lambda task: task.cancelled() or task.exception())  # is heard
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

    def _tagged(self, question: Mapping[str, Any], generation: object = None) -> dict[str, str]:
        """The ETag of an answer: weak, since the order of its rows may be another next time.

        It follows from the question and from the generation of the store (None: the present one),
        so that it is known before anything is asked; there is none where nobody can tell whether
        the store has changed.
        """
        of = self._pool.stamp() if generation is None else generation
        if of is None:
            return {}
        parts = json.dumps([self._version, of, question], sort_keys=True)
        return {"ETag": f'W/"{hashlib.sha256(parts.encode()).hexdigest()[:32]}"'}


def _fixed(content: Callable[[], str], media: str) -> Callable[[Request], Awaitable[Response]]:
    """A file that goes with the pages."""

    async def endpoint(request: Request) -> Response:
        headers = {"Cache-Control": "max-age=3600"}
        return Response(content(), media_type=media, headers=headers)

    return endpoint


async def robots(request: Request) -> Response:
    """Crawlers may read pages, and leave the endpoint alone."""
    return PlainTextResponse("User-agent: *\nDisallow: /sparql\nDisallow: /query\n")


def _wanted(request: Request) -> dict[str, Any]:
    """What decides on a page or file: its address, and the Accept header."""
    return {
        "path": request.url.path,
        "parameters": request.query_params.multi_items(),
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
    explicit = chosen in LANGUAGES
    if not explicit:
        chosen = max(LANGUAGES, key=quality)
    gzip = ranges(request.headers.get("accept-encoding", "")).get("gzip", 0.0) > 0
    return {"language": chosen, "explicit": explicit, "gzip": gzip}


def _has(request: Request, headers: Mapping[str, str]) -> bool:
    """Whether the client holds the answer with this ETag."""
    if request.method not in ("GET", "HEAD") or "ETag" not in headers:
        return False
    known = request.headers.get("if-none-match", "").split(",")
    weak = headers["ETag"].removeprefix("W/")
    return any(tag.strip().removeprefix("W/") == weak for tag in known)


def _answered(answer: Answer) -> Answer:
    """The answer; Unanswered where it is but a sentence that says why there is none."""
    if answer.status != 200 and answer.type.startswith("text/plain"):
        with answer.body as stream:
            raise Unanswered(answer.status, stream.read().decode().strip())
    return answer


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
        "Vary": VARY,
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
    return _told(request, error.status, error.sentence, headers)


async def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return _told(request, error.status_code, f"{error.detail}.", error.headers)


def _told(
    request: Request, status: int, sentence: str, headers: Mapping[str, str] | None, *,
    spoken: str = "en", heading: str = "sorry",
) -> Response:  # fmt: skip
    """A sentence in the language `spoken`, on a page for who reads pages."""
    headers = {**(headers or {}), "Vary": VARY}
    if choose(request.headers.get("accept"), (PLAIN, HTML)) != HTML:
        return PlainTextResponse(f"{sentence}\n", status, headers)
    prefix = request.app.state.prefix
    language = _language(request)["language"]
    page = render(
        "error", language, status=status, sentence=sentence, prefix=prefix, spoken=spoken,
        heading=heading,
    )  # fmt: skip
    return HTMLResponse(page, status, headers)


async def _disconnected(request: Request, error: Exception) -> Response:
    return Response(status_code=499)  # nobody reads it
