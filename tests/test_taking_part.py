"""Which bodies a meeting has there and which it only speaks of; sentences of our own."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sinergi.graph.extraction import extract
from sinergi.graph.model import Article, Extraction
from sinergi.graph.registry import Registry

Read = Callable[..., Extraction]

PRISON, POLICE = "Lapas Kelas IIB Wonosobo", "Polres Wonosobo"
RAID = f"WONOSOBO - Kepala {PRISON} Bayu Tirta memimpin razia bersama {POLICE}."


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
        "Menurutnya, petugas yang membidangi BNN Kabupaten Wonosobo turut disambut.",
        "Razia itu disambut warga yang telah bekerja sama dengan Kementerian Agama.",
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
        ("Lantamal XIII/Madyapura", "Lantamal XIII", "Lantamal XIII/Madyapura"),
        ("Polsek Kecamatan Kertek", "Kapolsek Kertek", "Polsek Kertek"),
        (
            "Dewan Pimpinan Daerah Gerakan Senja Raya",
            "Pimpinan Daerah Gerakan Senja Raya",
            "Dewan Pimpinan Daerah Gerakan Senja Raya",
        ),
        (
            "Badan Penyelenggara Jaminan Sosial Kesehatan Cabang Wonosobo",
            "BPJS Kesehatan Wonosobo",
            "BPJS Kesehatan Wonosobo",
        ),
        (
            "Dinas Komunikasi, Informatika, Statistik dan Persandian Kabupaten Wonosobo",
            "Kadis Kominfo",
            "Dinas Komunikasi, Informatika, Statistik dan Persandian Kabupaten Wonosobo",
        ),
    ],
)
def test_two_names_of_one_body_are_one_party(read: Read, one: str, other: str, name: str) -> None:
    found = read(f"WONOSOBO - Rapat itu dihadiri {one} dan {POLICE}. Hadir pula {other}.")
    assert parties(found) == [{name, POLICE}]


def test_offices_of_two_governments_stay_two(read: Read) -> None:
    found = read(
        "WONOSOBO - Rapat itu dihadiri Dinas Sosial Kabupaten Wonosobo dan Dinas Sosial dan "
        "Pemberdayaan Perempuan Kabupaten Purworejo."
    )
    assert len(parties(found)[0]) == 2
