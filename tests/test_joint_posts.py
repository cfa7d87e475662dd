"""Posts named together, and holders that stand in odd places. All names are invented."""

from __future__ import annotations

from pathlib import Path

import pytest

from sinergi.graph.extraction import extract
from sinergi.graph.model import Article
from sinergi.graph.registry import Registry

Held = tuple[str, str | None, str | None]

PEMKAB = "Pemerintah Kabupaten Arunika"
DPRD = "Dewan Perwakilan Rakyat Daerah Kabupaten Arunika"
DPR = "Dewan Perwakilan Rakyat"


def held(registry: Registry, text: str) -> list[Held]:
    found = extract(Article("t", "", text), registry).officials
    return [(o.person, o.post, o.organization) for o in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Bupati dan Wakil Bupati Arunika, Wira Sentanu dan Bagas Nirwana, hadir.",
            [("Wira Sentanu", "Bupati", PEMKAB), ("Bagas Nirwana", "Wakil Bupati", PEMKAB)],
        ),
        (
            "Ketua, Sekretaris dan Bendahara PMI Arunika, Wira Sentanu, Bagas Nirwana dan "
            "Sekar Mayang, berterima kasih.",
            [
                ("Wira Sentanu", "Ketua", "Palang Merah Indonesia Kabupaten Arunika"),
                ("Bagas Nirwana", "Sekretaris", "Palang Merah Indonesia Kabupaten Arunika"),
                ("Sekar Mayang", "Bendahara", "Palang Merah Indonesia Kabupaten Arunika"),
            ],
        ),
        (
            "Hadir Kepala Distrik Kalimaya dan Lembah Sari Wira Sentanu, S.STP dan Bagas Nirwana, "
            "S.IP. Distrik Lembah Sari paling jauh.",
            [
                ("Wira Sentanu", "Kepala Distrik", "Distrik Kalimaya"),
                ("Bagas Nirwana", "Kepala Distrik", "Distrik Lembah Sari"),
            ],
        ),
        # As many holders as posts, or the last one's.
        (
            "Kapolres dan Dandim 0909/Arunika Letkol Inf Wira Sentanu dan Kajari Bagas Nirwana.",
            [
                ("Wira Sentanu", "Komandan", "Kodim 0909/Arunika"),
                ("Bagas Nirwana", "Kepala", "Kejaksaan Negeri Arunika"),
            ],
        ),
    ],
)
def test_each_post_of_several_has_its_holder(
    registry: Registry, text: str, expected: list[Held]
) -> None:
    assert held(registry, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Hadir anggota DPR RI Dapil Nusa Raya III, Wira Sentanu.",
            ("Wira Sentanu", "Anggota", DPR),
        ),
        (
            "Hadir Anggota Komisi VIII DPR RI Fraksi Golkar Wira Sentanu.",
            ("Wira Sentanu", "Anggota Komisi VIII", DPR),
        ),
        (
            "Hadir anggota DPRD Arunika dari Fraksi PKB Dapil 2 Wira Sentanu dan warga.",
            ("Wira Sentanu", "Anggota", DPRD),
        ),
        (
            "Hadir anggota DPRD Arunika Dapil II Kalimaya, Wira Sentanu. Kecamatan Kalimaya maju.",
            ("Wira Sentanu", "Anggota", DPRD),
        ),
    ],
)
def test_what_a_member_sits_for_is_no_body(registry: Registry, text: str, expected: Held) -> None:
    assert held(registry, text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Di Arunika, Wira Sentanu sebagai Ketua PWI Banarayu berterima kasih.",
            ("Wira Sentanu", "Ketua", "Persatuan Wartawan Indonesia Banarayu"),
        ),
        (
            "Di Arunika, Ketua KNPI Banarayu, Wira Sentanu, berterima kasih.",
            ("Wira Sentanu", "Ketua", "Komite Nasional Pemuda Indonesia Banarayu"),
        ),
        (
            "Wira Sentanu dikukuhkan sebagai Bendesa Adat Banarayu di Desa Adat Banarayu.",
            ("Wira Sentanu", "Bendesa Adat", "Desa Adat Banarayu"),
        ),
    ],
)
def test_a_place_that_no_gazetteer_has(registry: Registry, text: str, expected: Held) -> None:
    assert expected in held(registry, text)


