"""ro-crate-metadata.json: the release as an RO-Crate, by the rocrate library."""

from __future__ import annotations

import hashlib
import mimetypes
from pathlib import Path

from sinergi.graph.errors import InputError
from sinergi.graph.release.about import Described
from sinergi.graph.release.dataset import DISTRIBUTIONS

METADATA = "ro-crate-metadata.json"
CRATE_VERSION = "1.2"  # the first whose context knows sha256

_MEDIA_TYPES = {
    ".ttl": "text/turtle", ".trig": "application/trig", ".jsonld": "application/ld+json",
    ".cff": "application/yaml", ".md": "text/markdown", "": "text/plain",
}  # fmt: skip
_TITLES = {
    "README.md": "What the release is, and how to cite and check it",
    "LICENSE": "The terms",
    "CITATION.cff": "How to cite it",
    "SHA256SUMS": "The digest of every file of the dataset; its own is the content hash",
    "dataset.ttl": "Description in DCAT and VoID",
    "quality.ttl": "Quality figures in DQV",
    "ontology/sinergi.ttl": "The terms of the graph",
    "ontology/vocabularies.ttl": "Its concept schemes",
    "ontology/shapes.ttl": "The SHACL shapes that it conforms to",
    "ontology/context.jsonld": "Short names for JSON-LD",
} | {name: title for name, (title, _) in DISTRIBUTIONS.items()}


def write_crate(folder: Path, described: Described) -> None:
    """Describe every file of `folder`. Raises InputError where rocrate is not installed."""
    try:
        from rocrate.model.contextentity import ContextEntity
        from rocrate.model.person import Person
        from rocrate.rocrate import ROCrate
    except ImportError:
        raise InputError(
            "a release needs rocrate, which is not installed; pip install 'sinergi[release]'"
        ) from None
    crate = ROCrate(version=CRATE_VERSION)
    crate.name, crate.description = described.title, described.text
    crate.datePublished = described.date  # else the library takes the clock
    crate.keywords = ["Indonesia", "public institutions", "meetings", "knowledge graph"]
    root = crate.root_dataset
    root["version"] = described.version
    root["inLanguage"] = "id"
    root["identifier"] = described.url or f"sha256:{described.content}"
    root["sha256"] = described.content
    if described.first and described.last:
        root["temporalCoverage"] = f"{described.first}/{described.last}"
    terms = {"@type": "CreativeWork", "name": described.terms, "identifier": described.license}
    crate.license = crate.add(ContextEntity(crate, described.license_url, properties=terms))
    creators = [
        crate.add(Person(crate, f"#creator-{number}", properties={"name": name}))
        for number, name in enumerate(described.creators, 1)
    ]
    crate.creator = creators if len(creators) > 1 else creators[0]
    if made := described.made_by.get("sinergi"):
        software = {"@type": "SoftwareApplication", "name": "sinergi", "version": made}
        tool = crate.add(ContextEntity(crate, f"#sinergi-{made}", properties=software))
        action = {"@type": "CreateAction", "name": "Derivation of the graph from articles"}
        run = crate.add(ContextEntity(crate, "#derivation", properties=action))
        run["instrument"], run["result"] = tool, root
        root["mentions"] = run
    for path in sorted(file for file in folder.rglob("*") if file.is_file()):
        name = path.relative_to(folder).as_posix()
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        media_type = _MEDIA_TYPES.get(path.suffix) or mimetypes.types_map.get(path.suffix)
        said = {
            "name": _TITLES.get(name, name),
            "encodingFormat": media_type,
            "contentSize": str(path.stat().st_size),
            "sha256": digest,
        }
        crate.add_file(path, name, properties={k: v for k, v in said.items() if v})
    crate.metadata.write(folder)
