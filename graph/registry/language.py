"""The tables of words: what tells a meeting, a role, a speaker, and which words are no names."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sinergi.graph.registry.tables import read_table

MEETING_KINDS = (
    "audiensi",
    "kunjungan",
    "silaturahmi",
    "rapat",
    "penandatanganan",
    "pertemuan",
    "upacara",
    "sosialisasi",
    "operasi",
    "lainnya",
)
# '-before': who or what stands before the word has the role; '-after': what stands after it.
CUES = (
    "accompanying-after",
    "accompanying-before",
    "attendee-after",
    "attendee-before",
    "background",
    "commitment",
    "guest-after",
    "guest-before",
    "host-after",
    "host-before",
    "past",
    "place",
    "planned",
    "postponed",
    "represented-by",
    "represents",
    "signatory-after",
    "signatory-before",
    "speaker-after",
    "speaker-before",
    "speech",
    "speech-quote",
    "topic",
)


@dataclass(frozen=True, slots=True)
class CueWord:
    """A word or phrase of `cues.csv` and what it tells (one of CUES)."""

    form: str
    cue: str


@dataclass(frozen=True, slots=True)
class MeetingWord:
    """A word for a kind of meeting; the heavier, the surer it names the event itself."""

    form: str
    kind: str
    weight: float


@dataclass(frozen=True, slots=True)
class Language:
    """The three tables of words."""

    cues: tuple[CueWord, ...]
    meeting_words: tuple[MeetingWord, ...]
    common: frozenset[str]


def load_language(extra: Path | None = None) -> Language:
    """Read cues.csv, meeting_words.csv and common_words.csv; raises RegistryError."""
    cues = tuple(
        CueWord(row["form"], row.one_of("cue", CUES))
        for row in read_table("cues", ("form", "cue", "source"), extra, key=("form", "cue"))
    )
    words = []
    for row in read_table("meeting_words", ("form", "kind", "weight", "source"), extra):
        try:
            weight = float(row["weight"])
        except ValueError:
            raise row.error(f"weight '{row['weight']}' is no number") from None
        words.append(MeetingWord(row["form"], row.one_of("kind", MEETING_KINDS), weight))
    common = frozenset(row["word"] for row in read_table("common_words", ("word", "source"), extra))
    return Language(cues, tuple(words), common)
