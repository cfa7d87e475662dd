"""The page, in a real browser: what a reader does, what a hostile text must not do."""

from __future__ import annotations

import dataclasses
import json
import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    Request,
    ViewportSize,
    expect,
)

from sinergi.graph.errors import InputError
from sinergi.graph.network import MEASURES
from sinergi.graph.pipeline import build
from sinergi.graph.quality import QualityFigure
from sinergi.graph.results import select
from sinergi.graph.store import Store, open_store
from sinergi.graph.viewer import (
    Attendee,
    Office,
    PageAgency,
    PageMeeting,
    PageModel,
    PageOfficial,
    PageText,
    Quote,
    Source,
    page_model,
    render_page,
    write_page,
)
from sinergi.graph.viewer.payload import READABLE_AGENCIES, network_of, officials_of, payload

browser_test = pytest.mark.browser

LAPAS, POLRES, KODIM = "Lapas Kelas IIA Muara Biru", "Polres Muara Biru", "Kodim Muara Biru"
PHRASE = "menerima audiensi Lapas"
OLD = f"Kapolres {PHRASE} Kelas IIA Muara Biru pada awal tahun untuk membahas pengamanan."
NEW = "Polres dan Lapas meneken nota kesepahaman tentang pertukaran data di Aula Muara Biru."


def _model() -> PageModel:
    """Three agencies that met, one of them twice with another, and one large ceremony."""
    chief = PageOfficial("joko.polres", "Joko Umpama", (Office("polres", "Kepala", "2025-03-02"),))
    warden = PageOfficial(
        "citra.lapas", "Citra Andai", (Office("lapas", "Kepala Seksi Keamanan", "2024-01-09"),)
    )
    guests = tuple(f"tamu-{i}" for i in range(9))
    return PageModel(
        agencies=(
            PageAgency(
                "lapas", LAPAS, "Lapas", "pas", "Kanwil Contoh", "Kabupaten Muara Biru", "99.01"
            ),
            PageAgency("polres", POLRES, "Polres", "kam", None, "Muara", "99", "Polri"),
            PageAgency(
                "kodim", KODIM, "Kodim", "han", ministry="Polri", also=("Komando Muara Biru", "=1+")
            ),
            *(PageAgency(key, f"Dinas {key} Kabupaten Muara Biru", "Dinas") for key in guests),
        ),
        officials=(chief, warden),
        meetings=(
            PageMeeting(
                "old",
                ("lapas", "polres"),
                "audiensi",
                date="2024-01-09",
                place="Mapolres Muara Biru",
                topics=("pengamanan lapas",),
                attendees=(
                    Attendee("citra.lapas", "lapas", "Kepala Seksi Keamanan", "guest"),
                    Attendee("joko.polres", "polres", "Kepala", "host", represents="Kapolda"),
                ),
                sources=(
                    Source(
                        "Lapas beraudiensi",
                        "Warta Muara",
                        "https://warta.example/1",
                        "2024-01-10",
                        (Quote(OLD, (PHRASE,)),),
                        (("date", "2024-01-09"), ("place", "Mapolres"), ("official", "Citra")),
                    ),
                    Source(
                        "Audiensi di Mapolres",
                        "Kabar Biru",
                        "https://kabar.example/1",
                        "2024-01-11",
                        (),
                        (("date", "2024-01-08"), ("place", "Mapolres")),
                    ),
                ),
            ),
            PageMeeting(
                "new",
                ("polres", "lapas"),
                "penandatanganan",
                date="2025-03-02",
                agreement="Pertukaran data",
                sources=(
                    Source("Nota", "Kabar Biru", "https://kabar.example/2", None, (Quote(NEW),)),
                ),
            ),
            PageMeeting("plan", ("kodim", "polres"), "rapat", "planned", topics=("=1+1",)),
            PageMeeting("gala", ("polres", *guests), "upacara", date="2025-04-20"),
        ),
        sectors={
            "pas": ("Pemasyarakatan", "Corrections"),
            "kam": ("Keamanan", "Police"),
            "han": ("Pertahanan", "Defense"),
        },
        articles=7,
    )


# Breaks out of scripts, attributes, templates, SVG and JSON, wherever a text is not a text node.
EVIL = (
    "</script><script>window.broken=1</script><img src=x onerror=window.broken=2>"
    "\"'><svg onload=window.broken=3>{{7*7}}${7*7}<!--\u2028\u202e&lt;b&gt; href"
)
EVIL_URLS = ("javascript:window.broken=4", "data:text/html,<script>window.broken=5</script>", EVIL)


