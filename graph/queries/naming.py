"""From what a user calls a thing to its term in the graph.

Case, accents, punctuation and spacing do not count, nor titles around a name. A canonical label
goes before an alias: what is called exactly so is meant, even if others are known by that name too.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from types import MappingProxyType
from typing import Protocol

import pyoxigraph as ox

from sinergi.graph.errors import AmbiguousName, QueryError
from sinergi.graph.labels import bare, normal
from sinergi.graph.model import Agency
from sinergi.graph.results import Lookup, Source, Term, lookup_of, select, text
from sinergi.ontology import DEFAULT_BASE, PREFIXES, Iris, concept_scheme

__all__ = ["KINDS", "Label", "close", "current", "normal", "resolve"]

SUGGESTIONS = 5  # as many as one reads at a glance
SIMILARITY = 0.6  # difflib's own cutoff; below it suggestions look unrelated


@dataclass(frozen=True, slots=True)
class Label:
    """What a thing of the graph is called."""

    text: str
    thing: Term
    canonical: bool


def _labels(body: str) -> str:
    return f"SELECT DISTINCT ?thing ?label ?rank WHERE {{ {body} }}"


_AGENCIES = """
  ?thing a org:FormalOrganization .
  { ?thing skos:prefLabel ?label BIND(0 AS ?rank) }
  UNION { ?thing skos:altLabel ?label BIND(1 AS ?rank) }"""
_PERSONS = """
  ?thing a foaf:Person .
  { ?thing foaf:name ?label BIND(0 AS ?rank) }
  UNION { ?thing skos:altLabel|skos:hiddenLabel ?label BIND(1 AS ?rank) }"""


def _concepts(scheme: str) -> str:
    return f"""
  ?thing skos:inScheme {concept_scheme(scheme)} .
  {{ ?thing skos:prefLabel ?label BIND(0 AS ?rank) }}
  UNION {{ ?thing skos:altLabel|skos:notation ?label BIND(1 AS ?rank) }}"""


# What can be named: by kind, the query for the labels (rank 0: canonical, 1: another name).
KINDS = MappingProxyType(
    {
        "agency": _labels(_AGENCIES),
        "person": _labels(_PERSONS),
        "thing": _labels(f"{{ {_AGENCIES} }} UNION {{ {_PERSONS} }}"),
        "outlet": _labels(
            "?article schema:publisher ?thing BIND(?thing AS ?label) BIND(0 AS ?rank)"
        ),
        "meeting-kind": _labels(_concepts("meeting-kind")),
        "meeting-status": _labels(_concepts("meeting-status")),
    }
)


_REPLACED = "SELECT ?thing ?now WHERE { ?thing dcterms:isReplacedBy ?now } ORDER BY ?now LIMIT 1"

_IN_WORDS = {
    "thing": "official or agency",
    "person": "official",
    "meeting-kind": "kind of meeting",
    "meeting-status": "status of a meeting",
}


def resolve(
    source: Source,
    name: str,
    kind: str,
    *,
    identify: Callable[[str], Agency] | None = None,
) -> Term:
    """The thing of this kind (a key of KINDS) that `name` means: a label, an alias or an IRI.

    An IRI may be written whole, in angle brackets, or short with one of sinergi's prefixes
    (id:agency/polres-contoh); of one that was replaced, the thing that has another now is meant.
    `identify`, the registry's, expands official abbreviations.
    Raises AmbiguousName where several things are so called, QueryError where none is.
    """
    if kind != "outlet" and (iri := _iri(name)):
        return current(source, iri)
    lookup = lookup_of(source)
    names: _Names = _LookedUp(lookup, kind) if lookup else _Listed(source, kind)
    for wanted in dict.fromkeys((name, bare(name))):
        alike = names.called(wanted)
        for fitting in (
            {label.thing for label in alike if label.canonical and label.text == wanted},
            {label.thing for label in alike if label.canonical},
            {label.thing for label in alike},
        ):
            if len(fitting) == 1:
                return fitting.pop()
            if fitting:
                raise _ambiguous(name, fitting, names)
    if identify and kind in ("agency", "thing"):
        key = text(Iris().agency(identify(name).key)).removeprefix(DEFAULT_BASE)
        if thing := names.ending(f"/{key}"):  # under whatever base the graph was built
            return thing
    near = names.near(name)
    hint = f"; did you mean {', '.join(near[:SUGGESTIONS])}?" if near else "."
    raise QueryError(f"The graph knows no {_IN_WORDS.get(kind, kind)} called '{name}'{hint}")


def current(source: Source, thing: ox.NamedNode) -> ox.NamedNode:
    """What replaced `thing` when more became known of it; itself if nothing has."""
    for row in select(source, _REPLACED, bindings={"thing": thing}):
        if isinstance(now := row["now"], ox.NamedNode):
            return now
    return thing


class _Names(Protocol):
    """What the things of one kind are called."""

    def called(self, name: str) -> list[Label]:
        """The labels that are `name`, but for what does not count."""
        ...

    def ending(self, tail: str) -> Term | None:
        """The agency whose IRI ends so."""
        ...

    def near(self, name: str) -> list[str]:
        """Labels that may have been meant, the best first."""
        ...

    def canonical(self, thing: Term) -> str:
        """What a thing is called first of all."""
        ...


class _Listed:
    """From all labels of a graph; slow where they are many, but any graph can do it."""

    def __init__(self, source: Source, kind: str) -> None:
        self._labels = [
            Label(text(row["label"]), row["thing"], text(row["rank"]) == "0")
            for row in select(source, KINDS[kind])
            if row["thing"] is not None
        ]

    def called(self, name: str) -> list[Label]:
        wanted = normal(name)
        return [label for label in self._labels if normal(label.text) == wanted]

    def ending(self, tail: str) -> Term | None:
        things = (label.thing for label in self._labels)
        return next((thing for thing in things if text(thing).endswith(tail)), None)

    def near(self, name: str) -> list[str]:
        """Those that have every word of `name`, which may be a part of theirs, then like ones."""
        words = set(normal(name).split())
        texts = sorted(label.text for label in self._labels if label.canonical)
        holding = [label for label in texts if words and words <= set(normal(label).split())]
        every = (label.text for label in self._labels)
        return [*dict.fromkeys([*holding, *close(name, every)])]

    def canonical(self, thing: Term) -> str:
        texts = [la.text for la in self._labels if la.canonical and la.thing == thing]
        return min(texts, default=text(thing))


class _LookedUp:
    """From the index of a store."""

    def __init__(self, lookup: Lookup, kind: str) -> None:
        self._lookup = lookup
        self._kinds = ("agency", "person") if kind == "thing" else (kind,)

    def called(self, name: str) -> list[Label]:
        return [
            Label(label, self._term(thing, label), canonical)
            for label, thing, canonical in self._lookup.called(self._kinds, name)
        ]

    def _term(self, thing: str, label: str) -> Term:
        return ox.Literal(label) if self._kinds == ("outlet",) else ox.NamedNode(thing)

    def ending(self, tail: str) -> Term | None:
        found = self._lookup.agency(tail)
        return ox.NamedNode(found) if found else None

    def near(self, name: str) -> list[str]:
        hits = self._lookup.search(name, SUGGESTIONS, self._kinds)
        return [*dict.fromkeys(hit.label for hit in hits)]

    def canonical(self, thing: Term) -> str:
        return self._lookup.label(text(thing)) or text(thing)


def close(name: str, labels: Iterable[str]) -> list[str]:
    """The labels most like `name`, best first."""
    by_normal = {normal(label): label for label in sorted(labels)}
    near = difflib.get_close_matches(normal(name), list(by_normal), SUGGESTIONS, SIMILARITY)
    return [by_normal[key] for key in near]


def _iri(name: str) -> ox.NamedNode | None:
    bare = name.strip()
    if bare.startswith("<") and bare.endswith(">"):
        bare = bare[1:-1]
    elif " " in bare:
        return None
    prefix, _, rest = bare.partition(":")
    if prefix in PREFIXES:
        bare = PREFIXES[prefix] + rest
    elif not rest.startswith("//"):
        return None
    try:
        return ox.NamedNode(bare)
    except ValueError as error:
        raise QueryError(f"'{name}' is no IRI: {error}.") from None


def _ambiguous(name: str, things: set[Term], names: _Names) -> AmbiguousName:
    candidates = sorted((names.canonical(thing), text(thing)) for thing in things)
    return AmbiguousName(
        f"'{name}' fits {len(candidates)} things; give the full name or the IRI of the one meant.",
        candidates,
    )
