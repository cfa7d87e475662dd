"""How large the page is, how soon its first picture stands, how smoothly it moves; beside pyvis.

    python benchmarks/page.py [100 1000 3000 10000] [--moving] [--pyvis] [--chromium PATH]

Invented agencies and meetings, seeded; each page is opened three times from disk in headless
Chromium with software rendering, and the middle one counts. The first picture stands when circles
and labels are drawn; for pyvis, when the first rounds of its physics are done: till then it shows
nothing but a bar. It is given up after LONGEST. What it takes to write a page is processor time.

With --moving every agency is shown and the mouse drags the picture for MOVING seconds, then its
wheel zooms for as long; what counts is the time from one frame to the next.
"""

from __future__ import annotations

import argparse
import itertools
import math
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import networkx as nx
from playwright.sync_api import Browser, Page, TimeoutError, sync_playwright
from pyvis.network import Network

from sinergi.graph.network import collaboration_network
from sinergi.graph.viewer import (
    Attendee,
    Office,
    PageAgency,
    PageMeeting,
    PageModel,
    PageOfficial,
    Quote,
    Source,
    render_page,
)

LONGEST = 150  # seconds to wait for pyvis
MOVING = 2.0  # seconds of dragging, and of zooming
SECTORS = 14
QUOTE = "Kalimat contoh yang cukup panjang untuk menjadi kutipan tentang pertemuan dua lembaga."


def model(agencies: int) -> PageModel:
    """Two meetings an agency; a few agencies are at a great many of them, most at one or two."""
    draw = random.Random(1)

    def agency() -> str:
        if draw.random() < 0.4:
            return f"a{min(int(draw.paretovariate(0.6) * 3), agencies - 1)}"
        return f"a{draw.randrange(agencies)}"

    meetings = [
        PageMeeting(
            f"m{i}",
            tuple({agency() for _ in range(draw.choice([2, 2, 2, 3, 4, 6]))}),
            draw.choice(["rapat", "audiensi"]),
            date=f"20{draw.randrange(18, 26)}-{draw.randrange(1, 13):02}-03",
            topics=(f"topik {i % 500}",),
            attendees=tuple(Attendee(f"o{draw.randrange(agencies)}") for _ in range(2)),
            sources=(
                Source(f"Berita {i}", f"Media {i % 40}", quotes=(Quote(QUOTE, ("contoh",)),)),
            ),
        )
        for i in range(2 * agencies)
    ]
    return PageModel(
        tuple(
            PageAgency(
                f"a{i}", f"Dinas Contoh {i} Kabupaten {i % 97}", "Dinas", f"s{i % SECTORS}",
                region=f"Kabupaten {i % 97}", region_code=f"{10 + i % 20}.{i % 97:02}",
                ministry=f"Pemerintah Provinsi {i % 20}",
            )
            for i in range(agencies)
        ),
        tuple(
            PageOfficial(f"o{i}", f"Orang {i}", (Office(f"a{i}", "Kepala"),))
            for i in range(agencies)
        ),
        tuple(meetings),
        {f"s{i}": (f"Sektor {i}", f"Sector {i}") for i in range(SECTORS)},
    )  # fmt: skip


def pyvis_page(page: PageModel) -> str:
    """What pyvis makes of the same network by default, its scripts in the page."""
    graph: nx.Graph[str] = collaboration_network({m.key: m.agencies for m in page.meetings})
    network = Network(cdn_resources="in_line")
    for node in graph:
        network.add_node(node, label=node)
    for one, other in graph.edges:
        network.edges.append({"from": one, "to": other})  # add_edge would look through them all
    html: str = network.generate_html()
    made = "network = new vis.Network(container, data, options);"
    assert made in html
    ready = "() => { document.documentElement.dataset.ready = 'yes'; }"
    hook = f"network.once('stabilizationIterationsDone', {ready});"
    return html.replace(made, made + hook)


