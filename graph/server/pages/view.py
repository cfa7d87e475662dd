"""One reader's view: a language, and addresses that keep it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode

from sinergi.graph.exports.terms import curie
from sinergi.graph.results import select
from sinergi.graph.server.pages.rendering import LANGUAGES, render, texts
from sinergi.graph.server.site import Site

PAGE = 20  # entries of a list that are shown at once

Line = dict[str, str]
Pairs = Sequence[tuple[str, str]]

_MONTHS = {
    "id": "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember",
    "en": "January February March April May June July August September October November December",
}


def tail(iri: str) -> str:
    """What stands behind the last slash or hash of an IRI."""
    return re.split("[/#]", iri)[-1]


class Link(NamedTuple):
    """A name, and where it leads; None: nowhere."""

    name: str
    href: str | None


def by_name(links: Iterable[Link]) -> list[Link]:
    """Sorted as a reader looks for them."""
    return sorted(links, key=lambda link: (link.name.casefold(), link.href or ""))


class Slice(NamedTuple):
    """A part of a list, and the way to the parts beside it."""

    items: Sequence[Any]
    first: int  # number of the first one, from 1
    total: int
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class View:
    """`explicit` says that the reader chose the language, so that links have to carry it."""

    site: Site
    language: str
    explicit: bool
    path: str
    parameters: Pairs

    def ask(self, query: str, **bindings: Any) -> list[Line]:
        """The rows of a SELECT as plain text."""
        return list(select(self.site.store, query, bindings=bindings).dicts())

    def text(self, key: str, **values: object) -> str:
        """A word of the pages."""
        return texts()[self.language][key].format(**values)

    def address(self, path: str, parameters: Iterable[tuple[str, str]] = ()) -> str:
        """Where `path` of this server is."""
        pairs = [(k, v) for k, v in parameters if k != "lang"]
        if self.explicit:
            pairs.append(("lang", self.language))
        query = f"?{urlencode(pairs)}" if pairs else ""
        return self.site.prefix + quote(path, safe="/~:@!$&'()*+,;=") + query

    def link(self, iri: str, name: str = "") -> Link:
        """A thing by its name, or by what is short of its IRI."""
        path = self.site.path(iri)
        if path is not None and self.explicit:
            path, sign, part = path.partition("#")
            path += f"?lang={self.language}" + sign + part
        elif path is None and iri.startswith(("http://", "https://")):
            path = iri
        return Link(name or curie(iri) or iri, path)

    def named(self, iri: str) -> Link:
        """A thing by the name that the graph has for it."""
        return self.link(iri, self.site.name(iri))

    def concept(self, iri: str) -> str:
        """What a concept of the fixed vocabularies is called."""
        own = self.site.concepts.get((iri, self.language))
        return own or tail(iri).replace("-", " ")

    def day(self, iso: str) -> str:
        """A day as people write it."""
        try:
            found = date.fromisoformat(iso)
        except ValueError:
            return iso
        return f"{found.day} {_MONTHS[self.language].split()[found.month - 1]} {found.year}"

    def days(self, isos: Iterable[str]) -> str:
        """Several days, where articles do not agree, or word that none is known."""
        return " / ".join(map(self.day, isos)) or self.text("undated")

    def slice(self, items: Sequence[Any], name: str) -> Slice:
        """The part of a list that the parameter `name` (a page, from 1) asks for."""
        chosen = dict(self.parameters).get(name, "1")
        last = max(1, -(-len(items) // PAGE))
        page = min(max(int(chosen), 1), last) if chosen.isdecimal() and chosen.isascii() else 1
        start = (page - 1) * PAGE

        def other(number: int) -> str | None:
            if not 1 <= number <= last:
                return None
            rest = [pair for pair in self.parameters if pair[0] != name]
            return self.address(self.path, [*rest, (name, str(number))]) + f"#{name}"

        shown = items[start : start + PAGE]
        return Slice(shown, start + 1, len(items), other(page - 1), other(page + 1))

    def page(self, template: str, **data: Any) -> str:
        """The page as HTML."""
        others = {
            language: View(self.site, language, True, self.path, self.parameters).address(
                self.path, self.parameters
            )
            for language in LANGUAGES
            if language != self.language
        }
        return render(template, self.language, view=self, others=others, **data)
