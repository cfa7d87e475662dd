"""Commands that keep a store: fill it, empty it, copy it, look after it."""

from __future__ import annotations

import json
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sinergi.graph.commands.shared import (
    DECISIONS,
    FOLDER,
    REGISTRY,
    SCHEDULER,
    STORE,
    STORE_FOLDER,
    Given,
    Place,
    choice,
    place_at,
    reads_articles,
    store_at,
    tell,
)
from sinergi.graph.errors import StoreError

if TYPE_CHECKING:
    from sinergi.graph.registry import Registry

JOBS = click.option("--jobs", type=click.IntRange(min=1), default=1, show_default=True,
                    metavar="N", help="Extract in so many processes.")  # fmt: skip


@click.command()
@STORE
@reads_articles
@click.option("--batch", type=click.IntRange(min=1), metavar="N",
              help="Acknowledge after so many articles; by default 1,000, or as many as the store "
              "has, whichever is more.")  # fmt: skip
@click.option("--base", metavar="IRI", help="How the IRIs of things begin; settled by the first.")
@click.option("--ids", is_flag=True, help="Print the id of each article that is acknowledged.")
@DECISIONS
@SCHEDULER
def ingest(
    given: Given,
    store: Place,
    batch: int | None,
    base: str | None,
    ids: bool,
    decisions: Path | None,
    scheduler: str | None,
) -> None:
    """Put articles into a store.

    STORE is a folder, which is made if need be, or the address of a SPARQL server. Articles come in
    batches, each of them whole or not at all; what is acknowledged is on disk and seen by whoever
    opens the store. An article given again under its id takes the place of the former one. In
    whatever batches they come, the graph is the one that `sinergi build` makes of all of them.

    Without --decisions and --suppressions the store goes by those that it remembers.

    \b
        sinergi ingest news today.jsonl
        sinergi ingest http://127.0.0.1:7878 today.jsonl
        sinergi ingest out/store more/ --jobs 2
        sinergi ingest news archive.jsonl --scheduler tcp://10.0.0.5:8786
    """
    from sinergi.graph.ingest import ingest as run
    from sinergi.graph.report import ProgressLine
    from sinergi.graph.resolution import read_decisions
    from sinergi.graph.suppression import read_suppressions

    def acknowledge(batch: list[str]) -> None:
        if ids:
            click.echo("".join(f"{id}\n" for id in batch), nl=False)
            sys.stdout.flush()

    write = sys.stderr.write if sys.stderr.isatty() else lambda text: None
    with ProgressLine(write, time.monotonic) as progress:
        done = run(
            given.inputs, place_at(store), registry=given.registry, columns=given.columns,
            strict=given.strict, jobs=given.jobs, scheduler=scheduler, batch=batch, base=base,
            decisions=read_decisions(decisions) if decisions else None,
            suppressions=read_suppressions(given.suppressions) if given.suppressions else None,
            stdin=sys.stdin.buffer, progress=progress, acknowledge=acknowledge,
        )  # fmt: skip
    for item in done.rejected:
        tell(item)
    click.echo(done.summary(), err=True)
    given.rejected = len(done.rejected)


@click.command()
@STORE
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@REGISTRY
@JOBS
def remove(store: Place, ids: tuple[str, ...], registry: Registry, jobs: int) -> None:
    """Take articles out of a store.

    What only they state goes with them; who is who among the others is found anew. ID is that of
    an article.

    \b
        sinergi remove news warta-2025-05-19
    """
    from sinergi.graph.ingest import remove as run

    done = run(ids, place_at(store), registry=registry, jobs=jobs)
    click.echo(f"removed {len(ids):,}; {done.summary()}", err=True)
    for item in done.rejected:
        tell(item)


@click.command()
@STORE
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE")
@REGISTRY
@JOBS
def suppress(store: Place, file: Path, registry: Registry, jobs: int) -> None:
    """Leave persons and articles out of a store's graph.

    FILE is CSV with the columns subject, reason and date: a person's name, or the IRI of a person
    or an article, or an article's address. It takes the place of what was suppressed before, so
    that a line taken out of it is taken back. The store remembers it: who is named in articles to
    come is left out, too. docs/ethics.md says what goes and what a store keeps.

    \b
        sinergi suppress news suppressions.csv
    """
    from sinergi.graph.ingest import suppress as run
    from sinergi.graph.report import idle_lines
    from sinergi.graph.suppression import read_suppressions

    wanted = read_suppressions(file)
    done = run(wanted, place_at(store), registry=registry, jobs=jobs)
    click.echo(
        f"{len(wanted) - len(done.idle):,} suppressions in force; the store has "
        f"{done.articles:,} articles, {done.quads:,} quads",
        err=True,
    )
    for line in idle_lines(done.idle):
        click.echo(line, err=True)


@click.command()
@STORE_FOLDER
@click.argument("target", type=FOLDER, metavar="BACKUP")
def backup(store: Path, target: Path) -> None:
    """Copy a store.

    BACKUP is a new folder and becomes a store of its own: it can be asked, and moved elsewhere. A
    store may be written meanwhile; the copy is of what was acknowledged.

    \b
        sinergi backup news /mnt/backup/news-1
    """
    from sinergi.graph.store.copies import backup as run

    run(store_at(store), target)


@click.command()
@click.argument("source", type=FOLDER, metavar="BACKUP")
@STORE_FOLDER
def restore(source: Path, store: Path) -> None:
    """Put a backup in the place of a store.

    STORE is made if need be; what it held is replaced in one step. BACKUP stays as it is.

    \b
        sinergi restore /mnt/backup/news-1 news
    """
    from sinergi.graph.store.copies import restore as run

    run(store_at(source), store_at(store))


@click.command()
@STORE
@click.option(
    "--rebuild",
    is_flag=True,
    help="Make graph and index anew from what the articles state: mends damaged files.",
)
@REGISTRY
@JOBS  # fmt: skip
def optimize(store: Place, rebuild: bool, registry: Registry, jobs: int) -> None:
    """Make a store smaller and quicker.

    Gathers what many small batches left scattered, and gives space back to the disk.

    \b
        sinergi optimize news
    """
    from sinergi.graph.ingest import optimize as run

    run(place_at(store), registry=registry, rebuild=rebuild, jobs=jobs)


@click.command()
@STORE
@click.option(
    "--check",
    "checked",
    is_flag=True,
    help="Read every quad and compare the index with it; the exit code is 1 if they differ.",
)
@choice("--format", "text", "json", help="For people or for programs.")  # fmt: skip
def info(store: Place, checked: bool, format_: str) -> None:
    """Say what a store holds.

    Articles, quads, bytes, and the versions of sinergi, of the registry's tables and of the rules
    by which its graph was made.

    \b
        sinergi info news --check
    """
    from sinergi.graph.store.info import check
    from sinergi.graph.store.info import info as look
    from sinergi.graph.store.remote.client import without_password

    path = place_at(store)
    found = asdict(look(path))
    if format_ == "json":
        click.echo(json.dumps(found, indent=2))
    else:
        for name, value in found.items():
            if value is None:
                continue
            shown = f"{value:,}" if isinstance(value, int) else value
            click.echo(f"{name.replace('_', ' ')}: {shown}")
    if checked:
        wrong = 0
        for sentence in check(path):
            wrong += 1
            click.echo(sentence)
        if wrong:
            raise StoreError(
                f"{without_password(path)} is not what was written there; `sinergi optimize "
                "--rebuild` makes it anew."
            )
        click.echo("checked", err=True)
