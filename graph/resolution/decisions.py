"""Judgements that people made of doubtful pairs: the file they stand in, and which are in force.

The file is CSV and only grows: every line is one judgement, of one reviewer, of one pair. Of one
reviewer's judgements of a pair the last stands. Where judgements contradict one another none of
them has effect: each comes back as a Refusal, for people to settle.
"""

from __future__ import annotations

import csv
import io
import os
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import astuple, fields, replace
from datetime import date
from itertools import chain
from pathlib import Path
from types import MappingProxyType

from sinergi.graph.errors import InputError
from sinergi.graph.model import Decision, Extraction, Refusal

COLUMNS = tuple(field.name for field in fields(Decision))
JUDGEMENTS = ("same", "different", "unsure", "withdrawn")
KINDS = ("agency", "article", "meeting", "person")
FILE_NAME = "decisions.csv"

Pair = tuple[str, str]
"""Two mentions, sorted."""


# Mentions


def person_mention(article: str, name: str) -> str:
    """How a decision writes the person whom `article` calls `name`."""
    return f"person:{article}#{name}"


def agency_mention(name: str) -> str:
    """How a decision writes the agency that articles call `name`."""
    return f"agency:{name}"


def article_mention(article: str) -> str:
    """How a decision writes an article, of which it says whether it is a copy of another."""
    return f"article:{article}"


def meeting_mentions(extraction: Extraction) -> list[str]:
    """How decisions write the meetings of an article, in its order.

    The text does not change, so a better extraction leaves the place where a meeting's first
    passage starts; a second meeting that starts there is written '@START.2'.
    """
    found: list[str] = []
    seen: dict[int, int] = defaultdict(int)
    for meeting in extraction.meetings:
        start = min((span.start for span in meeting.spans), default=0)
        seen[start] += 1
        number = f".{seen[start]}" if seen[start] > 1 else ""
        found.append(f"meeting:{extraction.article.id}@{start}{number}")
    return found


# The file


def beside(first_input: str | Path) -> Path:
    """Where the decisions on inputs are looked for: in the folder that the first stands in."""
    return Path(os.path.abspath(first_input)).parent / FILE_NAME


def read_decisions(path: Path) -> list[Decision]:
    """The decisions of a file, in its order; InputError names the line that is none."""
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            f"cannot read the decisions in '{path}' ({error}); give a CSV file in UTF-8"
        ) from None
    rows = csv.reader(io.StringIO(text))
    return [
        _decision(row, f"{path}, line {rows.line_num}")
        for row in rows
        if row and tuple(row) != COLUMNS  # a merge may repeat the header
    ]


def checked(decision: Decision) -> Decision:
    """A new decision with its reason on one line; InputError says why it is none."""
    one_line = replace(decision, reason=" ".join(decision.reason.split()))
    return _decision(astuple(one_line), "the new decision")


def append_decision(path: Path, decision: Decision) -> None:
    """Add one line to the file, and the header if it is new. Raises InputError if it cannot."""
    one_line = checked(decision)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    try:
        before = path.read_bytes() if path.exists() else b""
        if not before:
            writer.writerow(COLUMNS)
        elif not before.endswith(b"\n"):
            out.write("\n")
        writer.writerow(astuple(one_line))
        with path.open("a", encoding="utf-8", newline="") as stream:
            stream.write(out.getvalue())
    except OSError as error:
        raise InputError(f"cannot write the decision to '{path}' ({error.strerror})") from None


def _decision(row: Collection[str], where: str) -> Decision:
    if len(row) != len(COLUMNS):
        raise InputError(f"{where}: a decision is {','.join(COLUMNS)}; there are {len(row)} cells")
    found = Decision(*(cell.strip() for cell in row))
    if found.judgement not in JUDGEMENTS:
        raise InputError(
            f"{where}: '{found.judgement}' is no judgement; write one of {', '.join(JUDGEMENTS)}"
        )
    kinds = {mention.partition(":")[0] for mention in (found.left, found.right)}
    if len(kinds) != 1 or not kinds <= set(KINDS) or found.left == found.right:
        raise InputError(
            f"{where}: left and right are two mentions of one kind, like "
            "person:ARTICLE#NAME, agency:NAME, meeting:ARTICLE@START or article:ARTICLE"
        )
    if not found.reason or not found.reviewer:
        raise InputError(f"{where}: a decision needs a reason and a reviewer")
    try:
        date.fromisoformat(found.date)
    except ValueError:
        raise InputError(f"{where}: '{found.date}' is no day like 2025-05-19") from None
    return found


