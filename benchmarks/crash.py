"""Kill an ingest at random moments, and see that it kept its word each time.

    python benchmarks/crash.py [--kills 50] [--articles 300] [--seed 1]

After every kill each article that was acknowledged has to be in the store, the index has to be what
the graph says, and every third time the graph has to be, to the byte, the one that `sinergi build`
makes of the articles that are there: so none of them is half there. In the end the ingest is let
run and the graph has to be that of all articles. When it ends before it is killed, it begins anew.
"""

from __future__ import annotations

import argparse
import io
import json
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from generate import generate, write_registry

from sinergi.graph.exports import export_graph
from sinergi.graph.pipeline import build
from sinergi.graph.registry import Registry
from sinergi.graph.results import select
from sinergi.graph.store import open_store
from sinergi.graph.store.info import check

BATCH = 15
# A kill comes so long after so many lines: moments of every step of a batch.
MOST_LINES, LONGEST = 3 * BATCH, 1.5  # seconds
COMPARED = 3  # of so many kills one is compared with a build
_IDS = "SELECT DISTINCT ?id { ?a a schema:NewsArticle ; schema:identifier ?id }"


def nquads(path: Path) -> str:
    stream = io.StringIO()
    export_graph(open_store(path).quads(), "nquads", stream)
    return stream.getvalue()


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--articles", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    chance = random.Random(arguments.seed)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        run(folder, arguments.kills, arguments.articles, chance)


def run(folder: Path, kills: int, articles: int, chance: random.Random) -> None:
    write_registry(folder / "registry", articles)
    registry = Registry.load(folder / "registry")
    made = [item.article for item in generate(articles)]
    given = write(folder / "all.jsonl", made)
    build(given, folder / "whole", registry=registry)
    whole = nquads(folder / "whole" / "store")
    store, acknowledged, finished = folder / "store", set[str](), 0
    command = [
        sys.executable, "-m", "sinergi.cli", "ingest", str(store), str(given),
        "--registry", str(folder / "registry"), "--batch", str(BATCH), "--ids",
    ]  # fmt: skip
    for number in range(1, kills + 1):
        process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        assert process.stdout
        said = "".join(process.stdout.readline() for _ in range(chance.randrange(MOST_LINES)))
        time.sleep(chance.uniform(0, LONGEST))
        process.kill()
        said += process.communicate()[0]
        acknowledged |= set(said.split("\n")[:-1])  # the last one may be cut off
        if not (store / "store.json").exists():
            assert not acknowledged
            continue
        there = {row["id"] for row in select(open_store(store), _IDS).dicts()}
        assert acknowledged <= there, sorted(acknowledged - there)
        assert not list(check(store))
        if number % COMPARED == 0:
            part = write(folder / "part.jsonl", [a for a in made if a["id"] in there])
            build(part, folder / "part", registry=registry)
            assert nquads(store) == nquads(folder / "part" / "store")
        print(f"kill {number}: {len(acknowledged)} acknowledged, {len(there)} there", flush=True)
        if len(there) == articles:
            assert nquads(store) == whole
            finished += 1
            shutil.rmtree(store)
            acknowledged.clear()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    assert nquads(store) == whole and not list(check(store))
    print(f"{kills} kills, {finished + 1} times to the end, nothing lost")


def write(path: Path, articles: list[dict[str, str]]) -> Path:
    path.write_text("".join(json.dumps(article) + "\n" for article in articles), "utf-8")
    return path


if __name__ == "__main__":
    main()
