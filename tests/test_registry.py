"""The registry: sound tables; names become the right agencies with the right parents."""

import csv
import pickle
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sinergi.graph.errors import RegistryError
from sinergi.graph.registry import Registry
from sinergi.graph.registry.names import normal, slug, tokenize

REGISTRY = Registry.load()


def named(name: str) -> str:
    return REGISTRY.identify(name).name


def above(name: str) -> list[str]:
    return [agency.name for agency in REGISTRY.ancestors(REGISTRY.identify(name))]


def test_regions_are_those_of_the_decree() -> None:
    count = dict.fromkeys(("provinsi", "kabupaten", "kota", "kecamatan"), 0)
    for region in REGISTRY.regions.values():
        count[region.kind] += 1
    assert count == {"provinsi": 38, "kabupaten": 416, "kota": 98, "kecamatan": 7285}
    assert REGISTRY.regions["94.04"].label == "Kabupaten Mimika"  # Papua Tengah since 2022
    assert REGISTRY.regions["94.04"].parent == "94"


def test_every_agency_reaches_its_trunk() -> None:
    for key in REGISTRY.agencies:
        agency = REGISTRY.agency(key)
        chain = REGISTRY.ancestors(agency)
        assert (chain[0].key if chain else None) == agency.parent
        assert len({a.key for a in (agency, *chain)}) == len(chain) + 1
        assert not chain or chain[-1].parent is None


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("Lembaga Pemasyarakatan Klas II A Cibinong", "Lapas Kelas IIA Cibinong"),
        ("Lapas Kelas IIA Perempuan Tangerang", "Lapas Perempuan Kelas IIA Tangerang"),
        ("Kepolisian Resort Wonosobo", "Polres Wonosobo"),
        ("Polda Jateng", "Polda Jawa Tengah"),
        ("Kepolisian Daerah Provinsi Jawa Tengah", "Polda Jawa Tengah"),
        ("Pemkab Wonosobo", "Pemerintah Kabupaten Wonosobo"),
        ("Pemkot Solo", "Pemerintah Kota Surakarta"),
        ("Pemprov DIY", "Pemerintah Provinsi Daerah Istimewa Yogyakarta"),
        ("Pemerintah Daerah Istimewa Yogyakarta", named("Pemprov DIY")),
        ("DPRD Kab. Wonosobo", "Dewan Perwakilan Rakyat Daerah Kabupaten Wonosobo"),
        ("Diskominfo Wonosobo", "Dinas Komunikasi dan Informatika Kabupaten Wonosobo"),
        ("BNNP Jateng", "Badan Narkotika Nasional Provinsi Jawa Tengah"),
        ("BNNK Surabaya", "Badan Narkotika Nasional Kota Surabaya"),
        ("Kodim 0707 Wonosobo", "Kodim 0707/Wonosobo"),
        ("Kejari Kota Batu", "Kejaksaan Negeri Batu"),
        ("SMAN 1 Wonosobo", "SMA Negeri 1 Wonosobo"),
        ("Kementerian Agama RI", "Kementerian Agama"),
        ("Kemenag Wonosobo", "Kantor Kementerian Agama Kabupaten Wonosobo"),
        ("Satpol PP & Damkar Kota Tegal", named("Satpol PP dan Damkar Kota Tegal")),
        ("Paguyuban Seribu Angin", "Paguyuban Seribu Angin"),
    ],
)
def test_written_forms_of_one_name(written: str, canonical: str) -> None:
    assert named(written) == canonical
    assert REGISTRY.identify(written) == REGISTRY.identify(canonical)


def test_twin_regions_stay_two() -> None:
    regency, city = REGISTRY.identify("Polres Kediri"), REGISTRY.identify("Polres Kediri Kota")
    assert (regency.region, city.region) == ("35.06", "35.71")
    assert regency.key != city.key
    assert REGISTRY.identify("Kejari Kabupaten Malang").region == "35.07"
    assert REGISTRY.identify("Kejaksaan Negeri Kota Malang").region == "35.73"
    # An office of government says 'Kota'; a prison stands in the town.
    assert REGISTRY.identify("Dinas Kesehatan Tangerang").region == "36.03"
    assert REGISTRY.identify("Lapas Kelas I Tangerang").region == "36.71"


