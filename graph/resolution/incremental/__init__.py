"""Resolution of a store: only what new, changed or missing articles have a say in is done again.

What comes out is what `resolve` makes of all articles together. Why, and what it costs, is in
docs/identity.md.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import astuple, dataclass, field

from sinergi.graph.model import (
    Agency,
    Candidate,
    Decision,
    Extraction,
    Join,
    Links,
    Person,
    Replacement,
    Resolution,
)
from sinergi.graph.registry import Registry
from sinergi.graph.resolution.decisions import Judgements
from sinergi.graph.resolution.incremental import (
    agencies,
    candidates,
    copies,
    facts,
    meetings,
    persons,
)
from sinergi.graph.resolution.incremental.agencies import read_agency
from sinergi.graph.resolution.incremental.tables import clear, forget, made, next_id, note, rows
from sinergi.graph.resolution.reports import Wordings

__all__ = ["Changes", "forget", "linked", "made", "note", "read_agency", "update", "whole"]


@dataclass(frozen=True, slots=True)
class Changes:
    """What an update has changed: the part of the resolution that is otherwise, before and after,
    the judgements without effect, and the articles of which the links or names may be others."""

    before: Resolution
    after: Resolution
    articles: set[str]


def update(
    db: sqlite3.Connection,
    changed: Iterable[tuple[str, Extraction | None, str]],
    text_of: Callable[[str], str],
    registry: Registry,
    decisions: Iterable[Decision] = (),
    *,
    anew: bool,
) -> Changes | None:
    """Bring the tables in step with articles that came, changed or went.

    `changed` gives the id of each, what it states now, if it is there, and a digest of that;
    `text_of` the text of an article by its id. With `anew` the tables are made from nothing, and
    `changed` are all articles. None if everything has to be done anew: people's `decisions` are
    in force now that were not, or were and are not. Registry and rules have to be those of before.
    """
    if anew:
        clear(db)
    went = _Went(db)
    counts: Counter[str] = Counter()
    fresh: dict[int, str] = {}
    at = next_id(db, "resolved", "number")
    for id, extraction, stated in changed:
        went.take(id, counts)
        if extraction is not None:
            found = facts.Facts.of(extraction, stated, registry)
            facts.keep(db, at, found)
            counts.update(found.names)
            fresh[at] = id
            at += 1
    judgements = _judgements(db, decisions, counts, registry)
    if not _same_judgements(db, judgements, anew=anew):
        return None

    of_agencies = agencies.update(db, counts, registry, judgements)
    first_before, first_after = copies.update(db, went.articles, fresh, text_of, judgements)
    recopied = {
        id
        for id in first_before.keys() | first_after.keys()
        if first_before.get(id) != first_after.get(id)
    }
    known = agencies.Known(db)
    moved = {
        article
        for (article,) in rows(
            db, "SELECT article FROM named WHERE name IN given", of_agencies.moved
        )
    }
    of_mentions = persons.Persons(db, known, judgements)
    of_mentions.dirty |= went.homes_of_mentions
    renamed = {
        article
        for (article,) in rows(
            db, "SELECT article FROM named WHERE name IN given", of_agencies.renamed
        )
    }
    query = "SELECT DISTINCT home FROM mention WHERE article IN given AND home IS NOT NULL"
    of_mentions.dirty |= {home for (home,) in rows(db, query, moved | renamed)}
    marked = of_mentions.mark()
    query = "SELECT number FROM resolved WHERE id IN given"
    told = {*fresh, *moved, *marked, *(n for (n,) in rows(db, query, recopied))}
    wordings = Wordings(text_of, registry.language.common)
    of_meetings = meetings.Meetings(db, known, wordings, judgements).update(
        told, went.homes_of_reports, went.blocks
    )
    of_persons = of_mentions.update(of_meetings.articles)

    others = {
        "agency": of_agencies.others, "meeting": of_meetings.others, "person": of_persons.others
    }  # fmt: skip
    replaced_before, replaced_after = _replaced(db, others)
    decided_before, decided_after = _decided(db, judgements)
    near = candidates.Candidates(db, known)
    near.agencies(of_agencies.touched)
    near.persons(of_persons.touched)
    near.meetings(of_meetings.touched, of_meetings.doubts)
    near.tell(
        {"person": of_persons.touched.renamed, "meeting": of_meetings.touched.renamed},
        decided_after,
    )
    query = "SELECT id FROM resolved WHERE number IN given"
    numbers = {*fresh, *renamed, *of_meetings.articles, *of_persons.articles}
    return Changes(
        before=Resolution(
            of_agencies.before,
            of_persons.before,
            {},
            first_before,
            _joins(of_agencies.joins_before, of_persons.joins_before, of_meetings.joins_before),
            decided_before,
            (),
            replaced_before,
            tuple(sorted(near.before)),
        ),
        after=Resolution(
            of_agencies.after,
            of_persons.after,
            {},
            first_after,
            _joins(of_agencies.joins_after, of_persons.joins_after, of_meetings.joins_after),
            decided_after,
            tuple(sorted(judgements.refusals)),
            replaced_after,
            tuple(sorted(near.after)),
        ),
        articles={id for (id,) in rows(db, query, numbers)},
    )


def linked(db: sqlite3.Connection, id: str) -> tuple[Resolution, str] | None:
    """All that an article's graph takes from the resolution, and a digest of what it states."""
    article = db.execute("SELECT number, names, stated FROM resolved WHERE id = ?", (id,))
    found = article.fetchone()
    if found is None:
        return None
    at, names, stated = found
    written = json.loads(names)
    called = {
        name: (key, json.loads(agency))
        for name, key, agency in rows(
            db,
            "SELECT n.name, a.key, a.agency FROM name n JOIN agency a ON a.key = n.agency "
            "WHERE n.name IN given",
            written.values(),
        )
    }
    people = db.execute(
        "SELECT m.name, p.key, p.name FROM mention m JOIN person p ON p.id = m.person "
        "WHERE m.article = ? ORDER BY m.name",
        (at,),
    ).fetchall()
    held = db.execute(
        "SELECT m.key FROM report r JOIN meeting m ON m.id = r.meeting WHERE r.article = ? "
        "ORDER BY r.position",
        (at,),
    )
    links = Links(
        {name: key for name, key, _ in people},
        {name: called[full][0] for name, full in written.items()},
        tuple(key for (key,) in held),
    )
    resolution = Resolution(
        {key: Agency(key, agency[1]) for key, agency in called.values()},
        {key: Person(key, name) for _, key, name in people},
        {id: links},
    )
    return resolution, stated


