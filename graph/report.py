"""What a build did, for the user: report.json, and the lines on the terminal."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from sinergi.graph.model import Extraction, Resolution
from sinergi.graph.reading import Rejected

SHOWN = 20  # rejected inputs that the summary lists; report.json has them all


@dataclass(frozen=True, slots=True)
class Report:
    """Counts of one build; the things counted are those of the graph, after resolution."""

    articles: int  # read and in the graph
    without_meeting: int
    repeated: int  # the same article once more, passed over
    officials: int
    agencies: int
    meetings: int  # distinct: one reported five times is one
    agreements: int
    statements: int
    quads: int
    rejected: tuple[Rejected, ...] = ()

    def to_json(self) -> str:
        """report.json: the counts, then every rejected input with its place and reason."""
        counts = {name: value for name, value in asdict(self).items() if name != "rejected"}
        rejected = [item.to_json() for item in self.rejected]
        return json.dumps({**counts, "rejected": rejected}, ensure_ascii=False, indent=2) + "\n"

    def summary(self) -> str:
        """The same in a few lines to read."""
        repeated = f"; {self.repeated:,} more were repeated" if self.repeated else ""
        lines = [
            f"{self.articles:,} articles read, {self.without_meeting:,} without meeting{repeated}",
            f"{self.meetings:,} meetings of {self.agencies:,} agencies, "
            f"{self.officials:,} officials, {self.agreements:,} agreements, "
            f"{self.statements:,} statements",
        ]
        if self.rejected:
            lines.append(f"{len(self.rejected):,} rejected:")
            lines += [f"  {item}" for item in self.rejected[:SHOWN]]
            if len(self.rejected) > SHOWN:
                lines.append(f"  and {len(self.rejected) - SHOWN:,} more, all in report.json")
        return "\n".join(lines)


def count(
    extractions: Iterable[Extraction],
    resolution: Resolution,
    rejected: Iterable[Rejected],
    *,
    repeated: int,
    quads: int,
) -> Report:
    """The report of a build, from what went into the graph."""
    articles = without_meeting = statements = 0
    meetings: set[str] = set()
    agreements: set[str] = set()
    for extraction in extractions:
        articles += 1
        without_meeting += not extraction.meetings
        statements += len(extraction.statements)
        keys = resolution.links[extraction.article.id].meetings
        meetings.update(keys)
        pairs = zip(keys, extraction.meetings, strict=True)
        agreements.update(key for key, meeting in pairs if meeting.agreement)
    return Report(
        articles=articles,
        without_meeting=without_meeting,
        repeated=repeated,
        officials=len(resolution.persons),
        agencies=len(resolution.agencies),
        meetings=len(meetings),
        agreements=len(agreements),
        statements=statements,
        quads=quads,
        rejected=tuple(sorted(rejected)),
    )
