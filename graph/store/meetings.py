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
    said = _read_facts(lookup, copies, topics=topics)
    there, known = _officials(lookup, agencies) if officials else ({}, {})
    records = []
    for meeting in present.keys() | there.keys():
        facts = said[meeting]
        records.append(
            MeetingRecord(
                key=keys[meeting],
                agencies=tuple(sorted(present.get(meeting, ()))),
                officials=there.get(meeting, ()),
                date=facts["day"][0] if "day" in facts else None,
                kind=tail(facts["kind"][0]) if "kind" in facts else None,
                status=tail(facts["status"][0]) if "status" in facts else None,
                topics=tuple(facts.get("topic", ())),
                outlets=tuple(facts.get("outlet", ())),
                articles=tuple(sorted(set(facts.get("article", ())))),
            )
        )
    return Records(
        meetings=tuple(sorted(records, key=lambda record: record.key)),
        agencies=dict(sorted(agencies.items())),
        officials=known,
        sectors=sectors,
    )


def _read_facts(
    lookup: Lookup, copies: Collection[str], *, topics: bool
) -> dict[object, dict[str, list[str]]]:
    """What is said of each meeting, sorted, each value once; which articles report it, and which
    outlets do in words of their own. A meeting's rows are of the graphs of articles, and such a
    graph ends in the key of its article.
    """
    article_of = {id: tail(str(iri)) for id, iri in lookup.rows("SELECT id, iri FROM graph")}
    wanted = ["day", "kind", "status", "outlet", *(["topic"] if topics else [])]
    facts: dict[object, dict[str, list[str]]] = defaultdict(dict)
    for meeting, property, value, graph in lookup.rows(  # in the order of the table's key
        "SELECT meeting, property, value, graph FROM meeting "
        f"WHERE property IN ({', '.join('?' * len(wanted))}) ORDER BY 1, 2, 3, 4",
        wanted,
    ):
        said, what, text, article = facts[meeting], str(property), str(value), article_of[graph]
        if what == "kind":
            said.setdefault("article", []).append(article)
        if what == "outlet" and article in copies:
            continue
        values = said.setdefault(what, [])
        if values[-1:] != [text]:
            values.append(text)
    return facts


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
