"""What a resolution leaves for the next one: tables beside what the articles state.

A *home* is a set of mentions, or of reports, that comes out the same whatever else there is
(see `resolution.trace`): what has to be resolved again is homes, not everything.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

_SCHEMA = """
CREATE TABLE resolved (
  number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  stated TEXT NOT NULL,     -- digest of what it states
  published TEXT NOT NULL,  -- '9999' where it does not say
  publisher TEXT,
  names TEXT NOT NULL,      -- of agencies: as written -> in full
  sketch TEXT NOT NULL,     -- its hashes
  first TEXT                -- id of the first of its copies, if there are any
);
CREATE TABLE sketch (  -- in the order in which copies stand, for house phrases are long lists
  hash INTEGER, published TEXT, id TEXT, article INTEGER NOT NULL, PRIMARY KEY (hash, published, id)
) WITHOUT ROWID;
CREATE TABLE copy (one INTEGER, other INTEGER, share REAL, PRIMARY KEY (one, other)) WITHOUT ROWID;

CREATE TABLE named (name TEXT, article INTEGER, PRIMARY KEY (name, article)) WITHOUT ROWID;
CREATE INDEX named_article ON named (article);
CREATE TABLE name (
  name TEXT PRIMARY KEY, articles INTEGER NOT NULL,
  form TEXT NOT NULL,   -- key by the name alone
  agency TEXT NOT NULL, -- key of the agency that it is found to name
  weighed INTEGER NOT NULL -- whether the number of articles has a say
) WITHOUT ROWID;
CREATE INDEX name_agency ON name (agency);
CREATE TABLE alike (value INTEGER, name TEXT, PRIMARY KEY (value, name)) WITHOUT ROWID;
CREATE TABLE agency (
  id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, agency TEXT NOT NULL, joins TEXT NOT NULL,
  place TEXT NOT NULL);

CREATE TABLE mention (
  article INTEGER, name TEXT, said TEXT NOT NULL, mark TEXT, person INTEGER, home INTEGER,
  PRIMARY KEY (article, name)) WITHOUT ROWID;
CREATE INDEX mention_home ON mention (home);
CREATE INDEX mention_person ON mention (person);
CREATE TABLE looked (key INTEGER, home INTEGER, PRIMARY KEY (key, home)) WITHOUT ROWID;
CREATE INDEX looked_home ON looked (home);
CREATE TABLE person (
  id INTEGER PRIMARY KEY, home INTEGER NOT NULL, start TEXT NOT NULL, first TEXT NOT NULL,
  key TEXT NOT NULL, name TEXT NOT NULL, aliases TEXT NOT NULL, joins TEXT NOT NULL,
  called TEXT NOT NULL, summary TEXT NOT NULL);
CREATE INDEX person_home ON person (home);
CREATE INDEX person_start ON person (start);
CREATE INDEX person_key ON person (key);

CREATE TABLE report (
  article INTEGER, position INTEGER, mention TEXT NOT NULL, said TEXT NOT NULL,
  meeting INTEGER, home INTEGER, PRIMARY KEY (article, position)) WITHOUT ROWID;
CREATE INDEX report_home ON report (home);
CREATE INDEX report_meeting ON report (meeting);
CREATE TABLE block (
  block BLOB, article INTEGER, position INTEGER, PRIMARY KEY (block, article, position)
) WITHOUT ROWID;
CREATE INDEX block_article ON block (article);
CREATE TABLE meeting (
  id INTEGER PRIMARY KEY, home INTEGER NOT NULL, first TEXT NOT NULL, short TEXT NOT NULL,
  longer TEXT NOT NULL, key TEXT NOT NULL, joins TEXT NOT NULL);
CREATE INDEX meeting_home ON meeting (home);
CREATE INDEX meeting_short ON meeting (short);
CREATE INDEX meeting_longer ON meeting (longer);
CREATE INDEX meeting_key ON meeting (key);