def _hostile() -> PageModel:
    keys = ("__proto__", "constructor", EVIL)
    return PageModel(
        agencies=tuple(PageAgency(key, EVIL, EVIL, EVIL, EVIL, EVIL, EVIL, EVIL) for key in keys),
        officials=(PageOfficial(EVIL, EVIL, (Office(EVIL, EVIL, "2025-01-01", True),)),),
        meetings=(
            PageMeeting(
                EVIL,
                keys,
                EVIL,
                EVIL,
                "2025-01-01",
                None,
                EVIL,
                (EVIL,),
                (Attendee(EVIL, EVIL, EVIL, EVIL, EVIL, EVIL),),
                EVIL,
                tuple(
                    Source(
                        EVIL,
                        EVIL,
                        url,
                        "2025-01-01",
                        (Quote(EVIL, (EVIL[:9],)),),
                        (("place", f"{EVIL}{url}"), ("agency", EVIL), ("date", url)),
                    )
                    for url in EVIL_URLS
                ),
            ),
        ),
        sectors={EVIL: (EVIL, EVIL)},
    )


# ---- without a browser


def test_equal_models_give_equal_pages() -> None:
    model = _model()
    draw = random.Random(3)
    other = dataclasses.replace(
        model,
        agencies=tuple(draw.sample(model.agencies, len(model.agencies))),
        officials=tuple(draw.sample(model.officials, len(model.officials))),
        meetings=tuple(draw.sample(model.meetings, len(model.meetings))),
    )
    assert render_page(other) == render_page(model)


def test_the_page_stands_alone() -> None:
    html = render_page(_model(), PageText("Uji & <coba>"), language="en")
    assert html.startswith("<!doctype html>") and '<html lang="en"' in html
    assert "<title>Uji &amp; &lt;coba&gt;</title>" in html
    outside_scripts = re.sub(r"<script.*?</script>", "", html, flags=re.S)
    assert not re.search(r"(src|href)=[\"']?(?!#)\w", outside_scripts)
    assert not re.search(r"url\(|@import", outside_scripts)
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', html)
    assert policy is not None
    assert "default-src &#39;none&#39;" in policy[1] and "unsafe" not in policy[1]


def test_both_languages_say_everything() -> None:
    text = json.loads((Path(__file__).parent.parent / "graph/viewer/text.json").read_text("utf-8"))
    indonesian, english = text["id"], text["en"]
    assert set(indonesian) == {key for key in english if not key.endswith("_one")}
    for group in ("kind", "role", "status"):
        assert set(indonesian[group]) == set(english[group])
    for key, words in indonesian.items():
        if isinstance(words, str):
            assert re.findall(r"{\w+}", words) == re.findall(r"{\w+}", english[key]), key


def test_background_long_ago_does_not_squeeze_the_timeline() -> None:
    days = ["1998-05-21", *(f"2025-{month:02}-03" for month in range(1, 13) for _ in range(5))]
    meetings = tuple(
        PageMeeting(f"m{i:02}", ("a", "b"), "rapat", date=day) for i, day in enumerate(days)
    )
    data = payload(
        model := PageModel((PageAgency("a", "A"), PageAgency("b", "B")), (), meetings),
        network_of(model),
        officials_of(model),
    )
    assert data["bars"][0] == "2025-01" and len(data["bars"]) == 12
    assert data["meetings"][0]["date"] == "1998-05-21" and data["meetings"][0]["bar"] == 0


def test_a_broken_model_is_told_in_a_sentence(tmp_path: Path) -> None:
    model = PageModel((PageAgency("a", "A"),), (), (PageMeeting("m", ("a", "b"), "rapat"),))
    with pytest.raises(InputError, match="meeting 'm' names 'b'"):
        render_page(model)
    with pytest.raises(InputError, match="no language 'nl'"):
        render_page(_model(), language="nl")
    with pytest.raises(InputError, match="cannot write the page"):
        write_page(_model(), tmp_path / "missing" / "page.html")


