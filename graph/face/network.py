"""A network that shows itself: a networkx graph with a picture and its tables."""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING, Any

import networkx

from sinergi.graph.exports.network import network_table
from sinergi.graph.face.html import counted, render
from sinergi.graph.face.table import Table
from sinergi.graph.network import layout

if TYPE_CHECKING:
    Base = networkx.Graph[str]
else:
    Base = networkx.Graph

# The hues of the page (Paul Tol's "muted" set), for the sectors with most actors.
HUES = ("#332288", "#44aa99", "#cc6677", "#ddbb55", "#88ccee", "#117733", "#aa4499", "#999933",
        "#882255")  # fmt: skip
OTHER = "#a3a8ae"
NO_SECTOR = "no sector"
# They are for programs, and stand behind what people read.
KEYS = {"key", "kind", "region", "agency", "parent", "source", "target"}
DRAWN = 150  # actors with the strongest ties: more is a knot at the size of a notebook
LABELLED = 12  # as many labels fit beside one another
LARGEST = 14.0  # radius of the strongest actor, where neighbors lie some 80 apart
FAINTEST = 0.05  # an actor is drawn as if it had this share of the strongest's ties at least
WIDEST = 6  # a line of so many meetings or more
MARGIN = 60.0  # around the outermost actors, for labels


class Network(Base):
    """Who met whom: a networkx graph; sinergi.graph.network lists its attributes."""

    @property
    def actors(self) -> Table:
        """The nodes with their attributes and measures, those with the strongest ties first."""
        return _names_first(network_table(self, "actors"))

    @property
    def ties(self) -> Table:
        """The edges with their attributes, the strongest first."""
        return _names_first(network_table(self, "ties"))

    def __repr__(self) -> str:
        return f"<Network: {self._summary()}>"

    def _summary(self) -> str:
        level = f", level {self.graph['level']}" if "level" in self.graph else ""
        drawn = f"; the {DRAWN} with the strongest ties are drawn" if len(self) > DRAWN else ""
        return f"{counted(len(self), 'actor')}, {counted(self.size(), 'tie')}{level}{drawn}"

    def _repr_html_(self) -> str:
        keys = [str(key) for key in self.actors["key"][:DRAWN]] if len(self) else []
        part = self.subgraph(keys)
        places, strength = layout(part), dict(self.degree(weight="weight"))
        strongest = max(strength.values(), default=0) or 1.0
        sectors = Counter(data.get("sector") or NO_SECTOR for _, data in part.nodes(data=True))
        ordered = sorted(sectors, key=lambda name: (name == NO_SECTOR, -sectors[name], name))
        hue = dict(zip(ordered, HUES, strict=False))
        spots = []
        for rank, key in enumerate(keys):
            data, (x, y) = self.nodes[key], places[key]
            label = data.get("label", key)
            share = max(strength[key] / strongest, FAINTEST)
            spots.append(
                {
                    "x": round(x, 1),
                    "y": round(y, 1),
                    "radius": round(LARGEST * math.sqrt(share), 1),
                    "color": hue.get(data.get("sector") or NO_SECTOR, OTHER),
                    "title": _titled(label, data),
                    "label": label if rank < LABELLED else "",
                }
            )
        lines = []
        for a, b, data in sorted(part.edges(data=True), key=lambda edge: edge[:2]):
            (x1, y1), (x2, y2) = places[a], places[b]
            names = " – ".join(str(self.nodes[key].get("label", key)) for key in (a, b))
            lines.append(
                {"x1": round(x1, 1), "y1": round(y1, 1), "x2": round(x2, 1), "y2": round(y2, 1),
                 "width": min(data.get("meetings", 1), WIDEST), "title": _titled(names, data)}
            )  # fmt: skip
        legend = list(hue.items()) + ([("others", OTHER)] if len(ordered) > len(hue) else [])
        return render(
            "network", summary=self._summary(), spots=spots, lines=lines, legend=legend,
            box=_box(spots),
        )  # fmt: skip


def _names_first(records: list[dict[str, Any]]) -> Table:
    return Table.of_records([dict(sorted(r.items(), key=lambda i: i[0] in KEYS)) for r in records])


def _titled(name: str, data: dict[str, Any]) -> str:
    if "meetings" not in data:  # a network that was made otherwise
        return name
    return f"{name}: {counted(data['meetings'], 'meeting')}"


def _box(spots: list[dict[str, Any]]) -> str:
    xs, ys = [spot["x"] for spot in spots] or [0.0], [spot["y"] for spot in spots] or [0.0]
    left, top = min(xs) - MARGIN, min(ys) - MARGIN
    sides = (left, top, max(xs) + MARGIN - left, max(ys) + MARGIN - top)
    return " ".join(f"{side:.0f}" for side in sides)
