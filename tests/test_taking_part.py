"""Which bodies a meeting has there and which it only speaks of; sentences of our own."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sinergi.graph.extraction import extract
from sinergi.graph.model import Article, Extraction
from sinergi.graph.registry import Registry

Read = Callable[..., Extraction]

PRISON, POLICE = "Lapas Kelas IIB Arunika", "Polres Arunika"
RAID = f"ARUNIKA - Kepala {PRISON} Bayu Tirta memimpin razia bersama {POLICE}."


@pytest.fixture
def read(registry: Registry) -> Read:
    def article(text: str, published: str | None = None) -> Extraction:
        return extract(Article("t", "", text, published), registry)

    return article


def parties(found: Extraction) -> list[set[str]]:
    return [{party.organization for party in m.organizations} for m in found.meetings]


@pytest.mark.parametrize(
    "sentence",
    [
        "Razia itu bagian dari program yang telah dicanangkan oleh Menteri Agama Laras Wening.",
        "Razia itu sejalan dengan 13 program akselerasi Menteri Agama Laras Wening.",
        "Razia itu mendukung Asta Cita Presiden Laras Wening.",
        "Kalapas menjelaskan penghargaan dari Kementerian Agama sudah dipajang.",
        "Ia juga akan berkoordinasi dengan Kementerian Agama.",
        "Menurutnya, pihaknya akan menggelar konferensi akhir bulan bersama Kementerian Agama.",
        "Menurutnya, petugas yang membidangi BNN Kabupaten Arunika turut disambut.",
        "Razia itu disambut warga yang telah bekerja sama dengan Kementerian Agama.",
        "Razia itu dilakukan dengan alat yang didatangkan dari BNN Provinsi Nusa Raya.",
    ],
)
def test_who_only_lends_a_program_a_gift_or_a_plan_takes_no_part(read: Read, sentence: str) -> None:
    assert parties(read(f"{RAID} {sentence}")) == [{PRISON, POLICE}]


def test_who_hands_over_or_holds_an_event_takes_part(read: Read) -> None:
    ministry = "Kementerian Agama"
    held = read(f"{RAID} Kalapas menerima bantuan dari {ministry} dalam kegiatan itu.")
    assert parties(held) == [{PRISON, POLICE, ministry}]
    held = read(f"{RAID} Razia itu dilanjutkan dengan kegiatan yang digagas {ministry}.")
    assert parties(held) == [{PRISON, POLICE, ministry}]


@pytest.mark.parametrize(
    ("one", "other", "name"),
    [
        ("Lapas Kelas IIB Kertek", "Lapas Kelas II Kertek", "Lapas Kelas IIB Kertek"),
        ("PT Bank Senjakala (Persero)", "Bank Senjakala", "PT Bank Senjakala"),
        ("Universitas PGSR Cakra Senja", "Universitas Cakra Senja", "Universitas PGSR Cakra Senja"),
        ("Bank Senjakala Cabang Arunika", "Bank Senjakala", "Bank Senjakala Cabang Arunika"),
        ("PT Bank Usaha Daerah Senja (Bank Dasa)", "Bank Dasa", "PT Bank Usaha Daerah Senja"),
        ("Lantamal XIII/Madyapura", "Lantamal XIII", "Lantamal XIII/Madyapura"),
        ("Polsek Kecamatan Kertek", "Kapolsek Kertek", "Polsek Kertek"),
        (
            "Dewan Pimpinan Daerah Gerakan Senja Raya",
            "Pimpinan Daerah Gerakan Senja Raya",
            "Dewan Pimpinan Daerah Gerakan Senja Raya",
        ),
        (
            "Badan Penyelenggara Jaminan Sosial Kesehatan Cabang Arunika",
            "BPJS Kesehatan Arunika",
            "BPJS Kesehatan Arunika",
        ),
        (
            "Dinas Komunikasi, Informatika, Statistik dan Persandian Kabupaten Arunika",
            "Kadis Kominfo",
            "Dinas Komunikasi, Informatika, Statistik dan Persandian Kabupaten Arunika",
        ),
    ],
)
def test_two_names_of_one_body_are_one_party(read: Read, one: str, other: str, name: str) -> None:
    found = read(f"ARUNIKA - Rapat itu dihadiri {one} dan {POLICE}. Hadir pula {other}.")
    assert parties(found) == [{name, POLICE}]


def test_offices_of_two_governments_stay_two(read: Read) -> None:
    found = read(
        "ARUNIKA - Rapat itu dihadiri Dinas Sosial Kabupaten Arunika dan Dinas Sosial dan "
        "Pemberdayaan Perempuan Kabupaten Purworejo."
    )
    assert len(parties(found)[0]) == 2


def test_a_list_in_lines_tells_who_was_there(read: Read) -> None:
    found = read(
        f"ARUNIKA - {PRISON} dan {POLICE} menggelar rapat.\nRapat itu menghadirkan narasumber, "
        "yaitu:\n- Bayu Tirta dari Dinas Sosial Kabupaten Arunika;\n- Laras Wening dari BPBD "
        "Kabupaten Arunika.\nTurut hadir:\n1. Kejaksaan Negeri Arunika\n2. Camat Kertek\n"
        "Rapat itu ditutup pada sore hari."
    )
    assert parties(found) == [
        {
            PRISON,
            POLICE,
            "Dinas Sosial Kabupaten Arunika",
            "Badan Penanggulangan Bencana Daerah Kabupaten Arunika",
            "Kejaksaan Negeri Arunika",
            "Kecamatan Kertek",
        }
    ]
    (meeting,) = found.meetings
    assert {p.person: p.role for p in meeting.participants} == {
        "Bayu Tirta": "speaker",
        "Laras Wening": "speaker",
    }


def test_offices_concerned_are_no_topic(read: Read) -> None:
    found = read(
        f"ARUNIKA - {PRISON} dan {POLICE} menggelar rapat. Rapat itu dihadiri kepala OPD terkait, "
        "BPBD Kabupaten Arunika dan Kejaksaan Negeri Arunika."
    )
    assert "Kejaksaan Negeri Arunika" in parties(found)[0]


def test_a_visit_before_is_a_meeting_of_its_own(read: Read) -> None:
    found = read(
        f"ARUNIKA - Kapolres Arunika menyambut Kepala {PRISON}, Senin (3/3/2025). Keduanya "
        f"bertukar cendera mata. Sebelumnya, {PRISON} juga mengunjungi Kejaksaan Negeri Arunika."
    )
    assert parties(found) == [{PRISON, POLICE}, {PRISON, "Kejaksaan Negeri Arunika"}]


def test_hosts_to_be_seen_without_a_guest_are_no_meeting(read: Read) -> None:
    found = read(
        f"{RAID} Razia itu digelar Senin (3/3/2025). Tim gabungan akan menyambangi Kantor KPU "
        "Kabupaten Arunika dan Bawaslu Kabupaten Arunika."
    )
    assert parties(found) == [{PRISON, POLICE}]


def test_a_planned_visit_told_again_stays_one(read: Read) -> None:
    found = read(
        "MADYAPURA - Pemerintah Kota Madyapura akan melakukan kunjungan kerja ke Arunika. "
        "Kunjungan itu dilaksanakan 15 Maret 2025. Kunjungan itu akan mendatangi Pemkab Arunika "
        f"dan {POLICE}, kata Sekretaris Daerah Kota Madyapura Bayu Tirta saat ditemui, Senin "
        "(10/3/2025).",
        "2025-03-10",
    )
    (meeting,) = found.meetings
    assert (meeting.status, meeting.date) == ("planned", "2025-03-15")


def test_a_plan_that_is_discussed_is_not_the_meeting(read: Read) -> None:
    found = read(
        "ARUNIKA - Menyikapi rencana audiensi warga Desa Maron yang akan dilaksanakan Kamis "
        f"(24/4), {POLICE} menggelar rapat dengan Kodim Arunika, Rabu (23/4/2025).",
        "2025-04-23",
    )
    (meeting,) = found.meetings
    assert (meeting.kind, meeting.status, meeting.date) == ("rapat", "held", "2025-04-23")


def test_the_day_of_a_plan_is_not_that_of_the_interview(read: Read) -> None:
    found = read(
        f"ARUNIKA - {POLICE} akan menggelar rapat dengan {PRISON}. Rapat itu membahas keamanan. "
        "Rapat itu direncanakan akan digelar Senin 26 Februari 2024. Hal itu dibenarkan Kapolres "
        "Arunika Bayu Tirta saat dikonfirmasi, Sabtu 24 Februari 2024.",
        "2024-02-24",
    )
    assert found.meetings[0].date == "2024-02-26"


def test_a_day_may_stand_behind_a_slash(read: Read) -> None:
    found = read(f"{RAID} Razia itu digelar (Jumat/19/03).", "2021-03-20")
    assert found.meetings[0].date == "2021-03-19"


def test_streets_and_storehouses_are_no_parties(read: Read) -> None:
    found = read(
        f"{RAID} Razia itu digelar di Jl. Pramuka, gudang Bulog Arunika dan lahan milik Kodim "
        "Arunika. Razia itu mempererat silaturahmi antar Forkopimda."
    )
    assert parties(found) == [{PRISON, POLICE}]


def test_those_high_up_stand_for_their_body(read: Read) -> None:
    found = read(
        f"ARUNIKA - Kapolres Arunika disambut Kepala {PRISON} didampingi sejumlah petinggi BNN "
        "Kabupaten Arunika."
    )
    assert parties(found) == [{PRISON, POLICE, "Badan Narkotika Nasional Kabupaten Arunika"}]


def test_a_committee_is_of_the_council_that_came(read: Read) -> None:
    guest, host = (
        f"Dewan Perwakilan Rakyat Daerah {p}" for p in ("Kota Madyapura", "Kabupaten Arunika")
    )
    found = read(
        "ARUNIKA - Komisi II DPRD Kota Madyapura berkunjung ke DPRD Kabupaten Arunika, Jumat "
        "(21/3/2025). Ketua Komisi II Bayu Tirta mengapresiasi DPRD Kabupaten Arunika."
    )
    assert parties(found) == [{guest, host}]
    assert {(o.person, o.organization) for o in found.officials} == {("Bayu Tirta", guest)}


def test_a_hospital_bears_a_doctors_name(read: Read) -> None:
    found = read(f"ARUNIKA - {POLICE} menggelar rapat dengan manajemen RSUD dr. Tirta Wening.")
    assert parties(found) == [{POLICE, "RSUD dr. Tirta Wening"}]


@pytest.mark.parametrize(
    "sentence",
    [
        "Razia itu berdasarkan Keputusan Menteri Agama Nomor 3 Tahun 2024.",
        "Razia itu digelar atas instruksi langsung dari Menteri Agama melalui Dirjen Imigrasi.",
        "Razia itu bagian dari kerja sama yang telah diinisiasi oleh Mahkamah Agung.",
        "Razia itu dihadiri warga, seperti dilansir dari laman resmi Mahkamah Agung.",
        "Sebelumnya razia dilakukan Gubernur Nusa Raya Laras Wening beberapa waktu lalu.",
        "Razia itu dilaporkan dengan surat W6.PAS.BPS.01 dan pakaian Dinas Sosial.",
    ],
)
def test_decrees_orders_sources_and_the_past_bring_nobody_in(read: Read, sentence: str) -> None:
    assert parties(read(f"{RAID} {sentence}")) == [{PRISON, POLICE}]


def test_a_plan_of_the_same_meeting_joins_it(read: Read) -> None:
    found = read(
        "ARUNIKA - Bupati Arunika Bayu Tirta menghadiri rapat kerja bersama DPR RI. Ia datang "
        "pagi hari. DPR RI akan mengadakan rapat kerja dengan Menteri Agama dan Bupati Arunika."
    )
    assert parties(found) == [
        {"Pemerintah Kabupaten Arunika", "Dewan Perwakilan Rakyat", "Kementerian Agama"}
    ]


def test_the_ministrys_name_stands_for_its_office_there(read: Read) -> None:
    office = "Kantor Kementerian Agama Kabupaten Arunika"
    court = "Pengadilan Agama Kelas IA Arunika"
    found = read(
        f"ARUNIKA - {office} bersama {court} menandatangani perjanjian kerja sama. Ketua "
        "Pengadilan Agama Arunika Bayu Tirta hadir. Pengadilan Agama bekerja sama dengan "
        "Kementerian Agama dalam penandatanganan itu."
    )
    assert parties(found) == [{office, court}]


def test_a_branch_is_known_by_its_short_form(read: Read) -> None:
    branch = "DPC Persatuan Senja Raya Indonesia Kabupaten Arunika"
    found = read(
        "ARUNIKA - DPC Persatuan Senja Raya Indonesia (PSRI) Kabupaten Arunika bertemu "
        f"{POLICE}. Ketua DPC PSRI Arunika, Bayu Tirta, hadir."
    )
    assert parties(found) == [{branch, POLICE}]


def test_a_committees_chair_is_no_committee(read: Read) -> None:
    council = "Dewan Perwakilan Rakyat Daerah Kabupaten Arunika"
    found = read(
        f"ARUNIKA - Komisi III DPRD Kabupaten Arunika menggelar rapat dengan {POLICE}. Rapat itu "
        "dipimpin Ketua Komisi Bayu Tirta didampingi Wakil Ketua Komisi Laras Wening."
    )
    assert parties(found) == [{council, POLICE}]


@pytest.mark.parametrize(
    "sentence",
    [
        "Laras Wening pernah memimpin Dinas Sosial Kabupaten Arunika dari tahun 1959.",
        "Terkait hasil razia itu, Kepala Dinas Sosial Kabupaten Arunika Laras Wening menyebut "
        "pihaknya masih akan menunggu sosialisasi.",
    ],
)
def test_what_was_once_or_is_only_commented_on_shows_no_part(read: Read, sentence: str) -> None:
    found = read(f"{RAID} {sentence}")
    told = {p.organization for m in found.meetings for p in m.organizations if p.basis == "told"}
    assert told == {PRISON, POLICE}


def test_the_party_of_a_member_takes_no_part(read: Read) -> None:
    found = read(f"{RAID} Hadir anggota DPRD Kabupaten Arunika Danu Kinanti (Golkar).")
    assert parties(found) == [{PRISON, POLICE, "Dewan Perwakilan Rakyat Daerah Kabupaten Arunika"}]


def test_whose_speech_is_read_out_is_away(read: Read) -> None:
    found = read(
        f"ARUNIKA - {POLICE} menggelar upacara bersama {PRISON}. Selaku Inspektur Upacara, "
        "Kapolres Arunika membacakan sambutan tertulis dari Menteri Agama. Menag berpesan agar "
        "semua rukun. Sambutan Gubernur Nusa Raya yang dibacakan Kalapas menutup acara. Bupati "
        "Arunika dalam sambutan yang dibacakan Kapolres menyambut baik kegiatan itu."
    )
    assert parties(found) == [{POLICE, PRISON}]


def test_a_company_by_its_unit_is_that_unit(read: Read) -> None:
    found = read(
        "ARUNIKA - PT PLN (Persero) Unit Induk Distribusi Nusa Raya beraudiensi dengan "
        f"{POLICE}. Sinergi PLN dan {POLICE} terjaga. Kapolres Arunika menyambut PT PLN."
    )
    assert parties(found) == [{"PLN UID Nusa Raya", POLICE}]


def test_to_come_to_somebodys_office_is_to_visit_them(read: Read) -> None:
    found = read(f"ARUNIKA - Kepala {PRISON} Bayu Tirta mendatangi Kantor Bupati Arunika, Rabu.")
    assert parties(found) == [{PRISON, "Pemerintah Kabupaten Arunika"}]


def test_bodies_in_a_list_act_together_whatever_the_verb(read: Read) -> None:
    found = read(
        f"ARUNIKA - Razia digelar di {PRISON}, Senin (3/2/2025). Petugas {PRISON}, {POLICE}, "
        "Kodim Arunika dan BNN Kabupaten Arunika menyisir blok hunian."
    )
    assert parties(found) == [
        {PRISON, POLICE, "Kodim Arunika", "Badan Narkotika Nasional Kabupaten Arunika"}
    ]
    told = read(
        f"{RAID} Yang ditugaskan kelak adalah Dinas Sosial, Dinas Kesehatan dan Dinas Perhubungan "
        "Kabupaten Arunika."
    )
    assert parties(told) == [{PRISON, POLICE}]


def test_offices_that_one_sentence_has_beside_each_other_are_two(read: Read) -> None:
    found = read(
        "ARUNIKA - Rapat itu dihadiri Dinas Pangan dan Perkebunan Kabupaten Arunika serta Dinas "
        "Perkebunan Kabupaten Arunika."
    )
    assert len(parties(found)[0]) == 2


def test_the_heads_of_each_of_many_are_nobody_in_particular(read: Read) -> None:
    found = read(f"{RAID} Piagam itu diserahkan kepada bupati dan ketua DPRD masing-masing.")
    assert parties(found) == [{PRISON, POLICE}]


def test_a_port_police_has_its_port_once(read: Read) -> None:
    found = read(
        "ARUNIKA - Kapolres Pelabuhan Madyapura AKBP Bayu Tirta memimpin rapat. Polres Pelabuhan "
        f"Madyapura bersama {PRISON} menggelar rapat itu."
    )
    assert parties(found) == [{PRISON, "Polres Pelabuhan Madyapura"}]


def test_those_who_help_one_body_far_behind_the_beginning_met_it(read: Read) -> None:
    found = read(
        f"ARUNIKA - {POLICE} menggelar razia minuman keras di pasar, Senin (3/2/2025). Botol yang "
        "disita ratusan. Semuanya dari satu toko. Pemiliknya didata. Toko itu tutup. Personel "
        "dibantu Kodim Arunika, Dinas Kesehatan Kabupaten Arunika dan BNN "
        "Kabupaten Arunika."
    )
    assert parties(found) == [
        {
            POLICE,
            "Kodim Arunika",
            "Dinas Kesehatan Kabupaten Arunika",
            "Badan Narkotika Nasional Kabupaten Arunika",
        }
    ]
