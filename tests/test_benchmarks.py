"""The benchmarks still run; how long things take is no matter of tests."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from sinergi.graph.evaluation import evaluate, read_gold
from sinergi.graph.extraction import extract
from sinergi.graph.model import Article
from sinergi.graph.reading import read
from sinergi.graph.registry import Registry

BENCHMARKS = Path(__file__).parent.parent / "benchmarks"

pytestmark = pytest.mark.skipif(not BENCHMARKS.exists(), reason="needs benchmarks/, of a checkout")


def run(script: str, *arguments: object) -> str:
    command = [sys.executable, str(BENCHMARKS / script), *map(str, arguments)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def test_made_articles_are_the_same_every_time_and_their_truth_is_in_them(tmp_path: Path) -> None:
    for name in ("one", "two"):
        run("generate.py", 60, "-o", tmp_path / name)
    one, two = (tmp_path / name for name in ("one", "two"))
    files = sorted(path.relative_to(one) for path in one.rglob("*") if path.is_file())
    assert all((one / file).read_bytes() == (two / file).read_bytes() for file in files)
    registry = Registry.load(one / "registry")
    articles = [item for item in read([one / "articles.jsonl"]) if isinstance(item, Article)]
    golds = read_gold(one / "gold")
    assert len(articles) == len(golds) == 60
    texts = {article.id: article.text for article in articles}
    for gold in golds:
        assert all(person in texts[gold.id] for person in gold.persons)
    scores = evaluate(golds, [extract(article, registry) for article in articles]).scores
    persons, meetings = scores["persons"].f1, scores["meeting_articles"].f1
    assert persons is not None and persons > 0.9
    assert meetings is not None and meetings > 0.9


def test_the_table_of_stages_is_made() -> None:
    found = json.loads(run("bench.py", "--made", 12, "--repeat", 1, "--without-tagger", "--json"))
    assert found["articles"] == 12
    assert {"reading", "extraction", "resolution", "rdf", "trig", "page"} < set(found["stages"])
    assert {"Document", "find_mentions", "MeetingReader"} <= set(found["steps"])
