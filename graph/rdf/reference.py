"""The graphs that articles point into: registry, identities, vocabularies; and the run's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from sinergi.graph.model import Agency, Resolution
from sinergi.graph.rdf.quads import NamedGraph, day, text
from sinergi.graph.registry.institutions import Region, Succession
from sinergi.ontology import (
    DCTERMS,
    FOAF,
    ORG,
    PROV,
    RDF,
    SCHEMA,
    SIN,
    SKOS,
    Iris,
    concept,
    concept_scheme,
    label_segment,
    read,
)

if TYPE_CHECKING:
    from sinergi.graph.registry import Registry

Unit = Agency | Region | Succession

# Titles of the schemes that are made from the registry's tables, Indonesian and English.
_SCHEME_TITLES = {
    "agency-kind": ("Jenis lembaga", "Agency kinds"),
    "rank": ("Pangkat", "Ranks"),
    "sector": ("Sektor", "Sectors"),
}


def registry_quads(
    resolution: Resolution, registry: Registry, iris: Iris | None = None
) -> list[Quad]:
    """The canonical agencies of `resolution`, their regions, and the changes that touch them.

    An agency comes in with its ancestors; one that a change made, or ended, with the partners in
    that change as well.
    """
    units: dict[str, Unit] = {}
    for agency in resolution.agencies.values():
        units |= registry_units(agency, registry)
    units |= {f"agency:{key}": agency for key, agency in resolution.agencies.items()}
    return unit_quads(units.values(), iris)


def registry_units(agency: Agency, registry: Registry) -> dict[str, Unit]:
    """All that the registry graph has for the sake of one agency, each with a mark of it.

    An agency that others bring in stands in it as the registry knows it.
    """
    found: dict[str, Unit] = {}
    agencies = [agency, *registry.ancestors(agency)]
    for change in _changes_of(registry).get(agency.key, ()):
        found[f"change:{change.key}"] = change
        for key in (*change.predecessors, *change.successors):
            partner = registry.agency(key)
            agencies += (partner, *registry.ancestors(partner))
    for known in agencies:
        found.setdefault(f"agency:{known.key}", known)
        code = known.region
        while code:
            region = found[f"region:{code}"] = registry.regions[code]
            code = region.parent
    return found


def unit_quads(units: Iterable[Unit], iris: Iris | None = None) -> list[Quad]:
    """What the registry graph says of agencies, regions and changes."""
    iris = iris or Iris()
    graph = NamedGraph(iris.registry_graph)
    for unit in units:
        if isinstance(unit, Agency):
            _write_agency(graph, unit, iris)
        elif isinstance(unit, Region):
            node = iris.region(unit.code)
            graph.add(node, RDF.type, SCHEMA.AdministrativeArea)
            graph.add(node, SCHEMA.identifier, text(unit.code))
            graph.add(node, SKOS.prefLabel, text(unit.label, "id"))
            above = iris.region(unit.parent) if unit.parent else None
            graph.add(node, SCHEMA.containedInPlace, above)
        else:
            node = iris.change(unit.key)
            graph.add(node, RDF.type, ORG.ChangeEvent)
            graph.add(node, DCTERMS.date, day(unit.date))
            graph.add(node, ORG.originalOrganization, *map(iris.agency, unit.predecessors))
            graph.add(node, ORG.resultingOrganization, *map(iris.agency, unit.successors))
    return graph.sorted()


@lru_cache(maxsize=4)
def _changes_of(registry: Registry) -> Mapping[str, Sequence[Succession]]:
    """The changes that touch an agency, by its key."""
    found: dict[str, list[Succession]] = defaultdict(list)
    for change in registry.successions.values():
        for key in {*change.predecessors, *change.successors}:
            found[key].append(change)
    return found


def _write_agency(graph: NamedGraph, agency: Agency, iris: Iris) -> None:
    node = iris.agency(agency.key)
    graph.add(node, RDF.type, ORG.FormalOrganization)
    graph.add(node, SKOS.prefLabel, text(agency.name, "id"))
    aliases = (alias for alias in agency.aliases if alias != agency.name)
    graph.add(node, SKOS.altLabel, *map(text, aliases))
    kind, sector, parent, region = agency.kind, agency.sector, agency.parent, agency.region
    graph.add(node, ORG.classification, concept("agency-kind", kind) if kind else None)
    graph.add(node, SIN.sector, concept("sector", sector) if sector else None)
    graph.add(node, ORG.subOrganizationOf, iris.agency(parent) if parent else None)
    graph.add(node, SIN.region, iris.region(region) if region else None)


def identity_quads(resolution: Resolution, iris: Iris | None = None) -> list[Quad]:
    """The canonical persons, which articles are near copies, and what all of it rests on.

    A person is one node, however many names the articles have for them; a copy points to the
    article that stands for its group. Joins of one thing by one rule are one node, and so are the
    reasons to take two things for one that the rules keep apart.
    """
    iris = iris or Iris()
    graph = NamedGraph(iris.identity_graph)
    for person in resolution.persons.values():
        node = iris.person(person.key)
        graph.add(node, RDF.type, FOAF.Person)
        graph.add(node, FOAF.name, text(person.name))
        aliases = (alias for alias in person.aliases if alias != person.name)
        graph.add(node, SKOS.altLabel, *map(text, aliases))
    for article, original in resolution.duplicates.items():
        if article != original:
            graph.add(iris.article(article), SIN.copyOf, iris.article(original))
    for join in resolution.joins:
        kind = join.left.partition(":")[0]
        node = iris.join(kind, join.thing, join.rule)
        graph.add(node, RDF.type, SIN.Join)
        graph.add(node, SCHEMA.about, _thing(kind, join.thing, iris))
        graph.add(node, SIN.rule, concept("join-rule", join.rule))
        graph.add(node, SIN.mention, text(join.left), text(join.right))
        graph.add(node, SIN.reason, text(join.why))
    for decision, keys in resolution.decisions.items():
        kind = decision.left.partition(":")[0]
        node = iris.decision(decision.left, decision.right, decision.reviewer)
        graph.add(node, RDF.type, SIN.Decision)
        graph.add(node, SCHEMA.about, *(_thing(kind, key, iris) for key in keys))
        graph.add(node, SIN.judgement, concept("judgement", decision.judgement))
        graph.add(node, SIN.mention, text(decision.left), text(decision.right))
        graph.add(node, SIN.reason, text(decision.reason))
        graph.add(node, SIN.reviewer, text(decision.reviewer))
        graph.add(node, DCTERMS.date, day(decision.date))
    for candidate in resolution.candidates:
        kind, left, right = candidate.kind, candidate.left, candidate.right
        node = iris.candidate(kind, candidate.one, candidate.other)
        one, other = (_thing(kind, key, iris) for key in (candidate.one, candidate.other))
        graph.add(one, SKOS.closeMatch, other)
        graph.add(other, SKOS.closeMatch, one)
        graph.add(node, RDF.type, SIN.Candidate)
        graph.add(node, SCHEMA.about, one, other)
        graph.add(node, SIN.mention, text(left), text(right))
        graph.add(node, SIN.score, Literal(candidate.score))
        graph.add(node, SIN.reason, text(candidate.why))
    for replacement in resolution.replaced:
        old, now = (_thing(replacement.kind, k, iris) for k in (replacement.old, replacement.key))
        graph.add(old, DCTERMS.isReplacedBy, now)
    return graph.sorted()


def _thing(kind: str, key: str, iris: Iris) -> NamedNode:
    """What mentions of this kind are of."""
    of_kind = {
        "agency": iris.agency,
        "article": iris.article,
        "meeting": iris.meeting,
        "person": iris.person,
    }
    return of_kind[kind](key)


def vocabulary_quads(registry: Registry, iris: Iris | None = None) -> list[Quad]:
    """Every concept scheme: those of vocabularies.ttl, and those the registry's tables make."""
    iris = iris or Iris()
    graph = NamedGraph(iris.vocabulary_graph)
    for said in parse(read("vocabularies.ttl"), format=RdfFormat.TURTLE):
        if isinstance(said.subject, NamedNode) and isinstance(said.object, NamedNode | Literal):
            graph.add(said.subject, said.predicate, said.object)
    for scheme, titles in _SCHEME_TITLES.items():
        node = concept_scheme(scheme)
        graph.add(node, RDF.type, SKOS.ConceptScheme)
        for title, language in zip(titles, ("id", "en"), strict=True):
            graph.add(node, SKOS.prefLabel, text(title, language))
    for sector in registry.sectors.values():
        node = _concept(graph, "sector", sector.key, sector.id)
        graph.add(node, SKOS.prefLabel, text(sector.en, "en"))
    for kind in registry.kinds.values():
        _concept(graph, "agency-kind", kind.key, kind.full, *kind.forms)
    for rank in registry.people.ranks.values():
        _concept(graph, "rank", label_segment(rank.rank), rank.rank, rank.form)
    return graph.sorted()


