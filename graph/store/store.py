"""A graph that answers SPARQL: in memory, or a generation of a store on disk (see folder.py)."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeGuard, TypeVar

import pyoxigraph as ox

from sinergi.graph.errors import QueryError, StoreError
from sinergi.graph.memory import without_collection
from sinergi.graph.results import Found, Result, Rows, Term, Triples, select
from sinergi.graph.sparql import check, explain, names_graphs
from sinergi.graph.store.folder import INDEX, QUADS, Lock, cannot_write, hold, holds_graph_file
from sinergi.graph.store.lookup import KINDS, LIMIT, Lookup
from sinergi.graph.store.rows import tail
from sinergi.ontology import PREFIXES, SIN

if TYPE_CHECKING:
    import networkx
    import rdflib

    from sinergi.graph.network import Projection, Records
    from sinergi.graph.store.writer import Writer

Answer = TypeVar("Answer")

_SECTORS = """SELECT ?sector ?label {
  ?sector skos:inScheme vocab:sector ; skos:prefLabel ?label FILTER(LANG(?label) = "id") }
ORDER BY STR(?label)"""


class Store:
    """Named graphs that answer SPARQL; made by `open_store`, `Store.memory`, `Store.create`."""

    def __init__(
        self,
        inner: ox.Store,
        place: str,
        lookup: Lookup | None = None,
        lock: Lock | None = None,
        quads: int | None = None,
    ) -> None:
        """`place` names the store in messages; `lock` keeps its files from being removed; `quads`
        is how many there are, if that is known."""
        self._inner = inner
        self.place = place
        self._lock = lock
        self._size = quads
        self.lookup = lookup
        """The index beside the quads, where there is one."""
        self._records: dict[tuple[bool, bool], Records] = {}

    # Making one ------------------------------------------------------------------------------

    @classmethod
    def memory(cls, quads: Iterable[ox.Quad] = ()) -> Store:
        """A store in memory, gone with the process."""
        store = Store(ox.Store(), "the store in memory")
        store.load(quads)
        return store

    @classmethod
    def create(cls, path: str | os.PathLike[str]) -> Writer:
        """An empty store that will stand at `path` (and replace what stands there) once published.

            with Store.create("out/store") as store:
                store.load(quads)

        Leaving the block publishes; an exception in it leaves `path` as it was. Raises StoreError
        where `path` is something else than a store, is being written, or cannot be written.
        """
        from sinergi.graph.store.writer import Writer

        return Writer(Path(path), anew=True)

    @classmethod
    def revise(cls, path: str | os.PathLike[str]) -> Writer:
        """Like `create`, but beginning with what the store at `path` holds (by hard links)."""
        from sinergi.graph.store.writer import Writer

        return Writer(Path(path))

    # Writing ---------------------------------------------------------------------------------

    def load(self, quads: Iterable[ox.Quad]) -> None:
        """Add many quads at once: far quicker than graph by graph, and without keeping them.

        The quads of a graph come together.
        """
        with Writing(self.place):
            self._inner.bulk_extend(quads)

    def replace(self, graph: ox.NamedNode, quads: Iterable[ox.Quad]) -> None:
        """Make `quads` the whole content of `graph`; doing so again changes nothing.

        Raises ValueError if a quad belongs to another graph.
        """
        wanted = set(quads)
        with Writing(self.place):
            self._inner.extend(self._difference(graph, wanted)[0])

    def _difference(
        self, graph: ox.NamedNode, wanted: AbstractSet[ox.Quad]
    ) -> tuple[list[ox.Quad], int]:
        """What `graph` lacks of `wanted`, and how much it had beyond that and has no longer."""
        if any(quad.graph_name != graph for quad in wanted):
            raise ValueError(f"not every quad belongs to {graph}")
        present = set(self._inner.quads_for_pattern(None, None, None, graph))
        if not present:
            return list(wanted), 0
        beyond = present - wanted
        if not wanted:
            self._inner.remove_graph(graph)
        else:
            for quad in beyond:
                self._inner.remove(quad)
        return list(wanted - present), len(beyond)

    # Reading ---------------------------------------------------------------------------------

    def query(
        self,
        text: str,
        *,
        bindings: Mapping[str, Term] | None = None,
        default_graphs: Sequence[ox.NamedNode] = (),
        named_graphs: Sequence[ox.NamedNode] = (),
    ) -> Result:
        """The answer to a SPARQL 1.1 query over the union of all named graphs.

        A FROM or FROM NAMED in the text gives it other graphs, and `default_graphs` or
        `named_graphs`, where there are any, take the place of both.
        `bindings` are given to the variables as RDF terms, never as text; such a variable has to
        stand in the SELECT, and in that of every sub-select that uses it. sinergi's prefixes need
        no declaration. Updates and SERVICE are refused. Raises QueryError, with the line where
        the text breaks, and StoreError if the files cannot be read.
        """
        check(text)
        substitutions = {ox.Variable(k): v for k, v in (bindings or {}).items()}
        chosen = bool(default_graphs or named_graphs)
        try:
            answer = self._inner.query(
                text,
                prefixes=PREFIXES,
                # Oxigraph would forget the FROM of a query whose default graph is the union.
                use_default_graph_as_union=not (chosen or names_graphs(text)),
                default_graph=list(default_graphs) if chosen else None,
                named_graphs=list(named_graphs) if chosen else None,
                substitutions=substitutions,
            )
        except SyntaxError as error:
            raise QueryError(explain(text, str(error))) from None
        except RuntimeError as error:  # a binding that cannot reach its variable
            raise QueryError(f"The query cannot be bound: {error}.") from None
        except OSError as error:
            raise damaged(self.place, error) from None
        if isinstance(answer, ox.QuerySolutions):
            return Rows(tuple(v.value for v in answer.variables), self._read(answer))
        if isinstance(answer, ox.QueryTriples):
            return Triples(self._read(answer))
        return bool(answer)

    def graphs(self) -> list[ox.NamedNode]:
        """The named graphs, sorted."""
        named = [g for g in self._inner.named_graphs() if isinstance(g, ox.NamedNode)]
        return sorted(named, key=lambda graph: graph.value)

    def quads(self) -> Iterator[ox.Quad]:
        """Every quad, graph by graph and in each sorted as its N-Quads are.

        Memory goes with the largest graph, not with the store.
        """
        for graph in self.graphs():
            yield from sorted(self.graph(graph), key=str)

    def graph(self, name: ox.NamedNode) -> Iterator[ox.Quad]:
        """The quads of one graph, in no order."""
        return self._read(self._inner.quads_for_pattern(None, None, None, name))

    def match(
        self,
        subject: ox.NamedNode | None = None,
        predicate: ox.NamedNode | None = None,
        object: ox.NamedNode | ox.Literal | None = None,
        graph: ox.NamedNode | None = None,
    ) -> Iterator[ox.Quad]:
        """The quads with these terms, in no order; None stands for any."""
        return self._read(self._inner.quads_for_pattern(subject, predicate, object, graph))

    def __len__(self) -> int:
        """The number of quads."""
        return len(self._inner) if self._size is None else self._size

    def _read(self, answer: Iterable[Answer]) -> Iterator[Answer]:
        """Damage shows where it is read, which is after the query was taken."""
        try:
            yield from answer
        except OSError as error:
            raise damaged(self.place, error) from None

    def search(self, text: str, limit: int = LIMIT, kinds: Sequence[str] = KINDS) -> list[Found]:
        """What `text` may mean: agencies, officials, topics, articles and quotes, the best first.

        By whole names, by beginnings of words, and where there are none by similar words; case,
        accents and titles do not count. Raises StoreError for a store that has no index.
        """
        if self.lookup is None:
            raise StoreError(f"{self.place} has no index to search.")
        return self.lookup.search(text, limit, kinds)

    def dataset(self) -> rdflib.Dataset:
        """An rdflib Dataset over this store, its default graph the union of the named ones.

        Give `Dataset.query` the text: an rdflib `prepareQuery` object is not handed to Oxigraph, so
        it is evaluated in Python and some hundred times slower.
        """
        import rdflib
        from oxrdflib import OxigraphStore

        dataset = rdflib.Dataset(store=OxigraphStore(store=self._inner), default_union=True)
        for prefix, iri in PREFIXES.items():
            dataset.bind(prefix, iri)
        return dataset

    def network(self, *, measures: Collection[str] = (), **settings: Any) -> networkx.Graph[str]:
        """Who met whom, as a networkx graph; sinergi.graph.network lists its attributes.

        `settings` are those of sinergi.graph.network.Projection, such as level="ministry",
        since="2025-01-01", kinds=("rapat",), minimum=2, count="outlets"; without any it is every
        agency that met another. `measures` are names of MEASURES to compute. Raises QueryError for
        a setting or a measure that means nothing.

        The one place where the store knows a later stage, for the sake of
        `sinergi.open(path).network()`.
        """
        from sinergi.graph.network import Projection, measure

        projection = Projection(**settings)
        with without_collection():
            graph = self._project(projection)
        return measure(graph, measures) if measures else graph

    def _project(self, projection: Projection) -> networkx.Graph[str]:
        from sinergi.graph.network import project, read_network

        if self.lookup is not None:
            from sinergi.graph.store.meetings import read_meetings

            # What a generation holds never changes, and to read it takes longer than to project it.
            with_officials, with_topics = projection.actors == "officials", bool(projection.topics)
            if (with_officials, with_topics) not in self._records:
                self._records = {(with_officials, with_topics): read_meetings(
                    self.lookup,
                    {tail(row["sector"]): row["label"] for row in select(self, _SECTORS).dicts()},
                    officials=with_officials,
                    topics=with_topics,
                    copies={
                        tail(quad.subject.value)
                        for quad in self.match(predicate=SIN.copyOf)
                        if isinstance(quad.subject, ox.NamedNode)
                    },
                )}  # fmt: skip
            return project(self._records[with_officials, with_topics], projection)
        return read_network(lambda text: select(self, text), projection)


def open_store(path: str | os.PathLike[str]) -> Store:
    """The store at `path`, for reading; the folder is left exactly as it is.

    Readers may be many, and a writer may publish new generations meanwhile: what is open stays as
    it was. Raises StoreError if `path` holds no store, a damaged one, or a newer sinergi's. `path`
    may also be a release (a folder or zip), an RDF file, or the address of a SPARQL 1.1 server,
    http://... or https://...; these have no index.
    """
    if is_address(path):
        from sinergi.graph.store.remote.client import Server
        from sinergi.graph.store.remote.store import RemoteStore

        return RemoteStore(Server(path))
    root = Path(path)
    if holds_graph_file(root):
        from sinergi.graph.store.files import open_file

        return open_file(root)
    meta, lock = hold(root)
    try:
        inner = ox.Store.read_only(str(root / meta.generation / QUADS))
        return Store(inner, str(path), Lookup(root / meta.generation / INDEX), lock, meta.quads)
    except (OSError, RuntimeError) as error:  # RuntimeError: Oxigraph on missing files
        raise damaged(path, error) from None


def is_address(place: str | os.PathLike[str]) -> TypeGuard[str]:
    """Whether a store is on a server."""
    return isinstance(place, str) and place.startswith(("http://", "https://"))


def damaged(path: str | os.PathLike[str], error: Exception) -> StoreError:
    """The sentence for files that cannot be what they were."""
    return StoreError(
        f"The store at {path} is damaged ({error}); `sinergi optimize --rebuild` makes its graph "
        "anew from what its articles state."
    )


class Writing:
    """Turns what Oxigraph and the disk say against a write into a StoreError."""

    def __init__(self, place: str) -> None:
        self.place = place

    def __enter__(self) -> None:
        return None

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, RuntimeError) and "read-write" in str(error):
            raise StoreError(f"{self.place} is open for reading only.") from None
        if isinstance(error, OSError | RuntimeError):
            raise cannot_write(self.place, error) from None
