"""The page's model as the plain JSON that its scripts read; decides order, positions and periods.

Records refer to one another by index, so that a name or an article stands in the page once.
Absent values are left out.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import networkx as nx

from sinergi.graph.errors import InputError
from sinergi.graph.network import (
    MEASURES,
    arrange,
    collaboration_network,
    disc,
    layout,
    measure,
)
from sinergi.graph.viewer.model import Attendee, PageMeeting, PageModel, Quote, Source

Json = dict[str, Any]

# The palette has this many hues that stay apart for colour-blind readers (Tol's "muted"); the
# sectors with fewest agencies share a grey.
HUES = 9
# A meeting of more agencies says little of any two of them: its lines are drawn faint, and the
# reader can leave it out. Eight is one more than a Forkopimda, the usual large table.
LARGE_MEETING = 8
# More agencies than this are no longer told apart on a screen: the page opens with one circle for
# each community, to be opened by the reader.
READABLE_AGENCIES = 1000
# Of more agencies than this the page leaves betweenness out: it would take minutes.
MOST_BETWEEN = 20_000
# As many bodies as can be told apart as circles; agencies under others are one.
MOST_BODIES = 120
# The timeline counts by month up to this many bars, then by year.
MOST_BARS = 60
# A few meetings long before the others (background of an article) would squeeze the rest into a
# corner of the timeline: this share of the earliest goes into its first bar.
EARLY_SHARE = 0.02


def network_of(model: PageModel) -> nx.Graph[str]:
    """The network of the model's agencies, with its measures and the positions `x` and `y`."""
    return _placed(
        measure(
            collaboration_network(
                {meeting.key: meeting.agencies for meeting in model.meetings},
                agencies={
                    agency.key: {"label": agency.label, "sector": agency.sector or ""}
                    for agency in model.agencies
                },
            ),
            _measures(len(model.agencies)),
        )
    )


def officials_of(model: PageModel) -> nx.Graph[str]:
    """The network of the officials who were named at one meeting, placed likewise."""
    sectors = {agency.key: agency.sector or "" for agency in model.agencies}
    return _placed(
        collaboration_network(
            {m.key: {a.official for a in m.attendees} for m in model.meetings},
            agencies={
                official: {"sector": sectors.get(agency, "")}
                for official, agency in _acted_for(model).items()
            },
        )
    )


def _measures(agencies: int) -> tuple[str, ...]:
    large = agencies > MOST_BETWEEN
    return tuple(name for name in MEASURES if not (large and name == "betweenness"))


def _placed(graph: nx.Graph[str]) -> nx.Graph[str]:
    for key, (x, y) in layout(graph).items():
        graph.nodes[key].update(x=round(x), y=round(y))
    return graph


def _acted_for(model: PageModel) -> dict[str, str]:
    """The agency that each official acted for most often, else the one of the first office."""
    times: dict[str, Counter[str]] = {}
    for meeting in model.meetings:
        for attendee in meeting.attendees:
            if attendee.agency:
                times.setdefault(attendee.official, Counter())[attendee.agency] += 1
    found = {
        o.key: min(office.agency for office in o.offices) for o in model.officials if o.offices
    }
    for official, counts in times.items():
        found[official] = min(counts, key=lambda agency: (-counts[agency], agency))
    return found


