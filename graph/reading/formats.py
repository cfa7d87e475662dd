"""One function a format: an open file in, records or what is wrong with them out.

Every function takes a binary stream and the place to name in messages; it yields Record for what
can be an article and Fault for what cannot. None of them holds more than one document, or for
.json one file, in memory.
"""

from __future__ import annotations

import codecs
import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, count
from typing import Any, BinaryIO

from sinergi.graph.reading.text import Undecodable, clean, decode, iso_day, line

MAX_DOCUMENT = 16 * 2**20
"""Bytes of one .txt or .html file, one JSON line or one CSV line: news pages stay under 5 MB."""

MAX_JSON = 128 * 2**20
"""Bytes of one .json file, which has to be parsed whole; larger sets belong into .jsonl."""

MAX_TEXT = 500_000
"""Characters of one article: about 80,000 words, past any news text; more is another thing."""

FIELDS = ("id", "title", "text", "published", "publisher", "url")
"""What an article can be given, and the default names of JSON keys and CSV columns."""

Columns = Mapping[str, str]
"""Field -> the key or column that holds it, where that is not the field's own name."""

_HEADLINE = re.compile(r"\s*(\S[^\n]{0,199}[^\s.:;,])[ \t]*\n[ \t]*\n")


@dataclass(frozen=True, slots=True)
class Record:
    """A document read: its place within the file, and its fields (text always there)."""

    place: str
    fields: dict[str, str | None]


@dataclass(frozen=True, slots=True)
class Fault:
    """Why something at `place` within the file is no article."""

    place: str
    reason: str


Read = Iterator[Record | Fault]


