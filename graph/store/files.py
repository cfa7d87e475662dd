"""A graph in an RDF file, a release or its zip, opened as a store."""

from __future__ import annotations

import shutil
import tempfile
import weakref
import zipfile
from pathlib import Path
from typing import IO

import pyoxigraph as ox

from sinergi.graph.errors import StoreError
from sinergi.graph.store.folder import GRAPH
from sinergi.graph.store.store import Store


def open_file(path: Path) -> Store:
    """The graph of an RDF file, a release's folder or zip, for reading, without an index.

    It is loaded into a store in a temporary folder, so that memory does not grow with it; the
    folder goes with the store. Raises StoreError where it cannot be read.
    """
    folder = Path(tempfile.mkdtemp(prefix="sinergi-"))
    try:
        inner = ox.Store(str(folder))
        if path.is_dir():
            _load(inner, path / GRAPH, None)
        elif path.suffix.lower() == ".zip":
            _load_zip(inner, path)
        else:
            _load(inner, path, None)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    store = Store(inner, str(path))
    weakref.finalize(store, shutil.rmtree, folder, True)
    return store


def _load_zip(store: ox.Store, path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            names = [name for name in archive.namelist() if Path(name).name == GRAPH]
            if len(names) != 1:
                raise StoreError(f"{path} is no release: it has {len(names)} files {GRAPH}.")
            with archive.open(names[0]) as stream:
                _load(store, Path(GRAPH), stream, path)
    except (OSError, zipfile.BadZipFile) as error:
        raise StoreError(f"{path} cannot be read: {error}.") from None


def _load(store: ox.Store, path: Path, stream: IO[bytes] | None, place: Path | None = None) -> None:
    place = place or path
    format = ox.RdfFormat.from_extension(path.suffix.removeprefix("."))
    if format is None:
        raise StoreError(
            f"{place} is neither a store nor a release, and has no extension of an RDF syntax "
            "(.ttl, .nt, .nq, .trig, .jsonld, .rdf)."
        )
    try:
        if stream is not None:
            store.bulk_load(input=stream, format=format)
        else:
            store.bulk_load(path=str(path), format=format)
    except (OSError, SyntaxError, ValueError) as error:
        raise StoreError(f"{place} cannot be read as {format.name}: {error}.") from None
