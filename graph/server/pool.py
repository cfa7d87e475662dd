"""The workers: started, asked one question at a time, killed when their time is up, replaced."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO, Any

from sinergi.graph.errors import StoreError
from sinergi.graph.server.frames import END, FORGET, FRAME, OUT_OF_MEMORY
from sinergi.graph.server.settings import Settings
from sinergi.graph.store import Store, open_store
from sinergi.graph.store.folder import META
from sinergi.graph.store.remote.client import without_password

IN_MEMORY = 1 << 20  # bytes of an answer; what is larger waits on disk for its reader
PATIENCE = 10.0  # seconds that a request waits for a worker
RETRY = 1.0  # seconds until another start, where a worker does not come up
ASKED = 2.0  # seconds between two looks at the version of a store that is on a server
LOW_PRIORITY = 5  # of 19: a third of what another gets, where both want the processor
START = 30.0  # seconds that a worker may take to open the store

# How a worker ends: by its own alarm; where Oxigraph finds no memory, or that its order of values
# of several types is none (both abort the process, and pyoxigraph 0.5 tells neither from the
# other); by the system's want of memory.
_ALARM, _ABORT, _KILL = (getattr(signal, f"SIG{name}", 0) for name in ("ALRM", "ABRT", "KILL"))

Question = Mapping[str, Any]


@dataclass(slots=True)
class Answer:
    """What a worker says to a question; `body` is to be closed by whoever reads it.

    `last` says that the worker is used up and has ended with this answer.
    """

    status: int
    type: str
    body: IO[bytes]
    size: int
    encoding: str | None = None
    headers: dict[str, str] = field(default_factory=dict)
    last: bool = False


class Unanswered(Exception):
    """A question got no answer: `status` and `sentence` tell why."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence


class Watch:
    """What changes whenever the store does."""

    def __init__(self, store: Path | str) -> None:
        self._store = store
        self._version: str | None = None

    def stamp(self) -> object:
        """Another value for another generation of the store; None where nobody can tell."""
        if isinstance(self._store, str):
            return self._version
        try:
            found = (self._store / META).stat()
        except OSError:
            return None
        return [found.st_mtime_ns, found.st_ino]

    async def run(self) -> None:
        """Ask a server every ASKED seconds, without end; a folder says it when it is looked at."""
        from sinergi.graph.store.remote.store import RemoteStore

        store: Store | None = None
        while isinstance(self._store, str):
            with contextlib.suppress(StoreError):
                store = store or await asyncio.to_thread(open_store, self._store)
                assert isinstance(store, RemoteStore)
                self._version = await asyncio.to_thread(store.version)
            await asyncio.sleep(ASKED)


class _Gone(Exception):
    """The process has ended."""


