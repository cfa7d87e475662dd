"""The notebooks of docs/, run again: their stored outputs are what they give today."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import nbformat
import pytest

ROOT = Path(__file__).parent.parent


def _maker() -> ModuleType:
    path = ROOT / "docs" / "make_notebooks.py"
    spec = importlib.util.spec_from_file_location("make_notebooks", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


MAKER = _maker()


@pytest.mark.parametrize("path", MAKER.notebooks(), ids=lambda path: path.stem)
def test_a_notebook_runs_and_gives_what_it_shows(path: Path) -> None:
    stored = path.read_text("utf-8")
    assert MAKER.executed(path) == stored, "make docs"
    cells = nbformat.reads(stored, as_version=4).cells
    code = [cell for cell in cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
    assert str(ROOT) not in stored


def test_both_notebooks_find_the_same_brokers() -> None:
    """What their texts call the finding stands in their outputs."""
    network, sparql = (
        (MAKER.FOLDER / name).read_text("utf-8")
        for name in ("brokers.ipynb", "brokers-sparql.ipynb")
    )
    assert "held only: Kepolisian Negara Republik Indonesia" in network
    for broker in ("Kejaksaan Agung", "Kepolisian Negara Republik Indonesia"):
        assert broker in network and f">{broker}</td>" in sparql
