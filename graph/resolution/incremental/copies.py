"""Which articles are copies, where articles came or went."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from sinergi.graph.resolution.articles import (
    COPY,
    first_copies,
    near,
    pairs_of,
    runs_of,
    share,
)
from sinergi.graph.resolution.decisions import Judgements, article_mention
from sinergi.graph.resolution.incremental.facts import NO_DAY
from sinergi.graph.resolution.incremental.tables import rows

Pair = tuple[int, int]
Place = tuple[str, str]  # day and id: copies are ordered by them


class Gone(NamedTuple):
    """An article that was taken out."""

    place: Place
    first: str | None
    hashes: list[int]


def update(
    db: sqlite3.Connection,
    gone: Mapping[int, Gone],
    fresh: Collection[int],
    text_of: Callable[[str], str],
    judgements: Judgements,
) -> tuple[dict[str, str], dict[str, str]]:
    """Bring the tables of copies in step; the first of each article's group before and after, for
    those of which the group may be another. `text_of` gives the text of an article by its id."""
    place_of = {number: found.place for number, found in gone.items()}
    gained, lost = _pairs(db, gone, frozenset(fresh), place_of)
    runs = lru_cache(maxsize=4096)(lambda id: runs_of(text_of(id)))
    touched = {*fresh}
    for one, other in sorted(gained, key=lambda pair: sorted(place_of[i] for i in pair)):
        (day, id), (other_day, other_id) = place_of[one], place_of[other]
        if near(*(None if d == NO_DAY else d for d in (day, other_day))):
            common = share(runs(id), runs(other_id))
            if common >= COPY:
                both = ((one, other, common), (other, one, common))
                db.executemany("REPLACE INTO copy VALUES (?, ?, ?)", both)
                touched |= {one, other}
    edges = set(rows(db, "SELECT one, other FROM copy WHERE one IN given", gone))
    edges |= {pair for pair in lost if _are_copies(db, pair) and not _compared(db, pair, place_of)}
    for one, other in edges:
        touched |= {one, other}
        db.executemany("DELETE FROM copy WHERE one = ? AND other = ?", ((one, other), (other, one)))
    return _groups(db, touched - gone.keys(), gone, judgements)


def _pairs(
    db: sqlite3.Connection,
    gone: Mapping[int, Gone],
    fresh: frozenset[int],
    place_of: dict[int, Place],
) -> tuple[set[Pair], set[Pair]]:
    """Pairs of articles that are compared now and were not, and that were and are not."""
    hashes: dict[int, list[int]] = defaultdict(list)
    for number, article in gone.items():
        for value in article.hashes:
            hashes[value].append(number)
    found: Iterable[tuple[int, int, str, str]]
    if len(fresh) == db.execute("SELECT COUNT(*) FROM resolved").fetchone()[0]:
        found = db.execute(_STANDING.format(""))
    else:
        for (value,) in rows(db, "SELECT hash FROM sketch WHERE article IN given", fresh):
            hashes[value] = hashes[value]
        found = rows(db, _STANDING.format("WHERE hash IN given"), hashes)
    gained: set[Pair] = set()
    lost: set[Pair] = set()
    for value, group in groupby(found, key=lambda row: row[0]):
        standing, went = list(group), hashes.pop(value, [])
        if len(standing) + len(went) == 1:
            continue
        now = _noted(standing, place_of)
        before = [number for number in now if number not in fresh]
        if went:
            before = sorted([*before, *went], key=place_of.__getitem__)
        new, old = set(pairs_of(now)), set(pairs_of(before))
        gained |= new - old
        lost |= old - new
    return gained - lost, {pair for pair in lost if gone.keys().isdisjoint(pair)}


_STANDING = (
    "SELECT hash, article, published, id FROM sketch JOIN resolved ON number = article {} "
    "ORDER BY hash, published, id"
)


def _noted(standing: Iterable[tuple[int, int, str, str]], place_of: dict[int, Place]) -> list[int]:
    """The articles of some rows; where they stand is noted."""
    found = list(standing)
    place_of.update((number, (day, id)) for _, number, day, id in found)
    return [number for _, number, _, _ in found]


def _are_copies(db: sqlite3.Connection, pair: Pair) -> bool:
    return bool(db.execute("SELECT 1 FROM copy WHERE one = ? AND other = ?", pair).fetchone())


def _compared(db: sqlite3.Connection, pair: Pair, place_of: dict[int, Place]) -> bool:
    """Whether two articles are compared for any hash that both have."""
    shared = _STANDING.format(
        "WHERE hash IN (SELECT hash FROM sketch WHERE article = ?"
        " INTERSECT SELECT hash FROM sketch WHERE article = ?)"
    )
    return any(
        pair in set(pairs_of(_noted(group, place_of)))
        for _, group in groupby(db.execute(shared, pair), key=lambda row: row[0])
    )


def _groups(
    db: sqlite3.Connection, touched: set[int], gone: Mapping[int, Gone], judgements: Judgements
) -> tuple[dict[str, str], dict[str, str]]:
    """Make the groups anew of which an article was touched."""
    same = {kind: judgements.pairs("article", kind) for kind in ("same", "different")}
    beside = _judged(db, [*same["same"]])
    members, last = set(touched), set(touched)
    edges: dict[Pair, float] = {}
    while last:
        found = list(rows(db, "SELECT one, other, share FROM copy WHERE one IN given", last))
        edges |= {(one, other): common for one, other, common in found}
        last = {other for _, other, _ in found}.union(*(beside[i] for i in last)) - members
        members |= last
    before = {found.place[1]: found.first for found in gone.values() if found.first}
    ordered: list[tuple[Place, int]] = []
    for number, id, day, first in rows(
        db, "SELECT number, id, published, first FROM resolved WHERE number IN given", members
    ):
        ordered.append(((day, id), number))
        if first:
            before[id] = first
    ordered.sort()
    position = {number: i for i, (_, number) in enumerate(ordered)}
    pairs = [
        (common, *sorted((position[one], position[other])))
        for (one, other), common in edges.items()
        if one < other
    ]
    ids = [id for (_, id), _ in ordered]
    after = first_copies(ids, pairs, same["same"], same["different"])  # type: ignore[arg-type]
    db.executemany(
        "UPDATE resolved SET first = ? WHERE number = ?",
        [
            (after.get(id), number)
            for (_, id), number in ordered
            if after.get(id) != before.get(id) or number in touched
        ],
    )
    return before, after


def _judged(db: sqlite3.Connection, pairs: list[tuple[str, str]]) -> dict[int, set[int]]:
    """The articles that people have judged to be copies of one."""
    found: dict[int, set[int]] = defaultdict(set)
    if pairs:
        ids = {mention.removeprefix("article:") for pair in pairs for mention in pair}
        query = "SELECT id, number FROM resolved WHERE id IN given"
        number_of = {article_mention(id): number for id, number in rows(db, query, ids)}
        for one, other in pairs:
            found[number_of[one]].add(number_of[other])
            found[number_of[other]].add(number_of[one])
    return found
