"""Extraction on a Dask cluster: real schedulers and workers, on this machine."""

from __future__ import annotations

import io
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import ModuleType
from typing import Any, cast

import pytest
from distributed import Client

from sinergi.graph import cluster
from sinergi.graph.errors import InputError
from sinergi.graph.exports import export_graph
from sinergi.graph.ingest import ingest
from sinergi.graph.model import Article, Extraction
from sinergi.graph.pipeline import build, extract_all, extract_articles
from sinergi.graph.reading import Rejected
from sinergi.graph.registry import Registry
from sinergi.graph.store import open_store

ROOT = Path(__file__).parent.parent
SAMPLES, TABLES = ROOT / "data" / "samples", ROOT / "data" / "samples-registry"
COPIES = 12  # of the sample articles, so that there is work for a while
SOON = 60  # seconds until what was asked for must have come about

Process = subprocess.Popen[str]


@pytest.fixture(scope="module")
def registry() -> Registry:
    return Registry.load(TABLES)


@pytest.fixture(scope="module")
def lines() -> list[str]:
    """The sample articles as lines of JSON, each some times under ids of its own."""
    found = [item.article for item in extract_all([SAMPLES], registry=Registry.load(TABLES))
             if isinstance(item, Extraction)]  # fmt: skip
    names = ("title", "text", "published", "publisher", "url")
    return [
        json.dumps({"id": f"{article.id}-{n}", **{name: getattr(article, name) for name in names}})
        for n in range(COPIES)
        for article in found
    ]


def dask(running: list[Process], *arguments: str) -> Process:
    process = subprocess.Popen(
        [sys.executable, "-m", "dask", *arguments],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    running.append(process)
    return process


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A scheduler of two workers, each a process of one thread."""
    file, running = tmp_path_factory.mktemp("dask") / "scheduler.json", list[Process]()
    here = ("--host", "127.0.0.1", "--no-dashboard")
    dask(running, "scheduler", *here, "--port", "0", "--scheduler-file", str(file))
    await_(file.exists)
    found = str(json.loads(file.read_text("utf-8"))["address"])
    for name in ("one", "two"):
        dask(running, "worker", found, *here, "--name", name, "--nthreads", "1", "--no-nanny")
    with asking(found) as client:
        client.wait_for_workers(2, timeout=SOON)
    yield found
    for process in running:
        process.kill()
        process.wait(timeout=SOON)


def asking(address: str) -> Client:
    return Client(address, timeout=SOON, set_as_default=False)


def await_(condition: Callable[[], Any]) -> None:
    limit = time.monotonic() + SOON
    while not condition():
        assert time.monotonic() < limit
        time.sleep(0.02)


def nquads(store: Path) -> str:
    stream = io.StringIO()
    export_graph(open_store(store).quads(), "nquads", stream)
    return stream.getvalue()


def test_build_with_a_cluster_is_build(tmp_path: Path, registry: Registry, address: str) -> None:
    """What is rejected stands in its place too."""
    mixed = tmp_path / "mixed.jsonl"
    mixed.write_text("{}\n" + '{"text": "Satu."}\nx\n' + '{"text": "Dua."}\n', "utf-8")
    inputs = [mixed, SAMPLES]
    build(inputs, tmp_path / "here", registry=registry)
    build(inputs, tmp_path / "there", registry=registry, scheduler=address)
    for name in ("graph.trig", "network.html", "report.json"):
        assert (tmp_path / "there" / name).read_bytes() == (tmp_path / "here" / name).read_bytes()


def test_an_article_that_breaks_extraction_costs_only_itself(
    registry: Registry, address: str
) -> None:
    broken = cast(str, None)  # no text at all, which reading never gives
    articles = [Article("a", "", "Satu."), Article("b", "", broken), Article("c", "", "Tiga.")]
    for ways in ({}, {"jobs": 2}, {"scheduler": address}):
        one, other, three = extract_articles(articles, registry, **ways)
        assert isinstance(one, Extraction) and isinstance(three, Extraction)
        assert isinstance(other, Rejected) and str(other).startswith("b: unforeseen ")
        assert "in extract" in other.trace


def test_no_more_is_read_than_the_cluster_is_at_work_on(registry: Registry, address: str) -> None:
    read = 0

    def articles() -> Iterator[Article]:
        nonlocal read
        for number in range(10_000):
            read += 1
            yield Article(str(number), "", "Kalapas Tirtamaya rapat dengan Kapolres Tirtamaya.")

    found = extract_some(articles(), registry, address)
    for number in range(100):
        item = next(found)
        assert isinstance(item, Extraction) and item.article.id == str(number)
    assert read <= 100 + cluster.GROUP * (2 * cluster.AHEAD + 1)


def extract_some(
    articles: Iterator[Article], registry: Registry, address: str
) -> Iterator[Extraction | Rejected]:
    return extract_articles(articles, registry, scheduler=address)


def test_other_rules_on_a_worker_are_said(
    registry: Registry, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "rules_version", lambda: "another")
    with pytest.raises(InputError, match=r"worker at tcp://.* has sinergi .* rules another"):
        list(extract_some(iter([Article("a", "", "Rapat.")]), registry, address))


def test_workers_without_sinergi_are_said(
    registry: Registry, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster._Tables, "__module__", "sinergi.graph.nonesuch")
    module = ModuleType("sinergi.graph.nonesuch")
    module._Tables = cluster._Tables  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, module.__name__, module)
    with pytest.raises(InputError, match=r"do not have this sinergi .*nonesuch"):
        list(extract_some(iter(()), registry, address))


@pytest.mark.parametrize("wrong", ["tcp://127.0.0.1:{free}", "nonsense", "news.example:port"])
def test_no_scheduler_there_is_one_sentence(
    registry: Registry, wrong: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "CONNECT", 1)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        free = taken.getsockname()[1]
    with pytest.raises(InputError, match="No Dask scheduler answers at"):
        list(extract_some(iter(()), registry, wrong.format(free=free)))


def test_a_killed_worker_changes_nothing(
    tmp_path: Path, registry: Registry, lines: list[str], address: str
) -> None:
    """One of the two dies over work that it was given. (The last test: one worker is left.)"""
    whole = tmp_path / "all.jsonl"
    whole.write_text("\n".join(lines), "utf-8")
    ingest(whole, tmp_path / "here", registry=registry)

    command = [sys.executable, "-m", "sinergi.cli", "ingest", str(tmp_path / "there"), "-",
               "--scheduler", address, "--registry", str(TABLES), "--batch", "60"]  # fmt: skip
    run = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert run.stdin
    with asking(address) as client:
        first = lines[: cluster.GROUP * 3 // 2]  # one group goes out, and the next is waited for
        run.stdin.write("".join(f"{line}\n" for line in first))
        run.stdin.flush()
        await_(lambda: sum(map(len, client.has_what().values())))  # it is in mid-run
        worker = next(name for name, held in client.has_what().items() if not held)
        victim = client.run(os.getpid)[worker]
        os.kill(victim, signal.SIGSTOP)
        rest = "\n".join(lines[len(first) :])
        # In a thread: no more is read than the stopped worker lets through.
        talk = ThreadPoolExecutor(1).submit(run.communicate, rest, timeout=2 * SOON)
        await_(lambda: client.processing()[worker])
        os.kill(victim, signal.SIGKILL)
    _, said = talk.result()
    assert run.returncode == 0, said
    assert said.startswith(f"{len(lines)} added") and said.count("\n") == 1
    assert nquads(tmp_path / "there") == nquads(tmp_path / "here")
