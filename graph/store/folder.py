"""The folder of a store: its generations, and who may touch which.

    store.json         {"format": 2, "generation": "generation-7", "articles": "articles-1.sqlite",
                        "quads": 1803}
    generation-7/      what readers see: never changed once store.json names it
        quads/             Oxigraph's own files
        index.sqlite       what is looked up by name or counted, made from the quads (index.py)
    index-7.sqlite     the same rows once more, for the next writer to change
    articles-1.sqlite  what each article states, for resolving anew (articles.py)
    writer.lock        held by the one writer, and naming it
    working/           what that writer is at

Replacing store.json is the one step that counts: what is written before it is invisible, and
a writer that dies leaves the last generation as it was. A new generation shares the quads' files
with the former one by hard links, so that it costs milliseconds, not a copy. The index is one file,
of which there are two: the writer changes the spare one, publishes it, and brings the one that
stood there before up to date for the next writer (it is copied where that is being read). Readers
write nothing and wait for nobody: each holds a shared lock on the generation it reads, which a
read-only medium allows, and a generation goes when it is no longer named and no longer held.
"""

from __future__ import annotations

import json
import os
import platform
import re
import shutil
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from sinergi.graph.errors import StoreError

try:
    import fcntl
except ImportError:  # Windows deletes no file that is open, and is left to one writer by its user
    fcntl = None  # type: ignore[assignment]

FORMAT = 2  # raise it when an older sinergi could no longer read what is written
META, WORKING, LOCK = "store.json", "working", "writer.lock"
QUADS, INDEX = "quads", "index.sqlite"  # within a generation
GRAPH = "graph.trig"  # of a release
GENERATION = re.compile(r"generation-(\d+)")
ARTICLES = re.compile(r"articles-(\d+)\.sqlite")
SPARE = re.compile(r"index-\d+\.sqlite")


@dataclass(frozen=True, slots=True)
class Meta:
    """store.json."""

    format: int
    generation: str
    articles: str
    quads: int | None = None
    """How many there are, which takes long to count."""

    @property
    def spare(self) -> str:
        """The file that has the rows of the generation's index once more."""
        return f"index-{self.generation.removeprefix('generation-')}.sqlite"


def store_at(path: Path) -> Path:
    """The store at `path`, or the one that a build wrote into the folder `path`."""
    inner = path / "store"
    return inner if (inner / META).exists() else path


def holds_graph_file(path: Path) -> bool:
    """Whether there is a graph that is no store: a file, or the folder of a release."""
    return path.is_file() or ((path / GRAPH).is_file() and not (path / META).exists())


def read_meta(root: Path) -> Meta:
    """What store.json names. Raises StoreError where there is no store that this sinergi reads."""
    if not root.exists():
        raise StoreError(
            f"There is no store at {root}; `sinergi build` or `sinergi ingest` makes one."
        )
    try:
        found = json.loads((root / META).read_text("utf-8"))
        version = int(found["format"])
    except (FileNotFoundError, NotADirectoryError):
        raise StoreError(
            f"{root} is not a store of sinergi: it has no {META} (give the folder OUT/store that "
            "`sinergi build` wrote)."
        ) from None
    except OSError as error:
        raise StoreError(f"Cannot read the store at {root}: {error}.") from None
    except (ValueError, KeyError, TypeError):
        raise _damaged(root) from None
    if version > FORMAT:
        raise StoreError(
            f"The store at {root} has format {version}, and this sinergi reads up to {FORMAT}; "
            "update sinergi or build the store again."
        )
    if version < FORMAT:
        raise StoreError(
            f"The store at {root} has format {version} of an earlier sinergi; build it again."
        )
    try:
        quads = found.get("quads")
        count = None if quads is None else int(quads)
        meta = Meta(version, str(found["generation"]), str(found["articles"]), count)
    except (KeyError, ValueError, TypeError):
        raise _damaged(root) from None
    if not GENERATION.fullmatch(meta.generation) or not ARTICLES.fullmatch(meta.articles):
        raise _damaged(root)
    return meta


def hold(root: Path) -> tuple[Meta, Lock]:
    """What store.json names, and a lock by which that generation stays; raises as `read_meta`."""
    while True:
        meta = read_meta(root)
        try:
            lock = Lock.take(root / meta.generation, shared=True)
        except OSError as error:
            lock = None
            if read_meta(root) == meta:
                raise StoreError(
                    f"The store at {root} is damaged ({error}); restore a backup or build it again."
                ) from None
        # Otherwise a writer has published since and is sweeping, or has swept.
        if lock and read_meta(root) == meta:
            return meta, lock


