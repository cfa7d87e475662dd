"""Every command and every block of code in the docs, run: page by page, in the page's order.

A page gets a folder of its own in which the names that the docs use stand for the sample articles:
`articles/`, `news.jsonl`, `my-rows/`, the build `out/`, the store `news` and so on. What is no
command and no code has another language, or none. Everything else runs: servers and clusters are
started, `make` makes in the page's folder, and `pip install` installs the wheel of this checkout
where all but sinergi is installed, so that its extras have to be satisfied. `make test` is what
runs these tests (.ci/run); `make quality` needs the marked articles beside the project, and `ftm`
the group exports (ICU): CI has both.
"""

from __future__ import annotations

import contextlib
import csv
import io
import json
import os
import re
import runpy
import shlex
import shutil
import subprocess
import sys
import sysconfig
import time
import tomllib
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

import pytest
from click.testing import CliRunner
from distributed import Client

import sinergi
from sinergi.cli import main

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
BLOCK = re.compile(r"^```([^\n]*)\n(.*?)^```$", re.M | re.S)
PROGRAMS = (
    "sinergi",
    "make",
    "pip",
    "python",
    "curl",
    "sha256sum",
    "dask",
    "ftm",
)  # what a command begins with
RUN = ("sh", "console", "python", "sparql")
HELP = re.compile(r"^ {6}(sinergi (?:.*\\\n)*.+)$", re.M)  # an example in what --help says
ADDRESS = "http://127.0.0.1:8000/"
SPARQL = "http://127.0.0.1:7878"  # a server that takes stores
CLUSTER = "tcp://10.0.0.5:8786"
SOON = 60  # seconds until a cluster must be there
EXTRAS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"][
    "optional-dependencies"
]
SHARED = ROOT.parent / "shared"
BIN = Path(sys.executable).parent

PAGES = [
    ROOT / "README.md",
    *(p for p in sorted(DOCS.rglob("*.md")) if p.parent.name != "tables"),
]


@dataclass(frozen=True)
class Block:
    """A fenced block of a page."""

    language: str
    code: str

    @property
    def runs(self) -> bool:
        return self.language in RUN or self.code.startswith("Usage: ")


def blocks(page: Path) -> list[Block]:
    return [Block(*found) for found in BLOCK.findall(page.read_text("utf-8"))]


