"""`Registry`: all tables, checked, and what can be asked of them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib import resources
from pathlib import Path

from sinergi.graph.model import Agency
from sinergi.graph.registry.coined import Segments, load_segments
from sinergi.graph.registry.identify import Identifier
from sinergi.graph.registry.institutions import (
    AgencyKind,
    Institution,
    Region,
    Sector,
    Succession,
    check_parents,
    load_institutions,
    load_kinds,
    load_regions,
    load_sectors,
    load_successions,
)
from sinergi.graph.registry.language import Language, load_language
from sinergi.graph.registry.lookup import Entry, Lookup
from sinergi.graph.registry.people import PeopleTables, load_people
from sinergi.graph.registry.places import Places
from sinergi.graph.registry.tables import TABLES, extra_file


@dataclass(frozen=True, eq=False)
class Registry:
    """The tables as loaded; `load` is the way to get one. Safe to pickle and to share."""

    sectors: Mapping[str, Sector]
    regions: Mapping[str, Region]
    kinds: Mapping[str, AgencyKind]
    agencies: Mapping[str, Institution]  # the rows of agencies.csv: single bodies
    successions: Mapping[str, Succession]
    people: PeopleTables
    language: Language
    segments: Segments  # what telescoped names of regional offices are made of
    version: str  # hex digest of every row

    @staticmethod
    def load(extra: str | Path | None = None) -> Registry:
        """The registry, with the user's rows from the file or folder `extra`.

        Without `extra` it is read once. Raises RegistryError naming table, line and rule.
        """
        return _read(Path(extra)) if extra else _ours()

    def identify(self, name: str, near: str | None = None) -> Agency:
        """The agency that a full official name names, its parent and region found by rule.

        Spellings of one name give one agency: 'Lembaga Pemasyarakatan Klas II A X' is
        'Lapas Kelas IIA X'. Total: a name of no known kind gives an Agency keyed by its normal
        form. Where the country has several districts of a name, `near`, a region's code, says
        which is meant; without it, it stays open.
        """
        return self._identifier.identify(name, near)

    def agency(self, key: str) -> Agency:
        """The single body with the key `key` of agencies.csv; raises KeyError for another."""
        return self._identifier.of_body(self.agencies[key])

    def ancestors(self, agency: Agency) -> tuple[Agency, ...]:
        """The parents of `agency`, nearest first, up to the trunk."""
        return self._identifier.ancestors(agency)

    def stem(self, name: str) -> str:
        """The key of `name` without class and unit number.

        'Lapas Kelas IIB Wonosobo' and 'Lapas Wonosobo' share 'lapas-wonosobo', and so may be
        one agency; whether they are is for the articles to say.
        """
        return self._identifier.stem(name)

    def search(self, text: str, limit: int = 20) -> tuple[Entry, ...]:
        """Entries of any table whose forms hold the words of `text`, the closest first."""
        return self._lookup.search(text, limit)

    def explain(self, text: str) -> tuple[Entry, ...]:
        """What `text` means: posts, kinds, agencies, regions, ranks, degrees of exactly that form.

        Where no table has it, a post is composed ('Kasi' + a unit), and a name identified.
        """
        return self._lookup.explain(text)

    @cached_property
    def _identifier(self) -> Identifier:
        return Identifier(self.kinds, self.agencies, Places(self.regions))

    @cached_property
    def _lookup(self) -> Lookup:
        return Lookup(
            self.kinds,
            self.agencies,
            self.regions,
            self.sectors,
            self.successions,
            self.people,
            self._identifier,
        )


@lru_cache(maxsize=1)
def _ours() -> Registry:
    return _read(None)


def _read(extra: Path | None) -> Registry:
    sectors = load_sectors(extra)
    regions = load_regions(extra)
    kinds, rows = load_kinds(sectors, extra)
    agencies = load_institutions(kinds, sectors, regions, extra)
    check_parents(kinds, rows, agencies)
    successions = load_successions(agencies, extra)
    return Registry(
        sectors=sectors,
        regions=regions,
        kinds=kinds,
        agencies=agencies,
        successions={change.key: change for change in successions},
        people=load_people(extra, {*kinds, *agencies}),
        language=load_language(extra),
        segments=load_segments(extra),
        version=_digest(extra),
    )


def _digest(extra: Path | None) -> str:
    """Of all tables' texts, ours and the user's, whatever the line ends."""
    found = hashlib.sha256()
    for table in TABLES:
        files = [resources.files("sinergi.data").joinpath(f"{table}.csv")]
        path = extra_file(extra, table)
        for file in [*files, *([path] if path else [])]:
            found.update(f"\n{table}\n".encode())
            found.update(file.read_text(encoding="utf-8").encode())
    return found.hexdigest()[:16]