def test_a_holder_in_brackets_has_one_name(registry: Registry) -> None:
    text = "Kepala Lapas Kelas II Arunika (Wirasena) hadir bersama Kasi Pembinaan (Bagaswara)."
    assert [o[0] for o in held(registry, text)] == ["Wirasena", "Bagaswara"]
    gloss = "Kepala Dinas Komunikasi dan Informatika (Kominfo) Kabupaten Arunika, Wira, hadir."
    assert [o[0] for o in held(registry, gloss)] == ["Wira"]


def test_the_short_form_tells_what_the_long_one_slurs(registry: Registry) -> None:
    text = "Kepala Pemasyarakatan (Kalapas) Kelas IIA Arunika, Wira Sentanu, hadir."
    assert held(registry, text) == [("Wira Sentanu", "Kepala", "Lapas Kelas IIA Arunika")]


@pytest.mark.parametrize(
    ("written", "organization"),
    [
        ("Danyonkav 9/TKB", "Yonkav 9/TKB"),
        ("Danyonarmed 9", "Yonarmed 9"),
        ("Danyon Zipur 9", "Yonzipur 9"),
        ("Danyon 909/TKB", "Yonif 909/TKB"),
    ],
)
def test_a_commander_s_post_tells_his_battalion_s_arm(
    registry: Registry, written: str, organization: str
) -> None:
    text = f"Hadir {written} Letkol Wira Sentanu."
    assert held(registry, text) == [("Wira Sentanu", "Komandan", organization)]


def test_a_unit_in_small_letters(registry: Registry) -> None:
    text = "Hadir kepala bidang pemberdayaan perempuan Dinas Sosial Arunika Wira Sentanu."
    assert held(registry, text) == [
        (
            "Wira Sentanu",
            "Kepala Bidang Pemberdayaan Perempuan",
            "Dinas Sosial Kabupaten Arunika",
        )
    ]


def test_a_bureau_is_no_village_s(registry: Registry) -> None:
    text = (
        "Gubernur Nusa Raya Wira Sentanu didampingi Kepala Biro Kesra, Drs. Bagas Nirwana, "
        "tiba di Kecamatan Kalimaya."
    )
    assert held(registry, text)[1] == (
        "Bagas Nirwana", "Kepala Biro Kesejahteraan Rakyat", "Pemerintah Provinsi Nusa Raya",
    )  # fmt: skip


def test_what_a_bracket_behind_a_name_tells(registry: Registry) -> None:
    text = (
        "Hadir Wira Sentanu, SE, MAFIS (Ketua KONI Arunika), Bagas Nirwana (Sekretaris) "
        "dan Ir. Sekar Mayang (bendahara)."
    )
    koni = "Komite Olahraga Nasional Indonesia Kabupaten Arunika"
    assert held(registry, text) == [
        ("Wira Sentanu", "Ketua", koni),
        ("Bagas Nirwana", "Sekretaris", koni),
        ("Sekar Mayang", "Bendahara", koni),
    ]


def test_another_post_of_whom_the_sentence_before_told(registry: Registry) -> None:
    text = "Itu dikatakan Humas PN Arunika, Wira Sentanu. Ia juga Wakil Ketua PN Arunika."
    assert held(registry, text) == [
        ("Wira Sentanu", "Humas", "Pengadilan Negeri Arunika"),
        ("Wira Sentanu", "Wakil Ketua", "Pengadilan Negeri Arunika"),
    ]


