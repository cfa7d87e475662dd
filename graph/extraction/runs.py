"""Runs of capitalized words: where a place or a name of its own ends and something else begins."""

from __future__ import annotations

import re

from sinergi.graph.extraction.cues import SUBJECT_CUES
from sinergi.graph.extraction.lexicon import Hit, Lexicon
from sinergi.graph.extraction.names import NameReader
from sinergi.graph.extraction.orgs import Org
from sinergi.graph.extraction.places import BARE_WEIGHT, LEVEL_WORDS, Places
from sinergi.graph.extraction.text import Document
from sinergi.graph.registry.institutions import Region

# A place that no gazetteer knows ('Polres Barelang') is at most this many words long.
MAX_PLACE_TOKENS = 3
# 'Yayasan Lembaga Pendidikan Islam Contoh Bakti': the longest own name read.
MAX_OWN_NAME_TOKENS = 9
# A person's name, where only degrees behind it tell that there is one.
NAME_TOKENS = 2
_JOINTS = frozenset(("dan", "serta"))
MAX_HOLDER_TOKENS = 4
# A bracket that abbreviates a name holds few tokens.
MAX_BRACKET_TOKENS = 6
# 'Pengurus X Periode 2025': a term of office, or a field, is no part of the name.
_TERMS = frozenset(("periode", "masa", "tahun", "bidang"))
_PILGRIMS = frozenset(("h", "hj"))  # 'RSUD dr. H. X'
# Bodies called after what they do, and not after persons or places.
_UNNAMED = frozenset(("panitia", "pansel"))
# What numbers areas; 'I' and the single letters stand in names too.
_ROMAN = re.compile(r"(?=[IVX]{2})X{0,2}(?:IX|IV|V?I{0,3})")
# Ordinary words that places end with: 'KPH Kedu Selatan'.
COMPASS = frozenset(("utara", "selatan", "timur", "barat", "tengah", "tenggara"))


