"""A store for Aleph, for parliament monitors and for Gephi: what each format asks for is there."""

from __future__ import annotations

import ast
import io
import json
import random
import re
import shlex
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad

from sinergi.cli import main
from sinergi.graph.commands.stores import EXPORTS
from sinergi.graph.errors import QueryError
from sinergi.graph.exports import STORE_FORMATS, export_store, save_store
from sinergi.graph.exports.collaboration import apart
from sinergi.graph.exports.ftm import ftm_id
from sinergi.graph.exports.schema import TABLES
from sinergi.graph.registry import Registry
from sinergi.graph.store import Store
from sinergi.ontology import OA, ORG, SCHEMA, SIN, Iris, concept

DOCS = (Path(__file__).parent.parent / "docs" / "exports.md").read_text("utf-8")
IRIS = Iris()
POLRES, LAPAS = (IRIS.agency(key).value for key in ("polres-arunika", "lapas-arunika"))
M1 = IRIS.meeting("m1").value


def _written(store: Store, format: str) -> str:
    stream = io.StringIO()
    export_store(store, format, stream, registry=Registry.load())
    return stream.getvalue()


@pytest.mark.parametrize("format", STORE_FORMATS)
def test_equal_graphs_are_written_the_same(small_quads: list[Quad], format: str) -> None:
    shuffled = random.Random(3).sample(small_quads, len(small_quads))
    one, other = Store.memory(small_quads), Store.memory(shuffled)
    assert _written(one, format) == _written(other, format)


@pytest.mark.parametrize("format", STORE_FORMATS)
def test_every_iri_leads_back(small_store: Store, format: str) -> None:
    known = {str(q.subject).strip("<>") for q in small_store.quads()}
    found = set(re.findall(rf"{re.escape(IRIS.base)}[^\s\"<]+", _written(small_store, format)))
    assert M1 in found and found <= known


@pytest.mark.parametrize("format", STORE_FORMATS)
def test_the_command_writes_what_the_library_writes(
    small_folder: Path, small_store: Store, tmp_path: Path, format: str
) -> None:
    out = tmp_path / "out"
    out.write_text("former")
    command = ["export", str(small_folder), "--format", format]
    printed = CliRunner().invoke(main, command)
    assert (printed.exit_code, printed.stderr) == (0, "")
    assert printed.stdout == _written(small_store, format)
    assert CliRunner().invoke(main, [*command, "-o", str(out)]).exit_code == 0
    assert out.read_text("utf-8") == printed.stdout


def test_an_export_that_fails_leaves_what_was_there(
    small_folder: Path, small_quads: list[Quad], tmp_path: Path
) -> None:
    out = tmp_path / "out.json"
    out.write_text("former")
    # A position that is no number is noticed only when the span is read, amid the writing.
    (spoilt,) = [
        q for q in small_quads if "/evidence/a4/0-" in str(q.subject) and q.predicate == OA.end
    ]
    quads = [*small_quads, Quad(spoilt.subject, OA.end, Literal("0x"), spoilt.graph_name)]
    with pytest.raises(ValueError):
        save_store(Store.memory(quads), out, "popolo")
    command = ["export", str(small_folder), "--format", "ftm", "-o", str(tmp_path)]
    done = CliRunner().invoke(main, command)
    assert done.exit_code == 1 and "is a folder" in done.stderr
    assert out.read_text() == "former" and [p.name for p in tmp_path.iterdir()] == ["out.json"]


def test_a_device_is_written_as_it_is(small_folder: Path) -> None:
    command = ["export", str(small_folder), "--format", "ftm", "-o", "/dev/null"]
    assert CliRunner().invoke(main, command).exit_code == 0
    assert not Path("/dev/null").is_file()


def test_python_writes_the_same(small_folder: Path, small_store: Store, tmp_path: Path) -> None:
    import sinergi

    opened = sinergi.open(small_folder)
    opened.export(tmp_path / "new" / "out.gexf", "gexf")
    written = (tmp_path / "new" / "out.gexf").read_text("utf-8")
    assert written == _written(small_store, "gexf")
    opened.export(tmp_path / "tables")
    assert (tmp_path / "tables" / "datapackage.json").exists()


