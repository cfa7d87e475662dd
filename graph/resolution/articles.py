"""Copies of one release: articles that share most of their text.

Syndicated copies change the title and the dateline, drop sentences at the end or swap two. Their
runs of words stay. Each article is sketched by the smallest hashes of its runs (MinHash with one
hash function, 'bottom-k'); articles with a hash in common are then compared exactly.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import combinations, pairwise
from typing import TypeVar
from zlib import crc32

from sinergi.graph.model import Article
from sinergi.graph.resolution.decisions import Pair, article_mention
from sinergi.graph.resolution.names import fold
from sinergi.graph.resolution.partition import Partition

T = TypeVar("T")

RUN = 4
"""Words to a run: long enough that set phrases of the trade ('menyampaikan terima kasih kepada')
weigh little."""

SKETCH = 24
"""Hashes kept of an article. Two that share half of their runs miss one another once in 2 ** 24,
two that share a fifth once in 200."""

COPY = 0.6
"""Part of the shorter article's runs that a copy has. Second reports of one event by another
writer share under .2, copies with a sentence or two cut keep over .8."""

COPY_SPAN = 31
"""Days within which copies appear: a text of the same wording a year later is another event's,
written from the old one."""

SHORTEST = 30
"""Runs below which an article is too short to be called a copy."""

BOILERPLATE = 50
"""A run in more sketches is a house phrase or of a release that went everywhere: each article is
compared with its neighbor only, which finds the second and does not pay the square."""


@dataclass(frozen=True, slots=True)
class Copies:
    """`first` tells for each article that has a copy the id of the first of its group; `near` the
    pairs that were compared, as decisions write them, with the share of runs in common."""

    first: dict[str, str]
    near: list[tuple[str, str, float]]


def near_duplicates(
    articles: Iterable[Article], same: Iterable[Pair] = (), different: Iterable[Pair] = ()
) -> Copies:
    """Which articles are copies of one release.

    First is the earliest published; where days are equal or missing, the least id. Copies of
    copies are in one group. Pairs that people judged `same` or `different` go before the texts.
    """
    ordered = sorted(articles, key=place)
    runs = lru_cache(maxsize=4096)(runs_of)
    found: list[tuple[float, int, int]] = []
    for i, j in sorted(candidates(sketch(runs(article.text)) for article in ordered)):
        share = in_common(ordered[i], ordered[j], runs)
        if share is not None:
            found.append((share, i, j))
    ids = [article.id for article in ordered]
    compared = [
        (*sorted((article_mention(ids[i]), article_mention(ids[j]))), share)
        for share, i, j in found
    ]
    return Copies(first_copies(ids, found, same, different), compared)  # type: ignore[arg-type]


def first_copies(
    ids: Sequence[str],
    pairs: Iterable[tuple[float, int, int]],
    same: Iterable[Pair] = (),
    different: Iterable[Pair] = (),
) -> dict[str, str]:
    """Article id -> that of the first of its group, of those that have a copy.

    `ids` are in the order of `place`, `pairs` say what part two of them have in common. Judgements
    of articles that are not among them have no effect.
    """
    number_of = {article_mention(id): number for number, id in enumerate(ids)}

    def judged(pairs: Iterable[Pair]) -> list[tuple[int, int]]:
        known = sorted(pair for pair in pairs if number_of.keys() >= {*pair})
        return [(number_of[left], number_of[right]) for left, right in known]

    copies = Partition(len(ids), judged(different))
    for i, j in judged(same):
        copies.join(i, j)
    for share, i, j in sorted(pairs, key=lambda pair: (-pair[0], pair)):
        if share >= COPY:
            copies.join(i, j)
    return {
        ids[number]: ids[group[0]] for group in copies.sets() if len(group) > 1 for number in group
    }


def place(article: Article) -> tuple[str, str]:
    """Where an article stands among others: the first of copies is the one that they copy."""
    return (article.published or "9999", article.id)


def sketch(runs: frozenset[int]) -> list[int]:
    """The hashes by which copies are looked for; none of a short article."""
    return sorted(runs)[:SKETCH] if len(runs) >= SHORTEST else []


def candidates(sketches: Iterable[Sequence[int]]) -> set[tuple[int, int]]:
    """Pairs of numbers to compare, by the sketches in the order of their articles."""
    buckets: dict[int, list[int]] = defaultdict(list)
    for number, hashes in enumerate(sketches):
        for value in hashes:
            buckets[value].append(number)
    return {pair for bucket in buckets.values() for pair in pairs_of(bucket)}


def pairs_of(bucket: Sequence[T]) -> Iterable[tuple[T, T]]:
    """Which of those that share a hash are compared; they come in their order."""
    return combinations(bucket, 2) if len(bucket) <= BOILERPLATE else pairwise(bucket)


def in_common(a: Article, b: Article, runs: Callable[[str], frozenset[int]]) -> float | None:
    """Part of the shorter article's runs that the other has; None if a copy would be nearer."""
    if not near(a.published, b.published):
        return None
    return share(runs(a.text), runs(b.text))


def near(one: str | None, other: str | None) -> bool:
    """Whether copies may have appeared on these days."""
    if not one or not other:
        return True
    return abs(date.fromisoformat(one) - date.fromisoformat(other)).days <= COPY_SPAN


def share(one: frozenset[int], other: frozenset[int]) -> float:
    """Part of the shorter text's runs that the other has."""
    return len(one & other) / min(len(one), len(other))


def runs_of(text: str) -> frozenset[int]:
    """Hashes of the runs of words of a text."""
    words = fold(text).encode().split()
    return frozenset(crc32(b" ".join(words[i : i + RUN])) for i in range(len(words) - RUN + 1))
