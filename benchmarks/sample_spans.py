"""A sample of what was extracted, to be judged one by one: does this sentence state this?

    python benchmarks/sample_spans.py ARTICLES...            prints what has no verdict yet
    python benchmarks/sample_spans.py ARTICLES... --figures  says what the verdicts come to

Verdicts are kept in docs/quality-sample.csv, which holds no text of any article: the id of a
record, its article's site and id, its kind, where its span starts and ends, a verdict and a reason.
A verdict is 'right', 'record' (it is not so, though the span is where it was read), 'sentence' (the
span does not say it) or 'quoted' (the same, of someone taking part whom the report only has speak).
Every site has a number of its own, so that the small ones are seen as well. Records are drawn by a
hash of what they are, so that a better extraction keeps the verdicts on whatever it has left as it
was.
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
SEED = "sinergi 7"  # another draws other records
# How many records of each site: most of the largest, enough of the others to tell anything.
SIZES = {"diskominfo": 60, "website-diskominfo": 20, "justice": 20}


@dataclass(frozen=True, slots=True)
class Record:
    """One claim of one span; `id` follows from what it is."""

    id: str
    article: Article
    kind: str
    words: str
    start: int
    end: int

    @property
    def site(self) -> str:
        """The article's site, a key of SIZES."""
        return self.article.publisher or self.article.id.split("-")[0]


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


def sample(paths: list[Path]) -> list[Record]:
    """The records to be judged: of each site the first in the order of their ids."""
    drawn = sorted(records(paths), key=lambda record: record.id)
    return [r for site, size in SIZES.items() for r in [r for r in drawn if r.site == site][:size]]


def verdicts() -> dict[str, str]:
    """The verdict of each record judged so far."""
    if not VERDICTS.exists():
        return {}
    with VERDICTS.open(encoding="utf-8", newline="") as stream:
        return {row["id"]: row["verdict"] for row in csv.DictReader(stream)}


def shown(record: Record, number: int) -> str:
    """A record in its whole article, its span in ⟦ ⟧, for whoever judges it."""
    article, start, end = record.article, record.start, record.end
    text = article.text
    return (
        f"{number} {record.id},{record.site},{article.id},{record.kind},{start},{end}\n"
        f"   {record.kind}: {record.words}\n"
        f"   {article.title} ({article.published})\n"
        f"{text[:start]}⟦{text[start:end]}⟧{text[end:]}\n"
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("articles", nargs="+", type=Path)
    parser.add_argument("--figures", action="store_true")
    arguments = parser.parse_args()
    drawn = sample(arguments.articles)
    judged = verdicts()
    if arguments.figures:
        counts = Counter(judged.get(record.id, "not judged") for record in drawn)
        sys.stdout.writelines(f"{name} {count}\n" for name, count in sorted(counts.items()))
        return
    for number, record in enumerate(drawn, 1):
        if record.id not in judged:
            sys.stdout.write(shown(record, number) + "\n")


if __name__ == "__main__":
    main()
