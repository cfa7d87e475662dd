"""What a store costs, in one run with its ratios: filling it, named queries, network, search.

    python benchmarks/store.py 1000 10000 [--folder out/bench] [--rdflib 1000]

makes what so many invented articles state (generate.py; nothing is extracted here), puts it into a
store, and asks. Beside it, in the same run and with the same quads: plain Oxigraph, one transaction
an article, and up to --rdflib articles rdflib's Dataset in memory with rdflib's own evaluator. Each
size runs in a process of its own, for its peak of memory. Times are of the processor, so that other
work on the machine disturbs little; ratios travel to other machines, seconds do not. Of filling a
store the time of our own thread is told apart from that of Oxigraph's, which runs beside it.
"""

from __future__ import annotations

import argparse
import resource
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import rdflib
from generate import QUOTES, generate, write_registry

from sinergi.graph import rdf
from sinergi.graph.derivation import Said, derive, reading_version, remember
from sinergi.graph.model import (
    Article,
    Extraction,
    Meeting,
    Official,
    Participation,
    Party,
    Span,
    Spans,
    Statement,
    Topic,
)
from sinergi.graph.queries import bind, named_queries, run, with_terms
from sinergi.graph.registry import Registry
from sinergi.graph.resolution import incremental
from sinergi.graph.results import select
from sinergi.graph.store import open_store
from sinergi.graph.store.writer import Writer
from sinergi.ontology import PREFIXES, Iris

REPEATS = 7  # the median of so many, after one to warm up
KEEP = 1_000
MORE = 101  # articles that are added to a store that is there: one, then the others
SEARCHES = (
    "polres", "pol aru", "dinas kesehtan arunika", "a", "nota kesepahaman",
    "pelayanan kesehatan warga", "xyzzy qwertz",
)  # fmt: skip
LEVELS = ("unit", "agency", "parent", "ministry", "sector")


def statements(count: int) -> Iterator[Extraction]:
    """What `count` invented articles state, from their annotations; spans are real."""
    openings = tuple(quote.split("{")[0][:20] for quote in QUOTES)
    for made in generate(count):
        article = Article(**made.article)
        text = article.text
        lead = _span(text, 0, text.find(". ") + 1)
        officials = tuple(
            Official(
                o["person"],
                o["post"],
                o["organization"],
                o["rank"],
                spans=_found(text, o["person"]),
            )
            for o in made.gold["officials"]
        )
        meetings = tuple(
            Meeting(
                m["kind"], m["status"],
                tuple(Party(name, spans=lead) for name in m["organizations"]),
                date=m["date"], place=m["place"],
                participants=tuple(
                    Participation(
                        p["person"], p["organization"], p["role"],
                        spans=_found(text, p["person"]),
                    )
                    for p in m["participants"]
                ),
                topics=tuple(Topic(t, _found(text, t)) for t in m["topics"]),
                spans=lead,
            )
            for m in made.gold["meetings"]
        )  # fmt: skip
        quoted = [x.partition(". ")[0] for x in text.split("\n")[1:] if x.startswith(openings)]
        said = tuple(
            Statement(o.person, o.organization, words, direct=words.startswith("“"),
                      spans=_found(text, words))
            for words, o in zip(quoted, officials, strict=False)
        )  # fmt: skip
        yield Extraction(article, officials, meetings, said)


def _found(text: str, part: str) -> Spans:
    start = text.find(part)
    return _span(text, start, start + len(part)) if start >= 0 else ()


def _span(text: str, start: int, end: int) -> Spans:
    return (Span(start, end, text[start:end]),)


