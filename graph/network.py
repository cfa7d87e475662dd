"""From who attended which meeting to the graph of agencies that meet: a plain networkx graph.

An edge says "these two agencies stood in at least one meeting together". Attributes:

| of a node       | meaning                                                                       |
|-----------------|-------------------------------------------------------------------------------|
| label           | canonical name; the node itself is the agency's key                           |
| kind, sector, parent, region | as the registry has them, absent where it has none               |
| meetings        | distinct meetings it attended with at least one other agency                  |
| component       | number of its connected component, 0 is the largest                           |
| community       | number of its Leiden community, 0 is the largest                              |

| of an edge      | meaning                                                                       |
|-----------------|-------------------------------------------------------------------------------|
| meetings        | distinct meetings of the two                                                  |
| weight          | the same by Newman: a meeting of n agencies counts 1/(n-1) for each pair       |
| first, last     | earliest and latest known day (ISO), absent where no meeting has one          |

The same rows give the same graph, in the same order, in whatever order they come.
"""

from __future__ import annotations

import math
import random
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import combinations
from typing import Any, Protocol

import igraph
import networkx as nx

# igraph draws from Python's random; any constant does, this one only has to stay the same.
SEED = 20250519

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


class Row(Protocol):
    """One solution of a SELECT: `row["name"]` is a term with `.value`, or None if unbound."""

    def __getitem__(self, name: str, /) -> Any: ...


Query = Callable[[str], Iterable[Row]]
Positions = dict[Any, tuple[float, float]]

AGENCIES = """
PREFIX org: <http://www.w3.org/ns/org#>
PREFIX schema: <https://schema.org/>
PREFIX sin: <https://w3id.org/sinergi/ns#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?agency ?property ?value WHERE {
  { SELECT DISTINCT ?agency WHERE {
      ?meeting a sin:Meeting ; schema:organizer|schema:attendee ?agency .
      ?agency a org:FormalOrganization } }
  VALUES ?property { skos:prefLabel org:classification sin:sector org:subOrganizationOf sin:region }
  ?agency ?property ?value
}"""

ATTENDANCE = """
PREFIX org: <http://www.w3.org/ns/org#>
PREFIX schema: <https://schema.org/>
PREFIX sin: <https://w3id.org/sinergi/ns#>
SELECT DISTINCT ?meeting ?agency WHERE {
  ?meeting a sin:Meeting ; schema:organizer|schema:attendee ?agency .
  ?agency a org:FormalOrganization
}"""

DATES = """
PREFIX schema: <https://schema.org/>
PREFIX sin: <https://w3id.org/sinergi/ns#>
SELECT DISTINCT ?meeting ?date WHERE { ?meeting a sin:Meeting ; schema:startDate ?date }"""

_AGENCY_PROPERTIES = {
    "prefLabel": "label",
    "classification": "kind",
    "sector": "sector",
    "subOrganizationOf": "parent",
    "region": "region",
}


def tail(iri: str) -> str:
    """The key at the end of an IRI: 'https://.../id/agency/polres-contoh' -> 'polres-contoh'."""
    return iri.rstrip("/").rsplit("/", 1)[-1].rsplit("#", 1)[-1]


def agency_rows(query: Query) -> dict[str, dict[str, str]]:
    """What the store says of each agency that attended a meeting: label, kind, sector, parent and
    region (keys, not IRIs), by the agency's key. Where two values stand, the first in order wins.
    """
    agencies: dict[str, dict[str, str]] = defaultdict(dict)
    for iri, property, value in sorted(
        (row["agency"].value, row["property"].value, row["value"].value) for row in query(AGENCIES)
    ):
        name = _AGENCY_PROPERTIES[tail(property)]
        agencies[tail(iri)].setdefault(name, value if name == "label" else tail(value))
    return dict(sorted(agencies.items()))


def attendance_rows(query: Query) -> dict[str, tuple[str, ...]]:
    """The agencies of each meeting, both by key, both sorted."""
    attendance: dict[str, set[str]] = defaultdict(set)
    for row in query(ATTENDANCE):
        attendance[tail(row["meeting"].value)].add(tail(row["agency"].value))
    return {meeting: tuple(sorted(attendance[meeting])) for meeting in sorted(attendance)}


