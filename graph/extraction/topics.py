"""What a meeting was about, in the text's own words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from sinergi.graph.extraction.cues import MIN_NAMING_WEIGHT, Cue, KindWord
from sinergi.graph.extraction.lexicon import Lexicon
from sinergi.graph.extraction.text import Document, Sentence
from sinergi.graph.model import Span, Topic
from sinergi.graph.registry.language import WordSets

MAX_TOPICS = 4
# A longer phrase is a clause, not a topic.
MAX_TOPIC_WORDS = 10
# A theme in quotation marks may be longer.
MAX_THEME_TOKENS = 18
# 'membahas hal penting' tells nothing; one word must at least be a name of something.
MIN_TOPIC_WORDS = 2
# An event's own name has at least this many words behind the word for its kind.
MIN_NAME_TOKENS = 2

# After these follows what was spoken of, wherever they stand.
_DISCUSSED = frozenset(
    ("membahas", "dibahas", "bahas", "membicarakan", "bertema", "bertemakan", "bertajuk", "tema")
)
# What is about something, besides words for meetings: 'materi tentang X', 'kerja sama di bidang Y'.
_ABOUT = frozenset(
    (
        "dialog",
        "diskusi",
        "kerjasama",
        "kesepakatan",
        "koordinasi",
        "langkah",
        "materi",
        "memorandum",
        "mou",
        "paparan",
        "pemaparan",
        "pembahasan",
        "perjanjian",
        "persepsi",
        "pks",
    )
)
# 'rapat koordinasi persiapan X terkait Y': the meeting, or what was agreed, stands this near.
MAX_HEAD_TOKENS = 8
# Words that open a phrase and say nothing of its subject.
_LEADING = re.compile(
    r"^(?:berbagai|beberapa|sejumlah|hal|hal-hal|penting|pentingnya|di antaranya|diantaranya|"
    r"mengenai|tentang|antara lain|adanya|masalah|kegiatan|upaya|yakni|yaitu|para|bagaimana|"
    r"dalam rangka|terkait|perihal|hal itu|lain|lainnya|untuk|dan|dengan|khususnya|termasuk|utama|"
    r"seputar|rencana|dalam|antara|me\w{4,})\s+",
    re.IGNORECASE,
)
# Verbs and pronouns are of a clause: 'pihaknya kembali mengadakan rapat', 'yang dihadiri X'.
_CLAUSE = re.compile(
    r"\b(?:pihaknya|kami|kita|saya|mereka|ia|dia|harus|bukan|tidak|belum|ter(?:lihat|sebut)|"
    r"di(?!gital|nas|sabil|sipl|stribu|rekto|fabel|skusi|alog|klat|ni\b|ri\b|aspora|ploma|sinfek)"
    r"[a-z]{4,}|mem?[a-z]{2,}kan|maka|ada|agar|sehingga|salah satunya|jelang)\b"
)
# What ends a phrase though no comma does: 'persiapan Natal yaitu', 'X dan memperkuat Y'.
_REST = re.compile(
    r"\s+(?:(?:dan|serta|hingga)\s+(?:me[a-z]{5,}|ber[a-z]{4,}|$)|yaitu|yakni|saja|baik|menuju|dan$)"
    r"(?:\b.*)?$"
)
# What comes next is missing: 'Seminar Hari Anak Nasional Kabupaten'.
_BROKEN = re.compile(
    r"\b(?:hari|jelang|ke|kabupaten|kota|kecamatan|provinsi|tingkat|tahun|bupati|di|se)$",
    re.IGNORECASE,
)
# A rule is what a meeting goes by, a visit what it is, not what it is about.
_RULE = re.compile(
    r"(?:keputusan|peraturan|pasal|undang-undang|uu|surat|perda|pt|cv|pihak|pada|lebih|oleh|"
    r"alias|kunjungan kerja|"
    r"(?:agenda|rangkaian) kunjungan|penandatanganan)\b|..?.?$",
    re.IGNORECASE,
)


def find_topics(
    doc: Document,
    sentences: Iterable[Sentence],
    cues: Mapping[int, list[Cue]],
    kind_words: Mapping[int, list[KindWord]],
    lexicon: Lexicon,
    taken: frozenset[str],
) -> tuple[Topic, ...]:
    """Short noun phrases after words such as 'membahas' and 'terkait', at most MAX_TOPICS.

    What is said to be discussed comes first, then what the event is called, then what is only
    mentioned; `taken` are names in lower case (of agencies, persons) that are no topics.
    """
    sentences = list(sentences)
    found = [
        cue
        for sentence in sentences
        for cue in cues.get(sentence.index, ())
        if "topic" in cue.what and not doc.quoted[cue.first]
    ]
    discussed = [
        cue for cue in found if not _DISCUSSED.isdisjoint(doc.keys[cue.first : cue.last])
    ]  # fmt: skip
    others = [cue for cue in found if cue not in discussed and _of_meeting(doc, cue, kind_words)]
    spans = chain(
        (span for cue in discussed for span in _phrases(doc, cue, lexicon.words)),
        (span for s in sentences for span in _names(doc, s, kind_words.get(s.index, ()), lexicon)),
        (span for cue in others for span in _phrases(doc, cue, lexicon.words)),
    )
    topics: dict[str, Topic] = {}
    for span in spans:
        label = " ".join(span.quote.split())
        key = label.casefold()
        short = len(label.split()) < MIN_TOPIC_WORDS and not label[0].isupper()
        if not (
            short
            or key in taken
            or _CLAUSE.search(label)
            or _RULE.match(label)
            or _BROKEN.search(label)
        ):
            topics.setdefault(key, Topic(label, (span,)))
            if len(topics) == MAX_TOPICS:
                break
    return tuple(topics.values())


def _of_meeting(doc: Document, cue: Cue, kind_words: Mapping[int, list[KindWord]]) -> bool:
    """Whether a cue is about the meeting: 'rapat terkait X', not 'keluhan warga terkait X'."""
    sentence = doc.sentence_of(cue.first)
    named = {word.last for word in kind_words.get(sentence.index, ())}
    parted = False
    for i in range(cue.first - 1, max(sentence.first, cue.first - MAX_HEAD_TOKENS) - 1, -1):
        parted = parted or doc.words[i] in ",;:"
        if doc.keys[i] in _DISCUSSED:
            return True  # 'membahas banyak hal, di antaranya mengenai X'
        if not parted and (doc.keys[i] in _ABOUT or i + 1 in named):
            return True
    return False


def _names(
    doc: Document, sentence: Sentence, named: Sequence[KindWord], lexicon: Lexicon
) -> Iterator[Span]:
    """What an event is called, from the word for its kind on: 'Rapat Koordinasi Desk Pemilu'."""
    for word in named:
        before = doc.keys[word.first - 1] if word.first > sentence.first else ""
        verb = lexicon.cues.at(doc, word.first)  # 'Tinjau X' heads a line and names nothing
        if before in lexicon.words.venue_marks or not doc.capital[word.first] or verb:
            continue
        j = word.last
        while j < sentence.last and (
            doc.words[j].isdigit()
            or (
                doc.capital[j]
                and not lexicon.starts_body(doc, j)
                and not lexicon.meeting_words.at(doc, j)
            )
            or (j > word.last and doc.keys[j] == "dan")
        ):
            j += 1
        while j > word.last and doc.keys[j - 1] == "dan":
            j -= 1
        named_well = word.weight >= MIN_NAMING_WEIGHT and not doc.quoted[word.first]
        if named_well and j - word.last >= MIN_NAME_TOKENS:
            yield doc.span(word.first, j)


def _phrases(doc: Document, cue: Cue, words: WordSets) -> Iterator[Span]:
    """The phrase that begins behind a cue and, after commas, the ones listed with it."""
    i = first = cue.last
    limit = doc.sentence_of(cue.first).last
    if i + 1 < limit and doc.words[i] == '"' and doc.quoted[i + 1]:
        j = i + 1
        while j < limit and doc.quoted[j] and doc.words[j] != '"':
            j += 1
        if j < limit and doc.words[j] == '"' and j - i - 1 <= MAX_THEME_TOKENS:
            yield doc.span(i + 1, j)  # 'bertema "X, Y dan Z"': all of it
            return
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
        if rest := _REST.search(doc.norm[start:end]):
            end = start + rest.start()
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
