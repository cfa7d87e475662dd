"""The registry's tables of titles: whole, free of contradictions, and what they say."""

import csv
from importlib import resources
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sinergi.graph.errors import RegistryError
from sinergi.graph.registry.people import PeopleTables, letters, load_people, normal_form


def _keys(table: str) -> set[str]:
    """The keys that a `kind` cell may name."""
    text = resources.files("sinergi.data").joinpath(f"{table}.csv").read_text(encoding="utf-8")
    return {row["key"] for row in csv.DictReader(text.splitlines())}


KNOWN = _keys("agency_kinds") | _keys("agencies")


@pytest.fixture(scope="module")
def people() -> PeopleTables:
    return load_people(known=KNOWN)


@pytest.mark.parametrize(
    ("form", "post", "kind", "head"),
    [
        ("Kapolres", "Kepala", "polres", True),
        ("Wakapolres", "Wakil Kepala", "polres", False),
        ("Kabag Ops", "Kepala Bagian Operasi", "polres", False),
        ("Kasatreskrim", "Kepala Satuan Reserse Kriminal", "polres", False),
        ("Kalapas", "Kepala", "lapas", True),
        ("Kasi Kamtib", "Kepala Seksi Keamanan dan Ketertiban", "lapas", False),
        ("Ka. KPLP", "Kepala Kesatuan Pengamanan Lapas", "lapas", False),
        ("Kajari", "Kepala", "kejari", True),
        ("Kasi Pidum", "Kepala Seksi Tindak Pidana Umum", "kejari", False),
        ("Dandim", "Komandan", "kodim", True),
        ("Danramil", "Komandan", "koramil", True),
        ("Bupati", "Bupati", "government", True),
        ("Walikota", "Wali Kota", "government", True),
        ("Wawako", "Wakil Wali Kota", "government", False),
        ("Sekda", "Sekretaris Daerah", "government", False),
        ("Kadinkes", "Kepala", "dinas-kesehatan", True),
        ("Kadis Kominfo", "Kepala", "dinas-kominfo", True),
        ("Kalaksa BPBD", "Kepala Pelaksana", "bpbd", True),
        ("Sekcam", "Sekretaris", "kecamatan", False),
        ("Kades", "Kepala Desa", "desa", True),
        ("Mendagri", "Menteri", "kemendagri", True),
        ("KSAL", "Kepala Staf", "tni-al", True),
    ],
)
def test_a_post_is_expanded_and_placed(
    people: PeopleTables, form: str, post: str, kind: str, head: bool
) -> None:
    (row,) = people.posts[normal_form(form)]
    assert (row.post, row.head) == (post, head)
    assert kind in row.kinds


def test_a_full_post_is_itself_a_form(people: PeopleTables) -> None:
    written = {normal_form(row.post) for rows in people.posts.values() for row in rows}
    assert written <= people.posts.keys()
    assert {normal_form(head.post) for head in people.post_heads.values()} <= set(people.post_heads)


def test_whole_and_composed_posts_agree(people: PeopleTables) -> None:
    """'Kasi Kamtib' in posts.csv says what 'Kasi' and 'Kamtib' say together."""
    contradictions, agreed = [], 0
    for form, rows in people.posts.items():
        first, _, rest = form.partition(" ")
        head, units = people.post_heads.get(first), people.units.get(rest, ())
        if head is None or not head.takes_unit:
            continue
        for row in rows:
            if row.post == head.post:
                continue  # 'Kepala PUPR' is of the whole Dinas
            near = [u for u in units if not u.kinds or set(u.kinds) & set(row.kinds)]
            if near and all(row.post != f"{head.post} {unit.unit}" for unit in near):
                contradictions.append((row.form, row.post, [unit.unit for unit in near]))
            agreed += bool(near)
    assert contradictions == []
    assert agreed > 100


def test_ranks_climb(people: PeopleTables) -> None:
    def climb(*forms: str) -> bool:
        orders = [people.ranks[normal_form(form)].order for form in forms]
        return orders == sorted(set(orders))

    assert climb("Bharada", "Bripka", "Aiptu", "Ipda", "AKP", "AKBP", "Kombes Pol", "Jenderal Pol")
    assert climb("Prada", "Serka", "Peltu", "Letda", "Mayor", "Letkol", "Kolonel", "Mayjen TNI")
    assert climb("Kolonel Laut", "Laksma TNI", "Laksda", "Laksamana Madya TNI", "Laksamana")
    assert climb("Penata Muda", "Penata Tk. I", "Pembina Tingkat I", "Pembina Utama Muda")
    assert climb("Ajun Jaksa", "Jaksa Pratama", "Jaksa Madya", "Jaksa Utama Pratama")


def test_each_rank_has_one_place_and_is_a_form(people: PeopleTables) -> None:
    places: dict[str, set[tuple[tuple[str, ...], int]]] = {}
    for row in people.ranks.values():
        places.setdefault(row.rank, set()).add((row.services, row.order))
    assert {rank: where for rank, where in places.items() if len(where) > 1} == {}
    # Alone they are common words ('Pembina Yayasan'), so they count only with their grade.
    bare = {"Juru", "Pengatur", "Penata", "Pembina"}
    assert {rank for rank in places if normal_form(rank) not in people.ranks} == bare


