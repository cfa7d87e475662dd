"""Where the time of a build goes, stage by stage, beside a tagger of names (`make bench`).

    python benchmarks/bench.py [--articles FILE | --made N] [--repeat N] [--without-tagger]

Seconds are of the processor, all threads together, so that a busy machine changes them little; the
fastest of the repeats counts. `sinergi build` does more than its stages: it keeps what it read, and
its store is on disk. Ratios travel from machine to machine, seconds do not. The articles
are ../shared/corpus when it is there, else made up (generate.py); the tagger is trained and run in
the same process when python-crfsuite and its sentences are there.
"""

from __future__ import annotations

import argparse
import functools
import inspect
import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

import generate
import pyoxigraph as ox

from sinergi.graph import extraction, pipeline, rdf
from sinergi.graph.exports import export_graph
from sinergi.graph.extraction.meetings import MeetingReader
from sinergi.graph.model import Article, Extraction, Resolution
from sinergi.graph.reading import read
from sinergi.graph.registry import Registry
from sinergi.graph.resolution import resolve
from sinergi.graph.store import Store

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
CORPUS = SHARED / "corpus" / "articles.jsonl"
TAGGED = SHARED / "ner" / "idner-news-2k"
MADE = 1000
# The tagger is slow, and its time grows with the text: some of the articles tell it.
TAGGED_ARTICLES = 200

Seconds = dict[str, float]


def timed(task: Callable[[], Any], repeat: int = 1) -> tuple[float, Any]:
    """The processor's seconds of the fastest of `repeat` runs, and the last result."""
    best, result = float("inf"), None
    for _ in range(repeat):
        start = time.process_time()
        result = task()
        best = min(best, time.process_time() - start)
    return best, result


@contextmanager
def steps_timed(seconds: Seconds) -> Iterator[None]:
    """Within the block, what `extract` calls adds its time to `seconds` by its name."""

    def timing(name: str, called: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(called)
        def run(*args: Any, **kwargs: Any) -> Any:
            start = time.process_time()
            try:
                return called(*args, **kwargs)
            finally:
                seconds[name] = seconds.get(name, 0.0) + time.process_time() - start

        return run

    prefix = extraction.__name__ + "."
    steps = {
        name: item
        for name, item in vars(extraction).items()
        if (inspect.isfunction(item) or inspect.isclass(item))
        and item.__module__.startswith(prefix)
    }
    read_meetings = MeetingReader.read
    try:
        for name, step in steps.items():
            setattr(extraction, name, timing(name, step))
        MeetingReader.read = timing("MeetingReader", read_meetings)  # type: ignore[method-assign]
        yield
    finally:
        for name, step in steps.items():
            setattr(extraction, name, step)
        MeetingReader.read = read_meetings  # type: ignore[method-assign]


def extract_all(articles: list[Article], registry: Registry) -> list[Extraction]:
    return [extraction.extract(article, registry) for article in articles]


def graph_of(
    found: list[Extraction], resolution: Resolution, registry: Registry
) -> Iterator[ox.Quad]:
    """Every quad of a build but the one that says by which version it was made."""
    yield from rdf.vocabulary_quads(registry)
    yield from rdf.registry_quads(resolution, registry)
    yield from rdf.identity_quads(resolution)
    for stated in found:
        links = resolution.links[stated.article.id]
        yield from rdf.article_quads(stated, links, resolution)


def write(
    found: list[Extraction], resolution: Resolution, registry: Registry, folder: Path
) -> Seconds:
    """RDF, store, TriG and page, one after the other."""
    making, quads = timed(lambda: list(graph_of(found, resolution, registry)))
    loading, store = timed(lambda: Store.memory(quads))
    with (folder / "graph.trig").open("w", encoding="utf-8") as stream:
        trig, _ = timed(lambda: export_graph(store.quads(), "trig", stream))
    page, _ = timed(lambda: pipeline.draw(store, folder / "page.html", registry=registry))
    return {"rdf": making, "store (in memory)": loading, "trig": trig, "page": page}


def tagger_seconds(path: Path) -> tuple[float, str] | None:
    """Seconds an article that the tagger takes, and how good it is; None where it cannot be had."""
    if not TAGGED.exists():
        sys.stderr.write("No tagger beside: its sentences (../shared/ner) are not here.\n")
        return None
    try:
        import tagger
    except ImportError:
        sys.stderr.write(
            "No tagger beside: python-crfsuite is missing (pip install --group bench).\n"
        )
        return None
    trained, model = timed(lambda: tagger.train(TAGGED / "train.txt"))
    articles = (item for item in read([path]) if isinstance(item, Article))
    some = list(islice(articles, TAGGED_ARTICLES))
    seconds, tokens = timed(lambda: sum(tagger.tag(model, article.text) for article in some))
    note = (
        f"CRF tagger: F1 {tagger.f1(model, TAGGED / 'test.txt'):.2f} on its own test sentences, "
        f"{tokens / seconds:,.0f} tokens/s, trained in {trained:.0f} s"
    )
    return seconds / len(some), note


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=Path, default=CORPUS if CORPUS.exists() else None)
    parser.add_argument("--made", type=int, metavar="N", help="measure on so many made articles")
    parser.add_argument("--repeat", type=int, default=3, help="of extraction (default: 3)")
    parser.add_argument("--without-tagger", action="store_true")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path, registry = arguments.articles, Registry.load()
        if arguments.made or path is None:
            count = arguments.made or MADE
            path = folder / "articles.jsonl"
            with path.open("w", encoding="utf-8") as stream:
                for made in generate.generate(count):
                    stream.write(json.dumps(made.article, ensure_ascii=False) + "\n")
            generate.write_registry(folder / "registry", count)
            registry = Registry.load(folder / "registry")
        result = measure(path, registry, folder, arguments.repeat)
        peer = None if arguments.without_tagger else tagger_seconds(path)
    result["tagger"], result["note"] = peer or (None, None)
    sys.stdout.write(json.dumps(result, indent=1) + "\n" if arguments.json else table(result))


