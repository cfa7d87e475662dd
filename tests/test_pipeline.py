"""From files to a store, a graph, a page and a report; what breaks on the way, and what not."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from sinergi.graph import pipeline
from sinergi.graph.derivation import rules_version
from sinergi.graph.errors import InputError, SinergiError
from sinergi.graph.model import Article, Extraction, Meeting, Party, Span
from sinergi.graph.pipeline import PAGE, REPORT, STORE, TRIG, build, extract_all
from sinergi.graph.registry import Registry
from sinergi.graph.report import ProgressLine, Report, Tally, count
from sinergi.graph.resolution import resolve
from sinergi.graph.results import select
from sinergi.graph.store import open_store

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "data" / "samples"
FILES = (TRIG, PAGE, REPORT)

VISIT = {
    "id": "kunjungan",
    "title": "Kalapas Tirtamaya Kunjungi Polres",
    "published": "2025-03-05",
    "publisher": "Kabar Contoh",
    "text": "TIRTAMAYA – Kepala Lapas Kelas IIB Tirtamaya, Suryo Pinandito, melakukan audiensi "
    "dengan Kapolres Tirtamaya, AKBP Andaru Kalandra, di Mapolres Tirtamaya, Selasa (4/3/2025).",
}


@pytest.fixture(scope="module")
def registry() -> Registry:
    return Registry.load(ROOT / "data" / "samples-registry")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, registry: Registry) -> tuple[Path, Report]:
    out = tmp_path_factory.mktemp("samples") / "out"
    return out, build([SAMPLES], out, registry=registry)


def content(out: Path) -> dict[str, bytes]:
    return {name: (out / name).read_bytes() for name in FILES}


def write(path: Path, *articles: dict[str, str]) -> Path:
    path.write_text("".join(json.dumps(a) + "\n" for a in articles), "utf-8")
    return path


def test_the_samples_become_a_graph_a_page_and_a_report(built: tuple[Path, Report]) -> None:
    out, report = built
    assert sorted(path.name for path in out.iterdir()) == sorted((STORE, *FILES))
    assert report.articles == 13 and report.without_meeting >= 1 and not report.rejected
    assert report.officials > 20 and report.agencies > 15 and report.agreements >= 1
    assert json.loads((out / REPORT).read_text("utf-8"))["meetings"] == report.meetings
    page = (out / PAGE).read_text("utf-8")
    assert page.startswith("<!DOCTYPE html>") or page.startswith("<!doctype html>")
    assert "Polres Metro Tangerang Kota" in page

    store = open_store(out / STORE)
    assert len(store) == report.quads
    asked = "SELECT (COUNT(DISTINCT ?m) AS ?n) { ?m a sin:Meeting }"
    (row,) = select(store, asked).dicts()
    assert int(row["n"]) == report.meetings


def test_the_report_counts_what_is_in_the_graph(registry: Registry) -> None:
    """Two names that are one agency's make no meeting."""
    names = ("Polres Tirtamaya", "Kepolisian Resor Tirtamaya")
    span = Span(0, 5, "Rapat")
    parties = tuple(Party(name, None, (span,)) for name in names)
    told = Extraction(Article("a", "", "Rapat"), meetings=(Meeting("rapat", "held", parties),))
    resolution = resolve([told], registry)
    assert len(resolution.agencies) == 1
    tally = Tally()
    tally(told, resolution.links["a"])
    report = count(tally, resolution, (), repeated=0, quads=0)
    assert (report.articles, report.without_meeting, report.meetings) == (1, 1, 0)


def test_one_meeting_told_by_two_outlets_is_one(built: tuple[Path, Report]) -> None:
    out, _ = built
    store = open_store(out / STORE)
    asked = """SELECT ?m (COUNT(DISTINCT ?article) AS ?n) {
        GRAPH ?g { ?m a sin:Meeting . ?article a schema:NewsArticle }
    } GROUP BY ?m HAVING (COUNT(DISTINCT ?article) > 1)"""
    (told_twice,) = select(store, asked).dicts()
    assert told_twice["n"] == "2"
    assert "2025-04-10" in told_twice["m"]


def test_every_quote_of_the_graph_is_in_its_article(built: tuple[Path, Report]) -> None:
    out, _ = built
    texts = {
        item.article.id: item.article.text
        for item in extract_all([SAMPLES], registry=Registry.load())
        if isinstance(item, Extraction)
    }
    asked = """SELECT DISTINCT ?id ?start ?end ?quote {
        ?target oa:hasSource/schema:identifier ?id ; oa:hasSelector ?position , ?words .
        ?position oa:start ?start ; oa:end ?end . ?words oa:exact ?quote }"""
    rows = list(select(open_store(out / STORE), asked).dicts())
    assert len(rows) > 100
    for row in rows:
        assert texts[row["id"]][int(row["start"]) : int(row["end"])] == row["quote"]


