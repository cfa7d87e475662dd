"""Bodies that a sentence names without having them there: what others belong to, are asked or are.

The words right around a body tell it, whatever else the sentence says.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sinergi.graph.extraction.actors import Actor
from sinergi.graph.extraction.cues import EVENT_CUES, Cue, KindWord
from sinergi.graph.extraction.text import Document, Sentence

# 'mahasiswa Universitas X', 'politisi Partai X', 'keberadaan Pos X': not X itself.
_BELONGING = frozenset(
    (
        "alumni",
        "bagi",
        "fraksi",
        "gedung",
        "kader",
        "keberadaan",
        "legislator",
        "mahasiswa",
        "mahasiswi",
        "membawahi",
        "membidangi",
        "milik",
        "pakaian",
        "menjadi",
        "partai",
        "pelajar",
        "pensiunan",
        "politikus",
        "politisi",
        "purnawirawan",
        "santri",
        "siswa",
        "siswi",
    )
)
# 'membacakan amanat Menteri X': who is read out is away.
_READ_OUT = frozenset(("amanat", "pidato", "surat"))
_SPEECHES = frozenset(("arahan", "pesan", "sambutan"))
_HIS_SPEECHES = frozenset(("amanat", "amanatnya", "sambutan", "sambutannya"))
_READING = frozenset(("bacakan", "dibacakan", "membaca", "membacakan"))
_SENT = frozenset(("dari", "tertulis"))
MAX_READING_TOKENS = 3
# 'di bawah Presiden X', 'di era Bupati X', 'bagian dari X': whoever holds office then.
_REIGNS = frozenset(("era", "kepemimpinan", "pemerintahan"))
# 'program akselerasi Menteri X', 'Asta Cita Presiden', 'Keputusan Presiden': what all do, far from
# whose idea it was.
_POLICIES = frozenset(
    (
        "akselerasi",
        "cita",
        "edaran",
        "gagasan",
        "instruksi",
        "kebijakan",
        "keputusan",
        "misi",
        "peraturan",
        "perintah",
        "prioritas",
        "program",
        "putusan",
        "visi",
    )
)
# 'program yang dicanangkan oleh Menteri X', but not 'rapat yang digagas X'; 'instruksi dari X'.
_FOUNDING = frozenset(
    (
        "diamanatkan",
        "dicanangkan",
        "dicetuskan",
        "digagas",
        "digaungkan",
        "diinisiasi",
        "diinstruksikan",
        "dikeluarkan",
        "dikembangkan",
        "diluncurkan",
        "diperintahkan",
        "diprakarsai",
        "diprogramkan",
        "dirancang",
        "diterbitkan",
        "ditetapkan",
        "diusung",
    )
)
_ORDERS = frozenset(("arahan", "atensi", "instruksi", "perintah"))
_PROGRAMS = frozenset(
    (
        "aplikasi",
        "aturan",
        "edaran",
        "gagasan",
        "gerakan",
        "inisiatif",
        "inovasi",
        "izin",
        "kebijakan",
        "keputusan",
        "kerjasama",
        "konsep",
        "layanan",
        "pedoman",
        "peraturan",
        "program",
        "rekomendasi",
        "sama",
        "semangat",
        "sistem",
        "surat",
        "tema",
        "visi",
    )
)
MAX_PROGRAM_TOKENS = 5
MAX_FOUNDING_TOKENS = 5
_BY = frozenset(("langsung", "oleh"))
_WHICH = frozenset(("yang",))
# 'bantuan dari Kementerian X', unless it is handed over: 'menerima bantuan dari X'.
_GIFTS = frozenset(
    (
        "anggaran",
        "award",
        "bantuan",
        "dana",
        "data",
        "dukungan",
        "hibah",
        "informasi",
        "izin",
        "penghargaan",
        "rekomendasi",
        "restu",
        "surat",
    )
)
MAX_HANDED_TOKENS = 3
# 'alat yang didatangkan dari X'.
_FETCHED = frozenset(("dibeli", "didatangkan", "dipinjam", "disewa"))
_HANDED = ("diserah", "diterima", "menerima", "menyerah", "penerima", "penyerah", "serah", "terima")
# 'akan berkoordinasi dengan X': not there yet.
_LATER = frozenset(("akan", "bakal", "berencana", "ingin", "perlu", "segera"))
_WILL = frozenset(("akan", "bakal"))
_WITH = frozenset(("bersama", "dengan"))
MAX_PLAN_TOKENS = 12
# 'telah bekerja sama dengan X': before.
_COOPERATED = frozenset(("bekerja", "bekerjasama", "berkoordinasi", "bermitra"))
_HAVING = frozenset(("pernah", "sudah", "telah"))
MAX_WITH_TOKENS = 3
# 'Program itu merupakan upaya Kementerian X': what something is; who does it together is told.
_BEING = frozenset(("adalah", "ialah", "merupakan"))
_JOINT = frozenset(
    ("antara", "bersama", "kerja", "kerjasama", "kolaborasi", "sinergi", "sinergitas")
)
# 'keterangan tertulis yang diterima Koran X': who only prints it.
_RELEASES = frozenset(("keterangan", "pernyataan", "pers", "rilis", "siaran", "tertulis"))
# 'dilansir dari laman resmi X': where it was read.
_SOURCES = frozenset(
    (
        "akun",
        "dikutip",
        "dilansir",
        "instagram",
        "laman",
        "melansir",
        "mengutip",
        "situs",
        "website",
    )
)
_OFFICIAL = frozenset(("dari", "milik", "resmi"))
_GETTING = frozenset(("didapat", "dikirim", "diterima"))
MAX_RELEASE_TOKENS = 5
# 'meminta Dinas X untuk turun', 'meminta kepada Ketua X agar ...': they are to do it later.
_ASKING = frozenset(
    (
        "instruksikan",
        "meminta",
        "mengimbau",
        "menugaskan",
        "minta",
    )
)
_ORDERING = ("memerintah", "mengins")  # however the rest is spelt
_TO_DO = frozenset(("agar", "segera", "supaya", "untuk"))
_BACK = frozenset(("ini", "itu", "tersebut"))
# 'unsur Forkopimda': some of a circle of leaders, who are the circle only where they receive.
_SOME = frozenset(("anggota", "jajaran", "perwakilan", "unsur"))
_WELCOMES = frozenset(("dijemput", "disambut", "disongsong", "diterima", "menjemput", "menyambut"))
# 'X, yang juga pernah ...'
_WHO = frozenset(("juga", "yang"))
# Its members follow, who are parties themselves: 'unsur Forkopimda yang tampak antara lain'.
_NAMELY = frozenset(("adalah", "antara", "diantaranya", "yaitu", "yakni"))
MAX_NAMELY_TOKENS = 4


def stands_by(
    doc: Document, actor: Actor, sentence: Sentence, cues: Sequence[Cue], work: bool
) -> bool:
    """Whether words around an actor show that it is only named.

    In a meeting of work who is asked to do something mostly sits there.
    """
    first, i = sentence.first, actor.first
    if any("absent-before" in c.what and c.first - actor.last in (0, 1) for c in cues):
        return True  # 'X tidak hadir'
    if read_out(doc, actor, sentence):
        return True
    if i <= first:
        return False
    before = doc.keys[i - 1]
    if before in _REIGNS or (before == "bawah" and i - 2 >= first and doc.keys[i - 2] == "di"):
        return True
    if before == "dari" and i - 2 >= first and doc.keys[i - 2] == "bagian":
        return True
    if before in _POLICIES or _founded(doc, actor, sentence) or _told_to(doc, actor, sentence):
        return True
    if actor.person is not None:
        return False
    if _back(doc, actor, sentence, cues) or (not work and _asked(doc, actor, sentence)):
        return True
    if actor.post is not None:
        return False
    within = i - 2 if doc.capital[i - 1] and i - 2 >= first else i - 1
    if doc.keys[i - 1] in _BELONGING or doc.keys[within] in _BELONGING:
        return True
    source = i - 1
    while source > first and doc.keys[source] in _OFFICIAL:
        source -= 1
    if doc.keys[source] in _SOURCES:
        return True
    if _given(doc, actor, sentence) or _worked_with(doc, actor, sentence):
        return True
    return _released(doc, actor, sentence) or _is_said(doc, actor, sentence, cues)


def comes_later(doc: Document, actor: Actor, sentence: Sentence, cues: Sequence[Cue]) -> bool:
    """Whether others have yet to go and see an actor: 'akan berkoordinasi dengan X'."""
    if _is_to_join(doc, actor, sentence, cues):
        return True
    last = None
    for cue in cues:
        if cue.last <= actor.first and cue.what & EVENT_CUES:
            last = cue
    return (
        last is not None
        and not doc.quoted[last.first]
        and last.first > sentence.first
        and doc.keys[last.first - 1] in _LATER
        and "host-after" in last.what
        and "," not in doc.words[last.last : actor.first]
    )


def _is_to_join(doc: Document, actor: Actor, sentence: Sentence, cues: Sequence[Cue]) -> bool:
    """'X akan menggelar konferensi bersama Y', 'X akan bekerja sama dengan Y': Y is to come."""
    will = -1
    for j in range(actor.first - 1, max(sentence.first, actor.first - MAX_PLAN_TOKENS), -1):
        if doc.keys[j] in _WILL and not doc.quoted[j]:
            will = j
            break
    joined = doc.keys[actor.first - 1] in _WITH
    if will < 0 or not joined or actor.person is not None:
        return False
    return not any(will < c.first < actor.first and "speech" in c.what for c in cues)


def read_out(doc: Document, actor: Actor, sentence: Sentence) -> bool:
    """'membacakan sambutan tertulis dari X', 'sambutan X yang dibacakan N': X is away."""
    after = actor.last + 1
    if (
        after < sentence.last
        and doc.keys[after - 1] == "dalam"
        and doc.keys[after] in _HIS_SPEECHES
    ):
        end = min(sentence.last, after + 1 + MAX_READING_TOKENS)
        return doc.find(after, end, _READING) >= 0  # 'X dalam sambutan yang dibacakan N'
    j = actor.first - 1
    while j > sentence.first and doc.keys[j] in _SENT:
        j -= 1
    if j < sentence.first:
        return False
    if doc.keys[j] in _READ_OUT:
        return True
    start = max(sentence.first, j - MAX_READING_TOKENS)
    end = min(sentence.last, actor.last + MAX_READING_TOKENS)
    return doc.keys[j] in _SPEECHES and (
        doc.find(start, j, _READING) >= 0 or doc.find(actor.last, end, _READING) >= 0
    )


def is_heading(doc: Document, actor: Actor, sentence: Sentence, told: Sequence[KindWord]) -> bool:
    """Whether a circle of leaders is named only for its meeting or to head a list of members."""
    if any(word.last == actor.first and word.kind == "rapat" for word in told):
        return True  # 'Rapat Forkopimda'
    if doc.keys[actor.first - 1] == "antar" and actor.first > sentence.first:
        return True  # 'hubungan antar Forkopimda'
    if doc.keys[actor.first - 1] not in _SOME or actor.first == sentence.first:
        return False
    end = min(actor.last + MAX_NAMELY_TOKENS, sentence.last)
    return doc.find(actor.last, end, _NAMELY) >= 0


def welcomes(doc: Document, actor: Actor, sentence: Sentence) -> bool:
    """'disambut unsur Forkopimda': they are there for the whole circle."""
    some = actor.first > sentence.first and doc.keys[actor.first - 1] in _SOME
    return some and doc.find(sentence.first, actor.first, _WELCOMES) >= 0


def _back(doc: Document, actor: Actor, sentence: Sentence, cues: Sequence[Cue]) -> bool:
    """'..., kata Ketua DPW X itu': another post of whom the text has named already."""
    return (
        actor.post is not None
        and actor.last < sentence.last
        and doc.keys[actor.last] in _BACK
        and any(c.last == actor.first and "speech-quote" in c.what for c in cues)
    )


def _founded(doc: Document, actor: Actor, sentence: Sentence) -> bool:
    """'program yang telah dicanangkan oleh X'."""
    start = max(sentence.first, actor.first - MAX_FOUNDING_TOKENS)
    verb = doc.find(start, actor.first, _FOUNDING)
    which = doc.find(start, verb, _WHICH) if verb >= 0 else -1
    what = range(max(sentence.first, which - MAX_PROGRAM_TOKENS), which)
    return doc.find(what.start, what.stop, _PROGRAMS) >= 0 and all(
        doc.keys[j] in _BY for j in range(verb + 1, actor.first)
    )


def _told_to(doc: Document, actor: Actor, sentence: Sentence) -> bool:
    """'atas instruksi langsung dari X'."""
    j = actor.first - 1
    if j <= sentence.first or doc.keys[j] != "dari":
        return False
    j -= 1 + (doc.keys[j - 1] == "langsung")
    return j >= sentence.first and doc.keys[j] in _ORDERS


def _given(doc: Document, actor: Actor, sentence: Sentence) -> bool:
    """'bantuan dari X', of which nothing tells that it is handed over here."""
    gift = actor.first - 2
    if gift <= sentence.first or doc.keys[gift + 1] != "dari":
        return False
    if doc.keys[gift] in _FETCHED:
        return True
    before = range(max(sentence.first, gift - MAX_HANDED_TOKENS), gift)
    return doc.keys[gift] in _GIFTS and not any(doc.keys[j].startswith(_HANDED) for j in before)


def _worked_with(doc: Document, actor: Actor, sentence: Sentence) -> bool:
    """'telah bekerja sama dengan X': they have, before."""
    start = max(sentence.first, actor.first - MAX_WITH_TOKENS)
    verb = doc.find(start, actor.first, _COOPERATED)
    return verb > sentence.first and doc.keys[verb - 1] in _HAVING


def _asked(doc: Document, actor: Actor, sentence: Sentence) -> bool:
    i = actor.first - 1
    if doc.keys[i] == "kepada" and i - 1 >= sentence.first:
        i -= 1
    asked = doc.keys[i] in _ASKING or doc.keys[i].startswith(_ORDERING)
    end = min(actor.last + 1, sentence.last)
    return asked and doc.find(actor.last, end, _TO_DO) >= 0


def _released(doc: Document, actor: Actor, sentence: Sentence) -> bool:
    i = actor.first - 1
    if i > sentence.first and doc.keys[i] == "oleh":
        i -= 1
    start = max(sentence.first, i - MAX_RELEASE_TOKENS)
    return doc.keys[i] in _GETTING and doc.find(start, i, _RELEASES) >= 0


def _is_said(doc: Document, actor: Actor, sentence: Sentence, cues: Sequence[Cue]) -> bool:
    being = doc.find(sentence.first, actor.first, _BEING)
    return (
        being >= 0
        and doc.find(being, actor.first, _JOINT) < 0
        and not any(c.first < actor.first and c.what & EVENT_CUES for c in cues)
    )


def elsewhere(
    doc: Document,
    sentence: Sentence,
    actors: Sequence[Actor] | None,
    cues: Mapping[int, Sequence[Cue]],
) -> bool:
    """Whether a sentence tells what was elsewhere, or once: 'kegiatan yang pernah digelar X'.

    'X, yang juga pernah menjabat Y, menerima' tells who X is, and what X does.
    """
    return any(
        "elsewhere" in cue.what
        and not doc.quoted[cue.first]
        and not (
            actors
            and actors[0].first < cue.first
            and (doc.keys[cue.first] == "yang" or doc.keys[cue.first - 1] in _WHO)
        )
        for cue in cues.get(sentence.index, ())
    )
