"""Who said what: direct quotations and reported speech, with the agency spoken for."""

from __future__ import annotations

from collections.abc import Mapping

from sinergi.graph.extraction.cues import Cue
from sinergi.graph.extraction.mentions import Mentions
from sinergi.graph.extraction.persons import Person, organization_of
from sinergi.graph.extraction.text import Document, Sentence
from sinergi.graph.model import Statement

# Shorter quotations are terms set in quotes, not statements.
MIN_QUOTED_WORDS = 4
MIN_REPORTED_WORDS = 4
# A speaker stands this close to the verb of speech.
MAX_SPEAKER_TOKENS = 25

_PRONOUNS = frozenset(["ia", "dia", "beliau", "dirinya", "pihaknya"])
# 'kreatif dalam menyampaikan X': speech that is spoken of.
_PURPOSES = frozenset(["dalam", "untuk", "guna"])


class _Speaker:
    __slots__ = ("first", "last", "organization", "person", "post")

    def __init__(
        self, first: int, last: int, person: str | None, organization: str | None, post: str | None
    ) -> None:
        self.first, self.last = first, last
        self.person, self.organization, self.post = person, organization, post


def find_statements(
    mentions: Mentions,
    persons: list[Person],
    at: dict[int, Person],
    cues: Mapping[int, list[Cue]],
) -> tuple[Statement, ...]:
    """All statements of the article in the order of the text; `cues` by index of sentence."""
    doc = mentions.doc
    speakers: dict[int, list[_Speaker]] = {}
    for speaker in _speakers(mentions, persons, at):
        speakers.setdefault(doc.sentence_of(speaker.first).index, []).append(speaker)
    found: list[Statement] = []
    last: _Speaker | None = None
    for sentence in doc.sentences:
        here = cues.get(sentence.index, [])
        near = [s for s in speakers.get(sentence.index, ()) if not doc.quoted[s.first]]
        quote = _quotation(doc, sentence)
        if quote is not None:
            verb = next(
                (
                    c
                    for c in here
                    if c.what & {"speech-quote", "speech"} and not doc.quoted[c.first]
                ),
                None,
            )
            who = _by_verb(near, verb, quote) or last
            if who is not None and (verb is not None or near or last is not None):
                found.append(_statement(doc, who, quote[0], quote[1], True, here))
                last = who
            continue
        verb = next(
            (
                c
                for c in here
                if "speech" in c.what
                and not doc.quoted[c.first]
                and doc.keys[c.first - 1] not in _PURPOSES
            ),
            None,
        )
        if verb is None:
            according = doc.keys[sentence.first] == "menurut" and near
            if according:
                who = near[0]
                found.append(_statement(doc, who, sentence.first, sentence.last, False, here))
                last = who
            elif near and doc.sentence_of(near[0].first) is sentence:
                last = near[0]
            continue
        subject = _subjects(doc, [s for s in near if s.first < verb.first], here)
        pronoun = doc.find(sentence.first, verb.first, _PRONOUNS) >= 0
        who = (
            subject[-1] if subject else last if (pronoun or verb.first == sentence.first) else None
        )
        if who is None or sentence.last - verb.last < MIN_REPORTED_WORDS:
            continue
        found.append(_statement(doc, who, verb.first, sentence.last, False, here))
        last = who
    return tuple(found)


def _subjects(doc: Document, speakers: list[_Speaker], cues: list[Cue]) -> list[_Speaker]:
    """Of those before a verb of speech whoever may be its subject: no addressee, no companion.

    'Kepada A, B menyampaikan'; 'A yang didampingi B menyampaikan'.
    """
    speakers = [s for s in speakers if not s.first or doc.keys[s.first - 1] != "kepada"]
    company = [
        c.first
        for c in cues
        if "accompanying-after" in c.what and c.first and doc.keys[c.first - 1] == "yang"
    ]
    ahead = [s for s in speakers if company and s.last <= company[0]]
    return ahead or speakers


def _speakers(mentions: Mentions, persons: list[Person], at: dict[int, Person]) -> list[_Speaker]:
    found: list[_Speaker] = []
    named: set[int] = set()
    for post in mentions.posts:
        if post.plural or post.former:
            continue
        organization = organization_of(post, mentions, at)
        person = at.get(post.name.first) if post.name is not None else None
        if post.name is not None:
            named.add(post.name.first)
        if person is None and organization is not None:
            person = next(
                (
                    p
                    for p in persons
                    for h in p.holdings
                    if h.org == organization and h.title == post.title
                ),
                None,
            )
        if organization is None and person is None:
            continue
        first = min(post.first, post.name.begin) if post.name is not None else post.first
        last = max(post.last, post.name.end) if post.name is not None else post.last
        found.append(
            _Speaker(first, last, person.text if person else None, organization, post.title)
        )
    for person in persons:
        for name in person.names:
            if name.first not in named:
                holding = next((h for h in person.holdings if not h.former), None)
                found.append(
                    _Speaker(
                        name.begin, name.end, person.text, person.organization,
                        holding.title if holding else None,
                    )
                )  # fmt: skip
    return sorted(found, key=lambda s: (s.first, s.last))


def _quotation(doc: Document, sentence: Sentence) -> tuple[int, int] | None:
    """The longest run of quoted tokens of a sentence, without its marks."""
    best: tuple[int, int] | None = None
    i = sentence.first
    while i < sentence.last:
        if not doc.quoted[i]:
            i += 1
            continue
        j = i
        while j < sentence.last and doc.quoted[j]:
            j += 1
        first, last = i, j
        while first < last and doc.words[first] == '"':
            first += 1
        while last > first and doc.words[last - 1] in '",':
            last -= 1
        if last - first >= MIN_QUOTED_WORDS and (best is None or last - first > best[1] - best[0]):
            best = (first, last)
        i = j
    return best


def _by_verb(near: list[_Speaker], verb: Cue | None, quote: tuple[int, int]) -> _Speaker | None:
    if not near:
        return None
    if verb is None:
        return min(near, key=lambda s: min(abs(s.first - quote[1]), abs(quote[0] - s.last)))
    after = [s for s in near if 0 <= s.first - verb.last < MAX_SPEAKER_TOKENS]
    before = [s for s in near if 0 <= verb.first - s.last < MAX_SPEAKER_TOKENS]
    return after[0] if after else before[-1] if before else near[0]


def _statement(
    doc: Document, who: _Speaker, first: int, last: int, direct: bool, cues: list[Cue]
) -> Statement:
    while last > first + 1 and doc.words[last - 1] in ".,":
        last -= 1
    span = doc.span(first, last)
    commitment = any("commitment" in c.what for c in cues)
    return Statement(
        who.person,
        who.organization,
        " ".join(span.quote.split()),
        direct,
        commitment,
        who.post,
        (span,),
    )
