"""Which format an answer takes: the media types of HTTP and the formats of sinergi's exports."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Format:
    """A format by its name in sinergi.graph.exports, and a media type it goes by."""

    name: str
    media: str


# In order of preference; several media types may stand for one format.
ROWS = (
    Format("json", "application/sparql-results+json"),
    Format("xml", "application/sparql-results+xml"),
    Format("csv", "text/csv"),
    Format("tsv", "text/tab-separated-values"),
    Format("json", "application/json"),
    Format("xml", "application/xml"),
    Format("xml", "text/xml"),
)
TRIPLES = (
    Format("turtle", "text/turtle"),
    Format("jsonld", "application/ld+json"),
    Format("ntriples", "application/n-triples"),
    Format("rdfxml", "application/rdf+xml"),
    Format("trig", "application/trig"),
    Format("nquads", "application/n-quads"),
    Format("turtle", "text/n3"),  # every Turtle document is one of N3
    Format("jsonld", "application/json"),
    Format("rdfxml", "application/xml"),
    Format("rdfxml", "text/xml"),
)
HTML = Format("html", "text/html")
PAGE = (HTML, *TRIPLES)  # of a thing

_QUALITY = re.compile(r"(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)", re.ASCII)
MOST_RANGES = 50  # in an Accept header; browsers send eight


def choose(accept: str | None, offers: Sequence[Format]) -> Format | None:
    """The offer that an Accept header likes best, None if it takes none of them.

    As RFC 9110 has it: the most specific range that fits a media type says its quality. Equal
    qualities are decided by the order of the offers.
    """
    if accept is None or not accept.strip():
        return offers[0]
    wanted = ranges(accept)

    def quality(offer: Format) -> float:
        kind = offer.media.partition("/")[0]
        fitting = (r for r in (offer.media, f"{kind}/*", "*/*") if r in wanted)
        return next((wanted[r] for r in fitting), 0.0)

    best = max(offers, key=quality)
    return best if quality(best) > 0 else None


def by_name(name: str, offers: Sequence[Format]) -> Format | None:
    """The offer of this name, as in `?format=csv`."""
    return next((offer for offer in offers if offer.name == name), None)


def ranges(accept: str) -> dict[str, float]:
    """The items of an Accept header, or of one of its kin, with their qualities."""
    found: dict[str, float] = {}
    for item in accept.split(",")[:MOST_RANGES]:
        media, *parameters = (part.strip() for part in item.casefold().split(";"))
        value = next((p[2:].strip() for p in parameters if p.startswith("q=")), "1")
        if media:  # a quality that is none counts as refusal
            found[media] = float(value) if _QUALITY.fullmatch(value) else 0.0
    return found
