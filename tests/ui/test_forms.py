"""Forms print themselves as the design system's components, and lead from each error to its box."""

from __future__ import annotations

import re

import pytest
from django import forms as django_forms
from django.http import QueryDict

from goldthread.kernel.errors import NotNow, RuleBroken
from goldthread.ui import forms
from goldthread.ui.forms import Look, Size, Width
from goldthread.ui.forms.shown import UnknownWidget, shown
from goldthread.ui.patterns import SENT, EveryField


def ids(html: str) -> list[str]:
    return re.findall(r'\sid="([^"]+)"', html)


def test_every_error_leads_to_a_box_that_is_there_and_no_id_stands_twice() -> None:
    form = EveryField({**SENT, "form_id": "-" * 24}, on=None)
    said = str(form)
    found = ids(said)
    targets = re.findall(r'href="#([^"]+)"', said)
    assert len(targets) >= 6
    assert set(targets) <= set(found)
    assert len(found) == len(set(found))
    for target in targets:
        assert re.search(rf'<(input|select|textarea)[^>]*\sid="{re.escape(target)}"', said), target


def test_every_label_and_description_names_something_that_is_there() -> None:
    for form in (EveryField(on=None), EveryField({**SENT}, on=None)):
        said = str(form)
        named = re.findall(r'\sfor="([^"]+)"', said)
        for each in re.findall(r'aria-describedby="([^"]+)"', said):
            named += each.split()
        assert len(named) > 15
        assert set(named) <= set(ids(said))


def test_what_a_person_typed_is_shown_again_escaped() -> None:
    said = str(EveryField({**SENT}, on=None))
    assert "&lt;b&gt;I want to go home.&lt;/b&gt;</textarea>" in said
    assert "<b>I want" not in said


def test_a_password_is_never_shown_again() -> None:
    said = str(EveryField({**SENT, "passphrase": "s3cret-words"}, on=None))
    assert "s3cret-words" not in said


def test_the_line_ends_with_which_a_text_begins_are_not_lost() -> None:
    class Words(forms.Form):
        words = forms.LongTextField("Words")

    assert ">\n\n\nfirst</textarea>" in str(Words({"words": "\n\nfirst"}))


@pytest.mark.parametrize("bad", ["\x00", "\ud800", "\x1b"])
def test_what_cannot_be_kept_can_be_shown_again_without_a_fault(bad: str) -> None:
    data = dict.fromkeys(("reason", "words", "notes", "email", "minutes", "language", "present"), f"a{bad}b")
    form = EveryField({**data, "seen_on_day": bad, "seen_on_month": bad, "seen_on_year": bad, "form_id": bad}, on=None)
    said = str(form)
    said.encode("utf-8")
    assert bad not in said
    assert "cannot be kept" in said


def test_an_optional_field_says_so_except_in_a_filter() -> None:
    class Narrow(forms.FilterForm):
        whose = forms.TextField("Whose")

    class Write(forms.Form):
        whose = forms.TextField("Whose")
        why = forms.TextField("Why", missing="Say why")

    assert "Whose (optional)" in str(Write())
    assert "Why (optional)" not in str(Write())
    assert "(optional)" not in str(Narrow())


def test_a_field_below_a_choice_is_printed_once_and_there() -> None:
    said = str(EveryField({"reason": "other"}, on=None))
    assert said.count('name="other_reason"') == 1
    conditional = said[said.index("govuk-radios__conditional") :]
    assert 'name="other_reason"' in conditional[:1200]


def test_hints_stand_at_the_choices_they_explain() -> None:
    said = EveryField(on=None)["reason"].as_field_group()
    assert "Somebody has told the council of a concern." in said
    assert said.count("govuk-radios__hint") == 1


def test_a_form_and_its_parts_print_the_same() -> None:
    form = EveryField({**SENT}, on=None)
    whole = re.sub(r"\s+", "", str(form))
    assert whole == re.sub(r"\s+", "", form.summary() + form.body())
    assert EveryField(on=None).summary() == ""


