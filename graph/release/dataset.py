"""dataset.ttl: what the release is, in DCAT, and what its graph holds, in VoID."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pyoxigraph as ox

from sinergi.graph.rdf.void import VOID, void_triples
from sinergi.graph.release.about import Described
from sinergi.graph.release.terms import DCAT, DQV, SPDX, Triples, day, english, whole
from sinergi.ontology import DCTERMS, FOAF, PROV, RDF, Iris, segment

IANA = "https://www.iana.org/assignments/media-types/"
# The files that are distributions of the dataset: what each is, and its media type.
DISTRIBUTIONS = {
    "graph.trig": ("The graph, with its named graphs", "application/trig"),
    "tables/datapackage.json": ("The tables and their dictionary, in CSV", "application/json"),
    "network.html": ("The network as a page", "text/html"),
    "decisions.csv": ("Decisions of people on who is who", "text/csv"),
    "suppressions.csv": ("What was left out, without names", "text/csv"),
}


def dataset_turtle(described: Described, folder: Path) -> str:
    """The description of the release whose files are in `folder`."""
    said, dataset = Triples(), ox.NamedNode(described.iri)
    add = said.add
    add(dataset, RDF.type, DCAT.Dataset, VOID.Dataset)
    add(dataset, DCTERMS.title, english(described.title))
    add(dataset, DCTERMS.description, english(described.text))
    add(dataset, DCTERMS.issued, day(described.date))
    add(dataset, DCAT.version, ox.Literal(described.version))
    add(dataset, DCTERMS.identifier, ox.Literal(f"sha256:{described.content}"))
    add(dataset, DCTERMS.license, ox.NamedNode(described.license_url))
    add(dataset, DCTERMS.language, ox.NamedNode("http://id.loc.gov/vocabulary/iso639-1/id"))
    add(dataset, DCTERMS.spatial, ox.NamedNode("http://sws.geonames.org/1643084/"))  # Indonesia
    add(dataset, DCAT.landingPage, ox.NamedNode(described.url) if described.url else None)
    if described.first and described.last:
        period = ox.NamedNode(f"{described.iri}/period")
        add(dataset, DCTERMS.temporal, period)
        add(period, RDF.type, DCTERMS.PeriodOfTime)
        add(period, DCAT.startDate, day(described.first))
        add(period, DCAT.endDate, day(described.last))
    for number, name in enumerate(described.creators, 1):
        creator = ox.NamedNode(f"{described.iri}/creator/{number}")
        add(dataset, DCTERMS.creator, creator)
        add(creator, RDF.type, FOAF.Agent)
        add(creator, FOAF.name, ox.Literal(name))
    if made := described.made_by.get("sinergi"):
        add(dataset, PROV.wasAttributedTo, Iris(described.base).software(made))
    graph = ox.NamedNode(f"{described.base}graph")
    add(dataset, DCTERMS.hasPart, graph)
    add(dataset, DQV.hasQualityMetadata, ox.NamedNode(f"{described.iri}/quality.ttl"))
    for name, (title, media_type) in DISTRIBUTIONS.items():
        path = folder / name
        node = ox.NamedNode(f"{described.iri}/{'/'.join(map(segment, name.split('/')))}")
        add(dataset, DCAT.distribution, node)
        add(node, RDF.type, DCAT.Distribution)
        add(node, DCTERMS.title, english(title))
        add(node, DCTERMS.identifier, ox.Literal(name))  # its path in the release
        add(node, DCTERMS.license, ox.NamedNode(described.license_url))
        add(node, DCAT.mediaType, ox.NamedNode(IANA + media_type))
        add(node, DCAT.byteSize, whole(path.stat().st_size))
        checksum = ox.NamedNode(f"{node.value}/sha256")
        add(node, SPDX.checksum, checksum)
        add(checksum, RDF.type, SPDX.Checksum)
        add(checksum, SPDX.algorithm, SPDX.checksumAlgorithm_sha256)
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        add(checksum, SPDX.checksumValue, ox.Literal(digest))
    said.update(void_triples(described.store, dataset, described.base))
    return said.turtle()
