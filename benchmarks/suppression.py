"""Whether suppressed names are gone: officials of a store, left out of a copy of it.

    python benchmarks/suppression.py out/store 50

They are drawn by chance, and each is suppressed by name. Then every IRI and literal of the copy's
graph is searched for each whole name, unless it is part of a longer one that somebody else has, and
the quotes of the articles that named them for each part of it that stands with a capital; what is
found is printed. At last the suppressions are taken back, and the graph has to be the one from
before.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import re
import tempfile
import time
from collections import Counter, defaultdict
from pathlib import Path

from sinergi.graph.ingest import optimize, suppress
from sinergi.graph.labels import normal
from sinergi.graph.model import Suppression
from sinergi.graph.resolution.names import parse
from sinergi.graph.results import select
from sinergi.graph.store import open_store
from sinergi.graph.store.copies import backup

SEED = 20250519
_OFFICIALS = "SELECT DISTINCT ?name { ?x a foaf:Person ; foaf:name ?name }"
_NAMED = """SELECT DISTINCT ?name ?g { ?x foaf:name ?name GRAPH ?g {
  ?x ?p ?o . ?article a schema:NewsArticle } }"""


def digest(path: Path) -> str:
    whole = hashlib.sha256()
    for quad in open_store(path).quads():
        whole.update(f"{quad}\n".encode())
    return whole.hexdigest()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("store", type=Path)
    parser.add_argument("number", type=int, help="of officials")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "store"
        backup(given.store, copy)
        optimize(copy, rebuild=True)  # by the rules of today
        before = digest(copy)
        store = open_store(copy)
        names = sorted({row["name"] for row in select(store, _OFFICIALS).dicts()})
        # A name of one part is others', too.
        names = [name for name in names if parse(name).solid > 1]
        drawn = random.Random(SEED).sample(names, min(given.number, len(names)))
        graphs: dict[str, set[str]] = defaultdict(set)
        for row in select(store, _NAMED).dicts():
            if row["name"] in drawn:
                graphs[row["g"]].add(row["name"])
        del store
        started = time.perf_counter()
        done = suppress([Suppression(name, "drawn", "2025-05-19") for name in drawn], copy)
        seconds = time.perf_counter() - started
        whole, parts = leaks(copy, drawn, graphs)
        print(f"{len(drawn)} officials in {len(graphs):,} articles, left out in {seconds:.1f} s")
        print(f"{len(done.idle)} suppressions took nothing out")
        print(f"{whole.total():,} terms with a whole name: {dict(whole)}")
        print(f"{parts.total():,} quotes with a part of one: {dict(parts.most_common(20))}")
        suppress([], copy)
        print("taken back:", "the same" if digest(copy) == before else "NOT the same", "graph")


def leaks(path: Path, names: list[str], graphs: dict[str, set[str]]) -> tuple[Counter[str], ...]:
    """Terms with a whole name, by name; quotes with a part of the name of whom the article named,
    by part."""
    wanted = {f" {normal(name)} ": name for name in names}
    store = open_store(path)
    others = {f" {normal(row['name'])} " for row in select(store, _OFFICIALS).dicts()}
    longer = [name for name in others if any(written in name for written in wanted)]
    whole: Counter[str] = Counter()
    parts: Counter[str] = Counter()
    for quad in store.quads():
        for term in {quad.subject, quad.object}:
            text = f" {normal(re.sub(r'[-_/.%]', ' ', term.value))} "
            for name in longer:
                text = text.replace(name, " ")
            whole.update(name for written, name in wanted.items() if written in text)
        if quad.predicate.value.endswith(("#exact", "#prefix", "#suffix", "/headline", "/text")):
            for name in graphs.get(quad.graph_name.value, ()):
                for part in name.split():
                    if len(part) > 2 and re.search(rf"\b{re.escape(part)}\b", quad.object.value):
                        parts[f"{part} of {name}"] += 1
    return whole, parts


if __name__ == "__main__":
    main()
