"""Which component of the design system a field is, and what that component is given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import singledispatch
from typing import Any

from django import forms
from django.forms import BoundField
from django.forms.widgets import Input

from goldthread.ui.forms.dates import PARTS, DateWidget, wrong_parts
from goldthread.ui.forms.errors import element_id, raised, sentences
from goldthread.ui.forms.looks import PLAIN, Look, Size
from goldthread.ui.forms.text import displayable

Params = dict[str, Any]


class UnknownWidget(TypeError):
    """No component is known for a widget: a raw one would be neither accessible nor like the others."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A field as a component."""

    component: str
    params: Params


def look(bound: BoundField) -> Look:
    """This will give how a field looks; fields that are not ours look plain."""
    return getattr(bound.field, "look", PLAIN)


def shown(bound: BoundField) -> Shown:
    """This will give the component of a field, ready to be called; raises UnknownWidget."""
    return component(bound.field.widget, bound)


@singledispatch
def component(widget: forms.Widget, bound: BoundField) -> Shown:
    """This will give the component for a kind of widget."""
    raise UnknownWidget(f"{bound.name}: no component is known for {type(widget).__name__}.")


def label_text(bound: BoundField) -> str:
    """This will give a field's label, marked where an answer is optional and the form marks such."""
    optional = not bound.field.required and getattr(bound.form, "mark_optional", False)
    return f"{bound.label} (optional)" if optional else str(bound.label)


def common(bound: BoundField) -> Params:
    """This will give what every component is given: hint and error."""
    params: Params = {}
    if bound.help_text:
        # Whether it is HTML is its author's word: text of ours is escaped, what Django has made safe is not.
        safe = hasattr(bound.help_text, "__html__")
        params["hint"] = {"html": bound.help_text} if safe else {"text": str(bound.help_text)}
    if found := sentences(bound):
        params["errorMessage"] = {"text": " ".join(found)}
    return params


def boxed(bound: BoundField) -> Params:
    """This will give what every component with one box is given."""
    how = look(bound)
    size = f"govuk-label--{how.size}" if how.size else "govuk-label--l" if how.heading else ""
    kept = {
        name: value
        for name, value in bound.field.widget.attrs.items()
        if name.startswith(("data-", "aria-")) or name in ("readonly", "form")
    }
    return {
        **common(bound),
        "id": element_id(bound),
        "name": bound.html_name,
        "label": {"text": label_text(bound), "classes": size, "isPageHeading": how.heading},
        "classes": str(how.width),
        "disabled": bound.field.disabled,
        "attributes": kept,
        "autocomplete": how.autocomplete or bound.field.widget.attrs.get("autocomplete", ""),
    }


def grouped(bound: BoundField) -> Params:
    """This will give what every component with several boxes is given."""
    how = look(bound)
    size: str = how.size or (Size.LARGE if how.heading else Size.SMALL)
    return {
        **common(bound),
        "fieldset": {
            "legend": {
                "text": label_text(bound),
                "classes": f"govuk-fieldset__legend--{size}",
                "isPageHeading": how.heading,
            }
        },
    }


def typed(bound: BoundField) -> str:
    """This will give what a box shows: what was sent, or what was set beforehand."""
    value = bound.field.widget.format_value(bound.value())
    return displayable(str(value)) if value is not None else ""


@component.register
def _(widget: Input, bound: BoundField) -> Shown:
    """Give an input for the kinds of text that one line holds."""
    if widget.input_type not in ("text", "email", "tel", "number", "search", "url"):
        raise UnknownWidget(f"{bound.name}: no component is known for an input of type {widget.input_type}.")
    how = look(bound)
    number = widget.input_type == "number"  # a box of that type turns with the wheel of the mouse
    return Shown(
        "input",
        {
            **boxed(bound),
            "type": "text" if number else widget.input_type,
            "value": typed(bound),
            "inputmode": how.inputmode or ("numeric" if number else bound.field.widget.attrs.get("inputmode")),
            "spellcheck": how.spellcheck,
            "prefix": {"text": how.prefix} if how.prefix else None,
            "suffix": {"text": how.suffix} if how.suffix else None,
        },
    )


@component.register
def _(widget: forms.DateTimeInput, bound: BoundField) -> Shown:
    raise UnknownWidget(f"{bound.name}: a date is asked for with DateField of goldthread.ui.forms.")


@component.register
def _(widget: forms.DateInput, bound: BoundField) -> Shown:
    raise UnknownWidget(f"{bound.name}: a date is asked for with DateField of goldthread.ui.forms.")


@component.register
def _(widget: forms.TimeInput, bound: BoundField) -> Shown:
    raise UnknownWidget(f"{bound.name}: no component is known for a time of day.")


