"""The peer: a conditional random field that tags PER, ORG and LOC, with ordinary features.

What one would train today for the names alone. It tells no posts, ranks, meetings or roles.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pycrfsuite

ITERATIONS = 100
TOKEN = re.compile(r"\w+(?:[-'.]\w+)*|[^\w\s]")
SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n+")

Sentence = list[str]


def read_tagged(path: Path) -> Iterator[tuple[Sentence, list[str]]]:
    """The sentences of a file of 'token POS tag' lines; empty lines part them."""
    words: list[str] = []
    tags: list[str] = []
    for line in [*path.read_text("utf-8").splitlines(), ""]:
        if line.strip():
            parts = line.split()
            words.append(parts[0])
            tags.append(parts[-1])
        elif words:
            yield words, tags
            words, tags = [], []


def sentences(text: str) -> Iterator[Sentence]:
    """A text's sentences as tokens."""
    for sentence in SENTENCE_END.split(text):
        if words := TOKEN.findall(sentence):
            yield words


def features(words: Sentence) -> pycrfsuite.ItemSequence:
    """Of each word itself, its ends and its shape, and of its neighbors much of the same."""
    rows: list[dict[str, str | bool]] = []
    for i, word in enumerate(words):
        row: dict[str, str | bool] = {
            "bias": True,
            "word": word.lower(),
            "begins": word[:3],
            "ends in 3": word[-3:],
            "ends in 2": word[-2:],
            "upper": word.isupper(),
            "title": word.istitle(),
            "digits": word.isdigit(),
            "shape": re.sub(r"[A-Z]", "A", re.sub(r"[a-z]", "a", re.sub(r"\d", "0", word))),
        }
        for shift in (-2, -1, 1, 2):
            if 0 <= i + shift < len(words):
                other = words[i + shift]
                row[f"{shift} word"] = other.lower()
                row[f"{shift} ends in 3"] = other[-3:]
                row[f"{shift} upper"] = other.isupper()
                row[f"{shift} title"] = other.istitle()
            else:
                row[f"{shift} edge"] = True
        rows.append(row)
    return pycrfsuite.ItemSequence(rows)


def train(path: Path) -> pycrfsuite.Tagger:
    """A tagger trained on a tagged file."""
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    for words, tags in read_tagged(path):
        trainer.append(features(words), tags)
    trainer.set_params({"c1": 0.1, "c2": 0.1, "max_iterations": ITERATIONS})
    with tempfile.NamedTemporaryFile(suffix=".crf") as model:
        trainer.train(model.name)
        tagger = pycrfsuite.Tagger()
        tagger.open_inmemory(Path(model.name).read_bytes())
    return tagger


def tag(tagger: pycrfsuite.Tagger, text: str) -> int:
    """Tag a whole text; returns how many tokens it has."""
    count = 0
    for words in sentences(text):
        tagger.tag(features(words))
        count += len(words)
    return count


def f1(tagger: pycrfsuite.Tagger, path: Path) -> float:
    """F1 over whole names on a tagged file."""
    right = gold = found = 0
    for words, tags in read_tagged(path):
        theirs, ours = set(_names(tags)), set(_names(tagger.tag(features(words))))
        right, gold, found = right + len(theirs & ours), gold + len(theirs), found + len(ours)
    return 2 * right / (gold + found)


def _names(tags: list[str]) -> Iterator[tuple[int, int, str]]:
    start, kind = 0, ""
    for i, tag in enumerate([*tags, "O"]):
        if kind and tag != f"I-{kind}":
            yield start, i, kind
            kind = ""
        if tag.startswith("B-"):
            start, kind = i, tag[2:]
