"""Names that are full only where the article is: 'Kecamatan Sukoharjo', 'Gugus Tugas Kabupaten'.

The country has several districts Sukoharjo, and every regency a task force. An article that names
one and is of one regency means that regency's; it says so by the other agencies that it names.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

from sinergi.graph.model import Extraction, Meeting, Official, Statement
from sinergi.graph.registry import Registry

REGENCY = len("33.07")  # of a region code, the part that tells the regency or city

# Scopes of kinds that a town's own body has 'Kota' for a name: the Polsek Kota of a regency.
_LOCAL = ("district", "village")


def full_names(names: Iterable[str], registry: Registry) -> dict[str, str]:
    """Those of an article's names that need its regency to be understood -> the full name.

    The regency is the one of most of its agencies; of equals none.
    """
    found = {name: registry.identify(name, None) for name in sorted(names)}
    regencies = Counter(
        agency.region[:REGENCY]
        for agency in found.values()
        if agency.region and len(agency.region) >= REGENCY
    )
    best = regencies.most_common(2)
    if not best or (len(best) > 1 and best[0][1] == best[1][1]):
        return {}
    near = best[0][0]
    region = registry.regions[near]
    full: dict[str, str] = {}
    for name, agency in found.items():
        if agency.region is not None:
            continue
        there = registry.identify(name, near)
        scope = registry.kinds[agency.kind].scope if agency.kind else ""
        if there.region is not None and there.region.startswith(near):
            full[name] = there.name
        elif name.casefold().endswith(f" {region.kind}") and scope not in _LOCAL:
            full[name] = f"{name} {region.name}"
    return full


def with_names(extraction: Extraction, names: Mapping[str, str]) -> Extraction:
    """`extraction` with organizations under other names."""
    if not names:
        return extraction
    return replace(
        extraction,
        officials=tuple(_official(o, names) for o in extraction.officials),
        meetings=tuple(_meeting(m, names) for m in extraction.meetings),
        statements=tuple(_statement(s, names) for s in extraction.statements),
    )


def _name(name: str | None, names: Mapping[str, str]) -> str | None:
    return names.get(name, name) if name else name


def _official(official: Official, names: Mapping[str, str]) -> Official:
    return replace(official, organization=_name(official.organization, names))


def _statement(statement: Statement, names: Mapping[str, str]) -> Statement:
    return replace(statement, organization=_name(statement.organization, names))


def _meeting(meeting: Meeting, names: Mapping[str, str]) -> Meeting:
    agreement = meeting.agreement
    if agreement:
        parties = tuple(names.get(party, party) for party in agreement.parties)
        agreement = replace(agreement, parties=parties)
    return replace(
        meeting,
        organizations=tuple(
            replace(p, organization=names.get(p.organization, p.organization))
            for p in meeting.organizations
        ),
        participants=tuple(
            replace(
                p,
                organization=_name(p.organization, names),
                represents=_name(p.represents, names),
            )
            for p in meeting.participants
        ),
        agreement=agreement,
    )
