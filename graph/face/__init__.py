"""The Python face: what `import sinergi` gives to people who work in Python or a notebook.

    >>> import sinergi
    >>> store = sinergi.open("out/store")                                # doctest: +SKIP
    >>> store.ask("partners-of-agency", agency="Polres Contoh")          # doctest: +SKIP

It ties the stages together for one reader, adds nothing to what they know, and lets each answer
show itself: as text on a terminal, as HTML in Jupyter. All HTML comes from templates that escape.
"""

from __future__ import annotations

from sinergi.graph.face.reading import Reading, extract
from sinergi.graph.face.store import Store, open
from sinergi.graph.face.table import Table

__all__ = ["Reading", "Store", "Table", "extract", "open"]
