"""Networks over time: windows of a year, a quarter or a month, and what changes between them."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from typing import Any, Literal

import networkx as nx

from sinergi.graph.network.projection import Projection, project
from sinergi.graph.network.records import Records

Slice = Literal["year", "quarter", "month"]
_MONTHS: dict[str, int] = {"year": 12, "quarter": 3, "month": 1}


def slices(
    records: Records, projection: Projection, by: Slice
) -> Iterator[tuple[str, nx.Graph[str]]]:
    """The network of every slice ("2025", "2025-Q2", "2025-04") with a meeting that passes, in
    order of time. Meetings without a day are in none.
    """
    days = [m.date for m in records.meetings if m.date]
    days = [d for d in days if (projection.since or d) <= d <= (projection.until or d)]
    if not days:
        return
    step = _MONTHS[by]
    first, last = (_month(day) // step for day in (min(days), max(days)))
    for number in range(first, last + 1):
        start, end = _day(number * step), _day(number * step + step - 1, last=True)
        window = projection.within(
            max(start, projection.since or start), min(end, projection.until or end)
        )
        if len(graph := project(records, window)):
            yield _label(number * step, by), graph


def change(before: nx.Graph[Any], after: nx.Graph[Any]) -> dict[str, int | float]:
    """What `after` has that `before` had not: actors and ties that came, went and stayed, and how
    alike the two sets of ties are (Jaccard: shared of all, 1 where both are empty).
    """
    actors, ties = (set(before), set(after)), (_ties(before), _ties(after))
    every = len(ties[0] | ties[1])
    return {
        "actors_new": len(actors[1] - actors[0]),
        "actors_gone": len(actors[0] - actors[1]),
        "ties_new": len(ties[1] - ties[0]),
        "ties_gone": len(ties[0] - ties[1]),
        "ties_kept": len(ties[0] & ties[1]),
        "similarity": len(ties[0] & ties[1]) / every if every else 1.0,
    }


def _ties(graph: nx.Graph[Any]) -> set[frozenset[Any]]:
    return {frozenset(pair) for pair in graph.edges}


def _month(day: str) -> int:
    """Months since the year 0."""
    return int(day[:4]) * 12 + int(day[5:7]) - 1


def _day(month: int, *, last: bool = False) -> str:
    year, of_year = divmod(month, 12)
    return f"{year:04}-{of_year + 1:02}-{monthrange(year, of_year + 1)[1] if last else 1:02}"


def _label(month: int, by: Slice) -> str:
    year, of_year = divmod(month, 12)
    if by == "year":
        return f"{year:04}"
    return f"{year:04}-Q{of_year // 3 + 1}" if by == "quarter" else f"{year:04}-{of_year + 1:02}"