def test_fills_its_model_from_a_store(small_store: Store) -> None:
    model = page_model(
        lambda text: select(small_store, text),
        sectors={"hukum": ("hukum", "law")},
    )
    assert model.articles == 4
    assert model.sectors["hukum"] == ("hukum", "law")
    assert model.sectors["kesehatan"] == ("Kesehatan", "Kesehatan")
    agencies = {agency.key: agency for agency in model.agencies}
    assert agencies["lapas-arunika"].parent == "Kantor Wilayah Nusa"
    assert agencies["kejari-arunika"].also == ("Kejari Arunika",)
    first = next(meeting for meeting in model.meetings if meeting.key == "m1")
    assert (first.kind, first.date, first.topics) == ("audiensi", "2025-02-27", ("keamanan lapas",))
    with_her = next(a for a in first.attendees if a.official.startswith("bayu"))
    assert (with_her.agency, with_her.role) == ("lapas-arunika", "accompanying")
    assert with_her.accompanies == "Sari Widuri"
    assert [source.outlet for source in first.sources] == ["Kabar Arunika", "Warta Bahari"]
    quote = first.sources[0].quotes[0]
    assert quote.text.startswith("Kepala Lapas Arunika, Sari Widuri, beraudiensi")
    assert "Sari Widuri" in quote.phrases and all(p in quote.text for p in quote.phrases)
    holders = {o.name: o.offices for o in model.officials if o.offices}
    assert holders["Galih Purnama"][0].former
    assert holders["Sari Widuri"] == (Office("lapas-arunika", "Kepala", "2025-03-02"),)


# ---- in Chromium


Open = Callable[..., Page]


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Iterator[Open]:
    """Opens a model as a page; afterwards: no message of the console, no error, no request."""
    contexts: list[BrowserContext] = []
    heard: list[str] = []
    address = f"{(tmp_path / 'page.html').as_uri()}"

    def request(asked: Request) -> None:
        if not asked.url.startswith((address, "data:image", "blob:")):
            heard.append(asked.url)

    def open(
        model: PageModel,
        text: PageText | None = None,
        *,
        phone: bool = False,
        language: str = "id",
        embed: bool = False,
        **state: str,
    ) -> Page:
        write_page(model, tmp_path / "page.html", text, language=language, embed=embed)
        size = (
            ViewportSize(width=360, height=740) if phone else ViewportSize(width=1366, height=850)
        )
        context = browser.new_context(
            viewport=size, has_touch=phone, is_mobile=phone, reduced_motion="reduce"
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: heard.append(message.text))
        page.on("pageerror", lambda error: heard.append(str(error)))
        page.on("request", request)
        page.goto(f"{address}#{urlencode(state)}")
        page.wait_for_selector("html[data-ready]")
        return page

    yield open
    for context in contexts:
        context.close()
    assert not heard


# Every spot where the tip names an agency, or the two of a line, with all of some words. The
# pointer is moved over the picture as a reader would, only faster.
FIND = """([names, words, step]) => {
  const area = document.getElementById('network'), box = area.getBoundingClientRect();
  const tip = document.getElementById('tip');
  const found = [];
  for (let y = 4; y < box.height; y += step) for (let x = 4; x < box.width; x += step) {
    const at = { clientX: box.left + x, clientY: box.top + y, bubbles: true };
    area.dispatchEvent(new MouseEvent('mousemove', at));
    if (!tip.hidden && tip.querySelectorAll('strong').length === names
        && words.every(word => tip.textContent.includes(word))) {
      found.push([at.clientX, at.clientY]);
    }
  }
  return found;
}"""


def _find(page: Page, *words: str, names: int, step: int = 5) -> tuple[float, float]:
    """The middle of an agency (1 name) or a line (2 names), looked for at every `step` pixels."""
    spots = page.evaluate(FIND, [names, list(words), step])
    assert spots, f"nothing in the picture is named {words}"
    x, y = spots[len(spots) // 2]
    return x, y


@browser_test
def test_a_click_on_a_line_shows_what_it_rests_on(opened: Open) -> None:
    page = opened(_model())
    page.mouse.click(*_find(page, LAPAS, POLRES, "2 pertemuan", names=2))
    panel = page.locator("#panel")
    assert panel.locator("h4").all_inner_texts() == ["2 Maret 2025", "9 Januari 2024"]
    assert panel.locator("blockquote").all_inner_texts() == [NEW, OLD]
    assert panel.locator("mark").all_inner_texts() == [PHRASE]
    older = panel.locator("article").nth(1).inner_text()
    for words in (
        "Audiensi",
        "Mapolres Muara Biru",
        "Warta Muara",
        "Citra Andai",
        "mewakili Kapolda",
    ):
        assert words in older
    links = panel.locator("a").evaluate_all("all => all.map(a => [a.href, a.rel])")
    assert links == [
        ["https://kabar.example/2", "noopener noreferrer"],
        ["https://kabar.example/1", "noopener noreferrer"],
        ["https://warta.example/1", "noopener noreferrer"],
    ]
    page.keyboard.press("Escape")
    assert "Siapa bertemu siapa" in panel.inner_text()


@browser_test
def test_an_agency_shows_offices_partners_and_meetings(opened: Open) -> None:
    page = opened(_model())
    page.mouse.click(*_find(page, LAPAS, "1 mitra", names=1))
    text = page.locator("#panel").inner_text()
    for words in ("Kanwil Contoh", "Kabupaten Muara Biru", "Kepala Seksi Keamanan", "Citra Andai"):
        assert words in text
    page.locator("#panel .row", has_text=POLRES).click()
    assert page.locator("#panel blockquote").count() == 2
    page.locator("#panel button", has_text="Joko Umpama").click()
    assert page.locator("#panel h2").inner_text() == "Joko Umpama"
    page.locator("#panel summary").first.click()
    page.locator("#panel blockquote").wait_for()
    assert OLD in page.locator("#panel").inner_text()


@browser_test
@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("lapas muara", LAPAS),
        ("citra", "Citra Andai"),
        ("kepala seksi", LAPAS),
        ("pengamanan", "pengamanan lapas"),
        ("=1", KODIM),  # another name that begins so, before a topic that does
        ("komando", KODIM),
    ],
)
def test_search_by_keyboard_alone(opened: Open, typed: str, shown: str) -> None:
    page = opened(_model())
    page.keyboard.press("/")
    page.keyboard.type(typed)
    field = page.locator("#search")
    assert field.get_attribute("aria-expanded") == "true"
    page.keyboard.press("ArrowDown")
    active = field.get_attribute("aria-activedescendant")
    assert page.locator(f"#{active}").get_attribute("aria-selected") == "true"
    page.keyboard.press("Enter")
    assert page.locator("#panel h2").inner_text() == shown
    assert page.locator("#search-list").is_hidden()