# What is in force


class Judgements:
    """The decisions in force, and those that have no effect, with the reason.

    `known` are the mentions that the articles have; a decision on others waits for its article.
    `registry` gives the mentions of agencies that the registry knows, and as which one.
    """

    def __init__(
        self,
        decisions: Iterable[Decision],
        known: Collection[str],
        registry: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self.refusals: list[Refusal] = []
        self._registry = registry
        by_pair: dict[Pair, list[Decision]] = defaultdict(list)
        for decision in _last_words(decisions):
            missing = [m for m in (decision.left, decision.right) if m not in known]
            if missing:
                self._refuse([decision], f"no article has {' or '.join(missing)}")
            elif decision.judgement == "different" and self._one(*pair_of(decision)):
                why = "the registry holds both names for one agency; mend its tables (--registry)"
                self._refuse([decision], why)
            else:
                by_pair[pair_of(decision)].append(decision)
        for pair, said in list(by_pair.items()):
            if len({d.judgement for d in said} - {"unsure"}) > 1:
                self._refuse(by_pair.pop(pair), f"reviewers contradict each other: {_who(said)}")
        self._refuse_circles(by_pair)
        self.decisions = sorted(chain.from_iterable(by_pair.values()))

    def pairs(self, kind: str, judgement: str) -> dict[Pair, str]:
        """The pairs of one kind so judged, and the reason that was given first."""
        return {
            pair_of(d): d.reason
            for d in reversed(self.decisions)
            if d.judgement == judgement and d.left.startswith(f"{kind}:")
        }

    def judged(self) -> set[Pair]:
        """The pairs on which anyone has given a judgement that stands, in force or not."""
        return {pair_of(d) for d in (*self.decisions, *(r.decision for r in self.refusals))}

    def _refuse(self, decisions: Iterable[Decision], why: str) -> None:
        self.refusals += (Refusal(decision, why) for decision in decisions)

    def _one(self, left: str, right: str) -> bool:
        return self._registry.get(left, left) == self._registry.get(right, right)

    def _refuse_circles(self, by_pair: dict[Pair, list[Decision]]) -> None:
        """A pair that is different, but the same by way of others: none of them stands."""
        judged = {pair: {d.judgement for d in said} for pair, said in by_pair.items()}
        same = sorted(pair for pair, words in judged.items() if "same" in words)
        registry = self._registry
        known = sorted((m, registry[m]) for pair in judged for m in pair if m in registry)
        group = _groups([*same, *known])
        broken = {
            group[left]: (left, right)
            for (left, right), words in sorted(judged.items())
            if "different" in words and left in group and group[left] == group.get(right)
        }
        for pair, words in judged.items():
            home = group.get(pair[0])
            inside = home is not None and home == group.get(pair[1])
            if inside and home in broken and words & {"same", "different"}:
                left, right = broken[home]
                self._refuse(
                    by_pair.pop(pair),
                    f"decisions contradict each other: together they make {left} the same as "
                    f"{right}, and one says that they are different",
                )


def pair_of(decision: Decision) -> Pair:
    """What is judged, whichever side was written first."""
    left, right = sorted((decision.left, decision.right))
    return left, right


def _last_words(decisions: Iterable[Decision]) -> Iterator[Decision]:
    """Each reviewer's last judgement of each pair, unless it was taken back."""
    last = {(pair_of(d), d.reviewer.casefold()): d for d in decisions}
    return (d for _, d in sorted(last.items()) if d.judgement != "withdrawn")


def _who(said: Iterable[Decision]) -> str:
    return "; ".join(
        f"{d.reviewer} says {d.judgement} ({d.reason})"
        for d in sorted(said, key=lambda d: (d.reviewer, d))
    )


def _groups(pairs: Iterable[Pair]) -> Mapping[str, str]:
    """Mention -> the least of all that `pairs` connect it with."""
    least: dict[str, str] = {}
    members: dict[str, list[str]] = {}
    for pair in pairs:
        roots = sorted({least.setdefault(mention, mention) for mention in pair})
        joined = [m for root in roots for m in members.pop(root, [root])]
        members[roots[0]] = joined
        least.update(dict.fromkeys(joined, roots[0]))
    return least
