"""Who holds a post: the name that follows it, or that it stands behind."""

from __future__ import annotations

import re
from collections.abc import Container

from sinergi.graph.extraction.dates import WEEKDAYS
from sinergi.graph.extraction.lexicon import Lexicon
from sinergi.graph.extraction.names import Name, NameReader
from sinergi.graph.extraction.odd_posts import PostMention
from sinergi.graph.extraction.orgs import ORDINALS
from sinergi.graph.extraction.places import LEVEL_WORDS
from sinergi.graph.extraction.runs import RunReader
from sinergi.graph.extraction.text import Document

# Between a post and its holder: 'Ketua panitia, yakni N', 'Kapolres yang dijabat N'.
_HOLDER_WORDS = frozenset(["yakni", "yaitu", "ialah", "adalah", "bernama", "saudara"])
# 'Kepada Bupati, N menyampaikan': the name begins the clause.
_ADDRESSED = frozenset(("kepada", "mewakili", "terhadap", "bagi"))
# 'Membacakan sambutan Bupati, N mengajak': a short name is the reader's.
_SPOKEN = frozenset(("sambutan", "amanat", "pesan", "arahan"))
# 'Menurut Kapolres, N ditangkap': what is done to N is news that the holder tells.
_PASSIVE = re.compile(r"(?:di|ter)[a-z]{4,}")
_TOO = frozenset(("juga", "sekaligus", "merangkap", "selaku"))
_COMPANY = frozenset(("didampingi", "ditemani", "bersama"))
# 'istri Bupati X, N': the name is hers.
_SPOUSES = frozenset(("istri", "isteri", "suami"))
# Between a name and the post that follows it: 'N selaku Kepala X'.
_AS_WORDS = (
    "selaku",
    "sebagai",
    "menjabat",
    "merupakan",
    "juga",
    "sekaligus",
    "yang",
    "adalah",
    "dikukuhkan",
    "dilantik",
    "ditetapkan",
    "ditunjuk",
    "dipercaya",
    "terpilih",
    "resmi",
    "menjadi",
    "kini",
    "saat",
    "ini",
    "seorang",
)
# Where a body is, without the name of the place.
_UNNAMED = LEVEL_WORDS.keys() | {"daerah"}
_NEW = frozenset(("terpilih", "definitif", "incumbent", "petahana"))
# 'diterima N, Kasubdit pada X', 'Yang menerima adalah N, Kasubdit pada X'
_INTRODUCERS = frozenset(
    ("adalah", "diterima", "disambut", "ialah", "menurut", "oleh", "yaitu", "yakni")
)
# 'masa bakti 2024-2027': a term of office.
_TERMS = frozenset(("periode", "masa", "tahun"))
_TERM_WORDS = _TERMS | {"bakti", "jabatan", "khidmat", "kerja", "sampai", "hingga"}
MAX_TERM_TOKENS = 8
# 'anggota Komisi X yang ikut, antara lain N dan M'
_LISTERS = ("lain", "diantaranya", "antaranya", "yakni", "yaitu")
MAX_LEAD_TOKENS = 10
_ASIDES = frozenset(("mewakili", "selaku"))
# 'N, S.E., Ak., CA, MBA': unknown degrees before a bracket.
MAX_DEGREE_TOKENS = 10
MAX_DEGREE_LETTERS = 6
# Posts of which a council has many, told apart by what their holders sit for.
_MEMBERS = ("Anggota", "Ketua", "Wakil Ketua")
_FROM = frozenset(("dari", "asal"))
# An aside between a post and its holder is short.
MAX_ASIDE_TOKENS = 8


