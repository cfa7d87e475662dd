"""What a run of the rules over mentions of persons depended on.

Two mentions *met* if a rule held for clusters of them, whether it then joined these or not. A set
of mentions that met no other comes out the same whatever else there is: the rules decide on a
cluster by those for which they hold, and by nothing else. So only sets that hold something new
have to be run again, with those that may meet them now: the ones for which a rule would look
under a same key.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable
from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple

from sinergi.graph.resolution.mentions import Cluster, Id
from sinergi.graph.resolution.rules import WITHIN_ARTICLE, Rule


class Closed(NamedTuple):
    """Clusters that met no other, and the keys under which rules have looked for them."""

    clusters: list[Cluster]
    keys: set[int]

    @property
    def ids(self) -> Iterable[Id]:
        """Their mentions."""
        return ((m.article, m.name) for cluster in self.clusters for m in cluster.mentions)


class Trace:
    """Hears which clusters meet, and under which keys rules look for them.

    With `across` clusters of several articles stand before the rule of one article: decisions
    have made them. Without, an article is no key, as all of its mentions come together.
    """

    def __init__(self, across: bool = False) -> None:
        self._across = across
        self._least: dict[Id, Id] = {}

    def looked(self, cluster: Cluster, rule: Rule, keys: Iterable[Hashable]) -> None:
        """A rule looks for a cluster under these keys."""
        name = rule.blocks.__name__
        if name in cluster.looked or (rule is WITHIN_ARTICLE and not self._across):
            return
        cluster.looked += (name,)
        cluster.keys.update(_number(name, key) for key in keys)

    def met(self, *ids: Id) -> None:
        """Clusters with these first mentions have met."""
        least = self._find(ids[0])
        for id in ids[1:]:
            other = self._find(id)
            if least != other:
                least, other = sorted((least, other))
                self._least[other] = least

    def closed(self, clusters: Iterable[Cluster]) -> list[Closed]:
        """The clusters that a run has left, by which of them met."""
        clusters = list(clusters)
        for cluster in clusters:
            self.met(*((m.article, m.name) for m in cluster.mentions))
        found: dict[Id, Closed] = defaultdict(lambda: Closed([], set()))
        for cluster in clusters:
            home = found[self._find(cluster.order)]
            home.clusters.append(cluster)
            home.keys.update(cluster.keys)
        return list(found.values())

    def _find(self, id: Id) -> Id:
        least = self._least
        while (above := least.get(id, id)) != id:
            least[id] = least.get(above, above)
            id = above
        return id


@lru_cache(maxsize=1 << 16)
def _number(rule: str, key: Hashable) -> int:
    """A key of a rule in 64 bits; should two ever have one, some mentions are run in vain."""
    digest = blake2b(repr((rule, key)).encode("utf-8", "surrogatepass"), digest_size=8)
    return int.from_bytes(digest.digest(), "big", signed=True)
