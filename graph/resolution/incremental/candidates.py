"""Which things may be one, where things have changed."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from dataclasses import astuple
from itertools import combinations, groupby

from sinergi.graph.model import Candidate, Decision
from sinergi.graph.resolution.decisions import person_mention
from sinergi.graph.resolution.doubts import (
    LARGEST_BLOCK,
    REACH,
    Doubt,
    agency_blocks,
    doubt_of_agencies,
    doubt_of_persons,
    person_blocks,
)
from sinergi.graph.resolution.incremental.agencies import Known, read_agency
from sinergi.graph.resolution.incremental.tables import Touched, number, rows
from sinergi.graph.resolution.mentions import Cluster, Mention, Office, Post
from sinergi.graph.resolution.names import compare, parse

Pair = tuple[int, int]
Side = tuple[int, str]  # a thing and a mention of it


class Candidates:
    """The near misses of a store; `before` and `after` are those that have changed."""

    def __init__(self, db: sqlite3.Connection, known: Known) -> None:
        self._db, self._known = db, known
        self.before: list[Candidate] = []
        self.after: list[Candidate] = []

    def agencies(self, touched: Touched) -> None:
        """Look for agencies that differ in a word from these."""

        def blocks(agency: str) -> Iterable[Hashable]:
            return agency_blocks(read_agency(agency))

        self._enter("agency", touched, "agency", blocks)
        pairs = self._pairs("agency", touched)
        found = {
            id: (read_agency(agency), f"agency:{mention}")
            for id, agency, mention in rows(
                self._db,
                "SELECT a.id, a.agency, MIN(n.name) FROM agency a JOIN name n ON n.agency = a.key "
                "WHERE a.id IN given GROUP BY a.id",
                {id for pair in pairs for id in pair},
            )
        }
        for one, other in pairs:
            (a, left), (b, right) = found[one], found[other]
            first, second = sorted((a, b), key=lambda agency: agency.key)
            doubt = doubt_of_agencies(first, second, left, right)
            if doubt.score >= -REACH:
                self._keep("agency", (one, left), (other, right), doubt)

    def persons(self, touched: Touched) -> None:
        """Look for persons of a like name who have something in common with these."""

        def blocks(summary: str) -> Iterable[Hashable]:
            return person_blocks(read_summary(summary))

        self._enter("person", touched, "summary", blocks)
        pairs = self._pairs("person", touched)
        query = "SELECT id, name, called FROM person WHERE id IN given"
        names = {
            id: parse(name).called(json.loads(called))
            for id, name, called in rows(self._db, query, {id for pair in pairs for id in pair})
        }
        pairs = [(one, other) for one, other in pairs if compare(names[one], names[other])]
        query = "SELECT id, summary FROM person WHERE id IN given"
        found = {
            id: read_summary(summary)
            for id, summary in rows(self._db, query, {id for pair in pairs for id in pair})
        }
        self._known.learn_keys({a for cluster in found.values() for a in cluster.agencies})
        places = self._known.places
        for one, other in pairs:
            a, b = sorted((found[one], found[other]), key=lambda cluster: cluster.order)
            doubt = doubt_of_persons(a, b, places, self._known.name_of)
            if abs(doubt.score) <= REACH:
                left, right = (person_mention(*found[id].order) for id in (one, other))
                self._keep("person", (one, left), (other, right), doubt)

    def meetings(self, touched: Touched, doubts: Iterable[tuple[int, int, Doubt]]) -> None:
        """Take over what was weighed: for each pair of meetings the best of their doubts, of which
        the first report is of the first."""
        self._forget("meeting", touched.gone | touched.fresh)
        for one, other, doubt in doubts:
            self._keep("meeting", (one, doubt.left), (other, doubt.right), doubt)

    def tell(
        self,
        renamed: Mapping[str, Collection[int]],
        decisions: Mapping[Decision, tuple[str, ...]],
    ) -> None:
        """Say of each pair that is new or of which a key is another what it is now."""
        db = self._db
        different = {things for d, things in decisions.items() if d.judgement == "different"}
        for kind, ids in renamed.items():
            for column in ("one", "other"):
                query = (
                    "SELECT one, other, told FROM near "
                    f"WHERE kind = '{kind}' AND {column} IN given AND told IS NOT NULL"
                )
                for one, other, told in list(rows(db, query, ids)):
                    self._retract(told)
                    db.execute(
                        "UPDATE near SET told = NULL WHERE kind = ? AND one = ? AND other = ?",
                        (kind, one, other),
                    )
        for kind in ("agency", "meeting", "person"):
            query = (
                f"SELECT n.one, n.other, a.key, b.key, n.left, n.right, n.score, n.why FROM near n "
                f"JOIN {kind} a ON a.id = n.one JOIN {kind} b ON b.id = n.other "
                f"WHERE n.kind = '{kind}' AND n.told IS NULL"
            )
            for one, other, *row in db.execute(query).fetchall():
                key, other_key, left, right, score, why = row
                (key, left), (other_key, right) = sorted(((key, left), (other_key, right)))
                told = ""
                if (key, other_key) not in different:
                    candidate = Candidate(kind, key, other_key, left, right, score, why)
                    self.after.append(candidate)
                    told = json.dumps(astuple(candidate))
                db.execute(
                    "UPDATE near SET told = ? WHERE kind = ? AND one = ? AND other = ?",
                    (told, kind, one, other),
                )

    def _retract(self, told: str | None) -> None:
        if told:
            self.before.append(Candidate(*json.loads(told)))

    def _keep(self, kind: str, one: Side, other: Side, doubt: Doubt) -> None:
        row = (kind, one[0], other[0], one[1], other[1], doubt.score, doubt.why)
        self._db.execute("INSERT INTO near VALUES (?, ?, ?, ?, ?, ?, ?, NULL)", row)

    def _forget(self, kind: str, things: Iterable[int]) -> None:
        for column in ("one", "other"):
            query = f"SELECT one, other, told FROM near WHERE kind = '{kind}' AND {column} IN given"
            for one, other, told in list(rows(self._db, query, things)):
                self._retract(told)
                self._db.execute(
                    "DELETE FROM near WHERE kind = ? AND one = ? AND other = ?", (kind, one, other)
                )

    def _enter(
        self, kind: str, touched: Touched, column: str, blocks: Callable[[str], Iterable[Hashable]]
    ) -> None:
        """Write anew under what things are looked for. Those of which a block is looked through
        now and was not, or was and is not, are touched as well."""
        db = self._db
        query = f"SELECT thing, key, times FROM beside WHERE kind = '{kind}' AND thing IN given"
        growth: Counter[int] = Counter()
        for _, key, times in list(rows(db, query, touched.gone | touched.fresh)):
            growth[key] -= times
        db.executemany(
            "DELETE FROM beside WHERE kind = ? AND thing = ?",
            [(kind, thing) for thing in touched.gone | touched.fresh],
        )
        new: list[tuple[str, int, int, int]] = []
        query = f"SELECT id, {column} FROM {kind} WHERE id IN given"
        for thing, data in rows(db, query, touched.fresh):
            for key, times in Counter(number(repr(block)) for block in blocks(data)).items():
                new.append((kind, key, thing, times))
                growth[key] += times
        db.executemany("INSERT INTO beside VALUES (?, ?, ?, ?)", sorted(new))
        query = (
            f"SELECT key, SUM(times) FROM beside WHERE kind = '{kind}' AND key IN given "
            "GROUP BY key"
        )
        now = {int(key): int(total) for key, total in rows(db, query, growth)}
        crossed = [
            key
            for key, more in growth.items()
            if (now.get(key, 0) <= LARGEST_BLOCK) != (now.get(key, 0) - more <= LARGEST_BLOCK)
        ]
        query = f"SELECT thing FROM beside WHERE kind = '{kind}' AND key IN given"
        touched.fresh |= {thing for (thing,) in rows(db, query, crossed)}
        self._forget(kind, touched.gone | touched.fresh)

    def _pairs(self, kind: str, touched: Touched) -> list[Pair]:
        """Pairs that share a block, with one that is touched at least."""
        db, found = self._db, set[Pair]()
        query = f"SELECT key FROM beside WHERE kind = '{kind}' AND thing IN given"
        keys = {key for (key,) in rows(db, query, touched.fresh)}
        query = (
            f"SELECT key, thing, times FROM beside WHERE kind = '{kind}' AND key IN given "
            "ORDER BY key, thing"
        )
        for _, group in groupby(rows(db, query, keys), key=lambda row: row[0]):
            block = [(thing, times) for _, thing, times in group]
            if sum(times for _, times in block) <= LARGEST_BLOCK:
                pairs = combinations([thing for thing, _ in block], 2)
                found.update(pair for pair in pairs if not touched.fresh.isdisjoint(pair))
        return sorted(found)


def summary(cluster: Cluster) -> str:
    """What candidates ask of a person."""
    return json.dumps(
        [
            cluster.order,
            cluster.full_form,
            [
                [agency, [[post.words, post.acting] for post in sorted(posts, key=str)]]
                for agency, posts in sorted(cluster.posts.items())
            ],
            sorted(
                {
                    (o.agency, o.current, bool(o.post and o.post.acting))
                    for o in cluster.offices
                    if o.agency
                }
            ),
            cluster.days,
            sorted(map(sorted, cluster.degrees)),
            sorted(cluster.meetings),
            sorted(cluster.articles),
            sorted(cluster.aliases),
        ]
    )


def read_summary(text: str) -> Cluster:
    """A person as candidates see them."""
    order, name, posts, offices, days, degrees, meetings, articles, called = json.loads(text)
    article, mention = order
    found = Cluster(Mention(article, mention, None))
    found.name = parse(name).called(called)
    found.mentions = [Mention(article, mention, day) for day in days or (None,)]
    for agency, held in posts:
        found.posts[agency].update(Post(tuple(words), acting) for words, acting in held)
    found.offices = frozenset(
        Office(agency, Post((), True) if acting else None, current)
        for agency, current, acting in offices
    )
    found.degrees = frozenset(map(frozenset, degrees))
    found.meetings = frozenset(meetings)
    found.articles = set(articles)
    return found
