"""Each field takes what a person may mean, and says every error as a sentence."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest
from django import forms as django_forms
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from goldthread.ui import forms

ANY_TEXT = st.text(st.characters(codec=None), max_size=60)  # every code point, halves of characters too


def refused(field: django_forms.Field, value: Any) -> str:
    """What a field says when it refuses a value."""
    with pytest.raises(ValidationError) as caught:
        field.clean(value)
    return str(caught.value.messages[0])


WORDS = forms.TextField("The reason", missing="Say why", longest=20)
LINES = forms.LongTextField("What she said", longest=20)


def test_text_is_kept_in_one_normal_form_and_trimmed() -> None:
    assert WORDS.clean("  Zoe\u0308\n ") == "Zo\u00eb"
    assert WORDS.clean("a\r\n b\tc") == "a  b c"


def test_lines_end_in_lf_whatever_was_pasted() -> None:
    assert LINES.clean("a\r\nb\rc\x0bd\u2028e\tf") == "a\nb\nc\nd\ne\tf"


@pytest.mark.parametrize("bad", ["a\x00b", "\ud800", "a\x1b[31m", "\x9b", "\uffff"])
@pytest.mark.parametrize("field", [WORDS, LINES, forms.PassphraseField("Your password", missing="Enter it")])
def test_what_cannot_be_kept_is_refused_with_a_sentence(field: django_forms.Field, bad: str) -> None:
    said = refused(field, bad)
    assert said.startswith(f"{field.label} has a character in it that cannot be kept.")


def test_writing_from_right_to_left_is_kept() -> None:
    assert WORDS.clean("\u202eanimA\u202c") == "\u202eanimA\u202c"
    assert WORDS.clean("\u0622\u0645\u0646\u0629") == "\u0622\u0645\u0646\u0629"


def test_a_megabyte_of_text_is_refused_with_its_length() -> None:
    assert refused(LINES, "x" * 1_000_000) == "What she said must be 20 characters or fewer; this is 1,000,000"


def test_the_length_is_that_of_what_is_kept() -> None:
    assert LINES.clean("e\u0301" * 20) == "\u00e9" * 20
    assert "this is 21" in refused(LINES, "x" * 21)


@given(ANY_TEXT)
def test_any_text_is_either_refused_or_kept_so_that_keeping_it_again_changes_nothing(text: str) -> None:
    try:
        kept = LINES.clean(text)
    except ValidationError:
        return
    assert LINES.clean(kept) == kept
    assert unicodedata.is_normalized("NFC", kept)
    kept.encode("utf-8")


def test_a_field_is_required_exactly_when_it_says_what_is_missing() -> None:
    assert refused(WORDS, "   ") == "Say why"
    assert LINES.clean("") == ""


def test_an_email_address_is_asked_for_with_an_example() -> None:
    field = forms.EmailField("Email address")
    assert refused(field, "josie") == "Enter an email address in the form name@example.org"
    assert field.clean(" josie@example.org ") == "josie@example.org"


def test_a_passphrase_is_taken_exactly_as_typed() -> None:
    field = forms.PassphraseField("Your password", missing="Enter your password")
    assert field.clean(" Zoe\u0308 ") == " Zoe\u0308 "
    assert refused(field, "") == "Enter your password"
    assert "1,000 characters or fewer" in refused(field, "x" * 1001)


@pytest.mark.parametrize(("typed", "number"), [("7", 7), (" 1,200 ", 1200), ("0", 0), ("", None)])
def test_a_whole_number_is_read_as_people_write_it(typed: str, number: int | None) -> None:
    assert forms.WholeNumberField("Minutes", least=0, most=2000).clean(typed) == number


@pytest.mark.parametrize("typed", ["1.5", "seven", "\u0663", "9" * 5000, "1e3", "--1", "²"])
def test_what_is_no_whole_number_is_said_to_be_none(typed: str) -> None:
    assert refused(forms.WholeNumberField("Minutes", least=0, most=2000), typed).startswith(
        "Minutes must be a whole number"
    )


def test_a_number_out_of_range_is_told_the_range() -> None:
    assert (
        refused(forms.WholeNumberField("Minutes", least=0, most=2000), "2001") == "Minutes must be between 0 and 2,000"
    )


CHOICES = [("a", "Apple"), ("b", "Pear")]


@pytest.mark.parametrize("kind", [forms.RadiosField, forms.SelectField])
def test_one_of_several_answers_must_be_among_them(kind: Any) -> None:
    field = kind("Fruit", choices=CHOICES, missing="Choose a fruit")
    assert field.clean("b") == "b"
    assert refused(field, "") == "Choose a fruit"
    assert refused(field, "\ud800") == "Choose a fruit"


def test_yes_and_no_are_true_and_false() -> None:
    field = forms.YesNoField("Seen alone?", missing="Say whether she was")
    assert (field.clean("yes"), field.clean("no")) == (True, False)
    assert refused(field, "") == "Say whether she was"
    assert forms.YesNoField("Seen alone?").clean("") is None
    assert (field.prepare_value(True), field.prepare_value(False)) == ("yes", "no")


def test_any_number_of_answers_must_be_among_those_listed() -> None:
    field = forms.CheckboxesField("Fruit", choices=CHOICES)
    assert field.clean(["b", "a"]) == ["b", "a"]
    assert field.clean([]) == []
    assert refused(field, ["c"]) == "Choose from the answers listed"
    assert refused(field, "c") == "Choose from the answers listed"


def test_a_box_that_must_be_ticked_says_so() -> None:
    assert (
        refused(forms.ConfirmField("Checked", missing="Say that you have checked"), False)
        == "Say that you have checked"
    )
    assert forms.ConfirmField("Remember").clean("") is False


def test_a_version_is_a_number_that_cannot_be_left_out() -> None:
    field = forms.VersionField()
    assert field.clean("12") == 12
    for lost in ("", "x", "-1", "1" * 19):
        assert "has lost its place" in refused(field, lost)


def test_a_form_is_marked_anew_at_each_showing() -> None:
    first, second = forms.OnceForm(), forms.OnceForm()
    assert first["form_id"].value() != second["form_id"].value()
    assert first["form_id"].value() == first["form_id"].value()
    sent = forms.OnceForm({"form_id": first["form_id"].value()})
    assert sent.is_valid()
    assert sent.cleaned_data["form_id"] == first["form_id"].value()
    assert not forms.OnceForm({"form_id": "<script>"}).is_valid()
    assert not forms.OnceForm({}).is_valid()
