"""Releases: whole, described, checkable, byte-identical, and without the texts of articles."""

from __future__ import annotations

import csv
import hashlib
import html
import json
import re
import sys
import zipfile
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner, Result

from sinergi.cli import main
from sinergi.graph.errors import InputError
from sinergi.graph.pipeline import build
from sinergi.graph.reading import read
from sinergi.graph.registry import Registry
from sinergi.graph.release import About, release
from sinergi.graph.release.terms import DCAT, DQV, SPDX
from sinergi.graph.resolution import read_decisions
from sinergi.graph.store import open_store
from sinergi.ontology import DCTERMS, RDF

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "data" / "samples"
REGISTRY = Registry.load(ROOT / "data" / "samples-registry")
NAME = "Salis Farida Fitriani"  # of the samples, an invented person
ABOUT = About("2026.1", "2026-11-24", "Warta & Kabar", creators=("Nira Sekar", "Bayu"),
              url="https://doi.org/10.5281/zenodo.1")  # fmt: skip
CONTEXT = 80  # code points around a quote, 40 on each side


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The samples, with one person suppressed and one decision."""
    folder = tmp_path_factory.mktemp("built")
    (folder / "s.csv").write_text(
        f"subject,reason,date\n{NAME},{NAME} asked,2026-01-02\nhttps://no.example/1,gone,2026-01-03\n"
    )
    persons = sorted(officials(SAMPLES))
    (folder / "d.csv").write_text(
        "left,right,judgement,reason,reviewer,date\n"
        f'"{persons[0]}","{persons[-1]}",different,"=two, ""people""",nira,2026-01-02\n'
    )
    build(
        SAMPLES, folder / "out", registry=REGISTRY, decisions=folder / "d.csv",
        suppressions=folder / "s.csv",
    )  # fmt: skip
    return folder / "out"


def officials(folder: Path) -> list[str]:
    from sinergi.graph.extraction import extract

    return [
        f"person:{article.id}#{o.person}"
        for article in read([folder])
        for o in extract(article, REGISTRY).officials  # type: ignore[arg-type]
        if o.person != NAME
    ]


