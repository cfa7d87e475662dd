"""The shape that docs/architecture.md promises, checked over the code itself."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SHARED = {
    "errors", "files", "labels", "memory", "model", "quality", "registry", "results", "spelling",
}  # fmt: skip
# What ties the stages together; everything else in graph/ is a stage.
TIES = {"cluster", "derivation", "ingest", "pipeline", "release", "report"}
TIES |= {"commands", "server", "face"}
# Stages that build on another one, each for a reason.
BUILDS_ON = {
    "store": {"sparql", "network"},  # Store.network(), and why, stands there
    "dossier": {"queries"},  # both find things by name
    "viewer": {"network"},  # the page is a drawing of the network
    # it reads an article as extraction does; exports knows the columns of a terminal
    "explanation": {"extraction", "exports"},
    "suppression": {"resolution"},  # what is a name, and which names are one, is said there
}
MOST_LINES = {"graph": 450, "cli.py": 100}


def modules() -> Iterator[tuple[str, Path, ast.Module]]:
    """The top-level part of graph/ that a module belongs to, its path, its syntax tree."""
    for path in sorted((ROOT / "graph").rglob("*.py")):
        part = path.relative_to(ROOT / "graph").parts[0].removesuffix(".py")
        yield part, path, ast.parse(path.read_text("utf-8"))


def imported(tree: ast.Module) -> Iterator[str]:
    """Every sinergi module that is imported, at the top or within a function."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "absolute imports only"
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def stages_imported(tree: ast.Module) -> set[str]:
    prefix = "sinergi.graph."
    names = (name for name in imported(tree) if name.startswith(prefix))
    parts = {name.removeprefix(prefix).split(".")[0] for name in names}
    homes = {path.name.removesuffix(".py") for path in (ROOT / "graph").iterdir()}
    return parts & homes


def test_stages_do_not_know_one_another() -> None:
    wrong = {
        f"{path.relative_to(ROOT)} imports {', '.join(sorted(strange))}"
        for part, path, tree in modules()
        if part not in TIES
        and (strange := stages_imported(tree) - SHARED - {part} - BUILDS_ON.get(part, set()))
    }
    assert not wrong


def test_shared_modules_know_no_stage() -> None:
    for part, path, tree in modules():
        if part in SHARED:
            assert stages_imported(tree) <= SHARED, path


def test_the_ontology_knows_only_the_errors() -> None:
    for path in (ROOT / "ontology").glob("*.py"):
        assert stages_imported(ast.parse(path.read_text("utf-8"))) <= {"errors"}


@pytest.mark.parametrize("word", ["print", "exit", "breakpoint", "input"])
def test_the_library_neither_prints_nor_exits(word: str) -> None:
    for part, path, tree in modules():
        if part == "commands":
            continue  # they are the command line
        calls = (node.func for node in ast.walk(tree) if isinstance(node, ast.Call))
        for call in calls:
            name = call.id if isinstance(call, ast.Name) else None
            if isinstance(call, ast.Attribute) and isinstance(call.value, ast.Name):
                name = call.attr if call.value.id == "sys" else None
            assert name != word, f"{path.relative_to(ROOT)}:{call.lineno} calls {word}"


def test_no_clock_no_chance_no_network_no_pickle() -> None:
    """What would make two builds differ, or reach beyond the machine. (Dask, in cluster.py, reaches
    other machines on request and pickles between its own processes: its wire, none of our files.)
    """
    forbidden = {
        "time", "random", "secrets", "uuid", "socket", "pickle", "marshal", "shelve", "requests",
        "urllib3", "httpx",
    }  # fmt: skip
    # igraph's generator is seeded through random; the commands show how long is left; to serve is
    # to listen; a store may be on a server, and who writes it is told from others by chance
    allowed = {
        ("network", "random"), ("commands", "time"), ("server", "socket"), ("store", "urllib3"),
        ("store", "secrets"),
    }  # fmt: skip
    for part, path, tree in modules():
        found = {name.split(".")[0] for name in imported(tree)} & forbidden
        assert all((part, name) in allowed for name in found), path


def test_no_class_is_called_graph() -> None:
    for _, path, tree in modules():
        classes = {node.name for node in ast.walk(tree) if isinstance(node, ast.ClassDef)}
        assert "Graph" not in classes, path


def test_modules_stay_readable() -> None:
    for path in [*(ROOT / "graph").rglob("*.py"), ROOT / "cli.py"]:
        name = path.relative_to(ROOT)
        lines = len(path.read_text("utf-8").splitlines())
        assert lines <= MOST_LINES[name.parts[0]], f"{name} has {lines} lines: make it a package"


def test_every_error_descends_from_one() -> None:
    """Library code raises SinergiError's family for users; ValueError and the like for callers."""
    from sinergi.graph import errors

    family = [item for item in vars(errors).values() if isinstance(item, type)]
    assert all(issubclass(item, errors.SinergiError) for item in family)
