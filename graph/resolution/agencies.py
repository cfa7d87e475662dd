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


def normal_form(name: str) -> str:
    """`name` without punctuation, 'dan' and 'Republik Indonesia': equal for spellings of one."""
    folded = fold(name)
    return " ".join(_FILLERS.sub(" ", _STATE.sub("", folded) or folded).split())


def merge_forms(
    agencies: Mapping[str, Agency], articles: Mapping[str, int], stem: Callable[[str], str]
) -> dict[str, str]:
    """Which agencies are other forms of another: their keys -> its key.

    `agencies` are all those known, by key, `articles` in how many each is named, and `stem` gives
    a name without class and unit number (`Registry.stem`). Spellings of one normal form are one
    agency. A form without class or number joins the only fuller one of that kind and place; of
    dinas and badan of one region, those join of which one's subjects include the others'.
    """
    merged: dict[str, str] = {}
    by_form: dict[str, list[str]] = defaultdict(list)
    for key in sorted(agencies, key=lambda key: (agencies[key].kind is None, key)):
        by_form[normal_form(agencies[key].name)].append(key)
    by_stem: dict[str, list[str]] = defaultdict(list)
    for form, (target, *others) in sorted(by_form.items()):
        merged |= dict.fromkeys(others, target)
        by_stem[stem(agencies[target].name)].append(form)
    for forms in by_stem.values():
        *shorter, fullest = sorted(forms, key=lambda form: (len(form), form))
        words = set(fullest.split())
        if all(words.issuperset(form.split()) for form in shorter):
            merged |= {by_form[form][0]: by_form[fullest][0] for form in shorter}
    offices: dict[tuple[str, str], dict[frozenset[str], str]] = defaultdict(dict)
    for form, (key, *_) in sorted(by_form.items()):
        head, *subjects = without_region(form).split()
        ending = form[len(without_region(form)) :]
        if ending and head in _SUBJECT_OFFICES and _TWO_BODIES.isdisjoint(subjects):
            offices[head, ending][frozenset(subjects)] = key
    for keys in offices.values():
        merged |= _merge_subjects(keys, articles)
    return {key: _last(key, merged) for key in merged}


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


def _last(key: str, merged: Mapping[str, str]) -> str:
    while key in merged:
        key = merged[key]
    return key


def regions_of(agencies: Mapping[str, Agency]) -> dict[str, str]:
    """Agency key -> the regency, city or province it is of, where that is known.

    It is the registry's code, else what the name ends in. Villages have none: they are too many
    in a regency for their officers to be one another's.
    """
    endings = {key: _ending(agency) for key, agency in sorted(agencies.items())}
    codes = {key: (agency.region or "")[:_REGENCY_CODE] for key, agency in agencies.items()}
    code_of = {ending: codes[key] for key, ending in endings.items() if ending and codes[key]}
    found = {key: codes[key] or code_of.get(ending, ending) for key, ending in endings.items()}
    return {
        key: region
        for key, region in found.items()
        if region and fold(agencies[key].name).partition(" ")[0] not in _VILLAGES
    }


def _ending(agency: Agency) -> str:
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
