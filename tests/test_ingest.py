"""Stores that are added to: whatever happens, what was acknowledged is there, and whole.

What takes a `place` is tried in a folder and on a server. The rest is of folders alone: generations
that readers hold, disks that are full or read-only, damaged files, backups, what `build` makes.
"""

from __future__ import annotations

import io
import json
import os
import random
import resource
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from sinergi.cli import main
from sinergi.graph.errors import InputError, SinergiError, StoreError
from sinergi.graph.exports import export_graph
from sinergi.graph.extraction import extract
from sinergi.graph.ingest import ingest, optimize, remove
from sinergi.graph.model import Article, Extraction
from sinergi.graph.pipeline import build, extract_all
from sinergi.graph.registry import Registry
from sinergi.graph.results import select
from sinergi.graph.store import codec, open_store
from sinergi.graph.store.copies import backup, restore
from sinergi.graph.store.folder import read_meta
from sinergi.graph.store.info import check, info
from sinergi.graph.store.writer import Writer
from sinergi.graph.store.writing import writer_at

ROOT = Path(__file__).parent.parent
Place = Path | str  # a folder, or the address of a server; see the fixture `place`
SAMPLES, TABLES = ROOT / "data" / "samples", ROOT / "data" / "samples-registry"


@pytest.fixture(scope="module")
def registry() -> Registry:
    return Registry.load(TABLES)


@pytest.fixture(scope="module")
def articles(registry: Registry) -> list[dict[str, Any]]:
    """The sample articles, as records of a JSON Lines file."""
    found = extract_all([SAMPLES], registry=registry)
    return [
        {
            name: getattr(e.article, name)
            for name in ("id", "title", "text", "published", "publisher", "url")
        }
        for e in found
        if isinstance(e, Extraction)
    ]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory, registry: Registry) -> str:
    """The graph of all sample articles, built in one go, as N-Quads."""
    out = tmp_path_factory.mktemp("whole")
    build([SAMPLES], out, registry=registry)
    return nquads(out / "store")


def nquads(path: Place) -> str:
    stream = io.StringIO()
    export_graph(open_store(path).quads(), "nquads", stream)
    return stream.getvalue()


def write(path: Path, articles: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(article) + "\n" for article in articles), "utf-8")
    return path


def ids(path: Place) -> set[str]:
    asked = "SELECT DISTINCT ?id { ?a a schema:NewsArticle ; schema:identifier ?id }"
    return {row["id"] for row in select(open_store(path), asked).dicts()}


# What articles state, kept ----------------------------------------------------------------------


def test_what_is_kept_is_read_back(registry: Registry) -> None:
    for extraction in extract_all([SAMPLES], registry=registry):
        assert isinstance(extraction, Extraction)
        article = codec.article_from_bytes(codec.article_to_bytes(extraction.article))
        stated = codec.stated_to_bytes(extraction)
        assert codec.extraction_from_bytes(article, stated) == extraction


text = st.text(st.characters(exclude_categories=()), max_size=20)  # half surrogate pairs too
articles_of_any_kind = st.builds(
    Article, id=text, title=text, text=text, published=st.none() | text, publisher=st.none() | text
)


@given(st.builds(Extraction, article=articles_of_any_kind))
def test_whatever_can_be_stated_can_be_kept(extraction: Extraction) -> None:
    article = codec.article_from_bytes(codec.article_to_bytes(extraction.article))
    assert codec.extraction_from_bytes(article, codec.stated_to_bytes(extraction)) == extraction


def test_what_was_kept_otherwise_is_no_extraction() -> None:
    article = Article("a", "", "")
    for data in (b"", codec.article_to_bytes(article), codec._bytes([[], [], []])):
        with pytest.raises((ValueError, TypeError, LookupError)):
            codec.extraction_from_bytes(article, data)


