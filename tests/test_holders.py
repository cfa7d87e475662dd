"""Who holds which post, in the ways the press puts it. All persons and regions are invented."""

from __future__ import annotations

import pytest

from sinergi.graph.extraction import extract
from sinergi.graph.model import Article, Extraction
from sinergi.graph.registry import Registry


def read(registry: Registry, text: str) -> Extraction:
    return extract(Article("t", "", text), registry)


@pytest.mark.parametrize(
    ("text", "held"),
    [
        # What is said, or done, goes on about the holder.
        (
            "Kunjungan itu, menurut Bupati Arunika, Wira Sentanu memang sudah lama direncanakan.",
            ("Wira Sentanu", "Bupati", "Pemerintah Kabupaten Arunika"),
        ),
        (
            "Hal itu sejalan dengan arahan Ketua TP PKK Kabupaten Arunika, Rinjani Wira Sentanu.",
            ("Rinjani Wira Sentanu", "Ketua", "Tim Penggerak PKK Kabupaten Arunika"),
        ),
        (
            "Ketua KONI Kabupaten, Bagas Nirwana mengaku puas. Kabupaten Arunika juara.",
            ("Bagas Nirwana", "Ketua", "Komite Olahraga Nasional Indonesia Kabupaten Arunika"),
        ),
        (
            "Camat Kalimaya ramah. Tim dipimpin Camat setempat, Bagas Nirwana menuju pasar.",
            ("Bagas Nirwana", "Camat", "Kecamatan Kalimaya"),
        ),
        # Behind the name, without a comma or in brackets.
        (
            "Hadir Wira Sentanu (Bupati Arunika) dan para undangan.",
            ("Wira Sentanu", "Bupati", "Pemerintah Kabupaten Arunika"),
        ),
        (
            "Sentana wakil ketua DPRD Kab. Arunika, mengatakan kunjungan itu perlu.",
            (
                "Sentana",
                "Wakil Ketua",
                "Dewan Perwakilan Rakyat Daerah Kabupaten Arunika",
            ),
        ),
        (
            '"Kami siap," ujar Bagas Nirwana Ketua PMI Arunika.',
            ("Bagas Nirwana", "Ketua", "Palang Merah Indonesia Kabupaten Arunika"),
        ),
        # Bodies of no known form, schools with a number, agencies set off by commas.
        (
            "Direktur Kartala Wangsa, Bagas Nirwana menyambut baik kerja sama itu.",
            ("Bagas Nirwana", "Direktur", "Kartala Wangsa"),
        ),
        (
            "Ketua Gerakan Cinta Telaga (GCT) Arunika, Bagas Nirwana hadir.",
            ("Bagas Nirwana", "Ketua", "Gerakan Cinta Telaga Arunika"),
        ),
        (
            "Kepala SMPN 2 Kalimaya Bagas Nirwana mengatakan itu.",
            ("Bagas Nirwana", "Kepala", "SMP Negeri 2 Kalimaya"),
        ),
        (
            "Kepala SMA 1 Kalimaya, Bagas Nirwana mengatakan itu.",
            ("Bagas Nirwana", "Kepala Sekolah", "SMA 1 Kalimaya"),
        ),
        (
            "Kepala Puskesmas Kalimaya 1, drg Sekar Nirwana menyebut pasien sembuh.",
            ("Sekar Nirwana", "Kepala", "Puskesmas Kalimaya 1"),
        ),
        (
            "Kepala Seksi Pelayanan Informasi Publik, Dinas Kominfo Arunika Bagas Nirwana hadir.",
            (
                "Bagas Nirwana",
                "Kepala Seksi Pelayanan Informasi Publik",
                "Dinas Komunikasi dan Informatika Kabupaten Arunika",
            ),
        ),
        (
            "Kadinkes Pemkab Arunika Sekar Nirwana hadir.",
            ("Sekar Nirwana", "Kepala", "Dinas Kesehatan Kabupaten Arunika"),
        ),
        (
            "Diskominfo Arunika, yang dipimpin Kepala Dinas Sekar Nirwana, berterima kasih.",
            (
                "Sekar Nirwana",
                "Kepala",
                "Dinas Komunikasi dan Informatika Kabupaten Arunika",
            ),
        ),
        (
            "Didampingi Asisten I Pemerintahan dan Kesra, Bagas Nirwana, S.STP., Bupati Arunika "
            "tiba.",
            (
                "Bagas Nirwana",
                "Asisten I Pemerintahan dan Kesejahteraan Rakyat",
                "Pemerintah Kabupaten Arunika",
            ),
        ),
        (
            "Kepala Desa Sukawana Budi Nirwana menyambut rombongan.",
            ("Budi Nirwana", "Kepala Desa", "Desa Sukawana"),
        ),
        (
            "Lurah Tanjung Sari Budi Nirwana hadir.",
            ("Budi Nirwana", "Lurah", "Kelurahan Tanjung Sari"),
        ),
        (
            "Kepala Desa Budi Nirwana Wirana hadir.",
            ("Budi Nirwana Wirana", "Kepala Desa", None),
        ),
        (
            "Kalapas Narkotika Kelas IIA Muara Jingga Budi Nirwana hadir.",
            ("Budi Nirwana", "Kepala", "Lapas Narkotika Kelas IIA Muara Jingga"),
        ),
        (
            "Ketua Yayasan Bina Insan Mulia Ahmad Nirwana hadir.",
            ("Ahmad Nirwana", "Ketua", "Yayasan Bina Insan Mulia"),
        ),
        (
            "Direktur Utama Bank Sumut Budi Nirwana hadir.",
            ("Budi Nirwana", "Direktur Utama", "Bank Sumut"),
        ),
        (
            "Pimpinan Cabang Arunika PT Bank Nirmala, Bagas Wirana mengatakan itu.",
            ("Bagas Wirana", "Pimpinan Cabang", "PT Bank Nirmala Cabang Arunika"),
        ),
        (
            "Danyonif 936/Karta Sakti Letkol Inf Bagas Wirana hadir.",
            ("Bagas Wirana", "Komandan", "Yonif 936/Karta Sakti"),
        ),
        (
            "Ketua Komisi II DPRD Arunika Bagas Wirana datang bersama anggota Ahmad Nirwana.",
            ("Ahmad Nirwana", "Anggota", "Dewan Perwakilan Rakyat Daerah Kabupaten Arunika"),
        ),
        (
            "Kepala BPXASHL Wana Nirmala Raya, Ir. Bagas Wirana, hadir.",
            ("Bagas Wirana", "Kepala", "BPXASHL Wana Nirmala Raya"),
        ),
        (
            "Wakapolda Nusa Raya Brigjen Pol. Imam Nirwana, S.I.K., hadir.",
            ("Imam Nirwana", "Wakil Kepala", "Polda Nusa Raya"),
        ),
        (
            "Plt Dishub Arunika Nirwana hadir.",
            ("Nirwana", "Pelaksana Tugas Kepala", "Dinas Perhubungan Kabupaten Arunika"),
        ),
        (
            "Rapat di Provinsi Nusa Raya dipimpin Sekretaris Daerah Provinsi (Sekdaprov) Bagas "
            "Wirana.",
            ("Bagas Wirana", "Sekretaris Daerah", "Pemerintah Provinsi Nusa Raya"),
        ),
        (
            "Kalapas Arunika Budi Nirwana didampingi Bagas Wirana Kabag Umum dan stafnya.",
            ("Bagas Wirana", "Kepala Bagian Umum", "Lapas Arunika"),
        ),
        (
            "Hadir Kodim 0998/Arunika, Disdik Arunika Bagas Wirana, dan para camat.",
            ("Bagas Wirana", None, "Dinas Pendidikan Kabupaten Arunika"),
        ),
        (
            "Ketua DPRD Arunika Wira Sentanu menyambut bersama dua Wakil Ketua, Bagas dan Budi.",
            ("Budi", "Wakil Ketua", "Dewan Perwakilan Rakyat Daerah Kabupaten Arunika"),
        ),
        (
            "Kasubsi 1 Intel Kejari Arunika Bagas Wirana hadir.",
            ("Bagas Wirana", "Kepala Subseksi 1 Intelijen", "Kejaksaan Negeri Arunika"),
        ),
        (
            "Ketua Umum PB XMI Budi Nirwana hadir.",
            ("Budi Nirwana", "Ketua Umum", "PB XMI"),
        ),
        (
            "Ketua Pengadilan Agama Arunika Kelas II, Bagas Wirana, S.Ag., hadir.",
            ("Bagas Wirana", "Ketua", "Pengadilan Agama Arunika"),
        ),
        (
            "Dirjen Bimas Hindu Kementerian Agama, Prof. Drs, I Ketut Wirana hadir.",
            (
                "I Ketut Wirana",
                "Direktur Jenderal Bimbingan Masyarakat Hindu",
                "Kementerian Agama",
            ),
        ),
        (
            "I Wayan Wirana dikukuhkan sebagai Ketua PMI Arunika.",
            ("I Wayan Wirana", "Ketua", "Palang Merah Indonesia Kabupaten Arunika"),
        ),
        (
            "Laporan diterima Kepala BPKAD Arunika sekaligus Sekretaris MP-PKX, Bagas Wirana.",
            (
                "Bagas Wirana",
                "Kepala",
                "Badan Pengelolaan Keuangan dan Aset Daerah Kabupaten Arunika",
            ),
        ),
        (
            "Hadir Budi Wirana, S.H. dan Nirwana selaku Kabag Hukum Setda Arunika.",
            ("Nirwana", "Kepala Bagian Hukum", "Pemerintah Kabupaten Arunika"),
        ),
        (
            "Hadir pula Wabup Arunika (Nirwana SH. MH) dan stafnya.",
            ("Nirwana", "Wakil Bupati", "Pemerintah Kabupaten Arunika"),
        ),
        (
            "Anggota DPRD Nusa Raya Dapil II, Bagas Wirana, Wira Sentanu, dan Budi Nirwana hadir.",
            ("Wira Sentanu", "Anggota", "Dewan Perwakilan Rakyat Daerah Provinsi Nusa Raya"),
        ),
        (
            "Kapolres Arunika AKBP AKBP Bagas Wirana hadir.",
            ("Bagas Wirana", "Kepala", "Polres Arunika"),
        ),
        (
            "Kabupaten Suryalaya ramai. Ketua Baznas Suryalaay Nirwana Wira hadir.",
            ("Nirwana Wira", "Ketua", "Badan Amil Zakat Nasional Kabupaten Suryalaya"),
        ),
        # Who stands in is of the agency that is represented.
        (
            "KPU bersama Pemprov Nusa Raya diwakili Kepala Biro Hukum, Bagas Nirwana "
            "menandatangani.",
            ("Bagas Nirwana", "Kepala Biro Hukum", "Pemerintah Provinsi Nusa Raya"),
        ),
        # The list of a government goes on with its offices.
        (
            "Kota Madyapura ramai. Ia disambut Wakil Gubernur Nusa Raya Wira Sentanu, Kepala BPBD "
            "Bagas Nirwana.",
            (
                "Bagas Nirwana",
                "Kepala",
                "Badan Penanggulangan Bencana Daerah Provinsi Nusa Raya",
            ),
        ),
        # Names with titles, parties and regions in them.
        (
            "Wakapolda Nusa Raya Brigjen Pol Golkar Nirwana hadir.",
            ("Golkar Nirwana", "Wakil Kepala", "Polda Nusa Raya"),
        ),
        (
            "Wakil Bupati Arunika I Made Wirana hadir.",
            ("I Made Wirana", "Wakil Bupati", "Pemerintah Kabupaten Arunika"),
        ),
        (
            "Pj. Bupati Arunika Arunika Bagas Nirwana hadir.",
            ("Bagas Nirwana", "Penjabat Bupati", "Pemerintah Kabupaten Arunika"),
        ),
        (
            "Kabupaten Arunika ramai. Bupati arunika Bagas Nirwana hadir.",
            ("Bagas Nirwana", "Bupati", "Pemerintah Kabupaten Arunika"),
        ),
        (
            "Di Kabupaten Arunika ia disambut Ketua Bawaslu terpilih Bagas Nirwana.",
            ("Bagas Nirwana", "Ketua", "Badan Pengawas Pemilihan Umum Kabupaten Arunika"),
        ),
    ],
)  # fmt: skip
def test_a_post_finds_its_holder(registry: Registry, text: str, held: tuple[str, str, str]) -> None:
    found = read(registry, text).officials
    assert held in [(o.person, o.post, o.organization) for o in found]
    assert not [o.person for o in found if held[0] in o.person and o.person != held[0]]


