"""The registry's tables as phrases that can be found in a tokenized text.

Matching is by whole tokens, longest phrase first, in time independent of the number of phrases.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Generic, NamedTuple, TypeVar

from sinergi.graph.extraction.coined import POST_BEGINNINGS, CoinedWords
from sinergi.graph.extraction.text import Document, words_of
from sinergi.graph.model import Article
from sinergi.graph.registry import Registry
from sinergi.graph.registry.coined import PREFIXES
from sinergi.graph.registry.institutions import AGENCY_PREFIX, AgencyKind, Institution, Region
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


@dataclass(frozen=True, slots=True)
class _Phrase(Generic[T]):
    """The words behind the first, and what they mean: in capitals, and written anyhow."""

    rest: tuple[str, ...]
    values: tuple[T, ...]
    anyhow: tuple[T, ...]

    def end(self, doc: Document, i: int) -> int:
        """The token behind the phrase that begins at token i, or 0 if it does not."""
        keys, after, n = doc.keys, doc.after, len(doc.keys)
        j = after[i]
        for word in self.rest:
            # 'Kantor Wilayah (Kanwil) Kementerian X' is one name.
            if j < n and keys[j] == "(" and word != "(" and j in doc.past_bracket:
                j = doc.past_bracket[j]
            if j >= n or keys[j] != word:
                return 0
            j = after[j]
        return j


class Phrases(Generic[T]):
    """Phrases, each with what it may mean.

    `coined` says what a word means that is no phrase of a table; all such words begin with
    one of `beginnings`.
    """

    def __init__(
        self,
        rows: Iterable[tuple[str, T]],
        coined: Callable[[str], T | None] | None = None,
        beginnings: tuple[str, ...] = (),
    ) -> None:
        self._coined, self._beginnings = coined, beginnings
        grouped: dict[tuple[str, ...], list[tuple[T, bool]]] = {}
        for form, value in rows:
            words = words_of(form)
            if not words:
                continue
            letters = form.replace(".", "")
            strict = letters.isalpha() and letters.isupper() and len(letters) <= MAX_STRICT_LETTERS
            grouped.setdefault(tuple(words), []).append((value, strict))
        # First word -> what it means alone, and longer phrases by their second word.
        self._index: dict[str, tuple[_Phrase[T] | None, dict[str, list[_Phrase[T]]]]] = {}
        for words_, meanings in sorted(grouped.items(), key=lambda g: (-len(g[0]), g[0])):
            every = tuple(v for v, _ in meanings)
            anyhow = tuple(v for v, strict in meanings if not strict)
            phrase = _Phrase(words_[1:], every, anyhow)
            single, longer = self._index.get(words_[0], (None, {}))
            if phrase.rest:
                longer.setdefault(phrase.rest[0], []).append(phrase)
            else:
                single = phrase
            self._index[words_[0]] = single, longer

    @property
    def openers(self) -> frozenset[str]:
        """The first words of all phrases."""
        return frozenset(self._index)

    def at(self, doc: Document, i: int) -> Hit[T] | None:
        """The longest phrase that starts at token i, or None."""
        key, coined = doc.keys[i], self._beginnings
        if key not in self._index and not (coined and key.startswith(coined)):
            return None  # nearly always, and cheaper than a generator
        return next(self.each(doc, i), None)

    def each(self, doc: Document, i: int) -> Iterator[Hit[T]]:
        """All phrases that start at token i, longest first."""
        single, longer = self._index.get(doc.keys[i], (None, {}))
        for phrase in self._longer(doc, i, longer) if longer else ():
            end = phrase.end(doc, i)
            if end:
                found = phrase.values if doc.words[i].isupper() else phrase.anyhow
                if found:
                    yield Hit(end, found)
        if single is not None:
            found = single.values if doc.words[i].isupper() else single.anyhow
            if found:
                yield Hit(doc.after[i], found)
        elif self._coined is not None and doc.keys[i].startswith(self._beginnings):
            j = doc.after[i]
            if j < len(doc) and doc.words[j].isupper():  # 'Disperindagkop UKM'
                both = self._coined(doc.keys[i] + doc.keys[j])
                if both is not None:
                    yield Hit(doc.after[j], (both,))
            coined = self._coined(doc.keys[i])
            if coined is not None:
                yield Hit(j, (coined,))

    def _longer(
        self, doc: Document, i: int, longer: Mapping[str, list[_Phrase[T]]]
    ) -> list[_Phrase[T]]:
        """The phrases whose second word follows, perhaps behind a bracket."""
        j, n = doc.after[i], len(doc.keys)
        if j >= n:
            return []
        found = longer.get(doc.keys[j], [])
        behind = doc.past_bracket.get(j, n)
        if behind < n and doc.keys[behind] in longer:
            both = [*found, *longer[doc.keys[behind]]]
            return sorted(both, key=lambda p: (-len(p.rest), p.rest))
        return found


class Lexicon:
    """All phrases of one registry."""

    def __init__(self, registry: Registry) -> None:
        people = registry.people
        self.registry = registry
        self.coined = CoinedWords(registry)
        self.posts: Phrases[Post] = Phrases(
            (
                (form, row)
                for rows in people.posts.values()
                for row in rows
                for form in _listed(row.form)
            ),
            self.coined.post,
            POST_BEGINNINGS,
        )
        self.heads: Phrases[PostHead] = Phrases((r.form, r) for r in people.post_heads.values())
        self.modifiers: Phrases[PostModifier] = Phrases(
            (row.form, row) for row in people.post_modifiers.values()
        )
        self.post_openers = self.posts.openers | self.heads.openers | self.modifiers.openers
        self.units: Phrases[Unit] = Phrases(
            (row.form, row) for rows in people.units.values() for row in rows
        )
        # 'Akp N': nearly every writer knows the rank, and some not that it is an abbreviation.
        self.ranks: Phrases[Rank] = Phrases(
            (form, row) for row in people.ranks.values() for form in (row.form, row.form.title())
        )
        self.corps: Phrases[str] = Phrases((r.form, r.form) for r in people.corps.values())
        self.honorifics: Phrases[str] = Phrases(
            (row.form, row.form) for row in people.honorifics.values()
        )
        self.prefix_degrees = frozenset(
            f for f, row in people.degrees.items() if "prefix" in row.positions
        )
        # What may stand before a name: most tokens are seen not to at a glance.
        self.title_openers = self.ranks.openers | self.honorifics.openers | self.prefix_degrees
        self.suffix_degrees = {
            f: row.ambiguous for f, row in people.degrees.items() if "suffix" in row.positions
        }
        self.kinds: Phrases[KindForm] = Phrases(
            (
                (form, KindForm(kind, head))
                for kind in registry.kinds.values()
                for written, head in kind.heads.items()
                for form in _listed(written)
            ),
            self._coined_kind,
            tuple(PREFIXES),
        )
        self.kind_openers = self.kinds.openers
        self.agencies: Phrases[Institution] = Phrases(
            (form, agency)
            for agency in registry.agencies.values()
            for form in dict.fromkeys(
                f for name in (agency.name, *agency.aliases) for f in _listed(name)
            )
        )
        # Of a ministry, the kind of its provincial offices.
        self.provincial = {
            parent.removeprefix(AGENCY_PREFIX): kind
            for kind in registry.kinds.values()
            if kind.key.startswith("kanwil-")
            for parent in kind.parents
        }
        # 'Kodam Pattimura': bodies that the registry knows, by their names without blanks and
        # signs; the form as it has it, and whose it is.
        self.bodies: dict[str, tuple[str, str]] = {}
        for body in registry.agencies.values():
            for form in (body.name, *body.aliases):
                self.bodies.setdefault(signless(form), (form, body.key))
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
        self.cues: Phrases[str] = Phrases(
            (form, row.cue) for row in registry.language.cues for form in _spellings(row.form)
        )
        self.cue_openers = self.cues.openers
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

    def _coined_kind(self, word: str) -> KindForm | None:
        found = self.coined.kind(word)
        return KindForm(*found) if found else None

    def starts_body(self, doc: Document, i: int) -> bool:
        """Whether an agency, a post or a region begins at token i."""
        tables: tuple[Phrases[Any], ...] = (self.kinds, self.agencies, self.posts, self.regions)
        return any(table.at(doc, i) for table in tables)

    def only_a_name(self, doc: Document, i: int) -> bool:
        """'AKBP Restu N': whether a word that can only be a name's stands at token i."""
        if not doc.capital[i] or not doc.words[i].istitle() or doc.keys[i] in self.common:
            return False
        return self.heads.at(doc, i) is None and not self.starts_body(doc, i)

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


_PASSIVE = re.compile(r"(?<![^ ])di(?=[a-z]{4})")


def _spellings(form: str) -> Iterable[str]:
    """A form, and its passive as two words: 'diterima oleh', 'di terima oleh'."""
    return dict.fromkeys((form, _PASSIVE.sub("di ", form, count=1)))


def _listed(name: str) -> Iterable[str]:
    """A name that lists what it is for, with the commas as different writers set them."""
    if ", " not in name:
        return (name,)
    closed = name.replace(", dan ", " dan ")
    opened = ", dan ".join(closed.rsplit(" dan ", 1))
    return dict.fromkeys((name, closed, opened, name.replace(", ", " ")))


def signless(name: str) -> str:
    """'Korem 102/Panju Panjung', 'korem 102 panju panjung': letters and digits, in small."""
    return "".join(c for c in name.casefold() if c.isalnum())


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
