"""sinergi: a knowledge graph of who met whom, in which office and on whose behalf.

    >>> import sinergi
    >>> store = sinergi.open("out/store")          # doctest: +SKIP
    >>> store.dataset()                            # an rdflib Dataset   # doctest: +SKIP
    >>> store.network()                            # a networkx graph    # doctest: +SKIP

Names are imported when they are first asked for, so that the command line starts quickly.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sinergi.graph.extraction import extract
    from sinergi.graph.pipeline import build
    from sinergi.graph.store import open_store as open

_HOMES = {
    "build": ("sinergi.graph.pipeline", "build"),
    "extract": ("sinergi.graph.extraction", "extract"),
    "open": ("sinergi.graph.store", "open_store"),
}

__all__ = ["build", "extract", "open"]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'sinergi' has no attribute {name!r}")
    module, attribute = _HOMES[name]
    return getattr(import_module(module), attribute)
