"""Finding regions by what people call them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sinergi.graph.registry.institutions import Region
from sinergi.graph.registry.names import normal

PROVINCE, REGENCY, DISTRICT = 1, 2, 3  # how deep a region lies, by its code

# Words before a name that say its kind; a district is a 'distrik' in Papua, a 'kapanewon' or
# 'kemantren' in Yogyakarta.
REGION_WORDS = {
    "provinsi": "provinsi",
    "kabupaten": "kabupaten",
    "kota": "kota",
    "kecamatan": "kecamatan",
    "distrik": "kecamatan",
    "kapanewon": "kecamatan",
    "kemantren": "kecamatan",
}

# Which kinds of region a bare name may mean, in order; within a group names come before aliases.
# An office of government says 'Kota' if it is the city's: 'Dinas Kesehatan Kediri' is the
# regency's, 'Dinas Kesehatan Jambi' the province's. Police and army too: 'Polres Kediri' is not
# 'Polres Kediri Kota'. A court, a prison, a university stands in the town: 'Lapas Kediri' lies in
# the city.
Order = tuple[tuple[str, ...], ...]
REGION_ORDER: Order = (("kabupaten", "provinsi", "kota"), ("kecamatan",))
COMMAND_ORDER: Order = (("kabupaten", "kota", "provinsi"), ("kecamatan",))
TOWN_ORDER: Order = (("kota", "kabupaten", "provinsi"), ("kecamatan",))
PROVINCE_ORDER: Order = (("provinsi",), ("kabupaten", "kota"))
DISTRICT_ORDER: Order = (("kecamatan",), ("kabupaten", "kota"))

LONGEST_NAME = 6  # words of the longest name of a region


def level(code: str) -> int:
    """How deep a region lies: '33' -> 1, '33.07' -> 2, '33.07.04' -> 3."""
    return code.count(".") + 1


class Places:
    """Regions by normal form of name and alias."""

    def __init__(self, regions: Mapping[str, Region]) -> None:
        self._regions = regions
        self._names: dict[str, list[Region]] = {}
        self._aliases: dict[str, list[Region]] = {}
        for code in sorted(regions):
            region = regions[code]
            name = normal(region.name)
            self._names.setdefault(name, []).append(region)
            for alias in {normal(alias) for alias in region.aliases} - {name}:
                self._aliases.setdefault(alias, []).append(region)

    def __getitem__(self, code: str) -> Region:
        return self._regions[code]

    def twins(self, region: Region) -> bool:
        """Whether a regency and a city share this name: 'Kediri', 'Malang', 'Tangerang'."""
        named = self._names[normal(region.name)]
        if region.kind not in ("kabupaten", "kota"):
            return False
        return len({r.kind for r in named} & {"kabupaten", "kota"}) > 1

    def above(self, code: str, depth: int) -> str | None:
        """The code of level `depth` that `code` is or lies in."""
        parts = code.split(".")
        return ".".join(parts[:depth]) if len(parts) >= depth else None

    def read(self, forms: Sequence[str], order: Order, near: str | None = None) -> Region | None:
        """The region that all of the words `forms` name, kind word and higher regions included.

        Takes 'wonosobo', 'kabupaten wonosobo', 'kediri kota', 'kalikajar kabupaten wonosobo',
        'kabupaten wonosobo provinsi jawa tengah'. None when the words name no region, several
        districts, or more than a region. Of several districts the one in the regency, else in the
        province, of the region code `near` is taken.
        """
        if len(forms) == 1 and forms[0] in REGION_WORDS:
            return None  # 'Kecamatan Kota' is some town's
        for cut in range(min(len(forms), LONGEST_NAME + 1), 0, -1):
            candidates = self._candidates(forms[:cut], order)
            if not candidates:
                continue
            if cut == len(forms):
                return self._only([r for r in candidates if r.kind == candidates[0].kind], near)
            outer = self.read(forms[cut:], REGION_ORDER)
            if outer:
                within = [r for r in candidates if r.code.startswith(f"{outer.code}.")]
                if within:
                    return self._only([r for r in within if r.kind == within[0].kind], None)
        return None

    def knows(self, forms: Sequence[str]) -> bool:
        """Whether the words are the name of any region, or of several."""
        form = " ".join(forms)
        return form in self._names or form in self._aliases

    def _only(self, regions: list[Region], near: str | None) -> Region | None:
        for depth in (REGENCY, PROVINCE) if near and len(regions) > 1 else ():
            around = self.above(near or "", depth)
            close = [r for r in regions if around and r.code.startswith(f"{around}.")]
            if len(close) == 1:
                return close[0]
        return regions[0] if len(regions) == 1 else None

    def _candidates(self, forms: Sequence[str], order: Order) -> list[Region]:
        """The regions that words which are one name can mean, likeliest first."""
        kind = REGION_WORDS.get(forms[0])
        if kind and len(forms) > 1:
            found = self._named(" ".join(forms[1:]), ((kind,),))
            if found:
                return found
        if forms[-1] == "kota" and len(forms) > 1:
            found = self._named(" ".join(forms[:-1]), (("kota",),))
            if found:
                return found
        return self._named(" ".join(forms), order)

    def _named(self, form: str, order: Order) -> list[Region]:
        found: list[Region] = []
        for kinds in order:
            for index in (self._names, self._aliases):
                named = index.get(form, ())
                found += [r for kind in kinds for r in named if r.kind == kind]
        return found
