"""What a store on a server costs beside one in a folder.

    python benchmarks/remote.py 1000 [--folder out/bench]

puts what so many invented articles state (generate.py; nothing is extracted) into a folder, into
`oxigraph serve`, and into `oxigraph serve --union-default-graph`, all on this machine; then asks
each the same. Seconds are of the clock, since most of the work is another process's: run it where
nothing else does.
"""

from __future__ import annotations

import argparse
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from generate import write_registry
from store import parameters, statements, table

from sinergi.graph import queries
from sinergi.graph.derivation import Said, derive, reading_version, remember
from sinergi.graph.registry import Registry
from sinergi.graph.store import Store, open_store
from sinergi.graph.store.writing import writer_at
from sinergi.ontology import Iris

REPEATS = 5  # the quickest of so many
KEEP = 1_000
LOOK_UPS = ("meetings-of-agency", "partners-of-agency", "who-met-whom", "collaborations")


def seconds(work: Callable[[], Any]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


@contextmanager
def serving(folder: Path, *options: str) -> Iterator[str]:
    """The address of an empty server."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        place = f"127.0.0.1:{free.getsockname()[1]}"
    command = [str(Path(sys.executable).with_name("oxigraph")), "serve", "--bind", place]
    process = subprocess.Popen(
        [*command, "--location", str(folder), *options], stderr=subprocess.PIPE
    )
    assert process.stderr and b"Listening" in process.stderr.readline()
    yield f"http://{place}"
    process.terminate()
    process.communicate()


def fill(place: Path | str, count: int, registry: Registry) -> None:
    stated = list(statements(count))
    with closing(writer_at(place)) as store:
        remember(store, Iris(), Said())
        for start in range(0, count, KEEP):
            store.articles.keep(stated[start : start + KEEP], reading_version(registry))
        derive(store, registry, Iris()).publish(store)


def open_for_writing(place: Path | str) -> None:
    writer_at(place).close()


def look(store: Store, given: dict[str, dict[str, str]]) -> list[float]:
    """Milliseconds: look-ups, the network, a first search and a further one, every quad."""
    found = [
        min(seconds(lambda n=name: list(queries.run(store, n, given.get(n, {}))))  # type: ignore[misc]
            for _ in range(REPEATS))
        for name in LOOK_UPS
    ]  # fmt: skip
    found += [seconds(store.network), *(seconds(lambda: store.search("polres")) for _ in range(2))]
    return [1000 * each for each in (*found, seconds(lambda: list(store.quads())))]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("count", type=int)
    parser.add_argument("--folder", type=Path, default=Path("out/bench"))
    given = parser.parse_args()
    folder: Path = given.folder / f"remote-{given.count}"
    shutil.rmtree(folder, ignore_errors=True)
    tables = folder / "registry"
    folder.mkdir(parents=True)
    write_registry(tables, given.count)
    registry = Registry.load(tables)
    local = folder / "store"
    columns: dict[str, list[float]] = {}

    def measure(name: str, place: Path | str) -> None:
        filling = seconds(lambda: fill(place, given.count, registry))
        opening = seconds(lambda: open_for_writing(place))
        columns[name] = [filling, opening, *look(open_store(place), parameters(local))]

    measure("folder", local)
    for name, options in (("server", ()), ("server, union", ("--union-default-graph",))):
        with serving(folder / name.replace(", ", "-"), *options) as address:
            measure(name, address)
    what = (
        "fill a new store, s", "open for writing, s", *(f"{name}, ms" for name in LOOK_UPS),
        "network, ms", "first search, ms", "further search, ms", "every quad, ms",
    )  # fmt: skip
    rows = [(name, *cells) for name, *cells in zip(what, *columns.values(), strict=True)]
    table(f"{given.count:,} articles", ("", *columns), rows)


if __name__ == "__main__":
    main()
