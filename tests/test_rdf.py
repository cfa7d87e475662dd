"""The model as quads: a golden graph, offsets, determinism, hostile names.

The article, its people and its places are invented. The golden file holds its graph with those of
registry and identity; after a wanted change, write it anew with

    python tests/test_rdf.py
"""

from __future__ import annotations

import dataclasses
import hashlib
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store, parse, serialize

from sinergi.graph.errors import InputError, SinergiError
from sinergi.graph.model import (
    Agency,
    Agreement,
    Article,
    Decision,
    Extraction,
    Gloss,
    Join,
    Links,
    Meeting,
    Official,
    Participation,
    Party,
    Person,
    Replacement,
    Resolution,
    Span,
    Statement,
    Topic,
)
from sinergi.graph.rdf import (
    article_quads,
    identity_quads,
    registry_quads,
    run_quads,
    vocabulary_quads,
)
from sinergi.graph.registry.institutions import Region, Succession
from sinergi.ontology import (
    OA,
    ORG,
    PREFIXES,
    RDF,
    SCHEMA,
    SIN,
    SKOS,
    Iris,
    concept,
    label_segment,
    segment,
    slug,
)

GOLDEN = Path(__file__).parent / "golden" / "article.trig"

TEXT = """\
Kepala Lapas Kelas IIB Antapraya, Bima Anggara, beraudiensi dengan Kapolres Antapraya, \
AKBP Dr. Citra Dewanti, S.I.K., di Aula Cendana 🌿, Senin (17/3/2025). \
Ia didampingi Kepala Seksi Registrasi (Kasi Reg), Dipa Lesmana.
Keduanya membahas pengamanan lapas dan menandatangani perjanjian kerja sama “Antapraya Aman”.
Dewanti menyatakan Polres siap membantu. Hadir pula mantan Kalapas, Eka Wirya.
"""
LAPAS, POLRES = "Lapas Kelas IIB Antapraya", "Polres Antapraya"


def spans(*quotes: str) -> tuple[Span, ...]:
    starts = [TEXT.index(quote) for quote in quotes]
    return tuple(Span(s, s + len(q), q) for s, q in zip(starts, quotes, strict=True))


SENTENCES = tuple(line for line in TEXT.replace(". ", ".\n").splitlines())
ARTICLE = Article(
    id="antapraya-01",
    title="Lapas dan Polres Antapraya Bersinergi",
    text=TEXT,
    published="2025-03-18",
    publisher="Kabar Antapraya",
    url="https://kabar.example/antapraya-01",
    sha256=hashlib.sha256(TEXT.encode()).hexdigest(),
)
FIRST = spans(TEXT[: TEXT.index(" Ia didampingi")])
SECOND = spans("Ia didampingi Kepala Seksi Registrasi (Kasi Reg), Dipa Lesmana.")
SIGNED = spans("menandatangani perjanjian kerja sama “Antapraya Aman”")
SAID = spans("Dewanti menyatakan Polres siap membantu.")

EXTRACTION = Extraction(
    ARTICLE,
    (
        Official("Bima Anggara", "Kepala", LAPAS, spans=FIRST),
        Official(
            "Citra Dewanti",
            "Kepala",
            POLRES,
            "AKBP",
            ("Dr.", "S.I.K."),
            "Kapolres Antapraya",
            aliases=("Dewanti",),
            spans=FIRST,
        ),
        Official("Dipa Lesmana", "kepala seksi registrasi", LAPAS, spans=SECOND),
        Official(
            "Eka Wirya", "Kepala", LAPAS, former=True, spans=spans("mantan Kalapas, Eka Wirya")
        ),
    ),
    (
        Meeting(
            "audiensi",
            "held",
            (Party(LAPAS, "guest", FIRST), Party(POLRES, "host", FIRST)),
            date="2025-03-17",
            place="Aula Cendana",
            participants=(
                Participation("Bima Anggara", LAPAS, "guest", "Kepala", spans=FIRST),
                Participation("Citra Dewanti", POLRES, "host", "Kepala", spans=FIRST),
                Participation(
                    "Dipa Lesmana",
                    LAPAS,
                    "accompanying",
                    "kepala seksi registrasi",
                    accompanies="Bima Anggara",
                    spans=SECOND,
                ),
            ),
            topics=(Topic("pengamanan lapas", spans("pengamanan lapas")),),
            agreement=Agreement("Antapraya Aman", "pks", (LAPAS, POLRES), SIGNED),
            date_spans=spans("Senin (17/3/2025)"),
            place_spans=spans("di Aula Cendana"),
            spans=FIRST,
        ),
    ),
    (
        Statement(
            "Citra Dewanti",
            POLRES,
            "Polres siap membantu",
            direct=False,
            commitment=True,
            post="Kepala",
            spans=SAID,
        ),
    ),
    (
        Gloss(
            "Kasi Reg",
            "Kepala Seksi Registrasi",
            "Kepala Seksi Regu",
            spans("Kepala Seksi Registrasi (Kasi Reg)"),
        ),
    ),
)
LINKS = Links(
    {
        "Bima Anggara": "bima-anggara.lapas-antapraya",
        "Citra Dewanti": "citra-dewanti.polres-antapraya",
        "Dipa Lesmana": "dipa-lesmana.lapas-antapraya",
        "Eka Wirya": "eka-wirya.lapas-antapraya",
    },
    {LAPAS: "lapas-antapraya", POLRES: "polres-antapraya"},
    ("2025-03-17-0123456789",),
)
RESOLUTION = Resolution(
    {
        agency.key: agency
        for agency in (
            Agency("lapas-antapraya", "Lapas Antapraya", "lapas", "law", "ditjenpas", "99.01"),
            Agency("polres-antapraya", POLRES, "polres", "security", None, "99.01", ("Polres",)),
            Agency("ditjenpas", "Ditjen Pemasyarakatan", None, "law"),
        )
    },
    {
        key: Person(key, name, ("C. Dewanti",) if name == "Citra Dewanti" else ())
        for name, key in LINKS.persons.items()
    },
    {ARTICLE.id: LINKS},
    {ARTICLE.id: ARTICLE.id, "antapraya-02": ARTICLE.id},
    (
        Join(
            "2025-03-17-0123456789",
            "meeting:antapraya-01@0",
            "meeting:antapraya-02@0",
            "reports-of-one-meeting",
            "same day +3, people +2, kind +1",
        ),
    ),
    {
        Decision(
            "agency:Polres Antapraya",
            "agency:Polres Antapraya Kota",
            "different",
            "two offices, two chiefs",
            "nira",
            "2025-04-01",
        ): ("polres-antapraya", "polres-antapraya-kota")
    },
    replaced=(Replacement("agency", "polres-antapraya-raya", "polres-antapraya"),),
)


