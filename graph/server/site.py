"""What a worker holds to answer from: the store, and what it looked up in it before."""

from __future__ import annotations

from functools import cached_property
from typing import Any
from urllib.parse import quote

import pyoxigraph as ox

from sinergi.graph.registry import Registry
from sinergi.graph.results import select, text
from sinergi.graph.store import Store
from sinergi.ontology import DEFAULT_BASE, SIN, VOCABULARIES

Head = dict[str, Any]
"""Of an answer: "status", "type", and where there are any "headers"."""

_RUN_GRAPH = "SELECT ?graph WHERE { GRAPH ?graph { ?run a prov:Activity } } LIMIT 1"
_SCHEMES = """
SELECT DISTINCT ?concept ?label (LANG(?label) AS ?language) WHERE {
  VALUES ?scheme { vocab:meeting-kind vocab:meeting-status vocab:role vocab:agreement-kind
                   vocab:sector }
  ?concept skos:inScheme ?scheme ; skos:prefLabel ?label
}"""
_NAME = """
SELECT DISTINCT ?thing ?name WHERE {
  ?thing skos:prefLabel|foaf:name|schema:name ?name FILTER(LANG(?name) IN ("", "id"))
}"""
MOST_NAMES = 50_000  # that a worker remembers; some ten megabytes
# What stands in a path as it is; the rest is escaped.
_SAFE = "/~:@!$&'()*+,;="


class Refused(Exception):
    """A question that gets no answer: the HTTP status and the sentence that tell why."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence


class Site:
    """`address` is the server's own, `prefix` the path under which it is shown."""

    def __init__(self, store: Store, address: str, prefix: str) -> None:
        self.store = store
        self.address = address
        self.prefix = prefix
        self._names: dict[str, str] = {}

    @cached_property
    def registry(self) -> Registry:
        return Registry.load()

    def name(self, iri: str) -> str:
        """What an agency, official, post, place or topic is called; "" where it has no name."""
        if iri not in self._names:
            if len(self._names) >= MOST_NAMES:
                self._names.clear()
            rows = select(self.store, _NAME, bindings={"thing": ox.NamedNode(iri)}).dicts()
            self._names[iri] = min((row["name"] for row in rows), default="")
        return self._names[iri]

    @cached_property
    def base(self) -> str:
        """How the IRIs of things begin in this store."""
        for row in select(self.store, _RUN_GRAPH):
            return text(row["graph"]).removesuffix("graph/run")
        return DEFAULT_BASE

    @cached_property
    def concepts(self) -> dict[tuple[str, str], str]:
        """The labels of the fixed vocabularies, by IRI and language."""
        return {
            (line["concept"], line["language"]): line["label"]
            for line in select(self.store, _SCHEMES).dicts()
        }

    def path(self, iri: str) -> str | None:
        """Where this server shows what `iri` names; None where it does not."""
        for start, here in ((self.base, "/id/"), (VOCABULARIES, "/vocab/")):
            if iri.startswith(start) and len(iri) > len(start):
                return self.prefix + here + quote(iri[len(start) :], safe=_SAFE)
        if iri.startswith(str(SIN)):
            return f"{self.prefix}/ns#{quote(iri.removeprefix(str(SIN)))}"
        return None

    def iri(self, room: str, rest: str) -> ox.NamedNode:
        """What the path /id/REST or /vocab/REST names; Refused where that can be no IRI."""
        try:
            return ox.NamedNode((self.base if room == "id" else VOCABULARIES) + rest)
        except ValueError:
            raise Refused(404, f"There is nothing at /{room}/{rest}.") from None