@pytest.fixture(scope="module")
def released(built: Path) -> Path:
    out = built.parent / "release"
    release(built / "store", out, ABOUT, registry=REGISTRY)
    return out


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_the_same_articles_give_the_same_bytes_in_whatever_order(
    tmp_path: Path, built: Path, released: Path
) -> None:
    inputs = sorted(SAMPLES.iterdir(), reverse=True)
    inputs = [path for path in inputs if path.name != "README.md"]
    build(
        inputs, tmp_path / "out", registry=REGISTRY, decisions=built.parent / "d.csv",
        suppressions=built.parent / "s.csv",
    )  # fmt: skip
    release(tmp_path / "out" / "store", tmp_path / "again", ABOUT, registry=REGISTRY)
    assert files(tmp_path / "again") == files(released)
    for name in ("one.zip", "two.zip"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        release(built / "store", tmp_path / name, ABOUT, registry=REGISTRY)
    assert (tmp_path / "one.zip").read_bytes() != b""
    with zipfile.ZipFile(tmp_path / "one.zip") as one, zipfile.ZipFile(tmp_path / "two.zip") as two:
        packed = {name.partition("/")[2]: one.read(name) for name in one.namelist()}
        assert packed == files(released)
        dates = {info.date_time for info in [*one.infolist(), *two.infolist()]}
        assert len(dates) == 1
    release(built / "store", tmp_path / "two" / "one.zip", ABOUT, registry=REGISTRY)
    assert (tmp_path / "two" / "one.zip").read_bytes() == (tmp_path / "one.zip").read_bytes()


def test_the_content_hash_is_that_of_the_sums_and_stands_everywhere(
    built: Path, released: Path, tmp_path: Path
) -> None:
    sums = (released / "SHA256SUMS").read_bytes()
    content = hashlib.sha256(sums).hexdigest()
    listed = dict(reversed(line.split("  ", 1)) for line in sums.decode().splitlines())
    for name, digest in listed.items():
        assert hashlib.sha256((released / name).read_bytes()).hexdigest() == digest, name
    stated = {"README.md", "CITATION.cff", "dataset.ttl", "ro-crate-metadata.json"}
    assert set(files(released)) == {*listed, *stated, "LICENSE", "SHA256SUMS"}
    for name in stated:
        assert content in (released / name).read_text("utf-8"), name
    result = run("release", built, tmp_path / "plain", "--date", "2026-11-24")
    assert result.exit_code == 0, result.output
    plain = hashlib.sha256((tmp_path / "plain" / "SHA256SUMS").read_bytes()).hexdigest()
    assert result.stdout == f"{plain}\n"
    assert f"Version {plain[:12]}, 2026-11-24" in (tmp_path / "plain" / "README.md").read_text()


def test_no_sentence_of_an_article_stands_in_it_unless_it_is_quoted(
    built: Path, released: Path
) -> None:
    quotes: dict[str, list[tuple[int, int]]] = {}
    with (released / "tables" / "articles.csv").open(encoding="utf-8", newline="") as stream:
        ids = {row["article_id"]: row["identifier"] for row in csv.DictReader(stream)}
    with (released / "tables" / "evidence.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            span = (int(row["start"]), int(row["end"]))
            quotes.setdefault(ids[row["article_id"]], []).append(span)
    everything = "\n".join(
        html.unescape(_unescaped(data.decode("utf-8"))) for data in files(released).values()
    )
    asked = unquoted = 0
    for article in read([SAMPLES]):
        text = article.text  # type: ignore[union-attr]
        assert text not in everything
        for match in re.finditer(r"\S[^\n]*?(?:[.!?](?=\s)|$)", text, re.MULTILINE):
            if len(match[0]) <= CONTEXT:
                continue
            asked += 1
            spans = quotes.get(article.id, [])  # type: ignore[union-attr]
            if not any(s <= match.start() and match.end() <= e for s, e in spans):
                unquoted += 1
                assert match[0] not in everything, match[0]
    assert asked > 30 and unquoted > 5


def _unescaped(text: str) -> str:
    """Without the escapes of JSON, Turtle and scripts."""
    return re.sub(r"\\u([0-9a-fA-F]{4})", lambda m: chr(int(m[1], 16)), text).replace('\\"', '"')


def test_who_is_left_out_is_left_out_of_it(released: Path) -> None:
    for name, data in files(released).items():
        assert not re.search(rb"(?i)salis|fitriani|no\.example", data), name
    lines = (released / "suppressions.csv").read_text("utf-8").splitlines()
    assert lines == [
        "kind,reason,date",
        "article,gone,2026-01-03",
        f"person,[{'.' * (len(NAME) - 2)}] asked,2026-01-02",
    ]


def test_the_graph_is_that_of_the_store_and_conforms(built: Path, released: Path) -> None:
    with (released / "graph.trig").open("rb") as stream:
        found = set(ox.parse(stream, format=ox.RdfFormat.TRIG))
    assert found == set(open_store(built / "store").quads())
    result = run("validate", released / "graph.trig")
    assert result.exit_code == 0, result.output


def test_its_decisions_are_a_file_of_decisions(built: Path, released: Path) -> None:
    given = read_decisions(built.parent / "d.csv")
    found = read_decisions(released / "decisions.csv")
    assert [{d.left, d.right} for d in found] == [{d.left, d.right} for d in given]
    assert [d.reason for d in found] == ['=two, "people"']


def test_rocrate_reads_it_back(released: Path) -> None:
    from rocrate.rocrate import ROCrate

    crate = ROCrate(released)
    root = crate.root_dataset
    assert (crate.name, root["version"]) == ("Warta & Kabar", "2026.1")
    assert str(root["datePublished"])[:10] == "2026-11-24"
    assert crate.license.id == "https://creativecommons.org/licenses/by/4.0/"
    assert [person["name"] for person in crate.creator] == ["Nira Sekar", "Bayu"]
    assert root["identifier"] == "https://doi.org/10.5281/zenodo.1"
    described = {entity.id: entity for entity in crate.data_entities}
    present = files(released)
    assert set(described) == set(present) - {"ro-crate-metadata.json"}
    for name, entity in described.items():
        assert entity["sha256"] == hashlib.sha256(present[name]).hexdigest()
        assert int(entity["contentSize"]) == len(present[name])
        assert entity["encodingFormat"], name


def test_its_descriptions_say_what_it_is(released: Path) -> None:
    said = ox.Store()
    for name in ("dataset.ttl", "quality.ttl"):
        said.load(path=str(released / name), format=ox.RdfFormat.TURTLE)

    def values(subject: ox.NamedNode, predicate: ox.NamedNode) -> set[str]:
        return {q.object.value for q in said.quads_for_pattern(subject, predicate, None)}

    (dataset,) = (q.subject for q in said.quads_for_pattern(None, RDF.type, DCAT.Dataset))
    assert values(dataset, DCTERMS.title) == {"Warta & Kabar"}
    assert values(dataset, DCAT.version) == {"2026.1"}
    assert values(dataset, DCTERMS.issued) == {"2026-11-24"}
    for quad in list(said.quads_for_pattern(dataset, DCAT.distribution, None)):
        (path,), (size,) = (values(quad.object, p) for p in (DCTERMS.identifier, DCAT.byteSize))
        (checksum,) = said.quads_for_pattern(quad.object, SPDX.checksum, None)
        data = (released / path).read_bytes()
        assert len(data) == int(size)
        assert values(checksum.object, SPDX.checksumValue) == {hashlib.sha256(data).hexdigest()}
    measured = {q.subject for q in said.quads_for_pattern(None, RDF.type, DQV.QualityMeasurement)}
    for node in measured:
        (value,) = values(node, DQV.value)
        assert 0 <= float(value) <= 1
        assert len(values(node, DQV.computedOn)) == len(values(node, DQV.isMeasurementOf)) == 1
    names = {node.value.rpartition("/")[2] for node in measured}
    assert {"extraction.persons.f1", "identity.persons.f1", "evidence.quotes.precision"} <= names
    (node,) = (n for n in measured if n.value.endswith("completeness.offices.with_quote"))
    assert values(node, DQV.value) == {"1"}


def test_a_citation_in_its_format(released: Path) -> None:
    lines = (released / "CITATION.cff").read_text("utf-8").splitlines()
    assert {
        "cff-version: 1.2.0", "type: dataset", 'title: "Warta & Kabar"', '  - name: "Nira Sekar"',
        'version: "2026.1"', 'date-released: "2026-11-24"', "license: CC-BY-4.0",
        "doi: 10.5281/zenodo.1",
    } <= set(lines)  # fmt: skip


def test_an_older_release_is_replaced_whole_and_nothing_else_is(
    built: Path, tmp_path: Path
) -> None:
    out = tmp_path / "release"
    release(built / "store", out, About(date="2026-11-24"), registry=REGISTRY)
    (out / "old.txt").write_text("of the release before")
    again = release(built / "store", out, About("2", "2026-11-25"), registry=REGISTRY)
    assert not (out / "old.txt").exists() and again.version == "2"
    strange = tmp_path / "strange"
    strange.mkdir()
    (strange / "letters.txt").write_text("mine")
    result = run("release", built, strange)
    assert (result.exit_code, (strange / "letters.txt").read_text()) == (1, "mine")
    assert "holds something else than a release" in result.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["release", "strange"]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--date", "24 November"], "'24 November' is no day like 2026-11-24"),
        (["--license", "free"], "'free' is no license that is known here; choose one of CC0-1.0"),
        (["--url", "zenodo"], "'zenodo' is no address"),
        (["--version", " "], "the version is empty"),
    ],
)
def test_what_is_not_of_its_form_is_told(
    built: Path, tmp_path: Path, options: list[str], said: str
) -> None:
    result = run("release", built, tmp_path / "out", *options)
    assert result.exit_code == 1 and said in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_terms_by_their_address(built: Path, tmp_path: Path) -> None:
    url = "https://kabar.example/terms"
    release(built / "store", tmp_path / "out", About(license=url), registry=REGISTRY)
    assert f'license-url: "{url}"' in (tmp_path / "out" / "CITATION.cff").read_text()
    package = json.loads((tmp_path / "out" / "tables" / "datapackage.json").read_text())
    assert package["licenses"][0]["path"] == url


def test_without_rocrate_it_says_what_to_install(
    built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "rocrate.rocrate", None)
    with pytest.raises(InputError, match=r"pip install 'sinergi\[release\]'"):
        release(built / "store", tmp_path / "out", registry=REGISTRY)
    assert list(tmp_path.iterdir()) == []