class row(SimpleNamespace):
    """What a registry or a row of it is asked for; told by identity, as a registry is."""

    __hash__ = object.__hash__


def _registry() -> Any:
    """As much of a registry as the invented agencies need."""
    agencies = {key: Agency(key, key.title()) for key in ("ditjenpas", "ditjen-lama")}
    return cast(
        Any,
        row(
            agency=agencies.__getitem__,
            ancestors=lambda agency: (),
            successions={
                "split": Succession(
                    "split", "2024-10-21", ("ditjen-lama",), ("ditjenpas",), "made up"
                )
            },
            regions={
                "99": Region("99", "provinsi", "Antah", None, (), "made up"),
                "99.01": Region("99.01", "kabupaten", "Antapraya", "99", (), "made up"),
            },
            kinds={
                "lapas": row(key="lapas", full="Lembaga Pemasyarakatan", forms=("Lapas",)),
                "polres": row(key="polres", full="Kepolisian Resor", forms=("Polres",)),
            },
            sectors={
                "law": row(key="law", id="hukum", en="law"),
                "security": row(key="security", id="keamanan", en="security"),
            },
            people=row(ranks={"ajun kombes": row(form="Ajun Kombes", rank="AKBP")}),
        ),
    )


REGISTRY = _registry()


def graph(**changes: Any) -> list[Quad]:
    """The article's quads, its extraction changed so."""
    return article_quads(dataclasses.replace(EXTRACTION, **changes), LINKS, RESOLUTION)


def all_quads() -> list[Quad]:
    return [
        *graph(),
        *registry_quads(RESOLUTION, REGISTRY),
        *identity_quads(RESOLUTION),
        *run_quads("0.1.0", "ab" * 32, "1"),
    ]


def values(quads: list[Quad], subject: NamedNode, predicate: NamedNode) -> set[str]:
    return {q.object.value for q in quads if (q.subject, q.predicate) == (subject, predicate)}


def test_golden() -> None:
    golden = set(parse(GOLDEN.read_bytes(), format=RdfFormat.TRIG))
    assert set(all_quads()) == golden


def test_a_store_gives_back_what_was_written() -> None:
    """Oxigraph rewrites literals of some datatypes; none of ours."""
    quads = [*all_quads(), *vocabulary_quads(REGISTRY)]
    store = Store()
    store.extend(quads)
    assert set(store) == set(quads)


def test_each_graph_is_sorted_named_and_without_blank_nodes() -> None:
    for quads in (graph(), registry_quads(RESOLUTION, REGISTRY), vocabulary_quads(REGISTRY)):
        assert quads == sorted(set(quads), key=str)
        (name,) = {quad.graph_name for quad in quads}
        assert name != DefaultGraph()
        for quad in quads:
            assert isinstance(quad.subject, NamedNode)
            assert isinstance(quad.object, NamedNode | Literal)


def test_order_of_records_does_not_matter() -> None:
    reversed_ = {"officials": EXTRACTION.officials[::-1], "glosses": EXTRACTION.glosses[::-1]}
    assert graph(**reversed_) == graph()


