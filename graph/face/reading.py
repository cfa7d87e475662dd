"""One article read in Python: `extract`, and how its answer shows itself."""

from __future__ import annotations

import io
import json
from dataclasses import fields

from sinergi.graph.errors import InputError
from sinergi.graph.explanation import explain, render_page, render_text
from sinergi.graph.extraction import extract as extract_article
from sinergi.graph.face.html import counted, render
from sinergi.graph.model import Article, Extraction
from sinergi.graph.reading import STDIN, Rejected, read
from sinergi.graph.registry import Registry

FRAME = 420  # pixels: an article of a few paragraphs with its notes


class Reading(Extraction):
    """What an article states, each claim with the words that it rests on.

    An `Extraction`, which shows itself in Jupyter as the article with every span marked.
    """

    __slots__ = ()

    def __repr__(self) -> str:
        counts = ", ".join(
            (
                counted(len(self.officials), "official"),
                counted(len(self.meetings), "meeting"),
                counted(len(self.statements), "statement"),
            )
        )
        return f"<Reading {self.article.title or self.article.id}: {counts}>"

    def __str__(self) -> str:
        """The marked article as `sinergi explain` prints it."""
        return render_text(explain(self))

    def _repr_html_(self) -> str:
        # In a frame of its own, so that neither page's styles reach the other.
        page, title = render_page([explain(self)]), self.article.title or self.article.id
        return render("frame", page=page, title=title, height=FRAME, allow="")


def extract(article: Article | str, registry: Registry | None = None, **about: str) -> Reading:
    """What `article`, or a text, states of officials, meetings and statements.

    `about` says of a text its `title`, `published` (an ISO day: what "Kamis" or "kemarin" count
    from), `publisher`, `url` or `id`; it is read as a JSON article is. A text without news gives an
    empty Reading; InputError tells what is no article at all.
    """
    if isinstance(article, str):
        article = _article(article, about)
    found = extract_article(article, registry)
    return Reading(**{field.name: getattr(found, field.name) for field in fields(found)})


def _article(text: str, about: dict[str, str]) -> Article:
    given = json.dumps({"text": text, **about}).encode()
    item = next(read([STDIN], stdin=io.BytesIO(given)))
    if isinstance(item, Rejected):
        raise InputError(f"the text cannot be read as an article: {item.reason}")
    return item
