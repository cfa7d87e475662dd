"""Which mentions of all articles are one agency, one official, one meeting, one release.

`resolve` is the whole stage; the rules are in docs/identity.md.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from itertools import chain
from typing import Any

from sinergi.graph.errors import InputError
from sinergi.graph.model import (
    Agency,
    Decision,
    Extraction,
    Join,
    Links,
    Replacement,
    Resolution,
)
from sinergi.graph.registry import Registry
from sinergi.graph.resolution.agencies import (
    ONE_NORMAL_FORM,
    Forms,
    merge_forms,
    normal_form,
    with_aliases,
)
from sinergi.graph.resolution.articles import Copies, near_duplicates
from sinergi.graph.resolution.decisions import (
    Judgements,
    agency_mention,
    append_decision,
    article_mention,
    beside,
    checked,
    meeting_mentions,
    person_mention,
    read_decisions,
)
from sinergi.graph.resolution.doubts import find_candidates
from sinergi.graph.resolution.localities import full_names, with_names
from sinergi.graph.resolution.meetings import Meetings, resolve_meetings
from sinergi.graph.resolution.mentions import Cluster, read_mentions
from sinergi.graph.resolution.names import slug
from sinergi.graph.resolution.persons import (
    Keys,
    gather,
    gather_at_meetings,
    name_persons,
    other_keys,
)
from sinergi.graph.resolution.reports import Wordings, read_reports
from sinergi.graph.resolution.rules import Places

__all__ = ["append_decision", "beside", "checked", "clusters", "read_decisions", "resolve"]


def resolve(
    extractions: Iterable[Extraction], registry: Registry, decisions: Iterable[Decision] = ()
) -> Resolution:
    """The canonical agencies, persons and meetings of `extractions`, and each article's links.

    `decisions` are people's judgements of pairs; they go before every rule. The result depends on
    the articles and the decisions alone, not on the order in which articles come. Raises
    InputError if two articles have one id and differ.
    """
    return Workings.of(extractions, registry, decisions).resolution


@dataclass(frozen=True, slots=True)
class Workings:
    """A resolution with what it was made from, for whoever asks how near other answers were."""

    resolution: Resolution
    extractions: list[Extraction]
    judgements: Judgements
    clusters: list[Cluster]  # of the mentions of persons
    places: Places
    meetings: Meetings
    copies: Copies
    key_of: Mapping[str, str]  # of what each mention is, as decisions write it

    @classmethod
    def of(
        cls, extractions: Iterable[Extraction], registry: Registry, decisions: Iterable[Decision]
    ) -> Workings:
        """Resolve; see `resolve`."""
        written = _distinct(extractions)
        full = {e.article.id: full_names(organizations(e), registry) for e in written}
        ordered = [with_names(e, full[e.article.id]) for e in written]
        named = Counter(name for e in ordered for name in organizations(e))
        identified = {name: registry.identify(name) for name in sorted(named)}
        judgements = Judgements(
            decisions,
            _mentions(ordered),
            {agency_mention(name): agency.key for name, agency in identified.items()},
        )
        agencies, agency_of, agency_joins, other_agencies = name_agencies(
            identified, named, registry, judgements
        )
        copies = near_duplicates(
            (e.article for e in ordered),
            judgements.pairs("article", "same"),
            judgements.pairs("article", "different"),
        )
        places = Places.of(agencies)
        form_of = {name: agency.key for name, agency in identified.items()}
        gathered = gather(
            (m for e in ordered for m in read_mentions(e, agency_of, form_of)),
            places,
            judgements.pairs("person", "same"),
            judgements.pairs("person", "different"),
        )
        # Persons tell which reports are of one meeting, and its reports which persons are one.
        mark_of: dict[str, dict[str, object]] = defaultdict(dict)
        for cluster in gathered:
            for m in cluster.mentions:
                mark_of[m.article][m.name] = cluster.order
        texts = {e.article.id: e.article.text for e in ordered}
        meetings = resolve_meetings(
            (
                told.with_keys(agency_of, mark_of[e.article.id], copies.first.get(e.article.id))
                for e in ordered
                for told in read_reports(e)
            ),
            Wordings(texts.__getitem__, registry.language.common),
            judgements,
        )
        gathered = gather_at_meetings(gathered, places, meetings.key_of)
        persons, person_of, person_joins = name_persons(gathered)
        key_of = {agency_mention(name): key for name, key in agency_of.items()}
        for e in ordered:
            id = e.article.id
            key_of[article_mention(id)] = id
            key_of |= zip(meeting_mentions(e), meetings.key_of.get(id, ()), strict=True)
            key_of |= {person_mention(id, name): key for name, key in person_of[id].items()}
        resolution = Resolution(
            agencies=agencies,
            persons=persons,
            links={
                e.article.id: Links(
                    persons=dict(sorted(person_of[e.article.id].items())),
                    agencies={
                        name: agency_of[full[e.article.id].get(name, name)]
                        for name in sorted(organizations(e))
                    },
                    meetings=meetings.key_of.get(e.article.id, ()),
                )
                for e in written
            },
            duplicates=copies.first,
            joins=tuple(sorted([*agency_joins, *person_joins, *meetings.joins])),
            decisions={
                decision: tuple(sorted({key_of[decision.left], key_of[decision.right]}))
                for decision in judgements.decisions
            },
            refusals=tuple(sorted(judgements.refusals)),
            replaced=(
                *_replaced("agency", other_agencies, agencies),
                *_replaced("meeting", meetings.other_keys, set(chain(*meetings.key_of.values()))),
                *_replaced("person", other_keys(gathered, person_of), persons),
            ),
        )
        found = cls(resolution, ordered, judgements, gathered, places, meetings, copies, key_of)
        candidates = tuple(find_candidates(found))
        return replace(found, resolution=replace(resolution, candidates=candidates))


def clusters(resolution: Resolution, extractions: Iterable[Extraction]) -> dict[str, Any]:
    """`resolution` as sets of mentions, to be compared with a gold standard.

    `persons` and `organizations` hold lists of [article id, name], `meetings` of [article id,
    index into the article's meetings]; `meeting_organizations` says whose meeting an index is,
    `joins` why mentions are one.
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
    result["joins"] = [asdict(join) for join in resolution.joins]
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


def _persons(extraction: Extraction) -> set[str]:
    names = {o.person for o in extraction.officials}
    names.update(p.person for meeting in extraction.meetings for p in meeting.participants)
    names.update(s.speaker for s in extraction.statements if s.speaker)
    return names


def organizations(extraction: Extraction) -> set[str]:
    """The names of agencies in what an article states."""
    names = {o.organization for o in extraction.officials}
    names.update(s.organization for s in extraction.statements)
    represented: set[str | None] = set()  # a person, or an agency
    for meeting in extraction.meetings:
        names.update(party.organization for party in meeting.organizations)
        names.update(p.organization for p in meeting.participants)
        represented.update(p.represents for p in meeting.participants)
        if meeting.agreement:
            names.update(meeting.agreement.parties)
    names |= represented - _persons(extraction)
    return {name for name in names if name}


def _replaced(kind: str, others: Keys, taken: Collection[str]) -> list[Replacement]:
    """Where the other keys lead; one that is in use, or could be of two things, leads nowhere."""
    return [
        Replacement(kind, old, *keys)
        for old, keys in sorted(others.items())
        if old not in taken and len(keys) == 1
    ]


def _mentions(extractions: Iterable[Extraction]) -> set[str]:
    """Every mention that a decision may be on."""
    found: set[str] = set()
    for extraction in extractions:
        found.add(article_mention(extraction.article.id))
        found.update(meeting_mentions(extraction))
        found.update(map(agency_mention, organizations(extraction)))
        found.update(person_mention(extraction.article.id, p) for p in _persons(extraction))
    return found


def name_agencies(
    identified: Mapping[str, Agency],
    named: Mapping[str, int],
    registry: Registry,
    judgements: Judgements,
) -> tuple[dict[str, Agency], dict[str, str], list[Join], Keys]:
    """The canonical agencies by key, the key that each written name stands for, the joins, and
    the keys that now lead to another.

    `identified` says what the registry makes of each name, `named` how many articles have it.
    """
    known = {agency.key: agency for _, agency in sorted(identified.items(), reverse=True)}
    articles: Counter[str] = Counter()
    for name, agency in identified.items():
        articles[agency.key] += named[name]
    key_of = {agency_mention(name): agency.key for name, agency in identified.items()}

    def keys(judgement: str) -> dict[tuple[str, str], str]:
        pairs = judgements.pairs("agency", judgement)
        return {
            (key_of[left], key_of[right]): why
            for (left, right), why in pairs.items()
            if left in key_of and right in key_of
        }

    forms = merge_forms(known, articles, registry.stem, keys("same"), keys("different"))
    agency_of = {name: forms.target(agency.key) for name, agency in identified.items()}
    written: dict[str, set[str]] = defaultdict(set)
    for name, key in agency_of.items():
        written[key].update((name, identified[name].name))
    agencies = {key: with_aliases(known[key], written[key]) for key in sorted(written)}
    return agencies, agency_of, _agency_joins(identified, forms), forms.others


def _agency_joins(identified: Mapping[str, Agency], forms: Forms) -> list[Join]:
    """Why names are one agency's: the registry, spelling, or a rule of `merge_forms`."""
    names: dict[str, list[str]] = defaultdict(list)
    for name, agency in sorted(identified.items()):
        names[agency.key].append(name)
    found: list[tuple[str, str, str, str]] = []
    for first, *others in names.values():
        for name in others:
            spelling = normal_form(first) == normal_form(name)
            found.append((first, name, ONE_NORMAL_FORM if spelling else "registry", ""))
    for key, target, rule, why in forms.joins:
        left, right = sorted((names[key][0], names[target][0]))
        found.append((left, right, rule, why))
    return [
        Join(
            forms.target(identified[left].key),
            agency_mention(left),
            agency_mention(right),
            slug(rule),
            why,
        )
        for left, right, rule, why in found
    ]