@component.register
def _(widget: forms.PasswordInput, bound: BoundField) -> Shown:
    return Shown("password_input", boxed(bound))


@component.register
def _(widget: forms.Textarea, bound: BoundField) -> Shown:
    how = look(bound)
    value = typed(bound)
    params = {
        **boxed(bound),
        "rows": how.rows,
        "spellcheck": how.spellcheck,
        # The first line end after the tag is not part of the text for a browser: one more keeps the one that is.
        "value": f"\n{value}" if value.startswith("\n") else value,
    }
    longest = getattr(bound.field, "longest", None)
    if how.counted and longest:
        return Shown("character_count", {**params, "maxlength": longest, "threshold": 75})
    return Shown("textarea", params)


@component.register
def _(widget: DateWidget, bound: BoundField) -> Shown:
    value = bound.value()
    parts = value if isinstance(value, list | tuple) else widget.decompress(value)
    found = raised(bound)
    wrong = wrong_parts(found) if found else ()
    items = [
        {
            "id": f"{element_id(bound)}_{part}",
            "name": f"{bound.html_name}_{part}",
            "label": part.capitalize(),
            "value": displayable(str(text or "")),
            "inputmode": "text" if part == "month" and str(text or "").isalpha() else "numeric",
            "autocomplete": f"bday-{part}" if look(bound).autocomplete == "bday" else "",
            "classes": f"govuk-input--width-{4 if part == 'year' else 2}"
            + (" govuk-input--error" if part in wrong else ""),
            "attributes": {"disabled": "disabled"} if bound.field.disabled else {},
        }
        for part, text in zip(PARTS, parts, strict=True)
    ]
    return Shown("date_input", {**grouped(bound), "id": element_id(bound), "items": items})


def _items(bound: BoundField, chosen: set[str]) -> list[Params]:
    how = look(bound)
    items: list[Params] = []
    for value, text in bound.field.choices:  # type: ignore[attr-defined]  # choice widgets stand on choice fields only
        if isinstance(text, list | tuple):
            raise UnknownWidget(f"{bound.name}: no component is known for choices in groups.")
        key = str(value)
        item: Params = {"value": key, "text": str(text), "checked": key in chosen, "disabled": bound.field.disabled}
        if key in how.hints:
            item["hint"] = {"text": how.hints[key]}
        if key in how.reveals:
            item["conditional"] = {"html": bound.form[how.reveals[key]].as_field_group()}
        items.append(item)
    return items


def _choosing(bound: BoundField, chosen: set[str], block: str) -> Params:
    how = look(bound)
    classes = [f"govuk-{block}--inline"] * how.inline + [f"govuk-{block}--small"] * how.small
    return {
        **grouped(bound),
        "idPrefix": element_id(bound),
        "name": bound.html_name,
        "classes": " ".join(classes),
        "items": _items(bound, chosen),
    }


@component.register
def _(widget: forms.RadioSelect, bound: BoundField) -> Shown:
    value = bound.value()
    return Shown("radios", _choosing(bound, set() if value is None else {str(value)}, "radios"))


@component.register
def _(widget: forms.CheckboxSelectMultiple, bound: BoundField) -> Shown:
    return Shown("checkboxes", _choosing(bound, {str(one) for one in bound.value() or ()}, "checkboxes"))


@component.register
def _(widget: forms.CheckboxInput, bound: BoundField) -> Shown:
    params = common(bound)
    item: Params = {
        "value": "on",
        "text": label_text(bound) if bound.field.required else str(bound.label),
        "checked": widget.check_test(bound.value()),
        "disabled": bound.field.disabled,
    }
    if "hint" in params:
        item["hint"] = params.pop("hint")
    return Shown("checkboxes", {**params, "idPrefix": element_id(bound), "name": bound.html_name, "items": [item]})


@component.register
def _(widget: forms.Select, bound: BoundField) -> Shown:
    if widget.allow_multiple_selected:
        raise UnknownWidget(f"{bound.name}: several answers are asked for with CheckboxesField of goldthread.ui.forms.")
    value = bound.value()
    items = [{**item, "selected": item.pop("checked")} for item in _items(bound, {"" if value is None else str(value)})]
    return Shown("select", {**boxed(bound), "items": items})


def revealed(form: forms.BaseForm) -> set[str]:
    """This will give the names of the fields that stand below a choice of another, so that none is printed twice."""
    looks: list[Mapping[str, str]] = [getattr(field, "look", PLAIN).reveals for field in form.fields.values()]
    return {name for reveals in looks for name in reveals.values()}
