"""Organizations as the text names them, written out by full official name with their region.

A mention is a kind of agency ('Lapas', 'Dinas Kesehatan'), what specifies it (class, number,
place) and a region. What the mention leaves out ('Polres', 'Diskominfo') is supplied from the
rest of the article, never from outside it.
"""

from __future__ import annotations

from sinergi.graph.extraction.lexicon import Hit, KindForm, Lexicon, signless
from sinergi.graph.extraction.names import NameReader
from sinergi.graph.extraction.orgs import (
    COMMITTEES,
    EVERYWHERE,
    HEALTH,
    INSPECTORATE,
    JUDGES,
    MINISTRY,
    ORDINALS,
    POLICE_UNITS,
    SCHOOL,
    WITH_NUMBERS,
    Org,
    abbreviates,
    arm_of,
    by_gloss,
    join_offices,
    not_bodies,
    of_province,
    take_nation,
)
from sinergi.graph.extraction.places import LEVEL_WORDS, Places, level_before
from sinergi.graph.extraction.runs import RunReader
from sinergi.graph.extraction.seats import SeatReader
from sinergi.graph.extraction.text import Document
from sinergi.graph.extraction.units import UnitReader, further
from sinergi.graph.extraction.unknowns import UnknownReader
from sinergi.graph.registry.institutions import GOVERNMENT, AgencyKind, Institution

# A name that a bracket abbreviates is at most this long.
MAX_INTRODUCED_TOKENS = 10
# 'Unisa', 'Undip': an own name's short form in small letters has at least these.
MIN_SHORT_LETTERS = 4

# Sectors whose units have names and numbers of their own.
_ARMY = "pertahanan"
_ARMED = frozenset(("keamanan", _ARMY))
MAX_BODY_TOKENS = 5
# Kinds of bodies that have an office in a province.
_WITH_OFFICES = frozenset(("badan-nasional", "lembaga-negara", "komisi-negara", "lembaga"))
# Kinds whose name only a unit completes.
GENERIC = frozenset(("dinas", "badan", "badan-daerah", "suku-dinas"))
# Parts of a ministry that are bodies of their own.
_OF_MINISTRIES = frozenset(("itjen", "badan", "brida", "bpsdmd"))


