"""Bodies that no table has, where only a body can stand: behind a post."""

from __future__ import annotations

import re

from sinergi.graph.extraction.orgs import ORDINALS, SECTIONS, Org
from sinergi.graph.extraction.places import LEVEL_WORDS
from sinergi.graph.extraction.runs import RunReader
from sinergi.graph.registry.institutions import GOVERNMENT

# Of an abbreviation; 'DP3APMD' and 'BP3D' of letters and digits are bodies, 'SP4N' is a program.
MIN_LETTERS = 3
MIN_SIGNS = 5
_OFFICE_LETTERS = frozenset("BDP")  # of Badan, Dinas, Pusat
_NATION = frozenset(("republik", "indonesia", "ri"))
_OFFICE = re.compile(r"(?:din|dis)[a-z]{4,}")
# A body that is named as in English ends with what it is: 'Air Power Center'.
MAX_ENGLISH_TOKENS = 6


class UnknownReader:
    """Reads bodies of no known kind in one document."""

    def __init__(self, runs: RunReader) -> None:
        self.doc, self.lex, self.names, self.runs = runs.doc, runs.lex, runs.names, runs

    def read(self, i: int, limit: int, *, alone: bool = False) -> Org | None:
        """'Kepala BPBPK Jambi', 'Direktur Jati Group': the body that begins at token i.

        With `alone` the post is not one of several ('didampingi Direktur N, M mengatakan'), so
        that 'Direktur Jati Wangi, N M mengatakan' names a body and its holder.
        """
        doc = self.doc
        word = doc.words[i] if i < limit else ""
        run = self.runs.short(i, limit) if word else i
        if word.lower() in LEVEL_WORDS and (place := self.runs.region(i, limit)):
            # 'Guru Kota X N': whose the post is, is the region's government.
            kind = self.lex.registry.kinds[GOVERNMENT]
            return Org(i, place[1], kind.name, place[0].label, kind, region=place[0])
        region = self.runs.region(run, limit) if run > i else None
        if region and region[1] < limit and self.names.read(region[1], limit) is not None:
            # 'Ketua Jalasakti Madyapura N': an own name, its region, then the holder.
            org = Org(i, run, doc.written(i, run))
            self.runs.append_region(org, limit)
            return org
        end = self.english(i, limit) or self._titled(i, run, limit)
        if end:
            org = Org(i, end, doc.written(i, end))
            self.runs.append_region(org, limit)
            return org
        shortened = self._bracketed(i, limit)
        if shortened is not None:
            return shortened
        known = any(
            doc.keys[j] in _NATION or self.lex.kinds.at(doc, j) or self.lex.agencies.at(doc, j)
            for j in range(i, run)
        )
        if alone and not known and doc.keys[i] not in self.lex.common:
            own = self.runs.own_name_end(i, limit)
            if own > i + 1 and self.runs.tells_of(own, limit):
                return Org(i, own, doc.written(i, own))
        return self._coined(i, limit) or self._shortened(i, limit)

    def _bracketed(self, i: int, limit: int) -> Org | None:
        """'Gerakan Cinta Laut (GCL) Kota X': an own name that the text shortens behind it."""
        doc = self.doc
        run = self.runs.own_name_end(i, limit)
        if run < i + 2 or doc.past_bracket.get(run) != run + 3 or run + 3 > limit:
            return None
        short = doc.words[run + 1]
        if not (short.isupper() and short.isalpha() and short[0] == doc.words[i][0]):
            return None
        if self.names.titles_start(i) or self.lex.posts.at(doc, i) or self.lex.kinds.at(doc, i):
            return None
        if doc.keys[i] in self.lex.unit_words:
            return None  # 'Menteri Pemberdayaan X (PX)'
        org = Org(i, run + 3, doc.written(i, run), gloss=short)
        self.runs.append_region(org, limit)
        return org

    def english(self, i: int, limit: int) -> int:
        """'Jati Group', 'Pusat Daya Center Indonesia': the token behind a name told by its last
        word, else 0."""
        doc = self.doc
        for j in range(i, min(limit, i + MAX_ENGLISH_TOKENS)):
            if not doc.capital[j] or self.names.titles_start(j):
                break
            if j > i and doc.keys[j] in self.lex.words.body_ends:
                return j + 1 + (j + 1 < limit and doc.keys[j + 1] == "indonesia")
        return 0

    def _titled(self, i: int, run: int, limit: int) -> int:
        """'Komandan Xyz Letkol N': the token behind a word of no name, as the holder's rank says,
        else 0."""
        doc = self.doc
        if run != i + 1 or run >= limit or not self.lex.ranks.at(doc, run) or not doc.capital[run]:
            return 0
        return 0 if self.names.headline[i] or self.names.titles_start(i) else run

    def _coined(self, i: int, limit: int) -> Org | None:
        """'Kepala Dinkopar N M': a regional office shortened to one word that no table has."""
        doc = self.doc
        if i + 1 >= limit or not doc.capital[i] or not _OFFICE.fullmatch(doc.keys[i]):
            return None
        if doc.keys[i] in self.lex.common or self.names.headline[i]:
            return None
        name = self.names.read(i + 1, limit)
        if name is None or (len(name.keys) < 2 and not name.titled):
            return None
        kind = self.lex.registry.kinds["dinas"]
        return Org(i, i + 1, doc.words[i], kind=kind, complete=False)

    def _shortened(self, i: int, limit: int) -> Org | None:
        """'BPBPK', 'DPP IKA UJM': abbreviations that no table has."""
        doc = self.doc
        word = doc.words[i] if i < limit else ""
        office = word[:1] in _OFFICE_LETTERS
        least = MIN_LETTERS if word.isalpha() or office else MIN_SIGNS
        level = len(word) == 2 and i + 1 < limit and self._goes_on(i + 1, limit)  # 'PB HMX'
        long = level or len(word) >= least
        plain = word.replace("-", "").isalnum()  # 'MP-PKX'
        if not (word.isupper() and plain and long) or self.names.headline[i]:
            return None
        if doc.keys[i] in self.lex.words.never_names:
            return None  # 'VIP'
        if doc.keys[i] in self.lex.words.classes or doc.keys[i] in ORDINALS:
            return None
        if self.names.titles_start(i) or self.lex.posts.at(doc, i):
            return None
        end = self.runs.before_holder(i, i + 1, self.runs.own_name_end(i + 1, limit), limit)
        org = Org(i, i + 1, word)
        of_part = doc.keys[i - 1] in SECTIONS if i else False  # 'Kepala Seksi PX N'
        parted = (
            end < limit and not of_part and self.runs.comma_name(end, limit)
        )  # 'Kepala BX Y, N'
        again = end > i + 1 and doc.norm.count(doc.norm[doc.starts[i] : doc.ends[end - 1]]) > 1
        if end > i + 1 and (parted or again):
            org.stem, org.last = doc.written(i, end), end
            return org
        while org.last < limit and self._goes_on(org.last, limit):
            org.last += 1
        org.stem = doc.written(i, org.last)
        self.runs.append_region(org, limit)
        return org

    def _goes_on(self, j: int, limit: int) -> bool:
        """Whether one more abbreviation belongs to the name: no degree, and no name in capitals."""
        doc = self.doc
        word = doc.words[j]
        if not (word.isupper() and word.isalpha() and len(word) > 1) or doc.gap(j) != " ":
            return False
        if self.names.titles_start(j) or self.names.degrees_at(j, limit)[0]:
            return False
        if doc.keys[j] in ORDINALS:
            return False
        return not self.runs.region(j, limit) and not self.names.shouted[j]
