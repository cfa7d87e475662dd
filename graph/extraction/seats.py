"""Where an agency of a kind is: its class, its number, its place ('Kelas IIA X', '0707/X')."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from sinergi.graph.extraction.orgs import ORDINALS
from sinergi.graph.extraction.runs import COMPASS, NAME_TOKENS, RunReader
from sinergi.graph.registry.institutions import AgencyKind, Region

_CLASS = re.compile(
    r"\s*(?P<word>(?:Kelas|Klas)[\s-]+)?(?P<number>I{1,3}V?|IV|[1-4])(?:[\s-]*(?P<letter>[ABC])\b)?(?!\w)"
    r"(?P<more>\s+(?:Non\s+)?TPI\b|\s+Khusus\b)?",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"\s*(?P<number>(?:[IVX]{1,5}|\d{1,4})(?:\s?[-/]\s?\d{1,3})*)(?=\s?/|[\s,.;)]|$)(?:\s?/\s?)?\s*"
)
_ROMAN = {"1": "I", "2": "II", "3": "III", "4": "IV"}
# Whose agencies have a class, also where its word is left out: 'Kalapas I X'.
_CLASSED = frozenset(("pemasyarakatan", "imigrasi"))
# 'Bank X Cabang Pembantu Y': what stands before the place of a branch and adds nothing to it.
_BRANCHED = frozenset(("bank", "company"))
_BRANCHES = frozenset(("cabang", "cab", "kc", "kcp", "kcu", "capem", "kancab", "kancapem"))
_BRANCHES |= {
    "kantor",
    "pembantu",
    "utama",
    "perwakilan",
    "wilayah",
    "kanwil",
    "area",
    "regional",
    "region",
}
# Parts of a city have offices of their own: 'KPP Pratama X Timur', 'KPP Pratama X Dua'.
_PARTS = COMPASS | {"satu", "dua", "tiga", "empat", "lima"}
_PARTED = frozenset(("kpp", "perhutani-kph"))
# What an office of a national body is called.
_OFFICES = frozenset(("perwakilan", "cabang", "wilayah", "pusat", "regional", "kantor"))
# Those that have a number and are no soldiers': 'Pengadilan Militer I-04 X'.
_NUMBERED = frozenset(("pengadilan-militer", "odmil"))
# Of these a regency and a city of one name have one each, and the text says which.
_TWINNED = frozenset(("kejari",))


@dataclass(slots=True)
class Seat:
    """What was read up to token `end`; `place` is None where the text leaves it out."""

    end: int
    parts: list[str] = field(default_factory=list)  # class, number
    place: str | None = None
    region: Region | None = None
    numbered: bool = False
    slashed: bool = False  # '0707/': a place follows, whatever it is

    @property
    def written(self) -> str:
        """'Kelas IIA X', '0707/X'."""
        place = self.place or ""
        if self.numbered and place and "/" not in self.parts[-1]:
            return " ".join([*self.parts[:-1], f"{self.parts[-1]}/{place}"])
        return " ".join([*self.parts, place]).strip()


class SeatReader:
    """Reads seats in one document."""

    def __init__(self, runs: RunReader) -> None:
        self.doc, self.lex, self.places, self.runs = runs.doc, runs.lex, runs.places, runs

    def read(self, i: int, limit: int, kind: AgencyKind, implied: bool) -> Seat:
        """The seat that begins at token i.

        With `implied` a holder's name may follow ('Kalapas N'), so that a run that no gazetteer
        knows is only a place where something else says so: a title, a comma, a class before it.
        """
        seat = Seat(i)
        while kind.form in _BRANCHED and seat.end < limit and self.doc.capital[seat.end]:
            if self.doc.keys[seat.end] not in _BRANCHES:
                break
            seat.end = self.doc.after[seat.end]
        self._class(seat, limit, kind)
        sphere = self._sphere(seat, limit)
        if kind.sector == "pertahanan" or kind.key in _NUMBERED:
            self._number(seat, limit)
        start = seat.end
        self._place(seat, limit, kind, implied)
        classed = seat.place is None and seat.parts and not seat.numbered and not sphere
        if (
            classed
            and self.runs.short(start, min(limit, start + 1)) > start
            and not self._elsewhere(seat.parts[0], start)
        ):
            end = max(start + 1, self.runs.before_given(start, limit))  # then comes the holder
            seat.place, seat.end = self.doc.written(start, end), end
        if seat.place is not None and seat.region is None and start < limit:
            hit = self.places.at(self.doc, seat.end - 1) or self.places.at(self.doc, start)
            seat.region = self.places.choose(hit.values) if hit else None
        return seat

    def branch(self, i: int, limit: int) -> tuple[str, Region | None, int]:
        """'Perwakilan X', 'Kantor Cabang X', 'Regional 2': the office of a national body, its
        region and the token behind it; ('', None, i) where none stands at token i."""
        doc, j = self.doc, i
        while j < limit and doc.keys[j] in _OFFICES:
            j = doc.after[j]
        name = " ".join(word.title() for word in doc.words[i:j] if word.isalpha())
        found = self.runs.region(j, limit) if name and j < limit else None
        if found is not None:
            return f"{name} {found[0].name}", found[0], found[1]
        if not name or j >= limit or not doc.capital[i]:
            return "", None, i
        numbered = doc.keys[j] in ORDINALS and not doc.words[j].islower()
        if numbered:
            name, j = f"{name} {doc.words[j]}", j + 1
            found = self.runs.region(j, limit) if j < limit else None
            if found is not None:
                return f"{name} {found[0].name}", found[0], found[1]
        run = self.runs.short(j, limit)
        if run > j and (self.runs.titles_follow(run, limit) or self.runs.comma_name(run, limit)):
            return f"{name} {doc.written(j, run)}", None, run
        return (name, None, j) if numbered else ("", None, i)

    def _elsewhere(self, class_: str, i: int) -> bool:
        """'Rutan Kelas IIB N M' of an article that has the class before another word, a place."""
        behind = re.findall(rf"{re.escape(class_)}\s+(?!dan\b|di\b)(\w+)", self.doc.norm)
        return behind.count(self.doc.words[i]) < 2 and any(w != self.doc.words[i] for w in behind)

    def _class(self, seat: Seat, limit: int, kind: AgencyKind) -> None:
        doc, i = self.doc, seat.end
        match = _CLASS.match(doc.norm, doc.ends[i - 1]) if i else None
        if match is None or match.end() > doc.ends[limit - 1]:
            return
        if not match["word"] and (kind.sector not in _CLASSED or match["number"].isdigit()):
            return
        number, letter = match["number"].upper(), (match["letter"] or "").upper()
        more = " ".join((match["more"] or "").split())
        seat.parts.append(f"Kelas {_ROMAN.get(number, number)}{letter} {more}".strip())
        self._skip(seat, match.end(), limit)

    def _sphere(self, seat: Seat, limit: int) -> bool:
        """'BPTD Wilayah VI X': whether a number of its area stands here."""
        doc, i = self.doc, seat.end
        if i + 1 >= limit or doc.words[i] != "Wilayah" or doc.keys[i + 1] not in ORDINALS:
            return False
        seat.parts.append(doc.written(i, i + 2))
        seat.end = i + 2
        return True

    def _number(self, seat: Seat, limit: int) -> None:
        doc, i = self.doc, seat.end
        match = _NUMBER.match(doc.norm, doc.ends[i - 1]) if i else None
        if match is None or match.end("number") > doc.ends[limit - 1]:
            return
        seat.parts.append(re.sub(r"\s", "", match["number"]))
        seat.numbered, seat.slashed = True, match.group().rstrip().endswith("/")
        self._skip(seat, match.end(), limit)

    def _skip(self, seat: Seat, position: int, limit: int) -> None:
        while seat.end < limit and self.doc.starts[seat.end] < position:
            seat.end += 1

    def _place(self, seat: Seat, limit: int, kind: AgencyKind, implied: bool) -> None:
        """'Metro X Kota', 'X', or a run that no table knows."""
        doc, i = self.doc, seat.end
        if i >= limit:
            return
        if i + 2 < limit and doc.capital[i] and doc.words[i + 1] == "Bagian" and doc.capital[i + 2]:
            seat.place, seat.end = doc.written(i, i + 3), i + 3  # 'Kalimantan Bagian Barat'
            return
        metro = doc.words[i] == "Metro" and self.runs.region(i + 1, limit) is not None
        i += metro
        found = self.runs.region(i, limit) if doc.capital[i] else None
        district = self.lex.districts.at(doc, i) if not implied or found else None
        wider = found and district and found[1] < district.end <= limit  # 'Polsek Palu Barat'
        if wider or (found and district):
            found, district = (None, district) if wider else (found, None)
        if found is not None:
            region, end, said = found
            twin = said is not None and kind.key in _TWINNED and self.places.twins(region)
            name = region.label if twin else region.name
            if end < limit and doc.words[end] == "Kota" and not self.runs.region(end + 1, limit):
                name, end = f"{name} Kota", end + 1
            beyond = self._and_province(region, end, limit)
            if beyond is not None:
                name, end = f"{name}-{beyond[0].name}", beyond[1]  # 'BBPJN Jateng-DIY'
            if end < limit and kind.key in _PARTED and doc.keys[end] in _PARTS:
                name, end = f"{name} {doc.words[end]}", end + 1
            seat.place, seat.end, seat.region = f"{'Metro ' * metro}{name}", end, region
        elif (end := self.places.known_at(doc, i, limit)) > i:
            written = doc.written(i, end)
            seat.place = written.title() if written.isupper() else written
            seat.end = end
        elif doc.keys[i] in self.lex.words.areas:
            seat.place, seat.end = doc.words[i], i + 1
        elif district is not None and district.end <= limit and doc.capital[i]:
            seat.place, seat.end = doc.written(i, district.end), district.end
        else:
            self._run(seat, i, limit, kind, implied)

    def _and_province(self, region: Region, i: int, limit: int) -> tuple[Region, int] | None:
        """A second province that an office has: 'X-Y', 'X Y'."""
        joint = i + 1 < limit and self.doc.words[i] in "-–/"
        found = self.runs.region(i + joint, limit) if region.kind == "provinsi" else None
        both = found is not None and found[0].kind == "provinsi" and found[0] != region
        return (found[0], found[1]) if found is not None and both else None

    def under(self, kind: AgencyKind, i: int, limit: int) -> bool:
        """'Danramil 03 X Kodim Y': whether what the agency is part of stands at token i."""
        hit = self.lex.kinds.at(self.doc, i) if i < limit and self.doc.capital[i] else None
        return hit is not None and any(form.kind.key in kind.parents for form in hit.values)

    def _run(self, seat: Seat, i: int, limit: int, kind: AgencyKind, implied: bool) -> None:
        doc, run = self.doc, self.runs.short(i, limit)
        beyond = self.runs.region(run, limit) if run > i else None
        told = (
            self.runs.titles_follow(run, limit)
            or self.runs.comma_name(beyond[1] if beyond else run, limit)  # 'Lanud X Malang, N'
            or (run < limit and doc.words[run] == "," and self.runs.region(run + 1, limit))
            or self.under(kind, run, limit)
        )
        side = next((j + 1 for j in range(i + 1, run) if doc.keys[j] in COMPASS), None)
        if side is not None and not told:
            run, told = side, True  # 'KPH X Selatan N'
        if seat.slashed and doc.capital[i] and not told and run != i + NAME_TOKENS:
            run = max(i + 1, run - NAME_TOKENS)  # 'Kodim 0707/X N M'
        given = self.runs.before_given(i, limit)
        if implied and not told and not seat.slashed and given > i:
            run, told = given, True  # 'Kalapas X Budi N'
        if run > i and (told or seat.slashed or not implied):
            seat.place, seat.end = doc.written(i, run), beyond[1] if beyond and told else run
