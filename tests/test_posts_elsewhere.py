"""Posts and bodies as reports from all over the country name them, read with the tables.

All persons and regions here are invented.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from sinergi.graph.extraction import extract
from sinergi.graph.model import Article
from sinergi.graph.registry import Registry

REGIONS = """code,kind,name,parent,aliases,source
98,provinsi,Nusa Raya,,Nura,invented
98.01,kabupaten,Arunika,98,,invented
98.03,kabupaten,Suryalaya,98,,invented
98.71,kota,Madyapura,98,,invented
98.01.01,kecamatan,Kalimaya,98.01,,invented
"""
GOLDEN = Path(__file__).parent / "golden" / "posts_elsewhere.csv"
ROWS = list(csv.DictReader(GOLDEN.read_text(encoding="utf-8").splitlines()))


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Registry:
    folder = tmp_path_factory.mktemp("registry")
    (folder / "regions.csv").write_text(REGIONS, encoding="utf-8")
    return Registry.load(folder)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["written"])
def test_the_tables_know_the_post(registry: Registry, row: dict[str, str]) -> None:
    found = extract(Article("t", "", f"{row['written']}, Sartono Wibisana, hadir."), registry)
    assert [(o.person, o.post, o.organization or "") for o in found.officials] == [
        ("Sartono Wibisana", row["post"], row["organization"])
    ]
