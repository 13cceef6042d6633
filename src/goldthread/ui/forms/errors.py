"""Where a form's errors lead: each to the box that has to be mended, as the error summary links it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import BaseForm, BoundField

from goldthread.ui.forms.dates import DateWidget, wrong_parts


def element_id(bound: BoundField) -> str:
    """This will give the id of a field's box, or of its first."""
    return bound.auto_id or bound.html_name


def raised(bound: BoundField) -> list[ValidationError]:
    """This will give the errors of a field with all that they carry."""
    return list(bound.form.errors.as_data().get(bound.name, []))


def sentences(bound: BoundField) -> list[str]:
    """This will give the errors of a field as they are read."""
    return [str(message) for message in bound.errors]


def target(bound: BoundField) -> str:
    """This will give the id that an error of this field links to: of a date, the first box that is wrong."""
    if isinstance(bound.field.widget, DateWidget):
        return f"{element_id(bound)}_{wrong_parts(raised(bound))[0]}"
    return element_id(bound)


def links(form: BaseForm) -> list[dict[str, Any]]:
    """This will give a form's errors for the summary, each with the address of its box; what is hidden has none."""
    return list(_links(form))


def _links(form: BaseForm) -> Iterator[dict[str, Any]]:
    for sentence in form.non_field_errors():
        yield {"text": str(sentence)}
    for bound in form:
        for sentence in sentences(bound):
            yield {"text": sentence} if bound.is_hidden else {"text": sentence, "href": f"#{target(bound)}"}
