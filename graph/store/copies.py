"""Whole stores: copied to another place, and put back."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pyoxigraph as ox

from sinergi.graph.errors import StoreError
from sinergi.graph.store.articles import WAIT, Articles
from sinergi.graph.store.folder import (
    FORMAT,
    QUADS,
    Meta,
    cannot_write,
    hold,
    lock_for_writing,
    next_number,
    sweep,
    sync,
    write_meta,
)
from sinergi.graph.store.store import damaged


def backup(path: Path, target: Path) -> None:
    """Copy the store at `path` to the new folder `target`, as a store of its own.

    A writer may be at it meanwhile: the copy is of what was published last. Raises StoreError
    where `target` is there already or cannot be written.
    """
    if target.exists():
        raise StoreError(f"{target} is there already; name a new folder for the backup.")
    _copy(path, target)


def restore(source: Path, path: Path) -> None:
    """Put the backup `source` where the store at `path` is, or was; the backup stays.

    Readers of the former store go on with it. Raises StoreError where `source` is no store, or
    `path` is being written or holds something else.
    """
    _copy(source, path)


def _copy(source: Path, target: Path) -> None:
    if source.resolve() == target.resolve():
        raise StoreError(f"{source} cannot be copied onto itself; name another folder.")
    meta, held = hold(source)
    try:
        lock = lock_for_writing(target)
        try:
            _copy_generation(source, meta, target)
        except OSError as error:
            raise cannot_write(target, error) from None
        finally:
            lock.release()
    finally:
        held.release()


def _copy_generation(source: Path, meta: Meta, target: Path) -> None:
    number = next_number(target)
    new = Meta(FORMAT, f"generation-{number}", f"articles-{number}.sqlite")
    folder, articles = target / new.generation, target / new.articles
    try:
        shutil.copytree(source / meta.generation, folder)
        _copy_articles(source, meta, articles)
        for item in (*folder.rglob("*"), folder, articles):
            sync(item)
        _check(folder, source)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        articles.unlink(missing_ok=True)
        raise
    write_meta(target, new)
    sweep(target, new)


def _copy_articles(source: Path, meta: Meta, target: Path) -> None:
    """With what the store was given, if no writer can be about to give it more."""
    try:
        lock = lock_for_writing(source)
    except StoreError:  # there is a writer, or the medium is read-only
        lock = None
    try:
        uri = f"{(source / meta.articles).absolute().as_uri()}?mode={'rw' if lock else 'ro'}"
        with closing(sqlite3.connect(uri, uri=True, timeout=WAIT)) as db:
            db.execute("VACUUM INTO ?", (str(target),))
        if lock is None:
            with closing(Articles(target)) as copy:
                copy.forget_all()
    except sqlite3.OperationalError as error:
        raise cannot_write(target, error) from None
    except sqlite3.DatabaseError as error:
        raise StoreError(f"{source / meta.articles} is damaged ({error}).") from None
    finally:
        if lock:
            lock.release()


def _check(generation: Path, source: Path) -> None:
    """Whether a copy opens, before anything is replaced by it."""
    try:
        len(ox.Store.read_only(str(generation / QUADS)))
    except (OSError, RuntimeError) as error:
        raise damaged(source, error) from None
