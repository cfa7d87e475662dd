"""People named without an office behind 'diterima oleh', who receive for the body visited, and
behind 'rombongan X dipimpin', who lead X's people."""

from __future__ import annotations

from collections.abc import Sequence

from sinergi.graph.extraction.names import Name
from sinergi.graph.extraction.orgs import Org
from sinergi.graph.extraction.text import Document

_RECEIVED = frozenset(("dijamu", "disambut", "disongsong", "diterima"))
_LED = frozenset(("dikomandani", "dikomandoi", "dipimpin"))
_VERBS = _RECEIVED | _LED
# 'diterima di ruang rapat oleh N', 'disambut hangat N': so many words may stand between,
MAX_VERB_TOKENS = 8
# of which the last is one of these, where any do.
_BEFORE = frozenset(("baik", "hangat", "langsung", "oleh", "ramah"))
# 'N, M dan O': between two names of one list.
_JOINING = frozenset((",", "dan", "serta", "&"))
MAX_JOINT_TOKENS = 2
# 'berkunjung ke kantor X': so near before a body stands a word for going there.
_GOING = frozenset(
    ("ke", "datangi", "kunjungi", "mendatangi", "mengunjungi", "menyambangi", "sambangi")
)
MAX_GOING_TOKENS = 3


def find_receivers(
    doc: Document, names: Sequence[Name], orgs: Sequence[Org], held: frozenset[int]
) -> dict[int, Org]:
    """The body that each of those receives for, by the first token of the name.

    `held` are the first tokens of the names that have a post.
    """
    if _VERBS.isdisjoint(doc.keys):
        return {}
    whole = sorted((o for o in orgs if o.complete and o.last > o.first), key=lambda o: o.first)
    found: dict[int, Org] = {}
    before: Name | None = None
    for name in sorted(names, key=lambda n: n.first):
        sure = len(name.keys) > 1 or name.titled
        if sure and name.first not in held and not doc.quoted[name.first]:
            listed = before is not None and before.first in found and _joined(doc, before, name)
            org = found[before.first] if listed and before is not None else None
            org = org or _visited(doc, name, whole)
            if org is not None:
                found[name.first] = org
        before = name
    return found


def _joined(doc: Document, one: Name, other: Name) -> bool:
    between = doc.keys[one.end : other.begin]
    return 0 < len(between) <= MAX_JOINT_TOKENS and _JOINING.issuperset(between)


def _visited(doc: Document, name: Name, orgs: Sequence[Org]) -> Org | None:
    """'Rombongan mengunjungi X dan diterima oleh N', 'Rombongan X yang dipimpin N': X."""
    first = max(doc.sentence_of(name.first).first, name.begin - MAX_VERB_TOKENS)
    verb = next((j for j in range(name.begin - 1, first - 1, -1) if doc.keys[j] in _VERBS), -1)
    if verb < 0 or (verb + 1 < name.begin and doc.keys[name.begin - 1] not in _BEFORE):
        return None
    if doc.keys[verb] in _LED:
        end = verb - (doc.keys[verb - 1] == "yang")
        return next((org for org in orgs if org.last == end), None)
    for org in reversed(orgs):
        if org.first >= name.begin:
            continue
        if org.first > verb:
            return org  # 'diterima di kantor X oleh N'
        if not _GOING.isdisjoint(doc.keys[max(0, org.first - MAX_GOING_TOKENS) : org.first]):
            return org
    return None
