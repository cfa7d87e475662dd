"""How well extraction finds what people marked by hand: precision, recall, F1, accuracies.

A gold annotation is a JSON file an article, with `id`, `officials` and `meetings` as
`Extraction.to_json` has them and beside the names the other forms that are as good
(`person_aliases`, `post_aliases`, `organization_aliases`); docs/quality.md has an example. Names
are compared by their words, abbreviations written out (data/evaluation_words.csv): a person's may
differ by a letter or two, of an agency's three in four must agree.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from itertools import combinations
from typing import Any

from sinergi.graph.evaluation.gold import Gold, GoldMeeting, read_gold
from sinergi.graph.evaluation.names import overlap
from sinergi.graph.model import Extraction, Meeting, Official

DIGITS = 4  # of a figure behind the point

SETS = (
    "persons",
    "affiliations",
    "posts",
    "meeting_articles",
    "organizations",
    "pairs",
    "participants",
)
"""What is found or missed: measured by precision, recall and F1."""
SHARES = ("roles", "dates", "kinds", "status")
"""What a thing found has right: measured by accuracy."""

__all__ = [
    "SETS",
    "SHARES",
    "Evaluation",
    "Gold",
    "Group",
    "Mistake",
    "Score",
    "evaluate",
    "evaluate_by",
    "kind",
    "read_gold",
    "site",
]

Group = Callable[[Gold, Extraction | None], str]
"""Names the group that an article belongs to."""

_NUMBER = re.compile(r"[-_. ]*\d")


@dataclass(frozen=True, slots=True)
class Score:
    """One measure. Of SETS it has precision to macro_f1, of SHARES accuracy alone.

    `macro_f1` is the mean over the articles that have anything to find or found.
    """

    gold: int
    predicted: int | None = None
    precision: float | None = None
    recall: float | None = None
    f1: float | None = None
    macro_f1: float | None = None
    accuracy: float | None = None

    @property
    def headline(self) -> float | None:
        """The one figure to compare by: F1, or accuracy."""
        return self.accuracy if self.f1 is None else self.f1

    def to_json(self) -> dict[str, float]:
        """The figures that the measure has."""
        return {name: value for name, value in asdict(self).items() if value is not None}


@dataclass(frozen=True, slots=True)
class Mistake:
    """One difference between gold and extraction.

    `fault` is 'missed' or 'spurious' for SETS, 'wrong' for SHARES; `subject` is what was missed or
    made up, or what has something wrong.
    """

    article: str
    measure: str
    fault: str
    subject: str
    gold: str | None = None
    found: str | None = None

    def to_json(self) -> dict[str, str | None]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Figures over some articles, and what is wrong in each."""

    articles: int
    predicted: int
    scores: Mapping[str, Score]  # by SETS, then SHARES
    mistakes: tuple[Mistake, ...]

    def to_json(self) -> dict[str, Any]:
        """Counts and figures, without the mistakes."""
        scores = {name: score.to_json() for name, score in self.scores.items()}
        return {"articles": self.articles, "predicted": self.predicted, "scores": scores}


@dataclass(slots=True)
class _Tally:
    """Counts of one measure of SETS."""

    right: int = 0
    spurious: int = 0
    missed: int = 0
    f1s: list[float] = field(default_factory=list)

    def add(self, gold: set[Any], found: set[Any]) -> None:
        right, spurious, missed = len(gold & found), len(found - gold), len(gold - found)
        self.right += right
        self.spurious += spurious
        self.missed += missed
        if gold or found:
            self.f1s.append(2 * right / (2 * right + spurious + missed))

    def score(self) -> Score:
        gold, predicted = self.right + self.missed, self.right + self.spurious
        precision = self.right / predicted if predicted else 0.0
        recall = self.right / gold if gold else 0.0
        both = precision + recall
        return Score(
            gold,
            predicted,
            round(precision, DIGITS),
            round(recall, DIGITS),
            round(2 * precision * recall / both, DIGITS) if both else 0.0,
            round(sum(self.f1s) / len(self.f1s), DIGITS) if self.f1s else None,
        )


def evaluate(golds: Iterable[Gold], extractions: Iterable[Extraction]) -> Evaluation:
    """Compare what was extracted with the gold; an article not extracted is missed whole.

    Extractions of articles that have no gold are left out.
    """
    found = {extraction.article.id: extraction for extraction in extractions}
    golds = list(golds)
    tallies = {name: _Tally() for name in SETS}
    shares = {name: [0, 0] for name in SHARES}
    mistakes: list[Mistake] = []
    for gold in golds:
        extraction = found.get(gold.id)
        compared = _Compared(gold, extraction)
        for name, (theirs, ours) in compared.sets().items():
            tallies[name].add(theirs, ours)
            mistakes += _differences(gold.id, name, theirs, ours)
        for name, right, mistake in compared.shares():
            shares[name][0] += right
            shares[name][1] += 1
            if not right:
                mistakes.append(mistake)
    scores = {name: tally.score() for name, tally in tallies.items()} | {
        name: Score(total, accuracy=round(right / total, DIGITS) if total else None)
        for name, (right, total) in shares.items()
    }
    predicted = sum(gold.id in found for gold in golds)
    return Evaluation(len(golds), predicted, scores, tuple(mistakes))


