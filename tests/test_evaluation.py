"""The measure: what counts as found, and that the command says it. Names are invented."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from sinergi.cli import main
from sinergi.graph.errors import InputError
from sinergi.graph.evaluation import SETS, evaluate, evaluate_by, kind, read_gold, site
from sinergi.graph.evaluation.names import same_person
from sinergi.graph.extraction import extract
from sinergi.graph.model import Article, Extraction, Meeting, Official, Participation, Party
from sinergi.graph.quality import quality_figures
from sinergi.graph.reading import read

EVAL = Path(__file__).parent.parent.parent / "shared" / "eval"

LAPAS, POLRES = "Lapas Kelas IIB Arunika", "Polres Arunika"
GOLD = {
    "id": "berita-01",
    "officials": [
        {"person": "Sari Widuri", "person_aliases": ["Sari"], "post": "Kepala",
         "post_aliases": ["Kalapas"], "organization": LAPAS, "organization_aliases": ["Lapas"]},
        {"person": "Damar Wicaksana", "post": "Kepala", "organization": POLRES},
    ],
    "meetings": [
        {"kind": "audiensi", "status": "held", "date": "2025-02-27",
         "organizations": [LAPAS, POLRES],
         "participants": [{"person": "Sari Widuri", "organization": LAPAS, "role": "guest"},
                          {"person": "Damar Wicaksana", "organization": POLRES, "role": "host"}]},
    ],
}  # fmt: skip


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    (tmp_path / "berita-01.json").write_text(json.dumps(GOLD), encoding="utf-8")
    return tmp_path


def found(**changes: Any) -> Extraction:
    """What a perfect reading of the gold's article gives, or one with `changes`."""
    perfect: dict[str, Any] = {
        "officials": (
            Official("Sari Widhuri", "Kepala", "Lembaga Pemasyarakatan Arunika"),
            Official("Damar Wicaksana", "Kepala", "Kepolisian Resort Arunika"),
        ),
        "meetings": (
            Meeting(
                "audiensi",
                "held",
                (Party("Lapas Arunika"), Party(POLRES)),
                "2025-02-27",
                participants=(
                    Participation("Sari Widuri", "Lapas Arunika", "guest"),
                    Participation("Damar Wicaksana", POLRES, "host"),
                ),
            ),
        ),
    }
    return Extraction(Article("berita-01", "", "", publisher="Kabar"), **perfect | changes)


def test_names_may_be_written_in_other_ways(gold: Path) -> None:
    result = evaluate(read_gold(gold), [found()])
    assert all(score.headline == 1 for score in result.scores.values()) and not result.mistakes


def test_what_is_missed_made_up_or_wrong_is_named(gold: Path) -> None:
    meeting = Meeting("rapat", "held", (Party(LAPAS), Party("Polres Sukalaras")))
    officials = (
        Official("Sari Widuri", "Sekretaris", LAPAS),
        Official("Sari", "Kalapas", "Lapas"),  # a first name alone is no finding
    )
    result = evaluate(read_gold(gold), [found(meetings=(meeting,), officials=officials)])
    said = {(m.measure, m.fault, m.subject, m.gold, m.found) for m in result.mistakes}
    assert ("persons", "missed", "Damar Wicaksana", None, None) in said
    assert ("posts", "spurious", f"Sari Widuri | ?Sekretaris | {LAPAS}", None, None) in said
    assert ("persons", "spurious", "?sari", None, None) in said
    assert ("organizations", "spurious", "?kepolisian resor sukalaras", None, None) in said
    assert ("kinds", "wrong", f"{LAPAS} + {POLRES}", "audiensi", "rapat") in said
    assert ("roles", "wrong", "Sari Widuri", "guest", None) in said
    assert result.scores["persons"].f1 == 0.5
    assert result.scores["meeting_articles"].f1 == 1


def test_an_article_not_extracted_is_missed_whole(gold: Path) -> None:
    result = evaluate(read_gold(gold), [])
    assert (result.articles, result.predicted) == (1, 0)
    assert all(score.headline == 0 for score in result.scores.values())


