"""Words that no table has whole: telescoped names of regional offices, and of their posts.

'Disparbudpora' is a kind of agency as 'Dispora' is, and 'Kadisparbudpora' the post of who heads it.
"""

from __future__ import annotations

from sinergi.graph.registry import Registry
from sinergi.graph.registry.coined import PREFIXES, office, part_of_office
from sinergi.graph.registry.institutions import AgencyKind
from sinergi.graph.registry.names import normal
from sinergi.graph.registry.people import Post

# What such a word is from; the tables name a decree or the press.
SOURCE = "segments.csv"
# How posts in such offices begin: 'Kadisparbud', 'Sekdisparbud'.
_POSTS = {"ka": ("Kepala", True), "sek": ("Sekretaris", False)}
# 'Wakabaintelkam', 'Wadandenpom': who stands in for the holder of a post that a table has.
_DEPUTY = "wa"
_DEPUTIES = ("waka", "wadan", "wadir")
POST_BEGINNINGS = tuple(opening + prefix for opening in _POSTS for prefix in PREFIXES) + _DEPUTIES


class CoinedWords:
    """Reads single words, in lower case, by the syllables that they are made of."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._names = {
            normal(form): (kind, head)
            for kind in registry.kinds.values()
            if kind.scope == "region"
            for form, head in kind.heads.items()
        }
        # By the parts of a list, whatever joins them.
        self._lists = {_unjoined(form): found for form, found in self._names.items()}
        self._seen: dict[str, tuple[AgencyKind, str] | None] = {}

    def kind(self, word: str) -> tuple[AgencyKind, str] | None:
        """The kind of agency that a word names, and what such agencies' names begin with."""
        if not word.startswith(tuple(PREFIXES)):
            return None
        if word not in self._seen:
            self._seen[word] = self._kind(word)
        return self._seen[word]

    def _kind(self, word: str) -> tuple[AgencyKind, str] | None:
        registry = self._registry
        if word in registry.language.common:
            return None
        key, what = office(word, registry.segments)
        if not key or key not in registry.kinds:
            return None
        name = f"{registry.kinds[key].name} {what}"
        return self._lists.get(_unjoined(normal(name)), (registry.kinds[key], name))

    def post(self, word: str) -> Post | None:
        """The post that a word names: 'Kadisparbud', 'Sekdisparbud'."""
        if word.startswith(_DEPUTIES):
            rows = self._registry.people.posts.get(word.removeprefix(_DEPUTY), ())
            if rows and rows[0].head:
                return Post(word, f"Wakil {rows[0].post}", rows[0].kinds, False, SOURCE)
        for opening, (title, head) in _POSTS.items():
            if word.startswith(opening):
                found = self._office(word[len(opening) :])
                if found is not None:
                    return Post(word, title, (found[0].key,), head, SOURCE)
        return None

    def stem(self, word: str) -> str:
        """What the name of the agency begins with that such a post is in; '' for other words."""
        for opening in _POSTS:
            found = self._office(word[len(opening) :]) if word.startswith(opening) else None
            if found is not None:
                return found[1]
        return ""

    def _office(self, word: str) -> tuple[AgencyKind, str] | None:
        """An agency by the short name of it that a post is made with; 'Dinas' alone is none."""
        if not word.startswith(tuple(PREFIXES)) or word in {*PREFIXES, *PREFIXES.values()}:
            return None
        return self._names.get(word) or self.kind(word)

    def part(self, word: str) -> str:
        """What 'Perkimhub' behind 'Dinas' stands for; '' for other words."""
        common = word in self._registry.language.common
        return "" if common else part_of_office(word, self._registry.segments)


def _unjoined(name: str) -> str:
    """The words of a name without what joins them."""
    return " ".join(word for word in name.split() if word not in ("dan", "serta"))
