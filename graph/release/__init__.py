"""A dataset to cite: graph, tables, page, decisions, quality, descriptions, in one folder or zip.

Nothing in it has an article's text but for quotes, and nothing the clock: the same store and the
same options give the same bytes. SHA256SUMS lists what the dataset consists of, and the digest of
SHA256SUMS is the content hash; files that state that hash, or who publishes, are not among them.
"""

from __future__ import annotations

import csv
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sinergi.graph.derivation import remembered
from sinergi.graph.errors import InputError
from sinergi.graph.exports import export_graph
from sinergi.graph.exports.tables import write_tables
from sinergi.graph.files import zip_folder
from sinergi.graph.pipeline import TRIG, draw
from sinergi.graph.registry import Registry
from sinergi.graph.release.about import About, Described, describe
from sinergi.graph.release.crate import write_crate
from sinergi.graph.release.dataset import dataset_turtle
from sinergi.graph.release.quality import quality_turtle
from sinergi.graph.release.words import citation, license_text, readme
from sinergi.graph.resolution.decisions import COLUMNS, FILE_NAME
from sinergi.graph.results import select
from sinergi.graph.store import open_store
from sinergi.graph.store.articles import Articles
from sinergi.graph.store.folder import read_meta
from sinergi.graph.store.store import Store
from sinergi.graph.suppression import RELEASED_COLUMNS, released
from sinergi.graph.viewer import PageText
from sinergi.ontology import FILES, read

__all__ = ["About", "Released", "release"]

SUMS = "SHA256SUMS"
PAGE, TABLES, ONTOLOGY = "network.html", "tables", "ontology"

_DECISIONS = """
SELECT ?decision ?mention ?judgement ?reason ?reviewer ?date {
  ?decision a sin:Decision ; sin:mention ?mention ; sin:judgement ?judgement ;
    sin:reason ?reason ; sin:reviewer ?reviewer ; dcterms:date ?date }
ORDER BY STR(?decision) STR(?mention)"""


@dataclass(frozen=True, slots=True)
class Released:
    """What a release came to be."""

    path: Path
    version: str
    date: str
    content: str  # the content hash
    files: int

    def summary(self) -> str:
        """The same on one line."""
        return (
            f"{self.path}: version {self.version} of {self.date}, {self.files} files, "
            f"content sha256 {self.content}"
        )


def release(
    store: Path, out: Path, about: About | None = None, *, registry: Registry | None = None
) -> Released:
    """Write the release of the store at `store` into the folder `out`, or into a .zip of that name.

    An older release at `out` is replaced when all is written. Raises InputError where `out` is
    something else, or cannot be written; StoreError where `store` cannot be read.
    """
    about, zipped = about or About(), out.suffix.lower() == ".zip"
    _check(out, zipped)
    opened = open_store(store)
    with closing(Articles(store / read_meta(store).articles, read_only=True)) as articles:
        suppressions = released(remembered(articles).suppressions)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        new = Path(tempfile.mkdtemp(prefix=".releasing-", dir=out.parent))
    except OSError as error:
        raise InputError(f"cannot write '{out}' ({error.strerror}); name another place") from None
    try:
        folder = new / out.stem if zipped else new / "release"
        folder.mkdir()
        described = describe(opened, about)
        _write_content(opened, folder, described, suppressions, registry or Registry.load())
        sums = _sums(folder)
        (folder / SUMS).write_text(sums, "utf-8", newline="\n")
        content = hashlib.sha256(sums.encode()).hexdigest()
        described = described.stamped(content)
        _describe(folder, described, len(suppressions))
        files = sum(path.is_file() for path in folder.rglob("*"))
        if zipped:
            zip_folder(folder, new / "zip")
            os.replace(new / "zip", out)
        else:
            if out.exists():
                os.replace(out, new / "before")
            os.replace(folder, out)
    except OSError as error:
        raise InputError(f"cannot write '{out}' ({error.strerror}); name another place") from None
    finally:
        shutil.rmtree(new, ignore_errors=True)
    return Released(out, described.version, described.date, content, files)


def _check(out: Path, zipped: bool) -> None:
    """What stands at `out` may be replaced."""
    if not out.exists() or (zipped and out.is_file()):
        return
    if not out.is_dir() or zipped:
        raise InputError(f"'{out}' is no folder; name another place for the release")
    if any(out.iterdir()) and not (out / SUMS).exists():
        raise InputError(f"'{out}' holds something else than a release; name a new folder")


def _write_content(
    store: Store,
    folder: Path,
    described: Described,
    suppressions: Iterable[Sequence[str]],
    registry: Registry,
) -> None:
    """What the dataset consists of."""
    with (folder / TRIG).open("w", encoding="utf-8", newline="\n") as stream:
        export_graph(store.quads(), "trig", stream)
    about = {
        "title": described.title,
        "description": described.text,
        "licenses": [
            {"name": described.license, "path": described.license_url, "title": described.terms}
        ],
    }
    write_tables(store, folder / TABLES, "csv", about=about)
    page = PageText(described.title, described.text, f"{described.license} ({described.terms})")
    draw(store, folder / PAGE, registry=registry, text=page)
    _write_csv(folder / FILE_NAME, COLUMNS, _decisions(store))
    _write_csv(folder / "suppressions.csv", RELEASED_COLUMNS, suppressions)
    (folder / ONTOLOGY).mkdir()
    for name in (*FILES, "context.jsonld"):
        (folder / ONTOLOGY / name).write_text(read(name), "utf-8", newline="\n")
    (folder / "quality.ttl").write_text(
        quality_turtle(store, described.base), "utf-8", newline="\n"
    )


def _describe(folder: Path, described: Described, suppressed: int) -> None:
    """What says whose dataset it is, and what is in it."""
    for name, text in (
        ("LICENSE", license_text(described)),
        ("CITATION.cff", citation(described)),
        ("README.md", readme(described, suppressed)),
        ("dataset.ttl", dataset_turtle(described, folder)),
    ):
        (folder / name).write_text(text, "utf-8", newline="\n")
    write_crate(folder, described)


def _decisions(store: Store) -> list[list[str]]:
    """The decisions in force as lines of a file of decisions, which the graph holds."""
    by_node: dict[str, list[dict[str, str]]] = {}
    for row in select(store, _DECISIONS).dicts():
        by_node.setdefault(row["decision"], []).append(row)
    lines = []
    for rows in by_node.values():
        left, right = (row["mention"] for row in rows)
        first = rows[0]
        judgement = first["judgement"].rsplit("/", 1)[-1]
        lines.append([left, right, judgement, first["reason"], first["reviewer"], first["date"]])
    return sorted(lines)


def _write_csv(path: Path, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)


def _sums(folder: Path) -> str:
    """A line for each file, as sha256sum writes and checks them."""
    lines = []
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
            lines.append(f"{digest}  {path.relative_to(folder).as_posix()}\n")
    return "".join(lines)
