"""Agreement of person names. All persons are invented."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sinergi.graph.resolution.names import Fit, compare, parse
from sinergi.graph.spelling import one_slip


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Soetedjo Wirya", "Sutejo Wirya"),
        ("Achmad Syafril", "Ahmad Safril"),
        ("Muh. Tirta Wana", "Mochammad Tirta Wana"),
        ("Mohd. Tirta", "Muhamad Tirta"),
        ("Laras Nur Wening", "Laras Nurwening"),
        ("Arief Rachmadhi", "Arif Rahmadi"),
        ("Taofik Hanafi Ghozi", "Taofik Hanapi Gozi"),
        ("Danu Wisesa, ", "Danu  Wisesa"),
    ],
)
def test_spellings_of_one_name_are_the_same(left: str, right: str) -> None:
    agreement = compare(parse(left), parse(right))
    assert agreement is not None
    assert agreement.fit is Fit.SAME


@pytest.mark.parametrize(
    ("left", "right", "solid"),
    [
        ("Laras R. Wening", "Laras Rinjani Wening", 2),
        ("M. Tirta Wana", "Muhammad Tirta Wana", 2),
        ("Tirta Wana", "Muhammad Tirta Wana", 2),
        ("I Wayan Tirta", "Wayan Tirta", 2),
        ("Wening Laras", "Laras Wening", 2),
        ("Laras Kinanti", "Laras Kinantu", 2),
        ("Abdul Wening", "Adul Wening", 2),
    ],
)
def test_initials_particles_order_and_one_slip_make_variants(
    left: str, right: str, solid: int
) -> None:
    agreement = compare(parse(left), parse(right))
    assert agreement is not None
    assert (agreement.fit, agreement.solid) == (Fit.VARIANT, solid)


def test_a_left_out_part_is_told_apart_from_a_variant() -> None:
    shortened = compare(parse("Laras Wening"), parse("Laras Wening Kinanti"))
    assert shortened is not None
    assert (shortened.fit, shortened.front) == (Fit.PART, False)
    # She who adds her husband's name is not her husband.
    wife = compare(parse("Danu Wisesa"), parse("Kinanti Danu Wisesa"))
    assert wife is not None
    assert wife.front


def test_a_nickname_in_brackets_stands_for_the_name() -> None:
    name = parse("Laras Wening (Yayuk)")
    assert name.parts == ("laras", "wening")
    assert compare(parse("Yayuk"), name) is not None
    for left, right in (("Yayuk Wening", name), (name, "Yayuk Wening")):
        pair = (parse(n) if isinstance(n, str) else n for n in (left, right))
        agreement = compare(*pair)
        assert agreement is not None and (agreement.fit, agreement.solid) == (Fit.VARIANT, 2)
    assert compare(name, parse("Yayuk Kinanti")) is None
    assert compare(name, parse("Laras Yayuk Wening")) is not None


def test_other_names_are_nicknames_where_they_are_one_part_and_not_of_the_name() -> None:
    name = parse("Laras Wening").called(("Yayuk", "Laras", "Ibu Yayuk", "L.", "Muh."))
    assert name.nicknames == ("iaiuk",)
    assert parse("Laras Wening").called(("Laras",)) is parse("Laras Wening")


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Laras Wening", "Laras Kinanti"),
        ("Andi", "Ardi"),
        ("Laras Hadi", "Laras Jadi"),
        ("L. W.", "Laras Wening"),
        ("Muhammad", "Muhammad Tirta"),
        ("Tirto", "Wana Tirta"),
        ("", "Laras"),
    ],
)
def test_other_names_do_not_agree(left: str, right: str) -> None:
    assert compare(parse(left), parse(right)) is None


_NAMES = st.lists(
    st.sampled_from(
        ["Laras", "Wening", "Weninng", "Tirta", "Tirtha", "M.", "L", "Muh", "I", "Nur"]
    ),
    min_size=1,
    max_size=4,
).map(" ".join)


@given(_NAMES, _NAMES)
def test_agreement_is_symmetric(left: str, right: str) -> None:
    assert compare(parse(left), parse(right)) == compare(parse(right), parse(left))


@given(st.text("abc", min_size=1, max_size=6), st.data())
def test_one_slip_knows_every_single_edit(word: str, data: st.DataObject) -> None:
    i = data.draw(st.integers(0, len(word) - 1))
    assert one_slip(word, word[:i] + word[i + 1 :])
    assert one_slip(word[:i] + "x" + word[i:], word)
    assert one_slip(word, word[:i] + "x" + word[i + 1 :])
    assert one_slip(word, word[:i] + word[i + 1 : i + 2] + word[i] + word[i + 2 :])
    assert not one_slip(word, "xy" + word)
