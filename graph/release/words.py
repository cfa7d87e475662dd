"""What a release says to people: README.md, CITATION.cff and LICENSE."""

from __future__ import annotations

import json

from sinergi.graph.quality import quality_figures
from sinergi.graph.release.about import Described

_QUOTES = (
    "Quotes and headlines are those of the articles that they cite and link to; whoever uses more "
    "than a quotation of them needs leave of the outlet."
)


def license_text(described: Described) -> str:
    """LICENSE: the terms, and what they do not cover."""
    return f"""{described.title}
Version {described.version}, {described.date}
By {"; ".join(described.creators)}

This dataset is released under {described.terms} ({described.license}):
{described.license_url}

The license is of the selection, arrangement and description of the facts. {_QUOTES}
"""


def citation(described: Described) -> str:
    """CITATION.cff, in the Citation File Format 1.2.0; JSON strings are YAML as well."""
    lines = [
        "cff-version: 1.2.0",
        "message: If you use this dataset, please cite it as below.",
        "type: dataset",
        f"title: {_quoted(described.title)}",
        f"abstract: {_quoted(described.text)}",
        "authors:",
        *(f"  - name: {_quoted(name)}" for name in described.creators),
        f"version: {_quoted(described.version)}",
        f"date-released: {_quoted(described.date)}",
    ]
    if described.license != described.license_url:  # an SPDX identifier
        lines.append(f"license: {described.license}")
    else:
        lines.append(f"license-url: {_quoted(described.license_url)}")
    identifiers = [("other", f"sha256:{described.content}", "The content hash")]
    if described.url:
        doi = described.url.partition("doi.org/")[2]
        lines.append(f"doi: {doi}" if doi else f"url: {_quoted(described.url)}")
    lines.append("identifiers:")
    for kind, value, about in identifiers:
        lines += [
            f"  - type: {kind}",
            f"    value: {_quoted(value)}",
            f"    description: {about}",
        ]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def readme(described: Described, suppressed: int) -> str:
    """README.md: what it is, how good, how to cite and check it."""
    counts = "".join(f"| {name} | {number:,} |\n" for name, number in described.counts.items())
    figures = {figure.measure: figure for figure in quality_figures()}
    told = "".join(
        f"| {about} | {figures[name].value:.2f} | {figures[name].articles} |\n"
        for name, about in _HEADLINES.items()
        if name in figures
    )
    made = ", ".join(f"{name} {value[:12]}" for name, value in described.made_by.items())
    where = f" {described.url}" if described.url else ""
    return f"""# {described.title}

{described.text}

Version {described.version}, {described.date}. Derived by {made or "sinergi"}.

## To cite

> {"; ".join(described.creators)} ({described.date[:4]}). *{described.title}*, version
> {described.version} [data set].{where}
> sha256:{described.content}

`CITATION.cff` has the same for programs.

## What is in it

| | |
|---|---:|
{counts}
- `graph.trig`: the graph, RDF 1.1 TriG, one named graph an article
- `tables/`: the same as CSV tables; `tables/datapackage.json` says what each column holds
- `network.html`: the network as a page that opens in any browser, offline too
- `decisions.csv`: judgements of people on who is who that are in force
- `suppressions.csv`: what was left out on request, without names ({suppressed} lines)
- `ontology/`: terms, concept schemes, SHACL shapes, JSON-LD context
- `quality.ttl`, `dataset.ttl`, `ro-crate-metadata.json`: quality (DQV), description (DCAT, VoID),
  and both for archives (RO-Crate)

It has quotes of articles and links to them, not their texts.

## How good it is

| measured | | on articles |
|---|---:|---:|
{told}
The figures are of the rules that read the articles, measured on articles marked by hand, not of
this dataset; a report read rightly may itself be wrong. `quality.ttl` has all of them, and how
complete this dataset is.

## To check it

    sha256sum -c SHA256SUMS      # every file of the dataset
    sha256sum SHA256SUMS         # is the content hash: {described.content}

`sinergi diff` tells what changed between two releases.

## Terms

{described.terms}: {described.license_url}. {_QUOTES}

Whoever is named here and objects can have it corrected, or be left out of the next version: write
to whoever published this one.
"""


_HEADLINES = {
    "extraction.persons.f1": "officials found (F1)",
    "extraction.posts.f1": "their posts and agencies (F1)",
    "extraction.organizations.f1": "institutions at meetings (F1)",
    "extraction.pairs.macro_f1": "pairs of institutions that met (macro F1)",
    "extraction.dates.accuracy": "days of meetings (accuracy)",
    "identity.persons.f1": "who is who among officials (B-cubed F1)",
    "identity.meetings.f1": "which reports are of one meeting (B-cubed F1)",
    "evidence.quotes.precision": "quotes that say what is claimed (precision)",
}
