"""The words that tell what happens in a sentence: who receives, who accompanies, who speaks."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from sinergi.graph.extraction.lexicon import Lexicon
from sinergi.graph.extraction.text import Document

# What makes a sentence one of the event: somebody acts, attends or is represented.
EVENT_CUES = frozenset(
    f"{role}-{side}"
    for role in ("host", "guest", "signatory", "accompanying", "attendee", "speaker")
    for side in ("before", "after")
) | {"between", "represented-by", "represents"}
SPEECH_CUES = frozenset(("speech", "speech-quote"))
# After these words a subject has its verb.
SUBJECT_CUES = frozenset(
    ["host-before", "guest-before", "signatory-before", "speech", "speech-quote"]
)


# 'akan menggelar rapat', 'rapat DPRD X': a word that names an event at least this clearly.
MIN_NAMING_WEIGHT = 1.0
# After these words an event is what another is about or held for: 'jelang pelantikan', 'bahas MoU',
_ABOUT = frozenset(
    (
        "bahas",
        "dukung",
        "jelang",
        "matangkan",
        "membahas",
        "memperingati",
        "mendukung",
        "mengenai",
        "menjelang",
        "menindaklanjuti",
        "menyambut",
        "peringati",
        "persiapan",
        "persiapkan",
        "rencana",
        "sambut",
        "tentang",
        "terhadap",
        "undangan",
    )
)
# perhaps with one of these between ('menyambut Hari Ulang Tahun').
_LINKS = frozenset(("acara", "hari", "kegiatan", "pelaksanaan", "prosesi"))
# What such a word counts for.
ABOUT_WEIGHT = 0.3
# Where someone goes to someone, to speak of it is to tell it: 'menyambut kunjungan X',
GOING = frozenset(("audiensi", "kunjungan", "pertemuan", "silaturahmi"))
# unless it is still to come: 'menyikapi rencana audiensi X'.
_AHEAD = frozenset(("jelang", "menjelang", "persiapan", "rencana"))


# 'OPD terkait', 'dinas terkait'.
_CONCERNED = frozenset(
    (
        "badan",
        "dinas",
        "instansi",
        "jajaran",
        "kementerian",
        "lembaga",
        "pejabat",
        "petugas",
        "pihak",
        "stakeholder",
        "stakeholders",
        "unsur",
    )
)
_OFFICES = frozenset(("OPD", "SKPD", "SOPD", "PD"))
# Where such a trip goes stands behind so many words that tell its kind.
_TRIPS = frozenset(("kunjungan", "kunker", "lawatan"))
MAX_TRIP_TOKENS = 4


class Cue(NamedTuple):
    """Tokens `first`..`last` say `what` (the `cue` column of data/cues.csv)."""

    first: int
    last: int
    what: frozenset[str]


class KindWord(NamedTuple):
    """Tokens `first`..`last` name a kind of meeting with this weight."""

    first: int
    last: int
    kind: str
    weight: float


def cues_by_sentence(doc: Document, lexicon: Lexicon) -> dict[int, list[Cue]]:
    """The cues of each sentence that has any, by its index."""
    found: dict[int, list[Cue]] = defaultdict(list)
    for cue in find_cues(doc, lexicon):
        found[doc.sentence_of(cue.first).index].append(cue)
    return found


def find_cues(doc: Document, lexicon: Lexicon) -> list[Cue]:
    """All cues of the text in order; a phrase tells what its beginnings tell, too."""
    found: list[Cue] = []
    end = 0
    for i, key in enumerate(doc.keys):
        hits = list(lexicon.cues.each(doc, i)) if key in lexicon.cue_openers else ()
        if not hits or hits[0].end <= end:
            continue  # within a longer phrase
        if i and doc.words[i].isupper() and doc.words[i - 1] == "(":
            continue  # '(ANTARA)'
        if "none" in hits[0].values or (i and _qualifies(doc, i)):
            end = hits[0].end
            continue
        what = set(hits[0].values)
        sides = {value.rpartition("-")[2] for value in what}
        for hit in hits[1:]:
            # 'beraudiensi dengan' tells of the object; its first word, of the subject.
            what |= {v for v in hit.values if v.rpartition("-")[2] not in sides}
            sides |= {value.rpartition("-")[2] for value in hit.values}
        end = hits[0].end
        to = _destination(doc, i, end) if "guest-before" in what else end
        if to > end:
            what.add("host-after")
            end = to
        found.append(Cue(i, end, frozenset(what)))
    return found


def _qualifies(doc: Document, i: int) -> bool:
    """'instansi terkait': those concerned, and no topic."""
    before = doc.keys[i - 1]
    return doc.keys[i] == "terkait" and (before in _CONCERNED or doc.words[i - 1] in _OFFICES)


def _destination(doc: Document, first: int, end: int) -> int:
    """Past the 'ke' of 'melakukan kunjungan spesifik ke X', else `end`."""
    if doc.find(first, end, _TRIPS) < 0:
        return end
    for j in range(end, min(end + MAX_TRIP_TOKENS, doc.sentence_of(first).last)):
        if doc.keys[j] == "ke":
            return j + 1
        if not doc.is_word[j] or doc.capital[j]:
            break
    return end


def find_kind_words(doc: Document, lexicon: Lexicon) -> list[KindWord]:
    """All words for kinds of meetings, in order."""
    found: list[KindWord] = []
    i, n = 0, len(doc)
    while i < n:
        hit = lexicon.meeting_words.at(doc, i)
        if hit is None:
            i += 1
            continue
        kind, weight = hit.values[0]
        if weight and not _of_name(doc, i):  # 'saat ditemui' only looks like a meeting's
            about = _ABOUT if kind not in GOING else _AHEAD
            weight *= ABOUT_WEIGHT if _is_topic(doc, i, about) else 1
            found.append(KindWord(i, hit.end, kind, weight))
        i = hit.end
    return found


def _is_topic(doc: Document, i: int, about: frozenset[str]) -> bool:
    """Whether the event that token i names is what another is about or held for."""
    first = doc.sentence_of(i).first
    before = i - 1 if i > first and doc.keys[i - 1] not in _LINKS else i - 2
    return before >= first and doc.keys[before] in about


def _of_name(doc: Document, i: int) -> bool:
    """'Panitia Pertemuan Raya X': the word belongs to a name."""
    return i > 0 and doc.keys[i - 1] == "panitia" and doc.capital[i]
