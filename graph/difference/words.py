"""A difference for people: a table of counts, then each group of changes in words."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TextIO

from sinergi.graph.difference.changes import Change, Difference
from sinergi.graph.results import plain

_WORDS = {"agency": "institution", "person": "official"}


def write_difference(difference: Difference, stream: TextIO) -> None:
    """Write it; two equal graphs give a table without changes."""
    stream.writelines(f"{line}\n" for line in lines(difference))


def lines(difference: Difference) -> Iterator[str]:
    """The same, line by line."""
    yield f"{'':14}{'before':>9}{'after':>9}"
    for name in sorted({*difference.before, *difference.after}, key=[*difference.after].index):
        before, after = difference.before.get(name, 0), difference.after.get(name, 0)
        change = f"{after - before:>+9,}" if after != before else ""
        yield f"{name:14}{before:>9,}{after:>9,}{change}"
    if not difference.changes:
        yield ""
        yield "no change"
    for (kind, what), group in groupby(difference.changes, key=lambda c: (c.kind, c.what)):
        changes = list(group)
        things = len({change.thing or change.label for change in changes})
        yield ""
        yield f"{_WORDS.get(kind, kind)}s {what}: {things:,}"
        for _, same in groupby(changes, key=lambda change: (change.label, change.thing)):
            yield from _told(list(same))


def _told(changes: list[Change]) -> Iterator[str]:
    """What became of one thing."""
    first = changes[0]
    yield f"  {plain(_rest(first) if first.what != 'changed' else first.label)}"
    for change in changes:
        if change.what == "changed":
            yield f"      {plain(detail(change))}"
    if first.thing:
        yield f"      <{first.thing}>"


def sentence(change: Change) -> str:
    """One change in words: 'office ended: Danu Wisesa: ...'."""
    head = f"{_WORDS.get(change.kind, change.kind)} {change.what}"
    rest = f"{change.label}: {detail(change)}" if change.what == "changed" else _rest(change)
    return f"{head}: {rest}"


def _rest(change: Change) -> str:
    tails = [iri.rpartition("/")[2] for iri in change.others]
    told = {
        "merged": f"is now what {' and '.join(tails)} were",
        "parted": f"is now {' and '.join(tails)}",
        "renamed": f"had the IRI that ends in {' and '.join(tails)}",
    }.get(change.what, "")
    return ", ".join(filter(None, (change.label, told, change.note)))


def detail(change: Change) -> str:
    """'day: 2025-03-05 is now 2025-03-06'."""
    before, after = "; ".join(change.before), "; ".join(change.after)
    if before and after:
        return f"{change.field}: {before} is now {after}"
    if before or after:
        return f"{change.field}: {'no longer' if before else 'now also'} {before or after}"
    return f"{change.field}: otherwise"
