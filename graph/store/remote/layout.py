"""What lies where in a server, and SPARQL about it.

    <graph of an article>, <.../vocabulary> ...   as in a folder
    default graph                                 what all of these say, each triple once
    <https://w3id.org/sinergi/store>              sinergi's own: what each article states, digests,
                                                  who writes; never exported

SPARQL leaves open whether a query sees the named graphs without naming them. A server that shows
their union anyway (`oxigraph serve --union-default-graph`, GraphDB) is left to it; for one that
does not, the writer keeps a copy in the default graph, in the same update that writes an article.
Nothing is asked of a server's options then, and whoever comes with another tool sees the graph.
"""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from sinergi.ontology import PREFIXES

FORMAT = 1  # raise it when an older sinergi could no longer read what is written

MEMORY = ox.NamedNode("https://w3id.org/sinergi/store")
_OWN = f"{MEMORY.value}#"
HAS_FORMAT = ox.NamedNode(f"{_OWN}format")
COPIED = ox.NamedNode(f"{_OWN}copied")  # there where the default graph has the copy
VERSION = ox.NamedNode(f"{_OWN}version")  # another one with every change
CONTENT = ox.NamedNode(f"{_OWN}content")  # of a graph: a digest of its quads
STATED = ox.NamedNode(f"{_OWN}stated")  # of an article: its row
SIGN = ox.NamedNode(f"{_OWN}sign")  # of a graph: what it follows from
SETTING = ox.NamedNode(f"{_OWN}setting")
HOLDER = ox.NamedNode(f"{_OWN}holder")
TOKEN = ox.NamedNode(f"{_OWN}token")
RENEWED = ox.NamedNode(f"{_OWN}renewed")
WRITER = ox.NamedNode(f"{MEMORY.value}/writer")

HEADER = "".join(f"PREFIX {name}: <{iri}> " for name, iri in PREFIXES.items())

# In one request: the format of sinergi's own graph, where there is one, and whether the default
# graph and other graphs hold anything.
WHAT_IS_THERE = f"""SELECT ?format ?default ?named {{
  OPTIONAL {{ GRAPH {MEMORY} {{ {MEMORY} {HAS_FORMAT} ?format }} }}
  OPTIONAL {{ {{ SELECT (1 AS ?default) {{ ?s ?p ?o }} LIMIT 1 }} }}
  OPTIONAL {{ {{ SELECT (1 AS ?named)
    {{ GRAPH ?g {{ ?s ?p ?o }} FILTER(?g != {MEMORY}) }} LIMIT 1 }} }}
}}"""
GRAPHS = f"SELECT DISTINCT ?g {{ GRAPH ?g {{ ?s ?p ?o }} FILTER(?g != {MEMORY}) }}"
COUNT = f"SELECT (COUNT(*) AS ?n) {{ GRAPH ?g {{ ?s ?p ?o }} FILTER(?g != {MEMORY}) }}"
IS_UNION = f"ASK {{ {MEMORY} {HAS_FORMAT} ?format }}"  # without GRAPH: only a union shows it
EVERYTHING = f"SELECT ?s ?p ?o {{ GRAPH {MEMORY} {{ ?s ?p ?o }} }}"
VERSION_OF = f"SELECT ?version {{ GRAPH {MEMORY} {{ {MEMORY} {VERSION} ?version }} }}"


def quads_of(graphs: Iterable[ox.NamedNode]) -> str:
    """The query for what stands in these graphs."""
    names = " ".join(map(str, graphs))
    return f"SELECT ?g ?s ?p ?o {{ VALUES ?g {{ {names} }} GRAPH ?g {{ ?s ?p ?o }} }}"


def put(triples: Iterable[tuple[object, object, object]], guard: str) -> str:
    """The update that gives each subject this one value of its predicate in sinergi's own graph,
    or none where it is None; nothing happens where `guard` does not hold.
    """
    given = list(triples)
    pairs = " ".join(f"({subject} {predicate})" for subject, predicate, _ in given)
    new = " . ".join(f"{s} {p} {value}" for s, p, value in given if value is not None)
    return (
        f"DELETE {{ GRAPH {MEMORY} {{ ?s ?p ?o }} }} "
        f"WHERE {{ {guard} VALUES (?s ?p) {{ {pairs} }} GRAPH {MEMORY} {{ ?s ?p ?o }} }}"
        + (f" ;\nINSERT {{ GRAPH {MEMORY} {{ {new} }} }} WHERE {{ {guard} }}" if new else "")
    )


def graphs_replaced(
    graphs: Iterable[tuple[ox.NamedNode, Iterable[ox.Quad]]], guard: str, *, copied: bool
) -> str:
    """The update that makes these quads all that these graphs hold, and in the copy as well."""
    given = list(graphs)
    names = " ".join(str(name) for name, _ in given)
    old = f"{guard} VALUES ?g {{ {names} }} GRAPH ?g {{ ?s ?p ?o }}"
    others = ", ".join(map(str, [*(name for name, _ in given), MEMORY]))
    new = "".join(
        f"GRAPH {name} {{\n{lines}}}\n"
        for name, quads in given
        if (lines := "".join(f"{quad.triple} .\n" for quad in quads))
    )
    steps = [
        f"DELETE {{ ?s ?p ?o }} WHERE {{ {old} FILTER NOT EXISTS "
        f"{{ GRAPH ?h {{ ?s ?p ?o }} FILTER(?h NOT IN ({others})) }} }}" if copied else "",
        f"DELETE {{ GRAPH ?g {{ ?s ?p ?o }} }} WHERE {{ {old} }}",
        f"INSERT {{ {new} }} WHERE {{ {guard} }}" if new else "",
        f"INSERT {{ ?s ?p ?o }} WHERE {{ {old} }}" if copied and new else "",
    ]  # fmt: skip
    return " ;\n".join(filter(None, steps))
