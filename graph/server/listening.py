"""The socket, the event loop, and clients that take their time."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from typing import Any

import h11
import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from sinergi.graph.errors import InputError
from sinergi.graph.server.app import application
from sinergi.graph.server.settings import Settings
from sinergi.graph.store import open_store

REQUEST_TIME = 20.0  # seconds for a whole request to arrive, from its first byte
STALL_TIME = 30.0  # seconds that a client may leave an answer unread
IDLE_TIME = 5  # seconds that a connection is kept for a next request
HEAD_LIMIT = 1 << 16  # bytes of a request's head, and so of a query in an address
CONNECTIONS = 500  # at once; below the 1,024 files that systems give a process
SHUTDOWN_TIME = 5  # seconds for open requests when the server stops


class PromptProtocol(H11Protocol):
    """uvicorn's HTTP, and no patience with who sends or reads by the drop to hold a place."""

    _request: asyncio.TimerHandle | None = None
    _stall: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        # Else the end of an answer waits 40 ms for word that its beginning came; asyncio sees to
        # it for the sockets that it makes itself.
        transport.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._await_request()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        self._await_request()

    def _await_request(self) -> None:
        """Let the time run while a request is on its way, and only then."""
        arriving = self.conn.their_state in (h11.IDLE, h11.SEND_BODY)
        if arriving and self._request is None:
            self._request = self.loop.call_later(REQUEST_TIME, self.transport.abort)
        elif not arriving and self._request is not None:
            self._request.cancel()
            self._request = None

    def pause_writing(self) -> None:
        super().pause_writing()
        self._stall = self.loop.call_later(STALL_TIME, self.transport.abort)

    def resume_writing(self) -> None:
        super().resume_writing()
        self._cancel(self._stall)

    def connection_lost(self, exc: Exception | None) -> None:
        self._cancel(self._request)
        self._cancel(self._stall)
        super().connection_lost(exc)

    @staticmethod
    def _cancel(timer: asyncio.TimerHandle | None) -> None:
        if timer is not None:
            timer.cancel()


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, started: Callable[[], None]) -> None:
        super().__init__(config)
        self._started = started

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._started()


def run(settings: Settings, started: Callable[[str], None]) -> None:
    """Answer requests until a signal; see sinergi.graph.server.serve."""
    open_store(settings.store)  # tells what is wrong with it before anything starts
    listening = _listen(settings.host, settings.port)
    address = settings.address(listening.getsockname()[1])
    options: dict[str, Any] = {
        "http": PromptProtocol,
        "ws": "none",
        "loop": "asyncio",
        # Queries and names stand in addresses: no log of requests.
        "access_log": False,
        "log_config": None,
        "server_header": False,
        "proxy_headers": False,
        "timeout_keep_alive": IDLE_TIME,
        "timeout_graceful_shutdown": SHUTDOWN_TIME,
        "limit_concurrency": CONNECTIONS,
        "h11_max_incomplete_event_size": HEAD_LIMIT,
    }
    config = uvicorn.Config(application(settings, address), lifespan="on", **options)
    with listening:
        _Server(config, lambda: started(address)).run([listening])


def _listen(host: str, port: int) -> socket.socket:
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return socket.create_server((host, port), family=family, backlog=CONNECTIONS)
    except (OSError, OverflowError) as error:
        reason = getattr(error, "strerror", None) or error
        raise InputError(f"Cannot listen on {host}, port {port} ({reason}); give others.") from None
