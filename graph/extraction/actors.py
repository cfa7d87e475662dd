"""Who acts in each sentence: an agency as such, by an unnamed post, or by a person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from sinergi.graph.extraction.cues import EVENT_CUES, SPEECH_CUES, SUBJECT_CUES, Cue, KindWord
from sinergi.graph.extraction.mentions import Mentions
from sinergi.graph.extraction.odd_posts import PostMention
from sinergi.graph.extraction.orgs import Org
from sinergi.graph.extraction.persons import Person, organization_of
from sinergi.graph.extraction.text import Document, Sentence
from sinergi.graph.registry.institutions import LEGISLATURE
from sinergi.graph.registry.language import WordSets

# A cue such as 'terkait' makes what follows a topic this far on.
MAX_ATTRIBUTE_TOKENS = 20
# 'di ruang rapat Setda': a word for a place this far before makes the agency a place.
MAX_PLACE_TOKENS = 5
# Who sent another to act beside it, as a stand-in's index.
SENDER = -2
# 'X diwakili oleh N': both stand next to the word.
MAX_STAND_IN_TOKENS = 4

# Districts and villages are places; their police, clinics and religious offices are bodies.
GOVERNING = "pemerintahan"
# Circles of leaders that news counts as one body.
_CIRCLES = frozenset(("forkopimda", "forkopimcam"))
_LOCAL = frozenset(("district", "village"))
_UNIT_HEADS = ("Kepala", "Deputi", "Direktur", "Sekretaris", "Asisten", "Staf Ahli")
# Bodies that news names for the state as such ('TNI-Polri', 'Presiden').
_TRUNKS = frozenset(("tni", "polri", "presiden", "wakil-presiden"))
# So are the forces, unless their chief of staff acts.
_LEADERS = frozenset(("Pimpinan", "Anggota"))
_FORCES = frozenset(("tni-ad", "tni-al", "tni-au"))
# 'Kapolri' and 'Panglima TNI' go about; 'Presiden' is mostly named for what the state does.
_COMMANDED = frozenset(("tni", "polri"))
_EACH = frozenset(("masing-masing", "setiap", "tiap"))
_STREETS = frozenset(("jalan", "jl", "jln", "simpang"))
# 'KORAN X.COM, Kota Y, Provinsi Z -'
MAX_DATELINE_TOKENS = 12
# From the lowest.
_RANKED = (("polsek", "koramil"), ("polres", "kodim"), ("polda", "korem"), ("kodam",))
# A list of those that take part begins so: 'melibatkan sejumlah unsur, yakni TNI, Polri dan X'.
_OPENINGS = frozenset(("dihadiri", "diikuti", "melibatkan", "yaitu", "yakni"))
MAX_OPENING_TOKENS = 5
_LISTING = frozenset((",", "dan", "serta", "hingga", "maupun"))
MAX_LIST_GAP = 5
# 'kunjungan Ketua DPRD X N ke Y': so many words stand between.
MAX_GOING_TOKENS = 20
_GOING = frozenset(
    ("anjangsana", "audiensi", "kunjungan", "kunker", "lawatan", "silaturahmi", "silaturrahmi")
)
# 'bertandang ke Gedung X': to a place, and so to whose it is.
_VISIT = frozenset(("guest-before", "host-after"))
# 'anggota X' are people of X, unless they act, or the meeting was 'bersama jajaran X'.
_RANKS = frozenset(("unsur", "jajaran", "anggota"))
_SOME = frozenset(("sejumlah", "beberapa", "belasan", "puluhan"))
_WHOLE = frozenset(("perwakilan", "pengurus", "petinggi"))
_WITH = frozenset(("bersama", "dengan"))
_ATTRIBUTE_CUES = frozenset(("topic", "background"))
# 'Menurut X, ...', '..., disebut X, ...', '... dinilai oleh X': all of the sentence is what X says,
_ACCORDING = frozenset(
    (
        "menurut",
        "diakui",
        "diapresiasi",
        "dibenarkan",
        "dijelaskan",
        "dikatakan",
        "dikemukakan",
        "dinilai",
        "dipaparkan",
        "disampaikan",
        "disebut",
        "disebutkan",
        "ditambahkan",
        "ditegaskan",
        "diterangkan",
        "diungkapkan",
    )
)
# but not of 'Demikian dikatakan X saat membuka rapat'.
_SUMMING = frozenset(("demikian", "hal"))
_OURS = frozenset(("pihaknya", "jajarannya"))
MAX_OURS_TOKENS = 4
# 'Terkait rapat itu, X menyebut ...': what X speaks of.
_CONCERNING = frozenset(("menanggapi", "mengenai", "menyikapi", "soal", "tentang", "terkait"))
# 'Dalam sambutannya, X menilai ...': X speaks at the meeting.
_ADDRESSES = frozenset(("sambutan", "sambutannya", "arahannya", "paparannya", "kesempatan"))


@dataclass(slots=True)
class Actor:
    """Tokens `first` to `last` (exclusive) name `org`, perhaps through a person or a post."""

    first: int
    last: int
    org: str
    person: Person | None = None
    post: PostMention | None = None
    stands_in: bool = False  # acts for `org`, which sent it
    many: bool = False  # `org` is a circle of bodies, as 'Forkopimda'


def find_actors(mentions: Mentions, persons: list[Person], at: dict[int, Person]) -> list[Actor]:
    """All actors outside quotations, in the order of the text."""
    doc = mentions.doc
    found: list[Actor] = []
    covered: set[int] = set()
    for post in mentions.posts:
        org = organization_of(post, mentions, at)
        if org is None or post.former or doc.quoted[post.first]:
            covered.add(id(post.org))
            continue
        person = at.get(post.name.first) if post.name is not None else None
        if person is None and _of_each(post, doc):
            covered.add(id(post.org))
            continue
        if person is None and (post.plural or not (doc.capital[post.first] or _of_named(post))):
            if not _stands_for_all(post, doc):
                covered.add(id(post.org))
            continue
        if person is None and not _acts_unnamed(post):
            continue
        if person is None:
            person = _holder(post, org, persons)
        last = max(post.last, post.name.end if post.name is not None else 0)
        first = min(post.first, post.name.begin) if post.name is not None else post.first
        found.append(Actor(first, last, org, person, post))
        covered.add(id(post.org))
    named = {a.post.name.first for a in found if a.post is not None and a.post.name is not None}
    for person in persons:
        for name in person.names:
            if name.first in named or doc.quoted[name.first]:
                continue
            if name.begin and doc.words[name.begin - 1] == "(":
                continue  # a byline
            org = person.organization
            if org is not None:
                found.append(Actor(name.begin, name.end, org, person))
    ends = {org.last for org in mentions.orgs if org.complete}
    listed, above, begun = _listed(mentions), _superiors(mentions), _dateline(doc)
    for mention in mentions.orgs:
        if mention.first in ends and mention.last > mention.first:
            continue  # 'Lapas X Kanwil Y': the second says whose the first is
        if id(mention) in covered or id(mention) in above or doc.quoted[mention.first]:
            continue
        if mention.last <= begun:
            continue  # the paper
        if _collective(mention) and id(mention) not in listed:
            continue
        if mention.first and doc.words[mention.first - 1] == "[":
            continue  # a byline
        if _party_of_member(mention, doc):
            continue
        if _of_address(doc, mention.first):
            continue
        if mention.complete and mention.last > mention.first:
            many = mention.kind is not None and mention.kind.form == "collective"
            found.append(Actor(mention.first, mention.last, mention.name, many=many))
    return sorted(found, key=lambda a: (a.first, a.last))


def _of_address(doc: Document, i: int) -> bool:
    """'Jl. Pramuka No. 5', 'W6.PAS.UM.01': what a street is called after, what numbers a letter."""
    if i and doc.words[i - 1] == "." and not doc.gap(i) and doc.words[i].isupper():
        return True
    before = i - 2 if i > 1 and doc.words[i - 1] == "." else i - 1
    return before >= 0 and doc.keys[before] in _STREETS


def _party_of_member(mention: Org, doc: Document) -> bool:
    """'anggota DPRD A (Golkar) dan B (PKB)': whose members they are, in brackets."""
    party = mention.kind is not None and mention.kind.form == "party"
    party |= mention.agency is not None and mention.agency.sector == "politik"
    opens = mention.first > 0 and doc.words[mention.first - 1] == "("
    return party and opens and doc.words[mention.last : mention.last + 1] == [")"]


def _of_named(post: PostMention) -> bool:
    """'ketua Pengadilan Agama X': the writer's small letter, for the head of a named body."""
    org = post.org
    return (
        post.head
        and org is not None
        and org.complete
        and not org.supplied
        and org.last > org.first + 1
    )


