"""Files, folders, archives and standard input to articles, one at a time.

A bad document costs only itself: it comes as a Rejected among the articles.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING, BinaryIO
from urllib.parse import urlsplit

from sinergi.graph.errors import InputError
from sinergi.graph.model import Article
from sinergi.graph.reading import formats
from sinergi.graph.reading.formats import FIELDS, Columns, Fault, Read, Record
from sinergi.graph.reading.text import Undecodable, line

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

__all__ = ["FIELDS", "STDIN", "Advance", "Columns", "Ids", "Rejected", "read", "size"]

FORMATS: Mapping[str, Callable[[BinaryIO, Columns], Read]] = {
    ".txt": formats.plain,
    ".html": formats.html,
    ".htm": formats.html,
    ".json": formats.json_file,
    ".jsonl": formats.json_lines,
    ".csv": formats.table,
}
"""What is read, by the end of its name; inside folders and archives all else is passed over."""

STDIN = "-"
ARCHIVE = ".zip"
BUILT = (Path("store", "store.json"), Path("writer.lock"))
"""What shows that a folder is the output of a build, or a store."""

MAX_MEMBERS = 200_000
MAX_UNPACKED = 4 * 2**30
"""Files and bytes taken from one archive: far past any set of articles, short of filling memory
or hours. Members are read as streams and never written to disk, so their names can do no harm."""

Advance = Callable[[int], None]


@dataclass(frozen=True, slots=True, order=True)
class Rejected:
    """An input that is no article: the file as the user named it, the place in it, and why.

    So is an article at which extraction broke off; `trace` says where.
    """

    file: str
    place: str
    reason: str
    trace: str = ""

    def __str__(self) -> str:
        return ", ".join(filter(None, (self.file, self.place))) + f": {self.reason}"

    def to_json(self) -> dict[str, str]:
        return {"file": self.file, "place": self.place, "reason": self.reason}


def read(
    inputs: Iterable[str | Path],
    *,
    columns: Columns | None = None,
    stdin: BinaryIO | None = None,
    advance: Advance = lambda size: None,
) -> Iterator[Article | Rejected]:
    """Yield the articles of `inputs` in order; folders and archives by sorted path.

    `columns` maps a field of FIELDS to the key or column that holds it; `stdin` is what '-'
    stands for; `advance` hears the bytes of input done with. An article without an id takes
    its file's name, else its address, else a hash of its text; see Ids for ids given twice.
    Raises InputError before anything is read when an input or a column does not exist.
    """
    columns = dict(columns or {})
    if unknown := sorted(set(columns) - set(FIELDS)):
        raise InputError(f"'{unknown[0]}' is no field of an article ({', '.join(FIELDS)})")
    inputs = list(inputs)
    for name in inputs:
        if str(name) != STDIN and not Path(name).exists():
            raise InputError(f"there is no file or folder '{_shown(str(name))}'")
    return _read(inputs, columns, stdin, advance)


def size(inputs: Iterable[str | Path]) -> int | None:
    """Bytes that `read` will go through, to tell how far it is; None with standard input."""
    total = 0
    for name in inputs:
        if str(name) == STDIN:
            return None
        total += sum(_size(path) for path in _files(Path(name)))
    return total


class Ids:
    """Makes the ids of a run unique: one id, one article.

    The same article again is passed over. Different articles under one id all keep it, with a
    part of their own hash behind: the first too, but it has gone its way by then, so that its
    new id stands in `renamed`. Who came first makes no difference to what a whole run is given.
    """

    def __init__(self) -> None:
        self.repeated = 0
        self.renamed: dict[str, str] = {}
        self._digests: dict[str, str] = {}

    def admit(self, article: Article) -> Article | None:
        """The article under an id of its own; None when it has been admitted already."""
        digest = _digest(
            article.title, article.text, article.published, article.publisher, article.url
        )
        first = self._digests.get(article.id)
        if first is None:
            self._digests[article.id] = digest
            return article
        if first == digest:
            self.repeated += 1
            return None
        self.renamed.setdefault(article.id, _own_id(article.id, first))
        return self.admit(replace(article, id=_own_id(article.id, digest)))


def _own_id(shared: str, digest: str) -> str:
    return f"{shared}-{digest[:8]}"


def _read(
    inputs: list[str | Path], columns: Columns, stdin: BinaryIO | None, advance: Advance
) -> Iterator[Article | Rejected]:
    for name in inputs:
        if str(name) == STDIN:
            yield from _standard_input(stdin or sys.stdin.buffer, columns)
            continue
        found = False
        for path in _files(Path(name)):
            found = True
            yield from _file(path, columns, advance)
        if not found:
            yield Rejected(_shown(str(name)), "", f"holds no file of a kind read ({_kinds()})")


def _files(path: Path) -> Iterator[Path]:
    """The file itself, or what a folder holds that can be read: sorted, hidden files left out.

    So are folders within it that sinergi wrote: they hold results, not articles.
    """
    if not path.is_dir():
        yield path
        return
    # os.walk does not follow links to folders, so that none can lead in a circle.
    for folder, folders, files in os.walk(path):
        folders[:] = sorted(
            name
            for name in folders
            if not name.startswith(".")
            and not any(Path(folder, name, sign).exists() for sign in BUILT)
        )
        for name in sorted(files):
            if _suffix(name) in (*FORMATS, ARCHIVE) and not name.startswith("."):
                yield Path(folder, name)


def _file(path: Path, columns: Columns, advance: Advance) -> Iterator[Article | Rejected]:
    shown = _shown(str(path))
    suffix = _suffix(path.name)
    try:
        if suffix == ARCHIVE:
            with path.open("rb") as stream:
                yield from _archive(stream, shown, columns)
            advance(path.stat().st_size)
        elif suffix in FORMATS:
            with io.BufferedReader(_Counted(path.open("rb", buffering=0), advance)) as stream:
                yield from _document(stream, suffix, shown, path.stem, columns)
        else:
            yield Rejected(shown, "", f"is of no kind that sinergi reads ({_kinds()})")
    except OSError as error:
        yield Rejected(shown, "", f"cannot be read ({error.strerror or error})")


def _archive(stream: BinaryIO, shown: str, columns: Columns) -> Iterator[Article | Rejected]:
    try:
        with zipfile.ZipFile(stream) as archive:
            members = sorted(
                (info for info in archive.infolist() if not info.is_dir()),
                key=lambda info: info.filename,
            )
            members = [m for m in members if _suffix(m.filename) in FORMATS and not _hidden(m)]
            if not members or len(members) > MAX_MEMBERS:
                count = f"{len(members):,}" if members else "no"
                yield Rejected(shown, "", f"holds {count} files of a kind read ({_kinds()})")
                return
            left = [MAX_UNPACKED]
            for info in members:
                yield from _member(archive, info, shown, columns, left)
                if left[0] < 0:
                    reason = (
                        f"unpacks to more than {MAX_UNPACKED // 2**30} GB; the rest is left out"
                    )
                    yield Rejected(shown, "", reason)
                    return
    except (zipfile.BadZipFile, NotImplementedError) as error:
        yield Rejected(shown, "", f"is no zip archive that can be read ({error})")


def _member(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, shown: str, columns: Columns, left: list[int]
) -> Iterator[Article | Rejected]:
    """One file of an archive; `left` counts down the bytes that may still be unpacked."""

    def take(size: int) -> None:
        left[0] -= size
        if left[0] < 0:
            raise zipfile.BadZipFile("too large")

    name = PurePosixPath(info.filename)
    label = f"{shown}/{_shown(str(name))}"
    try:
        with io.BufferedReader(_Counted(archive.open(info), take)) as stream:
            yield from _document(stream, _suffix(name.name), label, name.stem, columns)
    # An encrypted member is a RuntimeError, an unknown compression a NotImplementedError.
    except (OSError, EOFError, RuntimeError, zipfile.BadZipFile, zlib.error) as error:
        yield Rejected(label, "", f"cannot be unpacked ({error})")


def _standard_input(stream: BinaryIO, columns: Columns) -> Iterator[Article | Rejected]:
    head = stream.readline(formats.MAX_DOCUMENT)
    shown = "standard input"
    if head.startswith(b"PK\3\4"):
        yield Rejected(shown, "", "an archive has to be given as a file")
        return
    whole = io.BufferedReader(_Counted(stream, lambda size: None, head))
    yield from _document(whole, _sniffed(head), shown, "", columns)


def _sniffed(head: bytes) -> str:
    """The kind of a stream by its first line."""
    start = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if start.startswith(b"<"):
        return ".html"
    if start.startswith(b"{"):
        try:
            json.loads(start)
        except ValueError:
            return ".json"  # an object over several lines
        return ".jsonl"
    return ".json" if re.match(rb"\[\s*(\{|\]|$)", start) else ".txt"


def _document(
    stream: BinaryIO, suffix: str, shown: str, stem: str, columns: Columns
) -> Iterator[Article | Rejected]:
    try:
        for item in FORMATS[suffix](stream, columns):
            if isinstance(item, Fault):
                yield Rejected(shown, item.place, item.reason)
            else:
                yield _article(item, shown, stem)
    except (formats.TooLarge, Undecodable) as error:
        yield Rejected(shown, "", str(error))


def _article(record: Record, shown: str, stem: str) -> Article:
    fields = record.fields
    text = fields["text"] or ""
    url = _web_address(fields["url"])
    digest = hashlib.sha256(text.encode()).hexdigest()
    name = line(stem) if not record.place else None
    return Article(
        id=fields["id"] or name or _id_of(url) or f"article-{digest[:16]}",
        title=fields["title"] or "",
        text=text,
        published=fields["published"],
        publisher=fields["publisher"],
        url=url,
        sha256=digest,
        source=", ".join(filter(None, (shown, record.place))),
    )


def _web_address(url: str | None) -> str | None:
    """An http(s) address; anything else is no place where an article stands."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.hostname else None


