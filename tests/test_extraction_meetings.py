"""Who met whom, in the ways that news tells it; sentences of our own, everybody invented."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sinergi.graph.extraction import extract
from sinergi.graph.model import Article, Extraction
from sinergi.graph.registry import Registry

Read = Callable[..., Extraction]


@pytest.fixture
def read(registry: Registry) -> Read:
    def article(text: str, published: str | None = None) -> Extraction:
        return extract(Article("t", "", text, published), registry)

    return article


def officials(found: Extraction) -> set[tuple[str, str | None, str | None]]:
    return {(o.person, o.post, o.organization) for o in found.officials}


def sides(found: Extraction) -> dict[str, str | None]:
    (meeting,) = found.meetings
    return {party.organization: party.role for party in meeting.organizations}


def roles(found: Extraction) -> dict[str, str]:
    (meeting,) = found.meetings
    return {part.person: part.role for part in meeting.participants}


UNIVERSITY = "Universitas Cakrawala Senja"
CITY = "Pemerintah Kota Madyapura"


def test_a_short_form_stands_for_its_university_wherever_the_text_uses_it(read: Read) -> None:
    found = read(
        "MADYAPURA - Wali Kota Madyapura Bayu Tirta menerima kunjungan Rektor Universitas "
        "Cakrawala Senja (Uncase) Dr. Laras Wening di ruang kerjanya. Rektor Uncase didampingi "
        "Wakil Rektor I Nira Kinanti, serta Kepala BAUK Uncase, Sekar Danu. Dekan Uncase Tirto "
        "Wibawa, S.T., hadir."
    )
    assert {
        ("Laras Wening", "Rektor", UNIVERSITY),
        ("Nira Kinanti", "Wakil Rektor I", UNIVERSITY),
        ("Sekar Danu", "Kepala BAUK", UNIVERSITY),
        ("Tirto Wibawa", "Dekan", UNIVERSITY),
    } <= officials(found)
    assert sides(found) == {CITY: "host", UNIVERSITY: "guest"}


def test_the_short_form_in_the_middle_of_a_name_takes_the_rest_with_it(read: Read) -> None:
    found = read(
        "MADYAPURA - Universitas Islam Negeri (UIN) Senjakala Madyapura dan Pemerintah Kota "
        "Madyapura menandatangani nota kesepahaman, Rabu (23/6/2032). Rektor UIN Senjakala Prof Dr "
        "Wisesa M.Ag menyampaikan terima kasih."
    )
    assert {o.person for o in found.officials} == {"Wisesa"}
    assert sides(found) == {"UIN Senjakala Madyapura": "signatory", CITY: "signatory"}


def test_a_form_that_the_text_explains_once_has_a_region_of_its_own_elsewhere(read: Read) -> None:
    found = read(
        "MADYAPURA - Anggota Dewan Perwakilan Rakyat Daerah (DPRD) Kabupaten Arunika, Kabupaten "
        "Suryalaya dan Kota Madyapura melakukan kunjungan kerja ke DPRD Provinsi Nusa Raya, Jumat "
        "(15/9/2032). Mereka diterima Wakil Ketua DPRD Provinsi Nusa Raya Bayu Tirta didampingi "
        "Sekretaris Dewan Nira Ramadhan. Anggota Komisi B DPRD Provinsi Nusa Raya Sekar Danu hadir."
    )
    council = "Dewan Perwakilan Rakyat Daerah"
    province = f"{council} Provinsi Nusa Raya"
    assert {
        f"{council} Kabupaten Arunika",
        f"{council} Kabupaten Suryalaya",
        f"{council} Kota Madyapura",
        province,
    } <= sides(found).keys()
    assert ("Bayu Tirta", "Wakil Ketua", province) in officials(found)
    assert ("Sekar Danu", "Anggota Komisi B", province) in officials(found)
    secretary = ("Nira Ramadhan", "Sekretaris", f"Sekretariat {province}")
    assert secretary in officials(found)


@pytest.mark.parametrize(
    ("text", "post", "organization"),
    [
        (
            "ARUNIKA - Panglima TNI Marsekal TNI Dr. (H.C.) Bayu Tirta, S.I.P., tiba.",
            "Panglima",
            "Tentara Nasional Indonesia",
        ),
        (
            "ARUNIKA - Wakil Menteri Dalam Negeri (Wamendagri) Bayu Tirta tiba.",
            "Wakil Menteri",
            "Kementerian Dalam Negeri",
        ),
        (
            "ARUNIKA - Staf Khusus Menteri Sosial, Prof. Dr. Bayu Tirta, tiba.",
            "Staf Khusus",
            "Kementerian Sosial",
        ),
        (
            "ARUNIKA - Kepala Sub Bagian (Kasubag) Humas Sekretariat DPRD Arunika Bayu Tirta tiba.",
            "Kepala Sub Bagian Hubungan Masyarakat",
            "Sekretariat Dewan Perwakilan Rakyat Daerah Kabupaten Arunika",
        ),
        (
            "ARUNIKA - Lapas Kelas IIA Arunika diwakili Kepala Seksi Tibpas, Bayu Tirta.",
            "Kepala Seksi Tibpas",
            "Lapas Kelas IIA Arunika",
        ),
        (
            "ARUNIKA - Kejaksaan Negeri Arunika diwakili Kasubaud Bayu Tirta.",
            "Kasubaud",
            "Kejaksaan Negeri Arunika",
        ),
        (
            "ARUNIKA - Hadir Kepala Kantor Imigrasi Kelas II Non TPI Arunika (Bayu Tirta).",
            "Kepala",
            "Kantor Imigrasi Kelas II Non TPI Arunika",
        ),
        (
            "ARUNIKA - Ketua Komisi X DPR-RI Bayu Tirta tiba.",
            "Ketua Komisi X",
            "Dewan Perwakilan Rakyat",
        ),
    ],
)
def test_posts(read: Read, text: str, post: str, organization: str) -> None:
    assert officials(read(text)) == {("Bayu Tirta", post, organization)}


def test_a_degree_that_no_table_has_is_no_part_of_the_name(read: Read) -> None:
    found = read("ARUNIKA - Kapolres Arunika AKBP Bayu Tirta S.C.P serta jajaran tiba.")
    assert {o.person for o in found.officials} == {"Bayu Tirta"}


def test_a_wife_who_has_her_husband_s_name_behind_hers_is_another(read: Read) -> None:
    found = read(
        "ARUNIKA - Danrem 099/Arunika Kolonel Inf Bayu Tirta berkunjung ke Polres Arunika, "
        "didampingi Ketua Persit Cabang Arunika, Ny Laras Bayu Tirta."
    )
    assert {o.person for o in found.officials} == {"Bayu Tirta", "Laras Bayu Tirta"}


def test_a_team_or_forum_employs_nobody(read: Read) -> None:
    found = read(
        "ARUNIKA - Polres Arunika menghadiri rapat yang digelar Kantor Imigrasi Kelas I TPI "
        "Arunika bagi Tim Pengawasan Orang Asing (Tim Pora). Laporan dibaca Kasubsi Dokumen, "
        "Bayu Tirta."
    )
    (official,) = found.officials
    assert official.organization == "Kantor Imigrasi Kelas I TPI Arunika"


def test_seats_are_one_with_and_without_their_border_post(read: Read) -> None:
    found = read(
        "ARUNIKA - Kantor Imigrasi Kelas II Arunika menggelar rapat koordinasi dengan Polres "
        "Arunika. Kepala Kantor Imigrasi Kelas II Non TPI Arunika memimpin rapat."
    )
    assert sides(found).keys() == {"Kantor Imigrasi Kelas II Non TPI Arunika", "Polres Arunika"}


def test_a_nameless_office_is_the_one_that_the_article_names(read: Read) -> None:
    found = read(
        "MADYAPURA - Kantor Wilayah Kementerian Hukum Nusa Raya menerima Polda Nusa Raya. "
        "Hadir Kepala Bidang Pelayanan Hukum Kantor Wilayah Nusa Raya Bayu Tirta."
    )
    (official,) = found.officials
    assert official.organization == "Kantor Wilayah Kementerian Hukum Nusa Raya"


@pytest.mark.parametrize(
    "said",
    [
        "Mereka di terima oleh Kapolres Arunika AKBP Bayu Tirta.",
        "Mereka diterima oleh Kapolres Arunika AKBP Bayu Tirta.",
        "Mereka disambut\nKapolres Arunika AKBP Bayu Tirta.",
    ],
)
def test_a_passive_may_be_written_apart(read: Read, said: str) -> None:
    found = read(
        f"ARUNIKA - Rombongan Lapas Kelas IIA Arunika berkunjung ke Polres Arunika. {said}"
    )
    assert roles(found) == {"Bayu Tirta": "host"}
    assert sides(found) == {"Lapas Kelas IIA Arunika": "guest", "Polres Arunika": "host"}


def test_lines_broken_to_a_width_are_one_sentence(read: Read) -> None:
    found = read(
        "ARUNIKA -\nLapas Kelas IIA Arunika dan\nPolres Arunika menandatangani\nnota kesepahaman "
        "tentang\npengamanan, Rabu (18/4/2032)."
    )
    assert sides(found).keys() == {"Lapas Kelas IIA Arunika", "Polres Arunika"}
    assert found.meetings[0].date == "2032-04-18"


def test_who_is_said_to_be_away_was_not_there(read: Read) -> None:
    found = read(
        "ARUNIKA - Rapat koordinasi Polres Arunika dan Kodim 0798/Arunika itu tanpa dihadiri "
        "Bupati Arunika Bayu Tirta."
    )
    assert not any("Pemerintah" in name for name in sides(found))


def test_who_speaks_elsewhere_was_not_there(read: Read) -> None:
    found = read(
        "ARUNIKA - Kapolres Arunika AKBP Bayu Tirta menerima kunjungan Kalapas Arunika Laras "
        "Wening. Di kesempatan terpisah, Kajari Arunika Sekar Danu mengapresiasi kunjungan itu."
    )
    assert roles(found) == {"Bayu Tirta": "host", "Laras Wening": "guest"}


def test_a_delegation_stands_for_its_agency(read: Read) -> None:
    found = read(
        "ARUNIKA - Polres Arunika menggelar rapat koordinasi. Turut hadir perwakilan Kejaksaan "
        "Negeri Arunika dan perwakilan BUMN."
    )
    assert sides(found).keys() == {"Polres Arunika", "Kejaksaan Negeri Arunika"}


def test_who_visits_is_the_guest_also_as_the_visit_s_owner(read: Read) -> None:
    found = read(
        "ARUNIKA - Dandim 0798/Arunika Letkol Bayu Tirta menyambut baik kunjungan Polres Arunika."
    )
    assert sides(found)["Polres Arunika"] == "guest"


def test_thanks_receive_nobody(read: Read) -> None:
    found = read(
        "ARUNIKA - Penandatanganan nota kesepahaman itu dilakukan oleh Bupati Arunika Bayu Tirta "
        "dan Kajari Arunika Laras Wening. Laras menyatakan terima kasih kepada Pemkab Arunika."
    )
    assert roles(found) == {"Bayu Tirta": "signatory", "Laras Wening": "signatory"}


def test_a_day_that_only_tells_who_somebody_is_makes_no_meeting(read: Read) -> None:
    found = read(
        "ARUNIKA - Kapolres Arunika AKBP Bayu Tirta berkunjung ke Kodim 0798/Arunika, Rabu "
        "(24/11/2032). Ia disambut Dandim Letkol Inf Tirto Wibawa. Kunjungan Kapolres yang baru "
        "dilantik Kapolda Nusa Raya Sekar Danu pada 17 November 2032 itu yang pertama."
    )
    assert sides(found).keys() == {"Polres Arunika", "Kodim 0798/Arunika"}


def test_lines_to_other_articles_are_not_read(read: Read) -> None:
    found = read(
        "ARUNIKA - Polres Arunika menerima kunjungan Lapas Kelas IIA Arunika.\n"
        "Baca Juga: Kodim 0798/Arunika Gelar Apel Bersama Kejaksaan Negeri Arunika\n"
        "Kunjungan itu berlangsung hangat."
    )
    assert sides(found).keys() == {"Polres Arunika", "Lapas Kelas IIA Arunika"}


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("Rabu", "2032-06-09"),
        ("Kamis lalu", "2032-06-03"),
        ("Kamis", "2032-06-10"),
        ("Senin mendatang", "2032-06-14"),
        ("Rabu (9/6/3032)", "2032-06-09"),
    ],
)
def test_a_weekday_is_the_last_one_and_no_year_is_a_thousand_ahead(
    read: Read,
    said: str,
    day: str,
) -> None:
    text = f"ARUNIKA - Polres Arunika menerima kunjungan Lapas Kelas IIA Arunika, {said}."
    assert read(text, "2032-06-10").meetings[0].date == day


def test_a_day_of_every_week_is_none(read: Read) -> None:
    text = (
        "ARUNIKA - Polres Arunika menerima kunjungan Lapas Kelas IIA Arunika, seperti tiap Jumat."
    )
    assert read(text, "2032-06-10").meetings[0].date is None


def test_the_day_of_what_is_said_is_not_the_day_of_the_meeting(read: Read) -> None:
    found = read(
        "ARUNIKA - Kapolres Arunika AKBP Bayu Tirta, Jumat (21/10/2033), mengatakan pihaknya "
        "menggelar rapat koordinasi dengan Kodim 0798/Arunika, bertempat di The Senja Hotel, Rabu "
        "(19/10/2033)."
    )
    (meeting,) = found.meetings
    assert (meeting.date, meeting.place) == ("2033-10-19", "The Senja Hotel")


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        ("Keduanya membahas pengamanan kunjungan keluarga.", ["pengamanan kunjungan keluarga"]),
        ("Rapat Koordinasi Lintas Sektoral itu tertib.", ["Rapat Koordinasi Lintas Sektoral"]),
        ("Rapat itu terkait pihaknya yang kembali menggelar acara.", []),
        ("Rapat itu sesuai agenda dan tentang Peraturan Menteri.", []),
        ("Rapat itu terkait persiapan mudik dan memperkuat patroli.", ["persiapan mudik"]),
        ("Warga mengeluhkan kabar terkait harga pupuk.", []),
        ("Rapat itu menyinggung banyak hal, terkait harga pupuk.", []),
        ("Hasilnya akan dibahas lebih lanjut.", []),
        ("Keduanya membahas berbagai hal, di antaranya mengenai harga pupuk.", ["harga pupuk"]),
        ("Rapat itu menyamakan persepsi terkait harga pupuk.", ["harga pupuk"]),
        ("Rapat Koordinasi Lintas Sektoral Hari itu tertib.", []),
        ('Rapat itu bertema "Jaga Sungai, Rawat Hutan".', ["Jaga Sungai, Rawat Hutan"]),
    ],
)
def test_topics(read: Read, text: str, topics: list[str]) -> None:
    found = read(f"ARUNIKA - Polres Arunika menggelar rapat dengan Kodim 0798/Arunika. {text}")
    assert [topic.label for topic in found.meetings[0].topics] == topics


def test_whose_place_it_is_receives(read: Read) -> None:
    found = read(
        "ARUNIKA - Wali Kota Madyapura Bayu Tirta melakukan audiensi dengan Polres Arunika, "
        "bertempat di Ruang Kerja Wali Kota Madyapura, Rabu (9/6/2032)."
    )
    assert sides(found) == {CITY: "host", "Polres Arunika": "guest"}


def test_a_short_form_that_the_text_gives_to_a_region_is_the_region(read: Read) -> None:
    found = read(
        "MADYAPURA - Polres Arunika menggelar rapat koordinasi bersama Pemerintah Kabupaten "
        "Suryalaya (Sulaya). Hadir Bupati Sulaya Dr. H. Bayu Tirta, S.H., dan Kepala Dukcapil "
        "Sulaya Laras Wening."
    )
    region = "Kabupaten Suryalaya"
    assert officials(found) == {
        ("Bayu Tirta", "Bupati", f"Pemerintah {region}"),
        ("Laras Wening", "Kepala", f"Dinas Kependudukan dan Pencatatan Sipil {region}"),
    }


def test_an_office_of_a_province_is_the_one_above_the_regencies(read: Read) -> None:
    found = read(
        "MADYAPURA - BPN Nusa Raya dan Polda Nusa Raya menandatangani nota kesepahaman. BPN siap "
        "bersinergi."
    )
    office = "Kantor Wilayah Badan Pertanahan Nasional Nusa Raya"
    assert sides(found).keys() == {office, "Polda Nusa Raya"}


def test_a_police_unit_is_a_part_of_its_station(read: Read) -> None:
    found = read(
        "ARUNIKA - Satbinmas Polres Arunika berkunjung ke Lapas Kelas IIA Arunika, dipimpin Kanit "
        "I Sat Binmas Polres Arunika Aiptu Bayu Tirta."
    )
    assert sides(found).keys() == {"Polres Arunika", "Lapas Kelas IIA Arunika"}
    (official,) = found.officials
    assert (official.person, official.organization) == ("Bayu Tirta", "Polres Arunika")


@pytest.mark.parametrize(
    ("written", "organization"),
    [
        ("Kapolda Metro Jaya", "Polda Metro Jaya"),
        ("Kapolda Metro", "Polda Metro Jaya"),
        ("Pangdam Jaya", "Kodam Jaya"),
        ("Pangdam XII Tanjung Pura", "Kodam XII/Tanjungpura"),
        ("Panglima Komando Daerah Militer Iskandar Muda (Pangdam IM),", "Kodam Iskandar Muda"),
    ],
)
def test_bodies_with_names_of_their_own(read: Read, written: str, organization: str) -> None:
    (official,) = read(f"ARUNIKA - {written} Mayjen TNI Bayu Tirta tiba.").officials
    assert (official.person, official.organization) == ("Bayu Tirta", organization)


@pytest.mark.parametrize(
    "text",
    [
        "Kapolda Nusa Raya yang baru, Irjen Pol Bayu Tirta, di rumah dinas Kapolda, Asrama Senja.",
        "Rombongan dari Puscontoh tiba. Hadir Danpuscontoh Laksamana Muda TNI Bayu Tirta.",
        "Hadir Dandim 0798/Arunika Bayu Tirta dan Ka Marketing.",
    ],
)
def test_a_place_or_a_unit_is_nobody(read: Read, text: str) -> None:
    assert {o.person for o in read(f"MADYAPURA - {text}").officials} == {"Bayu Tirta"}


def test_a_visited_seat_is_its_agency(read: Read) -> None:
    found = read("MADYAPURA - Jajaran Polda Nusa Raya mengunjungi Makodim 0798/Arunika, Rabu.")
    assert sides(found) == {"Polda Nusa Raya": "guest", "Kodim 0798/Arunika": "host"}


@pytest.mark.parametrize(
    ("text", "post", "organization"),
    [
        (
            "Bayu Tirta Kepala Dinas Kesehatan Kabupaten Arunika mendatangi Polres Arunika.",
            "Kepala",
            "Dinas Kesehatan Kabupaten Arunika",
        ),
        (
            "Hadir Wakil Ketua pengadilan Agama Arunika Dr. H. Bayu Tirta, Lc., M.A.",
            "Wakil Ketua",
            "Pengadilan Agama Arunika",
        ),
        (
            "Hadir Wakil Rektor I Universitas Contoh Senja Bidang Akademik Dr. Bayu Tirta.",
            "Wakil Rektor I Bidang Akademik",
            "Universitas Contoh Senja",
        ),
        (
            "Kepala BIN Kalbar Bayu Tirta tiba.",
            "Kepala",
            "Badan Intelijen Negara Kalimantan Barat",
        ),
        (
            "Hadir Sekretaris Daerah Kabupaten (Sekdakab) Wonosobo, Bayu Tirta.",
            "Sekretaris Daerah",
            "Pemerintah Kabupaten Wonosobo",
        ),
        (
            "Hadir Kepala BNNP Jambi, Brigjen Pol. M.Z. Tirta.",
            "Kepala",
            "Badan Narkotika Nasional Provinsi Jambi",
        ),
        (
            "Hadir Penyuluh Narkoba Ahli Madya BNNP Jambi Drs. Bayu Tirta,M.Si.",
            "Penyuluh Narkoba Ahli Madya",
            "Badan Narkotika Nasional Provinsi Jambi",
        ),
        (
            "Hadir pada Selasa 23 November 2021 Menko Polhukam, Bayu Tirta, S.H.",
            "Menteri Koordinator",
            "Kementerian Koordinator Bidang Politik, Hukum, dan Keamanan",
        ),
        (
            "Hadir Komandan Lanudal Manado, Letkol Laut (P) Bayu Tirta.",
            "Komandan",
            "Lanudal Manado",
        ),
        (
            "Hadir Komandan Pangkalan TNI AU (Lanud) Raka Senja Malang, Marsma TNI H. Bayu Tirta.",
            "Komandan",
            "Lanud Raka Senja",
        ),
        (
            "Hadir Ketua Komisi Kejaksaan Republik Indonesia Bayu Tirta.",
            "Ketua",
            "Komisi Kejaksaan Republik Indonesia",
        ),
        (
            "Universitas Contoh Senja (UCS) ada. Hadir Rektor UCS Jambi, Prof. Bayu Tirta, M.Ag.",
            "Rektor",
            "Universitas Contoh Senja",
        ),
        (
            "Hadir Komandan Daerah Militer (Kodam) IV Diponegoro dan Bupati Wonosobo Bayu Tirta.",
            "Bupati",
            "Pemerintah Kabupaten Wonosobo",
        ),
        (
            "Hadir Bupati Wonosobo Bayu Tirta dan anggota Yonzipur 6/SD Arunika.",
            "Bupati",
            "Pemerintah Kabupaten Wonosobo",
        ),
        (
            "Rapat Baznas Kabupaten Wonosobo diwakili oleh Waka III KH. Bayu Tirta.",
            "Wakil Ketua III",
            "Badan Amil Zakat Nasional Kabupaten Wonosobo",
        ),
        (
            "Hadir Ketua Asosiasi Penulis Seluruh Contoh (APSC) Bayu Tirta.",
            "Ketua",
            "Asosiasi Penulis Seluruh Contoh",
        ),
        (
            "Hadir Bayu Tirta, SH selaku Kepala Kantor Badan Pertanahan Nasional (BPN) Wonosobo.",
            "Kepala",
            "Kantor Pertanahan Kabupaten Wonosobo",
        ),
        (
            "Hadir Kepala Dinas Pertanahan ST, dan Bupati Wonosobo Bayu Tirta.",
            "Bupati",
            "Pemerintah Kabupaten Wonosobo",
        ),
        (
            "Hadir Bupati Wonosobo Bayu Tirta dan pengasuh Ponpes Al-Contoh di Desa Senja.",
            "Bupati",
            "Pemerintah Kabupaten Wonosobo",
        ),
        (
            "Hadir Duta Besar Malaysia untuk Indonesia Yang Mulia Datuk Bayu Tirta.",
            "Duta Besar",
            "Kedutaan Besar Malaysia",
        ),
        ("Hadir Komandan Kodim 045/BH Bayu Tirta Ssos.", "Komandan", "Kodim 045/BH"),
        ("Hadir Bupati Batang Hari Bayu Tirta.", "Bupati", "Pemerintah Kabupaten Batang Hari"),
        (
            "Di Gazebo Senja Bupati Batanghari Bayu Tirta hadir.",
            "Bupati",
            "Pemerintah Kabupaten Batanghari",
        ),
    ],
)
def test_offices_behind_names_and_in_small_letters(
    read: Read, text: str, post: str, organization: str
) -> None:
    found = officials(read(f"MADYAPURA - {text}"))
    assert found == {("M.Z. Tirta" if "M.Z." in text else "Bayu Tirta", post, organization)}


def test_all_of_a_kind_are_none_in_particular(read: Read) -> None:
    found = read(
        "ARUNIKA - Kapolres Arunika Bayu Tirta menerima audiensi Lapas Senja, Senin (3/3/2025). "
        "Rapat itu lanjutan arahan Kapolri kepada Kapolda se-Indonesia menjelang pemilihan "
        "Gubernur dan Wakil Gubernur, Bupati dan Wakil Bupati. "
        "Hadir pula Bappeda, DLH dan OPD terkait."
    )
    assert "Pemerintah Provinsi" not in str(sides(found))
    assert not any(name.startswith("Polda") for name in sides(found))
    assert not any("OPD" in name for name in sides(found))


def test_a_day_that_cannot_be_is_not_the_meetings(read: Read) -> None:
    found = read(
        "ARUNIKA - Bupati Arunika Bayu Tirta menerima kunjungan Kapolres Senja, Rabu (22/3/2023). "
        "Kunjungan menyusul banjir pada Senin 6 Mei 2023 lalu.",
        published="2023-03-22",
    )
    assert [m.date for m in found.meetings] == ["2023-03-22"]


@pytest.mark.parametrize(
    "text",
    [
        "Wakil Wali Kota Madiun Suta Wirabumi datang. Kedatangannya disambut langsung oleh "
        "Bupati Wonosobo Bayu Tirta dan diterima di ruang rapat. Kunjungan itu sehari.",
        "Wakil Wali Kota Madiun Suta Wirabumi menyampaikan maksud kedatangan. Bupati Wonosobo "
        "Bayu Tirta menyambut hangat kunjungan itu.",
    ],
)
def test_who_receives_is_not_who_is_received(read: Read, text: str) -> None:
    assert sides(read(f"WONOSOBO - {text}")) == {
        "Pemerintah Kota Madiun": "guest",
        "Pemerintah Kabupaten Wonosobo": "host",
    }


def test_two_bodies_of_a_kind_are_two(read: Read) -> None:
    found = read(
        "WONOSOBO - Kapolres Wonosobo Bayu Tirta mengunjungi Pondok Pesantren Nurul Senja dan "
        "Pondok Pesantren Al-Contoh Laras, Senin (3/3/2025)."
    )
    assert {"Pondok Pesantren Nurul Senja", "Pondok Pesantren Al-Contoh Laras"} < set(sides(found))


def test_a_text_may_end_with_a_post(read: Read) -> None:
    assert not read("WONOSOBO - Hadir pula Pengasuh Ponpes").officials


@pytest.mark.parametrize(
    "companions",
    [
        "Turut mendampingi Bupati dalam kunjungan itu, Kepala Dinas Sosial Suta Wirabumi dan "
        "Kepala Dinas Kesehatan Laras Kenanga.",
        "Turut mendampingi, Kepala Dinas Sosial Suta Wirabumi dan Kepala Dinas Kesehatan Laras "
        "Kenanga.",
        "Ikut serta dalam rombongan, Kepala Dinas Sosial Suta Wirabumi dan Kepala Dinas Kesehatan "
        "Laras Kenanga.",
    ],
)
def test_a_verb_in_front_tells_of_companions(read: Read, companions: str) -> None:
    found = read(
        "WONOSOBO - Bupati Wonosobo Bayu Tirta mengunjungi Lapas Kelas IIB Wonosobo. " + companions
    )
    assert roles(found) == {
        "Bayu Tirta": "guest",
        "Suta Wirabumi": "accompanying",
        "Laras Kenanga": "accompanying",
    }
    (meeting,) = found.meetings
    led = {part.accompanies for part in meeting.participants}
    assert led <= {None, "Bayu Tirta"}


def test_companions_come_in_a_party_that_is_told_by_name(read: Read) -> None:
    found = read(
        "WONOSOBO - Kedatangan Bupati Wonosobo Bayu Tirta bersama rombongan yakni Kepala Dinas "
        "Sosial Suta Wirabumi disambut Kapolres Wonosobo AKBP Laras Kenanga dalam kunjungan itu."
    )
    assert roles(found)["Suta Wirabumi"] == "accompanying"


@pytest.mark.parametrize(
    "text",
    [
        "Lapas Kelas IIB Wonosobo melakukan kunjungan ke Polres Wonosobo. Rombongan Lapas Kelas "
        "IIB Wonosobo dipimpin langsung oleh Kepala Lapas Bayu Tirta dan diterima oleh Kapolres "
        "Wonosobo AKBP Suta Wirabumi.",
        "Kapolres Wonosobo AKBP Suta Wirabumi menerima tim dari Lapas Kelas IIB Wonosobo dalam "
        "kunjungan kerja. Adapun tim Lapas dipimpin oleh Kepala Lapas Kelas IIB Wonosobo Bayu "
        "Tirta.",
        "Lapas Kelas IIB Wonosobo melakukan audiensi dengan Kapolres Wonosobo AKBP Suta Wirabumi. "
        "Audiensi dipimpin Kepala Lapas Kelas IIB Wonosobo Bayu Tirta.",
    ],
)
def test_who_leads_those_who_come_is_a_guest(read: Read, text: str) -> None:
    found = roles(read(f"WONOSOBO - {text}"))
    assert found == {"Bayu Tirta": "guest", "Suta Wirabumi": "host"}


def test_who_leads_a_team_at_work_goes_to_no_one(read: Read) -> None:
    found = read(
        "WONOSOBO - Polres Wonosobo dan Kodim 0707/Wonosobo menggelar patroli gabungan. Tim "
        "patroli dipimpin Kapolres Wonosobo AKBP Bayu Tirta."
    )
    assert roles(found) == {"Bayu Tirta": "host"}


def test_who_holds_an_audience_with_another_has_asked_for_it(read: Read) -> None:
    found = read(
        "WONOSOBO - Kepala Lapas Kelas IIB Wonosobo Bayu Tirta mengadakan audiensi bersama Wakil "
        "Bupati Wonosobo Suta Wirabumi, Rabu (5/3/2025)."
    )
    assert roles(found) == {"Bayu Tirta": "guest", "Suta Wirabumi": "host"}


@pytest.mark.parametrize(
    "present",
    ["Pada kegiatan itu turut serta pula", "Kegiatan itu disaksikan pula oleh", "Turut serta"],
)
def test_who_takes_part_too_attends(read: Read, present: str) -> None:
    found = read(
        "WONOSOBO - Pemerintah Kabupaten Wonosobo dan Polres Wonosobo melakukan sidak pasar, Rabu "
        f"(5/3/2025). {present} Kepala Dinas Sosial Bayu Tirta."
    )
    assert roles(found) == {"Bayu Tirta": "attendee"}


@pytest.mark.parametrize(
    "holder",
    [
        "Ketua GP Ansor Kabupaten Wonosobo, Jawa Tengah Bayu Tirta",
        "Direktur Samapta Korwabayu Brigjen Pol Bayu Tirta",
        "Rektor Universitas Cakrawala Senja (Unsenja) Madukara Prof Bayu Tirta",
        "Kepala Dinas Sosial Kabupaten Wonosobo Bayu Tirta Ssos MPA",
    ],
)
def test_a_holder_stands_behind_a_place_a_unit_or_before_degrees(read: Read, holder: str) -> None:
    found = read(f"WONOSOBO - Rapat itu dihadiri {holder} dan Kapolres Wonosobo.")
    assert [o.person for o in found.officials if o.post] == ["Bayu Tirta"]


def test_a_rank_in_lower_case_is_one_before_its_corps(read: Read) -> None:
    found = read(
        "WONOSOBO - Rapat itu dihadiri Kapolsek Kertek AKP Bayu Tirta, Danramil Kertek kapten Inf. "
        "Wirabumi, dan Camat Kertek."
    )
    assert [o.rank for o in found.officials if o.person == "Wirabumi"] == ["kapten Inf"]


def test_a_bracket_does_not_part_a_body_from_its_owner(read: Read) -> None:
    found = read(
        "WONOSOBO - Rapat itu dihadiri Kepala Badan Pengelola Usaha Kampus (BPUK) Universitas "
        "Cakrawala Senja, Bayu Tirta dan Kapolres Wonosobo."
    )
    assert ("Bayu Tirta", "Kepala Badan Pengelola Usaha Kampus", UNIVERSITY) in officials(found)


def test_a_speaker_is_written_in_two_words_too(read: Read) -> None:
    found = read(
        "WONOSOBO - BNN Kabupaten Wonosobo dan Polres Wonosobo menggelar sosialisasi. Acara itu "
        "diisi oleh nara sumber dari Kepala Seksi Pencegahan BNN Kabupaten Wonosobo, Bayu Tirta."
    )
    assert roles(found) == {"Bayu Tirta": "speaker"}


def test_a_round_of_visits_is_one_meeting_with_each_host(read: Read) -> None:
    found = read(
        "MADYAPURA - Kapolres Madyapura AKBP Bayu Tirta bersilaturahmi ke Kejaksaan Negeri "
        "Madyapura, Senin (5/5/2025). Ia didampingi Kasat Reskrim AKP Danu Kinanti. "
        "Kedatangannya disambut Kajari Madyapura Sekar Wening. Setelah itu, Kapolres melanjutkan "
        "kunjungan ke Pengadilan Negeri Madyapura. Ketua PN Madyapura Laras Senja menyambut baik "
        "kedatangan itu. Di Lapas Madyapura, rombongan diterima Kalapas Tirto Wibawa."
    )
    police, guests = "Polres Madyapura", {"Bayu Tirta": "guest", "Danu Kinanti": "accompanying"}
    hosts = {
        "Kejaksaan Negeri Madyapura": "Sekar Wening",
        "Pengadilan Negeri Madyapura": "Laras Senja",
        "Lapas Madyapura": "Tirto Wibawa",
    }
    assert [m.date for m in found.meetings] == ["2025-05-05"] * 3
    met = {
        next(p.organization for p in m.organizations if p.role == "host"): m for m in found.meetings
    }
    for host, head in hosts.items():
        meeting = met[host]
        assert {p.organization for p in meeting.organizations} == {police, host}
        assert {p.person: p.role for p in meeting.participants} == guests | {head: "host"}


def test_whoever_is_visited_together_with_the_host_met_them_all(read: Read) -> None:
    found = read(
        "MADYAPURA - Kapolres Madyapura AKBP Bayu Tirta bersilaturahmi ke Kejaksaan Negeri "
        "Madyapura, Senin (5/5/2025). Ia diterima Kajari Sekar Wening dan Ketua Pengadilan Negeri "
        "Madyapura Laras Senja. Kapolres kemudian bersilaturahmi dengan Ketua Pengadilan Negeri."
    )
    assert len(found.meetings) == 1