def test_a_deputy_of_whom_the_tables_have(registry: Registry) -> None:
    text = "Hadir Wakabaintelkam Irjen Pol Wira Sentanu."
    assert held(registry, text) == [
        ("Wira Sentanu", "Wakil Kepala", "Badan Intelijen dan Keamanan Polri")
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Yang dilantik Wira Sentanu, SH dan Bagas Nirwana sebagai Bupati dan Wakil Bupati "
            "Arunika, Sekar Mayang dan Rinjani Putri sebagai Ketua dan Sekretaris PMI Arunika.",
            [
                ("Wira Sentanu", "Bupati", PEMKAB),
                ("Bagas Nirwana", "Wakil Bupati", PEMKAB),
                ("Sekar Mayang", "Ketua", "Palang Merah Indonesia Kabupaten Arunika"),
                ("Rinjani Putri", "Sekretaris", "Palang Merah Indonesia Kabupaten Arunika"),
            ],
        ),
        (
            "Wira Sentanu (Kepala Dinas Sosial Arunika) menjadi Penjabat Bupati Arunika, "
            "Bagas Nirwana menjadi Kepala Dinas Sosial Arunika.",
            [
                ("Wira Sentanu", "Kepala", "Dinas Sosial Kabupaten Arunika"),
                ("Wira Sentanu", "Penjabat Bupati", PEMKAB),
                ("Bagas Nirwana", "Kepala", "Dinas Sosial Kabupaten Arunika"),
            ],
        ),
        (
            "Dipilih Wira Sentanu sebagai Ketua Umum KONI Arunika, Bagas Nirwana sebagai "
            "Sekretaris dan Sekar Mayang sebagai Bendahara.",
            [
                (
                    "Wira Sentanu",
                    "Ketua Umum",
                    "Komite Olahraga Nasional Indonesia Kabupaten Arunika",
                ),
                (
                    "Bagas Nirwana",
                    "Sekretaris",
                    "Komite Olahraga Nasional Indonesia Kabupaten Arunika",
                ),
                (
                    "Sekar Mayang",
                    "Bendahara",
                    "Komite Olahraga Nasional Indonesia Kabupaten Arunika",
                ),
            ],
        ),
    ],
)
def test_who_is_sworn_stands_before_the_post(
    registry: Registry, text: str, expected: list[Held]
) -> None:
    assert held(registry, text) == expected


def test_a_village_called_like_a_regency(registry: Registry) -> None:
    text = "Sekdes Arunika Wira Sentanu mewakili Kepala Desa Arunika Bagaswara."
    assert held(registry, text) == [
        ("Wira Sentanu", "Sekretaris Desa", "Desa Arunika"),
        ("Bagaswara", "Kepala Desa", "Desa Arunika"),
    ]


def test_a_daily_chair_heads_no_newspaper(registry: Registry) -> None:
    text = "Hadir Ketua Harian KONI Arunika, Wira Sentanu."
    assert held(registry, text) == [
        ("Wira Sentanu", "Ketua Harian", "Komite Olahraga Nasional Indonesia Kabupaten Arunika")
    ]


def test_a_rank_vouches_for_a_name_in_any_letters(registry: Registry) -> None:
    text = "Kapolsek Kalimaya AKP WIRASENA, S.H., menyambut Kapolsek Sentana Akp Bagas Nirwana."
    assert [o[0] for o in held(registry, text)] == ["WIRASENA", "Bagas Nirwana"]


def test_a_verb_tells_who_heads_a_committee(registry: Registry) -> None:
    text = "Rombongan Komisi I DPRD Arunika yang diketuai Wira Sentanu tiba."
    assert held(registry, text) == [("Wira Sentanu", "Ketua", DPRD)]


def test_a_list_of_the_nation_s_has_the_nation_s_body(registry: Registry) -> None:
    text = (
        "ARUNIKA - Hadir Mendagri Wira Sentanu, Ketua KPU Bagas Nirwana dan Ketua Bawaslu "
        "Sekar Mayang. Ketua KPU Arunika, Rinjani Putri, menunggu."
    )
    assert [o[2] for o in held(registry, text)] == [
        "Kementerian Dalam Negeri",
        "Komisi Pemilihan Umum Republik Indonesia",
        "Badan Pengawas Pemilihan Umum Republik Indonesia",
        "Komisi Pemilihan Umum Kabupaten Arunika",
    ]


def test_the_article_tells_whose_office_in_a_province(registry: Registry) -> None:
    text = (
        "Kanwil Kemenag Nusa Raya menyambut tamunya. Kakanwil Nusa Raya Wira Sentanu dan Kepala "
        "pada Seksi Kurikulum, Bagas Nirwana, hadir."
    )
    kanwil = "Kantor Wilayah Kementerian Agama Nusa Raya"
    assert held(registry, text) == [
        ("Wira Sentanu", "Kepala", kanwil),
        ("Bagas Nirwana", "Kepala Seksi Kurikulum", kanwil),
    ]


