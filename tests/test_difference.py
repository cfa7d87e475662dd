"""What changed between two graphs, in words and as RDF. All persons are invented."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from sinergi.cli import main
from sinergi.graph.difference import Change, Difference, difference
from sinergi.graph.pipeline import build
from sinergi.graph.release import About, release
from sinergi.graph.store import open_store

News = list[dict[str, str]]

VISIT = {
    "id": "satu",
    "title": "Lapas dan Polres Wanatirta Beraudiensi",
    "text": "WANATIRTA – Kepala Lapas Kelas IIB Wanatirta, Laras Wening Kinanti, melakukan "
    "audiensi dengan Kapolres Wanatirta, AKBP Danu Wisesa, di Mapolres Wanatirta, Rabu (5/3/2031).",
    "published": "2031-03-06",
    "publisher": "Warta Wanatirta",
    "url": "https://warta.example/1",
}
AGAIN = {
    "id": "dua",
    "title": "Polres Wanatirta Rapat dengan Kejaksaan Negeri Wanatirta",
    "text": "WANATIRTA – Kapolres Wanatirta, AKBP Danu Wisesa, menghadiri rapat koordinasi dengan "
    "Kepala Kejaksaan Negeri Wanatirta, Bayu Lesmana, Selasa (1/4/2031).",
    "published": "2031-04-02",
    "publisher": "Warta Wanatirta",
    "url": "https://warta.example/2",
}
NEXT = {
    "id": "tiga",
    "title": "Kapolres Baru Bersilaturahmi ke Kejaksaan Negeri Wanatirta",
    "text": "WANATIRTA – Kapolres Wanatirta, AKBP Sekar Arum, bersilaturahmi ke Kejaksaan Negeri "
    "Wanatirta dan diterima Kepala Kejaksaan Negeri Wanatirta, Bayu Lesmana, Senin (5/1/2032).",
    "published": "2032-01-06",
    "publisher": "Warta Wanatirta",
    "url": "https://warta.example/3",
}
HEADER = "left,right,judgement,reason,reviewer,date\n"
DANUS = "person:satu#Danu Wisesa,person:dua#Danu Wisesa"


def graph(folder: Path, articles: News, decisions: str = "") -> Path:
    folder.mkdir(parents=True)
    path = folder / "news.jsonl"
    path.write_text("".join(json.dumps(a) + "\n" for a in articles), "utf-8")
    (folder / "decisions.csv").write_text(HEADER + decisions, "utf-8")
    build(path, folder / "out")
    return folder / "out" / "store"


def compared(a: Path, b: Path) -> Difference:
    return difference(open_store(a), open_store(b))


def told(found: Difference, *kinds: str) -> list[tuple[str, str, str]]:
    return [(c.kind, c.what, c.label) for c in found.changes if c.kind in kinds]


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return graph(tmp_path_factory.mktemp("first") / "a", [VISIT, AGAIN])


@pytest.fixture(scope="module")
def second(tmp_path_factory: pytest.TempPathFactory) -> Path:
    changed = replace_text(VISIT, "di Mapolres Wanatirta", "di Aula Arunika")
    return graph(tmp_path_factory.mktemp("second") / "b", [changed, AGAIN, NEXT])


def replace_text(article: dict[str, str], old: str, new: str) -> dict[str, str]:
    assert old in article["text"]
    return article | {"text": article["text"].replace(old, new)}


def test_a_graph_is_no_other_than_itself_in_whatever_form(first: Path, tmp_path: Path) -> None:
    release(first, tmp_path / "folder", About("1", "2031-05-01"))
    release(first, tmp_path / "one.zip", About("1", "2031-05-01"))
    assert run("export", first, "--format", "nquads", "-o", tmp_path / "g.nq").exit_code == 0
    for other in (first.parent, tmp_path / "folder", tmp_path / "one.zip", tmp_path / "g.nq"):
        result = run("diff", first, other)
        assert (result.exit_code, "no change" in result.stdout) == (0, True), result.output


def test_what_is_added_is_told_and_the_other_way_round_it_is_gone(
    first: Path, second: Path
) -> None:
    there, back = compared(first, second), compared(second, first)
    assert told(there, "article") == [
        ("article", "added", "2032-01-06, Warta Wanatirta, " + NEXT["title"]),
        ("article", "changed", "2031-03-06, Warta Wanatirta, " + VISIT["title"]),
    ]
    assert ("person", "added", "Sekar Arum") in told(there, "person")
    meetings = [c for c in there.changes if (c.kind, c.what) == ("meeting", "added")]
    assert [c.label[:10] for c in meetings] == ["2032-01-05"]
    assert "Kejaksaan Negeri Wanatirta, Polres Wanatirta" in meetings[0].label
    for change in there.changes:
        if change.what == "added":
            assert replace(change, what="removed") in back.changes
    assert back.before == there.after and back.after == there.before
    assert there.after["articles"] - there.before["articles"] == 1


def test_a_meeting_that_is_told_otherwise_has_changed(first: Path, second: Path) -> None:
    changes = [
        c for c in compared(first, second).changes if (c.kind, c.what) == ("meeting", "changed")
    ]
    assert [(c.field, c.before, c.after) for c in changes] == [
        ("place", ("Mapolres Wanatirta",), ("Aula Arunika",))
    ]


def test_an_office_ends_when_another_holds_it(first: Path, second: Path) -> None:
    (ended,) = (c for c in compared(first, second).changes if c.what == "ended")
    assert ended.kind == "office"
    assert ended.label.startswith("Danu Wisesa: Kepala, Polres Wanatirta (2031-03-06 to 2031-04-02")
    assert ended.note == "held by Sekar Arum from 2032-01-06 at the latest"
    assert not [c for c in compared(second, first).changes if c.what == "ended"]


def test_an_office_ends_when_its_holder_is_called_a_former_one(tmp_path: Path) -> None:
    later = replace_text(NEXT, "AKBP Sekar Arum,", "AKBP Sekar Arum, bersama mantan Kapolres "
                         "Wanatirta, AKBP Danu Wisesa,")  # fmt: skip
    a = graph(tmp_path / "a", [VISIT])
    b = graph(tmp_path / "b", [VISIT, later])
    (ended,) = (c for c in compared(a, b).changes if c.what == "ended")
    assert ended.label.startswith("Danu Wisesa") and ended.note == "called a former one"


def test_a_decision_that_parts_and_one_that_joins(first: Path, tmp_path: Path) -> None:
    apart = graph(tmp_path / "b", [VISIT, AGAIN], f"{DANUS},different,two,nira,2031-05-01\n")
    found = compared(first, apart)
    (parted,) = (c for c in found.changes if c.kind == "person")
    assert (parted.what, parted.label, len(parted.others)) == ("parted", "Danu Wisesa", 2)
    assert parted.thing in parted.others
    (decision,) = (c for c in found.changes if c.kind == "decision")
    assert decision.what == "added" and "different" in decision.label
    back = compared(apart, first)
    (merged,) = (c for c in back.changes if c.kind == "person")
    assert (merged.what, merged.thing) == ("merged", parted.thing)
    assert set(merged.others) == set(parted.others)


def test_the_offices_of_merged_persons_are_not_told_as_new(first: Path, tmp_path: Path) -> None:
    apart = graph(tmp_path / "b", [VISIT, AGAIN], f"{DANUS},different,two,nira,2031-05-01\n")
    assert told(compared(apart, first), "office", "meeting") == []


def test_as_json_and_as_rdf(first: Path, second: Path, tmp_path: Path) -> None:
    found: dict[str, Any] = json.loads(run("diff", first, second, "--format", "json").stdout)
    assert {change["what"] for change in found["changes"]} >= {"added", "changed", "ended"}
    turtle = run("diff", first, second, "--format", "turtle").stdout
    assert turtle == run("diff", first, second, "--format", "turtle").stdout
    (tmp_path / "diff.ttl").write_text(turtle, "utf-8")
    result = run("validate", tmp_path / "diff.ttl")
    assert result.exit_code == 0, result.output
    ask = """SELECT ?said ?thing { ?d a sin:Difference ; dcterms:hasPart ?c .
        ?c schema:about ?thing ; sin:changeKind change-kind:ended ; dcterms:description ?said }"""
    rows = json.loads(run("query", tmp_path / "diff.ttl", ask, "--format", "json").stdout)
    (row,) = rows["results"]["bindings"]
    assert row["said"]["value"].startswith("office ended: Danu Wisesa: Kepala, Polres Wanatirta")
    assert "/membership/danu-wisesa" in row["thing"]["value"]


def test_in_words(first: Path, second: Path) -> None:
    lines = run("diff", first, second).stdout.splitlines()
    assert "articles              2        3       +1" in lines
    assert "meetings changed: 1" in lines and "offices ended: 1" in lines
    assert "      place: Mapolres Wanatirta is now Aula Arunika" in lines


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("notes.docx", "x", "neither a store nor a release"),
        ("broken.trig", "<a> <b>", "cannot be read as TriG"),
        ("empty.zip", "", "cannot be read: File is not a zip file"),
        ("nowhere", None, "There is no store at"),
    ],
)
def test_what_is_no_graph_is_told(
    first: Path, tmp_path: Path, name: str, content: str | None, said: str
) -> None:
    if content is not None:
        (tmp_path / name).write_text(content)
    result = run("diff", first, tmp_path / name)
    assert result.exit_code == 1 and said in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_changes_are_sorted_by_what_they_are_of(first: Path, second: Path) -> None:
    changes: tuple[Change, ...] = compared(first, second).changes
    kinds = list(dict.fromkeys(change.kind for change in changes))
    assert kinds == [k for k in ("article", "meeting", "agency", "person", "office") if k in kinds]