def test_offsets_round_trip() -> None:
    quads, checked = graph(), 0
    for quad in quads:
        if (quad.predicate, quad.object) != (RDF.type, OA.Annotation):
            continue
        (target,) = (
            q.object for q in quads if q.subject == quad.subject and q.predicate == OA.hasTarget
        )
        found: dict[NamedNode, str] = {}
        for part in (
            q.object for q in quads if (q.subject, q.predicate) == (target, OA.hasSelector)
        ):
            found |= {q.predicate: q.object.value for q in quads if q.subject == part}
        start, end = int(found[OA.start]), int(found[OA.end])
        assert TEXT[start:end] == found[OA.exact]
        assert TEXT[:start].endswith(found.get(OA.prefix, ""))
        assert TEXT[end:].startswith(found.get(OA.suffix, ""))
        checked += 1
    assert checked == 9  # the emoji before some of them shows that code points are counted


def test_former_is_not_attested() -> None:
    membership = Iris().membership("eka-wirya.lapas-antapraya", "lapas-antapraya", "Kepala")
    assert values(graph(), membership, SIN.former) == {"true"}
    assert not values(graph(), membership, SIN.attestedOn)


def test_unknown_days_and_unsafe_links_go_unsaid() -> None:
    article = dataclasses.replace(ARTICLE, published="2025-02-30", url="javascript:alert(1)")
    predicates = {quad.predicate for quad in graph(article=article)}
    assert not predicates & {SCHEMA.datePublished, SCHEMA.url, SIN.attestedOn}


def test_a_meeting_of_one_agency_is_none() -> None:
    links = dataclasses.replace(LINKS, agencies=dict.fromkeys(LINKS.agencies, "polres-antapraya"))
    quads = article_quads(EXTRACTION, links, RESOLUTION)
    assert SIN.Meeting not in {quad.object for quad in quads}


def test_statements_of_one_sentence_stay_apart() -> None:
    (statement,) = EXTRACTION.statements
    other = dataclasses.replace(statement, text="Dewanti berterima kasih", commitment=False)
    quads = graph(statements=(statement, other))
    assert len({q.subject for q in quads if q.object == SCHEMA.Quotation}) == 2


def test_changes_bring_in_the_agencies_they_touch() -> None:
    quads = registry_quads(RESOLUTION, REGISTRY)
    change = Iris().change("split")
    assert values(quads, change, ORG.originalOrganization) == {Iris().agency("ditjen-lama").value}
    assert values(quads, Iris().agency("ditjen-lama"), SKOS.prefLabel) == {"Ditjen-Lama"}


def test_a_name_without_link_is_told() -> None:
    links = dataclasses.replace(LINKS, persons={})
    with pytest.raises(SinergiError, match="antapraya-01 names 'Bima Anggara'"):
        article_quads(EXTRACTION, links, RESOLUTION)


def test_the_base_is_configurable_and_checked() -> None:
    quads = article_quads(EXTRACTION, LINKS, RESOLUTION, Iris("urn:kg#"))
    assert all(quad.subject.value.startswith("urn:kg#") for quad in quads)
    for wrong in ("kg/", "https://kg.example/ x/", "https://kg.example/id"):
        with pytest.raises(InputError, match="base IRI"):
            Iris(wrong)


HOSTILE = [
    "..",
    "../../x",
    "a b",
    "<script>",
    'x"> .',
    "%2e%2e",
    "",
    "🌿",
    "\ud800",
    "a/b",
    "x" * 999,
]


def test_hostile_names_give_safe_and_different_iris() -> None:
    iris = [Iris().article(text).value for text in HOSTILE]
    assert len(set(iris)) == len(HOSTILE)
    assert all(iri.count("/") == 6 and iri.isascii() and len(iri) < 200 for iri in iris)
    assert not any(iri.endswith(("/.", "/..")) for iri in iris)


def test_hostile_text_survives_every_syntax() -> None:
    evil = 'x"""\\ .\n<http://evil.example/> \x00\ud800'
    article = dataclasses.replace(ARTICLE, id=evil, title=evil)
    quads = graph(article=article)
    for syntax in (RdfFormat.N_QUADS, RdfFormat.TRIG):
        assert set(parse(serialize(quads, format=syntax), format=syntax)) == set(quads)
    (headline,) = values(quads, Iris().article(evil), SCHEMA.headline)
    assert headline == evil.replace("\ud800", "\ufffd")


@given(st.text(), st.text())
def test_segments_are_safe_and_injective(one: str, other: str) -> None:
    assert NamedNode(f"https://kg.example/{segment(one)}")
    assert "/" not in segment(one) and segment(one) not in ("", ".", "..")
    assert (segment(one) == segment(other)) == (one == other)


@given(st.text())
def test_label_segments_ignore_case_and_spacing(label: str) -> None:
    assert label_segment(label) == label_segment(f"  {label}\n")
    assert label_segment(label) not in ("", "-", ".", "..")


def test_slug() -> None:
    assert slug("Café D'Antapraya 0707/X") == "cafe-d-antapraya-0707-x"
    assert concept("role", "../x") != concept("role", "x")


if __name__ == "__main__":
    GOLDEN.write_bytes(serialize(all_quads(), format=RdfFormat.TRIG, prefixes=PREFIXES) or b"")
