"""Resolving what new articles have a say in ends where resolving everything ends, to the byte."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator, Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sinergi.graph import rdf
from sinergi.graph.model import (
    Article,
    Decision,
    Extraction,
    Meeting,
    Official,
    Participation,
    Party,
    Resolution,
    Span,
    Statement,
    Topic,
)
from sinergi.graph.registry import Registry
from sinergi.graph.resolution import articles, doubts, incremental, meetings, resolve
from sinergi.graph.resolution.decisions import agency_mention, meeting_mentions, person_mention
from sinergi.graph.resolution.incremental import candidates
from sinergi.graph.resolution.incremental import meetings as kept_meetings

REGIONS = """code,kind,name,parent,aliases,source
99,provinsi,Tirtaraya,,,invented
99.01,kabupaten,Wanatirta,99,,invented
99.02,kabupaten,Sukamaju,99,,invented
99.71,kota,Wanatirta,99,,invented
"""
PEOPLE = (
    "Laras Wening", "Laras R. Wening", "Laras", "Wening", "L. Wening", "Laras Rinjani Wening",
    "Danu Wisesa", "Danu", "Danu Wisesa Laras", "Tirta", "Tirta Wana", "M. Tirta Wana",
    "Muhammad Tirta Wana", "Larass Wening", "Bayu Angin Danu", "Bayu Angin", "Laras Danu Wisesa",
)  # fmt: skip
ALIASES = (
    "Rinjani",
    "Ny. Laras Wening",
    "Wana",
    "Angin",
    "Laras",
    "Lara",
    "Wisesa",
    "Laras Wening",
)
AGENCIES = (
    "Lapas Kelas IIB Wanatirta", "Lapas Wanatirta", "Lapas Kelas IIA Wanatirta",
    "Polres Wanatirta", "Polres Sukamaju", "Polres Wanatirta Kota", "Dinas Pasar Kota Wanatirta",
    "Dinas Pasar dan Jalan Kota Wanatirta", "Dinas Jalan Kota Wanatirta",
    "Pemerintah Kota Wanatirta", "Pemerintah Kabupaten Sukamaju", "Kejaksaan Negeri Sukamaju",
    "Tim Penggerak PKK", "Tim Penggerak PKK Kabupaten Sukamaju", "Kodim 0999/Wanatirta",
    "Kodim Wanatirta", "Gugus Tugas Kabupaten", "Kecamatan Sukoharjo", "PT Tirta", "P.T. Tirta",
    "Dinas Pasar Kabupaten Sukamaju",
)  # fmt: skip
POSTS = (
    "Kepala", "Ketua", "Wakil Ketua", "Wakil Ketua II", "Pelaksana Tugas Kepala", None, "Bupati",
    "Kepala Seksi Pembinaan",
)  # fmt: skip
DAYS = ("2031-03-04", "2031-03-05", "2031-03-06", "2031-05-01", "2032-01-01", None)
IDS = tuple(f"a{number:02}" for number in range(25))

World = Mapping[str, Extraction]


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Registry:
    path = tmp_path_factory.mktemp("registry") / "regions.csv"
    path.write_text(REGIONS, encoding="utf-8")
    return Registry.load(path)


@pytest.fixture(scope="module", params=[False, True], ids=["caps", "low caps"])
def caps(request: pytest.FixtureRequest) -> Iterator[None]:
    """With low caps small worlds cross those beyond which a block is not looked through."""
    with pytest.MonkeyPatch.context() as patch:
        if request.param:
            for module in (meetings, kept_meetings):
                patch.setattr(module, "LARGEST_BLOCK", 3)
            for module in (doubts, candidates):
                patch.setattr(module, "LARGEST_BLOCK", 3)
            patch.setattr(articles, "BOILERPLATE", 3)
        yield


class Maker:
    """Makes articles of few names, so that they have much to do with one another."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._texts = [self._words(50) for _ in range(3)]

    def article(self, id: str) -> Extraction:
        rng = self._rng
        people, agencies = rng.sample(PEOPLE, 4), rng.sample(AGENCIES, 4)
        officials = tuple(
            Official(
                rng.choice(people), rng.choice(POSTS), rng.choice([*agencies, None]),
                degrees=tuple(rng.sample(("S.H.", "M.H.", "S.E."), rng.randrange(3))),
                aliases=tuple(rng.sample(ALIASES, rng.choice((0, 0, 1, 2)))),
                former=rng.random() < 0.1,
            )
            for _ in range(rng.randrange(4))
        )  # fmt: skip
        told = tuple(self._meeting(people, agencies) for _ in range(rng.choice((0, 1, 1, 2))))
        said = tuple(
            Statement(rng.choice([*people, None]), rng.choice([*agencies, None]), "Baik.", True)
            for _ in range(rng.randrange(2))
        )
        outlet = rng.choice(("Warta", "Kabar", None))
        article = Article(id, id, self._text(), rng.choice(DAYS), outlet)
        return Extraction(article, officials, told, said)

    def decisions(self, world: World) -> list[Decision]:
        mentions = [
            *(("person", person_mention(e.article.id, o.person))
              for e in world.values() for o in e.officials),
            *(("agency", agency_mention(name)) for name in AGENCIES),
            *(("meeting", m) for e in world.values() for m in meeting_mentions(e)),
            *(("article", f"article:{id}") for id in world),
        ]  # fmt: skip
        found = []
        for _ in range(self._rng.randrange(4)):
            kind, left = self._rng.choice(mentions)
            right = self._rng.choice([m for k, m in mentions if k == kind])
            judgement = self._rng.choice(("same", "different", "different", "unsure"))
            if left != right:
                found.append(Decision(left, right, judgement, "seen", "nira", "2031-04-01"))
        return found

    def _meeting(self, people: list[str], agencies: list[str]) -> Meeting:
        rng = self._rng
        parties = rng.sample(agencies, rng.choice((2, 2, 3)))
        return Meeting(
            rng.choice(("audiensi", "kunjungan", "rapat", "penandatanganan")),
            "held",
            tuple(map(Party, parties)),
            rng.choice(DAYS),
            place=rng.choice((None, "Aula Melati", "Gedung Mawar")),
            participants=tuple(
                Participation(
                    rng.choice(people), rng.choice([*parties, None]), "attendee",
                    rng.choice(POSTS), represents=rng.choice((None, None, rng.choice(AGENCIES))),
                )
                for _ in range(rng.randrange(3))
            ),
            topics=tuple(
                map(Topic, rng.sample(("patroli malam", "hari raya", "pasar"), rng.randrange(3)))
            ),
            spans=(Span(rng.randrange(5), 9, ""),),
        )  # fmt: skip

    def _text(self) -> str:
        if self._rng.random() < 0.5:
            base = self._rng.choice(self._texts).split()
            return " ".join(base[self._rng.randrange(8) :] + self._rng.choices("abcdefgh", k=2))
        return self._words(self._rng.choice((5, 45, 60)))

    def _words(self, count: int) -> str:
        return " ".join("".join(self._rng.choices("aeioknrst", k=4)) for _ in range(count))


