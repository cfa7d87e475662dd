"""How long a network's measures take, beside networkx's own; invented meetings, seeded.

    python benchmarks/network.py [--agencies 8000] [--meetings 16500] [--networkx]

With --networkx the slow ones run on a tenth of the agencies in both libraries, and the ratio is of
these. Constraint is not among them: networkx took minutes for a tenth of the agencies.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable
from typing import Any

import networkx as nx
from networkx.algorithms.link_analysis.pagerank_alg import _pagerank_python

from sinergi.graph.network import (
    MEASURES,
    collaboration_network,
    communities,
    disparity,
    layout,
    measure,
    summary,
)

SECTORS = 14
SLOW = frozenset({"betweenness", "closeness"})

NETWORKX: dict[str, Callable[[Any], Any]] = {
    "pagerank": _pagerank_python,
    "betweenness": nx.betweenness_centrality,
    "closeness": nx.closeness_centrality,
    "core": nx.core_number,
    "clustering": nx.clustering,
    "communities": lambda g: nx.community.louvain_communities(g, seed=1),
}


def network(agencies: int, meetings: int) -> nx.Graph[str]:
    """A few agencies are at a great many meetings, most at one or two."""
    draw = random.Random(1)

    def agency() -> str:
        if draw.random() < 0.4:
            return f"a{min(int(draw.paretovariate(0.6) * 3), agencies - 1)}"
        return f"a{draw.randrange(agencies)}"

    attendance = {
        f"m{i}": [agency() for _ in range(draw.choice([2, 2, 2, 3, 4, 6]))] for i in range(meetings)
    }
    known = {f"a{i}": {"sector": f"s{i % SECTORS}"} for i in range(agencies)}
    return collaboration_network(attendance, agencies=known)


def seconds(work: Callable[[Any], Any], subject: Any) -> float:
    start = time.perf_counter()
    work(subject)
    return time.perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--agencies", type=int, default=8000)
    parser.add_argument("--meetings", type=int, default=16_500)
    parser.add_argument("--networkx", action="store_true")
    options = parser.parse_args()

    graph = network(options.agencies, options.meetings)
    print(f"{len(graph):,} agencies, {graph.number_of_edges():,} edges")

    def everything_else(graph: Any) -> None:
        measure(graph, [name for name in MEASURES if name != "betweenness"])
        communities(graph)
        disparity(graph)

    def only(name: str) -> Callable[[Any], Any]:
        return lambda graph: measure(graph, [name])

    print(f"all but betweenness together  {seconds(everything_else, graph):6.2f} s")
    print(f"betweenness, exact            {seconds(only('betweenness'), graph):6.2f} s")
    print(f"layout                        {seconds(layout, graph):6.2f} s")
    if not options.networkx:
        return
    small = network(options.agencies // 10, options.meetings // 10)
    for name, theirs in NETWORKX.items():
        subject = small if name in SLOW else graph
        a = seconds(communities if name == "communities" else only(name), subject)
        b = seconds(theirs, subject)
        print(f"{name:12} sinergi {a:7.3f} s   networkx {b:7.2f} s   x {b / a:6.1f}")
    overhead = seconds(summary, graph), seconds(summary, small)
    print(
        f"(each of ours makes the summary too: {overhead[0]:.3f} s, {overhead[1]:.3f} s of a tenth)"
    )


if __name__ == "__main__":
    main()
