"""Bytes to text, text to what spans may count into, and days as the web writes them."""

from __future__ import annotations

import codecs
import re
from datetime import date

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""Byte order marks we honor, with the encoding each announces."""

_LINE_ENDS = re.compile(r"\r\n?")
# What XML 1.0 and UTF-8 cannot carry, each replaced by one space so that offsets stay true:
# control characters but tab and newline, lone surrogates, the two noncharacters.
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
# Bytes that plain text in Windows-1252 never holds; with them it is some binary format.
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1f]")
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]{2,40})", re.IGNORECASE)
_META_WINDOW = 4096  # bytes; the HTML standard asks for the declaration in the first 1,024


class Undecodable(ValueError):
    """The bytes are text in no encoding that sinergi reads."""

    def __init__(self) -> None:
        super().__init__("is not text in UTF-8, UTF-16 or Windows-1252")


def decode(raw: bytes, *, html: bool = False) -> str:
    """Text of `raw`: by its byte order mark, else UTF-8, else Windows-1252.

    With `html`, a page that is not UTF-8 is read in the encoding its <meta> names, if any.
    Raises Undecodable.
    """
    for mark, encoding in BOMS:
        if raw.startswith(mark):
            try:
                return raw[len(mark) :].decode(encoding)
            except UnicodeDecodeError as error:
                raise Undecodable from error
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        pass
    if _BINARY.search(raw):
        raise Undecodable
    declared = _META_CHARSET.search(raw[:_META_WINDOW]) if html else None
    try:
        return raw.decode(declared[1].decode("ascii") if declared else "cp1252")
    except (UnicodeError, LookupError) as error:
        raise Undecodable from error


def clean(text: str) -> str:
    """The text that spans count into.

    CR LF and CR become LF; every character that XML or UTF-8 cannot carry becomes one space.
    Nothing else changes: dashes, quotes and no-break spaces stay as the source has them.
    """
    return _UNWRITABLE.sub(" ", _LINE_ENDS.sub("\n", text))


def line(text: str | None) -> str | None:
    """A title, name or address: cleaned, on one line; None when nothing is left."""
    return " ".join(clean(text).split()) or None if text else None


_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari january jan",
            "februari february pebruari feb",
            "maret march mar",
            "april apr",
            "mei may",
            "juni june jun",
            "juli july jul",
            "agustus august agu agt ags aug",
            "september sept sep",
            "oktober october okt oct",
            "november nopember nov nop",
            "desember december des dec",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
# Year first; then day first, as Indonesia writes it (never month first in figures); then words.
_DAY_FORMS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?<!\d)(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?!\d)",
        r"^\s*(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})(?!\d)",
        r"(?<!\d)(?P<day>\d{1,2})[-/.](?P<month>\d{1,2})[-/.](?P<year>\d{4})(?!\d)",
        rf"(?<!\d)(?P<day>\d{{1,2}})[\s-]+(?P<word>{_MONTH})\.?,?[\s-]+(?P<year>\d{{4}})(?!\d)",
        rf"\b(?P<word>{_MONTH})\.?\s+(?P<day>\d{{1,2}}),?\s+(?P<year>\d{{4}})(?!\d)",
    )
)


def iso_day(text: str | None) -> str | None:
    """The day that `text` names, as YYYY-MM-DD, in its own time zone; None when none is sure.

    >>> iso_day("Senin, 19 Mei 2025 10:30 WIB"), iso_day("19/05/2025"), iso_day("kemarin")
    ('2025-05-19', '2025-05-19', None)
    """
    for form in _DAY_FORMS:
        if found := form.search(text or ""):
            parts = found.groupdict()
            word = parts.get("word")
            month = _MONTHS[word.lower()] if word else int(parts["month"])
            try:
                return date(int(parts["year"]), month, int(parts["day"])).isoformat()
            except ValueError:
                return None
    return None
