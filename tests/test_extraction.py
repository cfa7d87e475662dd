"""What extraction reads, in sentences of our own. All persons and regions here are invented."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sinergi.graph.extraction import extract
from sinergi.graph.model import Article, Extraction, Meeting, Official, Span
from sinergi.graph.registry import Registry

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"

REGIONS = """code,kind,name,parent,aliases,source
98,provinsi,Nusa Raya,,Nura,invented
98.01,kabupaten,Arunika,98,,invented
98.02,kota,Arunika,98,,invented
98.03,kabupaten,Suryalaya,98,,invented
98.71,kota,Madyapura,98,,invented
98.01.01,kecamatan,Kalimaya,98.01,,invented
98.03.01,kecamatan,Lembayung,98.03,,invented
"""


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Registry:
    folder = tmp_path_factory.mktemp("registry")
    (folder / "regions.csv").write_text(REGIONS, encoding="utf-8")
    return Registry.load(folder)


def read(
    registry: Registry, text: str, *, title: str = "", published: str | None = None
) -> Extraction:
    return extract(Article("t", title, text, published), registry)


def posts(found: Extraction) -> list[tuple[str, str | None, str | None]]:
    return [(o.person, o.post, o.organization) for o in found.officials]


def only(found: Extraction) -> Official:
    assert len(found.officials) == 1, posts(found)
    return found.officials[0]


def meeting(found: Extraction) -> Meeting:
    assert len(found.meetings) == 1, found.meetings
    return found.meetings[0]


@pytest.mark.parametrize(
    ("text", "person", "rank", "degrees"),
    [
        (
            "Kapolres Arunika AKBP Dr. H. Suta Wirabumi, S.H., S.I.K., M.Si. membuka apel.",
            "Suta Wirabumi",
            "AKBP",
            ("Dr.", "S.H.", "S.I.K.", "M.Si."),
        ),
        (
            "Bupati Arunika Drs. Kartala Menadi SE.MM membuka rapat.",
            "Kartala Menadi",
            None,
            ("Drs.", "SE.", "MM"),
        ),
        (
            "Sekda Arunika, Ratna Wulandika S. I. P,. M.Si, membuka rapat.",
            "Ratna Wulandika",
            None,
            ("S. I. P", "M.Si"),
        ),
        ("Dandim 0999/Arunika Letkol Inf Bagja Pranata hadir.", "Bagja Pranata", "Letkol Inf", ()),
        (
            "Danlanal Arunika Letkol Laut (P) Tirta Samodra hadir.",
            "Tirta Samodra",
            "Letkol Laut (P)",
            (),
        ),
        ("Wali Kota Madyapura Hj. Nirmala Kencanasari hadir.", "Nirmala Kencanasari", None, ()),
    ],
)
def test_ranks_honorifics_and_degrees_stand_apart_from_the_name(
    registry: Registry, text: str, person: str, rank: str | None, degrees: tuple[str, ...]
) -> None:
    official = only(read(registry, text))
    assert (official.person, official.rank, official.degrees) == (person, rank, degrees)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Kasi Intel Kejari Arunika Damar Segara memberi keterangan.",
            ("Damar Segara", "Kepala Seksi Intelijen", "Kejaksaan Negeri Arunika"),
        ),
        (
            "Plt Kepala Dinas Kesehatan Kabupaten Suryalaya, dr. Mega Purwanti, hadir.",
            ("Mega Purwanti", "Pelaksana Tugas Kepala", "Dinas Kesehatan Kabupaten Suryalaya"),
        ),
        (
            "Lembayung Pertiwi selaku Kepala Bapas Kelas II Madyapura hadir.",
            ("Lembayung Pertiwi", "Kepala", "Bapas Kelas II Madyapura"),
        ),
        (
            "Gendis Larasati, Kepala Bidang Pencegahan dan Kesiapsiagaan BPBD Kabupaten Arunika, "
            "hadir.",
            (
                "Gendis Larasati",
                "Kepala Bidang Pencegahan dan Kesiapsiagaan",
                "Badan Penanggulangan Bencana Daerah Kabupaten Arunika",
            ),
        ),
        (
            "Camat Kalimaya Bayu Sasmita hadir di Arunika.",
            ("Bayu Sasmita", "Camat", "Kecamatan Kalimaya"),
        ),
        (
            "Wakil Ketua DPRD Kota Madyapura, Seno Adiluhung, hadir.",
            (
                "Seno Adiluhung",
                "Wakil Ketua",
                "Dewan Perwakilan Rakyat Daerah Kota Madyapura",
            ),
        ),
        (
            "Rektor Universitas Nusa Cendekia Prof. Dr. Hastawan Arya hadir.",
            ("Hastawan Arya", "Rektor", "Universitas Nusa Cendekia"),
        ),
        (
            "Rektor Universitas Nusa Cendekia Hasta Arya, di kampus, menyambut mereka. "
            "Universitas Nusa Cendekia ramai.",
            ("Hasta Arya", "Rektor", "Universitas Nusa Cendekia"),
        ),
        (
            "Managing Director Pandan Group Seno Adiluhung hadir.",
            ("Seno Adiluhung", "Managing Director", "Pandan Group"),
        ),
        (
            "Ketua Air Wana Center Indonesia Damar Segara hadir.",
            ("Damar Segara", "Ketua", "Air Wana Center Indonesia"),
        ),
        (
            "Sekjen DPP IKA UJM Prof Damar Segara hadir.",
            ("Damar Segara", "Sekretaris Jenderal", "DPP IKA UJM"),
        ),
        (
            "Komandan Pusdalbang Letkol Damar Segara hadir.",
            ("Damar Segara", "Komandan", "Pusdalbang"),
        ),
        (
            "Ketua Bapemperda DPRD Kota Madyapura, Seno Adiluhung, hadir.",
            (
                "Seno Adiluhung",
                "Ketua Badan Pembentukan Peraturan Daerah",
                "Dewan Perwakilan Rakyat Daerah Kota Madyapura",
            ),
        ),
        (
            "Wakil Asisten Teritorial Kasdam IV Diponegoro Letkol Kav Damar Segara hadir.",
            ("Damar Segara", "Wakil Asisten Teritorial", "Kodam IV/Diponegoro"),
        ),
        (
            "Asisten Administrasi Sekda Kabupaten Arunika Seno Adiluhung hadir.",
            ("Seno Adiluhung", "Asisten Administrasi", "Pemerintah Kabupaten Arunika"),
        ),
        (
            "Kapolsek Kalimaya Arunika, AKP Damar Segara hadir.",
            ("Damar Segara", "Kepala", "Polsek Kalimaya"),
        ),
        (
            "Ajun Komisaris Besar Polisi (AKBP) Damar selaku Kapolres Arunika hadir.",
            ("Damar", "Kepala", "Polres Arunika"),
        ),
        (
            "Naskah diteken oleh Damar selaku Administratur KPH Sitinjau. "
            "Administratur KPH Sitinjau Damar menjaga Perhutani KPH Sitinjau.",
            ("Damar", "Administratur", "Perhutani KPH Sitinjau"),
        ),
        (
            "Ketua PWI Kota Madyapura masa bakti 2031-2034, Seno Adiluhung hadir.",
            ("Seno Adiluhung", "Ketua", "Persatuan Wartawan Indonesia Kota Madyapura"),
        ),
        (
            "Kepala Biro Umum dan Protokol (BUPK) Seno Adiluhung hadir bersama Gubernur Jawa "
            "Tengah. Karo BUPK Seno Adiluhung bicara.",
            ("Seno Adiluhung", "Kepala Biro Umum dan Protokol", "Pemerintah Provinsi Jawa Tengah"),
        ),
        (
            "Kepala Kantor Wilayah (Kanwil) Bea Cukai Kalimantan Bagian Barat, Damar Segara hadir.",
            (
                "Damar Segara",
                "Kepala",
                "Kantor Wilayah Direktorat Jenderal Bea dan Cukai Kalimantan Bagian Barat",
            ),
        ),
        (
            "Ditjen Bea Cukai hadir di Jakarta. Direktur Penindakan Bea Cukai, Damar Segara hadir.",
            ("Damar Segara", "Direktur Penindakan", "Direktorat Jenderal Bea dan Cukai"),
        ),
        (
            "Ketua Ikatan Penyuluh Madya (IPMD) Kabupaten Arunika Damar Segara hadir.",
            ("Damar Segara", "Ketua", "Ikatan Penyuluh Madya Kabupaten Arunika"),
        ),
        (
            "Rektor Universitas Nusa Cendekia (Uncen) Madya Prof Damar Segara hadir.",
            ("Damar Segara", "Rektor", "Universitas Nusa Cendekia"),
        ),
        (
            "Kepala Dinkoparbud Damar Segara hadir di Kabupaten Arunika.",
            ("Damar Segara", "Kepala", "Dinkoparbud Kabupaten Arunika"),
        ),
        (
            "Bhabinkamtibmas Kelurahan Sitinjau Bripka Damar Segara hadir.",
            (
                "Damar Segara",
                "Bhayangkara Pembina Keamanan dan Ketertiban Masyarakat",
                "Kelurahan Sitinjau",
            ),
        ),
        (
            "Ketua Pimpinan Cabang (PC) Gerakan Pemuda (GP) Ansor Kabupaten Arunika Damar Segara "
            "hadir.",
            ("Damar Segara", "Ketua", "GP Ansor Arunika"),
        ),
        (
            "Kabaharkam Polri, Komjen Pol Damar Segara hadir.",
            ("Damar Segara", "Kepala", "Badan Pemelihara Keamanan Polri"),
        ),
        (
            "Asisten Pemerintahan (Aspem) Wali Kota Madyapura, Damar Segara hadir.",
            ("Damar Segara", "Asisten Pemerintahan", "Pemerintah Kota Madyapura"),
        ),
        (
            "Kepala Rutan Kelas IIB Damar Segara Wening menjaga Rutan Kelas IIB Arunika.",
            ("Damar Segara Wening", "Kepala", "Rutan Kelas IIB Arunika"),
        ),
        (
            "Universitas Taman Cendekia (UNTACEN) Arunika maju. "
            "Rektor Untacen, Damar Segara hadir.",
            ("Damar Segara", "Rektor", "Universitas Taman Cendekia Arunika"),
        ),
        (
            "Perkumpulan Wartawan Daring (PWD) Madya Raya maju. "
            "Ketua PWD Madya Raya Damar Segara hadir.",
            ("Damar Segara", "Ketua", "Perkumpulan Wartawan Daring Madya Raya"),
        ),
        (
            "Kepala Suku Dinas Kesehatan Jakarta Barat, Damar Segara hadir.",
            ("Damar Segara", "Kepala", "Suku Dinas Kesehatan Kota Jakarta Barat"),
        ),
    ],
)
def test_posts_are_expanded_and_placed(
    registry: Registry, text: str, expected: tuple[str, str, str]
) -> None:
    assert posts(read(registry, text)) == [expected]


def test_a_short_form_of_a_head_keeps_the_agency_of_the_full_one(registry: Registry) -> None:
    found = read(
        registry,
        "Kepala Kantor Wilayah Kementerian Hukum Jawa Tengah, Seno Adiluhung hadir. "
        "Kakanwil Seno didampingi Kabid Pelayanan AHU, M. Damar Segara.",
    )
    office = "Kantor Wilayah Kementerian Hukum Jawa Tengah"
    assert posts(found) == [
        ("Seno Adiluhung", "Kepala", office),
        ("M. Damar Segara", "Kepala Bidang Pelayanan Administrasi Hukum Umum", office),
    ]


def test_a_unit_tells_the_agency_also_behind_a_bracket(registry: Registry) -> None:
    found = read(
        registry,
        "Kalapas Arunika Damar Segara bertemu Kemenag Arunika. Hadir Kepala Seksi (Kasi) Bimas "
        "Islam H. Seno Adiluhung.",
    )
    office = "Kantor Kementerian Agama Kabupaten Arunika"
    section = "Kepala Seksi Bimbingan Masyarakat Islam"
    assert posts(found)[1] == ("Seno Adiluhung", section, office)


def test_two_capitals_are_no_name(registry: Registry) -> None:
    assert posts(read(registry, "Wali Kota DS meminta hal itu kepada Kota Madyapura.")) == []


def test_who_held_an_office_before_is_not_named_after_its_years(registry: Registry) -> None:
    found = read(
        registry,
        "Juri adalah Seno Adiluhung, Bupati Arunika periode 2015-2020, Damar Segara dan lain-lain.",
    )
    assert posts(found)[:1] == [("Seno Adiluhung", "Bupati", "Pemerintah Kabupaten Arunika")]


def test_a_bare_agency_takes_its_region_from_the_article(registry: Registry) -> None:
    found = read(
        registry,
        "ARUNIKA - Kepala Diskominfo Sekar Melati menemui Kapolres AKBP Jaka Buana di Kabupaten "
        "Arunika, Senin (3/3/2025).",
    )
    assert posts(found) == [
        ("Sekar Melati", "Kepala", "Dinas Komunikasi dan Informatika Kabupaten Arunika"),
        ("Jaka Buana", "Kepala", "Polres Arunika"),
    ]


def test_a_far_district_s_name_may_be_a_person_s(registry: Registry) -> None:
    found = read(
        registry,
        "Rapat digelar Pemkab Arunika di Kabupaten Arunika. Camat Lembayung Sasmita menyebut "
        "warga siap. Sekretaris Desa Wira Jenaka menambahkan hal serupa.",
    )
    assert [o.person for o in found.officials] == ["Lembayung Sasmita", "Wira Jenaka"]


@pytest.mark.parametrize("written", ["03/Kalimaya", "03 Kalimaya", "0798-03/Kalimaya"])
def test_a_koramil_has_a_number(registry: Registry, written: str) -> None:
    found = read(registry, f"Danramil {written} Kapt. Inf. Raka Dirgantara menerima warga.")
    name = f"Koramil {written.replace(' ', '/')}"
    assert posts(found) == [("Raka Dirgantara", "Komandan", name)]


def test_near_twins_stay_apart(registry: Registry) -> None:
    found = read(
        registry,
        "Razia digelar bersama Polres Arunika, Polres Arunika Kota, BNN Kota Arunika dan BNN "
        "Kabupaten Arunika di Lapas Kelas IIB Arunika, Jumat (7/3/2025).",
    )
    names = {p.organization for p in meeting(found).organizations}
    assert {"Polres Arunika", "Polres Arunika Kota"} <= names
    assert {
        "Badan Narkotika Nasional Kota Arunika",
        "Badan Narkotika Nasional Kabupaten Arunika",
    } <= names


def test_later_mentions_are_the_same_person(registry: Registry) -> None:
    found = read(
        registry,
        "Bupati Arunika Kartala Menadi menerima Kapolres Arunika AKBP Suta Wirabumi di pendopo, "
        "Senin (3/3/2025).\nKartala menyampaikan terima kasih atas kunjungan itu kepada Polres. "
        '"Kami senang dikunjungi pagi ini," kata Wirabumi.',
    )
    assert [o.person for o in found.officials] == ["Kartala Menadi", "Suta Wirabumi"]
    assert [(s.speaker, s.direct) for s in found.statements] == [
        ("Kartala Menadi", False),
        ("Suta Wirabumi", True),
    ]


def test_a_wife_is_not_her_husband(registry: Registry) -> None:
    found = read(
        registry,
        "Wali Kota Madyapura Wirama dan Ketua TP PKK Kota Madyapura Sasi Kirana Wirama hadir.",
    )
    assert posts(found) == [
        ("Wirama", "Wali Kota", "Pemerintah Kota Madyapura"),
        ("Sasi Kirana Wirama", "Ketua", "Tim Penggerak PKK Kota Madyapura"),
    ]
    found = read(registry, "Istri Wakil Wali Kota Madyapura, Sasi Kirana menyebut taman itu rapi.")
    assert ("Sasi Kirana", "Wakil Wali Kota", "Pemerintah Kota Madyapura") not in posts(found)


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        (
            "Wali Kota Madyapura, Wirama yang didampingi Ketua TP PKK Kota Madyapura Sasi Kirana "
            "mengaku senang dengan taman yang baru itu.",
            ["Wirama"],
        ),
        ("Kepada Wali Kota Madyapura, warga itu mengaku senang dengan taman yang baru.", []),
        ("Wali Kota Madyapura, Wirama datang ke taman untuk menyampaikan bantuan pohon baru.", []),
    ],
)
def test_who_is_spoken_to_or_along_is_no_speaker(
    registry: Registry, text: str, speakers: list[str]
) -> None:
    assert [statement.speaker for statement in read(registry, text).statements] == speakers


def test_a_visit_has_sides_companions_day_and_place(registry: Registry) -> None:
    found = read(
        registry,
        "Kepala Lapas Kelas IIA Arunika, Raka Dirgantara, melakukan audiensi dengan Kepala "
        "Kejaksaan Negeri Arunika, Puspa Ningrat, S.H., di Kantor Kejari Arunika, Rabu (12/3).\n"
        "Kalapas didampingi Kasi Kamtib Tegar Lazuardi.",
        published="2025-03-13",
    )
    event = meeting(found)
    assert (event.kind, event.status, event.date) == ("audiensi", "held", "2025-03-12")
    assert event.place == "Kantor Kejari Arunika"
    assert [(p.person, p.role, p.accompanies) for p in event.participants] == [
        ("Raka Dirgantara", "guest", None),
        ("Puspa Ningrat", "host", None),
        ("Tegar Lazuardi", "accompanying", "Raka Dirgantara"),
    ]
    assert {p.organization: p.role for p in event.organizations} == {
        "Lapas Kelas IIA Arunika": "guest",
        "Kejaksaan Negeri Arunika": "host",
    }


def test_a_signing_has_an_agreement_and_signatories(registry: Registry) -> None:
    found = read(
        registry,
        "Rektor Universitas Nusa Cendekia Hastawan Arya dan Kepala Kejaksaan Tinggi Nusa Raya "
        "Wening Galuh menandatangani Nota Kesepahaman (MoU) tentang praktik hukum mahasiswa, "
        "Kamis, 6 Maret 2025.",
    )
    event = meeting(found)
    assert event.kind == "penandatanganan"
    assert event.agreement is not None
    assert event.agreement.kind == "mou"
    assert event.agreement.title == "Nota Kesepahaman (MoU) tentang praktik hukum mahasiswa"
    assert {p.role for p in event.participants} == {"signatory"}


def test_who_stands_in_acts_for_the_one_represented(registry: Registry) -> None:
    found = read(
        registry,
        "Rapat koordinasi di Arunika, Senin (3/3/2025), dipimpin Bupati Arunika Kartala Menadi. "
        "Hadir Kapolres Arunika diwakili Kabag Ops Kompol Galih Permana.",
    )
    stand_in = {p.person: p for p in meeting(found).participants}["Galih Permana"]
    assert stand_in.organization == "Polres Arunika"


def test_planned_meetings_are_told_apart(registry: Registry) -> None:
    found = read(
        registry,
        "Polres Arunika dan Kejaksaan Negeri Arunika akan menggelar rapat koordinasi pada Senin "
        "(10/3/2025). Rapat mempertemukan Kapolres Arunika dan Kajari Arunika.",
        published="2025-03-07",
    )
    assert meeting(found).status == "planned"


def test_one_agency_alone_is_no_meeting(registry: Registry) -> None:
    found = read(
        registry,
        "Kepala Lapas Kelas IIA Arunika, Raka Dirgantara, memimpin apel pegawai, Senin (3/3/2025). "
        "Raka mengingatkan kedisiplinan kepada seluruh pegawai.",
    )
    assert found.meetings == ()


@pytest.mark.parametrize(
    "text",
    [
        "Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor.",
        "Beranda | Profil | Berita | Kontak | Peta Situs",
        "",
        "   \n\n ",
    ],
)
def test_what_is_no_news_yields_nothing(registry: Registry, text: str) -> None:
    found = read(registry, text)
    assert (found.officials, found.meetings, found.statements) == ((), (), ())


def test_the_text_s_own_gloss_stands(registry: Registry) -> None:
    found = read(
        registry,
        "Kepala Sub Seksi Pengamanan dan Penertiban (Kasubsi Portatib) Lapas Kelas IIA Arunika, "
        "Ratih Sekarayu, hadir.",
    )
    assert only(found).post == "Kepala Sub Seksi Pengamanan dan Penertiban"
    gloss = found.glosses[0]
    assert gloss.abbreviation == "Kasubsi Portatib"
    assert gloss.text == "Kepala Sub Seksi Pengamanan dan Penertiban"
    assert gloss.differs


@pytest.mark.parametrize(
    ("written", "published", "day", "conflict"),
    [
        ("Senin (3/3/2025)", None, "2025-03-03", False),
        ("Rabu (12/3)", "2025-03-13", "2025-03-12", False),
        ("Rabu (12/3)", None, None, False),
        ("Jum'at 18/Juli/2025", None, "2025-07-18", False),
        ("Jumat, 18 Juli 2025", None, "2025-07-18", False),
        ("Selasa (3/3/2025)", None, "2025-03-03", True),
        ("Kamis [04/12/25]", None, "2025-12-04", False),
        ("Senin (30/12)", "2026-01-02", "2025-12-30", True),
    ],
)
def test_days(
    registry: Registry, written: str, published: str | None, day: str | None, conflict: bool
) -> None:
    text = f"Kapolres Arunika mengunjungi Kejaksaan Negeri Arunika, {written}."
    event = meeting(read(registry, text, published=published))
    assert (event.date, event.date_conflict) == (day, conflict)


def spans(value: object) -> list[Span]:
    """All spans in the JSON of the contract."""
    if isinstance(value, dict):
        if set(value) == {"start", "end", "quote"}:
            return [Span(**value)]
        return [s for v in value.values() for s in spans(v)]
    if isinstance(value, list):
        return [s for v in value for s in spans(v)]
    return []


PIECES = st.sampled_from(
    [
        "Bupati Arunika Kartala Menadi",
        "Kapolres AKBP Suta Wirabumi, S.H.,",
        "menerima kunjungan",
        "didampingi",
        "Kepala Lapas Kelas IIA Arunika",
        "“kami siap mendukung bersama Polres Arunika”",
        "kata",
        "Senin (3/3/2025).",
        "(",
        ")",
        "\n",
        "–",
        "\u200b",
        "a\u0301",
        "\u202e",
        "😀",
        "\u00a0",
        "S.",
        "H.,",
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(PIECES, st.text(max_size=12)), max_size=30).map(" ".join))
def test_every_quote_is_the_text_to_the_letter(text: str) -> None:
    registry = Registry.load()
    found = extract(Article("t", text[:80], text, "2025-03-04"), registry)
    for span in spans(found.to_json()):
        assert text[span.start : span.end] == span.quote
    assert extract(Article("t", text[:80], text, "2025-03-04"), registry) == found


NASTY = {
    "dots": "a.a.a" * 40_000,
    "commas": "," * 100_000,
    "quotes": '"' * 50_000,
    "brackets": "(" * 50_000 + ")" * 50_000,
    "no spaces": "Bupati" * 30_000,
    "capitals": "BUPATI ARUNIKA KARTALA MENADI " * 6_000,
    "names": "Suta Wirabumi, " * 10_000,
    "posts": "Kepala Kepala Kepala Dinas Dinas " * 5_000,
    "degrees": "Bupati Suta, " + "S.H., M.Si., " * 10_000,
    "zero width": "Bu\u200bpati " * 20_000,
    "combining": "a" + "\u0301" * 100_000,
    "nul": "Bupati\x00Arunika " * 10_000,
}


@pytest.mark.parametrize("name", sorted(NASTY))
def test_nasty_text_takes_linear_time(registry: Registry, name: str) -> None:
    """Four times the text takes well under sixteen times the time."""
    text = NASTY[name]

    def took(part: str) -> float:
        begin = time.process_time()
        found = read(registry, part)
        assert all(part[s.start : s.end] == s.quote for s in spans(found.to_json()))
        return time.process_time() - begin

    part = text[: len(text) // 4]
    took(part)
    # Another process may spoil one measurement, not three; quadratic time spoils all.
    assert any(took(text) < 12 * max(took(part), 0.02) for _ in range(3))


@pytest.mark.skipif(not (SHARED / "seed").exists(), reason="needs ../shared/seed")
def test_the_seed_is_read_as_its_gold_says() -> None:
    text = next((SHARED / "seed").glob("*.txt")).read_text(encoding="utf-8")
    gold = json.loads((SHARED / "eval/seed/gold/seed.json").read_text(encoding="utf-8"))
    found = extract(Article("seed", "", text), Registry.load()).to_json()
    keys = ("person", "post", "organization", "rank", "degrees")
    assert [{k: o[k] for k in keys} for o in found["officials"]] == [
        {k: o[k] for k in keys} for o in gold["officials"]
    ]
    (event,), (wanted,) = found["meetings"], gold["meetings"]
    for key in ("kind", "status", "date", "place", "organizations", "agreement"):
        assert event[key] == wanted[key], key
    keys = ("person", "organization", "role")
    assert [{k: p[k] for k in keys} for p in event["participants"]] == wanted["participants"]
    assert event["topics"]
    speakers = {s["organization"] for s in found["statements"] if not s["direct"]}
    assert speakers == set(wanted["organizations"])
    assert [s["organization"] for s in found["statements"] if s["commitment"]] == [
        "Polres Metro Tangerang Kota"
    ]
    assert spans(found)
    for span in spans(found):
        assert text[span.start : span.end] == span.quote
