"""Write the page: one file that asks nothing of any network and runs nothing but its own scripts.

pyvis keeps nodes, edges and options and renders; template, styles and scripts are ours, because
pyvis's own page loads a style sheet from the web and runs markup that stands in a label. Texts of
the sources reach the page as JSON in blocks of data and are written by the scripts as text nodes.
The content security policy lets only these scripts run (by their sha256), forbids every request,
and, with trusted types, every way of turning a string into markup or code.
"""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Any, get_args

import pyvis
from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup
from pyvis.network import Network

from sinergi.graph.errors import InputError
from sinergi.graph.network import Count
from sinergi.graph.viewer.model import PageModel, PageText
from sinergi.graph.viewer.payload import network_of, officials_of, payload

LANGUAGES = ("id", "en", "auto")
COUNTS = get_args(Count)

_HERE = Path(__file__).parent
_VIS_NETWORK = Path(pyvis.__file__).parent / "templates/lib/vis-9.1.2/vis-network.min.js"

# Joined in this order. The scripts share one function's scope: each uses what stands above it.
SCRIPTS = (
    "dom",
    "data",
    "text",
    "state",
    "view",
    "groups",
    "labels",
    "lines",
    "picture",
    "cards",
    "panel",
    "table",
    "search",
    "filters",
    "timeline",
    "export",
    "main",
)
STYLES = ("colors", "base", "frame", "filters", "panel", "table", "phone", "print", "embed")

# Positions are computed here, and the scripts draw the lines and look after hovering and selecting
# themselves (a thin line needs a wider target than vis-network gives it).
_OPTIONS = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {
        "dragNodes": False,
        "hover": False,
        "keyboard": False,
        "selectable": False,
        "selectConnectedEdges": False,
        "zoomSpeed": 0.6,
    },
    "nodes": {"shape": "dot", "borderWidth": 1.5, "chosen": False},
}


class PageNetwork(Network):  # type: ignore[misc]
    """pyvis's network with our page for a template, escaping everything it is given."""

    def __init__(self, **page: Any) -> None:
        super().__init__(cdn_resources="in_line")
        script, style = _script(), _style()
        library = _read(_VIS_NETWORK)
        self.templateEnv = Environment(loader=FileSystemLoader(_HERE), autoescape=True)
        self.templateEnv.policies["json.dumps_kwargs"] = {
            "sort_keys": True,
            "separators": (",", ":"),
        }
        self.templateEnv.globals.update(
            page=page,
            policy=_policy(scripts=(library, script), style=style),
            scripts=(Markup(library), Markup(script)),
            style=Markup(style),
        )
        self.path = "page.html.j2"
        self.set_options(json.dumps(_OPTIONS))

    def add_node(self, n_id: str, **attributes: Any) -> None:
        """As pyvis does it, but without its search through all nodes on every call."""
        attributes["id"] = n_id
        self.nodes.append(attributes)
        self.node_ids.append(n_id)
        self.node_map[n_id] = attributes

    def add_edge(self, source: str, to: str, **attributes: Any) -> None:
        """As pyvis does it, but without its search through all edges on every call."""
        self.edges.append({**attributes, "from": source, "to": to})


def render_page(
    model: PageModel, text: PageText | None = None, *, language: str = "id", embed: bool = False,
    count: str = "meetings", things: str | None = None,
) -> str:  # fmt: skip
    """The page as HTML.

    `text` is what it says of itself. `language` ("id" or "en") is what the page opens in; it
    carries both, and "auto" is the one that its reader's browser prefers. With `embed` it is made
    for a frame in another page: the picture with its panel, and one line under it. `count` (one of
    COUNTS) is what it opens counting, and its reader can count anew. `things` is how the addresses
    of pages of agencies, officials and meetings begin, where a server has such. Equal models give
    equal pages to the byte. Raises InputError for a language the page does not speak or a count it
    does not know, and for a model that names records which it lacks.
    """
    if language not in LANGUAGES:
        raise InputError(f"the page has no language {language!r}; choose {', '.join(LANGUAGES)}")
    if count not in COUNTS:
        raise InputError(f"the page does not count {count!r}; choose {', '.join(COUNTS)}")
    data = payload(model, network_of(model), officials_of(model))
    words = json.loads(_read(_HERE / "text.json"))
    nodes, edges = data.pop("nodes"), data.pop("edges")
    network = PageNetwork(
        **data, **asdict(text or PageText()), language=language, embed=embed, count=count,
        things=things, text=words, version=version("sinergi"),
    )  # fmt: skip
    for node in nodes:
        network.add_node(node.pop("id"), **node)
    for edge in edges:
        network.add_edge(edge.pop("from"), edge.pop("to"), **edge)
    html: str = network.generate_html(notebook=False)
    return html


def write_page(
    model: PageModel, path: str | Path, text: PageText | None = None, *, language: str = "id",
    embed: bool = False, count: str = "meetings",
) -> str:  # fmt: skip
    """Write `render_page(model, ...)` to `path` as UTF-8, and give it.

    Raises InputError as `render_page` does, and if the file cannot be written.
    """
    html = render_page(model, text, language=language, embed=embed, count=count)
    try:
        # A half of a surrogate pair cannot be written: it becomes '?'.
        Path(path).write_text(html, encoding="utf-8", errors="replace", newline="\n")
    except OSError as error:
        raise InputError(
            f"cannot write the page to {path}: {error.strerror}; name a file in an existing folder"
        ) from error
    return html


def _script() -> str:
    parts = "\n".join(_read(_HERE / "js" / f"{name}.js") for name in SCRIPTS)
    return f"(function () {{\n'use strict';\n{parts}}})();\n"


def _style() -> str:
    return "\n".join(_read(_HERE / "css" / f"{name}.css") for name in STYLES)


def _policy(*, scripts: tuple[str, ...], style: str) -> str:
    return "; ".join(
        (
            "default-src 'none'",
            "script-src " + " ".join(map(_hash, scripts)),
            "style-src " + _hash(style),
            "img-src data: blob:",
            "base-uri 'none'",
            "form-action 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        )
    )


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def _read(path: Path) -> str:
    # Browsers hash what they have read, and they read every line end as one line feed.
    return path.read_text(encoding="utf-8").replace("\r\n", "\n")