@browser_test
def test_filters_dim_count_and_go_into_the_link(opened: Open) -> None:
    page = opened(_model())
    counts = page.locator("#counts")
    assert counts.inner_text() == "12 lembaga · 47 pasangan · 4 pertemuan"
    page.locator("#includes label", has_text="Acara besar").click()
    assert counts.inner_text() == "3 lembaga · 2 pasangan · 3 pertemuan"
    page.locator("#legend button", has_text="Pemasyarakatan").click()
    assert counts.inner_text() == "2 lembaga · 1 pasangan · 2 pertemuan"
    page.locator("#from").evaluate("e => { e.value = 3; e.dispatchEvent(new Event('input')); }")
    assert counts.inner_text() == "2 lembaga · 1 pasangan · 1 pertemuan"
    assert "1 tanpa tanggal tidak ikut" in page.locator("#period").inner_text()
    page.locator("#kinds label", has_text="Penandatanganan").click()
    assert page.locator("#notice").inner_text() == "Tidak ada pertemuan yang cocok dengan saringan."
    page.locator("#kinds label", has_text="Penandatanganan").click()
    page.locator("#language").click()
    page.locator("#view").click()
    page.locator("#table-area .evidence").click()
    shown, link = counts.inner_text(), page.url
    assert shown == "2 agencies · 1 pair · 1 meeting"
    page.goto("about:blank")
    page.goto(link)
    assert counts.inner_text() == shown
    assert page.locator("#table-area tbody tr").count() == 1
    assert page.locator("#panel blockquote").all_inner_texts() == [NEW]
    page.locator("#reset").click()
    assert counts.inner_text() == "12 agencies · 47 pairs · 4 meetings"


@browser_test
def test_every_number_follows_what_is_counted(opened: Open) -> None:
    model = _model()
    outlets = {"new": 1, "old": 9, "gala": 0}
    meetings = tuple(
        dataclasses.replace(
            m, sources=tuple(Source("", f"Media {i}") for i in range(outlets[m.key]))
        )
        for m in model.meetings
        if m.key in outlets
    )
    page = opened(dataclasses.replace(model, meetings=meetings))
    kinds = page.locator("#kinds label")
    region = page.locator("#region option[value='99.01']")

    def heights() -> list[float]:
        found = page.locator("#bars rect").evaluate_all(
            "all => all.map(e => +e.getAttribute('height'))"
        )
        return [height for height in found if height > 0.2]

    assert kinds.all_inner_texts() == ["Audiensi\n1", "Penandatanganan\n1", "Upacara\n1"]
    assert region.inner_text().strip() == "Kabupaten Muara Biru (2)" and len(set(heights())) == 1
    page.locator("#count button", has_text="Media").click()
    assert kinds.all_inner_texts() == ["Audiensi\n9", "Penandatanganan\n1", "Upacara\n0"]
    assert region.inner_text().strip() == "Kabupaten Muara Biru (9)"
    assert heights() == [10, pytest.approx(10 / 3)]
    assert "Jan 2024: 9 media" in page.locator("#bars title").first.text_content()


