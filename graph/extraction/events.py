"""A meeting in the making: who takes part, and how well the text shows it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from typing import NamedTuple

from sinergi.graph.extraction.actors import Actor
from sinergi.graph.extraction.dates import DateMention
from sinergi.graph.extraction.text import Sentence
from sinergi.graph.model import Span, Spans


class Strength(IntEnum):
    """How well a sentence shows that someone takes part."""

    NAMED = 0  # it names them, and tells neither of the meeting nor what they say
    QUOTED = 1  # it tells what they say, and of nothing that they do there
    TOLD = 2  # it tells of the meeting
    ACTING = 3  # it tells with a word of their own: they receive, come, attend, sign

    @property
    def basis(self) -> str:
        """What a participation rests on, a concept of vocab:basis."""
        return "told" if self >= Strength.TOLD else self.name.lower()


class Evidence(NamedTuple):
    """The sentences that a party's part rests on: all that show it as well as any does."""

    spans: Spans
    strength: Strength


@dataclass(slots=True)
class Entry:
    """A person's part in an event; `role` is empty until something tells it."""

    role: str
    accompanies: str | None
    span: Span
    actor: Actor
    strength: Strength


@dataclass(slots=True)
class Event:
    """A meeting in the making."""

    kind: str
    status: str = "held"
    date: DateMention | None = None
    sentences: list[Sentence] = field(default_factory=list)
    parties: dict[str, Evidence] = field(default_factory=dict)  # the best for each agency
    sides: dict[str, str] = field(default_factory=dict)  # what agencies as such were told to be
    entries: dict[int, Entry] = field(default_factory=dict)  # by id of the person

    def tell(self, org: str, span: Span, strength: Strength) -> None:
        """Note that a sentence shows an agency taking part."""
        known = self.parties.get(org)
        if known is None or strength > known.strength:
            self.parties[org] = Evidence((span,), strength)  # keeps its place in the order
        elif strength == known.strength and span not in known.spans:
            self.parties[org] = Evidence((*known.spans, span), strength)

    def takes(self, other: Event) -> bool:
        """Take in a plan of the same meeting: of its kind, with no day and two of its parties."""
        same = other.status == "planned" and other.kind == self.kind and other.date is None
        if not same or len(other.parties.keys() & self.parties.keys()) < 2:
            return False
        for org, evidence in other.parties.items():
            for span in evidence.spans:
                self.tell(org, span, evidence.strength)
        return True
