"""Who met whom: projections, measures against networkx and the literature, and every format."""

from __future__ import annotations

import io
import itertools
import json
import random
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from networkx.algorithms.link_analysis.pagerank_alg import _pagerank_python
from pyoxigraph import Quad

from sinergi.cli import main
from sinergi.graph.errors import InputError, QueryError
from sinergi.graph.exports.network import export_network, network_table
from sinergi.graph.network import (
    MEASURES,
    ROLES,
    MeetingRecord,
    Projection,
    Records,
    assortativity,
    bootstrap,
    change,
    collaboration_network,
    communities,
    components,
    disparity,
    measure,
    project,
    read_network,
    read_records,
    read_run,
    slices,
)
from sinergi.graph.rdf import network_quads
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
        "newman": 2.5,
        "outlets": 0,
        "articles": 0,
        "count": 3,
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


def test_reads_the_network_of_a_store(each_store: Store) -> None:
    graph = read_network(lambda text: select(each_store, text))
    pairs = {(one, other): n for one, other, n in graph.edges(data="meetings")}
    assert pairs == {
        ("dinkes-arunika", "kejari-arunika"): 1,
        ("kejari-arunika", "polres-arunika"): 2,
        ("lapas-arunika", "polres-arunika"): 2,
    }
    lapas = graph.nodes["lapas-arunika"]
    assert lapas["label"] == "Lapas Arunika"
    assert (lapas["sector"], lapas["parent"]) == ("pemasyarakatan", "kanwil-nusa")
    assert graph.edges["lapas-arunika", "polres-arunika"]["first"] == "2025-02-27"


# ---- projections

RECORDS = Records(
    meetings=(
        MeetingRecord(
            "a",
            ("reskrim", "lapas"),
            ("joko", "citra"),
            "2024-12-31",
            "audiensi",
            "held",
            ("Pengamanan",),
            ("Kabar", "Warta"),
            ("a1", "a2", "a3"),
        ),
        MeetingRecord("b", ("polres", "lapas", "dinas"), ("joko",), "2025-01-01", "rapat", "held"),
        MeetingRecord(
            "c", ("polda", "lapas"), (), None, "rapat", "planned", (), ("Kabar",), ("a3", "a4")
        ),
        MeetingRecord("d", ("dinas", "desa"), (), "2025-06-30", "rapat", "held"),
    ),
    agencies={
        "reskrim": {"label": "Satreskrim", "kind": "satuan-polres", "parent": "polres"},
        "polres": {"label": "Polres", "parent": "polda", "sector": "keamanan", "region": "99.01"},
        "polda": {"label": "Polda", "parent": "polri", "sector": "keamanan", "region": "99"},
        "polri": {"label": "Polri", "parent": "presiden", "sector": "keamanan"},
        "lapas": {"label": "Lapas", "parent": "kemen", "sector": "pemasyarakatan"},
        "kemen": {"label": "Kementerian", "parent": "presiden"},
        "dinas": {"label": "Dinas", "sector": "sosial", "region": "99.02"},
        "presiden": {"label": "Presiden"},
    },
    officials={"joko": {"label": "Joko Umpama", "agency": "polres", "sector": "keamanan"}},
    sectors={"keamanan": "Keamanan"},
)


@pytest.mark.parametrize(
    ("settings", "pairs"),
    [
        ({}, "desa-dinas dinas-lapas dinas-polres lapas-polda lapas-polres lapas-reskrim"),
        ({"level": "agency"}, "desa-dinas dinas-lapas dinas-polres lapas-polda lapas-polres*2"),
        (
            {"level": "parent"},
            "desa-dinas dinas-kemen dinas-polda kemen-polda kemen-polri kemen-polres",
        ),
        ({"level": "ministry"}, "desa-dinas dinas-kemen dinas-polri kemen-polri*3"),
        ({"level": "sector"}, "keamanan-pemasyarakatan*2 keamanan-sosial pemasyarakatan-sosial"),
        ({"actors": "officials"}, "citra-joko"),
        ({"since": "2025-01-01", "until": "2025-01-01"}, "dinas-lapas dinas-polres lapas-polres"),
        ({"kinds": "audiensi"}, "lapas-reskrim"),
        ({"topics": ["pengamanan"]}, "lapas-reskrim"),
        ({"region": "99.01"}, "dinas-lapas dinas-polres lapas-polres"),
        ({"region": "99"}, "desa-dinas dinas-lapas dinas-polres lapas-polda lapas-polres"),
        ({"held": True, "level": "ministry", "minimum": 2}, "kemen-polri*2"),
    ],
    ids=str,
)
def test_settings_choose_meetings_and_whom_they_count_for(
    settings: dict[str, Any], pairs: str
) -> None:
    graph = project(RECORDS, Projection(**settings))
    found = {"-".join(sorted(pair)): n for *pair, n in graph.edges(data="meetings")}
    expected = {
        name: int(times or 1) for name, _, times in (p.partition("*") for p in pairs.split())
    }
    assert found == expected
    assert not [node for node in graph if not graph.degree(node)]
    for name, value in Projection(**settings).settings().items():
        assert graph.graph[name] == value


