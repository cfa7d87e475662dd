"""What articles say of persons, gathered into the form that the rules compare."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from sinergi.graph.model import Extraction
from sinergi.graph.resolution.names import fold, parse

T = TypeVar("T")

FULLER_FORM_SHARE = 0.1
"""A fuller form becomes the person's name if it is at least this part of all mentions: a slip that
drags a word along is not."""

NUMERALS = frozenset(("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", *"123456789"))

WIFE = "Ny. "
"""What a wife is called with her husband's name, or with her own."""

_WIFE = re.compile(r"\bNy(?:onya)?\b\.?\s")
_BETWEEN = 2  # words between it and the name: 'Ny. Hj. Laras'

# Longest first: the second would match the beginning of the first.
_ACTING = ("penjabat sementara ", "penjabat ", "pelaksana tugas ", "pelaksana harian ")
_EXPLICIT = 3  # words from which a post says so much that more words only add to it

# Words that a post leaves out at will: 'Asisten (Sekretaris Daerah Bidang) Pembangunan'.
_AT_WILL = frozenset(("bidang", "dan", "serta", "urusan", "sekretaris", "daerah"))
# Words of level and unit: the rest of a post is its subject.
_LEVELS = frozenset(
    (
        *(
            "kepala",
            "ketua",
            "wakil",
            "asisten",
            "komandan",
            "direktur",
            "deputi",
            "anggota",
            "staf",
        ),
        *("ahli", "utama", "pelaksana", "seksi", "subseksi", "bagian", "subbagian", "sub", "unit"),
        *("satuan", "komisi", "divisi", "pokja", "kelompok", "kerja", "tim", "panitia", *NUMERALS),
    )
)


@dataclass(frozen=True, slots=True)
class Post:
    """A post ready for comparison: its words without 'Pelaksana Tugas' and the like."""

    words: tuple[str, ...]
    acting: bool = False

    @classmethod
    def read(cls, text: str) -> Post:
        """The post that `text` names, without the organization."""
        folded = fold(text)
        prefix = next((prefix for prefix in _ACTING if folded.startswith(prefix)), "")
        return cls(tuple(folded.removeprefix(prefix).split()), bool(prefix))

    def fits(self, other: Post) -> bool:
        """Whether one person can have both in one agency, or both are one, told more fully once.

        An acting post is held beside another one, so it fits any.
        """
        if self.acting != other.acting or self.words == other.words:
            return True
        short, full = sorted((self.words, other.words), key=len)
        rest = full[len(short) :]
        if full[: len(short)] == short and (len(short) >= _EXPLICIT or NUMERALS.issuperset(rest)):
            return True
        return short[:1] == full[:1] and _one_subject_within(set(short), set(full))


def _one_subject_within(a: set[str], b: set[str]) -> bool:
    """Whether two posts are of one level, and the subject of one is part of the other's."""
    subjects = (a - _LEVELS - _AT_WILL, b - _LEVELS - _AT_WILL)
    less = min(subjects, key=len)
    return a & _LEVELS == b & _LEVELS and bool(less) and all(less <= s for s in subjects)


@dataclass(frozen=True, slots=True)
class Office:
    """A post in an agency (its key); either may be unknown.

    `form` is the key that the agency has by the name as written, which other articles do not
    change as they change the `agency` that the name is found to be a form of.
    """

    agency: str | None
    post: Post | None
    current: bool = True
    form: str | None = None

    @property
    def order(self) -> tuple[str, str, bool, tuple[str, ...]]:
        """A place in any sorted list; an office with a post before one without."""
        words = self.post.words if self.post else ()
        return (self.agency or "", self.form or "", self.post is None, words)


@dataclass(frozen=True, slots=True)
class Mention:
    """One name in one article, with all that the article says of it."""

    article: str
    name: str
    day: str | None
    offices: frozenset[Office] = frozenset()
    degrees: frozenset[str] = frozenset()  # in small letters only
    aliases: frozenset[str] = frozenset()
    meetings: frozenset[int] = frozenset()  # positions among those of the article


Id = tuple[str, str]
"""Article and name: what a mention is known by."""


