"""Which region an article is about, and which of several regions of one name it means."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from sinergi.graph.extraction.lexicon import Hit, Lexicon, signless
from sinergi.graph.extraction.text import Document
from sinergi.graph.registry.institutions import Region
from sinergi.graph.spelling import one_slip, shortens

# What a mention says for being the region of the article: a dateline most, then a name with
# its level ('Bupati X', 'Pemkot X'), then a bare name, which may be anything.
DATELINE_WEIGHT = 6.0
LEVEL_WEIGHT = 3.0
BARE_WEIGHT = 1.0
TITLE_FACTOR = 2.0
# A dateline stands within the first tokens, before a dash.
DATELINE_TOKENS = 12

# A shorter name is one slip from too many others.
MIN_MISSPELT_LETTERS = 6
# A region's name is of few words.
MAX_SHORTENED_TOKENS = 5
# Names of villages and districts are up to this long.
MAX_LOCAL_TOKENS = 3

LEVEL_WORDS = {
    "kabupaten": "kabupaten", "kab": "kabupaten", "kota": "kota", "kotamadya": "kota",
    "provinsi": "provinsi", "propinsi": "provinsi", "prov": "provinsi",
}  # fmt: skip
# Titles and short forms that tell the level as well.
LEVELS = LEVEL_WORDS | {
    "bupati": "kabupaten", "wabup": "kabupaten", "pemkab": "kabupaten", "setdakab": "kabupaten",
    "walikota": "kota", "wali": "kota", "wako": "kota", "wawako": "kota", "wawali": "kota",
    "pemkot": "kota", "setdako": "kota", "gubernur": "provinsi", "wagub": "provinsi",
    "pemprov": "provinsi", "polda": "provinsi", "kapolda": "provinsi", "kejati": "provinsi",
    "kajati": "provinsi", "kanwil": "provinsi", "kakanwil": "provinsi", "setdaprov": "provinsi",
}  # fmt: skip


@dataclass(slots=True)
class Places:
    """Regions of one article: `home` is the regency or city it is about, if any."""

    home: Region | None
    province: Region | None
    weights: dict[str, float]
    lexicon: Lexicon
    known: frozenset[str] = frozenset()  # places of the text that no gazetteer has, casefolded
    written: Counter[str] = field(default_factory=Counter)  # casefolded, how often
    short: dict[str, Region] = field(default_factory=dict)  # 'Kabupaten X (Xyz)': 'Xyz' is X

    def at(self, doc: Document, i: int) -> Hit[Region] | None:
        """The regions that the name at token i may mean, also by the text's own short form."""
        short = self.short.get(doc.words[i])
        return Hit(i + 1, (short,)) if short is not None else self.lexicon.regions.at(doc, i)

    def misspelt(self, word: str) -> Region | None:
        """'Kepahaing' for the region 'Kepahiang' of which the article speaks."""
        key = word.lower()
        if len(key) < MIN_MISSPELT_LETTERS or key in self.lexicon.common:
            return None
        regions = self.lexicon.registry.regions
        spoken = (regions[c] for c, w in self.weights.items() if w > BARE_WEIGHT)
        near = {
            r.name: r
            for r in spoken
            if key[0] == r.name[0].lower() and one_slip(key, r.name.lower())
        }
        return next(iter(near.values())) if len(near) == 1 else None

    def spelling(self, region: Region) -> str:
        """A region's name as the text writes it: 'Batang Hari' where it never joins the words."""
        plain = signless(region.name)
        forms = [name for name in self.written if signless(name) == plain]
        if not forms or region.name.casefold() in forms:
            return region.name
        return max(sorted(forms), key=lambda name: self.written[name]).title()

    def known_at(self, doc: Document, i: int, limit: int) -> int:
        """The token after a place the article itself names as one ('Desa X', dateline); else 0."""
        for end in range(min(limit, i + MAX_LOCAL_TOKENS), i, -1):
            if doc.capital[i] and doc.written(i, end).casefold() in self.known:
                return end
        return 0

    def choose(self, values: tuple[Region, ...], level: str | None = None) -> Region:
        """The region meant by a name that several share ('Kediri', 'Jambi').

        `level` is what the text says before the name, if it does; else the article's other
        mentions decide, else the larger unit of the two (kabupaten, then kota, then provinsi).
        """
        fitting = [r for r in values if level is None or r.kind == level] or list(values)
        order = {"kabupaten": 0, "kota": 1, "provinsi": 2}
        return min(fitting, key=lambda r: (-self.weights.get(r.code, 0.0), order[r.kind], r.code))

    def twins(self, region: Region) -> bool:
        """Whether a regency and a city share this name."""
        others = self.lexicon.registry.regions.values()
        return any(
            r.name == region.name and {r.kind, region.kind} == {"kota", "kabupaten"} for r in others
        )

    def province_of(self, region: Region | None) -> Region | None:
        while region is not None and region.kind != "provinsi":
            region = self.lexicon.registry.regions.get(region.parent or "")
        return region


def level_before(doc: Document, i: int) -> str | None:
    """What kind of region the word before token i announces."""
    j = i - 1
    if j >= 0 and doc.words[j] == ".":
        j -= 1
    if j >= 0 and doc.keys[j] == "kota" and j > 0 and doc.keys[j - 1] == "wali":
        return "kota"
    return LEVELS.get(doc.keys[j]) if j >= 0 else None


