"""Measured floors: extraction and identity may not get worse than they were.

The gold lies beside the project, not in it; `python tests/test_quality.py` prints the figures and,
with --pin, raises the floors to them. It refuses to lower one.
"""

from __future__ import annotations

import importlib.util
import json
import math
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from sinergi.graph.extraction import extract
from sinergi.graph.model import Extraction
from sinergi.graph.reading import read
from sinergi.graph.registry import Registry
from sinergi.graph.resolution import clusters, resolve

FLOORS = Path(__file__).parent / "floors.json"
EVAL = Path(__file__).parent.parent.parent / "shared" / "eval"

pytestmark = pytest.mark.skipif(not EVAL.exists(), reason="needs ../shared/eval")


def scorer(name: str) -> ModuleType:
    """The measure that lies beside the gold."""
    sys.path.insert(0, str(EVAL))
    try:
        spec = importlib.util.spec_from_file_location(name, EVAL / f"{name}.py")
        assert spec is not None and spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module
    finally:
        sys.path.remove(str(EVAL))


def extractions() -> list[Extraction]:
    registry = Registry.load()
    articles = read([EVAL / "dev" / "articles.jsonl"])
    return [extract(article, registry) for article in articles]  # type: ignore[arg-type]


def measured(found: list[Extraction]) -> dict[str, float]:
    """Every figure that has a floor: F1, for pairs over articles; accuracies; B-cubed F1."""
    score = scorer("score")
    golds = [
        score.Gold(json.loads(path.read_text(encoding="utf-8")))
        for path in sorted((EVAL / "dev" / "gold").glob("*.json"))
    ]
    result: dict[str, dict[str, Any]] = score.score(
        golds, {e.article.id: e.to_json() for e in found}
    )
    figures = {name: row.get("f1", row.get("accuracy")) for name, row in result.items()}
    figures["pairs"] = result["pairs"]["macro_f1"]
    return figures


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
