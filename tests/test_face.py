"""The Python face: what people in a notebook call, what they get, and how it shows itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import networkx
import pandas
import polars
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser
from pyoxigraph import Literal, NamedNode, RdfFormat, parse

import sinergi
from sinergi.graph.errors import AmbiguousName, InputError, QueryError, StoreError
from sinergi.graph.face.network import DRAWN, Network
from sinergi.graph.face.table import SHOWN, Table
from sinergi.graph.model import Extraction
from sinergi.graph.results import Rows
from sinergi.graph.store import Store as Quads
from sinergi.ontology import PREFIXES

ROOT = Path(__file__).parent.parent
X = "https://x.example/"
HOSTILE = "<script>alert(1)</script><img src=x onerror='alert(2)'>\" & ]]>"
DAYS = """SELECT DISTINCT ?meeting ?day ?place {
  ?meeting a sin:Meeting OPTIONAL { ?meeting schema:startDate ?day }
  OPTIONAL { ?meeting schema:location/schema:name ?place } } ORDER BY ?day ?meeting"""


@pytest.fixture(scope="module")
def store(small_folder: Path) -> sinergi.Store:
    return sinergi.open(small_folder)


def test_a_select_gives_rows_of_python_values(store: sinergi.Store) -> None:
    found = store.query(DAYS)
    assert isinstance(found, Table)
    assert found.columns == ("meeting", "day", "place")
    assert len(found) == len(list(found)) == 5
    assert found[0]["day"] is None
    assert found["day"][1:] == [date(2025, 2, 27), date(2025, 4, 3), date(2025, 4, 9),
                                date(2025, 5, 1)]  # fmt: skip
    assert found[3]["place"] == "Aula Arunika" and found[-1]["place"] is None
    assert str(found[1]["meeting"]).startswith("https://w3id.org/sinergi/id/meeting/")
    assert list(found[1:3]) == list(found)[1:3]
    with pytest.raises(KeyError):
        found["nothing"]
    with pytest.raises(IndexError):
        found[5]


def test_other_queries_give_what_they_mean(store: sinergi.Store) -> None:
    graph = store.query("CONSTRUCT WHERE { ?meeting a sin:Meeting }")
    assert isinstance(graph, rdflib.Graph) and len(graph) == 5
    assert store.query("ASK { ?meeting a sin:Meeting }") is True
    bound = store.query(
        "SELECT ?name ?agency { ?agency skos:prefLabel ?name }",
        {"agency": NamedNode("https://w3id.org/sinergi/id/agency/lapas-arunika")},
    )
    assert isinstance(bound, Table) and bound["name"] == ["Lapas Arunika"]
    with pytest.raises(QueryError):
        store.query("SELECT nothing")


def test_pandas_and_polars_take_a_table_as_it_is(store: sinergi.Store) -> None:
    found = store.query(DAYS)
    assert isinstance(found, Table)
    plain, typed = pandas.DataFrame(found), found.to_pandas()
    assert list(plain.columns) == list(typed.columns) == list(found.columns)
    assert list(plain["day"])[1:] == found["day"][1:]
    assert str(typed["day"].dtype) == "datetime64[s]"
    assert polars.DataFrame(found).schema == {
        "meeting": polars.String, "day": polars.Date, "place": polars.String,
    }  # fmt: skip
    assert polars.DataFrame(found).rows(named=True) == list(found)


def test_columns_keep_their_types_where_values_are_missing_or_come_late() -> None:
    late = Table({"n": [None] * 200 + [3], "share": [1, *[0.5] * 200], "empty": [None] * 201})
    assert str(late.to_pandas()["n"].dtype) == "Int64"
    assert polars.DataFrame(late).schema == {
        "n": polars.Int64, "share": polars.Float64, "empty": polars.String,
    }  # fmt: skip
    none = Table({"name": [], "day": []})
    assert list(none.to_pandas().columns) == polars.DataFrame(none).columns == ["name", "day"]


VALUES = (st.text(), st.integers(-(2**63), 2**63 - 1), st.booleans(), st.dates(),
          st.floats(allow_nan=False))  # fmt: skip


@settings(max_examples=50, deadline=None)  # the first call imports polars
@given(
    st.integers(0, 5).flatmap(
        lambda rows: st.dictionaries(
            st.from_regex(r"[a-z]\w{0,8}", fullmatch=True),  # as variables of SPARQL are called
            st.one_of(
                *(st.lists(st.none() | one, min_size=rows, max_size=rows) for one in VALUES),
                st.lists(st.none() | st.one_of(*VALUES), min_size=rows, max_size=rows),
            ),
            min_size=1,
        )
    ),
    st.slices(5),
)
def test_any_table_goes_through_arrow_unchanged(columns: dict[str, Any], part: slice) -> None:
    table = Table(columns)
    assert polars.DataFrame(table).rows(named=True) == list(table)
    assert list(table[part]) == list(table)[part]
    assert len(table) == len(table.to_pandas()) == len(next(iter(columns.values())))
    repr(table), table._repr_html_()


@pytest.mark.parametrize(
    ("lexical", "datatype", "value"),
    [
        ("2025-02-27", "date", date(2025, 2, 27)),
        ("2025-02-30", "date", "2025-02-30"),  # a term, but no day
        ("7", "integer", 7),
        ("0.5", "decimal", 0.5),
        ("1e3", "double", 1000.0),
        ("true", "boolean", True),
        ("perhaps", "boolean", "perhaps"),
        ("2025", "gYear", "2025"),
    ],
)
def test_literals_are_read_by_their_datatype(lexical: str, datatype: str, value: object) -> None:
    xsd = "http://www.w3.org/2001/XMLSchema#"
    row = {"x": Literal(lexical, datatype=NamedNode(xsd + datatype))}
    (found,) = Table.of_rows(Rows(("x",), iter([row])))["x"]
    assert found == value and type(found) is type(value)


def test_a_column_of_several_types_is_text() -> None:
    assert Table({"x": [date(2025, 1, 2), None, "2025"]})["x"] == ["2025-01-02", None, "2025"]


def test_a_table_in_a_terminal_says_what_it_leaves_out() -> None:
    wide = Table({f"column {i}": ["x" * 50] * 21 for i in range(4)})
    lines = repr(wide).splitlines()
    assert max(map(len, lines[:-1])) <= 100
    assert lines[-1] == (f"(21 rows, the first {SHOWN} shown; further columns: column 2, column 3)")
    assert repr(Table({"a": []})).endswith("(0 rows)")


def test_named_queries_are_asked_by_name(store: sinergi.Store) -> None:
    assert "partners-of-agency" in store.questions["question"]
    found = store.ask("partners-of-agency", agency="lapas", since=date(2025, 1, 1), until=None)
    assert [(row["partnerName"], row["meetings"]) for row in found] == [("Polres Arunika", 2)]
    assert store.ask("collaborations", minimum=2)["meetings"] == [2, 2]
    for question, values, message in (
        ("partners", {}, "did you mean"),
        ("partners-of-agency", {}, "needs agency"),
        ("partners-of-agency", {"agency": "Lapas", "wrong": 1}, "no parameter 'wrong'"),
    ):
        with pytest.raises(QueryError, match=message):
            store.ask(question, **values)
    with pytest.raises(AmbiguousName) as ambiguous:
        store.dossier("Damar Wicaksana")
    assert [note.partition("  <")[0] for note in ambiguous.value.__notes__] == [
        "Damar Wicaksana",
        "Damar Wicaksana",
    ]


def test_dataset_network_and_dossier(store: sinergi.Store) -> None:
    assert len(
        list(store.dataset().query("SELECT * { ?m a <https://w3id.org/sinergi/ns#Meeting> }"))
    )
    network = store.network(measures=["degree"], held=True)
    assert isinstance(network, networkx.Graph) and len(network) == 4
    assert network.actors["label"][0] == "Kejaksaan Negeri Arunika"
    assert {"source_label", "target_label", "meetings"} <= set(network.ties.columns)
    assert networkx.number_of_edges(network.copy()) == len(network.ties) == 3
    assert "Sari Widuri" in str(store.dossier("Lapas Arunika"))


def test_a_store_is_found_in_the_folder_of_a_build(tmp_path: Path) -> None:
    built = sinergi.build(ROOT / "data" / "samples" / "warta.jsonl", tmp_path / "out")
    assert repr(sinergi.open(tmp_path / "out")).startswith(
        f"<Store {tmp_path / 'out'}: {built.articles} articles, {built.meetings} meetings, "
    )
    with pytest.raises(StoreError):
        sinergi.open(tmp_path / "nowhere")


def test_a_server_is_opened_like_a_folder(small_server: str, store: sinergi.Store) -> None:
    there = sinergi.open(small_server)
    assert repr(there).endswith("4 articles, 5 meetings, 4 agencies, 6 officials>")
    assert list(there.query(DAYS)) == list(store.query(DAYS))  # type: ignore[arg-type]
    assert list(there.ask("collaborations")) == list(store.ask("collaborations"))
    assert there.dossier("Lapas Arunika") == store.dossier("Lapas Arunika")
    assert list(there.network().ties) == list(store.network().ties)


def test_extract_takes_a_text_and_what_is_known_of_it() -> None:
    text = (
        "TIRTAMAYA – Kepala Lapas Kelas IIB Tirtamaya, Suryo Pinandito, melakukan audiensi "
        "dengan Kapolres Tirtamaya, AKBP Andaru Kalandra, Selasa (4/3)."
    )
    reading = sinergi.extract(text, title="Kunjungan", published="2025-03-05")
    assert isinstance(reading, Extraction)
    assert reading.meetings[0].date == "2025-03-04"
    assert [official.person for official in reading.officials] == [
        "Suryo Pinandito",
        "Andaru Kalandra",
    ]
    same = sinergi.extract(replace(reading.article))
    assert same == reading
    assert "Suryo Pinandito" in str(reading)
    assert sinergi.extract("Cuaca cerah.").meetings == ()
    with pytest.raises(InputError):
        sinergi.extract("")


def test_view_gives_the_page_and_writes_it(store: sinergi.Store, tmp_path: Path) -> None:
    page = store.view(tmp_path / "page.html", title="Arunika", language="en")
    assert (tmp_path / "page.html").read_text("utf-8") == page.html
    assert store.view(title="Arunika", language="en") == page
    with pytest.raises(InputError):
        store.view(language="xx")


def test_every_public_name_is_documented() -> None:
    page = (ROOT / "docs" / "python.md").read_text("utf-8")
    assert [name for name in sinergi.__all__ if f"sinergi.{name}" not in page] == []
    methods = [name for name in vars(sinergi.Store) if not name.startswith("_")]
    assert [name for name in methods if f"store.{name}" not in page] == ["registry"]


# What shows itself ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def hostile() -> sinergi.Store:
    """Two agencies and two officials at one meeting; every text is an attack."""
    prefixes = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
    text = Literal(HOSTILE)
    things = "".join(
        f"<{X}agency/{n}> a org:FormalOrganization ; skos:prefLabel {text} ; skos:altLabel {text} ."
        f"<{X}person/{n}> a foaf:Person ; foaf:name {text} ."
        f"<{X}part/{n}> sin:inMeeting <{X}meeting> ; sin:onBehalfOf <{X}agency/{n}> ;"
        f" cv:hasParticipant <{X}person/{n}>, <{X}agency/{n}> ."
        f"<{X}meeting> schema:attendee <{X}person/{n}>, <{X}agency/{n}> ."
        for n in (1, 2)
    )
    meeting = (
        f"<{X}meeting> a sin:Meeting ; schema:additionalType <{X}kind> ;"
        f" schema:eventStatus <{X}status> ; schema:location <{X}place> ."
        f"<{X}place> schema:name {text} ."
    )
    graph = f"{prefixes} GRAPH <{X}graph> {{ {things} {meeting} }}"
    return sinergi.Store(Quads.memory(parse(graph, format=RdfFormat.TRIG)), HOSTILE)


def shown(hostile: sinergi.Store) -> Iterator[Any]:
    """One of everything that shows itself."""
    yield hostile
    yield hostile.query("SELECT ?name { ?x foaf:name|skos:prefLabel ?name }")
    yield Table({HOSTILE: [HOSTILE]})
    yield hostile.network()
    yield hostile.dossier(f"{X}agency/1")
    yield sinergi.extract(f"Kapolres Arunika {HOSTILE}", title=HOSTILE)
    yield hostile.view(title=HOSTILE)


def test_what_shows_itself_escapes_every_text(hostile: sinergi.Store) -> None:
    for thing in shown(hostile):
        made = thing._repr_html_()
        assert "alert(1)" in made, type(thing)
        assert "<script" not in made and "<img" not in made, type(thing)


def test_frames_keep_to_themselves(hostile: sinergi.Store) -> None:
    article = sinergi.extract("Kapolres Arunika hadir.")._repr_html_()
    assert 'sandbox=""' in article
    page = hostile.view()._repr_html_()
    assert 'sandbox="allow-scripts allow-popups allow-downloads"' in page


def test_nothing_of_a_network_that_is_empty_or_large_breaks() -> None:
    assert "0 actors, 0 ties" in Network()._repr_html_()
    large = networkx.path_graph(DRAWN + 50)
    drawn = Network(networkx.relabel_nodes(large, str))._repr_html_()
    assert f"the {DRAWN} with the strongest ties are drawn" in drawn
    assert drawn.count("<circle") == DRAWN


@pytest.mark.browser
def test_in_a_browser_nothing_of_a_hostile_text_runs(
    browser: Browser, hostile: sinergi.Store, tmp_path: Path
) -> None:
    parts = (thing._repr_html_() for thing in shown(hostile))
    (tmp_path / "notebook.html").write_text("<meta charset=utf-8>" + "\n".join(parts), "utf-8")
    page = browser.new_page()
    said: list[str] = []
    page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto((tmp_path / "notebook.html").as_uri())
    frames = page.locator("iframe")
    assert frames.count() == 2
    frames.nth(1).scroll_into_view_if_needed()  # out of sight, frames draw nothing
    page.frame_locator("iframe").nth(1).locator("html[data-ready]").wait_for(state="attached")
    assert "<script>" in page.frame_locator("iframe").nth(0).locator("h1").inner_text()
    assert said == []
    page.close()