def _acts_unnamed(post: PostMention) -> bool:
    """Whether a post without a name stands for its agency: 'Kapolres', not 'Kepala OPD'."""
    org = post.org
    if org is not None and org.agency is not None and org.agency.key in _TRUNKS:
        return post.head and org.agency.key in _COMMANDED
    if org is not None and org.agency is not None and org.agency.key in _FORCES:
        return post.head and post.title not in _LEADERS  # 'pimpinan TNI AU di sini'
    if org is not None and org.kind is not None and org.kind.form == "collective":
        return False
    return post.head or (org is not None and org.last > org.first)


def _of_each(post: PostMention, doc: Document) -> bool:
    """'ketua DPRD masing-masing', 'inspektur dari masing-masing kabupaten': many, and unnamed."""
    return doc.find(post.last, min(post.last + 2, len(doc)), _EACH) >= 0


def _stands_for_all(post: PostMention, doc: Document) -> bool:
    """'perwakilan X', 'anggota DPRD X', 'Sejumlah anggota X ...': X itself is there."""
    kind = post.org.kind if post.org is not None else None
    counted = post.first > 0 and doc.keys[post.first - 1] in _SOME
    if counted and post.first - 1 == doc.sentence_of(post.first).first:
        return True
    return post.title.casefold() in _WHOLE or (kind is not None and kind.sector == LEGISLATURE)


