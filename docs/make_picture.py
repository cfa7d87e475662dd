"""Draw docs/images/network.png: the page of the sample articles as a browser shows it.

    python docs/make_picture.py [--chromium PATH]

The articles, their persons and most of their places are invented (data/samples/README.md).
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
PICTURE = ROOT / "docs" / "images" / "network.png"
SIZE = {"width": 1440, "height": 860}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    chromium = parser.parse_args().chromium
    registry = Registry.load(ROOT / "data" / "samples-registry")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        out = Path(folder)
        build(ROOT / "data" / "samples", out, registry=registry)
        page_file = out / "page.html"
        text = PageText(title="Who met whom: the sample articles")
        draw(open_store(out / "store"), page_file, registry=registry, text=text, language="en")
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(viewport=SIZE, reduced_motion="reduce")
        page.goto(page_file.as_uri())
        page.wait_for_selector("html[data-ready]")
        page.wait_for_timeout(500)  # a frame or two until all is drawn
        PICTURE.parent.mkdir(exist_ok=True)
        page.screenshot(path=PICTURE)
        browser.close()


if __name__ == "__main__":
    main()
