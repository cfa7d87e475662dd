"""Write the figures of docs/quality.md and data/quality.csv anew (`make quality`).

What stands between them in the page is by hand. The marked articles lie beside the project, in
../shared/eval, not in it.
"""

from __future__ import annotations

import ast
import csv
import json
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from sinergi.graph.evaluation import Evaluation, evaluate, evaluate_by, kind, read_gold, site
from sinergi.graph.extraction import extract
from sinergi.graph.model import Article, Extraction
from sinergi.graph.reading import read
from sinergi.graph.registry import Registry
from sinergi.graph.resolution import clusters, resolve

ROOT = Path(__file__).resolve().parent.parent
EVAL = ROOT.parent / "shared" / "eval" / "dev"
PAGE = ROOT / "docs" / "quality.md"
SAMPLE = ROOT / "docs" / "quality-sample.csv"
FIGURES = ROOT / "data" / "quality.csv"
VERDICTS = ("right", "record", "quoted", "sentence")
# The sites of the marked articles, as a reader knows them.
SITES = {
    "diskominfo": "regency's site",
    "website-diskominfo": "city's site",
    "justice": "retold reports",
}


def extractions() -> list[Extraction]:
    """What the marked articles state."""
    articles = read([EVAL / "articles.jsonl"])
    return [extract(article) for article in articles if isinstance(article, Article)]


def parts(found: list[Extraction]) -> dict[str, list[str]]:
    """The name of each part that is made, and its lines."""
    golds = read_gold(EVAL / "gold")
    sites = evaluate_by(site, golds, found)
    sites = {SITES.get(name, name): figures for name, figures in sites.items()}
    return {
        "overall": list(overall(evaluate(golds, found))),
        "by site": list(by_group(sites)),
        "by kind": list(by_group(evaluate_by(kind, golds, found))),
        "identity": list(same_things(identity(found))),
        "sample by kind": list(sample("kind")),
        "sample by site": list(sample("site")),
    }


Row = tuple[str, float, int, str]
"""A row of data/quality.csv: measure, value, articles, source."""


def figures(found: list[Extraction]) -> Iterator[Row]:
    """Every figure over all marked articles: of extraction, of identity, of the sample."""
    evaluation = evaluate(read_gold(EVAL / "gold"), found)
    for name, score in evaluation.scores.items():
        for figure, value in score.to_json().items():
            if figure not in ("gold", "predicted"):
                source = "docs/quality.md; sinergi evaluate"
                yield f"extraction.{name}.{figure}", value, evaluation.articles, source
    for name, scores in identity(found).items():
        for figure in ("precision", "recall", "f1"):
            source = "docs/quality.md; B-cubed"
            yield f"identity.{name}.{figure}", scores[figure], len(found), source
    rows = sample_rows()
    wrong = Counter(row["verdict"] for row in rows)
    right = 1 - (wrong["quoted"] + wrong["sentence"]) / len(rows)
    articles = len({row["article"] for row in rows})
    yield "evidence.quotes.precision", round(right, 4), articles, "docs/quality-sample.csv"


def identity(found: list[Extraction]) -> dict[str, dict[str, float]]:
    """B-cubed figures of persons, organizations and meetings, as the scorer beside the marks has
    them."""
    groups = clusters(resolve(found, Registry.load()), found)
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
        json.dump(groups, file)
        file.flush()
        command = [sys.executable, EVAL.parent / "score_identity.py"]
        command += [EVAL / "gold", EVAL / "identity.json", file.name]
        said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    lines = (line.partition("{") for line in said.splitlines())
    return {name.strip(): ast.literal_eval(brace + rest) for name, brace, rest in lines}


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


def same_things(groups: dict[str, dict[str, float]]) -> Iterator[str]:
    """What `identity` gives, as a table."""
    names = ("precision", "recall", "f1")
    yield from _table(
        ["", "precision", "recall", "F1", "wrong pairs"],
        (
            [name, *(_figure(scores[n]) for n in names), str(scores["wrong_merges"])]
            for name, scores in groups.items()
        ),
    )


def sample(column: str) -> Iterator[str]:
    """The verdicts on the sample by a column, and the share of spans at the right sentence."""
    rows = sample_rows()
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


def sample_rows() -> list[dict[str, str]]:
    with SAMPLE.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _figure(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield "| " + " | ".join(heads) + " |"
    yield "|" + "---|" + "---:|" * (len(heads) - 1)
    yield from ("| " + " | ".join(row) + " |" for row in rows)


def write() -> None:
    if not EVAL.exists():
        sys.exit(f"make_quality: the marked articles are not here ({EVAL})")
    page, found = PAGE.read_text("utf-8"), extractions()
    for name, lines in parts(found).items():
        begin, end = f"<!-- {name} -->", f"<!-- end of {name} -->"
        new = "\n".join([begin, *lines, end])
        page, count = re.subn(f"{begin}.*?{end}", lambda _, new=new: new, page, flags=re.DOTALL)
        if count != 1:
            sys.exit(f"make_quality: '{begin}' ... '{end}' stands {count} times in {PAGE.name}")
    PAGE.write_text(page, "utf-8")
    with FIGURES.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(["measure", "value", "articles", "source"])
        writer.writerows(figures(found))


if __name__ == "__main__":
    write()