def _holder(post: PostMention, org: str, persons: list[Person]) -> Person | None:
    """The named holder that 'Kapolres' or 'Bupati' alone means."""
    for person in persons:
        if any(h.org == org and h.title == post.title and not h.former for h in person.holdings):
            return person
    return None


def _collective(org: Org) -> bool:
    """Bodies that are everybody ('TNI-Polri', 'OPD') or a place ('Desa X') unless a post acts."""
    if org.agency is not None:
        return org.agency.key in _TRUNKS | _FORCES and not org.tail
    kind = org.kind
    if kind is None:
        return False
    if kind.form == "collective":
        return kind.key not in _CIRCLES
    return kind.scope in _LOCAL and kind.sector == GOVERNING


def _dateline(doc: Document) -> int:
    """The token with which 'Koran X, Jakarta -' is over, 0 where a text begins without one."""
    for j in range(min(len(doc), MAX_DATELINE_TOKENS)):
        if doc.words[j] == "-" and doc.gap(j) and j + 1 < len(doc) and doc.gap(j + 1):
            return j
        if doc.is_word[j] and not doc.capital[j] and not doc.words[j][0].isdigit():
            return 0
    return 0


def _superiors(mentions: Mentions) -> set[int]:
    """'Polsek X, Polres Y mengunjungi Z', 'Kapolsek X Polres Y': whose the first is, and no list
    of two (by identity)."""
    doc, found = mentions.doc, set[int]()
    for one, other in pairwise(sorted(mentions.orgs, key=lambda o: o.first)):
        ranks = [_rank(one), _rank(other)]
        if 0 in ranks or ranks[0] >= ranks[1]:
            continue
        if other.first == one.last:
            found.add(id(other))
        if other.first != one.last + 1:
            continue
        on = other.last + 1 < len(doc) and doc.keys[other.last] in _LISTING
        if doc.words[one.last] == "," and not (on and doc.capital[other.last + 1]):
            found.add(id(other))
    return found


def _rank(org: Org) -> int:
    """How high a police or army body stands, 0 for others."""
    key = org.kind.key if org.kind is not None else ""
    return next((rank for rank, keys in enumerate(_RANKED, 1) if key.startswith(keys)), 0)


