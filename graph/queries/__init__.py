"""Named queries: the *.rq files of this folder, with what their headers say of them.

A file is ordinary SPARQL under a header of comments:

    # Title
    #
    # What it answers.
    #
    # parameter agency (agency): an agency by label, alias, abbreviation or IRI
    # parameter minimum (integer, default 1): at least so many
    # parameter since (date, optional): not before this day
    #
    # column name: what stands in it

A parameter is the variable of its name, and the value reaches the query as an RDF term. What that
asks of a query (all of it measured with Oxigraph, and it agrees with rdflib's evaluator there):

- each parameter stands in the SELECT, and in that of each sub-select using it; the result leaves
  out whatever is not listed as a column (`with_terms` puts the term in its place, so that the
  engine plans for it);
- an optional parameter is tested by COALESCE, never by BOUND (which Oxigraph decides before the
  value is known) and never only inside EXISTS (which the value does not reach);
- a comment "# with agency: PATTERN" is a pattern of the query where that optional parameter is
  given: a filter alone would have the engine go through everything;
- rows are ordered to the last column that can differ, so that the same graph prints the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources

import pyoxigraph as ox

from sinergi.graph.errors import QueryError
from sinergi.graph.model import Agency
from sinergi.graph.queries.naming import KINDS, close, resolve
from sinergi.graph.results import Rows, Source, Term, select
from sinergi.ontology import XSD

Identify = Callable[[str], Agency]  # Registry.identify

COUNTS = ("meetings", "outlets", "articles")
"""What a collaboration may be counted in: a value of the type `count`."""

_EXAMPLES = {"count": "outlets", "date": "2025-05-19", "integer": "3"}
_PARAMETER = re.compile(r"parameter (\w+) \(([\w-]+)(?:, (optional|default (.+?)))?\): (.+)")
_COLUMN = re.compile(r"column (\w+): (.+)")
_COMMENT = re.compile(r"^\s*#.*\n|(?<=\s)#\s.*$", re.MULTILINE)
# Where a variable is named and not meant for its value: the columns of a SELECT, and what rows are
# grouped and ordered by.
_CLAUSES = re.compile(r"(SELECT\b[^{]*?WHERE\b|(?:GROUP|ORDER) BY\b[^\n}]*)")
_NO_COLUMN = re.compile(r"(SELECT(?: DISTINCT)?)\s+WHERE\b")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value that a named query takes; `default` is as it would be given, None for none."""

    name: str
    type: str  # count, date, integer, or one of naming.KINDS
    description: str
    required: bool = True
    default: str | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the answer."""

    name: str
    description: str


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A query of this folder; `text` is the whole file, which runs as it is."""

    name: str
    title: str
    description: str
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    text: str


@cache
def named_queries() -> dict[str, NamedQuery]:
    """Every named query, by name, sorted."""
    folder = resources.files(__name__)
    files = sorted((f for f in folder.iterdir() if f.name.endswith(".rq")), key=lambda f: f.name)
    return {
        query.name: query
        for query in (
            parse_query(file.name.removesuffix(".rq"), file.read_text("utf-8")) for file in files
        )
    }


def named_query(name: str) -> NamedQuery:
    """The query of this name; QueryError suggests others where there is none."""
    queries = named_queries()
    if name not in queries:
        near = close(name, queries) or list(queries)
        raise QueryError(f"There is no named query '{name}'; did you mean {', '.join(near)}?")
    return queries[name]


def parse_query(name: str, text: str) -> NamedQuery:
    """Read the header of a query file. Raises QueryError naming the line that breaks the form."""
    header = []
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        header.append(line.removeprefix("#").strip())
    title, *rest = header or [""]
    description: list[str] = []
    parameters: list[Parameter] = []
    columns: list[Column] = []
    for number, line in enumerate(rest, 2):
        if found := _PARAMETER.fullmatch(line):
            parameter, type, mode, default, what = found.groups()
            parameters.append(Parameter(parameter, type, what, mode is None, default))
        elif found := _COLUMN.fullmatch(line):
            columns.append(Column(found[1], found[2]))
        elif line.startswith(("parameter ", "column ")) or (line and (parameters or columns)):
            raise QueryError(f"Line {number} of {name}.rq breaks the form of a header: {line}.")
        elif line:
            description.append(line)
    if not title or not columns:
        raise QueryError(f"{name}.rq needs a title and its columns in the header.")
    return NamedQuery(name, title, " ".join(description), tuple(parameters), tuple(columns), text)


