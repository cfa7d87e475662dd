"""sinergi: a knowledge graph of who met whom, in which office and on whose behalf.

    >>> import sinergi
    >>> sinergi.build("articles/", "out")                                # doctest: +SKIP
    >>> store = sinergi.open("out")                                      # doctest: +SKIP
    >>> store.query("SELECT ?day { ?m a sin:Meeting ; schema:startDate ?day }")  # doctest: +SKIP
    >>> store.ask("partners-of-agency", agency="Polres Contoh")          # doctest: +SKIP
    >>> store.dossier("Polres Contoh")                                   # doctest: +SKIP
    >>> store.network(measures=["betweenness"])    # a networkx graph    # doctest: +SKIP
    >>> store.dataset()                            # an rdflib Dataset   # doctest: +SKIP
    >>> store.view("network.html")                                       # doctest: +SKIP
    >>> sinergi.extract("Kapolres menerima audiensi ...")                # doctest: +SKIP

Names are imported when they are first asked for, so that the command line starts quickly.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sinergi.graph.errors import SinergiError
    from sinergi.graph.face import Reading, Store, Table, extract, open
    from sinergi.graph.pipeline import build
    from sinergi.graph.registry import Registry

_HOMES = {
    "Reading": "sinergi.graph.face",
    "Registry": "sinergi.graph.registry",
    "SinergiError": "sinergi.graph.errors",
    "Store": "sinergi.graph.face",
    "Table": "sinergi.graph.face",
    "build": "sinergi.graph.pipeline",
    "extract": "sinergi.graph.face",
    "open": "sinergi.graph.face",
}

__all__ = [
    "Reading",
    "Registry",
    "SinergiError",
    "Store",
    "Table",
    "build",
    "extract",
    "open",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'sinergi' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return __all__
