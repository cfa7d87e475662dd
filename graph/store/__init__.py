"""The graph on disk: a folder that many may read while one writes; the layout is in folder.py."""

from sinergi.graph.store.folder import META
from sinergi.graph.store.store import Store, open_store

__all__ = ["META", "Store", "open_store"]