def test_who_acts_for_a_head_may_stand_behind_a_comma(registry: Registry) -> None:
    text = "Hadir Pj Setda Arunika, Wira Sentanu."
    assert held(registry, text) == [("Wira Sentanu", "Penjabat Sekretaris Daerah", PEMKAB)]


def test_so_many_members_of_one_party(registry: Registry) -> None:
    text = "Hadir dua anggota DPRD Arunika dari PKB, yakni Wira Sentanu dan Bagas Nirwana."
    assert held(registry, text) == [
        ("Wira Sentanu", "Anggota", DPRD),
        ("Bagas Nirwana", "Anggota", DPRD),
    ]


def test_one_officer_and_one_post_without_a_holder(registry: Registry) -> None:
    text = (
        "Dandim 0909/Arunika minum kopi bersama Kapolres Arunika AKBP Bagas Nirwana. "
        "Hal itu dikatakan Letkol Inf Wira Sentanu."
    )
    assert ("Wira Sentanu", "Komandan", "Kodim 0909/Arunika") in held(registry, text)
    too_low = text.replace("Letkol Inf", "Serda")
    assert ("Wira Sentanu", "Komandan", "Kodim 0909/Arunika") not in held(registry, too_low)


def test_an_office_that_ends_in_small_letters(registry: Registry) -> None:
    text = "Hadir Kepala Dinas Sosial, Pemberdayaan Perempuan dan perlindungan anak, Wira Sentanu."
    assert [(o[0], o[1]) for o in held(registry, text)] == [("Wira Sentanu", "Kepala")]


def test_all_of_so_many_hold_the_post(registry: Registry) -> None:
    text = "Hadir tiga Camat, yakni Wira Sentanu, Bagas Nirwana dan Sekar Mayang."
    assert [(o[0], o[1]) for o in held(registry, text)] == [
        ("Wira Sentanu", "Camat"),
        ("Bagas Nirwana", "Camat"),
        ("Sekar Mayang", "Camat"),
    ]


def test_the_short_form_of_a_post_in_brackets_has_the_holder(registry: Registry) -> None:
    text = "Hadir Komandan Komado Distrik Militer (Dandim 0909/Arunika), Letkol Wira Sentanu."
    assert held(registry, text) == [("Wira Sentanu", "Komandan", "Kodim 0909/Arunika")]


def test_a_paper_s_name_is_no_dateline(tmp_path: Path) -> None:
    (tmp_path / "regions.csv").write_text(
        "code,kind,name,parent,aliases,source\n98,provinsi,Nusa Raya,,,invented\n"
        "98.01,kabupaten,Arunika,98,,invented\n97,provinsi,Arga Jaya,,,invented\n",
        encoding="utf-8",
    )
    text = (
        "ARUNIKA ARGA JAYA - Hadir Asisten Pemerintahan Wira Sentanu. Ia tiba lebih dulu. "
        "Gubernur Arga Jaya menyusul."
    )
    assert held(Registry.load(tmp_path), text) == [
        ("Wira Sentanu", "Asisten Pemerintahan", "Pemerintah Provinsi Arga Jaya")
    ]


def test_the_governor_s_assistant_is_the_province_s(registry: Registry) -> None:
    text = (
        "Arunika - Gubernur Nusa Raya Wira Sentanu tiba di Kota Suryalaya dan Arunika. Gubernur "
        "Wira Sentanu didampingi Asisten II Bagas Nirwana, Kadis Pangan dan Hortikultura Provinsi "
        "Sekar Mayang, mengatakan hal itu."
    )
    assert held(registry, text)[1] == (
        "Bagas Nirwana", "Asisten II", "Pemerintah Provinsi Nusa Raya",
    )  # fmt: skip


