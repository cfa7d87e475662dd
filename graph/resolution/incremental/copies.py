"""Which articles are copies, where articles came or went."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict, deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import groupby, pairwise
from typing import NamedTuple

from sinergi.graph.resolution import articles
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
_Standing = tuple[Place, int]
_Change = tuple[list[_Standing], list[_Standing], Callable[[list[int]], Iterable[Pair]]]
"""Articles that share a hash, now and before, and which of such a list are compared."""


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
    gained, lost = _pairs(db, gone, fresh, place_of)
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
    fresh: Collection[int],
    place_of: dict[int, Place],
) -> tuple[set[Pair], set[Pair]]:
    """Pairs of articles that are compared now and were not, and that were and are not."""
    gained: set[Pair] = set()
    lost: set[Pair] = set()
    if len(fresh) == db.execute("SELECT COUNT(*) FROM resolved").fetchone()[0]:
        lists = _all_lists(db)
    else:
        lists = _changed_lists(db, gone, fresh)
    for now, before, pairs in lists:
        place_of.update((number, place) for place, number in now)
        new, old = ({*pairs([number for _, number in those])} for those in (now, before))
        gained |= new - old
        lost |= old - new
    return gained - lost, {pair for pair in lost if gone.keys().isdisjoint(pair)}


def _all_lists(db: sqlite3.Connection) -> Iterator[_Change]:
    every = db.execute("SELECT hash, published, id, article FROM sketch ORDER BY 1, 2, 3")
    for _, group in groupby(every, key=lambda row: row[0]):
        standing = [((day, id), number) for _, day, id, number in group]
        if len(standing) > 1:
            yield standing, [], pairs_of


def _changed_lists(
    db: sqlite3.Connection, gone: Mapping[int, Gone], fresh: Collection[int]
) -> Iterator[_Change]:
    """The articles of each hash that some came to or went from; of a house phrase, where each has
    to do with its neighbors only, the stretches in which they did."""
    came: dict[int, dict[Place, int]] = defaultdict(dict)
    went: dict[int, dict[Place, int]] = defaultdict(dict)
    for number, article in gone.items():
        for value in article.hashes:
            went[value][article.place] = number
    query = "SELECT number, published, id, sketch FROM resolved WHERE number IN given"
    for number, day, id, hashes in rows(db, query, fresh):
        for value in json.loads(hashes):
            came[value][day, id] = number
    for value in sorted(came.keys() | went.keys()):
        here, left = came.get(value, {}), went.get(value, {})
        # With more than so many it is a house phrase, and was one.
        most = articles.BOILERPLATE + len(here) + len(left)
        now = _standing(db, value, most + 1)
        if len(now) > most:
            for now, before in _stretches(db, value, here, left):
                yield now, before, pairwise
        else:
            before = sorted([*(item for item in now if item[0] not in here), *left.items()])
            yield now, before, pairs_of


def _stretches(
    db: sqlite3.Connection, value: int, came: Mapping[Place, int], went: Mapping[Place, int]
) -> Iterator[tuple[list[_Standing], list[_Standing]]]:
    """Of the articles of one hash, now and before: those that came or went, between the nearest
    that did neither."""
    changed = deque(sorted(came.keys() | went.keys()))
    while changed:
        last = _beside(db, value, changed[0], "<")
        next = _beside(db, value, changed[0], ">")
        while next and next[0][0] in came:
            next = _beside(db, value, next[0][0], ">")
        inside = []
        while changed and not (next and changed[0] > next[0][0]):
            inside.append(changed.popleft())
        yield (
            [*last, *((place, came[place]) for place in inside if place in came), *next],
            [*last, *((place, went[place]) for place in inside if place in went), *next],
        )


def _standing(db: sqlite3.Connection, value: int, most: int) -> list[_Standing]:
    """The articles of one hash, no more than so many."""
    query = "SELECT published, id, article FROM sketch WHERE hash = ? ORDER BY 1, 2 LIMIT ?"
    return [((day, id), number) for day, id, number in db.execute(query, (value, most))]


def _beside(db: sqlite3.Connection, value: int, place: Place, side: str) -> list[_Standing]:
    """The article of one hash next to a place, before ("<") or after (">") it; none at the end."""
    order = "DESC" if side == "<" else "ASC"
    query = (
        f"SELECT published, id, article FROM sketch WHERE hash = ? AND (published, id) {side} "
        f"(?, ?) ORDER BY published {order}, id {order} LIMIT 1"
    )
    return [((day, id), number) for day, id, number in db.execute(query, (value, *place))]


def _are_copies(db: sqlite3.Connection, pair: Pair) -> bool:
    return bool(db.execute("SELECT 1 FROM copy WHERE one = ? AND other = ?", pair).fetchone())


def _compared(db: sqlite3.Connection, pair: Pair, place_of: Mapping[int, Place]) -> bool:
    """Whether two articles are compared for any hash that both have."""
    query = "SELECT sketch FROM resolved WHERE number IN given"
    one, other = (set(json.loads(hashes)) for (hashes,) in rows(db, query, pair))
    first, second = sorted(place_of[number] for number in pair)
    return any(
        len(_standing(db, value, articles.BOILERPLATE + 1)) <= articles.BOILERPLATE
        or _beside(db, value, first, ">")[0][0] == second
        for value in sorted(one & other)
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
