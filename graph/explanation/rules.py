"""What led to what an article is said to state: rows of tables, cue words, readings of days.

The article is read once more with the readers of extraction, so what stands here is what they
find; how its parts are then weighed against one another is told in docs/quality.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sinergi.graph.extraction.cues import find_cues, find_kind_words
from sinergi.graph.extraction.dates import DateMention, find_dates
from sinergi.graph.extraction.lexicon import Hit, Lexicon, lexicon_of
from sinergi.graph.extraction.mentions import Mentions, find_mentions
from sinergi.graph.extraction.names import Name
from sinergi.graph.extraction.odd_posts import PostMention
from sinergi.graph.extraction.orgs import Org
from sinergi.graph.extraction.text import Document
from sinergi.graph.model import Article, Span
from sinergi.graph.registry import Registry
from sinergi.graph.registry.people import Post, PostHead, PostModifier


@dataclass(frozen=True, slots=True, order=True)
class Rule:
    """These words of the text, by a row of this table (or a reader without one), say this."""

    span: Span
    says: str
    table: str = ""  # 'cues' for data/cues.csv
    source: str = ""  # where the row is from, as the table has it


def find_rules(article: Article, registry: Registry) -> tuple[list[Rule], list[Rule]]:
    """What fires in the text and in the title, each in the order of the words."""
    lexicon = lexicon_of(registry)
    doc = Document(article, registry.language)
    title = Document(Article(article.id, "", article.title, article.published), registry.language)
    in_title = sorted(set(_kind_words(title, lexicon)))
    if not doc.sentences:
        return [], in_title
    mentions = find_mentions(doc, title, lexicon)
    found = {
        *_kind_words(doc, lexicon),
        *_cues(doc, lexicon),
        *(_date(doc, mention) for mention in find_dates(doc)),
        *_mentions(mentions, lexicon),
    }
    return sorted(found), in_title


def _kind_words(doc: Document, lexicon: Lexicon) -> Iterator[Rule]:
    for word in find_kind_words(doc, lexicon):
        says = f"word for a meeting: {word.kind}, weight {word.weight:g}"
        yield Rule(doc.span(word.first, word.last), says, "meeting_words")


def _cues(doc: Document, lexicon: Lexicon) -> Iterator[Rule]:
    for cue in find_cues(doc, lexicon):
        yield Rule(doc.span(cue.first, cue.last), f"cue: {', '.join(sorted(cue.what))}", "cues")


def _date(doc: Document, mention: DateMention) -> Rule:
    says = f"day: {_day(mention.day)}"
    if mention.last_day:
        says += f" to {_day(mention.last_day)}"
    span = doc.cut(mention.start, mention.end)
    if mention.relative:
        says += ", from the article's own day"
    elif mention.day and str(mention.day.year) not in span.quote:
        says += ", its year nearest to the article's own day"
    if mention.conflict:
        says += "; the weekday disagrees"
    return Rule(span, says)


def _day(day: date | None) -> str:
    return day.isoformat() if day else "year unknown"


def _mentions(mentions: Mentions, lexicon: Lexicon) -> Iterator[Rule]:
    doc = mentions.doc
    for post in mentions.posts:
        yield from _post(doc, post, lexicon)
    for org in mentions.orgs:
        if org.last > org.first:
            yield _agency(doc, org)
    for name in mentions.names:
        yield _name(doc, name)


def _post(doc: Document, post: PostMention, lexicon: Lexicon) -> Iterator[Rule]:
    says = f"post: {post.title}"
    if post.former:
        says += ", formerly"
    if post.plural:
        says += ", several holders"
    elif post.name is not None:
        says += f", held by {post.name.text}"
    if post.org is not None and post.org.complete:
        says += f", in {post.org.name}"
    yield Rule(doc.span(post.first, post.last), says)
    # The rows it is read by: modifiers ('Plt'), then a post, else the head word of one.
    i = post.first
    while i < post.last and (modifier := lexicon.modifiers.at(doc, i)):
        yield _row(doc, i, modifier, "post_modifiers", modifier.values[0].modifier)
        i = modifier.end
    if i < post.last and (known := lexicon.posts.at(doc, i)):
        row = known.values[0]
        where = f", in {' or '.join(row.kinds)}" if row.kinds else ""
        yield _row(doc, i, known, "posts", row.post + (", head" if row.head else "") + where)
    elif i < post.last and (head := lexicon.heads.at(doc, i)):
        yield _row(doc, i, head, "post_heads", head.values[0].post)


def _row(
    doc: Document,
    first: int,
    hit: Hit[PostModifier] | Hit[Post] | Hit[PostHead],
    table: str,
    says: str,
) -> Rule:
    return Rule(doc.span(first, hit.end), f"row: {says}", table, hit.values[0].source)


def _agency(doc: Document, org: Org) -> Rule:
    span = doc.span(org.first, org.last)
    if not org.complete:
        says = f"agency: {org.name}, which one is not said"
    else:
        says = f"agency: {org.name}"
        if org.region is not None and org.region.name.casefold() not in span.quote.casefold():
            says += f", completed by {org.region.label}"
    if org.agency is not None:
        return Rule(span, says, "agencies", org.agency.source)
    if org.kind is not None:
        return Rule(span, f"{says} (a {org.kind.name})", "agency_kinds", org.kind.source)
    return Rule(span, says)


def _name(doc: Document, name: Name) -> Rule:
    titles = [title for title in (name.rank, *name.degrees) if title]
    says = f"name: {name.text}" + (f", {', '.join(titles)}" if titles else "")
    return Rule(doc.span(name.begin, name.end), says)
