"""Identity across articles. All persons, places and events are invented."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sinergi.graph.errors import InputError
from sinergi.graph.model import (
    Article,
    Extraction,
    Join,
    Meeting,
    Official,
    Participation,
    Party,
    Resolution,
    Span,
    Topic,
)
from sinergi.graph.registry import Registry
from sinergi.graph.resolution import clusters, resolve
from sinergi.graph.resolution.articles import near_duplicates
from sinergi.graph.resolution.names import slug

Run = Callable[..., Resolution]
Same = Callable[..., bool]

LAPAS, POLRES = "Lapas Kelas IIB Wanatirta", "Polres Wanatirta"
REGIONS = """code,kind,name,parent,aliases,source
99,provinsi,Tirtaraya,,,invented
99.01,kabupaten,Wanatirta,99,,invented
99.02,kabupaten,Sukamaju,99,,invented
99.71,kota,Wanatirta,99,,invented
"""


@pytest.fixture(scope="session")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Registry:
    """Ours, with invented places."""
    path = tmp_path_factory.mktemp("registry") / "regions.csv"
    path.write_text(REGIONS, encoding="utf-8")
    return Registry.load(path)


@pytest.fixture(scope="session")
def run(registry: Registry) -> Run:
    return lambda *extractions: resolve(extractions, registry)


@pytest.fixture(scope="session")
def one_person(run: Run) -> Same:
    """Whether two articles' officials are resolved to one person."""

    def same(left: Official, right: Official, *days: str | None) -> bool:
        first, second = days or ("2031-03-05", "2031-03-05")
        links = run(
            article("a", left, published=first), article("b", right, published=second)
        ).links
        return links["a"].persons[left.person] == links["b"].persons[right.person]

    return same


@pytest.fixture(scope="session")
def one_meeting(run: Run) -> Same:
    """Whether two articles' meetings are resolved to one."""

    def same(left: Meeting, right: Meeting) -> bool:
        links = run(article("a", left), article("b", right)).links
        return links["a"].meetings == links["b"].meetings

    return same


def official(
    person: str, organization: str | None, post: str | None = "Kepala", degrees: Sequence[str] = ()
) -> Official:
    return Official(person, post, organization, degrees=tuple(degrees))


def meeting(
    date: str | None,
    people: dict[str, str],
    *topics: str,
    kind: str = "audiensi",
    place: str | None = None,
) -> Meeting:
    return Meeting(
        kind,
        "held",
        tuple(Party(organization) for organization in sorted(set(people.values()))),
        date,
        place=place,
        participants=tuple(Participation(p, org, "attendee") for p, org in people.items()),
        topics=tuple(Topic(topic) for topic in topics),
    )


def words(seed: object, count: int = 120) -> str:
    """A text that shares nothing with one of another seed."""
    rng = random.Random(str(seed))
    return " ".join("".join(rng.choices("aeioknrst", k=6)) for _ in range(count))


def article(
    name: str,
    *stated: Official | Meeting,
    published: str | None = "2031-03-05",
    text: str = "",
) -> Extraction:
    return Extraction(
        Article(name, name, text or words(name), published),
        tuple(s for s in stated if isinstance(s, Official)),
        tuple(s for s in stated if isinstance(s, Meeting)),
    )


# Persons


def test_within_one_agency_a_shortened_name_joins_the_fuller_one(one_person: Same) -> None:
    full = official("Laras Rinjani Wening", LAPAS)
    assert one_person(full, official("Laras R. Wening", LAPAS))
    assert one_person(full, official("Laras Rinjani", LAPAS, "Ketua Panitia"))


def test_a_shortened_name_that_fits_two_people_joins_neither(run: Run) -> None:
    links = run(
        article("a", official("Danu Wisesa Tirta", LAPAS, "Bendahara")),
        article("b", official("Danu Wisesa Wana", LAPAS, "Sekretaris")),
        article("c", official("Danu Wisesa", LAPAS, "Anggota")),
    ).links
    assert len({*links["a"].persons.values(), *links["b"].persons.values()}) == 2
    assert links["c"].persons["Danu Wisesa"] not in {
        *links["a"].persons.values(),
        *links["b"].persons.values(),
    }


