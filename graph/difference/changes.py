"""What became of each thing of one graph in another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from sinergi.graph.difference.side import Fields, Key, Office, Side
from sinergi.graph.results import Source
from sinergi.ontology import normal_label

GROUPS = ("version", "article", "meeting", "agreement", "agency", "person", "office", "decision")
"""The kinds of things that change, in the order in which they are told."""

SHOWN = 4  # institutions in the label of a meeting


@dataclass(frozen=True, slots=True, order=True)
class Change:
    """One thing that is otherwise in the second graph, B, than in the first, A.

    `what` is added, removed, changed, renamed (it has another IRI), merged, parted or ended.
    `thing` is the IRI in B, of what is gone in A. `others` are those in A that it was merged of or
    had the name of, or those in B that it was parted into. What is `changed` is a `field`, with
    the values that A alone and B alone has; `note` says what the rest does not.
    """

    kind: str  # one of GROUPS
    what: str
    thing: str
    label: str
    others: tuple[str, ...] = ()
    field: str = ""
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """All changes, sorted by kind, what, label, and how many things each graph has."""

    changes: tuple[Change, ...]
    before: dict[str, int]
    after: dict[str, int]


def difference(a: Source, b: Source) -> Difference:
    """What changed from graph `a` to graph `b`. Raises as the graphs do when they are asked."""
    return _Comparison(Side.read(a), Side.read(b)).difference()


class _Comparison:
    def __init__(self, a: Side, b: Side) -> None:
        self._a, self._b = a, b
        self._now: dict[str, str] = {}  # IRIs of A -> what they are in B

    def difference(self) -> Difference:
        identity = [
            *self._identity("agency", self._a.agencies, self._b.agencies),
            *self._identity("person", self._a.persons, self._b.persons),
            *self._identity("meeting", self._a.meetings, self._b.meetings),
        ]
        found = {
            *identity,
            *self._versions(),
            *self._articles(),
            *self._names(),
            *self._fields("agency", self._a.agencies, self._b.agencies),
            *self._fields("meeting", self._a.meetings, self._b.meetings),
            *self._agreements(),
            *self._offices(),
            *self._decisions(),
        }
        order = {kind: number for number, kind in enumerate(GROUPS)}
        changes = sorted(found, key=lambda c: (order[c.kind], c.what, c.label, c))
        return Difference(tuple(changes), self._a.counts(), self._b.counts())

    # Which is which ------------------------------------------------------------------------------

    def _identity(self, kind: str, a: Collection[str], b: Collection[str]) -> Iterator[Change]:
        """Things that came, went, got another IRI, were merged or parted."""
        a, b = set(a), set(b)
        into: dict[str, set[str]] = defaultdict(set)
        out_of: dict[str, set[str]] = defaultdict(set)
        for old in a - b:
            if (target := self._b.replaced.get(old)) in b:
                into[str(target)].add(old)
        for new in b - a:
            if (origin := self._a.replaced.get(new)) in a:
                out_of[str(origin)].add(new)
        explained: set[str] = set()
        for new, olds in sorted(into.items()):
            sources = sorted(olds | ({new} & a))
            self._now.update(dict.fromkeys(sources, new))
            explained |= {*olds, new}
            what = "merged" if len(sources) > 1 else "renamed"
            yield Change(kind, what, new, self._label(self._b, kind, new), tuple(sources))
        for old, news in sorted(out_of.items()):
            targets = sorted(news | ({old} & b))
            if len(targets) > 1:
                explained |= {*news, old}
                label = self._label(self._a, kind, old)
                yield Change(kind, "parted", old, label, tuple(targets))
            elif old not in explained:
                explained |= {*news, old}
                self._now[old] = targets[0]
                label = self._label(self._b, kind, targets[0])
                yield Change(kind, "renamed", targets[0], label, (old,))
        for iri in sorted(b - a - explained):
            yield Change(kind, "added", iri, self._label(self._b, kind, iri))
        for iri in sorted(a - b - explained):
            yield Change(kind, "removed", iri, self._label(self._a, kind, iri))

    def _label(self, side: Side, kind: str, iri: str) -> str:
        if kind != "meeting":
            return side.called(iri)
        said = side.meetings[iri]
        who = sorted(map(side.called, said.get("hosts", set()) | said.get("others present", set())))
        agencies = [name for name in who if name not in self._people(side, said)]
        more = f" and {len(agencies) - SHOWN} more" if len(agencies) > SHOWN else ""
        day = min(said.get("day", ()), default="no day")
        kinds = "/".join(sorted(map(side.called, said.get("kind", ()))))
        return f"{day} {kinds}: {', '.join(agencies[:SHOWN])}{more}"

    def _people(self, side: Side, said: Fields) -> set[str]:
        present = said.get("hosts", set()) | said.get("others present", set())
        return {side.called(iri) for iri in present if iri in side.persons}

    def _then(self, iri: str) -> str:
        """What a thing of A is in B."""
        return self._now.get(iri, iri)

    # What is said of them ------------------------------------------------------------------------

    def _fields(
        self, kind: str, a: Mapping[str, Fields], b: Mapping[str, Fields]
    ) -> Iterator[Change]:
        """What is said otherwise of a thing that is in both; of several merged it is all."""
        earlier: dict[str, Fields] = {}
        for iri, said in a.items():
            if (now := self._then(iri)) in b:
                for field, values in said.items():
                    known = earlier.setdefault(now, {}).setdefault(field, set())
                    known.update(map(self._then, values))
        for iri, fields in earlier.items():
            label = self._label(self._b, kind, iri)
            for field in sorted({*fields, *b[iri]}):
                old, new = fields.get(field, set()), b[iri].get(field, set())
                gone = tuple(sorted(self._a.called(v) for v in old - new))
                come = tuple(sorted(self._b.called(v) for v in new - old))
                if gone != come:
                    yield Change(kind, "changed", iri, label, (), field, gone, come)

    def _names(self) -> Iterator[Change]:
        for kind, a, b in (
            ("agency", self._a.agencies, self._b.agencies),
            ("person", self._a.persons, self._b.persons),
        ):
            for iri in a:
                now = self._then(iri)
                old, new = self._a.called(iri), self._b.called(now)
                if now in b and now == iri and old != new:
                    yield Change(kind, "changed", now, new, (), "name", (old,), (new,))

    def _versions(self) -> Iterator[Change]:
        """The software, tables and rules by which the graphs were made."""
        a, b = self._a.versions, self._b.versions
        for field in sorted({*a, *b}):
            old, new = (tuple(filter(None, [side.get(field)])) for side in (a, b))
            if old != new:
                yield Change("version", "changed", "", field, (), field, old, new)

    def _articles(self) -> Iterator[Change]:
        a, b = self._a.articles, self._b.articles

        def label(article: Mapping[str, str]) -> str:
            told = (article["day"], article["publisher"], article["title"])
            return ", ".join(filter(None, told)) or article["x"]

        for iri in b.keys() - a.keys():
            yield Change("article", "added", iri, label(b[iri]))
        for iri in a.keys() - b.keys():
            yield Change("article", "removed", iri, label(a[iri]))
        for iri in a.keys() & b.keys():
            for field, name in (("title", "headline"), ("day", "day"), ("publisher", "outlet")):
                old, new = a[iri][field], b[iri][field]
                if old != new:
                    before, after = (tuple(filter(None, [value])) for value in (old, new))
                    yield Change("article", "changed", iri, label(b[iri]), (), name, before, after)
            if a[iri]["sha256"] != b[iri]["sha256"]:
                yield Change("article", "changed", iri, label(b[iri]), (), "text")

    def _agreements(self) -> Iterator[Change]:
        a = {(name, self._then(m)): iri for iri, (name, m) in self._a.agreements.items()}
        b = {(name, m): iri for iri, (name, m) in self._b.agreements.items()}
        for (name, meeting), iri in b.items():
            if (name, meeting) not in a:
                note = self._label(self._b, "meeting", meeting)
                yield Change("agreement", "added", iri, name, note=note)
        for (name, _), iri in a.items():
            if (name, _) not in b:
                meeting = self._a.agreements[iri][1]
                note = self._label(self._a, "meeting", meeting)
                yield Change("agreement", "removed", iri, name, note=note)

    def _decisions(self) -> Iterator[Change]:
        a, b = self._a.decisions, self._b.decisions
        for what, these, others in (("added", b, a), ("removed", a, b)):
            for iri in these.keys() - others.keys():
                yield Change("decision", what, iri, ", ".join(these[iri]))
        for iri in a.keys() & b.keys():
            if a[iri] != b[iri]:
                gone, come = (
                    tuple(sorted({*one} - {*other}))
                    for one, other in ((a[iri], b[iri]), (b[iri], a[iri]))
                )
                label = ", ".join(b[iri])
                yield Change("decision", "changed", iri, label, (), "judgement", gone, come)

    # Offices -------------------------------------------------------------------------------------

    def _offices(self) -> Iterator[Change]:
        a = _by_key(self._a.offices, self._then)
        b = _by_key(self._b.offices, lambda iri: iri)
        for key in b.keys() - a.keys():
            yield Change("office", "added", b[key].iri, self._office(self._b, b[key]))
        for key in a.keys() - b.keys():
            yield Change("office", "removed", a[key].iri, self._office(self._a, a[key]))
        for key in a.keys() & b.keys():
            if b[key].former and not a[key].former:
                note = "called a former one"
                yield self._ended(b[key], note)
        yield from self._succeeded(a, b)

    def _succeeded(self, a: Mapping[Key, Office], b: Mapping[Key, Office]) -> Iterator[Change]:
        """Offices whose one holder of A has another after them in B.

        Only where A knows one holder of the post: a post that several hold at once ends for nobody
        when one more is named.
        """
        holders: dict[tuple[str, str], list[Key]] = defaultdict(list)
        for person, agency, post in a:
            if post and not a[person, agency, post].former:
                holders[agency, post].append((person, agency, post))
        later: dict[tuple[str, str], list[Office]] = defaultdict(list)
        for key in b.keys() - a.keys():
            later[key[1:]].append(b[key])
        for place, keys in holders.items():
            held = b.get(keys[0])
            if len(keys) > 1 or held is None or held.former or not held.last:
                continue
            after = [o for o in later[place] if o.first > held.last and not o.former]
            if after:
                next_one = min(after, key=lambda o: (o.first, o.iri))
                name = self._b.called(next_one.person)
                yield self._ended(held, f"held by {name} from {next_one.first} at the latest")

    def _ended(self, office: Office, note: str) -> Change:
        label = self._office(self._b, office)
        return Change("office", "ended", office.iri, label, note=note)

    def _office(self, side: Side, office: Office) -> str:
        post = f"{office.post}, " if office.post else ""
        days = " to ".join(dict.fromkeys(filter(None, (office.first, office.last))))
        told = f" ({days})" if days else ""
        return f"{side.called(office.person)}: {post}{side.called(office.agency)}{told}"


def _by_key(offices: Iterable[Office], then: Callable[[str], str]) -> dict[Key, Office]:
    """Offices by who, where and what; of several under one key what they say together."""
    found: dict[Key, Office] = {}
    for office in sorted(offices, key=lambda office: office.iri):
        key = (then(office.person), then(office.agency), normal_label(office.post))
        known = found.get(key)
        if known is None:
            found[key] = office
            continue
        firsts = [day for day in (known.first, office.first) if day]
        found[key] = Office(
            known.iri, known.person, known.agency, known.post,
            min(firsts, default=""), max(known.last, office.last),
            known.former or office.former,
        )  # fmt: skip
    return found
