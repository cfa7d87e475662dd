"""Who met whom, agency by agency, out of a store: what Gephi's formats are written from.

Like sinergi.graph.network it ties agencies that were at one meeting, and weighs a meeting of n as
1/(n-1) for each pair (Newman); unlike it, nothing is measured, filtered or held: first come the
agencies, then the ties of one after the other, each with its meetings. Memory goes with the agency
that has most.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from pyoxigraph import NamedNode

from sinergi.graph.exports.entities import Agency, Evidence
from sinergi.graph.exports.reading import CACHED, Quads, Reader, key, nodes, text
from sinergi.ontology import ORG, RDF, SCHEMA, SIN, concept


@dataclass(frozen=True, slots=True)
class Gathering:
    """What of a meeting makes ties."""

    iri: str
    agencies: tuple[str, ...]  # IRIs, two or more
    held: bool  # not planned, not postponed
    start: str | None
    end: str | None
    evidence: Evidence | None  # the longest of its quotes: others give the day or the place


@dataclass(frozen=True, slots=True)
class _Met:
    meetings: tuple[Gathering, ...]  # by day, those without one first

    @property
    def spells(self) -> list[tuple[str, str]]:
        """First and last days of the meetings that have one, sorted."""
        return apart((m.start, m.end or m.start) for m in self.meetings if m.start)


def apart(spells: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Spells in order, those that share a day as one: Gephi takes no graph whose spells overlap, or
    end before they start (graphstore, IntervalSet: "Overlapping intervals aren't allowed").

    >>> apart([("2025-02-03", "2025-02-03"), ("2025-02-01", "2025-02-04")])
    [('2025-02-01', '2025-02-04')]
    """
    found: list[tuple[str, str]] = []
    for start, end in sorted(spells):
        end = max(start, end)
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return found


@dataclass(frozen=True, slots=True)
class Actor(_Met):
    """An agency that met another; kind and sector are labels."""

    agency: Agency
    kind: str | None
    sector: str | None


@dataclass(frozen=True, slots=True)
class Tie(_Met):
    """Two agencies by their IRIs, in order, and the meetings at which both were."""

    one: str
    other: str

    @property
    def weight(self) -> float:
        return round(sum(1 / (len(meeting.agencies) - 1) for meeting in self.meetings), 6)


class Collaborations:
    """The actors of a store, then its ties, both sorted."""

    def __init__(self, store: Quads) -> None:
        self._reader = Reader(store)
        self._store = store
        self._gathering = lru_cache(CACHED)(self._read_gathering)
        self._is_agency = lru_cache(CACHED)(self._ask_is_agency)

    def __iter__(self) -> Iterator[Actor | Tie]:
        agencies = self._reader.things(RDF.type, ORG.FormalOrganization)
        for node in agencies:
            if meetings := self._meetings(node):
                agency = self._reader.agency(node)
                yield Actor(
                    meetings,
                    agency,
                    self._label("agency-kind", agency.kind),
                    self._label("sector", agency.sector),
                )
        for node in agencies:
            shared: dict[str, list[Gathering]] = defaultdict(list)
            for meeting in self._meetings(node):
                for other in meeting.agencies:
                    if other > node.value:
                        shared[other].append(meeting)
            for other in sorted(shared):
                yield Tie(tuple(shared[other]), node.value, other)

    def _label(self, scheme: str, key: str | None) -> str | None:
        return self._reader.name(concept(scheme, key)) if key else None

    def _meetings(self, agency: NamedNode) -> tuple[Gathering, ...]:
        found = {
            quad.subject
            for predicate in (SCHEMA.organizer, SCHEMA.attendee)
            for quad in self._store.match(None, predicate, agency)
            if isinstance(quad.subject, NamedNode)
        }
        gatherings = (g for node in found if (g := self._gathering(node)))
        return tuple(sorted(gatherings, key=lambda g: (g.start or "", g.iri)))

    def _read_gathering(self, node: NamedNode) -> Gathering | None:
        said = self._reader.said(node)
        there = (*nodes(said, SCHEMA.organizer), *nodes(said, SCHEMA.attendee))
        agencies = sorted({who.value for who in there if self._is_agency(who)})
        if len(agencies) < 2 or SIN.Meeting not in said.get(RDF.type, ()):
            return None
        evidence = self._reader.evidence(node)
        return Gathering(
            node.value,
            tuple(agencies),
            key(said, SCHEMA.eventStatus) in (None, "held"),
            text(said, SCHEMA.startDate),
            text(said, SCHEMA.endDate),
            max(evidence, key=lambda it: len(it.quote), default=None),
        )

    def _ask_is_agency(self, node: NamedNode) -> bool:
        return any(self._store.match(node, RDF.type, ORG.FormalOrganization))