def test_parents_follow_from_kind_and_place() -> None:
    assert above("Polsek Kalikajar")[:2] == ["Polres Wonosobo", "Polda Jawa Tengah"]
    assert above("Polsek Purwokerto Timur")[0] == "Polresta Banyumas"
    assert above("Polres Tangerang Selatan")[0] == "Polda Metro Jaya"
    assert above("Koramil 08/Kalikajar")[:3] == [
        "Kodim 0707/Wonosobo",
        "Korem 072/Pamungkas",
        "Kodam IV/Diponegoro",
    ]
    assert above("Lapas Perempuan Kelas IIA Tangerang")[:3] == [
        "Kantor Wilayah Direktorat Jenderal Pemasyarakatan Banten",
        "Direktorat Jenderal Pemasyarakatan",
        "Kementerian Imigrasi dan Pemasyarakatan",
    ]
    assert above("Dinas Kesehatan Kabupaten Wonosobo") == [
        "Pemerintah Kabupaten Wonosobo",
        "Pemerintah Provinsi Jawa Tengah",
    ]
    assert above("Pengadilan Negeri Wonosobo") == ["Pengadilan Tinggi Semarang", "Mahkamah Agung"]


def test_districts_of_one_name_stay_open_unless_something_says_which() -> None:
    assert REGISTRY.identify("Kecamatan Sukoharjo").region is None
    told = REGISTRY.identify("Kecamatan Sukoharjo", near="33.07")
    assert told == REGISTRY.identify("Kecamatan Sukoharjo, Kabupaten Wonosobo")
    assert told.name == "Kecamatan Sukoharjo Kabupaten Wonosobo"
    assert told.parent == "pemerintah-kabupaten-wonosobo"
    # 'Tanah Abang' is two districts, and neither is 'Abang' in Bali.
    assert REGISTRY.identify("Polsek Metro Tanah Abang").region is None


def test_unknown_names_are_kept() -> None:
    agency = REGISTRY.identify("  Sekber   Angin Timur ")
    assert (agency.name, agency.key) == ("Sekber Angin Timur", "sekber-angin-timur")
    assert (agency.kind, agency.parent, agency.region) == (None, None, None)
    assert REGISTRY.identify("— …").key == "unnamed"


def test_stem_leaves_class_and_number_out() -> None:
    assert REGISTRY.stem("Lapas Kelas IIB Wonosobo") == REGISTRY.stem("Lapas Wonosobo")
    assert REGISTRY.stem("Lapas Wonosobo") != REGISTRY.stem("Rutan Wonosobo")


def test_normal_form() -> None:
    assert normal("Lapas Klas II A D.I. Yogyakarta") == "lapas kelas iia di yogyakarta"
    assert normal("Mahkamah Syar’iyah") == normal("Mahkamah Syar'iyah")
    assert slug("Kodim 0707/Wonosobo") == "kodim-0707-wonosobo"


def test_ministries_that_split() -> None:
    change = REGISTRY.successions["kemenkumham-2024"]
    assert change.date == "2024-10-21"
    assert set(change.successors) == {"kemenkum", "kemenham", "kemenimipas"}
    assert REGISTRY.agency("kemenkumham").name == "Kementerian Hukum dan Hak Asasi Manusia"


def test_explain() -> None:
    (entry,) = REGISTRY.explain("Kasi Kamtib")
    assert entry.meaning == "Kepala Seksi Keamanan dan Ketertiban"
    facts = dict(entry.facts)
    assert "Lapas" in facts["in"].split(", ")
    assert facts["reports to"] == "Kalapas"
    (former,) = REGISTRY.explain("Kemenkumham")
    assert "Kementerian Imigrasi dan Pemasyarakatan" in dict(former.facts)["succeeded by"]
    (made,) = REGISTRY.explain("Rutan Kelas IIB Temanggung")
    assert (made.table, made.form) == ("identified", "Rutan Kelas IIB Temanggung")
    assert dict(made.facts)["in"] == "Kabupaten Temanggung"
    (composed,) = REGISTRY.explain("Plt Kabid Karang Gigi")
    assert composed.meaning == "Pelaksana Tugas Kepala Bidang Karang Gigi"
    assert REGISTRY.explain("gemah ripah") == ()


def test_search_has_the_closest_first() -> None:
    found = REGISTRY.search("kementerian hukum", limit=5)
    assert found[0].meaning == "Kementerian Hukum"
    assert any(entry.form == "Kemenkumham" for entry in found)
    assert REGISTRY.search("  ") == ()


HEADS = sorted({form for kind in REGISTRY.kinds.values() for form in kind.forms})
PLACES = sorted({form for r in REGISTRY.regions.values() for form in (r.name, r.label, *r.aliases)})
MIDDLES = [
    "",
    "Kelas II B",
    "0707",
    "Kota",
    "Kabupaten",
    "Metro",
    "dan",
    "Negeri",
    "RI",
    "Kecamatan",
]
NAMES = st.lists(st.sampled_from(MIDDLES) | st.sampled_from(PLACES), max_size=3).flatmap(
    lambda tail: st.sampled_from(HEADS).map(lambda head: " ".join([head, *filter(None, tail)]))
)


