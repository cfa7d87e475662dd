"""A network that shows itself: a networkx graph with a picture and its tables."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
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
DRAWN = 100  # actors with the strongest ties: more is a knot at the size of a notebook
# Sizes in pixels of a notebook, which shows the picture this wide and high at most.
WIDE, HIGH = 800.0, 420.0
LARGEST = 12.0  # radius of the strongest actor
FAINTEST = 0.05  # an actor is drawn as if it had this share of the strongest's ties at least
WIDEST = 4.0  # a line, however many meetings it is
LETTER, LINE = 5.5, 11.0  # a letter's width, a line's height
LONGEST = 32  # letters of a label
LABELLED = 20  # actors; more labels hide the picture
MARGIN = 50.0  # around the outermost actors, for labels


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
        box, pixel = _box(places)
        spots = []
        for key in keys:
            data, (x, y) = self.nodes[key], places[key]
            share = max(strength[key] / strongest, FAINTEST)
            spots.append(
                {
                    "x": round(x, 1),
                    "y": round(y, 1),
                    "radius": round(LARGEST * math.sqrt(share) * pixel, 1),
                    "color": hue.get(data.get("sector") or NO_SECTOR, OTHER),
                    "title": _titled(data.get("label", key), data),
                    "label": _short(data.get("label", key)),
                }
            )
        lines = []
        for a, b, data in sorted(part.edges(data=True), key=lambda edge: edge[:2]):
            (x1, y1), (x2, y2) = places[a], places[b]
            names = " – ".join(str(self.nodes[key].get("label", key)) for key in (a, b))
            width = round(min(math.sqrt(data.get("meetings", 1)), WIDEST) * pixel, 1)
            lines.append(
                {"x1": round(x1, 1), "y1": round(y1, 1), "x2": round(x2, 1), "y2": round(y2, 1),
                 "width": width, "title": _titled(names, data)}
            )  # fmt: skip
        legend = list(hue.items()) + ([("others", OTHER)] if len(ordered) > len(hue) else [])
        return render(
            "network", summary=self._summary(), spots=spots, lines=lines, legend=legend, box=box,
            labels=_labels(spots, pixel), line=round(LINE * pixel, 1), high=HIGH,
        )  # fmt: skip


def _names_first(records: list[dict[str, Any]]) -> Table:
    return Table.of_records([dict(sorted(r.items(), key=lambda i: i[0] in KEYS)) for r in records])


def _titled(name: str, data: dict[str, Any]) -> str:
    if "meetings" not in data:  # a network that was made otherwise
        return name
    return f"{name}: {counted(data['meetings'], 'meeting')}"


def _short(label: str) -> str:
    return label if len(label) <= LONGEST else label[: LONGEST - 1] + "…"


def _labels(spots: list[dict[str, Any]], pixel: float) -> list[dict[str, Any]]:
    """The labels over the spots, the strongest actors' first, that are not in another's way."""
    placed: list[dict[str, Any]] = []
    for spot in spots:
        label = {
            "x": spot["x"],
            "y": round(spot["y"] - spot["radius"] - LINE * pixel / 4, 1),
            "text": spot["label"],
            "half": len(spot["label"]) * LETTER * pixel / 2,
        }
        if len(placed) < LABELLED and all(
            abs(label["x"] - other["x"]) > label["half"] + other["half"]
            or abs(label["y"] - other["y"]) > 1.2 * LINE * pixel
            for other in placed
        ):
            placed.append(label)
    return placed


def _box(places: Mapping[str, tuple[float, float]]) -> tuple[str, float]:
    """What of the plane is shown, and how long a pixel of the notebook is in it."""
    xs, ys = zip(*places.values(), strict=True) if places else ((0.0,), (0.0,))
    width, height = max(xs) - min(xs), max(ys) - min(ys)
    pixel = max(1.0, width / (WIDE - 2 * MARGIN), height / (HIGH - 2 * MARGIN))
    margin = MARGIN * pixel
    sides = (min(xs) - 2 * margin, min(ys) - margin, width + 4 * margin, height + 2 * margin)
    return " ".join(f"{side:.0f}" for side in sides), pixel
