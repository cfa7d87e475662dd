"""Posts in forms that no table has, and those that lean on a post or an agency named before."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sinergi.graph.extraction.lexicon import Lexicon
from sinergi.graph.extraction.names import Name, NameReader
from sinergi.graph.extraction.orgs import POLICE_UNITS, Org
from sinergi.graph.extraction.text import Document
from sinergi.graph.registry.people import PostModifier

_OF_LAST = frozenset(
    ["ketua", "kepala", "pimpinan", "direktur", "rektor", "sekretaris", "komandan"]
)
# How short forms of posts begin, and names do not.
_COINED = re.compile(
    r"(?:wa)?(?:kasub|kabag|kabid|kadiv|kadis|kasat|kanit|katim|kakan|kapus|kapok|kaprodi|"
    r"dan(?:sub|sat|pus|pom|lan|gus|den|yon|mar|brig|men|kod|sek|set|tim|pas|rin|dik))"
    r"[a-z]{2,}$"
)
_COMMAND = re.compile(r"(?P<deputy>wa)?dan(?P<unit>[a-z]{4,})$")


@dataclass(slots=True)
class PostMention:
    """One post as named once; tokens `first`..`last` cover it with its agency."""

    first: int
    last: int
    title: str  # expanded, without the organization
    label: str  # as written, without gloss
    kinds: tuple[str, ...]  # keys of the agency kinds it may be in, where its form implies them
    org: Org | None
    head: bool
    former: bool = False
    plural: bool = False
    name: Name | None = None
    gloss: str | None = None

    @property
    def explicit(self) -> bool:
        return self.org is not None and self.org.complete


class OddPostReader:
    """Reads such posts from one document; `last` is the post read before."""

    def __init__(self, doc: Document, lexicon: Lexicon, names: NameReader) -> None:
        self.doc, self.lex, self.names = doc, lexicon, names

    def coined(self, i: int, limit: int) -> PostMention | None:
        """'Kasubaud N M': a short form that no table has, told by how it begins and who follows."""
        doc = self.doc
        if not doc.capital[i] or not _COINED.match(doc.keys[i]) or doc.words[i].isupper():
            return None
        begins = i + 1
        part = self.lex.kinds.at(doc, begins) if begins < limit and doc.capital[begins] else None
        if part is not None and part.values[0].kind.key in POLICE_UNITS:
            begins = part.end  # 'Kasubditbintibsos Ditbinmas Kompol N'
        name = self.names.read(begins, limit) if begins < limit else None
        if name is None or (len(name.keys) < 2 and not name.titled):
            return None
        if part is not None and begins > i + 1:
            police = self.lex.registry.kinds[POLICE_UNITS[part.values[0].kind.key]]
            whole = Org(i, begins, police.name, kind=police, complete=False)
            return PostMention(i, begins, doc.words[i], doc.written(i, begins), (), whole, False)
        word, unit = doc.words[i], _COMMAND.match(doc.keys[i])
        if unit is None:
            return PostMention(i, i + 1, word, word, (), None, False)
        named = next((w for w in doc.words if w.lower() == unit["unit"] and w != word), None)
        org = Org(i, i + 1, named) if named else None  # 'Danpuspom N' of 'Puspom'
        title = "Wakil Komandan" if unit["deputy"] else "Komandan"
        return PostMention(i, i + 1, title, word, (), org, org is not None)

    def of_last(self, i: int, limit: int, last: PostMention | None) -> PostMention | None:
        """'ketuanya, N', 'wakilnya N': a post of the agency spoken of just before."""
        word = self.doc.keys[i].removesuffix("nya")
        row = self.lex.registry.people.post_heads.get(word)
        if word == "wakil" and last is not None:
            title = f"Wakil {last.title}"
            return PostMention(i, i + 1, title, self.doc.words[i], last.kinds, last.org, False)
        if row is None or word not in _OF_LAST:
            return None
        return PostMention(i, i + 1, row.post, self.doc.words[i], (), None, True)

    def headed(self, i: int, limit: int) -> PostMention | None:
        """'Komisi I DPRD X yang diketuai N': the post that a verb tells of, in the body before."""
        end = i + 1 + (i + 1 < limit and self.doc.keys[i + 1] == "oleh")
        name = self.names.read(end, limit) if end < limit else None
        if name is None or not (name.titled or len(name.keys) > 1):
            return None
        return PostMention(i, end, "Ketua", self.doc.words[i], (), None, False)

    def acting(
        self, i: int, j: int, limit: int, modifier: PostModifier, org: Org
    ) -> PostMention | None:
        """'Plt Dishub N': who acts for the head of an agency, whose post is left out."""
        if org.kind is None or org.kind.form != "state" or org.last >= limit:
            return None
        begins = org.last + (self.doc.words[org.last] == ",")  # 'PJ Setda X, N'
        named = begins < limit and self.names.read(begins, limit) is not None
        if not named or modifier.meaning != "acting":
            return None
        title = f"{modifier.modifier} {org.kind.head or 'Kepala'}"
        return PostMention(i, org.last, title, self.doc.written(i, j), (org.kind.key,), org, True)

    def bracketed(
        self, i: int, end: int, title: str, last: PostMention | None
    ) -> PostMention | None:
        """'Ketua X N beserta pengurus, M (bendahara)': a post of the body spoken of before."""
        if last is None or last.first < self.doc.sentence_of(i).first:
            return None
        label = self.doc.written(i, end)
        return PostMention(i, end, title[:1].upper() + title[1:], label, (), last.org, False)

    def fellow(
        self, i: int, end: int, title: str, limit: int, last: PostMention | None
    ) -> PostMention | None:
        """'Ketua Komisi X N bersama anggota M': a post beside another of the same body."""
        near = last is not None and last.first >= self.doc.sentence_of(i).first
        name = self.names.read(end, limit) if near and end < limit else None
        given = name is not None and name.keys[0] in self.lex.words.given_names
        if last is None or last.org is None or name is None or not (given or name.titled):
            return None
        label = self.doc.written(i, end)
        return PostMention(i, end, title[:1].upper() + title[1:], label, (), last.org, False)
