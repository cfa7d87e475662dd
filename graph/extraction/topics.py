"""What a meeting was about, in the text's own words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from sinergi.graph.extraction.cues import Cue
from sinergi.graph.extraction.text import Document, Sentence
from sinergi.graph.model import Span, Topic
from sinergi.graph.registry.language import WordSets

MAX_TOPICS = 4
# A longer phrase is a clause, not a topic.
MAX_TOPIC_WORDS = 10
# 'membahas hal penting' tells nothing; one word must at least be a name of something.
MIN_TOPIC_WORDS = 2

_DISCUSSED = frozenset(("membahas", "dibahas", "bahas", "membicarakan"))
# Words that open a phrase and say nothing of its subject.
_LEADING = re.compile(
    r"^(?:berbagai|beberapa|sejumlah|hal|hal-hal|penting|di antaranya|diantaranya|mengenai|tentang|"
    r"antara lain|adanya|masalah|kegiatan|upaya|yakni|yaitu|para|bagaimana|dalam rangka|terkait|"
    r"perihal|hal itu|lain|lainnya|untuk|me\w{4,})\s+",
    re.IGNORECASE,
)


def find_topics(
    doc: Document,
    sentences: Iterable[Sentence],
    cues: Mapping[int, list[Cue]],
    words: WordSets,
    taken: frozenset[str],
) -> tuple[Topic, ...]:
    """Short noun phrases after words such as 'membahas' and 'terkait', at most MAX_TOPICS.

    What is said to be discussed comes before what is only mentioned; `taken` are names in lower
    case (of agencies, persons) that are no topics.
    """
    found = [
        cue
        for sentence in sentences
        for cue in cues.get(sentence.index, ())
        if "topic" in cue.what and not doc.quoted[cue.first]
    ]
    found.sort(key=lambda cue: doc.keys[cue.first] not in _DISCUSSED)
    topics: dict[str, Topic] = {}
    for cue in found:
        for span in _phrases(doc, cue.last, doc.sentence_of(cue.first).last, words):
            label = " ".join(span.quote.split())
            key = label.casefold()
            short = len(label.split()) < MIN_TOPIC_WORDS and not label[0].isupper()
            if not short and key not in taken:
                topics.setdefault(key, Topic(label, (span,)))
    return tuple(topics.values())[:MAX_TOPICS]


def _phrases(doc: Document, first: int, limit: int, words: WordSets) -> Iterator[Span]:
    """The phrase that begins at a token and, after commas, the ones listed with it."""
    i = first
    while i < limit:
        if doc.words[i] in ':"' and i == first:
            i = first = i + 1
            continue
        j = i
        while j < limit and (doc.is_word[j] or doc.words[j] in "/'&"):
            if j > i and doc.keys[j] in words.topic_ends:
                break
            j += 1
        if not 0 < j - i <= MAX_TOPIC_WORDS:
            return
        start, end = doc.starts[i], doc.ends[j - 1]
        while match := _LEADING.match(doc.norm[start:end]):
            start += match.end()
        if start < end and doc.norm[start].isalpha():
            yield doc.cut(start, end)
        # The rest of the clause is no topic; a list goes on after its comma or 'serta'.
        while j < limit and doc.words[j] not in ",.;" and doc.keys[j] != "serta":
            j += 1
        if j >= limit or doc.words[j] in ".;":
            return
        i = j + 1
        while i < limit and doc.keys[i] in ("dan", "serta", "hingga", "mengenai", "juga"):
            i += 1
        if i >= limit or doc.keys[i] in words.topic_ends or doc.capital[i]:
            return