def test_an_unknown_format_is_told(small_store: Store) -> None:
    with pytest.raises(QueryError, match="choose ftm, popolo"):
        _written(small_store, "xlsx")


@pytest.mark.parametrize("format", STORE_FORMATS)
def test_an_empty_store_gives_an_empty_document(format: str) -> None:
    text = _written(Store.memory(), format)
    if format == "popolo":
        assert not any(json.loads(text).values())
    elif format == "ftm":
        assert text == ""
    else:
        read = nx.read_gexf if format == "gexf" else nx.read_graphml
        assert len(read(io.BytesIO(text.encode()))) == 0


# FollowTheMoney ---------------------------------------------------------------------------------

REFERENCES = {
    "holder", "post", "organization", "member", "subject", "object", "organizer", "involved",
    "proof", "predecessor", "successor",
}  # fmt: skip


@pytest.fixture(scope="module")
def entities(small_store: Store) -> list[dict[str, Any]]:
    return [json.loads(line) for line in _written(small_store, "ftm").splitlines()]


def test_entities_are_what_they_should_be(entities: list[dict[str, Any]]) -> None:
    by_id = {entity["id"]: entity for entity in entities}
    assert len(by_id) == len(entities)
    assert all(re.fullmatch(r"[0-9a-z][0-9a-z-]{0,198}[0-9a-z]", id) for id in by_id)
    for entity in entities:
        for name in REFERENCES & entity["properties"].keys():
            assert set(entity["properties"][name]) <= by_id.keys()
    schemas = Counter(entity["schema"] for entity in entities)
    assert (schemas["Person"], schemas["Event"], schemas["Article"]) == (6, 5, 4)
    assert not any(
        topic.startswith("role.") for e in entities for topic in e["properties"].get("topics", ())
    )
    event = by_id[ftm_id(M1)]["properties"]
    assert event["date"] == ["2025-02-27"] and event["recordId"] == [M1]
    assert event["name"] == ["Audiensi: Lapas Arunika, Polres Arunika"]
    assert event["organizer"] == [
        ftm_id(POLRES), ftm_id(IRIS.person("damar-wicaksana.polres-arunika").value)
    ]  # fmt: skip
    assert event["sourceUrl"] == ["https://news.example/a1", "https://news.example/a2"]
    assert event["publisher"] == ["Kabar Arunika", "Warta Bahari"]
    planned = by_id[ftm_id(IRIS.meeting("m4").value)]["properties"]
    assert "direncanakan" in planned["keywords"]


def test_an_office_is_attested_and_not_begun(entities: list[dict[str, Any]]) -> None:
    held = {e["properties"]["recordId"][0]: e for e in entities if e["schema"] == "Occupancy"}
    sari, galih = (
        held[IRIS.membership(f"{key}.lapas-arunika", "lapas-arunika", "Kepala").value]["properties"]
        for key in ("sari-widuri", "galih-purnama")
    )
    assert sari["date"] == ["2025-03-01", "2025-03-02"] and sari["status"] == ["unknown"]
    assert sari["summary"] == ["Kepala Lapas Arunika", "Kepala Lapas Sari Widuri"]
    assert galih["status"] == ["ended"] and "date" not in galih
    assert not any({"startDate", "endDate"} & e["properties"].keys() for e in held.values())


def test_things_have_the_articles_that_name_them(entities: list[dict[str, Any]]) -> None:
    by_id = {entity["id"]: entity["properties"] for entity in entities}
    sari = IRIS.person("sari-widuri.lapas-arunika").value
    post = IRIS.post("lapas-arunika", "Kepala").value
    for iri, articles in ((sari, "a1 a2"), (post, "a1 a2"), (LAPAS, "a1 a2 a4")):
        found = by_id[ftm_id(iri)]
        assert found["proof"] == [ftm_id(IRIS.article(a).value) for a in articles.split()]
        assert found["sourceUrl"] == [f"https://news.example/{a}" for a in articles.split()]
    assert "proof" not in by_id[ftm_id(IRIS.agency("presiden").value)]  # only in the registry


