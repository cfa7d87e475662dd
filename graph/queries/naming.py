"""From what a user calls a thing to its term in the graph.

Case, accents, punctuation and spacing do not count. A canonical label goes before an alias: what is
called exactly so is meant, even if others are also known by that name.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from types import MappingProxyType

import pyoxigraph as ox

from sinergi.graph.errors import AmbiguousName, QueryError
from sinergi.graph.model import Agency
from sinergi.graph.results import Source, Term, select, text
from sinergi.ontology import PREFIXES, Iris, concept_scheme

SUGGESTIONS = 5  # as many as one reads at a glance
SIMILARITY = 0.6  # difflib's own cutoff; below it suggestions look unrelated
CANDIDATES = 12  # shown in the sentence; AmbiguousName carries all of them

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Named:
    """A thing of the graph with the label it is shown by."""

    label: str
    term: Term


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
    wanted = normal(name)
    things: dict[str, list[Named]] = defaultdict(list)  # by normal label
    found: dict[int, dict[str, Named]] = {0: {}, 1: {}}  # by rank and term
    canonical: dict[str, str] = {}
    for row in select(source, KINDS[kind]):
        thing, label, rank = row["thing"], text(row["label"]), int(text(row["rank"]))
        assert thing is not None
        if rank == 0:
            canonical.setdefault(str(thing), label)
        things[normal(label)].append(Named(label, thing))
        if normal(label) == wanted:
            found[rank][str(thing)] = Named(label, thing)
    for matches in (found[0], found[1]):
        if len(matches) == 1:
            return next(iter(matches.values())).term
        if matches:
            raise _ambiguous(
                name,
                [Named(canonical.get(str(m.term), m.label), m.term) for m in matches.values()],
            )
    if identify and kind in ("agency", "thing"):
        agency = identify(name)
        tail = text(Iris("x:/").agency(agency.key)).removeprefix("x:/")
        terms = {n.term for named in things.values() for n in named}
        for term in sorted(terms, key=text):
            # By the tail: the graph may have been built under another base.
            if text(term).endswith(f"/{tail}"):
                return term
    labels = {named[0].label: key for key, named in things.items()}
    words = set(wanted.split())
    holding = sorted(label for label, key in labels.items() if words and words <= set(key.split()))
    near = [*holding[:SUGGESTIONS], *close(name, labels)][:SUGGESTIONS]
    hint = f"; did you mean {', '.join(dict.fromkeys(near))}?" if near else "."
    raise QueryError(f"The graph knows no {kind} called '{name}'{hint}")


def normal(name: str) -> str:
    """`name` without what does not count: case, accents, punctuation, spacing.

    >>> normal("Kodim 0707/Wonosobo"), normal("  POLRES  Contoh. ")
    ('kodim 0707 wonosobo', 'polres contoh')
    """
    plain = unicodedata.normalize("NFKD", name)
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return " ".join(_WORD.findall(plain.casefold()))


def close(name: str, labels: Iterable[str]) -> list[str]:
    """The labels most like `name`, best first."""
    by_normal = {normal(label): label for label in sorted(labels)}
    near = difflib.get_close_matches(normal(name), list(by_normal), SUGGESTIONS, SIMILARITY)
    return [by_normal[key] for key in near]


def _iri(name: str) -> ox.NamedNode | None:
    stripped = name.strip()
    if stripped.startswith("<") and stripped.endswith(">"):
        stripped = stripped[1:-1]
    prefix, colon, rest = stripped.partition(":")
    if not colon or " " in stripped:
        return None
    if prefix in PREFIXES:
        stripped = PREFIXES[prefix] + rest
    elif not rest.startswith("//"):
        return None
    try:
        return ox.NamedNode(stripped)
    except ValueError as error:
        raise QueryError(f"'{name}' is no IRI: {error}.") from None


def _ambiguous(name: str, matches: list[Named]) -> AmbiguousName:
    candidates = sorted((match.label, text(match.term)) for match in matches)
    shown = "; ".join(f"{label} <{iri}>" for label, iri in candidates[:CANDIDATES])
    more = f"; and {len(candidates) - CANDIDATES} more" if len(candidates) > CANDIDATES else ""
    return AmbiguousName(
        f"'{name}' fits {len(candidates)} things, give the full name or the IRI: {shown}{more}.",
        candidates,
    )