def test_a_nickname_that_an_article_tells_is_known_in_others(one_person: Same) -> None:
    named = replace(official("Laras Wening", LAPAS), aliases=("Yayuk",))
    assert one_person(named, official("Yayuk Wening", LAPAS, "Ketua Panitia"))
    assert one_person(named, official("Yayuk", LAPAS))
    assert not one_person(named, official("Yayuk", LAPAS, "Ketua Panitia"))
    assert not one_person(official("Laras Wening", LAPAS), official("Yayuk Wening", LAPAS))


def test_a_name_in_two_posts_joins_those_who_are_called_so_in_each(run: Run) -> None:
    both = article(
        "c", official("L. Wening", LAPAS), official("L. Wening", "Satgas Banjir", "Juru Bicara")
    )
    links = run(
        article("a", official("Laras Wening", LAPAS)),
        article("b", official("Laras Wening", "Satgas Banjir", "Juru Bicara")),
        both,
    ).links
    assert len({key for link in links.values() for key in link.persons.values()}) == 1


def test_a_bare_name_needs_agency_and_post(one_person: Same) -> None:
    full = official("Laras Wening", LAPAS, "Kepala Seksi Pembinaan")
    assert one_person(full, official("Laras", LAPAS, "Kepala Seksi Pembinaan"))
    assert not one_person(full, official("Laras", LAPAS, "Kepala Seksi Perawatan"))
    assert not one_person(full, official("Laras", POLRES, "Kepala Seksi Pembinaan"))


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("Asisten Pembangunan", "Asisten Sekretaris Daerah Bidang Perekonomian dan Pembangunan", 1),
        ("Kepala Bidang Jalan Desa", "Kepala Bidang Pasar dan Jalan Desa", 1),
        ("Kepala Seksi Jalan", "Kepala Bidang Pasar dan Jalan", 0),  # not of one level
        ("Asisten Pemerintahan", "Asisten Pembangunan", 0),
        ("Wakil Ketua", "Wakil Ketua Bidang Jalan", 0),  # no subject to compare
        ("Kepala Seksi II Jalan", "Kepala Seksi Jalan", 0),
    ],
)
def test_a_post_is_told_with_all_of_its_subject_or_a_part(
    one_person: Same, left: str, right: str, same: int
) -> None:
    assert one_person(official("Laras", LAPAS, left), official("Laras", LAPAS, right)) == same


def test_a_wife_who_bears_her_husbands_name_is_not_he(one_person: Same) -> None:
    pkk, pemkab = "Tim Penggerak PKK Kabupaten Wanatirta", "Pemerintah Kabupaten Wanatirta"
    assert not one_person(
        official("Danu Wisesa", pemkab, "Bupati"), official("Laras Danu Wisesa", pkk, "Ketua")
    )
    assert not one_person(
        official("Danu Wisesa", pemkab, "Bupati"), official("Laras Danu Wisesa", pemkab, "Ketua")
    )


def test_who_is_called_ny_is_not_the_man_of_that_name(run: Run) -> None:
    pemkab, pkk = "Pemerintah Kabupaten Wanatirta", "Tim Penggerak PKK Kabupaten Wanatirta"

    def wife(name: str, agency: str) -> Official:
        return replace(official(name, agency, "Ketua"), spans=(Span(0, 9, f"Ny. Hj. {name}"),))

    links = run(
        article("a", official("Danu Wisesa", pemkab, "Sekretaris Daerah")),
        article("b", wife("Danu Wisesa", pkk)),
        article("c", wife("Danu Wisesa", pemkab)),
        article("d", official("Danu Wisesa", pemkab, "Penjabat Bupati")),
        article("e", wife("Laras Wening", pkk)),
        article("f", official("Laras Wening", pkk, "Ketua")),
        article("g", official("Laras Wening", pemkab, "Bunda PAUD")),
    ).links
    key = {id: next(iter(link.persons.values())) for id, link in links.items()}
    assert key["a"] == key["d"] and key["b"] == key["c"] != key["a"]
    assert key["e"] == key["f"] == key["g"], "whom others call by her name alone is herself"