def _listed(mentions: Mentions) -> set[int]:
    """'melibatkan unsur TNI, Polri, BNN dan BIN': state bodies in a list of those that take part
    are parties like the others (by their identity)."""
    doc, found = mentions.doc, set[int]()
    run: list[Org] = []
    for org in [*sorted(mentions.orgs, key=lambda o: o.first), None]:
        joined = org is not None and run and org.first - run[-1].last <= MAX_LIST_GAP
        if org is not None and joined and doc.keys[org.first - 1] in _LISTING:
            run.append(org)
            continue
        if len(run) > 2 and not all(map(_collective, run)):
            before = doc.keys[max(0, run[0].first - MAX_OPENING_TOKENS) : run[0].first]
            if not _OPENINGS.isdisjoint(before):
                found |= {id(o) for o in run if o.agency is not None and o.agency.key in _TRUNKS}
        run = [org] if org is not None else []
    return found


def name_tokens(mentions: Mentions) -> set[int]:
    """The capitalized tokens within names of state bodies and their units: 'Komando Operasi X',
    'Kepala Seksi Penyuluhan', where no event is meant."""
    spans = [
        (o.first, o.last) for o in mentions.orgs
        if o.agency is not None
        or (o.kind is not None and o.kind.form == "state" and o.kind.scope not in _LOCAL)
    ]  # fmt: skip
    spans += [(p.first, p.last) for p in mentions.posts if p.title.startswith(_UNIT_HEADS)]
    return {j for first, last in spans for j in range(first, last) if mentions.doc.capital[j]}


def talked_about(
    doc: Document,
    words: WordSets,
    actor: Actor,
    sentence: Sentence,
    cues: list[Cue],
    eventful: bool,
) -> bool:
    """Only mentioned, or said to be away: a place, a topic, a source of law, an owner."""
    before = doc.keys[actor.first - 1] if actor.first > sentence.first else ""
    if any("absent" in c.what and c.last in (actor.first, actor.first - 1) for c in cues):
        return True  # 'tanpa dihadiri X'
    if actor.person is not None and actor.post is None:
        return False
    if actor.post is not None and actor.post.name is None:
        start = max(sentence.first, actor.first - 2)
        venue = doc.find(start, actor.first, words.venue_marks)
        if venue >= 0:  # 'ruang kerja Bupati', but 'mendatangi Kantor Bupati'
            return not any(c.last == venue and c.what >= _VISIT for c in cues)
    if actor.post is None:
        if not eventful:
            return True
        if before in _RANKS:
            with_them = (
                before == "jajaran"
                and actor.first - 2 >= sentence.first
                and doc.keys[actor.first - 2] in _WITH
            )
            acting = any(c.first == actor.last and c.what & SUBJECT_CUES for c in cues)
            come = (before == "unsur" and not actor.many) and any(
                c.last == actor.first - 1 and "attendee-after" in c.what for c in cues
            )
            return not (with_them or acting or come)
        if before == "hukum" and doc.keys[actor.first - 2] == "wilayah":
            return True  # 'wilayah hukum X'
        if before in words.attributes:
            goes = before == "ke" and any("guest-before" in c.what for c in cues)
            return not (goes or visited(doc, actor)) and before != "dari"
        for j in range(actor.first - 1, max(sentence.first, actor.first - MAX_PLACE_TOKENS), -1):
            if doc.keys[j] in words.venue_marks:
                return not any(c.last == j and c.what >= _VISIT for c in cues)
            if not doc.capital[j]:
                if doc.keys[j] == "di" and j < actor.first - 1:
                    return True  # 'di Press Room DPRD X'
                break
    last_cue = None
    for cue in cues:
        if cue.last <= actor.first:
            last_cue = cue
    told = last_cue.what if last_cue is not None else frozenset()
    parted = last_cue is not None and "," in doc.words[last_cue.last : actor.first]
    if actor.person is not None and parted:
        return False
    if actor.post is None and "speech" in told:
        return True  # 'menyampaikan bahwa Dinas X ...': what is told, not who was there
    if last_cue is not None and told & _ATTRIBUTE_CUES and not told & EVENT_CUES:
        return actor.first - last_cue.last < MAX_ATTRIBUTE_TOKENS
    return actor.person is None and actor.post is not None and not eventful


