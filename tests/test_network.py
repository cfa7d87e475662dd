"""The projection of meetings onto agencies, and where the layout puts them."""

from __future__ import annotations

import math
import random

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sinergi.graph.network import (
    CLEARANCE,
    collaboration_network,
    communities,
    components,
    layout,
    read_network,
)
from sinergi.graph.results import select
from sinergi.graph.store import Store

# Attendance of up to a dozen meetings by up to eight agencies.
ATTENDANCE = st.dictionaries(
    st.sampled_from([f"m{i}" for i in range(12)]),
    st.lists(st.sampled_from("abcdefgh"), max_size=6),
)


def test_counts_distinct_meetings_and_newman_weights() -> None:
    graph = collaboration_network(
        {
            "small": ["lapas", "polres"],
            "again": ["polres", "lapas", "lapas"],
            "table": ["lapas", "polres", "kodim"],
            "alone": ["dinas"],
        },
        dates={"small": "2025-03-04", "table": "2024-11-02"},
        agencies={"lapas": {"label": "Lapas Contoh", "sector": "pemasyarakatan", "region": ""}},
    )
    assert graph.edges["lapas", "polres"] == {
        "meetings": 3,
        "weight": 2.5,
        "first": "2024-11-02",
        "last": "2025-03-04",
    }
    assert graph.edges["kodim", "lapas"]["meetings"] == 1
    assert graph.nodes["lapas"]["meetings"] == 3
    assert graph.nodes["lapas"]["label"] == "Lapas Contoh"
    assert "region" not in graph.nodes["lapas"]
    assert graph.nodes["kodim"]["label"] == "kodim"
    assert "dinas" not in graph, "an agency that met nobody has no place in a network"


@given(ATTENDANCE)
def test_the_order_of_rows_does_not_matter(attendance: dict[str, list[str]]) -> None:
    shuffled = list(attendance.items())
    random.Random(1).shuffle(shuffled)
    one = collaboration_network(attendance)
    other = collaboration_network({meeting: agencies[::-1] for meeting, agencies in shuffled})
    assert list(one.nodes(data=True)) == list(other.nodes(data=True))
    assert list(one.edges(data=True)) == list(other.edges(data=True))
    assert layout(one) == layout(other)


@given(ATTENDANCE)
def test_weights_share_out_each_agencys_meetings(attendance: dict[str, list[str]]) -> None:
    # Newman's reason for 1/(n-1): the weights at an agency add up to the meetings it attended.
    graph = collaboration_network(attendance)
    for agency, attended in graph.nodes(data="meetings"):
        assert graph.degree(agency, weight="weight") == pytest.approx(attended)


def test_components_and_communities_are_numbered_by_size() -> None:
    graph = nx.Graph()
    for members in ("abcd", "efg", "xy"):
        graph.add_edges_from((p, q) for p in members for q in members if p < q)
    graph.add_edge("a", "e")
    assert components(graph) == [list("abcdefg"), ["x", "y"]]
    found = communities(graph)
    assert [found[node] for node in "abcdefgxy"] == [0, 0, 0, 0, 1, 1, 1, 2, 2]
    assert communities(nx.Graph()) == {}


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


def test_reads_the_network_of_a_store(small_store: Store) -> None:
    graph = read_network(lambda text: select(small_store, text))
    pairs = {(one, other): n for one, other, n in graph.edges(data="meetings")}
    assert pairs == {
        ("dinkes-arunika", "kejari-arunika"): 1,
        ("kejari-arunika", "polres-arunika"): 1,
        ("lapas-arunika", "polres-arunika"): 2,
    }
    lapas = graph.nodes["lapas-arunika"]
    assert lapas["label"] == "Lapas Arunika"
    assert (lapas["sector"], lapas["parent"]) == ("pemasyarakatan", "kanwil-nusa")
    assert graph.edges["lapas-arunika", "polres-arunika"]["first"] == "2025-02-27"
