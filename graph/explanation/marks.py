"""What an extraction states, by the words it rests on: one numbered note for every span."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sinergi.graph.explanation.rules import Rule, find_rules
from sinergi.graph.model import (
    Article,
    Extraction,
    Meeting,
    Official,
    Participation,
    Span,
    Spans,
)
from sinergi.graph.registry import Registry

KINDS = (
    "official",
    "post",
    "meeting",
    "agency",
    "role",
    "date",
    "place",
    "topic",
    "agreement",
    "statement",
    "gloss",
)
"""What a span can be marked as, in the order in which notes list them."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing that a span states: its kind (one of KINDS) and in words what."""

    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class Note:
    """A span of the text and all that it states; `number` counts from 1 in the article."""

    number: int
    span: Span
    claims: tuple[Claim, ...]
    lane: int  # under the text: notes that overlap lie in different lanes, short ones nearer

    @property
    def kind(self) -> str:
        """The kind it is drawn as."""
        return self.claims[0].kind


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of the text, from `start` to `end`, and the notes that touch it."""

    start: int
    end: int
    notes: tuple[Note, ...]
    rules: tuple[Rule, ...]

    @property
    def begun(self) -> tuple[Note, ...]:
        """The notes that begin here."""
        return tuple(note for note in self.notes if self.start <= note.span.start < self.end)


@dataclass(frozen=True, slots=True)
class Explanation:
    """An article, marked; `title_rules` are what fired in its title."""

    article: Article
    notes: tuple[Note, ...]
    paragraphs: tuple[Paragraph, ...]
    title_rules: tuple[Rule, ...] = ()


def explain(
    extraction: Extraction, *, rules: bool = False, registry: Registry | None = None
) -> Explanation:
    """The article of an extraction with a note for every span.

    With `rules` it is read once more with `registry`, which must be that of the extraction, for
    what led to the claims.
    """
    article = extraction.article
    grouped: dict[Span, dict[Claim, None]] = {}
    for span, claim in _claims(extraction):
        grouped.setdefault(span, {})[claim] = None
    spans = sorted(grouped, key=lambda span: (span.start, -span.end))
    lanes = _lanes(spans)
    notes = tuple(
        Note(
            number,
            span,
            tuple(sorted(grouped[span], key=lambda s: (KINDS.index(s.kind), s.words))),
            lanes[span],
        )
        for number, span in enumerate(spans, 1)
    )
    fired, in_title = find_rules(article, registry or Registry.load()) if rules else ((), ())
    return Explanation(
        article, notes, tuple(_paragraphs(article.text, notes, fired)), tuple(in_title)
    )


def _paragraphs(text: str, notes: Iterable[Note], rules: Iterable[Rule]) -> Iterator[Paragraph]:
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        if line.strip():
            yield Paragraph(
                start,
                end,
                tuple(n for n in notes if n.span.start < end and start < n.span.end),
                tuple(r for r in rules if start <= r.span.start < end),
            )
        start = end + 1


def _lanes(spans: Iterable[Span]) -> dict[Span, int]:
    """For each span the first lane in which no shorter one is in its way."""
    lanes: list[list[Span]] = []
    found: dict[Span, int] = {}
    for span in sorted(spans, key=lambda s: (s.end - s.start, s.start)):
        free = (
            lane
            for lane, there in enumerate(lanes)
            if all(span.end <= other.start or other.end <= span.start for other in there)
        )
        found[span] = next(free, len(lanes))
        if found[span] == len(lanes):
            lanes.append([])
        lanes[found[span]].append(span)
    return found


def _claims(extraction: Extraction) -> Iterator[tuple[Span, Claim]]:
    """Every span of an extraction with what it states."""
    for official in extraction.officials:
        yield from _official(official)
    for number, meeting in enumerate(extraction.meetings, 1):
        called = f"meeting {number}" if len(extraction.meetings) > 1 else "the meeting"
        yield from _meeting(meeting, called)
    for said in extraction.statements:
        how = ("direct" if said.direct else "reported") + (
            ", a commitment" if said.commitment else ""
        )
        who = " for ".join(filter(None, (said.speaker or said.post, said.organization)))
        yield from _each(said.spans, "statement", f"of {who or 'somebody'} ({how})")
    for gloss in extraction.glosses:
        words = f"{gloss.abbreviation} = {gloss.text}"
        if gloss.differs:
            words += f" (the registry has {gloss.registry})"
        yield from _each(gloss.spans, "gloss", words)


def _official(official: Official) -> Iterator[tuple[Span, Claim]]:
    post = official.post or "no post"
    words = f"{official.person}: {post}, {official.organization or 'agency unknown'}"
    titles = [title for title in (official.rank, *official.degrees) if title]
    if titles:
        words += f" ({', '.join(titles)})"
    if official.former:
        words += ", formerly"
    yield from _each(official.spans, "official", words)
    if official.post_label and official.post:
        # The label is the text's own words, but for its white space.
        label = re.compile(r"\s+".join(map(re.escape, official.post_label.split())))
        for span in official.spans:
            if match := label.search(span.quote):
                start, end = span.start + match.start(), span.start + match.end()
                yield Span(start, end, match.group()), Claim("post", official.post)


def _meeting(meeting: Meeting, called: str) -> Iterator[tuple[Span, Claim]]:
    day = meeting.date or "day unknown"
    if meeting.end_date:
        day += f" to {meeting.end_date}"
    words = f"{called}: {meeting.kind}, {meeting.status}, {day}"
    yield from _each(meeting.spans, "meeting", words)
    for party in meeting.organizations:
        side = f", {party.role}" if party.role else ""
        yield from _each(party.spans, "agency", f"{party.organization} {_BASES[party.basis]}{side}")
    for participant in meeting.participants:
        yield from _each(participant.spans, "role", _participation(participant))
    conflict = "; the weekday disagrees" if meeting.date_conflict else ""
    yield from _each(meeting.date_spans, "date", f"day of {called}: {day}{conflict}")
    yield from _each(meeting.place_spans, "place", f"of {called}: {meeting.place}")
    for topic in meeting.topics:
        yield from _each(topic.spans, "topic", f"of {called}: {topic.label}")
    if meeting.agreement:
        agreement = meeting.agreement
        parties = f" of {' and '.join(agreement.parties)}" if agreement.parties else ""
        words = f"{agreement.title} ({agreement.kind}){parties}"
        yield from _each(agreement.spans, "agreement", words)


# What a span says of a participant, by the basis of the participation.
_BASES = {
    "told": "takes part",
    "quoted": "is quoted in the report of the meeting",
    "named": "is named in the report of the meeting",
}


def _participation(participant: Participation) -> str:
    basis = "" if participant.basis == "told" else f"{_BASES[participant.basis]}, "
    words = f"{participant.person}: {basis}{participant.role}"
    if participant.organization:
        words += f" for {participant.organization}"
    if participant.accompanies:
        words += f", accompanies {participant.accompanies}"
    if participant.represents:
        words += f", represents {participant.represents}"
    return words


def _each(spans: Spans, kind: str, words: str) -> Iterator[tuple[Span, Claim]]:
    for span in spans:
        yield span, Claim(kind, words)
