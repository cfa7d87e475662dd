"""The site that `make site` builds of docs/: whole, found by its search, asking nobody anything."""

from __future__ import annotations

import re
import runpy
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Browser

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built as `make site` does: whatever it warns of, a link to nowhere above all, is an error."""
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", "-b", "html"]
    done = subprocess.run(
        [*command, "-d", folder / "doctrees", DOCS, folder / "html"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return folder / "html"


def test_the_site_has_every_page_and_finds_it(site: Path) -> None:
    index = (site / "searchindex.js").read_text("utf-8")
    for page in DOCS.rglob("*.md"):
        name = page.relative_to(DOCS).with_suffix("")
        assert (site / name).with_suffix(".html").is_file()
        assert f'"{name}"' in index
    assert "wonosobo" in index  # a row of a table
    assert "sin:accompanies" in (site / "ontology.html").read_text("utf-8")
    assert "held only: Kepolisian" in (site / "notebooks" / "brokers.html").read_text("utf-8")


def test_the_site_asks_nothing_of_other_hosts(site: Path) -> None:
    loading = re.compile(
        r"""<(?:script|link|img|iframe|source)\b[^>]*\b(?:src|href)=["'](?:https?:)?//"""
    )
    for path in site.rglob("*.html"):
        assert not loading.search(path.read_text("utf-8")), path.name
    for path in site.rglob("*.css"):
        assert not re.search(
            r"""(?:@import|url\()\s*["']?(?:https?:)?//""", path.read_text("utf-8")
        )


@pytest.mark.browser
def test_the_search_works_from_the_disk(browser: Browser, site: Path) -> None:
    page = browser.new_page()
    said: list[str] = []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: said.append(request.url))
    page.goto(f"{(site / 'search.html').as_uri()}?q=accompanies")
    page.get_by_role("link", name="The ontology, term by term").first.wait_for()
    page.locator("#search-results").get_by_role("link", name="The ontology").first.click()
    page.get_by_role("heading", name="sin:accompanies").wait_for()
    assert [line for line in said if not line.startswith(("file:", "data:"))] == []
    page.close()


def test_every_table_is_said_to_be_of_something() -> None:
    said = runpy.run_path(str(DOCS / "make_tables.py"))["TABLES"]
    tables = {path.stem for path in (ROOT / "data").glob("*.csv")}
    assert set(said) == tables, "docs/make_tables.py says what each is of"