@settings(max_examples=400, deadline=None)
@given(NAMES | st.text(max_size=30))
def test_a_canonical_name_names_its_own_agency(name: str) -> None:
    agency = REGISTRY.identify(name)
    assert agency.key and REGISTRY.identify(agency.name) == agency
    chain = REGISTRY.ancestors(agency)
    assert (chain[0].key if chain else None) == agency.parent
    assert len({a.key for a in (agency, *chain)}) == len(chain) + 1


@given(st.text(max_size=40))
def test_tokens_stand_in_the_text(text: str) -> None:
    end = 0
    for token in tokenize(text):
        assert end <= token.start < token.end <= len(text)
        assert token.form.isascii()
        end = token.end


KINDS = "key,name,full,aliases,scope,parent,sector,form,head,source\n"


def test_rows_of_the_user(tmp_path: Path) -> None:
    (tmp_path / "agency_kinds.csv").write_text(
        KINDS + "pos-angin,Pos Angin,Pos Pengamatan Angin,Posang,place,agency:bmkg,"
        "bencana,state,Kepala,own list\n"
    )
    (tmp_path / "agencies.csv").write_text(
        "key,name,aliases,kind,parent,sector,region,valid_from,valid_to,source\n"
        "bmkg,Badan Cuaca,BMKG,badan-nasional,presiden,bencana,,,,own list\n"
    )
    registry = Registry.load(tmp_path)
    agency = registry.identify("Posang Wonosobo")
    assert (agency.name, agency.region) == ("Pos Angin Wonosobo", "33.07")
    assert registry.ancestors(agency)[0].name == "Badan Cuaca"
    assert registry.version != REGISTRY.version
    assert named("Posang Wonosobo") == "Posang Wonosobo"


@pytest.mark.parametrize(
    ("table", "text", "rule"),
    [
        ("agency_kinds", "key,name\n", "the header is"),
        (
            "agency_kinds",
            KINDS + "x,X,,,lunar,,agama,state,Kepala,own\n",
            "line 2: scope is 'lunar'",
        ),
        (
            "agency_kinds",
            KINDS + "x,X,,,place,,laut,state,Kepala,own\n",
            "'laut' is not in sectors.csv",
        ),
        (
            "agency_kinds",
            KINDS + "x,X,,,place,polsekk,agama,state,Kepala,own\n",
            "not in agency_kinds",
        ),
        ("agency_kinds", KINDS + "x,X,,,place,x,agama,state,Kepala,own\n", "run in a circle"),
        (
            "agency_kinds",
            KINDS + "x,Polres,,,place,,agama,state,Kepala,own\n",
            "already one of kind",
        ),
        ("agency_kinds", KINDS + "x,X,,Ex=Exx,place,,agama,state,Kepala,own\n", "needs '=Exx'"),
        ("agency_kinds", KINDS + "x,X,,,place,,agama,state,Kepala,\n", "the source is empty"),
        ("agency_kinds", KINDS + "x,X,,,place,,agama,state,Kepala\n", "9 cells where"),
        (
            "agency_kinds",
            KINDS + "x,X,,,place,,agama,state,K,own\nx,Y,,,place,,agama,state,K,own\n",
            "line 3: key 'x' stands already in line 2",
        ),
        (
            "successions",
            "key,date,predecessors,successors,source\nx,2024-13-01,kemenkum,kemenham,own\n",
            "is no day",
        ),
        ("regions", "code,kind,name,parent,aliases,source\n33.99,kota,X,34,,own\n", "must be '33'"),
        ("towns", "a\n", "named after no table"),
    ],
)
def test_broken_rows_are_told(tmp_path: Path, table: str, text: str, rule: str) -> None:
    file = tmp_path / f"{table}.csv"
    file.write_text(text)
    with pytest.raises(RegistryError, match="(?s)" + rule.replace("(", r"\(")) as caught:
        Registry.load(file)
    assert str(file) in str(caught.value)


def test_no_such_file(tmp_path: Path) -> None:
    with pytest.raises(RegistryError, match="does not exist"):
        Registry.load(tmp_path / "nothing")
    with pytest.raises(RegistryError, match="holds no CSV file"):
        Registry.load(tmp_path)


def test_a_registry_can_be_sent_to_a_process() -> None:
    copy = pickle.loads(pickle.dumps(REGISTRY))
    assert copy.version == REGISTRY.version
    assert copy.identify("Polres Wonosobo") == REGISTRY.identify("Polres Wonosobo")


def test_tables_are_plain_csv() -> None:
    for path in sorted(Path(__file__).parents[1].joinpath("data").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            header, *rows = csv.reader(file, strict=True)
        assert "source" in header and rows, path.name
        assert all(len(row) == len(header) for row in rows), path.name
