"""A store over HTTP, for reading: SPARQL 1.1 Protocol, pages, and RDF of every thing it names.

Two kinds of process share the work:

    app.py, pool.py            one front process: speaks HTTP, hands every question to a worker
    worker.py, answers.py      a few workers, each with the store open, one question at a time

A query that runs in Oxigraph cannot be called back. A process can: the front kills a worker whose
time is up and starts another, and the kernel does the same should the front be gone; a worker also
has a limit on its memory. So the worst that a question can do is to cost its own worker.

This module is imported by both, so it loads neither.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sinergi.graph.server.settings import Settings


def serve(settings: Settings, *, started: Callable[[str], None] = lambda address: None) -> None:
    """Answer requests until SIGINT or SIGTERM; `started` hears the address once it listens.

    Raises StoreError where there is no store to serve, InputError where it cannot listen.
    """
    from sinergi.graph.server.listening import run

    run(settings, started)
