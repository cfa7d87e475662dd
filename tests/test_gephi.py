"""GEXF and GraphML as Gephi wants them: held against what their published grammars say.

Gephi itself is in none of the registries that tests may ask. The rules are those of GEXF 1.2 and
1.3 (gexf.net) as far as our files use them, in our own words; test_store_formats.py has readers.
"""

from __future__ import annotations

import io
import re
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner

from sinergi.cli import main

DAY = r"\d{4}-\d\d-\d\d"
# Of each element: its attributes, those that it must have with "!", and its children in order.
GEXF: dict[str, tuple[dict[str, str], str]] = {
    "gexf": ({"version!": r"1\.2"}, "(meta )?graph "),
    "meta": ({"lastmodifieddate": DAY}, "((creator|keywords|description) )*"),
    "creator": ({}, ""),
    "keywords": ({}, ""),
    "description": ({}, ""),
    "graph": (
        {
            "defaultedgetype": "directed|undirected|mutual", "mode": "static|dynamic",
            "timeformat": "integer|double|date|dateTime", "name": ".*",
        },
        "(attributes )*nodes edges ",
    ),
    "attributes": ({"class!": "node|edge", "mode": "static|dynamic"}, "(attribute )*"),
    "attribute": (
        {"id!": ".+", "title!": ".+", "type!": "integer|long|double|float|boolean|string|anyURI"},
        "",
    ),
    "nodes": ({"count": r"\d+"}, "(node )*"),
    "edges": ({"count": r"\d+"}, "(edge )*"),
    "node": ({"id!": ".+", "label": "[^\n\t]*"}, "(attvalues )?(spells )?"),
    "edge": (
        {
            "id!": ".+", "source!": ".+", "target!": ".+", "weight": r"\d+(\.\d+)?(e-?\d+)?",
            "type": "directed|undirected|mutual", "label": "[^\n\t]*",
        },
        "(attvalues )?(spells )?",
    ),
    "attvalues": ({}, "(attvalue )*"),
    "attvalue": ({"for!": ".+", "value!": "(?s:.*)"}, ""),
    "spells": ({}, "(spell )+"),
    "spell": ({"start": DAY, "end": DAY}, ""),
}  # fmt: skip
TYPES = {"integer": r"-?\d+", "long": r"-?\d+", "boolean": "true|false", "string": "(?s:.*)"}
TYPES |= dict.fromkeys(("double", "float"), r"-?\d+(\.\d+)?(e-?\d+)?")


def _exported(store: Path, command: str, format: str) -> ElementTree.Element:
    done = CliRunner().invoke(main, [command, str(store), "--format", format])
    assert done.exit_code == 0, done.output
    return ElementTree.parse(io.BytesIO(done.stdout_bytes)).getroot()


@pytest.mark.parametrize("command", ["export", "network"])
def test_gexf_keeps_to_its_grammar(small_folder: Path, command: str) -> None:
    root = _exported(small_folder, command, "gexf")
    space, _, _ = root.tag.rpartition("}")
    assert space == "{http://www.gexf.net/1.2draft"
    for element in root.iter():
        name = element.tag.removeprefix(space + "}")
        known, inside = GEXF[name]
        children = "".join(child.tag.removeprefix(space + "}") + " " for child in element)
        assert re.fullmatch(inside, children), name
        given = {key for key in element.attrib if not key.startswith("{")}
        assert given <= {key.rstrip("!") for key in known}, name
        assert {key.rstrip("!") for key in known if key.endswith("!")} <= given, name
        for key in given:
            pattern = known.get(key) or known[f"{key}!"]
            assert re.fullmatch(pattern, element.attrib[key]), (name, key, element.attrib[key])


@pytest.mark.parametrize("command", ["export", "network"])
def test_gexf_names_nothing_that_it_does_not_declare(small_folder: Path, command: str) -> None:
    root = _exported(small_folder, command, "gexf")
    nodes = [node.attrib["id"] for node in root.iterfind(".//{*}node")]
    edges = list(root.iterfind(".//{*}edge"))
    assert len(nodes) == len(set(nodes)) and nodes and edges
    assert len({edge.attrib["id"] for edge in edges}) == len(edges)
    ties = [frozenset((edge.attrib["source"], edge.attrib["target"])) for edge in edges]
    assert set[str]().union(*ties) <= set(nodes) and len(ties) == len(set(ties))
    for kind in ("node", "edge"):
        declared = {
            attribute.attrib["id"]: TYPES[attribute.attrib["type"]]
            for attributes in root.iterfind(f".//{{*}}attributes[@class='{kind}']")
            for attribute in attributes
        }
        for item in root.iterfind(f".//{{*}}{kind}"):
            values = item.findall("{*}attvalues/{*}attvalue")
            assert len({v.attrib["for"] for v in values}) == len(values)
            for value in values:
                assert re.fullmatch(declared[value.attrib["for"]], value.attrib["value"])
            spells = [(s.attrib["start"], s.attrib["end"]) for s in item.iterfind(".//{*}spell")]
            assert all(start <= end for start, end in spells)
            assert all(end < start for (_, end), (start, _) in pairwise(spells))


@pytest.mark.parametrize("command", ["export", "network"])
def test_graphml_names_nothing_that_it_does_not_declare(small_folder: Path, command: str) -> None:
    root = _exported(small_folder, command, "graphml")
    assert root.tag == "{http://graphml.graphdrawing.org/xmlns}graphml"
    keys = {key.attrib["id"]: key.attrib for key in root.iterfind("{*}key")}
    assert {key["attr.type"] for key in keys.values()} <= {
        "boolean", "int", "long", "float", "double", "string"
    }  # fmt: skip
    nodes = {node.attrib["id"] for node in root.iterfind(".//{*}node")}
    for kind in ("node", "edge", "graph"):
        for item in root.iterfind(f".//{{*}}{kind}"):
            for data in item.iterfind("{*}data"):
                assert keys[data.attrib["key"]]["for"] in (kind, "all")
    for edge in root.iterfind(".//{*}edge"):
        assert {edge.attrib["source"], edge.attrib["target"]} <= nodes
