"""Sentences that begin with their verb: 'Turut menyambut A dan B', 'Hadir bersama A, B dan C'."""

from __future__ import annotations

from sinergi.graph.extraction.actors import Actor
from sinergi.graph.extraction.cues import SUBJECT_CUES, Cue
from sinergi.graph.extraction.text import Document

# 'Adapun yang menyambut': so many words may stand before the verb.
MAX_FRONT_TOKENS = 3
# 'Turut menyambut': whoever follows does so, and 'Tuan rumah menyambut: A, B'.
_ALSO = frozenset(("ikut", "turut", "yang"))
_IS = frozenset(("adalah", "ialah", "yaitu", "yakni"))
# 'menyambut kedatangan A': whom these come before is welcomed.
_COMING = frozenset(("kedatangan", "kehadiran", "kunjungan", "rombongan", "tamu"))
_WITH = frozenset(("beserta", "bersama"))
_WELCOMES = frozenset(("host-before", "guest-after"))


class Fronted:
    """Who does what a sentence's first word tells, in one document."""

    def __init__(self, doc: Document) -> None:
        self.doc = doc

    def verb(self, cue: Cue, actor: Actor) -> bool:
        """'Yang menyambut di bandara ialah A dan B': they do, though the verb stands first."""
        keys, first = self.doc.keys, self.doc.sentence_of(cue.first).first
        return (
            cue.first > first
            and keys[cue.first - 1] == "yang"
            and cue.first - first <= MAX_FRONT_TOKENS
            and self.doc.find(cue.last, actor.first, _IS) >= 0
        )

    def companions(self, cue: Cue, actors: list[Actor]) -> bool:
        """'Turut mendampingi Bupati dalam acara itu, A, B dan C', 'Bersama Bupati tampak A dan B':
        those that follow accompany."""
        before = [a for a in actors if a.first < cue.first]
        if "accompanying-before" in cue.what:
            return not before
        first = self.doc.sentence_of(cue.first).first
        if "attendee-after" in cue.what and self.doc.keys[first] == "bersama":
            return len(before) == 1 and before[0].first == first + 1 and before[0].last == cue.first
        return False

    def leader(self, position: int, actors: list[Actor], cues: list[Cue]) -> Actor | None:
        """'Bersama A dan B, C mengunjungi X': C, where A and B are of C's body or said to come
        along."""
        doc, actor = self.doc, actors[position]
        first, opening = doc.sentence_of(actor.first).first, actors[0].first - 1
        begins = opening == first or (opening > first and doc.words[opening - 1] == "-")
        if not begins or doc.keys[opening] not in _WITH:
            return None
        for subject in actors[position + 1 :]:
            acts = any(0 <= c.first - subject.last <= 1 and c.what & SUBJECT_CUES for c in cues)
            if acts and doc.words[subject.first - 1] == ",":
                along = any(
                    "accompanying-before" in c.what and c.last == subject.first - 1 for c in cues
                )
                return subject if along or actor.org == subject.org else None
        return None

    def welcomers(self, cue: Cue, actors: list[Actor]) -> bool:
        """'Turut menyambut A, B dan C': those that follow are hosts."""
        first = self.doc.sentence_of(cue.first).first
        if not cue.what >= _WELCOMES or not first < cue.first <= first + MAX_FRONT_TOKENS:
            return False
        keys = self.doc.keys
        host = keys[cue.first - 1] in _ALSO or keys[cue.first - 2 : cue.first] == ["tuan", "rumah"]
        return host and not any(a.first < cue.first for a in actors)

    def welcomed(self, cue: Cue, actor: Actor, actors: list[Actor]) -> bool:
        """'Turut menyambut kedatangan A, B dan C': A comes, and not with 'A dan B'."""
        first = next(a for a in actors if a.first >= cue.last)
        named = self.doc.find(cue.first, first.first, _COMING) >= 0
        return (
            actor is first and named and self.doc.words[min(first.last, len(self.doc) - 1)] == ","
        )