def _id_of(url: str | None) -> str:
    return re.sub(r"\W+", "-", url.partition("://")[2]).strip("-").lower() if url else ""


def _digest(*fields: str | None) -> str:
    return hashlib.sha256(json.dumps(fields).encode()).hexdigest()


def _suffix(name: str) -> str:
    return PurePosixPath(name).suffix.lower()


def _hidden(info: zipfile.ZipInfo) -> bool:
    """Dot files, and the shadow copies that macOS packs along."""
    parts = PurePosixPath(info.filename).parts
    return any(part.startswith((".", "__MACOSX")) and part != ".." for part in parts)


def _kinds() -> str:
    return " ".join((*FORMATS, ARCHIVE))


def _shown(name: str) -> str:
    """A file name fit for a message: on one line, whatever its bytes."""
    return line(name) or "''"


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


class _Counted(io.RawIOBase):
    """Bytes of another stream, behind some already read of it; `advance` hears how many."""

    def __init__(self, stream: BinaryIO | IO[bytes], advance: Advance, head: bytes = b"") -> None:
        # read1 hands on what a pipe has, where read would wait for a full block.
        self._next = getattr(stream, "read1", stream.read)
        self._stream, self._advance, self._head = stream, advance, head

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer)
        block = self._head[: len(view)] or self._next(len(view))
        self._head = self._head[len(view) :]
        view[: len(block)] = block
        self._advance(len(block))
        return len(block)

    def close(self) -> None:
        self._stream.close()
        super().close()