def test_a_tie_counts_and_weighs_what_was_asked_for() -> None:
    def counts(**settings: Any) -> list[float]:
        graph = project(RECORDS, Projection(level="ministry", **settings))
        return [graph.edges["kemen", "polri"][name] for name in ("meetings", "count", "weight")]

    assert counts() == [3, 3, 2.5]
    assert counts(weight="count") == [3, 3, 3]
    assert counts(count="outlets") == [3, 2, 2.5], "Kabar and Warta; b has no outlet"
    assert counts(count="outlets", weight="count") == [3, 2, 2]
    assert counts(count="articles", minimum=2) == [3, 4, 2.5]


def test_a_tie_needs_one_of_what_is_counted() -> None:
    graph = project(RECORDS, Projection(count="outlets"))
    assert set(map(frozenset, graph.edges)) == {
        frozenset({"lapas", "reskrim"}),
        frozenset({"lapas", "polda"}),
    }, "no outlet reported b and d"
    with pytest.raises(QueryError, match="minimum is a number of outlets"):
        Projection(count="outlets", minimum=0)


@pytest.mark.parametrize(
    "settings",
    [
        {"level": "village"},
        {"count": "people"},
        {"actors": "officials", "level": "sector"},
        {"since": "2025"},
        {"since": "2025-02-01", "until": "2025-01-01"},
        {"minimum": 0},
        {"backbone": 5},
    ],
    ids=str,
)
def test_settings_that_mean_nothing_are_refused(settings: dict[str, Any]) -> None:
    with pytest.raises(QueryError):
        Projection(**settings)


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({"kinds": "audensi"}, "of the kind 'audensi'; there are audiensi"),
        ({"topics": ["Pengamanen"]}, "did you mean pengamanan?"),
        ({"topics": ["xyz"]}, "as an article words it"),
        ({"region": "9"}, "in the region '9'"),
    ],
)
def test_filters_that_nothing_has_are_told(settings: dict[str, Any], says: str) -> None:
    with pytest.raises(QueryError, match=re.escape(says)):
        project(RECORDS, Projection(**settings))


def test_slices_of_time_and_what_changes_between_them() -> None:
    halves = dict(slices(RECORDS, Projection(), "quarter"))
    assert list(halves) == ["2024-Q4", "2025-Q1", "2025-Q2"]
    assert change(halves["2025-Q1"], halves["2025-Q2"]) == {
        "actors_new": 1,
        "actors_gone": 2,
        "ties_new": 1,
        "ties_gone": 3,
        "ties_kept": 0,
        "similarity": 0.0,
    }
    inside = dict(slices(RECORDS, Projection(since="2025-02-01"), "year"))
    assert list(inside) == ["2025"] and inside["2025"].graph["since"] == "2025-02-01"


# ---- measures


def _random(seed: int) -> nx.Graph[Any]:
    graph = nx.gnm_random_graph(30, 45, seed=seed)
    draw = random.Random(seed)
    for *_, data in graph.edges(data=True):
        data["weight"] = draw.choice([0.5, 1, 2.25])
    for _, data in graph.nodes(data=True):
        data["sector"] = draw.choice(["x", "y", "z", None])
    return graph


