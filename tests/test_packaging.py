"""What is installed is what the repository holds, under the one name sinergi."""

from __future__ import annotations

import subprocess
import tarfile
import tomllib
import zipfile
from importlib import metadata, resources
from pathlib import Path

import pytest

import sinergi
import sinergi.cli
import sinergi.graph

ROOT = Path(__file__).parent.parent
SHIPPED = ("graph", "ontology", "data", "cli.py")
FACE = {"__init__.py", "py.typed"}  # of .src/sinergi; the rest there are links for checkouts


def in_git(*paths: str) -> set[str]:
    """Tracked files, and new ones that are not ignored; those deleted meanwhile left out."""
    if not (ROOT / ".git").exists():
        pytest.skip("the archives are compared with a git checkout, and this is none")
    listing = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z", "--", *paths]
    found = subprocess.run(listing, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return {name for name in found.split("\0") if name and (ROOT / name).exists()}


def test_the_wheel_holds_every_file_and_nothing_beside_sinergi(archives: Path) -> None:
    with zipfile.ZipFile(next(archives.glob("*.whl"))) as wheel:
        names = wheel.namelist()
    shipped = {name for name in names if ".dist-info/" not in name}
    expected = in_git(*SHIPPED) | FACE
    assert shipped == {f"sinergi/{name}" for name in expected}
    assert len(names) == len(set(names))


def test_the_source_archive_holds_what_a_wheel_and_its_tests_need(archives: Path) -> None:
    with tarfile.open(next(archives.glob("*.tar.gz"))) as source:
        names = {name.partition("/")[2] for name in source.getnames()}
    face = {f".src/sinergi/{name}" for name in FACE}
    needed = {"LICENSE", "README.md", "pyproject.toml", ".src/build_hook.py"}
    assert in_git(*SHIPPED, "tests", "docs") | face | needed <= names


def test_an_editable_install_is_the_checkout_alone(tmp_path: Path) -> None:
    """A copy of sinergi/__init__.py in it would hide the checkout's folders."""
    if not (ROOT / ".git").exists():
        pytest.skip("an unpacked archive is not installed for editing")
    from hatchling.builders.wheel import WheelBuilder

    (path,) = WheelBuilder(str(ROOT)).build(directory=str(tmp_path), versions=["editable"])
    with zipfile.ZipFile(path) as wheel:
        names = {name for name in wheel.namelist() if ".dist-info/" not in name}
        assert names == {"_sinergi.pth"}
        assert Path(wheel.read("_sinergi.pth").decode().strip()) == ROOT / ".src"


def test_a_checkout_imports_its_own_folders() -> None:
    if "site-packages" in Path(sinergi.graph.__file__).parts:
        pytest.skip("sinergi is installed as a wheel here")
    assert Path(sinergi.graph.__file__).resolve().parent == ROOT / "graph"
    assert Path(sinergi.cli.__file__).resolve() == ROOT / "cli.py"


def test_the_public_face() -> None:
    for name in sinergi.__all__:
        assert callable(getattr(sinergi, name))
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        sinergi.nonsense  # noqa: B018
    assert resources.files("sinergi").joinpath("py.typed").is_file()
    assert resources.files("sinergi.ontology").joinpath("shapes.ttl").is_file()
    assert resources.files("sinergi.data").joinpath("regions.csv").is_file()


def test_the_version_is_said_once_and_the_same_everywhere() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert metadata.version("sinergi") == version
    assert f"\nversion: {version}\n" in (ROOT / "CITATION.cff").read_text("utf-8")


def test_constraints_pin_every_dependency_and_name_no_host() -> None:
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    pins = [line for line in lines if line and not line.startswith("#")]
    assert all(line.count("==") == 1 and "/" not in line for line in pins)
    pinned = {line.partition("==")[0].lower().replace("_", "-") for line in pins}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    groups = project["dependency-groups"]
    wanted = [*project["project"]["dependencies"], *groups["dev"], *groups["docs"]]
    for requirement in wanted:
        name = requirement.split("=")[0].rstrip("<>~!").lower().replace("_", "-")
        assert name in pinned, f"{name} has no line in constraints.txt (make constraints)"
