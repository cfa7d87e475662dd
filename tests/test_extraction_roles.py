"""Who was host, guest, companion, speaker: by the words around; sentences of our own."""

from __future__ import annotations

import pytest

from sinergi.graph.extraction import extract
from sinergi.graph.model import Article
from sinergi.graph.registry import Registry


def roles(registry: Registry, text: str) -> dict[str, str]:
    meeting = extract(Article("t", "", text), registry).meetings[0]
    return {part.person: part.role for part in meeting.participants}


VISIT = "Gubernur Nusa Raya Tarka Wening mengunjungi Kabupaten Arunika, Senin (3/2/2025). "
HOSTS = (
    "Bupati Arunika, Seno Palapa, S.H., Ketua DPRD Arunika, Ratri Lestari, dan Kapolres Arunika "
    "AKBP Damar Jati."
)


@pytest.mark.parametrize(
    "welcome",
    [
        f"Ikut menyambut {HOSTS}",
        f"Turut menyambut kedatangan Gubernur, {HOSTS}",
        f"Tuan rumah menyambut lengkap: {HOSTS}",
        f"Adapun yang menyambut yakni {HOSTS}",
        f"Gubernur disongsong {HOSTS}",
        f"Pejabat yang turut hadir dalam penyambutan di antaranya adalah {HOSTS}",
    ],
)
def test_all_of_those_who_are_listed_behind_the_welcome_are_hosts(
    registry: Registry, welcome: str
) -> None:
    assert roles(registry, VISIT + welcome) == {
        "Tarka Wening": "guest",
        "Seno Palapa": "host",
        "Ratri Lestari": "host",
        "Damar Jati": "host",
    }


@pytest.mark.parametrize(
    "companions",
    [
        "Bersama Bupati tampak {}",
        "Hadir bersama Bupati Arunika, {}",
        "Bersamanya ikut {}",
        "Bupati Seno Palapa didampinggi, {}",
    ],
)
def test_those_with_someone_accompany_however_it_is_told(
    registry: Registry, companions: str
) -> None:
    told = companions.format("Sekda Arunika Ratri Lestari dan Camat Suryalaya Damar Jati.")
    text = f"{VISIT}Bupati Arunika Seno Palapa menyambut kedatangannya. {told}"
    assert roles(registry, text) == {
        "Tarka Wening": "guest",
        "Seno Palapa": "host",
        "Ratri Lestari": "accompanying",
        "Damar Jati": "accompanying",
    }


def test_a_long_list_accompanies_to_its_end(registry: Registry) -> None:
    heads = ", ".join(
        f"Kepala {body} Kabupaten Arunika, Dr. {name}, S.H., M.Si."
        for body, name in (
            ("Dinas Kesehatan", "Ratri Lestari"),
            ("Dinas Perhubungan", "Damar Jati"),
            ("Dinas Sosial", "Galih Wastu"),
            ("Dinas Pendidikan", "Laras Ayu"),
            ("Dinas Perdagangan", "Panji Rangga"),
            ("Dinas Pertanian", "Wulan Sekar"),
            ("Dinas Perikanan", "Rangga Pandu"),
            ("Badan Kepegawaian Daerah", "Sinta Melati"),
        )
    )
    found = roles(registry, f"{VISIT}Ia disambut Bupati Arunika Seno Palapa didampingi {heads}")
    assert found["Sinta Melati"] == "accompanying"


def test_who_welcomes_past_a_comma_does_so_with_the_subject(registry: Registry) -> None:
    text = (
        "DPRD Suryalaya mengunjungi DPRD Arunika, Senin (3/2/2025). Ketua DPRD Arunika Seno "
        "Palapa menyambut tamunya, bersama dua Wakil Ketua, Ratri Lestari dan Damar Jati."
    )
    assert set(roles(registry, text).values()) == {"host"}


@pytest.mark.parametrize(
    "told",
    [
        "Narasumbernya tiga orang: {}",
        "Pemaparan dibawakan {}",
    ],
)
def test_speakers_are_listed_behind_their_word(registry: Registry, told: str) -> None:
    text = ("Bupati Arunika Seno Palapa membuka seminar, Senin (3/2/2025). ") + told.format(
        "Kapolres Arunika, AKBP Damar Jati dan Kepala Dinas Sosial Arunika Galih Wastu."
    )
    assert roles(registry, text) == {
        "Seno Palapa": "host",
        "Damar Jati": "speaker",
        "Galih Wastu": "speaker",
    }


def test_who_opens_and_speaks_too_is_the_host(registry: Registry) -> None:
    text = (
        "Seminar diikuti Polres Arunika, Senin (3/2/2025). Seminar dibuka Kepala Dinas Sosial "
        "Arunika, Galih Wastu, yang sekaligus menjadi narasumber."
    )
    assert roles(registry, text) == {"Galih Wastu": "host"}


def test_the_head_of_those_who_come_is_a_guest(registry: Registry) -> None:
    text = (
        "DPRD Suryalaya mengunjungi DPRD Arunika, Senin (3/2/2025). Kepala rombongan adalah Ketua "
        "DPRD Suryalaya Ratri Lestari. Ketua DPRD Arunika Seno Palapa menjamunya di ruang rapat."
    )
    assert roles(registry, text) == {"Ratri Lestari": "guest", "Seno Palapa": "host"}


