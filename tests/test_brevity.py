"""What a graph quotes of an article: never nearly all of it, and always to the letter."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Quad

from sinergi.graph.model import Article, Extraction, Links, Official, Resolution, Span, Statement
from sinergi.graph.rdf import article_quads
from sinergi.graph.rdf.brevity import CUT, MOST, SHORT, abridged
from sinergi.ontology import OA, SCHEMA

WORDS = st.sampled_from(["rapat", "a", "Kabupaten", "di", "pengawasan,", "[.....]", "x" * 70])
TEXTS = st.lists(WORDS, min_size=120, max_size=200).map(" ".join)


def extraction(text: str, said: list[tuple[int, int]], held: list[tuple[int, int]]) -> Extraction:
    """One whose statements and offices rest on these parts of the text."""

    def span(a: int, b: int) -> Span:
        start, end = sorted((a % len(text), b % len(text)))
        return Span(start, end + 1, text[start : end + 1])

    return Extraction(
        Article("a", "", text),
        officials=tuple(Official("Nira", None, None, spans=(span(*at),)) for at in held),
        statements=tuple(
            Statement(None, None, found.quote[3:] or found.quote, True, spans=(found,))
            for found in (span(*at) for at in said)
        ),
    )


def quoted(quads: list[Quad], text: str) -> set[int]:
    """Characters of the text that the quads have; each quote is looked up where it says it is."""
    values = {(q.subject.value, q.predicate): q.object.value for q in quads}
    found: set[int] = set()
    for (iri, name), value in values.items():
        if name == OA.exact:
            position = iri.replace("quote", "position")
            start, end = (int(values[position, n]) for n in (OA.start, OA.end))
            assert text[start:end] == value
            before, after = (values.get((iri, n), "") for n in (OA.prefix, OA.suffix))
            assert text[:start].endswith(before) and text[end:].startswith(after)
            found |= set(range(start - len(before), end + len(after)))
    return found


NOBODY = Resolution(agencies={}, persons={}, links={})
PLACES = st.lists(st.tuples(st.integers(0, 9999), st.integers(0, 9999)), max_size=8)


@settings(max_examples=60, deadline=None)
@given(TEXTS, PLACES, PLACES)
def test_no_article_is_quoted_whole(
    text: str, said: list[tuple[int, int]], held: list[tuple[int, int]]
) -> None:
    given = extraction(text, said, held)
    found, bounds = abridged(given)
    assert (found, bounds) == abridged(given)
    spans = [s for item in (*found.officials, *found.statements) for s in item.spans]
    covered = set[int]()
    for span in map(bounds.quote, spans):
        assert text[span.start : span.end] == span.quote
        first = max(0, span.start - bounds.context)
        covered |= set(range(first, min(len(text), span.end + bounds.context)))
    assert len(covered) <= MOST * len(text)
    for before, after in zip(given.statements, found.statements, strict=True):
        assert before.text.startswith(after.text.removesuffix(CUT))
        assert before.spans[0].start == after.spans[0].start


def test_what_offices_rest_on_is_cut_last() -> None:
    text = "Kepala Lapas Nira berkata: " + "kami siap membantu warga " * 30
    whole = [(0, len(text) - 1)]
    found, bounds = abridged(extraction(text, whole, [(0, 15)]))
    assert bounds.longest is None and bounds.context == 0
    (statement,) = found.statements
    assert statement.text.endswith("warga" + CUT) or statement.text.endswith(CUT)
    assert found.officials[0].spans[0].quote == text[:16]
    few = extraction(text, [(0, 90)], [(0, 15)])
    assert abridged(few)[0] == few


def test_a_short_notice_is_left_as_it_is() -> None:
    text = ("Kalapas menerima Kapolres. " * 30)[: SHORT - 1]
    given = extraction(text, [(0, len(text) - 1)], [])
    assert abridged(given)[0] == given


def test_the_graph_has_no_more(audience: Extraction) -> None:
    text = audience.article.text + " Kami siap membantu." * 200
    end = len(text)
    statement = replace(audience.statements[0], text=text[20:], spans=(Span(0, end, text),))
    article = replace(audience.article, text=text)
    given = Extraction(article, statements=(replace(statement, speaker=None, organization=None,
                                                    post=None),))  # fmt: skip
    quads = article_quads(given, Links(), NOBODY)
    assert 0.7 * end < len(quoted(quads, text)) <= MOST * end
    (said,) = (q.object.value for q in quads if q.predicate == SCHEMA.text)
    assert said.endswith(CUT) and said.removesuffix(CUT) in text
