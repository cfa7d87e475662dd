"""What each article states, kept beside the quads: the memory of the one writer.

Others may read it meanwhile.

Who is who depends on all articles together, so a batch may change the graphs of articles that it
does not have. Each article's row therefore has what it states, under which rules that was found,
and a digest of the graph that the store was last given for it. The digest is emptied before a graph
is touched and set after it is published: a row without one is unfinished work, and whoever writes
next finishes it. Beside these rows whoever resolves keeps its own tables (`resolving`).
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from sinergi.graph.errors import StoreError
from sinergi.graph.model import Article, Extraction
from sinergi.graph.store import codec
from sinergi.graph.store.folder import cannot_write

WAIT = 60.0  # seconds for a backup that is reading

_SCHEMA = """
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS article (
  id TEXT PRIMARY KEY,
  digest TEXT NOT NULL,   -- of the article itself, wherever it was read
  rules TEXT NOT NULL,    -- under which `stated` was found
  article BLOB NOT NULL,
  stated BLOB NOT NULL,
  removed INTEGER NOT NULL DEFAULT 0
);
-- Without these every step would read through what all articles state.
CREATE INDEX IF NOT EXISTS article_rules ON article (rules);
CREATE INDEX IF NOT EXISTS article_removed ON article (id) WHERE removed;
CREATE TABLE IF NOT EXISTS changed (id TEXT PRIMARY KEY) WITHOUT ROWID; -- not resolved since
CREATE TABLE IF NOT EXISTS graph (iri TEXT PRIMARY KEY, digest TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS graph_unfinished ON graph (iri) WHERE digest = '';
"""


def digest(*parts: bytes | str) -> str:
    """A digest of parts in their order."""
    whole = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        whole.update(b"%d:" % len(data) + data)
    return whole.hexdigest()


class Articles:
    """The rows; each method is one durable step, and raises StoreError where it cannot be done."""

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        """Open the file, or make it; with `read_only` nothing is made and nothing locked out."""
        self._path, self._read_only = path, read_only
        with self._telling():
            if read_only:
                uri = f"{path.absolute().as_uri()}?mode=ro"
                self._db = sqlite3.connect(uri, uri=True, timeout=WAIT)
                return
            self._db = sqlite3.connect(path, timeout=WAIT, isolation_level=None)
            self._db.execute("PRAGMA synchronous = FULL")
            self._db.execute("PRAGMA cache_size = -65536")
            self._db.execute("PRAGMA cache_spill = OFF")  # a long step keeps no reader out
            self._db.executescript(_SCHEMA)

    def close(self) -> None:
        self._db.close()

    def __len__(self) -> int:
        """The articles, those waiting to be written among them."""
        with self._telling():
            (count,) = self._db.execute(
                "SELECT (SELECT COUNT(*) FROM article) - "
                "(SELECT COUNT(*) FROM article WHERE removed)"
            ).fetchone()
        return int(count)

    # What articles state -----------------------------------------------------------------------

    def keep(self, extractions: Iterable[Extraction], rules: str) -> None:
        """Add articles or replace those of the same id; `rules` names what they were read by."""
        rows = []
        for extraction in extractions:
            given = extraction.article
            article, stated = codec.article_to_bytes(given), codec.stated_to_bytes(extraction)
            rows.append((given.id, _itself(given), _under(rules), article, stated))
        with self._step():
            self._unsettle()
            self._db.executemany(
                "REPLACE INTO article (id, digest, rules, article, stated) VALUES (?, ?, ?, ?, ?)",
                rows,
            )
            self._touch(row[0] for row in rows)

    def has(self, article: Article, rules: str) -> bool:
        """Whether this very article is kept, as read by these rules."""
        with self._telling():
            row = self._db.execute(
                "SELECT digest, rules FROM article WHERE id = ? AND NOT removed", (article.id,)
            ).fetchone()
        return bool(row == (_itself(article), _under(rules)))

    def holds(self, id: str) -> bool:
        """Whether an article of this id is kept."""
        with self._telling():
            row = self._db.execute(
                "SELECT 1 FROM article WHERE id = ? AND NOT removed", (id,)
            ).fetchone()
        return row is not None

    def remove(self, ids: Iterable[str]) -> None:
        """Mark articles as to be removed; StoreError, and none is, if one is not there."""
        with self._step():
            self._unsettle()
            for id in ids:
                self._touch((id,))
                changed = self._db.execute(
                    "UPDATE article SET removed = 1 WHERE id = ? AND NOT removed", (id,)
                )
                if not changed.rowcount:
                    raise StoreError(f"The store has no article '{id}'; nothing was removed.")

    def rename(self, old: str, new: str) -> None:
        """Give an article another id; it keeps what it states."""
        with self._telling():
            row = self._db.execute(
                "SELECT article, stated, rules FROM article WHERE id = ? AND NOT removed", (old,)
            ).fetchone()
        if row is None:
            return
        renamed = replace(self._decoded(row[0]), id=new)
        with self._step():
            self._unsettle()
            self._touch((old, new))
            self._db.execute("DELETE FROM article WHERE id = ?", (old,))
            self._db.execute(
                "REPLACE INTO article (id, digest, rules, article, stated) VALUES (?, ?, ?, ?, ?)",
                (new, _itself(renamed), row[2], codec.article_to_bytes(renamed), row[1]),
            )

    def stale(self, rules: str) -> Iterator[Article]:
        """Articles that were read by other rules than these."""
        query = (
            "SELECT article FROM article WHERE (rules < ?1 OR rules > ?1) AND NOT removed "
            "ORDER BY id"
        )
        for (data,) in self._rows(query, (_under(rules),)):
            yield self._decoded(data)

    def empty_unreadable(self, rules: str) -> None:
        """Of articles that were read by other rules than these, have those state nothing whose
        statements are written as they can no longer be read; they stay to be read anew."""
        query = "SELECT id, article, stated FROM article WHERE (rules < ?1 OR rules > ?1)"
        for id, data, stated in list(self._rows(query, (_under(rules),))):
            try:
                self._stated(data, stated)
            except StoreError:
                nothing = codec.stated_to_bytes(Extraction(self._decoded(data)))
                with self._step():
                    self._unsettle()
                    self._db.execute("UPDATE article SET stated = ? WHERE id = ?", (nothing, id))
                    self._touch((id,))

    def extractions(self) -> Iterator[tuple[Extraction, str]]:
        """What all articles state, by id, each with a digest of it."""
        query = "SELECT article, stated FROM article WHERE NOT removed ORDER BY id"
        for data, stated in self._rows(query, ()):
            yield self._stated(data, stated), digest(data, stated)

    def extraction(self, id: str) -> Extraction:
        """What one article states. Raises KeyError if it is not there."""
        query = "SELECT article, stated FROM article WHERE id = ? AND NOT removed"
        for data, stated in self._rows(query, (id,)):
            return self._stated(data, stated)
        raise KeyError(id)

    def text(self, id: str) -> str:
        """The text of one article. Raises KeyError if it is not there."""
        for (data,) in self._rows("SELECT article FROM article WHERE id = ?", (id,)):
            return self._decoded(data).text
        raise KeyError(id)

    def changes(self) -> Iterator[tuple[str, Extraction | None, str]]:
        """What articles state that came or changed since `resolving` last ended well, with a digest
        of it; None for those that are gone."""
        query = (
            "SELECT changed.id, article, stated FROM changed "
            "LEFT JOIN article ON article.id = changed.id AND NOT removed ORDER BY changed.id"
        )
        for id, data, stated in list(self._rows(query, ())):
            if data is None:
                yield id, None, ""
            else:
                yield id, self._stated(data, stated), digest(data, stated)

    @contextmanager
    def resolving(self) -> Iterator[sqlite3.Connection]:
        """One step in which what has changed is resolved; it may have tables of its own."""
        with self._step():
            yield self._db
            self._db.execute("DELETE FROM changed")

    def _touch(self, ids: Iterable[str]) -> None:
        self._db.executemany("REPLACE INTO changed VALUES (?)", ((id,) for id in ids))

    # Which graphs the store was given ------------------------------------------------------------

    def written(self) -> dict[str, str]:
        """The digest of every graph that stands in the store, by its IRI."""
        return dict(self._rows("SELECT iri, digest FROM graph", ()))

    def sign(self, iri: str) -> str | None:
        """The digest of a graph; "" while it is not finished, None if it does not stand there."""
        for (found,) in self._rows("SELECT digest FROM graph WHERE iri = ?", (iri,)):
            return str(found)
        return None

    def unfinished(self) -> set[str]:
        """The graphs that were about to change when a writer ended."""
        return {iri for (iri,) in self._rows("SELECT iri FROM graph WHERE digest = ''", ())}

    def forget(self, iris: Iterable[str]) -> None:
        """Note that these graphs are about to change."""
        with self._step():
            self._db.executemany("REPLACE INTO graph VALUES (?, '')", ((iri,) for iri in iris))

    def forget_all(self) -> None:
        """Note that the store has been given nothing."""
        with self._step():
            self._unsettle()
            self._db.execute("DELETE FROM graph")

    def finish(self, written: Mapping[str, str | None], settled: str) -> None:
        """Note what now stands in the store, None for a graph that is gone.

        `settled` names all that the graph follows from besides the articles.
        """
        with self._step():
            self._db.executemany(
                "DELETE FROM graph WHERE iri = ?", [(i,) for i, d in written.items() if d is None]
            )
            self._db.executemany(
                "REPLACE INTO graph VALUES (?, ?)", [(i, d) for i, d in written.items() if d]
            )
            self._db.execute("DELETE FROM article WHERE removed")
            self._db.execute("REPLACE INTO meta VALUES ('settled', ?)", (settled,))

    def settled(self) -> str | None:
        """What the last `finish` said, None where articles have come or gone since."""
        return self.get("settled")

    def _unsettle(self) -> None:
        self._db.execute("DELETE FROM meta WHERE name = 'settled'")

    # Settings ------------------------------------------------------------------------------------

    def get(self, name: str) -> str | None:
        """A setting of the store."""
        with self._telling():
            row = self._db.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return row[0] if row else None

    def set(self, name: str, value: str) -> None:
        with self._step():
            self._db.execute("REPLACE INTO meta VALUES (?, ?)", (name, value))

    def vacuum(self) -> None:
        """Give space back to the disk."""
        with self._telling():
            self._db.execute("VACUUM")

    def _rows(self, query: str, values: tuple[str, ...]) -> Iterator[tuple[Any, ...]]:
        with self._telling():
            yield from self._db.execute(query, values)

    def _stated(self, data: bytes, stated: bytes) -> Extraction:
        try:
            return codec.extraction_from_bytes(self._decoded(data), stated)
        except (ValueError, TypeError, LookupError):
            raise self._damaged() from None

    def _decoded(self, data: bytes) -> Article:
        try:
            return codec.article_from_bytes(data)
        except (ValueError, TypeError):
            raise self._damaged() from None

    def _step(self) -> AbstractContextManager[None]:
        return self._telling(step=True)

    @contextmanager
    def _telling(self, step: bool = False) -> Iterator[None]:
        """One transaction, where it is a `step`; what SQLite says against it as a sentence."""
        try:
            step = step and not self._db.in_transaction  # within a step there is no other
            if step:
                self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                if step and self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise
            if step:
                self._db.execute("COMMIT")
        except sqlite3.OperationalError as error:  # disk full, read-only, locked
            if self._read_only:
                raise StoreError(f"Cannot read {self._path} ({error}).") from None
            raise cannot_write(self._path, error) from None
        except sqlite3.DatabaseError:
            raise self._damaged() from None

    def _damaged(self) -> StoreError:
        return StoreError(
            f"{self._path} is damaged; restore a backup, or build the store again "
            "(what it answers until then is not touched by this)."
        )


def _itself(article: Article) -> str:
    """A digest of an article, wherever it was read."""
    return digest(codec.article_to_bytes(replace(article, source="")))


def _under(rules: str) -> str:
    return digest(rules, codec.SCHEMA)
