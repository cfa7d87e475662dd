"""The disparity filter: which ties say more than chance would.

Serrano, Boguñá & Vespignani, "Extracting the multiscale backbone of complex weighted networks",
PNAS 106 (2009) 6483.
"""

from __future__ import annotations

import math
from typing import Any

import networkx as nx


def disparity(graph: nx.Graph[Any]) -> dict[tuple[Any, Any], float]:
    """Of every tie, how likely a share as large as its own would be if the ends spread their
    strength at random, from the end that it matters more to; 1 between two that have no other tie.
    """
    strength = {
        node: math.fsum(data.get("weight", 1.0) for _, _, data in graph.edges(node, data=True))
        for node in graph
    }
    degree = dict(graph.degree())

    def seen_from(node: Any, weight: float) -> float:
        return (1 - weight / strength[node]) ** (degree[node] - 1) if degree[node] > 1 else 1.0

    return {
        (a, b): min(seen_from(a, data.get("weight", 1.0)), seen_from(b, data.get("weight", 1.0)))
        for a, b, data in graph.edges(data=True)
    }


def keep_backbone(graph: nx.Graph[Any], level: float) -> None:
    """Take the ties out of `graph` whose disparity is not below `level`; the rest carry it as
    `disparity`.
    """
    for (a, b), value in disparity(graph).items():
        if value < level:
            graph.edges[a, b]["disparity"] = value
        else:
            graph.remove_edge(a, b)
