"""The tidy tables: they are what their dictionary says, and lead back to IRIs and quotes."""

from __future__ import annotations

import csv
import json
import random
import re
import zipfile
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, Quad, RdfFormat, parse, serialize

from sinergi.cli import main
from sinergi.graph.errors import InputError
from sinergi.graph.exports.schema import TABLES
from sinergi.graph.exports.tables import DICTIONARY, GUARDED, _cell, write_tables
from sinergi.graph.store import Store
from sinergi.ontology import OA

Tables = dict[str, list[dict[str, str]]]
READ = {
    "string": str, "integer": int, "date": date.fromisoformat,
    "boolean": {"true": True, "false": False}.__getitem__,
}  # fmt: skip


def _read(folder: Path) -> Tables:
    found = {}
    for table in TABLES:
        with (folder / f"{table.name}.csv").open(encoding="utf-8", newline="") as stream:
            found[table.name] = list(csv.DictReader(stream))
    return found


@pytest.fixture(scope="module")
def folder(small_store: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("tables") / "csv"
    write_tables(small_store, out)
    return out


@pytest.fixture(scope="module")
def tables(folder: Path) -> Tables:
    return _read(folder)


def test_the_dictionary_says_what_the_tables_hold(folder: Path, tables: Tables) -> None:
    package = json.loads((folder / DICTIONARY).read_text("utf-8"))
    assert {path.name for path in folder.iterdir()} == {
        DICTIONARY, *(resource["path"] for resource in package["resources"])
    }  # fmt: skip
    for resource in package["resources"]:
        schema, rows = resource["schema"], tables[resource["name"]]
        path = folder / resource["path"]
        assert path.stat().st_size == resource["bytes"]
        with path.open(encoding="utf-8", newline="") as stream:
            assert next(csv.reader(stream)) == [field["name"] for field in schema["fields"]]
        for field in schema["fields"]:
            values = [row[field["name"]] for row in rows]
            for value in filter(None, values):
                READ[field["type"]](value)
            rules = field.get("constraints", {})
            assert all(values) or not rules.get("required"), field
            assert set(values) <= set(rules.get("enum", values)), field
        keys = Counter(tuple(row[name] for name in schema.get("primaryKey", row)) for row in rows)
        assert not [key for key, count in keys.items() if count > 1]
        for reference in schema.get("foreignKeys", ()):
            other = tables[reference["reference"]["resource"] or resource["name"]]
            there = {row[reference["reference"]["fields"]] for row in other}
            assert {row[reference["fields"]] for row in rows} - {""} <= there, reference


def test_every_quote_stands_in_its_article_and_speaks_for_a_record(
    tables: Tables, small_texts: dict[str, str]
) -> None:
    records = {
        "official": "officials", "membership": "memberships", "topic": "topics",
        "meeting": "meetings", "participation": "participations", "agreement": "agreements",
        "statement": "statements",
    }  # fmt: skip
    known = {kind: {row[f"{kind}_id"] for row in tables[name]} for kind, name in records.items()}
    told = set()
    for row in tables["evidence"]:
        text = small_texts[row["article_id"]]
        assert text[int(row["start"]) : int(row["end"])] == row["quote"]
        assert row["url"] == f"https://news.example/{row['article_id']}"
        assert row["record_id"] in known[row["record"]]
        told.add((row["record"], row["record_id"]))
    for kind in ("membership", "meeting", "participation", "agreement", "statement"):
        assert {(kind, id) for id in known[kind]} <= told  # none without its sentence


def test_the_small_graph_by_hand(tables: Tables) -> None:
    assert Counter(row["meeting_id"] for row in tables["reports"]) == {
        "m1": 2, "m2": 1, "m3": 1, "m4": 1, "m5": 1
    }  # fmt: skip
    held = {row["membership_id"]: row for row in tables["memberships"]}
    sari = held["sari-widuri.lapas-arunika/lapas-arunika/kepala"]
    assert (sari["first_attested"], sari["last_attested"]) == ("2025-03-01", "2025-03-02")
    galih = held["galih-purnama.lapas-arunika/lapas-arunika/kepala"]
    assert (galih["former"], galih["first_attested"]) == ("true", "")
    assert [row["day"] for row in tables["attestations"] if row["former"] == "true"] == [
        "2025-03-02"
    ]
    bayu = next(row for row in tables["participations"] if row["accompanies_id"])
    assert bayu["official_id"] == "bayu-lestari.lapas-arunika"
    assert bayu["accompanies_id"] == "sari-widuri.lapas-arunika"
    assert (bayu["agency_id"], bayu["role"]) == ("lapas-arunika", "accompanying")
    unknown = next(row for row in tables["meetings"] if row["meeting_id"] == "m2")
    assert (unknown["start_date"], unknown["kind"]) == ("", "penandatanganan")
    # Two articles call Sari's role guest and attendee: the one that says more stands.
    sari_at_m1 = next(
        row for row in tables["participations"]
        if row["participation_id"] == "m1/person/sari-widuri.lapas-arunika"
    )  # fmt: skip
    assert sari_at_m1["role"] == "guest"
    assert {row["agency_id"] for row in tables["signatories"]} == {
        "polres-arunika", "kejari-arunika"
    }  # fmt: skip


def test_equal_graphs_give_equal_files(small_quads: list[Quad], tmp_path: Path) -> None:
    shuffled = random.Random(5).sample(small_quads, len(small_quads))
    for name, quads in (("one", small_quads), ("two", shuffled)):
        write_tables(Store.memory(quads), tmp_path / name / "tables.zip")
    one, two = ((tmp_path / name / "tables.zip").read_bytes() for name in ("one", "two"))
    assert one == two
    with zipfile.ZipFile(tmp_path / "one" / "tables.zip") as archive:
        names = archive.namelist()
    assert names == sorted(names) and f"tables/{DICTIONARY}" in names
    assert [path.name for path in (tmp_path / "one").iterdir()] == ["tables.zip"]


def test_another_base_makes_no_difference_to_keys(
    small_quads: list[Quad], tables: Tables, tmp_path: Path
) -> None:
    text = serialize(small_quads, format=RdfFormat.N_QUADS)
    assert text is not None
    moved = text.replace(b"https://w3id.org/sinergi/id/", b"https://data.example/x#/")
    write_tables(Store.memory(parse(moved, format=RdfFormat.N_QUADS)), tmp_path)
    found = _read(tmp_path)
    for name, rows in tables.items():
        kept = [{k: v for k, v in row.items() if k != "iri"} for row in rows]
        assert [{k: v for k, v in row.items() if k != "iri"} for row in found[name]] == kept


def test_an_empty_store_gives_empty_tables(tmp_path: Path) -> None:
    write_tables(Store.memory(), tmp_path)
    assert not any(_read(tmp_path).values())


@given(st.text(st.sampled_from("'=+-@\t\ra "), max_size=5))
def test_no_cell_is_a_formula_and_every_text_comes_back(text: str) -> None:
    written = _cell(text)
    assert written[:1] not in set("=+-@\t\r")
    back = written[1:] if written.startswith("'") and GUARDED.match(written[1:]) else written
    assert back == text


def test_numbers_and_quotes_of_strangers_in_csv(small_quads: list[Quad], tmp_path: Path) -> None:
    quads = [
        Quad(q.subject, q.predicate, Literal(f'=1+1\n"{q.object.value}'), q.graph_name)
        if q.predicate == OA.exact and isinstance(q.object, Literal) else q
        for q in small_quads
    ]  # fmt: skip
    write_tables(Store.memory(quads), tmp_path)
    quotes = [row["quote"] for row in _read(tmp_path)["evidence"]]
    assert quotes and all(re.match("'=1\\+1\n\"", quote) for quote in quotes)


def test_parquet_holds_the_same_with_its_types(
    small_store: Store, tables: Tables, tmp_path: Path
) -> None:
    from pyarrow import parquet

    write_tables(small_store, tmp_path, "parquet")

    def plain(value: Any) -> str:
        if isinstance(value, bool):
            return str(value).lower()
        return "" if value is None else str(value)

    for table in TABLES:
        read = parquet.read_table(tmp_path / f"{table.name}.parquet")
        rows = [{name: plain(v) for name, v in row.items()} for row in read.to_pylist()]
        assert rows == tables[table.name]
    assert str(read.schema.field("label").type) == "string"


def test_frictionless_finds_nothing_wrong(folder: Path, external: Callable[[str], Any]) -> None:
    frictionless = external("frictionless")
    report = frictionless.validate(str(folder / DICTIONARY))
    assert report.valid, report.flatten(["fieldName", "message"])


def test_the_command_writes_a_folder_or_says_why_not(small_folder: Path, tmp_path: Path) -> None:
    run = CliRunner().invoke
    out = tmp_path / "new" / "tables"
    done = run(main, ["export", str(small_folder), "--format", "csv", "-o", str(out)])
    assert (done.exit_code, done.output) == (0, "")
    assert len(_read(out)["meetings"]) == 5
    missing = run(main, ["export", str(small_folder), "--format", "csv"])
    assert missing.exit_code == 2 and "-o" in missing.stderr
    (tmp_path / "file").write_text("")
    taken = ["export", str(small_folder), "--format", "csv", "-o", str(tmp_path / "file")]
    assert run(main, taken).exit_code == 1
    assert "name another folder" in run(main, taken).stderr


def test_a_format_that_is_no_table_is_told(small_store: Store, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="choose csv, parquet"):
        write_tables(small_store, tmp_path, "xlsx")