def whole(db: sqlite3.Connection) -> Resolution:
    """The resolution of all articles, but for the judgements without effect."""
    agencies_of: dict[str, Agency] = {}
    people: dict[str, Person] = {}
    joins: list[Join] = []
    for key, agency, why in db.execute("SELECT key, agency, joins FROM agency ORDER BY key"):
        agencies_of[key] = agencies.read_agency(agency)
        joins += (Join(*join) for join in json.loads(why))
    query = "SELECT key, name, aliases, joins FROM person ORDER BY key"
    for key, name, aliases, why in db.execute(query):
        people[key] = Person(key, name, tuple(json.loads(aliases)))
        joins += (Join(key, *rest) for _, *rest in json.loads(why))
    for key, why in db.execute("SELECT key, joins FROM meeting"):
        joins += (Join(key, *rest) for _, *rest in json.loads(why))
    return Resolution(
        agencies_of,
        people,
        {},
        dict(db.execute("SELECT id, first FROM resolved WHERE first IS NOT NULL")),
        tuple(sorted(joins)),
        {
            Decision(*json.loads(decision)): tuple(json.loads(keys))
            for decision, keys in db.execute("SELECT decision, keys FROM decided")
        },
        (),
        tuple(
            Replacement(*row)
            for row in db.execute("SELECT kind, old, key FROM replaced ORDER BY kind, old")
        ),
        tuple(
            sorted(
                Candidate(*json.loads(told))
                for (told,) in db.execute("SELECT told FROM near WHERE told <> ''")
            )
        ),
    )


def _joins(*found: list[Join]) -> tuple[Join, ...]:
    return tuple(sorted(join for joins in found for join in joins))


@dataclass(slots=True)
class _Went:
    """What is known of articles that are taken out of the tables."""

    db: sqlite3.Connection
    articles: dict[int, copies.Gone] = field(default_factory=dict)
    homes_of_mentions: set[int] = field(default_factory=set)
    homes_of_reports: set[int] = field(default_factory=set)
    blocks: Counter[bytes] = field(default_factory=Counter)

    def take(self, id: str, counts: Counter[str]) -> None:
        """Take an article out, if it is there, and its names from the counts."""
        ask = self.db.execute
        query = "SELECT number, published, first, sketch FROM resolved WHERE id = ?"
        found = ask(query, (id,)).fetchone()
        if found is None:
            return
        at, day, first, hashes = found

        def column(of: str, table: str) -> list[object]:
            return [v for (v,) in ask(f"SELECT {of} FROM {table} WHERE article = ?", (at,))]

        self.articles[at] = copies.Gone((day, id), first, json.loads(hashes))
        counts.subtract(column("name", "named"))  # type: ignore[arg-type]
        self.homes_of_mentions |= set(column("home", "mention"))  # type: ignore[arg-type]
        self.homes_of_reports |= set(column("home", "report"))  # type: ignore[arg-type]
        self.blocks.update(column("block", "block"))  # type: ignore[arg-type]
        facts.forget(self.db, at)


