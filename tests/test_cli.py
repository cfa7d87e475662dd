"""The commands as a user types them: data on stdout, the rest on stderr, honest exit codes."""

from __future__ import annotations

import io
import json
import random
import runpy
import subprocess
import sys
from collections.abc import Callable
from importlib import metadata
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from pyoxigraph import Literal, NamedNode, Quad

from sinergi.cli import main
from sinergi.graph.model import Article, Extraction
from sinergi.graph.registry import Registry
from sinergi.graph.store import Store

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "data" / "samples"
EXTRA = ROOT / "data" / "samples-registry"
VISIT = SAMPLES / "lapas-perempuan-tangerang.txt"

Run = Callable[..., Result]


@pytest.fixture
def run() -> Run:
    return lambda *args, input=None: CliRunner().invoke(main, [str(a) for a in args], input=input)


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cli") / "out"
    arguments = ["build", str(SAMPLES), "-o", str(folder), "--registry", str(EXTRA)]
    result = CliRunner().invoke(main, arguments)
    assert (result.exit_code, result.stdout) == (0, ""), result.stderr
    assert "13 articles read" in result.stderr
    return folder


def commands(group: click.Group, *path: str) -> list[tuple[tuple[str, ...], click.Command]]:
    found: list[tuple[tuple[str, ...], click.Command]] = []
    for name, command in group.commands.items():
        found.append(((*path, name), command))
        if isinstance(command, click.Group):
            found += commands(command, *path, name)
    return found


@pytest.mark.parametrize(("path", "command"), commands(main), ids=lambda v: str(v)[:40])
def test_every_command_and_option_is_explained_with_an_example(
    run: Run, path: tuple[str, ...], command: click.Command
) -> None:
    result = run(*path, "--help")
    assert result.exit_code == 0
    assert f"    sinergi {path[0]} " in result.stdout, "no example"
    for parameter in command.params:
        assert isinstance(parameter, click.Argument) or getattr(parameter, "help", None)


def test_docs_commands_are_what_help_says() -> None:
    pages = runpy.run_path(str(ROOT / "docs" / "make_commands.py"))["pages"]()
    there = {p.name: p.read_text("utf-8") for p in (ROOT / "docs" / "commands").glob("*.md")}
    assert there == pages, "run make docs"


def test_the_version(run: Run) -> None:
    assert run("--version").stdout == f"sinergi {metadata.version('sinergi')}\n"


def test_extract_keeps_to_the_contract(run: Run) -> None:
    result = run("extract", VISIT)
    assert result.exit_code == 0, result.stderr
    (line,) = result.stdout.splitlines()
    found = json.loads(line)
    assert {"id", "title", "published", "publisher", "url", "sha256"} < set(found)
    assert len(found["officials"]) == 4
    text = VISIT.read_text("utf-8")
    for official in found["officials"]:
        for span in official["spans"]:
            assert text[span["start"] : span["end"]] == span["quote"]
    assert json.loads(run("extract", VISIT, "--format", "json").stdout) == [found]
    table = run("extract", VISIT, "--format", "table").stdout
    assert "Kombes Pol" in table and "audiensi" in table


def test_extract_reads_standard_input_and_maps_columns(run: Run) -> None:
    row = json.dumps({"isi": VISIT.read_text("utf-8"), "tanggal": "19 Mei 2025"})
    result = run("extract", "-", "--column", "text=isi", "--column", "published=tanggal", input=row)
    assert json.loads(result.stdout)["published"] == "2025-05-19"
    assert run("extract", "-", "--column", "text", input=row).exit_code == 2


def test_rejected_input_is_named_and_shows_in_the_exit_code(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "Cuaca cerah."}\nnonsense\n')
    for command in (["extract"], ["resolve"], ["build", "-o", tmp_path / "out"]):
        result = run(*command, tmp_path / "a.jsonl")
        assert result.exit_code == 3, result.stderr
        assert "a.jsonl, line 2: is not JSON" in result.stderr
        assert run(*command, "--strict", tmp_path / "a.jsonl").exit_code == 1


def test_errors_are_one_line(run: Run, tmp_path: Path, out: Path) -> None:
    broken = tmp_path / "broken.ttl"
    broken.write_text("<a> <b>")
    for arguments in (
        ["extract", tmp_path / "nowhere.txt"],
        ["query", tmp_path, "ASK {}"],
        ["query", out, "SELECT * { ?a"],
        ["query", out, "--named", "nonsense"],
        ["query", out, "--named", "meetings-of-agency", "--param", "agency=Polres Antah"],
        ["show", out, "Tidak Ada Orangnya"],
        ["export", tmp_path],
        ["validate", broken],
        ["registry", "explain", "xqzzy"],
        ["registry", "list", "nonsense"],
        ["build", VISIT, "-o", VISIT / "x"],
    ):
        result = run(*arguments)
        assert result.exit_code == 1, (arguments, result.stderr)
        assert not result.stdout, arguments
        assert result.stderr.startswith("sinergi: ") and result.stderr.count("\n") == 1, arguments


