"""The page's model as the plain JSON that its scripts read; decides order, positions and periods.

Records refer to one another by index, so that a name or an article stands in the page once.
Absent values are left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

import networkx as nx

from sinergi.graph.errors import InputError
from sinergi.graph.network import collaboration_network, layout
from sinergi.graph.viewer.model import Attendee, PageMeeting, PageModel, Quote, Source

Json = dict[str, Any]

# The palette has this many hues that stay apart for colour-blind readers (Tol's "muted"); the
# sectors with fewest agencies share a grey.
HUES = 9
# A meeting of more agencies says little of any two of them: its lines are drawn faint, and the
# reader can leave it out. Eight is one more than a Forkopimda, the usual large table.
LARGE_MEETING = 8
# More agencies than this are no longer told apart on a screen, so that the page opens with a
# threshold on the lines; the reader can lower it.
READABLE_AGENCIES = 1000
# The timeline counts by month up to this many bars, then by year.
MOST_BARS = 60
# A few meetings long before the others (background of an article) would squeeze the rest into a
# corner of the timeline: this share of the earliest goes into its first bar.
EARLY_SHARE = 0.02


def network_of(model: PageModel) -> nx.Graph[str]:
    """The collaboration network of the model's meetings, with the positions `x` and `y`."""
    graph = collaboration_network(
        {meeting.key: meeting.agencies for meeting in model.meetings},
        dates={meeting.key: meeting.date for meeting in model.meetings if meeting.date},
        agencies={
            agency.key: {"label": agency.label, "sector": agency.sector or ""}
            for agency in model.agencies
        },
    )
    for agency, (x, y) in layout(graph).items():
        graph.nodes[agency].update(x=round(x), y=round(y))
    return graph


def payload(model: PageModel, graph: nx.Graph[str]) -> Json:
    """Nodes, edges and all that hangs on them.

    Raises InputError if a record names an agency or official that the model lacks, or two share
    a key.
    """
    known = {agency.key: agency for agency in model.agencies}
    officials = {official.key: official for official in model.officials}
    _check(model, known, officials)

    index = {key: i for i, key in enumerate(graph)}
    sectors = _sectors(model, [known[key].sector for key in graph])
    sector_index = {sector["key"]: i for i, sector in enumerate(sectors)}
    nodes = [
        _filled(
            id=key,
            label=known[key].label,
            kind=known[key].kind,
            sector=sector_index[known[key].sector or ""],
            parent=known[key].parent,
            region=known[key].region,
            x=graph.nodes[key]["x"],
            y=graph.nodes[key]["y"],
        )
        for key in graph
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
        "bars": bars,
        "meetings": records,
        "officials": [
            {
                "key": key,
                "name": officials[key].name,
                "offices": [
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
            }
            for key in people
        ],
        "articles": [
            _filled(
                headline=article.headline,
                outlet=article.outlet,
                url=article.url,
                published=article.published,
            )
            for article in articles
        ],
        "read": model.articles,
        "large": LARGE_MEETING,
        "least": _least(graph),
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
    sources = []
    for source in sorted(
        meeting.sources, key=lambda s: (s.published or "", s.outlet or "", s.headline)
    ):
        article = Source(source.headline, source.outlet, source.url, source.published)
        number = articles.setdefault(article, len(articles))
        sources.append({"article": number, "quotes": [_quote(q) for q in source.quotes]})
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


def _least(graph: nx.Graph[str]) -> int:
    """The lowest number of common meetings at which the picture stays readable."""
    strongest = Counter(
        max(data["meetings"] for *_, data in graph.edges(node, data=True)) for node in graph
    )
    shown, least = len(graph), 1
    while shown > READABLE_AGENCIES and least < max(strongest):
        shown -= strongest[least]
        least += 1
    return least


def _filled(**values: Any) -> Json:
    """Without what is absent, empty or false."""
    return {
        name: value
        for name, value in values.items()
        if value is not None and value is not False and value != [] and value != ""
    }
