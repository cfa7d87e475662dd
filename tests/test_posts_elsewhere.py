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

GOLDEN = Path(__file__).parent / "golden" / "posts_elsewhere.csv"
ROWS = list(csv.DictReader(GOLDEN.read_text(encoding="utf-8").splitlines()))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["written"])
def test_the_tables_know_the_post(registry: Registry, row: dict[str, str]) -> None:
    found = extract(Article("t", "", f"{row['written']}, Sartono Wibisana, hadir."), registry)
    assert [(o.person, o.post, o.organization or "") for o in found.officials] == [
        ("Sartono Wibisana", row["post"], row["organization"])
    ]


def test_a_number_ends_the_name_before_its_holder(registry: Registry) -> None:
    text = "Rapat itu dihadiri Kepala BWS Nusantara VII Sartono Wibisana dan warga."
    found = extract(Article("t", "", text), registry)
    assert [(o.person, o.organization) for o in found.officials] == [
        ("Sartono Wibisana", "Balai Wilayah Sungai Nusantara VII")
    ]


def test_an_office_of_two_provinces(registry: Registry, tmp_path: Path) -> None:
    (tmp_path / "regions.csv").write_text(
        "code,kind,name,parent,aliases,source\n98,provinsi,Nusa Raya,,Nura,invented\n"
        "97,provinsi,Arga Jaya,,Arjay,invented\n",
        encoding="utf-8",
    )
    text = "Kepala BBPJN Nura Arjay, Sartono Wibisana, hadir dalam rapat itu."
    found = extract(Article("t", "", text), Registry.load(tmp_path))
    assert [o.organization for o in found.officials] == [
        "Balai Besar Pelaksanaan Jalan Nasional Nusa Raya-Arga Jaya"
    ]


def test_a_fraction_is_no_part_of_a_name(registry: Registry) -> None:
    text = "Hal itu dikatakan Ketua Fraksi NasDem Sartono Wibisana di Madyapura."
    found = extract(Article("t", "", text), registry)
    assert [(o.person, o.post) for o in found.officials] == [
        ("Sartono Wibisana", "Ketua Fraksi NasDem")
    ]


def test_a_committee_is_not_called_after_who_heads_it(registry: Registry) -> None:
    text = "Rapat itu dibuka Ketua Panitia Sartono Wibisana di Madyapura."
    found = extract(Article("t", "", text), registry)
    assert [(o.person, o.post) for o in found.officials] == [("Sartono Wibisana", "Ketua Panitia")]


def test_several_provinces_in_one_word_are_no_person(registry: Registry) -> None:
    text = "Rapat itu dihadiri GM PLN UIP Sumbagsel Sartono Wibisana dan warga."
    found = extract(Article("t", "", text), registry)
    assert [(o.person, o.organization) for o in found.officials] == [
        ("Sartono Wibisana", "PLN UIP Sumbagsel")
    ]
