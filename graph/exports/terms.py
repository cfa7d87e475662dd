"""Terms as people read them: IRIs shortened by sinergi's prefixes."""

from __future__ import annotations

import re
from functools import lru_cache

import pyoxigraph as ox

from sinergi.ontology import PREFIXES, RDF, XSD

_LONGEST_FIRST = sorted(PREFIXES.items(), key=lambda item: (-len(item[1]), item[0]))
# Turtle's local names allow more; outside this an IRI is written whole, which is always right.
_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_./-]*[A-Za-z0-9_-])?", re.ASCII)
_INTEGER = re.compile(r"[+-]?[0-9]+", re.ASCII)
_CACHED = 65_536  # predicates, classes and the nodes at hand come again and again


def curie(iri: str) -> str | None:
    """`iri` as prefix:rest, None where no prefix fits: for showing, a slash needs no escape."""
    for prefix, start in _LONGEST_FIRST:
        if iri.startswith(start) and _LOCAL.fullmatch(iri, len(start)):
            return f"{prefix}:{iri[len(start) :]}"
    return None


@lru_cache(_CACHED)
def turtle_iri(iri: str) -> str:
    """An IRI as Turtle has it."""
    short = curie(iri)
    return short.replace("/", "\\/") if short else str(ox.NamedNode(iri))


def turtle_term(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    """A term as Turtle has it: short, and read back as the very same term."""
    if isinstance(term, ox.NamedNode):
        return turtle_iri(term.value)
    if not isinstance(term, ox.Literal) or term.language or term.datatype == XSD.string:
        return str(term)
    if term.datatype == XSD.integer and _INTEGER.fullmatch(term.value):
        return term.value
    if term.datatype == XSD.boolean and term.value in ("true", "false"):
        return term.value
    return f"{ox.Literal(term.value)}^^{turtle_iri(term.datatype.value)}"


def turtle_verb(predicate: ox.NamedNode) -> str:
    """A predicate as Turtle has it."""
    return "a" if predicate == RDF.type else turtle_iri(predicate.value)
