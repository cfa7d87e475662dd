"""`sinergi review`: which pairs are asked about, and what answers do. All persons are invented."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import astuple
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sinergi.cli import main
from sinergi.graph.derivation import judge
from sinergi.graph.derivation import remembered as known
from sinergi.graph.errors import InputError
from sinergi.graph.model import Article, Decision, Extraction, Official
from sinergi.graph.registry import Registry
from sinergi.graph.resolution import Workings, read_decisions
from sinergi.graph.resolution.doubts import Doubt, find_doubts
from sinergi.graph.resolution.sides import sides
from sinergi.graph.results import select
from sinergi.graph.store import open_store
from sinergi.graph.store.articles import Articles
from sinergi.graph.store.folder import read_meta

LAPAS, POLRES = "Lapas Kelas IIB Wanatirta", "Polres Wanatirta"
NEWS = {
    "a": "Wonosobo - Kapolres Wonosobo AKBP Laras Rinjani Wening, S.H., M.Si., bertemu Bupati "
    "Wonosobo, Sekar Arum, di Pendopo Wonosobo, Selasa (4/3/2031). Keduanya membahas bibit.",
    "b": "Magelang - Kapolres Magelang AKBP Laras Rinjani Wening, S.H., M.Si., bertemu Bupati "
    "Magelang, Danu Wisesa, di Pendopo Magelang, Selasa (4/3/2031). Keduanya membahas bibit.",
    "c": "Batang - Kapolres Batang AKBP Tirta Wana Kusuma bertemu Bupati Batang, Bayu Angin, "
    "di Pendopo Batang, Rabu (5/3/2031). Keduanya membahas patroli.",
    "d": "Demak - Kapolres Demak AKBP Tirta Wana Kusuma bertemu Bupati Demak, Nimas Ayu Sari, "
    "di Pendopo Demak, Rabu (5/3/2031). Keduanya membahas patroli.",
}
FIRST = "person:a#Laras Rinjani Wening", "person:b#Laras Rinjani Wening"
SECOND = "person:c#Tirta Wana Kusuma", "person:d#Tirta Wana Kusuma"

Review = Callable[..., Result]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    news = tmp_path / "news"
    news.mkdir()
    for name, text in NEWS.items():
        object_ = {
            "id": name, "title": name, "text": text, "published": "2031-03-06",
            "publisher": f"Warta {name.upper()}",
        }  # fmt: skip
        (news / f"{name}.json").write_text(json.dumps(object_), "utf-8")
    return news


@pytest.fixture
def review(folder: Path) -> Review:
    def run(*options: str, answers: str = "") -> Result:
        command = ["review", str(folder), "--reviewer", "nira", "--kind", "person", *options]
        return CliRunner().invoke(main, command, input=answers)

    return run


def judged(folder: Path) -> list[tuple[str, ...]]:
    return [astuple(d)[:5] for d in read_decisions(folder.parent / "decisions.csv")]


def test_pairs_are_listed_with_what_weighs(review: Review) -> None:
    listed = [line.split("\t") for line in review("--list").stdout.splitlines()]
    assert listed[0] == ["score", "answer", "left", "right", "for", "against"]
    pairs = {(line[2], line[3]): line for line in listed[1:]}
    assert pairs.keys() == {FIRST, SECOND}
    assert pairs[FIRST][:2] == ["-1", "apart"]
    assert pairs[FIRST][4] == "same name +4, one service +1, same degrees: msi, sh +1"
    assert pairs[FIRST][5] == "two offices at one time -2"


def test_both_sides_are_shown_with_their_passages(review: Review) -> None:
    shown = review(answers="q\n")
    assert shown.exit_code == 0
    assert "1 of 2: one person or two? now kept apart; score -1, 1 mention" in shown.stdout
    assert "Polres Wonosobo" in shown.stdout and "Polres Magelang" in shown.stdout
    assert "Warta A, 2031-03-06, a" in shown.stdout
    (line,) = (line for line in shown.stdout.splitlines() if "“Wonosobo" in line)
    assert " | " in line and "“Magelang" in line, "side by side"
    assert "decisive: same name" in shown.stdout


def test_answers_are_kept_at_once_and_not_asked_again(review: Review, folder: Path) -> None:
    done = review(answers="s\none portrait\nd\n\n")
    assert "2 decisions" in done.stderr
    assert judged(folder) == [
        (*FIRST, "same", "one portrait", "nira"),
        (*SECOND, "different", "same name", "nira"),
    ]
    assert "0 decisions" in review().stderr
    built = CliRunner().invoke(main, ["build", str(folder), "-o", str(folder.parent / "out")])
    assert "2 decisions in force" in built.stderr


def test_back_withdraws_the_last_answer_and_asks_again(review: Review, folder: Path) -> None:
    done = review(answers="b\nx\ns\nslip\nb\nu\nno portrait\nq\n")
    assert "there is no answer to take back" in done.stdout
    assert "1 decision in" in done.stderr and "1 pair left" in done.stderr
    assert [line[2:4] for line in judged(folder)] == [
        ("same", "slip"),
        ("withdrawn", "slip"),
        ("unsure", "no portrait"),
    ]


def test_the_end_of_input_quits_in_the_middle_of_an_answer(review: Review, folder: Path) -> None:
    assert review(answers="s\n").exit_code == 0
    assert not (folder.parent / "decisions.csv").exists()


def test_a_bulk_is_accepted_above_a_score(review: Review, folder: Path) -> None:
    done = review("--accept-above", "-2", answers="q\n")
    assert "1 pair above -2 judged the same" in done.stderr
    (line,) = judged(folder)
    assert line[:3] == (*FIRST, "same")
    assert line[3].startswith("accepted above -2: same name +4")


def test_a_store_is_reviewed_and_remembers_the_answers(folder: Path) -> None:
    store = folder.parent / "kept"

    def run(*command: str, answers: str = "") -> Result:
        result = CliRunner().invoke(main, command, input=answers)
        assert result.exit_code == 0, result.stderr
        return result

    def remembered() -> list[str]:
        with closing(Articles(store / read_meta(store).articles, read_only=True)) as articles:
            return [decision.judgement for decision in known(articles).decisions]

    def persons() -> int:
        named = "SELECT DISTINCT ?p { ?p a foaf:Person ; foaf:name 'Laras Rinjani Wening' }"
        return len(list(select(open_store(store), named)))

    run("ingest", str(store), str(folder))
    review = ("review", str(store), "--reviewer", "nira", "--kind", "person")
    pairs = [line.split("\t")[2:4] for line in run(*review, "--list").stdout.splitlines()[1:]]
    assert sorted(map(tuple, pairs)) == [FIRST, SECOND]
    before = {p: p.stat().st_mtime_ns for p in store.rglob("*") if p.is_file()}
    run(*review, "--list")
    assert before == {p: p.stat().st_mtime_ns for p in store.rglob("*") if p.is_file()}

    done = run(*review, answers="s\none portrait\nq\n")
    assert f"1 decision in {store}; 1 pair left" in done.stderr
    assert remembered() == ["same"] and persons() == 2
    run("optimize", str(store), "--rebuild")
    assert remembered() == ["same"] and persons() == 1
    assert len(run(*review, "--list").stdout.splitlines()) == 2, "one is judged"

    file = folder.parent / "mine.csv"
    done = run(*review, "--decisions", str(file), answers="d\nother ranks\n")
    assert f"1 decision in {file}" in done.stderr
    assert [d.judgement for d in read_decisions(file)] == ["same", "different"]
    assert remembered() == ["same"], "what goes into a file is not the store's"
    wrong = CliRunner().invoke(main, [*review, str(folder)])
    assert wrong.exit_code == 2 and "reviewed alone" in wrong.stderr


def test_what_a_store_cannot_read_or_remember_is_a_sentence(folder: Path) -> None:
    store = folder.parent / "out" / "store"
    assert CliRunner().invoke(main, ["build", str(folder), "-o", str(store.parent)]).exit_code == 0
    listed = CliRunner().invoke(main, ["review", str(store.parent), "--list", "--kind", "person"])
    assert len(listed.stdout.splitlines()) == 3, "a store is found in what build wrote"
    with pytest.raises(InputError, match="needs a reason"):
        judge(store, Decision(*FIRST, "same", "", "nira", "2031-04-01"))
    (store / read_meta(store).articles).unlink()
    gone = CliRunner().invoke(main, ["review", str(store), "--list"])
    assert gone.exit_code == 1 and "Cannot read" in gone.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pty")
def test_it_works_at_a_terminal(folder: Path) -> None:
    import pty

    file = folder.parent / "mine.csv"
    command = [sys.executable, "-m", "sinergi.cli", "review", str(folder), "--reviewer", "nira"]
    command += ["--kind", "person", "--decisions", str(file)]
    answers = [b"s\n", b"one portrait\n", b"q\n"]
    written = b""

    def read(terminal: int) -> bytes:
        nonlocal written
        piece = os.read(terminal, 4096)
        written += piece
        if answers and written.rstrip().endswith((b"[q]uit:", b"]:")):
            written = b""
            os.write(terminal, answers.pop(0))
        return piece

    saved = os.dup(1)
    try:  # pty.spawn copies what it reads to our standard output
        with (folder.parent / "log").open("wb") as log:
            os.dup2(log.fileno(), 1)
            status = pty.spawn(command, read, lambda _: b"")
    finally:
        os.dup2(saved, 1)
        os.close(saved)
    assert os.waitstatus_to_exitcode(status) == 0
    assert [d.judgement for d in read_decisions(file)] == ["same"]


# Which pairs


def doubts(*officials: tuple[str, str, str], decisions: tuple[Decision, ...] = ()) -> list[Doubt]:
    world = [
        Extraction(
            Article(f"a{i}", "", " ".join(f"w{i}{j}" for j in range(40)), "2031-03-05"),
            (Official(name, post, agency),),
        )
        for i, (name, agency, post) in enumerate(officials)
    ]
    return find_doubts(Workings.of(world, Registry.load(), decisions))


def test_near_misses_and_narrow_joins_are_doubtful_and_clear_cases_are_not() -> None:
    near = ("Laras Wening", POLRES, "Kepala"), ("Laras Wening Kinanti", POLRES, "Bendahara")
    (joined,) = doubts(*near)
    assert (joined.rule, joined.decisive) == ("variant-in-one-agency", "different posts there")
    (apart,) = doubts(("Laras", LAPAS, "Kepala"), ("Laras", LAPAS, "Dokter"))
    assert (apart.rule, apart.decisive) == ("", "same agency: " + LAPAS)
    assert not doubts(("Laras Wening", POLRES, "Kepala"), ("Danu Wisesa", POLRES, "Kepala"))
    assert not doubts(("Laras Wening", POLRES, "Kepala"), ("Laras Wening", POLRES, "Ketua"))


def test_agencies_that_differ_in_a_letter_are_doubtful() -> None:
    names = "PT Tirta Kusuma", "PT Tirta Kusama"
    (found,) = doubts(("Laras", names[0], "Direktur"), ("Danu", names[1], "Ketua"))
    assert (found.left, found.right) == (f"agency:{names[1]}", f"agency:{names[0]}")
    assert found.decisive == "one letter differs: kusama, kusuma"


def test_agencies_of_which_one_has_a_word_more_are_doubtful() -> None:
    names = "PT Tirta Kusuma", "PT Tirta Kusuma Abadi"
    (found,) = doubts(("Laras", names[0], "Direktur"), ("Danu", names[1], "Ketua"))
    assert (found.left, found.right) == (f"agency:{names[0]}", f"agency:{names[1]}")


def test_texts_that_are_half_copies_are_doubtful() -> None:
    halves = [[f"{name}{i}" for i in range(50)] for name in "xyz"]
    texts = {"a": halves[0] + halves[1], "b": halves[0] + halves[2], "c": halves[2] * 2}
    world = [
        Extraction(Article(name, f"Title {name}", " ".join(text), "2031-03-05"))
        for name, text in texts.items()
    ]
    workings = Workings.of(world, Registry.load(), ())
    (found,) = find_doubts(workings)
    assert (found.left, found.right, found.rule) == ("article:a", "article:b", "")
    assert (found.score, found.words(1)) == (-2, "48% of the shorter text +4")
    side = sides(workings.extractions, {"article:a"})["article:a"]
    assert (side.name, side.facts) == ("Title a", ("100 words",))
    assert [len(passage.split()) for passage in side.passages] == [25, 25]


def test_what_was_judged_is_not_asked_again() -> None:
    pair = ("Laras", LAPAS, "Kepala"), ("Laras", LAPAS, "Dokter")
    unsure = Decision("person:a1#Laras", "person:a0#Laras", "unsure", "?", "nira", "2031-04-01")
    assert not doubts(*pair, decisions=(unsure,))


def test_the_worthiest_comes_first() -> None:
    often = [("Laras", LAPAS, "Kepala")] * 3 + [("Laras", LAPAS, "Dokter")] * 2
    once = [("Danu", POLRES, "Kepala"), ("Danu", POLRES, "Dokter")]
    assert [d.weight for d in doubts(*once, *often)] == [2, 1]
