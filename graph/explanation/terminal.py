"""An explanation for a terminal: under each line of the text, the spans as numbered bars.

Kapolres Tirtamaya, AKBP Andaru Kalandra, menerima audiensi
2───────┘
1──────────────────────────────────────┘
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sinergi.graph.explanation.marks import Explanation, Note, Paragraph
from sinergi.graph.explanation.rules import Rule
from sinergi.graph.exports.table import cells, wrap
from sinergi.graph.results import plain

NARROWEST = 30  # a text is not squeezed below this
INDENT = "    "

# Colors of the terminal, by the first thing that a span states.
_COLORS = {
    "official": "36",
    "post": "36",
    "agency": "32",
    "meeting": "33",
    "role": "35",
    "date": "34",
    "place": "34",
    "topic": "34",
    "agreement": "31",
    "statement": "90",
    "gloss": "90",
}


def render_text(explanation: Explanation, *, width: int = 80, color: bool = False) -> str:
    """The article, its spans and their notes, at most `width` columns wide.

    With `color` the bars and the numbers of notes have ANSI colors by kind. Characters that could
    steer a terminal are replaced.
    """
    width = max(width, NARROWEST)
    article = explanation.article
    lines = [*_wrapped(plain(article.title or article.id), width)]
    id = article.id if article.title else None  # else it stands for the title
    about = [plain(v) for v in (id, article.publisher, article.published, article.url) if v]
    lines += [*_wrapped(" | ".join(about), width), ""]
    lines += [line for rule in explanation.title_rules for line in _rule(rule, width)]
    for paragraph in explanation.paragraphs:
        lines += _marked(article.text, paragraph, width, color)
        lines.append("")
        for note in paragraph.begun:
            lines += _note(note, width, color)
        for rule in paragraph.rules:
            lines += _rule(rule, width)
        if paragraph.begun or paragraph.rules:
            lines.append("")
    if not explanation.notes:
        lines.append("Nothing is read in this article.")
    return "\n".join(lines).rstrip() + "\n"


def _wrapped(text: str, width: int) -> list[str]:
    return [line.rstrip() for line in wrap(text, width)]


def _marked(text: str, paragraph: Paragraph, width: int, color: bool) -> Iterator[str]:
    """The lines of a paragraph, under each the bars of the notes in it, nearest the shortest."""
    for start, end in _lines(text, paragraph.start, paragraph.end, width):
        shown = _safe(text[start:end])
        yield shown.rstrip()
        here = [n for n in paragraph.notes if n.span.start < end and start < n.span.end]
        for lane in sorted({note.lane for note in here}):
            # A number may reach beyond a short span, so the next bar of the lane makes room.
            bars = ""
            column = 0
            for note in sorted(here, key=lambda n: n.span.start):
                if note.lane == lane:
                    first = cells(shown[: max(note.span.start, start) - start])
                    last = cells(shown[: min(note.span.end, end) - start].rstrip())
                    bar = _bar(note, last - first, closed=note.span.end <= end)
                    bars += " " * (first - column) + _colored(bar, note, color)
                    column = max(first, column) + len(bar)
            yield bars


def _bar(note: Note, length: int, *, closed: bool) -> str:
    """'7─────┘', without its end where the span goes on in the next line."""
    number = str(note.number)
    if length <= len(number):
        return number
    return number.ljust(length - closed, "─") + "┘" * closed


def _lines(text: str, start: int, end: int, width: int) -> Iterator[tuple[int, int]]:
    """A paragraph's offsets line by line, broken at spaces where there are any."""
    while start < end:
        stop, used, space = start, 0, -1
        while stop < end and (used := used + cells(_safe(text[stop]))) <= width:
            if text[stop].isspace():
                space = stop
            stop += 1
        if stop < end and not text[stop].isspace() and space > start:
            stop = space + 1
        yield start, max(stop, start + 1)
        start = max(stop, start + 1)
        while start < end and text[start].isspace():
            start += 1


def _safe(text: str) -> str:
    """As many characters, none of which steers a terminal or turns the direction of writing."""
    return "".join(" " if c.isspace() else c if c.isprintable() else "\ufffd" for c in text)


def _note(note: Note, width: int, color: bool) -> Iterator[str]:
    for order, claim in enumerate(note.claims):
        number = str(note.number) if not order else ""
        head = f"{number:>3} {claim.kind:<10}"
        first, *more = _wrapped(plain(claim.words), width - len(head))
        yield _colored(head, note, color) + first
        yield from (" " * len(head) + line for line in more)


def _rule(rule: Rule, width: int) -> Iterable[str]:
    table = f" [{rule.table}.csv]" if rule.table else ""
    words = f"“{plain(rule.span.quote)}” {plain(rule.says)}{table}"
    first, *more = _wrapped(words, width - len(INDENT) - 2)
    return [f"{INDENT}· {first}", *(f"{INDENT}  {line}" for line in more)]


def _colored(text: str, note: Note, color: bool) -> str:
    return f"\x1b[{_COLORS[note.kind]}m{text}\x1b[0m" if color else text
