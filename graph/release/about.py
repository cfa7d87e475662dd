"""Who publishes a release, under which version and terms; and what the store says of itself."""

from __future__ import annotations

import csv
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib import resources
from io import StringIO
from typing import NamedTuple

from sinergi.graph.errors import InputError
from sinergi.graph.exports.reading import Reader
from sinergi.graph.results import select
from sinergi.graph.store.store import Store
from sinergi.ontology import Iris, segment

DEFAULT_LICENSE = "CC-BY-4.0"
VERSION_DIGITS = 12  # of the content hash, where no version is given

_COUNTS = {
    "articles": "?x a schema:NewsArticle",
    "outlets": "?article a schema:NewsArticle ; schema:publisher ?x",
    "institutions": "?part cv:hasParticipant ?x . ?x a org:FormalOrganization",
    "officials": "?x a foaf:Person",
    "offices": "?x a org:Membership",
    "meetings": "?x a sin:Meeting",
    "agreements": "?x a sin:Agreement",
    "statements": "?x a schema:Quotation",
    "quotes": "?x a oa:Annotation",
}
_DAYS = """SELECT (MIN(?day) AS ?first) (MAX(?day) AS ?last) {
  ?article a schema:NewsArticle ; schema:datePublished ?day }"""


class License(NamedTuple):
    id: str  # SPDX, or the address given
    name: str
    url: str


@cache
def licenses() -> dict[str, License]:
    """The licenses that go by an SPDX identifier, by its small letters."""
    text = resources.files("sinergi.data").joinpath("licenses.csv").read_text("utf-8")
    rows = csv.DictReader(StringIO(text))
    return {
        row["license"].casefold(): License(row["license"], row["name"], row["url"]) for row in rows
    }


@dataclass(frozen=True, slots=True)
class About:
    """What the publisher says; what is not said follows from the store."""

    version: str | None = None  # else the first digits of the content hash
    date: str | None = None  # ISO day of publication; else the last day of the articles
    title: str | None = None
    text: str | None = None
    creators: tuple[str, ...] = ()
    license: str = DEFAULT_LICENSE  # an SPDX identifier, or an address
    url: str | None = None  # where the release will stand, a DOI for one

    def __post_init__(self) -> None:
        """Raises InputError where something is not of its form."""
        if self.date is not None:
            try:
                date.fromisoformat(self.date)
            except ValueError:
                raise InputError(f"'{self.date}' is no day like 2026-11-24") from None
        if self.url is not None and not _is_address(self.url):
            raise InputError(f"'{self.url}' is no address; give one like https://doi.org/10.5281/…")
        if self.version is not None and not self.version.strip():
            raise InputError("the version is empty; give one like 2026.1")
        self.terms()

    def terms(self) -> License:
        """The license; InputError where it is not known."""
        found = licenses().get(self.license.casefold())
        if found:
            return found
        if _is_address(self.license):
            return License(self.license, "License of the publisher", self.license)
        known = ", ".join(item.id for item in licenses().values())
        raise InputError(
            f"'{self.license}' is no license that is known here; choose one of {known}, or give "
            "the address of its text"
        )


@dataclass(frozen=True, slots=True)
class Described:
    """A release with all that is said of it."""

    version: str
    date: str
    title: str
    text: str
    creators: tuple[str, ...]
    license: str
    terms: str  # the license's name
    license_url: str
    url: str | None
    base: str  # how IRIs begin
    counts: dict[str, int]
    first: str | None  # day of the first article
    last: str | None
    made_by: dict[str, str]  # versions of sinergi, registry and rules
    store: Store
    content: str = ""  # the content hash, when it is known

    def stamped(self, content: str) -> Described:
        """With the content hash, and the version that follows from it where none was given."""
        return replace(self, content=content, version=self.version or content[:VERSION_DIGITS])

    @property
    def iri(self) -> str:
        """The dataset's."""
        return f"{Iris(self.base).base}release/{segment(self.version)}"


def describe(store: Store, about: About) -> Described:
    """What is said of a release of `store`. Raises InputError where no day is known."""
    counts = {name: _count(store, pattern) for name, pattern in _COUNTS.items()}
    days = next(iter(select(store, _DAYS).dicts()), {})
    first, last = days.get("first") or None, days.get("last") or None
    if about.date is None and last is None:
        raise InputError("no article has a day, so the release has none; give --date")
    span = f" from {first} to {last}" if first and last else ""
    reader, terms = Reader(store), about.terms()
    return Described(
        version=about.version or "",
        date=about.date or last or "",
        title=about.title or "Who met whom, in which office, and the sentence that says so",
        text=about.text
        or f"Meetings of Indonesian public institutions and those who took part, as "
        f"{counts['articles']:,} articles of {counts['outlets']:,} outlets{span} report them: "
        f"{counts['meetings']:,} meetings of {counts['institutions']:,} institutions, "
        f"{counts['officials']:,} officials. Every fact has the sentence that it rests on.",
        creators=about.creators or ("Anonymous",),
        license=terms.id,
        terms=terms.name,
        license_url=terms.url,
        url=about.url,
        base=reader.base,
        counts=counts,
        first=first,
        last=last,
        made_by=reader.versions(),
        store=store,
    )


def _count(store: Store, pattern: str) -> int:
    query = f"SELECT (COUNT(DISTINCT ?x) AS ?number) {{ {pattern} }}"
    return int(next(iter(select(store, query).dicts()))["number"])


def _is_address(text: str) -> bool:
    return text.startswith(("http://", "https://")) and not set(text) & set(' "<>\\^`{|}')