def test_one_name_in_unrelated_agencies_stays_two(one_person: Same) -> None:
    assert not one_person(official("Danu Wisesa", LAPAS), official("Danu Wisesa", "PT Tirta Wana"))
    # Not even the same place joins a policeman and a regional officer.
    assert not one_person(
        official("Danu Wisesa Tirta", "Polres Wanatirta"),
        official("Danu Wisesa Tirta", "Dinas Pasar Kabupaten Wanatirta"),
    )


def test_offices_of_one_regional_government_are_related(one_person: Same) -> None:
    market = official("Danu Wisesa", "Dinas Pasar Kabupaten Wanatirta")
    roads = official("Danu Wisesa", "Dinas Jalan Kabupaten Wanatirta")
    assert one_person(market, roads, "2031-01-01", "2032-01-01")
    assert one_person(
        market, official("Danu Wisesa", "Pemerintah Kabupaten Wanatirta", "Asisten I")
    )
    assert not one_person(market, roads), "no one heads two offices on one day"
    assert not one_person(market, replace(roads, organization="Dinas Jalan Kabupaten Sukamaju"))


def test_a_transfer_within_a_service_needs_a_full_name_and_time(one_person: Same) -> None:
    before = official("Danu Wisesa Tirta", "Polres Wanatirta")
    after = official("Danu Wisesa Tirta", "Polres Sukamaju")
    assert one_person(before, after, "2031-01-01", "2032-01-01")
    assert not one_person(before, after, "2031-01-01", None)
    assert not one_person(
        before, replace(after, organization="Lapas Sukamaju"), "2031-01-01", "2032-01-01"
    )
    short = [official("Danu Wisesa", f"Polres {place}") for place in ("Wanatirta", "Sukamaju")]
    assert not one_person(short[0], short[1], "2031-01-01", "2032-01-01")
    short = [replace(o, degrees=("S.H.", "M.Si.")) for o in short]
    assert one_person(short[0], short[1], "2031-01-01", "2032-01-01")


def test_one_meeting_joins_people_whom_outlets_place_in_different_agencies(run: Run) -> None:
    prison = HEADS | {"Tirta Wana": LAPAS}
    elsewhere = HEADS | {"Tirta Wana": "Kanwil Ditjenpas Jawa Tengah"}
    links = run(
        article("a", meeting("2031-03-04", prison, "patroli")),
        article("b", meeting("2031-03-04", elsewhere, "patroli")),
        article("c", meeting("2031-06-04", elsewhere, "patroli")),
    ).links
    assert links["a"].persons["Tirta Wana"] == links["b"].persons["Tirta Wana"]
    apart = run(
        *(article(n, meeting(f"2031-0{n}-04", p)) for n, p in (("3", prison), ("6", elsewhere)))
    ).links
    assert apart["3"].persons["Tirta Wana"] != apart["6"].persons["Tirta Wana"]


def test_an_article_tells_people_apart(run: Run) -> None:
    links = run(
        article(
            "a", official("Tirtana", LAPAS, "Kepala"), official("Tirtani", LAPAS, "Sekretaris")
        ),
        article("b", official("Tirtani", LAPAS, "Sekretaris")),
        article("c", official("Tirtana", LAPAS, "Pelaksana Tugas Sekretaris")),
    ).links
    assert links["a"].persons["Tirtana"] != links["a"].persons["Tirtani"]
    assert links["b"].persons["Tirtani"] == links["a"].persons["Tirtani"]
    assert links["c"].persons["Tirtana"] == links["a"].persons["Tirtana"]


def test_a_key_is_the_name_and_the_first_agency_and_outlives_later_evidence(run: Run) -> None:
    first = article(
        "m", official("Laras Wening", "Dinas Pasar Kabupaten Wanatirta"), published="2031-01-01"
    )
    later = article(
        "a", official("Laras Wening", "Dinas Jalan Kabupaten Wanatirta"), published="2032-01-01"
    )
    key = "laras-wening.dinas-pasar-kabupaten-wanatirta"
    assert list(run(first).persons) == [key]
    assert list(run(later, first).persons) == [key]


