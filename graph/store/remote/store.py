"""Reading a SPARQL server as the folder of a store is read."""

from __future__ import annotations

import io
import shutil
import tempfile
import weakref
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO, NoReturn, TypeVar, cast

import pyoxigraph as ox
from urllib3.exceptions import HTTPError

from sinergi.graph.errors import StoreError
from sinergi.graph.results import Found, Result, Row, Rows, Term, Triples, plain, select, text
from sinergi.graph.sparql import names_graphs, with_values
from sinergi.graph.store.lookup import KINDS, LIMIT, Lookup
from sinergi.graph.store.remote import layout
from sinergi.graph.store.remote.client import ROWS, TRIPLES, Server
from sinergi.graph.store.store import Store

if TYPE_CHECKING:
    import rdflib
    import urllib3

Item = TypeVar("Item")

GRAPHS_AT_ONCE = 100  # graphs of one request: some 20,000 quads, which are a few megabytes
PIECE = 1 << 16


class RemoteStore(Store):
    """The graph on a server, for reading; each question sees what the server has at that moment."""

    def __init__(self, server: Server) -> None:
        # The empty store within says what is wrong with a query before it goes anywhere.
        super().__init__(ox.Store(), server.place)
        self.server = server
        self._copy: Store | None = None
        self._names: tuple[str, Lookup] | None = None
        (found,) = self.rows(layout.WHAT_IS_THERE)
        format = found["format"]
        if format is not None and text(format) != str(layout.FORMAT):
            raise StoreError(
                f"The store at {self.place} has format {text(format)}, and this sinergi reads "
                f"{layout.FORMAT}; update sinergi."
            )
        self.written_here = format is not None
        """Whether sinergi filled the server, or somebody else did."""
        default, named = (found[name] is not None for name in ("default", "named"))
        self.empty = not (default or named)
        self._named: list[ox.NamedNode] | None = None
        if named and not default:
            self._named = self.graphs()  # the union is asked for by naming all of it

    # Reading -----------------------------------------------------------------------------------

    def query(
        self,
        text: str,
        *,
        bindings: Mapping[str, Term] | None = None,
        default_graphs: Sequence[ox.NamedNode] = (),
        named_graphs: Sequence[ox.NamedNode] = (),
    ) -> Result:
        """As `Store.query`. Raises StoreError where the server does not answer."""
        form, columns = self._form(text, bindings)
        default, named = list(default_graphs), list(named_graphs)
        if not (default or named or names_graphs(text)) and self._named:
            default = named = self._named
        graphs = [
            *(("default-graph-uri", graph.value) for graph in default),
            *(("named-graph-uri", graph.value) for graph in named),
        ]
        values = {name: str(term) for name, term in (bindings or {}).items()}
        asked = layout.HEADER + (with_values(text, values) if values else text)
        if form is Triples:
            return Triples(self._triples(self.server.query(asked, TRIPLES, graphs)))
        answer = self._parsed(self.server.query(asked, ROWS, graphs))
        if isinstance(answer, bool) and form is bool:
            return answer
        if isinstance(answer, bool) or form is bool:
            answer = False
            raise self._garbled("the answer to another form of query")
        # `SELECT *` lists what the server found; all else is as asked.
        return Rows(columns if set(columns) <= set(answer[0]) else answer[0], answer[1])

    def _form(
        self, text: str, bindings: Mapping[str, Term] | None
    ) -> tuple[type[Rows | Triples | bool], tuple[str, ...]]:
        """What a query gives, and its columns, from the empty store within.

        Raises QueryError as that does.
        """
        answer = super().query(text, bindings=bindings)
        return type(answer), answer.columns if isinstance(answer, Rows) else ()

    def graphs(self) -> list[ox.NamedNode]:
        found = (row["g"] for row in self.rows(layout.GRAPHS))
        return sorted((g for g in found if isinstance(g, ox.NamedNode)), key=lambda g: g.value)

    def quads(self) -> Iterator[ox.Quad]:
        """As `Store.quads`; memory goes with GRAPHS_AT_ONCE graphs."""
        for names in _batches(self.graphs()):
            yield from (quad for graph in self._quads(names) for quad in sorted(graph, key=str))

    def graph(self, name: ox.NamedNode) -> Iterator[ox.Quad]:
        for quads in self._quads([name]):
            yield from quads

    def __len__(self) -> int:
        (row,) = self.rows(layout.COUNT)
        return int(text(row["n"]))

    def version(self) -> str | None:
        """Another one whenever sinergi has changed something; None where others filled it."""
        found = [text(row["version"]) for row in self.rows(layout.VERSION_OF)]
        return found[0] if found else None

    def search(self, text: str, limit: int = LIMIT, kinds: Sequence[str] = KINDS) -> list[Found]:
        """As `Store.search`, but for accents in passages. Names are fetched once for each version
        of the store, which the first search waits for.
        """
        from sinergi.graph.store.remote.search import ServerLookup

        version = self.version() or ""
        if self._names is None or self._names[0] != version:
            self._names = version, ServerLookup(lambda query: select(self, query))
        return self._names[1].search(text, limit, kinds)

    def dataset(self) -> rdflib.Dataset:
        """As `Store.dataset`, over a copy in memory of what the server has now."""
        return Store.memory(self.quads()).dataset()

    def match(
        self,
        subject: ox.NamedNode | None = None,
        predicate: ox.NamedNode | None = None,
        object: ox.NamedNode | ox.Literal | None = None,
        graph: ox.NamedNode | None = None,
    ) -> Iterator[ox.Quad]:
        """As `Store.match`, out of a copy on disk: an export asks some hundred thousand times.
        It is fetched once, and goes with this object.
        """
        if self._copy is None:
            folder = tempfile.mkdtemp()
            weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
            self._copy = Store(ox.Store(folder), self.place)
            self._copy.load(self.quads())
        return self._copy.match(subject, predicate, object, graph)

    def load(self, quads: Iterable[ox.Quad]) -> NoReturn:
        raise StoreError(f"{self.place} is open for reading only.")

    def replace(self, graph: ox.NamedNode, quads: Iterable[ox.Quad]) -> NoReturn:
        raise StoreError(f"{self.place} is open for reading only.")

    def _quads(self, graphs: Iterable[ox.NamedNode]) -> Iterator[list[ox.Quad]]:
        """The quads of each of these graphs, in their order."""
        wanted = list(graphs)
        found: dict[Term | None, list[ox.Quad]] = defaultdict(list)
        for row in self.rows(layout.quads_of(wanted)):
            s, p, o, g = (row[name] for name in "spog")
            found[g].append(ox.Quad(s, p, o, g))  # type: ignore[arg-type]
        for graph in wanted:
            yield found.pop(graph, [])

    def rows(self, query: str) -> Iterator[Row]:
        """The rows of a query of ours, which names the graphs it is about."""
        answer = self._parsed(self.server.query(query))
        if isinstance(answer, bool):
            raise self._garbled("no rows")
        return answer[1]

    # Answers -----------------------------------------------------------------------------------

    # What Oxigraph parses must be let go of in the thread that began it, and so is not left to an
    # exception to hold, which may be collected in another one.

    def _parsed(
        self, response: urllib3.BaseHTTPResponse
    ) -> bool | tuple[tuple[str, ...], Iterator[Row]]:
        stream = _stream(response)
        with self._reading(stream):
            answer = ox.parse_query_results(stream, format=ox.QueryResultsFormat.JSON)
        if isinstance(answer, ox.QueryBoolean):
            stream.close()
            return bool(answer)
        return tuple(v.value for v in answer.variables), self._each(answer, stream)

    def _triples(self, response: urllib3.BaseHTTPResponse) -> Iterator[ox.Triple]:
        stream = _stream(response)

        def begun() -> Iterator[ox.Quad]:
            with self._reading(stream):
                return ox.parse(stream, format=ox.RdfFormat.N_TRIPLES)

        return (quad.triple for quad in self._each(begun(), stream))

    def _each(self, items: Iterable[Item], stream: BinaryIO) -> Iterator[Item]:
        try:
            with self._reading(stream):
                yield from items
                stream.close()
        finally:
            del items

    @contextmanager
    def _reading(self, stream: BinaryIO) -> Iterator[None]:
        """What a broken or garbled answer is as a sentence."""
        try:
            yield
        except (SyntaxError, UnicodeError) as error:
            stream.close()
            raise self._garbled(str(error)) from None
        except (HTTPError, OSError) as error:
            stream.close()
            raise self.server.broken(error) from None

    def _garbled(self, why: str) -> StoreError:
        return StoreError(f"{self.place} gives an answer that is none ({plain(why)[:80]}).")


def _batches(graphs: Sequence[ox.NamedNode]) -> Iterator[Sequence[ox.NamedNode]]:
    for start in range(0, len(graphs), GRAPHS_AT_ONCE):
        yield graphs[start : start + GRAPHS_AT_ONCE]


def _stream(response: urllib3.BaseHTTPResponse) -> BinaryIO:
    response.auto_close = False  # type: ignore[attr-defined]  # or what is read to the end could not be asked whether it is
    return cast(BinaryIO, io.BufferedReader(response, PIECE))
