"""Components and communities, and the passage to igraph, which does the heavy work."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import igraph
import networkx as nx

# igraph draws from Python's random; any constant does, this one only has to stay the same.
SEED = 20250519


def components(graph: nx.Graph[Any]) -> list[list[Any]]:
    """Connected components, largest first; within one, and among equals, in order of keys."""
    found = [sorted(component) for component in nx.connected_components(graph)]
    return sorted(found, key=lambda component: (-len(component), component))


def communities(graph: nx.Graph[Any]) -> dict[Any, int]:
    """Leiden communities by modularity of the weights, numbered from 0, the largest first.

    Traag, Waltman & van Eck, "From Louvain to Leiden", Scientific Reports 9 (2019) 5233.
    """
    if not graph.number_of_edges():
        return {}
    nodes = sorted(graph)
    with seeded():
        membership = (
            as_igraph(graph, nodes)
            .community_leiden(objective_function="modularity", weights="weight", n_iterations=-1)
            .membership
        )
    groups: dict[int, list[Any]] = defaultdict(list)
    for node, group in zip(nodes, membership, strict=True):
        groups[group].append(node)
    ordered = sorted(groups.values(), key=lambda members: (-len(members), members))
    return {node: number for number, members in enumerate(ordered) for node in members}


def as_igraph(graph: nx.Graph[Any], nodes: list[Any]) -> igraph.Graph:
    """The part of `graph` on `nodes`, numbered in their order; a tie without weight has 1."""
    index = {node: i for i, node in enumerate(nodes)}
    edges = sorted(
        (*sorted((index[a], index[b])), data.get("weight", 1.0))
        for a, b, data in graph.edges(nodes, data=True)
    )
    result = igraph.Graph(n=len(nodes), edges=[(a, b) for a, b, _ in edges])
    result.es["weight"] = [weight for *_, weight in edges]
    return result


@contextmanager
def seeded() -> Iterator[None]:
    """igraph draws from one generator of the process: lend it ours, then give back the usual."""
    igraph.set_random_number_generator(random.Random(SEED))
    try:
        yield
    finally:
        igraph.set_random_number_generator(random)
