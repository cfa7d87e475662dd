"""RDF/XML: the triples of all graphs together, each once; for tools that read nothing newer."""

from __future__ import annotations

from typing import TextIO

import pyoxigraph as ox

from sinergi.graph.errors import QueryError
from sinergi.graph.exports.xml import NOT_XML
from sinergi.ontology import PREFIXES


class RdfXmlExport:
    """Holds the triples until the end, to sort them and to say none twice.

    As in the XML of results, control characters that XML has no room for become U+FFFD. `finish`
    raises QueryError for a triple that RDF/XML cannot say; every other format can.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._triples: dict[str, ox.Triple] = {}

    def write(self, item: ox.Quad | ox.Triple) -> None:
        triple = item.triple if isinstance(item, ox.Quad) else item
        self._triples[str(triple)] = triple

    def finish(self) -> None:
        triples = [triple for _, triple in sorted(self._triples.items())]
        try:
            written = ox.serialize(triples, format=ox.RdfFormat.RDF_XML, prefixes=PREFIXES)
        except (OSError, ValueError) as error:
            raise QueryError(f"RDF/XML cannot say this ({error}); choose turtle.") from None
        assert written is not None  # without an output, it returns what it wrote
        text = NOT_XML.sub("\ufffd", written.decode()).replace("\r", "&#13;")
        self._stream.write(text + "\n")
