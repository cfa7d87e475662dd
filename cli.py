"""The `sinergi` command: parses, calls, prints; what it does stands in sinergi.graph.

Data goes to standard output, everything else to standard error. Exit codes: 0 done, 1 error,
2 wrong usage, 3 done, but some input was rejected. The commands themselves are in graph/commands.
"""

from __future__ import annotations

import io
import sys

import click

from sinergi.graph.commands import (
    articles,
    keeping,
    networks,
    releasing,
    reviewing,
    serving,
    stores,
    tables,
)
from sinergi.graph.commands.shared import Commands


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


for command in (
    articles.build,
    articles.evaluate,
    articles.explain,
    articles.extract,
    articles.resolve,
    keeping.backup,
    keeping.info,
    keeping.ingest,
    keeping.optimize,
    keeping.remove,
    keeping.restore,
    keeping.suppress,
    networks.network,
    releasing.diff,
    releasing.release,
    reviewing.review,
    serving.serve,
    stores.export,
    stores.query,
    stores.show,
    stores.validate,
    stores.view,
    tables.registry,
):
    main.add_command(command)


if __name__ == "__main__":
    main()