def _judgements(
    db: sqlite3.Connection, decisions: Iterable[Decision], counts: Counter[str], registry: Registry
) -> Judgements:
    """The decisions in force, of which the mentions are looked up."""
    decisions = list(decisions)
    known: set[str] = set()
    registered: dict[str, str] = {}
    for mention in sorted({mention for d in decisions for mention in (d.left, d.right)}):
        kind, _, name = mention.partition(":")
        if kind == "agency":
            row = db.execute("SELECT articles FROM name WHERE name = ?", (name,)).fetchone()
            if (row[0] if row else 0) + counts[name] > 0:
                known.add(mention)
                registered[mention] = registry.identify(name).key
        elif _asked(db, mention, {"article": "a.id", "person": "m.name"}.get(kind, "r.mention")):
            known.add(mention)
    return Judgements(decisions, known, registered)


def _asked(db: sqlite3.Connection, mention: str, column: str) -> str | None:
    """What a column has of a mention, as decisions write it; None if no article has it."""
    kind, _, rest = mention.partition(":")
    id, _, name = rest.rpartition({"person": "#", "meeting": "@"}.get(kind, ":"))
    table, condition, values = {
        "agency": ("name n JOIN agency a ON a.key = n.agency", "n.name = ?", (rest,)),
        "article": ("resolved a", "a.id = ?", (rest,)),
        "person": (
            "resolved a JOIN mention m ON m.article = a.number "
            "LEFT JOIN person t ON t.id = m.person",
            "a.id = ? AND m.name = ?",
            (id, name),
        ),
        "meeting": (
            "resolved a JOIN report r ON r.article = a.number "
            "LEFT JOIN meeting t ON t.id = r.meeting",
            "a.id = ? AND r.mention = ?",
            (id, mention),
        ),
    }[kind]
    found = db.execute(f"SELECT {column} FROM {table} WHERE {condition}", values).fetchone()
    return found[0] if found else None


def _same_judgements(db: sqlite3.Connection, judgements: Judgements, *, anew: bool) -> bool:
    """Whether the same judgements have a say as the last time."""
    now = {_text(d) for d in judgements.decisions if d.judgement in ("same", "different")}
    before = {
        text
        for (text,) in db.execute("SELECT decision FROM decided")
        if json.loads(text)[2] in ("same", "different")
    }
    return anew or now == before


def _decided(
    db: sqlite3.Connection, judgements: Judgements
) -> tuple[dict[Decision, tuple[str, ...]], dict[Decision, tuple[str, ...]]]:
    """The judgements in force, each with the keys of what it is on, before and after."""
    before = {
        Decision(*json.loads(text)): tuple(json.loads(keys))
        for text, keys in db.execute("SELECT decision, keys FROM decided")
    }
    after: dict[Decision, tuple[str, ...]] = {}
    columns = {"agency": "a.key", "article": "a.id"}
    for decision in judgements.decisions:
        column = columns.get(decision.left.partition(":")[0], "t.key")
        keys = {_asked(db, mention, column) for mention in (decision.left, decision.right)}
        after[decision] = tuple(sorted(key for key in keys if key))
    db.execute("DELETE FROM decided")
    db.executemany(
        "INSERT INTO decided VALUES (?, ?)", [(_text(d), json.dumps(k)) for d, k in after.items()]
    )
    return before, after


def _text(decision: Decision) -> str:
    return json.dumps(astuple(decision))


def _replaced(
    db: sqlite3.Connection, others: dict[str, set[str]]
) -> tuple[tuple[Replacement, ...], tuple[Replacement, ...]]:
    """Where those of `others` led before, and where they lead now; see `Resolution.replaced`."""
    before: list[Replacement] = []
    after: list[Replacement] = []
    for kind, olds in others.items():
        leads: dict[str, set[str]] = defaultdict(set)
        query = (
            f"SELECT o.old, t.key FROM other o JOIN {kind} t ON t.id = o.thing "
            f"WHERE o.kind = '{kind}' AND o.old IN given"
        )
        for old, key in rows(db, query, olds):
            leads[old].add(key)
        for (taken,) in rows(db, f"SELECT key FROM {kind} WHERE key IN given", leads):
            leads.pop(taken, None)
        query = f"SELECT kind, old, key FROM replaced WHERE kind = '{kind}' AND old IN given"
        before += (Replacement(*row) for row in rows(db, query, olds))
        after += (Replacement(kind, old, *keys) for old, keys in leads.items() if len(keys) == 1)
    db.executemany(
        "DELETE FROM replaced WHERE kind = ? AND old = ?", [(r.kind, r.old) for r in before]
    )
    db.executemany("INSERT INTO replaced VALUES (?, ?, ?)", [astuple(r) for r in after])
    return tuple(sorted(before)), tuple(sorted(after))
