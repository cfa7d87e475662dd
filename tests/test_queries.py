"""Named queries: right answers on the small graph, and the same ones from rdflib's evaluator."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
import rdflib
from pyoxigraph import Literal, NamedNode, Quad

from sinergi.graph.dossier import dossier, render
from sinergi.graph.errors import AmbiguousName, QueryError
from sinergi.graph.labels import normal
from sinergi.graph.model import Agency
from sinergi.graph.queries import (
    bind,
    named_queries,
    named_query,
    parse_query,
    run,
    with_terms,
)
from sinergi.graph.queries.naming import resolve
from sinergi.graph.results import Rows, Term, select, text
from sinergi.graph.store import Store
from sinergi.ontology import SIN, Iris

ROOT = Path(__file__).parent.parent
LAPAS, POLRES = "Lapas Arunika", "Polres Arunika"
KEJARI, DINKES = "Kejaksaan Negeri Arunika", "Dinas Kesehatan Kabupaten Arunika"
SARI, BAYU, GALIH, NIMAS = "Sari Widuri", "Bayu Lestari", "Galih Purnama", "Nimas Ayuningrum"
DAMAR = "id:person/damar-wicaksana.polres-arunika"  # one of two of this name
SECTION = "Kepala Seksi Keamanan dan Ketertiban"

Values = dict[str, str]


def _key(value: str) -> str:
    return value.rsplit("/", 1)[-1] if value.startswith("https://w3id.org/") else value


def _rows(rows: Rows, *columns: str) -> list[tuple[str, ...]]:
    return [tuple(_key(row[column]) for column in columns) for row in rows.dicts()]


# Query, parameters, columns to look at, the rows that the table in conftest.py leads one to expect.
CASES: list[tuple[str, Values, tuple[str, ...], list[tuple[str, ...]]]] = [
    (
        "who-met-whom",
        {"person": SARI},
        ("name", "otherName", "otherAgencyName", "date", "kind", "meeting"),
        [
            (SARI, BAYU, LAPAS, "2025-02-27", "audiensi", "m1"),
            (SARI, "Damar Wicaksana", POLRES, "2025-02-27", "audiensi", "m1"),
        ],
    ),
    ("who-met-whom", {"person": SARI, "other": DAMAR}, ("otherName",), [("Damar Wicaksana",)]),
    ("who-met-whom", {"person": SARI, "other": NIMAS}, ("otherName",), []),
    ("who-met-whom", {"since": "2025-02-28"}, ("name",), []),  # m2 is undated, m3 has one official
    (
        "meetings-of-agency",
        {"agency": POLRES},
        ("date", "kind", "status", "partnerName", "meeting"),
        [
            ("", "penandatanganan", "held", KEJARI, "m2"),
            ("2025-02-27", "audiensi", "held", LAPAS, "m1"),
            ("2025-04-03", "kunjungan", "held", KEJARI, "m5"),
            ("2025-05-01", "penandatanganan", "planned", LAPAS, "m4"),
        ],
    ),
    ("meetings-of-agency", {"agency": POLRES, "status": "planned"}, ("meeting",), [("m4",)]),
    ("meetings-of-agency", {"agency": POLRES, "kind": "audience"}, ("meeting",), [("m1",)]),
    ("meetings-of-agency", {"agency": POLRES, "until": "2025-04-02"}, ("meeting",), [("m1",)]),
    ("meetings-of-agency", {"agency": POLRES, "since": "2025-05-01"}, ("meeting",), [("m4",)]),
    (
        "meetings-of-agency",
        {"agency": KEJARI},
        ("place", "meeting"),
        [("", "m2"), ("", "m5"), ("Aula Arunika", "m3")],
    ),
    (
        "meetings-between",
        {"agency": LAPAS, "partner": POLRES},
        ("date", "articles", "meeting"),
        [("2025-02-27", "2", "m1"), ("2025-05-01", "1", "m4")],
    ),
    ("meetings-between", {"agency": LAPAS, "partner": DINKES}, ("meeting",), []),
    (
        "officials-of-agency",
        {"agency": LAPAS},
        ("name", "post", "former", "first", "last", "articles"),
        [
            (BAYU, SECTION, "false", "2025-03-01", "2025-03-01", "1"),
            (GALIH, "Kepala", "true", "", "", "1"),
            (SARI, "Kepala", "false", "2025-03-01", "2025-03-02", "2"),
        ],
    ),
    (
        "officeholders",
        {"agency": LAPAS},
        ("post", "state", "first", "last", "name", "otherName"),
        [
            ("Kepala", "attested", "2025-03-01", "2025-03-02", SARI, ""),
            (SECTION, "attested", "2025-03-01", "2025-03-01", BAYU, ""),
        ],
    ),
    (
        "offices-of-person",
        {"person": GALIH},
        ("post", "agencyName", "former", "articles"),
        [("Kepala", LAPAS, "true", "1")],
    ),
    (
        "who-accompanied",
        {},
        ("companionName", "post", "agencyName", "name", "meeting"),
        [(BAYU, SECTION, LAPAS, SARI, "m1")],
    ),
    ("who-accompanied", {"person": BAYU}, ("companionName",), []),
    ("who-accompanied", {"companion": BAYU}, ("name",), [(SARI,)]),
    (
        "collaborations",
        {},
        ("agencyName", "partnerName", "meetings", "first", "last"),
        [
            (KEJARI, POLRES, "2", "2025-04-03", "2025-04-03"),  # and once on an unknown day
            (LAPAS, POLRES, "2", "2025-02-27", "2025-05-01"),
            (DINKES, KEJARI, "1", "2025-04-09", "2025-04-09"),
        ],
    ),
    ("collaborations", {"minimum": "2"}, ("agencyName", "meetings"), [(KEJARI, "2"), (LAPAS, "2")]),
    (
        "collaborations",
        {"count": "articles"},
        ("agencyName", "partnerName", "meetings", "outlets", "articles"),
        [
            (LAPAS, POLRES, "2", "2", "3"),
            (KEJARI, POLRES, "2", "2", "2"),
            (DINKES, KEJARI, "1", "1", "1"),
        ],
    ),
    ("collaborations", {"count": "articles", "minimum": "3"}, ("agencyName",), [(LAPAS,)]),
    (
        "partners-of-agency",
        {"agency": POLRES, "count": "articles"},
        ("partnerName", "meetings", "outlets", "articles"),
        [(LAPAS, "2", "2", "3"), (KEJARI, "2", "2", "2")],
    ),
    ("collaborations", {"kind": "rapat"}, ("agencyName", "meetings"), [(DINKES, "1")]),
    (
        "collaborations",
        {"status": "held", "until": "2025-12-31"},
        ("agencyName", "meetings"),
        [(DINKES, "1"), (KEJARI, "1"), (LAPAS, "1")],
    ),
    (
        "partners-of-agency",
        {"agency": POLRES},
        ("partnerName", "meetings"),
        [(KEJARI, "2"), (LAPAS, "2")],
    ),
    (
        "collaborations-by-ministry",
        {},
        ("oneName", "otherName", "meetings"),
        [
            ("Kejaksaan Nusa", "Kepolisian Nusa", "2"),
            ("Kementerian Nusa", "Kepolisian Nusa", "2"),
            ("Kejaksaan Nusa", "Pemerintah Kabupaten Arunika", "1"),
        ],
    ),
    (
        "collaborations-by-sector",
        {"since": "2025-01-01"},
        ("oneName", "otherName", "meetings"),
        [
            ("policing and public order", "corrections", "2"),
            ("courts and prosecution", "health", "1"),
            ("courts and prosecution", "policing and public order", "1"),
        ],
    ),
    (
        "agreements",
        {"agency": POLRES},
        ("date", "title", "kind", "partnerName", "meeting"),
        [
            ("", "Arunika Aman", "mou", KEJARI, "m2"),
            ("2025-05-01", "perjanjian kerja sama", "pks", LAPAS, "m4"),
        ],
    ),
    ("agreements", {"agency": DINKES}, ("title",), []),
    (
        "statements-of",
        {"person": DAMAR},
        ("published", "agencyName", "direct", "commitment", "words"),
        [("2025-03-01", POLRES, "false", "true", "siap mendukung pengamanan Lapas")],
    ),
    ("statements-of", {"agency": POLRES}, ("article",), [("a1",)]),
    ("statements-of", {"agency": LAPAS}, ("article",), []),
    (
        "topics-of-pair",
        {"agency": POLRES, "partner": LAPAS},
        ("topicName", "meetings"),
        [("keamanan lapas", "1")],
    ),
    (
        "evidence-of",
        {"thing": NIMAS},
        ("quote", "publisher", "start", "article"),
        [
            (
                "Polres Arunika dan Kejaksaan Negeri Arunika menandatangani nota kesepahaman "
                "“Arunika Aman”.",
                "Kabar Arunika",
                "0",
                "a3",
            )
        ],
    ),
    (
        "evidence-of",
        {"thing": "meeting:m2/agreement"},
        ("quote",),
        [("nota kesepahaman “Arunika Aman”",)],
    ),
    ("path-between-agencies", {"agency": LAPAS, "goal": POLRES}, ("steps", "viaName"), [("1", "")]),
    (
        "path-between-agencies",
        {"agency": LAPAS, "goal": KEJARI},
        ("steps", "viaName", "thenName"),
        [("2", POLRES, "")],
    ),
    (
        "path-between-agencies",
        {"agency": LAPAS, "goal": DINKES},
        ("steps", "viaName", "thenName"),
        [("3", POLRES, KEJARI)],
    ),
    ("path-between-agencies", {"agency": LAPAS, "goal": "Polda Nusa"}, ("steps",), []),
    (
        "articles-of-outlet",
        {"outlet": "warta bahari"},
        ("published", "meetings", "article"),
        [("2025-03-02", "1", "a2"), ("2025-04-10", "3", "a4")],
    ),
]


@pytest.mark.parametrize(("name", "values", "columns", "expected"), CASES)
def test_answers(
    each_store: Store,
    name: str,
    values: Values,
    columns: tuple[str, ...],
    expected: list[tuple[str, ...]],
) -> None:
    assert _rows(run(each_store, name, values), *columns) == expected


def test_an_outlet_that_carries_anothers_text_is_no_second_witness(
    small_quads: list[Quad],
) -> None:
    iris = Iris()
    copies = [
        Quad(iris.article(copy), SIN.copyOf, iris.article("a1"), iris.identity_graph)
        for copy in ("a2", "a4")
    ]
    store = Store.memory([*small_quads, *copies])
    rows = run(store, "collaborations", {"count": "articles"})
    found = {row["agencyName"]: (row["outlets"], row["articles"]) for row in rows.dicts()}
    assert found[LAPAS] == ("1", "3")
    rows = run(store, "partners-of-agency", {"agency": KEJARI})
    assert [row["outlets"] for row in rows.dicts()] == ["1", "0"]


def test_every_query_is_tested() -> None:
    assert {name for name, *_ in CASES} == named_queries().keys()


@pytest.fixture(scope="module")
def in_rdflib(small_quads: list[Quad]) -> rdflib.Graph:
    """All named graphs in one: an answer that counts a triple twice would show."""
    graph = rdflib.Graph()
    for quad in small_quads:
        subject, predicate, thing = quad.triple
        graph.add((_in_rdflib(subject), _in_rdflib(predicate), _in_rdflib(thing)))
    return graph


@pytest.fixture(scope="module")
def in_dataset(small_quads: list[Quad]) -> rdflib.Dataset:
    """The same with the named graphs, for queries that ask who says so."""
    dataset = rdflib.Dataset(default_union=True)
    for quad in small_quads:
        assert isinstance(quad.graph_name, NamedNode)
        subject, predicate, thing = map(_in_rdflib, quad.triple)
        dataset.graph(_in_rdflib(quad.graph_name)).add((subject, predicate, thing))
    return dataset


def _in_rdflib(term: Term) -> rdflib.URIRef | rdflib.Literal:
    if isinstance(term, Literal):
        plain = term.language or term.datatype.value == str(rdflib.XSD.string)
        datatype = None if plain else term.datatype.value
        return rdflib.Literal(term.value, lang=term.language, datatype=datatype)
    return rdflib.URIRef(text(term))


def _text(node: object) -> str:
    return "" if node is None else str(node)


@pytest.mark.filterwarnings("ignore:Dataset.(default_context|contexts) is deprecated")
@pytest.mark.parametrize(("name", "values"), [(name, values) for name, values, *_ in CASES])
def test_two_engines_agree(
    small_store: Store,
    in_rdflib: rdflib.Graph,
    in_dataset: rdflib.Dataset,
    name: str,
    values: Values,
) -> None:
    query = named_query(name)
    terms = bind(query, values, small_store)
    theirs_to_ask = in_dataset if "GRAPH" in query.text else in_rdflib
    other = theirs_to_ask.query(
        query.text, initBindings={k: _in_rdflib(v) for k, v in terms.items()}
    )
    ours = run(small_store, name, values)
    theirs = [
        tuple(_text(solution.get(rdflib.Variable(column))) for column in ours.columns)
        for solution in other.bindings
        if solution  # rdflib groups nothing into one empty row
    ]
    assert theirs == [tuple(row.values()) for row in ours.dicts()]


@pytest.mark.parametrize(("name", "values"), [(name, values) for name, values, *_ in CASES])
def test_terms_in_their_place_and_bound_ones_give_the_same(
    each_store: Store, name: str, values: Values
) -> None:
    query = named_query(name)
    bindings = bind(query, values, each_store)
    bound = select(each_store, query.text, bindings=bindings)
    columns = [column.name for column in query.columns]
    rows = [[row[column] for column in columns] for row in bound.dicts()]
    put = run(each_store, name, values).dicts()
    assert sorted([row[column] for column in columns] for row in put) == sorted(rows)


def test_a_term_in_its_place_stays_a_term(each_store: Store) -> None:
    hostile = Literal('Kabar" } UNION { ?s ?p ?o } # ?outlet\n\\')
    query = with_terms(named_query("articles-of-outlet").text, {"outlet": hostile})
    assert not list(select(each_store, query))


@pytest.mark.parametrize("name", sorted(named_queries()))
def test_headers_are_whole(name: str) -> None:
    query = named_query(name)
    assert query.title and query.description.endswith(".")
    selected = Store.memory().query(query.text)  # a file runs as it is
    assert isinstance(selected, Rows)
    assert {column.name for column in query.columns} <= set(selected.columns)
    assert {parameter.name for parameter in query.parameters} <= set(selected.columns)
    extra = {column.name for column in query.columns} | {p.name for p in query.parameters}
    assert set(selected.columns) == extra


@pytest.mark.parametrize(
    "line", ["parameter agency: one", "column", "column name", "parameter x (date, maybe): y", "so"]
)
def test_a_broken_header_is_refused(line: str) -> None:
    with pytest.raises(QueryError, match=r"Line 4 of broken\.rq|title and its columns"):
        parse_query("broken", f"# Title\n#\n# column a: b\n# {line}\nSELECT ?a {{}}")


@pytest.mark.parametrize(
    "name",
    [
        "Lapas Arunika",
        "  LAPAS   arunika ",
        "Lápas-Arunika",
        "Lapas",
        "id:agency/lapas-arunika",
        "agency:lapas-arunika",
        "<https://w3id.org/sinergi/id/agency/lapas-arunika>",
    ],
)
def test_an_agency_has_many_names(each_store: Store, name: str) -> None:
    assert text(resolve(each_store, name, "agency")).endswith("/agency/lapas-arunika")


def test_the_registry_understands_abbreviations(each_store: Store) -> None:
    expand: Callable[[str], Agency] = lambda name: Agency("kejari-arunika", KEJARI)  # noqa: E731
    found = resolve(each_store, "Kajari setempat", "agency", identify=expand)
    assert text(found).endswith("/agency/kejari-arunika")
    nobody: Callable[[str], Agency] = lambda name: Agency("nobody", name)  # noqa: E731
    with pytest.raises(QueryError, match="no agency called 'Kajari setempat'"):
        resolve(each_store, "Kajari setempat", "agency", identify=nobody)


def test_an_ambiguous_name_lists_what_it_could_be(each_store: Store) -> None:
    with pytest.raises(AmbiguousName, match="fits 2 things") as caught:
        run(each_store, "offices-of-person", {"person": "damar wicaksana"})
    base = "https://w3id.org/sinergi/id/person/damar-wicaksana"
    assert caught.value.candidates == [
        ("Damar Wicaksana", f"{base}.dinkes-arunika"),
        ("Damar Wicaksana", f"{base}.polres-arunika"),
    ]


@pytest.mark.parametrize(
    ("name", "values", "message"),
    [
        ("meetings-of-agency", {"agency": "Polres Arunka"}, "did you mean Polres Arunika"),
        ("meetings-of-agency", {"agency": "Kesehatan Arunika"}, "did you mean Dinas Kesehatan"),
        ("meetings-of-agency", {"agency": "???"}, r"no agency called '\?\?\?'\.$"),
        ("meetings-of-agency", {}, "needs agency"),
        ("meetings-of-agency", {"agency": POLRES, "sinse": "2025"}, "no parameter 'sinse'"),
        (
            "meetings-of-agency",
            {"agency": POLRES, "since": "Mei"},
            "is of the type date, like 2025-05-19",
        ),
        ("meetings-of-agency", {"agency": "<http://x y>"}, "is no IRI"),
        ("collaborations", {"minimum": "many"}, "is of the type integer, like 3"),
        ("collaborations", {"count": "people"}, "is of the type count, like outlets"),
        ("collaborations", {"status": "cancelled"}, "no status of a meeting called"),
        ("collaboration", {}, "did you mean collaborations"),
        ("xyzzy", {}, "did you mean agreements"),
    ],
)
def test_what_does_not_fit_is_told(
    small_store: Store, name: str, values: Values, message: str
) -> None:
    with pytest.raises(QueryError, match=message):
        run(small_store, name, values)


def test_a_former_key_asks_for_what_has_another_now(small_store: Store) -> None:
    former, now = "id:person/sari.lapas-arunika", "id:person/sari-widuri.lapas-arunika"
    rows = [
        list(run(small_store, "offices-of-person", {"person": key}).dicts())
        for key in (former, now)
    ]
    assert rows[0] == rows[1] and rows[0]


def test_a_hostile_name_stays_a_name(small_store: Store) -> None:
    for name in ('" } UNION { ?s ?p ?o } #', "Lapas\\u0022", "'; DROP ALL", "\x00"):
        with pytest.raises(QueryError, match="no agency called"):
            run(small_store, "meetings-of-agency", {"agency": name})


def test_names_compare_without_what_does_not_count() -> None:
    assert normal("  Kodim 0707/Wónosobo. ") == normal("kodim-0707 wonosobo")


def test_a_dossier_rests_on_quotes(small_store: Store) -> None:
    found = dossier(small_store, "bu sari")
    assert (found.name, found.kind, found.aliases) == (SARI, "person", ("Bu Sari",))
    assert [(o.post, o.name, o.first, o.last) for o in found.offices] == [
        ("Kepala", LAPAS, "2025-03-01", "2025-03-02")
    ]
    assert [(m.dates, m.kinds, m.agencies) for m in found.meetings] == [
        (("2025-02-27",), ("audiensi",), (LAPAS, POLRES))
    ]
    assert {p.name for p in found.partners} == {BAYU, "Damar Wicaksana"}
    passages = [p for office in found.offices for p in office.passages]
    passages += [p for meeting in found.meetings for p in meeting.passages]
    assert all(p.quote and p.end - p.start == len(p.quote) for p in passages)
    assert {p.article.rsplit("/", 1)[1] for p in passages} == {"a1", "a2"}
    shown = render(found)
    assert "“Kepala Lapas Sari Widuri”" in shown and max(map(len, shown.splitlines())) <= 80


def test_an_agency_has_a_dossier(small_store: Store) -> None:
    found = dossier(small_store, POLRES)
    assert found.above == ("Polda Nusa", "Kepolisian Nusa", "Presiden")
    assert [(m.dates, m.statuses) for m in found.meetings] == [
        (("2025-02-27",), ("held",)),
        (("2025-04-03",), ("held",)),
        (("2025-05-01",), ("planned",)),
        ((), ("held",)),
    ]
    assert [(p.name, len(p.meetings)) for p in found.partners] == [(KEJARI, 2), (LAPAS, 2)]
    (said,) = found.statements
    assert said.commitment and not said.direct
    assert said.passages[0].quote == "Damar menyatakan siap mendukung pengamanan Lapas."
    assert found.to_json()["statements"][0]["speaker"] == "Damar Wicaksana"
    (double,) = dossier(small_store, DAMAR).doubles
    assert (double.iri.rpartition("/")[2], double.score) == ("damar-wicaksana.dinkes-arunika", -3)
    assert "Perhaps the same (1)" in render(dossier(small_store, DAMAR))
    with pytest.raises(QueryError, match="no official or agency <https://"):
        dossier(small_store, "id:agency/nobody")


def test_a_dossier_cannot_steer_the_terminal() -> None:
    person = NamedNode("https://w3id.org/sinergi/id/person/x")
    graph = NamedNode("https://example.org/g")
    rdf_type = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    foaf = "http://xmlns.com/foaf/0.1/"
    store = Store.memory(
        [
            Quad(person, rdf_type, NamedNode(f"{foaf}Person"), graph),
            Quad(person, NamedNode(f"{foaf}name"), Literal("Eko\x1b[31m\nBudi"), graph),
        ]
    )
    assert render(dossier(store, f"<{person.value}>")).startswith("Eko\ufffd[31m Budi\n")


def _make_queries() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_queries", ROOT / "docs" / "make_queries.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_of_queries_is_current() -> None:
    assert (ROOT / "docs" / "queries.md").read_text("utf-8") == _make_queries().page(), "make docs"