# Batches ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("batch", [1, 3, None])
def test_batches_end_in_the_graph_of_one_build(
    tmp_path: Path,
    place: Place,
    registry: Registry,
    articles: list[dict[str, Any]],
    whole: str,
    batch: int | None,
) -> None:
    shuffled = random.Random(batch or 0).sample(articles, len(articles))
    parts = [write(tmp_path / f"{n}.jsonl", shuffled[n::2]) for n in range(2)]
    acknowledged: list[str] = []
    store = place
    for part in parts:
        ingest(part, store, registry=registry, batch=batch, acknowledge=acknowledged.extend)
        assert ids(store) == set(acknowledged)
    assert nquads(store) == whole
    assert sorted(acknowledged) == sorted(a["id"] for a in articles)
    assert not list(check(store))

    parts.append(write(tmp_path / "all.jsonl", shuffled[1:]))  # the same out of another file
    again = ingest(parts, store, registry=registry, batch=batch)
    assert (again.added, again.replaced) == (0, 0)
    assert (again.unchanged, again.repeated) == (len(articles), len(articles) - 1)
    assert nquads(store) == whole


def test_a_build_is_gone_on_with(
    tmp_path: Path, registry: Registry, articles: list[dict[str, Any]], whole: str
) -> None:
    build(write(tmp_path / "some.jsonl", articles[:6]), tmp_path / "out", registry=registry)
    store = tmp_path / "out" / "store"
    done = ingest(write(tmp_path / "rest.jsonl", articles[6:]), store, registry=registry)
    assert done.added == len(articles) - 6 and done.read_anew == 0
    assert nquads(store) == whole


def test_an_article_replaces_its_former_self_and_can_be_removed(
    tmp_path: Path, place: Place, registry: Registry, articles: list[dict[str, Any]], whole: str
) -> None:
    store, first = place, articles[0]["id"]
    changed = {**articles[0], "text": articles[1]["text"], "title": "Ralat"}
    ingest(write(tmp_path / "1.jsonl", [changed, *articles[1:]]), store, registry=registry)
    assert nquads(store) != whole
    done = ingest(write(tmp_path / "2.jsonl", articles[:1]), store, registry=registry)
    assert (done.added, done.replaced, done.articles) == (0, 1, len(articles))
    assert nquads(store) == whole

    with pytest.raises(StoreError, match="no article 'nonesuch'"):
        remove([first, "nonesuch"], store, registry=registry)
    assert nquads(store) == whole
    remove([first], store, registry=registry)
    assert ids(store) == {a["id"] for a in articles[1:]}
    rest = build(write(tmp_path / "3.jsonl", articles[1:]), tmp_path / "rest", registry=registry)
    assert nquads(store) == nquads(tmp_path / "rest" / "store") and rest.articles
    assert not list(check(store))


def test_different_articles_of_one_id_are_both_there(
    tmp_path: Path, place: Place, registry: Registry, articles: list[dict[str, Any]]
) -> None:
    twins = write(tmp_path / "a.jsonl", [{**a, "id": "same"} for a in articles[:3]])
    build(twins, tmp_path / "out", registry=registry)
    acknowledged: list[str] = []
    ingest(twins, place, registry=registry, batch=1, acknowledge=acknowledged.extend)
    assert nquads(place) == nquads(tmp_path / "out" / "store")
    assert len(ids(place)) == 3


def test_other_tables_have_all_articles_read_anew(
    tmp_path: Path, place: Place, registry: Registry, articles: list[dict[str, Any]], whole: str
) -> None:
    store = place
    ingest(write(tmp_path / "1.jsonl", articles[:-1]), store, registry=Registry.load())
    done = ingest(write(tmp_path / "2.jsonl", articles[-1:]), store, registry=registry)
    assert (done.added, done.read_anew) == (1, len(articles) - 1)
    assert nquads(store) == whole


def test_the_base_is_said_once(
    tmp_path: Path, place: Place, articles: list[dict[str, Any]]
) -> None:
    store, some = place, write(tmp_path / "a.jsonl", articles[:1])
    ingest(some, store, base="https://data.example/")
    ingest(write(tmp_path / "b.jsonl", articles[1:2]), store)
    assert all(g.value.startswith("https://data.example/") for g in open_store(store).graphs()
               if "/article/" in g.value)  # fmt: skip
    with pytest.raises(InputError, match=r"begin with https://data\.example/"):
        ingest(some, store, base="https://other.example/")


# One writer, many readers ------------------------------------------------------------------------


def test_a_second_writer_is_told_who_the_first_one_is(place: Place) -> None:
    with closing(writer_at(place)) as first:
        first.publish()
        with pytest.raises(StoreError, match=rf"written by process {os.getpid()} on "):
            writer_at(place)
    writer_at(place).close()


