"""What is looked up by name, searched for, or counted: tables made from the quads, graph by graph.

A graph's rows follow from its quads alone, so that they can be made anew at any time and compared
(`differences`). The file lies beside the quads of its generation and is published with them.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

import pyoxigraph as ox

from sinergi.graph.errors import StoreError
from sinergi.graph.labels import normal
from sinergi.graph.store.folder import cannot_write
from sinergi.ontology import CV, FOAF, OA, ORG, RDF, SCHEMA, SIN, SKOS

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

# Concepts that are looked up by name.
_SCHEMES = ("meeting-kind", "meeting-status", "topic")

_RDF_TYPE = RDF.type.value
_TYPES: dict[ox.NamedNode | ox.Literal, str] = {
    CV.Participation: "participation",
    ORG.FormalOrganization: "agency",
    FOAF.Person: "person",
    SIN.Meeting: "meeting",
}
_TAKES_PART = {SCHEMA.organizer.value, SCHEMA.attendee.value}
_OF_MEETING = {
    SCHEMA.startDate.value: "day",
    SCHEMA.additionalType.value: "kind",
    SCHEMA.eventStatus.value: "status",
}
_OF_AGENCY = {
    SKOS.prefLabel.value: "label",
    ORG.classification.value: "kind",
    SIN.sector.value: "sector",
    ORG.subOrganizationOf.value: "parent",
    SIN.region.value: "region",
}
# Whether a label of each kind of thing is the canonical one.
_AGENCY_NAMES = {SKOS.prefLabel.value: True, SKOS.altLabel.value: False}
_PERSON_NAMES = {FOAF.name.value: True, SKOS.altLabel.value: False, SKOS.hiddenLabel.value: False}
_CONCEPT_NAMES = {
    SKOS.prefLabel.value: True, SKOS.altLabel.value: False, SKOS.notation.value: False
}  # fmt: skip
_IN_MEETING, _PARTICIPANT = SIN.inMeeting.value, CV.hasParticipant.value
_ON_BEHALF, _ABOUT, _LABEL = SIN.onBehalfOf.value, SCHEMA.about.value, SKOS.prefLabel.value
_IN_SCHEME, _HEADLINE = SKOS.inScheme.value, SCHEMA.headline.value
_PUBLISHER, _QUOTED, _SOURCE = SCHEMA.publisher.value, OA.exact.value, OA.hasSource.value

SEARCHED = (
    RDF.type, SKOS.inScheme, OA.hasSource, OA.exact, SCHEMA.headline, SCHEMA.publisher,
    SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel, SKOS.notation, FOAF.name,
)  # fmt: skip
"""The predicates that names and passages follow from."""


class Name(NamedTuple):
    kind: str
    thing: str  # IRI; of an outlet, which has none, its literal as N-Triples has it
    label: str
    canonical: bool


MeetingRow = tuple[str, str, str]  # meeting, property, value


class Rows(NamedTuple):
    """The rows of one graph."""

    names: set[Name]
    passages: set[tuple[str, str, str]]  # article or quote, the article's IRI, its title or words
    attendance: set[tuple[str, str]]  # meeting, agency
    meetings: set[MeetingRow]
    agencies: set[tuple[str, str, str]]  # agency, property, value


def rows_of(quads: Iterable[ox.Quad]) -> Rows:
    """The rows that follow from the quads of one graph."""
    about: dict[str, list[tuple[str, ox.NamedNode | ox.Literal]]] = defaultdict(list)
    kinds: dict[str, str] = {}
    article = ""
    for quad in quads:
        subject, predicate, object = quad.subject, quad.predicate.value, quad.object
        if not isinstance(subject, ox.NamedNode) or not isinstance(
            object, ox.NamedNode | ox.Literal
        ):
            continue
        about[subject.value].append((predicate, object))
        if predicate == _RDF_TYPE and object in _TYPES:
            kinds[subject.value] = _TYPES[object]
        elif predicate == _IN_SCHEME and (scheme := tail(object.value)) in _SCHEMES:
            kinds[subject.value] = scheme
        elif predicate == _SOURCE:
            article = object.value
    rows = Rows(set(), set(), set(), set(), set())
    outlets: set[str] = set()
    for subject_iri, said in about.items():
        kind = kinds.get(subject_iri)
        if kind == "participation":
            rows.meetings.update(_presence(said))
            continue
        for predicate, object in said:
            value = object.value
            if predicate == _QUOTED:
                rows.passages.add(("quote", article, value))
            elif predicate == _HEADLINE:
                rows.passages.add(("article", subject_iri, value))
            elif predicate == _PUBLISHER:
                rows.names.add(Name("outlet", str(object), value, True))
                outlets.add(value)
            elif kind == "meeting":
                if predicate in _TAKES_PART:
                    if _is_agency(value):
                        rows.attendance.add((subject_iri, value))
                elif predicate in _OF_MEETING:
                    rows.meetings.add((subject_iri, _OF_MEETING[predicate], value))
                elif predicate == _ABOUT:
                    rows.meetings.update(
                        (subject_iri, "topic", label.value)
                        for property, label in about.get(value, ())
                        if property == _LABEL
                    )
            elif kind == "agency":
                if predicate in _AGENCY_NAMES:
                    rows.names.add(Name(kind, subject_iri, value, _AGENCY_NAMES[predicate]))
                if predicate in _OF_AGENCY:
                    rows.agencies.add((subject_iri, _OF_AGENCY[predicate], value))
            elif kind == "person":
                if predicate in _PERSON_NAMES:
                    rows.names.add(Name(kind, subject_iri, value, _PERSON_NAMES[predicate]))
            elif kind and predicate in _CONCEPT_NAMES:
                rows.names.add(Name(kind, subject_iri, value, _CONCEPT_NAMES[predicate]))
    for iri, kind in kinds.items():
        if kind == "meeting":
            rows.meetings.update((iri, "outlet", outlet) for outlet in outlets)
    return rows


def _presence(said: Iterable[tuple[str, ox.NamedNode | ox.Literal]]) -> Iterator[MeetingRow]:
    """That an official was at a meeting, and on whose behalf, as far as that is said."""
    facts = defaultdict(list)
    for predicate, object in said:
        facts[predicate].append(object.value)
    for meeting in facts[_IN_MEETING]:
        for who in facts[_PARTICIPANT]:
            if not _is_agency(who):
                for agency in facts[_ON_BEHALF] or [""]:
                    yield meeting, "official", f"{who} {agency}".rstrip()


def _is_agency(iri: str) -> bool:
    return iri.rsplit("/", 2)[-2:-1] == ["agency"]


def tail(iri: str) -> str:
    return iri.rsplit("/", 1)[-1]


class Index:
    """The tables, open for writing by the one who made the file.

    Nothing is durable before `finish`; after an error the file is good for nothing.
    """

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        """Open the file at `path`, or make it."""
        self._path = path
        self._nodes: dict[str, int] = {}
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
        wanted = rows_of(quads)
        with _writing(self._path):
            number = self._number("graph", graph)
            present = self._rows(number)
            self._remove(number, present, wanted)
            self._insert(number, wanted, present)
            if not any(wanted):
                self._db.execute("DELETE FROM graph WHERE id = ?", (number,))

    def add(self, quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
        """Pass quads through, adding the rows of each graph, whose quads come together."""
        empty = Rows(set(), set(), set(), set(), set())
        for graph, group in groupby(quads, key=lambda quad: quad.graph_name):
            of_graph = list(group)
            if isinstance(graph, ox.NamedNode):
                with _writing(self._path):
                    number = self._number("graph", graph.value)
                    self._insert(number, rows_of(of_graph), empty)
            yield from of_graph

    def differences(self, graph: str, quads: Iterable[ox.Quad]) -> int:
        """How many rows of `graph` are missing, or should not be there."""
        wanted = rows_of(quads)
        with _writing(self._path):
            found = self._db.execute("SELECT id FROM graph WHERE iri = ?", (graph,)).fetchone()
            present = self._rows(found[0]) if found else Rows(set(), set(), set(), set(), set())
        pairs: Iterable[tuple[set[Any], set[Any]]] = zip(wanted, present, strict=True)
        return sum(len(one ^ other) for one, other in pairs)

    def graphs(self) -> set[str]:
        """The graphs that the tables have rows of."""
        with _writing(self._path):
            return {iri for (iri,) in self._db.execute("SELECT iri FROM graph")}

    def finish(self, *, optimize: bool = False) -> None:
        """Bring the list of words up to date and everything to the disk."""
        with _writing(self._path):
            self._db.execute("DELETE FROM word WHERE word NOT IN (SELECT term FROM vocabulary)")
            self._db.execute(
                "INSERT INTO word (word) SELECT term FROM vocabulary "
                "WHERE term NOT IN (SELECT word FROM word) ORDER BY term"
            )
            if optimize:
                for table in ("name_words", "passage_words", "word_pieces"):
                    self._db.execute(f"INSERT INTO {table} ({table}) VALUES ('optimize')")
            self._db.execute("COMMIT")
            self._db.execute("ANALYZE")
            self._db.execute("BEGIN")

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
            number = self._nodes[iri] = self._number("node", iri)
        return number

    def _number(self, table: str, iri: str) -> int:
        found = self._db.execute(f"SELECT id FROM {table} WHERE iri = ?", (iri,)).fetchone()
        if found is None:
            found = self._db.execute(
                f"INSERT INTO {table} (iri) VALUES (?) RETURNING id", (iri,)
            ).fetchone()
        return int(found[0])


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
