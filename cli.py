"""The `sinergi` command: parses, calls, prints; what it does stands in sinergi.graph.

Data goes to standard output, everything else to standard error. Exit codes: 0 done, 1 error,
2 wrong usage, 3 done, but some input was rejected.
"""

from __future__ import annotations

import functools
import io
import json
import shutil
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click

from sinergi.graph.errors import AmbiguousName, InputError, SinergiError
from sinergi.graph.model import Extraction

# Each command imports its stage when it runs: `sinergi --help` shall not load trafilatura, igraph
# and pySHACL.
if TYPE_CHECKING:
    from sinergi.graph.registry import Registry
    from sinergi.graph.registry.lookup import Entry
    from sinergi.graph.results import Result
    from sinergi.graph.store import Store

REJECTED = 3
INTERRUPTED = 130  # as shells have it

Command = Callable[..., Any]


class Commands(click.Group):
    """One place that turns errors into one line; --debug shows where they came from."""

    def invoke(self, context: click.Context) -> Any:
        try:
            return super().invoke(context)
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except KeyboardInterrupt:
            _say("interrupted")
            context.exit(INTERRUPTED)
        except Exception as error:
            if context.params.get("debug"):
                raise
            context.exit(_report(error))


def _report(error: Exception) -> int:
    if isinstance(error, SinergiError):
        _say(str(error))
    else:
        notes = " ".join(["", *getattr(error, "__notes__", ())])
        _say(f"unforeseen {type(error).__name__}{notes}: {error} (sinergi --debug ... says where)")
    if isinstance(error, AmbiguousName):
        for label, iri in error.candidates:
            click.echo(f"  {label}  <{iri}>", err=True)
    return 1


def _say(message: str) -> None:
    click.echo("sinergi: " + " ".join(message.split()), err=True)


@click.group("sinergi", cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="sinergi", message="sinergi %(version)s")
@click.option("--debug", is_flag=True, help="Show where an error came from.")
def main(debug: bool) -> None:
    """A knowledge graph of who met whom, in which office and on whose behalf.

    \b
        sinergi build articles/ -o out
        sinergi query out/store --named who-met-whom
        sinergi show out/store "Polres Metro Tangerang Kota"
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")


# Options that several commands share.


def _pairs(context: click.Context, parameter: click.Parameter, given: tuple[str, ...]) -> Any:
    """('text=isi', ...) to {'text': 'isi', ...}."""
    pairs = [text.partition("=") for text in given]
    if wrong := [name for name, sign, value in pairs if not (name and sign and value)]:
        raise click.BadParameter(f"'{wrong[0]}' is not of the form NAME=VALUE")
    return {name: value for name, _, value in pairs}


def _load(context: click.Context, parameter: click.Parameter, path: Path | None) -> Registry:
    from sinergi.graph.registry import Registry

    return Registry.load(path)


def _choice(name: str, *choices: str, help: str) -> Callable[[Command], Command]:
    """An option that is one of `choices`, by default the first."""
    kind = click.Choice(choices)
    return click.option(
        name, name.strip("-") + "_", type=kind, default=choices[0], show_default=True, help=help
    )


FOLDER = click.Path(file_okay=False, path_type=Path)
STORE = click.argument("store", type=FOLDER, metavar="STORE")
REGISTRY = click.option(
    "--registry",
    type=click.Path(exists=True, path_type=Path),
    callback=_load,
    metavar="PATH",
    help="A CSV file, or a folder of them, with rows to add to the registry's tables.",
)


@dataclass
class Given:
    """What a command that reads articles was given, and how many of them were rejected."""

    inputs: tuple[str, ...]
    registry: Registry
    columns: Mapping[str, str]
    strict: bool
    jobs: int
    rejected: int = 0

    def extractions(self) -> Iterator[Extraction]:
        """What the articles state; says what is rejected as it comes."""
        from sinergi.graph.pipeline import extract_all

        for item in extract_all(
            self.inputs, registry=self.registry, columns=self.columns, jobs=self.jobs,
            stdin=sys.stdin.buffer,
        ):  # fmt: skip
            if isinstance(item, Extraction):
                yield item
            elif self.strict:
                raise InputError(f"{item} (--strict stops here)")
            else:
                self.rejected += 1
                _say(f"rejected {item}")


def reads_articles(command: Callable[..., None]) -> Command:
    """Gives a command PATH... and the options that go with it, as `given`."""

    @functools.wraps(command)
    def run(**options: Any) -> None:
        names = ("inputs", "registry", "columns", "strict", "jobs")
        given = Given(**{name: options.pop(name) for name in names})
        command(given, **options)
        if given.rejected:
            sys.exit(REJECTED)

    for option in (
        click.option("--jobs", type=click.IntRange(min=1), default=1, show_default=True,
                     metavar="N", help="Extract in so many processes."),
        click.option("--strict", is_flag=True, help="Stop at the first input that is rejected."),
        REGISTRY,
        click.option("--column", "columns", multiple=True, callback=_pairs, metavar="FIELD=NAME",
                     help="Which key or column holds id, title, text, published, publisher or "
                     "url, as in --column text=isi; may be given several times."),
        click.argument("inputs", nargs=-1, required=True, metavar="PATH..."),
    ):  # fmt: skip
        run = option(run)
    return run


def _open(path: Path) -> Store:
    """The store at `path`, or the one that `sinergi build` wrote into the folder `path`."""
    from sinergi.graph.store import META, open_store

    inner = path / "store"
    return open_store(inner if (inner / META).exists() else path)


def _width() -> int | None:
    """How wide a table may be: as the terminal, and as it needs where there is none."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


