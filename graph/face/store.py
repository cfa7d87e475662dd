"""A store as it is used in Python."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sinergi.graph import queries
from sinergi.graph.dossier import dossier
from sinergi.graph.face.dossier import Dossier
from sinergi.graph.face.html import render
from sinergi.graph.face.table import Table
from sinergi.graph.registry import Registry
from sinergi.graph.results import Rows, Term, Triples, select

if TYPE_CHECKING:
    import rdflib

    from sinergi.graph import store as stores
    from sinergi.graph.face.network import Network
    from sinergi.graph.face.page import Page

_HOLDS = """SELECT
  (COUNT(DISTINCT ?article) AS ?articles) (COUNT(DISTINCT ?meeting) AS ?meetings)
  (COUNT(DISTINCT ?agency) AS ?agencies) (COUNT(DISTINCT ?official) AS ?officials)
{
  { ?article a schema:NewsArticle }
  UNION { ?meeting a sin:Meeting }
  UNION { ?participation cv:hasParticipant ?agency . ?agency a org:FormalOrganization }
  UNION { ?official a foaf:Person }
}"""
_DAYS = """SELECT (MIN(?day) AS ?first) (MAX(?day) AS ?last) {
  ?meeting a sin:Meeting ; schema:startDate ?day }"""


class Store:
    """A graph of who met whom, opened for reading. `open` makes one.

    It shows itself in Jupyter as what it holds.
    """

    def __init__(self, source: stores.Store, place: str, registry: Registry | None = None) -> None:
        self.source = source
        """The store underneath, as the modules of sinergi.graph take it."""
        self.place = place
        if registry is not None:
            self.registry = registry

    @cached_property
    def registry(self) -> Registry:
        """The tables by which names and abbreviations are understood."""
        return Registry.load()

    def query(
        self, sparql: str, bindings: Mapping[str, Term] | None = None
    ) -> Table | rdflib.Graph | bool:
        """The answer to a SPARQL 1.1 query over everything that the store holds.

        A SELECT gives a Table, a CONSTRUCT or DESCRIBE an rdflib Graph, an ASK a bool. sinergi's
        prefixes need no declaration. `bindings` gives values to variables as RDF terms of
        pyoxigraph. Raises QueryError, with the line where the text breaks.
        """
        answer = self.source.query(sparql, bindings=bindings)
        if isinstance(answer, Rows):
            return Table.of_rows(answer)
        if isinstance(answer, Triples):
            return _graph(answer)
        return answer

    def ask(self, question: str, **values: object) -> Table:
        """The answer to a named query; `questions` lists them with what they take.

        Values are names (or aliases, or IRIs) of things, days and numbers. Raises QueryError for
        what does not fit, AmbiguousName, with the candidates, for a name of several things.
        """
        given = {name: str(value) for name, value in values.items() if value is not None}
        return Table.of_rows(
            queries.run(self.source, question, given, identify=self.registry.identify)
        )

    @property
    def questions(self) -> Table:
        """The named queries: what each answers, and its parameters, optional ones in brackets."""
        return Table.of_records(
            [
                {
                    "question": query.name,
                    "answers": query.title,
                    "takes": ", ".join(
                        p.name if p.required and p.default is None else f"[{p.name}]"
                        for p in query.parameters
                    ),
                }
                for query in queries.named_queries().values()
            ]
        )

    def dossier(self, name: str) -> Dossier:
        """All that is known of an official or agency: by name, alias, abbreviation or IRI.

        Raises AmbiguousName, with the candidates, where several are so called, QueryError where
        none is.
        """
        found = dossier(self.source, name, identify=self.registry.identify)
        return Dossier(**{name: getattr(found, name) for name in found.__dataclass_fields__})

    def network(self, *, measures: Collection[str] = (), **settings: Any) -> Network:
        """Who met whom, as a networkx graph.

        `settings` are those of sinergi.graph.network.Projection, such as level="ministry",
        since="2025-01-01", kinds=("rapat",), minimum=2, count="outlets"; `measures` names of
        sinergi.graph.network.MEASURES. Raises QueryError for what means nothing.
        """
        from sinergi.graph.face.network import Network

        return Network(self.source.network(measures=measures, **settings))

    def dataset(self) -> rdflib.Dataset:
        """The store as an rdflib Dataset, its default graph the union of all graphs."""
        return self.source.dataset()

    def view(
        self,
        path: str | os.PathLike[str] | None = None,
        *,
        title: str | None = None,
        about: str | None = None,
        license: str | None = None,
        quality: str | None = None,
        language: str = "id",
        embed: bool = False,
        count: str = "meetings",
    ) -> Page:
        """The network page, also written to `path` where one is given.

        The arguments are those of `sinergi view`. Raises InputError for a language or count that
        the page does not have, or a path that cannot be written.
        """
        from sinergi.graph.face.page import Page
        from sinergi.graph.pipeline import draw
        from sinergi.graph.viewer import PageText

        html = draw(
            self.source, None if path is None else Path(path), registry=self.registry,
            text=PageText(title, about, license, quality), language=language, embed=embed,
            count=count,
        )  # fmt: skip
        return Page(html)

    def export(self, path: str | os.PathLike[str], format: str = "csv") -> None:
        """Write the store for other programs: the formats of `sinergi export`.

        csv and parquet are tables in the folder `path`, or in one file where it is called .zip.
        Raises InputError where `path` cannot be written, QueryError for another format.
        """
        from sinergi.graph.exports import save_store

        save_store(self.source, Path(path), format, registry=self.registry)

    def _facts(self) -> dict[str, str]:
        (held,) = select(self.source, _HOLDS).dicts()
        (days,) = select(self.source, _DAYS).dicts()
        facts = {name: f"{int(count):,}" for name, count in held.items()}
        if days["first"]:
            facts["days of meetings"] = f"{days['first']} to {days['last']}"
        return facts

    def __repr__(self) -> str:
        facts = self._facts()
        held = ", ".join(f"{facts[name]} {name}" for name in list(facts)[:4])
        return f"<Store {self.place}: {held}>"

    def _repr_html_(self) -> str:
        return render("store", place=self.place, facts=self._facts())


def open(path: str | os.PathLike[str], registry: Registry | None = None) -> Store:
    """The store at `path`, or in the folder that `sinergi build` wrote, for reading; or on the
    SPARQL 1.1 server of this address.

    `registry` is that of the build, where it was one with rows of your own. Raises StoreError if
    there is no store, a damaged one, or a newer sinergi's.
    """
    from sinergi.graph.store import is_address, open_store, store_at

    if is_address(path):
        source = open_store(path)
        return Store(source, source.place, registry)
    return Store(open_store(store_at(Path(path))), os.fspath(path), registry)


def _graph(triples: Triples) -> rdflib.Graph:
    import rdflib

    graph = rdflib.Graph()
    lines = "".join(f"{triple} .\n" for triple in triples)
    return graph.parse(data=lines, format="nt")
