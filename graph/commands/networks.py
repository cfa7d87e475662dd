"""Commands that measure the network of a store."""

from __future__ import annotations

import io
from collections.abc import Iterator
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from sinergi.graph.commands.shared import COUNT, STORE, Place, choice, open_at, width

if TYPE_CHECKING:
    from sinergi.graph.network import Projection, Records

RDF_FORMATS = ("trig", "nquads", "turtle", "jsonld")


@click.command()
@STORE
@choice("--actors", "agencies", "officials", help="Whose network.")
@choice(
    "--level",
    "unit",
    "agency",
    "parent",
    "ministry",
    "sector",
    help="As what an agency counts: as named; as the agency it is a part of; as what it stands "
    "under; as the highest body it stands under; as its sector.",
)
@click.option("--since", metavar="DAY", help="Only meetings of this day or later.")
@click.option("--until", metavar="DAY", help="Only meetings of this day or earlier.")
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    metavar="KIND",
    help="Only meetings of this kind, such as audiensi; may be given several times.",
)
@click.option(
    "--topic",
    "topics",
    multiple=True,
    metavar="TOPIC",
    help="Only meetings about this topic; may be given several times.",
)
@click.option(
    "--region",
    metavar="CODE",
    help="Only meetings with an agency of this region, or one within it, such as 33.07.",
)
@click.option("--held", is_flag=True, help="Only meetings told as held, not those planned.")
@COUNT
@click.option(
    "--minimum",
    type=int,
    default=1,
    show_default=True,
    metavar="N",
    help="A tie needs a count of so many.",
)
@choice(
    "--weight",
    "newman",
    "count",
    help="What a tie weighs: meetings, one of n counting 1/(n-1); what --count says.",
)
@click.option(
    "--backbone",
    type=float,
    metavar="LEVEL",
    help="Only ties that the disparity filter finds significant, such as 0.05.",
)
@click.option(
    "--measure",
    "measures",
    multiple=True,
    metavar="NAME",
    help="Only this measure; may be given several times.",
)
@click.option(
    "--intervals",
    type=int,
    metavar="SAMPLES",
    help="With bootstrap intervals of so many samples; for small networks.",
)
@click.option(
    "--slice",
    "slice_",
    type=click.Choice(("year", "quarter", "month")),
    help="Instead: the whole network by year, quarter or month, and what changes.",
)
@choice("--show", "actors", "ties", "network", help="Which table, in table, csv and parquet.")
@choice(
    "--format",
    "table",
    "csv",
    "json",
    "graphml",
    "gexf",
    "parquet",
    *RDF_FORMATS,
    help="For reading or for programs; graphml and gexf open in Gephi.",
)
@click.option("-o", "--out", type=click.File("wb", lazy=True), default="-", metavar="FILE",
              help="Where to write; standard output without it.")  # fmt: skip
def network(
    store: Place, measures: tuple[str, ...], intervals: int | None, slice_: str | None,
    show_: Any, format_: str, out: BinaryIO, level_: Any, actors_: Any, count_: Any,
    weight_: Any, **settings: Any,
) -> None:  # fmt: skip
    """Measure who meets whom.

    Degree, strength, PageRank, betweenness, closeness, k-core, clustering, Burt's constraint,
    brokerage by sector, communities; and of the whole density, modularity, assortativity. Every
    setting is written into json, graphml, gexf and RDF, shown by --show network, and told on
    standard error beside a table, csv or parquet.

    \b
        sinergi network out/store
        sinergi network out/store --level ministry --since 2025-01-01 --format gexf -o 2025.gexf
        sinergi network out/store --count outlets --weight count --show ties
        sinergi network out/store --slice year
    """
    from sinergi.graph.exports import export_graph
    from sinergi.graph.exports.network import export_network, export_records
    from sinergi.graph.network import (
        MEASURES,
        Projection,
        bootstrap,
        measure,
        project,
        read_records,
        read_run,
    )  # fmt: skip
    from sinergi.graph.rdf import network_quads
    from sinergi.graph.results import select
    from sinergi.ontology import Iris

    if slice_ and format_ not in ("table", "csv", "json", "parquet"):
        raise click.UsageError("--slice gives a table: choose table, csv, json or parquet.")
    projection = Projection(
        actors=actors_, level=level_, count=count_, weight=weight_, **settings
    )  # fmt: skip
    opened = open_at(store)
    records = read_records(lambda text: select(opened, text))
    if format_ in ("table", "csv", "parquet"):
        told = {name: value for name, value in projection.settings().items() if value}
        click.echo("; ".join(f"{name} {value}" for name, value in told.items()), err=True)
    if slice_:
        export_records(list(_over_time(records, projection, slice_)), format_, out, width=width())
        return
    names = measures or MEASURES
    graph = measure(project(records, projection), names)
    if intervals is not None:
        bootstrap(graph, records, projection, names, samples=intervals)
    if format_ in RDF_FORMATS:
        run = read_run(lambda text: select(opened, text))
        iris = Iris(run.partition("run/")[0]) if run else Iris()
        quads = network_quads(graph, version("sinergi"), build=run, iris=iris)
        text = io.TextIOWrapper(out, "utf-8", newline="\n", write_through=True)
        export_graph(quads, format_, text)
        text.detach()
    else:
        export_network(graph, format_, out, show=show_, width=width())


def _over_time(records: Records, projection: Projection, by: Any) -> Iterator[dict[str, Any]]:
    """One row a slice: the measures of the whole, and what is new or gone since the one before."""
    from sinergi.graph.network import change, slices, summary

    before = None
    for label, graph in slices(records, projection, by):
        row = {"slice": label} | summary(graph)
        yield row | (change(before, graph) if before is not None else {})
        before = graph