@pytest.mark.parametrize(
    "text",
    [
        # What is done to a name is news of someone else.
        "Menurut Kapolres Arunika, Bagas Nirwana ditangkap di rumahnya.",
        "Senada dengan Bupati, Bagas Nirwana memuji kerja sama itu.",
        "Membacakan sambutan Bupati Arunika, Bagas mengajak warga bersyukur.",
        # A village in a list, and the next name's school.
        "Hadir dalam rapat itu Camat Kalimaya, Kepala Desa Nirwana.",
        "Juara pertama Bagas Nirwana dari SD Negeri 2 Kalimaya.",
    ],
)
def test_who_holds_no_post(registry: Registry, text: str) -> None:
    assert not read(registry, text).officials


def test_the_governor_of_one_province_is_not_the_host_s(registry: Registry) -> None:
    text = (
        "Wakil Gubernur Nusa Raya Wira Sentanu (Cok Wira) disambut Bupati Arunika Bagas Nirwana. "
        "Wagub Cok Wira berterima kasih."
    )
    found = read(registry, text).officials
    assert [(o.person, o.organization) for o in found] == [
        ("Wira Sentanu", "Pemerintah Provinsi Nusa Raya"),
        ("Bagas Nirwana", "Pemerintah Kabupaten Arunika"),
    ]


