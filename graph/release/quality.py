"""Quality in the Data Quality Vocabulary (DQV): of the rules, and of this dataset.

What rules find was measured on marked articles (sinergi.graph.quality); such a figure is of the
software, not of the dataset, and says so by dqv:computedOn. How complete the dataset is, is counted
in it.
"""

from __future__ import annotations

from importlib.metadata import version

import pyoxigraph as ox

from sinergi.graph.quality import quality_figures
from sinergi.graph.release.terms import DQV, LDQD, Triples, english, share
from sinergi.graph.results import Source, select
from sinergi.ontology import DCTERMS, RDF, SCHEMA, SKOS, VOCABULARIES, XSD, Iris

_SCORES = {"f1": "F1", "macro_f1": "mean of the articles' F1"}
_SUBJECTS = {
    "extraction": "what is extracted from articles",
    "identity": "which mentions are taken for one",
    "evidence": "whether quotes say what is claimed",
}
# What it is a share of, and what those who count have; of which dimension.
_COMPLETENESS = {
    "meetings.with_day": ("meetings of which the day is known", "?x a sin:Meeting",
                          "schema:startDate"),
    "meetings.with_officials": ("meetings at which somebody is named", "?x a sin:Meeting",
                                "sin:participation/sin:onBehalfOf"),
    "offices.with_post": ("offices of which the post is known", "?x a org:Membership", "sin:post"),
    "articles.with_day": ("articles with a day", "?x a schema:NewsArticle",
                          "schema:datePublished"),
    "articles.with_address": ("articles with an address", "?x a schema:NewsArticle", "schema:url"),
    "participations.with_quote": ("parts in meetings that rest on a quote",
                                  "?x a cv:Participation", "^oa:hasBody"),
    "offices.with_quote": ("offices that rest on a quote", "?x a org:Membership", "^oa:hasBody"),
}  # fmt: skip


def quality_turtle(store: Source, base: str) -> str:
    """quality.ttl: every figure as a dqv:QualityMeasurement with its metric.

    Measurements are named under `base`; those of the dataset are of the graph that the folder
    holds, `base`graph.
    """
    said = Triples()
    software = Iris(base).software(version("sinergi"))
    for figure in quality_figures():
        score, subject = _SCORES.get(figure.score, figure.score), figure.subject.replace("_", " ")
        about = f"{_SUBJECTS[figure.aspect]}: {subject}, {score}"
        node = _measurement(said, base, figure.measure, about, LDQD.semanticAccuracy)
        said.add(node, DQV.computedOn, software)
        said.add(node, DQV.value, share(figure.value))
        said.add(node, DCTERMS.source, ox.Literal(figure.source))
        said.add(
            node, DCTERMS.description, english(f"measured on {figure.articles} marked articles")
        )
    said.add(software, SCHEMA.softwareVersion, ox.Literal(version("sinergi")))
    graph = ox.NamedNode(f"{base}graph")
    for name, (about, pattern, path) in _COMPLETENESS.items():
        query = f"""SELECT (COUNT(DISTINCT ?x) AS ?all) (COUNT(DISTINCT ?y) AS ?these) {{
            {pattern} OPTIONAL {{ ?x {path} ?value BIND(?x AS ?y) }} }}"""
        row = next(iter(select(store, query).dicts()))
        if int(row["all"]):
            measure = f"completeness.{name}"
            node = _measurement(said, base, measure, f"share of {about}", LDQD.completeness)
            said.add(node, DQV.computedOn, graph)
            said.add(node, DQV.value, share(int(row["these"]) / int(row["all"])))
            said.add(node, DCTERMS.description, english(f"{row['these']} of {row['all']}"))
    return said.turtle()


def _measurement(
    said: Triples, base: str, measure: str, about: str, dimension: ox.NamedNode
) -> ox.NamedNode:
    metric = ox.NamedNode(f"{VOCABULARIES}quality/{measure}")
    said.add(metric, RDF.type, DQV.Metric)
    said.add(metric, SKOS.prefLabel, english(about))
    said.add(metric, DQV.expectedDataType, XSD.decimal)
    said.add(metric, DQV.inDimension, dimension)
    node = ox.NamedNode(f"{base}quality/{measure}")
    said.add(node, RDF.type, DQV.QualityMeasurement)
    said.add(node, DQV.isMeasurementOf, metric)
    return node