def write_meta(root: Path, meta: Meta) -> None:
    """Make `meta` what readers see from now on; it is on disk when this returns."""
    new = root / f"{META}.new"
    with new.open("w", encoding="utf-8") as stream:
        stream.write(json.dumps(asdict(meta)) + "\n")
        stream.flush()
        os.fsync(stream.fileno())
    os.replace(new, root / META)
    sync(root)


def sync(path: Path) -> None:
    """Have a file, or what a folder lists, on disk."""
    try:
        handle = os.open(path, os.O_RDONLY)
    except PermissionError:  # Windows opens no folder
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def next_number(root: Path) -> int:
    """A number that no generation and no file of articles has had while they stand."""
    found = (GENERATION.fullmatch(p.name) or ARTICLES.fullmatch(p.name) for p in root.iterdir())
    return max((int(match[1]) for match in found if match), default=0) + 1


def sweep(
    root: Path, keep: Meta | None, *, working: bool = False, index: tuple[str, Path] | None = None
) -> None:
    """Remove what is not of `keep`, but for generations that are being read, and `working`.

    `index` names a generation and a place: its index goes there, if nobody has it but us.
    """
    if not working:
        shutil.rmtree(root / WORKING, ignore_errors=True)
    for path in root.iterdir():
        name = path.name.removesuffix("-journal")
        if keep and name in (keep.articles, keep.generation, keep.spare):
            continue
        if ARTICLES.fullmatch(name) or SPARE.fullmatch(name):
            with suppress(OSError):
                path.unlink()
        elif GENERATION.fullmatch(name):
            lock = Lock.take(path, shared=False)
            if lock:
                if index and index[0] == name and lock.is_sure:
                    with suppress(OSError):
                        if (path / INDEX).stat().st_nlink == 1:
                            os.replace(path / INDEX, index[1])
                shutil.rmtree(path, ignore_errors=True)
                lock.release()


class Lock:
    """An advisory lock on a file or folder; it goes with the process, however that ends."""

    def __init__(self, handle: int | None) -> None:
        self._handle = handle

    @classmethod
    def take(cls, path: Path, *, shared: bool) -> Lock | None:
        """The lock, or None where another one is in its way; does not wait."""
        if fcntl is None:
            return cls(None)
        handle = os.open(path, os.O_RDONLY)
        try:
            fcntl.flock(handle, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            return None
        except OSError:  # a file system without locks: then as on Windows
            os.close(handle)
            return cls(None)
        return cls(handle)

    @property
    def is_sure(self) -> bool:
        """Whether there are locks at all."""
        return self._handle is not None

    def release(self) -> None:
        if self._handle is not None:
            handle, self._handle = self._handle, None
            os.close(handle)

    def __del__(self) -> None:
        self.release()


def lock_for_writing(root: Path) -> Lock:
    """Be the one writer of `root`, which is made if need be.

    Raises StoreError where another process is, naming it, where `root` holds something else than
    a store, and where it cannot be written.
    """
    try:
        if root.exists() and not (root / META).exists():
            strangers = [path.name for path in root.iterdir() if not _ours(path.name)]
            if strangers:
                raise StoreError(
                    f"{root} holds something else than a store ({min(strangers)}); "
                    "name a new folder."
                )
        root.mkdir(parents=True, exist_ok=True)
        path = root / LOCK
        path.open("a").close()
        lock = Lock.take(path, shared=False)
        if lock is None:
            holder = path.read_text("utf-8", "replace").strip() or "another process"
            raise StoreError(f"{root} is being written by {holder}; try again when it is done.")
        path.write_text(f"process {os.getpid()} on {platform.node()}\n", "utf-8")
    except OSError as error:
        raise cannot_write(root, error) from None
    return lock


def cannot_write(place: Path | str, error: Exception) -> StoreError:
    """The sentence for what the disk or Oxigraph says against a write."""
    return StoreError(
        f"Cannot write the store at {place} ({getattr(error, 'strerror', None) or error}); "
        "what was acknowledged before is kept."
    )


def _ours(name: str) -> bool:
    return (
        name in (META, f"{META}.new", WORKING, LOCK)
        or GENERATION.fullmatch(name) is not None
        or SPARE.fullmatch(name) is not None
        or ARTICLES.fullmatch(name.removesuffix("-journal")) is not None
    )


def _damaged(root: Path) -> StoreError:
    return StoreError(f"{root / META} is damaged; restore a backup or build the store again.")
