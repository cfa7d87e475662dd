"""Which meetings an article tells of, and who was what in them. All names are invented."""

from __future__ import annotations

import pytest

from sinergi.graph.extraction import extract
from sinergi.graph.model import Article, Extraction, Meeting
from sinergi.graph.registry import Registry


def read(registry: Registry, text: str, published: str | None = None) -> Extraction:
    return extract(Article("t", "", text, published), registry)


def roles(meeting: Meeting) -> dict[str, str]:
    return {p.person: p.role for p in meeting.participants}


def bodies(meeting: Meeting) -> set[str]:
    return {party.organization for party in meeting.organizations}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Bupati Suryalaya Ranu Wicaksana melakukan kunjungan kerja ke Kabupaten Arunika, "
            "Senin (3/2/2025), dipimpin langsung Sekda Suryalaya, Tirta Mahendra. Diterima Wakil "
            "Bupati Arunika, Seno Palapa didampingi Kapolres Arunika AKBP Bayu Lazuardi, "
            "Tirta Mahendra menyampaikan terima kasih.",
            {"Tirta Mahendra": "guest", "Seno Palapa": "host", "Bayu Lazuardi": "accompanying"},
        ),
        (
            "Bupati Arunika Ranu Wicaksana, Kapolres Arunika AKBP Bayu Lazuardi dan Dandim "
            "Arunika Letkol Inf Seno Palapa terlihat memimpin langsung apel pasukan, Senin "
            "(3/2/2025).",
            {"Ranu Wicaksana": "host", "Bayu Lazuardi": "host", "Seno Palapa": "host"},
        ),
        (
            "Kapolres Arunika AKBP Bayu Lazuardi mengunjungi Lapas Arunika, Senin (3/2/2025). "
            "Kalapas Arunika, Ranu Wicaksana S.Sos. M. Si yang didampingi Kasi Binadik Tirta "
            "Mahendra S.H. menyimak laporan Kapolres.",
            {"Bayu Lazuardi": "guest", "Ranu Wicaksana": "host", "Tirta Mahendra": "accompanying"},
        ),
        (
            "Sosialisasi digelar Dinas Kesehatan Kabupaten Arunika, Senin (3/2/2025). Turut hadir "
            "Kapolres Arunika AKBP Bayu Lazuardi dan Dandim Arunika Letkol Inf Seno Palapa "
            "sebagai nara sumber.",
            {"Bayu Lazuardi": "speaker", "Seno Palapa": "speaker"},
        ),
    ],
)
def test_roles(registry: Registry, text: str, told: dict[str, str]) -> None:
    found = roles(read(registry, text).meetings[0])
    assert {person: found.get(person) for person in told} == told


def test_a_plenary_is_its_body_s(registry: Registry) -> None:
    (meeting,) = read(
        registry,
        "Wakil Bupati Arunika, Seno Palapa menyampaikan nota pengantar dalam Rapat Paripurna DPRD "
        "Kabupaten Arunika, Senin (3/2/2025).",
    ).meetings
    assert roles(meeting) == {"Seno Palapa": "guest"}
    hosts = [p.organization for p in meeting.organizations if p.role == "host"]
    assert hosts == ["Dewan Perwakilan Rakyat Daerah Kabupaten Arunika"]


def test_an_announced_event_is_not_the_meeting_that_spoke_of_it(registry: Registry) -> None:
    held, planned = read(
        registry,
        "Gubernur Nusa Raya Tirta Mahendra dijadwalkan berkunjung ke Kodim Arunika pada 15 Juni "
        "2021. Rencana itu disampaikan Kapolres Arunika AKBP Bayu Lazuardi sewaktu bersilaturahmi "
        "dengan Dandim Arunika Letkol Inf Seno Palapa, Selasa.",
    ).meetings
    assert (held.kind, held.status, held.date) == ("silaturahmi", "held", None)
    assert bodies(held) >= {"Polres Arunika", "Kodim Arunika"}
    assert (planned.status, planned.date) == ("planned", "2021-06-15")


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("akan menggelar rapat koordinasi dengan", "planned"),
        ("bakal kembali mengadakan audiensi dengan", "planned"),
        ("menggelar rapat koordinasi dengan", "held"),
        ("membahas bantuan yang bakal diterima desa dalam rapat dengan", "held"),
    ],
)
def test_a_plan_is_a_plan_of_the_meeting(registry: Registry, words: str, status: str) -> None:
    (meeting,) = read(
        registry, f"Polres Arunika {words} Kodim Arunika dan Kejari Arunika di Balai Kota."
    ).meetings
    assert meeting.status == status


