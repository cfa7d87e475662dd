"""Normal forms: what two ways of writing one name have in common."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

# Spellings and abbreviations of single words inside names.
_WORDS = {
    "&": "dan",
    "kab": "kabupaten",
    "kec": "kecamatan",
    "kel": "kelurahan",
    "kep": "kepulauan",
    "klas": "kelas",
    "prop": "provinsi",
    "propinsi": "provinsi",
    "prov": "provinsi",
    "resort": "resor",
    "sumatra": "sumatera",
}
_CLASS_NUMBERS = {"1": "i", "2": "ii", "3": "iii"}
_CLASS = re.compile(r"(i{1,3}|[123])([abc]?)")
_TOKEN = re.compile(r"[^\W_]+(?:['’‘`´][^\W_]+)*|&", re.UNICODE)


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a name in normal form, and where it stands in the name as written."""

    form: str
    start: int
    end: int


def tokenize(name: str) -> list[Token]:
    """The words of `name` in normal form: case, punctuation and common abbreviations leveled.

    >>> [token.form for token in tokenize("Lapas Klas II A D.I. Yogyakarta")]
    ['lapas', 'kelas', 'iia', 'di', 'yogyakarta']
    """
    tokens: list[Token] = []
    for match in _TOKEN.finditer(name):
        form = _ascii(match.group())
        token = Token(_WORDS.get(form, form), match.start(), match.end())
        last = tokens[-1] if tokens else None
        if last and _initials(name, last, token):
            tokens[-1] = Token(last.form + form, last.start, token.end)
        elif last and len(tokens) > 1 and tokens[-2].form == "kelas" and form in ("a", "b", "c"):
            if last.form in ("i", "ii", "iii"):
                tokens[-1] = Token(last.form + form, last.start, token.end)
            else:
                tokens.append(token)
        elif last and last.form == "kelas" and (roman := _CLASS.fullmatch(form)):
            number = _CLASS_NUMBERS.get(roman[1], roman[1])
            tokens.append(Token(number + roman[2], token.start, token.end))
        else:
            tokens.append(token)
    return tokens


def normal(name: str) -> str:
    """The normal form of `name`: equal for two spellings of the same words."""
    return " ".join(token.form for token in tokenize(name))


def slug(name: str) -> str:
    """A key made of `name`: kebab-case ASCII; 'Kodim 0707/Wonosobo' -> 'kodim-0707-wonosobo'."""
    return "-".join(token.form for token in tokenize(name))


def _ascii(word: str) -> str:
    """Lower case without accents and apostrophes; letters that have no ASCII form by code point."""
    plain = unicodedata.normalize("NFKD", word.casefold())
    kept = (c for c in plain if not unicodedata.combining(c) and c not in "'’‘`´")
    return "".join(c if c.isascii() else f"u{ord(c):x}" for c in kept)


def _initials(name: str, last: Token, token: Token) -> bool:
    """Whether 'D.' and 'I' are the parts of one abbreviation 'D.I.'."""
    return (
        token.end - token.start == 1
        and token.start == last.end + 1
        and name[last.end] == "."
        and (last.end - last.start == 1 or "." in name[last.start : last.end])
        and len(last.form) < 8
    )