NETWORKX: dict[str, Callable[[Any], Any]] = {
    "degree": lambda g: dict(g.degree()),
    "strength": lambda g: dict(g.degree(weight="weight")),
    # nx.pagerank itself wants scipy
    "pagerank": lambda g: _pagerank_python(g, tol=1e-13, max_iter=1000),
    "betweenness": nx.betweenness_centrality,
    "closeness": nx.closeness_centrality,
    "core": nx.core_number,
    "clustering": nx.clustering,
    "constraint": lambda g: nx.constraint(g, weight="weight"),
}


@pytest.mark.parametrize("name", NETWORKX)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_measures_are_those_of_networkx(name: str, seed: int) -> None:
    graph = measure(_random(seed), [name])
    for node, value in NETWORKX[name](graph).items():
        if value == value:  # an isolated node has no constraint: networkx says nan, we say nothing
            assert graph.nodes[node][name] == pytest.approx(value, abs=1e-9), node
        else:
            assert name not in graph.nodes[node]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_brokers_are_counted_as_defined(seed: int) -> None:
    graph = measure(_random(seed), ROLES)
    sector = dict(graph.nodes(data="sector"))
    for broker in graph:
        counts = dict.fromkeys(ROLES, 0)
        for one, other in itertools.permutations(graph[broker], 2):
            own, first, last = sector[broker], sector[one], sector[other]
            if graph.has_edge(one, other) or None in (own, first, last):
                continue
            if first == last:
                counts["coordinator" if first == own else "consultant"] += 1
            elif last == own:
                counts["gatekeeper"] += 1
            elif first == own:
                counts["representative"] += 1
            else:
                counts["liaison"] += 1
        assert {role: graph.nodes[broker][role] for role in ROLES} == counts


def test_zacharys_karate_club_as_published() -> None:
    """Girvan & Newman 2002 for the split, Brandes et al. 2008 for the best modularity, 0.4198 in
    four communities; Newman 2003 for the assortativity, Freeman's centralities as igraph, UCINET
    and networkx print them.
    """
    club = nx.karate_club_graph()
    for *_, data in club.edges(data=True):
        del data["weight"]
    for member, number in communities(club).items():
        club.nodes[member]["community"] = number
    measure(club)
    head = club.nodes[0]
    assert (head["degree"], head["core"]) == (16, 4)
    assert head["betweenness"] == pytest.approx(0.4376, abs=5e-5)
    assert head["closeness"] == pytest.approx(0.5690, abs=5e-5)
    assert head["constraint"] == pytest.approx(0.1554, abs=5e-5)
    whole = club.graph
    assert (whole["actors"], whole["ties"], whole["communities"]) == (34, 78, 4)
    assert whole["modularity"] == pytest.approx(0.4198, abs=5e-5)
    assert whole["density"] == pytest.approx(0.139, abs=5e-4)
    assert whole["transitivity"] == pytest.approx(0.2557, abs=5e-5)
    assert whole["assortativity_degree"] == pytest.approx(-0.4756, abs=5e-5)
    sides = dict(club.nodes(data="club"))
    e_same = sum(sides[a] == sides[b] for a, b in club.edges) / 78
    ends = [sum(d for n, d in club.degree() if sides[n] == s) / 156 for s in set(sides.values())]
    squares = sum(end * end for end in ends)
    assert assortativity(club, sides) == pytest.approx((e_same - squares) / (1 - squares))


def test_florentine_families_as_published() -> None:
    """Wasserman & Faust 1994, tables 5.1 and after: the Medici lead by every centrality."""
    families = measure(nx.florentine_families_graph())
    for name, value in (("degree", 6), ("closeness", 0.560), ("betweenness", 0.522)):
        first = max(families, key=lambda family: families.nodes[family][name])
        assert first == "Medici"
        assert families.nodes[first][name] == pytest.approx(value, abs=5e-4)


