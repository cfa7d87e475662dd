"""Extraction on the workers of a Dask cluster, in the order of the articles.

The articles go out in small groups, of which only so many are under way at once; what they state
comes back as a store keeps it. What a lost worker had is given to another one. Each worker is
handed the registry once. The processes of a cluster speak to one another, and with us, in pickle:
who reaches them can run code there, so that a cluster belongs into a network of its own, or behind
TLS. Nothing of that is ever written to a file.
"""

from __future__ import annotations

import logging
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager
from importlib.metadata import version
from itertools import islice
from typing import cast

from distributed import Client, Future, KilledWorker, Worker, WorkerPlugin, get_worker

from sinergi.graph.derivation import rules_version
from sinergi.graph.errors import InputError
from sinergi.graph.model import Article, Extraction
from sinergi.graph.reading import Rejected
from sinergi.graph.registry import Registry
from sinergi.graph.store.codec import extraction_from_bytes, stated_to_bytes

GROUP = 20  # articles of a task: some 80 ms of work, beside which Dask's own 1 ms is little
AHEAD = 4  # groups under way for each thread of the cluster: it is never idle, and we hold few
CONNECT = 10  # seconds that a scheduler has for answering
PATIENCE = 30  # seconds that one without workers has for getting some

Item = Article | Rejected
Found = Extraction | Rejected
Work = Callable[[Article, Registry], Found]
Done = list[bytes | Rejected]  # of a group


def in_cluster(
    found: Iterable[Item], registry: Registry, work: Work, scheduler: str
) -> Iterator[Found]:
    """What `work` finds in each article, in their order, by the workers of the Dask scheduler at
    `scheduler` ("tcp://host:8786").

    At most AHEAD groups for each of the cluster's threads are held at once. Raises InputError where
    the scheduler does not answer, has no workers, or they are not of the same sinergi as this one.
    """
    articles = iter(found)
    with _client(scheduler) as client, _handed_out(registry, client, scheduler) as name:
        waiting: deque[tuple[list[Item], Future[Done]]] = deque()
        while group := list(islice(articles, GROUP)):
            given = [item for item in group if isinstance(item, Article)]
            result = client.submit(_work_there, given, work, name, _kind(), pure=False)
            waiting.append((group, result))
            while waiting and (waiting[0][1].done() or len(waiting) >= _room(client)):
                yield from _result(*waiting.popleft(), client, scheduler)
        while waiting:
            yield from _result(*waiting.popleft(), client, scheduler)


class _Tables(WorkerPlugin):
    """The registry, which the scheduler hands to each worker, also to those that come later."""

    def __init__(self, registry: Registry) -> None:
        self.registry = registry

    def setup(self, worker: Worker) -> None:
        """It is there; that is all."""


def _work_there(articles: list[Article], work: Work, name: str, kind: str) -> Done:
    """On a worker: what is found in a group, if its sinergi finds the same as that of `kind`."""
    worker = get_worker()
    if _kind() != kind:
        raise InputError(
            f"The worker at {worker.address} has {_kind()}, but here is {kind}; "
            "install the same on all machines."
        )
    registry = cast(_Tables, worker.plugins[name]).registry
    found = (work(article, registry) for article in articles)
    return [item if isinstance(item, Rejected) else stated_to_bytes(item) for item in found]


def _kind() -> str:
    """All that what is found follows from besides the article and the registry."""
    python = ".".join(map(str, sys.version_info[:2]))  # its tables of Unicode are among it
    return f"sinergi {version('sinergi')} with rules {rules_version()[:12]} on Python {python}"


@contextmanager
def _client(scheduler: str) -> Iterator[Client]:
    with _quiet():
        try:
            client = Client(scheduler, timeout=CONNECT, set_as_default=False)
        except (OSError, ValueError, ImportError) as error:
            raise InputError(
                f"No Dask scheduler answers at '{scheduler}' ({_first_line(error)}); "
                "start one with `dask scheduler` and give its address, such as tcp://host:8786."
            ) from None
        with client:
            yield client


@contextmanager
def _quiet() -> Iterator[None]:
    """What goes wrong is said in a sentence, and not in Dask's log as well."""
    loggers = [logging.getLogger(name) for name in ("distributed", "distributed.client")]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)


@contextmanager
def _handed_out(registry: Registry, client: Client, scheduler: str) -> Iterator[str]:
    """The name under which the workers know the registry."""
    name = f"sinergi-{client.id}"
    try:
        client.register_plugin(_Tables(registry), name)
    except Exception as error:  # Dask hands on what a worker cannot unpack as a mere Exception
        if "ModuleNotFoundError" not in repr(error):
            raise
        raise InputError(
            f"The workers at {scheduler} do not have this sinergi ({_first_line(error)}); install "
            "the same on all machines, with `pip install 'sinergi[cluster]'`."
        ) from None
    try:
        yield name
    finally:
        if client.status == "running":
            client.unregister_worker_plugin(name)


def _room(client: Client) -> int:
    """How many groups may be under way; workers come and go."""
    threads: dict[str, int] = client.nthreads()
    return AHEAD * max(1, sum(threads.values()))


def _result(
    group: list[Item], result: Future[Done], client: Client, scheduler: str
) -> Iterator[Found]:
    found = iter(_awaited(result, client, scheduler))
    for item in group:
        if isinstance(item, Article):
            stated = next(found)
            yield extraction_from_bytes(item, stated) if isinstance(stated, bytes) else stated
        else:
            yield item


def _awaited(result: Future[Done], client: Client, scheduler: str) -> Done:
    while True:
        try:
            return result.result(timeout=PATIENCE)
        except TimeoutError:
            if not client.nthreads():
                raise InputError(
                    f"The scheduler at {scheduler} has no workers; "
                    f"start some with `dask worker {scheduler}`."
                ) from None
        except KilledWorker as error:
            raise InputError(
                "The same few articles took down one worker after the other "
                f"(the last at {error.last_worker.address}); look at its log, "
                "or give the workers more memory."
            ) from None
        except (CancelledError, OSError):
            raise InputError(
                f"The scheduler at {scheduler} is gone; start it and give the same command again: "
                "what a store has kept is not read twice."
            ) from None


def _first_line(error: BaseException) -> str:
    return next(iter(str(error).splitlines()), type(error).__name__)
