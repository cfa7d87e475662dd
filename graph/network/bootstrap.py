"""How far the measures of a small network hang on single meetings: bootstrap intervals."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Collection
from typing import Any

import networkx as nx

from sinergi.graph.errors import QueryError
from sinergi.graph.network.groups import SEED
from sinergi.graph.network.measures import measure
from sinergi.graph.network.projection import Projection, project_meetings
from sinergi.graph.network.records import Records

# Beyond this many actors an interval of each says little and takes minutes.
MOST_ACTORS = 500
SAMPLES = 200
# The usual 95 %.
LOW, HIGH = 0.025, 0.975


def bootstrap(
    graph: nx.Graph[Any],
    records: Records,
    projection: Projection,
    names: Collection[str],
    *,
    samples: int = SAMPLES,
) -> nx.Graph[Any]:
    """Give every node of `graph`, the network of `records` by `projection`, `NAME_low` and
    `NAME_high` of the measures `names`: the middle 95 % of what it has in `samples` networks, each
    of as many meetings, drawn from the same with putting back. Returns `graph`.

    An actor counts 0 where no meeting of its own was drawn. A drawn sample has fewer distinct
    meetings than the original, so that counts of partners lie lower in it: the interval says how
    much depends on single meetings, and is no margin for what was never reported. Raises
    QueryError for more than MOST_ACTORS actors or a sample that is none.
    """
    if graph.number_of_nodes() > MOST_ACTORS:
        raise QueryError(
            f"Intervals are for up to {MOST_ACTORS} actors, and these are "
            f"{graph.number_of_nodes()}; narrow the window, or ask for more common meetings."
        )
    if samples < 1:
        raise QueryError("Intervals need at least one sample.")
    draw = random.Random(SEED)
    drawn: dict[tuple[Any, str], list[float]] = defaultdict(list)
    for _ in range(samples):
        meetings = draw.choices(records.meetings, k=len(records.meetings))
        sample = measure(project_meetings(records, projection, meetings), names)
        for actor in graph:
            found = sample.nodes[actor] if actor in sample else {}
            for name in names:
                drawn[actor, name].append(found.get(name, 0.0))
    for (actor, name), values in drawn.items():
        values.sort()
        for end, share in (("low", LOW), ("high", HIGH)):
            graph.nodes[actor][f"{name}_{end}"] = values[round(share * (len(values) - 1))]
    graph.graph["samples"] = samples
    return graph
