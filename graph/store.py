"""The graph on disk: an embedded Oxigraph store that is built once and then only read.

A store is a folder:

    store.json      {"format": 1, "quads": "quads-1"}: the generation of the quads to read
    quads-1/        Oxigraph's own files

Writing never touches what readers see. `Store.create` and `Store.revise` fill a new generation, and
`publish` makes it the current one by replacing store.json, which is atomic; only then does the
old generation go. Oxigraph calls a reader beside a writer undefined; here the two never share a
folder. Readers take no lock and write nothing, so a read-only medium will do.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Self

import pyoxigraph as ox

from sinergi.graph.errors import QueryError, StoreError
from sinergi.graph.results import Result, Rows, Term, Triples, select
from sinergi.graph.sparql import check, explain, names_graphs
from sinergi.ontology import PREFIXES

if TYPE_CHECKING:
    import networkx
    import rdflib

FORMAT = 1  # raise it when an older sinergi could no longer read what is written
META = "store.json"
GENERATION = re.compile(r"quads-(\d+)")


class Store:
    """Named graphs that answer SPARQL; made by `open_store`, `Store.create`, `Store.memory`."""

    def __init__(self, inner: ox.Store, place: str, *, folder: Path | None = None) -> None:
        """`place` names the store in messages, `folder` is its home until it is published."""
        self._inner = inner
        self._place = place
        self._folder = folder

    # Making one ------------------------------------------------------------------------------

    @classmethod
    def memory(cls, quads: Iterable[ox.Quad] = ()) -> Store:
        """A store in memory, gone with the process."""
        store = cls(ox.Store(), "the store in memory")
        store.load(quads)
        return store

    @classmethod
    def create(cls, path: str | os.PathLike[str]) -> Store:
        """An empty store that will stand at `path` (and replace what stands there) once published.

            with Store.create("out/store") as store:
                store.load(quads)

        Leaving the block publishes; an exception in it leaves `path` as it was. Raises StoreError
        where `path` is something else than a store, or cannot be written.
        """
        folder = _new_generation(Path(path))
        try:
            return cls(ox.Store(folder), str(path), folder=folder)
        except OSError as error:
            raise StoreError(f"Cannot write a store at {path}: {error}.") from None

    @classmethod
    def revise(cls, path: str | os.PathLike[str]) -> Store:
        """Like `create`, but beginning with what the store at `path` holds (by hard links)."""
        current = _current(Path(path))
        folder = _new_generation(Path(path))
        try:
            folder.rmdir()  # backup() wants to make it
            ox.Store.read_only(str(current)).backup(folder)
            return cls(ox.Store(folder), str(path), folder=folder)
        except OSError as error:
            raise StoreError(f"Cannot revise the store at {path}: {error}.") from None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is None:
            self.publish()
        else:
            self._discard()

    # Writing ---------------------------------------------------------------------------------

    def load(self, quads: Iterable[ox.Quad]) -> None:
        """Add many quads at once: far quicker than graph by graph, and without keeping them."""
        with self._writing():
            self._inner.bulk_extend(quads)

    def replace(self, graph: ox.NamedNode, quads: Iterable[ox.Quad]) -> None:
        """Make `quads` the whole content of `graph`; doing so again changes nothing.

        Raises ValueError if a quad belongs to another graph.
        """
        kept = list(quads)
        if stray := next((quad for quad in kept if quad.graph_name != graph), None):
            raise ValueError(f"{stray} does not belong to {graph}")
        with self._writing():
            self._inner.remove_graph(graph)
            self._inner.extend(kept)

    def publish(self) -> None:
        """Write everything down and make it what readers see from now on; writing ends here."""
        if self._folder is None:
            return
        folder, self._folder = self._folder, None
        root = folder.parent
        with self._writing():
            self._inner.flush()
            self._inner.optimize()
            # The writer has to be gone first: until then it may still drop files it has compacted.
            self._inner = ox.Store()
            self._inner = ox.Store.read_only(str(folder))
            meta = root / f"{META}.{folder.name}"
            meta.write_text(json.dumps({"format": FORMAT, "quads": folder.name}) + "\n", "utf-8")
            os.replace(meta, root / META)
        for other in _generations(root):
            if _number(other) < _number(folder):
                shutil.rmtree(other, ignore_errors=True)

    def _discard(self) -> None:
        if self._folder is not None:
            folder, self._folder = self._folder, None
            self._inner = ox.Store()
            shutil.rmtree(folder, ignore_errors=True)

    def _writing(self) -> _Writing:
        return _Writing(self._place)

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
            raise StoreError(f"Cannot read {self._place}: {error}.") from None
        if isinstance(answer, ox.QuerySolutions):
            return Rows(tuple(v.value for v in answer.variables), iter(answer))
        if isinstance(answer, ox.QueryTriples):
            return Triples(iter(answer))
        return bool(answer)

    def graphs(self) -> list[ox.NamedNode]:
        """The named graphs, sorted."""
        named = [g for g in self._inner.named_graphs() if isinstance(g, ox.NamedNode)]
        return sorted(named, key=lambda graph: graph.value)

    def quads(self) -> Iterator[ox.Quad]:
        """Every quad, graph by graph and sorted by subject, predicate and object in each.

        Memory goes with the largest graph, not with the store.
        """
        for graph in self.graphs():
            yield from sorted(self._inner.quads_for_pattern(None, None, None, graph), key=_order)

    def __len__(self) -> int:
        """The number of quads."""
        return len(self._inner)

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

    def network(self) -> networkx.Graph[str]:
        """The agencies as a networkx graph, an edge for every pair that met; see network.py.

        The one place where the store knows a later stage, for the sake of
        `sinergi.open(path).network()`.
        """
        from sinergi.graph.network import read_network

        return read_network(lambda text: select(self, text))


def open_store(path: str | os.PathLike[str]) -> Store:
    """The store at `path`, for reading; the folder is left exactly as it is.

    Readers may be many, and a build may publish a new generation meanwhile: what is open stays as
    it was. Raises StoreError if `path` holds no store, a damaged one, or a newer sinergi's.
    """
    for again in (True, False):
        current = _current(Path(path))
        try:
            return Store(ox.Store.read_only(str(current)), str(path))
        except (OSError, RuntimeError) as error:  # RuntimeError: Oxigraph on missing files
            # A build may have published between the two lines above; then the next look finds it.
            if not again:
                raise StoreError(
                    f"The store at {path} is damaged ({error}); build it again."
                ) from None
    raise AssertionError


class _Writing:
    """Turns what Oxigraph and the disk say against a write into a StoreError."""

    def __init__(self, place: str) -> None:
        self._place = place

    def __enter__(self) -> None:
        return None

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, RuntimeError) and "read-write" in str(error):
            raise StoreError(f"{self._place} is open for reading only.") from None
        if isinstance(error, OSError | RuntimeError):
            raise StoreError(f"Cannot write the store at {self._place}: {error}.") from None


def _current(root: Path) -> Path:
    """The generation that store.json names."""
    if not root.exists():
        raise StoreError(f"There is no store at {root}; `sinergi build` makes one.")
    try:
        meta = json.loads((root / META).read_text("utf-8"))
        version, name = int(meta["format"]), str(meta["quads"])
    except (FileNotFoundError, NotADirectoryError):
        raise StoreError(
            f"{root} is not a store of sinergi: it has no {META} (give the folder OUT/store that "
            "`sinergi build` wrote)."
        ) from None
    except OSError as error:
        raise StoreError(f"Cannot read the store at {root}: {error}.") from None
    except (ValueError, KeyError, TypeError):
        raise StoreError(f"{root / META} is damaged; build the store again.") from None
    if version > FORMAT:
        raise StoreError(
            f"The store at {root} has format {version}, and this sinergi reads up to {FORMAT}; "
            "update sinergi or build the store again."
        )
    if not GENERATION.fullmatch(name):
        raise StoreError(f"{root / META} is damaged; build the store again.")
    return root / name


def _new_generation(root: Path) -> Path:
    """A fresh folder beside the current generation; refuses to move into anything but a store."""
    try:
        if root.exists() and not (root / META).exists():
            strangers = [p.name for p in root.iterdir() if not GENERATION.fullmatch(p.name)]
            if strangers:
                raise StoreError(
                    f"{root} holds something else than a store ({sorted(strangers)[0]}); "
                    "name a new folder."
                )
        root.mkdir(parents=True, exist_ok=True)
        folder = root / f"quads-{max(map(_number, _generations(root)), default=0) + 1}"
        folder.mkdir()  # of two builds at once the second fails here instead of mixing in
    except OSError as error:
        raise StoreError(f"Cannot write a store at {root}: {error}.") from None
    return folder


def _generations(root: Path) -> list[Path]:
    return [path for path in root.iterdir() if GENERATION.fullmatch(path.name)]


def _number(folder: Path) -> int:
    return int(folder.name.removeprefix("quads-"))


def _order(quad: ox.Quad) -> tuple[str, str, str]:
    return str(quad.subject), quad.predicate.value, str(quad.object)
