"""One pass over an article: every post, organization and name it mentions, linked and completed."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field, replace
from itertools import pairwise

from sinergi.graph.extraction.agencies import AgencyReader
from sinergi.graph.extraction.completion import complete
from sinergi.graph.extraction.holders import HolderReader
from sinergi.graph.extraction.joint_posts import JointPostReader
from sinergi.graph.extraction.lexicon import Lexicon
from sinergi.graph.extraction.names import Name, NameReader
from sinergi.graph.extraction.odd_posts import PostMention
from sinergi.graph.extraction.orgs import Org, ends_longer
from sinergi.graph.extraction.places import LEVEL_WORDS, Places, find_places
from sinergi.graph.extraction.posts import PostReader
from sinergi.graph.extraction.text import Document

# Behind a post they begin what is told of its holder.
_GOING_ON = frozenset(("juga", "sudah", "telah", "akan", "tidak", "memang", "belum", "baru"))
_COUNTED = frozenset(("dua", "tiga", "empat", "lima"))
# 'Kepala Puskesmas X Kecamatan Y N': where an office is, whoever it is under.
_AREAS = frozenset(("kecamatan",))
# 'Gubernur N, M': no place that a gazetteer lacks has one.
_OFFICIAL = frozenset(("pemerintahan", "legislatif"))
_OF_VILLAGES = frozenset(("Kepala Desa", "Lurah"))
# 'Ia juga Ketua X': what leads from the one spoken of to another post.
_PRONOUNS = frozenset(("ia", "dia", "beliau"))
_ALSO = frozenset(("juga", "sekaligus", "merangkap", "adalah", "merupakan", "menjabat", "sebagai"))
_ALSO |= {"saat", "ini", "kini", "pun", "pernah", "selaku", "seorang", "tercatat"}
# 'Sekda' where 'Setda' is meant: whose parts have heads of their own.
_SECRETARY = "Sekretaris Daerah"
_SECRETARY_S = ("Kepala Bagian", "Kepala Subbagian", "Kepala Biro", "Asisten", "Staf Ahli")
# What follows a publisher's name in brackets at the end.
MAX_SIGN_TOKENS = 2
# Posts that several persons hold at once: 'Wakil Ketua DPRD N dan M' names two of them.
_SHARED = ("Wakil Ketua", "Anggota", "Staf Ahli", "Asisten", "Hakim", "Perwakilan", "Pengurus")


@dataclass(slots=True)
class Mentions:
    """All mentions of one article, in the order of the text."""

    doc: Document
    places: Places
    posts: list[PostMention] = field(default_factory=list)
    orgs: list[Org] = field(default_factory=list)
    names: list[Name] = field(default_factory=list)
    # The complete ones that a post may be in: nobody is of a forum or a team but its members.
    employers: list[Org] = field(default_factory=list)
    # Where the article has the holder of a post, by its title.
    homes: dict[str, str] = field(default_factory=dict)

    def employer_before(self, token: int) -> Org | None:
        """The one of `employers` that is named last before a token."""
        position = bisect_left(self.employers, token, key=lambda org: org.first)
        return self.employers[position - 1] if position else None


def find_mentions(doc: Document, title: Document, lexicon: Lexicon) -> Mentions:
    """Scan the text once, left to right, longest reading first."""
    places = find_places(doc, title, lexicon)
    names = NameReader(doc, lexicon, places)
    agencies = AgencyReader(doc, lexicon, places, names)
    posts = PostReader(doc, lexicon, names, agencies)
    holders = HolderReader(doc, lexicon, names, agencies.runs)
    joint = JointPostReader(doc, names, holders)
    found = Mentions(doc, places)
    for sentence in doc.sentences:
        i, limit = sentence.first, sentence.last
        while i < limit:
            if not doc.is_word[i]:
                i += 1
                continue
            post = posts.read(i, limit)
            if post is not None:
                counted = post.first > 0 and doc.keys[post.first - 1] in _COUNTED
                if not post.plural or (counted and holders.tells(post, limit)):
                    post.name = holders.after(post, limit)  # 'dua Wakil Ketua, N dan M'
                if post.name is None and post.title.startswith(_SHARED):
                    post.name = holders.listed(post, limit)
                superiors = _superiors(post, agencies, holders, limit)
                found.posts.append(post)
                if post.org is not None:
                    agencies.introduce(post.org)
                    siblings = agencies.runs.siblings(post.org, limit)
                    found.orgs += [post.org, *siblings, *superiors]
                i = max(post.last, i + 1)
                spread, end = joint.places(post, limit)
                if spread:
                    found.posts.append(spread[1])
                    found.orgs += [other.org for other in spread[1:] if other.org is not None]
                    found.names += [other.name for other in spread if other.name is not None]
                    i = end
                elif post.name is not None:
                    found.names.append(post.name)
                    i = max(post.name.end, i)
                    dealt = joint.deal(found.posts, found.names, limit)
                    found.names += dealt
                    i = dealt[-1].end if dealt else _sharers(found, post, names, i, limit, counted)
                continue
            # 'pengadilan Agama X', 'pemerintah provinsi X': the writer's small letters
            nxt = i + 1 + (i + 2 < limit and doc.keys[i + 1] in LEVEL_WORDS)
            small = nxt < limit and doc.capital[nxt] and doc.keys[i] in lexicon.kind_openers
            part = i > 1 and doc.words[i - 1] == "/" and doc.words[i - 2].isdigit()  # 'Yonif 6/SD'
            org = agencies.read(i, limit) if (doc.capital[i] or small) and not part else None
            if org is not None:
                agencies.introduce(org)
                found.orgs += [org, *(others := agencies.runs.siblings(org, limit))]
                i = max(org.last, i + 1, *(other.last for other in others))
                continue
            if doc.capital[i] or names.titles_start(i):
                name = names.read(i, limit)
                if name is not None:
                    found.names.append(name)
                    i = max(name.end, i + 1)
                    continue
            i += 1
    found.orgs = [o for o in found.orgs if not (_signs(o, doc) or ends_longer(o, doc))]
    _unname(found, names)
    _of_secretary(found)
    _place_bodies(found, holders)
    _close_brackets(found, holders)
    joint.free(found.posts, found.names)
    joint.sworn(found.posts, found.names)
    _link_backwards(found, holders)
    joint.sworn(found.posts, found.names)
    _link_pairs(found)
    _link_again(found)
    complete(found.orgs, doc, places, lexicon)
    for org in found.orgs:
        region = org.region
        if region and org.tail.endswith(region.name) and org.kind and org.kind.scope != "named":
            org.tail = org.tail.removesuffix(region.name) + places.spelling(region)
    found.employers = sorted(
        (
            org for org in found.orgs
            if org.complete and (org.kind is None or org.kind.form != "collective")
        ),
        key=lambda org: org.first,
    )  # fmt: skip
    return found


def _superiors(
    post: PostMention, agencies: AgencyReader, holders: HolderReader, limit: int
) -> list[Org]:
    """'Kapolsek X Polres Y AKP N': whose the agency is, before the post's holder."""
    doc, org, end = agencies.doc, post.org, post.last
    above: list[Org] = []
    if post.name is not None or org is None or org.kind is None or post.plural:
        return above
    parents = org.kind.parents
    while end < limit and doc.capital[end]:
        upper = agencies.read(end, limit)
        if upper is None or not {*parents, *_AREAS}.intersection(_keys(upper)):
            break
        above.append(upper)
        parents, end = upper.kind.parents if upper.kind is not None else (), upper.last
    behind = replace(post, last=end)
    post.name = holders.after(behind, limit) if above else None
    if post.name is None:
        return []
    post.last = end
    return above