def test_the_backbone_keeps_what_matters_to_one_end() -> None:
    graph = nx.Graph()
    graph.add_weighted_edges_from([("hub", f"p{i}", 1) for i in range(9)])
    graph.add_edge("hub", "friend", weight=30)
    graph.add_edge("friend", "p0", weight=1)
    found = {frozenset(pair): value for pair, value in disparity(graph).items()}
    assert found[frozenset({"hub", "friend"})] == pytest.approx((1 - 30 / 39) ** 9)
    assert found[frozenset({"friend", "p0"})] == pytest.approx(0.5)
    assert found[frozenset({"hub", "p3"})] == pytest.approx((1 - 1 / 39) ** 9)
    star = Records(tuple(MeetingRecord(f"m{i}", ("a", "b")) for i in range(20)))
    assert not len(project(star, Projection(backbone=0.05))), "a pair alone is no backbone"


def test_intervals_hold_the_measure_and_need_a_small_network() -> None:
    projection = Projection(level="ministry")
    graph = measure(project(RECORDS, projection), ["degree", "strength"])
    bootstrap(graph, RECORDS, projection, ["strength"], samples=40)
    lapas = graph.nodes["kemen"]
    assert lapas["strength_low"] <= lapas["strength"] <= lapas["strength_high"]
    assert lapas["strength_low"] < lapas["strength_high"]
    again = measure(project(RECORDS, projection), ["strength"])
    bootstrap(again, RECORDS, projection, ["strength"], samples=40)
    assert again.nodes["kemen"]["strength_low"] == lapas["strength_low"]
    many = Records((MeetingRecord("m", tuple(f"a{i:04}" for i in range(501))),))
    with pytest.raises(QueryError, match="up to 500"):
        bootstrap(project(many), many, Projection(), ["degree"])


@given(ATTENDANCE)
def test_every_network_can_be_measured(attendance: dict[str, list[str]]) -> None:
    graph = measure(collaboration_network(attendance))
    assert graph.graph["actors"] == len(graph)
    for name in MEASURES:
        assert all(isinstance(data.get(name, 0), int | float) for _, data in graph.nodes(data=True))


def test_an_unknown_measure_is_told() -> None:
    with pytest.raises(QueryError, match="no measure 'fame'"):
        measure(nx.Graph(), ["fame"])


# ---- formats


@pytest.fixture(scope="module")
def measured(small_store: Store) -> nx.Graph[str]:
    graph = read_network(lambda text: select(small_store, text), Projection(backbone=0.99))
    return measure(graph)


def _written(graph: nx.Graph[str], format: str, **options: Any) -> bytes:
    out = io.BytesIO()
    export_network(graph, format, out, **options)
    again = io.BytesIO()
    export_network(graph, format, again, **options)
    assert again.getvalue() == out.getvalue()
    return out.getvalue()


@pytest.mark.parametrize("format", ["graphml", "gexf", "json"])
def test_networkx_reads_back_what_is_written(measured: nx.Graph[str], format: str) -> None:
    data = _written(measured, format)
    if format == "json":
        back = nx.node_link_graph(json.loads(data), edges="links")
    else:
        read = nx.read_graphml if format == "graphml" else nx.read_gexf
        back = read(io.BytesIO(data))
    assert set(back.nodes) == set(measured.nodes)
    for node, known in measured.nodes(data=True):
        assert {k: v for k, v in back.nodes[node].items() if k in known} == known
    for one, other, known in measured.edges(data=True):
        assert {k: v for k, v in back.edges[one, other].items() if k in known} == known
    if format != "gexf":  # GEXF has no attributes of the graph; its description says them
        assert back.graph["modularity"] == measured.graph["modularity"]
    else:
        assert b"weight: newman" in data and b"lastmodifieddate" not in data


def test_xml_carries_labels_with_characters_that_it_cannot() -> None:
    graph = collaboration_network({"m": ["a", "b\x01"]}, agencies={"a": {"label": "A\x00<&\ud800"}})
    for format, read in (("graphml", nx.read_graphml), ("gexf", nx.read_gexf)):
        back = read(io.BytesIO(_written(graph, format)))
        assert back.nodes["a"]["label"] == "A\ufffd<&\ufffd"


def test_tables_of_actors_ties_and_the_whole(measured: nx.Graph[str]) -> None:
    csv = _written(measured, "csv").decode().splitlines()
    assert csv[0].startswith("key,label,kind,sector,region,agency,parent,meetings,component")
    assert len(csv) == 1 + len(measured)
    table = _written(measured, "table", show="ties").decode()
    assert "Polres Arunika" in table and "lapas-arunika" not in table
    whole = {row["name"]: row["value"] for row in network_table(measured, "network")}
    assert whole["backbone"] == 0.99 and whole["actors"] == len(measured)
    with pytest.raises(InputError, match="not written as xls"):
        _written(measured, "xls")