def payload(model: PageModel, graph: nx.Graph[str], people_graph: nx.Graph[str]) -> Json:
    """Nodes, edges and all that hangs on them; the two graphs are those of the functions above.

    Raises InputError if a record names an agency or official that the model lacks, or two share
    a key.
    """
    known = {agency.key: agency for agency in model.agencies}
    officials = {official.key: official for official in model.officials}
    _check(model, known, officials)

    index = {key: i for i, key in enumerate(graph)}
    sectors = _sectors(model, [known[key].sector for key in graph])
    sector_index = {sector["key"]: i for i, sector in enumerate(sectors)}
    bodies = _bodies([known[key].ministry or "" for key in graph])
    body_index = {label: i for i, label in enumerate(bodies)}
    body_of = [body_index.get(known[key].ministry or "", len(bodies)) for key in graph]
    names = _measures(len(model.agencies))
    acted_for = _acted_for(model)
    nodes = [
        _filled(
            id=key,
            label=known[key].label,
            kind=known[key].kind,
            sector=sector_index[known[key].sector or ""],
            also=sorted(set(known[key].also)),
            parent=known[key].parent,
            region=known[key].region,
            region_code=known[key].region_code,
            community=graph.nodes[key]["community"],
            body=body,
            measures=[_short(graph.nodes[key].get(name)) for name in names],
            x=graph.nodes[key]["x"],
            y=graph.nodes[key]["y"],
        )
        for key, body in zip(graph, body_of, strict=True)
    ]

    meetings = sorted(
        (m for m in model.meetings if len(set(m.agencies)) > 1), key=lambda m: (m.date or "", m.key)
    )
    bars, bar_of = _timeline([m.date for m in meetings if m.date])
    articles: dict[Source, int] = {}
    people: dict[str, int] = {
        official.key: 0
        for official in model.officials
        if any(office.agency in index for office in official.offices)
    }
    people |= {attendee.official: 0 for m in meetings for attendee in m.attendees}
    people = {key: i for i, key in enumerate(sorted(people))}
    pairs: dict[tuple[str, str], list[int]] = {edge: [] for edge in graph.edges}
    records = []
    for number, meeting in enumerate(meetings):
        present = sorted(set(meeting.agencies))
        for i, one in enumerate(present):
            for other in present[i + 1 :]:
                pairs[one, other].append(number)
        records.append(_meeting(meeting, index, people, articles, bar_of))

    return {
        "nodes": nodes,
        "edges": [
            {"id": f"{one}|{other}", "from": one, "to": other, "meetings": numbers}
            for (one, other), numbers in pairs.items()
        ],
        "sectors": sectors,
        "bodies": _body_places(bodies, body_of, graph, index),
        "measures": names,
        "bars": bars,
        "meetings": records,
        "officials": [
            _filled(
                key=key,
                name=officials[key].name,
                also=sorted(set(officials[key].also)),
                agency=index.get(acted_for.get(key, "")),
                community=people_graph.nodes[key]["community"] if key in people_graph else None,
                x=people_graph.nodes[key]["x"] if key in people_graph else None,
                y=people_graph.nodes[key]["y"] if key in people_graph else None,
                offices=[
                    _filled(
                        agency=index[office.agency],
                        post=office.post,
                        attested=office.attested,
                        former=office.former,
                    )
                    for office in sorted(
                        officials[key].offices, key=lambda o: (o.former, o.agency, o.post)
                    )
                    if office.agency in index
                ],
            )
            for key in people
        ],
        "articles": [
            _filled(
                headline=article.headline,
                outlet=article.outlet,
                url=article.url,
                published=article.published,
                copy=article.copy,
            )
            for article in articles
        ],
        "read": model.articles,
        "figures": {f.measure: {"value": f.value, "articles": f.articles} for f in model.quality},
        "large": LARGE_MEETING,
        "overview": READABLE_AGENCIES,
    }


def _check(model: PageModel, agencies: Mapping[str, Any], officials: Mapping[str, Any]) -> None:
    for name, records, by_key in (
        ("agencies", model.agencies, agencies),
        ("officials", model.officials, officials),
    ):
        if len(records) != len(by_key):
            raise InputError(f"the page's model has two {name} with one key; merge them first")
    for meeting in model.meetings:
        missing = {a for a in meeting.agencies if a not in agencies}
        missing |= {a.official for a in meeting.attendees if a.official not in officials}
        if missing:
            raise InputError(
                f"meeting {meeting.key!r} names {min(missing)!r}, which the page's model does not "
                "describe; add it to the model's agencies or officials"
            )


def _sectors(model: PageModel, used: list[str | None]) -> list[Json]:
    """Sectors by number of agencies, those without one at the end."""
    counts = Counter(key or "" for key in used)
    ordered = sorted(counts, key=lambda key: (key == "", -counts[key], key))
    sectors = []
    for slot, key in enumerate(ordered):
        indonesian, english = model.sectors.get(key, (key, key))
        hue = min(slot, HUES) if key else HUES
        labels = {"id": _capitalized(indonesian), "en": _capitalized(english)}
        sectors.append({"key": key, **labels, "hue": hue})
    return sectors


def _capitalized(label: str) -> str:
    return label[:1].upper() + label[1:]


def _meeting(
    meeting: PageMeeting,
    agencies: Mapping[str, int],
    officials: Mapping[str, int],
    articles: dict[Source, int],
    bar_of: Mapping[str, int],
) -> Json:
    sources, states = [], []
    for source in sorted(
        meeting.sources,
        key=lambda s: (s.published or "", s.outlet or "", s.headline, s.article or ""),
    ):
        article = replace(source, quotes=(), states=())
        number = articles.setdefault(article, len(articles))
        sources.append({"article": number, "quotes": [_quote(q) for q in source.quotes]})
        states.append(source.states)
    return _filled(
        key=meeting.key,
        date=meeting.date,
        end=meeting.end_date if meeting.end_date != meeting.date else None,
        bar=bar_of.get(meeting.date or ""),
        kind=meeting.kind,
        status=meeting.status,
        place=meeting.place,
        topics=sorted(set(meeting.topics)),
        agreement=meeting.agreement,
        agencies=sorted(agencies[key] for key in set(meeting.agencies)),
        people=[
            _attendee(a, agencies, officials)
            for a in sorted(
                set(meeting.attendees),
                key=lambda a: (a.agency or "", _RANK.get(a.role or "", len(_RANK)), a.official),
            )
        ],
        sources=sources,
        differs=_differences(states) if all(states) else [],
    )


