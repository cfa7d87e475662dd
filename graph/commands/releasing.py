"""Commands that make datasets to cite, and compare them."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sinergi.graph.commands.shared import (
    REGISTRY,
    STORE_FOLDER,
    Place,
    StorePlace,
    choice,
    open_at,
    store_at,
)

if TYPE_CHECKING:
    from sinergi.graph.registry import Registry


@click.command()
@STORE_FOLDER
@click.argument("out", type=click.Path(path_type=Path), metavar="OUT")
@click.option("--version", metavar="TEXT", help="By default the first digits of the content hash.")
@click.option("--date", metavar="DAY", help="Of publication, as 2026-11-24; by default the last "
              "day that the articles have.")  # fmt: skip
@click.option("--title", help="A title of your own.")
@click.option("--about", metavar="TEXT", help="What it is, in a sentence or two.")
@click.option("--creator", "creators", multiple=True, metavar="NAME", help="Who made it; may be "
              "given several times. By default it is cited as Anonymous.")  # fmt: skip
@click.option(
    "--license",
    "license_",
    metavar="ID",
    default="CC-BY-4.0",
    show_default=True,
    help="An SPDX identifier, such as CC0-1.0 or ODbL-1.0, or an address of terms.",
)
@click.option("--url", metavar="URL", help="Under which it will be found, such as a DOI's.")
@REGISTRY  # fmt: skip
def release(
    store: Path,
    out: Path,
    version: str | None,
    date: str | None,
    title: str | None,
    about: str | None,
    creators: tuple[str, ...],
    license_: str,
    url: str | None,
    registry: Registry,
) -> None:
    """Pack a store as a dataset to cite.

    OUT is a folder, or a file called .zip: the graph, tables, the network page, decisions, what was
    left out (without names), quality figures, descriptions in DCAT, VoID and as an RO-Crate,
    citation, license and checksums; quotes and links of articles, never their texts. The same
    store and options give the same bytes. docs/releases.md says what is in each file.

    \b
        sinergi release out/store release-2026.1 --version 2026.1 --date 2026-11-24 \\
            --creator "Nira Sekar" --license CC-BY-4.0
        sinergi release out/store release.zip
    """
    from sinergi.graph.release import About
    from sinergi.graph.release import release as run

    said = About(version, date, title, about, creators, license_, url)
    done = run(store_at(store), out, said, registry=registry)
    click.echo(done.content)
    click.echo(done.summary(), err=True)


@click.command()
@click.argument("before", type=StorePlace(), metavar="A")
@click.argument("after", type=StorePlace(), metavar="B")
@choice("--format", "text", "json", "turtle", help="For people, for programs, or as RDF.")
def diff(before: Place, after: Place, format_: str) -> None:
    """Tell what changed from one graph to another.

    A and B are stores, releases (folders or zips) or files of RDF. Articles added, removed or
    changed; meetings, agreements, institutions and officials added, removed or changed; what was
    merged, parted or got another IRI; offices that are new or ended; decisions; and the versions
    by which the graphs were made.

    \b
        sinergi diff release-2025.zip release-2026.zip
        sinergi diff release-2026 out/store --format json
    """
    from dataclasses import asdict

    from sinergi.graph.difference import difference, difference_triples, write_difference
    from sinergi.graph.exports import export_graph

    found = difference(open_at(before), open_at(after))
    if format_ == "text":
        write_difference(found, sys.stdout)
    elif format_ == "json":
        click.echo(json.dumps(asdict(found), ensure_ascii=False, indent=1))
    else:
        one, other = (str(place).rstrip("/").rpartition("/")[2] for place in (before, after))
        export_graph(difference_triples(found, one, other), "turtle", sys.stdout)
