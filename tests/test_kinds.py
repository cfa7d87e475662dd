"""What a meeting is called and who was there: sentences of our own, everybody invented."""

from __future__ import annotations

from pathlib import Path

import pytest

from sinergi.graph.extraction import extract
from sinergi.graph.model import Article, Extraction
from sinergi.graph.registry import Registry

REGIONS = """code,kind,name,parent,aliases,source
98,provinsi,Nusa Raya,,Nura,invented
98.01,kabupaten,Arunika,98,,invented
98.03,kabupaten,Suryalaya,98,,invented
98.71,kota,Madyapura,98,,invented
"""


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Registry:
    folder: Path = tmp_path_factory.mktemp("registry")
    (folder / "regions.csv").write_text(REGIONS, encoding="utf-8")
    return Registry.load(folder)


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
