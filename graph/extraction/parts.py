"""Who takes part in an event by a sentence that tells of it, and how well the sentence shows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from sinergi.graph.extraction.actors import (
    SENDER,
    Actor,
    acts_in,
    represented,
    speaks_in,
    talked_about,
)
from sinergi.graph.extraction.bystanders import (
    comes_later,
    is_heading,
    read_out,
    stands_by,
    welcomes,
)
from sinergi.graph.extraction.cues import EVENT_CUES, MIN_NAMING_WEIGHT, Cue, KindWord
from sinergi.graph.extraction.events import Entry, Event, Strength
from sinergi.graph.extraction.roles import WORK, RoleReader
from sinergi.graph.extraction.text import Document, Sentence
from sinergi.graph.registry.language import WordSets

# Whose such a meeting is, goes to the other.
GOING = frozenset(("audiensi", "kunjungan", "silaturahmi"))
# 'X yang baru dilantik pada 3 Mei': who X is, with a day of its own.
_ASIDE = frozenset(("baru", "sejak", "semenjak", "pasca"))
MAX_ASIDE_TOKENS = 10
# A meeting to come, and how near to its word these and its people stand.
_AHEAD = frozenset(("jelang", "menjelang", "persiapan", "rencana"))
_COMING = frozenset(("kedatangan", "kehadiran"))
_FOLLOWED = frozenset(("hasil", "lanjut", "menindaklanjuti", "tindaklanjut"))
MAX_OWNER_GAP = 2
# 'Rapat Paripurna ke-2', 'Musyawarah Daerah III', 'Rapat Kerja Tahun 2025'.
_COUNTS = frozenset(("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "tahun"))
# From here on a body joins a meeting only by what it or its people do.
LATE_SENTENCES = 4
# What is visited stands behind these.
_TO = frozenset(("meninjau", "tinjau"))
_AND = frozenset(("dan", "&", "melalui"))
# So many bodies in a list do what the sentence tells together;
MIN_TOGETHER = 3
# between two of them stand no more words than these, one of which joins them.
MAX_JOINT_TOKENS = 4
_JOINING = frozenset((",", "/", "&", "dan", "serta", "hingga", "maupun"))
_BEING = frozenset(("adalah", "ialah", "merupakan", "yaitu", "yakni"))
# Whose work it is to tell the press.
_SPOKESMEN = ("Hubungan Masyarakat", "Humas", "Juru Bicara", "Penerangan")

# 'Pemerintah Kota X (Pemkot) melalui Dinas Y'.
_THROUGH = frozenset(("lewat", "melalui"))
MAX_THROUGH_TOKENS = 5


class PartReader:
    """Reads the parts taken in one document; actors, cues and words for kinds by sentence."""

    def __init__(
        self,
        doc: Document,
        actors: Mapping[int, list[Actor]],
        cues: Mapping[int, list[Cue]],
        kind_words: Mapping[int, list[KindWord]],
        roles: RoleReader,
        words: WordSets,
    ) -> None:
        self.doc, self.actors, self.cues, self.kind_words = doc, actors, cues, kind_words
        self.roles, self.words = roles, words
        self.ahead = False  # whether the lead tells of what is to come
        self.away: set[tuple[str, str]] = set()  # those whose stand-in or speech was there

    def read(self, event: Event, sentence: Sentence) -> None:
        """Add to an event whoever takes part in it by this sentence."""
        span = self.doc.sentence_span(sentence)
        cues = self.cues.get(sentence.index, [])
        told = self.kind_words.get(sentence.index, ())
        actors = self.actors.get(sentence.index, [])
        eventful = bool(told) or any(c.what & EVENT_CUES for c in cues)
        eventful |= sentence.index < LATE_SENTENCES and self._together(sentence, actors, cues)
        stand_ins = represented(actors, cues)
        named = self.bystanders(event, sentence)
        for position, actor in enumerate(actors):
            if self.aside(actor.first, told) or self._elsewhere(event, actor, told):
                continue
            away = self.away and self._who(actor) in self.away
            if away and not acts_in(self.doc, actor, sentence, cues, told):
                continue  # what the speech said that another read out
            if event.status == "planned" and self._announces(actor, actors, cues, told):
                continue
            if position in named:
                if actor.post is not None and read_out(self.doc, actor, sentence):
                    self.away.add(self._who(actor))
                continue
            owner = self._side_of_owner(actor, sentence)
            if not (owner or (actor.many and welcomes(self.doc, actor, sentence))) and (
                talked_about(self.doc, self.words, actor, sentence, cues, eventful)
            ):
                continue
            role, led = self.roles.read(event, position, actors, cues)
            stands_for = stand_ins.get(position)
            if stands_for == SENDER:
                event.tell(actor.org, span, Strength.TOLD)
            if stands_for is not None and stands_for < 0:
                if stands_for != SENDER and actor.person is not None:
                    self.away.add(self._who(actor))
                continue  # sent someone else
            if stands_for is not None:
                actor = replace(actor, org=actors[stands_for].org, stands_in=True)
            if acts_in(self.doc, actor, sentence, cues, told):
                strength = Strength.ACTING if role or owner else Strength.TOLD
            elif speaks_in(self.doc, sentence, cues):
                strength = Strength.QUOTED
            elif actor.post is not None or sentence.index == 0:
                strength = Strength.NAMED
            else:
                continue
            late = sentence.index >= LATE_SENTENCES and len(event.sentences) > 1
            late = late and actor.org not in event.parties
            spoken_of = strength < Strength.ACTING or not role
            if late and spoken_of and actor.post is None and actor.person is None:
                continue  # only spoken of, where the text has long gone on to other things
            event.tell(actor.org, span, strength)
            if owner:
                event.sides[actor.org] = owner
            if actor.person is not None:
                accompanied = led if role == "accompanying" else None
                self._enter(event, Entry(role, accompanied, span, actor, strength))
            elif role in ("host", "guest", "signatory"):
                event.sides.setdefault(actor.org, role)

    def listed(self, sentence: Sentence) -> bool:
        """'Dibantu Polres X, Kodim Y dan BNN Z': bodies in a list that a word for taking part
        stands before."""
        cues = self.cues.get(sentence.index, ())
        actors = self.actors.get(sentence.index, ())
        joined = any(c.what & EVENT_CUES and not self.doc.quoted[c.first] for c in cues)
        return joined and self._together(sentence, actors, cues)

    def _together(self, sentence: Sentence, actors: Sequence[Actor], cues: Sequence[Cue]) -> bool:
        """'Petugas Polres X, Kodim Y dan BNN Z menyisir blok hunian': a list of bodies does
        something, whatever the verb, and is not what something is or what somebody says."""
        if any("speech" in c.what for c in cues):
            return False
        if self.doc.find(sentence.first, sentence.last, _BEING) >= 0:
            return False
        run: set[str] = set()
        end = -1
        for actor in actors:
            gap = self.doc.keys[end : actor.first] if 0 <= end <= actor.first else [""]
            joined = len(gap) <= MAX_JOINT_TOKENS and bool(_JOINING.intersection(gap))
            run = {*run, actor.org} if joined else {actor.org}
            if len(run) >= MIN_TOGETHER:
                return True
            end = actor.last
        return False

    def _who(self, actor: Actor) -> tuple[str, str]:
        """A person, or the unnamed holder of a post."""
        if actor.person is not None:
            return actor.person.text, ""
        return (actor.post.title if actor.post is not None else ""), actor.org

    def bystanders(self, event: Event, sentence: Sentence) -> set[int]:
        """Which actors of a sentence, by their position, it only names."""
        cues, told = self.cues.get(sentence.index, []), self.kind_words.get(sentence.index, ())
        found: set[int] = set()
        later = not self.ahead and len(event.sentences) > 1
        end = -1  # of the last: 'di bawah Presiden X dan Wakil Presiden Y'
        for position, actor in enumerate(self.actors.get(sentence.index, ())):
            joined = end == actor.first - 1 and self.doc.keys[end] in _AND
            if joined or stands_by(self.doc, actor, sentence, cues, event.kind in WORK):
                found.add(position)
                end = actor.last
            elif (later and comes_later(self.doc, actor, sentence, cues)) or (
                actor.many and is_heading(self.doc, actor, sentence, told)
            ):
                found.add(position)
        return found

    def _announces(
        self, actor: Actor, actors: Sequence[Actor], cues: Sequence[Cue], told: Sequence[KindWord]
    ) -> bool:
        """'X mengatakan peresmian itu akan dilakukan Y bersama Z': X only tells of it."""
        others = {other.org for other in actors if other.first > actor.first} - {actor.org}
        return len(others) > 1 and any(
            "speech" in cue.what and cue.first == actor.last and cue.last <= word.first
            for cue in cues
            for word in told
        )

    def _enter(self, event: Event, new: Entry) -> None:
        """Note a person's part: the first role that is told stands, the best sentence counts."""
        known = event.entries.setdefault(id(new.actor.person), new)
        if (known.role in ("", "attendee") and new.role) or new.role == "signatory":
            # A signature counts wherever it is told.
            known.role, known.accompanies = new.role, new.accompanies
            if new.strength >= Strength.TOLD:
                known.span, known.actor, known.strength = new.span, new.actor, new.strength
        elif new.strength > known.strength and new.actor.org == known.actor.org:
            known.span, known.strength = new.span, new.strength

    def silence(self, event: Event) -> None:
        """Leave out who only tells of the meeting where that shows no part in it: spokesmen, who
        tell of all, and whoever speaks of one to come."""
        for key, entry in list(event.entries.items()):
            person = entry.actor.person
            titles = [h.title or "" for h in person.holdings] if person is not None else []
            speaks = any(word in title for title in titles for word in _SPOKESMEN)
            quoted = not entry.role and entry.strength <= Strength.QUOTED
            if quoted and (speaks or event.status == "planned"):
                del event.entries[key]
            elif quoted and self._above(event, entry):
                del event.entries[key]
                del event.parties[entry.actor.org]

    def _above(self, event: Event, entry: Entry) -> bool:
        """Whether someone speaks from the regional office over those who met."""
        post, org = entry.actor.post, entry.actor.org
        kind = post.org.kind if post is not None and post.org is not None else None
        regional = kind is not None and kind.key.startswith("kanwil-")
        regional = regional and post is not None and post.head
        known = event.parties.get(org)
        return (
            regional
            and len(event.parties) > 2
            and known is not None
            and known.strength <= Strength.QUOTED
        )

    def without_guest(self, event: Event) -> bool:
        """'Tim akan menyambangi X dan Y': only who is to be seen is told."""
        return not event.entries and set(event.sides.values()) == {"host"}

    def alone(self, event: Event) -> bool:
        """'Pemerintah Kota X melalui Dinas Y menertibkan lapak': one acts, for the other."""
        if len(event.parties) != 2:
            return False
        for sentence in event.sentences:
            for one, other in pairwise(self.actors.get(sentence.index, ())):
                through = self.doc.find(one.last, other.first, _THROUGH) >= 0
                near = other.first - one.last <= MAX_THROUGH_TOKENS
                if near and through and {one.org, other.org} == event.parties.keys():
                    people = (e.actor.person for e in event.entries.values())
                    return not any(p is not None and p.organization == one.org for p in people)
        return False

    def aside(self, token: int, told: Sequence[KindWord]) -> bool:
        """Whether a token stands in 'baru dilantik Y pada 3 Mei', which tells who X is."""
        return any(
            0 <= token - word.first < MAX_ASIDE_TOKENS
            and word.first > 0
            and self.doc.keys[word.first - 1] in _ASIDE
            for word in told
        )

    def _elsewhere(self, event: Event, actor: Actor, told: Sequence[KindWord]) -> bool:
        """Whether who acts does so in a meeting that this one prepares or follows up.

        'persiapan kunjungan X', 'menindaklanjuti hasil rapat X dengan Y'.
        """
        first, own = self.doc.sentence_of(actor.first).first, len(event.sentences) < 2
        at = actor.first - 1
        awaited = at > first and self.doc.keys[at] in _COMING
        if awaited and self.doc.find(max(first, at - MAX_OWNER_GAP), at, _AHEAD) >= 0:
            return True
        for word in told:
            if word.last > actor.first:
                continue
            before = range(max(first, word.first - MAX_OWNER_GAP), word.first)
            near = actor.first - word.last <= MAX_OWNER_GAP
            if near and self.doc.find(before.start, before.stop, _AHEAD) >= 0:
                return True
            clause = "," not in self.doc.words[word.last : actor.first]
            if clause and not own and self.doc.find(before.start, before.stop, _FOLLOWED) >= 0:
                return True
        return False

    def _behind(self, j: int) -> int:
        """Past what counts or abbreviates a meeting: 'Rapat Kerja III X', 'Rapat Koordinasi (Rakor)
        X'."""
        doc = self.doc
        j = doc.past_bracket.get(j, j)
        while j < len(doc) and (
            doc.words[j].isdigit() or doc.keys[j] in _COUNTS or doc.keys[j].startswith("ke-")
        ):
            j += 1
        return j

    def _side_of_owner(self, actor: Actor, sentence: Sentence) -> str | None:
        """'Rapat Paripurna DPRD X', 'kunjungan DPRD X': the body named right behind the meeting
        holds it, or makes the visit."""
        if actor.post is not None or actor.person is not None:
            return None
        for word in self.kind_words.get(sentence.index, ()):
            cues = self.cues.get(sentence.index, ())
            goes = any(c.last == word.last and "host-after" in c.what for c in cues)
            goes = goes or self.doc.keys[word.first] in _TO
            if (
                self._behind(word.last) == actor.first
                and word.weight >= MIN_NAMING_WEIGHT
                and not goes
            ):
                return "guest" if word.kind in GOING else "host"
        return None
