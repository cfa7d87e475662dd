"""What commands share: how errors are told, options, and how articles and stores are come by."""

from __future__ import annotations

import functools
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sinergi.graph.errors import AmbiguousName, InputError, SinergiError
from sinergi.graph.model import Extraction

# Each command imports its stage when it runs: `sinergi --help` shall not load trafilatura, igraph
# and pySHACL.
if TYPE_CHECKING:
    from sinergi.graph.reading import Rejected
    from sinergi.graph.registry import Registry
    from sinergi.graph.store import Store
    from sinergi.graph.suppression import Suppressor

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
            say("interrupted")
            context.exit(INTERRUPTED)
        except Exception as error:
            if context.params.get("debug"):
                raise
            context.exit(_report(error))


def _report(error: Exception) -> int:
    if isinstance(error, SinergiError):
        say(str(error))
    else:
        notes = " ".join(["", *getattr(error, "__notes__", ())])
        say(f"unforeseen {type(error).__name__}{notes}: {error} (sinergi --debug ... says where)")
    if isinstance(error, AmbiguousName):
        for label, iri in error.candidates:
            click.echo(f"  {label}  <{iri}>", err=True)
    return 1


def say(message: str) -> None:
    click.echo("sinergi: " + " ".join(message.split()), err=True)


def tell(rejected: Rejected) -> None:
    """One line; and where sinergi broke off at it, with --debug."""
    say(f"rejected {rejected}")
    trace(rejected)


def trace(rejected: Rejected) -> None:
    """With --debug, where sinergi broke off at it."""
    if rejected.trace and click.get_current_context().find_root().params.get("debug"):
        click.echo(rejected.trace, err=True)


# Options that several commands share.


def pairs(context: click.Context, parameter: click.Parameter, given: tuple[str, ...]) -> Any:
    """('text=isi', ...) to {'text': 'isi', ...}."""
    pairs = [text.partition("=") for text in given]
    if wrong := [name for name, sign, value in pairs if not (name and sign and value)]:
        raise click.BadParameter(f"'{wrong[0]}' is not of the form NAME=VALUE")
    return {name: value for name, _, value in pairs}


def load_registry(
    context: click.Context, parameter: click.Parameter, path: Path | None
) -> Registry:
    from sinergi.graph.registry import Registry

    return Registry.load(path)


def choice(name: str, *choices: str, help: str) -> Callable[[Command], Command]:
    """An option that is one of `choices`, by default the first."""
    kind = click.Choice(choices)
    return click.option(
        name, name.strip("-") + "_", type=kind, default=choices[0], show_default=True, help=help
    )


COUNT = choice(
    "--count",
    "meetings",
    "outlets",
    "articles",
    help="What collaborations are counted in: distinct meetings; outlets that reported them in "
    "words of their own; articles, copies included.",
)
Place = Path | str  # a folder, or the address of a SPARQL server


class StorePlace(click.Path):
    """A folder as a path, an address as the text that it is, where a command knows servers."""

    def __init__(self, *, servers: bool = True, **options: Any) -> None:
        super().__init__(**options, path_type=Path)
        self._servers = servers

    def convert(self, value: Any, parameter: Any, context: Any) -> Any:
        from sinergi.graph.store import is_address

        if not is_address(value):
            return super().convert(value, parameter, context)
        if not self._servers:
            self.fail("this works on folders; a server has its own ways for it", parameter, context)
        return value


FOLDER = StorePlace(servers=False, file_okay=False)
STORE = click.argument("store", type=StorePlace(), metavar="STORE")
STORE_FOLDER = click.argument("store", type=FOLDER, metavar="STORE")
REGISTRY = click.option(
    "--registry",
    type=click.Path(exists=True, path_type=Path),
    callback=load_registry,
    metavar="PATH",
    help="A CSV file, or a folder of them, with rows to add to the registry's tables.",
)

SCHEDULER = click.option(
    "--scheduler",
    metavar="ADDRESS",
    help="Extract on the workers of the Dask scheduler at ADDRESS, such as tcp://host:8786, "
    "instead of here.",
)
DECISIONS = click.option(
    "--decisions",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="People's judgements of who is who, as `sinergi review` writes them; by default "
    "decisions.csv in the folder that the first PATH stands in.",
)


SUPPRESSIONS = click.option(
    "--suppressions",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Persons and articles to leave out (docs/ethics.md); by default suppressions.csv in the "
    "folder that the first PATH stands in.",
)


@dataclass
class Given:
    """What a command that reads articles was given, and how many of them were rejected."""

    inputs: tuple[str, ...]
    registry: Registry
    columns: Mapping[str, str]
    strict: bool
    jobs: int
    suppressions: Path | None
    rejected: int = 0

    def extractions(self) -> Iterator[Extraction]:
        """What the articles state, without those whose names are suppressed."""
        suppressor = self.suppressor()
        for extraction in self.stated():
            if not suppressor.drops(extraction.article):
                yield suppressor.alone.extraction(extraction)

    def suppressor(self) -> Suppressor:
        """What is to be left out."""
        from sinergi.graph.pipeline import suppressed
        from sinergi.graph.suppression import Suppressor

        return Suppressor(suppressed(self.inputs, self.suppressions))

    def stated(self) -> Iterator[Extraction]:
        """All that the articles state; says what is rejected as it comes."""
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
                tell(item)


def reads_articles(command: Callable[..., None]) -> Command:
    """Gives a command PATH... and the options that go with it, as `given`."""

    @functools.wraps(command)
    def run(**options: Any) -> None:
        names = ("inputs", "registry", "columns", "strict", "jobs", "suppressions")
        given = Given(**{name: options.pop(name) for name in names})
        command(given, **options)
        if given.rejected:
            sys.exit(REJECTED)

    for option in (
        click.option("--jobs", type=click.IntRange(min=1), default=1, show_default=True,
                     metavar="N", help="Extract in so many processes."),
        click.option("--strict", is_flag=True, help="Stop at the first input that is rejected."),
        SUPPRESSIONS,
        REGISTRY,
        click.option("--column", "columns", multiple=True, callback=pairs, metavar="FIELD=NAME",
                     help="Which key or column holds id, title, text, published, publisher or "
                     "url, as in --column text=isi; may be given several times."),
        click.argument("inputs", nargs=-1, required=True, metavar="PATH..."),
    ):  # fmt: skip
        run = option(run)
    return run


def store_at(path: Path) -> Path:
    """The store at `path`, or the one that `sinergi build` wrote into the folder `path`."""
    from sinergi.graph.store import store_at as find

    return find(path)


def place_at(place: Place) -> Place:
    """As `store_at`; an address is what it is."""
    return place if isinstance(place, str) else store_at(place)


def open_at(path: Place) -> Store:
    """The store that `place_at` finds, opened."""
    from sinergi.graph.store import open_store

    return open_store(place_at(path))


def width() -> int | None:
    """How wide a table may be: as the terminal, and as it needs where there is none."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None
