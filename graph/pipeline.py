"""The whole flow: articles in; a store, an RDF file, a page and a report out. Read this first.

    reading -> extraction -> resolution -> rdf -> store -> network page

`build` is the flow; the rest of the module runs extraction over a stream, in one process or many.
"""

from __future__ import annotations

import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path
from typing import BinaryIO

from sinergi.graph import suppression
from sinergi.graph.derivation import Said, derive, reading_version, remember
from sinergi.graph.errors import InputError
from sinergi.graph.exports import export_graph
from sinergi.graph.extraction import extract
from sinergi.graph.files import new_files
from sinergi.graph.model import Article, Decision, Extraction, Suppression
from sinergi.graph.quality import quality_figures
from sinergi.graph.reading import STDIN, Advance, Columns, Ids, Rejected, read, size
from sinergi.graph.registry import Registry
from sinergi.graph.report import Report, Tally, count
from sinergi.graph.resolution import beside, read_decisions
from sinergi.graph.results import select
from sinergi.graph.store import Store
from sinergi.graph.viewer import PageText, page_model, render_page, write_page
from sinergi.ontology import DEFAULT_BASE, Iris

STORE, TRIG, PAGE, REPORT = "store", "graph.trig", "network.html", "report.json"
"""What `build` writes into its folder."""

AHEAD = 32  # articles waiting for each process: enough to keep it busy, few enough to hold

Progress = Callable[[str, int, float | None], None]
"""Hears the stage, the articles read so far, and the share of input done with, if known."""


def build(
    inputs: str | Path | Iterable[str | Path],
    out: str | Path,
    *,
    registry: Registry | None = None,
    columns: Columns | None = None,
    strict: bool = False,
    jobs: int = 1,
    scheduler: str | None = None,
    progress: Progress = lambda stage, articles, share: None,
    base: str = DEFAULT_BASE,
    stdin: BinaryIO | None = None,
    decisions: str | Path | None = None,
    suppressions: str | Path | None = None,
) -> Report:
    """Read `inputs`, one path or several; write store, graph.trig, network.html, report.json.

    An input that cannot be read, or at which extraction breaks off, costs only itself and stands in
    the report; with `strict` it
    raises InputError. `columns` says which key or column holds a field of an article, `jobs` how
    many processes extract, `scheduler` the address of a Dask cluster that does so instead, `base`
    how the IRIs of things begin. `decisions` is the file of people's judgements (see `decided`),
    `suppressions` that of what they want left out (see `suppressed`). The same articles, decisions
    and suppressions give the same files to the byte, in whatever order they come; an error leaves
    the former ones as they were.
    """
    registry, iris, out = registry or Registry.load(), Iris(base), Path(out)
    inputs = _apart(inputs, out)
    said = Said(decided(inputs, decisions), suppressed(inputs, suppressions))

    # 1. Read and extract, one article at a time.
    extractions, rejected, ids = [], [], Ids()
    found = extract_all(
        inputs, registry=registry, columns=columns, jobs=jobs, scheduler=scheduler, stdin=stdin,
        ids=ids, advance=(read_so_far := Share(size(inputs))).advance,
    )  # fmt: skip
    for item in found:
        if isinstance(item, Extraction):
            extractions.append(item)
        elif strict:
            raise InputError(f"{item} (--strict stops here)")
        else:
            rejected.append(item)
        progress("reading", len(extractions), read_so_far())
    if not extractions and (out / STORE).exists():
        why = f"{len(rejected)} rejected, first {rejected[0]}" if rejected else "none was found"
        raise InputError(f"no article could be read ({why}); the graph in {out} stays as it was")
    extractions = [_with_id(e, ids.renamed) for e in extractions]

    # 2. Resolve which mentions are one person, one agency, one meeting; write it as RDF.
    progress("resolving", len(extractions), None)
    with new_files(out) as new, Store.create(out / STORE) as store:
        store.articles.keep(extractions, reading_version(registry))
        remember(store, iris, said)
        extractions = []  # the store has them
        derived = derive(store, registry, iris, said, tally := Tally())

        # 3. From the store write what people open, then publish it all.
        progress("writing", tally.articles, None)
        with (new / TRIG).open("w", encoding="utf-8", newline="\n") as stream:
            export_graph(store.quads(), "trig", stream)
        progress("drawing", tally.articles, None)
        draw(store, new / PAGE, registry=registry)
        report = count(
            tally, derived.resolution, rejected, repeated=ids.repeated, quads=len(store),
            suppressions=said.suppressions, idle=derived.idle,
        )  # fmt: skip
        (new / REPORT).write_text(report.to_json(), "utf-8")
        derived.publish(store)
    return report


def decided(inputs: Sequence[str | Path], path: str | Path | None = None) -> list[Decision]:
    """The judgements in the file `path`; without it, in decisions.csv beside the first input.

    "Beside" is in the same folder; standard input stands in the working one. No file there is no
    decision. Raises InputError where `path` cannot be read, or a line is no decision.
    """
    if path is not None:
        return read_decisions(Path(path))
    default = beside(inputs[0]) if inputs else None
    return read_decisions(default) if default and default.is_file() else []


def suppressed(inputs: Sequence[str | Path], path: str | Path | None = None) -> list[Suppression]:
    """What to leave out by the file `path`; without it, by suppressions.csv beside the first input.

    Raises InputError where `path` cannot be read, or a line is no suppression.
    """
    if path is not None:
        return suppression.read_suppressions(Path(path))
    default = suppression.beside(inputs[0]) if inputs else None
    return suppression.read_suppressions(default) if default and default.is_file() else []


