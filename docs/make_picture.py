"""Draw docs/images/: the page of the sample articles, or of others, as a browser shows it.

    python docs/make_picture.py                                        # network.png
    python docs/make_picture.py ../shared/seed ../shared/corpus/articles.jsonl  # corpus.png

The sample articles, their persons and most of their places are invented (data/samples/README.md).
Of other articles the picture shows names of agencies and counts, no text and no person.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from sinergi.graph.pipeline import build, draw
from sinergi.graph.registry import Registry
from sinergi.graph.store import open_store
from sinergi.graph.viewer import PageText

ROOT = Path(__file__).parent.parent
IMAGES = ROOT / "docs" / "images"
SIZE = {"width": 1440, "height": 860}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", nargs="*", type=Path)
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    given = parser.parse_args()
    own = [] if given.articles else [ROOT / "data" / "samples-registry"]
    registry = Registry.load(*own)
    inputs = given.articles or [ROOT / "data" / "samples"]
    picture = IMAGES / ("corpus.png" if given.articles else "network.png")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        out = Path(folder)
        build(inputs, out, registry=registry)
        page_file = out / "page.html"
        text = PageText(title="Who met whom" + ("" if given.articles else ": the sample articles"))
        draw(open_store(out / "store"), page_file, registry=registry, text=text, language="en")
        browser = playwright.chromium.launch(
            executable_path=given.chromium, args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(viewport=SIZE, reduced_motion="reduce")
        page.goto(page_file.as_uri())
        page.wait_for_selector("html[data-ready]")
        page.wait_for_timeout(500)  # a frame or two until all is drawn
        IMAGES.mkdir(exist_ok=True)
        page.screenshot(path=picture)
        browser.close()


if __name__ == "__main__":
    main()
