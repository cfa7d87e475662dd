"""From what a user calls a thing to its term in the graph.

Case, accents, punctuation and spacing do not count. A canonical label goes before an alias: what is
called exactly so is meant, even if others are also known by that name.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from types import MappingProxyType

import pyoxigraph as ox

from sinergi.graph.errors import AmbiguousName, QueryError
from sinergi.graph.labels import normal
from sinergi.graph.model import Agency
from sinergi.graph.results import Source, Term, select, text
from sinergi.ontology import DEFAULT_BASE, PREFIXES, Iris, concept_scheme

__all__ = ["KINDS", "Label", "close", "normal", "resolve"]

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
    (id:agency/polres-contoh). `identify`, the registry's, expands official abbreviations.
    Raises AmbiguousName where several things are so called, QueryError where none is.
    """
    if kind != "outlet" and (iri := _iri(name)):
        return iri
    labels = [
        Label(text(row["label"]), row["thing"], text(row["rank"]) == "0")
        for row in select(source, KINDS[kind])
        if row["thing"] is not None
    ]
    wanted = normal(name)
    alike = [label for label in labels if normal(label.text) == wanted]
    for fitting in (
        {label.thing for label in alike if label.canonical and label.text == name},
        {label.thing for label in alike if label.canonical},
        {label.thing for label in alike},
    ):
        if len(fitting) == 1:
            return fitting.pop()
        if fitting:
            raise _ambiguous(name, fitting, labels)
    if identify and kind in ("agency", "thing"):
        key = text(Iris().agency(identify(name).key)).removeprefix(DEFAULT_BASE)
        for label in labels:
            if text(label.thing).endswith(f"/{key}"):  # under whatever base the graph was built
                return label.thing
    near = dict.fromkeys([*_holding(wanted, labels), *close(name, (la.text for la in labels))])
    hint = f"; did you mean {', '.join([*near][:SUGGESTIONS])}?" if near else "."
    raise QueryError(f"The graph knows no {_IN_WORDS.get(kind, kind)} called '{name}'{hint}")


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


def _holding(wanted: str, labels: Iterable[Label]) -> list[str]:
    """The canonical labels that have every word of `wanted`: it may be a part of the name."""
    words = set(wanted.split())
    texts = sorted(label.text for label in labels if label.canonical)
    return [label for label in texts if words and words <= set(normal(label).split())]


def _ambiguous(name: str, things: set[Term], labels: Iterable[Label]) -> AmbiguousName:
    called = {text(la.thing): la.text for la in labels if la.canonical and la.thing in things}
    candidates = sorted((called.get(iri, name), iri) for iri in map(text, things))
    return AmbiguousName(
        f"'{name}' fits {len(candidates)} things; give the full name or the IRI of the one meant.",
        candidates,
    )
