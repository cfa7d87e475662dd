"""Persons' names with what surrounds them: rank, honorific, degrees before and after.

'AKBP Dr. H. Suta Contoh, S.H., S.I.K.' is the name 'Suta Contoh' with a rank and three degrees;
no comma inside a chain of degrees ever parts two persons.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from sinergi.graph.extraction.lexicon import Lexicon, Phrases, is_nominal
from sinergi.graph.extraction.places import BARE_WEIGHT, Places
from sinergi.graph.extraction.text import Document
from sinergi.graph.registry.people import Rank
from sinergi.graph.spelling import shortens

# Longest name read; longer runs are headlines or lists without commas.
MAX_NAME_TOKENS = 7
# 'S.Tr.(Han)', 'S. I. Kom': letter groups of one degree.
MAX_DEGREE_GROUPS = 5
MAX_GROUP_LETTERS = 7
# A word of so few capitals is an abbreviation.
MAX_INITIALS = 3
# '(Yuyun)', '(Cok Oka)'
NICKNAME_TOKENS = 2
# '(Budiman)' behind a post; '(Purn)' and '(TU)' are none.
MIN_BRACKETED_LETTERS = 5
# 'Dinas Komunikasi dan Informatika (Kominfo)': what a bracket shortens stands this near.
MAX_SHORTENED_TOKENS = 8
# Share of capitals from which a sentence is a headline and capitals say nothing of names.
HEADLINE_SHARE = 0.7
# A longer one is a list of names and offices whose full stop was forgotten.
MAX_HEADLINE_TOKENS = 30

_NUMERALS = frozenset(["ii", "iii", "iv", "vi", "vii", "viii", "ix", "xi", "xii"])


# Degrees that stand before names and in none: 'Kabupaten Teluk Drg N'.
_BEFORE_NAMES = frozenset(("dra", "drg", "drh", "drs", "prof"))
# 'Abdul Hakim': posts, too, but not behind the beginning of a name.
_NAMES_TOO = frozenset(("hakim",))
_SPOUSES = frozenset(["ny", "nyonya"])
_NUMERAL = re.compile("X{0,2}(?:I{2,3}|IV|VI{1,3}|IX)|XI?")  # 'Kodam IV X': no name begins so
_MIXED = re.compile(r"[a-z][A-Z]")  # 'GenRe', 'SIDesa': a brand
_DOTTED = re.compile(r"[SM](?:\.[A-Z][a-z]{0,3}){2,3}\b\.?")
_VERB = re.compile(r"(?:me|di|ber|ter)\w{4,}")


@dataclass(slots=True)
class Name:
    """A person as named once. Tokens `first`..`last` are the name proper, `begin`..`end` all."""

    first: int
    last: int
    begin: int
    end: int
    text: str
    rank: str | None = None
    rank_row: Rank | None = None  # what the registry has of the rank
    degrees: list[str] = field(default_factory=list)
    nickname: str | None = None
    titled: bool = False  # a rank, honorific or degree vouches for it
    spouse: bool = False  # 'Ny': a husband's name may stand behind her own
    keys: tuple[str, ...] = field(init=False, repr=False, compare=False)  # its words, lower case

    def __post_init__(self) -> None:
        self.keys = tuple(self.text.lower().replace(".", " ").replace("'", "").split())


class NameReader:
    """Reads names from one document."""

    def __init__(self, doc: Document, lexicon: Lexicon, places: Places) -> None:
        self.doc = doc
        self.lex = lexicon
        self.places = places
        self.bodies: set[str] = set()  # short forms of agencies that the text explains
        # Where capitals say nothing of names: in headlines, the more where all letters are.
        self.headline = [False] * len(doc)
        self.shouted = [False] * len(doc)
        for sentence in doc.sentences:
            words = [
                i for i in range(sentence.first, sentence.last)
                if doc.is_word[i] and len(doc.words[i]) > 2
            ]  # fmt: skip
            if doc.words[sentence.first] == "(":
                continue  # a byline
            length, share = sentence.last - sentence.first, HEADLINE_SHARE * len(words)
            ended = doc.words[sentence.last - 1] in ".!?"  # a headline has no full stop
            brief = len(words) > 2 and length <= MAX_HEADLINE_TOKENS
            if brief and not ended and sum(doc.capital[i] for i in words) >= share:
                self.headline[sentence.first : sentence.last] = [True] * length
            if len(words) > 2 and sum(doc.words[i].isupper() for i in words) >= share:
                self.shouted[sentence.first : sentence.last] = [True] * length

    def read(self, i: int, limit: int) -> Name | None:
        """The name that begins (with its titles) at token i, within tokens up to `limit`."""
        doc = self.doc
        before = i - 2 if i > 1 and doc.words[i - 1] == "." else i - 1
        if i and doc.keys[before] in self.lex.words.named_after:
            return None
        rank, degrees, j, titled = self._titles(i, limit)
        first = j
        j = self._name_end(j, limit, ranked=rank is not None, titled=titled)
        if j == first:
            return None
        text = doc.written(first, j)
        if not self._plausible(first, j, titled):
            return None
        spouse = doc.find(i, first, _SPOUSES) >= 0
        name = Name(first, j, i, j, text, rank, degrees=degrees, titled=titled, spouse=spouse)
        ranked = self.lex.ranks.at(doc, i) if rank is not None else None
        name.rank_row = ranked.values[0] if ranked is not None else None
        k = self._nickname(j, limit, name)
        suffixes, k = self.degrees_at(k, limit)
        if suffixes:
            name.degrees += suffixes
            name.titled = True
        name.end = k
        return name

    def bracketed(self, i: int, limit: int) -> Name | None:
        """'Kepala Kantor Wilayah (N M)': the holder between brackets, of two words at least."""
        name = self.read(i + 1, limit) if i + 1 < limit else None
        if name is None or name.end >= limit or self.doc.words[name.end] != ")":
            return None
        return name if len(name.keys) > 1 or name.titled or self._no_gloss(i) else None

    def _no_gloss(self, i: int) -> bool:
        """'Kepala Lapas X (Budiman)': a word in brackets that shortens nothing before it."""
        doc, lex = self.doc, self.lex
        word, key = doc.words[i + 1], doc.keys[i + 1]
        if not word.istitle() or len(word) < MIN_BRACKETED_LETTERS or key in lex.common:
            return False
        tables: tuple[Phrases[Any], ...] = (lex.districts, lex.units, lex.heads, lex.corps)
        if lex.starts_body(doc, i + 1) or any(table.at(doc, i + 1) for table in tables):
            return False
        first = max(doc.sentence_of(i).first, i - MAX_SHORTENED_TOKENS)
        return not shortens(key, "".join(doc.keys[first:i]))

    def opens(self, i: int, limit: int) -> bool:
        """'I Made', 'Ni Luh', 'Ida Bagus': a Balinese name begins here, whatever stood before."""
        doc = self.doc
        return (
            i + 1 < limit
            and doc.words[i] in ("I", "Ni", "Ida")
            and doc.capital[i + 1]
            and doc.keys[i + 1] in self.lex.words.name_openers
        )

    def titles_start(self, i: int) -> bool:
        """Whether a rank, an honorific or a degree that stands before names begins at token i."""
        doc = self.doc
        if doc.keys[i] not in self.lex.title_openers or not doc.is_word[i]:
            return False
        if self.lex.ranks.at(doc, i):
            return self._ranked(i)
        if self.lex.honorifics.at(doc, i):
            return doc.capital[i]
        return self._prefix_degree(i)[0] is not None

    def _titles(self, i: int, limit: int) -> tuple[str | None, list[str], int, bool]:
        """Rank, degrees before the name and the token after them."""
        doc, lex = self.doc, self.lex
        rank: str | None = None
        degrees: list[str] = []
        j, titled = i, False
        while j < limit:
            if titled and doc.words[j] in ",." and j + 1 < limit and not doc.gap(j):
                j += 1
                continue
            hit = lex.ranks.at(doc, j) if rank is None and self._ranked(j) else None
            if hit is None and not titled and doc.capital[j] and (stray := lex.corps.at(doc, j)):
                j, titled = stray.end, True  # 'Inf' whose rank a full stop parted
                continue
            if rank is not None and titled and doc.words[j] == doc.words[j - 1]:
                j += 1  # 'AKBP AKBP N'
                continue
            if hit:
                start, j, titled = j, hit.end, True
                while j < limit:  # 'Letkol Inf', 'Kapten Laut (P)', 'Brigjen TNI (Purn)'
                    corps = lex.corps.at(doc, j) if doc.capital[j] or doc.words[j] == "(" else None
                    if corps is None:
                        break
                    j = corps.end
                rank = doc.written(start, j).rstrip(".")
                if j < limit and doc.words[j] == "(" and lex.ranks.at(doc, j + 1):
                    j = doc.past_bracket.get(j, j)  # 'Ajun Komisaris Besar Polisi (AKBP) N'
                continue
            degree, end = self._prefix_degree(j)
            if degree:
                degrees.append(degree)
                j, titled = end, True
                continue
            honorific = lex.honorifics.at(doc, j) if doc.is_word[j] else None
            if honorific and (doc.capital[j] or (titled and len(doc.words[j]) > 1)):
                # 'H' and 'Hj' alone may be an initial: only before a capitalized word.
                nxt = honorific.end
                if nxt + 1 < limit and doc.words[nxt] == "." and len(doc.words[j]) > 2:
                    nxt += doc.capital[nxt + 1]  # 'Bapak. N'
                if nxt < limit and (doc.capital[nxt] or doc.words[nxt] == ","):
                    j, titled = nxt, True
                    continue
            break
        return rank, degrees, j, titled

    def _ranked(self, i: int) -> bool:
        """Whether a rank's word is one: capitalized or before a corps ('kapten Inf. N')."""
        hit = None if self.doc.capital[i] else self.lex.ranks.at(self.doc, i)
        if hit is None or hit.end >= len(self.doc):
            return self.doc.capital[i]
        return self.doc.capital[hit.end] and self.lex.corps.at(self.doc, hit.end) is not None

    def _prefix_degree(self, i: int) -> tuple[str | None, int]:
        """'Dr.', 'Drs.', 'Ir.', 'dr.' before a name: the degree as written, and what follows it."""
        doc = self.doc
        if i >= len(doc) or doc.keys[i] not in self.lex.prefix_degrees:
            return None, i
        end = doc.after[i]
        if end < len(doc) and doc.words[end] == "(":  # 'Dr. (H.C.) N'
            closed = doc.past_bracket.get(end, end)
            if "".join(w for w in doc.keys[end + 1 : closed - 1] if w != ".") == "hc":
                end = closed
        if (
            end + 1 < len(doc)
            and doc.words[end] == ","
            and doc.capital[end + 1]
            and not doc.gap(end)
        ):
            end += 1  # 'Prof. Drs, N'
        if end >= len(doc) or not (doc.capital[end] or end > i + 1):
            return None, i
        if doc.words[i].islower() and doc.words[i] not in ("dr", "drg", "drh", "apt", "ns"):
            return None, i
        return doc.text[doc.starts[i] : doc.ends[end - 1]], end

    def _name_end(self, i: int, limit: int, *, ranked: bool, titled: bool) -> int:
        doc, lex = self.doc, self.lex
        j, count, headline = i, 0, i < limit and self.headline[i]
        while j < limit and count < MAX_NAME_TOKENS:
            key, word = doc.keys[j], doc.words[j]
            if word == "'" and count and not doc.gap(j) and j + 1 < limit and doc.capital[j + 1]:
                j += 1  # 'Asma' Khozin'
                continue
            if not doc.is_word[j] or word[0].isdigit():
                break
            if not doc.capital[j]:
                nxt = j + 1
                if count and key in lex.words.name_particles and nxt < limit and doc.capital[nxt]:
                    j = nxt
                    continue
                break
            if count and (doc.starts[j] > doc.ends[j - 1] + 2 or "\n" in doc.gap(j)):
                break
            body = lex.agencies.at(doc, j) if ranked and j == i and word.istitle() else None
            party = body is not None and body.end == j + 1
            named = count > 1 and self.opens(i, limit) and key == "negara"  # 'I Ketut N Negara'
            shout = titled and not count and word.isupper() and len(word) > MAX_INITIALS
            shout = shout and key not in lex.suffix_degrees and word not in self.bodies
            shout = shout and not (key in lex.common or lex.starts_body(doc, j))  # 'AKP CONTOH'
            plain = ranked and not count and word.istitle() and j + 1 < limit
            plain = plain and lex.only_a_name(doc, j + 1)
            if self._stops_name(j, count, headline) and not (party or named or shout or plain):
                break  # but 'Brigjen Pol Golkar N'
            if count and (key in _BEFORE_NAMES or self._degree(j, limit, comma=False)):
                break
            nxt = doc.after[j]
            if nxt > j + 1 and not (len(word) == 1 or key in lex.words.shortened_names):
                nxt = j + 1  # a full stop that ends the sentence
                count += 1
                j = nxt
                break
            j, count = nxt, count + 1
        # No name ends in a particle; an initial's full stop stays with it.
        return j

    def _stops_name(self, j: int, count: int, headline: bool) -> bool:
        doc, lex = self.doc, self.lex
        key, word = doc.keys[j], doc.words[j]
        if len(word) == 1 or key in lex.words.shortened_names:
            return False
        if word in self.bodies or (not count and _NUMERAL.fullmatch(word)):
            return True
        if (key in lex.words.never_names and not (count and key in lex.words.never_first)) or (
            key.endswith("kan") and len(key) > 6
        ):
            return True
        initials = word.isupper() and len(word) == 2 and not headline  # 'AH N'
        plain = key in lex.common and key not in lex.words.name_words and not initials
        if plain and (headline or not count):
            return True
        if key in lex.words.topic_ends or _MIXED.search(word):
            return True
        if key in lex.common and _VERB.match(key):
            return True
        if is_nominal(key) and len(key) > 6:
            return True
        if count == 0 and self.places.at(doc, j) and key not in lex.words.name_words:
            return True
        if word.isupper() and len(word) > 2 and not self.shouted[j]:
            # 'KSBN' is no name; 'EKO PURNOMO' is one when all of it is in capitals.
            near = doc.words[j - 1] if count else doc.words[j + 1] if j + 1 < len(doc) else ""
            if (
                not (near.isupper() and len(near) > 2)
                or lex.suffix_degrees.get(near.lower()) is not None
            ):
                return True
        if count and key not in lex.words.name_words and self._named_region(j):
            return True
        if count and key in _NAMES_TOO:
            return False
        if lex.posts.at(doc, j) or lex.heads.at(doc, j) or lex.ranks.at(doc, j):
            return True
        if lex.modifiers.at(doc, j):
            return True
        told = lex.cues.at(doc, j) or lex.meeting_words.at(doc, j)
        if told and key not in lex.words.name_words:
            return True
        hit = lex.kinds.at(doc, j) or lex.agencies.at(doc, j)
        return hit is not None and (hit.end > j + 1 or key not in lex.words.name_words)

    def _named_region(self, j: int) -> bool:
        """A surname may be a region's name too; one the article speaks of is the region."""
        region = self.places.at(self.doc, j)
        return region is not None and any(
            self.places.weights.get(r.code, 0.0) > BARE_WEIGHT for r in region.values
        )

    def _plausible(self, first: int, last: int, titled: bool) -> bool:
        keys = [k for k in self.doc.keys[first:last] if k != "."]
        words = [k for k in keys if len(k) > 1]
        written = self.doc.words[first]
        degree = written.isupper() and written.lower() in self.lex.suffix_degrees
        if not words or (len(keys) == 1 and degree):  # 'Kepala Dinas X ST, ...'
            return False
        initials = written.isupper() and len(written) <= MAX_INITIALS and not self.shouted[first]
        if len(keys) == 1 and initials and not titled:
            return False  # 'Wali Kota AA'
        if all(k in self.lex.common for k in words) and not titled:
            return False
        if last < len(self.doc) and self.doc.words[last][0].isdigit():
            return "\n" in self.doc.gap(last)  # 'Covid 19', 'Kelas 3'
        if not titled and self._is_place(first, last):
            return False
        return not all(k in _NUMERALS for k in words)

    def _is_place(self, first: int, last: int) -> bool:
        """A village, a district, or words that end in a place the article speaks of."""
        doc = self.doc
        if doc.written(first, last).casefold() in self.places.known:
            return True
        final = self.places.at(doc, last - 1) or self.lex.districts.at(doc, last - 1)
        if final is None or final.end != last:
            return False
        home = self.places.home
        inside = home is not None and any(r.code.startswith(home.code) for r in final.values)
        weighed = any(self.places.weights.get(r.code, 0) > BARE_WEIGHT for r in final.values)
        return (last - first <= 2 and inside) or weighed

    def _nickname(self, j: int, limit: int, name: Name) -> int:
        """'(Yuyun)' after a name; a bracket with a post, place or abbreviation is none."""
        doc = self.doc
        closed = doc.past_bracket.get(j, j) if j < limit else j
        inner = range(j + 1, closed - 1)
        if 0 < len(inner) <= NICKNAME_TOKENS and closed <= limit and all(
            doc.capital[k]
            and not doc.words[k].isupper()
            and doc.keys[k] not in self.lex.common
            and not self._stops_name(k, 0, False)
            for k in inner
        ):  # fmt: skip
            name.nickname = doc.written(j + 1, closed - 1)
            return closed
        return j

    def degrees_at(self, i: int, limit: int) -> tuple[list[str], int]:
        """The chain of degrees after a name, however sloppily written, and the token after it."""
        doc = self.doc
        degrees: list[str] = []
        end = j = i
        while j < limit:
            comma = False
            while j < limit and doc.words[j] in ",.;":
                comma |= doc.words[j] == ","
                j += 1
            found = self._degree(j, limit, comma=comma or bool(degrees)) if j < limit else None
            if found is None:
                break
            degrees.append(found[0])
            end = j = found[1]
        return degrees, end

    def _degree(self, i: int, limit: int, *, comma: bool) -> tuple[str, int] | None:
        """One degree at token i ('S', '.', 'I', '.', 'K', '.'), longest reading first."""
        doc = self.doc
        letters, best = "", None
        j, groups = i, 0
        while j < limit and groups < MAX_DEGREE_GROUPS:
            word = doc.words[j]
            if doc.is_word[j] and word.isalpha() and len(word) <= MAX_GROUP_LETTERS:
                parted = groups and doc.gap(j) and doc.words[j - 1] != "." and len(letters) > 3
                if parted and letters + doc.keys[j] not in self.lex.suffix_degrees:
                    break  # but 'ASEAN Eng.'
                letters += doc.keys[j]
                groups += 1
            elif word == "(" and groups and j + 2 < limit and doc.words[j + 2] == ")":
                letters += doc.keys[j + 1]
                j += 2
            else:
                break
            j += 1
            stop = j < limit and doc.words[j] == "." and not doc.gap(j)
            ambiguous = self.lex.suffix_degrees.get(letters)
            if ambiguous is not None and self._looks_like_degree(i, j, comma, groups, ambiguous):
                best = (doc.written(i, j + stop), j + stop)
            j += stop
        return best or self._dotted(i, limit)

    def _dotted(self, i: int, limit: int) -> tuple[str, int] | None:
        """'N S.C.P serta': no table has the degree, but nothing else looks like it there."""
        doc = self.doc
        match = _DOTTED.match(doc.norm, doc.starts[i])
        end = i
        while match and end < limit and doc.starts[end] < match.end():
            end += 1
        if match is None or (end < limit and doc.capital[end]):
            return None
        return match.group(), end

    def _looks_like_degree(
        self, first: int, last: int, comma: bool, groups: int, ambiguous: bool
    ) -> bool:
        doc = self.doc
        written = doc.norm[doc.starts[first] : doc.ends[last - 1]]
        capitals = sum(c.isupper() for c in written)
        if not capitals:
            return False
        if groups == 1:
            if self.shouted[first]:
                return comma or len(written) <= 2
            sloppy = not ambiguous and written.istitle() and 3 <= len(written) <= 5
            ends = last >= len(doc) or not (doc.capital[last] and doc.is_word[last])
            if not ends and sloppy:  # 'N Ssos MPA'
                ends = doc.words[last].isupper() and doc.keys[last] in self.lex.suffix_degrees
            short = comma and written[0].isupper() and len(written) <= 4
            return capitals >= 2 or short or (sloppy and ends)  # 'N Ssos', 'N Spd'
        return "." in written or capitals >= 2
