"""Extractions as compact JSON, for keeping: lists in the order of the fields, no field names.

A quote is a slice of the article's text, so that of a span only its ends are written. What is
written is read back equal. `SCHEMA` names the shape of the dataclasses: what was written under
another one cannot be read, and is extracted anew from the article, which has its field names.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Callable
from dataclasses import asdict, fields
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from sinergi.graph.model import (
    Agreement,
    Article,
    Extraction,
    Gloss,
    Meeting,
    Official,
    Participation,
    Party,
    Span,
    Statement,
    Topic,
)

LEVEL = 1  # zlib's quickest: a third of the size for a tenth of a millisecond

Encoder = Callable[[Any, str], Any]
Decoder = Callable[[Any, str], Any]

_RECORDS = (Span, Party, Topic, Participation, Agreement, Meeting, Official, Statement, Gloss)


def article_to_bytes(article: Article) -> bytes:
    """The article by field names, so that it outlives other fields beside it."""
    return _bytes(asdict(article))


def article_from_bytes(data: bytes) -> Article:
    """Raises ValueError or TypeError where `data` is no such article."""
    return Article(**_value(data))


def stated_to_bytes(extraction: Extraction) -> bytes:
    """All of an extraction but its article."""
    text = extraction.article.text
    return _bytes([write(getattr(extraction, name), text) for name, write, _ in _STATED])


def extraction_from_bytes(article: Article, stated: bytes) -> Extraction:
    """Raises ValueError, TypeError or LookupError where `stated` has another schema."""
    values = zip(_STATED, _value(stated), strict=True)
    return Extraction(
        article, **{name: read(value, article.text) for (name, _, read), value in values}
    )


def _bytes(value: Any) -> bytes:
    # ensure_ascii keeps half surrogate pairs, which a text may hold and UTF-8 may not.
    return zlib.compress(json.dumps(value, separators=(",", ":")).encode("ascii"), LEVEL)


def _value(data: bytes) -> Any:
    try:
        return json.loads(zlib.decompress(data))
    except zlib.error as error:
        raise ValueError(str(error)) from None


def _as_it_is(value: Any, text: str) -> Any:
    return value


def _codec(hint: Any) -> tuple[Encoder, Decoder]:
    """How values of a type are written and read."""
    if get_origin(hint) is UnionType:  # X | None
        (inner,) = (arg for arg in get_args(hint) if arg is not type(None))
        write, read = _codec(inner)
        if write is _as_it_is:
            return _as_it_is, _as_it_is
        return (
            lambda value, text: None if value is None else write(value, text),
            lambda value, text: None if value is None else read(value, text),
        )
    if get_origin(hint) is tuple:  # tuple[X, ...]
        write, read = _codec(get_args(hint)[0])
        return (
            lambda value, text: [write(item, text) for item in value],
            lambda value, text: tuple([read(item, text) for item in value]),
        )
    return _CODECS.get(hint, (_as_it_is, _as_it_is))


def _span_out(span: Span, text: str) -> list[Any]:
    if text[span.start : span.end] == span.quote:
        return [span.start, span.end]
    return [span.start, span.end, span.quote]


def _span_in(value: list[Any], text: str) -> Span:
    start, end, *quote = value
    return Span(start, end, quote[0] if quote else text[start:end])


def _record(kind: type[Any]) -> tuple[Encoder, Decoder]:
    parts = [(name, *_codec(hint)) for name, hint in _fields(kind)]
    readers = [read for _, _, read in parts]

    def write(record: Any, text: str) -> list[Any]:
        return [out(getattr(record, name), text) for name, out, _ in parts]

    def read(values: list[Any], text: str) -> Any:
        return kind(*[into(value, text) for into, value in zip(readers, values, strict=True)])

    return write, read


def _fields(kind: type[Any]) -> list[tuple[str, Any]]:
    hints = get_type_hints(kind)
    return [(field.name, hints[field.name]) for field in fields(kind)]


_CODECS: dict[type[Any], tuple[Encoder, Decoder]] = {Span: (_span_out, _span_in)}
for _kind in _RECORDS[1:]:  # each after those that it holds
    _CODECS[_kind] = _record(_kind)
_STATED = [(name, *_codec(hint)) for name, hint in _fields(Extraction) if name != "article"]

SCHEMA = hashlib.sha256(
    repr([(kind.__name__, _fields(kind)) for kind in (*_RECORDS, Extraction)]).encode()
).hexdigest()
