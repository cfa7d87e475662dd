"""What a meeting was about and where it was, in the text's own words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from sinergi.graph.extraction.cues import Cue
from sinergi.graph.extraction.lexicon import Lexicon
from sinergi.graph.extraction.text import Document, Sentence
from sinergi.graph.model import Span, Topic

MAX_TOPICS = 4
# A longer phrase is a clause, not a topic.
MAX_TOPIC_WORDS = 10
MIN_TOPIC_LETTERS = 4
# 'di ruang rapat X, Gedung Y': more than this is a description of the way there.
MAX_PLACE_TOKENS = 9

_TOPIC_STOPS = frozenset(
    "yang dengan di pada oleh untuk agar guna sehingga karena bahwa kepada dari bersama melalui "
    "ini itu tersebut akan adalah sebagai saat ketika serta secara dalam demi telah sudah juga "
    "adapun seperti maupun dilaksanakan digelar berlangsung bertempat".split()
)
_LEADING = re.compile(
    r"^(?:berbagai|beberapa|sejumlah|hal|hal-hal|penting|di antaranya|diantaranya|mengenai|tentang|"
    r"antara lain|adanya|rencana|masalah|kegiatan|upaya|yakni|yaitu|para|bagaimana|dalam rangka|"
    r"terkait|hal itu|lain|dukungan)\s+",
    re.IGNORECASE,
)
_VENUES = frozenset(
    "aula gedung ruang ruangan pendopo pendapa kantor mapolres mapolda mapolsek makodim makodam "
    "mako hotel halaman lapangan balai rumah masjid musala kampus kediaman gor stadion alun-alun "
    "sasana graha wisma ballroom lobi pasar terminal pelabuhan bandara lokasi objek tempat taman "
    "lapas rutan bapas makorem makoramil mabes auditorium convention hall resto restoran rm "
    "komplek kompleks studio posko puskesmas rsud sekolah smart joglo jalan desa kelurahan "
    "kecamatan dusun mapolresta mapolrestabes command center".split()
)
_PREPOSITIONS = frozenset(("di", "bertempat", "ke"))
_PLACE_INNER = frozenset(("rapat", "kerja", "tamu", "utama", "dinas", "jabatan", "bupati", "wali", "kota", "sidang", "serbaguna", "wisata", "lantai", "dan", "milik", "tahanan", "makan", "depan", "belakang", "pertemuan"))


def find_topics(
    doc: Document, sentences: Iterable[Sentence], cues: Mapping[int, list[Cue]]
) -> tuple[Topic, ...]:
    """Short noun phrases after words such as 'membahas' and 'terkait', at most MAX_TOPICS."""
    topics: list[Topic] = []
    seen: set[str] = set()
    for sentence in sentences:
        for cue in cues.get(sentence.index, ()):
            if "topic" not in cue.what or doc.quoted[cue.first]:
                continue
            for span in _phrases(doc, cue.last, sentence.last):
                label = " ".join(span.quote.split())
                key = label.casefold()
                if len(key) < MIN_TOPIC_LETTERS or key in seen:
                    continue
                seen.add(key)
                topics.append(Topic(label, (span,)))
                if len(topics) == MAX_TOPICS:
                    return tuple(topics)
    return tuple(topics)


def _phrases(doc: Document, first: int, limit: int) -> Iterable[Span]:
    """The phrase that begins at a token and, after commas, the ones listed with it."""
    i = first
    while i < limit:
        j = i
        while j < limit and (doc.is_word[j] or doc.words[j] in "/'&"):
            if j > i and doc.keys[j] in _TOPIC_STOPS:
                break
            j += 1
        words = j - i
        if 0 < words <= MAX_TOPIC_WORDS:
            start, end = doc.starts[i], doc.ends[j - 1]
            while match := _LEADING.match(doc.norm[start:end]):
                start += match.end()
            if start < end and doc.norm[start].isalpha():
                yield doc.cut(start, end)
        elif not words:
            if i == first and i < limit and doc.words[i] in ':"':
                i += 1
                continue
            return
        while j < limit and doc.keys[j] in _TOPIC_STOPS and doc.keys[j] != "serta":
            # the rest of the clause is no topic; a list goes on after its comma
            while j < limit and doc.words[j] != ",":
                if doc.words[j] in ".;":
                    return
                j += 1
        if j + 1 < limit and (doc.words[j] == "," or doc.keys[j] == "serta"):
            i = j + 1 + (doc.keys[j + 1] in ("dan", "serta", "hingga"))
            if i >= limit or doc.keys[i] in _TOPIC_STOPS or doc.capital[i] and words > 4:
                return
            continue
        return


def find_place(
    doc: Document, sentences: Iterable[Sentence], lexicon: Lexicon
) -> tuple[str, Span] | None:
    """The venue: 'di' and a phrase that begins with a word for a place or a capital."""
    for sentence in sentences:
        for i in range(sentence.first, sentence.last - 1):
            if doc.keys[i] not in _PREPOSITIONS or doc.quoted[i]:
                continue
            j = i + 1
            if doc.keys[j] == "di":
                j += 1
            if j < sentence.last and (
                doc.keys[j] in _VENUES or doc.keys[j].startswith("mapol") or doc.keys[j].startswith("mako")
            ):
                end = _place_end(doc, j, sentence.last)
                span = doc.span(j, end)
                return " ".join(span.quote.split()), span
    return None


def _place_end(doc: Document, i: int, limit: int) -> int:
    j = i + 1
    while j < limit and j - i < MAX_PLACE_TOKENS:
        if doc.is_word[j] and (doc.capital[j] or doc.words[j][0].isdigit() or doc.keys[j] in _PLACE_INNER or doc.keys[j] in _VENUES):
            j += 1
        elif doc.words[j] in ".-/" and not doc.gap(j) and j + 1 < limit and not doc.gap(j + 1):
            j += 1
        else:
            break
    while j > i + 1 and doc.keys[j - 1] in ("dan", "milik", "senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu", "jum'at"):
        j -= 1
    return j
