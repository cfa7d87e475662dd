"""Make common_words.csv: words that Indonesian news writes in lower case.

    python data/make_common_words.py ARTICLES.jsonl [TEXT.txt ...] > data/common_words.csv

A capitalized run of such words is no person's name. A word counts when at least MIN_TEXTS texts
have it in lower case and it is not mostly capitalized within sentences (a name that is also a
word, such as 'Agus', stays out).
"""

import csv
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

MIN_TEXTS = 3
# A third as often lower-case as capitalized: 'indah' is a word first, 'bambang' a name.
MIN_LOWER_SHARE = 0.35


def texts(paths: list[str]) -> Iterator[str]:
    for path in map(Path, paths):
        content = path.read_text(encoding="utf-8")
        if path.suffix == ".jsonl":
            yield from (json.loads(line)["text"] for line in content.splitlines())
        elif path.suffix == ".txt":  # one token and its tag a line, an empty line ends a sentence
            for block in content.split("\n\n"):
                yield " ".join(line.split()[0] for line in block.splitlines() if line.split())


def main() -> None:
    lower: Counter[str] = Counter()
    capitalized: Counter[str] = Counter()
    documents: Counter[str] = Counter()
    for text in texts(sys.argv[1:]):
        seen = set()
        for match in re.finditer(r"[A-Za-z][A-Za-z'-]+", text):
            word = match.group()
            if word.islower():
                lower[word] += 1
                seen.add(word)
            elif not word.isupper() and text[: match.start()].rstrip()[-1:] not in tuple('.!?"“'):
                capitalized[word.lower()] += 1
        documents.update(seen)
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(["word", "source"])
    for word in sorted(documents):
        if documents[word] >= MIN_TEXTS and lower[word] >= capitalized[word] * MIN_LOWER_SHARE:
            out.writerow([word, "lower case in regional news"])


if __name__ == "__main__":
    main()
