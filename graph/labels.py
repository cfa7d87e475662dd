"""What of a name counts when it is looked up, and what does not."""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+")
# What stands before or behind a name: 'Dr.', 'H.', 'S.H.', 'M.Si', 'SH', 'SpOG', 'S.STP.'. A word
# with a stop in it or behind it, or with two capitals and no more than six letters.
_TITLE = re.compile(
    r"(?=.{1,10}$)[A-Z][A-Za-z]*\.(?:[A-Za-z]+\.?)*|(?=\w{2,6}$)\w*[A-Z]\w*[A-Z]\w*"
)


def normal(name: str) -> str:
    """`name` without what does not count: case, accents, punctuation, spacing.

    >>> normal("Kodim 0707/Wonosobo"), normal("  POLRES  Contoh. ")
    ('kodim 0707 wonosobo', 'polres contoh')
    """
    plain = unicodedata.normalize("NFKD", name)
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return " ".join(_WORD.findall(plain.casefold()))


def bare(name: str) -> str:
    """`name` without titles around it: those behind a comma, and abbreviated ones in front.

    What is not plainly a title stays; a name that would vanish is given back whole.

    >>> bare("Dr. H. Salis Farida, S.H., M.Si."), bare("Dinas Sosial, Tirtamaya")
    ('Salis Farida', 'Dinas Sosial, Tirtamaya')
    """
    first, *behind = (part.strip() for part in name.split(","))
    rest = [part for part in behind if not all(map(_TITLE.fullmatch, part.split()))]
    words = first.split()
    while len(words) > 1 and words[0].endswith(".") and _TITLE.fullmatch(words[0]):
        del words[0]
    return ", ".join([" ".join(words), *rest]) if words else name
