"""What a meeting is called and who was there: sentences of our own, everybody invented."""

from __future__ import annotations

import pytest

from sinergi.graph.extraction import extract
from sinergi.graph.model import Article, Extraction
from sinergi.graph.registry import Registry


def read(registry: Registry, text: str, title: str = "") -> Extraction:
    return extract(Article("t", title, text), registry)


@pytest.mark.parametrize(
    ("title", "text", "kind"),
    [
        (
            "",
            "Kapolda Nusa Raya Ranu Wicaksana melakukan kunjungan kerja ke Kabupaten Arunika "
            "dalam rangka meresmikan gedung baru, Senin (3/2/2025). Ia disambut Bupati Arunika "
            "Seno Palapa.",
            "kunjungan",
        ),
        (
            "Bupati Arunika Minta BNN Gelar Tes Urine",
            "“Silakan datang kapan saja,” kata Bupati Arunika Seno Palapa saat audiensi dengan BNN "
            "Provinsi Nusa Raya, Senin (3/2/2025).",
            "audiensi",
        ),
        (
            "",
            "Polres Arunika menyambangi Rutan Arunika, Senin (3/2/2025). Patroli itu menjadi "
            "bentuk sinergi. Patroli berjalan aman. Patroli dilanjutkan ke pasar.",
            "kunjungan",
        ),
        (
            "",
            "Gubernur Nusa Raya Ranu Wicaksana mengecek jalan di Kabupaten Arunika, Senin "
            "(3/2/2025). Ia disambut Bupati Arunika Seno Palapa di perbatasan.",
            "kunjungan",
        ),
        (
            "",
            "Pemerintah Kabupaten Arunika menyambut kedatangan Tim Penilai dari Pemerintah "
            "Provinsi Nusa Raya, Senin (3/2/2025).",
            "kunjungan",
        ),
        (
            "",
            "Sebanyak 36 keluarga di Kecamatan Karangjati menerima sembako dari Dinas Sosial "
            "Kabupaten Arunika, Senin (3/2/2025). Camat Karangjati Seno Palapa mendampingi "
            "petugas Dinas Sosial Kabupaten Arunika.",
            "upacara",
        ),
        (
            "",
            "Kalapas Arunika Seno Palapa meresmikan bengkel kerja bersama Dinas Sosial Kabupaten "
            "Arunika, Senin (3/2/2025), didahului penandatanganan perjanjian kerja sama.",
            "upacara",
        ),
    ],
    ids=["purpose", "wish", "verb", "welcome", "coming", "given", "before"],
)
def test_the_kind_is_that_of_who_came_together(
    registry: Registry, title: str, text: str, kind: str
) -> None:
    assert [m.kind for m in read(registry, text, title).meetings] == [kind]


def bodies(found: Extraction) -> set[str]:
    (meeting,) = found.meetings
    return {party.organization for party in meeting.organizations}


REGENCY, POLICE = "Pemerintah Kabupaten Arunika", "Polres Arunika"
VISIT = (
    "Bupati Arunika Seno Palapa menerima kunjungan Kapolres Arunika AKBP Ranu Wicaksana, Senin "
    "(3/2/2025). "
)


@pytest.mark.parametrize(
    "text",
    [
        "Kapolres meminta Dinas Sosial Kabupaten Arunika untuk ikut serta dalam kunjungan berikut.",
        "Silaturahmi seperti ini merupakan upaya Kementerian Sosial menyapa warga.",
        "Kunjungan itu disaksikan mahasiswa Universitas Nusa Raya.",
        "Kunjungan itu, kata Bupati dalam keterangan tertulis yang diterima Koran Nusa, penting.",
        "Kunjungan itu diadakan di masa kepemimpinan Gubernur Nusa Raya Bayu Tirta.",
    ],
    ids=["asked", "is", "students", "newspaper", "reign"],
)
def test_who_is_only_named_takes_no_part(registry: Registry, text: str) -> None:
    assert bodies(read(registry, VISIT + text)) == {REGENCY, POLICE}


@pytest.mark.parametrize(
    ("text", "there"),
    [
        (
            "Kapolres Arunika disambut Bupati Arunika Seno Palapa dan unsur Forkopimda Arunika.",
            True,
        ),
        ("Kegiatan itu dihadiri unsur Forkopimda, antara lain Kajari Arunika Dara Puspa.", False),
    ],
    ids=["welcome", "heading"],
)
def test_a_circle_of_leaders_is_there_where_it_receives(
    registry: Registry, text: str, there: bool
) -> None:
    circle = "Forum Koordinasi Pimpinan Daerah Kabupaten Arunika"
    assert (circle in bodies(read(registry, VISIT + text))) is there


def test_an_agency_through_which_its_government_acts_meets_nobody(registry: Registry) -> None:
    text = (
        "Pemerintah Kabupaten Arunika {} Satpol PP Kabupaten Arunika menggelar razia, Senin (3/2)."
    )
    assert not read(registry, text.format("melalui")).meetings
    assert read(registry, text.format("bersama")).meetings