class RunReader:
    """Measures runs of words in one document."""

    def __init__(self, doc: Document, lexicon: Lexicon, places: Places, names: NameReader) -> None:
        self.doc, self.lex, self.places, self.names = doc, lexicon, places, names

    def region(
        self, i: int, limit: int, level: str | None = None
    ) -> tuple[Region, int, str | None] | None:
        """'Kabupaten X', 'Kota X' or a bare 'X' at token i: the region, the token after it, and
        the kind of region that the text says or `level` implies."""
        doc = self.doc
        if i >= limit or not doc.is_word[i]:
            return None
        said = LEVEL_WORDS.get(doc.keys[i])
        j = doc.after[i] if said else i
        if said and doc.past_bracket.get(j) == j + 3:  # 'Provinsi (BNNP) X'
            j += 3
        hit = self.places.at(doc, j) if j < limit else None
        slip = self.places.misspelt(doc.words[j]) if hit is None and said and j < limit else None
        if slip is not None:
            return slip, j + 1, said
        if hit is None or hit.end > limit or not (doc.capital[j] or self._small(j, hit)):
            return None
        end, again = hit.end, self.places.at(doc, hit.end) if hit.end < limit else None
        if again and doc.words[j : hit.end] == doc.words[hit.end : again.end]:
            end = again.end  # 'Bupati X X N': a slip
        return self.places.choose(hit.values, said or level), end, said

    def _small(self, j: int, hit: Hit[Region]) -> bool:
        """Whether a region in small letters is one: of two words, or one the article speaks of."""
        spoken = any(self.places.weights.get(r.code, 0.0) > BARE_WEIGHT for r in hit.values)
        return hit.end > j + 1 or (spoken and self.doc.keys[j] not in self.lex.common)

    def append_region(self, org: Org, limit: int) -> None:
        """A region right behind a name of its own belongs to it."""
        found = self.region(org.last, limit)
        if found:
            org.region, org.last, said = found
            name = org.region.label if said else org.region.name
            org.tail = f"{org.tail} {name}".strip()

    def siblings(self, org: Org, limit: int) -> list[Org]:
        """'DPRD Kota X, Kabupaten Y dan Kota Z': the agencies of which only the region is said.

        A list that no 'dan' closes tells where X is.
        """
        doc, found, j, closed = self.doc, [], org.last, False
        if org.kind is None or org.kind.scope != "region" or org.region is None:
            return []
        while not closed:
            j = doc.past_bracket.get(j, j)
            if j + 1 < limit and doc.words[j] == ",":
                j += 1
            elif not (j + 1 < limit and doc.keys[j] in _JOINTS):
                return []
            if doc.keys[j] in _JOINTS:
                j, closed = j + 1, True
            place = self.region(j, limit)
            if place is None or place[2] is None or place[0] == org.region:
                return []
            if (place[0].kind == "provinsi") != (org.region.kind == "provinsi"):
                return []
            region, end, _ = place
            found.append(Org(j, end, org.stem, region.label, org.kind, region=region))
            j = end
        return found

    def after_bracket(self, org: Org, limit: int) -> None:
        """'Asosiasi X (Y) Kota Z': what follows the bracket goes on with the name."""
        self.append_region(org, limit)
        end = self.own_name_end(org.last, limit)
        if end > org.last and not self.titles_follow(org.last, limit):
            org.tail = f"{org.tail} {self.doc.written(org.last, end)}".strip()
            org.last = end

    def place_before_holder(self, org: Org, limit: int) -> None:
        """'Ketua Asosiasi X (Y) Kota Z N', 'Rektor X (Y) Madya Prof. N': the place of the body."""
        found = self.region(org.last, limit)
        if found and found[1] < limit and self.names.read(found[1], limit) is not None:
            self.append_region(org, limit)
        elif org.last < limit and self.doc.capital[org.last]:
            org.last += self.titles_follow(org.last + 1, limit)

    def starts_other(self, j: int) -> bool:
        """A post or a title begins here, or a whole other agency."""
        doc = self.doc
        if self.lex.posts.at(doc, j) or self.names.titles_start(j):
            return True
        head = self.lex.heads.at(doc, j)
        if head and doc.keys[j] not in self.lex.unit_words:
            return True
        hit = self.lex.kinds.at(doc, j)
        if hit is None or hit.values[0].kind.form != "state":
            return False
        return hit.values[0].kind.scope not in ("named", "village", "district")

    def short(self, i: int, limit: int) -> int:
        """The end of a short run of capitalized words that begin nothing else."""
        doc = self.doc
        j = i
        while j < limit and j - i < MAX_PLACE_TOKENS and doc.capital[j] and doc.is_word[j]:
            if self.names.opens(j, limit):
                break
            ordinary = doc.keys[j] in self.lex.common and (j == i or doc.keys[j] not in COMPASS)
            opening = doc.keys[i] in self.lex.words.place_words and j <= i + 1
            if self.starts_other(j) or (ordinary and not opening) or "\n" in doc.gap(j):
                break
            if j > i and (self.places.at(doc, j) or doc.keys[j] in LEVEL_WORDS):
                break
            if self.names.degrees_at(j, limit)[0] or self._acts(j):
                break
            j += 1
            if j < limit and doc.words[j] == ".":
                if len(doc.words[j - 1]) > 1 or j + 1 >= limit or not doc.capital[j + 1]:
                    break
                j += 1  # 'Lanud J. A. X'
        return j

    def _acts(self, j: int) -> bool:
        """Whether a verb of the trade begins here: 'Kejari Teken MoU'."""
        told = self.lex.cues.at(self.doc, j)
        return told is not None and not SUBJECT_CUES.isdisjoint(told.values)

    def own_name_end(self, i: int, limit: int) -> int:
        """The end of an own name: capitalized words, joined by 'dan', 'se' or a level word."""
        doc = self.doc
        j = i
        while j < limit and j - i < MAX_OWN_NAME_TOKENS:
            if doc.words[j] in "-/" and j + 1 < limit and doc.capital[j + 1] and j > i:
                j += 1
                continue
            if (
                doc.keys[j] in ("dan", "se", "untuk", "bagi")
                and j > i
                and j + 1 < limit
                and doc.capital[j + 1]
            ):
                again = doc.keys[j + 1] in doc.keys[max(0, i - 2) : i]  # 'Pondok X dan Pondok Y'
                if doc.keys[j] != "dan" or (self._goes_on(j + 1) and not again):
                    j += 1
                    continue
                break
            if not doc.is_word[j] or not (doc.capital[j] or doc.words[j].isdigit()):
                break
            if j > i and (self.starts_other(j) or doc.keys[j] in _TERMS):
                break
            if j > i + 1 and doc.keys[j - 2] == "republik" and doc.keys[j - 1] == "indonesia":
                break  # 'Komisi X Republik Indonesia N M'
            if j > i and doc.words[j - 1] == "." and doc.sentence_of(j).first == j:
                break
            if doc.keys[j] in self.lex.common and self.names.headline[j]:
                break
            if "\n" in doc.gap(j) and j > i:
                break
            found = self.region(j, limit) if doc.keys[j] in LEVEL_WORDS else None
            if found:
                return found[1]  # 'Koperasi X Kabupaten Y' ends with its region
            j = doc.after[j]
        return j

    def _goes_on(self, j: int) -> bool:
        """After 'dan': a word of the name, not the next body or person."""
        key = self.doc.keys[j]
        known = key in self.lex.unit_words or key in self.lex.common
        return known and not self.starts_other(j)

    def before_holder(self, first: int, i: int, end: int, limit: int) -> int:
        """Where the own name ends and its holder's begins: 'Ketua Koperasi X Y N Z'.

        A comma or a bracket tells; else the longest beginning that the text repeats.
        """
        doc = self.doc
        told = end < limit and (doc.capital[end] or self.comma_name(end, limit))
        if doc.keys[i - 1] in _UNNAMED and not told and self._is_name(i, end):
            return i  # 'Ketua Panitia N M'
        titled = end < limit and bool(self.names.degrees_at(end, limit)[0])
        if end >= limit or end - i < 2:
            return end
        if doc.words[end] == "(" and not titled:
            return end
        comma = doc.words[end] == "," and not titled
        if comma and self.comma_name(end, limit):
            return end
        for j in range(i, end):
            region = self.region(j, end)
            if region and region[1] < end and (j > i or self._is_name(region[1], end)):
                return region[1]  # 'Balai X Jambi N, S.T.', 'Universitas Jambi N M'
            district = self.lex.districts.at(doc, j) if doc.words[i].isdigit() else None
            if district and district.end < end:
                return district.end  # 'SMPN 2 X N'
        for j in range(i + 1, end):
            if _ROMAN.fullmatch(doc.words[j - 1]) and self._is_name(j, end):
                return j  # 'Balai X Wilayah VII N M'
        if titled:  # 'Rektor Universitas X Y N M, Ph.D.': most names are of two words
            return max(i + 1, end - NAME_TOKENS)
        named = self._given_from(first, i, end)
        if named:
            return named
        for j in range(end, i, -1):
            beginning = doc.norm[doc.starts[first] : doc.ends[j - 1]]
            if doc.norm.find(beginning, doc.norm.find(beginning) + 1) >= 0:
                if comma and j < end and not self._is_name(j, end):
                    return end
                return j
        return end

    def _given_from(self, first: int, i: int, end: int) -> int:
        """'Direktur Bank X Budi N': where a given name and another end the run, unless the text
        has it whole elsewhere ('Universitas X Budi N'); else 0."""
        doc, given = self.doc, self.lex.words.given_names
        whole = doc.norm[doc.starts[first] : doc.ends[end - 1]]
        for j in range(max(i + 1, end - MAX_HOLDER_TOKENS), end - 1):
            if doc.keys[j] in given and doc.keys[j - 1] not in given and self._is_name(j, end):
                told = self.lex.honorifics.at(doc, j - 1) or doc.norm.count(whole) > 1
                return 0 if told else j
        return 0

    def _is_name(self, i: int, end: int) -> bool:
        name = self.names.read(i, end)
        return name is not None and name.end == end and len(name.keys) > 1

    def before_given(self, i: int, limit: int) -> int:
        """'Lurah X Budi N': the token at which a given name begins behind a place, else i."""
        doc, given = self.doc, self.lex.words.given_names
        if i >= limit or doc.keys[i] in given:
            return i
        opening = doc.keys[i] in self.lex.words.place_words  # 'Tanjung Sari'
        for j in range(i, min(limit, i + 1 + MAX_PLACE_TOKENS)):
            if not doc.is_word[j] or not doc.capital[j] or self.names.titles_start(j):
                break
            if j > i and "\n" in doc.gap(j):
                break
            if j > i + opening and doc.keys[j] in given:
                name = self.names.read(j, limit)
                return j if name is not None and len(name.keys) > 1 else i
        return i

    def person(self, hit: Hit[Region], limit: int) -> bool:
        """'Camat Bambang Triyono': a far district's name that a person's name goes on from."""
        home = self.places.home
        if home is None or any(region.parent == home.code for region in hit.values):
            return False
        j, given = hit.end, self.lex.words.given_names
        follows = j < limit and self.doc.capital[j] and self.doc.is_word[j]
        if follows and self.doc.keys[j - 1] not in given and self.doc.keys[j] in given:
            return False  # 'Camat X Budi N'
        return follows and not self.titles_follow(j, limit)

    def honored(self, i: int, limit: int) -> int:
        """'RSUD dr. X dr. N', 'RSUD Prof. Dr. X, N M': the token behind the name that a hospital
        bears, where its head's follows; else 0."""
        doc, j = self.doc, i
        while j < limit and doc.keys[j] in self.lex.prefix_degrees:
            j = doc.after[j]
            if j < limit and doc.keys[j] in _PILGRIMS:
                j = doc.after[j]
        k = j
        while j > i and k < min(limit, j + MAX_PLACE_TOKENS) and doc.capital[k] and doc.is_word[k]:
            if k > j and (self.names.titles_start(k) or self.places.at(doc, k)):
                break
            k += 1
        beyond = self.region(k, limit) if k > j else None
        end = beyond[1] if beyond else k
        return k if k > j and (self.titles_follow(end, limit) or self.comma_name(end, limit)) else 0

    def village(self, i: int, run: int, limit: int) -> int:
        """'Kepala Desa X N', where a regency, too, is called X: the token behind X in the run up to
        token `run`, else 0."""
        hit = None
        if i < limit and self.doc.capital[i]:
            hit = self.places.at(self.doc, i) or self.lex.districts.at(self.doc, i)
        if hit is None:
            return 0
        name = self.names.read(hit.end, limit) if hit.end < run else None
        goes_on = name is not None and name.end >= run and not self.comma_name(run, limit)
        return hit.end if goes_on or (run <= hit.end and self.comma_name(hit.end, limit)) else 0

    def named(self, i: int, limit: int) -> bool:
        """Whether a person's name begins at token i, as a title or a given name tells."""
        if i >= limit or not self.doc.capital[i] or self.names.read(i, limit) is None:
            return False
        given = self.doc.keys[i] in self.lex.words.given_names
        ends = i + 1 >= limit or not self.doc.is_word[i + 1]
        return given or ends or self.names.titles_start(i)

    def of_council(self, i: int, limit: int) -> bool:
        """Whether a name follows 'Ketua Komisi' in an article on a council, and no task."""
        plain = i < limit and self.doc.capital[i] and self.doc.keys[i] not in self.lex.unit_words
        if not plain or self.doc.keys[i] in self.lex.common or "DPR" not in self.doc.norm:
            return False
        return self._is_name(i, self.short(i, limit))

    def comma_name(self, i: int, limit: int) -> bool:
        """Whether ', Name' follows, so that what stands before the comma is a place."""
        if i + 1 >= limit or self.doc.words[i] != "," or self.names.degrees_at(i + 1, limit)[0]:
            return False
        return self.names.read(i + 1, limit) is not None

    def tells_of(self, i: int, limit: int) -> bool:
        """Whether ', N M mengatakan' follows: a name, and what it does or who it is."""
        name = self.names.read(i + 1, limit) if i + 1 < limit and self.doc.words[i] == "," else None
        if name is None or name.end >= limit or not (name.titled or len(name.keys) > 1):
            return False
        j = name.end + (self.doc.words[name.end] == ",")
        joined = self.doc.keys[min(j, limit - 1)] in ("dan", "serta")
        return j < limit and self.doc.is_word[j] and not self.doc.capital[j] and not joined

    def titles_follow(self, i: int, limit: int) -> bool:
        """'Kapolsek Sitinjau AKP ...': a rank after the run says that the run is the place."""
        return i < limit and (self.names.titles_start(i) or self.names.opens(i, limit))

    def _holder(self, i: int, end: int) -> bool:
        """'Kepala Kantor X (N M)': whether the words up to `end` are a person's name."""
        name = self.names.read(i, end)
        if name is None or name.end != end:
            return False
        shorts = any(
            word.isupper() and len(word) > 1 for word in self.doc.words[name.first : name.last]
        )
        return not shorts

    def _lone(self, i: int, limit: int) -> bool:
        return self.names.bracketed(i, limit) is not None

    def bracket(self, i: int, limit: int, *, after_post: bool = False) -> tuple[str | None, int]:
        """'(Kejari)': the gloss and the token after it; (None, i) when no gloss stands here.

        After a post a bracket may hold who has it.
        """
        doc = self.doc
        if i >= limit or doc.words[i] != "(":
            return None, i
        for j in range(i + 1, min(limit, i + 2 + MAX_BRACKET_TOKENS)):
            if doc.words[j] == ")":
                inner = doc.written(i + 1, j) if j > i + 1 else ""
                if not inner or not inner[0].isalpha() or "," in inner:
                    return None, i
                if self._holder(i + 1, j) if " " in inner else after_post and self._lone(i, limit):
                    return None, i
                return inner, j + 1
        return None, i
