"""Who was host, guest, signatory, companion: from the verbs around, then from the side."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from sinergi.graph.extraction.actors import Actor
from sinergi.graph.extraction.cues import SUBJECT_CUES, Cue
from sinergi.graph.extraction.dates import DateMention
from sinergi.graph.extraction.text import Document, Sentence
from sinergi.graph.model import Span

# How far a cue reaches over the members of a list ('didampingi A, B dan C').
MAX_REACH_TOKENS = 90

_SUBJECT_ROLES = ("signatory", "accompanying", "host", "guest", "speaker", "attendee")
_OBJECT_ROLES = ("signatory", "accompanying", "host", "guest", "speaker", "attendee")
_JOINING = frozenset((",", "dan", "serta", "bersama", "beserta", "juga", "langsung", "oleh", "&"))
# Meetings with two sides, one of which goes to the other.
_VISITS = frozenset(("audiensi", "kunjungan", "silaturahmi", "pertemuan"))
# A signing has two or three parties; further agencies watch.
MAX_SIGNING_PARTIES = 3


@dataclass(slots=True)
class Event:
    kind: str
    status: str = "held"
    date: DateMention | None = None
    sentences: list[Sentence] = field(default_factory=list)
    parties: dict[str, list[Span]] = field(default_factory=lambda: defaultdict(list))
    roles: dict[int, tuple[str, str | None, Span, Actor]] = field(default_factory=dict)


class RoleReader:
    """Reads roles in one document."""

    def __init__(self, doc: Document, hosted: bool) -> None:
        self.doc = doc
        self.hosted = hosted  # the meeting belongs to one body, so that others are its guests

    def read(
        self, event: Event, position: int, actors: list[Actor], cues: list[Cue]
    ) -> tuple[str, str | None]:
        """The role the nearest cues give an actor, and whom it accompanies.

        What governs from the left ('didampingi A, B dan C') goes before what the group does.
        """
        actor = actors[position]
        governed = self._governing(position, actors, cues)
        if governed == "accompanying" and not self._fronted(position, actors, cues):
            return governed, self._leader(position, actors, cues)
        last = self._group_end(position, actors)
        following = (
            actors[last + 1].first if last + 1 < len(actors) else actor.last + MAX_REACH_TOKENS
        )
        end = actors[last].last
        accompanied = False
        for cue in cues:
            if cue.first < end:
                continue
            if cue.first >= following and not accompanied:
                break
            if cue.first >= end + 2 and self.doc.keys[cue.first - 1] == "yang":
                continue  # 'menyapa warga yang menyambut': the warga do
            for role in _SUBJECT_ROLES:
                if f"{role}-before" in cue.what:
                    if role == "accompanying":
                        nxt = next(
                            (a.person for a in actors if a.first >= cue.last and a.person), None
                        )
                        return role, nxt.text if nxt else None
                    return self._attending(event, role, cue), None
            if "accompanying-after" in cue.what:
                accompanied = True  # 'A didampingi B meresmikan': the verb is A's
            elif cue.what & {"host-after", "attendee-after"}:
                break
        if governed is not None:
            return governed, None
        return "", None

    def _fronted(self, position: int, actors: list[Actor], cues: list[Cue]) -> bool:
        """'Didampingi A, B meninjau': the actor right before the verb is accompanied."""
        actor, first = actors[position], self.doc.sentence_of(actors[position].first).first
        begins = any("accompanying-after" in c.what and c.first <= first + 1 for c in cues)
        acts = any(
            c.first - actor.last in (0, 1) and c.what & SUBJECT_CUES for c in cues
        )  # fmt: skip
        return begins and acts and position > 0 and self.doc.words[actor.first - 1] == ","

    def _governing(self, position: int, actors: list[Actor], cues: list[Cue]) -> str | None:
        """The role that a verb before the actor gives to all of its list."""
        actor = actors[position]
        for cue in reversed(cues):
            if cue.last > actor.first or actor.first - cue.last > MAX_REACH_TOKENS:
                continue
            leading = (
                self.doc.keys[cue.first] == "dipimpin"
                and cue.first
                and (self.doc.keys[cue.first - 1] == "yang")
            )
            if leading:
                continue  # 'rombongan yang dipimpin A': A is on the side of the delegation
            for role in _OBJECT_ROLES:
                if f"{role}-after" in cue.what:
                    return role
            if cue.what & SUBJECT_CUES:
                return None
        return None

    def _leader(self, position: int, actors: list[Actor], cues: list[Cue]) -> str | None:
        """Whom an accompanying actor accompanies: the last person before the cue."""
        actor = actors[position]
        cue = max((c for c in cues if "accompanying-after" in c.what and c.last <= actor.first),
                  key=lambda c: c.first)  # fmt: skip
        return next(
            (a.person.text for a in reversed(actors) if a.last <= cue.first and a.person), None
        )

    def _group_end(self, position: int, actors: list[Actor]) -> int:
        """The last actor of 'A, B dan C': they share their verb."""
        last = position
        while last + 1 < len(actors):
            between = range(actors[last].last, actors[last + 1].first)
            if len(between) > 4 or any(self.doc.keys[j] not in _JOINING for j in between):
                break
            last += 1
        return last

    def _attending(self, event: Event, role: str, cue: Cue) -> str:
        """Who attends a meeting is a guest of its host, but in a working meeting one of all."""
        if role == "guest" and event.kind in ("rapat", "sosialisasi", "operasi"):
            return "guest" if self.hosted else "attendee"
        return role

    def settle(self, event: Event) -> None:
        """Roles that follow from the side: whoever is with the guests is one."""
        entries = event.roles
        sides: dict[str, str] = {}
        for role, _, _, actor in entries.values():
            if role in ("host", "guest", "signatory"):
                sides.setdefault(actor.org, role)
        order = list(event.parties)
        if event.kind in _VISITS:
            known = set(sides.values())
            if len(order) == 2 and len(sides) == 1 and known <= {"host", "guest"}:
                other = next(o for o in order if o not in sides)
                sides[other] = "guest" if "host" in known else "host"
            elif not sides and len(order) == 2:
                sides = {order[0]: "guest", order[1]: "host"}
            elif "host" in known and "guest" not in known:
                sides.update({o: "guest" for o in order if o not in sides})
        elif event.kind == "penandatanganan":
            for key, (role, link, span, actor) in list(entries.items()):
                if role in ("host", "guest"):
                    sides.pop(actor.org, None)
                    entries[key] = ("", link, span, actor)
            for _, _, _, actor in list(entries.values()):
                heads = actor.post is not None and (
                    actor.post.head or actor.post.title == "Perwakilan"
                )
                if heads and actor.org not in sides and actor.org in order[:MAX_SIGNING_PARTIES]:
                    sides[actor.org] = "signatory"
        elif "host" not in sides.values() and order:
            # The body that the text names first holds what it reports.
            first = min(
                entries.values(),
                key=lambda e: (order.index(e[3].org) if e[3].org in order else 99, e[2].start),
                default=None,
            )
            if first is not None and first[0] == "":
                key = next(k for k, v in entries.items() if v is first)
                entries[key] = ("host", *first[1:])
        signed = {a.org for role, _, _, a in entries.values() if role == "signatory"}
        for key, (role, link, span, actor) in list(entries.items()):
            if role:
                continue
            side = sides.get(actor.org, "")
            if side == "signatory" and actor.org in signed:
                side = ""
            if side == "signatory":
                signed.add(actor.org)
            if side in ("host", "guest") and event.kind not in _VISITS:
                side = ""
            entries[key] = (side or "attendee", link, span, actor)
