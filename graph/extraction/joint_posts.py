"""Posts that are named together, and then their holders: 'Bupati dan Wakil Bupati X, N dan M'."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sinergi.graph.extraction.holders import HolderReader
from sinergi.graph.extraction.names import Name, NameReader
from sinergi.graph.extraction.odd_posts import PostMention
from sinergi.graph.extraction.orgs import Org
from sinergi.graph.extraction.text import Document

# No list of posts that tells its holders afterwards is longer.
MAX_JOINT_POSTS = 5
# What may stand right before them is among so many last mentions.
NEAR_MENTIONS = 20
_AND = frozenset(("dan", "serta", "beserta", "bersama", "&"))
# Before a post whose holder stands before it: 'N akan dilantik kembali sebagai Bupati X'.
_AS = frozenset(("sebagai", "selaku", "menjadi"))
_SWORN = frozenset(("akan", "telah", "resmi", "kembali", "dilantik", "dikukuhkan", "diangkat"))
_SWORN |= {"ditunjuk", "dipercaya", "ditetapkan", "terpilih", "yang", "kini", "juga", "untuk"}
_BETWEEN = _AND | {",", "/", "-"}


def _ending(names: Sequence[Name]) -> dict[int, Name]:
    return {name.end: name for name in names}


def _closing(posts: Sequence[PostMention]) -> dict[int, PostMention]:
    return {post.last: post for post in posts if post.name is not None}


class JointPostReader:
    """Deals names out to the posts before them, first to first and last to last."""

    def __init__(self, doc: Document, names: NameReader, holders: HolderReader) -> None:
        self.doc, self.names, self.holders = doc, names, holders

    def deal(self, posts: list[PostMention], names: list[Name], limit: int) -> list[Name]:
        """Give the last post's name, and those that follow it, to the posts named together at the
        end of `posts`; the names that follow.

        Only where there are as many names as posts: 'didampingi Sekda dan Kabag X, N' is of one.
        """
        together = self._together(posts, len(posts) - 1)
        first = together[-1].name
        if len(together) < 2 or first is None:
            return []
        near = slice(-NEAR_MENTIONS, None)
        if self._comma_given(together, _ending(names[near]), _closing(posts[near])):
            return []
        found, _ = self._names(first, len(together), limit)
        if len(found) != len(together):
            return []
        self._give(together, found)
        return found[1:]

    def free(self, posts: list[PostMention], names: list[Name]) -> None:
        """'N dan M sebagai Bupati dan Wakil Bupati X, O dan P sebagai ...': a name behind the comma
        is no holder of posts whose holders stand before them."""
        ending, closing = _ending(names), _closing(posts)
        for run in self._runs(posts):
            last = run[-1]
            behind = last.name is not None and last.name.begin > last.last
            if behind and self._comma_given(run, ending, closing):
                last.name = None

    def _comma_given(
        self,
        run: list[PostMention],
        ending: Mapping[int, Name],
        closing: Mapping[int, PostMention],
    ) -> bool:
        """Whether a comma closes posts that are given to those named before them."""
        j = self._sworn_at(run[0])
        if not j or self.doc.words[run[-1].last : run[-1].last + 1] != [","]:
            return False
        ends = (j, j - 1) if self.doc.words[j - 1] == ")" else (j,)
        for end in ends:
            name, post = ending.get(end), closing.get(end)
            if name is not None and (len(name.keys) > 1 or name.titled):
                return True
            # 'Kapolres X selaku ketua panitia, N': the office before has its holder behind it.
            if post is not None and post.name is not None and post.name.begin < run[0].first:
                return True
        return False

    def sworn(self, posts: list[PostMention], names: list[Name]) -> None:
        """'N dan M sebagai Bupati dan Wakil Bupati X', 'N (Kepala X) menjadi Penjabat Bupati Y':
        posts that those before them have been given."""
        ending, closing = _ending(names), _closing(posts)
        for run in self._runs(posts):
            j = self._sworn_at(run[0])
            if not j or any(post.name is not None for post in run):
                continue
            told = closing.get(j) or (closing.get(j - 1) if self.doc.words[j - 1] == ")" else None)
            if told is not None and told.name is not None and len(run) == 1:
                run[0].name = told.name
                continue
            holders: list[Name] = []
            while j in ending and len(holders) < len(run):
                holders.insert(0, ending[j])
                j = ending[j].begin - 1
                if self.doc.keys[j] not in _AND:
                    break
            if len(holders) == len(run):
                self._give(run, holders)

    def _runs(self, posts: list[PostMention]) -> list[list[PostMention]]:
        """The posts of a text, those named together in one list."""
        runs = [self._together(posts, i) for i in range(len(posts))]
        return [
            run
            for i, run in enumerate(runs)
            if not any(post is run[-1] for post in (runs[i + 1] if i + 1 < len(runs) else ())[:-1])
        ]

    def _sworn_at(self, post: PostMention) -> int:
        """The token behind what is given a post: 'N akan dilantik sebagai Bupati X'; else 0."""
        keys, j = self.doc.keys, post.first - 1
        begin = self.doc.sentence_of(post.first).first
        if j <= begin or keys[j] not in _AS:
            return 0
        while j > begin and keys[j - 1] in _SWORN:
            j -= 1
        return j

    @staticmethod
    def _give(posts: list[PostMention], names: list[Name]) -> None:
        for post, name in zip(posts, names, strict=True):
            post.name = name
            if post.org is None or (not post.org.complete and _alike(post, posts[-1])):
                post.org = posts[-1].org

    def _together(self, posts: list[PostMention], last: int) -> list[PostMention]:
        """The posts up to the one at index `last` that nothing but 'dan' or a comma parts."""
        found = [posts[last]]
        for i in range(last - 1, max(-1, last - MAX_JOINT_POSTS), -1):
            post = posts[i]
            between = self.doc.keys[post.last : found[0].first]
            joined = 0 < len(between) <= 2 and _BETWEEN.issuperset(between)
            if not joined or post.name is not None or post.plural or post.former:
                break
            found.insert(0, post)
        final = self.doc.keys[found[-1].first - 1]
        return found if final in _AND or final == "/" else found[-1:]

    def _names(self, first: Name, count: int, limit: int) -> tuple[list[Name], int]:
        """Up to `count` names that a list has from `first` on, and the token behind them."""
        found, end = [first], first.end
        while len(found) < count:
            j = self._past_joint(end, limit)
            name = self.names.read(j, limit) if end < j < limit else None
            if name is None or (len(name.keys) == 1 and not name.titled and len(found[0].keys) > 1):
                break
            found.append(name)
            end = name.end
        return found, end

    def _past_joint(self, i: int, limit: int) -> int:
        """The token behind 'dan', a comma or both."""
        j = i
        while j < limit and j < i + 2 and self.doc.keys[j] in _BETWEEN:
            j += 1
        return j

    def places(self, post: PostMention, limit: int) -> tuple[list[PostMention], int]:
        """'Camat A dan B, N dan M': a post that is told once of two places, with the holder of
        each; the token behind them. ([], i) where no such list stands here."""
        doc, org = self.doc, post.org
        end = post.last
        if post.name is not None or org is None or not org.complete or org.kind is None:
            return [], end
        if org.kind.scope not in ("district", "village", "place") or not org.tail:
            return [], end
        if end + 1 >= limit or doc.keys[end] not in ("dan", "serta") or not doc.capital[end + 1]:
            return [], end
        place = self.names.lex.districts.at(doc, end + 1) or self.names.places.at(doc, end + 1)
        known = self.names.places.known_at(doc, end + 1, limit)
        behind = max(place.end if place else 0, known)
        if not behind or behind >= limit:
            return [], end
        name = self.holders.after(replace(post, last=behind), limit)
        if name is None:
            return [], end
        found, after = self._names(name, 2, limit)
        if len(found) != 2:
            return [], end
        other = Org(end + 1, behind, org.stem, doc.written(end + 1, behind), kind=org.kind)
        post.name = found[0]
        return [post, replace(post, first=end + 1, last=behind, org=other, name=found[1])], after


def _alike(post: PostMention, other: PostMention) -> bool:
    """Whether two posts are of one kind of agency."""
    kind = other.org.kind if other.org is not None else None
    return post.org is not None and kind is not None and post.org.kind is kind
