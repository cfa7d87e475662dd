"""Commands that look into the registry."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import resources
from typing import TYPE_CHECKING

import click

from sinergi.graph.commands.shared import REGISTRY
from sinergi.graph.errors import InputError

if TYPE_CHECKING:
    from sinergi.graph.registry import Registry
    from sinergi.graph.registry.lookup import Entry


@click.group()
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
