"""Which of the days that an article names is that of its meeting."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence

from sinergi.graph.extraction.cues import Cue, KindWord
from sinergi.graph.extraction.dates import DateMention
from sinergi.graph.extraction.text import Document, Sentence

# The reporter's form of the day of the event stands early.
DATE_SENTENCES = 8
# A sentence of no more tokens is a day that a full stop has parted from its sentence.
MAX_DAY_TOKENS = 10
# 'Kegiatan itu digelar Senin (3/2)': a meeting without a word for its kind.
_HELD = frozenset(
    ("dilaksanakan", "digelar", "dihelat", "diselenggarakan", "berlangsung", "diadakan")
)
# 'pemilihan yang digelar di X, Rabu (9/12)': so far before its day stands what was held,
MAX_CLAUSE_TOKENS = 8
# and so far before 'yang' at most the noun; active verbs begin with 'me-', shorter words with it
# are mostly something else.
MAX_HEAD_TOKENS = 8
MIN_VERB_LETTERS = 7
_WHEN = frozenset(("akan", "bakal", "telah", "sudah"))
# Much is done for them, and their day is not the day of that.
_ELECTIONS = frozenset(
    ("pemilihan", "pemilu", "pilbup", "pilgub", "pilkada", "pilkades", "pilpres", "pilwalkot")
)
# What others wrote or said on that day: 'dikutip Selasa (2/4)'.
_CITED = frozenset(("dikutip", "dilansir"))
MAX_CITED_TOKENS = 3
# 'saat ditemui Koran X, Senin (14/11)': the day of what someone says of a later one.
_ASKED = frozenset(("dihubungi", "dikonfirmasi", "ditemui", "diwawancarai"))
MAX_ASKED_TOKENS = 8
# 'rencana kunjungan yang akan digelar Kamis (24/4)'.
_AHEAD_OF = frozenset(("jelang", "menghadapi", "menjelang", "menyikapi", "persiapan", "rencana"))
# Who comes, receives or signs in a sentence tells an event there, without a word for its kind.
_MEETS = ("guest-before", "guest-after", "signatory-before", "signatory-after")
_AHEAD = frozenset(("besok", "depan", "mendatang", "nanti"))
# When something was that a sentence tells of as past.
_LONG_AGO = frozenset(("lalu", "silam"))
# Where an event that goes on for days ends.
_UNTIL = frozenset(("hingga", "sampai", "s/d"))


class Days:
    """The days of one document, and where they stand."""

    def __init__(
        self,
        doc: Document,
        dates: Sequence[DateMention],
        cues: Mapping[int, Sequence[Cue]],
        kind_words: Mapping[int, Sequence[KindWord]],
    ) -> None:
        """`cues` and `kind_words` are those of each sentence, by its index."""
        self.doc, self.dates, self.cues, self.kind_words = doc, dates, cues, kind_words

    def main(self, begin: int, ahead: bool = False) -> DateMention | None:
        """The day of the event that begins in sentence `begin`: a weekday with a date is best.

        `ahead` if the lead plans it.
        """
        early = [
            d for d in self.dates
            if begin <= self.sentence(d).index < DATE_SENTENCES and not self.quoted(d)
        ]  # fmt: skip
        early = [d for d in early if not self._slip(d)] or early
        early = [d for d in early if not self._cited(d)]
        early = [d for d in early if not self._past_or_planned(d, ahead)] or early
        early = [d for d in early if not self._of_other(d)]
        early = [d for d in early if not self.asked(d, early)]
        early = [d for d in early if self._dated(self.sentence(d))] or early
        early = [d for d in early if not self._of_speech(d)] or early
        for wanted in (
            lambda d: d.weekday and d.slashed,
            lambda d: d.weekday,
            lambda d: d.slashed,
            lambda d: not d.relative,
            lambda d: True,
        ):
            hit = next((d for d in early if wanted(d)), None)
            if hit is not None:
                return self._within(hit, early) or hit
        return None

    def _within(self, mention: DateMention, early: Sequence[DateMention]) -> DateMention | None:
        """'Selasa (3/2) hingga Kamis (5/2) ... Rabu (4/2)': the one day told within a range."""
        position = self.dates.index(mention)
        last = next(iter(self.dates[position + 1 : position + 2]), None)
        if last is None or not mention.day or not last.day:
            return None
        between = range(self._end(mention), self.token(last))
        if not between or self.doc.keys[between[0]] not in _UNTIL:
            return None
        inside = (d for d in early if d.day and mention.day < d.day < last.day and d.weekday)
        return next(inside, None)

    def _end(self, mention: DateMention) -> int:
        """The token after a day."""
        return min(bisect_left(self.doc.starts, mention.end), len(self.doc) - 1)

    def _cited(self, mention: DateMention) -> bool:
        token = self.token(mention)
        first = max(self.sentence(mention).first, token - MAX_CITED_TOKENS)
        return self.doc.find(first, token, _CITED) >= 0

    def asked(self, mention: DateMention, early: Sequence[DateMention]) -> bool:
        """Whether it is the day of an interview about one of `early` that lies ahead."""
        if not any(d.day and mention.day and d.day > mention.day for d in early):
            return False
        token = self.token(mention)
        first = max(self.sentence(mention).first, token - MAX_ASKED_TOKENS)
        return self.doc.find(first, token, _ASKED) >= 0

    def _of_other(self, mention: DateMention) -> bool:
        """'persiapan pemilihan yang digelar Rabu (9/12)', 'longsor yang terjadi Senin (3/2)': not
        the day of who prepares for it or comes after it."""
        token, doc, sentence = self.token(mention), self.doc, self.sentence(mention)
        took = next(
            (
                j
                for j in range(token - 1, max(sentence.first, token - MAX_CLAUSE_TOKENS), -1)
                if doc.keys[j] in _HELD or doc.keys[j] == "terjadi"
            ),
            sentence.first,
        )
        which = took - 1 - (doc.keys[took - 1] in _WHEN)
        if which <= sentence.first or doc.keys[which] != "yang":
            return False
        noun = which
        while noun > sentence.first and which - noun < MAX_HEAD_TOKENS and not self._verb(noun - 1):
            noun -= 1
        other = doc.keys[took] == "terjadi" or doc.find(noun, which, _ELECTIONS) >= 0
        coming = doc.keys[took - 1] in ("akan", "bakal")
        if coming and doc.find(max(sentence.first, noun - 1), which, _AHEAD_OF) >= 0:
            return True
        words = self.kind_words.get(sentence.index, ())
        return other and not any(noun <= word.first < which for word in words)

    def _verb(self, j: int) -> bool:
        """Whether token j can be no part of a noun's phrase: 'melihat persiapan pemilihan'."""
        key = self.doc.keys[j]
        active = key.startswith("me") and len(key) >= MIN_VERB_LETTERS and not self.doc.capital[j]
        return active or key in ("ini", "itu", "tentang", "tersebut")

    def _slip(self, mention: DateMention) -> bool:
        """A day that has another weekday than is written, and lies behind the article's own."""
        day, published = mention.day, self.doc.article.published
        return bool(mention.conflict and day and published and day.isoformat() > published)

    def before(self, sentence: Sentence) -> bool:
        """'Sebelumnya telah dilakukan pengumpulan dana oleh X beberapa waktu lalu'."""
        begins = self.doc.keys[sentence.first] == "sebelumnya"
        return begins and self.doc.find(sentence.first, sentence.last, _LONG_AGO) >= 0

    def token(self, mention: DateMention) -> int:
        """The token with which a day begins."""
        return min(bisect_right(self.doc.ends, mention.start), len(self.doc) - 1)

    def ahead(self, mention: DateMention) -> bool:
        """'Kamis (21/11) besok': a day that the text itself calls one to come."""
        end = self._end(mention)
        return self.doc.find(end, min(end + 1, len(self.doc)), _AHEAD) >= 0

    def sentence(self, mention: DateMention) -> Sentence:
        return self.doc.sentence_of(self.token(mention))

    def quoted(self, mention: DateMention) -> bool:
        return self.doc.quoted[self.token(mention)]

    def _dated(self, sentence: Sentence) -> bool:
        """Whether a day told here is an event's, not that of a call or a decree."""
        if self.kind_words.get(sentence.index):
            return True
        if sentence.index and sentence.last - sentence.first <= MAX_DAY_TOKENS:
            return True  # '... di Aula X. Selasa (29/10).': the day of what was just told
        if self.doc.find(sentence.first, sentence.last, _HELD) >= 0:
            return True
        return tells(self.doc, self.cues, sentence, *_MEETS)

    def _of_speech(self, mention: DateMention) -> bool:
        """'X, Jumat (21/10), mengatakan': the day of what he says."""
        doc, j = self.doc, self.token(mention)
        while j < len(doc) and (doc.starts[j] < mention.end or doc.words[j] == ","):
            j += 1
        cues = self.cues.get(doc.sentence_of(j - 1).index, ())
        return any(cue.first == j and "speech" in cue.what for cue in cues)

    def _past_or_planned(self, mention: DateMention, ahead: bool) -> bool:
        sentence, other = self.sentence(mention), ("past",) if ahead else ("planned", "past")
        return sentence.index >= 2 and tells(self.doc, self.cues, sentence, *other)


def tells(doc: Document, cues: Mapping[int, Sequence[Cue]], sentence: Sentence, *what: str) -> bool:
    """Whether a cue of the sentence, outside quotations, says one of `what`."""
    return any(
        cue.what.intersection(what) and not doc.quoted[cue.first]
        for cue in cues.get(sentence.index, ())
    )