class Kept:
    """A resolution that is kept in step."""

    def __init__(self, registry: Registry) -> None:
        self.db = sqlite3.connect(":memory:", isolation_level=None)
        self._registry = registry
        self._fresh = True

    def update(
        self, world: World, changed: Mapping[str, Extraction | None], decisions: list[Decision]
    ) -> incremental.Changes | None:
        """None where everything was resolved anew."""
        found = None
        if not self._fresh:
            self.db.execute("BEGIN")
            found = self._update(world, changed, decisions, anew=False)
            self.db.execute("ROLLBACK" if found is None else "COMMIT")
        if found is None:
            self._update(world, world, decisions, anew=True)
        self._fresh = False
        return found

    def _update(
        self,
        world: World,
        changed: Mapping[str, Extraction | None],
        decisions: list[Decision],
        *,
        anew: bool,
    ) -> incremental.Changes | None:
        return incremental.update(
            self.db,
            [(id, extraction, "") for id, extraction in sorted(changed.items())],
            lambda id: world[id].article.text,
            self._registry,
            decisions,
            anew=anew,
        )

    def links(self) -> dict[str, Resolution]:
        found = {}
        for (id,) in self.db.execute("SELECT id FROM resolved").fetchall():
            linked = incremental.linked(self.db, id)
            assert linked is not None
            found[id] = linked[0]
        return found


def quads(resolution: Resolution) -> set[str]:
    """What the identity graph says, as N-Quads."""
    return set(map(str, rdf.identity_quads(resolution)))


@settings(deadline=None, max_examples=12)
@given(st.randoms(use_true_random=False), st.booleans())
def test_whatever_comes_changes_and_goes_it_is_the_resolution_of_all(
    caps: None, registry: Registry, rng: random.Random, judged: bool
) -> None:
    maker, kept, world = Maker(rng), Kept(registry), dict[str, Extraction]()
    decisions: list[Decision] = []
    before, links = set[str](), dict[str, Resolution]()
    for _ in range(rng.randrange(2, 6)):
        changed: dict[str, Extraction | None] = {}
        for id in rng.sample(IDS, rng.choice((1, 1, 2, 5, 9))):
            gone = id in world and rng.random() < 0.3
            changed[id] = None if gone else maker.article(id)
        world |= {id: e for id, e in changed.items() if e}
        world = {id: e for id, e in world.items() if changed.get(id, e)}
        if judged and world and rng.random() < 0.5:
            decisions = maker.decisions(world)
        found = kept.update(world, changed, decisions)
        expected, now = resolve(world.values(), registry, decisions), incremental.whole(kept.db)

        # What is kept is what all articles together give.
        assert now.agencies == expected.agencies
        assert now.persons == expected.persons
        assert now.duplicates == expected.duplicates
        assert now.joins == expected.joins
        assert now.decisions == expected.decisions
        assert sorted(now.replaced) == sorted(expected.replaced)
        assert now.candidates == expected.candidates
        linked = kept.links()
        assert {id: one.links[id] for id, one in linked.items()} == expected.links

        # What is said to have changed has, and nothing else has.
        after = quads(now)
        assert after == quads(expected)
        if found is not None:
            assert found.after.refusals == expected.refusals
            assert quads(found.before) <= before
            assert (before - quads(found.before)) | quads(found.after) == after
            untouched = links.keys() & linked.keys() - found.articles
            assert all(links[id] == linked[id] for id in untouched)
        before, links = after, linked


def test_what_an_article_has_no_say_in_is_not_looked_at(registry: Registry) -> None:
    """Only the homes that a new article touches get new rows."""
    maker, kept = Maker(random.Random(1)), Kept(registry)
    world = {id: maker.article(id) for id in IDS}
    kept.update(world, world, [])
    ask = "SELECT MAX(home), COUNT(*) FROM person"
    homes, persons = kept.db.execute(ask).fetchone()
    stranger = Official("Gelang Kencana Asri", "Kepala", "Balai Arsip Tirtaraya")
    new = Extraction(Article("z", "z", "Kabar.", "2031-03-04"), (stranger,))
    found = kept.update(world | {"z": new}, {"z": new}, [])
    assert found is not None
    assert found.articles == {"z"}
    assert set(found.after.persons) == {"gelang-kencana-asri.balai-arsip-tirtaraya"}
    assert not found.before.persons
    assert kept.db.execute(ask).fetchone() == (homes + 1, persons + 1)
