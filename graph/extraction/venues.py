"""Where a meeting was, in the text's own words."""

from __future__ import annotations

from collections.abc import Iterable

from sinergi.graph.extraction.dates import WEEKDAYS
from sinergi.graph.extraction.text import Document, Sentence
from sinergi.graph.model import Span
from sinergi.graph.registry.language import WordSets

# 'di ruang rapat X, Gedung Y': more than this is a description of the way there.
MAX_PLACE_TOKENS = 9

_PREPOSITIONS = frozenset(("di", "bertempat", "ke"))


def find_place(
    doc: Document, sentences: Iterable[Sentence], words: WordSets
) -> tuple[str, Span] | None:
    """The first venue that the sentences name: 'di' and a phrase that a word for a place opens."""
    for sentence in sentences:
        for i in range(sentence.first, sentence.last - 1):
            if doc.keys[i] not in _PREPOSITIONS or doc.quoted[i]:
                continue
            j = i + 2 if doc.keys[i + 1] == "di" else i + 1
            if j < sentence.last and _is_venue(doc.keys[j], words):
                span = doc.span(j, _end(doc, j, sentence.last, words))
                return " ".join(span.quote.split()), span
    return None


def _is_venue(key: str, words: WordSets) -> bool:
    # 'Mapolres', 'Makodim': the seat of any such unit.
    return key in words.venues or key.startswith(("mapol", "mako"))


def _end(doc: Document, i: int, limit: int, words: WordSets) -> int:
    j = i + 1
    while j < limit and j - i < MAX_PLACE_TOKENS:
        key = doc.keys[j]
        within = doc.capital[j] or doc.words[j][0].isdigit() or key in words.venue_parts
        joined = doc.words[j] in ".-/" and not doc.gap(j) and j + 1 < limit and not doc.gap(j + 1)
        if not ((doc.is_word[j] and (within or _is_venue(key, words))) or joined):
            break
        j += 1
    while j > i + 1 and (doc.keys[j - 1] in ("dan", "milik") or doc.keys[j - 1] in WEEKDAYS):
        j -= 1
    return j