def seconds(work: Callable[[], Any]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def median(work: Callable[[], Any]) -> float:
    work()
    return statistics.median(seconds(work) for _ in range(REPEATS))


def megabytes() -> float:
    """The most memory that this process has had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def table(title: str, columns: tuple[str, ...], rows: list[tuple[object, ...]]) -> None:
    print(f"\n### {title}\n\n| {' | '.join(columns)} |\n|{'---|' * len(columns)}")
    for row in rows:
        print(f"| {' | '.join(_shown(cell) for cell in row)} |")
    sys.stdout.flush()


def _shown(cell: object) -> str:
    if isinstance(cell, float):
        return f"{cell:,.1f}"
    return f"{cell:,}" if isinstance(cell, int) else str(cell)


@dataclass
class Stopwatch:
    """Time spent in functions of a module, by name."""

    spent: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def over(self, module: Any, *names: str) -> Iterator[None]:
        kept = {name: getattr(module, name) for name in names}
        for name, function in kept.items():
            setattr(module, name, self._timed(name, function))
        try:
            yield
        finally:
            for name, function in kept.items():
                setattr(module, name, function)

    def _timed(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*args: Any, **kwargs: Any) -> Any:
            start = time.thread_time()
            try:
                return function(*args, **kwargs)
            finally:
                self.spent[name] = self.spent.get(name, 0.0) + time.thread_time() - start

        return timed


def fill(path: Path, count: int, registry: Registry, iris: Iris) -> list[tuple[object, ...]]:
    """Put what `count` articles state into a new store; its rows say what took how long."""
    watch, rows = Stopwatch(), list[tuple[object, ...]]()
    with closing(Writer(path)) as store:
        store.publish()
        remember(store, iris, Said())
        keeping = 0.0
        source = islice(statements(count + MORE), count)
        while batch := list(islice(source, KEEP)):
            start = time.process_time()
            store.articles.keep(batch, reading_version(registry))
            keeping += time.process_time() - start
        begin, own, clock = time.process_time(), time.thread_time(), time.monotonic()
        with watch.over(incremental, "update"), watch.over(rdf, "article_quads"):
            derived = derive(store, registry, iris)
        derived.publish(store)
        clock, own = time.monotonic() - clock, time.thread_time() - own
        whole, quads = time.process_time() - begin, len(store)
    for what, spent in (
        ("keep what they state", keeping),
        ("resolve", watch.spent["update"]),
        ("make quads", watch.spent["article_quads"]),
        ("write quads and index", own - sum(watch.spent.values())),
        ("our own thread", keeping + own),
        ("Oxigraph's threads, beside it", whole - own),
        ("all of the processor", keeping + whole),
        ("by the clock", keeping + clock),
    ):
        rows.append((what, spent, count / spent))
    rows.append((f"{quads:,} quads; memory {megabytes():,.0f} MB", "", ""))
    return rows


def add(path: Path, count: int, registry: Registry, iris: Iris) -> list[tuple[object, ...]]:
    """Put articles into the store that has `count`: how many, seconds, graphs written."""
    more = list(islice(statements(count + MORE), count, None))
    rows: list[tuple[object, ...]] = []
    for batch in (more[:1], more[1:]):
        start = time.process_time()
        with closing(Writer(path)) as store:
            store.articles.keep(batch, reading_version(registry))
            derived = derive(store, registry, iris)
            derived.publish(store)
        rows.append((len(batch), time.process_time() - start, len(derived.signs)))
    return rows


def others(path: Path, folder: Path, count: int) -> list[tuple[object, ...]]:
    """The same quads into plain Oxigraph and rdflib."""
    store = open_store(path)
    graphs = [list(store.graph(name)) for name in store.graphs()]
    quads = sum(map(len, graphs))

    def transactions() -> None:
        plain = ox.Store(str(folder / "plain"))
        for graph in graphs:
            plain.extend(graph)
        plain.flush()

    def bulk() -> None:
        loaded = ox.Store(str(folder / "bulk"))
        loaded.bulk_extend(quad for graph in graphs for quad in graph)
        loaded.flush()

    rows: list[tuple[object, ...]] = []
    for what, work in (("plain Oxigraph, a transaction an article", transactions),
                       ("plain Oxigraph, in bulk", bulk)):  # fmt: skip
        spent = seconds(work)
        rows.append((what, spent, count / spent))
    text = _nquads(quad for graph in graphs for quad in graph)
    spent = seconds(lambda: _dataset(text))
    rows.append(("rdflib in memory, from N-Quads", spent, count / spent))
    rows.append((f"{quads:,} quads", "", ""))
    return rows


def _nquads(quads: Iterable[ox.Quad]) -> str:
    return "".join(f"{q.subject} {q.predicate} {q.object} {q.graph_name} .\n" for q in quads)


def _dataset(text: str) -> rdflib.Dataset:
    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(data=text, format="nquads")
    return dataset


def parameters(path: Path) -> dict[str, dict[str, str]]:
    """Values for the look-ups: the pair of agencies with the most meetings, and their officials."""
    store = open_store(path)
    network = store.network()
    one, other, _ = max(network.edges(data=True), key=lambda e: (e[2]["meetings"], e[0], e[1]))
    agency, partner = (f"agency:{key}" for key in (one, other))
    near, within = network.nodes[one]["component"], network.nodes(data="component")
    goal = f"agency:{max(node for node, component in within if component == near)}"
    rows = run(store, "officials-of-agency", {"agency": agency}).dicts()
    person = next(rows)["person"]
    return {
        "agreements": {"agency": agency}, "evidence-of": {"thing": person},
        "meetings-between": {"agency": agency, "partner": partner},
        "meetings-of-agency": {"agency": agency}, "offices-of-person": {"person": person},
        "officials-of-agency": {"agency": agency}, "partners-of-agency": {"agency": agency},
        "path-between-agencies": {"agency": agency, "goal": goal},
        "statements-of": {"person": person},
        "topics-of-pair": {"agency": agency, "partner": partner},
        "who-accompanied": {"person": person}, "who-met-whom": {"person": person},
    }  # fmt: skip


def ask(path: Path, with_rdflib: bool) -> list[tuple[object, ...]]:
    """Each look-up in milliseconds, beside rdflib's evaluator."""
    store = open_store(path)
    dataset = None
    if with_rdflib:
        text = "".join(
            f"{q.subject} {q.predicate} {q.object} {q.graph_name} .\n" for q in store.quads()
        )
        dataset = _dataset(text)
    rows: list[tuple[object, ...]] = []
    for name, values in parameters(path).items():

        def ours(name: str = name, values: dict[str, str] = values) -> int:
            return len(list(run(store, name, values)))

        spent = median(ours)
        line: tuple[object, ...] = (name, ours(), spent * 1e3)
        if dataset is not None:
            query = named_queries()[name]
            text = with_terms(query.text, bind(query, values, store))
            start = time.process_time()
            list(dataset.query(text, initNs=PREFIXES))
            theirs = time.process_time() - start
            line += (theirs * 1e3, f"{theirs / spent:,.0f}")
        rows.append(line)
    return rows


def look(path: Path) -> list[tuple[object, ...]]:
    """The network at each level, and searches, in milliseconds."""
    store = open_store(path)
    rows: list[tuple[object, ...]] = [
        ("network, once after opening", "", seconds(store.network) * 1e3)
    ]
    for level in LEVELS:
        network = store.network(level=level)
        size = f"{network.number_of_nodes():,} nodes, {network.number_of_edges():,} ties"
        spent = median(partial(store.network, level=level))
        rows.append((f"network, level {level}", size, spent * 1e3))
    named = "SELECT ?name { ?p a foaf:Person ; foaf:name ?name } ORDER BY ?name LIMIT 1"
    person = next(select(store, named).dicts())["name"]
    for text in (*SEARCHES, person, f"Dr. {person}, S.H.", person[:-2]):
        hits = f"{len(store.search(text))} hits"
        rows.append((f"search “{text}”", hits, median(partial(store.search, text)) * 1e3))
    return rows


def one_size(count: int, folder: Path, rdflib_up_to: int) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    write_registry(folder / "registry", count)
    registry, iris = Registry.load(folder / "registry"), Iris()
    path, with_rdflib = folder / "store", count <= rdflib_up_to
    print(f"\n## {count:,} articles")
    table("Fill a store", ("", "seconds", "articles a second"), fill(path, count, registry, iris))
    table("Articles more", ("", "seconds", "graphs"), add(path, count, registry, iris))
    size = sum(file.stat().st_size for file in path.rglob("*") if file.is_file())
    print(f"\n{size / 1e6:,.0f} MB on disk, {size / count:,.0f} bytes an article")
    if with_rdflib:
        table("The same quads elsewhere", ("", "seconds", "articles a second"),
              others(path, folder, count))  # fmt: skip
    columns = ("", "rows", "ms") + (("rdflib ms", "ratio") if with_rdflib else ())
    table("Look-ups, median, warm", columns, ask(path, with_rdflib))
    table("Network and search, median, warm", ("", "", "ms"), look(path))
    print(f"\nPeak memory of this process: {megabytes():,.0f} MB")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("counts", type=int, nargs="+")
    parser.add_argument("--folder", type=Path, default=Path("out/bench-store"))
    parser.add_argument("--rdflib", type=int, default=1_000, metavar="N")
    arguments = parser.parse_args()
    if len(arguments.counts) == 1:
        count = arguments.counts[0]
        one_size(count, arguments.folder / str(count), arguments.rdflib)
        return
    for count in arguments.counts:
        again = [sys.executable, __file__, str(count), "--folder", str(arguments.folder)]
        subprocess.run([*again, "--rdflib", str(arguments.rdflib)], check=True)


if __name__ == "__main__":
    main()
