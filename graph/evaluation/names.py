"""When two names are taken for one: by their words, abbreviations written out."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from sinergi.graph.registry.tables import read_table

# Two spellings of one person's name: one letter in so many may differ, and at least one.
LETTERS_AN_EDIT = 12
MAX_LENGTH_DIFFERENCE = 2

_NOT_IN_WORDS = re.compile(r"[^a-z0-9]+")


@cache
def _words() -> tuple[dict[str, str], frozenset[str]]:
    """What abbreviations stand for, and the words that tell no two agencies apart."""
    rows = read_table("evaluation_words", ("word", "full", "source"))
    full = {row["word"]: row["full"] for row in rows if row["full"]}
    return full, frozenset(row["word"] for row in rows if not row["full"])


@cache
def tokens(text: str | None) -> tuple[str, ...]:
    """The words of a name in ASCII and lower case, abbreviations written out."""
    folded = unicodedata.normalize("NFKD", text or "").encode("ascii", "ignore").decode().lower()
    full = _words()[0]
    words = _NOT_IN_WORDS.sub(" ", folded).split()
    return tuple(word for short in words for word in full.get(short, short).split())


@cache
def telling(text: str | None) -> frozenset[str]:
    """The words of a name that tell it from others; all, where none does."""
    words, ignored = tokens(text), _words()[1]
    return frozenset(word for word in words if word not in ignored) or frozenset(words)


def overlap(a: str | None, b: str | None) -> float:
    """How many of the telling words of two names, from 0 to 1, both have."""
    ours, theirs = telling(a), telling(b)
    return len(ours & theirs) / len(ours | theirs) if ours | theirs else 0.0


@cache
def same_person(a: str, b: str) -> bool:
    """Whether two full names are one, a slip of the pen apart."""
    ours, theirs = tokens(a), tokens(b)
    if ours == theirs:
        return True
    if len(ours) == 1 or len(theirs) == 1:
        return False
    ours_joined, theirs_joined = "".join(ours), "".join(theirs)
    return (
        abs(len(ours_joined) - len(theirs_joined)) <= MAX_LENGTH_DIFFERENCE
        and _edits(ours_joined, theirs_joined) <= max(1, len(ours_joined) // LETTERS_AN_EDIT)
    )  # fmt: skip


def _edits(a: str, b: str) -> int:
    """Levenshtein distance."""
    row = list(range(len(b) + 1))
    for i, letter in enumerate(a, 1):
        previous, row[0] = row[0], i
        for j, other in enumerate(b, 1):
            previous, row[j] = row[j], min(row[j], row[j - 1], previous - (letter == other)) + 1
    return row[-1]
