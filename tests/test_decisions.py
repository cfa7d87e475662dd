"""Judgements of people: their file, effect and contradictions. All persons are invented."""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Triple

from sinergi.cli import main
from sinergi.graph.errors import InputError
from sinergi.graph.model import (
    Article,
    Decision,
    Extraction,
    Meeting,
    Official,
    Participation,
    Party,
    Resolution,
    Span,
    Topic,
)
from sinergi.graph.rdf import identity_quads
from sinergi.graph.registry import Registry
from sinergi.graph.resolution import append_decision, read_decisions, resolve
from sinergi.graph.resolution.decisions import COLUMNS
from sinergi.ontology import SCHEMA, SKOS, Iris

Run = Callable[..., Resolution]

LAPAS, POLRES = "Lapas Kelas IIB Wanatirta", "Polres Wanatirta"
LARAS_A, LARAS_B = "person:a#Laras Wening", "person:b#Laras Wening"


@pytest.fixture(scope="session")
def run() -> Run:
    registry = Registry.load()

    def run(*given: Extraction | Decision) -> Resolution:
        decisions = [item for item in given if isinstance(item, Decision)]
        return resolve([e for e in given if isinstance(e, Extraction)], registry, decisions)

    return run


def article(
    name: str, person: str, agency: str, post: str = "Kepala", *meetings: Meeting
) -> Extraction:
    officials = (Official(person, post, agency),)
    return Extraction(
        Article(name, name, " ".join(f"{name}{i}" for i in range(40)), "2031-03-05"),
        officials,
        meetings,
    )


def meeting(start: int, *topics: str) -> Meeting:
    people = {"Danu Wisesa": POLRES, "Sekar Arum": LAPAS}
    return Meeting(
        "audiensi",
        "held",
        tuple(Party(agency) for agency in sorted(people.values())),
        "2031-03-04",
        participants=tuple(Participation(p, agency, "attendee") for p, agency in people.items()),
        topics=tuple(Topic(topic) for topic in topics),
        spans=(Span(start, start + 1, "x"),),
    )


def decide(
    left: str, right: str, judgement: str, reviewer: str = "nira", reason: str = "we asked"
) -> Decision:
    return Decision(left, right, judgement, reason, reviewer, "2031-04-01")


def persons(resolution: Resolution) -> list[list[str]]:
    """The articles of each person."""
    found: dict[str, list[str]] = {}
    for name, links in sorted(resolution.links.items()):
        for key in links.persons.values():
            found.setdefault(key, []).append(name)
    return sorted(found.values())


# What a decision does


def test_different_parts_what_the_rules_join_and_same_joins_what_they_do_not(run: Run) -> None:
    one = [article("a", "Laras Wening", LAPAS), article("b", "Laras Wening", LAPAS)]
    assert persons(run(*one)) == [["a", "b"]]
    assert persons(run(*one, decide(LARAS_A, LARAS_B, "different"))) == [["a"], ["b"]]
    two = [one[0], article("b", "Laras Wening", POLRES)]
    assert persons(run(*two)) == [["a"], ["b"]]
    joined = run(*two, decide(LARAS_B, LARAS_A, "same"))
    assert persons(joined) == [["a", "b"]]
    (join,) = joined.joins
    assert (join.rule, join.why) == ("decision", "we asked")
    assert persons(run(*two, decide(LARAS_A, LARAS_B, "unsure"))) == [["a"], ["b"]]


def test_a_decision_goes_before_an_article_that_names_both(run: Run) -> None:
    both = replace(
        article("a", "Laras Wening", LAPAS, "Bendahara"),
        officials=(
            Official("Laras Wening", "Bendahara", LAPAS),
            Official("L. W. Kinanti", "Sekretaris", LAPAS),
        ),
    )
    assert len(run(both).persons) == 2
    same = decide("person:a#Laras Wening", "person:a#L. W. Kinanti", "same")
    assert len(run(both, same).persons) == 1


def test_where_a_name_is_of_two_people_the_post_says_whose_it_is(run: Run) -> None:
    world = [
        article("a", "Laras Wening", LAPAS, "Bendahara"),
        article("b", "Laras Wening", LAPAS, "Dokter"),
        article("c", "Laras Wening", LAPAS, "Dokter"),
        article("d", "Laras Wening", LAPAS, "Anggota"),
    ]
    parted = run(*world, decide(LARAS_A, LARAS_B, "different"))
    assert persons(parted) == [["a"], ["b", "c"], ["d"]]


