"""Many clients at once, for a while: what `sinergi serve` answers, how soon, in how much memory.

    python benchmarks/server.py STORE [--clients 50] [--seconds 60] [--workers N]

Starts a server of STORE on this machine and lets each client ask one question after the other:
pages of agencies, officials, meetings and articles, RDF of them, searches, a named query, queries
in SPARQL; every answer is new to the client. Prints requests, errors, times and the memory of all
processes of the server (Linux) at each sixth of the time. Ends with 1 if any answer was none.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import signal
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from pathlib import Path
from urllib.parse import quote, urlencode, urlsplit

from sinergi.graph.results import select
from sinergi.graph.store import open_store

MOST_THINGS = 300  # of each kind, drawn with a fixed seed
PARTS = 6

THINGS = {
    "agency": "SELECT DISTINCT ?x ?n { ?m schema:attendee ?x . ?x a org:FormalOrganization ; "
    "skos:prefLabel ?n } ORDER BY ?x",
    "person": "SELECT DISTINCT ?x ?n { ?x a foaf:Person ; foaf:name ?n } ORDER BY ?x",
    "meeting": "SELECT DISTINCT ?x ?n { ?x a sin:Meeting BIND('' AS ?n) } ORDER BY ?x",
    "article": "SELECT DISTINCT ?x ?n { ?x a schema:NewsArticle BIND('' AS ?n) } ORDER BY ?x",
}
QUERIES = {
    "sparql, a count": "SELECT (COUNT(DISTINCT ?m) AS ?n) { ?m a sin:Meeting }",
    "sparql, 1,000 rows": "SELECT ?s ?o { ?s schema:text ?o } LIMIT 1000",
    "sparql, construct": "CONSTRUCT { ?m schema:about ?t } WHERE { ?m schema:about ?t } LIMIT 500",
}


def requests(store: Path) -> dict[str, list[str]]:
    """Paths to ask for, by kind."""
    graph, chance = open_store(store), random.Random(1)
    paths: dict[str, list[str]] = {"home": ["/"]}
    for kind, query in THINGS.items():
        found = [(line["x"], line["n"]) for line in select(graph, query).dicts()]
        some = chance.sample(found, min(MOST_THINGS, len(found)))
        paths[f"page, {kind}"] = [
            f"/id/{kind}/{quote(x.rpartition(f'/{kind}/')[2])}" for x, _ in some
        ]
        names = [name for _, name in some if name]
        if names:
            paths[f"search, {kind}"] = [f"/search?{urlencode({'q': name[:9]})}" for name in names]
        if kind == "agency":
            asks = [urlencode({"agency": iri}) for iri, _ in some]
            paths["query, partners"] = [f"/query/partners-of-agency?{ask}" for ask in asks]
    paths["rdf, meeting"] = [f"{path}?format=turtle" for path in paths["page, meeting"]]
    for name, query in QUERIES.items():
        paths[name] = [
            f"/sparql?{urlencode({'query': query, 'format': form})}"
            for form in (("turtle", "jsonld") if "CONSTRUCT" in query else ("json", "csv"))
        ]
    return paths


class Client:
    """One connection that is kept."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        self._place = parts.hostname, parts.port
        self._head = (
            f"Host: {parts.netloc}\r\nAccept: text/html, */*;q=0.1\r\nAccept-Encoding: gzip\r\n"
        )
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def get(self, path: str) -> tuple[int, int]:
        """Status and size of an answer."""
        if self._streams is None:
            self._streams = await asyncio.open_connection(*self._place)
        reader, writer = self._streams
        writer.write(f"GET {path} HTTP/1.1\r\n{self._head}\r\n".encode())
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        size = int(head.partition("content-length: ")[2].partition("\r\n")[0])
        await reader.readexactly(size)
        return int(head.split()[1]), size

    def close(self) -> None:
        if self._streams:
            self._streams[1].close()


async def load(
    address: str, paths: dict[str, list[str]], clients: int, seconds: float, pid: int
) -> tuple[dict[str, list[float]], dict[str, int], list[list[int]]]:
    """Times and errors by kind of request, and the memory at each part of the time."""
    times: dict[str, list[float]] = defaultdict(list)
    errors: dict[str, int] = defaultdict(int)
    memory: list[list[int]] = []
    end = time.monotonic() + seconds

    async def ask(number: int) -> None:
        chance, client = random.Random(number), Client(address)
        kinds = sorted(paths)
        while time.monotonic() < end:
            kind = chance.choice(kinds)
            start = time.monotonic()
            try:
                status, _ = await client.get(chance.choice(paths[kind]))
            except (OSError, ValueError, asyncio.IncompleteReadError) as error:
                client.close()
                client, status = Client(address), 0
                errors[f"{kind}: {type(error).__name__}"] += 1
            times[kind].append(time.monotonic() - start)
            if status not in (0, 200):
                errors[f"{kind}: {status}"] += 1
        client.close()

    async def watch() -> None:
        for _ in range(PARTS):
            await asyncio.sleep(seconds / PARTS)
            memory.append(resident(pid))

    await asyncio.gather(watch(), *(ask(number) for number in range(clients)))
    return times, errors, memory


def resident(pid: int) -> list[int]:
    """The megabytes of a process and of those it started, its own first; [] without /proc."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        found = []
        for one in (str(pid), *children):
            lines = Path(f"/proc/{one}/status").read_text().splitlines()
            found += [int(line.split()[1]) // 1024 for line in lines if line.startswith("VmRSS")]
        return found
    except OSError:
        return []


def row(name: str, times: list[float]) -> str:
    cuts = statistics.quantiles(times, n=100) if len(times) > 1 else times * 99
    numbers = (f"{cuts[at] * 1000:>9,.0f}" for at in (49, 94, 98))
    return f"{name:24}{len(times):>9,}" + "".join(numbers) + f"{max(times) * 1000:>9,.0f}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("store", type=Path, help="a store, or the folder that a build wrote")
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--workers", type=int, default=2)
    given = parser.parse_args()
    store = given.store / "store" if (given.store / "store").exists() else given.store
    paths = requests(store)
    command = ["serve", str(store), "--port", "0", "--workers", str(given.workers)]
    server = subprocess.Popen(
        [sys.executable, "-m", "sinergi.cli", *command], stderr=subprocess.PIPE, text=True
    )
    assert server.stderr
    try:
        address = server.stderr.readline().split()[-1]
        before = resident(server.pid)
        times, errors, memory = asyncio.run(
            load(address, paths, given.clients, given.seconds, server.pid)
        )
    finally:
        server.send_signal(signal.SIGINT)
        server.communicate(timeout=30)
    every = [one for some in times.values() for one in some]
    print(f"{given.clients} clients, {given.seconds:g} s, {given.workers} workers, {store}")
    print(f"\n{'milliseconds':24}{'answers':>9}{'median':>9}{'p95':>9}{'p99':>9}{'longest':>9}")
    for kind in sorted(times):
        print(row(kind, times[kind]))
    print(row("all", every))
    print(f"\n{len(every) / given.seconds:,.0f} answers a second, {sum(errors.values())} errors")
    for what, count in sorted(errors.items()):
        print(f"    {what}: {count}")
    print("memory in MB, of the front and of each worker:")
    for label, found in (
        ("before", before),
        *((f"{i}/{PARTS}", m) for i, m in enumerate(memory, 1)),
    ):
        print(f"    {label:8}{'  '.join(f'{one:>5,}' for one in found)}")
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
