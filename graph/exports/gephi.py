"""The network of agencies for Gephi: GEXF with days, GraphML without.

An agency's id is its IRI. A tie has its weight, its meetings' IRIs, and the longest quote of the
last of them with the address of its article.

GEXF is dynamic: a node and an edge are there on the days of their meetings, in spells; what has
no dated meeting has no spell, and is there always. It is version 1.2draft, which Gephi reads from
0.8 on and networkx and rgexf read as well. GraphML has first and last day as attributes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TextIO
from xml.sax.saxutils import escape, quoteattr

from sinergi.graph.exports.collaboration import Actor, Tie
from sinergi.graph.exports.xml import NOT_XML

_NODE = {
    "kind": "string", "sector": "string", "region": "string", "parent": "string",
    "meetings": "integer", "first": "string", "last": "string",
}  # fmt: skip
_EDGE = {
    "meetings": "integer", "held": "integer", "undated": "integer", "first": "string",
    "last": "string", "meeting_iris": "string", "quote": "string", "url": "string",
}  # fmt: skip

Values = Mapping[str, Any]


class GexfExport:
    """All actors first, then all ties."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._ties = 0
        stream.write(
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            '<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">\n'
            "<meta><creator>sinergi</creator>"
            "<description>Agencies that met; a spell is a meeting</description></meta>\n"
            '<graph defaultedgetype="undirected" mode="dynamic" timeformat="date">\n'
        )
        for kind, columns in (("node", _NODE), ("edge", _EDGE)):
            stream.write(f'<attributes class="{kind}" mode="static">\n')
            for name, type in columns.items():
                stream.write(f'<attribute id="{name}" title="{name}" type="{type}"/>\n')
            stream.write("</attributes>\n")
        stream.write("<nodes>\n")

    def write(self, item: Actor | Tie) -> None:
        values = _node(item) if isinstance(item, Actor) else _edge(item)
        inner = "".join(
            f"<attvalue for={quoteattr(name)} value={_attribute(value)}/>"
            for name, value in values.items()
        )
        inner = f"<attvalues>{inner}</attvalues>"
        if item.spells:
            spells = (f'<spell start="{start}" end="{end}"/>' for start, end in item.spells)
            inner += f"<spells>{''.join(spells)}</spells>"
        if isinstance(item, Actor):
            id, label = _attribute(item.agency.iri), _attribute(item.agency.name)
            self._stream.write(f"<node id={id} label={label}>{inner}</node>\n")
            return
        if not self._ties:
            self._stream.write("</nodes>\n<edges>\n")
        self._stream.write(
            f'<edge id="{self._ties}" source={_attribute(item.one)} target={_attribute(item.other)}'
            f' weight="{item.weight!r}">{inner}</edge>\n'
        )
        self._ties += 1

    def finish(self) -> None:
        if not self._ties:
            self._stream.write("</nodes>\n<edges>\n")
        self._stream.write("</edges>\n</graph>\n</gexf>\n")


class GraphMlExport:
    """The same; in any order."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._ties = 0
        stream.write(
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
        )
        types = {"integer": "int"}
        for kind, columns in (
            ("node", {"label": "string", **_NODE}),
            ("edge", {"weight": "double", **_EDGE}),
        ):
            for name, type in columns.items():
                stream.write(
                    f'<key id="{kind}-{name}" for="{kind}" attr.name="{name}" '
                    f'attr.type="{types.get(type, type)}"/>\n'
                )
        stream.write('<graph edgedefault="undirected">\n')

    def write(self, item: Actor | Tie) -> None:
        if isinstance(item, Actor):
            data = self._data("node", {"label": item.agency.name, **_node(item)})
            self._stream.write(f"<node id={_attribute(item.agency.iri)}>{data}</node>\n")
            return
        data = self._data("edge", {"weight": item.weight, **_edge(item)})
        one, other = _attribute(item.one), _attribute(item.other)
        self._stream.write(f"<edge source={one} target={other}>{data}</edge>\n")

    def finish(self) -> None:
        self._stream.write("</graph>\n</graphml>\n")

    def _data(self, kind: str, values: Values) -> str:
        return "".join(
            f'<data key="{kind}-{name}">{_escaped(value)}</data>' for name, value in values.items()
        )


def _node(it: Actor) -> Values:
    agency = it.agency
    return _known(
        kind=it.kind,
        sector=it.sector,
        region=agency.region.name if agency.region else None,
        parent=agency.parent.name if agency.parent else None,
        meetings=len(it.meetings),
        **_span(it),
    )


def _edge(it: Tie) -> Values:
    quoted = next((m.evidence for m in reversed(it.meetings) if m.evidence), None)
    return _known(
        meetings=len(it.meetings),
        held=sum(meeting.held for meeting in it.meetings),
        undated=sum(not meeting.start for meeting in it.meetings),
        **_span(it),
        meeting_iris=" ".join(meeting.iri for meeting in it.meetings),
        quote=quoted.quote if quoted else None,
        url=quoted.article.url if quoted else None,
    )


def _span(it: Actor | Tie) -> Values:
    spells = it.spells
    return {"first": spells[0][0], "last": spells[-1][1]} if spells else {}


def _known(**values: Any) -> Values:
    return {name: value for name, value in values.items() if value is not None}


def _attribute(value: Any) -> str:
    return quoteattr(NOT_XML.sub("\ufffd", str(value)))


def _escaped(value: Any) -> str:
    return escape(NOT_XML.sub("\ufffd", str(value)), {"\r": "&#13;"})
