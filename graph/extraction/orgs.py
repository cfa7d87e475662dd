"""What a text names as an organization, before the rest of the article completes it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sinergi.graph.extraction.lexicon import Lexicon
from sinergi.graph.extraction.text import Document
from sinergi.graph.registry.institutions import AgencyKind, Institution, Region

_COOPERATION = re.compile(r"\bkerja\s?sama\b|\bMoU\b", re.IGNORECASE)
_SCHOOLS = re.compile(r"\bSM[AKP]\s?(?:/|,|dan)\s?(?:SMK\s?(?:/|,|dan)\s?)?MA\b")
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii")
_IN_WORDS = ("satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan")
ORDINALS = frozenset((*_ROMAN, *_IN_WORDS, *"abcde", *map(str, range(1, 14))))
"""What numbers the parts of a body: 'Komisi X', 'Bidang II', 'Komisi dua'."""
# Houses for people, which a whole province may have one of: 'Rudenim X', 'LPKA X'.
HOUSES = frozenset(("rudenim", "bapas", "lpka", "lpas", "rutan", "rupbasan", "lapas"))
HOUSES |= {f"lapas-{sort}" for sort in ("perempuan", "narkotika", "terbuka", "pemuda", "khusus")}
# Who is at a 'PT' that is a Pengadilan Tinggi, and no company.
JUDGES = frozenset(("ketua", "hakim", "panitera"))
# Kinds whose instances have numbers: 'Daop 5 X'.
WITH_NUMBERS = frozenset(("kai-unit",))
# Units of the police, and the kind of what they are part of.
POLICE_UNITS = {"satuan-polres": "polres", "dit-polda": "polda"}
SCHOOL = "school"
HEALTH = "kesehatan"
COMMITTEES = frozenset(("komisi-dprd", "badan-dprd"))
EVERYWHERE = "se-"  # 'Polres se-Jawa': all of them, and none in particular
_OFFICE = "Dinas "
MINISTRY, INSPECTORATE = "kementerian", "Inspektorat Jenderal"
SECTIONS = frozenset(
    ("seksi", "subseksi", "bidang", "subbidang", "bagian", "subbagian", "divisi", "urusan", "biro")
)
"""What parts of a body are called; each has a name: 'Kepala Seksi X'."""


@dataclass(slots=True)
class Org:
    """One mention. `stem` + `tail` is its name; `complete` when nothing is left to supply."""

    first: int
    last: int
    stem: str
    tail: str = ""
    kind: AgencyKind | None = None
    agency: Institution | None = None
    region: Region | None = None
    complete: bool = True
    gloss: str | None = None
    options: tuple[AgencyKind, ...] = ()  # kinds that the post may be in
    weak: bool = False  # implied by a lesser post: what is spoken of around it tells better
    level: str | None = None  # 'Pemkab', 'Bupati' say that it is a kabupaten
    supplied: bool = False  # what completes it stands elsewhere in the article
    part: str = ""  # 'Komisi B': what of the agency is meant

    @property
    def name(self) -> str:
        return f"{self.stem} {self.tail}".strip(" .")


def abbreviates(doc: Document, lexicon: Lexicon, i: int) -> bool:
    """Whether a word in brackets may shorten an own name: 'UNS', 'Unisa', but not 'Lapas'."""
    if doc.words[i].isupper():
        return True
    common = doc.keys[i] in lexicon.common
    known = common or lexicon.kinds.at(doc, i) or lexicon.agencies.at(doc, i)
    return doc.capital[i] and not known and not lexicon.posts.at(doc, i)


def take_nation(doc: Document, org: Org, limit: int) -> None:
    """'RI', 'Republik Indonesia' after a name belong to it and add nothing."""
    j = org.last
    if j < limit and doc.words[j] == "RI":
        org.last = j + 1
    elif j + 1 < limit and doc.keys[j] == "republik" and doc.keys[j + 1] == "indonesia":
        org.last = j + 2


def of_province(doc: Document, lexicon: Lexicon, org: Org) -> None:
    """'BPN Jawa Timur' is the office above the regencies' ones, which a province has not."""
    kind, region = org.kind, org.region
    if kind is None or region is None or region.kind != "provinsi" or kind.key in HOUSES:
        return
    if kind.key == "kantor-imigrasi" and doc.keys[org.first] != "imigrasi":
        return  # 'Imigrasi X' may be all of it, 'Kantor Imigrasi X' is one office
    above = (lexicon.registry.kinds.get(key) for key in kind.parents)
    upper = next((k for k in above if k is not None and k.scope == "province"), None)
    if kind.scope in ("region", "place") and upper is not None:
        org.kind, org.stem, org.tail = upper, upper.name, region.name


def by_gloss(lexicon: Lexicon, org: Org) -> None:
    """A ministry whose long name the text shortens is the one its bracket names."""
    if org.kind is not None and org.kind.key == MINISTRY and org.gloss:
        name = lexicon.body_of(org.gloss)
        if name is not None:
            org.stem, org.tail, org.complete = name, "", True


def join_offices(org: Org, doc: Document, other: Org | None) -> None:
    """'DPMD Dukcapil Provinsi X' is one office for what both do."""
    if other is None or not other.complete or doc.keys[other.first] == "dinas":
        return
    if org.stem.startswith(_OFFICE) and other.stem.startswith(_OFFICE):
        org.stem = f"{org.stem.replace(' dan ', ', ')}, {other.stem.removeprefix(_OFFICE)}"
        org.tail, org.region, org.last, org.complete = other.tail, other.region, other.last, True


def arm_of(doc: Document, kind: AgencyKind, i: int) -> str:
    """'Danyonkav 8', 'Danyon Armed 8': the arm that the post before token i names, if any."""
    written = "".join(doc.keys[max(0, i - 2) : i])
    arms = (head for head in kind.heads.values() if head != kind.name)
    return next((arm for arm in arms if written.endswith(arm.lower())), "")


def not_bodies(doc: Document, lexicon: Lexicon) -> frozenset[str]:
    """Abbreviations that the text explains as something else: 'perjanjian kerja sama (PKS)'."""
    found: set[str] = set()
    if _SCHOOLS.search(doc.norm):
        found.add("MA")  # the Madrasah Aliyah, not the Mahkamah Agung
    if _COOPERATION.search(doc.norm):
        found.add("PKS")  # a party elsewhere, here the 'perjanjian kerja sama'
    for opened, after in doc.past_bracket.items():
        word = doc.words[opened + 1]
        if after != opened + 3 or not word.isupper() or not 1 < len(word) <= opened:
            continue
        first = opened - len(word)
        initials = "".join(doc.keys[j][0] for j in range(first, opened))
        bodies = (
            lexicon.kinds.at(doc, j) or lexicon.agencies.at(doc, j) for j in range(first, opened)
        )
        if initials == word.lower() and not any(bodies):
            found.add(word)
    return frozenset(found)


def ends_longer(org: Org, doc: Document) -> bool:
    """'Usaha Kesehatan Sekolah (UKS)': the bracket shortens more than the body's own words."""
    gloss = org.gloss
    if gloss is None or org.kind is None or org.kind.scope != "named" or not gloss.isupper():
        return False
    opened = doc.find(org.first, org.last, ("(",))
    first = opened - len(gloss)
    if not doc.sentence_of(org.first).first <= first < org.first:
        return False
    words = doc.words[first:opened]
    return all(map(str.istitle, words)) and "".join(word[0] for word in words) == gloss