def test_what_people_say_gives_nobody_a_part(registry: Registry) -> None:
    text = (
        "Bupati Arunika Seno Palapa dan Polres Arunika menggelar rapat, Senin (3/2/2025). "
        '"Kami mendampingi warga," kata Kepala Dinas Sosial Kabupaten Arunika Damar Jati.'
    )
    assert roles(registry, text)["Damar Jati"] == "attendee"


def test_who_is_named_besides_those_who_come_is_no_guest(registry: Registry) -> None:
    text = (
        "Dinas Sosial Kabupaten Arunika dan Polres Arunika menggelar razia, Senin (3/2/2025). "
        "Selain Kapolres Arunika AKBP Damar Jati, turut hadir Kepala Dinas Sosial Kabupaten "
        "Arunika Ratri Lestari."
    )
    assert roles(registry, text)["Damar Jati"] != "guest"


def test_a_gift_received_is_no_visit_received(registry: Registry) -> None:
    text = (
        "Ketua DPRD Suryalaya Seno Palapa mengunjungi Lapas Arunika, Senin (3/2/2025). Ia menerima "
        "cinderamata dari Kepala Lapas Arunika Ratri Lestari."
    )
    assert roles(registry, text) == {"Seno Palapa": "guest", "Ratri Lestari": "host"}


@pytest.mark.parametrize("word", ["tampak", "terlihat"])
def test_how_something_looks_is_no_attendance(registry: Registry, word: str) -> None:
    text = (
        f"Penyerahan santunan kali ini {word} berbeda, Senin (3/2/2025). Bupati Arunika Seno "
        "Palapa menyerahkan santunan bersama Kepala Dinas Sosial Kabupaten Arunika Ratri Lestari."
    )
    assert roles(registry, text)["Seno Palapa"] == "host"


def test_who_leads_those_who_have_come_is_a_guest(registry: Registry) -> None:
    text = (
        "Polres Arunika mengunjungi Lapas Arunika, Senin (3/2/2025). Kasat Binmas Polres Arunika "
        "AKP Damar Jati yang memimpin kegiatan ini menyapa petugas Lapas."
    )
    assert roles(registry, text) == {"Damar Jati": "guest"}


def test_the_body_behind_a_noun_for_a_visit_is_visited(registry: Registry) -> None:
    text = (
        "Tarian membuka kunjungan DPRD Suryalaya ke Lapas Arunika, Senin (3/2/2025). Kepala Lapas "
        "Arunika Ratri Lestari melaporkan jumlah warga binaan."
    )
    assert roles(registry, text) == {"Ratri Lestari": "host"}


def test_the_head_of_a_prison_that_is_searched_is_the_host(registry: Registry) -> None:
    text = (
        "Polres Arunika dan Kodim Arunika menggelar razia di Lapas Arunika, Senin (3/2/2025). "
        "Hadir Kapolres Arunika AKBP Damar Jati. Kepala Lapas Arunika Ratri Lestari mengatakan, "
        "razia itu tertib."
    )
    assert roles(registry, text)["Ratri Lestari"] == "host"


def test_the_head_who_comes_to_a_visit_at_home_is_the_host(registry: Registry) -> None:
    text = (
        "Ketua DPRD Suryalaya Seno Palapa melakukan kunjungan kerja di Kantor Kejaksaan Negeri "
        "Arunika, Senin (3/2/2025). Hadir pula Kapolres Arunika AKBP Damar Jati dan Kepala "
        "Kejaksaan Negeri Arunika Ratri Lestari."
    )
    assert roles(registry, text)["Ratri Lestari"] == "host"


def test_who_is_among_those_who_come_accompanies(registry: Registry) -> None:
    text = (
        "Kapolres Arunika AKBP Damar Jati mengunjungi DPRD Suryalaya, Senin (3/2/2025). Di antara "
        "rombongan ada Kasat Binmas Polres Arunika AKP Galih Wastu."
    )
    assert roles(registry, text) == {"Damar Jati": "guest", "Galih Wastu": "accompanying"}


def test_who_sends_someone_is_not_there(registry: Registry) -> None:
    text = (
        "Bupati Arunika Seno Palapa menggelar rapat, Senin (3/2/2025). Kapolres Arunika AKBP Damar "
        "Jati mengutus Kasat Binmas AKP Galih Wastu."
    )
    assert roles(registry, text) == {"Seno Palapa": "host", "Galih Wastu": "attendee"}


def test_who_is_acted_for_at_the_head_of_a_sentence_is_not_there(registry: Registry) -> None:
    text = (
        "Mewakili Bupati Arunika Seno Palapa, Kepala Dinas Sosial Kabupaten Arunika Ratri Lestari "
        "membuka seminar bersama Polres Arunika, Senin (3/2/2025)."
    )
    assert roles(registry, text) == {"Ratri Lestari": "host"}