def _concept(graph: NamedGraph, scheme: str, key: str, label: str, *others: str) -> NamedNode:
    node = concept(scheme, key)
    graph.add(node, RDF.type, SKOS.Concept)
    graph.add(node, SKOS.inScheme, concept_scheme(scheme))
    graph.add(node, SKOS.notation, text(key))
    graph.add(node, SKOS.prefLabel, text(label, "id"))
    graph.add(node, SKOS.altLabel, *(text(other, "id") for other in others if other != label))
    return node


def run_quads(
    software_version: str, registry_version: str, rules_version: str, iris: Iris | None = None
) -> list[Quad]:
    """By which versions the graph was derived.

    The activity is named after the versions: a run in several batches is one activity, and
    the same versions over the same articles give the same graph.
    """
    iris = iris or Iris()
    graph = NamedGraph(iris.run_graph)
    run = iris.run(f"{software_version}.{registry_version[:12]}.{rules_version[:12]}")
    software = iris.software(software_version)
    graph.add(run, RDF.type, PROV.Activity)
    graph.add(run, PROV.wasAssociatedWith, software)
    graph.add(run, SIN.registryVersion, text(registry_version))
    graph.add(run, SIN.rulesVersion, text(rules_version))
    graph.add(software, RDF.type, PROV.SoftwareAgent)
    graph.add(software, SCHEMA.name, text("sinergi"))
    graph.add(software, SCHEMA.softwareVersion, text(software_version))
    return graph.sorted()
