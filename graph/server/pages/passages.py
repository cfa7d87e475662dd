"""Passages as they are shown: by article, with the words marked that state something."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import NamedTuple

import pyoxigraph as ox

from sinergi.graph.dossier import Passage
from sinergi.graph.server.pages.view import Link, View

Piece = tuple[str, bool]  # text, and whether it is marked


class Quote(NamedTuple):
    """A verbatim piece of an article, from `start` to `end` of its text."""

    pieces: tuple[Piece, ...]
    start: int
    end: int


class Source(NamedTuple):
    """An article, and what is quoted of it."""

    article: Link
    publisher: str
    published: str
    url: str
    quotes: tuple[Quote, ...]


# All of it stands in the graph of the one article: without GRAPH, what many articles state would
# multiply with itself.
_EVIDENCE = """
SELECT DISTINCT ?record ?quote ?headline ?publisher ?published ?url ?start ?end ?article WHERE {
  GRAPH ?graph {
    ?note oa:hasBody ?record ; oa:hasTarget ?target .
    ?target oa:hasSource ?article ; oa:hasSelector ?passage , ?position .
    ?passage oa:exact ?quote .
    ?position oa:start ?start ; oa:end ?end .
    OPTIONAL { ?article schema:headline ?headline }
    OPTIONAL { ?article schema:publisher ?publisher }
    OPTIONAL { ?article schema:datePublished ?published }
    OPTIONAL { ?article schema:url ?url }
  }
}"""


def evidence(view: View, records: Iterable[str]) -> list[Source]:
    """The passages that records (by their IRIs) rest on."""
    texts = ("quote", "article", "headline", "publisher", "published", "url")
    lines = (line for iri in records for line in view.ask(_EVIDENCE, record=ox.NamedNode(iri)))
    return sources(
        view,
        (
            Passage(
                **{name: line[name] for name in texts},
                start=int(line["start"]),
                end=int(line["end"]),
            )
            for line in lines
        ),
    )


def sources(view: View, passages: Iterable[Passage]) -> list[Source]:
    """The passages by article, in the order of its days and texts."""

    def of(passage: Passage) -> tuple[str, str]:
        return passage.published, passage.article

    found = []
    for _, group in groupby(sorted(set(passages), key=lambda p: (*of(p), p.start, -p.end)), of):
        some = list(group)
        first = some[0]
        found.append(
            Source(
                view.link(first.article, first.headline),
                first.publisher,
                first.published,
                web(first.url),
                tuple(quotes((p.start, p.end, p.quote) for p in some)),
            )
        )
    return found


def quotes(spans: Iterable[tuple[int, int, str]]) -> list[Quote]:
    """Spans of one article that stand in another one become marks of that one."""
    outer: list[tuple[int, int, str]] = []
    inner: list[list[tuple[int, int]]] = []
    for start, end, text in sorted(set(spans), key=lambda span: (span[0], -span[1])):
        if outer and end <= outer[-1][1]:
            inner[-1].append((start - outer[-1][0], end - outer[-1][0]))
        else:
            outer.append((start, end, text))
            inner.append([])
    return [
        Quote(tuple(_pieces(text, marks)), start, end)
        for (start, end, text), marks in zip(outer, inner, strict=True)
    ]


def web(url: str) -> str:
    """`url` where it is one of the web, else ""."""
    return url if url.startswith(("http://", "https://")) else ""


def _pieces(text: str, marks: Iterable[tuple[int, int]]) -> Iterable[Piece]:
    at = 0
    for start, end in marks:
        start = max(start, at)
        if start < end:
            yield from ((text[at:start], False), (text[start:end], True))
            at = end
    yield text[at:], False
