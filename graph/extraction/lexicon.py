"""The registry's tables as phrases that can be found in a tokenized text.

Matching is by whole tokens, longest phrase first, in time independent of the number of phrases.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Generic, NamedTuple, TypeVar

from sinergi.graph.extraction.text import Document, words_of
from sinergi.graph.model import Article
from sinergi.graph.registry import Registry
from sinergi.graph.registry.institutions import AgencyKind, Institution, Region
from sinergi.graph.registry.people import Post, PostHead, PostModifier, Rank, Unit

T = TypeVar("T")

# A short form in capitals ('PN', 'BI', 'MA') is an ordinary syllable in lower case.
MAX_STRICT_LETTERS = 5


class Hit(NamedTuple, Generic[T]):
    """A phrase found: tokens up to `end` (exclusive) and what the phrase may stand for."""

    end: int
    values: tuple[T, ...]


class KindForm(NamedTuple):
    """A form of a kind of agency, and what the names of its agencies begin with."""

    kind: AgencyKind
    head: str


class Phrases(Generic[T]):
    """Phrases, each with what it may mean."""

    def __init__(self, rows: Iterable[tuple[str, T]]) -> None:
        grouped: dict[tuple[str, ...], list[tuple[T, bool]]] = {}
        for form, value in rows:
            words = words_of(form)
            if not words:
                continue
            letters = form.replace(".", "")
            strict = letters.isalpha() and letters.isupper() and len(letters) <= MAX_STRICT_LETTERS
            grouped.setdefault(tuple(words), []).append((value, strict))
        self._index: dict[str, list[tuple[tuple[str, ...], tuple[T, ...], tuple[T, ...]]]] = {}
        for words_, meanings in grouped.items():
            every = tuple(v for v, _ in meanings)
            anyhow = tuple(v for v, strict in meanings if not strict)
            self._index.setdefault(words_[0], []).append((words_[1:], every, anyhow))
        for phrases in self._index.values():
            phrases.sort(key=lambda p: (-len(p[0]), p[0]))

    def at(self, doc: Document, i: int) -> Hit[T] | None:
        """The longest phrase that starts at token i, or None."""
        return next(self.each(doc, i), None)

    def each(self, doc: Document, i: int) -> Iterator[Hit[T]]:
        """All phrases that start at token i, longest first."""
        phrases = self._index.get(doc.keys[i])
        if phrases is None:
            return
        keys, after, n = doc.keys, doc.after, len(doc.keys)
        for rest, values, anyhow in phrases:
            j = after[i]
            for word in rest:
                # 'Kantor Wilayah (Kanwil) Kementerian X' is one name.
                if j < n and keys[j] == "(" and word != "(" and j in doc.past_bracket:
                    j = doc.past_bracket[j]
                if j >= n or keys[j] != word:
                    break
                j = after[j]
            else:
                found = values if doc.words[i].isupper() else anyhow
                if found:
                    yield Hit(j, found)


class Lexicon:
    """All phrases of one registry."""

    def __init__(self, registry: Registry) -> None:
        people = registry.people
        self.registry = registry
        self.posts: Phrases[Post] = Phrases(
            (row.form, row) for rows in people.posts.values() for row in rows
        )
        self.heads: Phrases[PostHead] = Phrases((r.form, r) for r in people.post_heads.values())
        self.modifiers: Phrases[PostModifier] = Phrases(
            (row.form, row) for row in people.post_modifiers.values()
        )
        self.units: Phrases[Unit] = Phrases(
            (row.form, row) for rows in people.units.values() for row in rows
        )
        self.ranks: Phrases[Rank] = Phrases((row.form, row) for row in people.ranks.values())
        self.corps: Phrases[str] = Phrases((r.form, r.form) for r in people.corps.values())
        self.honorifics: Phrases[str] = Phrases(
            (row.form, row.form) for row in people.honorifics.values()
        )
        self.prefix_degrees = frozenset(
            f for f, row in people.degrees.items() if "prefix" in row.positions
        )
        self.suffix_degrees = {
            f: row.ambiguous for f, row in people.degrees.items() if "suffix" in row.positions
        }
        self.kinds: Phrases[KindForm] = Phrases(
            (form, KindForm(kind, head))
            for kind in registry.kinds.values()
            for form, head in kind.heads.items()
        )
        self.agencies: Phrases[Institution] = Phrases(
            (form, agency)
            for agency in registry.agencies.values()
            for form in (agency.name, *agency.aliases)
        )
        # 'Kodam Pattimura': bodies of a kind that the registry knows by their names.
        self.bodies = frozenset(
            form.casefold()
            for body in registry.agencies.values()
            for form in (body.name, *body.aliases)
        )
        self.regions: Phrases[Region] = Phrases(
            (form, region)
            for region in registry.regions.values()
            if region.kind != "kecamatan"
            for form in (region.name, *region.aliases)
        )
        self.districts: Phrases[Region] = Phrases(
            (form, region)
            for region in registry.regions.values()
            if region.kind == "kecamatan"
            for form in (region.name, *region.aliases)
        )
        self.language = registry.language
        self.common = registry.language.common
        self.words = registry.language.words
        self.cues: Phrases[str] = Phrases((row.form, row.cue) for row in registry.language.cues)
        self.meeting_words: Phrases[tuple[str, float]] = Phrases(
            (row.form, (row.kind, row.weight)) for row in registry.language.meeting_words
        )
        self.unit_words = frozenset(
            word
            for text in (
                *(kind.name for kind in registry.kinds.values() if kind.scope == "region"),
                *(row.unit for rows in people.units.values() for row in rows),
                *(body.name for body in registry.agencies.values() if body.kind == "kementerian"),
            )
            for word in words_of(text)
            if len(word) > 2
        )

    def expand_post(self, form: str) -> str | None:
        """What the registry takes a short form of a post for, without its agency."""
        doc = Document(Article("", "", form))
        if not len(doc):
            return None
        exact = self.posts.at(doc, 0)
        if exact and exact.end >= len(doc):
            return exact.values[0].post
        return None

    def body_of(self, form: str) -> str | None:
        """The name of the single body that a form stands for."""
        doc = Document(Article("", "", form))
        body = self.agencies.at(doc, 0) if len(doc) else None
        return body.values[0].name if body and body.end >= len(doc) else None

    def expand_agency(self, form: str) -> str | None:
        """What the registry takes a short form of an agency for."""
        if body := self.body_of(form):
            return body
        doc = Document(Article("", "", form))
        if not len(doc):
            return None
        kind = self.kinds.at(doc, 0)
        if kind and kind.end >= len(doc):
            return kind.values[0].kind.full
        return None


# Deverbal nouns name tasks and units ('Pencegahan', 'Keamanan'), hardly ever persons.
_NOMINAL = re.compile(
    r"(?:pe|per|ke)\w{3,}an|\w{3,}(?:asi|tif|nomi|logi|isme)|\w{4,}(?:ensi|ansi|usi|isi|itas|nya)"
)


def is_nominal(key: str) -> bool:
    """Whether a lower-case word has the shape of a noun made from a verb or a learned noun."""
    return _NOMINAL.fullmatch(key) is not None


_made: dict[str, Lexicon] = {}


def lexicon_of(registry: Registry) -> Lexicon:
    """The lexicon of a registry, made once for each version of the tables."""
    if registry.version not in _made:
        _made[registry.version] = Lexicon(registry)
    return _made[registry.version]