@main.command()
@reads_articles
@click.option("-o", "--out", type=FOLDER, required=True, metavar="OUT", help="Where to write.")
@click.option("--base", metavar="IRI", help="How the IRIs of things begin.")
def build(given: Given, out: Path, base: str | None) -> None:
    """Make the graph of articles.

    Writes OUT/store, OUT/graph.trig, OUT/network.html and OUT/report.json. PATH is a file (.txt
    .html .htm .json .jsonl .csv), a folder or .zip of these, or '-' for standard input. What cannot
    be read costs only itself: it is listed, and the exit code is 3.

    \b
        sinergi build articles/ more.zip -o out
        sinergi build news.csv --column text=isi --column published=tanggal -o out
    """
    from sinergi.graph.pipeline import build as run
    from sinergi.graph.report import ProgressLine
    from sinergi.ontology import DEFAULT_BASE

    write = sys.stderr.write if sys.stderr.isatty() else lambda text: None
    with ProgressLine(write, time.monotonic) as progress:
        report = run(
            given.inputs, out, registry=given.registry, columns=given.columns, strict=given.strict,
            jobs=given.jobs, progress=progress, base=base or DEFAULT_BASE, stdin=sys.stdin.buffer,
        )  # fmt: skip
    click.echo(report.summary(), err=True)
    given.rejected = len(report.rejected)


@main.command()
@reads_articles
@_choice("--format", "jsonl", "json", "table", help="For programs or for people.")
def extract(given: Given, format_: str) -> None:
    """Print what each article states.

    Officials with post, rank, degrees and agency; meetings with kind, day, place, parties, topics
    and agreement; statements; each with the span of text it rests on. Nothing is resolved across
    articles here.

    \b
        sinergi extract article.txt --format table
        sinergi extract news.jsonl > extracted.jsonl
    """
    from sinergi.graph.report import write_tables

    found = given.extractions()
    if format_ == "table":
        write_tables(found, sys.stdout, width=_width())
    elif format_ == "json":
        objects = [extraction.to_json() for extraction in found]
        click.echo(json.dumps(objects, ensure_ascii=False, indent=2))
    else:
        for extraction in found:
            click.echo(json.dumps(extraction.to_json(), ensure_ascii=False))


@main.command()
@reads_articles
@click.option("--clusters", type=click.File("w", encoding="utf-8", lazy=True), default="-",
              metavar="FILE", help="Where to write; standard output without it.")  # fmt: skip
def resolve(given: Given, clusters: TextIO) -> None:
    """Print which mentions are one person, agency or meeting.

    JSON: every group lists its mentions as [article id, name], of meetings [article id, index].

    \b
        sinergi resolve news.jsonl --clusters clusters.json
    """
    from sinergi.graph import resolution

    extractions = list(given.extractions())
    resolved = resolution.resolve(extractions, given.registry)
    groups = resolution.clusters(resolved, extractions)
    clusters.write(json.dumps(groups, ensure_ascii=False, indent=1) + "\n")


