"""A small graph that tests can count by hand. Its people, places and words are invented.

| meeting | day        | agencies                                   | articles           |
|---------|------------|--------------------------------------------|--------------------|
| m1      | 2025-02-27 | Lapas Arunika, Polres Arunika              | a1 Kabar, a2 Warta |
| m2      | unknown    | Polres Arunika, Kejaksaan Negeri Arunika   | a3 Kabar           |
| m3      | 2025-04-09 | Kejaksaan Negeri Arunika, Dinas Kesehatan  | a4 Warta           |
| m4      | 2025-05-01 | Lapas Arunika, Polres Arunika (planned)    | a4 Warta           |
| m5      | 2025-04-03 | Polres Arunika, Kejaksaan Negeri Arunika   | a4 Warta           |

So Lapas and Polres met twice, and from Lapas to Dinas Kesehatan it takes three steps.
"""

from __future__ import annotations

import importlib
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import urllib.request
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from pathlib import Path
from subprocess import PIPE
from types import ModuleType

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright
from pyoxigraph import NamedNode, Quad

from sinergi.graph.model import (
    Agency,
    Agreement,
    Article,
    Candidate,
    Extraction,
    Links,
    Meeting,
    Official,
    Participation,
    Party,
    Person,
    Replacement,
    Resolution,
    Span,
    Statement,
    Topic,
)
from sinergi.graph.rdf import article_quads, identity_quads, registry_quads, vocabulary_quads
from sinergi.graph.registry import Registry
from sinergi.graph.store import Store, open_store
from sinergi.graph.store.writing import writer_at

LAPAS, POLRES = "Lapas Arunika", "Polres Arunika"
KEJARI, DINKES = "Kejaksaan Negeri Arunika", "Dinas Kesehatan Kabupaten Arunika"

# Key, name, sector, parent, other names. Without a kind, the registry's rules leave them alone.
AGENCIES = {
    key: Agency(key, name, sector=sector, parent=parent, aliases=tuple(aliases))
    for key, name, sector, parent, *aliases in (
        ("lapas-arunika", LAPAS, "pemasyarakatan", "kanwil-nusa", "Lapas"),
        ("kanwil-nusa", "Kantor Wilayah Nusa", "pemasyarakatan", "kementerian-nusa"),
        ("kementerian-nusa", "Kementerian Nusa", "pemasyarakatan", "presiden"),
        ("polres-arunika", POLRES, "keamanan", "polda-nusa"),
        ("polda-nusa", "Polda Nusa", "keamanan", "kepolisian-nusa"),
        ("kepolisian-nusa", "Kepolisian Nusa", "keamanan", "presiden"),
        ("kejari-arunika", KEJARI, "hukum", "kejaksaan-nusa", "Kejari Arunika"),
        ("kejaksaan-nusa", "Kejaksaan Nusa", "hukum", None),
        ("dinkes-arunika", DINKES, "kesehatan", "pemkab-arunika"),
        ("pemkab-arunika", "Pemerintah Kabupaten Arunika", "pemerintahan", None),
        ("presiden", "Presiden", "pemerintahan", None),
    )
}
PERSONS = {
    person.key: person
    for person in (
        Person("sari-widuri.lapas-arunika", "Sari Widuri", ("Bu Sari",)),
        Person("bayu-lestari.lapas-arunika", "Bayu Lestari"),
        Person("galih-purnama.lapas-arunika", "Galih Purnama"),
        Person("damar-wicaksana.polres-arunika", "Damar Wicaksana"),
        Person("damar-wicaksana.dinkes-arunika", "Damar Wicaksana"),
        Person("nimas-ayuningrum.kejari-arunika", "Nimas Ayuningrum"),
    )
}

