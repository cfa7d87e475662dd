"""An explanation as one HTML page that asks nothing of any network and runs no script.

Texts reach it through an autoescaping template alone; the content security policy forbids
everything but its own style sheet (by its sha256).
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from sinergi.graph.errors import InputError
from sinergi.graph.explanation.marks import KINDS, Explanation, Note, Paragraph

# Bars under the text have places of their own up to this; deeper ones share the last.
LANES = 8

_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of text in which no span begins or ends."""

    text: str
    begins: tuple[Note, ...]  # whose numbers stand before it
    within: tuple[Note, ...]  # whose bars run under it, the lowest first


def render_page(explanations: Iterable[Explanation], *, title: str | None = None) -> str:
    """The page as HTML: one section an article, notes beside its text. Equal input, equal bytes."""
    style = _read("page.css")
    environment = Environment(
        loader=FileSystemLoader(_HERE), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["segments"] = _segments
    environment.filters["lane"] = _lane
    environment.filters["depth"] = lambda notes: max((_lane(n) + 1 for n in notes), default=0)
    environment.filters["link"] = _link
    explanations = list(explanations)
    return environment.get_template("page.html.j2").render(
        explanations=explanations,
        title=title or _title(explanations),
        kinds=KINDS,
        policy=_policy(style),
        style=Markup(style),
        version=version("sinergi"),
    )


def write_page(
    explanations: Iterable[Explanation], path: str | Path, *, title: str | None = None
) -> None:
    """Write `render_page(...)` to `path` as UTF-8; raises InputError if it cannot be written."""
    html = render_page(explanations, title=title)
    try:
        Path(path).write_text(html, encoding="utf-8", errors="replace", newline="\n")
    except OSError as error:
        raise InputError(
            f"cannot write the page to {path}: {error.strerror}; name a file in an existing folder"
        ) from error


def _title(explanations: list[Explanation]) -> str:
    if len(explanations) == 1:
        article = explanations[0].article
        return article.title or article.id
    return f"{len(explanations)} articles"


def _segments(paragraph: Paragraph, text: str) -> list[Segment]:
    """A paragraph cut wherever a span begins or ends."""
    bounds = {paragraph.start, paragraph.end}
    for note in paragraph.notes:
        bounds |= {max(note.span.start, paragraph.start), min(note.span.end, paragraph.end)}
    cuts = sorted(bounds)
    return [
        Segment(
            text[start:end],
            tuple(n for n in paragraph.notes if n.span.start == start),
            tuple(
                sorted(
                    (n for n in paragraph.notes if n.span.start <= start and end <= n.span.end),
                    key=lambda n: (-n.lane, n.number),
                )
            ),
        )
        for start, end in pairwise(cuts)
    ]


def _lane(note: Note) -> int:
    return min(note.lane, LANES - 1)


def _link(url: str | None) -> str | None:
    """The address, if it is one that a browser may follow from here."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None


def _policy(style: str) -> str:
    digest = base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'; "
        "require-trusted-types-for 'script'; trusted-types 'none'"
    )


def _read(name: str) -> str:
    # Browsers hash what they have read, and they read every line end as one line feed.
    return (_HERE / name).read_text(encoding="utf-8").replace("\r\n", "\n")
