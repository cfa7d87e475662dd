"""What a build did, for the user: report.json, and the lines on the terminal."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby
from typing import TextIO

from pyoxigraph import Literal

from sinergi.graph.evaluation import Evaluation, Mistake
from sinergi.graph.exports.table import TableExport
from sinergi.graph.model import Extraction, Links, Refusal, Resolution, Suppression
from sinergi.graph.reading import Rejected
from sinergi.graph.results import plain
from sinergi.graph.suppression import RELEASED_COLUMNS, released

REDRAW = 0.1  # seconds between two states of the progress line
WIPE = "\r\x1b[K"  # to the beginning of the line, and clear it
SHOWN = 20  # of each list in the summary; report.json has them all


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
    decisions: int = 0  # in force
    suppressions: int = 0  # that took something out
    idle: tuple[Suppression, ...] = ()  # that did not
    refusals: tuple[Refusal, ...] = ()  # decisions without effect
    rejected: tuple[Rejected, ...] = ()

    def to_json(self) -> str:
        """report.json: the counts, then what was refused and rejected, each with its reason."""
        figures = asdict(self)
        figures["idle"] = [dict(zip(RELEASED_COLUMNS, s, strict=True)) for s in released(self.idle)]
        figures["rejected"] = [item.to_json() for item in self.rejected]
        return json.dumps(figures, ensure_ascii=False, indent=2) + "\n"

    def summary(self) -> str:
        """The same in a few lines to read."""
        repeated = f"; {self.repeated:,} more were repeated" if self.repeated else ""
        lines = [
            f"{self.articles:,} articles read, {self.without_meeting:,} without meeting{repeated}",
            f"{self.meetings:,} meetings of {self.agencies:,} agencies, "
            f"{self.officials:,} officials, {self.agreements:,} agreements, "
            f"{self.statements:,} statements",
        ]
        if self.decisions:
            lines.append(f"{self.decisions:,} decisions in force")
        if self.suppressions:
            lines.append(f"{self.suppressions:,} suppressions in force")
        lines += idle_lines(self.idle)
        refused = [f"{r.decision.left} and {r.decision.right}: {r.why}" for r in self.refusals]
        for what, items in (
            ("decisions without effect", refused),
            ("rejected", [str(item) for item in self.rejected]),
        ):
            if items:
                lines.append(f"{len(items):,} {what}:")
                lines += [f"  {item}" for item in items[:SHOWN]]
            if len(items) > SHOWN:
                lines.append(f"  and {len(items) - SHOWN:,} more, all in report.json")
        return "\n".join(lines)


def idle_lines(idle: Iterable[Suppression]) -> list[str]:
    """A line for each suppression that took nothing out: it may be misspelt. Names nobody."""
    return [
        f"a suppression of {date} ({kind}: {reason}) takes out nothing that the articles have"
        for kind, reason, date in released(idle)
    ]


class Tally:
    """Counts articles as they are written."""

    def __init__(self) -> None:
        self.articles = self.without_meeting = self.statements = 0
        self.meetings: set[str] = set()
        self.agreements: set[str] = set()

    def __call__(self, extraction: Extraction, links: Links) -> None:
        """Count what one article states, as far as it is in the graph."""
        self.articles += 1
        self.statements += len(extraction.statements)
        held = {
            key: meeting
            for key, meeting in zip(links.meetings, extraction.meetings, strict=True)
            # Parties that turn out to be one agency met nobody: the graph leaves that out, too.
            if len({links.agencies[party.organization] for party in meeting.organizations}) > 1
        }
        self.without_meeting += not held
        self.meetings.update(held)
        self.agreements.update(key for key, meeting in held.items() if meeting.agreement)


def count(
    tally: Tally,
    resolution: Resolution,
    rejected: Iterable[Rejected],
    *,
    repeated: int,
    quads: int,
    suppressions: Collection[Suppression] = (),
    idle: Sequence[Suppression] = (),
) -> Report:
    """The report of a build, from what went into the graph."""
    return Report(
        articles=tally.articles,
        without_meeting=tally.without_meeting,
        repeated=repeated,
        officials=len(resolution.persons),
        agencies=len(resolution.agencies),
        meetings=len(tally.meetings),
        agreements=len(tally.agreements),
        statements=tally.statements,
        quads=quads,
        decisions=len(resolution.decisions),
        suppressions=len(suppressions) - len(idle),
        idle=tuple(idle),
        refusals=resolution.refusals,
        rejected=tuple(sorted(rejected)),
    )


def write_tables(
    extractions: Iterable[Extraction], stream: TextIO, *, width: int | None = None
) -> None:
    """What articles state as two tables for people: officials, then meetings."""
    officials: list[tuple[str | None, ...]] = []
    meetings: list[tuple[str | None, ...]] = []
    for extraction in extractions:
        id = extraction.article.id
        for o in extraction.officials:
            officials.append((id, o.person, o.rank, o.post, o.organization))
        for m in extraction.meetings:
            parties = "; ".join(party.organization for party in m.organizations)
            meetings.append((id, m.kind, m.status, m.date, m.place, parties))
    for columns, rows in (
        (("article", "person", "rank", "post", "organization"), officials),
        (("article", "kind", "status", "date", "place", "organizations"), meetings),
    ):
        write_table(columns, rows, stream, width=width)


def write_table(
    columns: Sequence[str],
    rows: Iterable[Sequence[str | None]],
    stream: TextIO,
    *,
    width: int | None = None,
) -> None:
    """A table for people, at most `width` columns of the terminal wide."""
    table = TableExport(stream, columns, width)
    for row in rows:
        cells = (None if value is None else Literal(value) for value in row)
        table.write(dict(zip(columns, cells, strict=True)))
    table.finish()


def write_evaluation(
    overall: Evaluation,
    groups: Mapping[str, Evaluation],
    stream: TextIO,
    *,
    mistakes: bool = False,
    width: int | None = None,
) -> None:
    """Figures of an evaluation as tables: over all articles, by group, and what is wrong."""

    def figure(value: float | None) -> str | None:
        return None if value is None else f"{value:.4f}"

    stream.write(
        f"{overall.articles} articles with gold, {overall.predicted} of them extracted\n\n"
    )
    columns = ["measure", "gold", "found", "precision", "recall", "f1", "macro_f1", "accuracy"]
    rows = [
        [name, str(score.gold), None if score.predicted is None else str(score.predicted)]
        + [figure(getattr(score, column)) for column in columns[3:]]
        for name, score in overall.scores.items()
    ]
    write_table(columns, rows, stream, width=width)
    stream.write("\nf1 or accuracy by group, with its number of articles\n\n")
    names = {f"{name} ({group.articles})": group for name, group in groups.items()}
    rows = [
        [measure, *(figure(group.scores[measure].headline) for group in names.values())]
        for measure in overall.scores
    ]
    write_table(["measure", *names], rows, stream, width=width)
    if mistakes:
        for article, wrong in groupby(overall.mistakes, key=lambda mistake: mistake.article):
            stream.write(f"\n{plain(article)}\n")
            stream.writelines(f"  {plain(_sentence(mistake))}\n" for mistake in wrong)


def _sentence(mistake: Mistake) -> str:
    """'dates wrong: X + Y; gold 2025-05-19, found none'."""
    said = f"{mistake.measure} {mistake.fault}: {mistake.subject}"
    if mistake.fault == "wrong":
        said += f"; gold {mistake.gold or 'none'}, found {mistake.found or 'none'}"
    return said


class ProgressLine:
    """Says on one line of a terminal how far a build is: articles, rate, time left.

    `write` takes what goes to the terminal, `clock` gives seconds. It is called as `build` calls
    its `progress`, and wipes the line when its block ends.
    """

    def __init__(self, write: Callable[[str], object], clock: Callable[[], float]) -> None:
        self._write, self._clock = write, clock
        self._start = self._drawn = clock()

    def __enter__(self) -> ProgressLine:
        return self

    def __exit__(self, *_: object) -> None:
        self._write(WIPE)

    def __call__(self, stage: str, articles: int, share: float | None) -> None:
        now = self._clock()
        if stage == "reading" and now - self._drawn < REDRAW:
            return
        self._drawn = now
        self._write(WIPE + progress_line(stage, articles, share, now - self._start))


def progress_line(stage: str, articles: int, share: float | None, seconds: float) -> str:
    """How far a build is: `share` of the input read in `seconds`, None where its size is unknown.

    >>> progress_line("reading", 1200, 0.25, 10)
    'reading: 1,200 articles, 120 a second, 30 s left'
    """
    parts = [f"{stage}: {articles:,} articles"]
    if stage == "reading" and seconds:
        parts.append(f"{articles / seconds:,.0f} a second")
        if share:
            parts.append(f"{seconds * (1 - share) / share:,.0f} s left")
    return ", ".join(parts)