def test_decisions_on_agencies(run: Run) -> None:
    short, full = "Lapas Wanatirta", LAPAS
    world = [article("a", "Laras Wening", short), article("b", "Danu Wisesa", full)]
    apart = decide(f"agency:{short}", f"agency:{full}", "different")
    assert [len(run(*world, *d).agencies) for d in ([], [apart])] == [1, 2]
    names = [article("a", "Laras Wening", "PT Tirta Wana"), article("b", "Danu Wisesa", "PT Wana")]
    same = decide("agency:PT Wana", "agency:PT Tirta Wana", "same")
    assert [len(run(*names, *d).agencies) for d in ([], [same])] == [2, 1]


def test_decisions_on_meetings(run: Run) -> None:
    def reports(*topics: str) -> list[Extraction]:
        return [
            article(f"m{i}", "Laras Wening", LAPAS, "Kepala", meeting(7, topic))
            for i, topic in enumerate(topics)
        ]

    left, right = "meeting:m0@7", "meeting:m1@7"
    one, two = reports("patroli", "patroli"), reports("patroli", "bibit")
    for world, decision, before, after in (
        (one, decide(left, right, "different"), 1, 2),
        (two, decide(left, right, "same"), 2, 1),
    ):
        for told, count in ((world, before), ([*world, decision], after)):
            links = run(*told).links
            assert len({links["m0"].meetings, links["m1"].meetings}) == count
    twice = replace(one[0], meetings=(meeting(7, "patroli"), meeting(7, "bibit")))
    both = run(twice, decide("meeting:m0@7", "meeting:m0@7.2", "same"))
    assert len(set(both.links["m0"].meetings)) == 1


def test_decisions_on_copies_of_a_release(run: Run) -> None:
    text = " ".join(f"w{i}" for i in range(60))
    texts = {"a": text, "b": text, "c": f"{text} dan lagi", "d": "lain " * 9}
    world = [Extraction(Article(name, "", body, "2031-03-05")) for name, body in texts.items()]
    assert run(*world).duplicates == {"a": "a", "b": "a", "c": "a"}
    different = decide("article:b", "article:a", "different")
    apart = run(*world, different)
    assert apart.duplicates == {"a": "a", "c": "a"}, "nor is what is like both in one group"
    assert apart.decisions == {different: ("a", "b")}
    same = decide("article:d", "article:b", "same")
    assert run(*world, different, same).duplicates == {"a": "a", "b": "b", "c": "a", "d": "b"}
    circle = run(*world, different, same, decide("article:a", "article:d", "same"))
    assert len(circle.refusals) == 3 and circle.duplicates == run(*world).duplicates
    about = {
        (quad.predicate, quad.object)
        for quad in identity_quads(apart)
        if quad.subject.value.startswith(Iris().base + "decision/")
    }
    assert {(SCHEMA.about, Iris().article(name)) for name in "ab"} <= about


def test_what_may_be_one_is_a_candidate_until_somebody_decides(run: Run) -> None:
    world = [
        article(name, "Laras", LAPAS, post)
        for name, post in (("a", "Kepala"), ("b", "Dokter"), ("c", "Kepala"))
    ]
    found = run(*world, article("d", "Danu Wisesa", POLRES))
    (candidate,) = found.candidates
    assert [candidate.one, candidate.other] == sorted(found.persons)[1:]
    assert (candidate.left, candidate.right) == ("person:a#Laras", "person:b#Laras")
    assert (candidate.score, candidate.why) == (
        -3, f"for one: same name +1, same agency: {LAPAS} +2; for two: different posts there -1"
    )  # fmt: skip
    one, other = (Iris().person(key) for key in (candidate.one, candidate.other))
    linked = {q.triple for q in identity_quads(found) if q.predicate == SKOS.closeMatch}
    assert linked == {Triple(one, SKOS.closeMatch, other), Triple(other, SKOS.closeMatch, one)}
    # Who judges any two of their mentions has judged them.
    pair = "person:c#Laras", "person:b#Laras"
    assert run(*world, decide(*pair, "unsure")).candidates == found.candidates
    assert not run(*world, decide(*pair, "different")).candidates
    assert not run(*world, decide(*pair, "same")).candidates
    contradicted = run(*world, decide(*pair, "same"), decide(*pair, "different", "bayu"))
    assert contradicted.candidates == found.candidates


# Which are in force

TWO = (article("a", "Laras Wening", LAPAS), article("b", "Laras Wening", POLRES))


