"""Which of the days that an article names is that of its meeting."""

from __future__ import annotations

from bisect import bisect_right
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

    def main(self, begin: int) -> DateMention | None:
        """The day of the event that begins in sentence `begin`: a weekday with a date is best."""
        early = [
            d for d in self.dates
            if begin <= self.sentence(d).index < DATE_SENTENCES and not self.quoted(d)
        ]  # fmt: skip
        early = [d for d in early if not self._slip(d)] or early
        early = [d for d in early if not self._past_or_planned(d)] or early
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
                return hit
        return None

    def _slip(self, mention: DateMention) -> bool:
        """A day that has another weekday than is written, and lies behind the article's own."""
        day, published = mention.day, self.doc.article.published
        return bool(mention.conflict and day and published and day.isoformat() > published)

    def token(self, mention: DateMention) -> int:
        """The token with which a day begins."""
        return min(bisect_right(self.doc.ends, mention.start), len(self.doc) - 1)

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
        return self.doc.find(sentence.first, sentence.last, _HELD) >= 0

    def _of_speech(self, mention: DateMention) -> bool:
        """'X, Jumat (21/10), mengatakan': the day of what he says."""
        doc, j = self.doc, self.token(mention)
        while j < len(doc) and (doc.starts[j] < mention.end or doc.words[j] == ","):
            j += 1
        cues = self.cues.get(doc.sentence_of(j - 1).index, ())
        return any(cue.first == j and "speech" in cue.what for cue in cues)

    def _past_or_planned(self, mention: DateMention) -> bool:
        sentence = self.sentence(mention)
        return sentence.index >= 2 and tells(self.doc, self.cues, sentence, "planned", "past")


def tells(doc: Document, cues: Mapping[int, Sequence[Cue]], sentence: Sentence, *what: str) -> bool:
    """Whether a cue of the sentence, outside quotations, says one of `what`."""
    return any(
        cue.what.intersection(what) and not doc.quoted[cue.first]
        for cue in cues.get(sentence.index, ())
    )