@browser_test
def test_long_names_stand_whole(opened: Open) -> None:
    name = (
        "Unit Pelaksana Teknis Pengujian Kendaraan Bermotor dan Perlengkapan Jalan pada Dinas "
        "Perhubungan dan Komunikasi Kabupaten Contoh"
    )
    model = _model()
    long = PageAgency("kodim", name, "Kodim", "han")
    agencies = tuple(long if agency.key == "kodim" else agency for agency in model.agencies)
    page = opened(dataclasses.replace(model, agencies=agencies))
    page.locator("#save > summary").click()
    with page.expect_download() as download:
        page.locator("#save-svg").click()
    svg = Path(download.value.path()).read_text("utf-8")
    assert name in " ".join(re.findall(r"<text [^>]*>([^<]*)</text>", svg))


@browser_test
def test_the_table_sorts_and_opens_the_same_evidence(opened: Open) -> None:
    page = opened(_model(), view="table")
    rows = page.locator("#table-area tbody tr")
    assert rows.count() == 47
    assert [POLRES in text for text in rows.first.locator("td").all_inner_texts()[:2]].count(
        True
    ) == 1
    heads = page.locator("#table-area th")
    assert heads.nth(2).get_attribute("aria-sort") == "descending"
    heads.nth(4).locator("button").press("Enter")
    assert heads.nth(4).get_attribute("aria-sort") == "descending"
    assert page.evaluate("document.activeElement.textContent").startswith("Terakhir")
    assert rows.first.locator("td").nth(4).inner_text() == "20 Apr 2025"
    assert rows.last.locator("td").nth(4).inner_text() == "–", "what is not known goes to the end"
    page.locator(f"button[aria-label*='{LAPAS}']").press("Enter")
    assert page.locator("#panel blockquote").all_inner_texts() == [NEW, OLD]


@browser_test
def test_a_path_leads_from_one_agency_to_another(opened: Open) -> None:
    page = opened(_model())
    for field, name in (("#path-from", "lapas"), ("#path-to", "kodim")):
        page.locator(field).fill(name)
        page.locator(field).press("Enter")
    assert "2 langkah" in page.locator("#panel").inner_text()
    assert page.locator("#panel .row").count() == 2


@browser_test
def test_pictures_carry_the_legend_and_csv_no_formula(opened: Open) -> None:
    model = _model()
    formula = PageAgency("lapas", "=HYPERLINK(1)", "Lapas", "pas")
    page = opened(dataclasses.replace(model, agencies=(formula, *model.agencies[1:])))

    def saved(button: str) -> bytes:
        page.locator("#save > summary").click()
        with page.expect_download() as download:
            page.locator(button).click()
        return Path(download.value.path()).read_bytes()

    svg = saved("#save-svg").decode("utf-8")
    for words in ("Jejaring pertemuan lembaga", "Pemasyarakatan", "Keamanan", "12 lembaga", POLRES):
        assert words in svg
    assert svg.count("<circle") == 12 + 4
    for _ in range(2):
        png = saved("#save-png")
        assert png.startswith(b"\x89PNG") and len(png) > 20_000
    csv = saved("#save-csv").decode("utf-8-sig").splitlines()
    assert csv[0].startswith('"Lembaga A","Lembaga B","Pertemuan"')
    assert len(csv) == 48
    assert any('"\'=HYPERLINK(1)"' in line for line in csv)
    assert page.pdf()[:5] == b"%PDF-"


@browser_test
def test_says_how_it_was_made(opened: Open) -> None:
    figures = (
        QualityFigure("extraction", "persons", "f1", 0.95931, 88, "docs/quality.md"),
        QualityFigure("evidence", "quotes", "precision", 0.91, 95, "docs/quality-sample.csv"),
    )
    page = opened(dataclasses.replace(_model(), quality=figures), language="en")
    page.locator("#about").click()
    text = page.locator("#panel").inner_text()
    for words in (
        "Articles read\n7",
        "Meetings\n4",
        "9 January 2024 – 20 April 2025",
        "Warta Muara",
        "F1 on 88 articles marked by hand: officials 0.96. Of claims drawn at random from 95 "
        "articles, 91 % were right by their quotation.",
        "sinergi 0.",
    ):
        assert words in text
    page.locator("#language").click()
    assert "pejabat 0,96." in page.locator("#panel").inner_text()


