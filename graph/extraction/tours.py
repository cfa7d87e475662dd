"""Visits to one body after another: each is a meeting of its own, with those who travel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sinergi.graph.extraction.actors import Actor, visited
from sinergi.graph.extraction.cues import GOING, Cue
from sinergi.graph.extraction.events import Event, Strength
from sinergi.graph.extraction.text import Document, Sentence

# 'X mengunjungi Y': one goes to the other.
_SIDES = frozenset(("guest-before", "host-after"))
# 'Usai dari Y, rombongan melanjutkan kunjungan ke Z': what tells of one stop more.
_NEXT = frozenset(
    (
        "berikutnya",
        "berlanjut",
        "dilanjutkan",
        "juga",
        "kedua",
        "kemudian",
        "ketiga",
        "lalu",
        "melanjutkan",
        "selain",
        "selanjutnya",
        "sesudah",
        "setelah",
        "seusai",
        "terakhir",
        "usai",
    )
)
# 'Di Kejari X, rombongan diterima Y': so far from its beginning a sentence tells where it is.
MAX_SCENE_TOKENS = 2
_AT = frozenset(("di",))
# Whom one goes to is named right behind the verb, perhaps with an office before it.
MAX_HOST_TOKENS = 6
# Those who travel, of which each stop has its own.
_TRAVELING = ("guest", "accompanying")


class TourReader:
    """Reads in one document where a visit goes on to another body; actors and cues by sentence."""

    def __init__(
        self,
        doc: Document,
        actors: Mapping[int, Sequence[Actor]],
        cues: Mapping[int, Sequence[Cue]],
    ) -> None:
        self.doc, self.actors, self.cues = doc, actors, cues

    def next_stop(self, sentence: Sentence, main: Event) -> Event | None:
        """The visit that a sentence has those of the `main` one go on to, without its people.

        'Setelah itu A bersilaturahmi ke Y': not where Y was at the main one, nor where somebody
        else goes.
        """
        if main.kind not in GOING or len(main.parties) < 2:
            return None
        actors = self.actors.get(sentence.index, ())
        for actor in actors:
            begin = self._going(actor, sentence)
            if begin is None or actor.org in main.parties:
                continue
            at = self.doc.find(sentence.first, sentence.first + MAX_SCENE_TOKENS, _AT)
            if at < 0 and self.doc.find(sentence.first, actor.first, _NEXT) < 0:
                return None
            before = {a.org for a in actors if a.last <= begin} - {actor.org}
            guests = self._guests(main)
            if not guests or (before and before.isdisjoint(main.parties)):
                return None
            event = Event(main.kind, main.status, main.date, [sentence])
            for org in guests:
                event.tell(org, self.doc.sentence_span(sentence), Strength.TOLD)
                event.sides[org] = "guest"
            event.sides[actor.org] = "host"
            return event
        return None

    def _going(self, actor: Actor, sentence: Sentence) -> int | None:
        """The first token of what says that somebody goes to an actor."""
        for cue in self.cues.get(sentence.index, ()):
            near = 0 <= actor.first - cue.last < MAX_HOST_TOKENS
            if near and cue.what >= _SIDES and not self.doc.quoted[cue.first]:
                return cue.first
        return actor.first if visited(self.doc, actor) else None

    @staticmethod
    def _guests(main: Event) -> list[str]:
        """The bodies of those who travel: those said to be guests, else the first-named."""
        told = {org for org, side in main.sides.items() if side == "guest"}
        told |= {e.actor.org for e in main.entries.values() if e.role == "guest"}
        return [org for org in main.parties if org in told] or list(main.parties)[:1]

    @staticmethod
    def travel(main: Event, stop: Event) -> None:
        """Have those who came to the main visit come to a stop, too."""
        for key, entry in main.entries.items():
            if entry.actor.org in stop.parties and entry.role in _TRAVELING:
                stop.entries.setdefault(key, replace(entry))

    def belongs(self, sentence: Sentence, main: Event, stop: Event) -> bool:
        """Whether a sentence tells of a stop rather than of the main visit: of its host alone."""
        orgs = {actor.org for actor in self.actors.get(sentence.index, ())}
        own, others = stop.parties.keys() - main.parties.keys(), main.parties.keys() - stop.parties
        return not orgs.isdisjoint(own) and orgs.isdisjoint(others)