def test_the_governor_s_wife_is_not_the_governor(registry: Registry) -> None:
    text = (
        "Gubernur Nusa Raya Wira Sentanu bersama Ketua TP PKK Nusa Raya Sekar Wira Sentanu tiba. "
        "Wira Sentanu berterima kasih."
    )
    found = read(registry, text).officials
    assert [(o.person, o.post) for o in found] == [
        ("Wira Sentanu", "Gubernur"),
        ("Sekar Wira Sentanu", "Ketua"),
    ]


def test_a_numbered_list_has_a_holder_on_every_line(registry: Registry) -> None:
    text = (
        "Hadir dalam rapat di Arunika:\n1. Bupati Arunika Wira Sentanu\n"
        "2. Ketua DPRD Arunika Bagas Nirwana\n3. Kasat Binmas AKP Budi Wirana"
    )
    found = read(registry, text).officials
    assert [(o.person, o.organization) for o in found] == [
        ("Wira Sentanu", "Pemerintah Kabupaten Arunika"),
        ("Bagas Nirwana", "Dewan Perwakilan Rakyat Daerah Kabupaten Arunika"),
        ("Budi Wirana", "Polres Arunika"),
    ]


def test_a_bureau_s_head_is_no_regency(registry: Registry) -> None:
    found = read(registry, "Gubernur Nusa Raya tiba bersama Karo Umum Bagas Nirwana.").officials
    assert [(o.post, o.organization) for o in found] == [
        ("Kepala Biro Umum", "Pemerintah Provinsi Nusa Raya")
    ]


