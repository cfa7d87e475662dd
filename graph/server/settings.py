"""What whoever starts a server decides, and the limits it keeps by itself."""

from __future__ import annotations

import ipaddress
import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from sinergi.graph.errors import InputError

PORT = 8000
# Named queries take milliseconds at ten million quads; what takes seconds is a scan of everything.
TIME_LIMIT = 10.0
# A hundred thousand rows of five columns; more is what the files of a build are for.
SIZE_LIMIT = 50_000_000
# Of a worker's heap. Sorting or joining what will not fit ends here instead of in swap.
MEMORY_LIMIT = 1 << 30
# Requests that wait for a worker. Beyond it waiting would take longer than coming back.
WAITING = 100
FEWEST_WORKERS = 2  # so that one slow question does not stop the pages
MOST_WORKERS = 8  # by itself; whoever wants more says so


@dataclass(frozen=True, slots=True)
class Settings:
    """`url` is the public address where a proxy stands before the server, `origins` are the sites
    whose scripts may read it ("*": all); limits in seconds and in bytes before compression.
    """

    store: Path | str  # a folder, or the address of a SPARQL server
    host: str = "127.0.0.1"
    port: int = PORT
    url: str | None = None
    origins: tuple[str, ...] = ()
    workers: int = max(FEWEST_WORKERS, min(os.cpu_count() or 1, MOST_WORKERS))
    time_limit: float = TIME_LIMIT
    size_limit: int = SIZE_LIMIT
    memory_limit: int = MEMORY_LIMIT
    waiting: int = WAITING

    def __post_init__(self) -> None:
        if self.url is not None:
            parts = urlsplit(self.url)
            if parts.scheme not in ("http", "https") or not parts.hostname or parts.query:
                raise InputError(
                    f"'{self.url}' is no address of a server; give one like https://example.org/"
                )

    @property
    def public(self) -> bool:
        """Whether more than this machine is meant to reach the server."""
        return self.url is not None or not is_loopback(self.host)

    @property
    def allowed_origins(self) -> tuple[str, ...]:
        """Whose scripts may read answers.

        What is public is so for every site; what listens on this machine alone is not, or any page
        that its user opens could read the graph.
        """
        return self.origins or (("*",) if self.public else ())

    def address(self, port: int) -> str:
        """The address, ending in '/', of the server that listens on `port`."""
        if self.url is not None:
            return self.url.rstrip("/") + "/"
        return f"http://{f'[{self.host}]' if ':' in self.host else self.host}:{port}/"

    @property
    def prefix(self) -> str:
        """The path under which a proxy shows the server: '' or like '/graph'."""
        return urlsplit(self.url or "").path.rstrip("/")


def is_loopback(host: str) -> bool:
    """Whether a name or number of a host, as in a Host header but without port, is this machine."""
    if host.casefold() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