def test_readers_see_whole_generations_beside_a_writer(
    tmp_path: Path, registry: Registry, articles: list[dict[str, Any]]
) -> None:
    """Each reader's graph is one that was acknowledged, from its first row to its last."""
    store, seen = tmp_path / "store", list[tuple[int, int, int]]()
    published = {ingest([], store, registry=registry).quads}
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            graph = open_store(store)
            (row,) = select(graph, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").dicts()
            seen.append((int(row["n"]), len(graph), len(list(graph.quads()))))

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    try:
        ingest(
            write(tmp_path / "a.jsonl", articles), store, registry=registry, batch=2,
            acknowledge=lambda _: published.add(len(open_store(store))),
        )  # fmt: skip
    finally:
        done.set()
        for reader in readers:
            reader.join()
    assert {counts[0] for counts in seen} <= published and len(seen) > 2
    assert all(len(set(counts)) == 1 for counts in seen)
    open_store(store)  # the last of them has let go
    Writer(store).close()
    assert len(list(store.glob("generation-*"))) == 1


# What goes wrong ---------------------------------------------------------------------------------


def run(*arguments: object, **options: Any) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "sinergi.cli", *map(str, arguments)]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **options
    )


def test_a_killed_ingest_has_kept_its_word(
    tmp_path: Path, place: Place, registry: Registry, articles: list[dict[str, Any]], whole: str
) -> None:
    """benchmarks/crash.py does so at fifty moments."""
    store, given = place, write(tmp_path / "a.jsonl", articles)
    chance, acknowledged = random.Random(20), set[str]()
    for _ in range(3):
        process = run("ingest", store, given, "--registry", TABLES, "--batch", 2, "--ids")
        assert process.stdout
        for _ in range(chance.randrange(2, 5)):
            acknowledged.add(process.stdout.readline().strip())
        time.sleep(chance.random() * 0.1)
        process.kill()
        acknowledged |= set(process.communicate()[0].split())
        writer_at(place).close()  # after whatever a server may still have been at
        there = ids(store)
        assert acknowledged - {""} <= there
        part = write(tmp_path / "part.jsonl", [a for a in articles if a["id"] in there])
        build(part, tmp_path / "part", registry=registry)
        assert nquads(store) == nquads(tmp_path / "part" / "store")
    ingest(given, store, registry=registry)
    assert nquads(store) == whole and not list(check(store))


def test_a_full_disk_loses_nothing(tmp_path: Path, articles: list[dict[str, Any]]) -> None:
    store = tmp_path / "store"
    ingest(write(tmp_path / "1.jsonl", articles[:3]), store)
    before = nquads(store)
    given = write(tmp_path / "2.jsonl", articles)
    for kilobytes in (20, 200, 600):
        limit = kilobytes * 1024

        def shrink(limit: int = limit) -> None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

        process = run("ingest", store, given, preexec_fn=shrink)
        _, said = process.communicate(timeout=60)
        assert process.returncode == 1, said
        assert said.startswith("sinergi: Cannot write the store at ") and said.count("\n") == 1
        assert nquads(store) == before
    ingest(given, store)
    assert ids(store) == {a["id"] for a in articles}


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_folder_is_said_to_be_one(
    tmp_path: Path, articles: list[dict[str, Any]]
) -> None:
    store, given = tmp_path / "store", write(tmp_path / "1.jsonl", articles[:1])
    ingest(given, store)
    for path in (*store.rglob("*"), store):
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        with pytest.raises(StoreError, match="Cannot write the store"):
            ingest(given, store)
        backup(store, tmp_path / "copy")
    finally:
        for path in (store, *store.rglob("*")):
            path.chmod(0o755 if path.is_dir() else 0o644)
    assert nquads(tmp_path / "copy") == nquads(store)


def test_a_newer_store_is_left_alone(tmp_path: Path, articles: list[dict[str, Any]]) -> None:
    store, given = tmp_path / "store", write(tmp_path / "1.jsonl", articles[:1])
    ingest(given, store)
    meta = json.loads((store / "store.json").read_text("utf-8"))
    (store / "store.json").write_text(json.dumps({**meta, "format": 99}), "utf-8")
    before = sorted(path.name for path in store.rglob("*"))
    for command in (lambda: ingest(given, store), lambda: optimize(store), lambda: info(store),
                    lambda: backup(store, tmp_path / "copy")):  # fmt: skip
        with pytest.raises(StoreError, match="format 99"):
            command()
    assert sorted(path.name for path in store.rglob("*")) == before


