"""Disjoint sets of numbers. The least member stands for its set, in whatever order they join."""

from __future__ import annotations

from collections import defaultdict


class Partition:
    """The numbers below `size`, each alone at first."""

    def __init__(self, size: int) -> None:
        self._parent = list(range(size))

    def find(self, member: int) -> int:
        """The least member of the set that `member` is in."""
        while self._parent[member] != member:
            self._parent[member] = self._parent[self._parent[member]]
            member = self._parent[member]
        return member

    def join(self, left: int, right: int) -> int:
        """Make one set of the two; its least member."""
        least, other = sorted((self.find(left), self.find(right)))
        self._parent[other] = least
        return least

    def sets(self) -> list[list[int]]:
        """All sets, each sorted, by their least member."""
        found: dict[int, list[int]] = defaultdict(list)
        for member in range(len(self._parent)):
            found[self.find(member)].append(member)
        return list(found.values())
