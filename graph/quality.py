"""How well this version of the rules was measured to work: the rows of data/quality.csv.

`make quality` writes them, from the marked articles of docs/quality.md. A page and a release state
the same figures.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib import resources
from io import StringIO


@dataclass(frozen=True, slots=True)
class QualityFigure:
    """One measured figure, from 0 to 1.

    `aspect` is what was measured: 'extraction' against marks, 'identity' of mentions across
    articles, 'evidence', whether quotes say what is claimed. `subject` is of what ('persons',
    'pairs'), `score` which figure: 'precision', 'recall', 'f1', 'macro_f1', 'accuracy'.
    """

    aspect: str
    subject: str
    score: str
    value: float
    articles: int  # measured on
    source: str  # the page that says how, and the command that measures

    @property
    def measure(self) -> str:
        """Its name, 'extraction.persons.f1'."""
        return f"{self.aspect}.{self.subject}.{self.score}"


@cache
def quality_figures() -> tuple[QualityFigure, ...]:
    """Every figure, in the order of the file."""
    text = resources.files("sinergi.data").joinpath("quality.csv").read_text("utf-8")
    return tuple(_figure(row) for row in csv.DictReader(StringIO(text)))


def _figure(row: dict[str, str]) -> QualityFigure:
    aspect, subject, score = row["measure"].split(".")
    value, articles = float(row["value"]), int(row["articles"])
    return QualityFigure(aspect, subject, score, value, articles, row["source"])
