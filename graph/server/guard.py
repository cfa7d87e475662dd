"""Headers that keep browsers safe, and requests that have no business here."""

from __future__ import annotations

from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sinergi.graph.server.settings import is_loopback

# Pages hold no script and ask for nothing but their style, picture and forms.
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Cache-Control": "no-store",  # of errors; answers say it themselves
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "no-referrer",  # the address may hold a query
    "X-Content-Type-Options": "nosniff",
}


class Guard:
    """ASGI middleware; `local` says that only this machine is meant to reach the server."""

    def __init__(self, app: ASGIApp, *, local: bool) -> None:
        self._app = app
        self._local = local

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        app: Any = self._app
        # A site that gives its own name the number 127.0.0.1 would else read the graph through
        # the browser of whoever visits it.
        if self._local and not is_loopback(_host(Headers(scope=scope).get("host", ""))):
            app = PlainTextResponse("This server answers to localhost alone.\n", 421)
        await app(scope, receive, guarded)


def _host(header: str) -> str:
    """The host of a Host header, without its port."""
    host, colon, port = header.rpartition(":")
    return host if colon and port.isdecimal() else header