def test_a_key_that_fewer_articles_gave_leads_to_the_one_that_more_give(run: Run) -> None:
    patrol = meeting("2031-03-04", HEADS, "patroli")
    early = [
        article("a", official("Laras Rinjani Wening", "Lapas Wanatirta"), patrol),
        article(
            "b",
            official("Laras R. Wening", LAPAS),
            replace(patrol, kind="kunjungan"),
            published="2031-03-06",
        ),
    ]
    alone = [run(extraction) for extraction in early]
    both = run(*early)
    leads = {(r.kind, r.old): r.key for r in both.replaced}
    lapas = slug(LAPAS)
    assert leads["agency", "lapas-wanatirta"] == lapas
    assert leads["person", f"laras-r-wening.{lapas}"] == "laras-rinjani-wening.lapas-wanatirta"
    for before in alone:
        for kind, keys in (
            ("agency", before.agencies),
            ("person", before.persons),
            ("meeting", [key for links in before.links.values() for key in links.meetings]),
        ):
            meetings = {key for links in both.links.values() for key in links.meetings}
            known = {"agency": both.agencies, "person": both.persons, "meeting": meetings}[kind]
            assert all(key in known or leads[kind, key] in known for key in keys)
    assert any(kind == "meeting" for kind, _ in leads)


def test_persons_of_one_name_in_one_agency_get_keys_of_their_own(run: Run) -> None:
    resolution = run(
        article("a", official("Laras", LAPAS, "Bendahara")),
        article("b", official("Laras", LAPAS, "Dokter")),
    )
    assert list(resolution.persons) == [
        "laras.lapas-kelas-iib-wanatirta",
        "laras.lapas-kelas-iib-wanatirta.dokter",
    ]


# Agencies


@pytest.mark.parametrize(
    ("names", "agencies"),
    [
        (["Lapas Wanatirta", "Lapas Kelas IIB Wanatirta", "Lapas Klas II B Wanatirta"], 1),
        (["Lapas Wanatirta", "Lapas Kelas IIB Wanatirta", "Lapas Kelas IIA Wanatirta"], 3),
        (["Lapas Kelas IIA Wanatirta", "Lapas Perempuan Kelas IIA Wanatirta"], 2),
        (["Kodim Wanatirta", "Kodim 0999/Wanatirta", "Kodim 0999 Wanatirta"], 1),
        (["Kantor Imigrasi Wanatirta", "Kantor Imigrasi Kelas III Non TPI Wanatirta"], 1),
        (["Polres Wanatirta", "Polres Wanatirta Kota", "Polsek Wanatirta Kota"], 3),
        (["Pemerintah Kota Wanatirta", "Pemerintah Kabupaten Wanatirta"], 2),
        (["SMA Negeri 1 Wanatirta", "SMA Negeri Wanatirta"], 2),
        (["Dinas Pasar dan UKM Kota Wanatirta", "Dinas Pasar, UKM Kota Wanatirta"], 1),
        (["Dinas Pasar dan Jalan Kota Wanatirta", "Dinas Pasar Kota Wanatirta"], 1),
        (["Dinas Pasar dan Jalan Kota Wanatirta", "Dinas Jalan, Pasar Kota Wanatirta"], 1),
        (["Dinas Pasar dan Jalan Kota Wanatirta", "Dinas Pasar Kota Sukamaju"], 2),
        (
            [
                f"Dinas {subject} Kota Wanatirta"
                for subject in ("Pasar", "Jalan", "Pasar dan Jalan")
            ],
            3,
        ),
    ],
)
def test_short_forms_join_and_near_twins_stay_apart(
    run: Run, names: list[str], agencies: int
) -> None:
    found = run(*(article(f"a{i}", official("Laras", name)) for i, name in enumerate(names)))
    assert len(found.agencies) == agencies


