"""Which mentions of all articles are one agency, one official, one meeting, one release.

`resolve` is the whole stage; the rules are in docs/identity.md.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sinergi.graph.errors import InputError
from sinergi.graph.model import Agency, Extraction, Links, Resolution
from sinergi.graph.registry import Registry
from sinergi.graph.resolution.agencies import merge_forms, with_aliases
from sinergi.graph.resolution.articles import near_duplicates
from sinergi.graph.resolution.meetings import resolve_meetings
from sinergi.graph.resolution.mentions import read_mentions
from sinergi.graph.resolution.persons import gather, gather_at_meetings, name_persons
from sinergi.graph.resolution.rules import Places

__all__ = ["clusters", "resolve"]


def resolve(extractions: Iterable[Extraction], registry: Registry) -> Resolution:
    """The canonical agencies, persons and meetings of `extractions`, and each article's links.

    The result depends on the articles alone, not on the order in which they come. Raises
    InputError if two articles have one id and differ.
    """
    ordered = _distinct(extractions)
    agencies, agency_of = _agencies(ordered, registry)
    duplicates = near_duplicates(e.article for e in ordered)
    places = Places.of(agencies)
    gathered = gather(read_mentions(ordered, agency_of), places)
    # Persons tell which reports are of one meeting, and its reports which persons are one.
    _, person_of = name_persons(gathered)
    meeting_of = resolve_meetings(
        ordered, agency_of, person_of, duplicates, registry.language.common
    )
    persons, person_of = name_persons(gather_at_meetings(gathered, places, meeting_of))
    return Resolution(
        agencies=agencies,
        persons=persons,
        links={
            e.article.id: Links(
                persons=dict(sorted(person_of[e.article.id].items())),
                agencies={name: agency_of[name] for name in sorted(_organizations(e))},
                meetings=meeting_of[e.article.id],
            )
            for e in ordered
        },
        duplicates=duplicates,
    )


def clusters(resolution: Resolution, extractions: Iterable[Extraction]) -> dict[str, Any]:
    """`resolution` as sets of mentions, to be compared with a gold standard.

    `persons` and `organizations` hold lists of [article id, name], `meetings` of [article id,
    index into the article's meetings]; `meeting_organizations` says whose meeting an index is.
    """
    groups: dict[str, dict[str, list[list[Any]]]] = {
        "persons": defaultdict(list),
        "organizations": defaultdict(list),
        "meetings": defaultdict(list),
    }
    for article, links in sorted(resolution.links.items()):
        for name, key in sorted(links.persons.items()):
            groups["persons"][key].append([article, name])
        for name, key in sorted(links.agencies.items()):
            groups["organizations"][key].append([article, name])
        for index, key in enumerate(links.meetings):
            groups["meetings"][key].append([article, index])
    result: dict[str, Any] = {kind: sorted(found.values()) for kind, found in groups.items()}
    result["meeting_organizations"] = {
        e.article.id: [[party.organization for party in m.organizations] for m in e.meetings]
        for e in sorted(extractions, key=lambda e: e.article.id)
    }
    return result


def _distinct(extractions: Iterable[Extraction]) -> list[Extraction]:
    by_id: dict[str, Extraction] = {}
    for extraction in extractions:
        article = extraction.article
        if by_id.setdefault(article.id, extraction) != extraction:
            raise InputError(
                f"Two different articles have the id '{article.id}' "
                f"({article.source or article.title}): give one of them another."
            )
    return [by_id[key] for key in sorted(by_id)]


def _organizations(extraction: Extraction) -> set[str]:
    persons = {o.person for o in extraction.officials}
    names = {o.organization for o in extraction.officials}
    names.update(s.organization for s in extraction.statements)
    for meeting in extraction.meetings:
        names.update(party.organization for party in meeting.organizations)
        persons.update(p.person for p in meeting.participants)
        names.update(p.organization for p in meeting.participants)
        names.update(p.represents for p in meeting.participants)
        if meeting.agreement:
            names.update(meeting.agreement.parties)
    return {name for name in names - persons if name}


def _agencies(
    extractions: Sequence[Extraction], registry: Registry
) -> tuple[dict[str, Agency], dict[str, str]]:
    """The canonical agencies by key, and the key that each written name stands for."""
    named = Counter(name for e in extractions for name in _organizations(e))
    identified = {name: registry.identify(name) for name in sorted(named)}
    known = {agency.key: agency for _, agency in sorted(identified.items(), reverse=True)}
    articles: Counter[str] = Counter()
    for name, agency in identified.items():
        articles[agency.key] += named[name]
    merged = merge_forms(known, articles, registry.stem)
    agency_of = {name: merged.get(a.key, a.key) for name, a in identified.items()}
    written: dict[str, set[str]] = defaultdict(set)
    for name, key in agency_of.items():
        written[key].update((name, identified[name].name))
    return {key: with_aliases(known[key], written[key]) for key in sorted(written)}, agency_of
