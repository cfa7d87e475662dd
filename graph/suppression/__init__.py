"""The right to be left out: persons and articles that no output may have (docs/ethics.md).

A suppression is a line of a file. Articles go before anything is resolved, persons after it, so
that who they are is known and nobody else takes their IRI: `Suppressor` and `Hidden` change what
articles state and what was resolved, and everything that is made from these follows. What a store
keeps of its articles stays, so that a suppression taken back leaves no trace.
"""

from sinergi.graph.suppression.file import (
    RELEASED_COLUMNS,
    beside,
    read_suppressions,
    released,
)
from sinergi.graph.suppression.hiding import Hidden, Suppressor

__all__ = [
    "RELEASED_COLUMNS",
    "Hidden",
    "Suppressor",
    "beside",
    "read_suppressions",
    "released",
]