def test_lines_broken_to_a_width_are_read_as_one(registry: Registry) -> None:
    text = (
        "Penjabat\nSementara (Pjs) Bupati Arunika Drs. Bagas Nirwana, M.Si. menerima\n"
        "kunjungan kerja dari Gubernur Nusa Raya Wira Sentanu di Pendopo\n"
        "Kabupaten Arunika, Sabtu pagi, dan berterima kasih atas kedatangan\n"
        "Gubernur Wira Sentanu beserta rombongan dari Pemerintah Provinsi\n"
        "Nusa Raya yang membawa bantuan. Bantuan itu diterima Pjs Bupati Bagas\n"
        "Nirwana dan akan dibagikan kepada warga yang membutuhkannya di desa."
    )
    found = read(registry, text).officials
    assert [(o.person, o.post) for o in found] == [
        ("Bagas Nirwana", "Penjabat Sementara Bupati"),
        ("Wira Sentanu", "Gubernur"),
    ]


def test_parts_of_a_ministry_are_bodies(registry: Registry) -> None:
    text = (
        "Kepala BPSDM Kementerian Dalam Negeri Wira Sentanu dan Auditor Itjen Kemenag "
        "Bagas Nirwana hadir."
    )
    found = read(registry, text).officials
    assert [(o.person, o.organization) for o in found] == [
        (
            "Wira Sentanu",
            "Badan Pengembangan Sumber Daya Manusia Kementerian Dalam Negeri",
        ),
        ("Bagas Nirwana", "Inspektorat Jenderal Kementerian Agama"),
    ]


