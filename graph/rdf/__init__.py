"""The model as RDF; the only place that knows the shape of the graph (docs/data-model.md draws it).

Each function gives the quads of one named graph, without repetition and in a fixed order: an
article's, the registry's, the identities', the vocabularies', the run's, a network's. There is no
blank node: every IRI follows from content, so the same input gives the same quads in whatever
batches.
"""

from sinergi.graph.rdf.articles import article_quads
from sinergi.graph.rdf.network import network_quads
from sinergi.graph.rdf.quads import is_web_url
from sinergi.graph.rdf.reference import (
    Unit,
    identity_quads,
    registry_quads,
    registry_units,
    run_quads,
    unit_quads,
    vocabulary_quads,
)

__all__ = [
    "Unit",
    "article_quads",
    "identity_quads",
    "is_web_url",
    "network_quads",
    "registry_quads",
    "registry_units",
    "run_quads",
    "unit_quads",
    "vocabulary_quads",
]
