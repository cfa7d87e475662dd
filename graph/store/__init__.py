"""The graph on disk: a folder that many may read while one writes; the layout is in folder.py."""

from sinergi.graph.store.folder import store_at
from sinergi.graph.store.store import Store, is_address, open_store

__all__ = ["Store", "is_address", "open_store", "store_at"]