def test_the_role_at_a_meeting_stands_on_its_quote(entities: list[dict[str, Any]]) -> None:
    part = IRIS.person_participation("m1", "bayu-lestari.lapas-arunika").value
    (link,) = [e["properties"] for e in entities if e["properties"].get("recordId") == [part]]
    assert link["object"] == [ftm_id(M1)] and link["date"] == ["2025-02-27"]
    assert link["role"] == [
        "accompanying: Kepala Seksi Keamanan dan Ketertiban, Lapas Arunika"
    ]  # fmt: skip
    assert link["description"] == ["accompanies Sari Widuri"]
    assert link["summary"] == ["Ia didampingi Kasi Kamtib Bayu Lestari."]


def test_who_is_only_quoted_is_said_to_be(small_quads: list[Quad]) -> None:
    part = IRIS.person_participation("m1", "bayu-lestari.lapas-arunika")
    told = [q for q in small_quads if q.subject == part and q.predicate == SIN.basis]
    quads = {*small_quads} - {*told} | {
        Quad(part, SIN.basis, concept("basis", "quoted"), q.graph_name) for q in told
    }
    assert told
    lines = map(json.loads, _written(Store.memory(sorted(quads, key=str)), "ftm").splitlines())
    (link,) = [e for e in lines if e["properties"].get("recordId") == [part.value]]
    assert "quoted only" in link["properties"]["description"]


def test_what_is_of_the_state_is_a_public_body(small_quads: list[Quad]) -> None:
    kinds = {"polres-arunika": "polres", "lapas-arunika": "perseroan", "kejari-arunika": "kedutaan"}
    quads = [
        *small_quads,
        *(
            Quad(IRIS.agency(key), ORG.classification, concept("agency-kind", kind),
                 IRIS.registry_graph)
            for key, kind in kinds.items()
        ),
    ]  # fmt: skip
    lines = map(json.loads, _written(Store.memory(quads), "ftm").splitlines())
    found = {e["id"]: (e["schema"], e["properties"].get("country")) for e in lines}
    assert found[ftm_id(POLRES)] == ("PublicBody", ["id"])
    assert found[ftm_id(LAPAS)] == ("Company", None)
    assert found[ftm_id(IRIS.agency("kejari-arunika").value)] == ("PublicBody", None)
    assert found[ftm_id(IRIS.agency("dinkes-arunika").value)] == ("Organization", None)


def test_followthemoney_takes_them_as_they_are(
    entities: list[dict[str, Any]], external: Callable[[str], Any]
) -> None:
    ftm = external("followthemoney")
    for entity in entities:
        proxy = ftm.model.get_proxy(entity, cleaned=False)
        assert proxy.schema.validate(entity) is None
        kept = {name: sorted(values) for name, values in proxy.to_dict()["properties"].items()}
        assert kept == {name: sorted(v) for name, v in entity["properties"].items()}


# Popolo -----------------------------------------------------------------------------------------

# What the JSON schemas of Popolo say (popoloproject.com/schemas/*.json, The Popolo Project, CC BY
# 4.0) of the properties that we write, in our own words: text, day, texts, or things of a class;
# what they require has a "!".
DAY = r"[0-9]{4}(-[0-9]{2}){0,2}"
POPOLO: dict[str, dict[str, str]] = {
    "area": {"id": "text", "name": "text", "identifier": "text", "parent_id": "text"},
    "organization": {
        "id": "text", "name": "text", "other_names": "other_name", "classification": "text",
        "parent_id": "text", "area_id": "text", "sources": "link",
    },
    "post": {
        "id": "text", "label": "text", "other_label": "texts", "role": "text",
        "organization_id": "text!", "area_id": "text", "sources": "link",
    },
    "person": {
        "id": "text", "name": "text", "other_names": "other_name", "honorific_prefix": "text",
        "honorific_suffix": "text", "sources": "link",
    },
    "membership": {
        "id": "text", "label": "text", "role": "text", "person_id": "text",
        "organization_id": "text", "post_id": "text", "start_date": "day", "end_date": "day",
        "sources": "link",
    },
    "event": {
        "id": "text", "name": "text", "classification": "text", "status": "text",
        "start_date": "day", "end_date": "day", "location": "text", "organization_id": "text",
        "attendees": "person", "sources": "link",
    },
    "speech": {
        "id": "text", "creator_id": "text", "role": "text", "attribution_text": "text",
        "text": "text", "type": "text", "sources": "link",
    },
    "link": {"url": "uri!", "note": "text"},
    "other_name": {"name": "text!"},
}  # fmt: skip
SECTIONS = {
    "areas": "area", "organizations": "organization", "posts": "post", "persons": "person",
    "memberships": "membership", "events": "event", "speeches": "speech",
}  # fmt: skip