def damaged_files(store: Path) -> Iterator[Path]:
    meta = read_meta(store)
    folder = store / meta.generation
    yield max((folder / "quads").glob("*.sst"), key=lambda path: path.stat().st_size)
    yield next((folder / "quads").glob("MANIFEST-*"))
    yield folder / "index.sqlite"
    yield store / meta.articles


@pytest.mark.parametrize("which", range(4))
def test_a_damaged_file_is_a_sentence_and_can_be_mended(
    tmp_path: Path, registry: Registry, articles: list[dict[str, Any]], whole: str, which: int
) -> None:
    store = tmp_path / "store"
    ingest(write(tmp_path / "1.jsonl", articles[:4]), store, registry=registry)
    before = nquads(store)
    backup(store, tmp_path / "backup")
    path = [*damaged_files(store)][which]
    data = bytearray(path.read_bytes())
    for place in range(len(data) // 3, len(data) * 2 // 3):
        data[place] ^= 0x5A
    path.unlink()  # other generations may share it
    path.write_bytes(data)
    more = write(tmp_path / "2.jsonl", articles)
    with pytest.raises(SinergiError, match=r"damaged|differ|Cannot write"):
        assert not list(check(store)), "differ"
        ingest(more, store, registry=registry)
    if path.name.startswith("articles-"):
        assert nquads(store) == before
        restore(tmp_path / "backup", store)
    else:
        optimize(store, registry=registry, rebuild=True)
    # What the ingest above had kept when it failed is finished as well.
    assert nquads(store) in (before, whole) and not list(check(store))


# Whole stores ------------------------------------------------------------------------------------


def test_a_backup_is_a_store_and_goes_back(
    tmp_path: Path, registry: Registry, articles: list[dict[str, Any]], whole: str
) -> None:
    store, copy = tmp_path / "store", tmp_path / "copy"
    ingest(write(tmp_path / "1.jsonl", articles[:4]), store, registry=registry)
    before = nquads(store)
    with closing(Writer(store)):  # beside a writer too
        backup(store, copy)
    assert nquads(copy) == before
    with pytest.raises(StoreError, match="is there already"):
        backup(store, copy)
    every = write(tmp_path / "2.jsonl", articles)
    ingest(every, store, registry=registry)
    reader = open_store(store)
    restore(copy, store)
    assert nquads(store) == before and len(reader) > len(open_store(store))
    ingest(every, store, registry=registry)
    assert nquads(store) == whole
    shutil.rmtree(store)
    restore(copy, store)
    assert nquads(store) == before
    with pytest.raises(StoreError, match="onto itself"):
        restore(store, store)
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "thesis.txt").touch()
    with pytest.raises(StoreError, match="something else"):
        restore(copy, tmp_path / "other")


