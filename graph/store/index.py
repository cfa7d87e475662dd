"""What is looked up by name, searched for, or counted: tables made from the quads, graph by graph.

A graph's rows follow from its quads alone, so that they can be made anew at any time and compared
(`differences`). The file lies beside the quads of its generation and is published with them; a
second one is kept in step with it (`follow`), so that the next writer need not copy it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from sinergi.graph.errors import StoreError
from sinergi.graph.labels import normal
from sinergi.graph.store.folder import cannot_write
from sinergi.graph.store.rows import NONE, Name, Rows, rows_of

# `uses` counts the graphs that a name stands in; the graph goes, and so does a name of no graph.
# Texts are kept once: the full-text tables only index them.
_SCHEMA = """
CREATE TABLE graph (id INTEGER PRIMARY KEY, iri TEXT NOT NULL UNIQUE);
CREATE TABLE node (id INTEGER PRIMARY KEY, iri TEXT NOT NULL UNIQUE);

CREATE TABLE name (
  id INTEGER PRIMARY KEY, kind TEXT NOT NULL, thing TEXT NOT NULL, label TEXT NOT NULL,
  normal TEXT NOT NULL, canonical INTEGER NOT NULL, uses INTEGER NOT NULL,
  UNIQUE (thing, label, kind, canonical));
CREATE INDEX name_normal ON name (normal);
CREATE TABLE name_use (
  graph INTEGER NOT NULL, name INTEGER NOT NULL, PRIMARY KEY (graph, name)) WITHOUT ROWID;
CREATE VIRTUAL TABLE name_words USING fts5(
  normal, content='name', content_rowid='id', prefix='2 3', detail=none);
CREATE VIRTUAL TABLE vocabulary USING fts5vocab(name_words, row);
CREATE TRIGGER name_new AFTER INSERT ON name BEGIN
  INSERT INTO name_words (rowid, normal) VALUES (new.id, new.normal); END;
CREATE TRIGGER name_gone AFTER DELETE ON name BEGIN
  INSERT INTO name_words (name_words, rowid, normal) VALUES ('delete', old.id, old.normal); END;
CREATE TABLE word (id INTEGER PRIMARY KEY, word TEXT NOT NULL UNIQUE);
CREATE VIRTUAL TABLE word_pieces USING fts5(
  word, content='word', content_rowid='id', tokenize='trigram', detail=none);
CREATE TRIGGER word_new AFTER INSERT ON word BEGIN
  INSERT INTO word_pieces (rowid, word) VALUES (new.id, new.word); END;
CREATE TRIGGER word_gone AFTER DELETE ON word BEGIN
  INSERT INTO word_pieces (word_pieces, rowid, word) VALUES ('delete', old.id, old.word); END;

CREATE TABLE passage (
  id INTEGER PRIMARY KEY, graph INTEGER NOT NULL, kind TEXT NOT NULL, thing TEXT NOT NULL,
  label TEXT NOT NULL);
CREATE INDEX passage_graph ON passage (graph);
CREATE INDEX passage_thing ON passage (thing) WHERE kind = 'article';
CREATE VIRTUAL TABLE passage_words USING fts5(
  label, content='passage', content_rowid='id', tokenize='unicode61 remove_diacritics 2',
  detail=none);
CREATE TRIGGER passage_new AFTER INSERT ON passage BEGIN
  INSERT INTO passage_words (rowid, label) VALUES (new.id, new.label); END;
CREATE TRIGGER passage_gone AFTER DELETE ON passage BEGIN
  INSERT INTO passage_words (passage_words, rowid, label) VALUES ('delete', old.id, old.label); END;

CREATE TABLE attendance (
  meeting INTEGER NOT NULL, agency INTEGER NOT NULL, graph INTEGER NOT NULL,
  PRIMARY KEY (meeting, agency, graph)) WITHOUT ROWID;
CREATE INDEX attendance_graph ON attendance (graph);
CREATE TABLE meeting (
  meeting INTEGER NOT NULL, property TEXT NOT NULL, value TEXT NOT NULL, graph INTEGER NOT NULL,
  PRIMARY KEY (meeting, property, value, graph)) WITHOUT ROWID;
CREATE INDEX meeting_graph ON meeting (graph);
CREATE TABLE agency (
  agency INTEGER NOT NULL, property TEXT NOT NULL, value TEXT NOT NULL, graph INTEGER NOT NULL,
  PRIMARY KEY (agency, property, value, graph)) WITHOUT ROWID;