@main.command()
@click.argument("store", type=click.Path(path_type=Path), metavar="STORE", required=False)
@click.argument("text", metavar="QUERY", required=False)
@click.option("--file", type=click.File(encoding="utf-8"), help="Read the query from a file.")
@click.option("--named", metavar="NAME", help="Ask one of the questions of --list.")
@click.option(
    "--param",
    "values",
    multiple=True,
    callback=_pairs,
    metavar="NAME=VALUE",
    help="A parameter of --named: a label, an alias or an IRI; a day; a number.",
)
@click.option("--list", "listing", is_flag=True, help="List the named queries and parameters.")
@click.option(
    "--format",
    "format_",
    metavar="FORMAT",
    help="SELECT, ASK: table (default), csv, tsv, json, xml. "
    "CONSTRUCT, DESCRIBE: turtle (default), ntriples, jsonld, trig.",
)
@REGISTRY  # fmt: skip
def query(
    store: Path | None,
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
        sinergi query out/store --named meetings-of-agency --param agency="Polres Wonosobo"
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
        raise click.UsageError("STORE is missing: the folder that `sinergi build` wrote.")
    if sum(way is not None for way in (text, file, named)) != 1:
        raise click.UsageError("Give one query: its text, --file or --named.")
    if values and not named:
        raise click.UsageError("--param goes with --named.")
    if text == "-":
        text = decode(sys.stdin.buffer.read())
    graph = _open(store)
    if named:
        result: Result = queries.run(graph, named, values, identify=registry.identify)
    else:
        result = graph.query(text if text is not None else file.read() if file else "")
    export_result(result, format_, sys.stdout, width=_width())


@main.command()
@STORE
@click.argument("name")
@_choice("--format", "text", "json", help="For people or for programs.")
@REGISTRY
def show(store: Path, name: str, format_: str, registry: Registry) -> None:
    """Show what is known of an agency or official.

    Offices, meetings, partners and statements, each with its quote. NAME is a label, an alias,
    an abbreviation or an IRI; where it fits several, they are listed.

    \b
        sinergi show out/store "Kapolres Wonosobo"
    """
    from sinergi.graph.dossier import dossier, render

    found = dossier(_open(store), name, identify=registry.identify)
    if format_ == "json":
        click.echo(json.dumps(found.to_json(), ensure_ascii=False, indent=2))
    else:
        click.echo(render(found, width=_width() or 80), nl=False)


@main.command()
@STORE
@_choice("--format", "trig", "nquads", "turtle", "jsonld", help="The RDF syntax.")
@click.option("-o", "--out", type=click.File("w", encoding="utf-8", lazy=True), default="-",
              metavar="FILE", help="Where to write; standard output without it.")  # fmt: skip
def export(store: Path, format_: str, out: TextIO) -> None:
    """Write a graph out in an RDF syntax.

    Sorted, so that equal graphs give equal files. nquads, trig and jsonld keep the named graphs;
    turtle has their triples together, each once.

    \b
        sinergi export out/store --format nquads > graph.nq
    """
    from sinergi.graph.exports import export_graph

    export_graph(_open(store).quads(), format_, out)


@main.command()
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
@_choice("--language", "id", "en", help="What the page opens in; it carries both.")
@REGISTRY  # fmt: skip
def view(store: Path, out: str, title: str | None, language_: str, registry: Registry) -> None:
    """Draw the network as one HTML file.

    It opens anywhere, offline too, and shows the evidence of every line.

    \b
        sinergi view out/store -o network.html --title "Tirtamaya 2025" --language en
    """
    from sinergi.graph.pipeline import draw

    draw(_open(store), out, registry=registry, title=title, language=language_)


@main.command()
@click.argument("graph", type=click.Path(exists=True, path_type=Path), metavar="STORE|FILE")
def validate(graph: Path) -> None:
    """Check a graph against the shapes.

    Says in sentences which node of which article breaks which rule. FILE is RDF: .ttl, .nt, .nq,
    .trig, .jsonld, .rdf. The exit code is 1 if anything breaks.

    \b
        sinergi validate out/store
    """
    from sinergi.graph.validation import validate_file, validate_quads

    found = validate_file(graph) if graph.is_file() else validate_quads(_open(graph).quads())
    broken = 0
    for violation in found:
        broken += 1
        click.echo(violation.sentence)
    if broken:
        raise InputError(f"{graph} does not conform: {broken:,} found")
    click.echo("conforms", err=True)


@main.group()
def registry() -> None:
    """Look into the tables of agencies, posts and ranks.

    \b
        sinergi registry explain "Kasi Kamtib"
        sinergi registry search lapas
        sinergi registry list sectors
    """


@registry.command("list")
@click.argument("table", required=False)
def registry_list(table: str | None) -> None:
    """List the tables, or the rows of one as CSV.

    \b
        sinergi registry list posts
    """
    from sinergi.graph.registry.tables import TABLES

    if table is None:
        click.echo("\n".join(TABLES))
    elif table in TABLES:
        rows = resources.files("sinergi.data").joinpath(f"{table}.csv")
        click.echo(rows.read_text("utf-8"), nl=False)
    else:
        raise InputError(f"there is no table '{table}'; choose one of {', '.join(TABLES)}")


@registry.command("search")
@click.argument("text")
@REGISTRY
def registry_search(text: str, registry: Registry) -> None:
    """Find entries by their words, the closest first.

    \b
        sinergi registry search "lembaga pemasyarakatan"
    """
    _print_entries(text, registry.search(text))


@registry.command("explain")
@click.argument("text")
@REGISTRY
def registry_explain(text: str, registry: Registry) -> None:
    """Say what a post, agency, place, rank or degree means.

    \b
        sinergi registry explain "Kasi Kamtib"
    """
    _print_entries(text, registry.explain(text))


def _print_entries(text: str, entries: Sequence[Entry]) -> None:
    if not entries:
        raise InputError(f"the registry knows nothing of '{text}'; --registry adds rows of yours")
    for entry in entries:
        click.echo(f"{entry}  [{entry.table}; {entry.source}]")


if __name__ == "__main__":
    main()