def test_a_general_of_the_police_is_no_ministry(registry: Registry) -> None:
    text = "Inspektur Jenderal Kementerian Dalam Negeri hadir di Arunika."
    assert not read(registry, text).officials


def test_commands_have_roman_numbers(registry: Registry) -> None:
    text = "Danlantamal VIII, Dankosek IV dan Pangkoopsud II Marsda TNI Wira Sentanu hadir."
    found = read(registry, text)
    assert [o.organization for o in found.officials] == ["Koopsud II"]
    assert {p.organization for m in found.meetings for p in m.organizations} == {
        "Lantamal VIII",
        "Kosek IV",
        "Koopsud II",
    }


def test_two_offices_in_one_breath_are_one(registry: Registry) -> None:
    found = read(registry, "Kepala DPMD Dukcapil Kabupaten Arunika, Wira Sentanu, hadir.").officials
    assert [o.organization for o in found] == [
        "Dinas Pemberdayaan Masyarakat, Desa, Kependudukan dan Pencatatan Sipil Kabupaten Arunika"
    ]


def test_members_named_after_antara_lain(registry: Registry) -> None:
    text = (
        "Ketua DPRD Arunika membawa anggota Komisi II yang ikut dalam kunjungan ini antara lain, "
        "Drs. Wira Sentanu, M.Pd, Hj. Sekar Melati, SE dan Bagas Nirwana."
    )
    found = read(registry, text).officials
    assert [(o.person, o.post) for o in found] == [
        ("Wira Sentanu", "Anggota Komisi II"),
        ("Sekar Melati", "Anggota Komisi II"),
        ("Bagas Nirwana", "Anggota Komisi II"),
    ]


def test_a_wife_told_twice_is_not_her_husband(registry: Registry) -> None:
    text = (
        "Gubernur Nusa Raya Wira Sentanu dan Ketua TP PKK Sekar Wira Sentanu tiba di Arunika. "
        "Ibu Sekar Wira Sentanu menyapa warga, Gubernur Wira Sentanu menyerahkan bantuan."
    )
    found = read(registry, text).officials
    assert [(o.person, o.post) for o in found] == [
        ("Wira Sentanu", "Gubernur"),
        ("Sekar Wira Sentanu", "Ketua"),
    ]


@pytest.mark.parametrize(
    ("text", "post", "organization"),
    [
        (
            "Kapolsek Contohrejo Polres Arunika AKP Bagas Nirwana hadir.",
            "Kepala",
            "Polsek Contohrejo",
        ),
        (
            "Kasat Lantas Polres Arunika Polda Nusa Raya AKP Bagas Nirwana hadir.",
            "Kepala Satuan Lalu Lintas",
            "Polres Arunika",
        ),
        (
            "Danramil 0806/05 Contohrejo Kodim 0806/Arunika Kapten Inf Bagas Nirwana hadir.",
            "Komandan",
            "Koramil 0806/05 Contohrejo",
        ),
        (
            "Kepala SMPN 1 Contohrejo Kabupaten Arunika Bagas Nirwana hadir.",
            "Kepala",
            "SMP Negeri 1 Contohrejo Kabupaten Arunika",
        ),
    ],
)
def test_whose_an_office_is_stands_before_the_holder(
    registry: Registry, text: str, post: str, organization: str
) -> None:
    found = read(registry, text).officials
    assert [(o.person, o.post, o.organization) for o in found] == [
        ("Bagas Nirwana", post, organization)
    ]


def test_the_superior_of_an_office_is_no_party(registry: Registry) -> None:
    text = (
        "Kapolsek Contohrejo Polres Arunika AKP Bagas Nirwana mengunjungi Bupati Arunika "
        "Wira Sentanu."
    )
    (meeting,) = read(registry, text).meetings
    assert [p.organization for p in meeting.organizations] == [
        "Polsek Contohrejo",
        "Pemerintah Kabupaten Arunika",
    ]


def test_a_head_of_operations_is_no_soldier(registry: Registry) -> None:
    text = (
        "Pasi Intel Kodim 0899/Arunika Kapten Inf Wira Sentanu bersama Kabag Ops AKP Bagas "
        "Nirwana dan Kasat Narkoba Polres Arunika Ipda Sekar Melati hadir."
    )
    found = read(registry, text).officials
    assert [o.organization for o in found] == [
        "Kodim 0899/Arunika",
        "Polres Arunika",
        "Polres Arunika",
    ]