CREATE INDEX agency_graph ON agency (graph);
"""


# Rows that a batch may touch before it costs more to do it twice than to copy the file.
MUCH = 50_000

Change = tuple[str, Rows, Rows]  # a graph, and rows of it before and after


class Index:
    """The tables, open for writing by the one who made the file.

    Nothing is durable before `finish`; after an error the file is good for nothing.
    """

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        """Open the file at `path`, or make it."""
        self._path = path
        self._nodes: dict[str, int] = {}
        self._log: list[Change] | None = []  # None: too much to tell
        self._logged = 0
        with _writing(path):
            if read_only:
                uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
                self._db = sqlite3.connect(uri, uri=True)
                return
            self._db = sqlite3.connect(path, isolation_level=None)
            # A working file that dies with its writer needs no journal.
            self._db.execute("PRAGMA journal_mode = OFF")
            self._db.execute("PRAGMA synchronous = OFF")
            self._db.execute("PRAGMA cache_size = -65536")
            self._db.execute("BEGIN")
            if not self._db.execute("SELECT 1 FROM sqlite_master").fetchone():
                for statement in _statements(_SCHEMA):
                    self._db.execute(statement)

    def replace(self, graph: str, quads: Collection[ox.Quad]) -> None:
        """Make the rows of `quads` all that the tables have of `graph`."""
        with _writing(self._path):
            known = self._find("graph", graph)
            present = NONE if known is None else self._rows(known)
            self._change(graph, present, rows_of(quads))

    def amend(self, graph: str, before: Collection[ox.Quad], after: Collection[ox.Quad]) -> None:
        """Put the rows of some quads of `graph` in the place of those of others; both hold all that
        the graph says of their subjects."""
        with _writing(self._path):
            self._change(graph, rows_of(before), rows_of(after))

    def _change(self, graph: str, present: Rows, wanted: Rows) -> None:
        number = self._find("graph", graph)
        if number is None:
            if not any(wanted):
                return
            number = self._new("graph", graph)
        self._note(graph, present, wanted)
        self._remove(number, present, wanted)
        self._insert(number, wanted, present)
        if not any(wanted) and not any(self._rows_left(number)):
            self._db.execute("DELETE FROM graph WHERE id = ?", (number,))

    def _rows_left(self, graph: int) -> Iterator[bool]:
        for table in ("name_use", "passage", "attendance", "meeting", "agency"):
            query = f"SELECT 1 FROM {table} WHERE graph = ? LIMIT 1"
            yield self._db.execute(query, (graph,)).fetchone() is not None

    def add(self, quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
        """Pass quads through, adding the rows of each graph, whose quads come together."""
        for graph, group in groupby(quads, key=lambda quad: quad.graph_name):
            of_graph = list(group)
            if isinstance(graph, ox.NamedNode):
                with _writing(self._path):
                    self._change(graph.value, NONE, rows_of(of_graph))
            yield from of_graph

    def differences(self, graph: str, quads: Iterable[ox.Quad]) -> int:
        """How many rows of `graph` are missing, or should not be there."""
        wanted = rows_of(quads)
        with _writing(self._path):
            known = self._find("graph", graph)
            present = NONE if known is None else self._rows(known)
        pairs: Iterable[tuple[set[Any], set[Any]]] = zip(wanted, present, strict=True)
        return sum(len(one ^ other) for one, other in pairs)

    def graphs(self) -> set[str]:
        """The graphs that the tables have rows of."""
        with _writing(self._path):
            return {iri for (iri,) in self._db.execute("SELECT iri FROM graph")}

    def finish(self, *, optimize: bool = False) -> None:
        """Bring the list of words up to date and everything to the disk."""
        with _writing(self._path):
            if optimize:
                self._log = None
            self._list_words()
            if optimize:
                for table in ("name_words", "passage_words", "word_pieces"):
                    self._db.execute(f"INSERT INTO {table} ({table}) VALUES ('optimize')")
            self._db.execute("COMMIT")
            if self._log is None or not self._is_analyzed():
                self._db.execute("ANALYZE")
            self._db.execute("BEGIN")

    def follow(self, other: Index) -> bool:
        """Do what `other` has done since it was opened, this file being as that one was then, and
        finish; whether that could be told."""
        if other._log is None:
            return False
        with _writing(self._path):
            for change in other._log:
                self._change(*change)
        self.finish()
        return True

    def _note(self, graph: str, present: Rows, wanted: Rows) -> None:
        if self._log is not None:
            self._log.append((graph, present, wanted))
            self._logged += sum(len(table) for rows in (present, wanted) for table in rows)
            if self._logged > MUCH:
                self._log = None

    def _is_analyzed(self) -> bool:
        query = "SELECT 1 FROM sqlite_master WHERE name = 'sqlite_stat1'"
        return self._db.execute(query).fetchone() is not None

    def _list_words(self) -> None:
        """Have in the list of words those that names have, no more and no less."""
        do = self._db.execute
        if self._log is None:
            do("DELETE FROM word WHERE word NOT IN (SELECT term FROM vocabulary)")
            do(
                "INSERT INTO word (word) SELECT term FROM vocabulary "
                "WHERE term NOT IN (SELECT word FROM word) ORDER BY term"
            )
            return
        names = {name for _, *both in self._log for rows in both for name in rows.names}
        for word in sorted({word for name in names for word in normal(name.label).split()}):
            if do("SELECT 1 FROM vocabulary WHERE term = ?", (word,)).fetchone():
                do("INSERT OR IGNORE INTO word (word) VALUES (?)", (word,))
            else:
                do("DELETE FROM word WHERE word = ?", (word,))

    def close(self) -> None:
        self._db.close()

    # Rows --------------------------------------------------------------------------------------

    def _rows(self, graph: int) -> Rows:
        ask = self._db.execute
        return Rows(
            {
                Name(kind, thing, label, bool(canonical))
                for kind, thing, label, canonical in ask(
                    "SELECT kind, thing, label, canonical FROM name_use "
                    "JOIN name ON name.id = name_use.name WHERE graph = ?",
                    (graph,),
                )
            },
            set(ask("SELECT kind, thing, label FROM passage WHERE graph = ?", (graph,))),
            set(
                ask(
                    "SELECT m.iri, a.iri FROM attendance JOIN node m ON m.id = meeting "
                    "JOIN node a ON a.id = agency WHERE graph = ?",
                    (graph,),
                )
            ),
            set(
                ask(
                    "SELECT iri, property, value FROM meeting JOIN node ON node.id = meeting "
                    "WHERE graph = ?",
                    (graph,),
                )
            ),
            set(
                ask(
                    "SELECT iri, property, value FROM agency JOIN node ON node.id = agency "
                    "WHERE graph = ?",
                    (graph,),
                )
            ),
        )

    def _insert(self, graph: int, rows: Rows, present: Rows) -> None:
        do, many = self._db.execute, self._db.executemany
        for name in sorted(rows.names - present.names):
            ((id,),) = do(
                "INSERT INTO name (kind, thing, label, normal, canonical, uses) "
                "VALUES (?, ?, ?, ?, ?, 1) ON CONFLICT DO UPDATE SET uses = uses + 1 RETURNING id",
                (name.kind, name.thing, name.label, normal(name.label), name.canonical),
            ).fetchall()
            do("INSERT INTO name_use VALUES (?, ?)", (graph, id))
        many(
            "INSERT INTO passage (graph, kind, thing, label) VALUES (?, ?, ?, ?)",
            [(graph, *row) for row in sorted(rows.passages - present.passages)],
        )
        many(
            "INSERT OR IGNORE INTO attendance VALUES (?, ?, ?)",
            [
                (self._node(meeting), self._node(agency), graph)
                for meeting, agency in sorted(rows.attendance - present.attendance)
            ],
        )
        for table, wanted, there in (
            ("meeting", rows.meetings, present.meetings),
            ("agency", rows.agencies, present.agencies),
        ):
            many(
                f"INSERT OR IGNORE INTO {table} VALUES (?, ?, ?, ?)",
                [(self._node(iri), *rest, graph) for iri, *rest in sorted(wanted - there)],
            )

    def _remove(self, graph: int, present: Rows, wanted: Rows) -> None:
        do, many = self._db.execute, self._db.executemany
        for name in present.names - wanted.names:
            ((id,),) = do(
                "UPDATE name SET uses = uses - 1 WHERE thing = ? AND label = ? AND kind = ? "
                "AND canonical = ? RETURNING id",
                (name.thing, name.label, name.kind, name.canonical),
            ).fetchall()
            do("DELETE FROM name_use WHERE graph = ? AND name = ?", (graph, id))
            do("DELETE FROM name WHERE id = ? AND uses = 0", (id,))
        many(
            "DELETE FROM passage WHERE graph = ? AND kind = ? AND thing = ? AND label = ?",
            [(graph, *row) for row in present.passages - wanted.passages],
        )
        many(
            "DELETE FROM attendance WHERE meeting = ? AND agency = ? AND graph = ?",
            [
                (self._node(meeting), self._node(agency), graph)
                for meeting, agency in present.attendance - wanted.attendance
            ],
        )
        for table, there, stays in (
            ("meeting", present.meetings, wanted.meetings),
            ("agency", present.agencies, wanted.agencies),
        ):
            many(
                f"DELETE FROM {table} WHERE {table} = ? AND property = ? AND value = ? "
                "AND graph = ?",
                [(self._node(iri), *rest, graph) for iri, *rest in there - stays],
            )

    def _node(self, iri: str) -> int:
        number = self._nodes.get(iri)
        if number is None:
            number = self._find("node", iri) or self._new("node", iri)
            self._nodes[iri] = number
        return number

    def _find(self, table: str, iri: str) -> int | None:
        found = self._db.execute(f"SELECT id FROM {table} WHERE iri = ?", (iri,)).fetchone()
        return None if found is None else int(found[0])

    def _new(self, table: str, iri: str) -> int:
        made = self._db.execute(f"INSERT INTO {table} (iri) VALUES (?) RETURNING id", (iri,))
        return int(made.fetchone()[0])


def _statements(script: str) -> Iterator[str]:
    """The statements of a script one by one: executescript would commit."""
    statement = ""
    for line in script.splitlines():
        statement += line + "\n"
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


@contextmanager
def _writing(path: Path | str) -> Iterator[None]:
    try:
        yield
    except sqlite3.OperationalError as error:
        raise cannot_write(path, error) from None
    except sqlite3.DatabaseError as error:
        raise StoreError(
            f"{path} is damaged ({error}); `sinergi optimize --rebuild` makes it anew."
        ) from None