def test_reviewers_who_contradict_each_other_are_reported_and_not_chosen_from(run: Run) -> None:
    same, different = (
        decide(LARAS_A, LARAS_B, "same"),
        decide(LARAS_B, LARAS_A, "different", "bayu"),
    )
    found = run(*TWO, same, different)
    assert found.joins == () and not found.decisions
    assert {refusal.decision for refusal in found.refusals} == {same, different}
    assert "bayu says different (we asked); nira says same" in found.refusals[0].why


def test_the_last_word_of_a_reviewer_stands(run: Run) -> None:
    same = decide(LARAS_A, LARAS_B, "same")
    for last in ("different", "withdrawn", "unsure"):
        found = run(*TWO, same, replace(same, judgement=last))
        assert persons(found) == [["a"], ["b"]]
        assert not found.refusals
        assert len(found.decisions) == (last != "withdrawn")


def test_a_circle_is_a_contradiction(run: Run) -> None:
    third = article("c", "Laras Wening", "PT Tirta Wana")
    other = article("d", "Laras Wening", "PT Wana Tirta")
    c, d = "person:c#Laras Wening", "person:d#Laras Wening"
    circle = [
        decide(LARAS_A, LARAS_B, "same"),
        decide(LARAS_B, c, "same"),
        decide(LARAS_A, c, "different"),
    ]
    found = run(*TWO, third, other, *circle, decide(c, d, "different"))
    assert persons(found) == [["a"], ["b"], ["c"], ["d"]]
    assert sorted(refusal.decision for refusal in found.refusals) == sorted(circle)
    assert [d.right for d in found.decisions] == [d]


def test_the_registry_joins_agencies_before_decisions_do(run: Run) -> None:
    names = ("Polres Wonosobo", "Kepolisian Resor Wonosobo", "PT Tirta Wana")
    world = [article(f"a{i}", "Laras Wening", name) for i, name in enumerate(names)]
    one, other, company = (f"agency:{name}" for name in names)
    found = run(*world, decide(one, other, "different"))
    assert len(found.agencies) == 2
    assert "the registry holds both names" in found.refusals[0].why
    # Two decisions that only the registry makes contradict each other.
    found = run(*world, decide(one, company, "same"), decide(other, company, "different"))
    assert len(found.agencies) == 2
    assert len(found.refusals) == 2


def test_a_decision_waits_for_its_article(run: Run) -> None:
    same = decide(LARAS_A, "person:later#Laras Wening", "same")
    found = run(*TWO, same)
    assert [r.why for r in found.refusals] == ["no article has person:later#Laras Wening"]
    later = run(*TWO, article("later", "Laras Wening", "PT Tirta Wana"), same)
    assert persons(later) == [["a", "later"], ["b"]] and not later.refusals


@settings(deadline=None, max_examples=60)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["Laras Wening", "Laras R. Wening", "Laras"]),
            st.sampled_from([LAPAS, POLRES, "PT Tirta Wana"]),
            st.sampled_from(["Kepala", "Ketua"]),
        ),
        min_size=2,
        max_size=6,
    ),
    st.lists(
        st.tuples(
            st.integers(0, 5),
            st.integers(0, 5),
            st.sampled_from(["same", "different", "unsure"]),
            st.sampled_from(["nira", "bayu"]),
        ),
        max_size=6,
    ),
    st.randoms(use_true_random=False),
)
def test_decisions_hold_in_whatever_order_things_come(
    run: Run,
    people: list[tuple[str, str, str]],
    judged: list[tuple[int, int, str, str]],
    rng: random.Random,
) -> None:
    world = [article(f"a{i}", *person) for i, person in enumerate(people)]
    mention = [f"person:a{i}#{name}" for i, (name, _, _) in enumerate(people)]
    # One word of each reviewer on each pair, as the order of his words does count.
    said = {
        (i, j, who): decide(mention[i], mention[j], what, who)
        for i, j, what, who in judged
        if i < j < len(people)
    }
    everything = [*world, *said.values()]
    found = run(*everything)
    assert found == run(*rng.sample(everything, len(everything)))
    key = {m: found.links[f"a{i}"].persons[people[i][0]] for i, m in enumerate(mention)}
    for decision in found.decisions:
        one = key[decision.left] == key[decision.right]
        assert decision.judgement == "unsure" or one == (decision.judgement == "same")
    in_force = len(found.decisions) + len(found.refusals)
    assert in_force == len(said)
    assert found.joins == run(*everything).joins
    assert identity_quads(found) == identity_quads(run(*reversed(everything)))


# The file