def test_what_a_speech_names_was_not_there(registry: Registry) -> None:
    (meeting,) = read(
        registry,
        "Kapolres Arunika AKBP Bayu Lazuardi menerima audiensi Kalapas Arunika Ranu Wicaksana, "
        "Senin (3/2/2025). Bayu Lazuardi menyampaikan penghargaan atas dukungan Pemkab Suryalaya "
        "bagi warga.",
    ).meetings
    assert bodies(meeting) == {"Polres Arunika", "Lapas Arunika"}


def test_the_day_is_that_of_the_event(registry: Registry) -> None:
    (meeting,) = read(
        registry,
        "Siswa belajar di rumah mulai Selasa (17/3/2020). Hal itu hasil rapat koordinasi Polres "
        "Arunika bersama jajaran Kodim Arunika di Balai Kota, Senin (16/3/2020).",
    ).meetings
    assert meeting.date == "2020-03-16"
    assert bodies(meeting) == {"Polres Arunika", "Kodim Arunika"}


def test_evidence_of_who_took_part_tells_what_they_did(registry: Registry) -> None:
    """A sentence in which someone only speaks about the meeting says nothing of their part."""
    text = (
        "Kapolres Arunika AKBP Bayu Lazuardi mengunjungi Lapas Arunika, Senin (3/2/2025). "
        "Rombongan disambut Kalapas Arunika, Ranu Wicaksana. "
        "Menurut Bayu Lazuardi, kunjungan itu mempererat kerja sama. "
        "Bayu Lazuardi menilai pertemuan dengan lapas perlu digelar setiap tahun. "
        '"Kami hadir untuk membantu," kata Bayu Lazuardi. '
        "Pertemuan itu, disebut Ranu Wicaksana, dihadiri seluruh petugas. "
        "Kunjungan itu diapresiasi oleh Ranu Wicaksana. "
        "Ranu Wicaksana ucapkan terima kasih atas kunjungan itu. "
        "Dalam sambutannya, Ranu Wicaksana menyampaikan terima kasih."
    )
    meeting = read(registry, text).meetings[0]
    quotes = {p.organization: [span.quote[:9] for span in p.spans] for p in meeting.organizations}
    assert quotes == {
        "Polres Arunika": ["Kapolres "],
        "Lapas Arunika": ["Kapolres ", "Rombongan"],
    }
    persons = {p.person: [span.quote[:9] for span in p.spans] for p in meeting.participants}
    assert persons == {"Bayu Lazuardi": ["Kapolres "], "Ranu Wicaksana": ["Rombongan"]}


def test_who_is_only_quoted_or_named_is_told_apart(registry: Registry) -> None:
    text = (
        "Kapolres Arunika AKBP Bayu Lazuardi mengunjungi Lapas Arunika, Senin (3/2/2025). "
        "Rombongan disambut Kalapas Arunika, Ranu Wicaksana. "
        "Camat Sukalaras, Tirta Lesmana, menilai keamanan harus dijaga bersama. "
        "Hal senada diungkapkan Danramil Sukalaras, Wira Kencana. "
        "Lurah Sukamaju, Dipa Anggara, merasa lega."
    )
    (meeting,) = read(registry, text).meetings
    assert {p.person: p.basis for p in meeting.participants} == {
        "Bayu Lazuardi": "told",
        "Ranu Wicaksana": "told",
        "Tirta Lesmana": "quoted",
        "Wira Kencana": "quoted",
        "Dipa Anggara": "named",
    }
    bases = {p.organization: p.basis for p in meeting.organizations}
    assert bases["Lapas Arunika"] == "told" and bases["Kecamatan Sukalaras"] == "quoted"


def test_a_sentence_that_tells_more_takes_the_place_of_one_that_quotes(registry: Registry) -> None:
    text = (
        "Kapolres Arunika AKBP Bayu Lazuardi mengunjungi Lapas Arunika, Senin (3/2/2025). "
        "Kajari Arunika, Tirta Lesmana, menilai keamanan harus dijaga bersama. "
        "Turut hadir Kajari Arunika Tirta Lesmana dan Dandim Arunika Letkol Inf Wira Kencana."
    )
    (meeting,) = read(registry, text).meetings
    (found,) = (p for p in meeting.participants if p.person == "Tirta Lesmana")
    assert found.basis == "told" and found.spans[0].quote.startswith("Turut hadir")


def test_a_place_that_only_is_named_is_not_the_venue(registry: Registry) -> None:
    text = (
        "Bupati Arunika Ranu Wicaksana menerima kunjungan Kapolres Arunika AKBP Bayu Lazuardi, "
        "Senin (3/2/2025). Keduanya membahas layanan bagi warga yang tinggal di Desa Tirta. "
        "Jalan menuju ke Desa Tirta rusak berat."
    )
    assert read(registry, text).meetings[0].place is None
    held = text.replace("Senin (3/2/2025)", "Senin (3/2/2025), di Pendopo Arunika")
    assert read(registry, held).meetings[0].place == "Pendopo Arunika"


