"""Where to draw each actor: settled, spaced, the same on every call."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import Any

import igraph
import networkx as nx

from sinergi.graph.network.groups import as_igraph, components, seeded

# Distance between neighbouring agencies in the units of the layout: leaves room for a label at
# the scale at which a few hundred agencies fill a screen.
SPACING = 80.0
# Closer than this two circles of middling size would touch.
CLEARANCE = 60.0
# Between panels, the room for the picture is a little wider than high on most screens; the page
# turns the picture for portrait ones.
ASPECT = 1.25
# Pushing circles apart converges in a few dozen rounds; what overlaps after that is a dense
# clique, where a little overlap is harmless.
CLEARANCE_ROUNDS = 40
# Force layouts fling pendant nodes far out and crowd the middle. Mixing the position with its
# rank evens that out; past one half the shape of the network starts to go.
RANK_SHARE = 0.5
# Components up to this size are drawn as the force layout gives them.
SMALL_COMPONENT = 8
# Attraction relative to the mean edge: beyond these a strong pair would collapse on one spot,
# and the clique of one large ceremony would still pull everything together.
WEAKEST_PULL, STRONGEST_PULL = 0.05, 3.0
# Agencies of one sector are drawn a little closer, so that colours gather where nothing else says
# otherwise.
SAME_SECTOR_PULL = 1.5

Positions = dict[Any, tuple[float, float]]


def layout(graph: nx.Graph[Any]) -> Positions:
    """Where to draw each node: settled, spaced, the same on every call; y grows downwards.

    Each component is laid out by igraph's Fruchterman-Reingold on Newman's weights, so that the
    clique of one large ceremony does not pull everything into one knot, and the components are
    then packed in rows, the largest first.
    """
    boxes = [_component_box(graph, component) for component in components(graph)]
    return _pack(boxes)


def _component_box(graph: nx.Graph[Any], nodes: list[Any]) -> Positions:
    """One component, with its upper left corner at the origin."""
    if len(nodes) == 1:
        return {nodes[0]: (0.0, 0.0)}
    if len(nodes) == 2:
        return {nodes[0]: (0.0, 0.0), nodes[1]: (1.5 * SPACING, 0.0)}
    part = as_igraph(graph, nodes)
    with seeded():
        raw = part.layout_fruchterman_reingold(
            weights=_pulls(graph, nodes, part), niter=1000
        ).coords
    columns = list(zip(*raw, strict=True))
    side = SPACING * math.sqrt(len(nodes))
    extents = side * math.sqrt(ASPECT), side / math.sqrt(ASPECT)
    rank_share = RANK_SHARE if len(nodes) > SMALL_COMPONENT else 0.0
    xs, ys = (
        _spread(column, extent, rank_share) for column, extent in zip(columns, extents, strict=True)
    )
    xs, ys = _clear(xs, ys)
    left, top = min(xs), min(ys)
    return {n: (x - left, y - top) for n, x, y in zip(nodes, xs, ys, strict=True)}


def _pulls(graph: nx.Graph[Any], nodes: list[Any], part: igraph.Graph) -> list[float]:
    weights: list[float] = part.es["weight"]
    mean = math.fsum(weights) / len(weights)
    pulls = []
    for edge, weight in zip(part.es, weights, strict=True):
        one, other = (graph.nodes[nodes[end]].get("sector") for end in edge.tuple)
        sector = SAME_SECTOR_PULL if one is not None and one == other else 1.0
        pulls.append(min(max(sector * weight / mean, WEAKEST_PULL), STRONGEST_PULL))
    return pulls


def _spread(values: tuple[float, ...], extent: float, rank_share: float) -> list[float]:
    """Scale one coordinate to `extent`, evened out by its rank."""
    low, high = min(values), max(values)
    ranks = [0.0] * len(values)
    for rank, index in enumerate(sorted(range(len(values)), key=lambda i: (values[i], i))):
        ranks[index] = rank / (len(values) - 1)
    span = (high - low) or 1.0
    return [
        extent * (rank_share * rank + (1 - rank_share) * (value - low) / span)
        for rank, value in zip(ranks, values, strict=True)
    ]


def _clear(xs: list[float], ys: list[float]) -> tuple[list[float], list[float]]:
    """Push nodes apart until no two are closer than CLEARANCE; neighbours by a grid of cells."""
    xs, ys = list(xs), list(ys)
    for _ in range(CLEARANCE_ROUNDS):
        cells: dict[tuple[int, int], list[int]] = defaultdict(list)
        for i, (x, y) in enumerate(zip(xs, ys, strict=True)):
            cells[int(x // CLEARANCE), int(y // CLEARANCE)].append(i)
        moved = False
        for (column, row), members in sorted(cells.items()):
            near = [
                j
                for dc in (-1, 0, 1)
                for dr in (-1, 0, 1)
                for j in cells.get((column + dc, row + dr), ())
            ]
            for i in members:
                for j in near:
                    if j <= i:
                        continue
                    dx, dy = xs[j] - xs[i], ys[j] - ys[i]
                    distance = math.hypot(dx, dy)
                    if distance >= CLEARANCE:
                        continue
                    if distance < 1e-9:  # one spot: part them in a direction of their own
                        dx, dy, distance = math.cos(j), math.sin(j), 1.0
                    push = (CLEARANCE - distance) / distance / 2
                    xs[i], ys[i] = xs[i] - dx * push, ys[i] - dy * push
                    xs[j], ys[j] = xs[j] + dx * push, ys[j] + dy * push
                    moved = True
        if not moved:
            break
    return xs, ys


def _pack(boxes: list[Positions]) -> Positions:
    """Set boxes in rows, centred, the rows about ASPECT times as wide as they are high."""
    gap = 1.5 * SPACING
    sizes = [tuple(max(p[axis] for p in box.values()) + gap for axis in (0, 1)) for box in boxes]
    if not boxes:
        return {}
    area = math.fsum(width * height for width, height in sizes)
    limit = max(max(width for width, _ in sizes), math.sqrt(area * ASPECT))
    rows: list[list[int]] = [[]]
    used = 0.0
    for number, (width, _) in enumerate(sizes):
        if rows[-1] and used + width > limit * 1.001:
            rows.append([])
            used = 0.0
        rows[-1].append(number)
        used += width
    placed: Positions = {}
    top = 0.0
    for row in rows:
        height = max(sizes[number][1] for number in row)
        left = (limit - math.fsum(sizes[number][0] for number in row)) / 2
        for number in row:
            drop = top + (height - sizes[number][1]) / 2
            for node, (x, y) in boxes[number].items():
                placed[node] = (left + x, drop + y)
            left += sizes[number][0]
        top += height
    return placed