@pytest.mark.parametrize(
    ("form", "rank"),
    [
        ("Ajun Komisaris Besar Polisi", "AKBP"),
        ("KOMBESPOL", "Kombes Pol"),
        ("Komisaris Besar Polisi", "Kombes Pol"),
        ("Brigadir Jenderal TNI", "Brigjen TNI"),
        ("Letnan Kolonel", "Letkol"),
        ("Pembina (IV/a)", "Pembina"),
    ],
)
def test_a_rank_is_written_as_usual(people: PeopleTables, form: str, rank: str) -> None:
    assert people.ranks[normal_form(form)].rank == rank


def test_corps_follow_a_rank_with_or_without_brackets(people: PeopleTables) -> None:
    assert people.corps["inf"].label == people.corps["(inf)"].label == "Inf"
    assert people.corps["(p)"].services == ("navy",)
    assert "p" not in people.corps  # a lone letter is an initial


@pytest.mark.parametrize(
    ("written", "degree", "position"),
    [
        ("S.I.K", "S.I.K.", "suffix"),
        ("SIK.", "S.I.K.", "suffix"),
        ("M. Si", "M.Si.", "suffix"),
        ("M.Tr.(Han)", "M.Tr.(Han).", "suffix"),
        ("S.STP", "S.STP.", "suffix"),
        ("Sp.OG(K)", "Sp.OG(K).", "suffix"),
        ("Drs.", "Drs.", "prefix"),
        ("Ph.D", "Ph.D.", "suffix"),
        ("CFrA", "CFrA", "suffix"),
    ],
)
def test_a_degree_is_known_by_its_letters(
    people: PeopleTables, written: str, degree: str, position: str
) -> None:
    row = people.degrees[letters(written)]
    assert letters(row.degree) == letters(degree)
    assert position in row.positions


def test_degrees_that_are_other_words_are_marked(people: PeopleTables) -> None:
    assert all(people.degrees[form].ambiguous for form in ("ma", "se", "st", "ca", "sip", "map"))
    assert not any(people.degrees[form].ambiguous for form in ("msi", "sik", "spd", "phd"))


def test_modifiers_and_honorifics(people: PeopleTables) -> None:
    meanings = {form: people.post_modifiers[form].meaning for form in ("plt", "wakil", "mantan")}
    assert meanings == {"plt": "acting", "wakil": "deputy", "mantan": "former"}
    assert people.post_modifiers["pj"].modifier == "Penjabat"
    assert {"h", "hj", "kh", "bapak", "tuan guru"} <= people.honorifics.keys()
    # A noble title such as Raden is part of the name.
    assert not {"raden", "andi", "teuku"} & people.honorifics.keys()


@given(st.text(alphabet="AaKkPp.’' \t()12/-", max_size=20))
def test_normal_forms_are_stable(text: str) -> None:
    assert normal_form(normal_form(text)) == normal_form(text)
    assert letters(normal_form(text)) == letters(text)


def test_a_users_row_replaces_ours(tmp_path: Path) -> None:
    extra = tmp_path / "posts.csv"
    extra.write_text(
        "form,post,kind,head,source\n"
        "KAPOLRES,Kepala Kepolisian,,yes,our style\n"
        "Kabid Contoh,Kepala Bidang Contoh,,,our style\n",
        encoding="utf-8",
    )
    people = load_people(extra)
    assert [row.post for row in people.posts["kapolres"]] == ["Kepala Kepolisian"]
    assert people.posts["kabid contoh"][0].source == "our style"
    assert people.ranks == load_people().ranks


@pytest.mark.parametrize(
    ("table", "rows", "rule"),
    [
        ("posts", "form,post,kind,head,source\nKaco,Kepala,no-such-kind,,x\n", "line 2: kind"),
        ("posts", "form,post,kind,head,source\nKaco,,,,x\n", "line 2: post is empty"),
        ("posts", "form,post,kind,head,source\nKaco,A,bps,,x\nkaco,B,,,x\n", "line 3: 'kaco'"),
        ("ranks", "form,rank,service,order,source\nX,X,army,first,x\n", "order is 'first'"),
        ("ranks", "form,rank,service,order,source\nX,X,scouts,1,x\n", "service names 'scouts'"),
        ("degrees", "form,degree,position,ambiguous,source\nS.X,S.X.,suffix,,x\n", "'sx'"),
        ("honorifics", "form,source\nKi.,x\nki,x\n", "line 3: 'ki' stands already in line 2"),
    ],
)
def test_a_broken_row_is_named(tmp_path: Path, table: str, rows: str, rule: str) -> None:
    (tmp_path / f"{table}.csv").write_text(rows, encoding="utf-8")
    with pytest.raises(RegistryError, match=f"{table}.csv, line") as caught:
        load_people(tmp_path, known=KNOWN)
    assert rule in str(caught.value)