def test_an_agreement_s_title_ends_before_its_parties(registry: Registry) -> None:
    text = (
        "Kapolres Arunika AKBP Bayu Lazuardi dan Kalapas Arunika Ranu Wicaksana menandatangani "
        "perjanjian kerja sama tahun 2025 antara kedua lembaga, Senin (3/2/2025)."
    )
    agreement = read(registry, text).meetings[0].agreement
    assert agreement is not None
    assert agreement.title == "perjanjian kerja sama tahun 2025"


def test_the_quote_for_a_meeting_names_it(registry: Registry) -> None:
    """Though the lead names nobody who takes part."""
    text = (
        "Rapat koordinasi tanggap bencana digelar di Pendopo Arunika, Senin (3/2/2025). "
        "Bupati Arunika Ranu Wicaksana memimpin rapat itu bersama Kapolres Arunika AKBP Bayu "
        "Lazuardi."
    )
    (span,) = read(registry, text).meetings[0].spans
    assert span.quote.startswith("Rapat koordinasi tanggap bencana")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (
            "Kajari Arunika Ranu Wicaksana menerima kunjungan silaturahmi Bupati Arunika Seno "
            "Palapa, Senin (3/2/2025). Kunjungan berlangsung hangat.",
            "silaturahmi",
        ),
        (
            "Bupati Arunika Seno Palapa audiens dengan PWI Kabupaten Arunika, Senin (3/2/2025). "
            "Pertemuan berlangsung hangat.",
            "audiensi",
        ),
        (
            "Bupati Arunika Seno Palapa dan BPK Perwakilan Nusa Raya mengikuti exit meeting, "
            "Senin (3/2/2025). Pertemuan itu berlangsung sejam.",
            "rapat",
        ),
        (
            "PMI Kabupaten Arunika bersama Polres Arunika menggelar donor darah menyambut Hari "
            "Ulang Tahun Kabupaten Arunika, Senin (3/2/2025).",
            "lainnya",
        ),
        (
            "Dinas Sosial Kabupaten Arunika bekerja sama dengan Kodim 0999/Arunika melaksanakan "
            "kegiatan bersih sungai, Senin (3/2/2025).",
            "lainnya",
        ),
        (
            "Pemerintah Kabupaten Arunika dan PWI Kabupaten Arunika menggelar rapat persiapan "
            "pelantikan pengurus, Senin (3/2/2025). Pelantikan pengurus akan meriah.",
            "rapat",
        ),
        (
            "Polsek Jatisari, Satpol PP Kabupaten Arunika dan Dinas Perhubungan Kabupaten Arunika "
            "melaksanakan pos jaga, Senin (3/2/2025).",
            "lainnya",
        ),
    ],
    ids=["silaturahmi", "audiens", "exit", "occasion", "joint", "topic", "list"],
)
def test_the_kind_is_that_of_the_event_and_not_of_its_occasion(
    registry: Registry, text: str, kind: str
) -> None:
    assert [m.kind for m in read(registry, text).meetings] == [kind]