def bind(
    query: NamedQuery,
    values: Mapping[str, str],
    source: Source,
    *,
    identify: Identify | None = None,
) -> dict[str, Term]:
    """The terms for the parameters of a query, from what a user wrote.

    Names of things are looked up in `source`; `identify` (the registry's) also understands official
    abbreviations. Raises QueryError for a missing, unknown or unfitting value, AmbiguousName where
    a name fits several things.
    """
    known = {parameter.name for parameter in query.parameters}
    if stray := sorted(set(values) - known):
        takes = f"it takes {', '.join(sorted(known))}" if known else "it takes none"
        raise QueryError(f"{query.name} has no parameter '{stray[0]}'; {takes}.")
    bindings: dict[str, Term] = {}
    for parameter in query.parameters:
        value = values.get(parameter.name, parameter.default)
        if value is not None:
            bindings[parameter.name] = _term(query, parameter, value, source, identify)
        elif parameter.required:
            raise QueryError(
                f"{query.name} needs {parameter.name} ({parameter.description}); "
                f"give {parameter.name}=..."
            )
    return bindings


def run(
    source: Source,
    name: str,
    values: Mapping[str, str] | None = None,
    *,
    identify: Identify | None = None,
) -> Rows:
    """The answer of a named query, with its documented columns; raises as `bind` and `query` do.

    >>> run(store, "meetings-of-agency", {"agency": "Polres Contoh"})  # doctest: +SKIP
    """
    query = named_query(name)
    bindings = bind(query, values or {}, source, identify=identify)
    rows = select(source, with_terms(query.text, bindings))
    return Rows(tuple(column.name for column in query.columns), rows.rows)


def with_terms(text: str, bindings: Mapping[str, Term]) -> str:
    """The text of a query with variables replaced by terms, so that an engine plans for them.

    An engine that hears of a binding when the plan stands begins anywhere, and takes a hundred
    times as long on a large graph. `text` is one of ours (see the module for its form); what a
    user gave is in it only as a term that the RDF library made, checked and wrote.
    """
    for name in bindings:
        text = re.sub(rf"# with {name}: (.+)", r"\1", text)
    text = _COMMENT.sub("", text)
    for name, term in bindings.items():
        variable, value, column = re.compile(rf"\?{name}\b"), str(term), f"({term} AS ?{name})"
        parts = []
        for part in _CLAUSES.split(text):
            if part.startswith(("SELECT", "GROUP BY", "ORDER BY")):
                put, column = column, ""  # the outermost SELECT comes first, and gives the column
            else:
                put = value
            parts.append(put.join(variable.split(part)))
        text = "".join(parts)
    return _NO_COLUMN.sub(r"\1 (true AS ?any) WHERE", text)


def _term(
    query: NamedQuery,
    parameter: Parameter,
    value: str,
    source: Source,
    identify: Identify | None,
) -> Term:
    if parameter.type in KINDS:
        return resolve(source, value, parameter.type, identify=identify)
    try:
        if parameter.type == "date":
            return ox.Literal(date.fromisoformat(value).isoformat(), datatype=XSD.date)
        if parameter.type == "integer":
            return ox.Literal(int(value))
        if parameter.type == "count":
            return ox.Literal(COUNTS[COUNTS.index(value)])
    except ValueError:
        example = _EXAMPLES[parameter.type]
        raise QueryError(
            f"'{value}' does not fit {parameter.name} of {query.name}, which "
            f"is of the type {parameter.type}, like {example}."
        ) from None
    raise QueryError(f"{query.name}.rq gives {parameter.name} the unknown type {parameter.type}.")