class TooLarge(ValueError):
    """A document passes its limit."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"is larger than {limit // 2**20} MB")


def plain(stream: BinaryIO, columns: Columns) -> Read:
    """A text file: one article; its first line is the title when an empty line sets it off."""
    text = clean(decode(_whole(stream, MAX_DOCUMENT)))
    headline = _HEADLINE.match(text)
    yield _checked("", {"text": text, "title": headline[1] if headline else None})


def html(stream: BinaryIO, columns: Columns) -> Read:
    """A saved page: its main text, and title, day, outlet and address from its metadata."""
    # trafilatura takes a tenth of a second to import, and most input is not HTML.
    from trafilatura import bare_extraction
    from trafilatura.settings import Document

    page = decode(_whole(stream, MAX_DOCUMENT), html=True)
    found = bare_extraction(
        clean(page),
        fast=True,
        with_metadata=True,
        include_comments=False,
        # Without a latest day of our own, the day of the run would decide what is a valid date.
        date_extraction_params={
            "original_date": True,
            "extensive_search": False,
            "max_date": "2100-01-01",
        },
    )
    if not isinstance(found, Document) or not found.text:
        yield Fault("", "no article text found in this page")
        return
    title = line(found.title)
    head, _, rest = found.text.partition("\n")
    yield _checked(
        "",
        {
            "text": rest if rest and line(head) == title else found.text,
            "title": title,
            "published": found.date,
            "publisher": found.sitename or found.hostname,
            "url": found.url,
        },
    )


def json_file(stream: BinaryIO, columns: Columns) -> Read:
    """One article object, or a list of them."""
    text = decode(_whole(stream, MAX_JSON))
    try:
        value = json.loads(text, strict=False)
    except (ValueError, RecursionError) as error:
        yield Fault(_json_place(error), _json_reason(error))
        return
    if isinstance(value, list):
        for number, item in enumerate(value, start=1):
            yield _from_object(f"item {number}", item, columns)
    else:
        yield _from_object("", value, columns)


def json_lines(stream: BinaryIO, columns: Columns) -> Read:
    """One article object a line; a broken line costs only itself."""
    for number, text in _lines(stream):
        place = f"line {number}"
        if isinstance(text, ValueError):
            yield Fault(place, str(text))
        elif text.strip():
            try:
                value = json.loads(text.rstrip(), strict=False)
            except (ValueError, RecursionError) as error:
                yield Fault(place, _json_reason(error))
            else:
                yield _from_object(place, value, columns)


def table(stream: BinaryIO, columns: Columns) -> Read:
    """CSV with a header; comma, semicolon or tab, whichever its first line has most of."""
    csv.field_size_limit(max(csv.field_size_limit(), MAX_DOCUMENT))
    lines = _lines(stream)
    first = next(lines, (1, ""))
    delimiter = max(",;\t", key=str(first[1]).count)
    rows = _rows(chain([first], lines), delimiter)
    place, header = next(rows, ("line 1", []))
    if isinstance(header, str):
        yield Fault(place, header)
        return
    names = [line(name) or "" for name in header]
    wanted = {field: columns.get(field, field) for field in FIELDS}
    needed = [name for field, name in wanted.items() if field == "text" or field in columns]
    if missing := [name for name in needed if name not in names]:
        reason = f"no column '{missing[0]}' among: {', '.join(names) or 'none'}"
        yield Fault(place, f"{reason}; say which with --column text=NAME")
        return
    for place, cells in rows:
        if isinstance(cells, str):
            yield Fault(place, cells)
        elif len(cells) > len(names):
            yield Fault(place, f"{len(cells)} cells under {len(names)} columns")
        elif cells:  # the last cells of a row may be left off
            values = dict(zip(names, cells, strict=False))
            yield _checked(place, {field: values.get(name) for field, name in wanted.items()})


Lines = Iterator[tuple[int, str | ValueError]]


def _rows(lines: Lines, delimiter: str) -> Iterator[tuple[str, list[str] | str]]:
    """Rows with the line each begins at; one that is no CSV comes as the reason why."""
    reader = csv.reader(_raising(lines), delimiter=delimiter, strict=True)
    while True:
        place = f"line {reader.line_num + 1}"
        try:
            yield place, next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield place, f"is not CSV ({error})"
        except ValueError as error:
            # A quoted cell may be cut here, so that what follows cannot be told apart.
            yield place, f"{error}; the rest of this file is left out"
            return


def _raising(lines: Lines) -> Iterator[str]:
    for _, text in lines:
        if isinstance(text, ValueError):
            raise text
        yield text.replace("\0", " ")


def _lines(stream: BinaryIO) -> Lines:
    """Lines with their numbers and line ends; one that is no text comes as the error."""
    raw = stream.readline(MAX_DOCUMENT + 1)
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        # Bytes cannot be split at line ends here; such files come from spreadsheets, and small.
        yield from enumerate(io.StringIO(decode(raw + _whole(stream, MAX_JSON))), start=1)
        return
    for number in count(1):
        if not raw:
            return
        if len(raw) > MAX_DOCUMENT:
            while raw and not raw.endswith(b"\n"):
                raw = stream.readline(MAX_DOCUMENT)
            yield number, TooLarge(MAX_DOCUMENT)
        else:
            try:
                yield number, decode(raw)
            except Undecodable as error:
                yield number, error
        raw = stream.readline(MAX_DOCUMENT + 1)


def _whole(stream: BinaryIO, limit: int) -> bytes:
    raw = stream.read(limit + 1)
    if len(raw) > limit:
        raise TooLarge(limit)
    return raw


def _from_object(place: str, value: Any, columns: Columns) -> Record | Fault:
    if not isinstance(value, dict):
        return Fault(place, f"is {_type_name(value)}, not an article object")
    fields: dict[str, str | None] = {}
    for field in FIELDS:
        key = columns.get(field, field)
        found = value.get(key)
        if field == "id" and isinstance(found, int) and not isinstance(found, bool):
            found = str(found)
        if found is not None and not isinstance(found, str):
            return Fault(place, f"'{key}' is {_type_name(found)}, not text")
        if field == "text" and found is None:
            return Fault(place, f"has no '{key}'; name the key with --column text=NAME")
        fields[field] = found
    return _checked(place, fields)


def _checked(place: str, fields: Mapping[str, str | None]) -> Record | Fault:
    text = clean(fields["text"] or "")
    if not text.strip():
        return Fault(place, "the text is empty")
    if len(text) > MAX_TEXT:
        return Fault(place, f"the text is longer than {MAX_TEXT:,} characters")
    rest = {field: line(fields.get(field)) for field in FIELDS if field != "text"}
    return Record(place, {**rest, "text": text, "published": iso_day(rest["published"])})


def _type_name(value: Any) -> str:
    names = {dict: "an object", list: "a list", str: "a text", bool: "true or false"}
    return "null" if value is None else names.get(type(value), "a number")


def _json_place(error: Exception) -> str:
    return f"line {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""


def _json_reason(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"is not JSON ({error.msg}, column {error.colno})"
    return "is not JSON that can be read (nested too deeply)"
