"""What changed between two graphs: stores, releases or files of RDF.

    difference(open_store("out-2025/store"), open_store("release-2026.zip"))

Of each graph only what is compared is held: names, days and keys, no quotes. A thing that has
another IRI by now is followed by dcterms:isReplacedBy, so that a new key is not taken for a new
thing.
"""

from sinergi.graph.difference.changes import GROUPS, Change, Difference, difference
from sinergi.graph.difference.triples import difference_triples
from sinergi.graph.difference.words import write_difference

__all__ = ["GROUPS", "Change", "Difference", "difference", "difference_triples", "write_difference"]