class AgencyReader:
    """Reads organizations from one document."""

    def __init__(self, doc: Document, lexicon: Lexicon, places: Places, names: NameReader) -> None:
        self.doc, self.lex, self.places, self.names = doc, lexicon, places, names
        self.runs = RunReader(doc, lexicon, places, names)
        self.units = UnitReader(self.runs)
        self.unknowns = UnknownReader(self.runs)
        self.seats = SeatReader(self.runs)
        self.no_body = not_bodies(doc, lexicon)
        self.introduced: dict[str, Org] = {}  # abbreviations that the text itself explains
        for opened, closed in doc.past_bracket.items():
            self._find_introduced(opened, closed)

    def read(self, i: int, limit: int, *, after_post: bool = False) -> Org | None:
        """The organization named at token i, or None.

        After a post ('Kepala Bapas N') a run that no gazetteer knows may be the holder's name.
        """
        doc = self.doc
        if doc.words[i] in self.no_body:
            return None
        hits = [hit for hit in self.lex.kinds.each(doc, i) if hit.end <= limit]
        known = self._introduced(doc.words[i])
        # 'DPRD' beside '(DPRD) Kota X' is a form of its kind, and has a region of its own.
        own = known is not None and any(
            known.kind is form.kind and form.kind.scope != "named"
            for hit in hits
            for form in hit.values
        )
        if known is not None and not own:
            last = self._tail_again(known, doc.after[i], limit)
            found = self.runs.region(last, limit) if after_post else None
            if found and self.runs.comma_name(found[1], limit):
                last = found[1]  # 'Rektor UIC Jambi, N'
            return Org(
                i, last, known.stem, known.tail,
                known.kind, known.agency, known.region, known.complete,
            )  # fmt: skip
        body = self.lex.agencies.at(doc, i)
        if body is not None and body.end <= limit and (not hits or body.end >= hits[0].end):
            org = self._national(i, body.end, body.values[0], limit)
            if org is not None and (org.tail or not hits):
                return org
            # 'BPS Kabupaten X' is the regional office, 'BPS' alone the national body.
            offices = (hit for hit in hits if hit.values[0].kind.scope != "named")
            local = (self._of_kind(i, hit, limit, after_post) for hit in offices)
            return next((o for o in local if o is not None and o.complete), org)
        read = (self._of_kind(i, hit, limit, after_post) for hit in hits)
        return next((org for org in read if org is not None), None)

    def _find_introduced(self, opened: int, closed: int) -> None:
        """'Institut X dan Y (IXY)': the name before a bracket, wherever the text uses the short."""
        doc = self.doc
        if closed != opened + 3 or not abbreviates(doc, self.lex, opened + 1):
            return
        sentence = doc.sentence_of(opened)
        limit = min(sentence.last, closed + MAX_INTRODUCED_TOKENS)
        for i in range(max(sentence.first, opened - MAX_INTRODUCED_TOKENS), opened):
            org = self.read(i, limit)
            if org is not None and org.first <= opened < org.last and org.gloss:
                self.introduce(org)
                return

    def introduce(self, org: Org) -> None:
        """Remember an abbreviation that stands in brackets after a name."""
        gloss = org.gloss
        if not gloss or " " in gloss or not org.complete:
            return
        named = org.kind is not None and org.kind.scope == "named"
        if sum(c.isupper() for c in gloss) > 1 or (named and len(gloss) >= MIN_SHORT_LETTERS):
            self.introduced.setdefault(gloss, org)
            self.names.bodies.add(gloss)

    def _introduced(self, word: str) -> Org | None:
        """The agency that the text shortens to a word, 'UNITAS' or 'Unitas'."""
        known = self.introduced.get(word)
        if known is None and len(word) >= MIN_SHORT_LETTERS and word.istitle():
            known = self.introduced.get(word.upper())
        return known

    def _tail_again(self, known: Org, i: int, limit: int) -> int:
        """'UIN Contoh' after 'Universitas Islam Negeri (UIN) Contoh Kota', 'PWX Y Raya' after
        'Perkumpulan Wartawan X (PWX) Y Raya': the token behind it."""
        words = known.tail.split()
        for first in range(len(words)):
            j = i
            for word in words[first:]:
                if j >= limit or self.doc.words[j] != word:
                    break
                j = self.doc.after[j]
            if j > i and (first == 0 or self.doc.words[j - 1] == words[-1]):
                return j
        return i

    def for_kind(
        self, first: int, i: int, kind: AgencyKind, limit: int, level: str | None = None
    ) -> Org:
        """The agency of `kind` whose specification begins at token i ('Kapolres' + 'X').

        The kind comes from a post, so that words no gazetteer knows may be the holder's name and
        are left alone. `level` is the kind of region the post implies ('Bupati': kabupaten).
        """
        stem = kind.name
        keys = self.doc.keys
        coined = self.lex.coined.stem(keys[i - 1]) or self.lex.coined.stem("".join(keys[i - 2 : i]))
        if coined:
            stem = coined  # 'Kadisparbudpora'
        elif kind.sector == _ARMY:
            stem = arm_of(self.doc, kind, i) or stem
        elif kind.key in GENERIC and not self._holds(i, limit):
            words, i = self.units.of_office(i, limit)
            stem = f"{stem} {words}".strip()
        org = self._specified(first, i, kind, stem, limit, implied=True, level=level)
        if kind.key in GENERIC and stem == kind.name:
            org.complete = False
        org.first = first
        return org

    def _holds(self, i: int, limit: int) -> bool:
        """'Kepala Dinas N M': a name of two words, unless the text has 'Dinas N' elsewhere."""
        name = self.names.read(i, limit) if i < limit else None
        if name is None or len(name.keys) != 2 or self.doc.words[i].isupper():
            return False
        if self.units.read(i, limit)[0] or self.lex.coined.part(self.doc.keys[i]):
            return False
        if self.runs.comma_name(name.end, limit):
            return False
        return self.doc.norm.count(self.doc.norm[self.doc.starts[i - 1] : self.doc.ends[i]]) < 2

    # -- kinds ---------------------------------------------------------------------------------

    def _of_kind(self, i: int, hit: Hit[KindForm], limit: int, after_post: bool) -> Org | None:
        doc, end = self.doc, hit.end
        if not doc.capital[i] and not doc.capital[end - 1] and not self.runs.region(end, limit):
            return None
        if end < limit and doc.keys[end].startswith(EVERYWHERE):
            return None
        kind, stem = self._choose_kind(hit)
        if kind.key == "komisi-negara" and after_post and self.runs.of_council(end, limit):
            return None
        if kind.key == "perseroan" and doc.keys[i - 1] in JUDGES and self.runs.region(end, limit):
            kind = self.lex.registry.kinds["pengadilan-tinggi"]  # 'Ketua PT X'
            stem = kind.name
        if kind.key in COMMITTEES:  # 'Komisi B DPRD X' is a part of the DPRD
            part, kind = stem.removesuffix(" DPRD"), self.lex.registry.kinds["dprd"]
            whose = doc.past_bracket.get(end, end)  # 'Badan Anggaran (Banggar) DPRD X'
            whole = doc.keys[whose] if whose < limit else ""
            org = self.read(whose, limit) if whole == "dpr" else None
            if org is None:
                end = whose + 1 if whole == "dprd" else end
                org = self._specified(i, end, kind, kind.name, limit, implied=False)
            org.first, org.part = i, part
            return org
        if police := POLICE_UNITS.get(kind.key):
            return self._police_unit(i, end, stem, police, limit)
        numbered = end < limit and doc.keys[end] in ORDINALS and kind.form != SCHOOL
        if kind.scope == "named" and numbered and kind.key not in WITH_NUMBERS:
            return None  # 'Komisi I' is a part of another body, 'SMAN 1' is none
        if kind.key == GOVERNMENT and end < limit and doc.words[end] == "Pusat":
            return None
        level = kind.region_words.get(doc.written(i, end).rstrip("."))
        if kind.scope == "region":
            generic = kind.key in GENERIC and stem == kind.name  # not 'Disparbudpora'
            if generic:
                words, after = self.units.of_office(end, limit)
            else:
                words, after = self.units.read(end, limit, started=True)
            if words:
                stem, end = further(stem, words), after
            elif generic:
                return None
        org = self._specified(
            i, end, kind, stem, limit, implied=False, after_post=after_post, level=level
        )
        if not org.complete and kind.scope == "village" and self.runs.region(i, limit):
            return None  # 'Bupati Banjar'
        if kind.scope == "region" and not org.tail and org.last < limit:
            join_offices(org, doc, self.read(org.last, limit))
        return org

    def _police_unit(self, i: int, end: int, part: str, police: str, limit: int) -> Org:
        """'Satbinmas Polres X' is a part of Polres X, 'Satbinmas' of the one spoken of."""
        whole = self.read(end, limit) if end < limit and self.doc.capital[end] else None
        if whole is None or whole.kind is None or not whole.kind.key.startswith(police):
            kind = self.lex.registry.kinds[police]
            whole = Org(i, end, kind.name, kind=kind, complete=False)
        whole.first, whole.part = i, part
        return whole

    def _choose_kind(self, hit: Hit[KindForm]) -> KindForm:
        """Among kinds of one abbreviation, the one whose scope what follows fits."""
        if len(hit.values) == 1:
            return hit.values[0]
        found = self.runs.region(hit.end, len(self.doc))
        provincial = found is not None and found[0].kind == "provinsi"
        fitting = (v for v in hit.values if (v.kind.scope == "province") == provincial)
        return next(fitting, hit.values[0])

    def _specified(
        self, first: int, i: int, kind: AgencyKind, stem: str, limit: int, *,
        implied: bool, after_post: bool = False, level: str | None = None,
    ) -> Org:  # fmt: skip
        gloss, i = self.runs.bracket(i, limit, after_post=implied)
        inside = self.doc.find(first, i, ("(",)) if gloss is None else -1
        if inside >= 0 and self.doc.past_bracket.get(inside) == inside + 3:
            gloss = self.doc.words[inside + 1]  # 'Komisi X (KX) Provinsi Y'
        org = Org(first, i, stem, kind=kind, complete=False, gloss=gloss, level=level)
        digit = i < limit and self.doc.words[i][0].isdigit()
        match kind.scope:
            case _ if self._body(org, i, limit) or self._of_ministry(org, i, limit):
                pass
            case "district" | "named" if kind.sector in _ARMED and digit:
                self._seat(org, i, limit, implied or after_post)  # 'Koramil 03/Y', 'Yonif 136'
            case "place" | "area":
                self._seat(org, i, limit, implied or after_post)
            case "region" | "province":
                self._region(org, i, limit)
            case "district" | "village" | "named":
                self._own_name(org, i, limit, implied, after_post)
            case _:
                org.complete = True
                take_nation(self.doc, org, limit)
        of_province(self.doc, self.lex, org)
        if not gloss and org.last < limit:
            late, after = self.runs.bracket(org.last, limit, after_post=implied or after_post)
            if late:
                org.gloss, org.last = late, after
                by_gloss(self.lex, org)
                if kind.scope == "named" and org.region is None:
                    if after_post:
                        self.runs.place_before_holder(org, limit)
                    else:
                        self.runs.after_bracket(org, limit)
        return org

    def _body(self, org: Org, i: int, limit: int) -> bool:
        """'Kodam XII Tanjung Pura', 'Polda Metro Jaya': a body that the registry knows by name."""
        if org.kind is None or org.kind.sector not in _ARMED:
            return False
        for end in range(min(limit, i + MAX_BODY_TOKENS), i, -1):
            written = self.doc.written(i, end)
            form, _ = self.lex.bodies.get(signless(f"{org.kind.name} {written}"), ("", ""))
            twin = end < limit and self.doc.words[end] == "Kota"  # 'Polres X Kota' is another
            place = self.places.at(self.doc, i)
            twin |= place is not None and end < place.end <= limit  # and so is 'Polres X Tengah'
            if form.startswith(org.kind.name) and self.doc.is_word[end - 1] and not twin:
                org.tail, org.last, org.complete = form[len(org.kind.name) :].strip(), end, True
                if end + 1 < limit and self.doc.words[end] == "/" and self.doc.capital[end + 1]:
                    org.last = end + 2  # 'Korem 102/XYZ'
                return True
        return False

    def _of_ministry(self, org: Org, i: int, limit: int) -> bool:
        """'Badan Pengembangan X Kementerian Y', 'Inspektorat Jenderal Kementerian Y'."""
        if org.kind is None or org.kind.key not in _OF_MINISTRIES:
            return False
        whole = self.read(i, limit) if i < limit and self.doc.capital[i] else None
        sort = whole and (whole.agency.kind if whole.agency else whole.kind and whole.kind.key)
        if whole is None or sort != MINISTRY:
            return org.stem == INSPECTORATE  # another has no name of its own
        org.stem = org.stem.removesuffix(" Daerah")
        org.tail, org.last, org.complete = whole.name, whole.last, True
        return True

    def _seat(self, org: Org, i: int, limit: int, implied: bool) -> None:
        """'Kelas IIA X', '0707/X', 'Metro X Kota'; of a sub-unit the agency it is part of."""
        assert org.kind is not None
        seat = self.seats.read(i, limit, org.kind, implied)
        if seat.place is None and seat.end < limit and self.doc.capital[seat.end]:
            parent = self.read(seat.end, limit)  # 'Satbrimob Polda X'
            if parent and parent.kind and parent.complete and parent.kind.key in org.kind.parents:
                seat.place, seat.end = parent.name, parent.last
        org.tail, org.complete = seat.written.rstrip("."), seat.place is not None
        roman = seat.numbered and org.kind.scope == "area" and seat.parts[-1].isalpha()
        org.complete |= roman or (seat.numbered and org.kind.scope == "named")
        if org.tail:
            org.last = seat.end
        org.region = seat.region

    def _region(self, org: Org, i: int, limit: int) -> None:
        doc = self.doc
        take_nation(self.doc, org, limit)
        i = org.last
        kind = org.kind
        assert kind is not None
        if i < limit and doc.words[i] == "Pusat":
            org.tail, org.last, org.complete = "Pusat", i + 1, True
            return
        level = org.level or ("provinsi" if kind.scope == "province" else None)
        found = self.runs.region(i, limit, level)
        owner = self.lex.kinds.at(doc, i) if i < limit and doc.capital[i] and not found else None
        if owner and owner.values[0].kind.key == GOVERNMENT != kind.key:  # 'Dinas X Pemkab Y'
            said = owner.values[0].kind.region_words.get(doc.written(i, owner.end).rstrip("."))
            found = self.runs.region(owner.end, limit, said or level)
        if found:
            org.region, org.last, _ = found
            name = org.region.label if kind.scope == "region" else org.region.name
            org.tail, org.complete = f"{org.tail} {name}".strip(), True
        elif i < limit and doc.keys[i] in LEVEL_WORDS:
            org.level = LEVEL_WORDS[doc.keys[i]]  # 'Sekretaris Daerah Provinsi N'

    def _own_name(self, org: Org, i: int, limit: int, implied: bool, after_post: bool) -> None:
        """A village, a district or a body with a name of its own."""
        doc, kind = self.doc, org.kind
        assert kind is not None
        if kind.scope == "district" and i < limit:
            hit = self.lex.districts.at(doc, i) or self.places.at(doc, i)
            if hit and not doc.capital[i] and doc.words[hit.end : hit.end + 1] != [","]:
                hit = None  # 'Camat contohrejo, N'
            person = hit is not None and (after_post or implied) and self.runs.person(hit, limit)
            if hit and hit.end <= limit and not person:
                written = doc.written(i, hit.end)
                org.tail = written if doc.capital[i] else hit.values[0].name
                org.last, org.complete = hit.end, True
                if hit.end < limit and kind.key == "puskesmas" and doc.keys[hit.end] in ORDINALS:
                    org.tail, org.last = doc.written(i, hit.end + 1), hit.end + 1  # 'Puskesmas X 1'
                around = self.runs.region(hit.end, limit) if implied or after_post else None
                if around and (
                    self.runs.comma_name(around[1], limit)
                    or self.runs.titles_follow(around[1], limit)
                ):
                    org.last = around[1]  # 'Kapolsek X Jakarta Utara, N'
                return
        school = kind.form == SCHOOL and i < limit and doc.words[i].isdigit()  # 'Kepala SMA 1 X'
        if not school and (implied or (after_post and kind.scope in ("district", "village"))):
            given = self.runs.before_given(i, limit)
            known = self.places.known_at(doc, i, limit)
            run = known or (given if given > i else self.runs.short(i, limit))
            if kind.scope == "village" and not known and (end := self.runs.village(i, run, limit)):
                run = known = end
            if kind.key == "kedutaan" and run + 1 < limit and doc.keys[run] in ("untuk", "di"):
                org.last = run + 2  # 'Duta Besar X untuk Indonesia'
            if run > i and (
                kind.key == "kedutaan"
                or doc.keys[i].startswith("al-")  # 'Pengasuh Ponpes Al-X'
                or self.runs.titles_follow(run, limit)
                or known
                or given > i
                or self.runs.comma_name(run, limit)
                or self.seats.under(kind, run, limit)
                or (run < limit and doc.keys[run] in LEVEL_WORDS)  # 'Kepala Desa X Kabupaten Y'
            ):
                org.tail, org.complete = doc.written(i, run), True
                org.last = max(org.last, run)
            return
        end = self.runs.honored(i, limit) if after_post or implied else 0
        if end and kind.sector == HEALTH:
            org.tail, org.last, org.complete = doc.written(i, end), end, True
            return self.runs.append_region(org, limit)
        named = kind.scope == "named"
        titled = named and not (after_post or implied) and kind.sector == HEALTH
        begin = doc.after[i] if titled and i < limit and doc.words[i] == "dr" else i  # 'RSUD dr. X'
        end = self.runs.own_name_end(begin, limit) if named else self.runs.short(i, limit)
        if kind.key == "kementerian":
            end = max(end, self.units.read(i, limit)[1])
        if (after_post or implied) and named:
            end = self.runs.before_holder(org.first, i, end, limit)
        if end > begin:
            org.tail, org.last, org.complete = doc.written(i, end).rstrip("."), end, True
            for j in range(i, end):
                hit = self.places.at(doc, j) if doc.capital[j] else None
                if hit:
                    org.region = self.places.choose(hit.values, level_before(doc, j))

    # -- national bodies -----------------------------------------------------------------------

    def _national(self, i: int, end: int, agency: Institution, limit: int) -> Org | None:
        if not self.doc.capital[i]:
            return None
        gloss, end = self.runs.bracket(end, limit)
        return self.where(Org(i, end, agency.name, agency=agency, gloss=gloss), limit)

    def where(self, org: Org, limit: int) -> Org:
        """A national body with the office of it that the words behind its name tell, if any."""
        take_nation(self.doc, org, limit)
        tail, region, end = self.seats.branch(org.last, limit)
        if tail:
            org.tail, org.region, org.last = tail, region, end
            return org
        found = self.runs.region(org.last, limit)
        spread = org.agency is not None and org.agency.kind in _WITH_OFFICES
        spread &= self.lex.kinds.at(self.doc, org.first) is None  # 'BNN X' is one of a kind
        if found and spread and found[0].kind == "provinsi":  # 'BIN Kalbar'
            org.region, org.last, _ = found
            org.tail = org.region.name
        return org
