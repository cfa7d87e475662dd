"""What kind of meeting an article tells of: by its words, else by what the lead has people do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise

from sinergi.graph.extraction.actors import Actor
from sinergi.graph.extraction.cues import GOING, MIN_NAMING_WEIGHT, SPEECH_CUES, Cue, KindWord
from sinergi.graph.extraction.days import tells
from sinergi.graph.extraction.text import Document, Sentence

# What a kind's word counts for by where it stands: the title and the lead name the event, the
# rest of the text mentions many.
TITLE_WEIGHT = 2.5
LEAD_WEIGHTS = (3.0, 1.5, 0.8)
BODY_WEIGHT = 0.25
# A sentence in which two bodies act tells of their meeting, rather than of one's work.
SHARED_WEIGHT = 1.3
# 'X menyambangi Y', 'kunjungan X ke Y': who goes to whom is what happens, whatever for.
SIDED_WEIGHT = 1.5
# 'kata X saat audiensi dengan Y': an event that a quotation comes from, wherever it stands.
SCENE_WEIGHT = 1.5
_WHILE = frozenset(("dalam", "ketika", "saat", "sela", "sewaktu"))
_LINKS = frozenset(("acara", "kegiatan", "membuka", "memimpin", "menerima", "menghadiri"))
# A dateline may be cut off from its sentence; it has no more tokens.
MIN_TOLD_TOKENS = 5
_SIDES = frozenset(("guest-before", "host-after"))
# What a visit or a signing is for, and what someone says or wishes, is no event of its own.
PURPOSE_WEIGHT = 0.3
_PURPOSES = frozenset(("guna", "perihal", "rangka", "sekaligus", "terkait", "untuk"))
# What goes before or after the event.
MAX_PURPOSE_TOKENS = 2
_AROUND = frozenset(("diawali", "didahului", "geladi", "gladi", "sedang"))
# 'bukan dari dana CSR': what it is not.
MAX_DENIAL_TOKENS = 7
_NOT = frozenset(("bukan", "bukanlah"))
_ONLY = frozenset(("cuma", "hanya", "saja", "sebatas", "sekadar", "sekedar"))
_WISHES = frozenset(
    (
        "ajak",
        "berharap",
        "dorong",
        "dukung",
        "harap",
        "harapkan",
        "imbau",
        "ingatkan",
        "ingin",
        "janji",
        "janjikan",
        "meminta",
        "mengajak",
        "mengimbau",
        "minta",
        "pastikan",
        "persilahkan",
        "persilakan",
        "siap",
        "tegaskan",
        "usul",
        "usulkan",
    )
)
# Below this an article tells of no meeting, whatever agencies it names.
MIN_EVENT_SCORE = 0.5
# The lead: where the main event is told. Later sentences may tell others.
LEAD_SENTENCES = 4
# The first sentences tell no other event than the main one.
OWN_SENTENCES = 2
# 'X bekerja sama dengan Y melaksanakan': words for doing something with another ...
_TOGETHER = frozenset(("bekerja", "bekerjasama", "bersinergi", "gandeng", "menggandeng"))
_BESIDE = frozenset(("bersama", "dan", "serta"))
# ... and for holding it, right after the other's name, of which no more may be unread.
_HOLDING = frozenset(
    ("gelar", "melaksanakan", "melakukan", "mengadakan", "menggelar", "menyelenggarakan")
)
MAX_JOINT_TOKENS = 12
# Someone receives someone, ...
_RECEIVING = frozenset(("dijamu", "diterima", "menerima", "menjamu", "terima"))
# ... or welcomes them, ...
_WELCOMING = frozenset(("disambut", "kedatangan", "menyambut", "sambut"))
_GLADLY = frozenset(("baik", "gembira", "positif"))
# What who is welcomed comes to see or to attend, unless its word is a heavier one.
_SEEN = frozenset(("operasi", "upacara"))
MAX_SEEN_WEIGHT = 1.3
# 'diserahkan A dan diterima B': things.
HANDOVER_SENTENCES = 6
_HANDED = frozenset(("diserahkan", "menyerahkan"))
# 'menerima sembako dari X', but 'menerima rombongan dari X'.
MAX_THING_TOKENS = 4
_FROM = frozenset(("dari",))
_PEOPLE = frozenset(
    ("audiensi", "kedatangan", "kunjungan", "perwakilan", "rombongan", "silaturahmi", "tamu", "tim")
)
# ... or comes to what another holds: 'X menghadiri tradisi Y yang digelar Z'.
_ATTENDING = frozenset(("hadir", "hadiri", "memenuhi", "menghadiri"))


class KindReader:
    """Reads the kind of one document's main event; actors, cues and words by sentence."""

    def __init__(
        self,
        doc: Document,
        actors: Mapping[int, Sequence[Actor]],
        cues: Mapping[int, Sequence[Cue]],
        kind_words: Mapping[int, Sequence[KindWord]],
        heading: Document,
        title: Sequence[KindWord],
    ) -> None:
        """`title` are the words for kinds in `heading`, the article's title."""
        self.doc, self.actors, self.cues = doc, actors, cues
        self.kind_words, self.heading, self.title = kind_words, heading, title

    def read(self, begin: int) -> str | None:
        """The kind of the event that begins in sentence `begin`: that whose words weigh most.

        A reception without a word for it is an audiensi, a welcome is that of a visit.
        """
        lead = [s for s in self.doc.sentences[begin:] if s.last - s.first >= MIN_TOLD_TOKENS]
        lead = lead[:LEAD_SENTENCES]
        sided = [
            s for s in lead
            if tells(self.doc, self.cues, s, "host-before", "host-after")
            and tells(self.doc, self.cues, s, "guest-after", "guest-before")
        ]  # fmt: skip
        welcomed = any(self._cued(s, _WELCOMING) for s in sided)
        scores = self._scores(begin)
        if scores and max(scores.values()) >= MIN_EVENT_SCORE:
            best = max(sorted(scores), key=lambda kind: scores[kind])
            weak = best in _SEEN and self._heaviest(begin, best) <= MAX_SEEN_WEIGHT
            return "kunjungan" if welcomed and weak else best
        if welcomed:
            return "kunjungan"
        received = [s for s in sided if self._cued(s, _RECEIVING)]
        if received:
            things = self._handed(received[0]) or self._given(received[0])
            return "upacara" if things else "audiensi"
        if any(map(self._handed, self.doc.sentences[begin : begin + HANDOVER_SENTENCES])):
            return "upacara"
        told = lead[:OWN_SENTENCES]
        several = len({a.org for s in lead for a in self.actors.get(s.index, ())}) > 1
        attended = several and any(
            self.actors.get(s.index) and self._cued(s, _ATTENDING) for s in told
        )
        return "lainnya" if attended or any(map(self._joint, told)) else None

    def _heaviest(self, begin: int, kind: str) -> float:
        """The weight of the heaviest word for a kind, in the title or the lead."""
        words = [w for i, ws in self.kind_words.items() if i < begin + LEAD_SENTENCES for w in ws]
        return max((w.weight for w in (*words, *self.title) if w.kind == kind), default=0)

    def _handed(self, sentence: Sentence) -> bool:
        """'laporan diserahkan A dan diterima B': two bodies, and something between them."""
        words = self.kind_words.get(sentence.index, ())
        several = len({actor.org for actor in self.actors.get(sentence.index, ())}) > 1
        given = any(self.doc.keys[word.first] in _HANDED for word in words)
        return several and given and self._cued(sentence, _RECEIVING)

    def _given(self, sentence: Sentence) -> bool:
        """'36 keluarga menerima sembako dari X': what is received are things."""
        doc = self.doc
        return any(
            doc.keys[cue.first] in _RECEIVING
            and cue.last + 1 < sentence.last
            and not doc.capital[cue.last]
            and doc.find(cue.last + 1, min(cue.last + MAX_THING_TOKENS, sentence.last), _FROM) >= 0
            and doc.keys[cue.last] not in _PEOPLE
            for cue in self.cues.get(sentence.index, ())
        )

    def _cued(self, sentence: Sentence, keys: frozenset[str]) -> bool:
        """Whether a cue of the sentence, outside quotations, begins with one of `keys`.

        'menyambut baik' welcomes nobody.
        """
        return any(
            self.doc.keys[cue.first] in keys
            and not self.doc.quoted[cue.first]
            and self.doc.find(cue.last, min(cue.last + 1, sentence.last), _GLADLY) < 0
            for cue in self.cues.get(sentence.index, ())
        )

    def _joint(self, sentence: Sentence) -> bool:
        """'X bekerja sama dengan Y melaksanakan kegiatan Z': whatever it is, two do it."""
        actors, keys = self.actors.get(sentence.index, ()), self.doc.keys
        for one, other in pairwise(actors):
            together = any(
                one.last <= cue.first < other.first and keys[cue.first] in _TOGETHER
                for cue in self.cues.get(sentence.index, ())
            )
            between = keys[one.last : other.first]
            together = together or (0 < len(between) <= 2 and between[-1] in _BESIDE)
            if together and one.org != other.org and not self.doc.quoted[one.first]:
                limit = min(other.last + MAX_JOINT_TOKENS, sentence.last)
                verb = next(
                    (
                        j
                        for j in range(other.last, limit)
                        if self.doc.is_word[j] and not self.doc.capital[j] and keys[j] != "dan"
                    ),
                    limit,
                )
                if verb < limit and keys[verb] in _HOLDING:
                    return True
        return False

    def _scores(self, begin: int) -> dict[str, float]:
        scores: dict[str, float] = defaultdict(float)
        if not begin:
            for word in self.title:
                weight = TITLE_WEIGHT * word.weight
                wished = self.heading.find(0, word.first, _WISHES) >= 0
                scores[word.kind] += weight * (PURPOSE_WEIGHT if wished else 1)
        scene = self._scene(begin)
        places = dict(zip(self._telling(begin), LEAD_WEIGHTS, strict=False))
        for index, words in self.kind_words.items():
            if index < begin:
                continue
            place = places.get(index, BODY_WEIGHT)
            if index == scene:
                place = max(place, SCENE_WEIGHT)
            if len({actor.org for actor in self.actors.get(index, ())}) >= 2:
                place *= SHARED_WEIGHT
            told: dict[str, float] = {}
            for word in words:
                weight = word.weight * self._bearing(word, words)
                if self._sided(index, word):
                    weight *= SIDED_WEIGHT
                told[word.kind] = max(told.get(word.kind, 0.0), weight)
            for kind, weight in told.items():
                scores[kind] += place * weight
        return scores

    def _sided(self, index: int, word: KindWord) -> bool:
        """Whether a word tells who goes to whom: 'X menyambangi Y'."""
        actors = self.actors.get(index, ())
        return word.weight >= MIN_NAMING_WEIGHT and any(
            c.first == word.first
            and c.what >= _SIDES
            and any(a.last <= c.first for a in actors)
            and any(a.first >= c.last for a in actors)
            for c in self.cues.get(index, ())
        )

    def _telling(self, begin: int) -> list[int]:
        """The first sentences, by their index: a dateline alone is none."""
        return [
            s.index for s in self.doc.sentences[begin : begin + LEAD_SENTENCES]
            if self.kind_words.get(s.index) or s.last - s.first >= MIN_TOLD_TOKENS
        ][: len(LEAD_WEIGHTS)]  # fmt: skip

    def _scene(self, begin: int) -> int | None:
        """'..., kata X saat audiensi dengan Y': where what is said first was said."""
        for index, words in sorted(self.kind_words.items()):
            cues = self.cues.get(index, ())
            several = len({actor.org for actor in self.actors.get(index, ())}) >= 2
            if index < begin or not several or not any(c.what & SPEECH_CUES for c in cues):
                continue
            for word in words:
                before = word.first - 1 - (self.doc.keys[word.first - 1] in _LINKS)
                if before >= 0 and self.doc.keys[before] in _WHILE:
                    return index
        return None

    def _bearing(self, word: KindWord, words: Sequence[KindWord]) -> float:
        """How much a word tells of what happens, rather than what it is for or comes before it."""
        doc = self.doc
        first = doc.sentence_of(word.first).first
        if doc.find(max(first, word.first - MAX_PURPOSE_TOKENS), word.first, _AROUND) >= 0:
            return PURPOSE_WEIGHT
        denied = doc.find(max(first, word.first - MAX_DENIAL_TOKENS), word.first, _NOT)
        if denied >= 0 and doc.keys[denied + 1] not in _ONLY:
            return 0
        if word.kind in GOING:
            return 1
        going = next((w for w in words if w.kind in GOING and w.last <= word.first), None)
        if going is None or going.weight < MIN_NAMING_WEIGHT:
            return 1
        return PURPOSE_WEIGHT if doc.find(going.last, word.first, _PURPOSES) >= 0 else 1
