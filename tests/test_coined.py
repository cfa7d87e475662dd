"""Telescoped names of regional offices. All persons and regions here are invented."""

from __future__ import annotations

from pathlib import Path

import pytest

from sinergi.graph.errors import RegistryError
from sinergi.graph.extraction import extract
from sinergi.graph.extraction.coined import CoinedWords
from sinergi.graph.model import Article
from sinergi.graph.registry import Registry
from sinergi.graph.registry.coined import decode, office


def posts(registry: Registry, text: str) -> list[tuple[str, str | None, str | None]]:
    found = extract(Article("t", "", text), registry)
    return [(o.person, o.post, o.organization) for o in found.officials]


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("disparbudpora", "Dinas Pariwisata, Kebudayaan, Pemuda dan Olahraga"),
        ("dinkopukm", "Dinas Koperasi, Usaha Kecil dan Menengah"),
        ("disdagkopum", "Dinas Perdagangan, Koperasi dan Usaha Mikro"),
        ("diskominfosanti", "Dinas Komunikasi, Informatika, Persandian dan Statistik"),
        ("disbunnak", "Dinas Perkebunan dan Peternakan"),
        ("disperkimtan", "Dinas Perumahan, Kawasan Permukiman dan Pertanahan"),
        ("dishanpangtan", "Dinas Ketahanan Pangan dan Pertanian"),
        ("sudindikbud", "Suku Dinas Pendidikan dan Kebudayaan"),
    ],
)
def test_a_telescoped_office_is_read_by_its_syllables(
    registry: Registry, word: str, name: str
) -> None:
    kind, head = CoinedWords(registry).kind(word) or (None, "")
    assert kind is not None
    assert head == name


@pytest.mark.parametrize(
    "word",
    ["distribusi", "diskusi", "dinamika", "disiplin", "dinda", "dinar", "dishinum", "disin", "dis"],
)
def test_other_words_are_left_alone(registry: Registry, word: str) -> None:
    assert CoinedWords(registry).kind(word) is None
    assert CoinedWords(registry).post(f"ka{word}") is None


def test_what_may_be_read_in_two_ways_is_not_read() -> None:
    segments = {"pang": ("Pangan",), "pan": ("Panen",), "kan": ("Ikan",), "gkan": ("Gajah",)}
    assert decode("pangkan", segments) == ()
    assert decode("pankan", segments) == ("Panen", "Ikan")
    assert decode("pankanpan", segments) == ()  # the same twice
    assert office("dispankan", segments) == ("dinas", "Panen dan Ikan")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Kadistransnaker Provinsi Nusa Raya, Sartono Wibisana, hadir.",
            (
                "Sartono Wibisana", "Kepala",
                "Dinas Transmigrasi dan Tenaga Kerja Provinsi Nusa Raya",
            ),
        ),
        (
            "Plt Kadisperindagkop Kabupaten Arunika Sartono Wibisana hadir.",
            (
                "Sartono Wibisana", "Pelaksana Tugas Kepala",
                "Dinas Perindustrian, Perdagangan dan Koperasi Kabupaten Arunika",
            ),
        ),
        (
            "Sekdisbudpora Kabupaten Arunika Sartono Wibisana hadir.",
            (
                "Sartono Wibisana", "Sekretaris",
                "Dinas Kebudayaan, Pemuda dan Olahraga Kabupaten Arunika",
            ),
        ),
        (
            "Kabid Pasar Dindagkopukm Kabupaten Arunika, Sartono Wibisana, hadir.",
            (
                "Sartono Wibisana", "Kepala Bidang Pasar",
                "Dinas Perdagangan, Koperasi dan Usaha Kecil dan Menengah Kabupaten Arunika",
            ),
        ),
        (
            "Kepala Dinas Perkimtan Kabupaten Arunika, Sartono Wibisana, hadir.",
            (
                "Sartono Wibisana", "Kepala",
                "Dinas Perumahan, Kawasan Permukiman dan Pertanahan Kabupaten Arunika",
            ),
        ),
    ],
)  # fmt: skip
def test_posts_in_such_offices(
    registry: Registry, text: str, expected: tuple[str, str, str]
) -> None:
    assert posts(registry, text) == [expected]


def test_such_an_office_takes_its_region_from_the_article(registry: Registry) -> None:
    text = (
        "ARUNIKA - Rapat dipimpin Bupati Arunika Wirya Kusumadewa. "
        "Sekdisparpora Sartono Wibisana ikut hadir."
    )
    wanted = (
        "Sartono Wibisana", "Sekretaris",
        "Dinas Pariwisata, Pemuda dan Olahraga Kabupaten Arunika",
    )  # fmt: skip
    assert wanted in posts(registry, text)


@pytest.mark.parametrize(
    ("row", "rule"),
    [("Naker,Tenaga Kerja,own", "lower case"), ("naker,,own", "stands for no words")],
)
def test_broken_syllables_are_told(tmp_path: Path, row: str, rule: str) -> None:
    file = tmp_path / "segments.csv"
    file.write_text(f"segment,words,source\n{row}\n", encoding="utf-8")
    with pytest.raises(RegistryError, match=rule):
        Registry.load(file)
