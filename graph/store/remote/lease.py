"""Who the one writer of a server is: a lease in sinergi's own graph, renewed while it lives.

Every update of a writer asks first whether the lease is still its own, in the same transaction: who
was taken for dead and is not can do no harm. Time is told by the server's clock alone.
"""

from __future__ import annotations

import os
import platform
import re
import secrets
from contextlib import suppress
from datetime import datetime
from threading import Event, Thread
from typing import Any

import pyoxigraph as ox

from sinergi.graph.errors import StoreError
from sinergi.graph.results import text
from sinergi.graph.store.remote.layout import HOLDER, MEMORY, RENEWED, TOKEN, WRITER
from sinergi.graph.store.remote.store import RemoteStore

BEAT = 10.0  # seconds between renewals
EXPIRY = 60.0  # seconds without one after which a writer is taken for dead: some lost requests

_STATE = f"""SELECT ?holder ?token ?renewed (NOW() AS ?now) {{ OPTIONAL {{ GRAPH {MEMORY} {{
  {WRITER} {HOLDER} ?holder ; {TOKEN} ?token ; {RENEWED} ?renewed }} }} }}"""
_PROCESS = re.compile(r"process (\d+) on (.*)")


class Lease:
    """Held from when it is made until `release`."""

    def __init__(self, store: RemoteStore) -> None:
        """Raises StoreError where another process is the writer, naming it."""
        self._store = store
        self._mine = str(ox.Literal(secrets.token_hex(16)))
        self.guard = f"GRAPH {MEMORY} {{ {WRITER} {TOKEN} {self._mine} }}"
        """A pattern that holds while the lease does."""
        self._take()
        self._done = Event()
        self._beating = Thread(target=self._beat, name="lease", daemon=True)
        self._beating.start()

    def _take(self) -> None:
        (state,) = self._store.rows(_STATE)
        if state["token"] is None:
            free = (f"FILTER NOT EXISTS {{ GRAPH {MEMORY} {{ {WRITER} {TOKEN} ?other "
                    f"FILTER(?other != {self._mine}) }} }}")  # fmt: skip
        elif _is_dead(state):
            free = (f"GRAPH {MEMORY} {{ {WRITER} {TOKEN} {state['token']} ; {RENEWED} "
                    f"{state['renewed']} }}")  # fmt: skip
        else:
            raise self._taken(state)
        name = ox.Literal(f"process {os.getpid()} on {platform.node()}")
        self._store.server.update(
            f"DELETE {{ GRAPH {MEMORY} {{ {WRITER} ?p ?o }} }} INSERT {{ GRAPH {MEMORY} {{ "
            f"{WRITER} {HOLDER} {name} ; {TOKEN} {self._mine} ; {RENEWED} ?now }} }} WHERE {{ "
            f"BIND(NOW() AS ?now) OPTIONAL {{ GRAPH {MEMORY} {{ {WRITER} ?p ?o }} }} {free} }}"
        )
        self.check()

    def check(self) -> None:
        """Raise StoreError where the lease is another's by now."""
        (state,) = self._store.rows(_STATE)
        if state["token"] is None or str(state["token"]) != self._mine:
            raise self._taken(state)

    def _taken(self, state: Any) -> StoreError:
        holder = text(state["holder"]) or "another process"
        return StoreError(
            f"{self._store.place} is being written by {holder}; try again when it is done, or "
            f"{EXPIRY:g} seconds after it died."
        )

    def _beat(self) -> None:
        renewal = (
            f"DELETE {{ GRAPH {MEMORY} {{ {WRITER} {RENEWED} ?old }} }} INSERT {{ GRAPH {MEMORY} "
            f"{{ {WRITER} {RENEWED} ?now }} }} WHERE {{ {self.guard} GRAPH {MEMORY} "
            f"{{ {WRITER} {RENEWED} ?old }} BIND(NOW() AS ?now) }}"
        )
        while not self._done.wait(BEAT):
            with suppress(StoreError):  # the next update tells what is wrong
                self._store.server.update(renewal)

    def release(self) -> None:
        """Let others write."""
        self._done.set()
        self._beating.join()
        with suppress(StoreError):  # else it expires
            self._store.server.update(
                f"DELETE {{ GRAPH {MEMORY} {{ {WRITER} ?p ?o }} }} "
                f"WHERE {{ {self.guard} GRAPH {MEMORY} {{ {WRITER} ?p ?o }} }}"
            )


def _is_dead(state: Any) -> bool:
    """Whether a holder has not been heard of for too long, or is no process of this machine."""
    try:
        heard, now = (datetime.fromisoformat(text(state[name])) for name in ("renewed", "now"))
        if (now - heard).total_seconds() > EXPIRY:
            return True
    except (ValueError, TypeError):  # no time, or one without a zone beside one with
        return False
    found = _PROCESS.fullmatch(text(state["holder"]))
    if not found or found[2] != platform.node() or os.name != "posix":
        return False
    try:
        os.kill(int(found[1]), 0)  # asks whether it is there
    except ProcessLookupError:
        return True
    except (OSError, OverflowError):
        return False
    return False
