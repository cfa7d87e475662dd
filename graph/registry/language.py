"""The tables of words: what tells a meeting, a role, a speaker, and which words are no names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
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
# 'none': a longer phrase that tells nothing of what a part of it would ('terima kasih').
CUES = (
    "absent",
    "absent-before",
    "accompanying-after",
    "accompanying-before",
    "attendee-after",
    "attendee-before",
    "background",
    "between",
    "commitment",
    "elsewhere",
    "guest-after",
    "guest-before",
    "host-after",
    "host-before",
    "none",
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
    "through",
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
class WordSets:
    """The sets of word_sets.csv, all in lower case."""

    abbreviations: frozenset[str]  # a full stop after them ends no sentence
    areas: frozenset[str]  # several provinces in one word, which have an office: 'Sumbagsel'
    attributes: frozenset[str]  # an agency after them only qualifies: 'warga X', 'APBD X'
    body_ends: frozenset[str]  # a body named as in English ends with them: 'Jati Group'
    classes: frozenset[str]  # short for many bodies or people, none in particular: 'BUMN'
    name_openers: frozenset[str]  # after 'I' and 'Ni' they open a Balinese name
    given_names: frozenset[str]  # where a person's name begins behind a place: 'Lurah X Budi N'
    name_particles: frozenset[str]  # lower case within names: 'bin'
    name_words: frozenset[str]  # names as well as words: 'Indah'; alone they are no name
    named_after: frozenset[str]  # called after persons: 'Jalan', 'Gedung'
    never_first: frozenset[str]  # of never_names, those that may follow within a name: 'Hari'
    never_names: frozenset[str]  # capitalized wherever they stand and no name: 'Senin'
    place_words: frozenset[str]  # ordinary words that open names of places: 'Tanjung'
    plan_joints: frozenset[str]  # between a plan and its event: 'akan menggelar rapat'
    plurals: frozenset[str]  # before a post: several holders, nobody in particular
    shortened_names: frozenset[str]  # 'Moh', 'Abd'
    topic_ends: frozenset[str]  # where a topic's phrase is over
    venue_marks: frozenset[str]  # an agency after them is a place: 'Aula X'
    venue_parts: frozenset[str]  # lower case within a venue: 'ruang rapat utama'
    venues: frozenset[str]  # a venue begins with one of them


@dataclass(frozen=True, slots=True)
class Language:
    """The five tables of words."""

    cues: tuple[CueWord, ...]
    meeting_words: tuple[MeetingWord, ...]
    common: frozenset[str]
    words: WordSets
    spellings: Mapping[str, str]  # misspelling -> standard, in lower case


def load_language(extra: Path | None = None) -> Language:
    """Read cues, meeting_words, common_words, word_sets and spellings; raises RegistryError."""
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
    spellings = {
        row["form"]: row["standard"]
        for row in read_table("spellings", ("form", "standard", "source"), extra)
    }
    return Language(cues, tuple(words), common, _word_sets(extra), spellings)


def _word_sets(extra: Path | None) -> WordSets:
    names = [field.name for field in fields(WordSets)]
    sets: dict[str, set[str]] = {name: set() for name in names}
    kebab = [name.replace("_", "-") for name in names]
    for row in read_table("word_sets", ("word", "set", "source"), extra, key=("word", "set")):
        sets[row.one_of("set", kebab).replace("-", "_")].add(row["word"])
    sets["abbreviations"] |= sets["shortened_names"]
    return WordSets(**{name: frozenset(found) for name, found in sets.items()})
