"""Writing graphs and results out: one module a format, one contract.

An export is opened over a text stream (for CSV one opened with newline=""), takes items by
`write(item)` one after the other, and is ended by `finish()`. The same items in the same order give
the same text, and nothing but the items goes in: no time, no machine.

| of a graph   | items are quads or triples                                          |
|--------------|---------------------------------------------------------------------|
| nquads, trig | named graphs kept; quads come graph by graph, as Store.quads() does  |
| jsonld       | the same, with the short names of ontology/context.jsonld            |
| turtle       | the triples of all graphs together, each once                        |
| ntriples     | the same, one to a line                                              |
| rdfxml       | the same, for tools that read nothing newer                          |

| of a result | items are the rows of a SELECT                                        |
|-------------|-----------------------------------------------------------------------|
| table       | for reading: aligned, IRIs shortened, wrapped to a width               |
| csv, tsv, json, xml | as the W3C's SPARQL 1.1 result formats have them                |

| of a store  | items are entities (entities.py), which reading.py reads from it      |
|-------------|-----------------------------------------------------------------------|
| tables      | tidy tables in CSV or Parquet, and their data dictionary               |
| ftm         | FollowTheMoney entities, JSON Lines                                    |
| popolo      | Popolo JSON                                                            |
| gephi       | GEXF with days, GraphML; items are actors and ties (collaboration.py)  |
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Protocol, TextIO, TypeVar

import pyoxigraph as ox

from sinergi.graph.errors import InputError, QueryError
from sinergi.graph.exports.collaboration import Collaborations
from sinergi.graph.exports.csv import CsvExport
from sinergi.graph.exports.ftm import FtmExport
from sinergi.graph.exports.gephi import GexfExport, GraphMlExport
from sinergi.graph.exports.json import JsonExport
from sinergi.graph.exports.jsonld import JsonLdExport
from sinergi.graph.exports.nquads import NQuadsExport
from sinergi.graph.exports.ntriples import NTriplesExport
from sinergi.graph.exports.popolo import PopoloExport
from sinergi.graph.exports.rdfxml import RdfXmlExport
from sinergi.graph.exports.reading import Quads, Reader
from sinergi.graph.exports.table import TableExport
from sinergi.graph.exports.tables import FORMATS as TABLE_FORMATS
from sinergi.graph.exports.tables import write_tables
from sinergi.graph.exports.trig import TrigExport
from sinergi.graph.exports.tsv import TsvExport
from sinergi.graph.exports.turtle import TurtleExport
from sinergi.graph.exports.xml import XmlExport
from sinergi.graph.files import new_files
from sinergi.graph.registry import Registry
from sinergi.graph.results import Result, Row, Rows, Triples

Item = TypeVar("Item", contravariant=True)


class Export(Protocol[Item]):
    """Something that items are written to, one after the other."""

    def write(self, item: Item) -> None:
        """Take the next item; it may reach the stream now or only at the end."""
        ...

    def finish(self) -> None:
        """Write what is left; the stream stays open."""
        ...


GRAPH_FORMATS: Mapping[str, Callable[[TextIO], Export[ox.Quad | ox.Triple]]] = MappingProxyType(
    {
        "nquads": NQuadsExport,
        "trig": TrigExport,
        "turtle": TurtleExport,
        "jsonld": JsonLdExport,
        "ntriples": NTriplesExport,
        "rdfxml": RdfXmlExport,
    }
)
ROW_FORMATS: Mapping[str, Callable[[TextIO, Sequence[str]], Export[Row]]] = MappingProxyType(
    {
        "table": TableExport,
        "csv": CsvExport,
        "tsv": TsvExport,
        "json": JsonExport,
        "xml": XmlExport,
    }
)
TRIPLE_FORMATS = (
    "turtle",
    "ntriples",
    "jsonld",
    "trig",
    "nquads",
    "rdfxml",
)  # for CONSTRUCT and DESCRIBE

STORE_FORMATS = ("ftm", "popolo", "gexf", "graphml")

_BOOLEANS = {
    "json": '{{"head": {{}}, "boolean": {}}}\n',
    "xml": '<?xml version="1.0"?>\n<sparql xmlns="http://www.w3.org/2005/sparql-results#">'
    "<head/><boolean>{}</boolean></sparql>\n",
}


def export_graph(items: Iterable[ox.Quad | ox.Triple], format: str, stream: TextIO) -> None:
    """Write a graph in one of GRAPH_FORMATS. Raises QueryError for another format."""
    if format not in GRAPH_FORMATS:
        raise QueryError(f"A graph is not written as {format}; choose {', '.join(GRAPH_FORMATS)}.")
    _drain(items, GRAPH_FORMATS[format](stream))


def export_store(
    store: Quads, format: str, stream: TextIO, *, registry: Registry | None = None
) -> None:
    """Write a store in one of STORE_FORMATS, or its graph in one of GRAPH_FORMATS, thing by thing
    as it is read.

    `registry` says of what form a kind of agency is: of the state, a company, a party. Raises
    QueryError for another format.
    """
    if format in ("gexf", "graphml"):
        network = GexfExport if format == "gexf" else GraphMlExport
        _drain(Collaborations(store), network(stream))
    elif format == "popolo":
        _drain(Reader(store), PopoloExport(stream))
    elif format == "ftm":
        kinds = (registry or Registry.load()).kinds.values()
        _drain(Reader(store), FtmExport(stream, {kind.key: kind.form for kind in kinds}))
    elif format in GRAPH_FORMATS:
        export_graph(store.quads(), format, stream)
    else:
        known = ", ".join((*STORE_FORMATS, *TABLE_FORMATS, *GRAPH_FORMATS))
        raise QueryError(f"A store is not written as {format}; choose {known}.")


def save_store(store: Quads, path: Path, format: str, *, registry: Registry | None = None) -> None:
    """Write a store in any format but to a stream: the file or folder is there when all is written.

    Tables go into the folder `path`, or into one file where it is called .zip. Raises InputError
    where `path` cannot be written, and QueryError for another format.
    """
    if format in TABLE_FORMATS:
        write_tables(store, path, format)
        return
    if path.is_dir():
        raise InputError(f"'{path}' is a folder, and {format} is one file; name the file")
    with (
        new_files(path.parent) as new,
        (new / path.name).open("w", encoding="utf-8", newline="\n") as stream,
    ):
        export_store(store, format, stream, registry=registry)


def export_result(
    result: Result, format: str | None, stream: TextIO, *, width: int | None = None
) -> None:
    """Write the result of a query: ROW_FORMATS for SELECT and ASK, TRIPLE_FORMATS for the others.

    `format` None is table or turtle; `width` is how many columns of text a table may take, None
    for as many as it needs. Raises QueryError where the format does not fit the query.
    """
    if isinstance(result, Triples):
        if (format := format or "turtle") not in TRIPLE_FORMATS:
            raise QueryError(
                f"CONSTRUCT and DESCRIBE give triples, which are not written as {format}; "
                f"choose {', '.join(TRIPLE_FORMATS)}."
            )
        _drain(result, GRAPH_FORMATS[format](stream))
        return
    if (format := format or "table") not in ROW_FORMATS:
        raise QueryError(
            f"SELECT and ASK give rows, which are not written as {format}; "
            f"choose {', '.join(ROW_FORMATS)}."
        )
    if isinstance(result, Rows):
        if format == "table":
            _drain(result, TableExport(stream, result.columns, width))
        else:
            _drain(result, ROW_FORMATS[format](stream, result.columns))
    else:
        stream.write(_BOOLEANS.get(format, "{}\n").format("true" if result else "false"))


def _drain(items: Iterable[Item], export: Export[Item]) -> None:
    for item in items:
        export.write(item)
    export.finish()