def evaluate_by(
    group: Group,
    golds: Iterable[Gold],
    extractions: Sequence[Extraction],
) -> dict[str, Evaluation]:
    """`evaluate` for each group of articles, by the groups' names."""
    found = {extraction.article.id: extraction for extraction in extractions}
    groups: dict[str, list[Gold]] = {}
    for gold in golds:
        groups.setdefault(group(gold, found.get(gold.id)), []).append(gold)
    return {name: evaluate(groups[name], extractions) for name in sorted(groups)}


def site(gold: Gold, extraction: Extraction | None) -> str:
    """The article's publisher; where it has none, its id up to the number ('justice-04b')."""
    publisher = extraction.article.publisher if extraction else None
    return publisher or _NUMBER.split(gold.id)[0] or "no publisher"


def kind(gold: Gold, extraction: Extraction | None) -> str:
    """The kind of the article's first meeting by its gold."""
    return (gold.meetings[0].kind if gold.meetings else None) or "no meeting"


_Check = tuple[str, bool, Mistake]  # one of SHARES, whether it is right, and if not


class _Compared:
    """One article's gold beside what was extracted, names of the second in terms of the first."""

    def __init__(self, gold: Gold, extraction: Extraction | None) -> None:
        self.gold = gold
        self.officials = extraction.officials if extraction else ()
        self.meetings = extraction.meetings if extraction else ()
        self.parties = [
            {gold.organization(party.organization) for party in meeting.organizations}
            for meeting in self.meetings
        ]

    def sets(self) -> dict[str, tuple[set[Any], set[Any]]]:
        """For each of SETS what there is to find, and what was found."""
        gold, person, agency = self.gold, self.gold.person, self.gold.organization
        return {
            "persons": (
                {o.person for o in gold.officials},
                {person(o.person) for o in self.officials},
            ),
            "affiliations": (
                {(o.person, o.organization) for o in gold.officials if o.organization},
                {
                    (person(o.person), agency(o.organization))
                    for o in self.officials
                    if o.organization
                },
            ),
            "posts": (
                {(o.person, o.post, o.organization) for o in gold.officials},
                {self._post(o) for o in self.officials},
            ),
            "meeting_articles": (
                {"a meeting"} if gold.meetings else set(),
                {"a meeting"} if self.meetings else set(),
            ),
            "organizations": (
                {name for m in gold.meetings for name in m.organizations},
                {name for parties in self.parties for name in parties},
            ),
            "pairs": (
                _pairs(m.organizations for m in gold.meetings),
                _pairs(self.parties),
            ),
            "participants": (
                {(p.person, p.organization) for m in gold.meetings for p in m.participants},
                {
                    (person(p.person), agency(p.organization))
                    for m in self.meetings
                    for p in m.participants
                },
            ),
        }

    def _post(self, official: Official) -> tuple[str | None, ...]:
        """The gold's post that `official` means, else his own."""
        who = self.gold.person(official.person)
        where = self.gold.organization(official.organization)
        fitting = (
            o for o in self.gold.officials
            if o.person == who and o.organization == where and o.accepts(official.post)
        )  # fmt: skip
        best = max(fitting, key=lambda o: overlap(o.post, official.post), default=None)
        if best is None:
            return who, f"?{official.post}", where
        return best.person, best.post, best.organization

    def shares(self) -> Iterator[_Check]:
        """For each thing of the gold that has a day, kind, status or role: whether it is right."""
        free = list(range(len(self.meetings)))
        for meeting in self.gold.meetings:
            wanted = set(meeting.organizations)
            # Each meeting is held against the one that shares most agencies with it.
            best = max(free, key=lambda i: len(wanted & self.parties[i]), default=None)
            if best is not None and wanted & self.parties[best]:
                free.remove(best)
                yield from self._meeting(meeting, self.meetings[best])
            else:
                yield from self._meeting(meeting, None)

    def _meeting(
        self, gold: GoldMeeting, found: Meeting | None
    ) -> Iterator[tuple[str, bool, Mistake]]:
        def check(
            name: str, subject: str, theirs: str | None, ours: str | None
        ) -> tuple[str, bool, Mistake]:
            mistake = Mistake(self.gold.id, name, "wrong", subject, theirs, ours)
            return name, found is not None and ours == theirs, mistake

        title = " + ".join(gold.organizations)
        if gold.date:
            yield check("dates", title, gold.date, found.date if found else None)
        yield check("kinds", title, gold.kind, found.kind if found else None)
        yield check("status", title, gold.status, found.status if found else None)
        participants = found.participants if found else ()
        roles = {self.gold.person(p.person): p.role for p in participants}
        for p in gold.participants:
            yield check("roles", p.person, p.role, roles.get(p.person))


def _pairs(meetings: Iterable[Iterable[str | None]]) -> set[tuple[str, str]]:
    names = (sorted({name for name in meeting if name}) for meeting in meetings)
    return {pair for meeting in names for pair in combinations(meeting, 2)}


def _differences(
    article: str, measure: str, gold: set[Hashable], found: set[Hashable]
) -> Iterator[Mistake]:
    for fault, things in (("missed", gold - found), ("spurious", found - gold)):
        for subject in sorted(map(_subject, things)):
            yield Mistake(article, measure, fault, subject)


def _subject(thing: Hashable) -> str:
    parts = thing if isinstance(thing, tuple) else (thing,)
    return " | ".join("-" if part is None else str(part) for part in parts)
