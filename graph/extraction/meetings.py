"""The meetings an article reports: what kind, who took part for whom, when, where, about what.

1. Every sentence is told apart: event, attendance, speech, background, other day.
2. The main event is what title and lead report; its kind is the heaviest of its words.
3. Agencies take part when a sentence of the event has them act, attend or send someone;
   agencies that are only talked about stay out.
4. A sentence with a day of its own, or a plan, is another meeting.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from sinergi.graph.extraction.actors import Actor, find_actors, name_tokens
from sinergi.graph.extraction.agreements import find_agreement
from sinergi.graph.extraction.bystanders import elsewhere
from sinergi.graph.extraction.cues import MIN_NAMING_WEIGHT, Cue, KindWord, find_kind_words
from sinergi.graph.extraction.dates import DateMention
from sinergi.graph.extraction.days import DATE_SENTENCES, Days, tells
from sinergi.graph.extraction.events import Event, Strength
from sinergi.graph.extraction.kinds import LEAD_SENTENCES, OWN_SENTENCES, KindReader
from sinergi.graph.extraction.lexicon import Lexicon
from sinergi.graph.extraction.mentions import Mentions
from sinergi.graph.extraction.parts import GOING, PartReader
from sinergi.graph.extraction.persons import Person
from sinergi.graph.extraction.roles import RoleReader
from sinergi.graph.extraction.sides import at_home, settle
from sinergi.graph.extraction.text import Document, Sentence
from sinergi.graph.extraction.topics import find_topics
from sinergi.graph.extraction.tours import TourReader
from sinergi.graph.extraction.venues import find_place
from sinergi.graph.model import Meeting, Participation, Party, Span, Spans

# Meetings that belong to one body, so that others are its guests.
_HOSTED = frozenset(("paripurna", "sidang", "pleno"))
# Someone goes to someone: 'bersilaturahmi dengan'.
_SIDES = frozenset(("guest-before", "host-after"))
# Both sides of the main meeting, without their names.
_BOTH = frozenset(("kedua", "keduanya"))
# 'tiga badan terdiri dari X': who makes it up, held or not.
_MAKING_UP = frozenset(
    (
        "bekerja",
        "bekerjasama",
        "berasal",
        "didukung",
        "gandeng",
        "melibatkan",
        "menggandeng",
        "terdiri",
    )
)
# 'peresmian pasar Ramadan itu akan dilakukan': so far behind its word stands what will be held,
MAX_SUBJECT_TOKENS = 6
_WILL = frozenset(("akan", "bakal", "direncanakan", "dijadwalkan", "rencananya"))
_TO_BE_HELD = frozenset(
    ("berlangsung", "diadakan", "digelar", "dihelat", "dilaksanakan", "dilakukan", "dipusatkan")
)
# unless the word belongs to something else: 'hasil rapat itu akan dilaksanakan'.
_OPENERS = frozenset(("hasil", "keputusan", "usai", "setelah", "seusai"))


class MeetingReader:
    """Reads the meetings of one article."""

    def __init__(
        self,
        mentions: Mentions,
        title: Document,
        persons: list[Person],
        at: dict[int, Person],
        dates: list[DateMention],
        cues: dict[int, list[Cue]],
        lexicon: Lexicon,
    ) -> None:
        self.mentions, self.persons, self.at = mentions, persons, at
        self.doc, self.lex, self.dates = mentions.doc, lexicon, dates
        self.named = frozenset(
            self.doc.written(o.first, o.last).casefold() for o in mentions.orgs if o.last > o.first
        )
        self.cues = cues  # by index of sentence
        self.kind_words: dict[int, list[KindWord]] = defaultdict(list)
        named = name_tokens(mentions)
        for word in find_kind_words(self.doc, lexicon):
            if not self.doc.quoted[word.first] and word.first not in named:
                self.kind_words[self.doc.sentence_of(word.first).index].append(word)
        self.days = Days(self.doc, dates, cues, self.kind_words)
        self.actors: dict[int, list[Actor]] = defaultdict(list)
        for actor in find_actors(mentions, persons, at):
            self.actors[self.doc.sentence_of(actor.first).index].append(actor)
        told = (w for i, found in self.kind_words.items() if i < LEAD_SENTENCES for w in found)
        self.begin = 0  # the sentence where the main event begins
        self.roles = RoleReader(
            self.doc, any(not _HOSTED.isdisjoint(self.doc.keys[w.first : w.last]) for w in told)
        )
        self.kinds = KindReader(
            self.doc,
            self.actors,
            self.cues,
            self.kind_words,
            title,
            find_kind_words(title, lexicon),
        )
        self.tours = TourReader(self.doc, self.actors, self.cues)
        self.parts = PartReader(
            self.doc, self.actors, self.cues, self.kind_words, self.roles, lexicon.words
        )

    # -- 2. the main event -------------------------------------------------------------------------

    def read(self) -> tuple[Meeting, ...]:
        """All meetings of the article, the main one first."""
        self.begin = self._first_held()
        kind = self.kinds.read(self.begin)
        if kind is None:
            return ()
        main = Event(kind)
        others = self._announced()
        self.parts.ahead = any(map(self._plans, self.doc.sentences[self.begin : LEAD_SENTENCES]))
        stops: list[Event] = []  # a visit's further ones
        held: bool | None = None
        main.date = self.days.main(self.begin, self.parts.ahead)
        for sentence in self.doc.sentences[self.begin :]:
            if not self._tells(sentence):
                continue
            other = self._other_event(sentence, main)
            stop = None if other else self.tours.next_stop(sentence, main)
            if held is None and self._to_come(sentence):
                held = not self._planned(main)
            if other is not None:
                others.append(other)
                self.parts.read(other, sentence)
            elif stop is not None:
                stops.append(stop)
                self.parts.read(stop, sentence)
            elif stops and self.tours.belongs(sentence, main, stops[-1]):
                stops[-1].sentences.append(sentence)
                self.parts.read(stops[-1], sentence)
            elif held and self._to_come(sentence):
                # 'Rapat itu akan dihadiri X': the planned one's, if any has been told.
                planned = next((e for e in reversed(others) if e.status == "planned"), None)
                if planned is not None:
                    self.parts.read(planned, sentence)
            else:
                main.sentences.append(sentence)
                self.parts.read(main, sentence)
        if self._planned(main):
            main.status = "planned"
        if any(self._has(sentence, "postponed") for sentence in main.sentences[:2]):
            main.status = "postponed"
        if len(main.parties) < 2:
            self._widen(main)
        if main.kind in GOING:
            self._at_home(main)
        for stop in stops:
            self.tours.travel(main, stop)
        others = [e for e in others if e.kind not in GOING or not self.parts.without_guest(e)]
        others = [e for e in others if e.kind in GOING or not main.takes(e)]
        events = [e for e in (main, *stops, *others) if len(e.parties) >= 2]
        events = [e for e in events if not self.parts.alone(e)]
        for event in events:
            self.parts.silence(event)
            settle(event, self.roles.hosted)
        return tuple(self._meeting(e, e is main) for e in events)

    def _tells(self, sentence: Sentence) -> bool:
        """Whether a sentence tells of an event rather than quoting or explaining."""
        actors = self.actors.get(sentence.index)
        if elsewhere(self.doc, sentence, actors, self.cues) or self.days.before(sentence):
            return False
        if not actors:
            return self._plans(sentence)
        quoted = sum(self.doc.quoted[sentence.first : sentence.last])
        if quoted > 0.6 * (sentence.last - sentence.first):
            return bool(self._speaker_outside(sentence))
        return True

    def _speaker_outside(self, sentence: Sentence) -> bool:
        return any(a.person is not None for a in self.actors[sentence.index])

    def _has(self, sentence: Sentence, *what: str) -> bool:
        return tells(self.doc, self.cues, sentence, *what)

    def _planned(self, event: Event) -> bool:
        """'akan digelar rapat': the plan stands right before the event's own word, in the lead.

        A day before the article's own has passed, whatever the words.
        """
        day, published = event.date.day if event.date else None, self.doc.article.published
        if day is not None and published and day.isoformat() < published:
            return False
        planned = any(self._plans(sentence) for sentence in event.sentences[:2])
        return planned and not any(map(self._attended, event.sentences))

    def _attended(self, sentence: Sentence) -> bool:
        """Whether a sentence tells who came: only a meeting that was held tells of it."""
        return any(
            "attendee-after" in cue.what
            and self.doc.keys[cue.first] not in _MAKING_UP
            and not self.doc.quoted[cue.first]
            for cue in self.cues.get(sentence.index, ())
        )

    def _to_come(self, sentence: Sentence) -> bool:
        """'akan dihadiri X', not of the sentences that tell the main event."""
        cues = self.cues.get(sentence.index, ())
        return sentence.index >= OWN_SENTENCES and any(
            one.last == other.first and "planned" in one.what and "attendee-after" in other.what
            for one, other in pairwise(cues)
            if not self.doc.quoted[one.first]
        )

    def _plans(self, sentence: Sentence) -> bool:
        """'akan menggelar rapat': a word for a plan right before one for a meeting."""
        words = self.kind_words.get(sentence.index, ())
        return any(
            word.weight >= MIN_NAMING_WEIGHT
            and all(
                self.doc.capital[j] or self.doc.keys[j] in self.lex.words.plan_joints
                for j in range(cue.last, word.first)
            )
            for cue in self.cues.get(sentence.index, ())
            if "planned" in cue.what and not self.doc.quoted[cue.first]
            for word in words
            if word.first >= cue.last
        ) or any(map(self._will_be, words))

    def _will_be(self, word: KindWord) -> bool:
        """'peresmian pasar itu akan dilakukan': a plan told with a passive verb behind the word."""
        first, keys = self.doc.sentence_of(word.first).first, self.doc.keys
        end = min(word.last + MAX_SUBJECT_TOKENS, self.doc.sentence_of(word.first).last - 1)
        return (
            word.weight >= MIN_NAMING_WEIGHT
            and self.doc.find(first, word.first, _OPENERS) < 0
            and any(keys[j] in _WILL and keys[j + 1] in _TO_BE_HELD for j in range(word.last, end))
        )

    def _first_held(self) -> int:
        """Where the main event begins: a lead may announce one that another has spoken of.

        'X dijadwalkan berkunjung. Rencana itu dibawa Y sewaktu bersilaturahmi dengan Z.'
        """
        lead = self.doc.sentences[:LEAD_SENTENCES]
        if not lead or not self._plans(lead[0]):
            return 0
        for sentence in lead[1:]:
            told = self.cues.get(sentence.index, ())
            ahead = {c.last for c in told if "planned" in c.what}  # 'akan mendatangi'
            sides = [c for c in told if c.what >= _SIDES and c.first not in ahead]
            acting = {actor.org for actor in self.actors[sentence.index]}
            if sides and len(acting) >= 2 and not self._plans(sentence):
                return sentence.index
        return 0

    def _announced(self) -> list[Event]:
        """The event that the sentences before the main one announce."""
        told = [w for i in range(self.begin) for w in self.kind_words.get(i, ())]
        if not told:
            return []
        sentences = self.doc.sentences[: self.begin]
        date = next(
            (d for d in self.dates if self.days.sentence(d).index < self.begin and d.day), None
        )
        event = Event(max(told, key=lambda w: (w.weight, -w.first)).kind, "planned", date)
        for sentence in sentences:
            event.sentences.append(sentence)
            self.parts.read(event, sentence)
        return [event]

    # -- 4. other events ---------------------------------------------------------------------------

    def _other_event(self, sentence: Sentence, main: Event) -> Event | None:
        """A meeting of its own that this sentence tells of: another day, or a plan."""
        before = self.doc.keys[sentence.first] == "sebelumnya"
        if sentence.index < OWN_SENTENCES - before:
            return None
        told = self.kind_words.get(sentence.index, ())
        words = [word for word in told if not self.parts.aside(word.first, told)]
        if not words:
            return None
        dates = [
            d for d in self.dates
            if self.days.sentence(d) is sentence and not self.days.quoted(d)
            and not self.parts.aside(self.days.token(d), told)
            and not self.days.asked(d, self.dates)
        ]  # fmt: skip
        date = next(
            (d for d in dates if d.day and (main.date is None or d.day != main.date.day)), None
        )
        planned, past = self._plans(sentence), self._has(sentence, "past")
        planned = planned or (date is not None and self.days.ahead(date))
        if before and date is None and not planned:
            return self._earlier(sentence, main, told)
        if date is None and (not planned or self._planned(main)):
            return None
        if date is not None and not (planned or past) and not (main.date and main.date.day):
            return None
        kind = max(words, key=lambda w: (w.weight, -w.first)).kind
        event = Event(kind, "planned" if planned else "held", date, [sentence])
        if planned and self.doc.find(sentence.first, sentence.last, _BOTH) >= 0:
            for org in list(main.parties)[:2]:  # 'kedua pihak akan menggelar rapat'
                event.tell(org, self.doc.sentence_span(sentence), Strength.TOLD)
            return event
        return event if len({a.org for a in self.actors[sentence.index]}) >= 2 else None

    def _earlier(self, sentence: Sentence, main: Event, told: Sequence[KindWord]) -> Event | None:
        """'Sebelumnya, X juga mengunjungi Z': another visit, to someone who was not at this one."""
        acting = {actor.org for actor in self.actors[sentence.index]}
        if len(acting) < 2 or acting <= main.parties.keys() or not acting & main.parties.keys():
            return None
        if not any(c.what >= _SIDES for c in self.cues.get(sentence.index, ())):
            return None
        return Event(max(told, key=lambda w: (w.weight, -w.first)).kind, sentences=[sentence])

    # -- 3. who takes part -------------------------------------------------------------------------

    def _widen(self, event: Event) -> None:
        """Fewer than two parties: every agency of the lead that is named with the event, and a
        list of those who do something together."""
        for sentence in self.doc.sentences:
            event_told = sentence.index == 0 or self.kind_words.get(sentence.index)
            if (event_told and sentence.index < LEAD_SENTENCES) or self.parts.listed(sentence):
                named = self.parts.bystanders(event, sentence)
                for position, actor in enumerate(self.actors.get(sentence.index, ())):
                    if actor.first and self.doc.keys[actor.first - 1] == "di":
                        continue  # where it was
                    if position in named:
                        continue
                    event.tell(actor.org, self.doc.sentence_span(sentence), Strength.TOLD)
        event.sentences = event.sentences or self.doc.sentences[:1]

    def _at_home(self, event: Event) -> None:
        """Who visits whom follows from the place, whatever the verbs: 'di ruang kerja Bupati X'."""
        place = self._place(self.doc.sentences[self.begin : DATE_SENTENCES])
        if place is None:
            return
        span = place[1]
        owners = {
            org.name for org in self.mentions.orgs
            if org.complete and org.last > org.first
            and span.start <= self.doc.starts[org.first] and self.doc.ends[org.last - 1] <= span.end
        } & event.parties.keys()  # fmt: skip
        if len(owners) != 1:
            return
        (owner,) = owners
        at_home(event, owner)

    def _place(self, told: Sequence[Sentence]) -> tuple[str, Span] | None:
        scenes = frozenset(s.index for s in told if self._is_scene(s))
        return find_place(self.doc, told, scenes, self.lex.words)

    # -- what comes out ----------------------------------------------------------------------------

    def _meeting(self, event: Event, main: bool) -> Meeting:
        sentences = event.sentences
        roles: dict[str, str] = {}
        participants: list[Participation] = []
        for person in self.persons:
            entry = event.entries.get(id(person))
            if entry is None:
                continue
            own = person.organization
            org = entry.actor.org if entry.actor.org in event.parties else own
            holding = next((h for h in person.holdings if h.org == own and not h.former), None)
            participants.append(
                Participation(
                    person.text,
                    org,
                    entry.role,
                    post=holding.title if holding else None,
                    accompanies=entry.accompanies if entry.accompanies != person.text else None,
                    represents=org if org != own else None,
                    basis=entry.strength.basis,
                    spans=(entry.span,),
                )
            )
            if org and entry.role in ("host", "guest", "signatory"):
                roles.setdefault(org, entry.role)
        for org, side in event.sides.items():
            roles.setdefault(org, side)
        parties = tuple(
            Party(org, roles.get(org), evidence.spans, evidence.strength.basis)
            for org, evidence in event.parties.items()
        )
        told = self.doc.sentences[self.begin : DATE_SENTENCES] if main else sentences
        place = self._place(told)
        topics = find_topics(
            self.doc,
            self._on_topic(event) if main else sentences[:1],
            self.cues,
            self.kind_words,
            self.lex,
            self.named,
        )
        agreement = (
            find_agreement(self.doc, sentences, parties)
            if event.kind == "penandatanganan"
            else None
        )
        date = event.date
        return Meeting(
            kind=event.kind,
            status=event.status,
            organizations=parties,
            date=date.day.isoformat() if date and date.day else None,
            end_date=date.last_day.isoformat() if date and date.last_day else None,
            date_conflict=bool(date and date.conflict),
            place=place[0] if place else None,
            participants=tuple(participants),
            topics=topics,
            agreement=agreement,
            date_spans=(self.doc.cut(date.start, date.end),) if date else (),
            place_spans=(place[1],) if place else (),
            spans=self._event_spans(event, main),
        )

    def _on_topic(self, event: Event) -> list[Sentence]:
        """The sentences of the main event, and those that go on without naming anybody."""
        own = {sentence.index for sentence in event.sentences}
        return [
            s for s in self.doc.sentences[self.begin :]
            if s.index in own or (not self.actors.get(s.index) and not self._has(s, "elsewhere"))
        ]  # fmt: skip

    def _is_scene(self, sentence: Sentence) -> bool:
        """Whether a place named here is where something happened: an event or a day is told."""
        return bool(self.kind_words.get(sentence.index)) or any(
            self.days.sentence(d) is sentence for d in self.dates
        )

    def _event_spans(self, event: Event, main: bool) -> Spans:
        """The sentence that names the event, else the first that tells of it.

        The lead may name it without naming anybody.
        """
        lead = self.doc.sentences[self.begin : OWN_SENTENCES] if main else []
        named = [
            s for s in (*lead, *event.sentences)
            if any(w.kind == event.kind for w in self.kind_words.get(s.index, ()))
        ]  # fmt: skip
        return tuple(self.doc.sentence_span(s) for s in (named or event.sentences)[:1])
