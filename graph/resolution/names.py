"""When two written forms can be one person's name, and how much the agreement is worth.

Indonesian names have no fixed surname, are spelled in several orthographies ('Soetedjo',
'Sutejo'), lose or abbreviate parts ('M. Nurdin', 'Muhammad Nurdin') and change order. Nothing here
looks at a list of given names: it compares letters.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import lru_cache

from sinergi.graph.spelling import one_slip

TYPO_LENGTH = 5
"""Shortest part in which one wrong letter is taken for a slip ('Abdul', 'Adul'); in shorter ones it
makes another name ('Andi', 'Ardi')."""

# Old and new orthography, and letters that Indonesian writes for one sound. In order: a
# digraph has to go before its letters.
_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        ("oe|oo", "u"),
        ("dj|dz", "j"),
        ("tj", "c"),
        ("ch|kh", "h"),
        ("s[jyh]", "s"),
        ("th", "t"),
        ("dh", "d"),
        ("bh", "b"),
        ("gh", "g"),
        ("ph|f|v", "p"),
        ("ck|q", "k"),
        ("x", "ks"),
        ("z", "s"),
        ("ae", "ai"),
        ("iy|ie|y", "i"),
        (r"(.)\1+", r"\1"),
        (r"(?<=..)h$", ""),
        ("d$", "t"),
    )
)

_MUHAMMAD = re.compile(r"m[uo]c?ha?m+[ae]d|m[uo]c?h|m[uo]?hd|md")
_ABDUL = frozenset(("abd", "abdl"))
_PARTICLES = frozenset(("i", "ni", "haji", "hj", "bin", "binti", "raden", "rd"))


@dataclass(frozen=True, slots=True)
class Name:
    """A name ready for comparison. `keys` spells each part of `parts` by its sound."""

    parts: tuple[str, ...]
    keys: tuple[str, ...]
    nicknames: tuple[str, ...] = ()

    @property
    def solid(self) -> int:
        """How many parts tell persons apart: neither initials, particles nor Muhammad."""
        return len(self.solid_keys)

    @property
    def solid_keys(self) -> tuple[str, ...]:
        """The keys of the solid parts."""
        pairs = zip(self.parts, self.keys, strict=True)
        return tuple(key for part, key in pairs if not _weak(part))

    def called(self, aliases: Iterable[str]) -> Name:
        """With those of `aliases` for nicknames that are one part, and none of the name's."""
        parts = (parse(alias) for alias in aliases)
        found = {p.keys[0] for p in parts if p.solid == len(p.keys) == 1} - {*self.keys}
        return replace(self, nicknames=tuple(sorted({*self.nicknames, *found}))) if found else self


class Fit(IntEnum):
    """How two names agree, from worse to better."""

    PART = 1  # one leaves out a part of the other
    VARIANT = 2  # same parts, of which some are initials, slips, Muhammad or in another order
    SAME = 3  # same parts in the same order, whatever the orthography


@dataclass(frozen=True, slots=True)
class Agreement:
    """`solid` counts the parts written out on both sides; `typo`: only if a letter is wrong;
    `front`: the fuller name has parts before the shorter one, as a wife's has who adds her
    husband's."""

    fit: Fit
    solid: int
    typo: bool = False
    front: bool = False


def fold(text: str) -> str:
    """`text` in lower-case ASCII letters and digits, one space between words."""
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return " ".join(re.findall(r"[a-z0-9]+", re.sub(r"['`’]", "", ascii_text.lower())))


def slug(text: str) -> str:
    """The tail of an IRI that `text` gives."""
    return fold(text).replace(" ", "-")


