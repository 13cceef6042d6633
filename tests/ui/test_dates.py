"""A date keeps what was typed, and says which part to mend."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldthread.ui import forms
from goldthread.ui.forms.dates import wrong_parts
from goldthread.ui.forms.errors import links, raised

ON = date(2026, 4, 1)


class Visit(forms.Form):
    seen = forms.DateField("The day she was seen", missing="Enter the day she was seen", past=True)
    next = forms.DateField("The next visit", future=True)


def visit(day: str, month: str, year: str) -> Visit:
    return Visit({"seen_day": day, "seen_month": month, "seen_year": year}, on=ON)


@pytest.mark.parametrize("month", ["3", "03", "March", "mar", "MARCH"])
def test_a_date_is_read_with_its_month_as_number_or_name(month: str) -> None:
    form = visit(" 27 ", month, "2026")
    assert form.is_valid(), form.errors
    assert form.cleaned_data == {"seen": date(2026, 3, 27), "next": None}


@pytest.mark.parametrize(
    ("parts", "sentence", "wrong"),
    [
        (("", "", ""), "Enter the day she was seen", ["day", "month", "year"]),
        (("27", "", "2026"), "The day she was seen must include a month", ["month"]),
        (("", "", "2026"), "The day she was seen must include a day and month", ["day", "month"]),
        (("32", "3", "2026"), "The day she was seen must be a real date, like 27 3 2019", ["day"]),
        (("29", "2", "2026"), "The day she was seen must be a real date, like 27 3 2019", ["day"]),
        (("1", "13", "2026"), "The day she was seen must be a real date, like 27 3 2019", ["month"]),
        (("x", "y", "2026"), "The day she was seen must be a real date, like 27 3 2019", ["day", "month"]),
        (("1", "3", "26"), "The day she was seen: the year must have 4 figures, like 2019", ["year"]),
        (("1", "3", "1899"), "The day she was seen must be 1 January 1900 or later", ["day", "month", "year"]),
        (("2", "4", "2026"), "The day she was seen must be today or in the past", ["day", "month", "year"]),
        (("\u0663", "3", "2026"), "The day she was seen must be a real date, like 27 3 2019", ["day"]),
        (("9" * 5000, "3", "2026"), "The day she was seen must be a real date, like 27 3 2019", ["day"]),
    ],
)
def test_an_error_says_what_to_mend_and_links_to_the_first_wrong_box(
    parts: tuple[str, str, str], sentence: str, wrong: list[str]
) -> None:
    form = visit(*parts)
    assert form.errors["seen"] == [sentence]
    assert wrong_parts(raised(form["seen"])) == wrong
    assert links(form) == [{"text": sentence, "href": f"#id_seen_{wrong[0]}"}]


def test_what_was_typed_stays_in_the_boxes_and_only_the_wrong_one_is_red() -> None:
    said = visit("31", "Februray", "2026")["seen"].as_field_group()
    assert 'value="31"' in said
    assert 'value="Februray"' in said
    assert said.count("govuk-input--error") == 1
    month = said[said.index('id="id_seen_month"') - 200 : said.index('id="id_seen_month"')]
    assert "govuk-input--error" in month


def test_a_date_that_was_set_beforehand_is_shown_in_three_boxes() -> None:
    said = Visit(initial={"seen": date(2026, 3, 7)}, on=ON)["seen"].as_field_group()
    assert all(f'value="{part}"' in said for part in ("7", "3", "2026"))


def test_a_day_before_today_cannot_be_planned() -> None:
    form = Visit(
        {"seen_day": "1", "seen_month": "4", "seen_year": "2026"}
        | {"next_day": "31", "next_month": "3", "next_year": "2026"},
        on=ON,
    )
    assert form.errors == {"next": ["The next visit must be today or in the future"]}


def test_a_form_that_compares_with_today_must_be_told_the_day() -> None:
    form = Visit({"seen_day": "1", "seen_month": "4", "seen_year": "2026"})
    with pytest.raises(LookupError, match="was not told which day it is"):
        form.is_valid()


@given(st.dates(min_value=date(1900, 1, 1), max_value=ON))
def test_every_date_that_is_typed_is_the_date_that_is_read(when: date) -> None:
    form = visit(str(when.day), str(when.month), str(when.year))
    assert form.is_valid(), form.errors
    assert form.cleaned_data["seen"] == when


TEXT = st.text(st.characters(codec=None), max_size=6)


@given(TEXT, TEXT, TEXT)
def test_no_text_in_the_boxes_is_a_fault_of_ours(day: str, month: str, year: str) -> None:
    form = visit(day, month, year)
    form.is_valid()
    str(form).encode("utf-8")
