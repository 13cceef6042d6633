"""Forms that print themselves as the design system's components, and the renderer that does it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.forms.renderers import BaseRenderer
from django.http import QueryDict
from django.template import engines
from django.utils.safestring import SafeString

from goldthread.kernel.errors import NotNow, RuleBroken
from goldthread.ui.forms.dates import DateField
from goldthread.ui.forms.fields import TokenField, VersionField
from goldthread.ui.forms.shown import UnknownWidget

PRINTED_RAW = ("django/forms/widgets/hidden.html", "django/forms/widgets/multiple_hidden.html")


class Renderer(BaseRenderer):
    """Prints every form of the site, those of other packages too; FORM_RENDERER names it."""

    form_template_name = "ui/forms/form.html"
    field_template_name = "ui/forms/field.html"

    def get_template(self, template_name: str) -> Any:
        """Give the template; refuses those of raw widgets, which a page would show without label, hint and error."""
        if template_name.startswith("django/forms/widgets/") and template_name not in PRINTED_RAW:
            raise UnknownWidget(f"{template_name} prints a raw widget: print the field by as_field_group().")
        return engines["jinja2"].get_template(template_name)


class Form(forms.Form):
    """A form of the site. `on` is the day that it is filled in, for dates that must lie before or after it."""

    mark_optional = True
    use_required_attribute = False  # the browser's own bubbles are neither translated nor read out well
    label_suffix = ""

    def __init__(self, *args: Any, on: date | None = None, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.on = on
        for field in self.fields.values():
            if isinstance(field, DateField):
                field.on = on

    def refuse(self, refusal: RuleBroken | NotNow) -> None:
        """This will show a refusal of the domain at its field, or over the form."""
        field = getattr(refusal, "field", None)
        self.add_error(field if field in self.fields else None, refusal.sentence)

    def summary(self) -> SafeString:
        """This will print the error summary alone, for a page that prints its fields one by one."""
        return self.render("ui/forms/summary.html")

    def body(self) -> SafeString:
        """This will print the fields without the summary."""
        return self.render("ui/forms/body.html")


class OnceForm(Form):
    """A form whose sending twice, by a double click or by going back, can be told from doing it twice."""

    form_id = TokenField()


class VersionedForm(Form):
    """A form that changes something which others may change meanwhile. Give `initial={"version": …}`."""

    version = VersionField()

    def rebase(self, version: int) -> None:
        """This will make what was typed a change of a newer version, once its author has seen what stands there."""
        data = QueryDict(mutable=True)
        data.update(self.data)  # of a QueryDict it takes every value of each name
        data.setlist(self.add_prefix("version"), [str(version)])
        self.data = data


class FilterForm(Form):
    """A form that narrows a list: nothing in it is required, so nothing is marked."""

    mark_optional = False
