"""What networks are made from, out of the index of a store: the records that its graph gives too,
but without asking it for every triple."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping

from sinergi.graph.network import MeetingRecord, Records, tail
from sinergi.graph.store.lookup import Lookup

Agencies = dict[str, dict[str, str]]


def read_meetings(
    lookup: Lookup, sectors: Mapping[str, str], *, copies: Collection[str] = (),
    officials: bool = True, topics: bool = True,
) -> Records:  # fmt: skip
    """The records that `read_records` reads from the graph; without officials or topics where
    nothing depends on them, which is quicker. `sectors` goes from a key to its label, `copies` are
    the keys of the articles that are copies of another one.
    """
    keys = {id: tail(str(iri)) for id, iri in lookup.rows("SELECT id, iri FROM node")}
    agencies: Agencies = defaultdict(dict)
    for name, property, value in sorted(
        (keys[id], str(property), str(value))
        for id, property, value in lookup.rows(
            "SELECT DISTINCT agency, property, value FROM agency"
        )
    ):
        agencies[name].setdefault(property, value if property == "label" else tail(value))

    present: dict[object, list[str]] = defaultdict(list)
    for meeting, id in lookup.rows(
        "SELECT DISTINCT meeting, agency FROM attendance "
        "WHERE agency IN (SELECT agency FROM agency) ORDER BY meeting"
    ):
        present[meeting].append(keys[id])
    wanted = ["day", "kind", "status", *(["topic"] if topics else [])]
    facts: dict[object, dict[str, list[str]]] = defaultdict(dict)
    for meeting, what, fact in lookup.rows(
        "SELECT DISTINCT meeting, property, value FROM meeting "
        f"WHERE property IN ({', '.join('?' * len(wanted))}) ORDER BY meeting, property, value",
        wanted,
    ):
        facts[meeting].setdefault(str(what), []).append(str(fact))
    articles, outlets = _reports(lookup, copies)
    there, known = _officials(lookup, agencies) if officials else ({}, {})
    records = []
    for meeting in present.keys() | there.keys():
        said = facts[meeting]
        records.append(
            MeetingRecord(
                key=keys[meeting],
                agencies=tuple(sorted(present.get(meeting, ()))),
                officials=there.get(meeting, ()),
                date=said["day"][0] if "day" in said else None,
                kind=tail(said["kind"][0]) if "kind" in said else None,
                status=tail(said["status"][0]) if "status" in said else None,
                topics=tuple(said.get("topic", ())),
                outlets=tuple(sorted(outlets[meeting])),
                articles=tuple(sorted(articles[meeting])),
            )
        )
    return Records(
        meetings=tuple(sorted(records, key=lambda record: record.key)),
        agencies=dict(sorted(agencies.items())),
        officials=known,
        sectors=sectors,
    )


def _reports(
    lookup: Lookup, copies: Collection[str]
) -> tuple[dict[object, set[str]], dict[object, set[str]]]:
    """Which articles report each meeting, and which outlets do in words of their own. A meeting's
    rows are of the graphs of articles, and such a graph ends in the key of its article.
    """
    articles: dict[object, set[str]] = defaultdict(set)
    outlets: dict[object, set[str]] = defaultdict(set)
    for meeting, what, value, graph in lookup.rows(
        "SELECT meeting, property, value, iri FROM meeting JOIN graph ON graph.id = graph "
        "WHERE property IN ('kind', 'outlet')"
    ):
        article = tail(str(graph))
        articles[meeting].add(article)
        if what == "outlet" and article not in copies:
            outlets[meeting].add(str(value))
    return articles, outlets


def _officials(
    lookup: Lookup, agencies: Agencies
) -> tuple[dict[object, tuple[str, ...]], dict[str, dict[str, str]]]:
    """Who was at each meeting; and of each official the name, the agency acted for most often (of
    equals the first in order), and that agency's sector and region.
    """
    there: dict[object, set[str]] = defaultdict(set)
    acted_for: dict[str, Counter[str]] = defaultdict(Counter)
    names = {
        str(thing): str(label)
        for thing, label in lookup.rows(
            "SELECT thing, MIN(label) FROM name WHERE kind = 'person' AND canonical GROUP BY thing"
        )
    }
    for meeting, value in lookup.rows(
        "SELECT DISTINCT meeting, value FROM meeting WHERE property = 'official'"
    ):
        person, _, agency = str(value).partition(" ")
        if person in names:
            there[meeting].add(person)
            if agency:
                acted_for[person][tail(agency)] += 1
    known = {}
    for person in sorted({person for persons in there.values() for person in persons}, key=tail):
        official = {"label": names[person]}
        if acts := acted_for[person]:
            agency = min(acts, key=lambda a: (-acts[a], a))
            record = agencies.get(agency, {})
            official["agency"] = agency
            official |= {k: record[k] for k in ("sector", "region") if k in record}
        known[tail(person)] = official
    return {m: tuple(sorted(map(tail, persons))) for m, persons in there.items()}, known
