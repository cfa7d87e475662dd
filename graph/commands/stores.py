"""Commands that read a store."""

from __future__ import annotations

import io
import json
import os
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, TextIO, cast

import click

from sinergi.graph.commands.shared import (
    COUNT,
    REGISTRY,
    STORE,
    Place,
    StorePlace,
    choice,
    open_at,
    pairs,
    width,
)
from sinergi.graph.errors import InputError, QueryError

if TYPE_CHECKING:
    from sinergi.graph.registry import Registry
    from sinergi.graph.results import Result

EXPORTS = (
    "trig", "nquads", "turtle", "jsonld", "csv", "parquet", "graphml", "gexf", "ftm", "popolo"
)  # fmt: skip


@click.command()
@click.argument("store", type=StorePlace(), metavar="STORE", required=False)
@click.argument("text", metavar="QUERY", required=False)
@click.option("--file", type=click.File(encoding="utf-8"), help="Read the query from a file.")
@click.option("--named", metavar="NAME", help="Ask one of the questions of --list.")
@click.option(
    "--param",
    "values",
    multiple=True,
    callback=pairs,
    metavar="NAME=VALUE",
    help="A parameter of --named: a label, an alias or an IRI; a day; a number.",
)
@click.option("--list", "listing", is_flag=True, help="List the named queries and parameters.")
@click.option(
    "--format",
    "format_",
    metavar="FORMAT",
    help="SELECT, ASK: table (default), csv, tsv, json, xml. "
    "CONSTRUCT, DESCRIBE: turtle (default), ntriples, jsonld, trig, rdfxml.",
)
@REGISTRY  # fmt: skip
def query(
    store: Place | None,
    text: str | None,
    file: TextIO | None,
    named: str | None,
    values: Mapping[str, str],
    listing: bool,
    format_: str | None,
    registry: Registry,
) -> None:
    """Ask a graph in SPARQL.

    QUERY is the text of a query, or '-' for standard input; the prefixes sin, id, schema, org,
    skos, foaf, cv and others are declared already.

    \b
        sinergi query out/store "SELECT ?name { ?p a foaf:Person ; foaf:name ?name }"
        sinergi query out/store --named meetings-of-agency --param agency="Polres Tirtamaya"
        sinergi query --list
    """
    from sinergi.graph import queries
    from sinergi.graph.exports import export_result
    from sinergi.graph.reading.text import decode

    if listing:
        for ready in queries.named_queries().values():
            click.echo(f"{ready.name}: {ready.title}")
            for p in ready.parameters:
                need = "required" if p.required else f"default {p.default}" if p.default else ""
                note = f" ({', '.join(filter(None, (p.type, need)))})"
                click.echo(f"    --param {p.name}=...{note}: {p.description}")
        return
    if store is None:
        raise click.UsageError(
            "STORE is missing: the folder that `sinergi build` wrote, or the address of a server."
        )
    if sum(way is not None for way in (text, file, named)) != 1:
        raise click.UsageError("Give one query: its text, --file or --named.")
    if values and not named:
        raise click.UsageError("--param goes with --named.")
    if text == "-":
        text = decode(sys.stdin.buffer.read())
    if named:
        result: Result = queries.run(open_at(store), named, values, identify=registry.identify)
    else:
        asked = text if text is not None else file.read() if file else ""
        if isinstance(store, Path) and _SORTS.search(asked):
            click.echo(_answered_apart(store, asked, format_, width()), nl=False)
            return
        result = open_at(store).query(asked)
    export_result(result, format_, sys.stdout, width=width())


# Oxigraph 0.5 orders numbers as numbers and all else as text, so that 9 < 10 < "2025-01-02" < 9;
# sorting such values may abort its process.
_SORTS = re.compile(r"\border\s+by\b", re.IGNORECASE)


def _answered_apart(store: Path, text: str, format_: str | None, width: int | None) -> str:
    """The answer to a query that sorts, from a process of its own.

    Raises QueryError where that process is aborted.
    """
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_context

    # Its panic would be told on standard error; exceptions come back without.
    with ProcessPoolExecutor(1, get_context("spawn"), initializer=_silence) as pool:
        try:
            return pool.submit(_answer, store, text, format_, width).result()
        except BrokenProcessPool:
            raise QueryError(
                "ORDER BY has values of several types here, numbers beside days or texts, at which "
                "Oxigraph breaks off (or it lacks memory); order by STR(?x)."
            ) from None


def _silence() -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())


def _answer(store: Path, text: str, format_: str | None, width: int | None) -> str:
    from sinergi.graph.exports import export_result

    out = io.StringIO()
    export_result(open_at(store).query(text), format_, out, width=width)
    return out.getvalue()


