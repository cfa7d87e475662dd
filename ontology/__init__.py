"""The terms sinergi speaks in, the IRIs it gives to things, and the files of its ontology.

    >>> from sinergi.ontology import SIN, Iris, concept
    >>> str(SIN.Meeting)
    '<https://w3id.org/sinergi/ns#Meeting>'
    >>> str(concept("role", "host"))
    '<https://w3id.org/sinergi/vocab/role/host>'
    >>> str(Iris().agency("polres-wonosobo"))
    '<https://w3id.org/sinergi/id/agency/polres-wonosobo>'

`sinergi.ttl` declares our own terms, `vocabularies.ttl` the fixed concept schemes, `shapes.ttl`
what a graph must look like, `context.jsonld` the short names of JSON-LD. The schemes of agency
kinds, sectors and ranks are made from the registry's tables by
`sinergi.graph.rdf.vocabulary_quads`, so that nothing is said twice.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from dataclasses import dataclass
from importlib import resources
from typing import Any

from pyoxigraph import NamedNode

from sinergi.graph.errors import InputError

FILES = ("sinergi.ttl", "vocabularies.ttl", "shapes.ttl")


class Namespace:
    """A vocabulary: `ORG.Post` is the IRI of its term Post."""

    def __init__(self, iri: str) -> None:
        self._iri = iri

    def __str__(self) -> str:
        return self._iri

    def __getattr__(self, term: str) -> NamedNode:
        if term.startswith("_"):  # Python's own protocols ask for such names; no vocabulary has any
            raise AttributeError(term)
        node = NamedNode(self._iri + term)
        self.__dict__[term] = node  # the next look-up does not come here
        return node


CV = Namespace("http://data.europa.eu/m8g/")
DCTERMS = Namespace("http://purl.org/dc/terms/")
FOAF = Namespace("http://xmlns.com/foaf/0.1/")
OA = Namespace("http://www.w3.org/ns/oa#")
ORG = Namespace("http://www.w3.org/ns/org#")
PROV = Namespace("http://www.w3.org/ns/prov#")
RDF = Namespace("http://www.w3.org/1999/02/22-rdf-syntax-ns#")
SCHEMA = Namespace("https://schema.org/")
SIN = Namespace("https://w3id.org/sinergi/ns#")
SKOS = Namespace("http://www.w3.org/2004/02/skos/core#")
XSD = Namespace("http://www.w3.org/2001/XMLSchema#")

VOCABULARIES = "https://w3id.org/sinergi/vocab/"
DEFAULT_BASE = "https://w3id.org/sinergi/id/"

# The fixed schemes, and those made from the registry's tables.
SCHEMES = (
    "agreement-kind",
    "basis",
    "change-kind",
    "join-rule",
    "judgement",
    "meeting-kind",
    "meeting-status",
    "role",
    "topic",
)
REGISTRY_SCHEMES = ("agency-kind", "rank", "sector")

# Of things, each with its own prefix so that IRIs shorten: agency:polres-wonosobo.
_THINGS = (
    "agency",
    "article",
    "change",
    "decision",
    "evidence",
    "gloss",
    "graph",
    "join",
    "meeting",
    "membership",
    "person",
    "place",
    "post",
    "region",
    "run",
    "software",
    "statement",
    "topic",
)

# Prefixes of every term and thing that sinergi writes; queries may use them undeclared.
PREFIXES: dict[str, str] = {
    "cv": str(CV),
    "dcterms": str(DCTERMS),
    "foaf": str(FOAF),
    "oa": str(OA),
    "org": str(ORG),
    "prov": str(PROV),
    "rdf": str(RDF),
    "schema": str(SCHEMA),
    "sin": str(SIN),
    "skos": str(SKOS),
    "xsd": str(XSD),
    "agency-kind": f"{VOCABULARIES}agency-kind/",
    "agreement-kind": f"{VOCABULARIES}agreement-kind/",
    "basis": f"{VOCABULARIES}basis/",
    "change-kind": f"{VOCABULARIES}change-kind/",
    "join-rule": f"{VOCABULARIES}join-rule/",
    "judgement": f"{VOCABULARIES}judgement/",
    "kind": f"{VOCABULARIES}meeting-kind/",
    "rank": f"{VOCABULARIES}rank/",
    "role": f"{VOCABULARIES}role/",
    "sector": f"{VOCABULARIES}sector/",
    "status": f"{VOCABULARIES}meeting-status/",
    "vocab": VOCABULARIES,
    "id": DEFAULT_BASE,
    **{thing: f"{DEFAULT_BASE}{thing}/" for thing in _THINGS},
}

# What may stand in an IRI's path as it is: no dot first ('..' would climb), no '~' (see segment).
_PLAIN = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,119}", re.ASCII)
_NOT_SLUG = re.compile(r"[^a-z0-9]+")
_SLUG_LENGTH = 80  # of the readable part, where a digest follows
_DIGEST_LENGTH = 10


def slug(text: str) -> str:
    """`text` in lower-case ASCII letters and digits with hyphens; '' if it has none of them.

    >>> slug("Kodim 0707/Wonosobo")
    'kodim-0707-wonosobo'
    """
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return _NOT_SLUG.sub("-", ascii_text.lower()).strip("-")


def segment(text: str) -> str:
    """`text` as one path segment of an IRI: as it is where that is safe, else slug~digest.

    Different texts give different segments, whatever they hold.

    >>> segment("dev-01"), segment("../x")
    ('dev-01', 'x~d6b96a97d1')
    """
    if _PLAIN.fullmatch(text):
        return text
    return f"{slug(text)[:_SLUG_LENGTH]}~{_digest(text)}"


def label_segment(label: str) -> str:
    """The path segment of a thing known by its label alone (a place, a topic, a post).

    Case and spacing do not count; labels that differ otherwise differ in their segments.

    >>> label_segment("Kepala  Seksi"), label_segment("R&D"), label_segment("R/D")
    ('kepala-seksi', 'r-d~dacc7c16cd', 'r-d~d1d124e164')
    """
    normal = normal_label(label)
    text = slug(normal)
    if text and text.replace("-", " ") == normal and len(text) <= _SLUG_LENGTH:
        return text
    return f"{text[:_SLUG_LENGTH]}~{_digest(normal)}"


def normal_label(label: str) -> str:
    """`label` without the differences that do not count: case and spacing."""
    return " ".join(label.split()).casefold()


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGEST_LENGTH]


def concept(scheme: str, key: str) -> NamedNode:
    """The concept `key` of the concept scheme `scheme` ('meeting-kind', 'role', 'sector' ...)."""
    return NamedNode(f"{VOCABULARIES}{scheme}/{segment(key)}")


def concept_scheme(scheme: str) -> NamedNode:
    """The concept scheme itself."""
    return NamedNode(f"{VOCABULARIES}{scheme}")


@dataclass(frozen=True, slots=True)
class Iris:
    """The IRIs of things, under one base; the same key always gets the same IRI.

    Raises InputError when `base` cannot be the beginning of an IRI.
    """

    base: str = DEFAULT_BASE

    def __post_init__(self) -> None:
        try:
            NamedNode(self.base)
        except ValueError as error:
            raise InputError(
                f"The base IRI '{self.base}' is no IRI ({error}); give one like {DEFAULT_BASE}."
            ) from None
        if not self.base.endswith(("/", "#")):
            raise InputError(f"The base IRI '{self.base}' must end in '/' or '#'; add it.")

    def _node(self, *path: str) -> NamedNode:
        return NamedNode(self.base + "/".join(path))

    def article(self, article_id: str) -> NamedNode:
        return self._node("article", segment(article_id))

    def agency(self, key: str) -> NamedNode:
        return self._node("agency", segment(key))

    def person(self, key: str) -> NamedNode:
        return self._node("person", segment(key))

    def region(self, code: str) -> NamedNode:
        return self._node("region", segment(code))

    def change(self, key: str) -> NamedNode:
        return self._node("change", segment(key))

    def place(self, name: str) -> NamedNode:
        return self._node("place", label_segment(name))

    def topic(self, label: str) -> NamedNode:
        return self._node("topic", label_segment(label))

    def post(self, agency: str, post: str) -> NamedNode:
        return self._node("post", segment(agency), label_segment(post))

    def membership(self, person: str, agency: str, post: str | None) -> NamedNode:
        """`post` None: the person belongs to the agency, in which post is not said."""
        tail = label_segment(post) if post else "-"  # no label has the segment '-'
        return self._node("membership", segment(person), segment(agency), tail)

    def meeting(self, key: str) -> NamedNode:
        return self._node("meeting", segment(key))

    def person_participation(self, meeting: str, person: str) -> NamedNode:
        return self._node("meeting", segment(meeting), "person", segment(person))

    def agency_participation(self, meeting: str, agency: str) -> NamedNode:
        return self._node("meeting", segment(meeting), "agency", segment(agency))

    def agreement(self, meeting: str) -> NamedNode:
        return self._node("meeting", segment(meeting), "agreement")

    def statement(self, article_id: str, start: int, number: int = 1) -> NamedNode:
        """The `number`th statement that starts at the code point `start`."""
        return self._node("statement", segment(article_id), _position(start, number))

    def gloss(self, article_id: str, start: int, number: int = 1) -> NamedNode:
        """The `number`th gloss that starts at the code point `start`."""
        return self._node("gloss", segment(article_id), _position(start, number))

    def evidence(self, article_id: str, start: int, end: int, part: str = "") -> NamedNode:
        """The annotation of a span, or its `part`: 'target', 'quote', 'position'."""
        path = ("evidence", segment(article_id), f"{start}-{end}")
        return self._node(*path, part) if part else self._node(*path)

    def join(self, kind: str, thing: str, rule: str) -> NamedNode:
        """That a rule has joined mentions to the thing of this kind and key."""
        return self._node("join", segment(kind), segment(thing), segment(rule))

    def candidate(self, kind: str, one: str, other: str) -> NamedNode:
        """That two things of a kind, by their keys, may be one."""
        return self._node("candidate", segment(kind), _digest("\n".join(sorted((one, other)))))

    def decision(self, left: str, right: str, reviewer: str) -> NamedNode:
        """A reviewer's judgement of two mentions."""
        return self._node("decision", _digest("\n".join((*sorted((left, right)), reviewer))))

    def run(self, key: str) -> NamedNode:
        return self._node("run", segment(key))

    def software(self, version: str) -> NamedNode:
        return self._node("software", f"sinergi-{segment(version)}")

    def article_graph(self, article_id: str) -> NamedNode:
        return self._node("graph", "article", segment(article_id))

    @property
    def registry_graph(self) -> NamedNode:
        return self._node("graph", "registry")

    @property
    def identity_graph(self) -> NamedNode:
        return self._node("graph", "identity")

    @property
    def vocabulary_graph(self) -> NamedNode:
        return self._node("graph", "vocabulary")

    @property
    def run_graph(self) -> NamedNode:
        return self._node("graph", "run")


def _position(start: int, number: int) -> str:
    return str(start) if number == 1 else f"{start}.{number}"


def read(name: str) -> str:
    """The text of a file of the ontology, one of FILES or 'context.jsonld'."""
    return resources.files(__name__).joinpath(name).read_text(encoding="utf-8")


def context() -> dict[str, Any]:
    """The JSON-LD context, as the object to put under '@context'."""
    document: dict[str, Any] = json.loads(read("context.jsonld"))
    found: dict[str, Any] = document["@context"]
    return found