def test_a_verb_that_begins_a_sentence_tells_of_no_body(registry: Registry) -> None:
    text = "Pengurus bertemu Kapolres Arunika. Diketuai Wira Sentanu, mereka berterima kasih."
    assert held(registry, text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Kepala Divisi Pemasyarakatan (Kadivpas) Kementerian Hukum dan HAM (Kemenkumham) Nusa "
            "Raya Wira Sentanu, SH, hadir.",
            (
                "Wira Sentanu",
                "Kepala Divisi Pemasyarakatan",
                "Kantor Wilayah Kementerian Hukum dan Hak Asasi Manusia Nusa Raya",
            ),
        ),
        (
            "Di Polda Nusa Raya hadir Kasubditxyzsos Ditbinmas Kompol Wira Sentanu.",
            ("Wira Sentanu", "Kasubditxyzsos", "Polda Nusa Raya"),
        ),
        (
            "Hadir Ketua Lentera Muda Nusantara (LMN) Nusa Raya, Wira Sentanu Senin (28/11).",
            ("Wira Sentanu", "Ketua", "Lentera Muda Nusantara Nusa Raya"),
        ),
    ],
)
def test_offices_of_the_nation_in_a_province(registry: Registry, text: str, expected: Held) -> None:
    assert held(registry, text) == [expected]


@pytest.mark.parametrize(
    ("text", "post"),
    [
        ("Hadir Kabag Protokol Sekda Arunika Wira Sentanu.", "Kepala Bagian Protokol"),
        ("Hadir Asisten Pemerintahan Sekda Arunika, Wira Sentanu.", "Asisten Pemerintahan"),
    ],
)
def test_the_secretary_stands_for_his_office(registry: Registry, text: str, post: str) -> None:
    assert held(registry, text) == [("Wira Sentanu", post, PEMKAB)]


def test_an_honorific_vouches_for_a_name_in_capitals(registry: Registry) -> None:
    text = "Di Desa Lembah Sari mereka bertemu kepala desa, Bapak WIRASENA, SE, dan warga."
    assert held(registry, text) == [("WIRASENA", "Kepala Desa", "Desa Lembah Sari")]


def test_a_field_is_of_the_office_in_a_regent_s_company(registry: Registry) -> None:
    text = (
        "Bupati Arunika didampingi Kepala Dinas Sosial, Wira Sentanu, Kabag Hukum, Bagas Nirwana, "
        "dan Kepala Bidang Rehabilitasi, Sekar Mayang."
    )
    assert held(registry, text) == [
        ("Wira Sentanu", "Kepala", "Dinas Sosial Kabupaten Arunika"),
        ("Bagas Nirwana", "Kepala Bagian Hukum", PEMKAB),
        ("Sekar Mayang", "Kepala Bidang Rehabilitasi", "Dinas Sosial Kabupaten Arunika"),
    ]


@pytest.mark.parametrize(
    "written",
    ["RSUD dr. Rinjani dr. Wira Sentanu", "RSUD dr. Rinjani, dr. Wira Sentanu, Sp.PD,"],
)
def test_a_hospital_named_after_a_doctor(registry: Registry, written: str) -> None:
    text = f"Hadir Direktur {written} dan warga."
    assert held(registry, text) == [("Wira Sentanu", "Direktur", "RSUD dr. Rinjani")]


def test_a_field_is_of_no_council(registry: Registry) -> None:
    text = (
        "Ketua Komisi II DPRD Arunika bersama anggotanya ditemui Kepala Dinas Sosial Arunika, "
        "Wira Sentanu, serta Kabid Rehabilitasi Bagas Nirwana."
    )
    assert held(registry, text)[1] == (
        "Bagas Nirwana", "Kepala Bidang Rehabilitasi", "Dinas Sosial Kabupaten Arunika",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("Hadir Ketua PGI Wilayah Arunika Pdt. Bagas Nirwana.", "Bagas Nirwana"),
        ("Hadir Ketua PCNU Arunika KH Wira Hakim Nirwana.", "Wira Hakim Nirwana"),
        ("Hadir Kapolres Arunika AKBP Restu Nirwana.", "Restu Nirwana"),
    ],
)
def test_names_that_are_words_too(registry: Registry, text: str, person: str) -> None:
    assert [o[0] for o in held(registry, text)] == [person]