def test_districts_of_one_name_are_told_apart_by_the_article(registry: Registry) -> None:
    name, other = "Kecamatan Sukoharjo", "Polres {}"  # there are several districts Sukoharjo
    world = [
        article(f"a{i}", official("Laras", name, "Camat"), official("Danu", other.format(place)))
        for i, place in enumerate(("Wonosobo", "Pringsewu", "Wonosobo"))
    ]
    links = resolve([*world, article("alone", official("Laras", name, "Camat"))], registry).links
    keys = {id: link.agencies[name] for id, link in links.items()}
    assert keys == {
        "a0": "kecamatan-sukoharjo-kabupaten-wonosobo",
        "a1": "kecamatan-sukoharjo-kabupaten-pringsewu",
        "a2": "kecamatan-sukoharjo-kabupaten-wonosobo",
        "alone": "kecamatan-sukoharjo",
    }


def test_a_regency_that_is_left_out_is_the_articles(registry: Registry) -> None:
    names = ("Satgas Banjir Kabupaten", "Komite Pasar Kota", "Kecamatan Kota", "Komite Kota Tua")
    keys = {}
    for place in ("Kabupaten Wonosobo", "Kota Magelang"):
        world = article(
            "a", *(official(f"Laras {n}", n) for n in (*names, f"Dinas Kesehatan {place}"))
        )
        keys[place] = [resolve([world], registry).links["a"].agencies[name] for name in names]
    assert keys == {
        "Kabupaten Wonosobo": [
            "satgas-banjir-kabupaten-wonosobo", "komite-pasar-kota",
            "kecamatan-kota", "komite-kota-tua",
        ],
        "Kota Magelang": [
            "satgas-banjir-kabupaten", "komite-pasar-kota-magelang",
            "kecamatan-kota", "komite-kota-tua",
        ],
    }  # fmt: skip


def test_a_merged_agency_keeps_its_other_names(run: Run) -> None:
    resolution = run(article("a", official("Laras", "Lapas Wanatirta"), official("Wening", LAPAS)))
    (agency,) = resolution.agencies.values()
    assert agency.name == LAPAS
    assert "Lapas Wanatirta" in agency.aliases


# Meetings

HEADS = {"Laras Wening": LAPAS, "Danu Wisesa": POLRES}


def test_two_reports_of_one_day_are_one_meeting(one_meeting: Same) -> None:
    first = meeting("2031-03-04", HEADS | {"Tirta Wana": LAPAS}, "pengamanan hari raya")
    assert one_meeting(first, meeting("2031-03-04", HEADS, "aman di hari raya", kind="kunjungan"))
    assert not one_meeting(first, meeting("2031-03-04", HEADS)), "they may meet twice a day"
    assert not one_meeting(
        first,
        meeting(
            "2031-03-04", {"Sekar Arum": LAPAS, "Bayu Angin": POLRES}, "tes urine", kind="operasi"
        ),
    )


def test_an_audience_and_a_signing_of_one_day_take_a_subject_in_common(run: Run) -> None:
    text = words("both")
    turned = " ".join(reversed(text.split()))  # the same words, and no copy

    def count(*topics: str, kind: str) -> int:
        told = meeting("2031-03-04", HEADS, *topics)
        links = run(
            article("a", told, text=text), article("b", replace(told, kind=kind), text=turned)
        ).links
        return len({links["a"].meetings, links["b"].meetings})

    assert count(kind="kunjungan") == 1
    assert count(kind="penandatanganan") == 2
    assert count("patroli gabungan", kind="penandatanganan") == 1


def test_an_outlet_reports_a_meeting_once(run: Run) -> None:
    def reports(text: str) -> bool:
        stated = meeting("2031-03-04", HEADS, "patroli")
        pair = [article("a", stated, text=words(1)), article("b", stated, text=text)]
        own = [replace(e, article=replace(e.article, publisher="Warta")) for e in pair]
        links = run(*own).links
        return links["a"].meetings == links["b"].meetings

    assert not reports(words(2))
    assert reports(words(1, 80)), "but for copies"


def test_an_undated_report_needs_more_than_the_usual_heads(run: Run, one_meeting: Same) -> None:
    dated = meeting("2031-03-04", HEADS, "pengamanan hari raya", "patroli gabungan")
    assert one_meeting(dated, meeting(None, HEADS, "patroli gabungan"))
    assert not one_meeting(dated, meeting(None, HEADS))
    links = run(
        article("a", dated, text=words(1)), article("b", meeting(None, HEADS), text=words(1, 80))
    ).links
    assert links["a"].meetings == links["b"].meetings, "the articles tell the same"
    assert not one_meeting(dated, meeting(None, HEADS, "pembagian bibit"))


