"""Files that appear whole or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sinergi.graph.errors import InputError

_ZIP_DAY = (1980, 1, 1, 0, 0, 0)  # the first that a zip can hold: equal files, equal bytes


@contextmanager
def new_files(out: Path) -> Iterator[Path]:
    """A folder for new files, which take their places in `out` when the block ends well.

    Raises InputError where `out` cannot be written into.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
        new = Path(tempfile.mkdtemp(prefix=".building-", dir=out))
    except OSError as error:
        raise InputError(
            f"cannot write into '{out}' ({error.strerror}); name another folder"
        ) from None
    try:
        yield new
        for path in new.iterdir():
            os.replace(path, out / path.name)
    finally:
        shutil.rmtree(new, ignore_errors=True)


def zip_folder(folder: Path, path: Path) -> None:
    """Pack a folder, with its name, into the zip file `path`; of equal files equal bytes."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(file for file in folder.rglob("*") if file.is_file()):
            name = f"{folder.name}/{file.relative_to(folder).as_posix()}"
            entry = zipfile.ZipInfo(name, _ZIP_DAY)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            with file.open("rb") as source, archive.open(entry, "w", force_zip64=True) as target:
                shutil.copyfileobj(source, target, 1 << 20)