A1 = (
    "Kepala Lapas Arunika, Sari Widuri, beraudiensi dengan Kapolres Arunika, AKBP Damar Wicaksana, "
    "Kamis (27/2/2025). Ia didampingi Kasi Kamtib Bayu Lestari. Keduanya membahas keamanan lapas. "
    "Damar menyatakan siap mendukung pengamanan Lapas."
)
A2 = (
    "Audiensi Lapas Arunika dan Polres Arunika berlangsung pada 27 Februari 2025. "
    "Kepala Lapas Sari Widuri hadir bersama mantan kepala, Galih Purnama."
)
A3 = (
    "Polres Arunika dan Kejaksaan Negeri Arunika menandatangani nota kesepahaman “Arunika Aman”. "
    "Hadir Kapolres Damar Wicaksana dan Kajari Nimas Ayuningrum."
)
A4 = (
    "Rabu (9/4/2025) Kejari Arunika rapat dengan Dinas Kesehatan Kabupaten Arunika yang dipimpin "
    "Damar Wicaksana. Lapas dan Polres Arunika akan menandatangani perjanjian kerja sama "
    "pada 1 Mei 2025. Kamis (3/4/2025) Polres Arunika mengunjungi Kejari Arunika."
)


def _spans(article: str, *quotes: str) -> tuple[Span, ...]:
    starts = [article.index(quote) for quote in quotes]
    return tuple(Span(s, s + len(q), q) for s, q in zip(starts, quotes, strict=True))


def _article(id: str, text: str, day: str | None, publisher: str) -> Article:
    return Article(id, f"Berita {id}", text, day, publisher, f"https://news.example/{id}", id)


EXTRACTIONS = (
    Extraction(
        _article("a1", A1, "2025-03-01", "Kabar Arunika"),
        (
            Official("Sari Widuri", "Kepala", LAPAS, spans=_spans(A1, "Kepala Lapas Arunika")),
            Official(
                "Damar Wicaksana",
                "Kepala",
                POLRES,
                rank="AKBP",
                post_label="Kapolres Arunika",
                spans=_spans(A1, "Kapolres Arunika, AKBP Damar Wicaksana"),
            ),
            Official(
                "Bayu Lestari",
                "Kepala Seksi Keamanan dan Ketertiban",
                LAPAS,
                spans=_spans(A1, "Kasi Kamtib Bayu Lestari"),
            ),
        ),
        (
            Meeting(
                "audiensi",
                "held",
                (Party(LAPAS, "guest"), Party(POLRES, "host")),
                date="2025-02-27",
                participants=(
                    Participation("Sari Widuri", LAPAS, "guest", "Kepala"),
                    Participation(
                        "Bayu Lestari",
                        LAPAS,
                        "accompanying",
                        "Kepala Seksi Keamanan dan Ketertiban",
                        accompanies="Sari Widuri",
                        spans=_spans(A1, "Ia didampingi Kasi Kamtib Bayu Lestari."),
                    ),
                    Participation("Damar Wicaksana", POLRES, "host", "Kepala"),
                ),
                topics=(Topic("keamanan lapas", _spans(A1, "membahas keamanan lapas")),),
                spans=_spans(A1, A1[: A1.index(". ") + 1]),
            ),
        ),
        (
            Statement(
                "Damar Wicaksana",
                POLRES,
                "siap mendukung pengamanan Lapas",
                direct=False,
                commitment=True,
                post="Kepala",
                spans=_spans(A1, "Damar menyatakan siap mendukung pengamanan Lapas."),
            ),
        ),
    ),
    Extraction(
        _article("a2", A2, "2025-03-02", "Warta Bahari"),
        (
            Official("Sari Widuri", "Kepala", LAPAS, spans=_spans(A2, "Kepala Lapas Sari Widuri")),
            Official(
                "Galih Purnama",
                "Kepala",
                LAPAS,
                former=True,
                spans=_spans(A2, "mantan kepala, Galih Purnama"),
            ),
        ),
        (
            Meeting(
                "audiensi",
                "held",
                (Party(LAPAS), Party(POLRES)),
                date="2025-02-27",
                participants=(Participation("Sari Widuri", LAPAS, "attendee", "Kepala"),),
                spans=_spans(A2, A2[: A2.index(". ") + 1]),
            ),
        ),
    ),
    Extraction(
        _article("a3", A3, None, "Kabar Arunika"),
        (),
        (
            Meeting(
                "penandatanganan",
                "held",
                (Party(POLRES), Party(KEJARI)),
                participants=(
                    Participation("Damar Wicaksana", POLRES, "signatory", "Kepala"),
                    Participation("Nimas Ayuningrum", KEJARI, "signatory", "Kepala"),
                ),
                agreement=Agreement(
                    "Arunika Aman",
                    "mou",
                    (POLRES, KEJARI),
                    _spans(A3, "nota kesepahaman “Arunika Aman”"),
                ),
                spans=_spans(A3, A3[: A3.index(". ") + 1]),
            ),
        ),
    ),
    Extraction(
        _article("a4", A4, "2025-04-10", "Warta Bahari"),
        (),
        (
            Meeting(
                "rapat",
                "held",
                (Party("Kejari Arunika"), Party(DINKES, "host")),
                date="2025-04-09",
                place="Aula Arunika",
                participants=(Participation("Damar Wicaksana", DINKES, "host", basis="quoted"),),
                spans=_spans(A4, A4[: A4.index(". ") + 1]),
            ),
            Meeting(
                "penandatanganan",
                "planned",
                (Party("Lapas"), Party(POLRES)),
                date="2025-05-01",
                agreement=Agreement("perjanjian kerja sama", "pks"),
                spans=_spans(A4, A4[A4.index("Lapas dan") : A4.index(" Kamis")]),
            ),
            Meeting(
                "kunjungan",
                "held",
                (Party(POLRES, "guest"), Party("Kejari Arunika", "host")),
                date="2025-04-03",
                spans=_spans(A4, A4[A4.index("Kamis (3") :]),
            ),
        ),
    ),
)

