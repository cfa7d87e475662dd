"""How the documentation becomes a site: `make site`, and site/index.html opens without a server.

Sphinx, because it is kept up and searches without a server; MkDocs and its Material theme are not
kept up any more.
"""

from __future__ import annotations

import re
import runpy
from importlib.metadata import version as version_of
from pathlib import Path

from sphinx.application import Sphinx

project = "sinergi"
author = "the sinergi authors"
version = release = version_of("sinergi")

extensions = ["myst_nb", "sphinx.ext.autodoc"]
myst_heading_anchors = 3  # links to headings, as they are written for repositories
nb_execution_mode = "off"  # the notebooks hold their outputs; tests/test_notebooks.py runs them
autodoc_member_order = "bysource"
default_role = "code"  # docstrings mark code as Markdown does

html_theme = "furo"
html_title = "sinergi"
html_copy_source = False
html_show_copyright = False
html_show_search_summary = False  # it would be fetched, which needs a server
highlight_language = "none"
suppress_warnings = ["misc.highlighting_failure"]  # Pygments knows no paths with | in SPARQL

_ELSEWHERE = re.compile(r"\]\((?:\.\./)*(?=(?:benchmarks|data|graph|ontology)/)")


def setup(app: Sphinx) -> None:
    """What the pages need as a site and not as files of the repository."""
    make_tables = runpy.run_path(str(Path(__file__).parent / "make_tables.py"))["write"]
    app.connect("builder-inited", lambda _: make_tables())
    app.connect("source-read", _for_site)
    app.connect("include-read", lambda app, _, name, source: _for_site(app, name, source))


def _for_site(app: Sphinx, name: str, source: list[str]) -> None:
    """Links to files beside docs/ give the files; the list of commands is a part of the menu."""
    up = "../" * (name.count("/") + 1)
    source[0] = _ELSEWHERE.sub(rf"](path:{up}", source[0])
    if name == "commands/README":
        source[0] += "\n```{toctree}\n:hidden:\n:glob:\n\n*\n```\n"
