"""Files that appear whole or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sinergi.graph.errors import InputError


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
