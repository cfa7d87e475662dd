"""The words that tell what happens in a sentence: who receives, who accompanies, who speaks."""

from __future__ import annotations

from typing import NamedTuple

from sinergi.graph.extraction.lexicon import Lexicon
from sinergi.graph.extraction.text import Document

# What makes a sentence one of the event: somebody acts, attends or is represented.
EVENT_CUES = frozenset(
    [
        "host-before",
        "guest-before",
        "signatory-before",
        "accompanying-before",
        "attendee-before",
        "host-after",
        "guest-after",
        "signatory-after",
        "accompanying-after",
        "attendee-after",
        "speaker-after",
        "represented-by",
        "represents",
    ]
)
# After these words a subject has its verb.
SUBJECT_CUES = frozenset(
    ["host-before", "guest-before", "signatory-before", "speech", "speech-quote"]
)


class Cue(NamedTuple):
    """Tokens `first`..`last` say `what` (the `cue` column of data/cues.csv)."""

    first: int
    last: int
    what: frozenset[str]


class KindWord(NamedTuple):
    """Tokens `first`..`last` name a kind of meeting with this weight."""

    first: int
    last: int
    kind: str
    weight: float


def find_cues(doc: Document, lexicon: Lexicon) -> list[Cue]:
    """All cues of the text in order; a phrase tells what its beginnings tell, too."""
    found: list[Cue] = []
    i, n = 0, len(doc)
    while i < n:
        hits = list(lexicon.cues.each(doc, i))
        if not hits:
            i += 1
            continue
        # 'beraudiensi dengan' tells of both sides, its first word of the subject only.
        what = frozenset(value for hit in hits for value in hit.values)
        found.append(Cue(i, hits[0].end, what))
        i = hits[0].end
    return found


def find_kind_words(doc: Document, lexicon: Lexicon) -> list[KindWord]:
    """All words for kinds of meetings, in order."""
    found: list[KindWord] = []
    i, n = 0, len(doc)
    while i < n:
        hit = lexicon.meeting_words.at(doc, i)
        if hit is None:
            i += 1
            continue
        kind, weight = hit.values[0]
        found.append(KindWord(i, hit.end, kind, weight))
        i = hit.end
    return found