# The folder of a page ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Everything that commands of the docs name."""
    folder = tmp_path_factory.mktemp("docs")
    samples = ROOT / "data" / "samples"
    (folder / "benchmarks").symlink_to(ROOT / "benchmarks")
    for name in ("data", "docs"):  # copied: `make quality` writes there
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "Makefile", folder)
    (folder / ".venv").symlink_to(sys.prefix)
    shutil.copytree(samples, folder / "articles", ignore=shutil.ignore_patterns("README.md"))
    shutil.copytree(ROOT / "data" / "samples-registry", folder / "my-rows")
    with (samples / "warta.jsonl").open(encoding="utf-8") as stream:
        records = [json.loads(line) for line in stream]
    records[0]["id"], records[1]["id"] = "release-12", "warta-2025-05-19"
    lines = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    for name in ("news.jsonl", "today.jsonl", "articles.jsonl", "archive.jsonl"):
        (folder / name).write_text(lines, "utf-8")
    (folder / "more").mkdir()
    shutil.copy(samples / "rakor-bencana.txt", folder / "more" / "second.txt")
    shutil.copy(samples / "rakor-bencana.txt", folder / "article.txt")
    with zipfile.ZipFile(folder / "more.zip", "w") as archive:
        archive.write(samples / "lomba-kebersihan.txt", "third.txt")
    with (folder / "news.csv").open("w", encoding="utf-8", newline="") as stream:
        table = csv.DictWriter(stream, ["isi", "tanggal"])
        table.writeheader()
        table.writerows({"isi": r["text"], "tanggal": r["published"]} for r in records)
    (folder / "gold").mkdir()
    gold = {"id": "release-12", "officials": [], "meetings": []}
    (folder / "gold" / "release-12.json").write_text(json.dumps(gold), "utf-8")
    (folder / "question.rq").write_text("SELECT ?name { ?x foaf:name ?name } LIMIT 1", "utf-8")
    (folder / "suppressions.csv").write_text(
        "subject,reason,date\nAndaru Kalandra,asked by letter,2031-04-01\n", "utf-8"
    )
    (folder / "backup").mkdir()
    session = Session(folder)
    session.run("sinergi build articles/ --registry my-rows -o out")
    session.run("sinergi build data/samples --registry my-rows -o out/demo")
    session.run("sinergi ingest news articles/ news.jsonl --registry my-rows")
    return folder


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory, archives: Path) -> Callable[[str], str]:
    """Runs a command of pip, or of what it installed, in an environment that lacks nothing but
    sinergi; of all registries there is one, and it has nothing but the wheel of this checkout.
    """
    folder = tmp_path_factory.mktemp("bare")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    place = "import sysconfig; print(sysconfig.get_path('purelib'))"
    done = subprocess.run(
        [folder / "bin" / "python", "-c", place], check=True, capture_output=True, text=True
    )
    for path in Path(sysconfig.get_path("purelib")).iterdir():
        if not re.match(r"_?sinergi\b|.*\.pth$|__pycache__$", path.name):
            (Path(done.stdout.strip()) / path.name).symlink_to(path)
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PIP_", "PYTHON"))}
    environment |= {
        "PIP_CONFIG_FILE": os.devnull, "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(archives),
        "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PYTHONDONTWRITEBYTECODE": "1",
        "PATH": f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}",
    }  # fmt: skip

    def run(command: str) -> str:
        command = command.replace("pip ", "python -m pip ", 1) if command[:4] == "pip " else command
        done = subprocess.run(
            ["/bin/sh", "-ec", command], cwd=folder, env=environment, timeout=120,
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
        return done.stdout

    return run


class Session:
    """What somebody who follows a page does, in its folder."""

    def __init__(
        self,
        folder: Path,
        servers: Callable[[str], str] | None = None,
        bare: Callable[[str], str] | None = None,
    ) -> None:
        self.folder = folder
        self.servers = servers  # of SPARQL
        self.bare = bare
        self.store: str | None = None
        self.names: dict[str, object] = {"__name__": "page"}
        self.serving: subprocess.Popen[str] | None = None
        self.cluster: list[subprocess.Popen[bytes]] = []  # its scheduler, then its workers
        self.scheduler = ""
        self.address = ADDRESS

    def run(self, command: str) -> str:
        """What the command prints; fails where it does."""
        command = command.replace("/mnt/", "").replace(ADDRESS, self.address)
        if SPARQL in command:
            assert self.servers
            self.store = self.store or self.servers("server")
            command = command.replace(SPARQL, self.store)
        command = re.sub(r"\\\n *", "", command.replace(".venv/bin/", ""))
        words = list(shlex.shlex(command, posix=True, punctuation_chars="|<>;&"))
        if words[:2] == ["sinergi", "serve"]:
            return self._serve(shlex.split(command, comments=True))
        if words[0] == "dask":
            return self._dask(shlex.split(command, comments=True)[1:])
        if "--scheduler" in words and not self.scheduler:
            self._dask(["scheduler"])
            self._dask(["worker", CLUSTER, "--nworkers", "1"])
        command = command.replace(CLUSTER, self.scheduler)
        if words[0] == "ftm" and not (BIN / "ftm").exists():
            assert os.environ.get("CI") != "true", "make .venv/installed-for-exports"
            return ""
        if words[0] == "pip":
            assert self.bare
            return self.bare(command)
        if words[0] == "make":
            return self._make(words[1])
        if words[0] != "sinergi" or set(words) & {"|", "<", ">", ";", "&", "&&"}:
            return self._shell(command)
        with contextlib.chdir(self.folder):
            given = CliRunner().invoke(main, shlex.split(command, comments=True)[1:])
        assert given.exit_code == 0, f"{command}\n{given.output}{given.exception or ''}"
        return given.output

    def _make(self, target: str) -> str:
        """A target that is made here and now, but for what would install things."""
        if target == "test":
            assert "make test" in (ROOT / ".ci" / "run").read_text("utf-8")
            return ""
        if target == "quality" and not SHARED.exists():
            return ""
        return self._shell(f"make -o .venv/installed -o .venv/installed-for-tests {target}")

    def _shell(self, command: str) -> str:
        """By a shell; `sinergi` and `python` are those of this environment."""
        program = f'sinergi() {{ "{sys.executable}" -m sinergi.cli "$@"; }}\n'
        path = f"{BIN}{os.pathsep}{os.environ['PATH']}"
        done = subprocess.run(
            ["/bin/sh", "-ec", program + command], cwd=self.folder, timeout=120,
            env={**os.environ, "PATH": path}, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
        return done.stdout

    def _serve(self, words: list[str]) -> str:
        """Until the page ends, on a port that is free."""
        self.stop()
        command = [sys.executable, "-m", "sinergi.cli", *words[1:], "--port", "0"]
        self.serving = subprocess.Popen(command, cwd=self.folder, stderr=subprocess.PIPE, text=True)
        assert self.serving.stderr
        said = self.serving.stderr.readline()
        address = (re.findall(r"http\S+", said) or [ADDRESS])[-1]
        self.address = address
        return said.replace(address, ADDRESS)

    def _dask(self, words: list[str]) -> str:
        """A scheduler on a port that is free, or one worker of it, until the page ends."""
        file = self.folder / "scheduler.json"
        here = ["--host", "127.0.0.1", "--no-dashboard"]
        if words[0] == "scheduler":
            words = [*words, *here, "--port", "0", "--scheduler-file", str(file)]
        else:
            words = [self.scheduler if word == CLUSTER else word for word in words]
            words[words.index("--nworkers") + 1] = "1"
            words += [*here, "--no-nanny"]
        self.cluster.append(
            subprocess.Popen(
                [sys.executable, "-m", "dask", *words],
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        )
        limit = time.monotonic() + SOON
        while not file.exists():
            assert time.monotonic() < limit
            time.sleep(0.05)
        self.scheduler = str(json.loads(file.read_text("utf-8"))["address"])
        with Client(self.scheduler, timeout=SOON, set_as_default=False) as client:
            if words[0] == "worker":
                client.wait_for_workers(len(self.cluster) - 1, timeout=SOON)
        return self.scheduler

    def stop(self) -> None:
        for process in self.cluster:
            process.kill()
            process.wait(timeout=20)
        self.cluster.clear()
        if self.serving:
            self.serving.terminate()
            self.serving.communicate(timeout=20)
            self.serving = None

    def python(self, code: str) -> None:
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed), contextlib.chdir(self.folder):
            exec(compile(code.replace(ADDRESS, self.address), "<page>", "exec"), self.names)

    def sparql(self, code: str) -> None:
        rows = sinergi.open(self.folder / "out").query(code)
        assert isinstance(rows, bool) or len(rows), f"nothing is found by\n{code}"


@pytest.fixture
def session(
    prepared: Path,
    tmp_path: Path,
    servers: Callable[[str], str],
    bare: Callable[[str], str],
) -> Iterator[Session]:
    folder = tmp_path / "page"
    shutil.copytree(prepared, folder, symlinks=True)
    (tmp_path / "shared").symlink_to(SHARED)
    session = Session(folder, servers, bare)
    yield session
    session.stop()


# Commands in blocks -----------------------------------------------------------------------------


def commands(code: str) -> Iterator[str]:
    """The commands of a shell block, each with the lines that it goes on over."""
    whole = ""
    for line in code.splitlines():
        whole += line
        if whole.endswith("\\"):
            whole = whole[:-1]
        elif _open(whole):
            whole += "\n"
        else:
            if whole.strip() and not whole.lstrip().startswith("#"):
                yield whole.strip()
            whole = ""
    assert not whole, f"a quotation mark stays open in\n{code}"


def _open(command: str) -> bool:
    try:
        shlex.split(command, comments=True)
    except ValueError:
        return True
    return False


def console(code: str) -> list[tuple[str, list[str]]]:
    """The commands of a console block, each with the lines that are said to be printed."""
    found: list[tuple[str, list[str]]] = []
    for line in code.splitlines():
        if line.startswith("$ "):
            found.append((line[2:], []))
        elif _open(found[-1][0]) or found[-1][0].endswith("\\"):
            found[-1] = (found[-1][0].removesuffix("\\") + "\n" + line, [])
        else:
            found[-1][1].append(line)
    return found


BEFORE: dict[str, Callable[[Session], object]] = {
    "commands/diff.md": lambda session: [
        session.run(f"sinergi release news {name}")
        for name in ("release-2025.zip", "release-2026.zip", "release-2026")
    ],
    "commands/restore.md": lambda session: session.run("sinergi backup news backup/news-1"),
}


@pytest.mark.parametrize(
    "page",
    [page for page in PAGES if any(block.runs for block in blocks(page))],
    ids=lambda page: str(page.relative_to(ROOT)),
)
def test_a_page_does_what_it_says(page: Path, session: Session) -> None:
    name = str(page.relative_to(DOCS)) if page.is_relative_to(DOCS) else page.name
    if name in BEFORE:
        BEFORE[name](session)
    for block in filter(lambda block: block.runs, blocks(page)):
        if block.code.startswith("Usage: "):
            for command in HELP.findall(block.code):
                session.run(command)
        elif block.language == "sh":
            for command in commands(block.code):
                session.run(command)
        elif block.language == "console":
            for command, expected in console(block.code):
                printed = {line.rstrip() for line in session.run(command).splitlines()}
                assert [line for line in expected if line not in ("...", *printed)] == []
        elif block.language == "python":
            session.python(block.code)
        elif block.language == "sparql":
            session.sparql(block.code)


def test_every_extra_installs_and_sinergi_runs(bare: Callable[[str], str]) -> None:
    """With what is installed here, so that extras cannot ask for what constraints.txt lacks."""
    for extra in EXTRAS:
        bare(f"pip install 'sinergi[{extra}]'")
    assert bare("sinergi --version") == f"sinergi {metadata.version('sinergi')}\n"
    assert "site-packages" in bare('python -c "import sinergi.graph as g; print(g.__file__)"')


def test_the_figures_are_those_of_today(session: Session) -> None:
    """Of docs/quality.md and data/quality.csv; and the README has them from there."""
    if not SHARED.exists():
        pytest.skip("needs ../shared")
    session.run("make quality")
    for name in ("docs/quality.md", "data/quality.csv"):
        now, stored = (folder / name for folder in (session.folder, ROOT))
        assert now.read_text("utf-8") == stored.read_text("utf-8"), "make quality"


def test_no_command_hides_in_a_block_that_is_not_run() -> None:
    for page in PAGES:
        hidden = set(re.findall(rf"^ {{4}}(?:{'|'.join(PROGRAMS)}) .*", _outside(page), re.M))
        for block in blocks(page):
            if not block.language.startswith(("{", *RUN)) and not block.code.startswith("Usage: "):
                hidden |= set(
                    re.findall(rf"^(?:\$ .*|(?:{'|'.join(PROGRAMS)}) .*)", block.code, re.M)
                )
        assert not hidden, f"{page.relative_to(ROOT)}: these belong in a block of sh: {hidden}"


def _outside(page: Path) -> str:
    """The text of a page without its blocks."""
    return re.sub(r"^```.*?^```", "", page.read_text("utf-8"), flags=re.M | re.S)


def test_commands_in_the_text_are_there() -> None:
    """`sinergi NAME --option` within a sentence names a command and options that exist."""
    for page in PAGES:
        for words in re.findall(r"`sinergi ([a-z]+)([^`]*)`", page.read_text("utf-8")):
            command = main.commands.get(words[0])
            assert command, f"{page.name}: there is no sinergi {words[0]}"
            known = {option for p in command.params for option in p.opts} | {"--help"}
            for option in re.findall(r"(?<!\S)--[a-z-]+", words[1].replace("\n", " ")):
                assert option in known, f"{page.name}: sinergi {words[0]} has no {option}"


def test_make_demo_says_what_the_readme_says(session: Session) -> None:
    said = next(b.code for b in blocks(ROOT / "README.md") if "articles read" in b.code)
    printed = session.run("sinergi build data/samples --registry data/samples-registry -o new")
    assert said.splitlines()[:2] == printed.splitlines()


def test_links_to_elsewhere_are_well_formed() -> None:
    """No network in a test: whether they are there, a reader finds out."""
    for page in PAGES:
        for link in re.findall(r"\]\(([a-z]+:[^)\s]*)\)", _outside(page)):
            assert re.fullmatch(r"https?://[\w.-]+\.[a-z]+(/\S*)?", link), f"{page.name}: {link}"


def test_pages_about_the_ontology_are_made_of_todays() -> None:
    made = runpy.run_path(str(DOCS / "make_ontology.py"))["pages"]()
    for name, content in made.items():
        assert (DOCS / name).read_text("utf-8") == content, "make docs"
