"""Addresses that are one place are found as one, however they were written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldthread.people.addresses import Alike, Place, address_keys, alike, outward, place, postcode


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("ab1 2cd", "AB1 2CD"),
        ("AB12CD", "AB1 2CD"),
        ("  qx10  9zz ", "QX10 9ZZ"),
        ("w1a1hq", "W1A 1HQ"),
        ("AB1 OED", "AB1 0ED"),
        ("AB1 lED", "AB1 1ED"),
        ("gir 0aa", "GIR 0AA"),
    ],
)
def test_a_postcode_has_one_form_and_a_letter_typed_for_a_figure_is_put_right(text: str, value: str) -> None:
    read = postcode(text)
    assert (read.value, read.shown, read.fault) == (value, value, "")


def test_a_postcode_that_is_not_in_use_is_kept_with_a_doubt() -> None:
    assert "these letters" in postcode("AB1 2CD").doubt
    assert postcode("AB1 2ED").doubt == ""


@pytest.mark.parametrize(
    ("text", "says"),
    [("AB1", "first half"), ("", "whole postcode"), ("ABC 123", "whole postcode"), ("A" * 1_000_000, "whole postcode")],
)
def test_what_is_no_whole_postcode_is_refused(text: str, says: str) -> None:
    assert says in postcode(text).fault


def test_the_first_half_of_a_postcode_is_enough_to_look_nearby() -> None:
    assert [outward(text) for text in ("AB1 2CD", "ab1", "QX10", "no")] == ["AB1", "AB1", "QX10", ""]


@pytest.mark.parametrize(
    ("lines", "code", "taken"),
    [
        ("14 High Street\nThornby", "AB1 2CD", Place("", "14", "", "high street", "AB1 2CD")),
        ("14, High St., Thornby, AB1 2CD", "", Place("", "14", "", "high street", "AB1 2CD")),
        ("Flat 2, 14 High St", "AB1 2CD", Place("2", "14", "", "high street", "AB1 2CD")),
        ("Flat 2 14 High St", "AB1 2CD", Place("2", "14", "", "high street", "AB1 2CD")),
        ("2/14 High St", "AB1 2CD", Place("2", "14", "", "high street", "AB1 2CD")),
        ("Apt. 3B, The Maltings, 9 Mill Ln", "AB1 2CD", Place("3b", "9", "the maltings", "mill lane", "AB1 2CD")),
        ("First floor flat, 14 High St", "AB1 2CD", Place("first floor flat", "14", "", "high street", "AB1 2CD")),
        ("14B St Anne's Rd", "", Place("", "14b", "", "saint annes road", "")),
        ("12-14 Long Row", "", Place("", "12-14", "", "long row", "")),
        ("The Old Rectory\nChurch Lane", "AB1 2CD", Place("", "", "the old rectory", "church lane", "AB1 2CD")),
        ("", "", Place("", "", "", "", "")),
    ],
)
def test_an_address_is_taken_apart(lines: str, code: str, taken: Place) -> None:
    assert place(lines, code) == taken


@pytest.mark.parametrize(
    ("one", "other", "how"),
    [
        (("Flat 2, 14 High St", "ab12cd"), ("2/14, High Street, Thornby", "AB1 2CD"), Alike.SAME),
        (("Flat 2, 14 High St", "AB1 2CD"), ("Flat 3, 14 High St", "AB1 2CD"), Alike.SAME_HOUSE),
        (("14 High St", "AB1 2CD"), ("Flat 3, 14 High St", "AB1 2CD"), Alike.SAME_HOUSE),
        (("14 High St", "AB1 2CD"), ("16 High St", "AB1 2CD"), Alike.SAME_POSTCODE),
        (("14 High St", ""), ("14 High Street", "AB1 2CD"), Alike.SAME_STREET_AND_NUMBER),
        (("Rose Cottage, Mill Ln", ""), ("Rose Cottage", "AB1 2CD"), Alike.SAME_STREET_AND_NUMBER),
    ],
)
def test_two_addresses_are_alike_in_words(one: tuple[str, str], other: tuple[str, str], how: Alike) -> None:
    first, second = place(*one), place(*other)
    found = alike(first, second)
    assert found is not None and found[0] is how
    assert alike(second, first) == found


def test_two_addresses_in_different_places_are_not_alike() -> None:
    assert alike(place("14 High St", "AB1 2CD"), place("14 Mill Lane", "AB1 2CE")) is None
    assert alike(place("", ""), place("", "")) is None


LINES = st.builds(
    "{}{} {}{}".format,
    st.sampled_from(["", "Flat 2, ", "2/", "Rose House, "]),
    st.integers(1, 30),
    st.sampled_from(["High St", "High Street", "Mill Lane", "The Green", "Station Rd"]),
    st.sampled_from(["", "\nThornby", ", Thornby"]),
)
CODES = st.sampled_from(["", "AB1 2CD", "ab12cd", "AB1 2CE"])


@given(LINES, CODES, LINES, CODES)
def test_addresses_that_are_alike_share_a_key(one: str, code: str, other: str, other_code: str) -> None:
    first, second = place(one, code), place(other, other_code)
    if alike(first, second):
        assert address_keys(first) & address_keys(second)


@given(st.text(max_size=120), st.text(max_size=12))
def test_any_text_can_be_taken_apart(lines: str, code: str) -> None:
    address_keys(place(lines, code))