# Who speaks for an agency is named before who came along.
_RANK = {
    role: rank
    for rank, role in enumerate(
        ("host", "guest", "signatory", "speaker", "attendee", "accompanying")
    )
}


def _attendee(
    attendee: Attendee, agencies: Mapping[str, int], officials: Mapping[str, int]
) -> Json:
    return _filled(
        official=officials[attendee.official],
        agency=agencies.get(attendee.agency or ""),
        post=attendee.post,
        role=attendee.role,
        accompanies=attendee.accompanies,
        represents=attendee.represents,
        basis=attendee.basis,
    )


def _quote(quote: Quote) -> Json:
    return _filled(text=quote.text, phrases=list(quote.phrases))


def _timeline(days: list[str]) -> tuple[list[str], dict[str, int]]:
    """Bars ("2025-05" or "2025"), and the bar of each day; empty without two months to compare."""
    ordered = sorted(days)
    if not ordered:
        return [], {}
    start, end = date.fromisoformat(ordered[0]), date.fromisoformat(ordered[-1])
    if _months(start, end) > MOST_BARS:
        start = date.fromisoformat(ordered[int(EARLY_SHARE * len(ordered))])
    if _months(start, end) <= MOST_BARS:
        first = start.year * 12 + start.month - 1
        bars = [f"{n // 12:04}-{n % 12 + 1:02}" for n in range(first, first + _months(start, end))]
    else:
        bars = [f"{year:04}" for year in range(start.year, end.year + 1)]
    if len(bars) < 2:
        return [], {}
    position = {bar: i for i, bar in enumerate(bars)}
    return bars, {day: position.get(day[: len(bars[0])], 0) for day in set(ordered)}


def _months(start: date, end: date) -> int:
    return (end.year - start.year) * 12 + end.month - start.month + 1


def _short(value: float | None) -> float | None:
    """Four significant digits: more would be a tenth of the page, and nobody reads them."""
    return float(f"{value:.4g}") if isinstance(value, float) else value


def _bodies(labels: list[str]) -> list[str]:
    """The highest bodies that several agencies stand under, those with most first."""
    counts = Counter(label for label in labels if label)
    several = [label for label, n in counts.items() if n > 1]
    return sorted(several, key=lambda label: (-counts[label], label))[:MOST_BODIES]


def _body_places(
    bodies: list[str], body_of: list[int], graph: nx.Graph[str], index: Mapping[str, int]
) -> list[Json]:
    """Each body with its place in the picture of bodies; the last is of all other agencies."""
    sizes = Counter(body_of)
    ties: dict[tuple[int, int], float] = defaultdict(float)
    for one, other, weight in graph.edges(data="weight", default=0.0):
        pair = sorted((body_of[index[one]], body_of[index[other]]))
        if pair[0] != pair[1]:
            ties[pair[0], pair[1]] += weight
    places = arrange({body: disc(n) for body, n in sizes.items()}, ties)
    return [
        {"label": label, "x": round(places[body][0]), "y": round(places[body][1])}
        for body, label in enumerate([*bodies, ""])
        if body in places
    ]


def _differences(states: list[tuple[tuple[str, str], ...]]) -> list[Json]:
    """Where the sources of a meeting do not say the same: of what can be only one, every value, and
    of agencies and officials those that some do not name; each with the numbers of the sources.
    """
    said: dict[str, dict[str, list[int]]] = {}
    for number, pairs in enumerate(states):
        for what, value in pairs:
            said.setdefault(what, {}).setdefault(value, []).append(number)
    found = []
    for what in ("date", "place", "kind", "agency", "official"):
        values = said.get(what, {})
        several = what in ("agency", "official")
        for value, numbers in sorted(values.items()):
            if len(numbers) < len(states) and (several or len(values) > 1):
                found.append({"what": what, "value": value, "sources": numbers})
    return found


def _filled(**values: Any) -> Json:
    """Without what is absent, empty or false."""
    return {
        name: value
        for name, value in values.items()
        if value is not None and value is not False and value != [] and value != ""
    }
