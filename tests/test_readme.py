"""The README's tour, run: what it prints is what the commands print."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from sinergi.cli import main

ROOT = Path(__file__).parent.parent
BLOCKS = re.findall(r"^```\n(.*?)^```$", (ROOT / "README.md").read_text("utf-8"), re.M | re.S)
COMMAND = ".venv/bin/sinergi "


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The folder that `make demo` makes, and what it says on the way."""
    out = tmp_path_factory.mktemp("demo")
    samples, rows = str(ROOT / "data" / "samples"), str(ROOT / "data" / "samples-registry")
    built = CliRunner().invoke(main, ["build", samples, "--registry", rows, "-o", str(out)])
    assert built.exit_code == 0
    return out, built.stderr


def test_make_demo_says_what_the_readme_says(demo: tuple[Path, str]) -> None:
    said = next(block for block in BLOCKS if "articles read" in block)
    assert said.splitlines()[:2] == demo[1].splitlines()


@pytest.mark.parametrize("block", [b for b in BLOCKS if b.startswith(f"$ {COMMAND}")])
def test_the_tour(demo: tuple[Path, str], block: str) -> None:
    lines = block.splitlines()
    command = [lines.pop(0).removeprefix(f"$ {COMMAND}")]
    while lines[0].startswith("    ") and '"' in command[0] and "".join(command).count('"') % 2:
        command.append(lines.pop(0))
    words = shlex.split("\n".join(command).replace("out/demo", str(demo[0])))
    printed = CliRunner().invoke(main, words)
    assert printed.exit_code == 0
    there = [line.rstrip() for line in printed.stdout.splitlines()]
    assert [line for line in lines if line not in ("...", *there, "(2 rows)")] == []
