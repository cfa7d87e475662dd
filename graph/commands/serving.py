"""The command that shows a store to others."""

from __future__ import annotations

import click

from sinergi.graph.commands.shared import STORE, Place, place_at, say
from sinergi.graph.server.settings import PORT, SIZE_LIMIT, TIME_LIMIT, Settings

MEGABYTE = 1_000_000


@click.command()
@STORE
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    metavar="HOST",
    help="Where to listen; 0.0.0.0 is every address of this machine.",
)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=PORT,
    show_default=True,
    metavar="N",
    help="0 takes a free one.",
)
@click.option("--url", metavar="URL", help="The public address, where a proxy stands before it.")
@click.option(
    "--origin",
    "origins",
    multiple=True,
    metavar="ORIGIN",
    help="A site whose scripts may read the answers, '*' for all; may be given several "
    "times. By default all may where more than this machine is served, else none.",
)
@click.option(
    "--workers",
    type=click.IntRange(min=1),
    metavar="N",
    help="How many questions are worked on at once; by default as many as there are "
    "processors, from 2 to 8.",
)
@click.option(
    "--time-limit",
    type=click.FloatRange(min=0.1),
    default=TIME_LIMIT,
    show_default=True,
    metavar="SECONDS",
    help="A query that takes longer is stopped.",
)
@click.option(
    "--size-limit",
    type=click.IntRange(min=1),
    default=SIZE_LIMIT // MEGABYTE,
    show_default=True,
    metavar="MB",
    help="A larger answer is refused.",
)
def serve(
    store: Place,
    host: str,
    port: int,
    url: str | None,
    origins: tuple[str, ...],
    workers: int | None,
    time_limit: float,
    size_limit: int,
) -> None:
    """Serve a graph: pages, SPARQL, RDF.

    For reading only, and for this machine alone unless --host or --url says otherwise. Ctrl+C
    stops it.

    \b
        sinergi serve out/store
        sinergi serve out/store --url https://graph.example.org/
    """
    from sinergi.graph.server import serve as serve_store
    from sinergi.graph.store.remote.client import without_password

    more = {} if workers is None else {"workers": workers}
    settings = Settings(
        place_at(store), host=host, port=port, url=url, origins=origins, time_limit=time_limit,
        size_limit=size_limit * MEGABYTE, **more,
    )  # fmt: skip
    serve_store(
        settings, started=lambda address: say(f"serving {without_password(store)} at {address}")
    )
