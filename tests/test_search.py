"""Finding things by name: in the index of a store as in the graph itself, and what is like it."""

from __future__ import annotations

from pathlib import Path

import pytest

from sinergi.graph.errors import AmbiguousName, QueryError, StoreError
from sinergi.graph.labels import bare
from sinergi.graph.queries.naming import resolve
from sinergi.graph.results import Found
from sinergi.graph.store import Store, open_store

LAPAS, POLRES = "Lapas Arunika", "Polres Arunika"
KEJARI, DINKES = "Kejaksaan Negeri Arunika", "Dinas Kesehatan Kabupaten Arunika"


@pytest.fixture(params=["folder", "server"])
def indexed(request: pytest.FixtureRequest, small_folder: Path, small_remote: Store) -> Store:
    return open_store(small_folder) if request.param == "folder" else small_remote


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("polres arunika", POLRES),
        ("POLRES  Arunika.", POLRES),
        ("pol aru", POLRES),
        ("polrs arunka", POLRES),
        ("dinas kesehtan", DINKES),
        ("kejari", KEJARI),
        ("sari widuri", "Sari Widuri"),
        ("Dr. H. Sari Widuri, S.H., M.Si.", "Sari Widuri"),
        ("Sári", "Sari Widuri"),
        ("widury sarri", "Sari Widuri"),
        ("keamanan lapas", "keamanan lapas"),
    ],
)
def test_the_best_hit_is_what_was_meant(indexed: Store, text: str, label: str) -> None:
    assert indexed.search(text)[0].label == label


def test_quotes_are_found_with_the_title_of_their_article(indexed: Store) -> None:
    (hit,) = indexed.search("siap mendukung pengamanan", kinds=("quote",))
    assert hit == Found(
        "quote",
        "https://w3id.org/sinergi/id/article/a1",
        "Berita a1",
        "Damar menyatakan siap mendukung pengamanan Lapas.",
    )
    assert indexed.search("berita a1", kinds=("article",))[0].thing == hit.thing


def test_hits_are_distinct_and_limited(indexed: Store) -> None:
    hits = indexed.search("arunika", limit=3)
    assert len(hits) == 3 == len({hit.thing for hit in hits})
    assert {hit.kind for hit in indexed.search("arunika", kinds=("agency",))} == {"agency"}


@pytest.mark.parametrize("text", ["", "  ", "”", '" OR "', "*", "NEAR(a b)", "xyzzy", "\x00", "%"])
def test_nothing_is_a_fine_answer(indexed: Store, text: str) -> None:
    assert indexed.search(text, kinds=("agency", "person")) == []


def test_a_store_without_index_says_so() -> None:
    with pytest.raises(StoreError, match="no index"):
        Store.memory().search("polres")


NAMES = [
    ("agency", POLRES), ("agency", "polres arunika"), ("agency", "Kejari Arunika"),
    ("agency", "Lapas"), ("agency", "Polres"), ("agency", "Satpol PP"), ("thing", "Bu Sari"),
    ("person", "Damar Wicaksana"), ("person", "Dr. Sari Widuri, S.H."), ("person", POLRES),
    ("outlet", "Kabar Arunika"), ("outlet", "kabar"), ("meeting-kind", "audiensi"),
    ("meeting-kind", "Audience"), ("meeting-status", "planned"), ("agency", "agency:presiden"),
    ("thing", "Dinkes Arunika"), ("thing", ""),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "name"), NAMES)
def test_names_mean_the_same_with_an_index_and_without(
    indexed: Store, small_store: Store, kind: str, name: str
) -> None:
    def meant(store: Store) -> object:
        try:
            return resolve(store, name, kind)
        except AmbiguousName as error:
            return error.candidates
        except QueryError as error:
            return str(error).partition(";")[0].rstrip(".")  # suggestions may differ

    assert meant(indexed) == meant(small_store)


@pytest.mark.parametrize(
    ("name", "without"),
    [
        ("Dr. H. Salis Farida, S.H., M.Si.", "Salis Farida"),
        ("Salis Farida", "Salis Farida"),
        ("Ir Salis, SH, MH", "Ir Salis"),
        ("Dinas Sosial, Tirtamaya", "Dinas Sosial, Tirtamaya"),
        ("Drs.", "Drs."),
        (", S.H.", ", S.H."),
        ("", ""),
    ],
)
def test_titles_do_not_count(name: str, without: str) -> None:
    assert bare(name) == without
