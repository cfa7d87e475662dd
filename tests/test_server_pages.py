"""The pages: what they say, that every thing has one, and that no text of a source can harm."""

from __future__ import annotations

import html
import re
import shutil
import socket
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from typing import Literal as TypingLiteral
from urllib.parse import urlencode, urljoin

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from sinergi.graph.queries import named_queries
from sinergi.graph.server.pages.passages import quotes
from sinergi.graph.server.pages.rendering import LANGUAGES, indonesian_queries, number, texts
from sinergi.graph.store import Store
from sinergi.ontology import (
    CV,
    DCTERMS,
    DEFAULT_BASE,
    FOAF,
    OA,
    ORG,
    RDF,
    SCHEMA,
    SIN,
    SKOS,
    VOCABULARIES,
    Iris,
)

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
POLRES, SARI = "id/agency/polres-arunika", "id/person/sari-widuri.lapas-arunika"


@pytest.fixture
def client(small_server: str) -> Iterator[httpx.Client]:
    with httpx.Client(
        base_url=small_server, headers=BROWSER, timeout=30, trust_env=False
    ) as client:
        yield client


class _Reader(HTMLParser):
    """Links and visible text of a page; notes what is not closed."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self._data: list[str] = []
        self.tags: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self._data.append("" if tag == "mark" else " ")
        found = dict(attrs)
        assert not [name for name in found if name.startswith("on") or name == "style"]
        if tag == "a":
            self.links.append(found["href"] or "")
        if tag not in ("meta", "link", "input", "br", "img"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag
        self._data.append("" if tag == "mark" else " ")

    def handle_data(self, data: str) -> None:
        self._data.append(data)

    @property
    def words(self) -> list[str]:
        return "".join(self._data).split()

    @property
    def said(self) -> str:
        return " ".join(self.words)


def _read(text: str) -> _Reader:
    reader = _Reader()
    reader.feed(text)
    reader.close()
    assert not reader.open
    return reader


def _page(client: httpx.Client, path: str, **parameters: str) -> _Reader:
    answer = client.get(path, params=parameters or None)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    return _read(answer.text)


# ---- without a store


def test_the_words_are_there_in_both_languages() -> None:
    first, second = (texts()[language] for language in LANGUAGES)
    assert first.keys() == second.keys() and all(first.values()) and all(second.values())
    assert (number(1234567, "id"), number("1234", "en")) == ("1.234.567", "1,234")


def test_every_named_query_has_words_in_indonesian() -> None:
    words = indonesian_queries()
    queries = named_queries()
    parameters = [p for query in queries.values() for p in query.parameters]
    assert words["queries"].keys() == queries.keys()
    assert words["parameters"].keys() == {p.name for p in parameters}
    assert words["notes"].keys() == {p.description for p in parameters}


def test_spans_within_spans_become_marks() -> None:
    text = "Ketua datang lalu pergi."
    spans = [(10, 34, text), (10, 15, "Ketua"), (13, 22, "ua datang"), (40, 41, "x")]
    first, second = quotes(spans)
    assert "".join(piece for piece, _ in first.pieces) == text
    assert [piece for piece, marked in first.pieces if marked] == ["Ketua", " datang"]
    assert (second.start, second.end) == (40, 41)


# ---- what they say


def test_home_counts_and_leads_on(client: httpx.Client, small_store: Store) -> None:
    page = _page(client, "/")
    for name, type in (("Pertemuan", SIN.Meeting), ("Pejabat", FOAF.Person)):
        things = {quad.subject for quad in small_store.quads() if quad.object == type}
        assert f"{name} {len(things)}" in page.said
    assert "9 April 2025" in page.said and "27 Februari 2025" in page.said
    assert f"/{POLRES}" in page.links


def test_an_agency_and_its_evidence(client: httpx.Client) -> None:
    page = _page(client, POLRES)
    for words in (
        "Polres Arunika",
        "Polda Nusa",
        "Damar Wicaksana",
        "27 Februari 2025",
        "tanpa tanggal",
        "Audiensi Lapas Arunika dan Polres Arunika berlangsung",
        "siap mendukung pengamanan Lapas",
        "Kabar Arunika",
    ):
        assert words in page.said
    assert "https://news.example/a1" in page.links
    assert "/id/article/a1" in page.links and "/id/meeting/m1" in page.links


def test_an_official(client: httpx.Client) -> None:
    page = _page(client, SARI, lang="en")
    for words in ("Sari Widuri", "Bu Sari", "Kepala", "27 February 2025", "2 March 2025"):
        assert words in page.said
    former = _page(client, "id/person/galih-purnama.lapas-arunika", lang="en")
    assert "(former)" in former.said
    namesake = _page(client, "id/person/damar-wicaksana.polres-arunika", lang="en")
    assert "Perhaps the same as 1 Damar Wicaksana for one: same name +3" in namesake.said
    assert "/id/person/damar-wicaksana.dinkes-arunika?lang=en" in namesake.links


def test_a_meeting(client: httpx.Client) -> None:
    page = _page(client, "id/meeting/m1", lang="en")
    for words in ("27 February 2025", "accompanying Sari Widuri", "keamanan lapas", "host"):
        assert words in page.said
    assert page.said.count("accompanying") == 1
    assert "host · quoted" in _page(client, "id/meeting/m3", lang="en").said
    assert "Aula Arunika" in _page(client, "id/meeting/m3").said
    signed = _page(client, "id/meeting/m2").said
    assert "Arunika Aman" in signed and "tanpa tanggal" in signed
    assert "direncanakan" in _page(client, "id/meeting/m4").said


def test_an_article_shows_quotes_and_not_its_text(client: httpx.Client) -> None:
    page = _page(client, "id/article/a1")
    assert "Ia didampingi Kasi Kamtib Bayu Lestari." in page.said
    assert "Keduanya membahas" not in page.said  # evidence begins after the first word of it
    assert f"/{SARI}" in page.links


def test_an_office_and_who_held_it(client: httpx.Client) -> None:
    page = _page(client, "id/post/lapas-arunika/kepala", lang="en")
    assert "Sari Widuri" in page.said and "Galih Purnama (former)" in page.said


def test_both_languages_and_the_way_between(client: httpx.Client) -> None:
    indonesian, english = _page(client, POLRES), _page(client, POLRES, lang="en")
    assert "Mitra" in indonesian.said and "Partners" in english.said
    assert f"/{POLRES}?lang=en" in indonesian.links
    assert "/id/meeting/m1?lang=en" in english.links  # what was chosen stays
    asked = client.get(POLRES, headers={"Accept-Language": "fr, en-GB;q=0.8, id;q=0.3"})
    assert "Partners" in asked.text and "Accept-Language" in asked.headers["vary"]
    assert "Mitra" in client.get(f"{POLRES}?lang=<script>").text


# ---- every thing


def test_every_kind_of_thing_has_a_page_and_its_data(
    client: httpx.Client, small_store: Store
) -> None:
    things: dict[str, set[str]] = defaultdict(set)
    for quad in small_store.quads():
        if quad.predicate == RDF.type:
            things[str(quad.object)].add(quad.subject.value)  # type: ignore[union-attr]
    assert len(things) > 15
    for iri in sorted({iri for some in things.values() for iri in sorted(some)[:2]}):
        path = iri.replace(DEFAULT_BASE, "id/").replace(VOCABULARIES, "vocab/")
        assert "script" not in _page(client, path).tags
        for reader in (RdfFormat.TURTLE, RdfFormat.JSON_LD):
            answer = client.get(path, headers={"Accept": reader.media_type})
            assert answer.headers["content-type"].startswith(reader.media_type)
            said = {quad.subject for quad in parse(answer.content, format=reader)}
            assert NamedNode(iri) in said


def test_no_link_leads_nowhere(client: httpx.Client, small_server: str) -> None:
    seen, waiting = set(), ["/", "/?lang=en", "/query"]
    while waiting and len(seen) < 150:
        path = waiting.pop()
        if path in seen or path.startswith(("/network", "/sparql", "/void", "/ns")):
            continue
        seen.add(path)
        answer = client.get(path)
        assert answer.status_code == 200, path
        if "html" not in answer.headers["content-type"]:
            continue
        found = [
            urljoin(str(answer.url), link).partition("#")[0] for link in _read(answer.text).links
        ]
        waiting += [
            link.removeprefix(small_server[:-1]) for link in found if link.startswith(small_server)
        ]
    assert len(seen) > 100


def test_a_meeting_as_data_holds_who_and_why(client: httpx.Client) -> None:
    data = client.get("id/meeting/m1?format=jsonld").json()
    types = {
        kind for node in data["@graph"] for kind in [node.get("type")] if isinstance(kind, str)
    }
    assert {"Meeting", "Participation", "Evidence"} <= types or "Annotation" in str(types)
    assert "Sari Widuri" in str(data)


def test_who_comes_by_a_former_key_is_sent_on(client: httpx.Client) -> None:
    former = "id/person/sari.lapas-arunika"
    moved = client.get(former, params={"lang": "en", "q": "a&b"})
    assert (moved.status_code, moved.headers["location"]) == (303, f"/{SARI}?lang=en&q=a%26b")
    assert client.get(former, follow_redirects=True).text == client.get(SARI).text
    data = client.get(former, headers={"Accept": "text/turtle"}, follow_redirects=True)
    replaced = {
        (quad.subject.value.removeprefix(DEFAULT_BASE), quad.object)  # type: ignore[union-attr]
        for quad in parse(data.content, format=RdfFormat.TURTLE)
        if quad.predicate == DCTERMS.isReplacedBy
    }
    assert replaced == {(former.removeprefix("id/"), NamedNode(DEFAULT_BASE + SARI[3:]))}


@pytest.mark.parametrize(
    "path",
    [
        "id/agency/none",
        "id/",
        "vocab/none",
        "id/%00",
        "id/a b<>",
        "id/../../etc/passwd",
        "id/agency/%22%3E%3Cscript%3E",
        "query/none",
        "style.css/x",
    ],
)
def test_what_is_not_there_is_told_on_a_page(client: httpx.Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "script" not in _read(answer.text).tags
    plain = client.get(path, headers={"Accept": "text/turtle"})
    assert plain.headers["content-type"] == "text/plain; charset=utf-8"


# ---- searching and asking


@pytest.mark.parametrize(
    ("words", "path"),
    [
        ("polres", POLRES),
        ("POLRES  arunika", POLRES),
        ("kejari aru", "id/agency/kejari-arunika"),
        ("sári", SARI),
        ("Bu Sari", SARI),
        ("Polrez Arunika", POLRES),
    ],
)
def test_names_are_found(client: httpx.Client, words: str, path: str) -> None:
    assert f"/{path}" in _page(client, "search", q=words).links


def test_nothing_found_is_told(client: httpx.Client) -> None:
    assert "Tidak ada yang cocok" in _page(client, "search", q="xqzw").said
    assert "Cari" in _page(client, "search", q="  ").said


def test_a_named_query_is_a_form_and_an_answer(client: httpx.Client) -> None:
    path = "query/meetings-of-agency"
    assert "Answer" not in _page(client, path, lang="en").said
    # A form that needs nothing waits to be sent as well.
    assert "Answer" not in _page(client, "query/who-met-whom", lang="en").said
    assert "Answer" in _page(client, "query/who-met-whom", person="", lang="en").said
    page = _page(client, path, agency="Polres Arunika", since="2025-03-01", kind="", lang="en")
    assert "Answer" in page.said and "/id/meeting/m4?lang=en" in page.links
    (file,) = [link for link in page.links if "format=csv" in link]
    table = client.get(file).text.splitlines()
    assert table[0].startswith("date,kind,status,place,partnerName")
    assert table[-1].endswith("/meeting/m4") and "/meeting/m1" not in str(table)
    (editor,) = [link for link in page.links if "/query?query=" in link]
    assert "PREFIX schema:" in client.get(editor).text
    indonesian = client.get("query/collaborations?lang=id&count=outlets").text
    assert "Kerja sama</h1>" in indonesian and ">paling sedikit" in indonesian
    assert '<option value="outlets" selected>Media</option>' in indonesian
    assert 'lang="en"' not in indonesian.partition("<main")[2]
    assert "Siapa bertemu siapa" in client.get("query?lang=id").text


@pytest.mark.parametrize(
    ("query", "values", "says"),
    [
        ("meetings-of-agency", {"agency": 'x" } UNION { ?s ?p ?o } #'}, "knows no agency"),
        ("meetings-of-agency", {"agency": "Polres Arunika", "since": "2025-02-30"}, "does not fit"),
        ("collaborations", {"minimum": "1; DROP"}, "does not fit"),
        ("who-met-whom", {"person": "Damar Wicaksana"}, "fits 2 things"),
        ("evidence-of", {"thing": "<javascript:alert(1)>"}, "no IRI"),
        ("evidence-of", {"thing": "https://a b"}, "knows no"),
    ],
)
def test_what_does_not_fit_a_form_is_told(
    client: httpx.Client, query: str, values: dict[str, str], says: str
) -> None:
    answer = client.get(f"query/{query}", params=values)
    page = _read(answer.text)
    assert (answer.status_code, says in page.said) == (400, True) or "alert" not in page.links
    assert not [link for link in page.links if link.startswith("javascript")]


def test_a_query_of_ones_own(client: httpx.Client) -> None:
    select = "SELECT ?p ?name { ?p a foaf:Person ; foaf:name ?name }"
    page = _page(client, "query", query=select)
    assert f"/{SARI}" in page.links and "6 baris." in page.said
    many = _page(client, "query", query="SELECT * { ?s ?p ?o }")
    assert "200 baris pertama" in many.said
    assert (
        "foaf:name"
        in _page(client, "query", query=f"CONSTRUCT WHERE {{ ?s <{FOAF}name> ?n }}").said
    )
    assert "Ya" in _page(client, "query", query="ASK {}").words
    wrong = client.get("query", params={"query": "SELECT <script>alert(1)</script>"})
    assert wrong.status_code == 400 and "script" not in _read(wrong.text).tags
    slow = client.get(
        "query",
        params={"query": "SELECT (COUNT(*) AS ?n) {?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l}"},
    )
    assert slow.status_code == 504 and "seconds" in _read(slow.text).said


def test_the_endpoint_shows_browsers_the_page(client: httpx.Client) -> None:
    answer = client.get("sparql", params={"query": "ASK {}"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/query?query=ASK+%7B%7D")
    assert client.get("sparql?query=ASK{}&format=json").json() == {"head": {}, "boolean": True}


def test_the_network_page_keeps_its_policy(client: httpx.Client) -> None:
    answer = client.get("network")
    assert answer.status_code == 200 and "data-nodes" in answer.text
    (own,) = re.findall(r'Content-Security-Policy" content="([^"]+)"', answer.text)
    policy = answer.headers["content-security-policy"]
    assert policy == html.unescape(own) + "; frame-ancestors 'none'"
    assert "script-src 'sha256-" in policy and "connect-src" not in policy
    again = client.get("network", headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304
    assert again.headers["content-security-policy"] == policy, "browsers take that of a 304"


def test_a_network_that_takes_long_is_drawn_meanwhile(
    small_folder: Path, small_quads: list[Quad], serving: Any, tmp_path: Path
) -> None:
    store = tmp_path / "store"
    shutil.copytree(small_folder, store)
    impatient = "from sinergi.graph.server import drawing; drawing.PATIENCE = 0"
    address = f"{serving(store, impatient)}network"

    def asked(**headers: str) -> httpx.Response:
        return httpx.get(address, headers={**BROWSER, **headers}, trust_env=False, timeout=30)

    def waited(until: Callable[[httpx.Response], bool]) -> httpx.Response:
        for _ in range(900):
            if until(answer := asked()):
                return answer
            time.sleep(0.1)
        raise AssertionError("it is never drawn")

    first = asked(**{"Accept-Language": "en"})
    assert first.status_code == 503 and "is being drawn" in first.text
    assert first.headers["retry-after"] == first.headers["refresh"] == "5"
    drawn = waited(lambda answer: answer.status_code == 200)
    assert "dinkes-arunika" in drawn.text
    assert asked(**{"Accept-Encoding": "identity"}).content == drawn.content
    with Store.create(store) as new:
        new.load(quad for quad in small_quads if "dinkes" not in str(quad))
    # Meanwhile there is the page of before.
    assert asked().text == drawn.text
    later = waited(lambda answer: answer.headers["etag"] != drawn.headers["etag"])
    assert later.status_code == 200 and "dinkes-arunika" not in later.text


def test_a_network_that_cannot_be_drawn_is_told(small_folder: Path, serving: Any) -> None:
    hasty = "from sinergi.graph.server import drawing; drawing.LONGEST = 0.01"
    answer = httpx.get(
        f"{serving(small_folder, hasty)}network", headers=BROWSER, trust_env=False, timeout=60
    )
    assert answer.status_code == 500 and "too large to be drawn here" in answer.text


def test_what_goes_with_the_pages(client: httpx.Client) -> None:
    style = client.get("style.css")
    assert style.headers["content-type"].startswith("text/css") and "--paper:" in style.text
    assert client.get("icon.svg").headers["content-type"].startswith("image/svg+xml")
    assert "Disallow: /sparql" in client.get("robots.txt").text


def test_behind_a_proxy_links_begin_with_its_path(small_folder: Path, serving: Any) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    address = serving(small_folder, url="https://graph.example/deep", port=port, workers=1)
    assert address == "https://graph.example/deep/"
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False) as client:
        answer = client.get("/", headers=BROWSER | {"Host": "graph.example"})
        links = [link for link in _read(answer.text).links if not link.startswith("#")]
        assert links and all(link.startswith("/deep/") for link in links)
        described = client.get("/void", headers={"Accept": "application/n-triples"}).text
        assert "<https://graph.example/deep/sparql>" in described
        assert client.get("/nowhere", headers=BROWSER).text.count('"/deep/') == 3
        moved = client.get("/sparql", headers=BROWSER)
        assert moved.headers["location"] == "/deep/query"


# ---- texts that mean no good

HOSTILE = '</h1><script>alert(1)</script>"><img src=x onerror=alert(2)>{{ 7*7 }}'


@pytest.fixture(scope="module")
def hostile_server(tmp_path_factory: pytest.TempPathFactory, serving: Any) -> str:
    iris, text = Iris(), Literal(HOSTILE)
    agency, person, article, meeting = (
        iris.agency("x"), iris.person("y.x"), iris.article("z"), iris.meeting("m"),
    )  # fmt: skip
    graph = iris.article_graph("z")
    target, quote = iris.evidence("z", 0, 9, "target"), iris.evidence("z", 0, 9, "quote")
    taking_part = iris.person_participation("m", "y.x")
    triples = [
        (agency, RDF.type, ORG.FormalOrganization), (agency, SKOS.prefLabel, text),
        (person, RDF.type, FOAF.Person), (person, FOAF.name, text),
        (article, RDF.type, SCHEMA.NewsArticle), (article, SCHEMA.headline, text),
        (article, SCHEMA.publisher, text), (article, SCHEMA.datePublished, text),
        (article, SCHEMA.url, Literal("javascript:alert(1)")),
        (meeting, RDF.type, SIN.Meeting), (meeting, SCHEMA.startDate, text),
        (meeting, SCHEMA.additionalType, NamedNode("javascript:alert(3)")),
        (meeting, SCHEMA.eventStatus, SIN.odd), (meeting, SCHEMA.attendee, person),
        (meeting, SCHEMA.attendee, agency), (taking_part, SIN.inMeeting, meeting),
        (taking_part, CV.hasParticipant, person),
        (iris.evidence("z", 0, 9), OA.hasBody, taking_part),
        (iris.evidence("z", 0, 9), OA.hasTarget, target), (target, OA.hasSource, article),
        (target, OA.hasSelector, quote), (quote, OA.exact, text),
        (target, OA.hasSelector, iris.evidence("z", 0, 9, "position")),
        (iris.evidence("z", 0, 9, "position"), OA.start, Literal(0)),
        (iris.evidence("z", 0, 9, "position"), OA.end, Literal(9)),
    ]  # fmt: skip
    path = tmp_path_factory.mktemp("hostile") / "store"
    with Store.create(path) as store:
        store.load(Quad(*triple, graph) for triple in triples)
    address: str = serving(path, workers=1)
    return address


@pytest.mark.parametrize(
    "path",
    [
        "",
        "id/agency/x",
        "id/person/y.x",
        "id/article/z",
        "id/meeting/m",
        "id/evidence/z/0-9/quote",
        f"search?{urlencode({'q': HOSTILE})}",
        "search?q=script",
        f"query?{urlencode({'query': 'SELECT * { ?s ?p ?o }', 'lang': HOSTILE})}",
        f"query?{urlencode({'query': HOSTILE})}",
        f"query/evidence-of?{urlencode({'thing': HOSTILE})}",
        f"id/agency/x?{urlencode({'meetings': HOSTILE, HOSTILE: '1'})}",
    ],
)
def test_texts_stay_texts(hostile_server: str, path: str) -> None:
    answer = httpx.get(hostile_server + path, headers=BROWSER, trust_env=False)
    page = _read(answer.text)
    assert "script" not in page.tags and "img" not in page.tags and "49" not in page.words
    assert not [link for link in page.links if link.lower().startswith("javascript")]
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")


# ---- in Chromium


@pytest.fixture(scope="module")
def contexts(browser: Browser) -> dict[bool, BrowserContext]:
    """By whether scripts run."""
    return {scripts: browser.new_context(java_script_enabled=scripts) for scripts in (True, False)}


@pytest.mark.browser
@pytest.mark.parametrize("scripts", [True, False])
def test_a_reader_finds_the_sentence(
    small_server: str, contexts: dict[bool, BrowserContext], scripts: bool
) -> None:
    page = contexts[scripts].new_page()
    heard: list[str] = []
    page.on("console", lambda message: heard.append(message.text))
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on(
        "request",
        lambda asked: None if asked.url.startswith(small_server) else heard.append(asked.url),
    )
    page.goto(f"{small_server}?lang=id")
    page.get_by_role("searchbox").first.fill("sari widuri")
    page.get_by_role("button", name="Cari").first.click()
    page.get_by_role("link", name="Sari Widuri").click()
    page.get_by_role("link", name="audiensi").click()
    assert page.get_by_text("beraudiensi dengan Kapolres Arunika").first.is_visible()
    page.get_by_role("link", name="Berita a1").first.click()
    page.get_by_role("link", name="English").click()
    assert page.get_by_role("heading", name="Quotes").is_visible()
    page.get_by_role("link", name="Queries").click()
    page.get_by_role("link", name="Who met whom").click()
    page.get_by_label("person", exact=False).first.fill("Sari Widuri")
    page.get_by_role("button", name="Ask").click()
    assert page.get_by_role("cell", name="Damar Wicaksana").first.is_visible()
    page.reload()  # the address says it all
    assert page.get_by_role("cell", name="Damar Wicaksana").first.is_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="csv").click()
    assert "Damar Wicaksana" in Path(download.value.path()).read_text("utf-8")
    page.set_viewport_size({"width": 360, "height": 740})
    for path in ("", POLRES, "id/meeting/m1", "query/who-met-whom"):
        page.goto(small_server + path)
        wide = page.locator("html").bounding_box()
        assert wide and wide["width"] <= 360
    if scripts:
        page.set_viewport_size({"width": 1366, "height": 850})
        page.goto(f"{small_server}network?lang=en#on=apolres-arunika")
        page.get_by_role("link", name="Everything about this agency").click()
        page.wait_for_url("**/id/agency/polres-arunika")
        page.goto(f"{small_server}network")  # as the browser speaks
        assert page.get_by_role("button", name="About").is_visible()
        page.goto(f"{small_server}network?lang=id#on=osari-widuri.lapas-arunika")
        page.get_by_role("link", name="Semua tentang pejabat ini").click()
        page.wait_for_url("**/id/person/sari-widuri.lapas-arunika")
        page.goto(f"{small_server}network?lang=id#on=llapas-arunika|polres-arunika")
        page.get_by_role("link", name="Semua tentang pertemuan ini").last.click()
        page.wait_for_url("**/id/meeting/m1")
    page.close()
    assert not heard


@pytest.mark.browser
@pytest.mark.parametrize(("scheme", "language"), [("light", "id"), ("dark", "en")])
def test_axe_finds_nothing_serious(
    small_server: str, browser: Browser, scheme: TypingLiteral["light", "dark"], language: str
) -> None:
    context = browser.new_context(
        color_scheme=scheme, viewport={"width": 360, "height": 740}, bypass_csp=True
    )
    page = context.new_page()
    paths = (
        "", "search?q=sari", POLRES, SARI, "id/meeting/m1", "id/article/a1", "id/agency/none",
        "query", "query/collaborations?count=outlets", "query?query=ASK{}",
    )  # fmt: skip
    for path in paths:
        page.goto(f"{small_server}{path}{'&' if '?' in path else '?'}lang={language}")
        found = Axe().run(page).response["violations"]
        serious = [v for v in found if v["impact"] in ("serious", "critical")]
        assert not serious, (path, serious)
    context.close()


@pytest.mark.browser
def test_hostile_texts_do_nothing(
    hostile_server: str, contexts: dict[bool, BrowserContext]
) -> None:
    page = contexts[True].new_page()
    heard: list[str] = []
    page.on("dialog", lambda dialog: heard.append(dialog.message))
    page.on("console", lambda message: heard.append(message.text))
    for path in (
        "",
        "id/agency/x",
        "id/article/z",
        "id/meeting/m",
        f"search?{urlencode({'q': HOSTILE})}",
    ):
        page.goto(hostile_server + path)
    page.close()
    assert not heard
