"""A difference as RDF: one sin:Change for each, with the things that it is about."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import astuple

from pyoxigraph import Literal, NamedNode, Triple

from sinergi.graph.difference.changes import Change, Difference
from sinergi.graph.difference.words import sentence
from sinergi.ontology import DCTERMS, RDF, SCHEMA, SIN, Iris, concept


def difference_triples(
    difference: Difference, before: str, after: str, iris: Iris | None = None
) -> Iterator[Triple]:
    """The triples, of the difference first; `before` and `after` are what the graphs are called.

    IRIs follow from content: the same difference has the same.
    """
    said = json.dumps([before, after, *map(astuple, difference.changes)])
    base = f"{(iris or Iris()).base}difference/{_digest(said)}"
    node = NamedNode(base)
    yield Triple(node, RDF.type, SIN.Difference)
    yield Triple(node, SIN.valueBefore, Literal(before))
    yield Triple(node, SIN.valueAfter, Literal(after))
    for change in difference.changes:
        one = NamedNode(f"{base}/{_digest(json.dumps(astuple(change)))}")
        yield Triple(node, DCTERMS.hasPart, one)
        yield from _change(one, change)


def _change(node: NamedNode, change: Change) -> Iterator[Triple]:
    yield Triple(node, RDF.type, SIN.Change)
    yield Triple(node, SIN.changeKind, concept("change-kind", change.what))
    yield Triple(node, DCTERMS.description, Literal(sentence(change), language="en"))
    if change.thing:
        yield Triple(node, SCHEMA.about, NamedNode(change.thing))
    others = [NamedNode(iri) for iri in change.others]
    if change.what == "parted":
        yield Triple(node, SIN.thingBefore, NamedNode(change.thing))
        yield from (Triple(node, SIN.thingAfter, other) for other in others)
    elif others:
        yield Triple(node, SIN.thingAfter, NamedNode(change.thing))
        yield from (Triple(node, SIN.thingBefore, other) for other in others)
    if change.field:
        yield Triple(node, SIN.changedField, Literal(change.field))
    yield from (Triple(node, SIN.valueBefore, Literal(value)) for value in change.before)
    yield from (Triple(node, SIN.valueAfter, Literal(value)) for value in change.after)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]
