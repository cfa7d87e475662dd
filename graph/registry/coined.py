"""Regional offices by their telescoped names: 'Disparbudpora' is the 'Dinas Pariwisata,
Kebudayaan, Pemuda dan Olahraga'.

Every region joins its offices anew, so that no table can have all of these names; they are made of
the same syllables everywhere, which `data/segments.csv` has.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from sinergi.graph.registry.tables import read_table

# What such a name begins with, and the kind of office that it is.
PREFIXES = {"dis": "dinas", "din": "dinas", "sudin": "suku-dinas"}
# A name of one syllable has at least these letters: the shorter ones ('Dishub') are in the table
# of kinds, and others are ordinary words.
MIN_ALONE = 4
# One syllable at least is long enough to tell: 'in' and 'um' are in many words.
MIN_TELLING = 3
# Of a part without 'Dinas' before it ('Perkimhub'), which may be any word: letters at least.
MIN_PART = 7
MAX_LETTERS = 30  # no such name is longer

Segments = Mapping[str, tuple[str, ...]]
"""A syllable -> what it stands for, as the parts of a list: 'permasdes' -> two."""


def load_segments(extra: Path | None = None) -> dict[str, tuple[str, ...]]:
    """Syllables of telescoped names; raises RegistryError for one that is not lower-case."""
    found: dict[str, tuple[str, ...]] = {}
    for row in read_table("segments", ("segment", "words", "source"), extra):
        segment = row["segment"]
        if not (segment.isalnum() and segment.islower() and len(segment) > 1):
            raise row.error(f"'{segment}' must be two or more letters in lower case")
        found[segment] = row.items("words")
        if not found[segment]:
            raise row.error(f"'{segment}' stands for no words")
    return found


def decode(word: str, segments: Segments, alone: int = MIN_ALONE) -> tuple[str, ...]:
    """The parts that a lower-case word is made of, or () when it is none or may be read in two
    ways.

    One syllable must have `alone` letters. Of several ways to take up the whole word the one with
    the fewest counts: 'perkim' before 'perum' + 'kim'.

    >>> decode("naktan", {"nak": ("Peternakan",), "tan": ("Pertanian",)})
    ('Peternakan', 'Pertanian')
    """
    size = len(word)
    if size > MAX_LETTERS:
        return ()
    longest = max(map(len, segments), default=0)
    # For each place, the readings of what stands before it with the fewest syllables.
    fewest: list[tuple[int, set[tuple[str, ...]], bool]] = [(0, {()}, False)]
    for end in range(1, size + 1):
        count, readings, telling = size + 1, set[tuple[str, ...]](), False
        for first in range(max(0, end - longest), end):
            words = segments.get(word[first:end])
            before = fewest[first]
            if words is None or not before[1] or before[0] + 1 > count:
                continue
            if before[0] + 1 < count:
                count, readings, telling = before[0] + 1, set(), False
            # Two are as telling as many: there are two ways.
            readings |= {(*parts, *words) for parts in sorted(before[1])[:2]}
            telling |= before[2] or end - first >= MIN_TELLING
        fewest.append((count, readings, telling))
    count, readings, telling = fewest[size]
    if len(readings) != 1 or not telling or (count == 1 and size < alone):
        return ()
    (parts,) = readings
    return parts if len(set(parts)) == len(parts) else ()  # 'pendingin' names industry twice


def joined(parts: Sequence[str]) -> str:
    """Parts as a name lists them.

    >>> joined(("Pariwisata", "Pemuda", "Olahraga"))
    'Pariwisata, Pemuda dan Olahraga'
    """
    *first, last = parts
    return f"{', '.join(first)} dan {last}" if first else last


def office(word: str, segments: Segments) -> tuple[str, str]:
    """Of a lower-case word, the key of the kind of office that it names, and what that is for;
    ('', '') when it names none.

    >>> office("dispora", {"pora": ("Pemuda", "Olahraga")})
    ('dinas', 'Pemuda dan Olahraga')
    """
    for prefix, kind in PREFIXES.items():
        alone = MIN_ALONE if kind == "dinas" else MIN_TELLING  # 'Sudinkes' is no other word
        parts = decode(word[len(prefix) :], segments, alone) if word.startswith(prefix) else ()
        if parts:
            return kind, joined(parts)
    return "", ""


def part_of_office(word: str, segments: Segments) -> str:
    """What a lower-case word behind 'Dinas' stands for: 'perkimhub'; '' for other words."""
    parts = decode(word, segments) if len(word) >= MIN_PART else ()
    return joined(parts) if parts else ""
