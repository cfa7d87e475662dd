"""What a resolution takes from an article, as the rows that keep it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sinergi.graph.model import Article, Extraction
from sinergi.graph.registry import Registry
from sinergi.graph.resolution import organizations
from sinergi.graph.resolution.articles import runs_of, sketch
from sinergi.graph.resolution.localities import full_names, with_names
from sinergi.graph.resolution.mentions import Mention, Office, Post, read_mentions, shared
from sinergi.graph.resolution.reports import Report, Told, read_reports

NO_DAY = "9999"  # after every day


class _Itself(dict[str, str]):
    def __missing__(self, name: str) -> str:
        return name


_AS_WRITTEN = _Itself()


@dataclass(frozen=True, slots=True)
class Facts:
    """Rows of one article, without its number."""

    article: tuple[Any, ...]  # id, stated, published, publisher, names, sketch
    names: frozenset[str]  # of agencies, in full
    sketch: list[int]
    mentions: list[tuple[str, str]]  # name, said
    reports: list[tuple[int, str, str]]  # position, mention, said

    @classmethod
    def of(cls, extraction: Extraction, stated: str, registry: Registry) -> Facts:
        """What a resolution takes from an article; `stated` is a digest of what it states."""
        article = extraction.article
        written = organizations(extraction)
        full = full_names(written, registry)
        named = with_names(extraction, full)
        names = {name: full.get(name, name) for name in sorted(written)}
        hashes, day = sketch(runs_of(article.text)), article.published or NO_DAY
        return cls(
            (article.id, stated, day, article.publisher, _json(names), _json(hashes)),
            frozenset(organizations(named)),
            hashes,
            [(m.name, _said(m)) for m in read_mentions(named, _AS_WRITTEN, _AS_WRITTEN)],
            [(t.report.position, t.mention, _told(t)) for t in read_reports(named)],
        )


def keep(db: sqlite3.Connection, number: int, facts: Facts) -> None:
    """Write the rows of an article."""
    db.execute(
        "INSERT INTO resolved (number, id, stated, published, publisher, names, sketch) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        (number, *facts.article),
    )
    id, _, day, *_ = facts.article
    db.executemany(
        "INSERT INTO sketch VALUES (?, ?, ?, ?)",
        [(value, day, id, number) for value in facts.sketch],
    )
    tables: tuple[tuple[str, Sequence[tuple[Any, ...]]], ...] = (
        ("named (article, name)", [(name,) for name in sorted(facts.names)]),
        ("mention (article, name, said)", facts.mentions),
        ("report (article, position, mention, said)", facts.reports),
    )
    for table, found in tables:
        if found:
            marks = ", ".join("?" * (len(found[0]) + 1))
            db.executemany(
                f"INSERT INTO {table} VALUES ({marks})", [(number, *row) for row in found]
            )


def forget(db: sqlite3.Connection, number: int) -> None:
    """Remove the rows of an article."""
    query = "DELETE FROM resolved WHERE number = ? RETURNING sketch, published, id"
    ((hashes, day, id),) = db.execute(query, (number,)).fetchall()
    db.executemany(
        "DELETE FROM sketch WHERE hash = ? AND published = ? AND id = ?",
        [(value, day, id) for value in json.loads(hashes)],
    )
    for table in ("named", "mention", "report", "block"):
        db.execute(f"DELETE FROM {table} WHERE article = ?", (number,))


def mention(
    article: str,
    day: str,
    name: str,
    said: str,
    agency_of: Mapping[str, str],
    form_of: Mapping[str, str],
) -> Mention:
    """A mention from its row."""
    offices, degrees, aliases, meetings = json.loads(said)
    return Mention(
        article,
        name,
        None if day == NO_DAY else day,
        shared(
            frozenset(
                _office(
                    agency_of[organization] if organization else None,
                    words if words is None else tuple(words),
                    acting,
                    current,
                    form_of[organization] if organization else None,
                )
                for organization, words, acting, current in offices
            )
        ),
        shared(frozenset(degrees)),
        shared(frozenset(aliases)),
        shared(frozenset(meetings)),
    )


def told(article: Article, position: int, mention: str, said: str) -> Told:
    """A report from its row; of `article` only id, day and outlet count."""
    start, end, kind, parties, persons, topics, place = json.loads(said)
    return Told(
        Report(article.id, position),
        mention,
        start,
        end,
        article.published,
        article.publisher,
        kind,
        tuple(parties),
        frozenset(parties),
        frozenset(persons),
        frozenset(topics),
        frozenset(place),
    )


def _said(m: Mention) -> str:
    offices = [
        [o.agency, o.post and list(o.post.words), bool(o.post and o.post.acting), o.current]
        for o in sorted(m.offices, key=lambda o: (*o.order, o.current, str(o.post)))
    ]
    return _json([offices, sorted(m.degrees), sorted(m.aliases), sorted(m.meetings)])


def _told(t: Told) -> str:
    sets = (sorted(map(str, t.persons)), sorted(t.topics), sorted(t.place))
    return _json([t.start, t.end, t.kind, t.organizations, *sets])


@lru_cache(maxsize=1 << 14)
def _office(
    agency: str | None,
    words: tuple[str, ...] | None,
    acting: bool,
    current: bool,
    form: str | None,
) -> Office:
    """One object for all that are equal."""
    return Office(agency, None if words is None else Post(words, acting), current, form)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
