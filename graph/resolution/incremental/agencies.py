"""Which agencies names are of, where something has changed.

What a name is found to be hangs on the names that it has something in common with: the key, the
normal form, the stem, the kind of office in a region, the region itself.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple, dataclass, field

from sinergi.graph.model import Agency, Join
from sinergi.graph.registry import Registry
from sinergi.graph.resolution import name_agencies
from sinergi.graph.resolution.agencies import (
    SUBJECT_WITHIN,
    normal_form,
    region_ending,
)
from sinergi.graph.resolution.decisions import Judgements, agency_mention
from sinergi.graph.resolution.incremental.tables import Touched, next_id, number, rows
from sinergi.graph.resolution.names import slug
from sinergi.graph.resolution.rules import Places


@dataclass(slots=True)
class Changed:
    """What became otherwise: canonical agencies and joins before and after, names in the way that
    their mentions have to be resolved again (`moved`), or written again (`renamed`)."""

    before: dict[str, Agency] = field(default_factory=dict)
    after: dict[str, Agency] = field(default_factory=dict)
    joins_before: list[Join] = field(default_factory=list)
    joins_after: list[Join] = field(default_factory=list)
    touched: Touched = field(default_factory=Touched)
    moved: set[str] = field(default_factory=set)
    renamed: set[str] = field(default_factory=set)
    others: set[str] = field(default_factory=set)  # keys that may lead elsewhere now


def update(
    db: sqlite3.Connection, counts: Counter[str], registry: Registry, judgements: Judgements
) -> Changed:
    """Bring the tables of names and agencies in step; `counts` says in how many articles more, or
    less, each name stands."""
    dirty = set(_count(db, counts))
    for name in dirty:
        values = (
            (value, name) for value in _alike(registry.identify(name), name, registry, judgements)
        )
        db.executemany("INSERT OR IGNORE INTO alike VALUES (?, ?)", values)
    names = _closure(db, dirty)
    if not names:
        return Changed()
    old = {
        name: (agency, form)
        for name, agency, form in rows(
            db, "SELECT name, agency, form FROM name WHERE name IN given", names
        )
    }
    query = "SELECT name, articles FROM name WHERE name IN given"
    kept = {str(name): int(count) for name, count in rows(db, query, names)}
    gone = {name for name, count in kept.items() if not count}
    named = Counter({name: count for name, count in kept.items() if count})
    identified = {name: registry.identify(name) for name in sorted(named)}
    agencies, agency_of, joins, others = name_agencies(identified, named, registry, judgements)
    places = Places.of(agencies)

    changed = Changed()
    keys = {agency for agency, _ in old.values() if agency} | agencies.keys()
    ids: dict[str, int] = {}
    fresh = next_id(db, "agency")
    place_before: dict[str, str] = {}
    for id, key, agency, why, place in rows(
        db, "SELECT id, key, agency, joins, place FROM agency WHERE key IN given", keys
    ):
        ids[key], place_before[key] = id, place
        changed.before[key] = read_agency(agency)
        changed.joins_before += (Join(*join) for join in json.loads(why))
    changed.others = (
        {
            key
            for (key,) in rows(
                db,
                "SELECT old FROM other WHERE kind = 'agency' AND thing IN given",
                ids.values(),
            )
        }
        | set(others)
        | keys
    )
    db.executemany(
        "DELETE FROM other WHERE kind = 'agency' AND thing = ?", [(i,) for i in ids.values()]
    )
    db.executemany("DELETE FROM agency WHERE key = ?", [(key,) for key in ids])
    by_thing: dict[str, list[Join]] = defaultdict(list)
    for join in joins:
        by_thing[join.thing].append(join)
    place_after: dict[str, str] = {}
    for key, agency in agencies.items():
        place_after[key] = json.dumps(
            [
                places.region.get(key),
                places.service.get(key),
                places.bare[key],
                key in places.umbrella,
            ]
        )
        if key not in ids:
            ids[key], fresh = fresh, fresh + 1
        found = [list(astuple(join)) for join in sorted(by_thing[key])]
        db.execute(
            "INSERT INTO agency VALUES (?, ?, ?, ?, ?)",
            (ids[key], key, json.dumps(astuple(agency)), json.dumps(found), place_after[key]),
        )
    for other, targets in others.items():
        db.executemany(
            "INSERT INTO other VALUES ('agency', ?, ?)", [(other, ids[t]) for t in targets]
        )
    weighed = any(join.rule == slug(SUBJECT_WITHIN) for join in joins) or any(
        agency_mention(name) in judged
        for kind in ("same", "different")
        for judged in judgements.pairs("agency", kind)
        for name in named
    )
    db.executemany(
        "UPDATE name SET agency = ?, form = ?, weighed = ? WHERE name = ?",
        [(agency_of[name], agency.key, weighed, name) for name, agency in identified.items()],
    )
    for name in gone:
        db.execute("DELETE FROM name WHERE name = ?", (name,))
        db.execute("DELETE FROM alike WHERE name = ?", (name,))
    for name, key in agency_of.items():
        former, _ = old[name]
        if former != key or place_before.get(key) != place_after[key]:
            changed.moved.add(name)
        if former != key or changed.before[key].name != agencies[key].name:
            changed.renamed.add(name)
    mentions = [_first_names({n: key for n, (key, _) in old.items()}), _first_names(agency_of)]
    changed.touched.gone = {ids[key] for key in changed.before.keys() - agencies.keys()}
    changed.touched.fresh = {
        ids[key]
        for key, agency in agencies.items()
        if changed.before.get(key) != agency or mentions[0][key] != mentions[1][key]
    }
    changed.after = agencies
    changed.joins_after = joins
    return changed


def _first_names(agency_of: Mapping[str, str]) -> dict[str, str]:
    """For each agency the least of its names."""
    return {key: name for name, key in sorted(agency_of.items(), reverse=True)}


def _count(db: sqlite3.Connection, counts: Counter[str]) -> Iterator[str]:
    """Note the numbers of articles; those names of which others have to be looked at again."""
    known = {
        name: (articles, weighed)
        for name, articles, weighed in rows(
            db, "SELECT name, articles, weighed FROM name WHERE name IN given", counts
        )
    }
    for name, more in sorted(counts.items()):
        articles, weighed = known.get(name, (0, True))
        if not more and articles:
            continue
        if name in known:
            db.execute("UPDATE name SET articles = ? WHERE name = ?", (articles + more, name))
        else:
            db.execute("INSERT INTO name VALUES (?, ?, '', '', 0)", (name, more))
        if weighed or not articles + more:
            yield name


def _closure(db: sqlite3.Connection, names: set[str]) -> set[str]:
    """All names that have a value in common with one of these, or with one of those."""
    found, last = set(names), set(names)
    while last:
        values = [v for (v,) in rows(db, "SELECT value FROM alike WHERE name IN given", last)]
        near = {name for (name,) in rows(db, "SELECT name FROM alike WHERE value IN given", values)}
        last = near - found
        found |= last
    return found


def _alike(agency: Agency, name: str, registry: Registry, judgements: Judgements) -> Iterable[int]:
    form = normal_form(agency.name)
    yield number("key", agency.key)
    yield number("form", form)
    yield number("stem", registry.stem(agency.name))
    if ending := region_ending(agency):
        yield number("region", ending)
    for judgement in ("same", "different"):
        for pair in judgements.pairs("agency", judgement):
            if agency_mention(name) in pair:
                yield number("decided", *pair)


def read_agency(text: str) -> Agency:
    """An agency as its row has it."""
    key, name, kind, sector, parent, region, aliases = json.loads(text)
    return Agency(key, name, kind, sector, parent, region, tuple(aliases))


class Known:
    """Keys and places of agencies, looked up when they are asked for."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self.agency_of: dict[str, str] = {}  # by name
        self.form_of: dict[str, str] = {}
        self.name_of: dict[str, str] = {}  # the canonical one, by key
        self._region: dict[str, str] = {}
        self._service: dict[str, str] = {}
        self._bare: dict[str, str] = {}
        self._umbrella: set[str] = set()

    def learn(self, names: Iterable[str]) -> None:
        """Look these names up, and their agencies."""
        unknown = set(names) - self.agency_of.keys()
        for name, form, key in rows(
            self._db, "SELECT name, form, agency FROM name WHERE name IN given", unknown
        ):
            self.agency_of[name], self.form_of[name] = key, form
        self.learn_keys({self.agency_of[name] for name in unknown})

    def learn_keys(self, keys: Iterable[str]) -> None:
        """Look up agencies by their keys."""
        unknown = set(keys) - self.name_of.keys()
        for key, agency, place in rows(
            self._db, "SELECT key, agency, place FROM agency WHERE key IN given", unknown
        ):
            self.name_of[key] = read_agency(agency).name
            region, service, self._bare[key], umbrella = json.loads(place)
            if region:
                self._region[key] = region
            if service:
                self._service[key] = service
            if umbrella:
                self._umbrella.add(key)

    @property
    def places(self) -> Places:
        """What the rules ask of the agencies that were looked up."""
        return Places(self._region, self._service, self._bare, frozenset(self._umbrella))
