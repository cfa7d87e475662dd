"""Names taken out of texts: each letter's place is kept, so that positions stay those of the text.

"Kepala Lapas Sari Widuri hadir" becomes "Kepala Lapas [.........] hadir". A mask as long as the
name keeps every offset of the evidence true of the article as published; a shorter one would have
moved them, and to drop the evidence would have taken other people's facts along.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from sinergi.graph.resolution.names import Fit, Name, compare, parse

SHORTEST_PART = 3
"""Letters of a part of a name that is taken out where it stands alone: shorter ones are initials
and particles."""

_WORD = re.compile(r"[^\W_]+(?:['’`][^\W_]+)*")
_BETWEEN = re.compile(r"[\s.'’`-]{1,3}")  # what may stand between the parts of one name


class _Word(NamedTuple):
    start: int
    end: int
    key: str  # as it sounds
    capital: bool


def same_name(one: Name, other: Name) -> bool:
    """Whether two names are one, in whatever spelling: without initials in the place of parts.

    A name of one part has to be written as it is, or every bearer of it would be meant.
    """
    agreement = compare(one, other)
    if agreement is None or agreement.fit < Fit.VARIANT:
        return False
    solid = min(one.solid, other.solid)
    return agreement.fit is Fit.SAME or (agreement.solid >= max(2, solid))


class Redactor:
    """Takes names out of texts.

    `names` go wherever they stand; `parts`, spelled by their sound, where one stands alone with a
    capital; but neither within one of the `kept` names, of other people and of institutions. What
    is `written` goes to the letter, with the rest of a word that it is cut out of.
    """

    def __init__(
        self,
        names: Iterable[Name],
        parts: Collection[str] = (),
        kept: Iterable[str] = (),
        written: Collection[str] = (),
    ) -> None:
        self._written = [re.compile(rf"(?<!\w){re.escape(text)}") for text in sorted(written)]
        self._at: dict[str, list[Name]] = defaultdict(list)  # by the sound of a part
        for name in sorted(set(names), key=lambda name: name.parts):
            for key in dict.fromkeys(name.solid_keys):
                self._at[key].append(name)
        self._parts = frozenset(part for part in parts if len(part) >= SHORTEST_PART)
        self._kept: dict[str, set[tuple[str, ...]]] = defaultdict(set)  # by the first word
        for text in kept:
            keys = tuple(word.key for word in _words(text))
            if keys:
                self._kept[keys[0]].add(keys)

    def finds(self, text: str | None) -> bool:
        """Whether anything in `text` is to go."""
        return bool(text) and any(True for _ in self._spans(text or ""))

    def redact(self, text: str) -> str:
        """`text` of the same length, its names masked."""
        for start, end in self._spans(text):
            text = text[:start] + "[" + "." * (end - start - 2) + "]" + text[end:]
        return text

    def _spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Where names stand, neighbors as one, in their order."""
        words = _words(text)
        literal = [m.span() for pattern in self._written for m in pattern.finditer(text)]
        if not literal and not any(w.key in self._at or w.key in self._parts for w in words):
            return
        keep = self._within_kept(words)
        go: set[int] = set()
        for i, word in enumerate(words):
            if word.key in self._parts and word.capital and i not in keep:
                go.add(i)
            for name in self._at.get(word.key, ()):
                window = _window(text, words, i, name)
                if not keep.issuperset(window):
                    go.update(window)
        for first, last in literal:
            go.update(i for i, w in enumerate(words) if w.start < last and first < w.end)
        start = end = -1
        for i in sorted(go):
            if end >= 0 and _BETWEEN.fullmatch(text, end, words[i].start) and i - 1 in go:
                end = words[i].end
                continue
            if end >= 0:
                yield start, end
            start, end = words[i].start, words[i].end
        if end >= 0:
            yield start, end

    def _within_kept(self, words: Sequence[_Word]) -> set[int]:
        """The words of names that stay."""
        found: set[int] = set()
        for i, word in enumerate(words):
            for keys in self._kept.get(word.key, ()):
                if tuple(w.key for w in words[i : i + len(keys)]) == keys:
                    found.update(range(i, i + len(keys)))
        return found


def _window(text: str, words: Sequence[_Word], anchor: int, name: Name) -> range:
    """The words around `anchor` that are `name`; none if none are."""
    usual = len(name.parts)
    for size in sorted(range(max(1, name.solid), usual + 2), key=lambda size: abs(size - usual)):
        for first in range(max(0, anchor - size + 1), min(anchor, len(words) - size) + 1):
            window = range(first, first + size)
            joined = all(
                _BETWEEN.fullmatch(text, words[i].end, words[i + 1].start) for i in window[:-1]
            )
            written = text[words[first].start : words[window[-1]].end]
            if joined and same_name(name, parse(written)):
                return window
    return range(0)


def _words(text: str) -> list[_Word]:
    return [
        _Word(m.start(), m.end(), _sound(m[0]), not m[0][0].islower()) for m in _WORD.finditer(text)
    ]


@lru_cache(maxsize=1 << 16)
def _sound(word: str) -> str:
    return "".join(parse(word).keys)
