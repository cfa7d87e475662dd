"""What a query gives back, and the one thing that every reader of a graph needs to be able to ask.

`Source` is deliberately small: named queries, dossiers and the network want a graph that answers
SPARQL, and do not care whether it is the embedded store or a server somewhere else.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import pyoxigraph as ox

from sinergi.graph.errors import QueryError

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


class Row(Protocol):
    """One solution: `row["name"]` is the term of a column, None where unbound."""

    def __getitem__(self, name: str, /) -> Term | None: ...


@dataclass(frozen=True, slots=True)
class Rows:
    """The answer to a SELECT; read once, since the rows come straight from the store."""

    columns: tuple[str, ...]
    rows: Iterator[Row]

    def __iter__(self) -> Iterator[Row]:
        return self.rows

    def dicts(self) -> Iterator[dict[str, str]]:
        """Every row as plain text by column, "" where unbound: for code that only reads."""
        for row in self.rows:
            yield {name: text(row[name]) for name in self.columns}


@dataclass(frozen=True, slots=True)
class Triples:
    """The answer to a CONSTRUCT or DESCRIBE; read once."""

    triples: Iterator[ox.Triple]

    def __iter__(self) -> Iterator[ox.Triple]:
        return self.triples


Result = Rows | Triples | bool  # bool: the answer to an ASK


class Source(Protocol):
    """A graph that answers SPARQL over the union of its named graphs."""

    def query(self, text: str, *, bindings: Mapping[str, Term] | None = None) -> Result:
        """The answer to a SPARQL 1.1 query with these variables bound.

        Raises QueryError where the query is malformed, StoreError where the graph cannot be read.
        """
        ...


def select(source: Source, query: str, *, bindings: Mapping[str, Term] | None = None) -> Rows:
    """The answer to a query that is known to be a SELECT; QueryError if it is none."""
    result = source.query(query, bindings=bindings)
    if not isinstance(result, Rows):
        raise QueryError("Only a SELECT gives rows.")
    return result


def text(term: Term | None) -> str:
    """The bare text of a term: an IRI without brackets, a literal without datatype, "" for None."""
    if term is None:
        return ""
    return str(term) if isinstance(term, ox.Triple) else term.value


def plain(value: str) -> str:
    """`value` on one line, without the control characters that could steer a terminal."""
    spaced = " ".join(value.split())
    if spaced.isprintable():
        return spaced
    return "".join("\ufffd" if unicodedata.category(c) in ("Cc", "Cf") else c for c in spaced)


@dataclass(frozen=True, slots=True)
class Found:
    """Something that a search found."""

    kind: str  # agency, person, topic, outlet, meeting-kind ..., article or quote
    thing: str  # its IRI; of a quote that of its article; of an outlet its name
    label: str  # what it is called; of a quote the title of its article
    matched: str  # the name or the words that fitted


class Lookup(Protocol):
    """Finds things by name without asking the graph; see store/lookup.py."""

    def called(self, kinds: Sequence[str], name: str) -> list[tuple[str, str, bool]]:
        """What is called `name` but for what does not count: label, thing, whether canonical."""
        ...

    def label(self, thing: str) -> str | None:
        """What a thing is called first of all."""
        ...

    def agency(self, tail: str) -> str | None:
        """The agency whose IRI ends in `tail`."""
        ...

    def search(self, text: str, limit: int = ..., kinds: Sequence[str] = ...) -> list[Found]:
        """What `text` may mean, the best first."""
        ...


def lookup_of(source: Source) -> Lookup | None:
    """The lookup of a source that has one: a store on disk."""
    return getattr(source, "lookup", None)
