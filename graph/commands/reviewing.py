"""The command in which people judge doubtful pairs."""

from __future__ import annotations

import getpass
import textwrap
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sinergi.graph.commands.shared import (
    DECISIONS,
    Given,
    Place,
    reads_articles,
    say,
    store_at,
    width,
)
from sinergi.graph.results import plain

if TYPE_CHECKING:
    from sinergi.graph.model import Decision, Extraction
    from sinergi.graph.resolution.doubts import Doubt
    from sinergi.graph.resolution.sides import Side
    from sinergi.graph.suppression import Suppressor

ANSWERS = {"s": "same", "d": "different", "u": "unsure", "n": "next", "b": "back", "q": "quit"}
QUESTION = "[s]ame [d]ifferent [u]nsure [n]ext [b]ack [q]uit"
NARROW = 60  # columns below which the sides stand one under the other


@click.command()
@reads_articles
@DECISIONS
@click.option("--reviewer", default=None, metavar="NAME", help="Who decides; by default you.")
@click.option(
    "--kind",
    type=click.Choice(["agency", "article", "meeting", "person"]),
    help="Only pairs of this kind.",
)
@click.option(
    "--accept-above",
    type=int,
    metavar="SCORE",
    help="Judge all pairs of a higher score the same, without asking.",
)
@click.option("--list", "listing", is_flag=True, help="List the pairs and ask nothing.")
def review(
    given: Given,
    decisions: Path | None,
    reviewer: str | None,
    kind: str | None,
    accept_above: int | None,
    listing: bool,
) -> None:
    """Judge pairs of which it is doubtful whether they are one.

    Near misses and narrow joins of officials, agencies, meetings and copies of a release, those
    first on whose answer most hangs; both sides with their passages, and what speaks for one or
    for two. A score of 0 is the line from which such pairs are mostly one. Each answer is kept at
    once, so you may quit at any time; 'back' withdraws the last answer and asks again.

    PATH is articles as for `sinergi build`, and answers are lines of the file of decisions; or a
    store, alone. Then the judgements are those that the store remembers, and it remembers the
    answers: its graph follows them when it is next written, as by `sinergi optimize --rebuild`.
    With --decisions they go into FILE instead, and a new FILE begins with those remembered; do so
    for a store made by `sinergi build`, which goes by the file alone.

    \b
        sinergi review news
        sinergi review articles/
        sinergi review articles/ --kind person --accept-above 2 --reviewer nira
    """
    from sinergi.graph.model import Decision
    from sinergi.graph.resolution import Workings, resolve
    from sinergi.graph.resolution.doubts import find_doubts
    from sinergi.graph.resolution.sides import sides

    reviewed = _of_store(given, decisions) or _of_articles(given, decisions)
    stated, dropped = reviewed.suppressor.apart(reviewed.stated)
    judged = reviewed.judged
    if reviewed.suppressor:
        resolution = resolve(stated, given.registry, judged)
        hidden = reviewed.suppressor.of(resolution, dropped)
        stated = [hidden.extraction(extraction, rename=False) for extraction in stated]
        judged = hidden.decisions(judged)
    workings = Workings.of(stated, given.registry, judged)
    for refusal in workings.resolution.refusals:
        say(f"no effect: {refusal.decision.left} and {refusal.decision.right}: {refusal.why}")
    doubts = [d for d in find_doubts(workings) if kind in (None, d.kind)]
    if listing:
        click.echo("score\tanswer\tleft\tright\tfor\tagainst")
        for d in doubts:
            now = d.rule or "apart"
            cells = (f"{d.score:+}", now, d.left, d.right, d.words(1), d.words(-1))
            click.echo("\t".join(map(plain, cells)))
        return

    who = reviewer or getpass.getuser()
    made = 0

    def record(doubt: Doubt, judgement: str, reason: str) -> Decision:
        today = date.today().isoformat()
        decision = Decision(doubt.left, doubt.right, judgement, reason, who, today)
        reviewed.keep(decision)
        return decision

    if accept_above is not None:
        accepted = [d for d in doubts if d.score > accept_above]
        for doubt in accepted:
            record(doubt, "same", f"accepted above {accept_above}: {doubt.words(1)}")
        made += len(accepted)
        pairs = _count(len(accepted), "pair")
        click.echo(f"{pairs} above {accept_above} judged the same", err=True)
        doubts = [d for d in doubts if d.score <= accept_above]

    texts = sides(workings.extractions, {m for d in doubts for m in (d.left, d.right)})
    given_answers: list[tuple[int, Decision]] = []
    position = 0
    while position < len(doubts):
        doubt = doubts[position]
        click.echo(f"\n{position + 1:,} of {len(doubts):,}: {_question(doubt)}")
        for line in _lines(doubt, texts[doubt.left], texts[doubt.right], width() or 80):
            click.echo(line)
        answer = _ask()
        if answer == "quit":
            break
        if answer == "back":
            if not given_answers:
                click.echo("there is no answer to take back")
                continue
            position, last = given_answers.pop()
            reviewed.keep(replace(last, judgement="withdrawn"))
            made -= 1
            continue
        if answer != "next":
            reason = _ask_reason(doubt.decisive)
            if reason is None:
                break
            given_answers.append((position, record(doubt, answer, reason)))
            made += 1
        position += 1
    left = _count(len(doubts) - position, "pair")
    click.echo(f"{_count(made, 'decision')} in {reviewed.place}; {left} left", err=True)