def test_an_undated_report_that_fits_two_days_is_left_alone(run: Run) -> None:
    links = run(
        article("a", meeting("2031-03-01", HEADS, "patroli gabungan")),
        article("b", meeting("2031-03-08", HEADS, "patroli gabungan")),
        article("c", meeting(None, HEADS, "patroli gabungan")),
    ).links
    assert len({key for link in links.values() for key in link.meetings}) == 3


def test_reports_a_day_apart_are_one_meeting_only_if_all_else_agrees(one_meeting: Same) -> None:
    first = meeting("2031-03-04", HEADS, "patroli gabungan", place="Wisma Melati")
    assert one_meeting(
        first, meeting("2031-03-05", HEADS, "patroli gabungan", place="gedung wisma Melati")
    )
    assert not one_meeting(first, meeting("2031-03-05", HEADS, "patroli gabungan"))
    assert not one_meeting(first, meeting("2031-03-06", HEADS, "patroli gabungan"))
    assert not one_meeting(
        first, meeting("2031-03-05", {"Sekar Arum": LAPAS, "Danu Wisesa": POLRES})
    )


def test_one_round_of_visits_is_as_many_meetings_as_hosts(run: Run) -> None:
    guests = {"Laras Wening": "Pemerintah Kota Wanatirta", "Danu Wisesa": POLRES}
    visits = [
        meeting(day, guests | {f"Tuan Rumah {name}": f"Masjid {name}"}, "safari malam")
        for day, name in (("2031-03-04", "Satu"), ("2031-03-05", "Dua"), (None, "Tiga"))
    ]
    links = run(*(article(f"a{i}", visit) for i, visit in enumerate(visits))).links
    assert len({key for link in links.values() for key in link.meetings}) == 3


def test_meetings_that_one_article_tells_apart_stay_apart(run: Run) -> None:
    twice = [meeting("2031-03-04", HEADS, topic) for topic in ("patroli", "patroli")]
    link = run(article("a", *twice)).links["a"]
    assert len(set(link.meetings)) == 2


def test_a_meeting_key_is_the_day_and_content_of_the_first_report(run: Run) -> None:
    first = article("m", meeting("2031-03-04", HEADS, "patroli gabungan"))
    second = article(
        "a",
        meeting("2031-03-04", HEADS | {"Bayu Angin": "PT Tirta"}, "patroli"),
        published="2031-04-01",
    )
    (key,) = run(first).links["m"].meetings
    assert key.startswith("2031-03-04-")
    assert run(second, first).links["a"].meetings == (key,)


# Articles


def test_copies_are_found_though_cut_and_under_another_dateline() -> None:
    text = words(1)
    texts = {
        "copy": "Sukamaju, Warta - " + " ".join(text.split()[:90]),
        "other": words(2),
        "release": text,
        "second report": " ".join(text.split()[:25]) + " " + words(3),
        "short": "Selamat hari raya.",
        "short too": "Selamat hari raya.",
    }
    articles = [
        Article(name, name, body, f"2031-03-{i + 10}")
        for i, (name, body) in enumerate(texts.items())
    ]
    assert near_duplicates(articles).first == {"copy": "copy", "release": "copy"}
    next_year = [replace(a, published="2032-03-10") if a.id == "release" else a for a in articles]
    assert near_duplicates(next_year).first == {}


def test_a_release_that_went_everywhere_is_one() -> None:
    text = words(1)
    articles = [Article(f"a{i:03}", "", f"{words(i, 5)} {text}") for i in range(120)]
    assert set(near_duplicates(articles).first.values()) == {"a000"}
    assert len(near_duplicates(articles).first) == 120


# The whole


