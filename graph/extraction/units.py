"""What an agency or an office is for: 'Komunikasi dan Informatika', 'Keamanan dan Ketertiban'."""

from __future__ import annotations

import re

from sinergi.graph.extraction.lexicon import is_nominal
from sinergi.graph.extraction.orgs import SECTIONS
from sinergi.graph.extraction.places import LEVEL_WORDS
from sinergi.graph.extraction.runs import RunReader

# How far a list of parts reaches before the 'dan' that closes it.
MAX_LIST_TOKENS = 12
# 'Fraksi Partai Amanat Nasional Demokrat DPRD': the longest name of a fraction.
MAX_FRACTION_TOKENS = 7

_VERB = re.compile(r"(?:me|di|ber|ter|se)\w{4,}|\w{4,}(?:kan|lah|nya)$")
_JOINTS = frozenset({"dan", "serta", "&"})
_HEADED = SECTIONS | {"dinas", "badan", "kasubag", "kasi", "kabid", "kabag"}
_COUNCILS = frozenset(("dprd", "dprk", "dpr", "dpra", "mpr"))
# Kinds whose word stands in the names of units too: 'Bidang Lembaga dan Desa'.
_UNIT_KINDS = frozenset(
    [
        "lembaga",
        "desa",
        "komisi-negara",
        "badan-nasional",
        "kelurahan",
        "kampung",
        "kecamatan",
        "nagari",
        "dusun",
    ]
)
# Forms of bodies that have units, and are none themselves.
_WHOLES = frozenset(("state", "university"))
# 'Kepala Bagian Umum dan Humas': a part of what it is for, though an office of its own elsewhere.
_ALSO_POSTS = frozenset(("humas",))
# Of a nation, or of many: 'DLH dan OPD terkait'.
_NO_UNITS = frozenset({"ri", "indonesia", "republik", "opd", "skpd"})