def _broken(thing: dict[str, Any], kind: str) -> Iterator[str]:
    rules = POPOLO[kind]
    yield from (f"{kind}.{name} is missing" for name, rule in rules.items()
                if rule.endswith("!") and name not in thing)  # fmt: skip
    for name, value in thing.items():
        if name.startswith("+"):
            continue
        rule = rules.get(name, "nothing of that name").rstrip("!")
        if rule in POPOLO:
            for inner in value:
                yield from _broken(inner, rule)
            continue
        fits = {
            "text": isinstance(value, str),
            "texts": isinstance(value, list) and all(isinstance(one, str) for one in value),
            "day": isinstance(value, str) and bool(re.fullmatch(DAY, value)),
            "uri": isinstance(value, str) and value.startswith(("http://", "https://")),
        }
        if not fits.get(rule, False):
            yield f"{kind}.{name} is {value!r}, but should be {rule}"


@pytest.fixture(scope="module")
def popolo(small_store: Store) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(_written(small_store, "popolo"))
    return document


def test_popolo_keeps_its_schemas(popolo: dict[str, Any]) -> None:
    assert popolo.keys() == SECTIONS.keys()
    assert [b for s, kind in SECTIONS.items() for it in popolo[s] for b in _broken(it, kind)] == []
    assert list(_broken({"start_date": "kemarin", "name": "x"}, "membership"))  # it can fail


def test_popolo_points_to_what_is_there(popolo: dict[str, Any]) -> None:
    ids = {section: {thing["id"] for thing in popolo[section]} for section in SECTIONS}
    for held in popolo["memberships"]:
        assert held["person_id"] in ids["persons"]
        assert held["organization_id"] in ids["organizations"]
        assert held.get("post_id") is None or held["post_id"] in ids["posts"]
        assert held["sources"] and "start_date" not in held
    for event in popolo["events"]:
        assert event.get("organization_id", POLRES) in ids["organizations"]
        assert {person["id"] for person in event.get("attendees", ())} <= ids["persons"]
    (m1,) = [event for event in popolo["events"] if event["id"] == M1]
    assert m1["organization_id"] == POLRES and m1["start_date"] == "2025-02-27"
    bayu = next(p for p in m1["attendees"] if p["name"] == "Bayu Lestari")
    assert (bayu["+role"], bayu["+on_behalf_of_id"]) == ("accompanying", LAPAS)
    assert bayu["sources"][0]["note"] == "Ia didampingi Kasi Kamtib Bayu Lestari."
    (sari,) = [person for person in popolo["persons"] if person["name"] == "Sari Widuri"]
    assert [source["url"][-2:] for source in sari["sources"]] == ["a1", "a2"]
    (said,) = popolo["speeches"]
    assert said["text"] == "siap mendukung pengamanan Lapas" and said["+direct"] is False


# Gephi ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("format", ["gexf", "graphml"])
def test_networkx_reads_the_network_that_sinergi_measures(small_store: Store, format: str) -> None:
    read = nx.read_gexf if format == "gexf" else nx.read_graphml
    found = read(io.BytesIO(_written(small_store, format).encode()))
    assert not found.is_directed() and not found.is_multigraph()
    ours = small_store.network()
    iris = {key: IRIS.agency(key).value for key in ours}
    assert {node: found.nodes[node]["label"] for node in found} == {
        iris[key]: label for key, label in ours.nodes(data="label")
    }
    assert found.number_of_edges() == ours.number_of_edges()
    for one, other, tie in ours.edges(data=True):
        theirs = found.edges[iris[one], iris[other]]
        assert theirs["weight"] == pytest.approx(tie["weight"])
        assert theirs["meetings"] == tie["meetings"]
        assert theirs.get("first") == tie.get("first") and theirs.get("last") == tie.get("last")
        assert len(theirs["meeting_iris"].split()) == tie["meetings"]
        assert theirs["quote"]
    tie = found.edges[POLRES, LAPAS]
    assert (tie["meetings"], tie["held"], tie["undated"]) == (2, 1, 0)
    assert tie["url"] == "https://news.example/a4"


