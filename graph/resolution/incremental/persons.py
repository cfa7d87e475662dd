"""Which mentions are one person, where something has changed."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import astuple, dataclass, field
from itertools import chain, islice

from sinergi.graph.model import Join, Person
from sinergi.graph.resolution.decisions import Judgements
from sinergi.graph.resolution.incremental.agencies import Known
from sinergi.graph.resolution.incremental.candidates import summary
from sinergi.graph.resolution.incremental.facts import mention
from sinergi.graph.resolution.incremental.tables import Touched, next_id, rows
from sinergi.graph.resolution.mentions import Cluster, Id, Mention, Office, Post
from sinergi.graph.resolution.names import may_agree, sounds
from sinergi.graph.resolution.persons import (
    First,
    assign_keys,
    gather,
    gather_at_meetings,
    joins_of,
    person_of,
    possible_keys,
)
from sinergi.graph.resolution.rules import Places
from sinergi.graph.resolution.trace import Closed, Trace

AT_ONCE = 1_000  # rows of mentions that are read, and their agencies looked up

Run = Callable[[list[Mention], Places, Trace], list[Cluster]]


@dataclass(slots=True)
class Changed:
    """Persons and joins before and after, of what was resolved again; keys that may lead elsewhere
    now; mentions that are another's now, or whose person has another name."""

    before: dict[str, Person] = field(default_factory=dict)
    after: dict[str, Person] = field(default_factory=dict)
    joins_before: list[Join] = field(default_factory=list)
    joins_after: list[Join] = field(default_factory=list)
    others: set[str] = field(default_factory=set)
    articles: set[int] = field(default_factory=set)
    touched: Touched = field(default_factory=Touched)