@click.command()
@STORE
@click.argument("name")
@choice("--format", "text", "json", help="For people or for programs.")
@REGISTRY
def show(store: Place, name: str, format_: str, registry: Registry) -> None:
    """Show what is known of an agency or official.

    Offices, meetings, partners and statements, each with its quote. NAME is a label, an alias,
    an abbreviation or an IRI; where it fits several, they are listed.

    \b
        sinergi show out/store "Polres Tirtamaya"
    """
    from sinergi.graph.dossier import dossier, render

    found = dossier(open_at(store), name, identify=registry.identify)
    if format_ == "json":
        click.echo(json.dumps(found.to_json(), ensure_ascii=False, indent=2))
    else:
        click.echo(render(found, width=width() or 80), nl=False)


@click.command()
@STORE
@choice("--format", *EXPORTS, help="What to write; docs/exports.md says what each holds.")
@click.option(
    "-o",
    "--out",
    metavar="FILE|FOLDER",
    help="Where to write; standard output without it. csv and parquet are many tables "
    "and go into a folder, or into one file called .zip.",
)
@REGISTRY  # fmt: skip
def export(store: Place, format_: str, out: str | None, registry: Registry) -> None:
    """Write a graph out for other programs.

    \b
    trig, nquads, jsonld  RDF, its named graphs kept; sorted, so that equal graphs
                          give equal files
    turtle                RDF, the triples of all graphs together, each once
    csv, parquet          tidy tables and their data dictionary, datapackage.json
    gexf, graphml         who met whom, for Gephi; gexf with the days of meetings
    ftm                   FollowTheMoney entities, for Aleph
    popolo                Popolo JSON, for parliament monitoring

    \b
        sinergi export out/store --format nquads > graph.nq
        sinergi export out/store --format csv -o tables
        sinergi export out/store --format gexf -o meetings.gexf
    """
    from sinergi.graph.exports import export_store, save_store
    from sinergi.graph.exports.tables import FORMATS

    to_stream = out in (None, "-")
    if to_stream and format_ in FORMATS:
        raise click.UsageError(
            f"{format_} is many tables: give a folder, or a file called .zip, with -o."
        )
    path = Path(out or "-")
    # A pipe or device is written as it is; a file takes its place when all is written.
    if to_stream or (path.exists() and not (path.is_file() or path.is_dir())):
        with click.open_file(str(path), "w", encoding="utf-8") as stream:
            export_store(open_at(store), format_, cast(TextIO, stream), registry=registry)
    else:
        save_store(open_at(store), path, format_, registry=registry)


@click.command()
@STORE
@click.option(
    "-o",
    "--out",
    type=click.Path(dir_okay=False),
    default="network.html",
    show_default=True,
    metavar="FILE",
    help="The page.",
)
@click.option("--title", help="A title of your own.")
@click.option("--about", metavar="TEXT", help="What the page is about; it stands under 'About'.")
@click.option("--license", "license_", metavar="TEXT", help="Under what license the data are.")
@click.option(
    "--quality",
    metavar="TEXT",
    help="How well extraction was measured to work, in your words; by default as this version was.",
)
@click.option("--embed", is_flag=True, help="For a frame in another page: the picture only.")
@choice(
    "--language",
    "id",
    "en",
    "auto",
    help="What the page opens in, auto: as its reader's browser prefers; it carries both.",
)
@COUNT
@REGISTRY  # fmt: skip
def view(
    store: Place,
    out: str,
    title: str | None,
    about: str | None,
    license_: str | None,
    quality: str | None,
    embed: bool,
    language_: str,
    count_: str,
    registry: Registry,
) -> None:
    """Draw the network as one HTML file.

    It opens anywhere, offline too, and shows the evidence of every line. What it counts can be
    changed on the page; --count is what it opens with.

    \b
        sinergi view out/store -o network.html --title "Tirtamaya 2025" --language en
        sinergi view out/store -o frame.html --embed --license "CC BY 4.0"
    """
    from sinergi.graph.pipeline import draw
    from sinergi.graph.viewer import PageText

    text = PageText(title, about, license_, quality)
    draw(
        open_at(store), out, registry=registry, text=text, language=language_, embed=embed,
        count=count_,
    )  # fmt: skip


@click.command()
@click.argument("graph", type=StorePlace(exists=True), metavar="STORE|FILE")
def validate(graph: Place) -> None:
    """Check a graph against the shapes.

    Says in sentences which node of which article breaks which rule. FILE is RDF: .ttl, .nt, .nq,
    .trig, .jsonld, .rdf. The exit code is 1 if anything breaks.

    \b
        sinergi validate out/store
    """
    from sinergi.graph.store.remote.client import without_password
    from sinergi.graph.validation import validate_file, validate_quads

    if isinstance(graph, Path) and graph.is_file() and graph.suffix.lower() != ".zip":
        found = validate_file(graph)
    else:
        found = validate_quads(open_at(graph).quads())
    broken = 0
    for violation in found:
        broken += 1
        click.echo(violation.sentence)
    if broken:
        raise InputError(f"{without_password(graph)} does not conform: {broken:,} found")
    click.echo("conforms", err=True)
