"""One agency under its several names, after the registry has identified each.

Near twins stay apart ('Polres Kediri', 'Polres Kediri Kota'): every word of a name counts, but for
the class, number or supplement that a short form leaves out, and that only where a single fuller
agency of that kind and place is known.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from itertools import pairwise
from types import MappingProxyType

from sinergi.graph.model import Agency
from sinergi.graph.resolution.names import fold

_FILLERS = re.compile(r"\b(?:dan|serta)\b")
_STATE = re.compile(r" (?:republik indonesia|ri)$")
_REGION = re.compile(r" (?:kabupaten|kota|provinsi|kecamatan) (?!besar\b)")
# Offices of a regional government, of which it has one for each subject.
_SUBJECT_OFFICES = ("dinas", "badan")
# Words of which a name holds a second body: 'Dinas Kesehatan dan Bagian Hukum' is two.
_TWO_BODIES = frozenset(("dinas", "badan", "bagian", "bidang", "kantor", "kecamatan", "upt"))
_VILLAGES = frozenset(("desa", "nagari", "gampong", "kampung", "pekon", "dusun"))
_REGENCY_CODE = len("33.07")  # longer codes are of districts and villages in it


# What joins of agencies go by.
ONE_NORMAL_FORM = "one normal form"
SHORT_FORM = "short form of the only fuller one"
SUBJECT_WITHIN = "one subject within the other"


def normal_form(name: str) -> str:
    """`name` without punctuation, 'dan' and 'Republik Indonesia': equal for spellings of one."""
    folded = fold(name)
    return " ".join(_FILLERS.sub(" ", _STATE.sub("", folded) or folded).split())


class Forms:
    """Agencies, by key, that are other forms of one another, and the rule that says so.

    What decisions tell `apart` is never joined.
    """

    def __init__(self, apart: Iterable[tuple[str, str]] = ()) -> None:
        self.joins: list[tuple[str, str, str, str]] = []  # left, right, rule, why
        self._target: dict[str, str] = {}
        self._members: dict[str, set[str]] = {}
        self._apart: dict[str, set[str]] = defaultdict(set)
        for left, right in apart:
            self._apart[left].add(right)
            self._apart[right].add(left)

    def target(self, key: str) -> str:
        """The agency that `key` is a form of; itself if of none."""
        while key in self._target:
            key = self._target[key]
        return key

    @property
    def others(self) -> dict[str, set[str]]:
        """For each key that is a form of another: that other."""
        return {key: {self.target(key)} for key in self._target}

    def join(self, key: str, target: str, rule: str, why: str = "") -> None:
        """Let `key` be a form of `target`."""
        one, other = self.target(key), self.target(target)
        members = [self._members.get(root, {root}) for root in (one, other)]
        apart = any(not self._apart[k].isdisjoint(members[1]) for k in members[0])
        if one == other or apart:
            return
        self._target[one] = other
        self._members[other] = members[0] | members[1]
        self.joins.append((key, target, rule, why))


def merge_forms(
    agencies: Mapping[str, Agency],
    articles: Mapping[str, int],
    stem: Callable[[str], str],
    same: Mapping[tuple[str, str], str] = MappingProxyType({}),
    different: Iterable[tuple[str, str]] = (),
) -> Forms:
    """Which agencies are other forms of another.

    `agencies` are all those known, by key, `articles` in how many each is named, and `stem` gives
    a name without class and unit number (`Registry.stem`). Spellings of one normal form are one
    agency. A form without class or number joins the only fuller one of that kind and place; of
    dinas and badan of one region, those join of which one's subjects include the others'. Pairs
    of keys that people judged `same` (with the reason) or `different` go before all of this.
    """
    forms = Forms(different)
    for pair, reason in sorted(same.items()):
        target, key = sorted(pair, key=lambda k: (agencies[k].kind is None, -articles[k], k))
        forms.join(key, target, "decision", reason)
    by_form: dict[str, list[str]] = defaultdict(list)
    for key in sorted(agencies, key=lambda key: (agencies[key].kind is None, key)):
        by_form[normal_form(agencies[key].name)].append(key)
    by_stem: dict[str, list[str]] = defaultdict(list)
    for form, (target, *others) in sorted(by_form.items()):
        for key in others:
            forms.join(key, target, ONE_NORMAL_FORM)
        by_stem[stem(agencies[target].name)].append(form)
    for _, (fullest, *shorter) in sorted(
        (key, sorted(found, key=lambda form: (-len(form), form))) for key, found in by_stem.items()
    ):
        words = set(fullest.split())
        if all(words.issuperset(form.split()) for form in shorter):
            for form in sorted(shorter):
                forms.join(by_form[form][0], by_form[fullest][0], SHORT_FORM)
    offices: dict[tuple[str, str], dict[frozenset[str], str]] = defaultdict(dict)
    for form, (key, *_) in sorted(by_form.items()):
        head, *subjects = without_region(form).split()
        ending = form[len(without_region(form)) :]
        if ending and head in _SUBJECT_OFFICES and _TWO_BODIES.isdisjoint(subjects):
            known = offices[head, ending].setdefault(frozenset(subjects), key)
            if known != key:  # the same words in another order
                more, fewer = sorted((known, key), key=lambda k: (-articles.get(k, 0), k))
                forms.join(fewer, more, SUBJECT_WITHIN)
                offices[head, ending][frozenset(subjects)] = more
    for _, keys in sorted(offices.items()):
        for key, target in sorted(_merge_subjects(keys, articles).items()):
            forms.join(key, target, SUBJECT_WITHIN)
    return forms


def _merge_subjects(
    keys: Mapping[frozenset[str], str], articles: Mapping[str, int]
) -> dict[str, str]:
    """Offices of one region, by the words of their subjects: which join, at the best attested."""
    widest: dict[frozenset[str], list[frozenset[str]]] = defaultdict(list)
    for subjects in keys:
        fuller = sorted((other for other in keys if subjects < other), key=len)
        if not fuller or not all(a < b for a, b in pairwise(fuller)):
            continue
        # Two offices without a word in common were united in the fuller one at some time.
        if all(subjects & other for other in keys if other < fuller[-1]):
            widest[fuller[-1]].append(subjects)
    merged: dict[str, str] = {}
    for full, shorter in widest.items():
        group = [keys[subjects] for subjects in (full, *shorter)]
        target = min(group, key=lambda key: (-articles.get(key, 0), key))
        merged |= {key: target for key in group if key != target}
    return merged


def regions_of(agencies: Mapping[str, Agency]) -> dict[str, str]:
    """Agency key -> the regency, city or province it is of, where that is known.

    It is the registry's code, else what the name ends in. Villages have none: they are too many
    in a regency for their officers to be one another's.
    """
    endings = {key: region_ending(agency) for key, agency in sorted(agencies.items())}
    codes = {key: (agency.region or "")[:_REGENCY_CODE] for key, agency in agencies.items()}
    code_of = {ending: codes[key] for key, ending in endings.items() if ending and codes[key]}
    found = {key: codes[key] or code_of.get(ending, ending) for key, ending in endings.items()}
    return {
        key: region
        for key, region in found.items()
        if region and fold(agencies[key].name).partition(" ")[0] not in _VILLAGES
    }


def region_ending(agency: Agency) -> str:
    """The region that the name of an agency ends in."""
    form = normal_form(agency.name)
    region = _REGION.search(form)
    return form[region.start() + 1 :] if region else ""


def without_region(form: str) -> str:
    """A normal form up to the region it ends in."""
    region = _REGION.search(form)
    return form[: region.start()] if region else form


def with_aliases(agency: Agency, names: Iterable[str]) -> Agency:
    """`agency` with the other names that were found for it."""
    found = {*agency.aliases, *names} - {agency.name}
    return replace(agency, aliases=tuple(sorted(found)))