@pytest.mark.parametrize(
    ("text", "published", "date"),
    [
        (  # the weekday finds the year among those that the text names
            "Bupati Arunika Seno Palapa bertemu Kapolres Arunika, Senin (3/2). Pertemuan membahas "
            "anggaran tahun 2024 dan 2025 sesuai UU Nomor 3 Tahun 2020.",
            None,
            "2025-02-03",
        ),
        (  # no weekday, no year
            "Bupati Arunika Seno Palapa bertemu Kapolres Arunika (3/2). Pertemuan membahas "
            "anggaran tahun 2025.",
            None,
            None,
        ),
        (  # a term ends in no year of the news
            "Rapat kerja pengurus periode 2020-2025 digelar Pemerintah Kabupaten Arunika dan "
            "Polres Arunika, Jumat (14/2).",
            None,
            "2020-02-14",
        ),
        (
            "Kapolda Nusa Raya Ranu Wicaksana mengunjungi Polres Arunika. Kunjungan itu melihat "
            "persiapan pemilihan Bupati yang digelar Rabu (12/2).",
            "2025-02-07",
            None,
        ),
        (
            "Dinas Sosial Kabupaten Arunika melaksanakan studi banding ke Suryalaya pada Selasa "
            "(4/2) hingga Jumat (7/2). Hari ini rombongan melakukan kunjungan ke Dinas Sosial "
            "Kabupaten Suryalaya, Rabu (5/2).",
            "2025-02-05",
            "2025-02-05",
        ),
        (
            "Bupati Arunika Seno Palapa disambut Bupati Suryalaya Ranu Wicaksana di Pendopo "
            "Suryalaya, Senin (3/2/2025). Kunjungan itu dibarengi doa di Pura Wening pada Rabu "
            "5 Februari 2025.",
            None,
            "2025-02-03",
        ),
        (
            "Polres Arunika dan Lapas Arunika menggelar rapat. Rapat itu hangat, bunyi unggahan "
            "rapat yang dikutip pada Senin (3/2/2025).",
            "2025-02-03",
            None,
        ),
    ],
    ids=["year", "bare", "term", "election", "range", "received", "cited"],
)
def test_the_day_is_not_that_of_something_else(
    registry: Registry, text: str, published: str | None, date: str | None
) -> None:
    assert read(registry, text, published).meetings[0].date == date


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Kajari Arunika Ranu Wicaksana menerima kunjungan Ketua DPRD Arunika Seno Palapa, "
            "Senin (3/2/2025). Rombongan DPRD yang hadir terdiri dari Wakil Ketua DPRD Arunika "
            "Tirta Mahendra dan Sekretaris DPRD Arunika Bayu Lazuardi.",
            {"Tirta Mahendra": "guest", "Bayu Lazuardi": "guest", "Ranu Wicaksana": "host"},
        ),
        (
            "Kapolda Nusa Raya Ranu Wicaksana mengunjungi Arunika, Senin (3/2/2025). Yang "
            "menyambut di bandara ialah Bupati Arunika Seno Palapa, Sekda Arunika Tirta "
            "Mahendra dan Dandim Arunika Letkol Inf Bayu Lazuardi.",
            {
                "Ranu Wicaksana": "guest",
                "Seno Palapa": "host",
                "Tirta Mahendra": "host",
                "Bayu Lazuardi": "host",
            },
        ),
        (
            "Kantor Imigrasi Arunika menggelar rapat koordinasi bersama Polres Arunika, Senin "
            "(3/2/2025). Kapolres Arunika AKBP Seno Palapa memaparkan pengawasan orang asing. "
            "Dandim Arunika Letkol Inf Bayu Lazuardi dalam pemaparannya menyinggung perbatasan.",
            {"Seno Palapa": "speaker", "Bayu Lazuardi": "speaker"},
        ),
        (
            "Bupati Arunika Seno Palapa mengunjungi Polres Arunika, Senin (3/2/2025). Kapolres "
            "Arunika AKBP Bayu Lazuardi memaparkan kerja Polres.",
            {"Seno Palapa": "guest", "Bayu Lazuardi": "host"},
        ),
        (
            "Rapat Paripurna DPRD Arunika digelar Senin (3/2/2025). Rapat dihadiri Bupati Arunika "
            "Seno Palapa.",
            {"Seno Palapa": "guest"},
        ),
        (
            "Bupati Arunika Seno Palapa mengunjungi Polres Arunika, Senin (3/2/2025). Kasi Humas "
            "Polres Arunika Ranu Wicaksana mengatakan bupati datang pagi hari.",
            {"Seno Palapa": "guest"},
        ),
        (
            "Kapolda Nusa Raya Ranu Wicaksana bersilaturahmi ke Dandim Arunika Letkol Inf Bayu "
            "Lazuardi, Senin (3/2/2025). Wakapolda Nusa Raya Seno Palapa dan sejumlah Pejabat "
            "Utama Polda Nusa Raya ikut mendampingi Kapolda dalam silaturahmi itu.",
            {
                "Ranu Wicaksana": "guest",
                "Bayu Lazuardi": "host",
                "Seno Palapa": "accompanying",
            },
        ),
        (
            "Polres Arunika dan Lapas Arunika meneken kerja sama, Senin (3/2/2025). "
            "Penandatanganan dilakukan oleh Kapolres Arunika AKBP Seno Palapa bersama Kepala "
            "Seksi Binadik Lapas Arunika Bayu Lazuardi.",
            {"Seno Palapa": "signatory", "Bayu Lazuardi": "signatory"},
        ),
    ],
    ids=[
        "delegation", "fronted", "lecture", "guided", "invited", "spokesman", "company", "signed",
    ],
)  # fmt: skip
def test_lists_and_leading_verbs_give_their_role_to_all(
    registry: Registry, text: str, told: dict[str, str]
) -> None:
    found = roles(read(registry, text).meetings[0])
    assert {name: found.get(name) for name in told} == told
    assert "Ranu Wicaksana" in told or "Ranu Wicaksana" not in found