def test_groups_are_sites_or_kinds(gold: Path) -> None:
    golds = read_gold(gold)
    assert list(evaluate_by(site, golds, [found()])) == ["Kabar"]
    assert list(evaluate_by(site, golds, [])) == ["berita"]
    assert list(evaluate_by(kind, golds, [])) == ["audiensi"]


@pytest.mark.parametrize("content", ["nonsense", "[]", "{}", '{"id": "a", "meetings": [{}]}'])
def test_an_annotation_of_another_form_is_an_error(tmp_path: Path, content: str) -> None:
    with pytest.raises(InputError, match="no annotation"):
        read_gold(tmp_path)
    (tmp_path / "a.json").write_text(content)
    with pytest.raises(InputError, match=r"a\.json"):
        read_gold(tmp_path)


@settings(deadline=None)
@given(st.text(alphabet="abcdé .", max_size=24), st.text(alphabet="abcdé .", max_size=24))
def test_every_name_is_itself(a: str, b: str) -> None:
    assert same_person(a, a) and same_person(f"{a} Wicaksana {b}", f"{a} WICAKSANA, {b}.")


def test_the_command_gives_tables_or_json(gold: Path, tmp_path: Path) -> None:
    text = f"Kepala {LAPAS}, Sari Widuri, beraudiensi dengan Kapolres Arunika, Damar Wicaksana."
    articles = tmp_path / "articles.jsonl"
    articles.write_text(json.dumps({"id": "berita-01", "text": text}))
    run: Callable[..., Any] = lambda *more: CliRunner().invoke(  # noqa: E731
        main, ["evaluate", str(gold), str(articles), *more]
    )
    table = run("--errors")
    assert table.exit_code == 0 and "\npersons" in table.stdout and "berita (1)" in table.stdout
    assert "dates wrong" in table.stdout and "gold 2025-02-27, found none" in table.stdout
    figures = json.loads(run("--format", "json", "--by", "kind", "--errors").stdout)
    assert set(figures) == {"articles", "predicted", "scores", "groups", "errors"}
    assert set(SETS) < set(figures["scores"]) and list(figures["groups"]) == ["audiensi"]


@pytest.mark.skipif(not EVAL.exists(), reason="needs ../shared/eval")
def test_the_figures_are_those_of_the_reference() -> None:
    """To the last digit, on the dev set, those of the script that lies beside the gold."""
    spec = importlib.util.spec_from_file_location("score", EVAL / "score.py")
    assert spec is not None and spec.loader is not None
    reference = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(reference)
    articles = read([EVAL / "dev" / "articles.jsonl"])
    extractions = [extract(article) for article in articles if isinstance(article, Article)]
    files = sorted((EVAL / "dev" / "gold").glob("*.json"))
    golds = [reference.Gold(json.loads(path.read_text("utf-8"))) for path in files]
    theirs = reference.score(golds, {e.article.id: e.to_json() for e in extractions})
    ours = evaluate(read_gold(EVAL / "dev" / "gold"), extractions).scores
    assert set(ours) == set(theirs)
    for name, row in theirs.items():
        assert {key: asdict(ours[name])[key] for key in row} == row, name


def test_the_figures_that_pages_and_releases_state_are_those_of_the_docs() -> None:
    figures = quality_figures()
    assert all(0 < figure.value <= 1 and figure.articles and figure.source for figure in figures)
    assert {figure.aspect for figure in figures} == {"extraction", "identity", "evidence"}
    page = (Path(__file__).parent.parent / "docs" / "quality.md").read_text("utf-8")
    overall = page.partition("<!-- overall -->")[2].partition("<!-- end of overall -->")[0]
    told = {cell.strip() for line in overall.splitlines() for cell in line.split("|")}
    for figure in figures:
        if figure.aspect == "extraction":
            assert f"`{figure.subject}`" in told
            assert f"{figure.value:.3f}" in told, figure.measure
