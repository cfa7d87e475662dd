"""From who was at which meeting to who met whom: which meetings count, for whom, and how much."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from difflib import get_close_matches
from itertools import combinations
from typing import Any, Literal, get_args

import networkx as nx

from sinergi.graph.errors import QueryError
from sinergi.graph.network.backbone import keep_backbone
from sinergi.graph.network.groups import communities, components
from sinergi.graph.network.records import MeetingRecord, Records

Actors = Literal["agencies", "officials"]
Level = Literal["unit", "agency", "parent", "ministry", "sector"]
Count = Literal["meetings", "outlets", "articles"]
Weight = Literal["newman", "count"]

# Kinds whose instances are parts of an agency and not agencies: at level "agency" they count as
# the agency that they belong to.
UNIT_KINDS = frozenset(
    {"badan-dprd", "dit-polda", "ditjen", "fraksi", "komisi-dprd", "satuan-polres"}
)
# Almost everything stands under the President: as a ministry it would be the only one.
HEAD_OF_STATE = "presiden"


@dataclass(frozen=True, slots=True)
class Projection:
    """What a network is of. Every setting goes into the network, as `graph.graph[name]`.

    All filters choose meetings; `minimum` and `backbone` then choose ties. Days are ISO, both
    ends belong to the window, and a meeting without a day is in no window. Raises QueryError for
    a setting that means nothing.
    """

    actors: Actors = "agencies"
    level: Level = "unit"
    """Of agencies: "unit" as the articles name them; "agency" counts a part of an agency
    (UNIT_KINDS) as the agency; "parent" counts each as what it stands directly under, "ministry"
    as the highest body that it stands under, the President aside; "sector" as its sector, agencies
    of unknown sector left out. Who is under nobody stands for itself."""
    since: str | None = None
    until: str | None = None
    kinds: tuple[str, ...] = ()
    """Only meetings of these kinds (keys of the vocabulary, such as "audiensi")."""
    topics: tuple[str, ...] = ()
    """Only meetings about one of these; case does not count."""
    region: str | None = None
    """Only meetings at which an agency of this region was, or of a region within it (a code:
    "33" has "33.07" in it). Who else was there counts too."""
    held: bool = False
    """Only meetings that are told as held: not planned, not postponed."""
    count: Count = "meetings"
    """What an edge's `count` is of: "meetings", distinct ones; "outlets" that reported them in
    words of their own (a copy is no second witness); "articles" that report them, copies too."""
    minimum: int = 1
    """A tie needs a count of so many."""
    weight: Weight = "newman"
    """What an edge's `weight` is, and with it strength, PageRank, constraint, communities:
    "newman", meetings, of which one of n counts 1/(n-1) for each pair (Newman, Phys. Rev. E 64
    (2001) 016132); or the "count"."""
    backbone: float | None = None
    """Only ties that the disparity filter finds significant at this level, as 0.05."""

    def __post_init__(self) -> None:
        for name in ("kinds", "topics"):
            given = getattr(self, name)
            chosen = (given,) if isinstance(given, str) else tuple(sorted(set(given)))
            object.__setattr__(self, name, chosen)
        for name, choices in (
            ("actors", Actors), ("level", Level), ("count", Count), ("weight", Weight)
        ):  # fmt: skip
            if getattr(self, name) not in get_args(choices):
                known = ", ".join(get_args(choices))
                raise QueryError(f"{name} is one of {known}; not '{getattr(self, name)}'.")
        if self.actors == "officials" and self.level != "unit":
            raise QueryError("A level is of agencies; leave it out for officials.")
        for name in ("since", "until"):
            _check_day(name, getattr(self, name))
        if self.since and self.until and self.since > self.until:
            raise QueryError(f"since ({self.since}) is after until ({self.until}).")
        if self.minimum < 1:
            raise QueryError(f"minimum is a number of {self.count}, 1 or more.")
        if self.backbone is not None and not 0 < self.backbone < 1:
            raise QueryError("backbone is a level of significance between 0 and 1, such as 0.05.")

    def settings(self) -> dict[str, str | int | float | bool]:
        """Every setting by name, as plain values that any format holds; "" where unset."""
        values = asdict(self)
        joined = {name: ";".join(values[name]) for name in ("kinds", "topics")}
        return {f.name: "" if values[f.name] is None else values[f.name] for f in fields(self)} | (
            joined
        )

    def within(self, since: str, until: str) -> Projection:
        """The same over another window."""
        return replace(self, since=since, until=until)


def project(records: Records, projection: Projection | None = None) -> nx.Graph[str]:
    """The network that `projection` says, with the attributes that sinergi.graph.network lists.

    Raises QueryError as Projection does, and for a kind, topic or region that no meeting has.
    """
    projection = projection or Projection()
    _check_known(records, projection)
    return project_meetings(records, projection, records.meetings)


def project_meetings(
    records: Records, projection: Projection, chosen: Iterable[MeetingRecord]
) -> nx.Graph[str]:
    """The same of some of the meetings, each as often as it is given; its key need not differ."""
    cast = Cast(records, projection)
    meetings = [m for m in chosen if _passes(m, projection, records.agencies)]
    graph = _tied([(cast.present(m), m) for m in meetings], cast.attributes, projection)
    # Even a single outlet is missing where only copies report a meeting, or articles without one.
    few = [
        (a, b) for a, b, count in graph.edges(data="count", default=0) if count < projection.minimum
    ]
    graph.remove_edges_from(few)
    if projection.backbone is not None:
        keep_backbone(graph, projection.backbone)
    graph.remove_nodes_from([node for node in graph if not graph.degree(node)])
    graph.graph.update(projection.settings())
    _number(graph)
    return graph


def collaboration_network(
    attendance: Mapping[str, Collection[str]],
    *,
    dates: Mapping[str, str] | None = None,
    agencies: Mapping[str, Mapping[str, str]] | None = None,
) -> nx.Graph[str]:
    """The network of plain tables, when there is no store: all meetings, Newman's weights.

    `attendance` goes from a meeting's key to its agencies' keys, `dates` from a meeting's key to
    an ISO day, `agencies` from an agency's key to its attributes. An agency that never met another
    one is left out: it has no place in a network.
    """
    dates = dates or {}
    meetings = [
        MeetingRecord(key, tuple(sorted(set(attendance[key]))), date=dates.get(key))
        for key in sorted(attendance)
    ]
    return project(Records(tuple(meetings), agencies or {}))


class Cast:
    """Who stands for whom at the level asked for, and what is known of them."""

    def __init__(self, records: Records, projection: Projection) -> None:
        self._records, self._projection = records, projection
        self._known: dict[str, str | None] = {}

    def present(self, meeting: MeetingRecord) -> list[str]:
        """The actors of a meeting, sorted, each once."""
        if self._projection.actors == "officials":
            return sorted(set(meeting.officials))
        return sorted({actor for a in set(meeting.agencies) if (actor := self._actor(a))})

    def attributes(self, actor: str) -> dict[str, str]:
        """What is known of an actor; what is not, is absent."""
        if self._projection.level == "sector":
            return {"label": self._records.sectors.get(actor, actor), "sector": actor}
        table = (
            self._records.officials
            if self._projection.actors == "officials"
            else self._records.agencies
        )
        return {"label": actor} | {k: v for k, v in table.get(actor, {}).items() if v}

    def _actor(self, agency: str) -> str | None:
        if agency not in self._known:
            self._known[agency] = self._at_level(agency)
        return self._known[agency]

    def _at_level(self, agency: str) -> str | None:
        level, table = self._projection.level, self._records.agencies
        if level == "sector":
            return table.get(agency, {}).get("sector")
        if level == "ministry":
            return ministry(table, agency)
        above = _above(table, agency)
        if level == "parent" and above:
            return above[0]
        if level == "agency" and table.get(agency, {}).get("kind") in UNIT_KINDS and above:
            return above[0]
        return agency


def _above(agencies: Mapping[str, Mapping[str, str]], agency: str) -> list[str]:
    """What an agency stands under, from the nearest up, the President aside."""
    found = [agency]
    while (parent := agencies.get(found[-1], {}).get("parent")) is not None:
        if parent == HEAD_OF_STATE or parent in found:
            break
        found.append(parent)
    return found[1:]


def ministry(agencies: Mapping[str, Mapping[str, str]], agency: str) -> str:
    """The highest body that an agency stands under, the President aside; itself if there is none.

    `agencies` goes from keys to attributes, of which `parent` is the key of another.
    """
    return next(reversed(_above(agencies, agency)), agency)


def _passes(
    meeting: MeetingRecord, wanted: Projection, agencies: Mapping[str, Mapping[str, str]]
) -> bool:
    if (wanted.since or wanted.until) and not meeting.date:
        return False
    if wanted.since and (meeting.date or "") < wanted.since:
        return False
    if wanted.until and (meeting.date or "") > wanted.until:
        return False
    if wanted.kinds and meeting.kind not in wanted.kinds:
        return False
    if wanted.held and meeting.status not in (None, "held"):
        return False
    if wanted.topics:
        topics = {topic.casefold() for topic in wanted.topics}
        if topics.isdisjoint(topic.casefold() for topic in meeting.topics):
            return False
    if wanted.region is None:
        return True
    return any(_within(wanted.region, agencies.get(agency, {})) for agency in meeting.agencies)


def _check_known(records: Records, wanted: Projection) -> None:
    """A misspelt filter would leave nothing, and nothing looks like an answer."""
    kinds = {meeting.kind for meeting in records.meetings if meeting.kind}
    for kind in wanted.kinds:
        if kind not in kinds:
            there = ", ".join(sorted(kinds)) or "none"
            raise QueryError(f"No meeting here is of the kind '{kind}'; there are {there}.")
    topics = {topic.casefold() for meeting in records.meetings for topic in meeting.topics}
    for topic in wanted.topics:
        if topic.casefold() not in topics:
            near = ", ".join(get_close_matches(topic.casefold(), sorted(topics)))
            hint = f"did you mean {near}?" if near else "ask for one as an article words it."
            raise QueryError(f"No meeting here is about '{topic}'; {hint}")
    if wanted.region and not any(_within(wanted.region, a) for a in records.agencies.values()):
        raise QueryError(
            f"No agency here is in the region '{wanted.region}'; give a code such as 33 or 33.07."
        )


def _within(region: str, agency: Mapping[str, str]) -> bool:
    return f"{agency.get('region', '')}.".startswith(f"{region}.")


def _tied(
    meetings: Iterable[tuple[list[str], MeetingRecord]],
    attributes: Any,
    wanted: Projection,
) -> nx.Graph[str]:
    attended: dict[str, int] = defaultdict(int)
    together: dict[tuple[str, str], list[tuple[MeetingRecord, float]]] = defaultdict(list)
    for present, meeting in meetings:
        if len(present) < 2:
            continue
        for actor in present:
            attended[actor] += 1
        met = meeting, 1 / (len(present) - 1)
        for pair in combinations(present, 2):
            together[pair].append(met)
    graph: nx.Graph[str] = nx.Graph()
    for actor in sorted(attended):
        graph.add_node(actor, **attributes(actor), meetings=attended[actor])
    for pair in sorted(together):
        edge = _tie(together[pair])
        edge["count"] = edge[wanted.count]
        graph.add_edge(*pair, **edge, weight=edge[wanted.weight])
    return graph


def _tie(met: list[tuple[MeetingRecord, float]]) -> dict[str, Any]:
    """The attributes of a tie from its meetings, each with its share of Newman's weight."""
    if len(met) == 1:  # as most are
        ((meeting, share),) = met
        tie: dict[str, Any] = {"meetings": 1, "newman": share}
        if meeting.date:
            tie |= {"first": meeting.date, "last": meeting.date}
        return tie | {"outlets": len(meeting.outlets), "articles": len(meeting.articles)}
    tie = {"meetings": len(met), "newman": 0.0}
    for _, share in met:  # in order, and not by sum(), which newer Pythons round otherwise
        tie["newman"] += share
    if days := [meeting.date for meeting, _ in met if meeting.date]:
        tie |= {"first": min(days), "last": max(days)}
    return tie | {
        "outlets": len({outlet for meeting, _ in met for outlet in meeting.outlets}),
        "articles": len({article for meeting, _ in met for article in meeting.articles}),
    }


def _number(graph: nx.Graph[str]) -> None:
    for number, component in enumerate(components(graph)):
        for actor in component:
            graph.nodes[actor]["component"] = number
    for actor, community in communities(graph).items():
        graph.nodes[actor]["community"] = community


def _check_day(name: str, value: str | None) -> None:
    try:
        if value is None or date.fromisoformat(value).isoformat() == value:
            return
    except ValueError:
        pass
    raise QueryError(f"{name} is a day like 2025-03-04; not '{value}'.")
