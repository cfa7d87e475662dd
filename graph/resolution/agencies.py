"""One agency under its several names: the registry's key first, then a normal form.

Near twins stay apart ('Polres Kediri', 'Polres Kediri Kota'): every word of a name counts, but for
the class, number or supplement that a short form leaves out, and that only where a single fuller
agency of that kind and place is known.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import pairwise

from sinergi.graph.model import Agency
from sinergi.graph.resolution.names import fold, slug

_FILLERS = re.compile(r"\b(?:dan|serta)\b")
_STATE = re.compile(r" (?:republik indonesia|ri)$")
_WRITTEN_CLASS = re.compile(r"\bke?las (i{1,3}|iv)(?: ?([ab]))?\b")
# What a short form leaves out: 'Kelas IIA', 'Kelas I TPI', 'Kelas III Non TPI', 'Kelas I Khusus'.
_CLASS = re.compile(r" kelas (?:i{1,3}|iv)[ab]?\b(?: (?:non )?tpi\b)?(?: khusus\b)?")
# '0707/Wonosobo', 'IV/Diponegoro', 'V/2-3 Lamongan': units of the armed forces carry a number.
_UNIT_NUMBER = re.compile(r" (?:\d[\d-]*|[ivx]+)/(?:\d[\d-]* )?| 0\d{3}\b| 0\d{2}/")
_REGION = re.compile(r" (?:kabupaten|kota|provinsi|kecamatan) (?!besar\b)")
# Offices of a regional government, of which it has one for each subject.
_SUBJECT_OFFICES = ("dinas", "badan")
_VILLAGES = frozenset(("desa", "nagari", "gampong", "kampung", "pekon", "dusun"))
_REGENCY_CODE = len("33.07")  # longer codes are of districts and villages in it


def normal_form(name: str) -> str:
    """`name` without punctuation, 'dan' and 'Republik Indonesia': equal for spellings of one."""
    folded = fold(name)
    folded = _STATE.sub("", _WRITTEN_CLASS.sub(r"kelas \1\2", folded)) or folded
    return " ".join(_FILLERS.sub(" ", folded).split())


def short_form(name: str) -> str:
    """The normal form of `name` without class or unit number."""
    spaced = re.sub(r"\s*/\s*", "/", name.lower())
    bare = _UNIT_NUMBER.sub(" ", f" {spaced}")
    return _CLASS.sub("", " " + normal_form(bare)).strip()


def merge_short_forms(agencies: Mapping[str, Agency]) -> dict[str, str]:
    """Which agencies are other forms of another: their keys -> its key.

    `agencies` are all those known, by key. Spellings of one normal form are one agency. A form
    without class or number joins the only fuller one of that kind and place; of dinas and badan
    of one region, one joins the only other whose subjects include its own.
    """
    merged: dict[str, str] = {}
    by_form: dict[str, list[str]] = defaultdict(list)
    for key in sorted(agencies, key=lambda key: (agencies[key].kind is None, key)):
        by_form[normal_form(agencies[key].name)].append(key)
    by_short: dict[str, list[str]] = defaultdict(list)
    for form, (target, *others) in sorted(by_form.items()):
        merged |= dict.fromkeys(others, target)
        by_short[short_form(agencies[target].name)].append(form)
    for forms in by_short.values():
        *shorter, fullest = sorted(forms, key=lambda form: (len(form), form))
        words = set(fullest.split())
        if all(words.issuperset(form.split()) for form in shorter):
            merged |= {by_form[form][0]: by_form[fullest][0] for form in shorter}
    merged |= _merge_subjects({k: a for k, a in agencies.items() if k not in merged})
    return {key: _last(key, merged) for key in merged}


def _merge_subjects(agencies: Mapping[str, Agency]) -> dict[str, str]:
    blocks: dict[tuple[str, str], list[tuple[frozenset[str], str]]] = defaultdict(list)
    for key, agency in sorted(agencies.items()):
        form = normal_form(agency.name)
        region = _REGION.search(form)
        head, *words = without_region(form).split()
        if region and head in _SUBJECT_OFFICES and words:
            blocks[head, form[region.start() :]].append((frozenset(words), key))
    merged = {}
    for block in blocks.values():
        for subjects, key in block:
            fuller = [entry for entry in block if subjects < entry[0]]
            fuller.sort(key=lambda entry: (len(entry[0]), entry[1]))
            nested = all(a[0] < b[0] for a, b in pairwise(fuller))
            if not fuller or not nested:
                continue
            # Two offices without a word in common were united in the fuller one at some time.
            widest, target = fuller[-1]
            if all(subjects & other for other, _ in block if other < widest):
                merged[key] = target
    return merged


def _last(key: str, merged: Mapping[str, str]) -> str:
    while key in merged:
        key = merged[key]
    return key


def agency_region(agency: Agency) -> str | None:
    """The regency, city or province that an agency is of, as a key; None for villages, too many
    in a regency for their officers to be one another's.

    It is the registry's code, else what the name ends in.
    """
    form = normal_form(agency.name)
    if form.partition(" ")[0] in _VILLAGES:
        return None
    if agency.region:
        return agency.region[:_REGENCY_CODE]
    region = _REGION.search(form)
    return form[region.start() + 1 :] if region else None


def without_region(form: str) -> str:
    """A normal form up to the region it ends in."""
    region = _REGION.search(form)
    return form[: region.start()] if region else form


def with_aliases(agency: Agency, names: Iterable[str]) -> Agency:
    """`agency` with the other names that were found for it."""
    found = {*agency.aliases, *names} - {agency.name}
    return replace(agency, aliases=tuple(sorted(found)))


def bare_agency(name: str) -> Agency:
    """An agency of which only the name is known."""
    return Agency(key=slug(normal_form(name)), name=name)