def read_network(query: Query) -> nx.Graph[str]:
    """The collaboration network of a store.

    `query` takes the text of a SPARQL SELECT, answers it over the union of the named graphs and
    gives its rows, as `Store.query` and pyoxigraph do.
    """
    dates: dict[str, str] = {}
    for meeting, date in sorted((r["meeting"].value, r["date"].value) for r in query(DATES)):
        dates.setdefault(tail(meeting), date)
    return collaboration_network(attendance_rows(query), dates=dates, agencies=agency_rows(query))


def collaboration_network(
    attendance: Mapping[str, Collection[str]],
    *,
    dates: Mapping[str, str] | None = None,
    agencies: Mapping[str, Mapping[str, str]] | None = None,
) -> nx.Graph[str]:
    """Project meetings onto the agencies that attended them (attributes: see the module).

    `attendance` goes from a meeting's key to its agencies' keys, `dates` from a meeting's key to
    an ISO day, `agencies` from an agency's key to its attributes. An agency that never met another
    one is left out: it has no place in a network.
    """
    dates, agencies = dates or {}, agencies or {}
    attended: dict[str, int] = defaultdict(int)
    edges: dict[tuple[str, str], dict[str, Any]] = {}
    for meeting in sorted(attendance):
        present = sorted(set(attendance[meeting]))
        if len(present) < 2:
            continue
        for agency in present:
            attended[agency] += 1
        share, date = 1 / (len(present) - 1), dates.get(meeting)
        for pair in combinations(present, 2):
            edge = edges.setdefault(pair, {"meetings": 0, "weight": 0.0})
            edge["meetings"] += 1
            edge["weight"] += share
            if date:
                edge["first"] = min(date, edge.get("first", date))
                edge["last"] = max(date, edge.get("last", date))
    graph: nx.Graph[str] = nx.Graph()
    for agency in sorted(attended):
        known = {name: value for name, value in agencies.get(agency, {}).items() if value}
        graph.add_node(agency, **{"label": agency, **known, "meetings": attended[agency]})
    graph.add_edges_from((*pair, edges[pair]) for pair in sorted(edges))
    for number, component in enumerate(components(graph)):
        for agency in component:
            graph.nodes[agency]["component"] = number
    for agency, community in communities(graph).items():
        graph.nodes[agency]["community"] = community
    return graph


def components(graph: nx.Graph[Any]) -> list[list[Any]]:
    """Connected components, largest first; within one, and among equals, in order of keys."""
    found = [sorted(component) for component in nx.connected_components(graph)]
    return sorted(found, key=lambda component: (-len(component), component))


def communities(graph: nx.Graph[Any]) -> dict[Any, int]:
    """Leiden communities by modularity of the weights, numbered from 0, the largest first."""
    if not graph.number_of_edges():
        return {}
    nodes = sorted(graph)
    with _seeded():
        membership = (
            _igraph(graph, nodes)
            .community_leiden(objective_function="modularity", weights="weight", n_iterations=-1)
            .membership
        )
    groups: dict[int, list[Any]] = defaultdict(list)
    for node, group in zip(nodes, membership, strict=True):
        groups[group].append(node)
    ordered = sorted(groups.values(), key=lambda members: (-len(members), members))
    return {node: number for number, members in enumerate(ordered) for node in members}


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
    part = _igraph(graph, nodes)
    with _seeded():
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


def _igraph(graph: nx.Graph[Any], nodes: list[Any]) -> igraph.Graph:
    index = {node: i for i, node in enumerate(nodes)}
    edges = sorted(
        (*sorted((index[a], index[b])), data.get("weight", 1.0))
        for a, b, data in graph.edges(nodes, data=True)
    )
    result = igraph.Graph(n=len(nodes), edges=[(a, b) for a, b, _ in edges])
    result.es["weight"] = [weight for *_, weight in edges]
    return result


@contextmanager
def _seeded() -> Iterator[None]:
    """igraph draws from one generator of the process: lend it ours, then give back the usual."""
    igraph.set_random_number_generator(random.Random(SEED))
    try:
        yield
    finally:
        igraph.set_random_number_generator(random)