def test_a_file_grows_and_keeps_what_it_had(tmp_path: Path) -> None:
    path = tmp_path / "decisions.csv"
    first = decide(LARAS_A, LARAS_B, "same", reason='one "Laras",\n  as the office says')
    append_decision(path, first)
    before = path.read_text("utf-8")
    path.write_text(before.rstrip("\n"), "utf-8")  # an editor may leave the last line open
    second = decide(LARAS_A, LARAS_B, "withdrawn")
    append_decision(path, second)
    assert path.read_text("utf-8").startswith(before)
    assert before.count("\n") == 2, "a decision is one line, which git can merge"
    plain = replace(first, reason='one "Laras", as the office says')
    assert read_decisions(path) == [plain, second]
    path.write_text(before + before, "utf-8")  # two branches, each with a header
    assert read_decisions(path) == [plain, plain]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("<<<<<<< HEAD", "line 2: a decision is left,right,"),
        (f"{LARAS_A},{LARAS_B},perhaps,why,nira,2031-04-01", "'perhaps' is no judgement"),
        (f"{LARAS_A},agency:Polres,same,why,nira,2031-04-01", "two mentions of one kind"),
        (f"{LARAS_A},{LARAS_A},same,why,nira,2031-04-01", "two mentions of one kind"),
        (f"{LARAS_A},{LARAS_B},same,,nira,2031-04-01", "needs a reason and a reviewer"),
        (f"{LARAS_A},{LARAS_B},same,why,nira,1 April", "'1 April' is no day"),
    ],
)
def test_a_line_that_is_no_decision_is_named(tmp_path: Path, line: str, message: str) -> None:
    path = tmp_path / "decisions.csv"
    path.write_text(f"{','.join(COLUMNS)}\n{line}\n", "utf-8")
    with pytest.raises(InputError, match=message):
        read_decisions(path)


# Through a build

NEWS = {
    "a": "Wonosobo - Kapolres Wonosobo AKBP Laras Wening menerima kunjungan Kepala Lapas Kelas IIB "
    "Wonosobo, Danu Wisesa, di Mapolres Wonosobo, Senin (3/3/2031). Keduanya membahas patroli.",
    "b": "Wonosobo - Kapolres Wonosobo AKBP Laras Wening bertemu Bupati Wonosobo, Sekar Arum, di "
    "Pendopo Kabupaten Wonosobo, Selasa (4/3/2031). Keduanya membahas bibit.",
}


def test_withdrawing_a_decision_restores_the_graph_to_the_byte(tmp_path: Path) -> None:
    news, out, file = tmp_path / "news", tmp_path / "out", tmp_path / "decisions.csv"
    news.mkdir()
    for name, text in NEWS.items():
        object_ = {"id": name, "title": name, "text": text, "published": "2031-03-05"}
        (news / f"{name}.json").write_text(json.dumps(object_), "utf-8")

    def quads() -> str:
        built = CliRunner().invoke(main, ["build", str(news), "-o", str(out)])
        assert built.exit_code == 0, built.output
        exported = CliRunner().invoke(main, ["export", str(out), "--format", "nquads"])
        return exported.output

    before = quads()
    assert before.count("/foaf/0.1/Person>") == 3
    decision = decide(LARAS_A, LARAS_B, "different", reason="mother and daughter")
    append_decision(file, decision)  # beside the input, where it is looked for
    decided = quads()
    assert decided.count("/foaf/0.1/Person>") == 4
    assert '"mother and daughter"' in decided
    report = json.loads((out / "report.json").read_text("utf-8"))
    assert (report["decisions"], report["refusals"]) == (1, [])
    append_decision(file, replace(decision, judgement="withdrawn"))
    assert quads() == before
    file.unlink()
    assert quads() == before


def test_a_build_says_which_decisions_have_no_effect(tmp_path: Path) -> None:
    news, file = tmp_path / "a.json", tmp_path / "mine.csv"
    news.write_text(json.dumps({"id": "a", "title": "a", "text": NEWS["a"]}), "utf-8")
    with file.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerow(
            ("agency:Polri", "agency:TNI", "same", "?", "nira", "2031-01-01")
        )
    command = ["build", str(news), "-o", str(tmp_path / "out"), "--decisions", str(file)]
    built = CliRunner().invoke(main, command)
    assert built.exit_code == 0
    assert "1 decisions without effect" in built.stderr
    assert "no article has agency:Polri or agency:TNI" in built.stderr
    resolved = CliRunner().invoke(main, ["resolve", str(news), "--decisions", str(file)])
    assert "sinergi: no effect: agency:Polri and agency:TNI" in resolved.stderr