CREATE TABLE other (  -- keys that a thing would have by part of its mentions
  kind TEXT, old TEXT, thing INTEGER, PRIMARY KEY (kind, old, thing)) WITHOUT ROWID;
CREATE INDEX other_thing ON other (kind, thing);
CREATE TABLE replaced (
  kind TEXT, old TEXT, key TEXT NOT NULL, PRIMARY KEY (kind, old)) WITHOUT ROWID;
CREATE TABLE beside (  -- under what things that may be one are looked for, how often
  kind TEXT, key INTEGER, thing INTEGER, times INTEGER NOT NULL, PRIMARY KEY (kind, key, thing)
) WITHOUT ROWID;
CREATE INDEX beside_thing ON beside (kind, thing);
CREATE TABLE near (  -- the best doubt of two things
  kind TEXT, one INTEGER, other INTEGER, left TEXT NOT NULL, right TEXT NOT NULL,
  score INTEGER NOT NULL, why TEXT NOT NULL,
  told TEXT,  -- the candidate that it is; '' if people judged it, NULL if that is to be seen
  PRIMARY KEY (kind, one, other)
) WITHOUT ROWID;
CREATE INDEX near_other ON near (kind, other);
CREATE INDEX near_untold ON near (kind) WHERE told IS NULL;
CREATE TABLE decided (decision TEXT PRIMARY KEY, keys TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE made (by TEXT NOT NULL, shape TEXT NOT NULL);
CREATE TABLE brought (unit TEXT, agency TEXT, PRIMARY KEY (unit, agency)) WITHOUT ROWID;
CREATE INDEX brought_agency ON brought (agency);
"""
NAMES = tuple(line.split()[2] for line in _SCHEMA.splitlines() if line.startswith("CREATE TABLE "))


@dataclass(slots=True)
class Touched:
    """Things by their ids: those that are gone, those that came or are others now, and those that
    only have another key."""

    gone: set[int] = field(default_factory=set)
    fresh: set[int] = field(default_factory=set)
    renamed: set[int] = field(default_factory=set)


def clear(db: sqlite3.Connection) -> None:
    """Make the tables anew, empty."""
    for name in NAMES:
        db.execute(f"DROP TABLE IF EXISTS {name}")
    for statement in _SCHEMA.split(";\n"):
        db.execute(statement)


def forget(db: sqlite3.Connection) -> None:
    """Have everything resolved anew the next time."""
    db.execute("DROP TABLE IF EXISTS made")


def made(db: sqlite3.Connection) -> tuple[str, str] | None:
    """By what the tables were made, and in which shape their graph was written."""
    if not db.execute("SELECT 1 FROM sqlite_master WHERE name = 'made'").fetchone():
        return None
    found: tuple[str, str] | None = db.execute("SELECT by, shape FROM made").fetchone()
    return found


def note(db: sqlite3.Connection, by: str, shape: str) -> None:
    """Note by what the tables were made."""
    db.execute("DELETE FROM made")
    db.execute("INSERT INTO made VALUES (?, ?)", (by, shape))


def rows(db: sqlite3.Connection, query: str, values: Iterable[Any]) -> Iterator[tuple[Any, ...]]:
    """The rows of a query over `(SELECT value FROM given)`, for all of `values` at once."""
    given = f"WITH given AS MATERIALIZED (SELECT value FROM json_each(?)) {query}"
    yield from db.execute(given, (json.dumps(sorted(set(values))),))


def digest(*parts: str, size: int = 8) -> bytes:
    """A short digest of parts in their order."""
    text = "\0".join(parts).encode("utf-8", "surrogatepass")
    return blake2b(text, digest_size=size).digest()


def number(*parts: str) -> int:
    """The same as a number that SQLite holds."""
    return int.from_bytes(digest(*parts), "big", signed=True)


def next_id(db: sqlite3.Connection, table: str, column: str = "id") -> int:
    """A number above all that a column has."""
    (greatest,) = db.execute(f"SELECT MAX({column}) FROM {table}").fetchone()
    return (greatest or 0) + 1
