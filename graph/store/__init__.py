"""The graph on disk: a folder that many may read while one writes; the layout is in folder.py."""

from sinergi.graph.store.folder import store_at
from sinergi.graph.store.store import Store, open_store

__all__ = ["Store", "open_store", "store_at"]