def _keys(org: Org) -> list[str]:
    """What the parents of a kind are called."""
    named = [org.kind.key] if org.kind is not None else []
    return [*named, f"agency:{org.agency.key}"] if org.agency is not None else named


def _signs(org: Org, doc: Document) -> bool:
    """'(RRI)', '[Antara]' at the end: who published the report."""
    last = org.last
    if last >= len(doc) or not org.first or doc.words[org.first - 1] not in "([":
        return False
    return doc.words[last] in ")]" and last + 1 + MAX_SIGN_TOKENS >= len(doc)


def _sharers(
    found: Mentions, post: PostMention, names: NameReader, i: int, limit: int, counted: bool
) -> int:
    """Further holders of a post that several hold: ', N dan M'."""
    doc = found.doc
    if not (counted or post.title.startswith(_SHARED)):
        return i
    while i + 1 < limit and (doc.words[i] == "," or doc.keys[i] in ("dan", "serta")):
        j = i + 1 + (doc.words[i] == "," and doc.keys[i + 1] in ("dan", "serta"))
        if j >= limit or not doc.capital[j]:
            break
        name = names.read(j, limit)
        if name is None or _apposed(name, names, limit):
            break
        other = PostMention(
            post.first, post.last, post.title, post.label, post.kinds, post.org, post.head,
            post.former, name=name,
        )  # fmt: skip
        found.posts.append(other)
        found.names.append(name)
        i = max(name.end, i + 1)
    return i


