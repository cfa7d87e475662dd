"""Forty topics of meetings in their sentences, to be judged: was the meeting about this?

    python benchmarks/sample_topics.py ARTICLES... [--seed SEED]

They are drawn by a hash of the seed, the article and where the topic stands.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from pathlib import Path

from sinergi.graph.pipeline import extract_all
from sinergi.graph.reading import Rejected
from sinergi.graph.registry import Registry

SEED = "topics 4"
SIZE = 40
BEFORE, AFTER = 110, 50  # characters shown around a topic


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("articles", nargs="+", type=Path)
    parser.add_argument("--seed", default=SEED)
    arguments = parser.parse_args()
    rows: list[tuple[str, str]] = []
    for item in extract_all(arguments.articles, registry=Registry.load()):
        if isinstance(item, Rejected):
            continue
        article, text = item.article, item.article.text
        for meeting in item.meetings:
            for span in (topic.spans[0] for topic in meeting.topics):
                what = f"{arguments.seed} {article.id} {span.start} {span.end}"
                around = (
                    f"{text[max(0, span.start - BEFORE) : span.start]}⟦{span.quote}⟧"
                    f"{text[span.end : span.end + AFTER]}"
                )
                shown = f"{article.id} {meeting.kind} | {article.title} | {around}"
                rows.append((hashlib.sha256(what.encode()).hexdigest(), " ".join(shown.split())))
    for number, (_, shown) in enumerate(sorted(rows)[:SIZE], 1):
        sys.stdout.write(f"{number} {shown}\n")


if __name__ == "__main__":
    main()