def test_who_will_come_to_the_next_meeting_is_not_at_this_one(registry: Registry) -> None:
    text = (
        "Bupati Arunika Seno Palapa menerima audiensi Dandim Arunika Letkol Inf Bayu Lazuardi, "
        "Senin (3/2/2025). Pertemuan berlangsung hangat. Bupati mengundang Dandim Arunika dalam "
        "rapat koordinasi, Selasa (4/2/2025) besok. Rapat itu akan dihadiri Kapolres Arunika dan "
        "Kajari Arunika. Hadir pula Kepala Bapas Arunika."
    )
    main, coming = read(registry, text).meetings
    arunika = {"Pemerintah Kabupaten Arunika", "Kodim Arunika"}
    assert bodies(main) == arunika | {"Bapas Arunika"}
    assert bodies(coming) == arunika | {"Polres Arunika", "Kejaksaan Negeri Arunika"}
    assert (main.status, coming.status) == ("held", "planned")


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        (
            "Lapas Arunika menggelar razia gabungan, Senin (3/2/2025). Razia melibatkan unsur TNI, "
            "Polri, BNN dan Kejaksaan Negeri Arunika.",
            {
                "Lapas Arunika",
                "Tentara Nasional Indonesia",
                "Kepolisian Negara Republik Indonesia",
                "Badan Narkotika Nasional Republik Indonesia",
                "Kejaksaan Negeri Arunika",
            },
        ),
        (
            "Lapas Arunika dan Polres Arunika menggelar razia, Senin (3/2/2025). Razia itu sinergi "
            "TNI, Polri dan Kejaksaan Negeri Arunika.",
            {"Lapas Arunika", "Polres Arunika", "Kejaksaan Negeri Arunika"},
        ),
        (
            "Bupati Arunika Seno Palapa menerima kunjungan Lapas Arunika, Senin (3/2/2025). "
            "Kunjungan itu mendukung pembangunan Bapas Suryalaya.",
            {"Pemerintah Kabupaten Arunika", "Lapas Arunika"},
        ),
        (
            "Kodim Arunika dan Polres Arunika menggelar bakti sosial, Senin (3/2/2025). Kegiatan "
            "itu mendapat pendampingan dari Dinas Kesehatan Kabupaten Arunika.",
            {"Kodim Arunika", "Polres Arunika", "Dinas Kesehatan Kabupaten Arunika"},
        ),
    ],
    ids=["state", "state in general", "to be built", "supported"],
)
def test_parties_are_those_that_take_part(registry: Registry, text: str, parties: set[str]) -> None:
    assert bodies(read(registry, text).meetings[0]) == parties


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        (
            "Lapas Arunika menerima kunjungan patroli dari Polsek Jatisari, Senin (3/2/2025). "
            "Kepala Kantor Wilayah Direktorat Jenderal Pemasyarakatan Nusa Raya Ranu Wicaksana "
            "mengapresiasi kerja sama keduanya.",
            {"Lapas Arunika", "Polsek Jatisari"},
        ),
        (
            "Dinas Sosial Kabupaten Arunika melakukan kunjungan ke Lapas Arunika, wilayah hukum "
            "Polres Arunika, Senin (3/2/2025).",
            {"Dinas Sosial Kabupaten Arunika", "Lapas Arunika"},
        ),
        (
            "Pemerintah Kabupaten Arunika dan Polres Arunika menggelar rapat, Senin (3/2/2025). "
            "Rapat itu tentang persiapan kunjungan Kodim Suryalaya.",
            {"Pemerintah Kabupaten Arunika", "Polres Arunika"},
        ),
        (
            "Bupati Arunika Seno Palapa meresmikan pasar, Senin (3/2/2025). Peresmian itu dihadiri "
            "ketua Pengadilan Negeri Arunika, kepala dinas dan camat.",
            {"Pemerintah Kabupaten Arunika", "Pengadilan Negeri Arunika"},
        ),
        (
            "Kapolri bersilaturahmi ke Pondok Pesantren Wening Sari, Senin (3/2/2025).",
            {"Kepolisian Negara Republik Indonesia", "Pondok Pesantren Wening Sari"},
        ),
        (
            "DPRD Suryalaya menerima kunjungan kerja dua dewan, Senin (3/2/2025). Keduanya adalah "
            "DPRD Arunika dan DPRD Provinsi Nusa Raya.",
            {
                "Dewan Perwakilan Rakyat Daerah Kabupaten Suryalaya",
                "Dewan Perwakilan Rakyat Daerah Kabupaten Arunika",
                "Dewan Perwakilan Rakyat Daerah Provinsi Nusa Raya",
            },
        ),
    ],
    ids=["sector police", "area", "to come", "small letter", "commander", "both"],
)
def test_bodies_that_act_are_parties_and_those_spoken_of_are_not(
    registry: Registry, text: str, parties: set[str]
) -> None:
    assert bodies(read(registry, text).meetings[0]) == parties


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Bupati Arunika Seno Palapa beraudiensi dengan Ketua PWI Arunika Ranu Wicaksana di "
            "rumah jabatan (Rujab) Bupati Arunika, Senin (3/2/2025).",
            {"Seno Palapa": "host", "Ranu Wicaksana": "guest"},
        ),
        (
            "Kapolres Arunika AKBP Bayu Lazuardi menggelar rapat, Senin (3/2/2025). Hadir Bupati "
            "Arunika Seno Palapa dan Ketua DPRD Arunika Ranu Wicaksana, yang bertindak "
            "sebagai narasumber.",
            {"Seno Palapa": "attendee", "Ranu Wicaksana": "speaker"},
        ),
        (
            "Bupati Arunika Seno Palapa menggelar upacara, Senin (3/2/2025). Upacara di hadiri "
            "Ketua DPRD Arunika Ranu Wicaksana, di dampingi Kapolres Arunika AKBP Bayu Lazuardi.",
            {"Ranu Wicaksana": "attendee", "Bayu Lazuardi": "accompanying"},
        ),
        (
            "Dinas Sosial Kabupaten Arunika melaksanakan studi tiru ke Dinas Sosial Kabupaten "
            "Suryalaya, Senin (3/2/2025). Kepala Dinas Sosial Kabupaten Suryalaya Ranu Wicaksana "
            "dan Kepala Dinas Sosial Kabupaten Arunika Seno Palapa bertukar pengalaman.",
            {"Seno Palapa": "guest", "Ranu Wicaksana": "host"},
        ),
    ],
    ids=["bracket", "the last", "split verbs", "studies"],
)
def test_words_in_their_usual_variants_tell_roles(
    registry: Registry, text: str, told: dict[str, str]
) -> None:
    found = roles(read(registry, text).meetings[0])
    assert {name: found.get(name) for name in told} == told


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (
            "Bupati Arunika Seno Palapa menyambut Kepala Seksi Operasi Polres Arunika Bayu "
            "Lazuardi, Senin (3/2/2025). Kunjungan berlangsung sehari.",
            "kunjungan",
        ),
        (
            "Kepala Kankemenag Arunika Seno Palapa menghadiri tradisi bersih desa yang digelar "
            "Bupati Arunika Ranu Wicaksana, Senin (3/2/2025).",
            "lainnya",
        ),
        (
            "Kapolres Arunika menerima kunjungan silatuhrami Dandim Arunika, Senin (3/2/2025).",
            "silaturahmi",
        ),
    ],
    ids=["name", "attends", "spelling"],
)
def test_a_kind_is_read_outside_names_and_whatever_the_spelling(
    registry: Registry, text: str, kind: str
) -> None:
    assert [m.kind for m in read(registry, text).meetings] == [kind]