def test_an_abbreviated_word_in_brackets_ends_no_sentence(registry: Registry) -> None:
    found = read(registry, "Penjabat (Pj.) Gubernur Nusa Raya, Wira Sentanu, hadir.").officials
    assert [(o.person, o.post) for o in found] == [("Wira Sentanu", "Penjabat Gubernur")]


def test_members_who_come_are_their_body(registry: Registry) -> None:
    text = "Sejumlah anggota PWNU Nusa Raya melakukan audiensi dengan Bupati Arunika."
    (meeting,) = read(registry, text).meetings
    assert [(p.organization, p.role) for p in meeting.organizations] == [
        ("PWNU Nusa Raya", "guest"),
        ("Pemerintah Kabupaten Arunika", "host"),
    ]


def test_a_vip_room_is_no_body(registry: Registry) -> None:
    text = "Bupati Arunika Wira Sentanu menerima Kapolres Arunika dan staf di VIP Room Bandara."
    assert [o.person for o in read(registry, text).officials] == ["Wira Sentanu"]


def test_an_independent_office_is_no_bank(registry: Registry) -> None:
    text = "PPID Mandiri Arunika bertemu Bupati Wira Sentanu di Arunika."
    parties = {p.organization for m in read(registry, text).meetings for p in m.organizations}
    assert "Bank Mandiri" not in parties


def test_an_auditor_s_office_in_a_province_has_one_name(registry: Registry) -> None:
    text = "BPK Nusa Raya bertemu Gubernur Nusa Raya. BPK Perwakilan Nusa Raya menutup rapat itu."
    parties = {p.organization for m in read(registry, text).meetings for p in m.organizations}
    assert parties == {"BPK Perwakilan Nusa Raya", "Pemerintah Provinsi Nusa Raya"}


@pytest.mark.parametrize(
    ("text", "held"),
    [
        # Who stands in for someone, and does not say in which office.
        (
            "Mewakili Bupati Arunika, Bagas Nirwana membuka rapat itu.",
            ("Bagas Nirwana", "Perwakilan", "Pemerintah Kabupaten Arunika"),
        ),
        (
            "Asisten II Setda Arunika mewakili Bupati, Bagas Nirwana membuka rapat itu.",
            ("Bagas Nirwana", "Asisten II", "Pemerintah Kabupaten Arunika"),
        ),
        (
            "Kapolres Arunika selaku Ketua Panitia, Bagas Nirwana menyampaikan hal itu.",
            ("Bagas Nirwana", "Kepala", "Polres Arunika"),
        ),
        (
            "Rapat di Senjakala selaku Ketua PMI Kabupaten Arunika, Bagas Nirwana pimpin sendiri.",
            ("Bagas Nirwana", "Ketua", "Palang Merah Indonesia Kabupaten Arunika"),
        ),
        # The head's words, and a field's head of the office spoken of.
        (
            'Rapat usai. "Jangan menunggu," pesan Kapolres Arunika, Nirwana.',
            ("Nirwana", "Kepala", "Polres Arunika"),
        ),
        (
            "Rapat Dinas Sosial Kabupaten Arunika digelar di kompleks Kantor Bupati Arunika. Acara "
            "dibuka Kepala Bidang Rehabilitasi Sosial, Bagas Nirwana.",
            (
                "Bagas Nirwana",
                "Kepala Bidang Rehabilitasi Sosial",
                "Dinas Sosial Kabupaten Arunika",
            ),
        ),
        # Both hold the office that is handed over.
        (
            "Sertijab Kapolres Arunika dari AKBP Wira Sentanu, S.I.K. kepada AKBP Bagas Nirwana.",
            ("Wira Sentanu", "Kepala", "Polres Arunika"),
        ),
        (
            "Sertijab Kapolres Arunika dari AKBP Wira Sentanu, S.I.K. kepada AKBP Bagas Nirwana.",
            ("Bagas Nirwana", "Kepala", "Polres Arunika"),
        ),
        # Whose office is named with another's is not that other.
        (
            "Juru Bicara Gubernur Nusa Raya Bagas Nirwana hadir.",
            ("Bagas Nirwana", "Juru Bicara Gubernur", "Pemerintah Provinsi Nusa Raya"),
        ),
        # The sentence before ends in a word for a place.
        (
            "Rapat digelar di kampus.\nKetua KONI Kabupaten Arunika, Bagas Nirwana hadir.",
            ("Bagas Nirwana", "Ketua", "Komite Olahraga Nasional Indonesia Kabupaten Arunika"),
        ),
        # Right behind the verb; and a further office of one who has one.
        (
            "Rombongan diterima Nirwana, Kepala Bagian Umum pada Dinas Sosial Kabupaten Arunika.",
            ("Nirwana", "Kepala Bagian Umum", "Dinas Sosial Kabupaten Arunika"),
        ),
        (
            "Wakil Bupati Arunika Bagas Nirwana dilantik sebagai Ketua PMI Kabupaten Arunika.",
            ("Bagas Nirwana", "Ketua", "Palang Merah Indonesia Kabupaten Arunika"),
        ),
        (
            "Penelaah Teknis Kebijakan, Bagas Nirwana, memimpin rombongan Polres Arunika.",
            ("Bagas Nirwana", "Penelaah Teknis Kebijakan", "Polres Arunika"),
        ),
        # Parts of what an office is for.
        (
            "Kepala Bagian Umum & Humas DPRD Kabupaten Arunika Bagas Nirwana hadir.",
            (
                "Bagas Nirwana",
                "Kepala Bagian Umum dan Hubungan Masyarakat",
                "Dewan Perwakilan Rakyat Daerah Kabupaten Arunika",
            ),
        ),
        (
            "Wakil Rektor Bid. Perencanaan dan Kerja Sama Universitas Arunika Bagas Nirwana hadir.",
            (
                "Bagas Nirwana",
                "Wakil Rektor Bidang Perencanaan dan Kerja Sama",
                "Universitas Arunika",
            ),
        ),
    ],
)
def test_holders_of_offices_told_in_other_words(
    registry: Registry, text: str, held: tuple[str, str, str]
) -> None:
    found = {(o.person, o.post, o.organization) for o in read(registry, text).officials}
    assert held in found