def test_wrong_usage_is_told_from_errors(run: Run, out: Path) -> None:
    for arguments in (
        ["build"],
        ["query"],
        ["query", out],
        ["query", out, "ASK {}", "--named", "collaborations"],
        ["query", out, "ASK {}", "--param", "a=b"],
        ["nonsense"],
    ):
        assert run(*arguments).exit_code == 2, arguments


def test_a_bug_is_one_line_too_unless_debugged(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(*_: object, **__: object) -> None:
        raise ZeroDivisionError("by naught")

    monkeypatch.setattr("sinergi.graph.pipeline.extract_all", breaks)
    result = run("extract", VISIT)
    assert result.exit_code == 1
    assert result.stderr.startswith("sinergi: unforeseen ZeroDivisionError: by naught (")
    assert isinstance(run("--debug", "extract", VISIT).exception, ZeroDivisionError)


@pytest.mark.parametrize("command", ["build", "ingest", "extract"])
def test_a_bug_costs_one_article(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    def extract(article: Article, registry: Registry) -> Extraction:
        return Extraction(article) if article.id == "good" else _by_naught()

    monkeypatch.setattr("sinergi.graph.pipeline.extract", extract)
    (tmp_path / "a.jsonl").write_text('{"id":"bad","text":"Satu."}\n{"id":"good","text":"Dua."}\n')
    arguments = {
        "build": [command, tmp_path / "a.jsonl", "-o", tmp_path / "out"],
        "ingest": [command, tmp_path / "out", tmp_path / "a.jsonl"],
        "extract": [command, tmp_path / "a.jsonl"],
    }[command]
    result = run(*arguments)
    assert result.exit_code == 3
    assert "a.jsonl, line 1: unforeseen ZeroDivisionError: by naught (" in result.stderr
    assert "_by_naught" not in result.stderr
    assert "in _by_naught" in run("--debug", *arguments).stderr
    if command == "build":
        report = json.loads((tmp_path / "out" / "report.json").read_text("utf-8"))
        assert (report["articles"], len(report["rejected"])) == (1, 1)
        assert "Traceback" not in json.dumps(report)
    strict = run(*arguments, "--strict")
    assert strict.exit_code == 1 and "(--strict stops here)" in strict.stderr


def _by_naught() -> Extraction:
    raise ZeroDivisionError("by naught")


def test_an_interrupted_build_says_so_and_leaves_nothing(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("sinergi.graph.pipeline.write_page", interrupted)
    result = run("build", VISIT, "-o", tmp_path)
    assert (result.exit_code, result.stderr) == (130, "sinergi: interrupted\n")
    left = {path.name for path in tmp_path.rglob("*")}
    assert left <= {"store", "writer.lock"}  # the lock that tells writers apart is let go, empty


def test_queries_from_text_file_stdin_and_by_name(run: Run, out: Path, tmp_path: Path) -> None:
    query = "SELECT (COUNT(DISTINCT ?m) AS ?meetings) { ?m a sin:Meeting }"
    (tmp_path / "q.rq").write_text(query)
    answers = {
        run("query", out / "store", query, "--format", "csv").stdout,
        run("query", out, "--file", tmp_path / "q.rq", "--format", "csv").stdout,
        run("query", out, "-", "--format", "csv", input=query).stdout,
    }
    assert len(answers) == 1 and answers.pop().startswith("meetings\n")
    named = run("query", out, "--named", "meetings-of-agency", "--format", "json",
                "--param", "agency=Polres Metro Tangerang Kota")  # fmt: skip
    assert len(json.loads(named.stdout)["results"]["bindings"]) >= 1
    assert "who-met-whom: " in run("query", "--list").stdout
    assert run("query", out, "CONSTRUCT { ?p a foaf:Person } { ?p a foaf:Person }").exit_code == 0


def test_sorting_what_oxigraph_cannot_costs_a_sentence(run: Run, tmp_path: Path) -> None:
    draw = random.Random(2)  # with which Oxigraph 0.5.13 aborts its process

    def value() -> Literal:
        if draw.randrange(2) == 0:
            return Literal(draw.randrange(5000))
        day = f"20{draw.randrange(10, 90)}-{draw.randrange(1, 13):02}-02"
        return Literal(day, datatype=NamedNode("http://www.w3.org/2001/XMLSchema#date"))

    graph, says = NamedNode("http://g"), NamedNode("http://p")
    with Store.create(tmp_path / "store") as store:
        things = (NamedNode(f"http://s/{i}") for i in range(50))
        store.load(Quad(thing, says, value(), graph) for thing in things)
    query = "SELECT ?o { ?s ?p ?o } ORDER BY "
    broken = run("query", tmp_path, query + "?o")
    assert broken.exit_code == 1 and broken.stdout == ""
    assert broken.stderr.count("\n") == 1 and "order by STR(?x)" in broken.stderr
    sorted_ = run("query", tmp_path, query + "STR(?o)", "--format", "csv").stdout.split()[1:]
    assert len(sorted_) == 50 and sorted_ == sorted(sorted_)
    wrong = run("query", tmp_path, query + "STR(?o")
    assert wrong.exit_code == 1 and "malformed at line 1" in wrong.stderr


def test_an_ambiguous_name_lists_what_it_may_mean(run: Run, tmp_path: Path) -> None:
    release = (
        "{0} – Kepala Lapas Kelas IIB {0}, Bagas Wiratmaka, melakukan audiensi dengan "
        "Kapolres {0}, AKBP Andaru Kalandra, di Mapolres {0}."
    )
    lines = [{"id": place, "text": release.format(place)} for place in ("Tirtamaya", "Sukalaras")]
    text = "\n".join(map(json.dumps, lines))
    assert run("build", "-", "-o", tmp_path, "--registry", EXTRA, input=text).exit_code == 0
    result = run("show", tmp_path, "Bagas Wiratmaka")
    if result.exit_code == 0:
        pytest.skip("resolution takes them for one person")
    first, *candidates = result.stderr.splitlines()
    assert first.startswith("sinergi: ") and len(candidates) == 2
    assert all("<https://w3id.org/sinergi/id/person/" in line for line in candidates)


def test_show_gives_the_dossier_with_quotes(run: Run, out: Path) -> None:
    shown = run("show", out, "Salis Farida Fitriani")
    assert shown.exit_code == 0, shown.stderr
    assert "Lapas Perempuan Kelas IIA Tangerang" in shown.stdout
    as_json = json.loads(run("show", out, "Salis Farida Fitriani", "--format", "json").stdout)
    assert as_json["kind"] == "person"


def test_export_is_sorted_and_the_trig_of_the_build(run: Run, out: Path, tmp_path: Path) -> None:
    assert run("export", out).stdout == (out / "graph.trig").read_text("utf-8")
    lines = run("export", out, "--format", "nquads").stdout.splitlines()
    assert len(lines) == len(set(lines)) > 1000
    assert run("export", out, "--format", "jsonld", "-o", tmp_path / "g.jsonld").exit_code == 0
    assert json.loads((tmp_path / "g.jsonld").read_text("utf-8"))["@graph"]


def test_what_is_built_conforms(run: Run, out: Path) -> None:
    result = run("validate", out)
    assert (result.exit_code, result.stdout) == (0, ""), result.stdout
    assert run("validate", out / "graph.trig").exit_code == 0


def test_view_writes_the_page_of_the_build(run: Run, out: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    assert run("view", out, "-o", page, "--registry", EXTRA).exit_code == 0
    assert page.read_bytes() == (out / "network.html").read_bytes()
    assert run("view", out, "-o", page, "--language", "en", "--title", "<b>X").exit_code == 0
    assert "<b>X" not in page.read_text("utf-8")


def test_the_registry_explains_searches_and_lists(run: Run) -> None:
    assert (
        "Kepala Seksi Keamanan dan Ketertiban" in run("registry", "explain", "Kasi Kamtib").stdout
    )
    assert "Lembaga Pemasyarakatan" in run("registry", "search", "lapas").stdout
    assert "posts" in run("registry", "list").stdout.splitlines()
    assert "corrections" in run("registry", "list", "sectors").stdout
    own = run("registry", "explain", "Tirtamaya", "--registry", EXTRA)
    assert "Tirtamaya" in own.stdout


def test_resolve_prints_clusters(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "clusters.json"
    assert run("resolve", SAMPLES, "--registry", EXTRA, "--clusters", target).exit_code == 0
    groups = json.loads(target.read_text("utf-8"))
    assert {"persons", "organizations", "meetings", "meeting_organizations"} <= set(groups)
    assert ["kodim-ke-polres", "Andaru Kalandra"] in next(
        group for group in groups["persons"] if ["warta-2025-0411", "Andaru Kalandra"] in group
    )


def test_a_closed_pipe_is_no_error() -> None:
    command = [sys.executable, "-m", "sinergi.cli", "registry", "list", "regions"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout and process.stderr
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""


def test_output_is_utf_8_whatever_the_locale(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr(sys, "stdout", stream)
    with pytest.raises(SystemExit):
        main(["extract", str(VISIT)])
    stream.seek(0)
    assert "–" in stream.read()
