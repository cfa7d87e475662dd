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


def extract(
    article: Article | str,
    registry: Registry | None = None,
    *,
    title: str | None = None,
    published: str | None = None,
    publisher: str | None = None,
    url: str | None = None,
    id: str | None = None,
) -> Reading:
    """What `article`, or a text, states of officials, meetings and statements.

    The others are of a text: `published` is the day that "Kamis" or "kemarin" count from. It is
    read as an article of a JSON file is. A text without news gives an empty Reading; InputError
    tells what is no article at all.
    """
    if isinstance(article, str):
        about = {"title": title, "published": published, "publisher": publisher, "url": url}
        article = _article({"text": article, "id": id, **about})
    found = extract_article(article, registry)
    return Reading(**{field.name: getattr(found, field.name) for field in fields(found)})


def _article(given: dict[str, str | None]) -> Article:
    item = next(read([STDIN], stdin=io.BytesIO(json.dumps(given).encode())))
    if isinstance(item, Rejected):
        raise InputError(f"the text cannot be read as an article: {item.reason}")
    return item