def test_a_long_list_without_its_full_stop_is_no_headline(registry: Registry) -> None:
    text = (
        "Hadir Kapolres Arunika AKBP Wira Sentanu, Ketua DPRD Kabupaten Arunika I Bagus Nirwana, "
        "Kepala Dinas Sosial Kabupaten Arunika Rinjani Wening, Kepala Dinas Kesehatan Kabupaten "
        "Arunika Danu Kinanti, Camat Kalimaya Tirto Wibawa"
    )
    assert "I Bagus Nirwana" in {o.person for o in read(registry, text).officials}


def test_the_year_of_a_law_dates_no_meeting(registry: Registry) -> None:
    text = (
        "Bupati Arunika Wira Sentanu menerima Kapolres Arunika, Rabu (15/09). Mereka membahas "
        "UU 23 tahun 2004."
    )
    (meeting,) = read(registry, text).meetings
    assert meeting.date is None


def test_the_end_of_a_program_s_name_is_no_school(registry: Registry) -> None:
    text = (
        "Bupati Arunika membuka rapat Tim Pembina Usaha Kesehatan Sekolah (UKS) bersama Dinas "
        "Kesehatan Kabupaten Arunika."
    )
    parties = {p.organization for m in read(registry, text).meetings for p in m.organizations}
    assert parties == {"Pemerintah Kabupaten Arunika", "Dinas Kesehatan Kabupaten Arunika"}


def test_those_who_receive_or_lead_without_an_office_act_for_a_body(registry: Registry) -> None:
    text = (
        "Rombongan Polres Arunika yang dipimpin Wira Sentanu mengunjungi PT Tirta Senja. Mereka "
        "diterima di ruang rapat oleh Bagas Nirwana SH, Danu Kinanti dan Rinjani Wening. Acara "
        "ditutup Sekar Danu."
    )
    found = read(registry, text)
    assert {(o.person, o.post, o.organization) for o in found.officials} == {
        ("Wira Sentanu", None, "Polres Arunika"),
        ("Bagas Nirwana", None, "PT Tirta Senja"),
        ("Danu Kinanti", None, "PT Tirta Senja"),
        ("Rinjani Wening", None, "PT Tirta Senja"),
    }
    (meeting,) = found.meetings
    assert {p.person: p.role for p in meeting.participants} == {
        "Wira Sentanu": "guest",
        "Bagas Nirwana": "host",
        "Danu Kinanti": "host",
        "Rinjani Wening": "host",
    }
