"""Execute docs/notebooks/*.ipynb and store them with their outputs; a test compares them.

A notebook runs in a folder of its own beside links to the checkout, so that `../../data` is the
checkout's and nothing it writes stays. What differs from run to run is not stored: times, and the
version of Python.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import nbformat
from nbclient import NotebookClient

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "notebooks"
TIMEOUT = 120  # seconds for a cell; they take a few
KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}


def notebooks() -> list[Path]:
    """The notebooks, sorted."""
    return sorted(FOLDER.glob("*.ipynb"))


def executed(path: Path) -> str:
    """The notebook at `path` as it is after a run, as JSON. Raises what a cell raises."""
    notebook = nbformat.read(path, as_version=4)
    with tempfile.TemporaryDirectory() as name:
        here = Path(name) / "docs" / "notebooks"
        here.mkdir(parents=True)
        (Path(name) / "data").symlink_to(ROOT / "data")
        # Frozen modules make the debugger of the kernel warn on standard error.
        os.environ.setdefault("PYDEVD_DISABLE_FILE_VALIDATION", "1")
        client = NotebookClient(
            notebook, timeout=TIMEOUT, kernel_name="python3", record_timing=False,
            resources={"metadata": {"path": str(here)}},
        )  # fmt: skip
        client.execute()
    notebook.metadata = {"kernelspec": KERNEL, "language_info": {"name": "python"}}
    for number, cell in enumerate(notebook.cells, 1):
        cell.id, cell.metadata = f"cell-{number}", {}
    return nbformat.writes(notebook) + "\n"


if __name__ == "__main__":
    for path in notebooks():
        path.write_text(executed(path), "utf-8")