class UnitReader:
    """Reads the names of units in one document."""

    def __init__(self, runs: RunReader) -> None:
        self.doc, self.lex, self.names, self.runs = runs.doc, runs.lex, runs.names, runs

    def read(self, i: int, limit: int, *, started: bool = False) -> tuple[str, int]:
        """What a Dinas, Bidang or Seksi is for: 'Komunikasi dan Informatika' from token i.

        With `started` a first part is read already, so that a joint may come first. Returns
        the words, abbreviations expanded, and the token after them; ('', i) when there are none.
        """
        doc = self.doc
        parts: list[str] = []
        j, end = i, i
        if 0 < i < limit and not started and not doc.capital[i] and doc.keys[i - 1] in _HEADED:
            words, after = self._small(i, limit)
            if words:
                return words, after
        while j < limit:
            if doc.words[j] in (",", "/") or doc.keys[j] in _JOINTS:
                if not (parts or started) or j + 1 >= limit:
                    break
                nxt = j + 1
                if doc.words[j] == "," and doc.keys[nxt] in _JOINTS:
                    nxt += 1
                tail, behind = self._small_tail(nxt, limit) if parts else ("", nxt)
                if tail and doc.words[j] != "/":
                    parts.append(", " if doc.words[j] == "," else " ")
                    parts.append(f"dan {tail}" if doc.keys[nxt - 1] in _JOINTS else tail)
                    j = end = behind
                    continue
                both = nxt < limit and doc.keys[nxt] in _ALSO_POSTS
                if nxt >= limit or not self._is_unit_word(nxt):
                    break
                if self._ends_unit(nxt, True) and not both:
                    break
                if started and doc.keys[nxt] in SECTIONS:
                    break  # 'Diskominfo dan Bagian Hukum'
                started = False
                closes = nxt > j + 1  # ', dan'
                if doc.words[j] == "," and not closes and not self._list_of_units(nxt, limit):
                    break
                parts.append(", " if doc.words[j] == "," else "/" if doc.words[j] == "/" else " ")
                if (doc.words[j] == "," and nxt > j + 1) or doc.words[j] not in (",", "/"):
                    parts.append("dan ")
                j = nxt
                continue
            # 'Dinas komunikasi dan Informatika': the writer's small letter
            small = j == i > 0 and not doc.capital[j] and doc.keys[i - 1] in _HEADED
            hit = self.lex.units.at(doc, j) if doc.capital[j] or small else None
            short = hit is not None and parts and parts[-1] != "dan " and doc.words[j].isupper()
            if short and self._ends_unit(j, True):
                break  # 'Analis Kepegawaian BKD', which is a unit elsewhere
            if hit:
                word, after = hit.values[0].unit, hit.end
            elif self._is_unit_word(j, sure=started and not parts) and not self._ends_unit(
                j, bool(parts)
            ):
                word, after = doc.words[j], doc.after[j]
            else:
                break
            if parts and parts[-1][-1] not in " /":
                parts.append(" ")
            parts.append(word)
            j = end = after
        return "".join(parts).strip(" /") if end > i else "", end

    def _small(self, i: int, limit: int) -> tuple[str, int]:
        """'kepala bidang pemberdayaan perempuan Dinas X': words in small letters up to the agency
        or the holder, all of them such as units are named with; ('', i) for others."""
        doc, j = self.doc, i
        parts: list[str] = []
        while j < limit and j - i < MAX_LIST_TOKENS and not doc.capital[j]:
            hit = self.lex.units.at(doc, j)
            word = doc.keys[j]
            known = hit is not None or word in self.lex.unit_words or is_nominal(word)
            if not known or (word in _JOINTS and not parts):
                return "", i
            joint = word in _JOINTS
            parts.append(hit.values[0].unit if hit else word if joint else doc.words[j].title())
            j = hit.end if hit else j + 1
        if not parts or parts[-1] in _JOINTS or j >= limit or not doc.capital[j]:
            return "", i
        if self._is_unit_word(j) and not self._ends_unit(j, True):
            return "", i  # 'Bidang sarana dan Prasarana Pendidikan'
        return " ".join(parts), j

    def _small_tail(self, i: int, limit: int) -> tuple[str, int]:
        """'Dinas Sosial dan perlindungan anak, N M': more of a unit in small letters, where a
        comma and a name close it; ('', i) for other words."""
        doc, j = self.doc, i
        while j < limit and j - i < MAX_LIST_TOKENS and not doc.capital[j] and doc.is_word[j]:
            known = doc.keys[j] in self.lex.unit_words or is_nominal(doc.keys[j])
            if not known or (j == i and doc.keys[j] in _JOINTS):
                return "", i
            j += 1
        closed = j > i and self.runs.comma_name(j, limit)
        words = (w if w in _JOINTS else w.title() for w in doc.words[i:j])
        return (" ".join(words), j) if closed else ("", i)

    def _ends_unit(self, j: int, started: bool) -> bool:
        """An agency or a post begins here: 'Kepala Bidang X Kementerian Y'."""
        hit = self.lex.kinds.at(self.doc, j)
        kind = hit.values[0].kind if hit is not None else None
        if kind is not None and kind.form in _WHOLES and kind.key not in _UNIT_KINDS:
            return True
        local = kind is not None and kind.scope in ("district", "village") and started
        if hit is not None and local and self.doc.keys[j - 1] != "dan" and self._named(hit.end):
            return True  # 'Kasi X Kecamatan Y', but not 'Bidang Lembaga dan Desa'

        if self.lex.agencies.at(self.doc, j):
            return True
        return started and self.runs.starts_other(j)

    def _named(self, i: int) -> bool:
        """Whether token i may be the name of a village or a district."""
        doc = self.doc
        if i >= len(doc) or not doc.capital[i] or not doc.is_word[i]:
            return False
        ordinary = doc.keys[i] in self.lex.common or doc.keys[i] in self.lex.unit_words
        ordinary |= doc.keys[i] in LEVEL_WORDS
        return not ordinary and not is_nominal(doc.keys[i]) and self.lex.units.at(doc, i) is None

    def _list_of_units(self, i: int, limit: int) -> bool:
        """After a comma: more of the unit's name only if a 'dan' closes the list soon."""
        doc = self.doc
        j = i
        while j < limit and j - i < MAX_LIST_TOKENS:
            if doc.keys[j] in _JOINTS:
                if j + 1 < limit and self._small_tail(j + 1, limit)[0]:
                    return True
                return j + 1 < limit and self._is_unit_word(j + 1)
            if doc.words[j] != "," and not self._is_unit_word(j):
                return False
            j += 1
        return False

    def _is_unit_word(self, i: int, *, sure: bool = False) -> bool:
        """Whether token i may belong to a unit's name; `sure` asks for a word known to."""
        doc = self.doc
        key = doc.keys[i]
        if not doc.is_word[i] or not doc.capital[i] or key in LEVEL_WORDS or key in _NO_UNITS:
            return False
        if self.lex.units.at(doc, i):
            return True
        if key in self.lex.prefix_degrees:
            return False  # 'Wakil Ketua Dr. N'
        if key in self.lex.unit_words:
            return key not in self.lex.words.name_words
        if is_nominal(key):  # 'Bekasi' only looks like one
            return key not in self.lex.words.name_words and not self.runs.places.at(doc, i)
        if sure or key not in self.lex.common or _VERB.match(key) or self.lex.cues.at(doc, i):
            return False
        # An ordinary word is part of the unit unless a name goes on behind it.
        nxt = doc.after[i]
        follows = nxt < len(doc) and doc.capital[nxt] and nxt == i + 1
        return not self.names.shouted[i] and not (
            follows and doc.keys[nxt] not in self.lex.common and not is_nominal(doc.keys[nxt])
            and doc.keys[nxt] not in self.lex.unit_words and not self.names.titles_start(nxt)
            and self.lex.kinds.at(doc, nxt) is None
        )  # fmt: skip

    def fraction(self, i: int, limit: int) -> tuple[str, int]:
        """'Golkar', 'Gerindra-PKS' behind 'Fraksi': a party's name, or all up to the council."""
        doc = self.doc
        for j in range(i, min(limit, i + MAX_FRACTION_TOKENS)):
            if doc.keys[j] in _COUNCILS:
                return doc.written(i, j), j
            if not doc.capital[j] and doc.words[j] not in "-/" and doc.keys[j] not in _JOINTS:
                break
        kind, body = self.lex.kinds.at(doc, i), self.lex.agencies.at(doc, i)
        if kind is not None and kind.values[0].kind.form == "party":
            return doc.written(i, kind.end).rstrip("."), kind.end
        if body is not None and body.values[0].sector == "politik":
            return doc.written(i, body.end).rstrip("."), body.end
        return "", i

    def odd(self, i: int, limit: int) -> tuple[str, int]:
        """'Dinas Perkimhub': an abbreviation that no table has."""
        end = self.runs.short(i, min(limit, i + 1))
        return (self.doc.words[i], end) if end > i else ("", i)

    def of_office(self, i: int, limit: int) -> tuple[str, int]:
        """What a Dinas is for, though a telescoped word or one that no table has tells it."""
        doc = self.doc
        known = i >= limit or not doc.capital[i] or self.lex.units.at(doc, i) is not None
        coined = "" if known else self.lex.coined.part(doc.keys[i])
        words, end = self.read(i + 1, limit, started=True) if coined else self.read(i, limit)
        if coined and words:  # 'Dinas Kominfotik dan Persandian'
            return further(coined, words), end
        if coined:
            return coined, i + 1
        return (words, end) if words or i >= limit or not doc.capital[i] else self.odd(i, limit)


def further(name: str, words: str) -> str:
    """A name that a list goes on from: 'A dan B' + 'dan C' is 'A, B dan C'."""
    if words[0] == ",":
        return f"{name}{words}"
    return f"{_opened(name) if words.startswith('dan ') else name} {words}"


def _opened(words: str) -> str:
    """A list that goes on: 'A dan B' before 'dan C'."""
    return words.replace(", dan ", ", ").replace(" dan ", ", ")
