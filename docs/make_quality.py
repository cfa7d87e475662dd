"""Write the figures of docs/quality.md anew (`make quality`); what stands between them is by hand.

The marked articles lie beside the project, in ../shared/eval, not in it.
"""

from __future__ import annotations

import csv
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from sinergi.graph.evaluation import Evaluation, evaluate, evaluate_by, kind, read_gold, site
from sinergi.graph.extraction import extract
from sinergi.graph.model import Article
from sinergi.graph.reading import read

ROOT = Path(__file__).resolve().parent.parent
EVAL = ROOT.parent / "shared" / "eval" / "dev"
PAGE = ROOT / "docs" / "quality.md"
SAMPLE = ROOT / "docs" / "quality-sample.csv"
VERDICTS = ("right", "record", "quoted", "sentence")
# The sites of the marked articles, as a reader knows them.
SITES = {
    "diskominfo": "regency's site",
    "website-diskominfo": "city's site",
    "justice": "retold reports",
}


def parts() -> dict[str, list[str]]:
    """The name of each part that is made, and its lines."""
    golds = read_gold(EVAL / "gold")
    articles = read([EVAL / "articles.jsonl"])
    found = [extract(article) for article in articles if isinstance(article, Article)]
    sites = evaluate_by(site, golds, found)
    sites = {SITES.get(name, name): figures for name, figures in sites.items()}
    return {
        "overall": list(overall(evaluate(golds, found))),
        "by site": list(by_group(sites)),
        "by kind": list(by_group(evaluate_by(kind, golds, found))),
        "sample by kind": list(sample("kind")),
        "sample by site": list(sample("site")),
    }


def overall(figures: Evaluation) -> Iterator[str]:
    """Every figure over all articles."""
    names = ("precision", "recall", "f1", "macro_f1", "accuracy")
    rows = (
        [f"`{name}`", str(score.gold), *(_figure(getattr(score, n)) for n in names)]
        for name, score in figures.scores.items()
    )
    yield from _table(["", "gold", "precision", "recall", "F1", "macro F1", "accuracy"], rows)


def by_group(groups: dict[str, Evaluation]) -> Iterator[str]:
    """F1 or accuracy for each group of articles."""
    heads = [f"{name} ({group.articles})" for name, group in groups.items()]
    every = list(groups.values())
    measures = every[0].scores
    rows = (
        [
            f"`{name}`",
            # Where there is nothing to find, F1 says nothing.
            *(_figure(g.scores[name].headline if g.scores[name].gold else None) for g in every),
        ]
        for name in measures
    )
    yield from _table(["", *heads], rows)


def sample(column: str) -> Iterator[str]:
    """The verdicts on the sample by a column, and the share of spans at the right sentence."""
    with SAMPLE.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    groups: dict[str, Counter[str]] = {
        name: Counter() for name in sorted({r[column] for r in rows})
    }
    for row in rows:
        groups[row[column]][row["verdict"]] += 1
    if column == "site":
        groups = {SITES[name]: counts for name, counts in groups.items()}
    groups["all"] = sum(groups.values(), Counter())
    lines = (
        [
            name,
            *(str(counts[verdict]) for verdict in VERDICTS),
            _figure((counts["right"] + counts["record"]) / counts.total()),
            _figure(1 - counts["sentence"] / counts.total()),
        ]
        for name, counts in groups.items()
    )
    heads = [column, *VERDICTS, "at the right sentence", "and quoted"]
    yield from _table(heads, lines)


def _figure(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield "| " + " | ".join(heads) + " |"
    yield "|" + "---|" + "---:|" * (len(heads) - 1)
    yield from ("| " + " | ".join(row) + " |" for row in rows)


def write() -> None:
    if not EVAL.exists():
        sys.exit(f"make_quality: the marked articles are not here ({EVAL})")
    page = PAGE.read_text("utf-8")
    for name, lines in parts().items():
        begin, end = f"<!-- {name} -->", f"<!-- end of {name} -->"
        new = "\n".join([begin, *lines, end])
        page, count = re.subn(f"{begin}.*?{end}", lambda _, new=new: new, page, flags=re.DOTALL)
        if count != 1:
            sys.exit(f"make_quality: '{begin}' ... '{end}' stands {count} times in {PAGE.name}")
    PAGE.write_text(page, "utf-8")


if __name__ == "__main__":
    write()