def test_gexf_has_a_spell_for_each_day(small_store: Store) -> None:
    found = nx.read_gexf(io.BytesIO(_written(small_store, "gexf").encode()))
    days = [("2025-02-27", "2025-02-27"), ("2025-05-01", "2025-05-01")]
    assert found.edges[POLRES, LAPAS]["spells"] == days
    assert found.nodes[LAPAS]["spells"] == days
    kejari = IRIS.agency("kejari-arunika").value  # one of their two meetings has no day
    assert found.edges[POLRES, kejari]["spells"] == [("2025-04-03", "2025-04-03")]
    assert found.edges[POLRES, kejari]["undated"] == 1


@pytest.mark.parametrize("format", ["gexf", "graphml"])
def test_names_of_strangers_break_no_xml(small_quads: list[Quad], format: str) -> None:
    name = '<b>"A" & B\u0001</b>\n]]>'
    lapas = IRIS.agency("lapas-arunika")
    quads = [
        Quad(q.subject, q.predicate, Literal(name, language="id"), q.graph_name)
        if q.subject == lapas and "prefLabel" in q.predicate.value else q
        for q in small_quads
    ]  # fmt: skip
    read = nx.read_gexf if format == "gexf" else nx.read_graphml
    found = read(io.BytesIO(_written(Store.memory(quads), format).encode()))
    assert found.nodes[LAPAS]["label"].split() == name.replace("\u0001", "\ufffd").split()


def test_spells_do_not_overlap(small_quads: list[Quad]) -> None:
    lasting = Quad(
        NamedNode(M1), SCHEMA.endDate, Literal("2025-05-02"), IRIS.article_graph("a1")
    )  # m1 and m4
    store = Store.memory([*small_quads, lasting])
    found = nx.read_gexf(io.BytesIO(_written(store, "gexf").encode()))
    assert found.edges[POLRES, LAPAS]["spells"] == [("2025-02-27", "2025-05-02")]


@given(st.lists(st.tuples(st.integers(1, 28), st.integers(0, 6))))
def test_spells_cover_the_days_and_stand_apart(spells: list[tuple[int, int]]) -> None:
    days = [(f"{start:03}", f"{start + length:03}") for start, length in spells]
    found = apart(days)
    assert all(end < start for (_, end), (start, _) in pairwise(found))
    covered = {day for a, b in days for day in range(int(a), int(b) + 1)}
    assert {day for a, b in found for day in range(int(a), int(b) + 1)} == covered


# docs/exports.md --------------------------------------------------------------------------------


def test_what_the_docs_say_runs(
    small_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for line in re.findall(r"^sinergi (export .+)$", DOCS, re.M):
        command, _, out = line.replace("out/store", str(small_folder)).partition(" > ")
        done = CliRunner().invoke(main, shlex.split(command))
        assert (done.exit_code, done.stderr) == (0, ""), line
        if out:
            Path(out).write_text(done.stdout, "utf-8")
    there = {path.name for path in tmp_path.iterdir()}
    assert {"tables", "meetings.gexf", "entities.ftm.json", "graph.nq"} <= there
    blocks = re.findall(r"^```python\n(.+?)^```$", DOCS, re.M | re.S)
    assert len(blocks) == 3
    for block in blocks:
        # The last expression is what a reader would see.
        body = ast.parse(block).body
        last = body.pop()
        assert isinstance(last, ast.Expr)
        names: dict[str, Any] = {}
        exec(compile(ast.Module(body, []), "docs/exports.md", "exec"), names)
        seen = eval(compile(ast.Expression(last.value), "docs/exports.md", "eval"), names)
        assert len(seen)


def test_the_docs_list_every_column() -> None:
    listed = re.findall(r"^\| `(\w+)` \| (.+) \| (`.+`) \|$", DOCS, re.M)
    assert listed == [
        (table.name, table.description, ", ".join(f"`{field.name}`" for field in table.fields))
        for table in TABLES
    ]


def test_the_docs_know_every_format() -> None:
    for format in EXPORTS:
        assert f"`{format}`" in DOCS
