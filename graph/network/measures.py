"""The measures of a network, of its actors and of the whole; igraph computes, networkx carries.

Each is what its reference says and what networkx's function of that name gives:

| of an actor   | by weight | |
|---------------|-----|---------------------------------------------------------------------------|
| degree        | no  | partners                                                                  |
| strength      | yes | sum of the weights of its ties                                            |
| pagerank      | yes | damping 0.85; Brin & Page 1998                                            |
| betweenness   | no  | share of the pairs of others whose shortest paths it is on; Freeman 1977  |
| closeness     | no  | Wasserman & Faust's, for networks that fall apart                         |
| core          | no  | the largest k of whose k-core it is part; Seidman 1983                    |
| clustering    | no  | share of the pairs of its partners that are partners; Watts & Strogatz    |
| constraint    | yes | Burt 1992; low where it spans structural holes                            |
| coordinator … | no  | brokerage roles by sector, see roles.py                                   |

Shortest paths count steps: a weight says how often two met, and that is no distance.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from typing import Any

import igraph
import networkx as nx

from sinergi.graph.errors import QueryError
from sinergi.graph.network.groups import as_igraph
from sinergi.graph.network.roles import ROLES, brokerage

# A regency's or city's code has so many characters ("33.07"); what lies within it counts as it.
REGENCY = 5

# So many sources of a search at once: memory is this many bits a vertex, three times.
BLOCK = 8192

_Measure = Callable[[igraph.Graph], list[Any]]


def _closeness(part: igraph.Graph) -> list[float]:
    """Breadth first from many vertices at once, a bit of an integer for each: meetings make
    networks of few steps across, where this takes a seventh of igraph's time.
    """
    partners, n = part.get_adjlist(), part.vcount()
    reached, distance = [0] * n, [0] * n
    for first in range(0, n, BLOCK):
        seen = [1 << v - first if first <= v < first + BLOCK else 0 for v in range(n)]
        front, step = seen, 0
        while any(front):
            step += 1
            found = [0] * n
            for v, near in enumerate(partners):
                bits = 0
                for u in near:
                    bits |= front[u]
                if bits := bits & ~seen[v]:
                    found[v] = bits
                    reached[v] += bits.bit_count()
                    distance[v] += step * bits.bit_count()
            front, seen = found, [old | new for old, new in zip(seen, found, strict=True)]
    # Wasserman and Faust: by the share of the others that can be reached at all.
    return [r / d * r / (n - 1) if d else 0.0 for r, d in zip(reached, distance, strict=True)]


def _betweenness(part: igraph.Graph) -> list[float]:
    n = part.vcount()
    pairs = (n - 1) * (n - 2) / 2
    return [value / pairs if pairs else 0.0 for value in part.betweenness(directed=False)]


_MEASURES: Mapping[str, _Measure] = {
    "degree": lambda part: part.degree(),
    "strength": lambda part: part.strength(weights="weight"),
    "pagerank": lambda part: part.pagerank(directed=False, weights="weight"),
    "betweenness": _betweenness,
    "closeness": _closeness,
    "core": lambda part: part.coreness(),
    "clustering": lambda part: part.transitivity_local_undirected(mode="zero"),
    "constraint": lambda part: part.constraint(weights="weight"),
}
MEASURES = (*_MEASURES, *ROLES)
"""The names of all measures of an actor, in the order in which tables have them."""


def measure(graph: nx.Graph[Any], names: Collection[str] = MEASURES) -> nx.Graph[Any]:
    """Give every node of `graph` the measures `names` as attributes, and `graph.graph` those of
    the whole (`summary`). Returns `graph`.

    Measures by weight go by the edges' `weight`. Raises QueryError for a measure that there is
    not.
    """
    if unknown := sorted(set(names) - set(MEASURES)):
        raise QueryError(f"There is no measure '{unknown[0]}'; choose of {', '.join(MEASURES)}.")
    nodes = sorted(graph)
    part = as_igraph(graph, nodes)
    if nodes:
        for name in _MEASURES:
            if name in names:
                _give(graph, nodes, name, _MEASURES[name](part))
        if roles := [role for role in ROLES if role in names]:
            counts = brokerage(part, [graph.nodes[node].get("sector") for node in nodes])
            for role in roles:
                _give(graph, nodes, role, [count[role] for count in counts])
    graph.graph.update(_summary(graph, nodes, part))
    return graph


def summary(graph: nx.Graph[Any]) -> dict[str, float | int]:
    """The measures of the whole; one that is not defined is absent.

    actors, ties, components, largest (actors of the largest component), density, transitivity,
    communities and modularity (of the nodes' `community`, by weight), and assortativity
    (Newman 2003) by degree, by sector and by region: regencies and cities, between -1 and 1 and
    about 0 where ties do not care; who has no sector or region stays out of it.
    """
    nodes = sorted(graph)
    return _summary(graph, nodes, as_igraph(graph, nodes))


def _summary(graph: nx.Graph[Any], nodes: list[Any], part: igraph.Graph) -> dict[str, float | int]:
    found: dict[str, float | int | None] = {"actors": len(nodes), "ties": part.ecount()}
    if nodes:
        sizes = part.connected_components().sizes()
        found |= {"components": len(sizes), "largest": max(sizes)}
        found["density"] = part.density() if len(nodes) > 1 else None
        found["transitivity"] = part.transitivity_undirected()
        found["assortativity_degree"] = part.assortativity_degree(directed=False)
        known = dict(graph.nodes(data=True))
        sectors = {n: data["sector"] for n, data in known.items() if data.get("sector")}
        regions = {n: data["region"][:REGENCY] for n, data in known.items() if data.get("region")}
        found["assortativity_sector"] = assortativity(graph, sectors)
        found["assortativity_region"] = assortativity(graph, regions)
        ties = part.ecount()
        membership = dict(graph.nodes(data="community"))
        if None not in membership.values():
            found["communities"] = len(set(membership.values()))
            groups = [membership[node] for node in nodes]
            found["modularity"] = part.modularity(groups, weights="weight") if ties else None
    return {k: v for k, v in found.items() if v is not None and not math.isnan(v)}


def assortativity(graph: nx.Graph[Any], groups: Mapping[Any, Any]) -> float | None:
    """Newman's assortativity of the ties between those that have a group; None without one such
    tie, or where all are of one group (Phys. Rev. E 67 (2003) 026126).
    """
    ends: Counter[Any] = Counter()
    same = ties = 0
    for a, b in graph.edges:
        if a in groups and b in groups:
            ends[groups[a]] += 1
            ends[groups[b]] += 1
            same += groups[a] == groups[b]
            ties += 1
    expected = math.fsum((n / (2 * ties)) ** 2 for n in ends.values()) if ties else 1.0
    return None if len(ends) < 2 else (same / ties - expected) / (1 - expected)


def _give(graph: nx.Graph[Any], nodes: list[Any], name: str, values: list[Any]) -> None:
    for node, value in zip(nodes, values, strict=True):
        if not (isinstance(value, float) and math.isnan(value)):
            graph.nodes[node][name] = value