_AGENCY_KEYS = {agency.name: key for key, agency in AGENCIES.items()} | {
    "Kejari Arunika": "kejari-arunika",
    "Lapas": "lapas-arunika",
}
_PERSON_KEYS = {person.name: key for key, person in PERSONS.items()} | {
    "Damar Wicaksana": "damar-wicaksana.polres-arunika"
}
_IN_A4 = {"Damar Wicaksana": "damar-wicaksana.dinkes-arunika"}
RESOLUTION = Resolution(
    AGENCIES,
    PERSONS,
    {
        "a1": Links(_PERSON_KEYS, _AGENCY_KEYS, ("m1",)),
        "a2": Links(_PERSON_KEYS, _AGENCY_KEYS, ("m1",)),
        "a3": Links(_PERSON_KEYS, _AGENCY_KEYS, ("m2",)),
        "a4": Links(_IN_A4, _AGENCY_KEYS, ("m3", "m4", "m5")),
    },
    replaced=(Replacement("person", "sari.lapas-arunika", "sari-widuri.lapas-arunika"),),
    candidates=(
        Candidate(
            "person",
            "damar-wicaksana.dinkes-arunika",
            "damar-wicaksana.polres-arunika",
            "person:a4#Damar Wicaksana",
            "person:a1#Damar Wicaksana",
            -3,
            "for one: same name +3; for two: agencies that have nothing in common -1",
        ),
    ),
)


_MANY = re.compile("/vocab/(agency-kind|rank)/")


INVENTED_REGIONS = """code,kind,name,parent,aliases,source
98,provinsi,Nusa Raya,,Nura,invented
98.01,kabupaten,Arunika,98,,invented
98.03,kabupaten,Suryalaya,98,,invented
98.71,kota,Madyapura,98,,invented
98.01.01,kecamatan,Kalimaya,98.01,,invented
"""