def extract_all(
    inputs: Iterable[str | Path],
    *,
    registry: Registry,
    columns: Columns | None = None,
    jobs: int = 1,
    scheduler: str | None = None,
    stdin: BinaryIO | None = None,
    ids: Ids | None = None,
    advance: Advance = lambda size: None,
) -> Iterator[Extraction | Rejected]:
    """What each article of `inputs` states, and what could not be read, in the order of input.

    At most `jobs` times AHEAD articles are held at once. Raises InputError as `read` and
    `extract_articles` do.
    """
    found = read(inputs, columns=columns, stdin=stdin, advance=advance)
    return extract_articles(admitted(found, ids or Ids()), registry, jobs, scheduler)


def extract_articles(
    found: Iterable[Article | Rejected],
    registry: Registry,
    jobs: int = 1,
    scheduler: str | None = None,
) -> Iterator[Extraction | Rejected]:
    """What each article states, in their order, by `jobs` processes, or by the workers of the Dask
    scheduler at this address. Raises InputError where these cannot do it.
    """
    if scheduler is None:
        return _in_processes(found, registry, jobs) if jobs > 1 else _here(found, registry)
    try:
        from sinergi.graph.cluster import in_cluster
    except ImportError:
        raise InputError(
            "A cluster needs Dask, which is not installed; pip install 'sinergi[cluster]'."
        ) from None
    return in_cluster(found, registry, _extract, scheduler)


def admitted(found: Iterable[Article | Rejected], ids: Ids) -> Iterator[Article | Rejected]:
    """Each article under an id of its own; those that were there already left out."""
    for item in found:
        own = ids.admit(item) if isinstance(item, Article) else item
        if own is not None:
            yield own


def draw(
    store: Store,
    path: str | Path | None,
    *,
    registry: Registry | None = None,
    text: PageText | None = None,
    language: str = "id",
    embed: bool = False,
    count: str = "meetings",
) -> str:
    """The network page of `store`, written to `path` where one is given.

    `text` is what it says of itself, `language` ("id", "en", or "auto": as its reader's browser
    prefers) what it opens in, `count` ("meetings", "outlets" or "articles") what it opens counting,
    and with `embed` it is made for a frame in another page. Raises InputError when the file cannot
    be written or there is no such language or count.
    """
    registry = registry or Registry.load()
    model = page_model(
        lambda query: select(store, query),
        kinds={kind.key: kind.name for kind in registry.kinds.values()},
        sectors={sector.key: (sector.id, sector.en) for sector in registry.sectors.values()},
        quality=quality_figures(),
    )
    if path is None:
        return render_page(model, text, language=language, embed=embed, count=count)
    return write_page(model, path, text, language=language, embed=embed, count=count)


def _apart(inputs: str | Path | Iterable[str | Path], out: Path) -> list[str | Path]:
    """The inputs as a list; a build must not read what it wrote the last time."""
    inputs = [inputs] if isinstance(inputs, str | Path) else list(inputs)
    for name in inputs:
        if str(name) != STDIN and Path(name).resolve() == out.resolve():
            raise InputError(f"'{name}' is input and output at once; name another folder")
    return inputs


def _with_id(extraction: Extraction, renamed: dict[str, str]) -> Extraction:
    article = extraction.article
    if article.id not in renamed:
        return extraction
    return replace(extraction, article=replace(article, id=renamed[article.id]))


def _here(
    found: Iterable[Article | Rejected], registry: Registry
) -> Iterator[Extraction | Rejected]:
    for item in found:
        yield _extract(item, registry) if isinstance(item, Article) else item


def _in_processes(
    found: Iterable[Article | Rejected], registry: Registry, jobs: int
) -> Iterator[Extraction | Rejected]:
    # Not forked: a fork of a process with threads, as Oxigraph has them, may hang.
    with ProcessPoolExecutor(
        jobs, get_context("spawn"), initializer=_set_registry, initargs=(registry,)
    ) as pool:
        waiting: deque[Future[Extraction | Rejected] | Rejected] = deque()
        for item in found:
            waiting.append(pool.submit(_extract_there, item) if isinstance(item, Article) else item)
            if len(waiting) > jobs * AHEAD:
                yield _result(waiting.popleft())
        while waiting:
            yield _result(waiting.popleft())


def _result(item: Future[Extraction | Rejected] | Rejected) -> Extraction | Rejected:
    return item if isinstance(item, Rejected) else item.result()


_registry: Registry  # of a process of the pool


def _set_registry(registry: Registry) -> None:
    global _registry
    _registry = registry


def _extract_there(article: Article) -> Extraction | Rejected:
    return _extract(article, _registry)


def _extract(article: Article, registry: Registry) -> Extraction | Rejected:
    """A fault of ours costs one article, not an archive; it is told as what cannot be read is."""
    try:
        return extract(article, registry)
    except Exception as error:
        reason = f"unforeseen {type(error).__name__}: {error} (sinergi --debug ... says where)"
        return Rejected(article.source or article.id, "", reason, traceback.format_exc())


class Share:
    """How much of the input has been read, from 0 to 1; None where its size is not known."""

    def __init__(self, total: int | None) -> None:
        self._total, self._done = total, 0

    def advance(self, size: int) -> None:
        self._done += size

    def __call__(self) -> float | None:
        return min(self._done / self._total, 1.0) if self._total else None
