"""What the articles say of one mention, for whoever has to judge it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from sinergi.graph.model import Article, Extraction, Meeting, Span
from sinergi.graph.resolution.decisions import (
    agency_mention,
    article_mention,
    meeting_mentions,
    person_mention,
)

PASSAGES = 3
"""Passages of each side: what does not decide in three does not in ten."""

EXCERPT = 25
"""Words of an article's beginning and end: copies differ there."""

EXAMPLES = 3
"""Articles that an agency's side quotes; it may stand in thousands."""


@dataclass(frozen=True, slots=True)
class Side:
    """`name` as written, `facts` one to a line, `passages` verbatim, `source` where they stand."""

    name: str
    facts: tuple[str, ...]
    passages: tuple[str, ...]
    source: str


def sides(extractions: Iterable[Extraction], mentions: Iterable[str]) -> Mapping[str, Side]:
    """The side of each of `mentions`, as decisions write them."""
    wanted = set(mentions)
    found: dict[str, Side] = {}
    agencies: dict[str, list[tuple[Article, Span]]] = {m: [] for m in wanted if m[:7] == "agency:"}
    for extraction in extractions:
        article = extraction.article
        if (mention := article_mention(article.id)) in wanted:
            found[mention] = _article(article)
        names = {o.person for o in extraction.officials}
        names |= {p.person for meeting in extraction.meetings for p in meeting.participants}
        names |= {s.speaker for s in extraction.statements if s.speaker}
        for name in names:
            if (mention := person_mention(article.id, name)) in wanted:
                found[mention] = _person(extraction, name)
        meetings = zip(meeting_mentions(extraction), extraction.meetings, strict=True)
        for mention, meeting in meetings:
            if mention in wanted:
                found[mention] = _meeting(article, meeting)
        for name, span in _organizations(extraction):
            if (mention := agency_mention(name)) in wanted:
                agencies[mention].append((article, span))
    for mention, places in agencies.items():
        articles = {article.id: article for article, _ in places}
        first = {article.id: span.quote for article, span in reversed(places)}
        found[mention] = Side(
            mention.removeprefix("agency:"),
            (f"in {len(articles):,} {'article' if len(articles) == 1 else 'articles'}",),
            _once(reversed(first.values()))[:EXAMPLES],
            "; ".join(map(_source, list(articles.values())[:EXAMPLES])),
        )
    return found


def _person(extraction: Extraction, name: str) -> Side:
    facts: list[str] = []
    spans: list[Span] = []
    for o in extraction.officials:
        if o.person == name:
            titles = " ".join(filter(None, (o.rank, *o.degrees)))
            office = ", ".join(filter(None, (o.post, o.organization)))
            facts += filter(None, (f"{'formerly ' * o.former}{office}", titles))
            spans += o.spans
    for meeting in extraction.meetings:
        for p in meeting.participants:
            if p.person == name:
                office = ", ".join(filter(None, (p.post, p.organization)))
                facts.append(f"{p.role} on {meeting.date or 'a day not said'}: {office}")
                spans += p.spans
    for statement in extraction.statements:
        if statement.speaker == name:
            facts.append(f"speaks for {statement.organization or 'no agency'}")
            spans += statement.spans
    return Side(name, _once(facts), _quotes(spans), _source(extraction.article))


def _article(article: Article) -> Side:
    words = article.text.split()
    ends = (" ".join(words[:EXCERPT]), " ".join(words[-EXCERPT:]))
    return Side(article.title, (f"{len(words):,} words",), ends, _source(article))


def _meeting(article: Article, meeting: Meeting) -> Side:
    day = meeting.date or "day not said"
    people = ", ".join(sorted({p.person for p in meeting.participants}))
    topics = "; ".join(topic.label for topic in meeting.topics)
    facts = (
        "; ".join(party.organization for party in meeting.organizations),
        f"at {meeting.place}" if meeting.place else "",
        f"with {people}" if people else "",
        f"about {topics}" if topics else "",
        f"agreed: {meeting.agreement.title}" if meeting.agreement else "",
    )
    name = f"{meeting.kind}, {day}"
    return Side(name, _once(facts), _quotes(meeting.spans), _source(article))


def _organizations(extraction: Extraction) -> Iterator[tuple[str, Span]]:
    """Each name of an agency with the passages that have it; a statement's only if no other."""
    for o in extraction.officials:
        yield from ((o.organization, span) for span in o.spans if o.organization)
    for meeting in extraction.meetings:
        for party in meeting.organizations:
            yield from ((party.organization, s) for s in party.spans or meeting.spans)
        for p in meeting.participants:
            yield from ((p.organization, span) for span in p.spans if p.organization)
    for statement in extraction.statements:
        yield from ((statement.organization, s) for s in statement.spans if statement.organization)


def _once(facts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, facts)))


def _quotes(spans: Iterable[Span]) -> tuple[str, ...]:
    quotes = (span.quote for span in sorted(set(spans)))
    return tuple(dict.fromkeys(quotes))[:PASSAGES]


def _source(article: Article) -> str:
    return ", ".join(filter(None, (article.publisher, article.published, article.id)))
