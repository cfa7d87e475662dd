"""Disjoint sets of numbers. The least member stands for its set, in whatever order they join."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable


class Partition:
    """The numbers below `size`, each alone at first; pairs that are `apart` stay so."""

    def __init__(self, size: int, apart: Iterable[tuple[int, int]] = ()) -> None:
        self._parent = list(range(size))
        self._apart: dict[int, set[int]] = defaultdict(set)  # by the least member of a set
        for left, right in apart:
            self._apart[left].add(right)
            self._apart[right].add(left)

    def find(self, member: int) -> int:
        """The least member of the set that `member` is in."""
        while self._parent[member] != member:
            self._parent[member] = self._parent[self._parent[member]]
            member = self._parent[member]
        return member

    def join(self, left: int, right: int) -> int:
        """Make one set of the two, unless a pair of theirs is apart; the least member of left's."""
        least, other = sorted((self.find(left), self.find(right)))
        if least == other or other in map(self.find, self._apart.get(least, ())):
            return self.find(left)
        self._parent[other] = least
        if other in self._apart:
            self._apart[least] |= self._apart.pop(other)
        return least

    def sets(self) -> list[list[int]]:
        """All sets, each sorted, by their least member."""
        found: dict[int, list[int]] = defaultdict(list)
        for member in range(len(self._parent)):
            found[self.find(member)].append(member)
        return list(found.values())
