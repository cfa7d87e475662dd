"""Which reports are of one meeting, where something has changed."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, field
from itertools import combinations

from sinergi.graph.model import Article, Join
from sinergi.graph.resolution.decisions import Judgements
from sinergi.graph.resolution.doubts import REACH, Doubt, better, doubt_of_reports
from sinergi.graph.resolution.incremental.agencies import Known
from sinergi.graph.resolution.incremental.facts import NO_DAY, told
from sinergi.graph.resolution.incremental.tables import Touched, digest, next_id, rows
from sinergi.graph.resolution.meetings import (
    LARGEST_BLOCK,
    Block,
    First,
    Likeness,
    assign_keys,
    blocks,
    candidates,
    join_of,
    possible_key,
    resolve_meetings,
    together,
    weigh,
)
from sinergi.graph.resolution.meetings import Meetings as Result
from sinergi.graph.resolution.partition import Partition
from sinergi.graph.resolution.reports import Report, Told, Wordings

Key = tuple[int, int]  # number of the article, position among its meetings


@dataclass(slots=True)
class Changed:
    """Joins before and after, keys that may lead elsewhere now, articles of which a meeting has
    another key."""

    joins_before: list[Join] = field(default_factory=list)
    joins_after: list[Join] = field(default_factory=list)
    others: set[str] = field(default_factory=set)
    articles: set[int] = field(default_factory=set)
    touched: Touched = field(default_factory=Touched)
    doubts: list[tuple[int, int, Doubt]] = field(default_factory=list)


class Meetings:
    """Homes of reports: which of them have to be resolved again, and what comes out."""

    def __init__(
        self,
        db: sqlite3.Connection,
        known: Known,
        wordings: Wordings,
        judgements: Judgements,
    ) -> None:
        self._db, self._known = db, known
        self._wordings, self._judgements = wordings, judgements
        self._empty = db.execute("SELECT 1 FROM meeting LIMIT 1").fetchone() is None
        self._told: dict[Key, Told] = {}
        self._home: dict[Key, int | None] = {}
        self._meeting: dict[Key, int] = {}
        self._weighed: dict[tuple[Key, Key], Likeness | None] = {}

    def update(
        self, articles: Iterable[int], homes: set[int], emptied: Mapping[bytes, int]
    ) -> Changed:
        """Resolve the reports of `articles` again, and what is left of `homes`, from which reports
        have gone; `emptied` says how many from each block."""
        dirty = self._load("r.article IN given", articles)
        dirty |= self._load("r.home IN given", homes)
        dirty |= self._enter(dirty, emptied)
        met = set(dirty)
        if not self._empty:
            for key, other in self._compared(dirty):
                likeness = self._weigh(key, other)
                if likeness is not None and likeness.one:
                    met.add(other)
        old = homes | {home for key in met if (home := self._home[key]) is not None}
        met |= self._load("r.home IN given", old)
        return self._save(met, old)

    # What is compared ----------------------------------------------------------------------------

    def _load(self, condition: str, values: Iterable[object]) -> set[Key]:
        """Reports from their rows, with the keys of agencies and the marks of persons of now."""
        found = list(
            rows(
                self._db,
                "SELECT r.article, r.position, a.id, a.published, a.publisher, a.first, "
                "r.mention, r.said, r.home, r.meeting FROM report r "
                "JOIN resolved a ON a.number = r.article "
                f"WHERE {condition}",
                values,
            )
        )
        new = [row for row in found if row[:2] not in self._told]
        marks: dict[int, dict[str, object]] = defaultdict(dict)
        query = "SELECT article, name, mark FROM mention WHERE article IN given"
        for article, name, mark in rows(self._db, query, [row[0] for row in new]):
            marks[article][name] = mark
        raw: list[tuple[Key, Told, str | None]] = []
        for number, position, id, day, publisher, first, mention, said, home, meeting in new:
            article = Article(id, "", "", None if day == NO_DAY else day, publisher)
            key = (number, position)
            raw.append((key, told(article, position, mention, said), first))
            self._home[key], self._meeting[key] = home, meeting
        self._known.learn(name for _, t, _ in raw for name in t.organizations)
        for key, t, first in raw:
            self._told[key] = t.with_keys(self._known.agency_of, marks[key[0]], first)
        return {(row[0], row[1]) for row in found}

    def _enter(self, dirty: set[Key], emptied: Mapping[bytes, int]) -> set[Key]:
        """Write the blocks of `dirty` anew; the reports of blocks that are looked through now and
        were not, or were and are not."""
        before = {
            (block, article, position)
            for block, article, position in rows(
                self._db,
                "SELECT block, article, position FROM block WHERE article IN given",
                {article for article, _ in dirty},
            )
            if (article, position) in dirty
        }
        after = {(_code(block), *key) for key in dirty for block in blocks(self._told[key])}
        self._db.executemany(
            "DELETE FROM block WHERE block = ? AND article = ? AND position = ?", before - after
        )
        self._db.executemany("INSERT INTO block VALUES (?, ?, ?)", sorted(after - before))
        if self._empty:
            return set()
        growth = Counter(block for block, *_ in after - before)
        growth.subtract(block for block, *_ in before - after)
        growth.subtract(emptied)
        crossed: set[Key] = set()
        for block, more in growth.items():
            members = self._members(block)
            now, formerly = len(members), len(members) - more
            if (now <= LARGEST_BLOCK) != (formerly <= LARGEST_BLOCK):
                crossed |= set(members)
        self._load("r.article IN given", {article for article, _ in crossed})
        return crossed

    def _members(self, block: bytes) -> list[Key]:
        query = "SELECT article, position FROM block WHERE block = ?"
        return [(article, position) for article, position in self._db.execute(query, (block,))]

    def _is_small(self, block: bytes) -> bool:
        query = "SELECT COUNT(*) FROM (SELECT 1 FROM block WHERE block = ? LIMIT ?)"
        (count,) = self._db.execute(query, (block, LARGEST_BLOCK + 1)).fetchone()
        return bool(count <= LARGEST_BLOCK)

    def _compared(self, dirty: set[Key]) -> Iterator[tuple[Key, Key]]:
        """Each of `dirty` with every report that it is compared with."""
        standing: dict[Block, list[Key]] = defaultdict(list)
        for key in sorted(dirty):
            for block in blocks(self._told[key]):
                standing[block].append(key)
        for block, keys in standing.items():
            members = self._members(_code(block))
            if len(members) > LARGEST_BLOCK:
                continue
            self._load("r.article IN given", {a for a, p in members if (a, p) not in self._told})
            for key in keys:
                for other in members:
                    if key != other and together(block, self._told[key], self._told[other]):
                        yield key, other

    def _pairs(self, reports: Sequence[Told]) -> set[tuple[int, int]]:
        """Which of these reports are compared, by the blocks of all reports that there are."""
        if self._empty:
            return candidates(reports)
        found: dict[Block, list[int]] = defaultdict(list)
        for number, report in enumerate(reports):
            for block in blocks(report):
                found[block].append(number)
        return {
            (i, j)
            for block, numbers in found.items()
            if len(numbers) > 1 and self._is_small(_code(block))
            for i, j in combinations(numbers, 2)
            if together(block, reports[i], reports[j])
        }

    def _weigh(self, key: Key, other: Key) -> Likeness | None:
        left, right = sorted((key, other), key=lambda key: self._told[key].report)
        if (left, right) not in self._weighed:
            likeness = weigh(self._told[left], self._told[right], self._wordings)
            self._weighed[left, right] = likeness
        return self._weighed[left, right]

    def _doubts(
        self, result: Result, place_of: Mapping[Report, Key]
    ) -> list[tuple[int, int, Doubt]]:
        """Of each two meetings that may be one the best doubt, of which one was resolved anew."""
        if self._empty:
            weighed = [
                (place_of[result.told[i].report], place_of[result.told[j].report], likeness)
                for i, j, likeness in result.near
            ]
        else:
            pairs = {
                tuple(sorted(pair, key=lambda key: self._told[key].report))
                for pair in self._compared(set(place_of.values()))
            }
            weighed = [
                (key, other, likeness)
                for key, other in sorted(
                    pairs, key=lambda pair: [self._told[key].report for key in pair]
                )
                if (likeness := self._weigh(key, other)) is not None
            ]
        best: dict[tuple[int, int], tuple[int, int, Doubt]] = {}
        for key, other, likeness in weighed:
            one, two = self._meeting[key], self._meeting[other]
            doubt = doubt_of_reports(self._told[key], self._told[other], likeness, one == two)
            if one != two and abs(doubt.score) <= REACH:
                things = (min(one, two), max(one, two))
                former = best.get(things)
                if former is None or better(former[2], doubt) is not former[2]:
                    best[things] = (one, two, doubt)
        return list(best.values())

    # Keeping what came out -----------------------------------------------------------------------

    def _save(self, met: set[Key], old: set[int]) -> Changed:
        db, changed = self._db, Changed()
        place_of = {self._told[key].report: key for key in met}
        before: dict[Key, str] = {
            (article, position): key
            for article, position, key in rows(
                db,
                "SELECT r.article, r.position, m.key FROM report r "
                "JOIN meeting m ON m.id = r.meeting WHERE r.home IN given",
                old,
            )
        }
        keys = self._remove(old, changed)
        result = resolve_meetings(
            (self._told[key] for key in met), self._wordings, self._judgements, self._pairs
        )
        home_of = _homes(result)
        home, id = next_id(db, "meeting", "home"), next_id(db, "meeting")
        joins: dict[Report, list[Join]] = defaultdict(list)
        meeting_of = {t.report: meeting[0].report for meeting in result.meetings for t in meeting}
        for one, other, rule, why in result.joined:
            joins[meeting_of[one.report]].append(join_of(one, other, rule, why, ""))
        after: dict[Key, int] = {}
        for meeting in result.meetings:
            first = First.of(meeting)
            said = [astuple(join) for join in joins[meeting[0].report]]
            at = home + home_of[meeting[0].report]
            db.execute(
                "INSERT INTO meeting VALUES (?, ?, ?, ?, ?, '', ?)",
                (id, at, json.dumps(first), first.key, first.longer, json.dumps(said)),
            )
            keys |= {first.key, first.longer}
            others = {possible_key(told) for told in meeting}
            changed.others |= others
            db.executemany(
                "INSERT INTO other VALUES ('meeting', ?, ?)", [(other, id) for other in others]
            )
            of_meeting = [place_of[told.report] for told in meeting]
            after |= dict.fromkeys(of_meeting, id)
            changed.touched.fresh.add(id)
            db.executemany(
                f"UPDATE report SET meeting = {id}, home = {at} WHERE article = ? AND position = ?",
                of_meeting,
            )
            id += 1
        self._name(keys, changed)
        self._meeting |= after
        changed.doubts = self._doubts(result, place_of)
        query = "SELECT id, key FROM meeting WHERE id IN given"
        key_of = dict(rows(db, query, after.values()))
        changed.articles |= {
            article
            for (article, position), number in after.items()
            if before.get((article, position)) != key_of[number]
        }
        return changed

    def _remove(self, homes: set[int], changed: Changed) -> set[str]:
        """Take out the meetings of these homes; gives the keys that they could have."""
        db, keys, ids = self._db, set[str](), list[int]()
        query = "SELECT id, short, longer, key, joins FROM meeting WHERE home IN given"
        for id, short, longer, key, joins in rows(db, query, homes):
            keys |= {short, longer}
            ids.append(id)
            changed.touched.gone.add(id)
            changed.others.add(key)
            changed.joins_before += _joins(joins, key)
        query = "SELECT old FROM other WHERE kind = 'meeting' AND thing IN given"
        changed.others |= {old for (old,) in rows(db, query, ids)}
        one = [(id,) for id in ids]
        db.executemany("DELETE FROM other WHERE kind = 'meeting' AND thing = ?", one)
        db.executemany("DELETE FROM meeting WHERE id = ?", one)
        return keys

    def _name(self, keys: set[str], changed: Changed) -> None:
        """Give keys to all meetings that could have one of `keys`."""
        db = self._db
        found: dict[int, tuple[First, str, str]] = {}
        last = keys
        while last:
            for column in ("short", "longer"):
                query = f"SELECT id, first, key, joins FROM meeting WHERE {column} IN given"
                for id, first, key, joins in rows(db, query, last):
                    found[id] = (_first_in(first), key, joins)
            could = {key for first, _, _ in found.values() for key in (first.key, first.longer)}
            last, keys = could - keys, keys | could
        moved: list[tuple[str, int]] = []
        named = assign_keys([first for first, _, _ in found.values()])
        for (id, (_, former, joins)), key in zip(found.items(), named, strict=True):
            if former == key:
                continue
            moved.append((key, id))
            if former:
                changed.joins_before += _joins(joins, former)
            changed.joins_after += _joins(joins, key)
            changed.others |= {former, key}
        db.executemany("UPDATE meeting SET key = ? WHERE id = ?", moved)
        ids = {id for _, id in moved} - changed.touched.fresh
        changed.touched.renamed |= ids
        query = "SELECT DISTINCT article FROM report WHERE meeting IN given"
        changed.articles |= {article for (article,) in rows(db, query, ids)}
        query = "SELECT old FROM other WHERE kind = 'meeting' AND thing IN given"
        changed.others |= {old for (old,) in rows(db, query, ids)}


def _homes(result: Result) -> dict[Report, int]:
    """The reports that are enough alike, or judged one, by the number of their set."""
    together = Partition(len(result.told))
    for i, j, likeness in result.near:
        if likeness.one:
            together.join(i, j)
    number_of = {told.report: number for number, told in enumerate(result.told)}
    for one, other, _, _ in result.joined:
        together.join(number_of[one.report], number_of[other.report])
    return {told.report: together.find(number) for number, told in enumerate(result.told)}


def _code(block: Block) -> bytes:
    return digest(*block, size=16)


def _joins(text: str, key: str) -> Iterable[Join]:
    return (Join(key, *rest) for _, *rest in json.loads(text))


def _first_in(text: str) -> First:
    published, report, key, longer = json.loads(text)
    return First(published, Report(*report), key, longer)