class Worker:
    """One process; made by `start`."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self._ended: asyncio.Task[int] | None = None

    @classmethod
    async def start(cls, settings: Settings, address: str) -> Worker:
        """A worker with the store open. Raises StoreError where it cannot be opened."""
        config = {
            "store": str(settings.store),
            "address": address,
            "prefix": settings.prefix,
            "size_limit": settings.size_limit,
            "memory_limit": settings.memory_limit,
        }
        process = await asyncio.create_subprocess_exec(
            # -P: what lies about in the current folder is not imported.
            sys.executable, "-P", "-m", "sinergi.graph.server.worker", json.dumps(config),
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
        )  # fmt: skip
        worker = cls(process)
        try:
            async with asyncio.timeout(START):
                _, head = await worker._read(None)
        except BaseException as error:
            await asyncio.shield(worker.end())
            if isinstance(error, _Gone | TimeoutError):
                name = without_password(settings.store)
                raise StoreError(f"A worker for the store at {name} ended.") from None
            raise
        if "error" in head:
            await asyncio.shield(worker.end())
            raise StoreError(head["error"])
        return worker

    async def ask(self, question: Question) -> Answer:
        """The answer; raises _Gone where the process ended instead."""
        assert self._process.stdin
        try:
            self._process.stdin.write(json.dumps(question).encode() + b"\n")
            await self._process.stdin.drain()
        except (BrokenPipeError, ConnectionResetError):
            raise _Gone from None
        body = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 (its reader closes it)
        try:
            size, head = await self._read(body)
        except BaseException:
            body.close()
            raise
        body.seek(0)
        return Answer(body=body, size=size, **head)

    async def _read(self, body: IO[bytes] | None) -> tuple[int, dict[str, Any]]:
        """Frames up to the end: the pieces into `body`, their size, and the head."""
        assert self._process.stdout
        size = 0
        while True:
            try:
                kind, length = FRAME.unpack(await self._process.stdout.readexactly(FRAME.size))
                data = await self._process.stdout.readexactly(length)
            except asyncio.IncompleteReadError:
                raise _Gone from None
            if kind == END:
                return size, json.loads(data)
            assert body
            if kind == FORGET:
                body.seek(0)
                body.truncate()
                size = 0
            else:
                body.write(data)
                size += length

    def give_way(self) -> None:
        """Take less of the processor than others do, where the system has such a thing."""
        if hasattr(os, "setpriority"):
            with contextlib.suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, self._process.pid, LOW_PRIORITY)

    @property
    def alive(self) -> bool:
        """Whether the process has not ended, as far as is known."""
        return self._process.returncode is None

    def end(self, *, gone: bool = False) -> asyncio.Task[int]:
        """End the process, whatever it is at; the task gives its return code.

        One that has `gone` is only waited for: Popen.kill would look whether it is there, and take
        the return code from whoever waits.
        """
        if self._ended is None:
            if not gone:
                with contextlib.suppress(ProcessLookupError):
                    self._process.kill()
            self._ended = asyncio.create_task(self._end())
        return self._ended

    async def _end(self) -> int:
        await self._process.communicate()  # which closes the pipes
        assert self._process.returncode is not None
        return self._process.returncode


class Pool:
    """So many workers, and a queue of limited length before them."""

    def __init__(self, settings: Settings, address: str) -> None:
        self._settings = settings
        self._address = address
        self._idle: asyncio.Queue[Worker] = asyncio.Queue()
        self._all: set[Worker] = set()
        self._starting: set[asyncio.Task[None]] = set()
        self._ending: set[asyncio.Task[int]] = set()
        self._waiting = 0
        self._watch = Watch(settings.store)
        self.stamp = self._watch.stamp
        self._watching: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Start every worker. Raises StoreError where the store cannot be opened."""
        self._watching = asyncio.create_task(self._watch.run())
        for _ in range(self._settings.workers):
            self._idle.put_nowait(await self._started())

    async def close(self) -> None:
        """End every worker."""
        tasks = [*self._starting, *([self._watching] if self._watching else [])]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await asyncio.gather(*(worker.end() for worker in self._all), *self._ending)

    async def ask(self, question: Question, *, limit: float | None = None) -> Answer:
        """The answer to a question, within `limit` seconds (None: those of the settings).

        Raises Unanswered where there is no worker for it, its time or its memory runs out. When
        the caller is cancelled, the worker is killed.
        """
        limit = self._settings.time_limit if limit is None else limit
        worker = await self._worker()
        try:
            answer = await self._asked(worker, question, limit)
        except BaseException:
            self._replace(worker)
            raise
        if answer.last:
            self._replace(worker)
        else:
            self._idle.put_nowait(worker)
        return answer

    async def ask_apart(self, question: Question, *, limit: float, room: int) -> Answer:
        """The same of a worker that is started for this question, gives way to the others where the
        system lets it, and ends with its answer; it may take `room` times the memory, and say as
        much more.

        Raises StoreError where the store cannot be opened.
        """
        settings = replace(
            self._settings,
            memory_limit=room * self._settings.memory_limit,
            size_limit=room * self._settings.size_limit,
        )
        worker = await self._started(settings)
        try:
            worker.give_way()
            return await self._asked(worker, question, limit)
        finally:
            self._all.discard(worker)
            await asyncio.shield(worker.end())

    async def _asked(self, worker: Worker, question: Question, limit: float) -> Answer:
        try:
            async with asyncio.timeout(limit):
                now = {"limit": limit, "stamp": self.stamp()}
                return await worker.ask({**question, **now})
        except TimeoutError:
            raise _timed_out(limit) from None
        except _Gone:
            code = await asyncio.shield(worker.end(gone=True))
            raise _timed_out(limit) if code == -_ALARM else self._broken_off(code) from None

    def _broken_off(self, code: int) -> Unanswered:
        """What to say of a worker that ended at its work with this return code."""
        if code not in (-_ABORT, -_KILL, OUT_OF_MEMORY):
            return Unanswered(500, "The worker broke off; the server's log may say why.")
        return Unanswered(
            500,
            f"This needs more memory than the {self._settings.memory_limit >> 20} MiB that one "
            "question may take (ask for less of it, without ORDER BY or DISTINCT if need be), or "
            "orders values of several types, at which Oxigraph may break off (order by STR(?x)).",
        )

    async def _worker(self) -> Worker:
        """One that is idle."""
        if self._idle.empty() and self._waiting >= self._settings.waiting:
            raise _busy()
        self._waiting += 1
        try:
            async with asyncio.timeout(PATIENCE):
                while not (worker := await self._idle.get()).alive:
                    self._replace(worker)  # somebody else has ended it
                return worker
        except TimeoutError:
            raise _busy() from None
        finally:
            self._waiting -= 1

    async def _started(self, settings: Settings | None = None) -> Worker:
        worker = await Worker.start(settings or self._settings, self._address)
        self._all.add(worker)
        return worker

    def _replace(self, worker: Worker) -> asyncio.Task[int]:
        """End a worker and start another one, without letting anybody wait for it."""
        self._all.discard(worker)
        ending = worker.end()
        self._ending.add(ending)
        ending.add_done_callback(self._ending.discard)
        starting = asyncio.create_task(self._start_again())
        self._starting.add(starting)
        starting.add_done_callback(self._starting.discard)
        return ending

    async def _start_again(self) -> None:
        while True:
            try:
                self._idle.put_nowait(await self._started())
                return
            except StoreError:
                await asyncio.sleep(RETRY)


def _timed_out(limit: float) -> Unanswered:
    return Unanswered(
        504,
        f"This took more than {limit:g} seconds and was stopped; ask for less of it, or put the "
        "most selective pattern first.",
    )


def _busy() -> Unanswered:
    return Unanswered(503, "Too many questions wait already; come back in a few seconds.")
