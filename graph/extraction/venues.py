"""Where a meeting was, in the text's own words."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sinergi.graph.extraction.dates import WEEKDAYS
from sinergi.graph.extraction.text import Document, Sentence
from sinergi.graph.model import Span
from sinergi.graph.registry.language import WordSets

# 'di ruang rapat X, Gedung Y': more than this is a description of the way there.
MAX_PLACE_TOKENS = 9

_HELD = frozenset(
    ("berlangsung", "digelar", "dilaksanakan", "dihelat", "diselenggarakan", "diadakan", "tempat")
)
_SCENES = frozenset(("lokasi", "tempat", "saksi", "pusat"))
_STREETS = frozenset(("jl", "jln", "jalan"))
_PREPOSITIONS = frozenset(("di", "bertempat", "ke"))


def find_place(
    doc: Document, sentences: Iterable[Sentence], scenes: Collection[int], words: WordSets
) -> tuple[str, Span] | None:
    """The venue that the sentences name: 'di' and a phrase that a word for a place opens.

    The first that is said to be one ('berlangsung di X'), else the first in one of `scenes`, the
    indexes of sentences that tell an event or its day.
    """
    first: Span | None = None
    for sentence in sentences:
        named = _subject(doc, sentence, words)
        if named is not None:
            return " ".join(named.quote.split()), named
        for i in range(sentence.first, sentence.last - 1):
            if doc.keys[i] not in _PREPOSITIONS or doc.quoted[i]:
                continue
            j = i + 2 if doc.keys[i + 1] == "di" else i + 1
            stated = doc.keys[i] == "bertempat" or doc.keys[i - 1] == "bertempat"
            proper = stated and j < sentence.last and doc.capital[j]  # 'bertempat di The X Hotel'
            if j >= sentence.last or not (proper or _is_venue(doc.keys[j], words)):
                continue
            end = _end(doc, j, sentence.last, words)
            if end == j + 1 and not (proper or _is_seat(doc.keys[j])):
                continue  # 'di ruang tersebut', 'di Lapas'
            span = doc.span(j, end)
            if (i > sentence.first and doc.keys[i - 1] in _HELD) or stated:
                return " ".join(span.quote.split()), span
            if sentence.index in scenes:
                first = first or span
    return (" ".join(first.quote.split()), first) if first is not None else None


def _subject(doc: Document, sentence: Sentence, words: WordSets) -> Span | None:
    """'Aula X menjadi lokasi rapat', perhaps behind a dateline."""
    for become in range(sentence.first + 1, sentence.last - 1):
        if doc.keys[become] == "menjadi" and doc.keys[become + 1] in _SCENES:
            for i in range(max(sentence.first, become - MAX_PLACE_TOKENS), become):
                if doc.keys[i] in words.venues and _end(doc, i, become, words) == become:
                    return doc.span(i, become)
    return None


def _is_venue(key: str, words: WordSets) -> bool:
    return key in words.venues or _is_seat(key)


def _is_seat(key: str) -> bool:
    """'Mapolres', 'Makodim': the seat of any such unit; a regent's hall needs no name either."""
    return key.startswith(("mapol", "mako", "pendop"))


def _end(doc: Document, i: int, limit: int, words: WordSets) -> int:
    j = i + 1
    while j < limit and j - i < MAX_PLACE_TOKENS:
        key = doc.keys[j]
        if doc.words[j] == "(" and j in doc.past_bracket and doc.past_bracket[j] < limit:
            j = doc.past_bracket[j]  # 'rumah jabatan (Rujab) Bupati X'
            continue
        if key in _STREETS:
            break
        within = doc.capital[j] or doc.words[j][0].isdigit() or key in words.venue_parts
        joined = doc.words[j] in ".-/" and not doc.gap(j) and j + 1 < limit and not doc.gap(j + 1)
        joined = joined or (doc.words[j] == "." and doc.keys[j - 1] in doc.abbreviations)
        if not ((doc.is_word[j] and (within or _is_venue(key, words))) or joined):
            break
        j += 1
    while j > i + 1 and (doc.keys[j - 1] in ("dan", "milik") or doc.keys[j - 1] in WEEKDAYS):
        j -= 1
    return j
