"""Posts as the text names them, with the agency they are in."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sinergi.graph.extraction.agencies import GENERIC, AgencyReader
from sinergi.graph.extraction.lexicon import Hit, Lexicon
from sinergi.graph.extraction.names import NameReader
from sinergi.graph.extraction.odd_posts import OddPostReader, PostMention
from sinergi.graph.extraction.orgs import EVERYWHERE, ORDINALS, SECTIONS, Org
from sinergi.graph.extraction.places import LEVELS
from sinergi.graph.extraction.text import Document
from sinergi.graph.registry.institutions import AGENCY_PREFIX, GOVERNMENT, Institution
from sinergi.graph.registry.people import Post, PostHead, PostModifier, Unit, letters, normal_form

# 'Kepala Bidang X pada Dinas Y'
_IN = frozenset(["pada", "di", "dari"])
MAX_ELECTION_TOKENS = 20  # how long such a list is
# 'Pemilihan Gubernur dan Wakil Gubernur, Bupati dan Wakil Bupati': an election, and no offices.
_ELECTIONS = frozenset(("pemilihan", "pilkada"))
_ELECTED = frozenset(("gubernur", "bupati", "walikota", "wali", "kota", "presiden", "wakil"))
_ELECTED |= {"kepala", "daerah", "dan", "serta", ",", "/"}
# Who works for the holder of another post: 'Asisten Operasi Kasdam X'.
_ASSISTANTS = frozenset(("asisten", "staf", "ajudan", "penasihat", "adc", "koordinator"))
# Who is brought by the sentence's subject, which may follow.
_COMPANY = frozenset(("didampingi", "bersama", "dengan", "kepada", "oleh", "dari", "dan", "serta"))
_COUNT = re.compile(r"\d{1,3}")  # '12 Camat'; but not '2021 Menko X'
# 'Penyuluh Narkoba Ahli Madya': grades of functional posts (UU 20/2023 and PP 11/2017).
_GRADES = frozenset(("pertama", "muda", "madya", "utama"))
# Those that stand alone too: 'Widyaiswara Utama', 'Perawat Mahir'.
_LONE_GRADES = frozenset(("muda", "madya", "utama", "terampil", "mahir", "penyelia"))
_COINING = frozenset(("ka", "wa", "da"))
# 'Wakil Rektor II X Bidang Y', 'Wakil Dekan I Fakultas Y'.
_CEREMONIES = frozenset(("apel", "upacara"))
_AT_CEREMONIES = frozenset(("inspektur", "komandan", "pembina", "pemimpin", "perwira", "pimpinan"))
_FIELDS = frozenset(("bidang", "fakultas", "divisi"))
# 'Anggota DPR RI Dapil X', 'anggota DPRD Y dari Fraksi Z': what a member sits for.
_SEATS = frozenset(("dapil", "fraksi"))
_HEADED_BY = "diketuai"
_PRESS = "media"
_BUREAU = "Kepala Biro"  # a unit's kind is that of its Seksi or Bagian; a bureau is a province's
_NUMBERED = tuple(f"Asisten {number}" for number in ("I", "II", "III", "IV"))
COUNCIL = "dprd"
_ROMAN = frozenset(["I", "II", "III", "IV", "V", "VI"])


def _kinds(hit: Hit[Post] | Hit[Unit] | None) -> tuple[str, ...]:
    """The kinds of agency that all rows of a form imply."""
    return tuple(dict.fromkeys(k for row in hit.values for k in row.kinds)) if hit else ()


@dataclass(slots=True)
class _Composed:
    """A post put together from a head word, perhaps a unit, perhaps the agency."""

    head: PostHead
    title: str
    head_end: int
    unit: str
    unit_end: int
    kinds: tuple[str, ...]  # that the unit implies
    agency: Org | None
    end: int


class PostReader:
    """Reads posts from one document."""

    def __init__(
        self, doc: Document, lexicon: Lexicon, names: NameReader, agencies: AgencyReader
    ) -> None:
        self.doc, self.lex, self.names, self.agencies = doc, lexicon, names, agencies
        self.odd = OddPostReader(doc, lexicon, names)
        self._last: PostMention | None = None  # what 'wakilnya' refers to
        self._units: dict[str, str] = {}  # 'Biro Umum dan Protokol (BUP)': what BUP stands for

    def read(self, i: int, limit: int) -> PostMention | None:
        """The post named at token i, without its holder."""
        doc, lex = self.doc, self.lex
        key = doc.keys[i]
        if key not in lex.post_openers and lex.posts.at(doc, i) is None:
            if key == _HEADED_BY and i > self.doc.sentence_of(i).first:
                return self.odd.headed(i, limit)
            if key.endswith("nya"):
                return self.odd.of_last(i, limit, self._last)
            return self.odd.coined(i, limit) if key[:2] in _COINING else None
        rank = lex.ranks.at(doc, i)
        if self._stands_for_election(i) or self._at_a_ceremony(i):
            return None
        if rank is not None and (rank.end > i + 1 or not self._agency_after(rank.end, limit)):
            return None  # 'Irjen Pol N', and not 'Irjen Kementerian X'
        modifiers: list[PostModifier] = []
        j = i
        while True:
            exact, head = lex.posts.at(doc, j), lex.heads.at(doc, j)
            modifier = lex.modifiers.at(doc, j)
            if (exact or head) and not self._goes_further(modifier, exact, head):
                break
            if modifier is None or modifier.end >= limit:
                org = self._agency_after(j, limit) if modifiers and j < limit else None
                return self.odd.acting(i, j, limit, modifiers[-1], org) if org else None
            modifiers.append(modifier.values[0])
            j = modifier.end
        title, kinds, is_head, end, unit_taken = self._title(j, exact, limit)
        if end > limit:
            return None
        if end + 1 < limit and doc.keys[end] == "ahli" and doc.keys[end + 1] in _GRADES:
            title, end = f"{title} {doc.written(end, end + 2)}", end + 2
        elif end < limit and doc.capital[end] and doc.keys[end] in _LONE_GRADES:
            title, end = f"{title} {doc.words[end]}", end + 1
        of = self._assists(j, end, limit)
        if of is not None:
            kinds, end, is_head = _kinds(of), of.end, False
        label = doc.written(i, end)
        opened = end
        gloss, end = self._gloss(end, limit)
        shorter = self.lex.posts.at(doc, opened + 1) if gloss else None
        if shorter is not None and shorter.values[0].head and unit_taken and not is_head:
            # 'Kepala Pemasyarakatan (Kalapas) X': the short form tells what the long one slurs
            title, kinds, is_head = shorter.values[0].post, _kinds(shorter), True
        org, end = self._org(i, end, limit, kinds, is_head)
        if end < limit and doc.keys[end].startswith(EVERYWHERE):
            return None  # 'Kapolda se-Indonesia'
        if not kinds and not unit_taken and org is None and not doc.capital[j]:
            if i and doc.words[i - 1] == "(" and doc.words[end : end + 1] == [")"]:
                return self.odd.bracketed(i, end, title, self._last)
            return self.odd.fellow(i, end, title, limit, self._last)
        if org is not None and org.part and not title.endswith(org.part):
            title = f"{title} {org.part}"
        if org is not None:
            title, end = self._with_field(title, end, limit)
        former = False
        for m in reversed(modifiers):
            if m.meaning == "former":
                former = True
            elif m.meaning == "elect":
                title = f"{title} Terpilih"
            else:
                title = f"{m.modifier} {title}"
        if gloss is None and end < limit:
            gloss, end = self._gloss(end, limit)
        if org is not None and org.complete and org.kind is not None and end < limit:
            # 'Ketua Gugus Tugas X Pemkab Y, N': whose the body is
            owner = self._agency_after(end, limit) if org.kind.scope == "named" else None
            if owner is not None and owner.complete and self._parts(owner, limit):
                end = owner.last
        if org is not None and not org.complete and doc.words[end - 1] == ")" and end < limit:
            # 'Kepala Badan X (BX) Universitas Y, N': what the bracket parts from its owner
            owner = self._agency_after(end, limit)
            ends = owner is not None and doc.words[owner.last : owner.last + 1] == [","]
            if owner is not None and owner.complete and ends:
                title, org, end = f"{title} {org.name}", owner, owner.last
        title = title[:1].upper() + title[1:]
        mention = PostMention(i, end, title, label, kinds, org, is_head, former, gloss=gloss)
        mention.plural = self._plural(i, end)
        self._last = mention
        return mention

    def _at_a_ceremony(self, i: int) -> bool:
        """'Inspektur Upacara', 'Pembina Apel': what somebody is there, and no office."""
        second = i + 1 < len(self.doc) and self.doc.keys[i + 1] in _CEREMONIES
        return second and self.doc.keys[i] in _AT_CEREMONIES

    def _stands_for_election(self, i: int) -> bool:
        keys = self.doc.keys
        for j in range(i, max(0, i - MAX_ELECTION_TOKENS), -1):
            if keys[j] not in _ELECTED:
                return keys[j] in _ELECTIONS
        return False

    def _assists(self, i: int, end: int, limit: int) -> Hit[Post] | None:
        """'Staf Khusus Menteri X', 'Asisten Operasi Kasdam X': whom the holder of the post read
        up to token `end` works for."""
        doc = self.doc
        if doc.keys[end - 1] == "menteri":
            return self.lex.posts.at(doc, end - 1)
        end = doc.past_bracket.get(end, end)
        if doc.keys[i] not in _ASSISTANTS or end >= limit or not doc.capital[end]:
            return None
        of = self.lex.posts.at(doc, end)
        return of if of is not None and of.end <= limit and _kinds(of) else None

    def _with_field(self, title: str, end: int, limit: int) -> tuple[str, int]:
        """'Asisten I Bidang Y', 'Wakil Rektor I X Bidang Y': the title with its field, and the
        token after it."""
        if title.startswith(_NUMBERED) and end < limit and self.doc.capital[end]:
            field, after = self.agencies.units.read(end, limit)  # 'Asisten I Pemerintahan, N'
            return (f"{title} {field}", after) if field else self._said_field(title, end, limit)
        return self._said_field(title, end, limit)

    def _said_field(self, title: str, end: int, limit: int) -> tuple[str, int]:
        if end + 1 >= limit or self.doc.keys[end] not in _FIELDS:
            return title, end
        field, after = self.agencies.units.read(end + 1, limit)
        word = self.doc.keys[end].title()
        return (f"{title} {word} {field}", after) if field else (title, end)

    def _goes_further(
        self,
        modifier: Hit[PostModifier] | None,
        exact: Hit[Post] | None,
        head: Hit[PostHead] | None,
    ) -> bool:
        """'Wakil Menteri X' is the deputy of a 'Menteri X', not a 'Wakil Menteri'."""
        if modifier is None or modifier.end >= len(self.doc):
            return False
        post = self.lex.posts.at(self.doc, modifier.end)
        return post is not None and post.end > max(
            exact.end if exact else 0, head.end if head else 0
        )

    def _title(
        self, j: int, exact: Hit[Post] | None, limit: int
    ) -> tuple[str, tuple[str, ...], bool, int, bool]:
        """Title, kinds of agency, whether it heads them, the token after, whether with a unit."""
        doc, people = self.doc, self.lex.registry.people
        best = self._composed(j, limit)
        agency = best.agency.kind if best is not None and best.agency is not None else None
        if exact is not None and best is not None and agency is not None:
            # 'Ketua Harian X': a post, and no head of a newspaper
            best = None if agency.key == _PRESS and best.head_end < exact.end else best
        if exact is not None and best is not None and best.unit and exact.values[0].head:
            own = self.lex.registry.kinds.get(next(iter(_kinds(exact)), ""))
            if own is not None and own.scope == "village" and best.head_end < exact.end:
                best = None  # 'Kepala Desa Ketapang': a village, and no unit
        if exact is not None and (best is None or exact.end >= best.end):
            title, end = exact.values[0].post, exact.end
            heads = any(row.head for row in exact.values)
            digit = end < limit and title == "Wakil Ketua" and _COUNT.fullmatch(doc.words[end])
            armed = any(self._armed(kind) for kind in _kinds(exact))  # 'Kasdam IV X'
            numbered = end < limit and (digit or doc.words[end] in _ROMAN) and not heads
            numbered &= not armed and not self.names.opens(end, limit)  # 'Wakil Bupati I Made N'
            if numbered and not (end + 1 < limit and doc.words[end + 1] == "/"):
                title, end = f"{title} {doc.words[end]}", end + 1  # 'Asisten II'
            if not heads:
                title, end = self._with_field(title, end, limit)
            return title, _kinds(exact), heads, end, False
        assert best is not None
        rows = exact.values if exact else people.posts.get(normal_form(best.head.form), ())
        kinds = tuple(dict.fromkeys(k for r in rows for k in r.kinds))
        if best.unit:
            opened = best.unit_end
            if doc.past_bracket.get(opened) == opened + 3 and doc.words[opened + 1].isupper():
                self._units.setdefault(doc.words[opened + 1], best.unit)
            return f"{best.title} {best.unit}", kinds or best.kinds, False, best.unit_end, True
        title = best.title
        if (
            exact is not None
            and best.agency is not None
            and best.agency.kind is not None
            and (best.agency.kind.key in kinds)
        ):
            title = exact.values[0].post  # 'Kepala Desa X', 'Kepala Lapas Perempuan X'
        return title, kinds, any(r.head for r in rows), best.head_end, False

    def _armed(self, key: str) -> bool:
        kind = self.lex.registry.kinds.get(key)
        return kind is not None and kind.sector == "pertahanan"

    def _composed(self, j: int, limit: int) -> _Composed | None:
        """The head word, unit and agency from token j that together reach furthest."""
        best: _Composed | None = None
        for hit in self.lex.heads.each(self.doc, j):
            row = hit.values[0]
            agency = self._agency_after(hit.end, limit)
            title = row.post
            whole = letters(row.post) == letters(row.form)
            if whole and self.doc.capital[j]:  # written out: as the text writes it
                title = self.doc.written(j, hit.end)
            found = _Composed(row, title, hit.end, "", hit.end, (), agency, hit.end)
            if agency is not None and agency.complete:
                found.end = agency.last
            if row.takes_unit:
                # 'Kepala Bagian (Kabag) Umum': a bracket that shortens the head alone
                begins = self.doc.past_bracket.get(hit.end, hit.end)
                unit, end = self._unit(begins, limit)
                part = self.doc.keys[hit.end - 1] == "fraksi"  # a party's, of the council
                if unit and (part or end > (agency.last if agency else 0)):
                    behind = self._agency_after(end, limit)
                    of_unit = self.lex.units.at(self.doc, begins)
                    whole = of_unit is not None and of_unit.end == end
                    whole &= row.post != _BUREAU or GOVERNMENT in _kinds(of_unit)
                    unit = self._unit_there(unit, of_unit, behind)
                    kinds = _kinds(of_unit) if whole else (COUNCIL,) if part else ()
                    if whole and row.post == _BUREAU:
                        kinds = (GOVERNMENT,)  # and no village's, which has a 'Kasi Kesra'
                    found = _Composed(
                        row, title, hit.end, unit, end, kinds,
                        behind, behind.last if behind and behind.complete else end,
                    )  # fmt: skip
                    if part:
                        return found  # and not who heads a 'Fraksi X N M'
            # 'Ketua Komisi Kejaksaan': of two that reach as far, the one whose agency begins first.
            national = agency is not None and agency.agency is not None
            # 'Ketua Tim Penggerak PKK X': the body has the words that could be a unit's
            national |= (
                agency is not None
                and agency.kind is not None
                and not found.unit
                and (agency.kind.form == "association")
            )
            if best is None or found.end > best.end or (national and found.end == best.end):
                best = found
        return best

    def _unit_there(self, unit: str, read: Hit[Unit] | None, org: Org | None) -> str:
        """'P2M' of a health office is one thing, and of the narcotics board another."""
        if read is None or len(read.values) == 1 or org is None or org.kind is None:
            return unit
        key = org.kind.key
        there = next((row.unit for row in read.values if key in row.kinds), "")
        return unit.replace(read.values[0].unit, there, 1) if there else unit

    def _agency_after(self, i: int, limit: int) -> Org | None:
        """The agency of a kind that begins at token i."""
        if i >= limit or not self.doc.capital[i]:
            return None
        org = self.agencies.read(i, limit, after_post=True)
        return org if org is not None and (org.kind or org.agency) else None

    def _unit(self, i: int, limit: int) -> tuple[str, int]:
        """The unit that a head word is for: 'Keamanan dan Ketertiban', 'Komisi I'."""
        doc = self.doc
        if self.agencies.unknowns.english(i, limit):
            return "", i  # 'Ketua Air Power Center'
        if i < limit and doc.words[i] in self._units:
            return self._units[doc.words[i]], i + 1
        if doc.keys[i - 1] == "fraksi":
            return self.agencies.units.fraction(i, limit)
        numbered = i + 1 < limit and doc.keys[i] in ORDINALS and doc.words[i + 1][:1].isupper()
        unit, end = self.agencies.units.read(i + numbered, limit)
        if unit and numbered:
            return f"{doc.words[i]} {unit}", end  # 'Kanit II Reskrim', 'Kasubsi 1 Intel'
        if not unit and i + 1 < limit and doc.words[i + 1] in self.agencies.introduced:
            unit, end = self.agencies.units.odd(i, limit)  # 'Kepala BAUPK Unisa'
        elif not unit and doc.keys[i - 1] in SECTIONS:
            run = self.agencies.runs.own_name_end(i, limit)
            if run > i and self.agencies.runs.comma_name(run, limit):
                unit, end = doc.written(i, run), run  # 'Kepala Bidang Xyz, N': no table has it
        numbered = end < limit and doc.keys[end] in ORDINALS
        if numbered and (doc.words[end].isupper() or doc.keys[end - 1] == "komisi"):
            unit, end = f"{unit} {doc.words[end]}".strip(), end + 1
        while unit and end + 1 < limit and doc.keys[end] in SECTIONS and doc.capital[end]:
            larger, after = self.agencies.units.read(end + 1, limit)
            if not larger:
                break
            if unit.casefold() in ORDINALS:  # 'Anggota III Bidang Y'
                unit = f"{unit} {doc.written(end, end + 1)} {larger}"
            end = after  # 'Kepala Seksi X Bidang Y': the larger part adds nothing
        return unit, end

    def _gloss(self, i: int, limit: int) -> tuple[str | None, int]:
        gloss, end = self.agencies.runs.bracket(i, limit)
        if gloss is not None and self.names.bracketed(i, limit) is not None:
            return None, i
        return gloss, end

    def _org(
        self, first: int, i: int, limit: int, kinds: tuple[str, ...], is_head: bool
    ) -> tuple[Org | None, int]:
        doc, registry = self.doc, self.lex.registry
        own = [registry.kinds[k] for k in kinds if k in registry.kinds]
        if own and own[0].key in GENERIC and i < limit and doc.capital[i]:
            office = self.agencies.for_kind(first, i, own[0], limit)
            if office.stem != own[0].name:
                return office, max(i, office.last)
        j = i + 1 if i + 1 < limit and doc.keys[i] in _IN else i
        if j < limit and doc.keys[j] in _SEATS:
            j = limit  # 'anggota DPR RI dari Fraksi X N': a seat in the council, and no body
        if i + 1 < limit and doc.words[i] == ",":
            # 'Kepala Bidang X, Bappeda, N': the agency between commas.
            aside = self.agencies.read(i + 1, limit, after_post=True)
            if aside is not None and self._parts(aside, limit):
                return aside, aside.last
        if j < limit and (doc.capital[j] or doc.words[j].isupper()):
            org = self.agencies.read(j, limit, after_post=True) or self._branch(j, limit)
            if org is None and all(k.scope == "named" for k in own):
                alone = not own and (not first or doc.keys[first - 1] not in _COMPANY)
                org = self.agencies.unknowns.read(j, limit, alone=alone)
            body = registry.agencies.get(kinds[0]) if kinds else None
            above = org.agency.key if org is not None and org.agency is not None else None
            if org is not None and body is not None and above and body.parent == above:
                # 'Kabaharkam Polri': the body whose head it is, and not the one above it
                return Org(first, org.last, body.name, agency=body), org.last
            if j > i and kinds and doc.keys[i] == "di" and (org is None or org.kind not in own):
                org = None  # 'Kapolres di Bandara X': where he was
            ministry = f"{AGENCY_PREFIX}{org.agency.key}" if org is not None and org.agency else ""
            kanwil = next((k for k in own if k.scope == "province" and ministry in k.parents), None)
            if org is not None and kanwil is not None and not org.tail:
                # 'Kadivpas Kemenkumham X': of the ministry's office in the province
                place = self.agencies.runs.region(org.last, limit)
                if place is not None and place[0].kind == "provinsi":
                    region, end, _ = place
                    return Org(first, end, kanwil.name, region.name, kanwil, region=region), end
            regional = own[0] if own and own[0].scope == "region" else None
            if regional and org and org.region and org.kind and org.kind.key == GOVERNMENT:
                org.kind, org.stem = regional, regional.name  # 'Kadinkes Pemkab X'
            if org is not None:
                return org, org.last
        if own:
            level = LEVELS.get(doc.keys[first]) or next(
                (LEVELS[k] for k in doc.keys[first:i] if k in LEVELS), None
            )
            org = self.agencies.for_kind(first, i, own[0], limit, level)
            org.options = tuple(own)
            written = self.doc.keys[first:i]
            named = any(form.casefold() in written for form in own[0].forms)  # 'Pimpinan DPRD'
            named |= bool(self.lex.coined.stem(doc.keys[i - 1]))  # 'Sekdisparbudpora'
            told = named or own[0].key == GOVERNMENT or own[0].key.startswith("polres")
            org.weak = not is_head and not told
            return org, max(i, org.last)
        national: Institution | None = next(
            (registry.agencies[k] for k in kinds if k in registry.agencies), None
        )
        if national:
            seat = self.agencies.where(Org(first, i, national.name, agency=national), limit)
            return seat, seat.last
        return None, i

    def _branch(self, i: int, limit: int) -> Org | None:
        """'Pimpinan Cabang X PT Bank Y': the place of the branch stands before the body."""
        place = self.agencies.runs.region(i, limit) if self.doc.keys[i - 1] == "cabang" else None
        body = self._agency_after(place[1], limit) if place is not None else None
        if place is None or body is None or not body.complete:
            return None
        body.first, body.tail = i, f"{body.tail} Cabang {place[0].name}".strip()
        return body

    def _parts(self, aside: Org, limit: int) -> bool:
        """Whether an agency behind a comma is the post's: another comma or a holder follows it."""
        if aside.last >= limit or self.doc.words[aside.last] == ",":
            return aside.last < limit
        name = self.names.read(aside.last, limit) if aside.kind else None
        return name is not None and len(name.keys) > 1

    def _plural(self, i: int, end: int) -> bool:
        doc, last = self.doc, self._last
        listed = i > 0 and doc.keys[i - 1] == "dan" and last is not None and last.last == i - 1
        if listed and last and last.plural and not (end < len(doc) and doc.capital[end]):
            return True  # 'para Kapolres dan Dandim'
        counted = i > 0 and _COUNT.fullmatch(doc.words[i - 1]) is not None
        return i > 0 and (counted or doc.keys[i - 1] in self.lex.words.plurals)