def test_parquet_keeps_types(measured: nx.Graph[str]) -> None:
    from pyarrow import parquet

    table = parquet.read_table(io.BytesIO(_written(measured, "parquet", show="ties")))
    assert table.num_rows == measured.number_of_edges()
    assert str(table.schema.field("meetings").type) == "int64"


def test_rdf_says_measures_of_whom_and_by_which_run(measured: nx.Graph[str]) -> None:
    build = "https://w3id.org/sinergi/id/run/0.1"
    store = Store.memory(network_quads(measured, "9.9", build=build))
    rows = select(
        store,
        """SELECT ?agency ?value ?build ?weight WHERE {
          ?o a schema:Observation ; schema:isPartOf ?network ; schema:observationAbout ?agency ;
             schema:variableMeasured "betweenness" ; schema:value ?value .
          ?network prov:wasGeneratedBy/prov:wasInformedBy ?build ; schema:additionalProperty ?p .
          ?p schema:name "weight" ; schema:value ?weight } ORDER BY ?agency""",
    ).dicts()
    found = {row["agency"].rsplit("/", 1)[1]: row for row in rows}
    assert set(found) == set(measured)
    for key, row in found.items():
        assert float(row["value"]) == pytest.approx(measured.nodes[key]["betweenness"])
        assert (row["build"], row["weight"]) == (build, "newman")


def test_reads_officials_topics_and_outlets(each_store: Store) -> None:
    records = read_records(lambda text: select(each_store, text))
    first = next(m for m in records.meetings if m.key == "m1")
    assert first.outlets == ("Kabar Arunika", "Warta Bahari")
    assert first.articles == ("a1", "a2")
    assert first.topics == ("keamanan lapas",) and first.kind == "audiensi"
    assert "bayu-lestari.lapas-arunika" in first.officials
    chief = records.officials["damar-wicaksana.polres-arunika"]
    assert (chief["label"], chief["sector"]) == ("Damar Wicaksana", "keamanan")
    ministries = project(records, Projection(level="ministry", held=True))
    assert set(map(frozenset, ministries.edges)) == {
        frozenset({"kementerian-nusa", "kepolisian-nusa"}),
        frozenset({"kepolisian-nusa", "kejaksaan-nusa"}),
        frozenset({"kejaksaan-nusa", "pemkab-arunika"}),
    }
    assert read_run(lambda text: select(each_store, text)) is None


def test_the_command_gives_tables_files_and_slices(small_quads: list[Quad], tmp_path: Path) -> None:
    with Store.create(tmp_path / "store") as store:
        store.load(small_quads)

    def run(*options: str) -> bytes:
        result = CliRunner().invoke(main, ["network", str(tmp_path / "store"), *options])
        assert result.exit_code == 0, result.stderr
        return result.stdout_bytes

    assert b"Polres Arunika" in run()
    ties = run("--show", "ties", "--format", "csv", "--minimum", "2").decode().splitlines()
    given = ["network", str(tmp_path / "store"), "--minimum", "2", "--format", "csv"]
    assert "minimum 2; weight newman" in CliRunner().invoke(main, given).stderr
    lost = CliRunner().invoke(main, ["network", str(tmp_path / "none")])
    assert lost.stderr.startswith("sinergi: There is no store") and lost.stderr.count("\n") == 1
    assert len(ties) == 3 and ties[0].startswith("source,target,source_label")
    assert b'"slice": "2025-02"' in run("--slice", "month", "--format", "json")
    assert b"schema:Observation" in run("--level", "sector", "--format", "trig")
    run("--actors", "officials", "--format", "gexf", "-o", str(tmp_path / "officials.gexf"))
    assert "Sari Widuri" in (tmp_path / "officials.gexf").read_text("utf-8")
    wrong = CliRunner().invoke(main, ["network", str(tmp_path / "store"), "--since", "may"])
    assert wrong.exit_code == 1 and "since is a day" in wrong.stderr