@pytest.fixture(scope="session")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Registry:
    """The registry with a province that is nobody's, for sentences of our own."""
    folder = tmp_path_factory.mktemp("registry")
    (folder / "regions.csv").write_text(INVENTED_REGIONS, encoding="utf-8")
    return Registry.load(folder)


@pytest.fixture(scope="session")
def small_quads() -> list[Quad]:
    """Every quad of the small graph."""
    registry = Registry.load()
    quads = [
        *registry_quads(RESOLUTION, registry),
        *identity_quads(RESOLUTION),
        # Agency kinds and ranks are many, and nothing here has one.
        *(quad for quad in vocabulary_quads(registry) if not _MANY.search(str(quad.subject))),
    ]
    for extraction in EXTRACTIONS:
        quads += article_quads(extraction, RESOLUTION.links[extraction.article.id], RESOLUTION)
    return quads


@pytest.fixture(scope="session")
def small_store(small_quads: list[Quad]) -> Store:
    """The small graph in a store."""
    return Store.memory(small_quads)


@pytest.fixture(scope="session")
def small_folder(small_quads: list[Quad], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small graph in a store on disk, for reading."""
    path = tmp_path_factory.mktemp("small") / "store"
    with Store.create(path) as store:
        store.load(small_quads)
    return path


@pytest.fixture(scope="session")
def small_texts() -> dict[str, str]:
    """The texts of the small graph's articles, by id."""
    return {extraction.article.id: extraction.article.text for extraction in EXTRACTIONS}


@pytest.fixture(scope="session")
def sparql_server() -> Iterator[Callable[..., str]]:
    """Starts an empty `oxigraph serve` with these options and gives its address."""
    running: list[subprocess.Popen[bytes]] = []
    oxigraph = Path(sys.executable).with_name("oxigraph")

    def start(*options: str, instead: bool = False) -> str:
        if instead:  # of the one that was started last
            running[-1].terminate()
            running.pop().communicate(timeout=20)
        with socket.create_server(("127.0.0.1", 0)) as free:
            place = f"127.0.0.1:{free.getsockname()[1]}"
        process = subprocess.Popen([oxigraph, "serve", "--bind", place, *options], stderr=PIPE)
        running.append(process)
        assert process.stderr and b"Listening" in process.stderr.readline()
        return f"http://{place}"

    yield start
    for process in running:
        process.kill()
        process.communicate()


Place = Path | str  # of a store: a folder, or the address of a server


def put(place: Place, quads: Iterable[Quad]) -> Store:
    """A store of these quads, in a folder or on a server."""
    graphs: defaultdict[NamedNode, set[Quad]] = defaultdict(set)
    for quad in quads:
        assert isinstance(quad.graph_name, NamedNode)
        graphs[quad.graph_name].add(quad)
    with closing(writer_at(place)) as writer:
        writer.change(graphs.items())
        writer.publish()
    return open_store(place)


@pytest.fixture(scope="session")
def small_remote(small_quads: list[Quad], sparql_server: Callable[..., str]) -> Store:
    """The small graph on a server, put there by sinergi."""
    return put(sparql_server(), small_quads)


@pytest.fixture(params=["embedded", "server"])
def each_store(request: pytest.FixtureRequest) -> Store:
    """The small graph in a store in memory, and on a server."""
    name = {"embedded": "small_store", "server": "small_remote"}[request.param]
    store: Store = request.getfixturevalue(name)
    return store


@pytest.fixture(params=["embedded", "server"])
def filled_store(
    request: pytest.FixtureRequest, servers: Callable[[str], str]
) -> Callable[[list[Quad]], Store]:
    """Makes a store of these quads: in memory, and on a server."""

    def fill(quads: list[Quad]) -> Store:
        embedded = request.param == "embedded"
        return Store.memory(quads) if embedded else put(servers("server"), quads)

    return fill


@pytest.fixture(scope="session")
def servers(sparql_server: Callable[..., str]) -> Callable[[str], str]:
    """The address of a server of this kind, which is emptied; one process each for all tests."""
    running: dict[str, str] = {}

    def empty(kind: str) -> str:
        if kind not in running:
            running[kind] = sparql_server(*_SERVER_OPTIONS[kind])
        post(f"{running[kind]}/update", "application/sparql-update", b"DROP ALL")
        return running[kind]

    return empty


_SERVER_OPTIONS = {"server": (), "union": ("--union-default-graph",)}


def post(address: str, kind: str, body: bytes) -> None:
    request = urllib.request.Request(address, body, {"Content-Type": kind}, method="POST")
    urllib.request.urlopen(request, timeout=30).close()


@pytest.fixture(params=["folder", "server"])
def place(request: pytest.FixtureRequest, tmp_path: Path, servers: Callable[[str], str]) -> Place:
    """Where a store may be made: a folder that is not there, and a server without anything.

    test_remote.py has what else servers may be like.
    """
    return tmp_path / "store" if request.param == "folder" else servers(request.param)


Serve = Callable[..., str]
_SERVE = """
import sys
from pathlib import Path
from sinergi.graph.server import listening, serve
from sinergi.graph.server.settings import Settings
{before}
store = sys.argv[1]
settings = Settings(store if "://" in store else Path(store), **{options})
serve(settings, started=lambda address: print(address, file=sys.stderr))
"""


@pytest.fixture(scope="session")
def serving() -> Iterator[Serve]:
    """Serves a store in a process of its own and gives the address.

    `before` are lines of Python that run there first, `options` are those of Settings.
    """
    running: list[subprocess.Popen[str]] = []

    def start(store: Path | str, before: str = "", **options: object) -> str:
        script = _SERVE.format(before=before, options={"port": 0, **options})
        process = subprocess.Popen(
            [sys.executable, "-c", script, store], stderr=subprocess.PIPE, text=True
        )
        running.append(process)
        assert process.stderr
        return process.stderr.readline().strip()

    yield start
    for process in running:
        process.send_signal(signal.SIGINT)
    for process in running:
        process.communicate(timeout=20)


ORIGIN = "https://friend.example"


@pytest.fixture(scope="session")
def small_server(small_folder: Path, serving: Serve) -> str:
    """The address, ending in '/', of a server of the small graph with small limits."""
    return serving(small_folder, origins=(ORIGIN,), time_limit=1.5, size_limit=2_000_000, workers=2)


@pytest.fixture(scope="session")
def audience() -> Extraction:
    """The first article of the small graph: an audience, three officials, a commitment."""
    return EXTRACTIONS[0]


@pytest.fixture(scope="session")
def archives(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel and the source archive of this checkout."""
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "hatchling", "build", "-d", str(folder)]
    subprocess.run(command, cwd=Path(__file__).parent.parent, check=True, capture_output=True)
    return folder


@pytest.fixture(scope="session")
def external() -> Callable[[str], ModuleType]:
    """A package of the dependency group exports; CI has to have it."""

    def load(name: str) -> ModuleType:
        if os.environ.get("CI") == "true":
            return importlib.import_module(name)
        found: ModuleType = pytest.importorskip(name, reason="in the dependency group exports")
        return found

    return load


def _chromium(playwright: Playwright) -> str | None:
    own = playwright.chromium.executable_path
    names = ("chromium", "chromium-browser", "google-chrome")
    found = [shutil.which(name) for name in names] + [own if Path(own).exists() else None]
    return next((path for path in found if path), None)


@pytest.fixture(scope="module")  # not longer: while Playwright runs, asyncio cannot
def browser() -> Iterator[Browser]:
    """Chromium; without one the tests that ask for it are skipped."""
    with sync_playwright() as playwright:
        path = _chromium(playwright)
        if path is None:
            why = "no Chromium here: apt install chromium, or playwright install chromium"
            if os.environ.get("CI") == "true":
                pytest.fail(why)
            pytest.skip(why)
        running = playwright.chromium.launch(
            executable_path=path,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield running
        running.close()
