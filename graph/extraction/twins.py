"""Two names of one body within an article, made one under the fuller of them.

'Kelas II' beside 'Kelas IIB', a company with and without its legal form, an office by all that
it does and by the first of it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from sinergi.graph.extraction.lexicon import signless
from sinergi.graph.extraction.orgs import MINISTRY, Org
from sinergi.graph.extraction.text import Document

# 'PT Bank X' is 'Bank X'; which of the two stands first says nothing.
_FORMS = frozenset(("persero", "perseroda", "perum", "perumda", "pt", "tbk"))
# 'Dewan Pimpinan Daerah X' is 'Pimpinan Daerah X'.
_COUNCIL = "Dewan "
_BRANCH = "branch"
# Bodies with a name of their own, which writers shorten.
_OWN = ("Bank ", "Institut ", "Koperasi ", "PT Bank ", "Universitas ", "Yayasan ")
MIN_LIKE_WORDS = 3
_VAGUE = "blud"  # 'UPT X', of whatever government or company
# 'Kemenag', and what tells it from its minister's post and from its offices.
_MINISTRY = "kem"
_NATION = frozenset(("indonesia", "ri"))
# Regional offices, of which a government has one for each task.
_OFFICES = ("Badan", "Dinas")
_JOINTS = frozenset(("dan",))
# 'Kelas II X', where another writer has 'Kelas IIB X'.
_CLASS = re.compile(r"\bKelas I{1,3}(?P<letter>[A-C]?)(?= )")
_WORD = re.compile(r"\w+")


def unify_twins(orgs: Iterable[Org], doc: Document) -> None:
    """Give all mentions of one body its fuller name, where the article has only one that fits."""
    named = [org for org in orgs if org.complete]
    _unify_endings(named)
    _unify_shortened(named)
    _unify_glossed(named)
    _unify_forms(named)
    _unify_beginnings(named)
    _unify_classes(named)
    _unify_offices(named, doc)
    _unify_branches(named, doc)


def fits(short: str, long: str) -> bool:
    """'Dinas Kominfo' for 'Dinas Kominfo, Statistik dan Persandian': one task of several."""
    some, all_ = _tasks(short), _tasks(long)
    return short.split(" ", 1)[0] == long.split(" ", 1)[0] in _OFFICES and some < all_


def _tasks(stem: str) -> frozenset[str]:
    return frozenset(_WORD.findall(stem.casefold())) - _JOINTS


def _rename(org: Org, other: Org) -> None:
    org.stem, org.tail, org.kind = other.stem, other.tail, other.kind
    org.region, org.agency = other.region, other.agency


def _unify_endings(orgs: list[Org]) -> None:
    """'UPT X', of no kind that is known, is the 'PLN UPT X' of the article."""
    known = {org.name: org for org in orgs if org.kind is not None}
    for org in orgs:
        vague = org.kind is None or org.kind.key == _VAGUE
        if vague and org.agency is None and " " in org.name:
            fuller = [name for name in known if name.endswith(f" {org.name}")]
            if len(fuller) == 1:
                _rename(org, known[fuller[0]])


def _unify_shortened(orgs: list[Org]) -> None:
    """'DPC PX Kota Y' is the 'Dewan Pimpinan Cabang Persatuan X (PX) Kota Y' of the article."""
    short: dict[str, Org] = {}
    for org in orgs:
        words = org.name.split()
        if org.gloss and org.kind is not None and org.kind.key == _BRANCH and len(words) > 3:
            for head in (words[0], "".join(word[0] for word in words[:3])):
                short.setdefault(f"{head} {org.gloss}", org)
    for org in orgs:
        fuller = short.get(" ".join(org.name.split()[:2]))
        if fuller is not None:
            _rename(org, fuller)


def _unify_glossed(orgs: list[Org]) -> None:
    """'Bank X' is the 'PT Bank Pembangunan Daerah Y Tbk (Bank X)' of the article."""
    glossed = {o.gloss: o for o in reversed(orgs) if o.gloss and " " in o.gloss}
    for org in orgs:
        fuller = glossed.get(org.name)
        if fuller is not None and fuller.name != org.name:
            _rename(org, fuller)


def _unify_beginnings(orgs: list[Org]) -> None:
    """'Bank X' is the 'Bank X Kota Y' of the article, 'Universitas X Y' its 'Universitas PX X Y',
    if only one is."""
    names = {org.name: org for org in orgs if org.name.startswith(_OWN)}
    for org in orgs:
        if org.name not in names:
            continue
        fuller = [name for name in names if _begins(org.name, name) or _lacks_word(org.name, name)]
        if len(fuller) == 1:
            _rename(org, names[fuller[0]])


def _begins(short: str, long: str) -> bool:
    return " " in short and long.startswith(f"{short} ")


def _lacks_word(short: str, long: str) -> bool:
    """Whether a name is another without its one short form: 'PX' for a founder."""
    some, all_ = short.split(), long.split()
    if len(some) + 1 != len(all_) or len(some) < MIN_LIKE_WORDS:
        return False
    left = [word for word in all_ if word not in some]
    return len(left) == 1 and left[0].isupper() and [w for w in all_ if w != left[0]] == some


def _unify_forms(orgs: list[Org]) -> None:
    """'PT Bank X (Persero) Tbk' and 'Bank X', 'Dewan Pimpinan Daerah X' and 'Pimpinan Daerah X'."""
    same: dict[str, list[Org]] = defaultdict(list)
    for org in orgs:
        if org.kind is None or org.kind.form != "state":
            same[_bare(org.name)].append(org)
    for twins in same.values():
        fullest = max(twins, key=lambda org: len(org.name))
        for org in twins:
            if org.name != fullest.name:
                _rename(org, fullest)


def _bare(name: str) -> str:
    words = name.removeprefix(_COUNCIL).split()
    return signless("".join(w for w in words if w.strip("().,").casefold() not in _FORMS))


def _unify_classes(orgs: list[Org]) -> None:
    """'Lapas Kelas II X' is the 'Lapas Kelas IIB X' of the article."""
    lettered: dict[tuple[str, str], set[str]] = defaultdict(set)
    for org in orgs:
        if org.kind is None or org.kind.scope != "place":
            continue
        match = _CLASS.search(org.tail)
        if match and match["letter"]:
            lettered[org.stem, _unlettered(org.tail)].add(org.tail)
        if match:  # 'Pengadilan Agama X' is the 'Pengadilan Agama Kelas IA X'
            lettered[org.stem, _CLASS.sub("", org.tail).strip()].add(org.tail)
    for org in orgs:
        fuller = lettered.get((org.stem, org.tail), ())
        if len(fuller) == 1:
            (org.tail,) = fuller


def _unlettered(tail: str) -> str:
    return _CLASS.sub(lambda m: m[0].removesuffix(m["letter"]) if m["letter"] else m[0], tail)


def _unify_offices(orgs: list[Org], doc: Document) -> None:
    """'Dinas Kominfo Provinsi X' is the 'Dinas Kominfo, Statistik dan Persandian Provinsi X', but
    where one sentence has both."""
    offices: dict[str, dict[str, list[Org]]] = defaultdict(lambda: defaultdict(list))
    for org in orgs:
        if org.kind is not None and org.kind.scope == "region" and org.region is not None:
            offices[org.region.code][org.stem].append(org)
    for of_one in offices.values():
        for stem, mentions in of_one.items():
            fuller = [other for other in of_one if fits(stem, other)]
            if len(fuller) == 1 and not _side_by_side(mentions, of_one[fuller[0]], doc):
                for org in mentions:
                    _rename(org, of_one[fuller[0]][0])


def _side_by_side(some: Iterable[Org], others: Iterable[Org], doc: Document) -> bool:
    there = {doc.sentence_of(org.first).index for org in some}
    return not there.isdisjoint(doc.sentence_of(org.first).index for org in others)


def _unify_branches(orgs: list[Org], doc: Document) -> None:
    """'Kemenag', 'Kementerian Agama' is the article's 'Kantor Kementerian Agama Kabupaten X', if
    it has one office of the ministry and never calls that the Republic's."""
    alone: dict[str, list[Org]] = defaultdict(list)
    for org in orgs:
        whole = org.agency is not None and org.agency.kind == MINISTRY and not org.tail
        if whole and doc.keys[org.first].startswith(_MINISTRY):
            alone[org.name].append(org)
    for name, mentions in alone.items():
        offices = {o.name: o for o in orgs if o.region is not None and f" {name} " in o.name}
        if len(offices) == 1 and not any(doc.keys[o.last - 1] in _NATION for o in mentions):
            (office,) = offices.values()
            for org in mentions:
                _rename(org, office)
