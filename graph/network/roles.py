"""Who stands between whom: Gould and Fernandez's brokerage roles by sector.

Gould & Fernandez, "Structures of mediation", Sociological Methodology 19 (1989) 89. A broker stands
between two that have no tie of their own. Ties of meetings have no direction, so every such pair
counts both ways, as it does in R's sna::brokerage: coordinator, consultant and liaison by two,
gatekeeper and representative by one each, and these two are always equal.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

import igraph

ROLES = ("coordinator", "gatekeeper", "representative", "consultant", "liaison")


def brokerage(part: igraph.Graph, groups: list[Any]) -> list[dict[str, int]]:
    """The five counts of every vertex of `part`; `groups` has the group of each, None where it is
    unknown: whoever has none brokers nothing, and is not brokered for.
    """
    counts = [_pairs(Counter(_known(part, groups, v)), groups[v]) for v in range(part.vcount())]
    # Every pair of partners was counted; those that have a tie themselves need no broker.
    for triangle in part.list_triangles():
        kinds = tuple(groups[v] for v in triangle)
        for i, broker in enumerate(triangle):
            own, one, other = kinds[i], kinds[i - 1], kinds[i - 2]
            if own is None or one is None or other is None:
                continue
            counts[broker][_role(own, one, other)] -= 1
    return [_both_ways(count) for count in counts]


def _known(part: igraph.Graph, groups: list[Any], vertex: int) -> list[Any]:
    return [groups[v] for v in part.neighbors(vertex) if groups[v] is not None]


def _role(own: Any, one: Any, other: Any) -> str:
    if one == other:
        return "coordinator" if one == own else "consultant"
    return "gatekeeper" if own in (one, other) else "liaison"


def _pairs(partners: Mapping[Any, int], own: Any) -> Counter[str]:
    """How many pairs of partners stand in which relation to the broker's own group."""
    found: Counter[str] = Counter()
    if own is None:
        return found
    inside = partners.get(own, 0)
    outside = sum(partners.values()) - inside
    found["coordinator"] = inside * (inside - 1) // 2
    found["gatekeeper"] = inside * outside
    found["consultant"] = sum(n * (n - 1) // 2 for g, n in partners.items() if g != own)
    found["liaison"] = outside * (outside - 1) // 2 - found["consultant"]
    return found


def _both_ways(count: Mapping[str, int]) -> dict[str, int]:
    return {
        "coordinator": 2 * count.get("coordinator", 0),
        "gatekeeper": count.get("gatekeeper", 0),
        "representative": count.get("gatekeeper", 0),
        "consultant": 2 * count.get("consultant", 0),
        "liaison": 2 * count.get("liaison", 0),
    }