def _shortens(doc: Document, i: int, lexicon: Lexicon) -> bool:
    """Whether a bracket at token i has a short form, one word, of the region before it."""
    if i >= len(doc) or doc.words[i] != "(" or doc.past_bracket.get(i) != i + 3:
        return False
    word = i + 1
    before = "".join(doc.keys[max(0, i - MAX_SHORTENED_TOKENS) : i])
    if not doc.capital[word] or not doc.words[word].isalpha() or lexicon.starts_body(doc, word):
        return False
    return doc.words[word].isupper() or shortens(doc.keys[word], before)


def _heads_unit(doc: Document, i: int, lexicon: Lexicon) -> bool:
    """'Karo Umum N': short for a post here, and not the regency."""
    nxt = i + 1
    if nxt >= len(doc) or lexicon.heads.at(doc, i) is None or not doc.capital[nxt]:
        return False
    return lexicon.units.at(doc, nxt) is not None


def _titles_paper(doc: Document, hit: Hit[Region], lexicon: Lexicon) -> bool:
    """'METRO SULTENG -' names a paper: a region, and a province that it is not in."""
    behind = lexicon.regions.at(doc, hit.end) if hit.end < len(doc) else None
    if behind is None or doc.gap(hit.end).strip() or behind.values[0].kind != "provinsi":
        return False
    return all(not r.code.startswith(p.code) for r in hit.values for p in behind.values)


def find_places(doc: Document, title: Document, lexicon: Lexicon) -> Places:
    """Weigh every region named in the text and its title."""
    weights: dict[str, float] = defaultdict(float)
    short: dict[str, Sequence[Region]] = {}
    written: Counter[str] = Counter()
    for source, factor in ((title, TITLE_FACTOR), (doc, 1.0)):
        dateline = _dateline_end(source) if source is doc else 0
        i, n = 0, len(source)
        while i < n:
            hit = lexicon.regions.at(source, i) if source.capital[i] else None
            if hit is None or _heads_unit(source, i, lexicon):
                i += 1
                continue
            level = level_before(source, i)
            fitting = [r for r in hit.values if level is None or r.kind == level] or hit.values
            weight = BARE_WEIGHT
            if i < dateline and _titles_paper(source, hit, lexicon):
                i = hit.end
                continue
            if level:
                weight = LEVEL_WEIGHT
            elif i < dateline:
                weight = DATELINE_WEIGHT
            for region in fitting:
                weights[region.code] += factor * weight / len(fitting)
            written[source.written(i, hit.end).casefold()] += 1
            if _shortens(source, hit.end, lexicon):
                short[source.words[hit.end + 1]] = fitting
            i = hit.end
    regions = lexicon.registry.regions
    local = [c for c in weights if regions[c].kind in ("kabupaten", "kota")]
    # Equal weights: the regency before the city of the same name, then the code.
    home = min(local, key=lambda c: (-weights[c], regions[c].kind, c), default=None)
    places = Places(
        regions[home] if home else None,
        None,
        dict(weights),
        lexicon,
        _local_names(doc, lexicon),
        written,
    )
    places.short = {word: places.choose(tuple(found)) for word, found in short.items()}
    provinces = [c for c in weights if regions[c].kind == "provinsi"]
    best = min(provinces, key=lambda c: (-weights[c], c), default=None)
    if home and best and weights[home] <= BARE_WEIGHT and weights[best] >= LEVEL_WEIGHT:
        places.home, home = None, None  # of the province: its capital is where much is
    of_home = places.province_of(places.home)
    if best and (
        of_home is None or weights[best] > weights[places.home.code if places.home else ""]
    ):
        places.province = regions[best]
    else:
        places.province = of_home
    return places


_LOCAL = frozenset(
    [
        "desa",
        "kelurahan",
        "kecamatan",
        "kec",
        "kel",
        "dusun",
        "nagari",
        "gampong",
        "kampung",
        "distrik",
    ]
)


# 'Sekretaris Desa A B': a person's name may follow, which is no village's.
_HEADS = frozenset(("kepala", "sekretaris", "perangkat", "bendahara"))


def _local_names(doc: Document, lexicon: Lexicon) -> frozenset[str]:
    """The dateline, and what follows 'Desa', 'Kecamatan' ... up to a word in lower case."""
    found: set[str] = set()
    end = _dateline_end(doc)
    first = 0
    for i in range(end + 1):
        if i == end or not doc.capital[i]:
            if i > first:
                found.add(doc.written(first, i).casefold())
            first = i + 1
    for i, key in enumerate(doc.keys):
        if key in _LOCAL and not (i and doc.keys[i - 1] in _HEADS):
            first = doc.after[i]
            first = j = first + (first < len(doc) and doc.keys[first] == "adat")
            while j < len(doc) and j - first < MAX_LOCAL_TOKENS and doc.capital[j]:
                given = j > first and doc.keys[j] in lexicon.words.given_names
                given &= j + 1 < len(doc) and doc.capital[j + 1]
                if given or lexicon.ranks.at(doc, j):  # 'Kelurahan X Bripka N', 'Nagari X Budi N'
                    break
                j += 1
            if j > first:
                found.add(doc.written(first, j).casefold())
    return frozenset(found)


def _dateline_end(doc: Document) -> int:
    """The tokens before the dash of 'KENDAL - ' or 'Surabaya, 27 Mei 2025 - ', else none."""
    for i in range(min(DATELINE_TOKENS, len(doc))):
        if doc.words[i] == "-" or (
            doc.words[i] == "," and i + 1 < len(doc) and doc.words[i + 1] == ","
        ):
            return i
    return 1 if len(doc) > 1 and doc.words[1] == "." and doc.words[0].isupper() else 0