def test_a_refusal_of_the_domain_stands_at_its_field_or_over_the_form() -> None:
    form = EveryField({**SENT}, on=None)
    form.refuse(RuleBroken("She was seen by somebody else.", field="seen_on"))
    form.refuse(RuleBroken("No such thing.", field="elsewhere"))
    form.refuse(NotNow("This record is closed."))
    assert "She was seen by somebody else." in form.errors["seen_on"]
    assert form.non_field_errors() == ["No such thing.", "This record is closed."]


def test_an_error_of_something_hidden_is_said_without_a_link() -> None:
    said = forms.OnceForm({}).summary()
    assert "has lost its place" in said
    assert "href" not in said


def test_a_form_can_be_made_a_change_of_a_newer_version_without_losing_what_was_typed() -> None:
    class Words(forms.VersionedForm):
        words = forms.LongTextField("Words")
        who = forms.CheckboxesField("Who", choices=[("a", "A"), ("b", "B")])

    form = Words(QueryDict("words=mine&version=3&who=a&who=b"))
    assert form.is_valid()
    form.rebase(7)
    again = Words(form.data)
    assert again.is_valid()
    assert again.cleaned_data == {"version": 7, "words": "mine", "who": ["a", "b"]}
    assert 'name="version" value="7" id="id_version"' in str(again)


def test_looks_are_the_design_system_s_classes() -> None:
    class Words(forms.Form):
        a = forms.TextField("A", look=Look(width=Width.CHARACTERS_5, size=Size.MEDIUM, suffix="days", prefix="£"))
        b = forms.TextField("B", look=Look(heading=True))
        c = forms.RadiosField("C", choices=[("x", "X")], look=Look(inline=True, small=True, heading=True))

    said = str(Words())
    assert "govuk-input--width-5" in said
    assert "govuk-label--m" in said
    assert 'class="govuk-input__suffix" aria-hidden="true">days' in said
    assert said.count("<h1") == 2
    assert "govuk-radios--inline govuk-radios--small" in said


def test_fields_of_other_packages_become_components_too() -> None:
    class Theirs(django_forms.Form):
        login = django_forms.CharField(
            widget=django_forms.EmailInput(attrs={"placeholder": "x", "autocomplete": "email"})
        )
        word = django_forms.CharField(widget=django_forms.PasswordInput(attrs={"autocomplete": "current-password"}))
        remember = django_forms.BooleanField(required=False, label="Remember me", help_text="On this machine.")
        number = django_forms.IntegerField()
        credential = django_forms.CharField(widget=django_forms.HiddenInput)

    said = str(Theirs({"remember": "on"}))
    assert said.count("govuk-form-group--error") == 3
    assert 'type="email"' in said
    assert 'autocomplete="current-password"' in said
    assert "placeholder" not in said
    assert re.search(r'id="id_remember"[^>]* checked', said)
    assert 'inputmode="numeric"' in said
    assert '<input type="hidden" name="credential"' in said


class Odd(django_forms.Widget):
    template_name = "django/forms/widgets/input.html"


@pytest.mark.parametrize(
    "field",
    [
        django_forms.CharField(widget=Odd),
        django_forms.DateField(),
        django_forms.DateTimeField(),
        django_forms.TimeField(),
        django_forms.FileField(),
        django_forms.MultipleChoiceField(widget=django_forms.SelectMultiple, choices=[]),
        django_forms.ChoiceField(choices=[("Fruit", [("a", "Apple")])]),
        django_forms.SplitDateTimeField(),
    ],
)
def test_a_widget_without_a_component_raises(field: django_forms.Field) -> None:
    class Theirs(forms.Form):
        pass

    form = Theirs()
    form.fields["theirs"] = field
    with pytest.raises(UnknownWidget, match="theirs"):
        shown(form["theirs"])


def test_a_field_that_is_printed_raw_raises() -> None:
    with pytest.raises(UnknownWidget, match="raw widget"):
        str(EveryField(on=None)["notes"])


def test_errors_can_still_be_printed_as_django_prints_them() -> None:
    assert "Say why you are opening this record" in str(EveryField({}, on=None).errors)