def test_what_can_neither_be_read_nor_read_anew_states_nothing(
    tmp_path: Path,
    registry: Registry,
    articles: list[dict[str, Any]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """An update that writes statements otherwise, and whose rules break off at an article."""
    store, given = tmp_path / "store", write(tmp_path / "1.jsonl", articles[:2])
    ingest(given, store, registry=registry)
    bad = articles[0]["id"]
    with closing(Writer(store)) as writer:
        writer.articles._db.execute("UPDATE article SET rules = 'old'")
        row = "UPDATE article SET stated = article WHERE id = ?"
        writer.articles._db.execute(row, (bad,))

    def breaking(article: Article, registry: Registry) -> Extraction:
        return extract(article, registry) if article.id != bad else Extraction(*())

    monkeypatch.setattr("sinergi.graph.pipeline.extract", breaking)
    told = ingest(given, store, registry=registry)
    assert told.articles == 2 and len(told.rejected) >= 1 and not list(check(store))
    monkeypatch.undo()
    again = ingest(given, store, registry=registry)
    assert again.read_anew == 1 and not again.rejected
    other = tmp_path / "other"
    ingest(given, other, registry=registry)
    assert nquads(store) == nquads(other)


def test_a_small_batch_copies_no_index(
    tmp_path: Path, registry: Registry, articles: list[dict[str, Any]], whole: str
) -> None:
    """It changes the spare one, and brings that of the generation before up to date."""
    store = tmp_path / "store"

    def files() -> tuple[Path, Path]:
        meta = read_meta(store)
        return store / meta.generation / "index.sqlite", store / meta.spare

    def add(number: int) -> None:
        ingest(write(tmp_path / "one.jsonl", articles[:number]), store, registry=registry)
        assert not list(check(store))
        published, spare = files()
        assert published.stat().st_ino != spare.stat().st_ino
        assert rows_in(published) == rows_in(spare)

    add(2)
    add(3)
    inodes = [file.stat().st_ino for file in files()]
    add(4)
    assert [file.stat().st_ino for file in files()] == inodes[::-1]
    reader = open_store(store)  # what it reads stays as it is
    named = reader.search(articles[0]["title"]), len(reader)
    add(5)
    os.link(files()[0], tmp_path / "linked.sqlite")  # somebody's backup stays, too
    linked = rows_in(files()[0])
    add(6)
    add(len(articles))
    assert (reader.search(articles[0]["title"]), len(reader)) == named
    assert rows_in(tmp_path / "linked.sqlite") == linked
    assert nquads(store) == whole
    files()[1].unlink()  # a spare that is lost is made good
    remove([articles[0]["id"]], store, registry=registry)
    assert not list(check(store)) and files()[1].exists()


def rows_in(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """What an index says, whatever numbers it has for it."""
    queries = {
        "names": "SELECT kind, thing, label, canonical, uses FROM name",
        "used": "SELECT iri, label FROM name_use JOIN name n ON n.id = name "
        "JOIN graph g ON g.id = graph",
        "words": "SELECT word FROM word",
        "passages": "SELECT iri, kind, thing, label FROM passage JOIN graph g ON g.id = graph",
        "meetings": "SELECT m.iri, property, value, g.iri FROM meeting "
        "JOIN node m ON m.id = meeting JOIN graph g ON g.id = graph",
        "listed": "SELECT term FROM vocabulary",
    }
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)) as db:
        found = {name: sorted(db.execute(query)) for name, query in queries.items()}
    assert [word for (word,) in found["words"]] == [word for (word,) in found.pop("listed")]
    return found


def test_optimizing_changes_nothing_but_size(
    tmp_path: Path, place: Place, registry: Registry, articles: list[dict[str, Any]], whole: str
) -> None:
    store, given = place, write(tmp_path / "1.jsonl", articles)
    ingest(given, store, registry=registry, batch=2)
    for rebuild in (False, True):
        optimize(store, registry=registry, rebuild=rebuild)
        assert nquads(store) == whole and not list(check(store))
    found = info(store)
    assert found.articles == len(articles) and found.quads == whole.count("\n")
    assert found.registry == registry.version


def test_the_commands(tmp_path: Path, articles: list[dict[str, Any]]) -> None:
    store, copy = str(tmp_path / "store"), str(tmp_path / "copy")
    given = str(write(tmp_path / "1.jsonl", articles[:3]))
    broken = tmp_path / "2.jsonl"
    broken.write_text("{}\n", "utf-8")

    def sinergi(*arguments: str) -> tuple[int, str, str]:
        done = CliRunner().invoke(main, arguments)
        return done.exit_code, done.stdout, done.stderr

    first, second, third = (a["id"] for a in articles[:3])
    code, out, err = sinergi("ingest", store, given, str(broken), "--ids")
    assert (code, out.split()) == (3, [first, second, third]) and "3 added, 1 rejected" in err
    assert sinergi("ingest", store, given)[2].startswith("3 unchanged; the store has 3 articles")
    assert sinergi("backup", store, copy)[0] == 0
    assert "2 articles" in sinergi("remove", store, second)[2]
    code, out, err = sinergi("info", store, "--check")
    assert code == 0 and out.startswith("articles: 2\n") and err == "checked\n"
    assert sinergi("restore", copy, store)[0] == 0
    assert sinergi("optimize", store)[0] == 0
    assert json.loads(sinergi("info", store, "--format", "json")[1])["articles"] == 3
    assert sinergi("remove", store, "nonesuch")[0] == 1
