"""Identity on invented news of known truth: B-cubed precision and recall, time and memory by size.

    python benchmarks/identity.py 1000 10000 100000 [--kept]

With --kept it is a store's resolution that is measured (resolution/incremental): all articles but
101 drawn at random, then 100 of these, then one.

What extraction would state is made up directly, so that only resolution is measured. A region has
six agencies with a head and three section heads, each followed by another after about two years;
one head in five is transferred to the same agency of another region. Given and family names are
drawn by Zipf's law, so the same full name recurs among strangers. An event brings two agencies of
a region together and is told by one to three outlets: names lose a part, are abbreviated, spelled
in the old way or mistyped, people are left out, one day in eight is not told and one in forty is
the next; agencies lose their class or number; one report in ten is copied by another outlet.
"""

from __future__ import annotations

import argparse
import random
import resource
import sqlite3
import time
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from itertools import accumulate
from pathlib import Path
from tempfile import TemporaryDirectory

from sinergi.graph.model import (
    Article,
    Extraction,
    Meeting,
    Official,
    Participation,
    Party,
    Span,
    Topic,
)
from sinergi.graph.registry import Registry
from sinergi.graph.resolution import incremental, resolve

SEED = 20250519
FIRST_DAY, DAYS, TENURE = date(2020, 1, 6), 5 * 365, 730
ARTICLES_PER_REGION = 200
OUTLETS = tuple(f"Warta {name}" for name in ("Satu", "Dua", "Tiga", "Empat", "Lima", "Enam"))
KINDS = (
    ("Polres {}", "Polres {}"),
    ("Lapas Kelas IIB {}", "Lapas {}"),
    ("Kodim 0{number}/{}", "Kodim {}"),
    ("Kejaksaan Negeri {}", "Kejaksaan Negeri {}"),
    ("Dinas Kesehatan Kabupaten {}", "Dinas Kesehatan Kabupaten {}"),
    ("Pemerintah Kabupaten {}", "Pemerintah Kabupaten {}"),
)
POSTS = ("Kepala", "Kepala Seksi Umum", "Kepala Seksi Pembinaan", "Sekretaris")
DEGREES = ("S.H.", "M.H.", "S.E.", "M.M.", "S.Sos.", "M.Si.", "S.I.K.", "M.A.P.")
SYLLABLES = tuple(a + b for a in "bdgjklmnprstw" for b in "aiueo")
OLD_SPELLINGS = (("u", "oe"), ("j", "dj"), ("c", "tj"), ("y", "j"))

Truth = dict[Hashable, Hashable]  # mention -> thing


@dataclass
class Person:
    """An official as he is."""

    number: int
    name: list[str]
    degrees: tuple[str, ...]


@dataclass
class World:
    """Articles, and which thing each mention is of."""

    extractions: list[Extraction] = field(default_factory=list)
    persons: Truth = field(default_factory=dict)
    agencies: Truth = field(default_factory=dict)
    meetings: Truth = field(default_factory=dict)


