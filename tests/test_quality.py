"""Measured floors: extraction and identity may not get worse than they were.

The gold lies beside the project, not in it; `python tests/test_quality.py` prints the figures and,
with --pin, raises the floors to them. It refuses to lower one.
"""

from __future__ import annotations

import json
import math
import sys
from pathlib import Path

import pytest

from sinergi.graph.evaluation import evaluate, read_gold
from sinergi.graph.extraction import extract
from sinergi.graph.model import Extraction
from sinergi.graph.reading import read
from sinergi.graph.registry import Registry
from sinergi.graph.resolution import clusters, resolve

FLOORS = Path(__file__).parent / "floors.json"
EVAL = Path(__file__).parent.parent.parent / "shared" / "eval"

pytestmark = pytest.mark.skipif(not EVAL.exists(), reason="needs ../shared/eval")


def extractions() -> list[Extraction]:
    registry = Registry.load()
    articles = read([EVAL / "dev" / "articles.jsonl"])
    return [extract(article, registry) for article in articles]  # type: ignore[arg-type]


def measured(found: list[Extraction]) -> dict[str, float]:
    """Every figure that has a floor: F1, for pairs over articles; accuracies; B-cubed F1."""
    scores = evaluate(read_gold(EVAL / "dev" / "gold"), found).scores
    figures = {name: score.headline for name, score in scores.items()}
    figures["pairs"] = scores["pairs"].macro_f1
    return {name: figure for name, figure in figures.items() if figure is not None}


def floors() -> dict[str, float]:
    return json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}


def test_extraction_is_not_worse_than_it_was() -> None:
    now = measured(extractions())
    below = {name: (now[name], floor) for name, floor in floors().items() if now[name] < floor}
    assert not below


def test_identity_joins_no_decoy(tmp_path: Path) -> None:
    """Reports of one event may be joined; another meeting of the same agencies never."""
    found = extractions()
    groups = clusters(resolve(found, Registry.load()), found)
    decoys = {e.article.id for e in found if e.article.id.endswith("x")}
    assert decoys
    for group in groups["meetings"]:
        articles = {article for article, _ in group}
        assert len(articles) == 1 or not articles & decoys, group


def main() -> None:
    now = {name: math.floor(value * 1000) / 1000 for name, value in measured(extractions()).items()}
    if "--pin" in sys.argv:
        old = floors()
        lower = {name for name, floor in old.items() if now[name] < floor}
        if lower:
            sys.exit(f"below their floor: {', '.join(sorted(lower))}")
        FLOORS.write_text(json.dumps(now, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    print(json.dumps(now, indent=1, sort_keys=True))


if __name__ == "__main__":
    main()
