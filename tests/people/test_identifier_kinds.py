"""Identifiers are read as people write them, and what cannot be one is refused in a sentence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldthread.invented.children import pupil_number
from goldthread.people import identifiers
from goldthread.people.identifiers import KINDS, check, guesses, nhs_check_digit, uln_check_digit, upn_check_letter


@pytest.mark.parametrize(
    ("kind", "text", "value", "shown"),
    [
        ("nhs-number", "943 476 5919", "9434765919", "943 476 5919"),  # the example of the public description
        ("nhs-number", " 401-023-2137 ", "4010232137", "401 023 2137"),
        ("nhs-number", "４０１０２３２１３７", "4010232137", "401 023 2137"),
        ("upn", "x00180001701a", "X00180001701A", "X00180001701A"),  # a temporary one, as schools' guides show it
        ("upn", "P 2070 0001 6049", "P207000016049", "P207000016049"),
        ("former-upn", "X00180001701A", "X00180001701A", "X00180001701A"),
        ("uln", "1000000043", "1000000043", "1000000043"),
        ("local-child-id", "gt0000001", "GT0000001", "GT0000001"),
        ("other-local-child-id", " ab/12  (moorside) ", "AB/12 (MOORSIDE)", "AB/12 (MOORSIDE)"),
        ("home-office", "a 1234567/1", "A1234567/1", "A1234567/1"),
        ("unique-application", "1234-5678 9012 3456", "1234567890123456", "1234-5678-9012-3456"),
        ("pnc", "2019/0000123X", "2019/0000123X", "2019/123X"),
        ("national-insurance", "ab 12 34 56 c", "AB123456C", "AB 12 34 56 C"),
        ("prison", "a1234bc", "A1234BC", "A1234BC"),
        ("probation", "x123456", "X123456", "X123456"),
        ("police", "inc 42/1234/26", "INC 42/1234/26", "INC 42/1234/26"),
    ],
)
def test_what_is_written_in_any_way_is_kept_in_one(kind: str, text: str, value: str, shown: str) -> None:
    verdict = check(kind, text)
    assert (verdict.fault, verdict.value, verdict.shown) == ("", value, shown)


@pytest.mark.parametrize(
    ("kind", "text", "says"),
    [
        ("nhs-number", "943 476 591", "has 10 digits; this has 9"),
        ("nhs-number", "943 476 591X", "digits only"),
        ("nhs-number", "943 476 9519", "last digit does not agree"),
        ("nhs-number", "111 111 1111", "last digit does not agree"),
        ("nhs-number", "", "digits only"),
        ("upn", "Q20700001604", "has 13 characters; this has 12"),
        ("upn", "B207000016049", "first letter does not agree"),
        ("upn", "S207000016049", "never I, O or S"),
        ("upn", "Q2070000160X9", "digits from its second to its twelfth"),
        ("upn", "Q20700001604S", "other than I, O and S"),
        ("upn", "A999000016049", "999, are the number of no authority"),
        ("uln", "1000000042", "does not agree"),
        ("uln", "9999999999", "learner without a number"),
        ("local-child-id", "A-1", "nothing else"),
        ("local-child-id", "A" * 21, "at most 20"),
        ("pnc", "2019/123A", "letter does not agree"),
        ("pnc", "A1234567", "a year, a stroke"),
        ("national-insurance", "GB123456A", "from A to D"),
        ("police", " — ", "Enter the reference"),
        ("police", "7" * 41, "at most 40"),
    ],
)
def test_what_cannot_be_one_is_refused_in_a_sentence(kind: str, text: str, says: str) -> None:
    fault = check(kind, text).fault
    assert says in fault and fault.endswith(".")


@pytest.mark.parametrize(
    ("kind", "text", "says"),
    [
        ("nhs-number", "999 123 4578", "kept for tests"),
        ("nhs-number", "0101010133", "Scotland"),
        ("upn", "X00180001701A", "temporary"),
    ],
)
def test_what_looks_odd_is_kept_with_a_doubt(kind: str, text: str, says: str) -> None:
    verdict = check(kind, text)
    assert not verdict.fault and says in verdict.doubt


def test_a_former_pupil_number_may_have_been_the_temporary_one() -> None:
    assert check("former-upn", "X00180001701A").doubt == ""


@given(st.integers(min_value=1, max_value=20_000_000))
def test_pupil_numbers_made_elsewhere_in_the_project_hold(number: int) -> None:
    assert check("upn", pupil_number(number)).fault == ""


@given(st.text("0123456789", min_size=9, max_size=9), st.integers(0, 8), st.integers(1, 9))
def test_one_wrong_digit_never_goes_unnoticed(nine: str, place: int, by: int) -> None:
    for kind, digit_of in (("nhs-number", nhs_check_digit), ("uln", uln_check_digit)):
        digit = digit_of(nine)
        if digit is None or nine == str(digit) * 9 or nine + str(digit) == "9999999999":
            continue
        assert check(kind, nine + str(digit)).fault == ""
        wrong = nine[:place] + str((int(nine[place]) + by) % 10) + nine[place + 1 :] + str(digit)
        assert check(kind, wrong).fault
    rest = "820" + nine
    wrong = rest[: 3 + place] + str((int(nine[place]) + by) % 10) + rest[4 + place :]
    assert check("upn", upn_check_letter(rest) + rest).fault == ""
    # Weights 2 to 13 times 1 to 9 are never a multiple of 23.
    assert check("upn", upn_check_letter(rest) + wrong).fault


@given(st.text("0123456789", min_size=9, max_size=9), st.integers(0, 7))
def test_two_digits_that_changed_places_never_go_unnoticed(nine: str, place: int) -> None:
    digit = nhs_check_digit(nine)
    turned = nine[:place] + nine[place + 1] + nine[place] + nine[place + 2 :]
    if digit is not None and turned != nine:
        assert check("nhs-number", turned + str(digit)).fault


@given(st.sampled_from(sorted(KINDS)), st.text(max_size=80))
def test_any_text_gets_a_verdict_and_what_is_kept_holds_again(kind: str, text: str) -> None:
    verdict = check(kind, text)
    assert len(verdict.value) <= identifiers.LONGEST * 18  # one character may stand for several
    if not verdict.fault:
        assert check(kind, verdict.value) == verdict
        assert check(kind, verdict.shown) == verdict


def test_a_megabyte_or_a_broken_character_is_only_refused() -> None:
    for text in ("1" * 1_000_000, "\ud800", "\x00", "\u202e123"):
        assert all(kind.check(text).fault for code, kind in KINDS.items() if code == "nhs-number")
    assert "at most 40" in check("police", "1" * 1_000_000).fault


def test_a_searched_number_is_taken_for_all_that_it_can_be() -> None:
    found = {kind.code for kind, _ in guesses("943 476 5919")}
    assert "nhs-number" in found and "upn" not in found
