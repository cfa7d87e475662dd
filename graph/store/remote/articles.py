"""What each article states, for a store on a server: kept there, worked on in a copy.

The copy is what a folder has (see the articles of the store next to this package), in a file that
goes with its writer. What a step has changed in it goes to the server with the step: an article as
one literal, the sign of a graph as another, a setting as a third. Whatever else the copy may hold
can be made anew from these.
"""

from __future__ import annotations

import base64
import json
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote, unquote

import pyoxigraph as ox

from sinergi.graph.errors import StoreError
from sinergi.graph.results import text
from sinergi.graph.store.articles import Articles, digest
from sinergi.graph.store.remote.client import Server
from sinergi.graph.store.remote.layout import EVERYTHING, MEMORY, SETTING, SIGN, STATED
from sinergi.graph.store.remote.store import RemoteStore

Change = tuple[ox.NamedNode, ox.NamedNode, ox.Literal | None]  # subject, predicate, its value

# Which rows a step touches, noted by the database itself.
_NOTES = """
CREATE TEMP TABLE touched (kind TEXT, key TEXT, PRIMARY KEY (kind, key)) WITHOUT ROWID;
""" + "".join(
    f"""CREATE TEMP TRIGGER {table}_{event.lower()} AFTER {event} ON main.{table} BEGIN
  INSERT OR IGNORE INTO touched VALUES ('{table}', {row}.{key}); END;
"""
    for table, key in (("article", "id"), ("graph", "iri"), ("meta", "name"))
    for event, row in (("INSERT", "new"), ("UPDATE", "new"), ("DELETE", "old"))
)
_READ = {
    "article": "SELECT id, digest, rules, removed, article, stated FROM article WHERE id = ?",
    "graph": "SELECT digest FROM graph WHERE iri = ?",
    "meta": "SELECT value FROM meta WHERE name = ?",
}
_SETTINGS = f"{MEMORY.value}/setting/"


class RemoteArticles(Articles):
    """The rows; each step is durable when the server has taken it."""

    def __init__(
        self, path: Path, kept: Iterable[tuple[str, ox.NamedNode, str]],
        send: Callable[[list[Change]], None],
    ) -> None:  # fmt: skip
        """Fill the new file at `path` with what is kept: subject, predicate, value. `send` changes
        it on the server. Raises StoreError where what is kept is damaged.
        """
        super().__init__(path)
        self._send = send
        with super()._step():
            for subject, predicate, value in kept:
                self._fill(subject, predicate, value)
        with self._telling():
            self._db.executescript(_NOTES)

    def _fill(self, subject: str, predicate: ox.NamedNode, value: str) -> None:
        if predicate == STATED:
            try:
                id, sign, rules, removed, article, stated = json.loads(value)
                row = (id, sign, rules, removed, _bytes(article), _bytes(stated))
            except (ValueError, TypeError):
                raise StoreError(
                    f"What the store keeps in {subject} is damaged; remove that subject from the "
                    f"graph {MEMORY.value}, and ingest the article again."
                ) from None
            self._db.execute(
                "INSERT OR REPLACE INTO article (id, digest, rules, removed, article, stated) "
                "VALUES (?, ?, ?, ?, ?, ?)",
                row,
            )
        elif predicate == SIGN:
            self._db.execute("INSERT OR REPLACE INTO graph VALUES (?, ?)", (subject, value))
        elif predicate == SETTING:
            name = unquote(subject.removeprefix(_SETTINGS))
            self._db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))

    @contextmanager
    def _step(self) -> Iterator[None]:
        with super()._step():
            yield
        with self._telling():
            touched = self._db.execute("SELECT kind, key FROM touched").fetchall()
            changes = [self._change(kind, key) for kind, key in touched]
            self._db.execute("DELETE FROM touched")
        # Settings say something of the rest: they go before it, and come after it.
        changes.sort(key=lambda c: (c[1] == SETTING and (1 if c[2] else -1), c[0].value))
        self._send(changes)

    def _change(self, kind: str, key: str) -> Change:
        row = self._db.execute(_READ[kind], (key,)).fetchone()
        if kind == "article":
            subject, predicate = f"{MEMORY.value}/article/{digest(key)}", STATED
            value = json.dumps([*row[:4], *map(_text, row[4:])]) if row else ""
        elif kind == "graph":
            subject, predicate, value = key, SIGN, row[0] if row else ""
        else:
            subject, predicate, value = _SETTINGS + quote(key, ""), SETTING, row[0] if row else ""
        return ox.NamedNode(subject), predicate, ox.Literal(value) if row else None


def kept(store: RemoteStore) -> Iterator[tuple[str, ox.NamedNode, str]]:
    """All that sinergi keeps on a server for itself: subject, predicate, value."""
    for row in store.rows(EVERYTHING):
        predicate = row["p"]
        if isinstance(predicate, ox.NamedNode):
            yield text(row["s"]), predicate, text(row["o"])


@contextmanager
def articles_of(address: str) -> Iterator[Articles]:
    """What the articles of the store on a server state, for reading."""
    store = RemoteStore(Server(address))
    if not store.written_here:
        raise nothing_kept(store)
    with tempfile.TemporaryDirectory(prefix="sinergi-") as folder:
        path = Path(folder) / "articles.sqlite"
        with closing(RemoteArticles(path, kept(store), lambda changes: None)) as articles:
            yield articles


def nothing_kept(store: RemoteStore) -> StoreError:
    return StoreError(f"There is no store of sinergi at {store.place}; `sinergi ingest` makes one.")


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _bytes(data: str) -> bytes:
    return base64.b64decode(data, validate=True)
