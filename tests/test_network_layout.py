"""Where the layout puts actors."""

from __future__ import annotations

import math
import random

from sinergi.graph.network import CLEARANCE, collaboration_network, layout


def test_circles_keep_clear_of_one_another_and_igraph_of_our_seed() -> None:
    draw = random.Random(4)
    attendance = {f"m{i}": draw.sample(range(60), draw.choice([2, 2, 2, 3, 25])) for i in range(90)}
    attendance["apart"] = ["p", "q"]  # type: ignore[list-item]
    graph = collaboration_network({m: [str(a) for a in v] for m, v in attendance.items()})
    state = random.getstate()
    spots = layout(graph)
    assert random.getstate() == state
    assert set(spots) == set(graph)
    places = list(spots.values())
    nearest = min(
        math.dist(one, other) for i, one in enumerate(places) for other in places[i + 1 :]
    )
    assert nearest > 0.8 * CLEARANCE
    width, height = (max(axis) - min(axis) for axis in zip(*places, strict=True))
    assert 0.5 < width / height < 2.5


def test_a_large_ceremony_does_not_swallow_the_pairs_within_it() -> None:
    attendance: dict[str, list[str]] = {"ceremony": [f"a{i:02}" for i in range(30)]}
    attendance |= {f"visit{i}": ["a00", "a01"] for i in range(6)}
    spots = layout(collaboration_network(attendance))
    strong = math.dist(spots["a00"], spots["a01"])
    others = sorted(math.dist(spots["a00"], spots[f"a{i:02}"]) for i in range(2, 30))
    assert strong < others[len(others) // 2]