@browser_test
def test_hostile_texts_run_nothing(opened: Open) -> None:
    model = _hostile()
    page = opened(model, PageText(EVIL, EVIL, EVIL, EVIL))
    assert page.locator("#panel h2").count() == 1
    page.mouse.click(*_find(page, "onerror", names=2))
    page.locator("#panel .differs summary").click()
    assert page.locator("#panel blockquote").first.inner_text().startswith("</script>")
    assert page.locator("#panel a").count() == 0, "no address but of the web becomes a link"
    page.locator("#search").fill("script")
    for item in range(page.locator("#search-list li").count()):
        page.locator("#search").fill("script")
        page.locator("#search-list li").nth(item).click()
    page.locator("#panel summary").first.click()
    page.locator("#about").click()
    assert page.locator("#panel .said").first.inner_text().startswith("</script>")
    for control in ("#color", "#grouping"):
        for choice in range(page.locator(f"{control} button").count()):
            page.locator(f"{control} button").nth(choice).click()
    page.locator("#grouping button").first.click()
    page.locator("#view").click()
    page.locator("#language").click()
    page.locator("#save > summary").click()
    with page.expect_download() as download:
        page.locator("#save-svg").click()
    svg = Path(download.value.path()).read_text("utf-8")
    assert "&lt;/script&gt;" in svg and "<script" not in svg and "<img" not in svg
    assert page.evaluate("window.broken") is None
    assert page.locator("img").count() == 0


@browser_test
def test_hostile_articles_run_nothing(opened: Open, tmp_path: Path) -> None:
    """From the pipeline's input to the page: what stands in an article, its title, its outlet."""
    name = "Joko <img src=x onerror=window.broken=6> Umpama"
    text = (
        f"Kepala Lapas Kelas IIA Muara Biru, {name}, beraudiensi dengan Kapolres Muara Biru, Citra "
        "Andai, Kamis (27/2/2025), untuk membahas <script>window.broken=7</script> pengamanan. "
        f"Audiensi {EVIL} berlangsung di Mapolres Muara Biru."
    )
    articles = [
        {"id": f"{EVIL}{i}", "title": EVIL, "text": text, "publisher": f"{EVIL}{i}", "url": url}
        for i, url in enumerate(EVIL_URLS)
    ]
    lines = "\n".join(json.dumps(article) for article in articles)
    (tmp_path / "articles.jsonl").write_text(lines, "utf-8")
    build([tmp_path / "articles.jsonl"], tmp_path / "out")
    store = open_store(tmp_path / "out" / "store")
    page = opened(page_model(lambda query: select(store, query)))
    page.mouse.click(*_find(page, "Muara Biru", names=2))
    assert "window.broken" in page.locator("#panel blockquote").first.inner_text()
    assert page.locator("#panel a").count() == 0
    page.locator("#about").click()
    page.locator("#view").click()
    assert page.evaluate("window.broken") is None
    assert page.locator("img").count() == 0


@browser_test
def test_a_phone_of_360_pixels(opened: Open) -> None:
    page = opened(_model(), phone=True)
    fits = "document.documentElement.scrollWidth <= innerWidth && innerWidth === 360"
    small = """() => [...document.querySelectorAll('button, summary, input[type=search]')]
      .filter(e => e.checkVisibility() && !e.closest('#panel'))
      .map(e => [e.id || e.textContent, e.getBoundingClientRect()])
      .filter(([, box]) => box.height < 44 || box.width < 44).map(([name]) => name)"""
    assert page.evaluate(fits) and page.evaluate(small) == []
    page.touchscreen.tap(*_find(page, LAPAS, POLRES, names=2))
    sheet = page.locator("#panel").bounding_box()
    assert sheet is not None
    assert sheet["y"] > 300 and sheet["width"] == 360
    assert page.locator("#panel blockquote").count() == 2
    assert page.evaluate(fits)
    page.locator("#close").tap()
    page.locator("#open-filters").tap()
    assert page.locator("#kinds").is_visible() and page.evaluate(fits)
    page.locator("#close-filters").tap()
    page.locator("#view").tap()
    assert page.locator("#legend").is_visible() and page.evaluate(fits)
    assert page.locator("#table-area").evaluate("e => e.scrollWidth <= e.clientWidth")


@browser_test
def test_officials_have_a_network_of_their_own(opened: Open) -> None:
    page = opened(_model())
    page.locator("#actors button", has_text="Pejabat").click()
    assert page.locator("#counts").inner_text() == "2 pejabat · 1 pasangan · 1 pertemuan"
    page.mouse.click(*_find(page, "Citra Andai", "Joko Umpama", names=2))
    panel = page.locator("#panel")
    assert panel.locator("blockquote").all_inner_texts() == [OLD]
    panel.locator("h2 button", has_text="Citra Andai").click()
    assert panel.locator("h2").inner_text() == "Citra Andai"
    assert panel.locator(".row", has_text="Joko Umpama").count() == 1
    page.locator("#view").click()
    assert page.locator("#table-area th").first.inner_text() == "Pejabat A"
    for field, name in (("#path-from", "citra"), ("#path-to", "joko")):
        page.locator(field).fill(name)
        page.locator(field).press("Enter")
    assert "1 langkah" in panel.inner_text()
    page.reload()
    assert "1 langkah" in panel.inner_text(), "the link holds whose network it is"