def seconds_to_see(browser: Browser, path: Path) -> float:
    """From the address to the first picture."""
    page = browser.new_page(viewport={"width": 1366, "height": 850})
    # pyvis's page asks the web for style sheets: they are refused at once.
    page.route("http*://**", lambda route: route.abort())
    start = time.perf_counter()
    page.goto(path.as_uri(), wait_until="commit")
    try:
        page.wait_for_selector("html[data-ready]", state="attached", timeout=LONGEST * 1000)
    except TimeoutError:
        return float("inf")
    finally:
        taken = time.perf_counter() - start
        page.close()
    return taken


# Asks for every frame, and keeps when it came, and when the picture was drawn.
FRAMES = """() => {
  window.frames_at = [];
  window.drawn_at = [];
  const next = (now) => { window.frames_at.push(now); requestAnimationFrame(next); };
  requestAnimationFrame(next);
  const clear = CanvasRenderingContext2D.prototype.clearRect;
  CanvasRenderingContext2D.prototype.clearRect = function (...box) {
    window.drawn_at.push(performance.now());
    clear.apply(this, box);
  };
}"""


def frame_times(page: Page, move: Callable[[int], None]) -> str:
    """Median and 95th percentile of the frames that draw the picture while `move` is repeated."""
    page.evaluate("() => { window.frames_at.length = window.drawn_at.length = 0; }")
    start = time.perf_counter()
    step = 0
    while time.perf_counter() - start < MOVING:
        move(step)
        step += 1
    frames: list[float] = page.evaluate("() => window.frames_at")
    drawn: list[float] = page.evaluate("() => window.drawn_at")
    taken = [
        end - begin
        for begin, end in itertools.pairwise(frames)
        if any(begin <= at < end for at in drawn)
    ]
    late = statistics.quantiles(taken, n=20)[-1]
    return f"{statistics.median(taken):.0f} ms (95% within {late:.0f}; {len(taken)} frames)"


def smoothness(browser: Browser, path: Path) -> str:
    """How long frames take while every agency is in the picture."""
    page = browser.new_page(viewport={"width": 1366, "height": 850})
    page.goto(f"{path.as_uri()}#grouping=none")
    page.wait_for_selector("html[data-ready]")
    page.evaluate(FRAMES)
    page.wait_for_timeout(1500)
    x, y = 620, 400
    page.mouse.move(x, y)
    page.mouse.down()
    drag = frame_times(
        page,
        lambda i: page.mouse.move(x + 150 * math.sin(i / 15), y + 90 * math.sin(i / 11)),
    )
    page.mouse.up()
    page.wait_for_timeout(1500)
    zoom = frame_times(page, lambda i: page.mouse.wheel(0, -60 if i // 20 % 2 == 0 else 60))
    page.close()
    return f"a frame takes {drag} when dragged; {zoom} when zoomed"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("agencies", nargs="*", type=int, default=[100, 1000, 3000, 10_000])
    parser.add_argument("--moving", action="store_true", help="drag and zoom it as well")
    parser.add_argument("--pyvis", action="store_true", help="open pyvis's own page as well")
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    options = parser.parse_args()
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(
            executable_path=options.chromium, args=["--no-sandbox", "--disable-gpu"]
        )
        for agencies in options.agencies:
            data, path = model(agencies), Path(folder) / "page.html"
            start = time.process_time()
            path.write_text(render_page(data), "utf-8")
            written, size = time.process_time() - start, path.stat().st_size / 1e6
            seen = statistics.median(seconds_to_see(browser, path) for _ in range(3))
            line = f"{agencies:6,} agencies: written in {written:5.1f} s, {size:5.1f} MB, "
            line += f"picture after {seen:5.2f} s"
            if options.moving:
                line += f"\n{'':17}{smoothness(browser, path)}"
            if options.pyvis:
                path.write_text(pyvis_page(data), "utf-8")
                theirs = seconds_to_see(browser, path)
                over = "" if theirs < LONGEST else "over "
                theirs = min(theirs, LONGEST)
                line += f"; pyvis {over}{theirs:.1f} s, {over}{theirs / seen:.0f} times as long"
            print(line, flush=True)


if __name__ == "__main__":
    main()