class Persons:
    """Homes of mentions: which of them have to be resolved again, and what comes out."""

    def __init__(self, db: sqlite3.Connection, known: Known, judgements: Judgements) -> None:
        self._db, self._known = db, known
        self._same = judgements.pairs("person", "same")
        self._different = judgements.pairs("person", "different")
        self._empty = db.execute("SELECT 1 FROM person LIMIT 1").fetchone() is None
        self.dirty: set[int] = set()
        self._given: set[int] = set()
        self._numbers: dict[str, int] = {}  # of articles

    def mark(self) -> set[int]:
        """Resolve without meetings; the articles of which mentions have another mark.

        A mark is equal for the mentions of one person, and says no more.
        """
        marked: list[tuple[str, int, str]] = []
        for home in self._close(self._gather):
            for cluster in home.clusters:
                mark = "\n".join(cluster.order)
                marked += ((mark, self._numbers[m.article], m.name) for m in cluster.mentions)
        numbers = {number for _, number, _ in marked}
        query = "SELECT article, name, mark FROM mention WHERE article IN given"
        before = {(a, n): m for a, n, m in rows(self._db, query, numbers)}
        changed = [row for row in marked if before[row[1:]] != row[0]]
        self._db.executemany("UPDATE mention SET mark = ? WHERE article = ? AND name = ?", changed)
        return {number for _, number, _ in changed}

    def update(self, told_anew: Iterable[int]) -> Changed:
        """Resolve with meetings, of which those of the articles `told_anew` have other keys."""
        query = "SELECT home, said FROM mention WHERE article IN given AND home IS NOT NULL"
        for home, said in rows(self._db, query, told_anew):
            if json.loads(said)[3]:
                self.dirty.add(home)
        return self._save(self._close(self._gather_at_meetings))

    # Running the rules ---------------------------------------------------------------------------

    def _gather(self, mentions: list[Mention], places: Places, trace: Trace) -> list[Cluster]:
        return gather(mentions, places, self._same, self._different, trace)

    def _gather_at_meetings(
        self, mentions: list[Mention], places: Places, trace: Trace
    ) -> list[Cluster]:
        keys: dict[str, list[str]] = defaultdict(list)
        numbers = {self._numbers[m.article] for m in mentions if m.meetings}
        for id, key in rows(
            self._db,
            "SELECT a.id, m.key FROM report r JOIN resolved a ON a.number = r.article "
            "JOIN meeting m ON m.id = r.meeting WHERE r.article IN given "
            "ORDER BY r.article, r.position",
            numbers,
        ):
            keys[id].append(key)
        clusters = self._gather(mentions, places, trace)
        return gather_at_meetings(clusters, places, keys, trace)

    def _close(self, run: Run) -> list[Closed]:
        """Run the rules on all that is new or in a `dirty` home, with whatever may meet it; gives
        what comes out anew. Homes that it meets are dirty from then on."""
        while True:
            self._given |= self.dirty
            mentions, home_of = self._mentions(self._given)
            trace = Trace(across=bool(self._same))
            waiting = trace.closed(run(mentions, self._known.places, trace))
            live: list[Closed] = []
            dirty = {_NEW, *self.dirty}
            while met := [c for c in waiting if any(home_of[id] in dirty for id in c.ids)]:
                waiting = [c for c in waiting if all(home_of[id] not in dirty for id in c.ids)]
                live += met
                dirty |= {home_of[id] for c in met for id in c.ids}
            self.dirty = dirty - {_NEW}
            if self._empty:
                return live
            if not (more := self._near(live)):
                return live
            self._given |= more

    def _near(self, live: Sequence[Closed]) -> set[int]:
        """Homes that may meet one of these: a rule would look under one key, and the names have
        something in common, without which no rule holds."""
        by_key: dict[int, list[int]] = defaultdict(list)
        for number, closed in enumerate(live):
            for key in closed.keys:
                by_key[key].append(number)
        query = "SELECT key, home FROM looked WHERE key IN given"
        pairs = {
            (number, home)
            for key, home in rows(self._db, query, by_key)
            if home not in self._given
            for number in by_key[key]
        }
        forms: dict[int, set[str]] = defaultdict(set)
        query = "SELECT home, name, aliases FROM person WHERE home IN given"
        for home, name, aliases in rows(self._db, query, {home for _, home in pairs}):
            forms[home].update((name, *json.loads(aliases)))
        sounds_of_live = {n: sounds(_forms(live[n].clusters)) for n in {n for n, _ in pairs}}
        sounds_of_home = {home: sounds(names) for home, names in forms.items()}
        return {
            home
            for number, home in pairs
            if may_agree(sounds_of_live[number], sounds_of_home[home])
        }

    def _mentions(self, homes: set[int]) -> tuple[list[Mention], dict[Id, int]]:
        """The mentions of these homes and those that have none yet, and where each is."""
        query = (
            "SELECT a.number, a.id, a.published, m.name, m.said, m.home FROM mention m "
            "JOIN resolved a ON a.number = m.article WHERE m.home"
        )
        found = chain(
            self._db.execute(f"{query} IS NULL"), rows(self._db, f"{query} IN given", homes)
        )
        mentions: list[Mention] = []
        home_of: dict[Id, int] = {}
        known = self._known
        while some := list(islice(found, AT_ONCE)):
            known.learn(o[0] for row in some for o in json.loads(row[4])[0] if o[0])
            for number, id, day, name, said, home in some:
                self._numbers[id] = number
                mentions.append(mention(id, day, name, said, known.agency_of, known.form_of))
                home_of[id, name] = _NEW if home is None else home
        return mentions, home_of

    # Keeping what came out -----------------------------------------------------------------------

    def _save(self, closed: list[Closed]) -> Changed:
        db, changed = self._db, Changed()
        before: dict[tuple[int, str], tuple[str, str]] = {
            (article, name): (key, called)
            for article, name, key, called in rows(
                db,
                "SELECT m.article, m.name, p.key, p.name FROM mention m "
                "JOIN person p ON p.id = m.person WHERE m.home IN given",
                self.dirty,
            )
        }
        starts = self._remove(changed)
        home, id = next_id(db, "person", "home"), next_id(db, "person")
        after: dict[tuple[int, str], int] = {}
        for found in closed:
            db.executemany("INSERT INTO looked VALUES (?, ?)", [(key, home) for key in found.keys])
            for cluster in found.clusters:
                first = First.of(cluster)
                person, joins = person_of(cluster, ""), joins_of(cluster, "")
                db.execute(
                    "INSERT INTO person VALUES (?, ?, ?, ?, '', ?, ?, ?, ?, ?)",
                    (
                        *(id, home, first.home, _first_out(first), person.name),
                        json.dumps(person.aliases),
                        json.dumps([astuple(join) for join in joins]),
                        json.dumps(sorted(cluster.aliases)),
                        summary(cluster),
                    ),
                )
                starts.add(first.home)
                others = possible_keys(cluster)
                changed.others |= others
                db.executemany(
                    "INSERT INTO other VALUES ('person', ?, ?)", [(other, id) for other in others]
                )
                of_person = [(self._numbers[m.article], m.name) for m in cluster.mentions]
                after |= dict.fromkeys(of_person, id)
                db.executemany(
                    f"UPDATE mention SET person = {id}, home = {home} "
                    "WHERE article = ? AND name = ?",
                    of_person,
                )
                changed.touched.fresh.add(id)
                id += 1
            home += 1
        self._name(starts, changed)
        key_of = {
            number: (key, name)
            for number, key, name in rows(
                db, "SELECT id, key, name FROM person WHERE id IN given", after.values()
            )
        }
        for place, number in after.items():
            if before.get(place) != key_of[number]:
                changed.articles.add(place[0])
        return changed

    def _remove(self, changed: Changed) -> set[str]:
        """Take out the persons of dirty homes; gives what their keys begin with."""
        db, starts, ids = self._db, set[str](), list[int]()
        query = "SELECT id, start, key, name, aliases, joins FROM person WHERE home IN given"
        for id, start, key, name, aliases, joins in rows(db, query, self.dirty):
            starts.add(start)
            ids.append(id)
            changed.touched.gone.add(id)
            changed.before[key] = Person(key, name, tuple(json.loads(aliases)))
            changed.joins_before += _joins(joins, key)
        query = "SELECT old FROM other WHERE kind = 'person' AND thing IN given"
        changed.others |= {old for (old,) in rows(db, query, ids)}
        one = [(id,) for id in ids]
        db.executemany("DELETE FROM other WHERE kind = 'person' AND thing = ?", one)
        db.executemany("DELETE FROM person WHERE id = ?", one)
        db.executemany("DELETE FROM looked WHERE home = ?", [(home,) for home in self.dirty])
        return starts

    def _name(self, starts: set[str], changed: Changed) -> None:
        """Give keys to all persons whose keys begin with one of `starts`."""
        db = self._db
        by_start: dict[str, list[tuple[int, First, str, str, str, str]]] = defaultdict(list)
        query = (
            "SELECT id, start, first, key, name, aliases, joins FROM person WHERE start IN given"
        )
        for id, start, first, *rest in rows(db, query, starts):
            by_start[start].append((id, _first_in(first), *rest))
        moved: list[tuple[str, int]] = []
        for found in by_start.values():
            keys = assign_keys([first for _, first, *_ in found])
            for (id, _, former, name, aliases, joins), key in zip(found, keys, strict=True):
                if former == key:
                    continue
                moved.append((key, id))
                if former:
                    changed.before[former] = Person(former, name, tuple(json.loads(aliases)))
                    changed.joins_before += _joins(joins, former)
                changed.after[key] = Person(key, name, tuple(json.loads(aliases)))
                changed.joins_after += _joins(joins, key)
        db.executemany("UPDATE person SET key = ? WHERE id = ?", moved)
        ids = {id for _, id in moved} - changed.touched.fresh
        changed.touched.renamed |= ids
        query = "SELECT DISTINCT article FROM mention WHERE person IN given"
        changed.articles |= {article for (article,) in rows(db, query, ids)}
        query = "SELECT old FROM other WHERE kind = 'person' AND thing IN given"
        changed.others |= {old for (old,) in rows(db, query, ids)}
        changed.others |= changed.before.keys() | changed.after.keys()


_NEW = -1  # the home of mentions that have none yet


def _forms(clusters: Iterable[Cluster]) -> set[str]:
    return {form for cluster in clusters for form in (*cluster.forms, *cluster.aliases)}


def _joins(text: str, key: str) -> Iterable[Join]:
    return (Join(key, *rest) for _, *rest in json.loads(text))


def _first_out(first: First) -> str:
    office = first.office
    words = office.post and office.post.words
    return json.dumps([first.day, first.order, first.name, office.agency, words, office.form])


def _first_in(text: str) -> First:
    day, (article, mention), name, agency, words, form = json.loads(text)
    post = None if words is None else Post(tuple(words))
    return First(day, (article, mention), name, Office(agency, post, True, form))
