"""An article's text as tokens, sentences and quotations, all in offsets of the original.

Nothing is rewritten: `norm` is a copy of the text with the same length, in which the dashes,
quotes and spaces that the web uses stand as their plain twins, so that one grammar reads all.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from sinergi.graph.model import Article, Span
from sinergi.graph.registry.language import Language

# Sentences longer than this are cut: no grammar needs more, and machine filler without a
# full stop would make every search inside a sentence quadratic.
MAX_SENTENCE_TOKENS = 400

# 'SIK', 'SSTP': degrees written as one word of capitals.
MAX_DEGREE_LETTERS = 5
# Two words glued by a full stop are two sentences only if both are this long ('No.Polisi').
MIN_GLUED_LETTERS = 4
# Degrees of two letters ('S.H.', 'M.M.', 'B.A.'), as against initials ('M.Z.').
_TWO_LETTERS = re.compile("[smba][aehimpst]")
# A bracket that abbreviates what stands before it holds few tokens.
MAX_BRACKET_TOKENS = 4

_PLAIN = str.maketrans(
    {
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\uff0d", "-"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb\uff02", '"'),
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u0060\u00b4\u02bc", "'"),
        **dict.fromkeys("\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008", " "),
        **dict.fromkeys("\u2009\u200a\u202f\u205f\u3000\t\x00", " "),
    }
)
# Zero-width and combining characters belong to the word they stand in.
_IN_WORD = "\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff"
_LETTER = rf"[^\W_{_IN_WORD}]|[{_IN_WORD}]"
_TOKEN = re.compile(
    rf"[A-Z]{{3,}}(?=-\s?[A-Z][a-z])|(?:{_LETTER})+(?:[-'](?:{_LETTER})+)*|[^\s\w]|_", re.UNICODE
)
# No line ends with these but one that was broken to a width.
_GOES_ON = frozenset(
    (
        "dan",
        "serta",
        "di",
        "ke",
        "dari",
        "oleh",
        "yang",
        "para",
        "pada",
        "untuk",
        "dengan",
        "kepada",
    )
)
_CLOSING = frozenset('.!?:"')
# A text broken to a width has many lines, and more than half are nearly that wide.
MIN_NARROW_LINES = 6
MIN_WIDTH, MAX_WIDTH = 40, 120
FILLED = 0.7
MIN_EMPTY_LINES = 3
# A line that points to another article is no part of this one.
_TEASER = re.compile(r"[ *>]*(?:(?:baca|simak|lihat|tonton)\s+juga\b|baca\s*:)", re.IGNORECASE)
# 'Turut hadir dalam rapat itu:' and its items, which are short.
_PRESENT = re.compile(
    r"\b(?:di)?(?:hadir|ikuti|dampingi|saksikan)|\b(?:peserta|narasumber|undangan|terdiri)\b",
    re.IGNORECASE,
)
_ITEM = re.compile(r"\s*(?:\d{1,2}\s?[.)]|[-*])\s*(?=[A-Z])")
MAX_ITEM = 160
_INVISIBLE = re.compile(f"[{_IN_WORD}]")
_ENDS = frozenset(".!?")


def _without_breaks(text: str) -> str:
    """`text`, as long as before, without lines to other articles and breaks within sentences."""
    first, *lines = [" " * len(line) if _TEASER.match(line) else line for line in text.split("\n")]
    broken = _narrow([first, *lines]) or _spaced([first, *lines])
    parts = [first]
    listed = False  # within a list of who was there
    for line in lines:
        listed = _listed(parts[-1], line, listed)
        if listed:
            parts += _item(parts, line)
        else:
            parts += (" " if _wrapped(parts[-1], line, broken) else "\n", line)
    return "".join(parts)


def _listed(before: str, line: str, within: bool) -> bool:
    """Whether a line is an item of a list of people and bodies: 'Turut hadir:\n1. Kepala X'."""
    if not _ITEM.match(line) or len(line) > MAX_ITEM:
        return False
    return within or (before.rstrip().endswith(":") and _PRESENT.search(before) is not None)


def _item(parts: list[str], line: str) -> tuple[str, str]:
    """What joins an item to the text before it, and the item without its mark; as long as both."""
    marked = _ITEM.match(line)
    assert marked is not None
    before = parts[-1].rstrip()
    ends = len(before) - 1
    if before.endswith(":"):
        return " ", " " * marked.end() + line[marked.end() :]
    if before[-1:] in (".", ";", ","):
        parts[-1] = before[:ends] + "," + " " * (len(parts[-1]) - len(before))
        return " ", " " * marked.end() + line[marked.end() :]
    return ",", " " * marked.end() + line[marked.end() :]


def _narrow(lines: list[str]) -> bool:
    """Whether the whole text was broken to a width: most of its lines end within a sentence."""
    full = [line for line in map(str.strip, lines) if line]
    width = max(map(len, full), default=0)
    ended = sum(line[-1] in _CLOSING for line in full)
    filled = sum(len(line) >= FILLED * width for line in full)
    return (
        len(full) >= MIN_NARROW_LINES
        and MIN_WIDTH <= width <= MAX_WIDTH
        and 2 * ended < len(full) < 2 * filled
    )


def _spaced(lines: list[str]) -> bool:
    """Whether empty lines part the paragraphs, so that a mere line break is none."""
    empty = [not line.strip() for line in lines]
    return sum(a > b for a, b in pairwise(empty)) >= MIN_EMPTY_LINES


def _wrapped(before: str, line: str, broken: bool) -> bool:
    """Whether a line goes on with the sentence of the one before it; `broken` if lines do so."""
    before, line = before.rstrip(), line.lstrip()
    if not before or not line:
        return False
    if line[0].islower() and before[-1] not in _CLOSING:
        return True
    long = len(before) >= MIN_WIDTH or len(line) >= MIN_WIDTH
    if broken and long and before[-1].isalpha() and line[0].isupper():
        return True
    return before[-1] == "," or before[before.rfind(" ") + 1 :] in _GOES_ON


def words_of(text: str) -> list[str]:
    """The keys of a text's tokens, without full stops: how a table's form is looked up."""
    return [
        w
        for match in _TOKEN.finditer(text.translate(_PLAIN).lower())
        if (w := match.group()) != "."
    ]


@dataclass(slots=True)
class Sentence:
    """Tokens `first` to `last` (exclusive) of one paragraph."""

    index: int
    paragraph: int
    first: int
    last: int
    start: int
    end: int


class Document:
    """One article, tokenized.

    Tokens stand in parallel lists: `words` as written, `keys` lower-cased, `starts` and `ends`
    in code points. A full stop is a token of its own, so that 'S.I.K.' and 'PT.' need no
    special word form; `after[i]` is the next token, past a stop that touches word i.
    """

    def __init__(self, article: Article, language: Language | None = None) -> None:
        self.article = article
        # A full stop after these ends no sentence.
        self.abbreviations = language.words.abbreviations if language else frozenset[str]()
        spellings = language.spellings if language else {}
        self.text = article.text
        self.norm = _without_breaks(article.text.translate(_PLAIN))
        matches = list(_TOKEN.finditer(self.norm))
        self.words: list[str] = [match.group() for match in matches]
        if not self.norm.isascii() and _INVISIBLE.search(self.norm):
            self.words = [_INVISIBLE.sub("", word) or " " for word in self.words]
        self.keys: list[str] = [spellings.get(k, k) for k in map(str.lower, self.words)]
        self.starts: list[int] = [match.start() for match in matches]
        self.ends: list[int] = [match.end() for match in matches]
        n = len(self.words)
        self.capital = [w[0].isupper() for w in self.words]
        self.is_word = [w[0].isalnum() for w in self.words]
        self.after = [
            i + 2
            if i + 1 < n
            and self.words[i + 1] == "."
            and self.is_word[i]
            and self.starts[i + 1] == self.ends[i]
            else i + 1
            for i in range(n)
        ]
        self.past_bracket = self._brackets()
        self.sentences = self._split()
        self._sentence_firsts = [s.first for s in self.sentences]
        self.quoted = self._quotations()

    def __len__(self) -> int:
        return len(self.words)

    def span(self, first: int, last: int) -> Span:
        """The span of tokens `first` to `last` (exclusive)."""
        return self.cut(self.starts[first], self.ends[last - 1])

    def cut(self, start: int, end: int) -> Span:
        return Span(start, end, self.text[start:end])

    def written(self, first: int, last: int) -> str:
        """Tokens as the text writes them, on one line."""
        return " ".join(self.text[self.starts[first] : self.ends[last - 1]].split())

    def sentence_of(self, token: int) -> Sentence:
        return self.sentences[max(0, bisect_right(self._sentence_firsts, token) - 1)]

    def sentence_span(self, sentence: Sentence) -> Span:
        return self.cut(sentence.start, sentence.end)

    def gap(self, i: int) -> str:
        """The white space before token i."""
        return self.norm[self.ends[i - 1] : self.starts[i]] if i else ""

    def find(self, first: int, last: int, keys: Iterable[str]) -> int:
        """The first token in the range whose key is one of `keys`, or -1."""
        wanted = keys if isinstance(keys, (set, frozenset, dict)) else frozenset(keys)
        return next((i for i in range(first, last) if self.keys[i] in wanted), -1)

    def _brackets(self) -> dict[int, int]:
        """For each '(' of a short bracket, the token after its ')'."""
        found: dict[int, int] = {}
        for i, word in enumerate(self.words):
            if word == "(":
                for j in range(i + 2, min(len(self.words), i + 2 + MAX_BRACKET_TOKENS)):
                    if self.words[j] == ")":
                        found[i] = j + 1
                        break
        return found

    def _split(self) -> list[Sentence]:
        sentences: list[Sentence] = []
        n, first, paragraph = len(self.words), 0, 0
        for i in range(n):
            last = i + 1
            broken = last < n and "\n" in self.norm[self.ends[i] : self.starts[last]]
            if not (
                broken or last == n or self._ends_here(i) or last - first >= MAX_SENTENCE_TOKENS
            ):
                continue
            # A closing quote or bracket belongs to the sentence it closes.
            if not broken and last < n and self.words[last] in "\"')" and not self.gap(last):
                continue
            sentences.append(
                Sentence(len(sentences), paragraph, first, last, self.starts[first], self.ends[i])
            )
            first = last
            paragraph += broken
        return sentences

    def _ends_here(self, i: int) -> bool:
        words, n = self.words, len(self.words)
        if words[i] == ")" and i >= 3 and (len(words[i - 2]) == 1 or words[i - 3] == "("):
            return False  # 'Dr. (H.C.) N', 'Penjabat (Pj.) Gubernur'
        if words[i] in "\"')" and i and words[i - 1] in ".!?," and not self.gap(i):
            # 'diharapkan," katanya' goes on; '... baik." Ia menambahkan' does not.
            return (
                words[i - 1] in _ENDS
                and i + 1 < n
                and bool(self.gap(i + 1))
                and (self.capital[i + 1] or words[i + 1] == '"')
            )
        if words[i] not in _ENDS or i + 1 >= n:
            return False
        nxt = i + 1
        if not self.gap(nxt) and words[nxt] not in "\"'":
            # '... keamanan.Selama itu': the space was forgotten.
            left, right = self.words[i - 1] if i else "", words[nxt]
            long = min(len(left), len(right)) >= MIN_GLUED_LETTERS
            return words[i] == "." and long and left.islower() and right.istitle()
        if words[i] != ".":
            return words[nxt] not in "\"')" and (self.capital[nxt] or not self.is_word[nxt])
        before = self.keys[i - 1] if i else ""
        if before == ",":
            return False  # 'S. I. P,. M.Si'
        touching = i > 0 and self.ends[i - 1] == self.starts[i]
        shouted = touching and words[i - 1].isupper() and words[nxt].isupper()
        if shouted and max(len(before), len(words[nxt])) <= MAX_DEGREE_LETTERS:
            return False  # 'SH. MH.'
        if touching and before in self.abbreviations:
            return False
        if touching and len(before) == 1 and before.isalpha() and self.capital[i - 1]:
            # An initial, unless the chain of stops ('S.H.') is over and a sentence begins.
            chain = i >= 3 and words[i - 2] == "." and self.ends[i - 2] == self.starts[i - 1]
            if chain and (i < 4 or words[i - 4] != "." or self.gap(i - 3)):
                chain = _TWO_LETTERS.fullmatch(self.keys[i - 3] + before) is not None
            return chain and words[nxt] != "," and self.capital[nxt] and len(words[nxt]) > 4
        if self._degree_ends(i) and nxt + 1 < n and words[nxt + 1] == "." and len(words[nxt]) == 1:
            return False  # 'S.Sos. M. Si'
        if before[-1:].isdigit() and words[nxt][0].isdigit():
            return False  # 'Rp 139. 963. 046'
        if words[nxt] in "\"'":
            # '... Polres. "Kami ...': a quotation opens a sentence of its own.
            return bool(self.gap(nxt)) and nxt + 1 < n and self.capital[nxt + 1]
        return self.capital[nxt] or words[nxt][0].isdigit() or words[nxt] in "(["

    def _degree_ends(self, i: int) -> bool:
        """Whether the full stop at i ends a degree of two parts: 'S.Sos.'."""
        return (
            i >= 3
            and self.words[i - 2] == "."
            and self.capital[i - 3]
            and len(self.words[i - 3]) <= 2
            and len(self.words[i - 1]) <= MAX_DEGREE_LETTERS
        )

    def _quotations(self) -> list[bool]:
        """For each token, whether it stands between double quotes of one paragraph."""
        inside = [False] * len(self.words)
        by_paragraph: dict[int, list[int]] = {}
        for sentence in self.sentences:
            marks = [i for i in range(sentence.first, sentence.last) if self.words[i] == '"']
            by_paragraph.setdefault(sentence.paragraph, []).extend(marks)
        for marks in by_paragraph.values():
            for opening, closing in zip(marks[::2], marks[1::2], strict=False):
                inside[opening : closing + 1] = [True] * (closing + 1 - opening)
        return inside
