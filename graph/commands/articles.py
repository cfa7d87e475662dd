"""Commands that read articles."""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from typing import TextIO

import click

from sinergi.graph.commands.shared import (
    DECISIONS,
    FOLDER,
    SCHEDULER,
    Given,
    choice,
    reads_articles,
    say,
    trace,
    width,
)
from sinergi.graph.errors import InputError


@click.command()
@reads_articles
@click.option("-o", "--out", type=FOLDER, required=True, metavar="OUT", help="Where to write.")
@click.option("--base", metavar="IRI", help="How the IRIs of things begin.")
@DECISIONS
@SCHEDULER
def build(
    given: Given, out: Path, base: str | None, decisions: Path | None, scheduler: str | None
) -> None:
    """Make the graph of articles.

    Writes OUT/store, OUT/graph.trig, OUT/network.html and OUT/report.json. PATH is a file (.txt
    .html .htm .json .jsonl .csv), a folder or .zip of these, or '-' for standard input. What cannot
    be read costs only itself: it is listed, and the exit code is 3.

    \b
        sinergi build articles/ more.zip -o out
        sinergi build news.csv --column text=isi --column published=tanggal -o out
    """
    from sinergi.graph.pipeline import build as run
    from sinergi.graph.report import ProgressLine
    from sinergi.ontology import DEFAULT_BASE

    write = sys.stderr.write if sys.stderr.isatty() else lambda text: None
    with ProgressLine(write, time.monotonic) as progress:
        report = run(
            given.inputs, out, registry=given.registry, columns=given.columns, strict=given.strict,
            jobs=given.jobs, scheduler=scheduler, progress=progress, base=base or DEFAULT_BASE,
            stdin=sys.stdin.buffer, decisions=decisions, suppressions=given.suppressions,
        )  # fmt: skip
    click.echo(report.summary(), err=True)
    for item in report.rejected:
        trace(item)
    given.rejected = len(report.rejected)


@click.command()
@reads_articles
@click.option("--id", "id_", metavar="ID", help="Only the article with this id.")
@click.option("--rules", is_flag=True, help="Say, too, which words and rows of tables led to it.")
@click.option("--html", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
              help="Write a page instead, one that opens anywhere.")  # fmt: skip
def explain(given: Given, id_: str | None, rules: bool, html: Path | None) -> None:
    """Show articles with everything that is read in them marked.

    Each span has a number, and a note that names what it states: an official, a post, an agency's
    or a person's part in a meeting, a day, a place, a topic, an agreement, a statement, a gloss.

    \b
        sinergi explain article.txt
        sinergi explain news.jsonl --id release-12 --rules --html release-12.html
    """
    from sinergi.graph import explanation

    found = (
        explanation.explain(item, rules=rules, registry=given.registry)
        for item in given.extractions()
        if id_ in (None, item.article.id)
    )
    shown = 0
    if html is not None:
        pages = list(found)
        shown = len(pages)
        if shown:
            explanation.write_page(pages, html)
    else:
        color = sys.stdout.isatty() and "NO_COLOR" not in os.environ
        for item in found:
            shown += 1
            text = explanation.render_text(item, width=width() or 100, color=color)
            click.echo(("\n" if shown > 1 else "") + text, nl=False)
    if id_ is not None and not shown:
        raise InputError(f"no article has the id '{id_}'; `sinergi extract` lists the ids")


@click.command()
@reads_articles
@choice("--format", "jsonl", "json", "table", help="For programs or for people.")
def extract(given: Given, format_: str) -> None:
    """Print what each article states.

    Officials with post, rank, degrees and agency; meetings with kind, day, place, parties, topics
    and agreement; statements; each with the span of text it rests on. Nothing is resolved across
    articles here.

    \b
        sinergi extract article.txt --format table
        sinergi extract news.jsonl > extracted.jsonl
    """
    from sinergi.graph.report import write_tables

    found = given.extractions()
    if format_ == "table":
        write_tables(found, sys.stdout, width=width())
    elif format_ == "json":
        objects = [extraction.to_json() for extraction in found]
        click.echo(json.dumps(objects, ensure_ascii=False, indent=2))
    else:
        for extraction in found:
            click.echo(json.dumps(extraction.to_json(), ensure_ascii=False))


@click.command()
@click.argument("gold", type=click.Path(exists=True, path_type=Path), metavar="GOLD")
@reads_articles
@choice("--by", "site", "kind", help="Group the articles by publisher or by the kind of meeting.")
@click.option("--errors", is_flag=True, help="List what was missed, made up or is wrong.")
@choice("--format", "table", "json", help="For people or for programs.")
def evaluate(given: Given, gold: Path, by_: str, errors: bool, format_: str) -> None:
    """Measure extraction against marks made by hand.

    GOLD is a folder of annotations, one JSON file an article; PATH has the articles. Precision,
    recall and F1 of what is found, accuracies of roles, days, kinds and status, over all and by
    group; docs/quality.md explains them.

    \b
        sinergi evaluate gold/ articles.jsonl
        sinergi evaluate gold/ articles.jsonl --errors --format json
    """
    from sinergi.graph import evaluation
    from sinergi.graph.report import write_evaluation

    golds = evaluation.read_gold(gold)
    found = list(given.extractions())
    overall = evaluation.evaluate(golds, found)
    groups = evaluation.evaluate_by(getattr(evaluation, by_), golds, found)
    if format_ == "table":
        write_evaluation(overall, groups, sys.stdout, mistakes=errors, width=width())
    else:
        figures = overall.to_json()
        figures["groups"] = {name: group.to_json() for name, group in groups.items()}
        if errors:
            figures["errors"] = [mistake.to_json() for mistake in overall.mistakes]
        click.echo(json.dumps(figures, ensure_ascii=False, indent=2))


@click.command()
@reads_articles
@click.option("--clusters", type=click.File("w", encoding="utf-8", lazy=True), default="-",
              metavar="FILE", help="Where to write; standard output without it.")  # fmt: skip
@DECISIONS
def resolve(given: Given, clusters: TextIO, decisions: Path | None) -> None:
    """Print which mentions are one person, agency or meeting.

    JSON: every group lists its mentions as [article id, name], of meetings [article id, index];
    `joins` says why they are one.

    \b
        sinergi resolve news.jsonl --clusters clusters.json
    """
    from sinergi.graph import resolution
    from sinergi.graph.pipeline import decided

    judged, suppressor = decided(given.inputs, decisions), given.suppressor()
    stated, dropped = suppressor.apart(given.stated())
    resolved = resolution.resolve(stated, given.registry, judged)
    hidden = suppressor.of(resolved, dropped)
    extractions, resolved = [hidden.extraction(e) for e in stated], hidden.resolution(resolved)
    for refusal in resolved.refusals:
        say(f"no effect: {refusal.decision.left} and {refusal.decision.right}: {refusal.why}")
    groups = resolution.clusters(resolved, extractions)
    clusters.write(json.dumps(groups, ensure_ascii=False, indent=1) + "\n")
