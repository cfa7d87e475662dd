"""Search on a server: names from an index of them that is made here, passages from the server.

Names are few beside passages and are what is misspelt, so that they are fetched once; passages stay
where they are and are looked for by the words as they are written, accents included.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox

from sinergi.graph.labels import normal
from sinergi.graph.results import Found, Rows, text
from sinergi.graph.store.index import Index
from sinergi.graph.store.lookup import MOST_PASSAGES, PASSAGES, Lookup
from sinergi.graph.store.remote.layout import MEMORY
from sinergi.ontology import concept_scheme

_SCHEMES = " ".join(str(concept_scheme(s)) for s in ("meeting-kind", "meeting-status", "topic"))
_NAMES = f"""SELECT DISTINCT ?s ?p ?o {{
  {{ VALUES ?type {{ org:FormalOrganization foaf:Person }} ?s a ?type
     VALUES ?p {{ rdf:type skos:prefLabel skos:altLabel skos:hiddenLabel foaf:name }} ?s ?p ?o }}
  UNION {{ VALUES ?scheme {{ {_SCHEMES} }} ?s skos:inScheme ?scheme
     VALUES ?p {{ skos:inScheme skos:prefLabel skos:altLabel skos:notation }} ?s ?p ?o }}
  UNION {{ ?article schema:publisher ?o BIND(schema:publisher AS ?p) BIND({MEMORY} AS ?s) }}
}}"""
_HEADLINES = """SELECT DISTINCT ?article ?label { ?article schema:headline ?label FILTER(%s) }
ORDER BY ?article ?label LIMIT %d"""
_QUOTES = """SELECT DISTINCT ?article ?label {
  { SELECT DISTINCT ?graph ?label { GRAPH ?graph { ?quote oa:exact ?label } FILTER(%s) }
    ORDER BY ?graph ?label LIMIT %d }
  GRAPH ?graph { ?article a schema:NewsArticle } }"""
_TITLE = "SELECT (MIN(?title) AS ?first) { %s schema:headline ?title }"

Select = Callable[[str], Rows]


class ServerLookup(Lookup):
    """Names by an index in a file of their own, passages by questions."""

    def __init__(self, select: Select) -> None:
        """`select` answers over the union of the named graphs. Raises StoreError as it does."""
        self._select = select
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            path = Path(folder) / "names.sqlite"
            index = Index(path)
            for _ in index.add(_quads(select(_NAMES))):
                pass
            index.finish()
            index.close()
            # The file is gone by name when it is open, so that nothing can be left behind.
            super().__init__(path)

    def _passages(
        self, words: Sequence[str], kinds: Sequence[str]
    ) -> Iterable[tuple[str, str, str, int]]:
        holds = " && ".join(f"CONTAINS(LCASE(STR(?label)), {ox.Literal(word)})" for word in words)
        for kind, query in (("article", _HEADLINES), ("quote", _QUOTES)):
            if kind in kinds:
                for row in self._select(query % (holds, MOST_PASSAGES)):
                    label = text(row["label"])
                    there = normal(label).split()
                    if all(any(one.startswith(word) for one in there) for word in words):
                        yield kind, text(row["article"]), label, 1

    def _named(self, found: Found) -> Found:
        if found.kind not in PASSAGES:
            return super()._named(found)
        (row,) = self._select(_TITLE % ox.NamedNode(found.thing))
        return replace(found, label=text(row["first"]) or found.label)


def _quads(rows: Rows) -> Iterator[ox.Quad]:
    for row in rows:
        s, p, o = row["s"], row["p"], row["o"]
        yield ox.Quad(s, p, o, MEMORY)  # type: ignore[arg-type]