def test_what_befell_others_and_who_met_before_is_not_of_the_meeting(registry: Registry) -> None:
    (meeting,) = read(
        registry,
        "Bupati Arunika Seno Palapa mengunjungi Polres Arunika. Kunjungan itu tentang longsor "
        "yang terjadi pada Senin (3/2/2025). Kunjungan itu menindaklanjuti hasil rapat Kodim "
        "Arunika dengan Kapolda Nusa Raya.",
    ).meetings
    assert meeting.date is None
    assert bodies(meeting) == {"Pemerintah Kabupaten Arunika", "Polres Arunika"}


def test_whose_an_agency_is_stands_behind_it_and_who_speaks_for_it_acts(registry: Registry) -> None:
    (meeting,) = read(
        registry,
        "Kapolres Arunika AKBP Seno Palapa mengatakan, pihaknya menggelar rapat bersama Lapas "
        "Arunika, Senin (3/2/2025). Rapat diselenggarakan Polsek Jatisari, Polres Arunika, Polda "
        "Nusa Raya dan dihadiri Ketua DPRD Arunika Ranu Wicaksana. Materi itu disampaikan oleh "
        "Kepala Bapas Arunika Bayu Lazuardi.",
    ).meetings
    assert "Polda Nusa Raya" not in bodies(meeting)
    assert roles(meeting) == {
        "Seno Palapa": "host",
        "Ranu Wicaksana": "attendee",
        "Bayu Lazuardi": "speaker",
    }


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Kajari Arunika Seno Palapa hadir sebagai narasumber dalam penyuluhan hukum yang "
            "digelar Dinas Pendidikan Kabupaten Arunika, Senin (3/2/2025).",
            {"Seno Palapa": "speaker"},
        ),
        (
            "Dandim Arunika Letkol Inf Seno Palapa menghadiri upacara yang dipimpin Kapolres "
            "Arunika AKBP Bayu Lazuardi, Senin (3/2/2025).",
            {"Seno Palapa": "guest", "Bayu Lazuardi": "host"},
        ),
        (
            "Lapas Arunika dan Polres Arunika menggelar razia, Senin (3/2/2025). Kalapas Seno "
            "Palapa memimpin kegiatan itu bersama Kasat Narkoba Polres Arunika AKP Bayu Lazuardi.",
            {"Seno Palapa": "host", "Bayu Lazuardi": "host"},
        ),
        (
            "Bupati Arunika Seno Palapa koordinasi ke Polres Arunika, Senin (3/2/2025). Ia "
            "diterima Kapolres Arunika AKBP Bayu Lazuardi.",
            {"Seno Palapa": "guest", "Bayu Lazuardi": "host"},
        ),
        (
            "Bupati Arunika Seno Palapa menghadiri Rapat Kerja III DPRD Suryalaya, Senin "
            "(3/2/2025). Ketua DPRD Suryalaya Bayu Lazuardi menyebut rapat itu penting.",
            {"Seno Palapa": "attendee", "Bayu Lazuardi": "host"},
        ),
    ],
    ids=["lecturer", "led by", "beside", "goes", "counted"],
)
def test_who_holds_and_who_comes_follows_from_the_verbs_around(
    registry: Registry, text: str, told: dict[str, str]
) -> None:
    found = roles(read(registry, text).meetings[0])
    assert {name: found.get(name) for name in told} == told


