"""Saying quads: one named graph at a time, no blank nodes, no empty literals, a fixed order."""

from __future__ import annotations

from datetime import date

from pyoxigraph import Literal, NamedNode, Quad

from sinergi.ontology import XSD

Term = NamedNode | Literal


class NamedGraph:
    """The quads of one named graph as they are being said."""

    def __init__(self, name: NamedNode) -> None:
        self._name = name
        self._quads: dict[Quad, None] = {}

    def add(self, subject: NamedNode, predicate: NamedNode, *values: Term | None) -> None:
        """Says `predicate` of `subject` once for each value that is there."""
        for value in values:
            if value is not None:
                self._quads[Quad(subject, predicate, value, self._name)] = None

    def sorted(self) -> list[Quad]:
        return sorted(self._quads, key=str)


def text(value: str | None, language: str | None = None) -> Literal | None:
    """A literal; half surrogate pairs, which JSON can smuggle in, become U+FFFD as RDF has none."""
    if not value:
        return None
    clean = value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return Literal(clean, language=language)


def day(value: str | None) -> Literal | None:
    """An xsd:date, if `value` is a day of the calendar written as ISO 8601 has it."""
    try:
        found = date.fromisoformat(value or "")
    except ValueError:
        return None
    return Literal(found.isoformat(), datatype=XSD.date)


def flag(value: bool) -> Literal | None:
    """true, where it is; what is not the case goes unsaid."""
    return Literal(True) if value else None


def is_web_url(url: str | None) -> bool:
    """Whether `url` may be linked to: http(s), without characters that no URL has."""
    if not url or not url.lower().startswith(("http://", "https://")):
        return False
    try:
        NamedNode(url)
    except ValueError:
        return False
    return True
