"""A sample of what was extracted, to be judged by a person: does this sentence state this?

    python benchmarks/sample_spans.py ARTICLES...            prints what has no verdict yet
    python benchmarks/sample_spans.py ARTICLES... --figures  says what the verdicts come to

Verdicts are kept in docs/quality-sample.csv, which holds no text of any article: the id of a
record, its article and kind, and 'right', 'record' (it is not so) or 'sentence' (it is so, but the
span does not say it). Records are drawn by a hash of what they are, so that a better extraction
keeps the verdicts on whatever it has left as it was.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sinergi.graph.explanation import explain
from sinergi.graph.model import Article
from sinergi.graph.pipeline import extract_all
from sinergi.graph.reading import Rejected
from sinergi.graph.registry import Registry

VERDICTS = Path(__file__).resolve().parent.parent / "docs" / "quality-sample.csv"
COLUMNS = ("id", "article", "kind", "verdict")
SEED = "sinergi"
CONTEXT = 500  # characters shown on both sides


@dataclass(frozen=True, slots=True)
class Record:
    """One claim of one span; `id` follows from what it is."""

    id: str
    article: Article
    kind: str
    words: str
    start: int
    end: int


def records(paths: list[Path]) -> Iterator[Record]:
    """Everything that the articles are said to state."""
    for item in extract_all(paths, registry=Registry.load()):
        if isinstance(item, Rejected):
            continue
        article = item.article
        for note in explain(item).notes:
            for claim in note.claims:
                start, end = note.span.start, note.span.end
                what = "\n".join((SEED, article.id, claim.kind, claim.words, f"{start}-{end}"))
                id = hashlib.sha256(what.encode()).hexdigest()[:12]
                yield Record(id, article, claim.kind, claim.words, start, end)


def verdicts() -> dict[str, str]:
    """The verdict of each record judged so far."""
    if not VERDICTS.exists():
        return {}
    with VERDICTS.open(encoding="utf-8", newline="") as stream:
        return {row["id"]: row["verdict"] for row in csv.DictReader(stream)}


def shown(record: Record, number: int) -> str:
    """A record with its span in ⟦ ⟧, for whoever judges it."""
    text = record.article.text
    before = text[max(0, record.start - CONTEXT) : record.start]
    after = text[record.end : record.end + CONTEXT]
    return (
        f"{number} {record.id},{record.article.id},{record.kind}\n"
        f"   {record.kind}: {record.words}\n"
        f"   {record.article.title} ({record.article.published})\n"
        f"   …{before}⟦{text[record.start : record.end]}⟧{after}…\n"
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("articles", nargs="+", type=Path)
    parser.add_argument("--size", type=int, default=100)
    parser.add_argument("--figures", action="store_true")
    arguments = parser.parse_args()
    sample = sorted(records(arguments.articles), key=lambda record: record.id)[: arguments.size]
    judged = verdicts()
    if arguments.figures:
        counts = Counter(judged.get(record.id, "not judged") for record in sample)
        sys.stdout.writelines(f"{name} {count}\n" for name, count in sorted(counts.items()))
        return
    for number, record in enumerate(sample, 1):
        if record.id not in judged:
            sys.stdout.write(shown(record, number) + "\n")


if __name__ == "__main__":
    main()
