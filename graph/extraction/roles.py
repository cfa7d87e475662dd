"""Who was host, guest, signatory, companion: from the verbs around."""

from __future__ import annotations

from sinergi.graph.extraction.actors import Actor, visited
from sinergi.graph.extraction.cues import SUBJECT_CUES, Cue
from sinergi.graph.extraction.events import Event
from sinergi.graph.extraction.fronted import Fronted
from sinergi.graph.extraction.sides import VISITS
from sinergi.graph.extraction.text import Document

# How far a cue reaches over the members of a list ('didampingi A, B dan C').
# Lists of a dozen names with titles and offices run on this long.
MAX_REACH_TOKENS = 200
# Between members of one list stand no more words than these.
MAX_JOINING_TOKENS = 6
# Active verbs begin with 'me-'; shorter words with it are mostly something else.
_ACTIVE = "me"
MIN_VERB_LETTERS = 7

_ROLES = ("signatory", "accompanying", "host", "guest", "speaker", "attendee")
_JOINING = frozenset(
    (
        ",",
        "dan",
        "serta",
        "bersama",
        "beserta",
        "juga",
        "langsung",
        "oleh",
        "&",
        "perwakilan",
        "pengurus",
        "pimpinan",
        "jajaran",
        "sejumlah",
        "para",
        "beberapa",
        "segenap",
        "seluruh",
    )
)
_AND = frozenset(("dan", "serta", "lalu", "kemudian"))
_OURS = frozenset(("pihaknya", "jajarannya"))
_AS = frozenset(("bertindak", "hadir", "tampil"))
# After a verb of speech, what someone does meanwhile: 'mengatakan itu saat menghadiri rapat'.
_WHILE = frozenset(
    ("dan", "ketika", "saat", "sambil", "seraya", "sembari", "setelah", "seusai", "usai", "waktu")
)
_IN_PLACE_OF = frozenset(("mewakili",))
_WHEREAS = frozenset(("adapun", "sedangkan", "sedang", "sementara"))
# These bring one companion, not a whole list.
_WITH = frozenset(("beserta", "bersama", "disertai"))
_BESIDES = frozenset(("selain",))
_LEADS = frozenset(("memimpin", "pimpin"))
_ALSO = frozenset(("sekaligus",))
_THIS = frozenset(("ini", "itu", "tersebut"))
# Who goes to someone together.
_DELEGATIONS = frozenset(("rombongan", "delegasi", "tim"))
_LECTURES = frozenset(("memaparkan", "mempresentasikan", "paparkan"))
_CONSISTING = frozenset(("terdiri", "beranggotakan", "berisi"))
# Meetings of work: who comes is one of all, not a guest.
WORK = frozenset(("rapat", "sosialisasi"))