def test_a_meeting_before_is_another_one_even_right_after_the_lead(registry: Registry) -> None:
    main, before = read(
        registry,
        "Bupati Arunika Seno Palapa mengunjungi Lapas Arunika, Senin (3/2/2025). Sebelumnya, Jumat "
        "(31/1/2025), Bupati Arunika bertemu Kajari Arunika Bayu Lazuardi.",
    ).meetings
    assert bodies(main) == {"Pemerintah Kabupaten Arunika", "Lapas Arunika"}
    assert bodies(before) == {"Pemerintah Kabupaten Arunika", "Kejaksaan Negeri Arunika"}
    assert (main.date, before.date) == ("2025-02-03", "2025-01-31")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "DPRD Arunika menggelar rapat paripurna, Senin (3/2/2025). Rapat dihadiri Wakil Bupati "
            "Arunika Seno Palapa.",
            {"Seno Palapa": "guest"},
        ),
        (
            "Anggota DPRD Suryalaya mendatangi kantor DPRD Arunika dalam rangka kunjungan kerja, "
            "Senin (3/2/2025). Ketua DPRD Arunika Seno Palapa mengatakan kunjungan itu berguna.",
            {"Seno Palapa": "host"},
        ),
        (
            "Komisi I DPRD Arunika melakukan inspeksi mendadak (sidak) ke Dinas Pendidikan "
            "Kabupaten Arunika, Senin (3/2/2025). Ketua Komisi I DPRD Arunika Seno Palapa "
            "mengatakan hasilnya baik.",
            {"Seno Palapa": "guest"},
        ),
        (
            "KPK dijadwalkan berkunjung ke Pemerintah Kabupaten Arunika, Senin (3/2/2025). "
            "Inspektur Kabupaten Arunika Seno Palapa mengatakan semua siap.",
            {"Seno Palapa": None},
        ),
    ],
    ids=["plenary", "in the course of", "inspection", "planned"],
)
def test_sides_give_their_people_a_part(
    registry: Registry, text: str, told: dict[str, str | None]
) -> None:
    found = roles(read(registry, text).meetings[0])
    assert {name: found.get(name) for name in told} == told


def test_whose_room_it_was_takes_no_part(registry: Registry) -> None:
    (meeting,) = read(
        registry,
        "PWI Kabupaten Arunika dan Polres Arunika menggelar rapat di Press Room DPRD Arunika, "
        "Senin (3/2/2025).",
    ).meetings
    assert bodies(meeting) == {"Persatuan Wartawan Indonesia Kabupaten Arunika", "Polres Arunika"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Dandim Arunika Letkol Inf Seno Palapa Mendampingi Kasdam Suryalaya Brigjen TNI Bayu "
            "Lazuardi mengunjungi Kodim Arunika, Senin (3/2/2025).",
            {"Seno Palapa": "accompanying", "Bayu Lazuardi": "guest"},
        ),
        (
            "Bapas Arunika menerima kunjungan kerja DPRD Suryalaya, Senin (3/2/2025). Kunjungan "
            "itu dibuka oleh Ketua DPRD Suryalaya Seno Palapa.",
            {"Seno Palapa": "guest"},
        ),
    ],
    ids=["capital", "opened by the guest"],
)
def test_verbs_count_in_capitals_and_in_what_a_guest_opens(
    registry: Registry, text: str, told: dict[str, str]
) -> None:
    found = roles(read(registry, text).meetings[0])
    assert {name: found.get(name) for name in told} == told


def test_a_long_list_of_topics_has_no_parties(registry: Registry) -> None:
    (meeting,) = read(
        registry,
        "Bupati Arunika Seno Palapa mengunjungi DPRD Suryalaya, Senin (3/2/2025). Kunjungan itu "
        "terkait pelaksanaan program Pemberdayaan dan Kesejahteraan Keluarga (PKK), pembinaan "
        "pegawai muda serta lomba Dharma Wanita Persatuan Kabupaten Arunika.",
    ).meetings
    assert bodies(meeting) == {
        "Pemerintah Kabupaten Arunika",
        "Dewan Perwakilan Rakyat Daerah Kabupaten Suryalaya",
    }