def measure(path: Path, registry: Registry, folder: Path, repeat: int) -> dict[str, Any]:
    """Seconds an article by stage, in the order of a build."""
    reading, items = timed(lambda: list(read([path])))
    articles = [item for item in items if isinstance(item, Article)]
    extract_all(articles[:1], registry)  # the lexicon is made once
    whole, found = timed(lambda: extract_all(articles, registry), repeat)
    steps: Seconds = {}
    with steps_timed(steps):
        extract_all(articles, registry)
    resolving, resolution = timed(lambda: resolve(found, registry))
    written = write(found, resolution, registry, folder)
    stages = {"reading": reading, "extraction": whole, "resolution": resolving, **written}
    building, _ = timed(lambda: pipeline.build(path, folder / "built", registry=registry))
    count = len(articles)
    return {
        "articles": count,
        "characters": sum(len(article.text) for article in articles),
        "stages": {name: seconds / count for name, seconds in stages.items()},
        "build": building / count,
        "steps": {name: seconds / count for name, seconds in steps.items()},
    }


def table(result: dict[str, Any]) -> str:
    """The result for people; the steps of extraction stand under it."""
    whole = sum(result["stages"].values())
    peer = result["tagger"]
    lines = [
        f"{result['articles']:,} articles, {result['characters'] / result['articles']:,.0f} "
        "characters each; processor time",
        "",
        f"{'stage':28}{'ms/article':>12}{'articles/s':>12}{'share':>8}{'tagger is':>12}",
    ]

    def row(name: str, seconds: float, share: float) -> None:
        ratio = f"{peer / seconds:.1f} x" if peer and seconds else "-"
        rate = 1 / seconds if seconds else 0
        lines.append(f"{name:28}{seconds * 1000:12.3f}{rate:12,.0f}{share:8.1%}{ratio:>12}")

    for name, seconds in result["stages"].items():
        row(name, seconds, seconds / whole)
        if name == "extraction":
            total = sum(result["steps"].values())
            for step, part in sorted(result["steps"].items(), key=lambda item: -item[1]):
                # Shares of extraction are spread over its own time: timing each step costs some.
                row(f"    {step}", part / total * seconds, part / total * seconds / whole)
    row("sum of the stages", whole, 1)
    row("sinergi build", result["build"], result["build"] / whole)
    if peer:
        row("CRF tagger (names alone)", peer, peer / whole)
        lines += ["", result["note"]]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
