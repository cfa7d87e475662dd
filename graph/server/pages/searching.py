"""The search box."""

from __future__ import annotations

from typing import NamedTuple

from sinergi.graph.queries.naming import close, normal
from sinergi.graph.server.site import Site

MOST_HITS = 50


class Hit(NamedTuple):
    """A thing that is called somehow like what was looked for; `also` is the name that fitted."""

    iri: str
    name: str
    also: str


def find(site: Site, words: str) -> list[Hit]:
    """Agencies and officials with a name that has all these words, or their beginnings; the best
    ones first, at most MOST_HITS. Where there are none, those with a name most like it.
    """
    wanted = normal(words).split()
    if not wanted:
        return []
    labels = site.labels
    fitting = [label for label in labels if _has(label.normal, wanted)]
    if not fitting:
        near = close(words, {label.text for label in labels})
        fitting = [label for label in labels if label.text in near]
    fitting.sort(key=lambda la: (la.normal.split() != wanted, not la.canonical, len(la.text), la))
    hits: dict[str, Hit] = {}
    for label in fitting:
        name = site.names.get(label.iri, label.text)
        also = "" if label.text == name else label.text
        hits.setdefault(label.iri, Hit(label.iri, name, also))
    return list(hits.values())[:MOST_HITS]


def _has(name: str, wanted: list[str]) -> bool:
    words = name.split()
    return all(any(word.startswith(part) for word in words) for part in wanted)
