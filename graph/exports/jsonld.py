"""JSON-LD with the short names of ontology/context.jsonld, the context inside: nothing to fetch."""

from __future__ import annotations

import json
import re
from functools import cache
from itertools import groupby
from typing import Any, TextIO

import pyoxigraph as ox

from sinergi.ontology import RDF, XSD, context

_INTEGER = re.compile(r"0|-?[1-9][0-9]{0,14}", re.ASCII)  # what a JSON number holds exactly

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


class JsonLdExport:
    """Holds one graph at a time; a node to a line, sorted."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._graph: str | None = None  # None: the default graph
        self._items: set[ox.Triple] = set()
        self._any = False
        head = json.dumps(context(), ensure_ascii=False, sort_keys=True)
        stream.write(f'{{"@context": {head},\n "@graph": [')

    def write(self, item: ox.Quad | ox.Triple) -> None:
        graph = None
        if isinstance(item, ox.Quad):
            if not isinstance(item.graph_name, ox.DefaultGraph):
                graph = _reference(item.graph_name)
            item = item.triple
        if graph != self._graph:
            self._end_graph()
            self._graph = graph
        self._items.add(item)

    def finish(self) -> None:
        self._end_graph()
        self._stream.write("\n]}\n")

    def _end_graph(self) -> None:
        if not self._items:
            return
        nodes = [json.dumps(node, ensure_ascii=False) for node in _nodes(self._items)]
        self._stream.write(",\n" if self._any else "\n")
        if self._graph is None:
            self._stream.write("  " + ",\n  ".join(nodes))
        else:
            name = json.dumps(self._graph, ensure_ascii=False)
            self._stream.write(f'  {{"id": {name}, "@graph": [\n    ')
            self._stream.write(",\n    ".join(nodes) + "\n  ]}")
        self._any, self._items = True, set()


def _nodes(triples: set[ox.Triple]) -> list[dict[str, Any]]:
    keyed = sorted((str(t.subject), t.predicate.value, str(t.object), t) for t in triples)
    nodes = []
    for _, about in groupby(keyed, key=lambda key: key[0]):
        node: dict[str, Any] = {}
        for *_, triple in about:
            node.setdefault("id", _reference(triple.subject))
            if triple.predicate == RDF.type and isinstance(triple.object, ox.NamedNode):
                iri = triple.object.value
                key, value = "type", _terms().get((iri, None), iri)
            else:
                key, value = _said(triple.predicate.value, triple.object)
            node.setdefault(key, []).append(value)
        single = {k: v[0] if isinstance(v, list) and len(v) == 1 else v for k, v in node.items()}
        first = {k: single.pop(k) for k in ("id", "type") if k in single}
        nodes.append(first | dict(sorted(single.items())))
    return nodes


def _said(predicate: str, value: Term) -> tuple[str, Any]:
    """The key and the value for a statement: a short name where the context has one that fits."""
    if isinstance(value, ox.Triple):
        raise ValueError("JSON-LD 1.1 has no triple terms")
    if not isinstance(value, ox.Literal):
        iri = _reference(value)
        term = _terms().get((predicate, "@id"))
        return (term, iri) if term else (_plain(predicate), {"id": iri})
    if value.language:
        return _plain(predicate), {"@value": value.value, "@language": value.language}
    datatype = value.datatype.value
    if datatype == XSD.string.value:
        return _plain(predicate), value.value
    if term := _terms().get((predicate, datatype)):
        return term, _native(value)
    return _plain(predicate), {"@value": value.value, "@type": datatype}


def _plain(predicate: str) -> str:
    """The term for a predicate whose values say their type themselves, else the IRI."""
    return _terms().get((predicate, None), predicate)


def _native(value: ox.Literal) -> bool | int | str:
    if value.datatype == XSD.boolean and value.value in ("true", "false"):
        return value.value == "true"
    if value.datatype == XSD.integer and _INTEGER.fullmatch(value.value):
        return int(value.value)
    return value.value


def _reference(node: Term) -> str:
    return str(node) if isinstance(node, ox.BlankNode) else node.value  # type: ignore[union-attr]


@cache
def _terms() -> dict[tuple[str, str | None], str]:
    """The context turned round: from IRI and type coercion (None: none) to the short name."""
    entries = context()
    terms: dict[tuple[str, str | None], str] = {}
    for term, entry in sorted(entries.items()):
        iri, coercion = (
            (entry["@id"], entry.get("@type")) if isinstance(entry, dict) else (entry, None)
        )
        if term.startswith("@") or not isinstance(iri, str) or iri.startswith("@"):
            continue
        whole = _expand(entries, iri)
        if not whole.endswith(("/", "#")):  # a prefix is no term
            kind = _expand(entries, coercion) if coercion else None
            terms.setdefault((whole, kind), term)
    return terms


def _expand(entries: dict[str, Any], name: str) -> str:
    prefix, colon, rest = name.partition(":")
    start = entries.get(prefix)
    return start + rest if colon and isinstance(start, str) and not rest.startswith("//") else name