@browser_test
def test_regions_and_topics_choose_meetings(opened: Open) -> None:
    page = opened(_model())
    counts = page.locator("#counts")
    page.locator("#region").select_option("99.01")
    assert counts.inner_text() == "2 lembaga · 1 pasangan · 2 pertemuan"
    page.locator("#region").select_option("99")
    assert counts.inner_text() == "12 lembaga · 47 pasangan · 4 pertemuan"
    page.locator("#topic").fill("pengaman")
    page.locator("#topic").press("ArrowDown")
    page.locator("#topic").press("Enter")
    assert counts.inner_text() == "2 lembaga · 1 pasangan · 1 pertemuan"
    assert "topic=pengamanan" in page.url and "region=99" in page.url
    page.locator("#topic").fill("")
    page.locator("#region").select_option("")
    assert counts.inner_text() == "12 lembaga · 47 pasangan · 4 pertemuan"


@browser_test
def test_colors_of_communities_and_the_measures_of_an_agency(opened: Open) -> None:
    page = opened(_model(), on="apolres")
    panel = page.locator("#panel")
    panel.locator(".measures summary").click()
    rows = panel.locator(".measures tr")
    assert rows.count() == len(MEASURES)
    assert rows.first.locator("td").all_inner_texts() == ["11", "ke-1"]
    page.locator("#color button", has_text="Komunitas").click()
    legend = page.locator("#legend button")
    assert legend.count() > 1 and legend.first.inner_text().startswith("Sekitar ")
    legend.first.press("Enter")
    assert "lembaga · " in panel.locator(".hint").first.inner_text()
    assert legend.first.get_attribute("aria-pressed") == "true"


@browser_test
def test_where_outlets_differ_the_panel_says_so(opened: Open) -> None:
    page = opened(_model(), on="llapas|polres")
    differs = page.locator("#panel .differs")
    assert differs.count() == 1
    differs.locator("summary").click()
    assert differs.locator("li").all_inner_texts() == [
        "Tanggal 8 Jan 2024 hanya di Kabar Biru",
        "Tanggal 9 Jan 2024 hanya di Warta Muara",
        "Pejabat Citra hanya di Warta Muara",
    ]


