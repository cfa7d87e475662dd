"""Posts over time: who held them when, and what does not add up. All persons are invented."""

from __future__ import annotations

import pytest

from sinergi.graph.dossier import dossier, render
from sinergi.graph.model import Article, Extraction, Official, Span
from sinergi.graph.queries import run
from sinergi.graph.rdf import article_quads, identity_quads, registry_quads
from sinergi.graph.registry import Registry
from sinergi.graph.resolution import resolve
from sinergi.graph.store import Store

AGENCY = "Polres Wanatirta"

# Day of the article, name, post, and whether the article calls the person former.
REPORTS = (
    ("2031-01-01", "Laras Wening", "Kepala", False),
    ("2031-03-01", "Laras Wening", "Kepala", False),
    ("2031-05-01", "Danu Wisesa", "Kepala", True),
    ("2031-06-01", "Danu Wisesa", "Kepala", False),
    ("2031-07-01", "Sekar Arum", "Kepala", False),
    ("2031-08-01", "Danu Wisesa", "Kepala", False),
    ("2031-01-01", "Bayu Angin", "Anggota", False),
    ("2031-01-01", "Tirta Wana", "Anggota", False),
    ("2031-09-01", "Nimas Ayu", "Anggota", False),
)


@pytest.fixture(scope="module")
def store() -> Store:
    registry = Registry.load()
    world = [
        Extraction(
            Article(f"a{i}", "", " ".join(f"w{i}{j}" for j in range(40)), day),
            (Official(name, post, AGENCY, former=former, spans=(Span(0, 3, "w"),)),),
        )
        for i, (day, name, post, former) in enumerate(REPORTS)
    ]
    resolution = resolve(world, registry)
    quads = [*registry_quads(resolution, registry), *identity_quads(resolution)]
    for extraction in world:
        links = resolution.links[extraction.article.id]
        quads += article_quads(extraction, links, resolution)
    return Store.memory(quads)


def test_gaps_overlaps_and_contradictions_are_listed(store: Store) -> None:
    rows = run(store, "officeholders", {"agency": AGENCY}).dicts()
    found = [
        (row["state"], row["first"], row["last"], row["name"], row["otherName"])
        for row in rows
        if row["post"] == "Kepala"
    ]
    assert found == [
        ("attested", "2031-01-01", "2031-03-01", "Laras Wening", ""),
        ("gap", "2031-03-01", "2031-06-01", "Laras Wening", "Danu Wisesa"),
        ("contradiction", "2031-05-01", "2031-08-01", "Danu Wisesa", ""),
        ("attested", "2031-06-01", "2031-08-01", "Danu Wisesa", ""),
        ("attested", "2031-07-01", "2031-07-01", "Sekar Arum", ""),
        ("overlap", "2031-07-01", "2031-07-01", "Danu Wisesa", "Sekar Arum"),
    ]


def test_of_posts_that_many_hold_nothing_is_odd(store: Store) -> None:
    rows = run(store, "officeholders", {"agency": AGENCY}).dicts()
    assert [row["state"] for row in rows if row["post"] == "Anggota"] == ["attested"] * 3


def test_show_tells_it_in_words(store: Store) -> None:
    page = render(dossier(store, AGENCY), width=100)
    assert "Posts over time (9)" in page
    assert (
        "  Kepala: nobody attested 2031-03-01 to 2031-06-01, after Laras Wening and before "
        "Danu Wisesa" in " ".join(page.split("\n    "))
    )
    assert "  Kepala: both Danu Wisesa and Sekar Arum attested 2031-07-01\n" in page
    person = dossier(store, "Danu Wisesa")
    assert [tenure.state for tenure in person.tenures] == [
        "gap", "contradiction", "attested", "overlap",
    ]  # fmt: skip
    page = render(person, width=100)
    assert f"Kepala, {AGENCY}: Danu Wisesa called former 2031-05-01, but attested" in page
