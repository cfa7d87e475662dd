"""Whether two names of one article may be one person's: surnames, clipped forms, slips."""

from __future__ import annotations

from sinergi.graph.extraction.names import Name

# Two spellings of one name differ by at most this many letters ('Haryadi', 'Hariyadi') ...
MAX_EDITS = 2
# ... and only in names this long: short ones differ by that much and are two people.
MIN_LETTERS_FOR_EDITS = 9
# 'Kris' for 'Kristijadi': a clipped form of one word.
MIN_CLIPPED_LETTERS = 4


def same_person(a: Name, b: Name) -> bool:
    """Whether two names of one article may be one person's."""
    shorter, longer = sorted((a, b), key=lambda name: len(name.keys))
    short, long = shorter.keys, longer.keys
    wedded = longer.spouse and not shorter.spouse and 1 < len(short) < len(long)
    if wedded and long[-len(short) :] == short:
        return False  # 'Ny N Suta Contoh' is the wife of Suta Contoh
    if not short or not long:
        return False
    nicknames = {n.nickname.lower() for n in (a, b) if n.nickname}
    if short == long or " ".join(short) in nicknames:
        return True
    if len(short) == 1:
        word = short[0]
        if word in long:
            return len(word) > 1
        return (
            len(long) > 1
            and len(word) >= MIN_CLIPPED_LETTERS
            and any(w.startswith(word) and len(w) - len(word) >= 2 for w in long)
        )
    if _within(short, long):
        return True
    joined_a, joined_b = "".join(short), "".join(long)
    return (
        short[0][0] == long[0][0]
        and min(len(joined_a), len(joined_b)) >= MIN_LETTERS_FOR_EDITS
        and _edits(joined_a, joined_b, MAX_EDITS) <= MAX_EDITS
    )


def _within(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Every word of the shorter, or its initial, stands in the longer in the same order."""
    i, whole = 0, 0
    for word in short:
        while i < len(long) and not (
            long[i] == word
            or (len(word) == 1 and long[i].startswith(word))
            or (len(long[i]) == 1 and word.startswith(long[i]))
        ):
            i += 1
        if i == len(long):
            return False
        whole += long[i] == word
        i += 1
    return whole > 0


def _edits(a: str, b: str, limit: int) -> int:
    """Levenshtein distance, given up past `limit`."""
    if abs(len(a) - len(b)) > limit:
        return limit + 1
    row = list(range(len(b) + 1))
    for i, ca in enumerate(a, 1):
        previous, row[0] = row[0], i
        for j, cb in enumerate(b, 1):
            previous, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, previous + (ca != cb))
        if min(row) > limit:
            return limit + 1
    return row[-1]