def _apposed(name: Name, names: NameReader, limit: int) -> bool:
    """Whether a post behind ', ' may be what the person of a list is: one with no holder of its
    own."""
    doc, j = names.doc, name.end + 1
    if j >= limit or doc.words[name.end] != ",":
        return False
    post = names.lex.posts.at(doc, j)
    held = post is not None and post.end < limit and names.read(post.end, limit)
    return post is not None and not held


def _close_brackets(found: Mentions, reader: HolderReader) -> None:
    """'N M (Sekretaris Pascasarjana Universitas X)': what a bracket behind a name has is no
    holder but of the post, as is one word behind it that is no name."""
    doc = found.doc
    ending = {name.end: name for name in found.names}
    for post in found.posts:
        name, opened = post.name, post.first - 1
        if name is None or opened < 1 or doc.words[opened] != "(" or name.titled:
            continue
        holder = ending.get(reader.past_degrees(opened, ending))
        if (
            holder is None
            or len(name.keys) > 1
            or name.end > doc.past_bracket.get(opened, len(doc))
        ):
            continue
        if name.begin == post.last and not post.explicit:
            post.title, post.last = f"{post.title} {name.text}", name.end
        found.names = [other for other in found.names if other is not name]
        post.name = holder


def _link_again(found: Mentions) -> None:
    """'N adalah Humas X. Ia juga Wakil Ketua X.': another post of whom the sentence before told."""
    doc = found.doc
    for post in found.posts:
        sentence = doc.sentence_of(post.first)
        told = doc.keys[sentence.first + 1 : post.first]
        if post.name is not None or post.plural or doc.keys[sentence.first] not in _PRONOUNS:
            continue
        if not told or not _ALSO.issuperset(told) or not sentence.first:
            continue
        before = doc.sentence_of(sentence.first - 1)
        names = [n for n in found.names if before.first <= n.first < sentence.first]
        holders = [p.name for p in found.posts if p.name is not None and p.first < post.first]
        if names and any(name is names[-1] for name in holders):
            post.name = names[-1]


def _link_backwards(found: Mentions, reader: HolderReader) -> None:
    """'N selaku Kepala X', 'N, S.H., Kepala X': posts whose holder stands before them."""
    ending = {name.end: name for name in found.names}
    taken = {id(p.name): p for p in found.posts if p.name is not None}
    joints: set[int] = set()
    for post in found.posts:
        if post.name is not None or post.plural:
            continue
        sentence = found.doc.sentence_of(post.first)
        end = reader.linked_before(post, sentence.first)
        if end is not None and found.doc.words[post.first - 1] == "(":
            end = reader.past_degrees(end, ending)
        name = ending.get(end) if end is not None else None
        if name is None or end is None:
            continue
        if id(name) in taken and not (reader.also(post, end) or reader.as_what(post, end)):
            continue
        of_kind = post.org is not None and post.org.kind is not None and post.explicit
        before = found.doc.keys[name.begin - 1] if name.begin else ""
        placed = before in ("di", "ke", "dari", "pada")  # 'di Gazebo Senja Bupati X'
        headed = post.head and of_kind and len(name.keys) > 1 and not placed  # 'N M Kepala Dinas X'
        # '..., ujar N M Ketua panitia.', 'N wakil ketua DPRD X, mengatakan', 'oleh N Asisten Y'
        closes = post.last >= sentence.last or not found.doc.capital[post.last]
        brought = len(name.keys) > 1 and reader.accompanies(name.begin)
        brought |= name.begin - 1 in joints
        opens = reader.introduces(name.begin) or brought
        introduced = closes and (of_kind or brought or len(name.keys) > 1) and opens
        if end == post.first and not name.degrees and not headed and not introduced:
            continue
        alone = len(name.keys) == 1 and not name.titled
        if alone and not opens and not reader.as_what(post, end):
            continue
        told = end < post.first and post.last < sentence.last
        if told and found.doc.keys[post.last] in _GOING_ON and reader.speaks(name.begin):
            continue  # '..., kata N, Bupati sudah tahu': the clause is of another
        if end == post.first and found.doc.keys[min(post.last, len(found.doc) - 1)] in ("dan", ","):
            joints.add(post.last)  # 'didampingi N Kabag X dan M staf'
        post.name = name
        taken[id(name)] = post


