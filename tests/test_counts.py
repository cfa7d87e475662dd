"""One collaboration counted in meetings, outlets and articles: every way of asking agrees."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser

from sinergi.cli import main
from sinergi.graph.errors import InputError
from sinergi.graph.pipeline import build, draw
from sinergi.graph.queries import run
from sinergi.graph.store import open_store

LAPAS, POLRES, KEJARI = (
    "Lapas Kelas IIA Tirtamaya", "Polres Tirtamaya", "Kejaksaan Negeri Tirtamaya"
)  # fmt: skip
RELEASE = (
    "Kepala Lapas Kelas IIA Tirtamaya, Joko Umpama, menerima audiensi Kapolres Tirtamaya, AKBP "
    "Citra Andai, di Aula Lapas Tirtamaya, Senin (19/5/2025). Pertemuan itu membahas pengamanan "
    "lapas menjelang hari raya. Joko Umpama mengatakan bahwa kerja sama kedua lembaga akan terus "
    "ditingkatkan. Citra Andai menyatakan siap membantu patroli di sekitar lapas."
)
OWN_WORDS = (
    "Kapolres Tirtamaya, AKBP Citra Andai, beraudiensi ke Lapas Kelas IIA Tirtamaya pada Senin "
    "(19/5/2025). Rombongan polisi diterima Kepala Lapas Kelas IIA Tirtamaya, Joko Umpama. Mereka "
    "berbicara tentang pengamanan lapas."
)
LATER = (
    "Kepala Lapas Kelas IIA Tirtamaya, Joko Umpama, menerima kunjungan Kapolres Tirtamaya, AKBP "
    "Citra Andai, Kamis (12/6/2025). Kunjungan itu membahas penggeledahan kamar hunian."
)
NO_OUTLET = (
    "Kapolres Tirtamaya, AKBP Citra Andai, beraudiensi ke Kejaksaan Negeri Tirtamaya, Selasa "
    "(1/7/2025). Pertemuan itu membahas penanganan perkara."
)
ARTICLES = (
    ("Kabar Tirta", "2025-05-19", RELEASE),
    ("Warta Maya", "2025-05-20", RELEASE),  # a copy: no second witness
    ("Suara Tirta", "2025-05-20", OWN_WORDS),
    ("Pelita Maya", "2025-06-12", LATER),
    (None, "2025-07-01", NO_OUTLET),
)
EXPECTED = {
    "meetings": {frozenset({LAPAS, POLRES}): 2, frozenset({KEJARI, POLRES}): 1},
    "outlets": {frozenset({LAPAS, POLRES}): 3},
    "articles": {frozenset({LAPAS, POLRES}): 4, frozenset({KEJARI, POLRES}): 1},
}
Counts = dict[frozenset[str], int]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("counts")
    (folder / "articles.jsonl").write_text(
        "".join(
            json.dumps({"publisher": outlet, "published": day, "title": "Audiensi", "text": text})
            + "\n"
            for outlet, day, text in ARTICLES
        ),
        "utf-8",
    )
    build(folder / "articles.jsonl", folder / "out")
    return folder / "out" / "store"


def _by_network(store: Path, count: str) -> Counts:
    command = ["network", str(store), "--count", count, "--format", "json"]
    result = CliRunner().invoke(main, command)
    assert result.exit_code == 0, result.stderr
    graph = json.loads(result.stdout)
    assert graph["graph"]["count"] == count
    labels = {node["id"]: node["label"] for node in graph["nodes"]}
    return {
        frozenset({labels[tie["source"]], labels[tie["target"]]}): tie["count"]
        for tie in graph["links"]
        if tie["count"] == tie[count]
    }


@pytest.mark.browser
def test_query_network_and_page_count_alike(built: Path, browser: Browser, tmp_path: Path) -> None:
    page = browser.new_page()
    store = open_store(built)
    draw(store, tmp_path / "page.html", language="en")
    page.goto(f"{(tmp_path / 'page.html').as_uri()}#view=table")
    page.wait_for_selector("html[data-ready]")
    for count, expected in EXPECTED.items():
        rows = run(store, "collaborations", {"count": count}).dicts()
        asked = {frozenset({r["agencyName"], r["partnerName"]}): int(r[count]) for r in rows}
        assert asked == expected
        assert _by_network(built, count) == expected

        page.locator(f"#count [data-value={count}]").click()
        assert page.locator("#table-area th").nth(2).inner_text().lower().startswith(count)
        cells = [row.locator("td") for row in page.locator("#table-area tbody tr").all()]
        drawn = {
            frozenset({row.nth(0).inner_text(), row.nth(1).inner_text()}): int(
                row.nth(2).inner_text()
            )
            for row in cells
        }
        assert drawn == expected
    page.close()


@pytest.mark.browser
def test_the_page_says_what_it_counts_and_a_link_keeps_it(
    built: Path, browser: Browser, tmp_path: Path
) -> None:
    file = tmp_path / "page.html"
    result = CliRunner().invoke(main, ["view", str(built), "-o", str(file), "--count", "outlets"])
    assert result.exit_code == 0, result.stderr
    page = browser.new_page()
    page.goto(file.as_uri())
    page.wait_for_selector("html[data-ready]")
    counts, panel = page.locator("#counts"), page.locator("#panel")
    assert counts.inner_text() == "2 lembaga · 1 pasangan · 3 media"
    assert page.locator("#width-key-text").inner_text() == "Tebal garis: media"
    assert page.locator("#least").inner_text() == "1 media"
    assert "Pasangan terkuat, menurut media" in panel.inner_text()
    assert "salinan tidak dihitung" in page.locator("#count-hint").inner_text()
    page.locator("#count [data-value=articles]").click()
    page.locator("#least-more").click()
    assert counts.inner_text() == "2 lembaga · 1 pasangan · 4 artikel"
    panel.locator(".row", has_text=LAPAS).first.click()
    assert panel.locator(".hint").first.inner_text().startswith("4 artikel · ")
    link = page.url
    assert "count=articles" in link and "least=2" in link
    page.goto("about:blank")
    page.goto(link)
    assert page.locator("#least").inner_text() == "2 artikel"
    page.close()
    with pytest.raises(InputError, match="does not count 'people'"):
        draw(open_store(built), file, count="people")