def test_bodies_spoken_of_late_or_of_former_days_take_no_part(registry: Registry) -> None:
    (meeting,) = read(
        registry,
        "Bupati Arunika Seno Palapa mengunjungi DPRD Suryalaya, Senin (3/2/2025). Kunjungan "
        "berlangsung hangat. Kegiatan yang pernah digelar ialah rapat antara Polda Nusa Raya dan "
        "Lapas Arunika. Semua senang. Warga senang. Kunjungan itu memperkuat kerja sama antara "
        "Bank Jatisari dan PT Wening. Hadir Kapolres Suryalaya.",
    ).meetings
    assert bodies(meeting) == {
        "Pemerintah Kabupaten Arunika",
        "Dewan Perwakilan Rakyat Daerah Kabupaten Suryalaya",
        "Polres Suryalaya",
    }


def test_a_committee_is_named_after_its_event(registry: Registry) -> None:
    (meeting,) = read(
        registry,
        "Bupati Arunika Seno Palapa menerima audiensi Kapolres Arunika, Senin (3/2/2025). Audiensi "
        "berlangsung hangat. Acara Panitia Pertemuan Raya berlangsung Senin (10/2/2025) bersama "
        "Lapas Arunika dan Kapolres Arunika.",
    ).meetings
    assert (meeting.kind, meeting.date) == ("audiensi", "2025-02-03")


def test_a_body_named_behind_a_late_word_for_an_event_holds_no_part_of_it(
    registry: Registry,
) -> None:
    (meeting,) = read(
        registry,
        "Bupati Arunika Seno Palapa menggelar rapat bersama Polres Arunika, Senin (3/2/2025). "
        "Rapat hangat. Semua hadir. Warga senang. Acara usai. Personel disiagakan pada tahap "
        "pelantikan DPRD Suryalaya.",
    ).meetings
    assert bodies(meeting) == {"Pemerintah Kabupaten Arunika", "Polres Arunika"}


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        (
            "Dinas Warta, Arunika - Bupati Arunika Seno Palapa mengunjungi Polres Arunika, Senin "
            "(3/2/2025).",
            {"Pemerintah Kabupaten Arunika", "Polres Arunika"},
        ),
        (
            "Bupati Arunika Seno Palapa dan Kapolres Arunika memimpin upacara, Senin (3/2/2025). "
            "Bupati membacakan amanat Gubernur Nusa Raya pada upacara itu.",
            {"Pemerintah Kabupaten Arunika", "Polres Arunika"},
        ),
        (
            "Bupati Arunika Seno Palapa memimpin rapat bersama Polres Arunika, Senin (3/2/2025). "
            "Rapat itu persiapan kedatangan Gubernur Nusa Raya.",
            {"Pemerintah Kabupaten Arunika", "Polres Arunika"},
        ),
    ],
    ids=["dateline", "address", "arrival"],
)
def test_papers_senders_and_those_awaited_are_no_parties(
    registry: Registry, text: str, parties: set[str]
) -> None:
    assert bodies(read(registry, text).meetings[0]) == parties


def test_a_trip_has_a_destination_behind_the_words_for_its_kind(registry: Registry) -> None:
    (meeting,) = read(
        registry,
        "DPRD Arunika melakukan kunjungan kerja spesifik ke Polres Suryalaya, Senin (3/2/2025). "
        "Kapolres Suryalaya AKBP Seno Palapa memaparkan penanganan kasus. Hadir Kajari Suryalaya.",
    ).meetings
    assert roles(meeting) == {"Seno Palapa": "host"}


def test_who_destroys_evidence_holds_what_others_watch(registry: Registry) -> None:
    (meeting,) = read(
        registry,
        "Kejaksaan Negeri Arunika memusnahkan barang bukti, Senin (3/2/2025). Pemusnahan "
        "disaksikan Kapolres Arunika AKBP Seno Palapa. Kajari Arunika Bayu Lazuardi mengatakan "
        "barang bukti itu dari tiga puluh perkara.",
    ).meetings
    assert meeting.kind == "operasi"
    assert roles(meeting) == {"Seno Palapa": "attendee", "Bayu Lazuardi": "host"}


def test_of_a_host_that_nobody_else_acts_for_its_head_does(registry: Registry) -> None:
    (meeting,) = read(
        registry,
        "Rapat Koordinasi Polres Arunika berlangsung Senin (3/2/2025). Hadir Bupati Arunika Seno "
        "Palapa dan Kapolres Arunika AKBP Bayu Lazuardi.",
    ).meetings
    assert roles(meeting) == {"Seno Palapa": "attendee", "Bayu Lazuardi": "host"}
