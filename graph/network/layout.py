"""Where to draw each actor: settled, spaced, the same on every call.

A network of meetings is mostly a few hubs with many partners, which a force layout alone draws as
one knot. Here every community is an island of its own, laid out by itself around its hubs, and the
islands are set side by side, those that meet often next to one another: a map that can be read,
and in which a closed community stands where its members will stand when it is opened.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import igraph
import networkx as nx

from sinergi.graph.network.groups import as_igraph, components, seeded

# Distance between neighboring actors in the units of the layout: leaves room for a label at the
# scale at which a few hundred actors fill a screen.
SPACING = 80.0
# Closer than this two circles of middling size would touch.
CLEARANCE = 60.0
# Between panels, the room for the picture is a little wider than high on most screens; the page
# turns the picture for portrait ones.
ASPECT = 1.1
# Pushing circles apart converges in a few dozen rounds; what overlaps after that is a dense
# clique, where a little overlap is harmless.
CLEARANCE_ROUNDS = 40
# Island edges keep this far apart: wider than neighbors, so that the gaps can be seen.
SHORE = 1.1 * SPACING
# Setting islands: a pull to the middle and to what an island meets, then apart where they overlap.
ISLAND_ROUNDS = 240
PULL = 0.12
# Every round looks at every pair: of more islands than about 250 there are fewer rounds.
ISLAND_PAIRS = 15_000_000
# Components up to this size are one island.
SMALL_COMPONENT = 8
# Attraction relative to the mean edge: beyond these a strong pair would collapse on one spot,
# and the clique of one large ceremony would still pull everything together.
WEAKEST_PULL, STRONGEST_PULL = 0.05, 3.0
# Actors of one sector are drawn a little closer, so that colors gather where nothing else says
# otherwise.
SAME_SECTOR_PULL = 1.5

Spot = tuple[float, float]
Positions = dict[Any, Spot]


def layout(graph: nx.Graph[Any]) -> Positions:
    """The position of every node; y grows downwards.

    Goes by Newman's weights where there are any, and by the nodes' `community`. Within an island it
    is igraph's Fruchterman-Reingold; components are packed in rows, the largest first.
    """
    return _pack([_component_box(graph, component) for component in components(graph)])


def arrange(radii: Mapping[Any, float], ties: Mapping[tuple[Any, Any], float]) -> Positions:
    """Middles of discs with these radii that do not overlap, those with strong ties near one
    another, the whole about ASPECT times as wide as high.
    """
    names = sorted(radii)
    if len(names) < 2:
        return dict.fromkeys(names, (0.0, 0.0))
    index = {name: i for i, name in enumerate(names)}
    pairs = [(index[a], index[b], weight) for (a, b), weight in sorted(ties.items())]
    radius = [radii[name] + SHORE / 2 for name in names]
    part = igraph.Graph(n=len(names), edges=[(a, b) for a, b, _ in pairs])
    mean = math.fsum(weight for *_, weight in pairs) / max(len(pairs), 1)
    pulls = [_bounded(weight / mean) for *_, weight in pairs]
    with seeded():
        start = part.layout_fruchterman_reingold(weights=pulls or None, niter=500).coords
    side = math.sqrt(math.fsum(4 * r * r for r in radius))
    xs, ys = (
        _scaled(column, extent)
        for column, extent in zip(
            zip(*start, strict=True), (side * ASPECT, side / ASPECT), strict=True
        )
    )
    strongest: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for (a, b, _), pull in zip(pairs, pulls, strict=True):
        strongest[a].append((pull, b))
        strongest[b].append((pull, a))
    rounds = min(ISLAND_ROUNDS, max(1, ISLAND_PAIRS // len(names) ** 2))
    for round in range(rounds):
        pull = PULL * (1 - round / rounds)
        middle = _middle(xs, radius), _middle(ys, radius)
        for i in range(len(names)):
            # Wider than high: what is above or below the middle is pulled harder.
            xs[i] += (middle[0] - xs[i]) * pull / ASPECT
            ys[i] += (middle[1] - ys[i]) * pull * ASPECT
            for weight, j in strongest[i]:
                share = pull * weight / (len(strongest[i]) * STRONGEST_PULL)
                xs[i] += (xs[j] - xs[i]) * share
                ys[i] += (ys[j] - ys[i]) * share
        _apart(xs, ys, radius)
    for _ in range(min(CLEARANCE_ROUNDS, rounds)):
        if not _apart(xs, ys, radius):
            break
    return {name: (xs[i], ys[i]) for name, i in index.items()}


def disc(actors: int) -> float:
    """The radius of an island of so many actors."""
    return SPACING * 0.62 * math.sqrt(actors)


def _component_box(graph: nx.Graph[Any], nodes: list[Any]) -> Positions:
    """One component, with its upper left corner at the origin."""
    groups: dict[Any, list[Any]] = defaultdict(list)
    for node in nodes:
        groups[graph.nodes[node].get("community", 0)].append(node)
    if len(nodes) <= SMALL_COMPONENT or len(groups) == 1:
        return _cornered(_island(graph, nodes))
    islands = {name: _island(graph, members) for name, members in groups.items()}
    radii = {
        name: max(disc(len(island)), max(math.hypot(x, y) for x, y in island.values()))
        for name, island in islands.items()
    }
    home = {node: name for name, members in groups.items() for node in members}
    ties: dict[tuple[Any, Any], float] = defaultdict(float)
    for a, b, data in graph.edges(nodes, data=True):
        if home[a] != home[b]:
            one, other = sorted((home[a], home[b]))
            ties[one, other] += data.get("newman", data.get("weight", 1.0))
    middles = arrange(radii, ties)
    return _cornered(
        {
            node: (middles[name][0] + x, middles[name][1] + y)
            for name, island in islands.items()
            for node, (x, y) in island.items()
        }
    )


def _island(graph: nx.Graph[Any], nodes: list[Any]) -> Positions:
    """Actors laid out by themselves, their middle at the origin."""
    if len(nodes) == 1:
        return {nodes[0]: (0.0, 0.0)}
    if len(nodes) == 2:
        return {nodes[0]: (-0.75 * SPACING, 0.0), nodes[1]: (0.75 * SPACING, 0.0)}
    part = as_igraph(graph.subgraph(nodes), nodes)
    with seeded():
        raw = part.layout_fruchterman_reingold(
            weights=_pulls(graph, nodes, part), niter=_rounds(len(nodes))
        ).coords
    middle = [math.fsum(column) / len(nodes) for column in zip(*raw, strict=True)]
    offsets = [(x - middle[0], y - middle[1]) for x, y in raw]
    order = sorted(range(len(nodes)), key=lambda i: (math.hypot(*offsets[i]), i))
    spots: list[Spot] = [(0.0, 0.0)] * len(nodes)
    radius = disc(len(nodes))
    for rank, i in enumerate(order):
        # Force layouts fling pendant actors far out and crowd the middle: keep each one's direction
        # and give it the distance that its rank has in an evenly filled disc.
        length = math.hypot(*offsets[i]) or 1.0
        distance = radius * math.sqrt(rank / len(nodes))
        spots[i] = (offsets[i][0] / length * distance, offsets[i][1] / length * distance)
    xs, ys = _clear([x for x, _ in spots], [y for _, y in spots])
    left, top = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
    return {node: (x - left, y - top) for node, x, y in zip(nodes, xs, ys, strict=True)}


def _rounds(actors: int) -> int:
    """A large island is spread over its disc by rank: it need not be settled to the last."""
    return max(100, min(1000, 100_000 // actors))


def _pulls(graph: nx.Graph[Any], nodes: list[Any], part: igraph.Graph) -> list[float]:
    weights: list[float] = part.es["weight"]
    mean = math.fsum(weights) / len(weights)
    pulls = []
    for edge, weight in zip(part.es, weights, strict=True):
        one, other = (graph.nodes[nodes[end]].get("sector") for end in edge.tuple)
        sector = SAME_SECTOR_PULL if one is not None and one == other else 1.0
        pulls.append(_bounded(sector * weight / mean))
    return pulls


def _bounded(pull: float) -> float:
    return min(max(pull, WEAKEST_PULL), STRONGEST_PULL)


def _scaled(values: tuple[float, ...], extent: float) -> list[float]:
    low, high = min(values), max(values)
    return [extent * (value - low) / ((high - low) or 1.0) for value in values]


def _middle(values: list[float], weights: list[float]) -> float:
    pairs = zip(values, weights, strict=True)
    return math.fsum(value * weight**2 for value, weight in pairs) / math.fsum(
        weight**2 for weight in weights
    )


def _apart(xs: list[float], ys: list[float], radius: list[float]) -> bool:
    """Push overlapping discs apart, the smaller one further; whether any did overlap."""
    moved = False
    for i in range(len(xs)):
        for j in range(i + 1, len(xs)):
            reach = radius[i] + radius[j]
            dx, dy = xs[j] - xs[i], ys[j] - ys[i]
            if abs(dx) >= reach or abs(dy) >= reach:
                continue
            distance = math.hypot(dx, dy)
            if distance >= reach - 1e-6:
                continue
            if distance < 1e-9:  # one spot: part them in a direction of their own
                dx, dy, distance = math.cos(j), math.sin(j), 1.0
            push = (reach - distance) / distance
            share = radius[j] / reach
            xs[i], ys[i] = xs[i] - dx * push * share, ys[i] - dy * push * share
            xs[j], ys[j] = xs[j] + dx * push * (1 - share), ys[j] + dy * push * (1 - share)
            moved = True
    return moved


def _clear(xs: list[float], ys: list[float]) -> tuple[list[float], list[float]]:
    """Push nodes apart until no two are closer than CLEARANCE; neighbors by a grid of cells."""
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
                    if distance < 1e-9:
                        dx, dy, distance = math.cos(j), math.sin(j), 1.0
                    push = (CLEARANCE - distance) / distance / 2
                    xs[i], ys[i] = xs[i] - dx * push, ys[i] - dy * push
                    xs[j], ys[j] = xs[j] + dx * push, ys[j] + dy * push
                    moved = True
        if not moved:
            break
    return xs, ys


def _cornered(spots: Positions) -> Positions:
    left, top = (min(spot[axis] for spot in spots.values()) for axis in (0, 1))
    return {node: (x - left, y - top) for node, (x, y) in spots.items()}


def _pack(boxes: list[Positions]) -> Positions:
    """Set boxes in rows, centered, the rows about ASPECT times as wide as they are high."""
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