def _link_pairs(found: Mentions) -> None:
    """'Kepala X sekaligus Sekretaris Y, N': one holder of two posts."""
    doc = found.doc
    for post, other in pairwise(found.posts):
        between = doc.keys[post.last : other.first]
        if post.name is None and other.name is not None and not post.plural and between:
            words = [w for w in between if w not in ("yang", ",")]
            if words in (["sekaligus"], ["merangkap"], ["juga"]):
                post.name = other.name


def _unname(found: Mentions, reader: NameReader) -> None:
    """'Kalapas Cipinang' has no holder where the article speaks of a Lapas in Cipinang, and
    'Kalapas Cipinang N' has N."""
    tails = {o.tail.casefold() for o in found.orgs if o.complete and o.kind is not None and o.tail}
    places = tails | {word for tail in tails for word in tail.replace("/", " ").split()[-1:]}
    for post in found.posts:
        name, org = post.name, post.org
        if name is None or name.begin < name.first or org is None or org.complete or org.tail:
            continue
        if _is_village(post, name, found):
            places = {*places, name.text.casefold()}
        slip = found.places.misspelt(found.doc.words[name.first]) if len(name.keys) > 1 else None
        if slip is not None:  # 'Ketua X Kepahaing N' of Kepahiang
            places = {*places, found.doc.keys[name.first]}
        last = name.last
        while last > name.first and found.doc.written(name.first, last).casefold() not in places:
            last -= 1
        if last == name.first:
            continue
        org.tail, org.last = found.doc.written(name.first, last), last
        post.last, post.name = last, reader.read(last, name.end) if last < name.last else None
        index = next(i for i, other in enumerate(found.names) if other is name)
        found.names[index : index + 1] = [post.name] if post.name is not None else []


def _of_secretary(found: Mentions) -> None:
    """'Kabag X Sekda Y N': the secretary's name stands for his office, and N heads its part."""
    for post, other in pairwise(found.posts):
        parts = [w for w in _SECRETARY_S if w in post.title]
        if not parts or post.name is not None or post.last != other.first or post.explicit:
            continue
        if other.title == _SECRETARY and other.name is not None and other.org is not None:
            post.name, post.org, post.last = other.name, other.org, other.last
            other.name, other.plural = None, True


def _place_bodies(found: Mentions, reader: HolderReader) -> None:
    """'N M sebagai Ketua PWI Banaran', 'Ketua PWI Banaran, N M': a word that no gazetteer has is
    the place of the body where the holder stands elsewhere."""
    doc = found.doc
    whole = [name for name in found.names if len(name.keys) > 1 or name.titled]
    ending = {name.end: name for name in whole}
    beginning = {name.begin: name for name in whole}
    taken = {id(post.name) for post in found.posts}
    for post in found.posts:
        place, org = post.name, post.org
        if place is None or org is None or org.kind is None or place.begin != post.last:
            continue
        if place.titled or len(place.keys) > 1 or post.plural or org.tail:
            continue
        sentence = doc.sentence_of(post.first)
        end = reader.linked_before(post, sentence.first) if post.first > sentence.first else None
        before = ending.get(end) if end is not None else None
        if before is not None and (id(before) in taken or not reader.closes(place.end)):
            before = None
        comma = place.end < sentence.last and doc.words[place.end] == ","
        own = org.kind.form != "state" and org.kind.sector not in _OFFICIAL
        if before is not None and end is not None and not (own or reader.as_what(post, end)):
            before = None
        behind = beginning.get(place.end + 1) if comma and own else None
        if behind is not None and id(behind) in taken:
            behind = None
        if before is None and behind is None:
            continue
        org.tail, org.region, org.complete = place.text, None, True
        org.last = post.last = place.end
        found.names = [name for name in found.names if name is not place]
        post.name = None if before is not None else behind


def _is_village(post: PostMention, name: Name, found: Mentions) -> bool:
    """'..., Kepala Desa X.': in a list that names no village, few holders go by one name."""
    doc = found.doc
    if post.title not in _OF_VILLAGES or len(name.keys) > 1 or name.titled:
        return False
    ends = (
        name.end >= len(doc) or not doc.is_word[name.end] or doc.keys[name.end] in ("dan", "serta")
    )
    told = any(o.complete and o.kind is not None and o.kind.scope == "village" for o in found.orgs)
    return ends and not told and name.begin == post.last