@st.composite
def _worlds(draw: st.DrawFn) -> list[Extraction]:
    people = [
        "Laras Wening",
        "Laras R. Wening",
        "Laras Rinjani Wening",
        "Laras",
        "Danu Wisesa",
        "Danu",
    ]
    agencies = [
        LAPAS,
        "Lapas Wanatirta",
        POLRES,
        "Dinas Pasar Kota Wanatirta",
        "Pemerintah Kota Wanatirta",
    ]
    posts = ["Kepala", "Ketua", "Pelaksana Tugas Kepala", None]
    days = ["2031-03-04", "2031-03-05", "2031-05-01", None]
    world = []
    for i in range(draw(st.integers(2, 8))):
        stated: list[Official | Meeting] = [
            official(
                draw(st.sampled_from(people)),
                draw(st.sampled_from([*agencies, None])),
                draw(st.sampled_from(posts)),
            )
            for _ in range(draw(st.integers(1, 3)))
        ]
        took_part = {
            o.person: draw(st.sampled_from(agencies)) for o in stated if isinstance(o, Official)
        }
        took_part["Tirta"] = draw(st.sampled_from(agencies))
        if len(set(took_part.values())) > 1:
            topic = draw(st.sampled_from(["patroli", "hari raya"]))
            stated.append(meeting(draw(st.sampled_from(days)), took_part, topic))
        world.append(article(f"a{i}", *stated, published=draw(st.sampled_from(days))))
    return world


@settings(deadline=None, max_examples=60)
@given(_worlds(), st.randoms(use_true_random=False))
def test_the_order_of_articles_is_no_matter(
    run: Run, world: list[Extraction], rng: random.Random
) -> None:
    shuffled = rng.sample(world, len(world))
    first, second = run(*world), run(*shuffled)
    assert first == second
    assert json.dumps(clusters(first, world)) == json.dumps(clusters(second, shuffled))
    assert list(first.persons) == list(second.persons) == sorted(first.persons)
    for links in first.links.values():
        assert set(links.persons.values()) <= first.persons.keys()
        assert set(links.agencies.values()) <= first.agencies.keys()


def test_every_join_says_by_which_rule(run: Run) -> None:
    patrol = meeting("2031-03-04", HEADS, "patroli")
    resolution = run(
        article("a", official("Laras Rinjani Wening", "Lapas Wanatirta"), patrol),
        article("b", official("Laras R. Wening", LAPAS), patrol),
    )
    key = resolution.links["a"].persons["Laras Rinjani Wening"]
    joins = {(join.left.partition(":")[0], join.rule): join for join in resolution.joins}
    assert joins["person", "variant-in-one-agency"] == Join(
        key, "person:a#Laras Rinjani Wening", "person:b#Laras R. Wening", "variant-in-one-agency"
    )
    assert joins["agency", "short-form-of-the-only-fuller-one"].thing == slug(LAPAS)
    assert joins["meeting", "reports-of-one-meeting"].why == (
        "same day +3, people +2, kind +1, topics +2"
    )
    # One join less than mentions, for each person.
    mentions = sum(len(names.persons) for names in resolution.links.values())
    of_persons = [join for join in resolution.joins if join.left.startswith("person:")]
    assert len(of_persons) == mentions - len(resolution.persons)


def test_clusters_list_every_mention_once(run: Run) -> None:
    world = [article("a", official("Laras Wening", LAPAS), meeting("2031-03-04", HEADS))]
    found = clusters(run(*world), world)
    assert found["persons"] == [[["a", "Danu Wisesa"]], [["a", "Laras Wening"]]]
    assert found["organizations"] == [[["a", LAPAS]], [["a", POLRES]]]
    assert found["meetings"] == [[["a", 0]]]
    assert found["meeting_organizations"] == {"a": [[LAPAS, POLRES]]}


def test_a_person_may_be_called_as_an_agency_is(run: Run) -> None:
    links = run(article("a", official("Laras", "Laras"))).links["a"]
    assert (links.persons, links.agencies) == ({"Laras": "laras.laras"}, {"Laras": "laras"})


def test_two_articles_of_one_id_are_refused(run: Run) -> None:
    with pytest.raises(InputError, match="have the id 'a'"):
        run(article("a"), article("a", text="Berita lain."))
    assert run(article("a"), article("a")).links.keys() == {"a"}
