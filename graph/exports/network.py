"""Writing a network out: for reading, for a spreadsheet, for Gephi, for another program.

| format        | holds                                                                          |
|---------------|--------------------------------------------------------------------------------|
| table, csv    | one of the tables: actors, ties, or the settings and measures of the network   |
| parquet       | the same, with columns of their own type; needs pyarrow                        |
| json          | everything, as networkx's node_link_graph(data, edges="links") reads it        |
| graphml, gexf | everything, as networkx and Gephi read it                                      |

Equal networks give equal bytes.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, BinaryIO, Literal
from xml.etree import ElementTree

import networkx as nx
import pyoxigraph as ox
from networkx.readwrite.gexf import GEXFWriter

from sinergi.graph.errors import InputError
from sinergi.graph.exports.csv import CsvExport
from sinergi.graph.exports.table import TableExport

Show = Literal["actors", "ties", "network"]
FORMATS = ("table", "csv", "json", "graphml", "gexf", "parquet")

# What a table for reading leaves out: labels say it too, or it is for programs.
_NOT_READ = frozenset({"key", "kind", "region", "agency", "parent", "source", "target"})
# Columns in the order of interest; others follow, those of measures in the order they were made.
_ACTORS = ("key", "label", "kind", "sector", "region", "agency", "parent", "meetings")
_TIES = ("source", "target", "source_label", "target_label", "count", "meetings", "outlets",
         "articles", "newman", "weight", "disparity", "first", "last")  # fmt: skip
DIGITS = 4  # of a number in a table for reading

_NOT_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Record = Mapping[str, Any]


def export_network(
    graph: nx.Graph[Any], format: str, out: BinaryIO, *, show: Show = "actors",
    width: int | None = None,
) -> None:  # fmt: skip
    """Write `graph` in one of FORMATS; `show` says which table, where a format holds only one.

    Raises InputError for another format, and for parquet where pyarrow is missing.
    """
    if format in ("table", "csv", "parquet"):
        export_records(network_table(graph, show), format, out, width=width)
    elif format == "json":
        data = nx.node_link_data(graph, edges="links")
        out.write((json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode("utf-8"))
    elif format == "graphml":
        nx.write_graphml_xml(_for_xml(graph), out, prettyprint=True)
        out.write(b"\n")
    elif format == "gexf":
        _write_gexf(_for_xml(graph), out)
    else:
        raise InputError(f"A network is not written as {format}; choose {', '.join(FORMATS)}.")


def export_records(
    records: Sequence[Record], format: str, out: BinaryIO, *, width: int | None = None
) -> None:
    """Write a table, one record a row, as table, csv, json or parquet."""
    columns = list(dict.fromkeys(name for record in records for name in record))
    if format == "table":
        used = {name for record in records for name, value in record.items() if value is not None}
        columns = [name for name in columns if name in used - _NOT_READ]
    if format == "json":
        out.write((json.dumps(records, ensure_ascii=False, indent=1) + "\n").encode("utf-8"))
        return
    if format == "parquet":
        _write_parquet(records, columns, out)
        return
    stream = io.TextIOWrapper(out, "utf-8", newline="", write_through=True)
    if format == "csv":
        export: CsvExport | TableExport = CsvExport(stream, columns)
    else:
        export = TableExport(stream, columns, width)
    for record in records:
        values = {name: record.get(name) for name in columns}
        export.write({k: _cell(v, rounded=format == "table") for k, v in values.items()})
    export.finish()
    stream.detach()


def network_table(graph: nx.Graph[Any], show: Show) -> list[dict[str, Any]]:
    """One table of a network: its actors by weight of their ties, its ties by their weight, or what
    was set and measured for the whole.
    """
    if show == "network":
        return [{"name": name, "value": value} for name, value in graph.graph.items()]
    if show == "ties":
        labels = dict(graph.nodes(data="label"))
        ties = [
            {"source": a, "target": b, "source_label": labels[a], "target_label": labels[b]} | data
            for a, b, data in graph.edges(data=True)
        ]
        ties.sort(key=lambda tie: (-tie["weight"], tie["source"], tie["target"]))
        return [_ordered(tie, _TIES) for tie in ties]
    strength = dict(graph.degree(weight="weight"))
    nodes = sorted(graph.nodes(data=True), key=lambda node: (-strength[node[0]], node[0]))
    return [_ordered({"key": key} | data, _ACTORS) for key, data in nodes]


def _ordered(record: Record, first: Sequence[str]) -> dict[str, Any]:
    return {k: record.get(k) for k in first} | {k: v for k, v in record.items() if k not in first}


def _cell(value: Any, *, rounded: bool) -> ox.Literal | None:
    if value is None:
        return None
    if isinstance(value, float):
        return ox.Literal(f"{value:.{DIGITS}g}" if rounded else repr(value))
    return ox.Literal(str(value).lower() if isinstance(value, bool) else str(value))


def _for_xml(graph: nx.Graph[Any]) -> nx.Graph[Any]:
    """A copy whose texts XML can carry."""
    copy = type(graph)(**_clean(graph.graph))
    copy.add_nodes_from((str(_text(node)), _clean(data)) for node, data in graph.nodes(data=True))
    copy.add_edges_from((_text(a), _text(b), _clean(d)) for a, b, d in graph.edges(data=True))
    return copy


def _clean(data: Record) -> dict[str, Any]:
    return {name: _text(value) for name, value in data.items() if value is not None}


def _text(value: Any) -> Any:
    return _NOT_XML.sub("\ufffd", value) if isinstance(value, str) else value


def _write_gexf(graph: nx.Graph[Any], out: BinaryIO) -> None:
    writer = GEXFWriter(prettyprint=True, version="1.2draft")
    writer.add_graph(graph)
    meta = writer.xml.find("meta")
    if meta is not None:  # networkx dates it, and equal networks would differ from day to day
        meta.attrib.pop("lastmodifieddate", None)
        for child in list(meta):
            meta.remove(child)
        settings = "; ".join(f"{name}: {value}" for name, value in graph.graph.items())
        ElementTree.SubElement(meta, "creator").text = "sinergi"
        ElementTree.SubElement(meta, "description").text = settings
    writer.write(out)
    out.write(b"\n")


def _write_parquet(records: Sequence[Record], columns: Sequence[str], out: BinaryIO) -> None:
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError:
        raise InputError(
            "Parquet needs pyarrow, which is not installed; pip install 'sinergi[parquet]'."
        ) from None
    values = {name: [record.get(name) for record in records] for name in columns}
    if {"name", "value"} == set(columns):  # settings are of many types
        values["value"] = [str(value) for value in values["value"]]
    parquet.write_table(pa.table(values), out)