class RoleReader:
    """Reads roles in one document."""

    def __init__(self, doc: Document, hosted: bool) -> None:
        self.doc = doc
        self.hosted = hosted  # the meeting belongs to one body, so that others are its guests
        self.fronted = Fronted(doc)

    def read(
        self, event: Event, position: int, actors: list[Actor], cues: list[Cue]
    ) -> tuple[str, str | None]:
        """The role the nearest cues give an actor ('' for none), and whom it accompanies.

        What governs from the left ('didampingi A, B dan C') goes before what the group does.
        """
        actor = actors[position]
        cues = [c for c in cues if not self.doc.quoted[c.first]]  # what is said is no one's doing
        leader = self.fronted.leader(position, actors, cues)
        if leader is not None:
            return "accompanying", leader.person.text if leader.person else None
        governed = self._governing(event, position, actors, cues)
        if actor.first and self.doc.keys[actor.first - 1] in _BESIDES:
            return governed or "", None  # 'Selain A, hadir B': not what A does
        if event.kind in VISITS and visited(self.doc, actor):
            return "host", None
        if governed == "accompanying" and not self._fronted(position, actors, cues):
            return governed, self._leader(event, actor, actors, cues)
        last = self._group_end(position, actors)
        end = actors[last].last
        behind = actors[last + 1 :]
        if behind and self.doc.find(end, behind[0].first, _IN_PLACE_OF) >= 0:
            del behind[0]  # 'A, yang mewakili B, memimpin rapat': A does
        following = behind[0].first if behind else end + MAX_REACH_TOKENS
        accompanied = False
        agent, said = self.doc.keys[actor.first - 1] == "oleh", False
        for cue in cues:
            if cue.first < end:
                continue
            if (agent or governed == "host") and self.doc.keys[cue.first - 1] in _AND:
                break  # 'disambut oleh A dan diterima di B': who is received is not A
            if cue.first >= following and not accompanied:
                break
            which = cue.first - 1 - (self.doc.keys[cue.first - 1] in _AS)
            if last > position and which >= end and self.doc.keys[which] == "yang":
                continue  # 'A dan B, yang menjadi pemateri': B is
            ours = said and self.doc.find(end, cue.first, _OURS) >= 0
            if governed and self.doc.keys[cue.first - 1] == "rangka":
                continue  # 'mendatangi A dalam rangka kunjungan kerja': who comes is not A
            if said and not ours and self.doc.keys[cue.first - 1] not in _WHILE:
                continue  # 'X mengatakan bupati datang'
            if governed == "host" and self.doc.keys[cue.first - 1] in _ALSO:
                continue  # 'dibuka A, yang sekaligus menjadi narasumber'
            own = cue.first == end + 2 and self.doc.words[end] == ","  # 'A, yang menyambut'
            if cue.first >= end + 2 and self.doc.keys[cue.first - 1] == "yang" and not own:
                continue  # 'menyapa warga yang menyambut': the warga do
            role = next((r for r in _ROLES if f"{r}-before" in cue.what), None)
            if role is None and self.doc.keys[cue.first] in _LECTURES and self._talks(event):
                role = "speaker"
            if role == "speaker" and self.doc.keys[cue.first] == "dalam" and not self._talks(event):
                continue
            if role == "accompanying":
                led = next((a.person for a in actors if a.first >= cue.last and a.person), None)
                return role, led.text if led else None
            said = said or (role is None and "speech" in cue.what)
            leads = role == "host" and self.doc.keys[cue.first] in _LEADS
            if leads and event.sides.get(actor.org) == "guest" and event.kind in VISITS:
                return "guest", None  # of those who have come
            if role is not None:
                work = role == "guest" and event.kind in WORK and not self.hosted
                return "attendee" if work else role, None
            if "accompanying-after" in cue.what:
                if governed:
                    break  # 'diterima A didampingi B, C menyampaikan': the verb is C's
                accompanied = True  # 'A didampingi B meresmikan': the verb is A's
            elif cue.what & {"host-after", "attendee-after", "speaker-after"} and not any(
                c.first == cue.last for c in cues
            ):
                break  # but not at 'terlihat memimpin'
        return governed or self._beside(position, actors, cues) or "", None

    def _beside(self, position: int, actors: list[Actor], cues: list[Cue]) -> str | None:
        """'A memimpin kegiatan itu bersama B': B does as A does, where nobody is its object."""
        actor = actors[position]
        if position == 0 or self.doc.keys[actor.first - 1] != "bersama":
            return None
        led = actors[position - 1].last
        verbs = [c for c in cues if led <= c.first and c.last <= actor.first]
        leads = [c for c in verbs if "host-before" in c.what and "guest-after" not in c.what]
        return "host" if leads and leads == verbs else None

    def _with_subject(self, position: int, actors: list[Actor], cues: list[Cue]) -> bool:
        """'A menyambut tamunya, bersama B dan C': past a comma, B and C are at A's side."""
        first = position
        while first and self._group_end(first - 1, actors) > first - 1:
            first -= 1
        begin = actors[first].first
        for j in range(begin - 1, max(0, begin - MAX_JOINING_TOKENS), -1):
            if self.doc.keys[j] == "bersama":
                verbs = [c for c in cues if c.last <= j]
                hosts = [c for c in verbs if {"host-before", "guest-after"} <= c.what]
                leads = bool(hosts) and any(a.last <= hosts[0].first for a in actors[:first])
                return leads and self.doc.words[j - 1] == ","
            if self._active(j) or self.doc.words[j] == ",":
                break
        return False

    def _fronted(self, position: int, actors: list[Actor], cues: list[Cue]) -> bool:
        """'Didampingi A, B meninjau': the actor right before the verb is accompanied."""
        actor = actors[position]
        first = self.doc.sentence_of(actor.first).first
        begins = any("accompanying-after" in c.what and c.first <= first + 1 for c in cues)
        acts = any(c.first - actor.last in (0, 1) and c.what & SUBJECT_CUES for c in cues)
        return begins and acts and position > 0 and self.doc.words[actor.first - 1] == ","

    def _governing(
        self, event: Event, position: int, actors: list[Actor], cues: list[Cue]
    ) -> str | None:
        """The role that a verb before the actor gives to all of its list."""
        actor, keys = actors[position], self.doc.keys
        if self._with_subject(position, actors, cues):
            return "host"
        for cue in reversed(cues):
            if cue.last > actor.first or actor.first - cue.last > MAX_REACH_TOKENS:
                continue
            if keys[cue.first] == "kunjungan" and keys[cue.last] in _THIS:
                continue  # 'dalam kunjungan itu, A': it is not said whose
            if keys[cue.first] == "dipimpin" and self._led(cue, actors):
                continue
            if keys[cue.first] == "dipimpin" and (
                self._visiting(cue, cues) or self._delegation(event, actor, cue)
            ):
                return "guest"  # 'X berkunjung ke Y, dipimpin A'; 'rombongan X dipimpin A'
            if self.fronted.companions(cue, actors):
                return None if actor is self._accompanied(event, cue, actors) else "accompanying"
            if self.fronted.welcomers(cue, actors):
                return "guest" if self.fronted.welcomed(cue, actor, actors) else "host"
            between = any(cue.last <= a.first < actor.first for a in actors[:position])
            company = "accompanying-after" in cue.what
            if between and (keys[cue.first] in _WITH or keys[cue.last - 1] == "dengan") and company:
                continue
            if company and self.doc.find(cue.last, actor.first, _WHEREAS) >= 0:
                continue  # 'didampingi A, sedangkan B didampingi C'
            if company and self._verb(cue.last, actor.first, actors):
                continue  # 'didampingi A menyimak laporan B'
            role = next((r for r in _ROLES if f"{r}-after" in cue.what), None)
            if keys[cue.first] == "dibuka" and self._delegation(event, actor, cue):
                return "guest"  # a visit, opened by who has come
            if role == "speaker" and keys[cue.first] == "dalam" and not self._talks(event):
                continue
            if role == "attendee" and self._delegates(event, cue):
                return "guest"
            if role != "accompanying" and self.fronted.verb(cue, actor):
                return next((r for r in _ROLES if f"{r}-before" in cue.what), role)
            if role is not None or cue.what & SUBJECT_CUES:
                return role
        return None

    def _talks(self, event: Event) -> bool:
        """Whether who sets something out there is a speaker: a host may tell guests of his work."""
        return event.kind in WORK and not self.hosted

    def _delegates(self, event: Event, cue: Cue) -> bool:
        """'Rombongan X terdiri dari A dan B': who has come to someone."""
        first = self.doc.sentence_of(cue.first).first
        return (
            event.kind in VISITS
            and self.doc.keys[cue.first] in _CONSISTING
            and self.doc.find(first, cue.first, _DELEGATIONS) >= 0
        )

    def _led(self, cue: Cue, actors: list[Actor]) -> bool:
        """'rombongan X yang dipimpin A': A is on the side of those led, and leads no meeting."""
        which = cue.first - 1
        if which < 0 or self.doc.keys[which] != "yang":
            return False
        first = max(self.doc.sentence_of(which).first, which - MAX_JOINING_TOKENS)
        return (
            any(a.last == which for a in actors)
            or self.doc.find(first, which, _DELEGATIONS) >= 0
            or self.doc.words[which - 1] == ","
        )

    def _verb(self, first: int, end: int, actors: list[Actor]) -> bool:
        """Whether an active verb of its own stands between actors: a list is over there."""
        named = {j for a in actors for j in range(a.first, a.last)}
        doc = self.doc
        return any(
            self._active(j) and not doc.capital[j] and j not in named and doc.keys[j - 1] != "yang"
            for j in range(first, end)
        )

    def _active(self, j: int) -> bool:
        key = self.doc.keys[j]
        return key.startswith(_ACTIVE) and len(key) >= MIN_VERB_LETTERS

    def _visiting(self, lead: Cue, cues: list[Cue]) -> bool:
        """Whether the sentence's subject, whose leader a cue tells, goes to someone."""
        return any({"guest-before", "host-after"} <= c.what and c.last <= lead.first for c in cues)

    def _delegation(self, event: Event, actor: Actor, lead: Cue) -> bool:
        """Whether those whose leader a cue tells have come to someone.

        'Rombongan X dipimpin A' says so by itself; 'audiensi dipimpin A' where A's side is told.
        """
        if event.kind not in VISITS:
            return False
        if event.sides.get(actor.org) == "guest":
            return True
        for j in range(lead.first - 1, self.doc.sentence_of(lead.first).first - 1, -1):
            if self.doc.words[j] == ",":
                return False
            if self.doc.keys[j] in _DELEGATIONS:
                return True
        return False

    def _accompanied(self, event: Event, cue: Cue, actors: list[Actor]) -> Actor | None:
        """Whom those accompany whose verb stands first: next to it, unnamed, known or set off by
        words."""
        first = next((a for a in actors if a.first == cue.last), None)
        if first is None and self.doc.keys[self.doc.sentence_of(cue.first).first] == "bersama":
            return next((a for a in actors if a.last == cue.first), None)
        if first is None or first.post is None or first.post.name is None:
            return first
        known = event.entries.get(id(first.person))
        if known is not None and known.role != "accompanying" and len(actors) > 1:
            return first  # 'Turut mendampingi Bupati N, A, B dan C': N has been told of
        return first if self._group_end(actors.index(first), actors) == 0 else None

    def _leader(
        self, event: Event, actor: Actor, actors: list[Actor], cues: list[Cue]
    ) -> str | None:
        """Whom an accompanying actor accompanies: the last person before the cue."""
        begin = max(
            (c.first for c in cues if "accompanying-after" in c.what and c.last <= actor.first),
            default=None,
        )
        if begin is None:  # 'Turut mendampingi Bupati, A dan B'
            fronted = (
                self._accompanied(event, c, actors)
                for c in cues
                if self.fronted.companions(c, actors)
            )
            return next((a.person.text for a in fronted if a and a.person), None)
        led = (a.person.text for a in reversed(actors) if a.last <= begin and a.person)
        return next(led, None)

    def _group_end(self, position: int, actors: list[Actor]) -> int:
        """The last actor of 'A, B dan C': they share their verb."""
        last = position
        while last + 1 < len(actors):
            between = range(actors[last].last, actors[last + 1].first)
            if len(between) > MAX_JOINING_TOKENS or not all(
                self.doc.keys[j] in _JOINING
                or (self.doc.capital[j] and not self._active(j))  # but 'A Mendampingi B'
                for j in between
            ):
                break
            last += 1
        return last