class HolderReader:
    """Links posts and names in one document."""

    def __init__(self, doc: Document, lexicon: Lexicon, names: NameReader, runs: RunReader) -> None:
        self.doc, self.lex, self.names, self.runs = doc, lexicon, names, runs

    def after(self, post: PostMention, limit: int) -> Name | None:
        """The name that follows a post, past a comma or 'yakni'."""
        doc = self.doc
        j, comma = post.last, False
        if self._bracketed(post):
            j += 1  # 'Komandan X (Dandim Y), N'
        if j + 1 < limit and doc.keys[j] in _UNNAMED and doc.words[j + 1] == ",":
            j += 1  # 'Ketua PMI Kabupaten, N'
        elif j < limit and doc.keys[j] == "setempat":
            j += 1
        if j + 2 < limit and doc.keys[j] == "yang" and doc.keys[j + 1] == "baru":
            j += 2  # 'Kapolda X yang baru, N'
        elif j + 1 < limit and doc.keys[j] in _NEW:
            j += 1  # 'Ketua X terpilih N'
        if j + 1 < limit and doc.keys[j] in LEVEL_WORDS and j + 1 in doc.past_bracket:
            j = doc.past_bracket[j + 1]  # 'Sekretaris Daerah Provinsi (Sekdaprov) N'
        if j + 1 < limit and doc.keys[j] in ("kelas", "klas") and post.org is not None:
            j += 2  # 'Ketua Pengadilan Agama X Kelas II, N'
        place = self.runs.region(j, limit) if post.org is not None else None
        if place and (
            self.runs.titles_follow(place[1], limit) or self.runs.comma_name(place[1], limit)
        ):
            j = place[1]  # 'Rektor Universitas X (UX) Kota Dr N', 'Komandan Lanud X Kota, N'
        elif place and place[1] < limit and doc.keys[j] in LEVEL_WORDS:
            whole = self.names.read(place[1], limit)  # 'Kepala SMPN 1 X Kabupaten Y N M'
            j = place[1] if whole is not None and len(whole.keys) > 1 else j
        if not post.first or doc.words[post.first - 1] != ",":  # 'N, Bupati X periode 2020-2024, M'
            j = self._past_term(j, limit)
        if j < limit and doc.words[j] == "(" and (name := self.names.bracketed(j, limit)):
            return name
        if post.title.startswith(_MEMBERS):
            j = self._past_seat(j, limit)
        if j + 1 < limit and doc.keys[j] in LEVEL_WORDS and not self.runs.region(j, limit):
            after = doc.after[j]
            whole = self.names.read(after, limit) if after < limit else None
            named = whole is not None and len(whole.keys) > 1
            j = after if named or self.runs.named(after, limit) else j  # 'Kepala Dinas X Prov. N'
        if j < limit and doc.keys[j] in _ASIDES:  # 'Kepala X selaku ketua panitia, N'
            stop = doc.find(j, min(limit, j + MAX_ASIDE_TOKENS), (",",))
            j = stop if stop > 0 else j
        while j < limit and (doc.words[j] in ",:" or doc.keys[j] in _HOLDER_WORDS):
            comma |= doc.words[j] in ",:"
            j += 1
            region = self.runs.region(j, limit) if comma else None
            if region and region[1] in doc.past_bracket:  # ', Provinsi X (Y), N'
                region = (region[0], doc.past_bracket[region[1]], region[2])
            if region and region[1] < limit and doc.words[region[1]] == ",":
                j = region[1]  # 'Kalapas X, Jakarta Timur, N'
            elif region and region[0].kind == "provinsi" and region[1] > j + 1:
                # 'Ketua X Kabupaten Y, Jawa Tengah N': the comma is the place's
                j = region[1] if self.names.read(region[1], limit) else j
        if j >= limit or ("\n" in doc.norm[doc.ends[post.last - 1] : doc.starts[j]]):
            return None
        name = self.names.read(j, limit)
        if name is None:
            return None
        if len(name.keys) == 1 and not name.titled and name.end < limit:
            # 'Direktur Samapta Xyz Brigjen Pol N', 'Rektor Universitas X (UX) Kota Prof N': what
            # stands before a rank or a degree is the unit's name or the place.
            later = self.names.titles_start(name.end) and self.names.read(name.end, limit)
            name = later or name
        alone = len(name.keys) == 1 and not name.titled and not comma and name.end < limit
        if alone and doc.capital[name.end] and self.lex.kinds.at(doc, name.end) is not None:
            return None  # 'Komandan Xyz Distrik Militer'
        region = self.runs.region(j, limit)
        if region and region[1] == name.end and not name.titled:
            return None  # 'dosen Universitas X Purwokerto'
        before = doc.keys[post.first - 1] if post.first else ""
        if comma and (before in _SPOUSES or self._at_place(post.first, name, limit)):
            return None
        if len(name.keys) == 1 and not name.titled and doc.keys[post.last - 1] == "ka":
            return None  # 'Ka Marketing'
        apposed = name.end < limit and doc.words[name.end] == "," and before != "mewakili"
        begins = post.first - 1 == doc.sentence_of(post.first).first
        addressed = before in _ADDRESSED and (begins or before != "kepada")
        addressed |= before == "dengan" and post.first - 2 == doc.sentence_of(post.first).first
        goes_on = name.end < limit and doc.is_word[name.end]  # but not '..., pesan Kapolres, N.'
        addressed |= before in _SPOKEN and len(name.keys) == 1 and not name.titled and goes_on
        if before == "menurut" and name.end < limit:
            addressed = _PASSIVE.match(doc.keys[name.end]) is not None
        if comma and not apposed and addressed:
            return None
        if comma and not name.titled and not self._closes(name.end, limit):
            return None
        return name

    def _bracketed(self, post: PostMention) -> bool:
        """Whether a bracket shortens to this post what stands before it, which is no name."""
        doc, opened = self.doc, post.first - 1
        if opened < 1 or doc.words[opened] != "(" or doc.words[post.last : post.last + 1] != [")"]:
            return False
        before = doc.keys[opened - 1]
        return before in self.lex.unit_words or before in self.lex.common

    def tells(self, post: PostMention, limit: int) -> bool:
        """Whether who they are follows: 'dua anggota DPRD X dari Fraksi Y, yakni N dan M'."""
        j = self._past_seat(post.last, limit) if post.title.startswith(_MEMBERS) else post.last
        return j < limit and (self.doc.words[j] == "," or self.doc.keys[j] in _HOLDER_WORDS)

    def _past_seat(self, j: int, limit: int) -> int:
        """'Anggota DPRD X dari Fraksi Y Dapil II, N': past what a member of a council sits for."""
        doc, lex = self.doc, self.lex
        while j + 1 < limit:
            k = j + (doc.words[j] == ",")
            k += k + 1 < limit and doc.keys[k] in _FROM
            of = doc.keys[k]
            begins = k + 1 if of in ("fraksi", "dapil") else k + 2 if of == "daerah" else k
            if begins >= limit or (of == "daerah" and doc.keys[k + 1] != "pemilihan"):
                return j
            numbered = self._ordinal(begins, limit)  # 'Dapil IX X'
            place = self.runs.region(begins + numbered, limit) if of != "fraksi" else None
            body = lex.kinds.at(doc, begins) or lex.agencies.at(doc, begins)
            party = of not in ("dapil", "daerah") and body is not None and self._is_party(begins)
            if place is not None and begins > j:
                end = place[1]
            elif party and body is not None and (begins > j or of == "partai"):
                end = body.end
            elif begins > j and doc.capital[begins] and self.names.opens(begins + 1, limit):
                end = begins + 1  # 'asal Desa I Made N'
            elif begins > k and numbered:
                stop = doc.find(begins, min(limit, begins + MAX_ASIDE_TOKENS), (",",))
                named = stop > begins + 1 and self.runs.comma_name(stop, limit)
                end = stop if named else begins  # 'Dapil II Desa X, N'
            else:
                return j
            j = end + self._ordinal(end, limit)
        return j

    def _ordinal(self, i: int, limit: int) -> bool:
        """Whether a number stands at token i, and not a name ('asal Bali I Made N')."""
        numbered = i < limit and self.doc.keys[i] in ORDINALS and not self.doc.words[i].islower()
        return numbered and not self.names.opens(i, limit)

    def _is_party(self, i: int) -> bool:
        kind, body = self.lex.kinds.at(self.doc, i), self.lex.agencies.at(self.doc, i)
        return (kind is not None and kind.values[0].kind.form == "party") or (
            body is not None and body.values[0].sector == "politik"
        )

    def listed(self, post: PostMention, limit: int) -> Name | None:
        """'anggota Komisi X yang ikut dalam kunjungan ini antara lain N dan M': the first name."""
        doc, stop = self.doc, min(limit, post.last + MAX_LEAD_TOKENS)
        j = doc.find(post.last, stop, _LISTERS) + 1
        if not j or any(doc.capital[post.last : j]):
            return None
        while j < limit and doc.words[j] in ",:":
            j += 1
        name = self.names.read(j, limit) if j < limit else None
        return name if name is not None and (name.titled or len(name.keys) > 1) else None

    def _past_term(self, j: int, limit: int) -> int:
        """'Ketua X masa bakti 2024-2027, N', 'Rektor X periode 2020-2024 N': past the years."""
        doc = self.doc
        if j >= limit or doc.keys[j] not in _TERMS:
            return j
        k = j
        while k < limit and k - j < MAX_TERM_TOKENS:
            if doc.is_word[k] and not doc.words[k][0].isdigit() and doc.keys[k] not in _TERM_WORDS:
                break
            if doc.words[k] == ",":
                break
            k += 1
        return k if any(doc.words[t][0].isdigit() for t in range(j, k)) else j

    def _at_place(self, first: int, name: Name, limit: int) -> bool:
        """'di rumah dinas Bupati, Jalan X', 'Kepala Rutan Kelas I, X, Kendal': ', X' is a place."""
        doc = self.doc
        ahead = doc.keys[max(doc.sentence_of(first).first, first - 2) : first]
        if not self.lex.words.venue_marks.isdisjoint(ahead):
            return True
        one = len(name.keys) == 1 and not name.titled
        listed = one and name.end + 1 < limit and doc.words[name.end] == ","
        return listed and self.runs.region(name.end + 1, limit) is not None

    def _closes(self, j: int, limit: int) -> bool:
        """After ', Name' comes a comma, a verb or an end; a list of places goes on otherwise."""
        doc = self.doc
        if j < limit and doc.keys[j] in WEEKDAYS:
            return True  # 'Ketua X, N Senin (28/11)'
        return j >= limit or not doc.is_word[j] or not doc.capital[j]

    def linked_before(self, post: PostMention, begin: int) -> int | None:
        """The token at which a name must end for this post to be said of it ('N, Kepala X')."""
        doc = self.doc
        j = post.first - 1
        linked = doc.words[j] == "." or (doc.keys[j] not in _AS_WORDS and doc.words[j] not in ",(")
        if linked:
            return post.first  # 'N, S.H. Kepala X': only a name with degrees may end here
        while j > begin and (doc.words[j] in ",(" or doc.keys[j] in _AS_WORDS):
            linked |= doc.words[j] in ",(" or doc.keys[j] in (
                "selaku",
                "sebagai",
                "menjadi",
                "merupakan",
                "adalah",
                "juga",
            )
            j -= 1
        return j + 1 if linked else None

    def past_degrees(self, i: int, ending: Container[int]) -> int:
        """'N, S.E., MAFIS (Ketua X)': the one of `ending` that nothing but degrees, which no table
        may have, parts from token i; else i."""
        doc, j = self.doc, i
        first = max(doc.sentence_of(i).first, i - MAX_DEGREE_TOKENS)
        while j > first and j not in ending:
            if doc.words[j - 1] not in ",." and not self._abbreviation(j - 1):
                return i
            j -= 1
        return j

    def _abbreviation(self, i: int) -> bool:
        word = self.doc.words[i]
        return (
            word.isalpha() and len(word) <= MAX_DEGREE_LETTERS and sum(map(str.isupper, word)) > 1
        )

    def closes(self, i: int) -> bool:
        """Whether what stands at token i goes on with no name."""
        return i >= len(self.doc) or not (self.doc.capital[i] and self.doc.is_word[i])

    def introduces(self, begin: int) -> bool:
        """Whether a lone name at a token may be a person's: it begins a sentence or is quoted.

        'didampingi Asrena, Aslog' is a list of posts.
        """
        doc = self.doc
        if begin == doc.sentence_of(begin).first or doc.keys[begin - 1] in _INTRODUCERS:
            return True
        return self.speaks(begin)

    def accompanies(self, begin: int) -> bool:
        """'didampingi N Kabag X': a name right behind the verb."""
        return self.doc.keys[begin - 1] in _COMPANY if begin else False

    def speaks(self, begin: int) -> bool:
        """'kata N': a verb of speech stands right before a token."""
        doc = self.doc
        hit = self.lex.cues.at(doc, begin - 1)
        return hit is not None and bool({"speech", "speech-quote"}.intersection(hit.values))

    def also(self, post: PostMention, begin: int) -> bool:
        """Whether 'juga' says that the holder of another post has this one too."""
        return self.doc.find(begin, post.first, _TOO) >= 0

    def as_what(self, post: PostMention, begin: int) -> bool:
        """Whether 'selaku' or 'sebagai' stands between a name and the post it has."""
        return self.doc.find(begin, post.first, ("selaku", "sebagai", "menjadi")) >= 0