@lru_cache(maxsize=1 << 16)
def parse(text: str) -> Name:
    """Read a name that carries no honorific, rank or degree any more.

    A part in brackets or quotes, as in 'Yuni Lestari (Yuyun)', is a nickname.
    """
    nicknames = re.findall(r"\(([^)]*)\)|[\"“]([^\"”]*)[\"”]", text)
    bare = re.sub(r"\([^)]*\)|[\"“][^\"”]*[\"”]", " ", text)
    parts = tuple(_unabbreviated(part) for part in fold(bare.replace("’", "'")).split())
    called = fold(" ".join(a or b for a, b in nicknames)).split()
    return Name(
        parts=parts,
        keys=tuple(sound(part) for part in parts),
        nicknames=tuple(sound(part) for part in called),
    )


@lru_cache(maxsize=1 << 16)
def sound(part: str) -> str:
    """The spelling key of one part: equal for spellings that are read alike."""
    if len(part) < 3:
        return part
    for pattern, replacement in _SOUNDS:
        part = pattern.sub(replacement, part)
    return part


@lru_cache(maxsize=1 << 18)
def compare(left: Name, right: Name) -> Agreement | None:
    """How `left` and `right` agree as names, None if they cannot be one person's.

    Symmetric. Says nothing of whether they are one person: that takes an office.
    """
    if not left.parts or not right.parts:
        return None
    if "".join(left.keys) == "".join(right.keys):
        return Agreement(Fit.SAME, max(left.solid, right.solid))
    short, full = sorted((left, right), key=lambda name: (len(name.parts), name.parts))
    open_short, open_full = list(range(len(short.parts))), list(range(len(full.parts)))
    solid = typos = 0
    for test in (_equal, _initial, _slip):
        for i in tuple(open_short):
            j = next((j for j in open_full if test(short, i, full, j)), None)
            if j is None:
                continue
            open_short.remove(i)
            open_full.remove(j)
            typos += test is _slip
            solid += test is not _initial and not _weak(short.parts[i])
    if typos > 1:
        return None
    solid += len(open_short)
    nicknames = [j for j in open_full if full.keys[j] in short.nicknames]
    for i in open_short:
        if short.keys[i] not in full.nicknames:
            if not nicknames:
                return None
            open_full.remove(nicknames.pop())
    if not solid:
        return None
    left_out = [j for j in open_full if not _weak(full.parts[j])]
    fit = Fit.PART if left_out else Fit.VARIANT
    if typos and solid == 1 and fit is Fit.PART:
        return None
    first_met = min((j for j in range(len(full.parts)) if j not in open_full), default=0)
    return Agreement(fit, solid, bool(typos), any(j < first_met for j in left_out))


def sounds(names: Iterable[str]) -> frozenset[str]:
    """What may make these names agree with others, themselves or as nicknames: the sound of each
    part, and of the whole."""
    read = [parse(name) for name in names]
    found = {key for name in read for key in (*name.keys, *name.nicknames)}
    return frozenset(found | {" " + "".join(name.keys) for name in read})


def may_agree(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether any names of these `sounds` can `compare`: they have at least a part in common, but
    for a slip, or sound alike altogether."""
    if not one.isdisjoint(other):
        return True
    return any(one_slip(a, b) for a in one for b in other if abs(len(a) - len(b)) <= 1)


def _unabbreviated(part: str) -> str:
    if _MUHAMMAD.fullmatch(part):
        return "muhammad"
    return "abdul" if part in _ABDUL else part


def _weak(part: str) -> bool:
    return len(part) == 1 or part in _PARTICLES or part == "muhammad"


def _equal(short: Name, i: int, full: Name, j: int) -> bool:
    return short.keys[i] == full.keys[j]


def _initial(short: Name, i: int, full: Name, j: int) -> bool:
    a, b = short.parts[i], full.parts[j]
    return (len(a) == 1 or len(b) == 1) and a[0] == b[0]


def _slip(short: Name, i: int, full: Name, j: int) -> bool:
    a, b = short.keys[i], full.keys[j]
    shorter, longer = sorted((len(short.parts[i]), len(full.parts[j])))
    long_enough = longer >= TYPO_LENGTH and shorter >= TYPO_LENGTH - 1
    return long_enough and one_slip(a, b)
