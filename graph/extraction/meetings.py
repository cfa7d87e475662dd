"""The meetings an article reports: what kind, who took part for whom, when, where, about what.

1. Every sentence is told apart: event, attendance, speech, background, other day.
2. The main event is what title and lead report; its kind is the heaviest of its words.
3. Agencies take part when a sentence of the event has them act, attend or send someone;
   agencies that are only talked about stay out.
4. A sentence with a day of its own, or a plan, is another meeting.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from sinergi.graph.extraction.agencies import Org
from sinergi.graph.extraction.agreements import find_agreement
from sinergi.graph.extraction.cues import Cue, KindWord, find_cues, find_kind_words
from sinergi.graph.extraction.dates import DateMention
from sinergi.graph.extraction.lexicon import Lexicon
from sinergi.graph.extraction.mentions import Mentions
from sinergi.graph.extraction.persons import Person, organization_of
from sinergi.graph.extraction.posts import PostMention
from sinergi.graph.extraction.text import Document, Sentence
from sinergi.graph.extraction.topics import find_place, find_topics
from sinergi.graph.model import Agreement, Meeting, Participation, Party, Span, Spans, Topic

# What a kind's word counts for by where it stands: the title and the lead name the event, the
# rest of the text mentions many.
TITLE_WEIGHT = 2.5
LEAD_WEIGHTS = (3.0, 1.5, 0.8)
BODY_WEIGHT = 0.25
# The lead: where the main event is told. Later sentences may tell others.
LEAD_SENTENCES = 4
# Below this an article tells of no meeting, whatever agencies it names.
MIN_EVENT_SCORE = 0.5
# The reporter's form of the day of the event stands early.
DATE_SENTENCES = 8
# How far a cue reaches over the members of a list ('didampingi A, B dan C').
MAX_REACH_TOKENS = 90

# 'akan menggelar rapat': a plan is about the event's word that follows this closely.
MAX_PLAN_TOKENS = 4

_SUBJECT_ROLES = ("signatory", "accompanying", "host", "guest", "speaker", "attendee")
_OBJECT_ROLES = ("signatory", "accompanying", "host", "guest", "speaker", "attendee")
_JOINING = frozenset((",", "dan", "serta", "bersama", "beserta", "juga", "langsung", "oleh", "&"))
# Bodies that news names for the state as such ('TNI-Polri', 'Presiden').
_TRUNKS = frozenset(("tni", "polri", "presiden", "wakil-presiden"))
# Meetings with two sides, one of which goes to the other.
_VISITS = frozenset(("audiensi", "kunjungan", "silaturahmi", "pertemuan"))
# Meetings that belong to one body, so that others are its guests.
_HOSTED = frozenset(("paripurna", "sidang", "rapat paripurna", "pleno", "rups"))
# A signing has two or three parties; further agencies watch.
MAX_SIGNING_PARTIES = 3
_PLACE_WORDS = frozenset(
    "aula gedung ruang ruangan kantor markas mako halaman lapangan pendopo rumah hotel balai "
    "komplek kompleks lobi lobby joglo kampus wilayah lingkungan se-kabupaten se-kota".split()
)
_ATTRIBUTE_CUES = frozenset(("topic", "background"))


@dataclass(slots=True)
class _Actor:
    """An agency acting in a sentence: as such, by an unnamed post, or by a person."""

    first: int
    last: int
    org: str
    person: Person | None = None
    post: PostMention | None = None


@dataclass(slots=True)
class _Event:
    kind: str
    status: str = "held"
    date: DateMention | None = None
    sentences: list[Sentence] = field(default_factory=list)
    parties: dict[str, list[Span]] = field(default_factory=lambda: defaultdict(list))
    roles: dict[int, tuple[str, str | None, Span, _Actor]] = field(default_factory=dict)


class MeetingReader:
    """Reads the meetings of one article."""

    def __init__(
        self,
        mentions: Mentions,
        title: Document,
        persons: list[Person],
        at: dict[int, Person],
        dates: list[DateMention],
        lexicon: Lexicon,
    ) -> None:
        self.mentions, self.title, self.persons, self.at = mentions, title, persons, at
        self.doc, self.lex, self.dates = mentions.doc, lexicon, dates
        self.cues: dict[int, list[Cue]] = defaultdict(list)
        for cue in find_cues(self.doc, lexicon):
            self.cues[self.doc.sentence_of(cue.first).index].append(cue)
        self.kind_words: dict[int, list[KindWord]] = defaultdict(list)
        for word in find_kind_words(self.doc, lexicon):
            if not self.doc.quoted[word.first]:
                self.kind_words[self.doc.sentence_of(word.first).index].append(word)
        self.actors: dict[int, list[_Actor]] = defaultdict(list)
        for actor in self._actors():
            self.actors[self.doc.sentence_of(actor.first).index].append(actor)

    # -- 1. who acts in each sentence --------------------------------------------------------------

    def _actors(self) -> list[_Actor]:
        found: list[_Actor] = []
        covered: set[int] = set()
        for post in self.mentions.posts:
            org = organization_of(post, self.mentions, self.at)
            if org is None or post.former or self.doc.quoted[post.first]:
                covered.add(id(post.org))
                continue
            person = self.at.get(post.name.first) if post.name is not None else None
            if person is None and (post.plural or not self.doc.capital[post.first]):
                covered.add(id(post.org))
                continue
            if person is None and not self._acts_unnamed(post):
                continue
            if person is None:
                person = self._holder(post, org)
            last = max(post.last, post.name.end if post.name is not None else 0)
            first = min(post.first, post.name.begin) if post.name is not None else post.first
            found.append(_Actor(first, last, org, person, post))
            covered.add(id(post.org))
        named = {a.post.name.first for a in found if a.post is not None and a.post.name is not None}
        for person in self.persons:
            for name in person.names:
                if name.first in named or self.doc.quoted[name.first]:
                    continue
                if name.begin and self.doc.words[name.begin - 1] == "(":
                    continue  # a byline
                org = person.organization
                if org is not None:
                    found.append(_Actor(name.begin, name.end, org, person))
        for mention in self.mentions.orgs:
            if id(mention) in covered or self.doc.quoted[mention.first] or _collective(mention):
                continue
            if mention.complete and mention.last > mention.first:
                found.append(_Actor(mention.first, mention.last, mention.name))
        return sorted(found, key=lambda a: (a.first, a.last))

    def _acts_unnamed(self, post: PostMention) -> bool:
        """Whether a post without a name stands for its agency: 'Kapolres', not 'Kepala OPD'."""
        org = post.org
        if org is not None and org.agency is not None and org.agency.key in _TRUNKS:
            return False
        if org is not None and org.kind is not None and org.kind.form == "collective":
            return False
        return post.head or (org is not None and org.last > org.first)

    def _holder(self, post: PostMention, org: str) -> Person | None:
        """The named holder that 'Kapolres' or 'Bupati' alone means."""
        for person in self.persons:
            if any(h.org == org and h.title == post.title and not h.former for h in person.holdings):
                return person
        return None

    # -- 2. the main event -------------------------------------------------------------------------

    def read(self) -> tuple[Meeting, ...]:
        """All meetings of the article, the main one first."""
        scores = self._scores()
        if not scores or max(scores.values()) < MIN_EVENT_SCORE:
            return ()
        kind = max(sorted(scores), key=lambda k: scores[k])
        main = _Event(kind)
        others: list[_Event] = []
        main.date = self._main_date()
        for sentence in self.doc.sentences:
            if not self._tells(sentence):
                continue
            other = self._other_event(sentence, main)
            if other is not None:
                others.append(other)
                self._take_part(other, sentence)
            else:
                main.sentences.append(sentence)
                self._take_part(main, sentence)
        if self._planned(main):
            main.status = "planned"
        if len(main.parties) < 2:
            self._widen(main)
        events = [e for e in (main, *others) if len(e.parties) >= 2]
        for event in events:
            self._settle(event)
        return tuple(self._meeting(e, e is main) for e in events)

    def _scores(self) -> dict[str, float]:
        scores: dict[str, float] = defaultdict(float)
        for word in find_kind_words(self.title, self.lex):
            scores[word.kind] += TITLE_WEIGHT * word.weight
        for index, words in self.kind_words.items():
            place = LEAD_WEIGHTS[index] if index < len(LEAD_WEIGHTS) else BODY_WEIGHT
            for word in words:
                scores[word.kind] += place * word.weight
        return scores

    def _tells(self, sentence: Sentence) -> bool:
        """Whether a sentence tells of an event rather than quoting or explaining."""
        if not self.actors.get(sentence.index):
            return False
        quoted = sum(self.doc.quoted[sentence.first : sentence.last])
        if quoted > 0.6 * (sentence.last - sentence.first):
            return bool(self._speaker_outside(sentence))
        return True

    def _speaker_outside(self, sentence: Sentence) -> bool:
        return any(a.person is not None for a in self.actors[sentence.index])

    def _main_date(self) -> DateMention | None:
        early = [
            d for d in self.dates
            if self._sentence_at(d).index < DATE_SENTENCES and not self._quoted_at(d)
        ]  # fmt: skip
        early = [d for d in early if not self._past_or_planned(d)] or early
        for wanted in (
            lambda d: d.weekday and d.slashed,
            lambda d: d.weekday,
            lambda d: d.slashed,
            lambda d: not d.relative,
            lambda d: True,
        ):
            hit = next((d for d in early if wanted(d)), None)
            if hit is not None:
                return hit
        return None

    def _token_at(self, mention: DateMention) -> int:
        starts = self.doc.starts
        lo, hi = 0, len(starts)
        while lo < hi:
            mid = (lo + hi) // 2
            if self.doc.ends[mid] <= mention.start:
                lo = mid + 1
            else:
                hi = mid
        return min(lo, len(starts) - 1)

    def _sentence_at(self, mention: DateMention) -> Sentence:
        return self.doc.sentence_of(self._token_at(mention))

    def _quoted_at(self, mention: DateMention) -> bool:
        return self.doc.quoted[self._token_at(mention)]

    def _past_or_planned(self, mention: DateMention) -> bool:
        sentence = self._sentence_at(mention)
        return sentence.index >= 2 and self._has(sentence, "planned", "past")

    def _has(self, sentence: Sentence, *what: str) -> bool:
        return any(
            cue.what.intersection(what) and not self.doc.quoted[cue.first]
            for cue in self.cues.get(sentence.index, ())
        )

    def _planned(self, event: _Event) -> bool:
        """'akan digelar rapat': the plan stands right before the event's own word, in the lead.

        A day before the article's own has passed, whatever the words.
        """
        day, published = event.date.day if event.date else None, self.doc.article.published
        if day is not None and published and day.isoformat() < published:
            return False
        for sentence in event.sentences[:2]:
            for cue in self.cues.get(sentence.index, ()):
                if "planned" in cue.what and not self.doc.quoted[cue.first]:
                    words = self.kind_words.get(sentence.index, ())
                    if any(0 <= w.first - cue.last < MAX_PLAN_TOKENS for w in words):
                        return not any(self._has(s, "attendee-after") for s in event.sentences)
        return False

    # -- 4. other events ---------------------------------------------------------------------------

    def _other_event(self, sentence: Sentence, main: _Event) -> _Event | None:
        """A meeting of its own that this sentence tells of: another day, or a plan."""
        if sentence.index < 2:
            return None
        words = self.kind_words.get(sentence.index)
        if not words:
            return None
        dates = [d for d in self.dates if self._sentence_at(d) is sentence and not self._quoted_at(d)]
        date = next((d for d in dates if d.day and (main.date is None or d.day != main.date.day)), None)
        planned, past = self._has(sentence, "planned"), self._has(sentence, "past")
        if date is None and not planned:
            return None
        if date is not None and not (planned or past) and not (main.date and main.date.day):
            return None
        if len({a.org for a in self.actors[sentence.index]}) < 2:
            return None
        kind = max(words, key=lambda w: (w.weight, -w.first)).kind
        return _Event(kind, "planned" if planned else "held", date, [sentence])

    # -- 3. who takes part -------------------------------------------------------------------------

    def _take_part(self, event: _Event, sentence: Sentence) -> None:
        span = self.doc.sentence_span(sentence)
        cues = self.cues.get(sentence.index, [])
        actors = self.actors[sentence.index]
        eventful = bool(self.kind_words.get(sentence.index)) or any(
            c.what & _EVENT_CUES for c in cues
        )
        represented = self._represented(actors, cues)
        for position, actor in enumerate(actors):
            if self._talked_about(actor, sentence, cues, eventful):
                continue
            role, link = self._role(event, position, actors, cues)
            stands_for = represented.get(position)
            if stands_for is not None and stands_for < 0:
                continue  # sent someone else
            acting = actors[stands_for] if stands_for is not None else actor
            event.parties[acting.org].append(span)
            if actor.person is None:
                continue
            known = event.roles.get(id(actor.person))
            if known is None or known[0] in ("", "attendee") and role or role == "signatory":
                accompanied = link if role == "accompanying" else None
                event.roles[id(actor.person)] = (role, accompanied, span, acting if stands_for is not None else actor)

    def _represented(self, actors: list[_Actor], cues: list[Cue]) -> dict[int, int]:
        """'X diwakili N': N acts for X (index of X); X itself, if a person, is not there (-1)."""
        found: dict[int, int] = {}
        for cue in cues:
            before = [k for k, a in enumerate(actors) if a.last <= cue.first]
            after = [k for k, a in enumerate(actors) if a.first >= cue.last]
            if not before or not after:
                continue
            if "represented-by" in cue.what:
                found[after[0]] = before[-1]
                found[before[-1]] = -1
            elif "represents" in cue.what and actors[before[-1]].person is not None:
                if actors[after[0]].person is not None or actors[after[0]].post is not None:
                    found[after[0]] = -1
                found[before[-1]] = after[0]
        return found

    def _talked_about(
        self, actor: _Actor, sentence: Sentence, cues: list[Cue], eventful: bool
    ) -> bool:
        """Only mentioned: a place, a topic, a source of law, an owner."""
        doc = self.doc
        before = doc.keys[actor.first - 1] if actor.first > sentence.first else ""
        if actor.person is not None and actor.post is None:
            return False
        if actor.post is None:
            if not eventful or before in ("unsur", "jajaran", "anggota"):
                return True
            if before in ("di", "ke", "dari", "wilayah", "warga", "masyarakat", "se", "milik", "setda", "apbd", "program", "lingkup", "lingkungan", "wilayah"):
                return not (before == "ke" and self._has(sentence, "guest-before")) and not (
                    before == "dari" and sentence.index < LEAD_SENTENCES + 4 and eventful
                )
            for j in range(actor.first - 1, max(sentence.first, actor.first - 5), -1):
                if doc.keys[j] in _PLACE_WORDS:
                    return True
                if not doc.capital[j]:
                    break
        last_cue = None
        for cue in cues:
            if cue.last <= actor.first:
                last_cue = cue
        if last_cue is not None and last_cue.what & _ATTRIBUTE_CUES and not last_cue.what & _EVENT_CUES:
            return actor.first - last_cue.last < 12
        if actor.person is None and actor.post is not None and not eventful:
            return True
        return False

    def _role(
        self, event: _Event, position: int, actors: list[_Actor], cues: list[Cue]
    ) -> tuple[str, str | None]:
        """The role the nearest cues give an actor, and whom it accompanies.

        What governs from the left ('didampingi A, B dan C') goes before what the group does.
        """
        actor = actors[position]
        governed = self._governing(position, actors, cues)
        if governed == "accompanying" and not self._fronted(position, actors, cues):
            return governed, self._leader(position, actors, cues)
        last = self._group_end(position, actors)
        following = actors[last + 1].first if last + 1 < len(actors) else actor.last + MAX_REACH_TOKENS
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
                        nxt = next((a.person for a in actors if a.first >= cue.last and a.person), None)
                        return role, nxt.text if nxt else None
                    return self._attending(event, role, cue), None
            if "accompanying-after" in cue.what:
                accompanied = True  # 'A didampingi B meresmikan': the verb is A's
            elif cue.what & {"host-after", "attendee-after"}:
                break
        if governed is not None:
            return governed, None
        return "", None

    def _fronted(self, position: int, actors: list[_Actor], cues: list[Cue]) -> bool:
        """'Didampingi A, B meninjau': the actor right before the verb is accompanied."""
        actor, first = actors[position], self.doc.sentence_of(actors[position].first).first
        begins = any("accompanying-after" in c.what and c.first <= first + 1 for c in cues)
        acts = any(
            c.first - actor.last in (0, 1) and c.what & _SUBJECT_CUES for c in cues
        )  # fmt: skip
        return begins and acts and position > 0 and self.doc.words[actor.first - 1] == ","

    def _governing(self, position: int, actors: list[_Actor], cues: list[Cue]) -> str | None:
        """The role that a verb before the actor gives to all of its list."""
        actor = actors[position]
        for cue in reversed(cues):
            if cue.last > actor.first or actor.first - cue.last > MAX_REACH_TOKENS:
                continue
            leading = self.doc.keys[cue.first] == "dipimpin" and cue.first and (
                self.doc.keys[cue.first - 1] == "yang"
            )
            if leading:
                continue  # 'rombongan yang dipimpin A': A is on the side of the delegation
            for role in _OBJECT_ROLES:
                if f"{role}-after" in cue.what:
                    return role
            if cue.what & _SUBJECT_CUES:
                return None
        return None

    def _leader(self, position: int, actors: list[_Actor], cues: list[Cue]) -> str | None:
        """Whom an accompanying actor accompanies: the last person before the cue."""
        actor = actors[position]
        cue = max((c for c in cues if "accompanying-after" in c.what and c.last <= actor.first),
                  key=lambda c: c.first)  # fmt: skip
        return next((a.person.text for a in reversed(actors) if a.last <= cue.first and a.person), None)

    def _group_end(self, position: int, actors: list[_Actor]) -> int:
        """The last actor of 'A, B dan C': they share their verb."""
        last = position
        while last + 1 < len(actors):
            between = range(actors[last].last, actors[last + 1].first)
            if len(between) > 4 or any(self.doc.keys[j] not in _JOINING for j in between):
                break
            last += 1
        return last

    def _attending(self, event: _Event, role: str, cue: Cue) -> str:
        """Who attends a meeting is a guest of its host, but in a working meeting one of all."""
        if role == "guest" and event.kind in ("rapat", "sosialisasi", "operasi"):
            hosted = any(
                self.doc.keys[w.first] in _HOSTED for words in self.kind_words.values() for w in words
            )
            return "guest" if hosted else "attendee"
        return role

    def _settle(self, event: _Event) -> None:
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
                heads = actor.post is not None and (actor.post.head or actor.post.title == "Perwakilan")
                if heads and actor.org not in sides and actor.org in order[:MAX_SIGNING_PARTIES]:
                    sides[actor.org] = "signatory"
        elif "host" not in sides.values() and order:
            # The body that the text names first holds what it reports.
            first = min(entries.values(), key=lambda e: (order.index(e[3].org) if e[3].org in order else 99, e[2].start), default=None)
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

    def _widen(self, event: _Event) -> None:
        """Fewer than two parties: every agency of the lead that is named with the event."""
        for sentence in self.doc.sentences[:LEAD_SENTENCES]:
            if self.kind_words.get(sentence.index):
                for actor in self.actors.get(sentence.index, ()):
                    event.parties[actor.org].append(self.doc.sentence_span(sentence))
        event.sentences = event.sentences or self.doc.sentences[:1]

    # -- what comes out ----------------------------------------------------------------------------

    def _meeting(self, event: _Event, main: bool) -> Meeting:
        sentences = event.sentences
        roles: dict[str, str] = {}
        participants: list[Participation] = []
        for person in self.persons:
            entry = event.roles.get(id(person))
            if entry is None:
                continue
            role, link, span, acting = entry
            own = person.organization
            org = acting.org if acting.org in event.parties else own
            holding = next((h for h in person.holdings if h.org == own and not h.former), None)
            participants.append(
                Participation(
                    person.text,
                    org,
                    role,
                    post=holding.title if holding else None,
                    accompanies=link if link != person.text else None,
                    represents=org if org != own else None,
                    spans=(span,),
                )
            )
            if org and role in ("host", "guest", "signatory"):
                roles.setdefault(org, role)
        parties = tuple(
            Party(org, roles.get(org), tuple(dict.fromkeys(spans)))
            for org, spans in event.parties.items()
        )
        place = find_place(self.doc, sentences[:DATE_SENTENCES], self.lex)
        topics = find_topics(self.doc, sentences if main else sentences[:1], self.cues)
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
            spans=self._event_spans(event),
        )

    def _event_spans(self, event: _Event) -> Spans:
        """The sentence that names the event, else the first that tells of it."""
        named = [
            s for s in event.sentences
            if any(w.kind == event.kind for w in self.kind_words.get(s.index, ()))
        ]  # fmt: skip
        return tuple(self.doc.sentence_span(s) for s in (named or event.sentences)[:1])


def _collective(org: Org) -> bool:
    """Bodies that are everybody ('TNI-Polri', 'OPD') or a place ('Desa X') unless a post acts."""
    if org.agency is not None:
        return org.agency.key in _TRUNKS and not org.tail
    kind = org.kind
    return kind is not None and (
        kind.scope in ("district", "village")
        or (kind.form == "collective" and kind.key != "forkopimda")
    )


_EVENT_CUES = frozenset(
    "host-before guest-before signatory-before accompanying-before attendee-before host-after "
    "guest-after signatory-after accompanying-after attendee-after speaker-after represented-by "
    "represents".split()
)
_SUBJECT_CUES = frozenset("host-before guest-before signatory-before speech speech-quote".split())
