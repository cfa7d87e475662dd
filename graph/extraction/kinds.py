"""What kind of meeting an article tells of: by its words, else by what the lead has people do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise

from sinergi.graph.extraction.actors import Actor
from sinergi.graph.extraction.cues import Cue, KindWord
from sinergi.graph.extraction.days import tells
from sinergi.graph.extraction.text import Document, Sentence

# What a kind's word counts for by where it stands: the title and the lead name the event, the
# rest of the text mentions many.
TITLE_WEIGHT = 2.5
LEAD_WEIGHTS = (3.0, 1.5, 0.8)
BODY_WEIGHT = 0.25
# A sentence in which two bodies act tells of their meeting, rather than of one's work.
SHARED_WEIGHT = 1.3
# Below this an article tells of no meeting, whatever agencies it names.
MIN_EVENT_SCORE = 0.5
# The lead: where the main event is told. Later sentences may tell others.
LEAD_SENTENCES = 4
# The first sentences tell no other event than the main one.
OWN_SENTENCES = 2
# 'X bekerja sama dengan Y melaksanakan': words for doing something with another ...
_TOGETHER = frozenset(("bekerja", "bekerjasama", "bersinergi", "gandeng", "menggandeng"))
# ... and for holding it, right after the other's name, of which no more may be unread.
_HOLDING = frozenset(
    ("gelar", "melaksanakan", "melakukan", "mengadakan", "menggelar", "menyelenggarakan")
)
MAX_JOINT_TOKENS = 12
# Someone receives someone, ...
_RECEIVING = frozenset(
    (
        "dijamu",
        "disambut",
        "diterima",
        "kedatangan",
        "menerima",
        "menjamu",
        "menyambut",
        "sambut",
        "terima",
    )
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
        title: Sequence[KindWord],
    ) -> None:
        """`title` are the words for kinds in the article's title."""
        self.doc, self.actors, self.cues = doc, actors, cues
        self.kind_words, self.title = kind_words, title

    def read(self, begin: int) -> str | None:
        """The kind of the event that begins in sentence `begin`: that whose words weigh most.

        A reception without a word for it is an audiensi.
        """
        scores = self._scores(begin)
        if scores and max(scores.values()) >= MIN_EVENT_SCORE:
            return max(sorted(scores), key=lambda kind: scores[kind])
        lead = self.doc.sentences[begin : begin + LEAD_SENTENCES]
        sided = [
            s for s in lead
            if tells(self.doc, self.cues, s, "host-before", "host-after")
            and tells(self.doc, self.cues, s, "guest-after", "guest-before")
        ]  # fmt: skip
        if any(self._cued(s, _RECEIVING) for s in sided):
            return "audiensi"
        told = lead[:OWN_SENTENCES]
        several = len({a.org for s in lead for a in self.actors.get(s.index, ())}) > 1
        attended = several and any(
            self.actors.get(s.index) and self._cued(s, _ATTENDING) for s in told
        )
        return "lainnya" if attended or any(map(self._joint, told)) else None

    def _cued(self, sentence: Sentence, keys: frozenset[str]) -> bool:
        """Whether a cue of the sentence, outside quotations, begins with one of `keys`."""
        return any(
            self.doc.keys[cue.first] in keys and not self.doc.quoted[cue.first]
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
                scores[word.kind] += TITLE_WEIGHT * word.weight
        for index, words in self.kind_words.items():
            if index < begin:
                continue
            place = dict(enumerate(LEAD_WEIGHTS, begin)).get(index, BODY_WEIGHT)
            if len({actor.org for actor in self.actors.get(index, ())}) >= 2:
                place *= SHARED_WEIGHT
            for word in words:
                scores[word.kind] += place * word.weight
        return scores