class Cluster:
    """Mentions held for one person; `apart` are those that a decision tells from `mention`."""

    __slots__ = (
        *(
            "aliases",
            "apart",
            "articles",
            "degrees",
            "forms",
            "joins",
            "meetings",
            "mentions",
            "name",
        ),
        *("name", "offices", "order", "posts", "keys", "looked", "wife"),
    )

    def __init__(self, mention: Mention, apart: Iterable[Id] = ()) -> None:
        self.order: Id = (mention.article, mention.name)  # the least of its mentions
        self.apart = frozenset(apart)
        self.joins: list[tuple[Id, Id, str, str]] = []  # left, right, rule, why
        self.mentions = [mention]
        self.articles = {mention.article}
        self.meetings: frozenset[str] = frozenset()  # keys, once they are known
        self.degrees = _alone(mention.degrees)
        self.forms = Counter((mention.name,))
        self.aliases = mention.aliases
        self.wife = any(alias.startswith(WIFE) for alias in mention.aliases)  # in all mentions
        self.name = parse(mention.name).called(self.aliases)
        self.posts: dict[str, set[Post]] = defaultdict(set)  # by agency; empty where none is told
        self.offices = mention.offices
        self._add_posts(mention.offices)
        self.keys: set[int] = set()  # under which rules have looked for it (see Trace)
        self.looked: tuple[str, ...] = ()  # by which, since it last changed

    def absorb(self, other: Cluster, rule: str, why: str = "") -> None:
        """Take over the mentions of `other`, by a rule."""
        left, right = sorted((self.order, other.order))
        self.joins += [*other.joins, (left, right, rule, why)]
        self.order = left
        self.apart |= other.apart
        self.mentions += other.mentions
        self.articles |= other.articles
        self.meetings |= other.meetings
        self.degrees |= other.degrees
        self.forms += other.forms
        self.aliases |= other.aliases
        self.wife &= other.wife
        self.name = parse(self.full_form).called(self.aliases)
        self.offices |= other.offices
        self._add_posts(other.offices)
        self.keys |= other.keys
        self.looked = ()

    def _add_posts(self, offices: Iterable[Office]) -> None:
        for office in offices:
            if office.agency:
                self.posts[office.agency].update((office.post,) if office.post else ())

    @property
    def ids(self) -> set[Id]:
        """What its mentions are known by."""
        return {(mention.article, mention.name) for mention in self.mentions}

    @property
    def agencies(self) -> Iterable[str]:
        """Keys of the agencies that the person is said to be of."""
        return self.posts.keys()

    @property
    def letters(self) -> str:
        """Equal for names that are read alike."""
        return "".join(self.name.keys)

    @property
    def full_form(self) -> str:
        """The fullest of the well attested forms of the name; of equals the most usual."""
        least = FULLER_FORM_SHARE * self.forms.total()
        return min(
            (form for form, count in self.forms.items() if count >= least),
            key=lambda form: (-parse(form).solid, -self.forms[form], -len(form), form),
        )

    @property
    def days(self) -> tuple[str, str] | None:
        """The first and the last day on which the person is attested."""
        days = [mention.day for mention in self.mentions if mention.day]
        return (min(days), max(days)) if days else None

    def judged_apart(self, other: Cluster) -> bool:
        """Whether a person has decided that the two are different people."""
        return bool(self.apart) and not self.apart.isdisjoint(other.ids)

    def told_apart(self, other: Cluster) -> bool:
        """Whether a decision, or an article that names both, has them as two people; or 'Ny.'
        before one, which a wife bears with her husband's name, if they are not of one post."""
        if not self.articles.isdisjoint(other.articles) or self.judged_apart(other):
            return True
        return self.wife != other.wife and all(
            self.posts[agency].isdisjoint(other.posts[agency])
            for agency in self.posts.keys() & other.posts.keys()
        )

    def share_post(self, other: Cluster) -> bool:
        """Whether both have one post in one agency (see `Post.fits`), or none is told of either."""
        return any(
            any(post.fits(theirs) for post in self.posts[agency] for theirs in other.posts[agency])
            if self.posts[agency] and other.posts[agency]
            else not self.posts[agency] and not other.posts[agency]
            for agency in self.posts.keys() & other.posts.keys()
        )


def read_mentions(
    extraction: Extraction, agency_of: Mapping[str, str], form_of: Mapping[str, str]
) -> list[Mention]:
    """Every name in an article, sorted; `agency_of` tells the key of each name of an organization,
    `form_of` the one that it has alone."""
    article = extraction.article
    roles: list[tuple[str, str | None, str | None, bool]] = [
        (o.person, o.organization, o.post, not o.former) for o in extraction.officials
    ]
    roles += [
        (p.person, p.organization, p.post, True)
        for meeting in extraction.meetings
        for p in meeting.participants
    ]
    roles += [(s.speaker, s.organization, s.post, True) for s in extraction.statements if s.speaker]
    offices: dict[str, set[Office]] = defaultdict(set)
    for name, organization, post, current in roles:
        agency = agency_of[organization] if organization else None
        form = form_of[organization] if organization else None
        offices[name].add(_office(agency, post, current, form))
    meetings: dict[str, set[int]] = defaultdict(set)
    for position, meeting in enumerate(extraction.meetings):
        for part in meeting.participants:
            meetings[part.person].add(position)
    degrees: dict[str, set[str]] = defaultdict(set)
    aliases: dict[str, set[str]] = defaultdict(set)
    for official in extraction.officials:
        name = official.person
        degrees[name].update(fold(d).replace(" ", "") for d in official.degrees)
        aliases[name].update(official.aliases)
        if any(_is_wife(name, span.quote) for span in official.spans):
            aliases[name].add(f"{WIFE}{name}")
    return [
        Mention(
            article.id,
            name,
            article.published,
            shared(frozenset(offices[name])),
            shared(frozenset(degrees.get(name, ()))),
            shared(frozenset(aliases.get(name, ()))),
            shared(frozenset(meetings.get(name, ()))),
        )
        for name in sorted(offices)
    ]


def _is_wife(name: str, quote: str) -> bool:
    for match in _WIFE.finditer(quote):
        before, found, _ = quote[match.end() :].partition(name)
        if found and len(before.split()) <= _BETWEEN:
            return True
    return False


@lru_cache(maxsize=1 << 14)
def shared(values: frozenset[T]) -> frozenset[T]:
    """One object for all sets that are equal: most mentions have few of few."""
    return values


@lru_cache(maxsize=1 << 14)
def _alone(values: frozenset[str]) -> frozenset[frozenset[str]]:
    return frozenset((values,))


@lru_cache(maxsize=1 << 14)
def _office(agency: str | None, post: str | None, current: bool, form: str | None) -> Office:
    """One object for all that are equal: a store of many articles holds few offices."""
    return Office(agency, Post.read(post) if post else None, current, form)