@browser_test
def test_an_overview_opens_group_by_group(opened: Open) -> None:
    keys = [f"a{i:04}" for i in range(READABLE_AGENCIES + 200)]
    draw = random.Random(2)
    meetings = [
        PageMeeting(f"m{i}", (key, keys[i // 120 * 120]), "rapat", date="2025-01-01")
        for i, key in enumerate(keys)
    ]
    meetings += [
        PageMeeting(f"n{i}", tuple(draw.sample(keys[::120], 2)), "rapat", date="2025-02-01")
        for i in range(30)
    ]
    agencies = tuple(PageAgency(key, f"Dinas {key}", ministry=f"Pemda {key[1]}") for key in keys)
    page = opened(PageModel(agencies, (), tuple(meetings)))
    hub = _find(page, "Sekitar Dinas a0000", "120 lembaga", names=1, step=12)
    page.mouse.click(*hub)
    panel = page.locator("#panel")
    assert panel.locator("h2").inner_text() == "Sekitar Dinas a0000"
    _find(page, "Dinas a0000", "mitra", names=1, step=7)
    assert "open=community" in page.url
    panel.locator("button", has_text="Tutup kembali").click()
    assert "open=" not in page.url
    page.mouse.click(*_find(page, "Sekitar Dinas a0000", "pertemuan", names=2, step=9))
    assert panel.locator(".row").count() >= 1
    between = panel.inner_text()
    page.reload()
    assert "on=b" in page.url and panel.inner_text() == between, "the link holds it"
    page.locator("#grouping button", has_text="Induk").click()
    _find(page, "Pemda 0", "lembaga", names=1, step=12)
    page.locator("#network").focus()
    page.keyboard.press("n")
    page.keyboard.press("Enter")
    assert "open=body" in page.url
    page.locator("#grouping button", has_text="Semua").click()
    _find(page, "Dinas a0000", "mitra", names=1, step=12)


@browser_test
@pytest.mark.parametrize("phone", [False, True])
def test_in_a_frame_only_the_picture_is_there(opened: Open, phone: bool) -> None:
    page = opened(_model(), PageText(title="Muara Biru"), embed=True, phone=phone)
    assert page.locator(".bar").is_hidden() and page.locator("#timeline").is_hidden()
    assert "Muara Biru" in page.locator(".frame-line").inner_text()
    assert "12 lembaga" in page.locator(".frame-line").inner_text()
    page.mouse.click(*_find(page, LAPAS, POLRES, names=2))
    assert page.locator("#panel blockquote").count() == 2
    page.locator("#close").click()
    assert page.locator("#panel").is_hidden()


@browser_test
def test_says_what_it_is_told_of_itself(opened: Open) -> None:
    text = PageText(
        title="Muara Biru <b>2025</b>",
        about="Tentang Muara Biru.\n\nDua alinea, </script> aman.",
        license="CC BY 4.0",
        quality="F1 0,87 pada 120 artikel",
    )
    page = opened(_model(), text)
    assert page.locator("h1").inner_text() == "Muara Biru <b>2025</b>"
    page.locator("#about").click()
    panel = page.locator("#panel")
    assert panel.locator(".said").all_inner_texts() == [
        "Tentang Muara Biru.",
        "Dua alinea, </script> aman.",
        "CC BY 4.0",
    ]
    assert "Mutu bacaan\nF1 0,87 pada 120 artikel" in panel.inner_text()
    assert "vis-network" in panel.inner_text()


@browser_test
def test_plays_through_time_and_moves_by_keyboard(opened: Open) -> None:
    page = opened(_model(), period="2025-03..2025-03")
    first = page.locator("#counts").inner_text()
    page.locator("#play").press("Enter")
    expect(page.locator("#counts")).not_to_have_text(first)
    page.locator("#play").press("Enter")
    page.locator("#reset").click()
    page.locator("#network").focus()
    page.keyboard.press("n")
    assert page.locator("#panel h2").inner_text() == POLRES
    page.keyboard.press("p")
    page.keyboard.press("+")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Escape")
    assert "Siapa bertemu siapa" in page.locator("#panel").inner_text()


def _accessible(page: Page, where: str) -> None:
    found = Axe().run(page).response["violations"]
    serious = [
        (rule["id"], node["html"][:120], node["failureSummary"][:200])
        for rule in found
        if rule["impact"] in ("serious", "critical")
        for node in rule["nodes"]
    ]
    assert not serious, where


@browser_test
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("phone", [False, True])
def test_axe_finds_nothing_serious(opened: Open, theme: str, language: str, phone: bool) -> None:
    page = opened(_model(), phone=phone, theme=theme, lang=language)
    _accessible(page, "at the start")
    page.locator("#search").fill("lapas")
    _accessible(page, "while searching")
    page.locator("#search").press("Enter")
    page.locator(".measures summary").click()
    page.locator(".fold summary").first.click()
    _accessible(page, "an agency")
    if phone:
        page.locator("#close").tap()
        page.locator("#open-filters").tap()
        _accessible(page, "the filters")
        page.locator("#close-filters").tap()
    page.locator("#view").click()
    page.locator("#about").click()
    _accessible(page, "the table, about")


@browser_test
@pytest.mark.parametrize(
    ("theme", "phone", "embed"),
    [("light", False, False), ("dark", True, False), ("dark", False, True), ("light", True, True)],
)
def test_axe_finds_nothing_serious_elsewhere(
    opened: Open, theme: str, phone: bool, embed: bool
) -> None:
    page = opened(_model(), phone=phone, embed=embed, theme=theme, actors="official")
    _accessible(page, "the officials")
    page.evaluate("location.hash += '&on=ojoko.polres'")
    page.locator("#panel h2").wait_for()
    _accessible(page, "an official")
    page.evaluate("location.hash = location.hash.replace('ojoko.polres', 'llapas|polres')")
    page.locator("#panel blockquote").first.wait_for()
    _accessible(page, "a line")


@browser_test
def test_works_without_webgl(browser: Browser, tmp_path: Path) -> None:
    write_page(_model(), tmp_path / "page.html")
    page = browser.new_page()
    page.add_init_script(
        "const get = HTMLCanvasElement.prototype.getContext;"
        "HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {"
        "  return kind.startsWith('webgl') ? null : get.call(this, kind, ...rest); };"
    )
    page.goto((tmp_path / "page.html").as_uri())
    page.wait_for_selector("html[data-ready]")
    _find(page, LAPAS, names=1)
    page.close()
