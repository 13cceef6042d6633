"""Templates are strict, components lenient, and no plain string becomes HTML."""

from __future__ import annotations

from typing import Any

import pytest
from django.template import engines
from jinja2 import UndefinedError
from markupsafe import Markup

from goldthread.ui.components import UnknownComponent, UnsafeHtml, macro
from goldthread.ui.layout import bare


def rendered(template: str, **facts: Any) -> str:
    return str(engines["jinja2"].from_string(template).render(facts))


def test_a_misspelt_name_raises() -> None:
    with pytest.raises(UndefinedError):
        rendered("{{ nmae }}", name="Amina")
    with pytest.raises(UndefinedError):
        rendered("{% if person.agee %}old{% endif %}", person={"age": 9})


def test_what_a_person_wrote_is_escaped() -> None:
    assert rendered("{{ name }}", name="<b>Amina</b>") == "&lt;b&gt;Amina&lt;/b&gt;"


def test_a_component_needs_only_what_its_caller_says() -> None:
    said = rendered("{{ govuk.tag({'text': word}) }}", word="<i>Due</i>")
    assert 'class="govuk-tag"' in said
    assert "&lt;i&gt;Due&lt;/i&gt;" in said


def test_a_component_can_be_named_by_a_variable() -> None:
    assert "<hr" not in rendered("{{ govuk[name]({'text': 'Go'}) }}", name="button")
    assert "govuk-inset-text" in rendered("{{ govuk.inset_text({'text': 'x'}) }}")


@pytest.mark.parametrize(
    "given",
    [
        {"html": "<b>x</b>"},
        {"titleHtml": "<b>x</b>"},
        {"attributes": ' onclick="x"'},
        {"items": [{"text": "a", "hint": {"html": "<b>x</b>"}}]},
    ],
)
def test_a_plain_string_where_html_is_printed_is_refused(given: dict[str, Any]) -> None:
    with pytest.raises(UnsafeHtml, match="plain string"):
        rendered("{{ govuk.details(given) }}", given=given)


def test_html_that_a_template_has_made_is_taken() -> None:
    assert "<b>x</b>" in rendered("{% set made %}<b>x</b>{% endset %}{{ govuk.inset_text({'html': made}) }}")
    assert "<b>x</b>" in rendered("{{ govuk.inset_text({'html': made}) }}", made=Markup("<b>x</b>"))


def test_a_component_that_the_design_system_does_not_have_is_said() -> None:
    with pytest.raises(UnknownComponent, match="no component 'crown'"):
        macro("crown")
    with pytest.raises(UndefinedError, match="crown"):
        rendered("{{ govuk.crown({}) }}")


def test_nesting_adds_no_space_to_the_text_of_a_textarea() -> None:
    text = "first\nsecond\n  third"
    said = rendered(
        "{% set inner %}{{ govuk.textarea({'name': 'a', 'label': {'text': 'A'}, 'value': text}) }}{% endset %}"
        "{% set radios = govuk.radios({'name': 'r', 'fieldset': {'legend': {'text': 'R'}},"
        " 'items': [{'value': '1', 'text': '1', 'conditional': {'html': inner}}]}) %}"
        "{{ govuk.fieldset({'html': radios}) }}",
        text=text,
    )
    assert f">{text}</textarea>" in said


def test_an_address_is_made_from_a_name_and_words() -> None:
    assert rendered("{{ url('ui:accessibility') }}") == "/accessibility/"


def test_a_page_without_the_design_system_is_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    env: Any = engines["jinja2"]
    monkeypatch.setitem(env.env.globals, "design_system_is_there", lambda: False)
    said = (
        engines["jinja2"].get_template("ui/errors/500.html").render({"layout": bare(), "title": "Something went wrong"})
    )
    assert "built/" not in said
    assert "<h1" in said
