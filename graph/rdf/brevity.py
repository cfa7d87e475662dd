"""How much of an article its graph may quote.

The words around a quote count as quoted, for whoever has a graph has them too. They go first, then
the ends of statements, and only where offices and meetings alone rest on nearly all of an article,
the ends of all quotes.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from sinergi.graph.model import Extraction, Span, Spans, Statement

CONTEXT_LENGTH = 40  # code points of oa:prefix and oa:suffix; enough to find a moved quote again
MOST = 0.8  # of an article's characters, in quotes and around them
SHORT = 500  # characters of a notice that is left as it is: cut, it would say nothing
LEAST = 60  # characters of a statement that are kept in any case
CUT = " …"  # after the text of a statement that goes on in the article


@dataclass(frozen=True, slots=True)
class Bounds:
    """Of the quotes of one article."""

    context: int = CONTEXT_LENGTH  # characters around each
    longest: int | None = None  # characters of each, where that has to be bounded

    def quote(self, span: Span) -> Span:
        """As much of it as may be quoted."""
        if self.longest is None or len(span.quote) <= self.longest:
            return span
        return _until(span, _begin(span.quote, self.longest))


def abridged(extraction: Extraction) -> tuple[Extraction, Bounds]:
    """The same with MOST of its article in quotes, and what bounds these besides.

    As many characters go around a quote as are left room for, else none; then statements are cut
    to the one length that is, and at last all quotes. A quote stays a quote: it ends after a word,
    and its position says where.
    """
    length = len(extraction.article.text)
    if length < SHORT:
        return extraction, Bounds()
    others = list(_others(extraction))
    longest = max((len(statement.text) for statement in extraction.statements), default=0)

    def too_much(limit: int, bounds: Bounds = Bounds(0)) -> bool:
        said = (span for s in extraction.statements for span in _cut(s, limit).spans)
        spans = map(bounds.quote, [*others, *said])
        return _covered(spans, bounds.context, length) > MOST * length

    def most(candidates: range, fails: Callable[[int], bool]) -> int:
        """The largest that does not fail, or the one before the first."""
        return candidates.start - 1 + bisect_left(candidates, True, key=fails)

    if not too_much(longest):
        wide = range(1, CONTEXT_LENGTH + 1)
        return extraction, Bounds(most(wide, lambda n: too_much(longest, Bounds(n))))
    limit = most(range(LEAST + 1, longest), too_much)
    statements = tuple(_cut(statement, limit) for statement in extraction.statements)
    bounds = Bounds(0)
    if too_much(limit):
        bounds = Bounds(0, most(range(1, length), lambda n: too_much(limit, Bounds(0, n))))
    return replace(extraction, statements=statements), bounds


def _cut(statement: Statement, limit: int) -> Statement:
    """At most `limit` characters of it, and its quote no longer than these need."""
    if len(statement.text) <= limit:
        return statement
    kept = _begin(statement.text, limit)
    spans = tuple(
        _until(span, span.quote[: span.quote.find(statement.text) + len(kept)])
        if statement.text in span.quote
        else span
        for span in statement.spans
    )
    return replace(statement, text=kept + CUT, spans=spans)


def _begin(text: str, limit: int) -> str:
    """Whole words of its beginning, as many as go into `limit` characters; at least part of one."""
    return text[: limit + 1].rpartition(" ")[0].rstrip() or text[:limit]


def _until(span: Span, quote: str) -> Span:
    return Span(span.start, span.start + len(quote), quote)


def _others(extraction: Extraction) -> Iterator[Span]:
    """What else rests on words of the article."""
    found: list[Spans] = [official.spans for official in extraction.officials]
    found += [gloss.spans for gloss in extraction.glosses]
    for meeting in extraction.meetings:
        found += [meeting.spans, meeting.date_spans, meeting.place_spans]
        found += [party.spans for party in meeting.organizations]
        found += [participation.spans for participation in meeting.participants]
        found += [topic.spans for topic in meeting.topics]
        if meeting.agreement:
            found.append(meeting.agreement.spans)
    return (span for spans in found for span in spans)


def _covered(spans: Iterable[Span], context: int, length: int) -> int:
    """Characters that stand in one of them or up to `context` beside it."""
    covered = reached = 0
    for span in sorted(spans, key=lambda span: span.start):
        start = max(reached, span.start - context)
        reached = max(reached, min(length, span.end + context))
        covered += max(0, reached - start)
    return covered