def test_the_only_one_of_the_body_that_holds_a_meeting_is_its_host(registry: Registry) -> None:
    text = (
        "Pemerintah Kabupaten Arunika menggelar rapat dengan Pengadilan Agama Suryalaya, Senin "
        "(3/2/2025). Rapat dihadiri Sekretaris Daerah Arunika Ratri Lestari."
    )
    assert roles(registry, text) == {"Ratri Lestari": "host"}


def test_deputies_of_the_body_that_sits_are_not_its_guests(registry: Registry) -> None:
    text = (
        "DPRD Arunika menggelar rapat paripurna, Senin (3/2/2025). Rapat dipimpin Ketua DPRD "
        "Arunika Seno Palapa. Hadir Wakil Ketua DPRD Arunika Ratri Lestari dan Kapolres Arunika "
        "AKBP Damar Jati."
    )
    assert roles(registry, text) == {
        "Seno Palapa": "host",
        "Ratri Lestari": "attendee",
        "Damar Jati": "guest",
    }


def test_those_named_first_with_bersama_come_along(registry: Registry) -> None:
    text = (
        "ARUNIKA - Bersama Kasat Reskrim AKP Danu Kinanti dan Kasat Lantas AKP Nira Senja, "
        "Kapolres Arunika AKBP Bayu Tirta mengunjungi Lapas Arunika. Kapolres ditemani Kabag "
        "Ops Kompol Tirto Wibawa, sedangkan Kalapas Laras Wening ditemani Kepala KPLP Sekar Danu."
    )
    assert roles(registry, text) == {
        "Danu Kinanti": "accompanying",
        "Nira Senja": "accompanying",
        "Bayu Tirta": "guest",
        "Tirto Wibawa": "accompanying",
        "Laras Wening": "host",
        "Sekar Danu": "accompanying",
    }


def test_who_is_accompanied_was_told_of_before(registry: Registry) -> None:
    text = (
        "Bupati Arunika Seno Palapa menyerahkan bantuan di Arunika, Senin (3/2/2025). Turut "
        "mendampingi Bupati Seno Palapa, Kapolres Arunika AKBP Damar Jati dan Ketua DPRD Arunika "
        "Ratri Lestari."
    )
    assert roles(registry, text) == {
        "Seno Palapa": "host",
        "Damar Jati": "accompanying",
        "Ratri Lestari": "accompanying",
    }


def test_who_is_visited_is_not_who_is_received(registry: Registry) -> None:
    text = (
        "Kepala BPJS Kesehatan Arunika, Wira Sentanu, berkunjung ke Ketua DPRD Arunika, Ratri "
        "Lestari, dan diterima di ruang kerjanya."
    )
    assert roles(registry, text) == {"Wira Sentanu": "guest", "Ratri Lestari": "host"}


def test_a_head_in_a_visit_belongs_to_the_side_of_his_place(registry: Registry) -> None:
    text = (
        "Gubernur Nusa Raya Tarka Wening mengunjungi Kabupaten Arunika. Ia diterima Bupati "
        "Arunika Seno Palapa. Kepala Dinas Sosial Kabupaten Arunika Ratri Lestari, Kapolres "
        "Arunika AKBP Damar Jati dan Kepala Dinas Sosial Nusa Raya Wira Sentanu berharap kunjungan "
        "itu bermanfaat."
    )
    found = roles(registry, text)
    assert [found[n] for n in ("Ratri Lestari", "Damar Jati", "Wira Sentanu")] == [
        "host",
        "host",
        "guest",
    ]


def test_who_stands_in_for_another_does_what_the_verb_tells(registry: Registry) -> None:
    text = (
        "Wakil Bupati Arunika Ratri Lestari yang mewakili Bupati Arunika Seno Palapa memimpin "
        "upacara di Polres Arunika bersama Kapolres Arunika AKBP Damar Jati."
    )
    assert roles(registry, text)["Ratri Lestari"] == "host"


@pytest.mark.parametrize("away", ["tidak menghadiri", "absen dalam", "mangkir dari"])
def test_who_did_not_come_took_no_part(registry: Registry, away: str) -> None:
    text = (
        f"Komisi III DPRD Kabupaten Arunika kecewa karena Dinas Sosial Kabupaten Arunika {away} "
        "Rapat Dengar Pendapat (RDP), Senin (3/2/2025)."
    )
    assert not extract(Article("t", "", text), registry).meetings


@pytest.mark.parametrize(
    "part", ["Inspektur Upacara", "Pembina Apel", "inspektur upacara", "pimpinan apel"]
)
def test_what_someone_is_at_a_ceremony_is_no_office(registry: Registry, part: str) -> None:
    text = (
        f"Bupati Arunika Seno Palapa bertindak selaku {part} di Polres Arunika. Hadir Kapolres "
        "Arunika AKBP Damar Jati."
    )
    found = extract(Article("t", "", text), registry)
    assert {o.post for o in found.officials} == {"Bupati", "Kepala"}
    assert {p.organization for m in found.meetings for p in m.organizations} == {
        "Pemerintah Kabupaten Arunika",
        "Polres Arunika",
    }
    assert roles(registry, text)["Seno Palapa"] == "host"