def visited(doc: Document, actor: Actor) -> bool:
    """'kunjungan X ke Y', 'kedatangan X di Y': Y, behind a noun for going there."""
    first = max(doc.sentence_of(actor.first).first, actor.first - MAX_GOING_TOKENS)
    return doc.keys[actor.first - 1] == "ke" and any(
        doc.keys[j] in _GOING and not doc.quoted[j] for j in range(first, actor.first - 1)
    )


def acts_in(
    doc: Document, actor: Actor, sentence: Sentence, cues: list[Cue], named: Iterable[KindWord]
) -> bool:
    """Whether words for the event (`named`, `cues`) stand outside quotations and what X says.

    'X menilai rapat itu penting' and 'Menurut X, rapat itu penting' tell of no act of X; that X
    speaks at the meeting is one.
    """
    before = actor.first - 1
    if before > sentence.first and doc.keys[before] == "oleh":
        before -= 1
    according = before >= sentence.first and (
        doc.keys[before] in _ACCORDING
        or any(c.last == actor.first and "speech-quote" in c.what for c in cues)
    )
    quotes = any(doc.quoted[sentence.first : sentence.last])
    if according and not quotes and doc.keys[sentence.first] not in _SUMMING:
        return False
    said = sentence.last
    for cue in cues:
        speaks = "speech" in cue.what and not cue.what & EVENT_CUES
        if speaks and cue.first >= actor.last and not doc.quoted[cue.first]:
            said = min(said, cue.first)
    ours = doc.find(said, sentence.last, _OURS)  # 'X mengatakan, pihaknya menggelar rapat'
    own = range(ours + 1, ours + MAX_OURS_TOKENS) if ours >= 0 else range(0)
    begin = actor.last if doc.find(sentence.first, sentence.first + 2, _CONCERNING) >= 0 else 0
    events = [word.first for word in named] + [c.first for c in cues if c.what & EVENT_CUES]
    events += [j for j in range(sentence.first, said) if doc.keys[j] in _ADDRESSES]
    return any(
        (begin <= first < said or first in own) and not doc.quoted[first] for first in events
    )


def speaks_in(doc: Document, sentence: Sentence, cues: list[Cue]) -> bool:
    """Whether a sentence tells what someone says, in their words or not."""
    return (
        any(c.what & SPEECH_CUES for c in cues)
        or any(doc.quoted[sentence.first : sentence.last])
        or any(doc.keys[j] in _ACCORDING for j in range(sentence.first, sentence.last))
    )


def represented(actors: list[Actor], cues: list[Cue]) -> dict[int, int]:
    """'X diwakili N': N acts for X (index of X); X itself, if a person, is not there (-1).

    'Mewakili X, N membuka': N acts for its own body too (X is `SENDER`).
    """
    found: dict[int, int] = {}
    for cue in cues:
        before = [k for k, a in enumerate(actors) if a.last <= cue.first]
        after = [k for k, a in enumerate(actors) if a.first >= cue.last]
        if not before and len(after) > 1 and "represents" in cue.what:
            sender = actors[after[0]]
            if sender.person is not None and sender.first - cue.last < MAX_STAND_IN_TOKENS:
                found[after[0]] = SENDER  # 'Mewakili X, N membuka'
        if not before or not after:
            continue
        near = (
            cue.first - actors[before[-1]].last < MAX_STAND_IN_TOKENS
            and actors[after[0]].first - cue.last < MAX_STAND_IN_TOKENS
        )
        if "represented-by" in cue.what and near:
            found[after[0]] = before[-1]
            found[before[-1]] = -1
        elif "through" in cue.what and near and actors[after[0]].person is not None:
            found[before[-1]] = -1  # 'Kapolda melalui Kapolres N menegaskan'
        elif "represents" in cue.what and actors[before[-1]].person is not None:
            if actors[after[0]].person is not None or actors[after[0]].post is not None:
                found[after[0]] = -1
            found[before[-1]] = after[0]
    return found