@dataclass(frozen=True, slots=True)
class _Reviewed:
    """What articles state, what was judged before, and how and where an answer is kept."""

    stated: Iterable[Extraction]
    judged: Sequence[Decision]
    keep: Callable[[Decision], None]
    place: Path | str
    suppressor: Suppressor


def _of_articles(given: Given, decisions: Path | None) -> _Reviewed:
    from sinergi.graph.pipeline import decided
    from sinergi.graph.resolution import append_decision, beside

    file = decisions or beside(given.inputs[0])
    judged = decided(given.inputs, decisions if decisions and decisions.exists() else None)
    keep = partial(append_decision, file)
    return _Reviewed(given.stated(), judged, keep, file, given.suppressor())


def _of_store(given: Given, decisions: Path | None) -> _Reviewed | None:
    """None where no store is given."""
    from sinergi.graph.derivation import BASE, judge, remembered
    from sinergi.graph.resolution import append_decision, read_decisions
    from sinergi.graph.store import is_address
    from sinergi.graph.store.folder import META
    from sinergi.graph.store.remote.client import without_password
    from sinergi.graph.store.writing import articles_at
    from sinergi.graph.suppression import Suppressor, read_suppressions
    from sinergi.ontology import DEFAULT_BASE, Iris

    places: list[Place] = [
        path if is_address(path) else store_at(Path(path)) for path in given.inputs
    ]
    if not any(isinstance(place, str) or (place / META).exists() for place in places):
        return None
    if len(places) > 1:
        raise click.UsageError("A store is reviewed alone.")
    (place,) = places
    with articles_at(place) as articles:
        stated = [extraction for extraction, _ in articles.extractions()]
        said = remembered(articles)
        iris = Iris(articles.get(BASE) or DEFAULT_BASE)
    judged = said.decisions
    suppressor = Suppressor(
        read_suppressions(given.suppressions) if given.suppressions else said.suppressions, iris
    )
    if decisions is None:
        return _Reviewed(stated, judged, partial(judge, place), without_password(place), suppressor)

    def keep(decision: Decision) -> None:
        for item in (decision,) if decisions.exists() else (*judged, decision):
            append_decision(decisions, item)

    known = read_decisions(decisions) if decisions.exists() else judged
    return _Reviewed(stated, known, keep, decisions, suppressor)


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'s' * (number != 1)}"


def _ask() -> str:
    """One of the values of ANSWERS; the end of input is 'quit'."""
    while True:
        try:
            text = click.prompt(QUESTION, default="", show_default=False)
        except click.Abort:
            return "quit"
        if answer := ANSWERS.get(text.strip().lower()[:1]):
            return answer
        click.echo("one letter of these, please")


def _ask_reason(default: str) -> str | None:
    try:
        return str(click.prompt("reason", default=default))
    except click.Abort:
        return None


def _question(doubt: Doubt) -> str:
    now = f"joined by the rule '{doubt.rule.replace('-', ' ')}'" if doubt.rule else "kept apart"
    hangs = _count(doubt.weight, "mention")
    what = "release" if doubt.kind == "article" else doubt.kind
    return f"one {what} or two? now {now}; score {doubt.score:+}, {hangs}"


def _lines(doubt: Doubt, left: Side, right: Side, columns: int) -> Iterator[str]:
    """The two sides, next to each other where there is room, and what weighs."""
    if columns < NARROW:
        yield from (*_side(left, columns), "", *_side(right, columns))
    else:
        half = (columns - 3) // 2
        for one, other in zip_longest(_side(left, half), _side(right, half), fillvalue=""):
            yield f"{one:{half}} | {other}".rstrip()
    for heading, words in (
        ("for one", doubt.words(1)),
        ("for two", doubt.words(-1)),
        ("decisive", doubt.decisive),
    ):
        if words:
            yield from _wrapped(f"{heading}: {words}", columns, "")


def _side(side: Side, columns: int) -> list[str]:
    lines = _wrapped(side.name, columns, "")
    for fact in side.facts:
        lines += _wrapped(fact, columns, "  ")
    for passage in side.passages:
        lines += _wrapped(f"“{passage}”", columns, "    ")
    return [*lines, *_wrapped(side.source, columns, "      ")]


def _wrapped(text: str, columns: int, indent: str) -> list[str]:
    return textwrap.wrap(
        plain(text), columns, initial_indent=indent, subsequent_indent=indent + " "
    )