def test_what_is_announced_is_planned_and_has_parties_of_its_own(registry: Registry) -> None:
    held, planned = read(
        registry,
        "Kepala Dinas Perdagangan Kabupaten Arunika Seno Palapa menggelar rapat dengan Polres "
        "Arunika, Senin (3/2/2025). Rapat membahas lapak pedagang. Rapat berjalan lancar. Seno "
        "mengatakan peresmian pasar ini akan dilakukan Sabtu (8/2/2025) oleh Bupati Arunika Dara "
        "Puspa bersama Kodim 0999/Arunika.",
    ).meetings
    assert (held.status, planned.status, planned.kind) == ("held", "planned", "upacara")
    assert {p.organization for p in planned.organizations} == {REGENCY, "Kodim 0999/Arunika"}


def test_who_makes_something_up_does_not_show_that_it_was_held(registry: Registry) -> None:
    found = read(
        registry,
        "Komisi Informasi Provinsi Nusa Raya akan melakukan kunjungan ke Dinas Sosial Kabupaten "
        "Arunika, Senin (3/2/2025). Badan yang dikunjungi terdiri dari Dinas Sosial Kabupaten "
        "Arunika dan Polres Arunika.",
    )
    assert [m.status for m in found.meetings] == ["planned"]


def test_a_year_ahead_is_not_the_year_of_the_day(registry: Registry) -> None:
    found = read(
        registry,
        "Bupati Arunika Seno Palapa mengunjungi Polres Arunika, Senin (3/2). Gedung baru dipakai "
        "pada tahun 2025 mendatang.",
    )
    assert [m.date for m in found.meetings] == [None]


def test_who_sent_another_is_away_but_its_body_is_there(registry: Registry) -> None:
    found = read(
        registry,
        "Mewakili Danrem 098/Nusa Raya Brigjen TNI Bayu Tirta, Dandim 0999/Arunika Letkol Inf Seno "
        "Palapa membuka rapat bersama Polres Arunika, Senin (3/2/2025).",
    )
    assert "Korem 098/Nusa Raya" in bodies(found)
    assert [p.person for p in found.meetings[0].participants] == ["Seno Palapa"]


@pytest.mark.parametrize(
    ("text", "kind", "party"),
    [
        (
            "Dinas Sosial Kabupaten Arunika menutup tahun anggaran. Anggaran terserap penuh. "
            "Semua berjalan baik di lapangan. Tidak ada catatan berarti. Laporan diserahkan Kepala "
            "Dinas Sosial Kabupaten Arunika Seno Palapa dan diterima langsung oleh Kapolres "
            "Arunika AKBP Ranu Wicaksana, Senin (3/2/2025).",
            "upacara",
            POLICE,
        ),
        (
            "Wakil Bupati Arunika Seno Palapa mengantarkan undangan HUT Kabupaten Arunika kepada "
            "Gubernur Nusa Raya Bayu Tirta di rumah jabatan, Senin (3/2/2025).",
            "audiensi",
            "Pemerintah Provinsi Nusa Raya",
        ),
        (
            "Bupati Arunika Seno Palapa membuka rapat koordinasi, Senin (3/2/2025). Ikut duduk "
            "Kapolres Arunika. Begitu pula Dandim 0999/Arunika.",
            "rapat",
            "Kodim 0999/Arunika",
        ),
        (
            "Rutan Arunika menandatangani perjanjian kerja sama dengan empat pihak, Senin "
            "(3/2/2025). Mereka adalah Dinas Sosial Kabupaten Arunika dan Polres Arunika.",
            "penandatanganan",
            POLICE,
        ),
    ],
    ids=["handover", "invitation", "likewise", "they"],
)
def test_more_ways_in_which_news_tells_of_a_meeting(
    registry: Registry, text: str, kind: str, party: str
) -> None:
    found = read(registry, text)
    assert [m.kind for m in found.meetings] == [kind]
    assert party in bodies(found)


def test_whose_words_are_read_out_is_away(registry: Registry) -> None:
    found = read(
        registry,
        VISIT + "Bupati membacakan amanat Menteri Sosial Bayu Tirta pada kunjungan itu. Menteri "
        "Sosial Bayu Tirta mengatakan, silaturahmi itu penting.",
    )
    assert bodies(found) == {REGENCY, POLICE}
    assert "Bayu Tirta" not in {p.person for p in found.meetings[0].participants}


@pytest.mark.parametrize(("words", "meetings"), [("bukan", 0), ("bukan sekadar", 1)])
def test_what_something_is_not_is_no_meeting(registry: Registry, words: str, meetings: int) -> None:
    text = (
        f"Hibah Pemerintah Kabupaten Arunika kepada Polres Arunika itu {words} penyerahan bantuan."
    )
    assert len(read(registry, text).meetings) == meetings


def test_a_force_is_no_party_for_one_of_its_leaders(registry: Registry) -> None:
    text = VISIT + "Bupati Arunika senang atas kunjungan pimpinan TNI AU di wilayahnya."
    assert bodies(read(registry, text)) == {REGENCY, POLICE}