def make(count: int) -> World:
    """About `count` articles, the same for the same count."""
    rng = random.Random(SEED)
    names = _Names(rng)
    numbers = iter(range(10**9))
    world = World()
    heads: dict[int, list[Person]] = defaultdict(list)  # by kind of agency: who may be transferred
    for region in range(max(1, count // ARTICLES_PER_REGION)):
        place = names.place()
        holders = {
            (kind, post): _holders(rng, names, numbers, heads[kind] if post == 0 else [])
            for kind in range(len(KINDS))
            for post in range(len(POSTS))
        }
        made = 0
        while made < ARTICLES_PER_REGION and len(world.extractions) < count:
            event = f"{region}-{made}"
            made += _event(rng, world, names, place, region, holders, event)
    return world


class _Names:
    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._given = [self._word(rng.choice((2, 3))) for _ in range(600)]
        self._family = [self._word(rng.choice((2, 3, 4))) for _ in range(1500)]
        self._words = [self._word(3) for _ in range(4000)]
        self._places: set[str] = set()

    def _word(self, syllables: int) -> str:
        return "".join(self._rng.choices(SYLLABLES, k=syllables)).capitalize()

    def _zipf(self, words: list[str]) -> str:
        """The commonest of some hundred names is one person's in forty, as given names are."""
        return self._rng.choices(words, cum_weights=_weights(len(words)))[0]

    def person(self) -> list[str]:
        parts = self._rng.choices((1, 2, 3, 4), weights=(8, 50, 35, 7))[0]
        drawn = [self._zipf(self._given), *(self._zipf(self._family) for _ in range(parts - 1))]
        return list(dict.fromkeys(drawn))

    def place(self) -> str:
        while (name := self._word(4)) in self._places:
            pass
        self._places.add(name)
        return name

    def words(self, count: int) -> list[str]:
        return self._rng.choices(self._words, k=count)


@cache
def _weights(count: int) -> list[float]:
    return list(accumulate(1 / (rank + 10) for rank in range(count)))


def _holders(
    rng: random.Random, names: _Names, numbers: Iterator[int], movable: list[Person]
) -> list[tuple[int, Person]]:
    """Who holds a post from which day on."""
    found, day = [], -rng.randrange(TENURE)
    while day < DAYS:
        if movable and rng.random() < 0.2 and day > TENURE // 2:
            person = movable.pop(0)
        else:
            degrees = tuple(rng.sample(DEGREES, rng.randrange(4)))
            person = Person(next(numbers), names.person(), degrees)
        found.append((day, person))
        day += TENURE + rng.randrange(-200, 200)
    # Only the first holder's time is surely over when the next region's posts are filled.
    movable.append(found[0][1])
    return found


def _event(
    rng: random.Random,
    world: World,
    names: _Names,
    place: str,
    region: int,
    holders: Mapping[tuple[int, int], list[tuple[int, Person]]],
    event: str,
) -> int:
    """One event in all its reports; how many these are."""
    day = rng.randrange(DAYS)
    kinds = rng.sample(range(len(KINDS)), 2)
    posts = [(kind, post) for kind in kinds for post in (0, *rng.sample((1, 2, 3), 1))]
    present = [
        (kind, post, max((h for h in holders[kind, post] if h[0] <= day), key=lambda h: h[0])[1])
        for kind, post in posts
    ]
    telling = names.words(60)
    topic = " ".join(names.words(2)).lower()
    reports = 0
    outlets = rng.sample(OUTLETS, rng.choice((1, 1, 1, 2, 2, 3)))
    for outlet in outlets:
        article = f"{event}-{reports}"
        text = " ".join(rng.sample(telling, 45) + names.words(10))
        told = _Report(rng, world, article, place, region, event, day, topic)
        world.extractions.append(told.extraction(text, outlet, kinds, present))
        reports += 1
        if rng.random() < 0.1:
            copy = f"{event}-{reports}"
            told.copy(copy)
            other = rng.choice([o for o in OUTLETS if o not in outlets])
            world.extractions.append(
                _renamed(world.extractions[-1], copy, other, f"{place}, {other} - {text}")
            )
            reports += 1
    return reports


def _renamed(extraction: Extraction, id: str, outlet: str, text: str) -> Extraction:
    article = Article(id, "", text, extraction.article.published, outlet)
    return Extraction(article, extraction.officials, extraction.meetings)


class _Report:
    def __init__(
        self,
        rng: random.Random,
        world: World,
        article: str,
        place: str,
        region: int,
        event: str,
        day: int,
        topic: str,
    ) -> None:
        self._rng, self._world, self._article = rng, world, article
        self._place, self._region, self._event = place, region, event
        self._day, self._topic = FIRST_DAY + timedelta(day), topic
        self._mentions: list[tuple[Truth, Hashable, Hashable]] = []

    def extraction(
        self, text: str, outlet: str, kinds: list[int], present: list[tuple[int, int, Person]]
    ) -> Extraction:
        rng = self._rng
        agency = {kind: self._agency(kind) for kind in kinds}
        officials: dict[str, Official] = {}
        for kind, post, person in present:
            if post and rng.random() < 0.3:
                continue
            name = self._name(person)
            if name in officials:
                continue
            degrees = person.degrees if rng.random() < 0.6 else ()
            span = (Span(0, 1, text[0]),)
            officials[name] = Official(name, POSTS[post], agency[kind], None, degrees, spans=span)
            self._say(self._world.persons, (self._article, name), person.number)
        told = self._day if rng.random() > 1 / 40 else self._day + timedelta(1)
        meeting = Meeting(
            rng.choice(("audiensi", "kunjungan", "rapat")),
            "held",
            tuple(Party(agency[kind]) for kind in kinds),
            told.isoformat() if rng.random() > 1 / 8 else None,
            participants=tuple(
                Participation(o.person, o.organization, "attendee", o.post)
                for o in officials.values()
            ),
            topics=(Topic(self._topic),),
        )
        self._say(self._world.meetings, (self._article, 0), self._event)
        published = (self._day + timedelta(rng.choice((0, 1, 1, 2)))).isoformat()
        article = Article(self._article, "", text, published, outlet)
        return Extraction(article, tuple(officials.values()), (meeting,))

    def copy(self, article: str) -> None:
        """The same mentions in another article."""
        for truth, mention, thing in self._mentions:
            assert isinstance(mention, tuple)
            truth[(article, *mention[1:])] = thing

    def _say(self, truth: Truth, mention: Hashable, thing: Hashable) -> None:
        truth[mention] = thing
        self._mentions.append((truth, mention, thing))

    def _agency(self, kind: int) -> str:
        form = KINDS[kind][self._rng.random() < 0.25]
        name = form.format(self._place, number=100 + self._region)
        self._say(self._world.agencies, (self._article, name), (self._region, kind))
        return name

    def _name(self, person: Person) -> str:
        rng, parts = self._rng, list(person.name)
        if len(parts) > 2 and rng.random() < 0.15:
            parts.pop()
        elif len(parts) > 2 and rng.random() < 0.15:
            parts[1] = f"{parts[1][0]}."
        if rng.random() < 0.05:
            new, old = rng.choice(OLD_SPELLINGS)
            parts[-1] = parts[-1].replace(new, old)
        if rng.random() < 0.02 and len(parts[0]) > 4:
            i = rng.randrange(1, len(parts[0]) - 1)
            parts[0] = parts[0][:i] + parts[0][i + 1 :]
        return " ".join(parts)


def b_cubed(truth: Truth, found: Mapping[Hashable, Hashable]) -> tuple[float, float]:
    """Precision and recall."""
    both = Counter((truth[m], found[m]) for m in truth)
    real, ours = Counter(truth.values()), Counter(found[m] for m in truth)
    precision = sum(n * n / ours[f] for (_, f), n in both.items()) / len(truth)
    recall = sum(n * n / real[t] for (t, _), n in both.items()) / len(truth)
    return precision, recall


def keep(world: World, registry: Registry) -> None:
    """Measure what a resolution costs that is kept in step."""
    late = set(random.Random(SEED).sample(range(len(world.extractions)), 101))
    batches: list[list[Extraction]] = [[], [], []]
    for number, extraction in enumerate(world.extractions):
        batches[0 if number not in late else 2 if number == min(late) else 1].append(extraction)
    texts = {e.article.id: e.article.text for e in world.extractions}
    with TemporaryDirectory() as folder:
        db = sqlite3.connect(Path(folder) / "kept.sqlite", isolation_level=None)
        for number, batch in enumerate(batches):
            start = time.process_time()
            db.execute("BEGIN")
            changed = incremental.update(
                db,
                ((e.article.id, e, "") for e in batch),
                texts.__getitem__,
                registry,
                anew=number == 0,
            )
            db.execute("COMMIT")
            assert changed is not None
            seconds = time.process_time() - start
            megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            print(
                f"{len(texts):,} | {len(batch):,} | {seconds:.2f} | {megabytes:.0f} | "
                f"{len(changed.articles):,}",
                flush=True,
            )
        db.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("articles", type=int, nargs="+")
    parser.add_argument("--kept", action="store_true", help="What is added to what was kept.")
    options = parser.parse_args()
    registry = Registry.load()
    if options.kept:
        print("articles | added | seconds | MB | articles that may be others")
        for count in options.articles:
            keep(make(count), registry)
        return
    print("articles | seconds | ms an article | MB | persons P, R | agencies P, R | meetings P, R")
    for count in options.articles:
        world = make(count)
        start = time.process_time()
        resolution = resolve(world.extractions, registry)
        seconds = time.process_time() - start
        megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        found: dict[str, dict[Hashable, Hashable]] = {"p": {}, "a": {}, "m": {}}
        for article, links in resolution.links.items():
            found["p"].update({(article, name): key for name, key in links.persons.items()})
            found["a"].update({(article, name): key for name, key in links.agencies.items()})
            found["m"].update({(article, i): key for i, key in enumerate(links.meetings)})
        figures = [
            "{:.4f}, {:.4f}".format(*b_cubed(truth, found[kind]))
            for kind, truth in (
                ("p", world.persons),
                ("a", world.agencies),
                ("m", world.meetings),
            )
        ]
        number = len(world.extractions)
        each = 1000 * seconds / number
        print(f"{number:,} | {seconds:.1f} | {each:.2f} | {megabytes:.0f} | {' | '.join(figures)}")


if __name__ == "__main__":
    main()