def test_the_same_articles_give_the_same_bytes_in_any_order(
    tmp_path: Path, built: tuple[Path, Report], registry: Registry
) -> None:
    out, _ = built
    files = sorted(path for path in SAMPLES.iterdir() if path.suffix != ".md")
    random.Random(7).shuffle(files)
    again = build(files, tmp_path, registry=registry, jobs=2)
    assert again == built[1]
    assert content(tmp_path) == content(out)
    build([SAMPLES], tmp_path, registry=registry)  # over what stands there
    assert content(tmp_path) == content(out)


def test_different_articles_of_one_id_are_both_there(tmp_path: Path, registry: Registry) -> None:
    other = {**VISIT, "text": VISIT["text"].replace("Selasa (4/3/2025)", "Rabu (5/3/2025)")}
    results = []
    for number, articles in enumerate([(VISIT, other, VISIT), (other, VISIT, VISIT)]):
        out = tmp_path / str(number)
        report = build([write(tmp_path / f"{number}.jsonl", *articles)], out, registry=registry)
        assert (report.articles, report.repeated) == (2, 1)
        results.append(content(out))
    assert results[0] == results[1]


def test_what_cannot_be_read_costs_only_itself(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    write(folder / "a.jsonl", VISIT)
    (folder / "b.jsonl").write_text('{"text": 1}\n')
    (folder / "c.txt").write_bytes(b"\x00\xff")
    report = build([folder], tmp_path / "out")
    assert report.articles == 1
    assert [(Path(r.file).name, r.place) for r in report.rejected] == [
        ("b.jsonl", "line 1"),
        ("c.txt", ""),
    ]
    assert "2 rejected:" in report.summary() and "b.jsonl, line 1" in report.summary()
    with pytest.raises(InputError, match=r"b\.jsonl, line 1"):
        build([folder], tmp_path / "strict", strict=True)
    assert not (tmp_path / "strict").exists()


def test_nothing_to_read_is_an_empty_graph(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Cuaca hari ini cerah.")
    report = build(str(tmp_path / "a.txt"), tmp_path / "out")
    assert (report.articles, report.meetings, report.officials) == (1, 0, 0)
    assert (tmp_path / "out" / PAGE).exists()


def test_a_build_of_nothing_leaves_the_former_one(tmp_path: Path) -> None:
    out = tmp_path / "out"
    build([write(tmp_path / "a.jsonl", VISIT)], out)
    before = content(out)
    empty = tmp_path / "kosong.txt"
    empty.touch()
    with pytest.raises(InputError, match=r"1 rejected, first .*kosong.txt.* stays as it was"):
        build([empty], out)
    assert content(out) == before


def test_a_build_that_fails_leaves_the_former_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    articles = write(tmp_path / "a.jsonl", VISIT)
    out = tmp_path / "out"
    build([articles], out)
    before, quads = content(out), list(open_store(out / STORE).quads())

    def fails(*_: object, **__: object) -> Iterator[None]:
        raise OSError("disk full")

    write(articles, {**VISIT, "text": VISIT["text"].replace("Suryo", "Bagas")})
    for stage in ("write_page", "count", "export_graph"):
        with monkeypatch.context() as patch, pytest.raises((OSError, SinergiError)):
            patch.setattr(pipeline, stage, fails)
            build([articles], out)
        assert content(out) == before
        assert list(open_store(out / STORE).quads()) == quads
    assert sorted(path.name for path in out.iterdir()) == sorted((STORE, *FILES))


def test_an_output_among_the_inputs_is_not_read_again(tmp_path: Path) -> None:
    write(tmp_path / "a.jsonl", VISIT)
    first = build([tmp_path], tmp_path / "out")
    assert build([tmp_path], tmp_path / "out") == first
    with pytest.raises(InputError, match="input and output at once"):
        build([tmp_path], tmp_path)


def test_the_base_of_iris_can_be_chosen(tmp_path: Path) -> None:
    articles = write(tmp_path / "a.jsonl", VISIT)
    build([articles], tmp_path / "out", base="https://data.example/")
    subjects = {str(quad.subject) for quad in open_store(tmp_path / "out" / STORE).quads()}
    assert any(s.startswith("<https://data.example/meeting/") for s in subjects)
    with pytest.raises(InputError):
        build([articles], tmp_path / "out", base="not an iri")


def test_progress_hears_of_every_stage(tmp_path: Path) -> None:
    heard: list[tuple[str, int, float | None]] = []
    build(
        [write(tmp_path / "a.jsonl", VISIT)],
        tmp_path / "out",
        progress=lambda *state: heard.append(state),
    )
    assert [stage for stage, _, _ in heard] == ["reading", "resolving", "writing", "drawing"]
    assert heard[0] == ("reading", 1, 1.0)

    seconds = iter([0.0, 0.01, 10.0, 11.0])
    written: list[str] = []
    with ProgressLine(written.append, lambda: next(seconds)) as line:
        line("reading", 1, 0.0)  # too soon to be drawn
        line("reading", 1200, 0.25)
        line("resolving", 4800, None)
    assert [text.lstrip("\r\x1b[K") for text in written] == [
        "reading: 1,200 articles, 120 a second, 30 s left",
        "resolving: 4,800 articles",
        "",
    ]


def test_the_rules_have_a_version() -> None:
    assert len(rules_version()) == 64
