"""What was signed: the title of an agreement as the text gives it, its kind and its parties."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sinergi.graph.extraction.text import Document, Sentence
from sinergi.graph.model import Agreement, Party

# Longest title read after 'tentang'.
MAX_SUBJECT_WORDS = 14

_KINDS = (
    ("hibah", r"naskah\s+perjanjian\s+hibah(?:\s+daerah)?|NPHD|hibah"),
    ("pks", r"perjanjian\s+ker(?:ja\s*sama)|PKS|memorandum\s+of\s+agreement|MoA"),
    (
        "mou",
        r"(?:naskah\s+)?nota\s+kesepahaman|(?:naskah\s+)?nota\s+kesepakatan|"
        r"(?:naskah\s+)?kesepakatan\s+bersama|memorandum\s+of\s+understanding|MoU",
    ),
    ("komitmen", r"(?:pakta|komitmen|piagam|maklumat|deklarasi|ikrar)\s+\w+|komitmen\s+bersama"),
    ("lainnya", r"kontrak|surat\s+pernyataan|kesepakatan|perjanjian|berita\s+acara|kerja\s*sama"),
)
_ANY = re.compile(
    r"\b(?:" + "|".join(f"(?P<{kind}>{pattern})" for kind, pattern in _KINDS) + r")\b"
    r"(?P<gloss>\s*\((?:MoU|MOU|PKS|MoA|NPHD|NK)\))?",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    r"\s+(?:tentang|terkait|pelaksanaan|tahun\s+\d{4}|(?:di\s+)?bidang)\s+", re.IGNORECASE
)
_SUBJECT_END = re.compile(
    r"[.,;:\"()]|\s(?:antara|yang|di\s(?!bidang)|pada|dengan|oleh|bersama|dari|untuk|ini|tersebut|itu|senin|selasa|"
    r"rabu|kamis|jumat|jum'at|sabtu|minggu)\b",
    re.IGNORECASE,
)
# 'Perjanjian Kerja Sama' tells more than 'kesepakatan' in the same article.
_ORDER = {kind: order for order, kind in enumerate(("mou", "pks", "hibah", "komitmen", "lainnya"))}


def find_agreement(
    doc: Document, sentences: Iterable[Sentence], parties: tuple[Party, ...]
) -> Agreement | None:
    """The agreement that the sentences of a signing name, or None.

    The parties are the agencies that sign; where no one is said to sign, all that take part.
    """
    best: tuple[int, int, str, int, int] | None = None
    for sentence in sentences:
        for match in _ANY.finditer(doc.norm, sentence.start, sentence.end):
            kind = str(match.lastgroup if match.lastgroup != "gloss" else next(
                k for k, _ in _KINDS if match.group(k)
            ))  # fmt: skip
            rank = (_ORDER[kind], match.start())
            if best is None or rank < best[:2]:
                best = (*rank, kind, match.start(), match.end())
    if best is None:
        return None
    _, _, kind, start, end = best
    subject = _SUBJECT.match(doc.norm, end)
    if subject is not None:
        stop = _SUBJECT_END.search(doc.norm, subject.end() - 1)
        until = stop.start() if stop else subject.end()
        words = doc.norm[end:until].split()
        if "\n" not in doc.norm[end:until] and 1 < len(words) <= MAX_SUBJECT_WORDS:
            end = until
    span = doc.cut(start, end)
    signing = tuple(p.organization for p in parties if p.role == "signatory")
    return Agreement(
        " ".join(span.quote.split()),
        kind,
        signing if len(signing) > 1 else tuple(p.organization for p in parties),
        (span,),
    )
