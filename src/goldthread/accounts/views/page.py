"""How the pages that allauth knows how to do are shown: in our own words and frame."""

from __future__ import annotations

from typing import Any, ClassVar

from django.urls import reverse


class Page:
    """One step on one page: a heading, a few words, a form, a button."""

    template_engine = "jinja2"
    template_name = "accounts/step.html"
    title: ClassVar[str]
    intro: ClassVar[tuple[str, ...]] = ()
    submit: ClassVar[str] = "Continue"
    kind: ClassVar[str] = ""  # "warning" where something is taken away
    back_to: ClassVar[str] = ""  # the name of a page

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give what allauth gives, and the words."""
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]  # of the view beside it
        context.setdefault("form", None)
        context.setdefault("redirect_field_value", None)
        context.setdefault("reauthentication_alternatives", ())
        return {
            **context,
            "title": self.title,
            "intro": self.intro,
            "submit": self.submit,
            "kind": self.kind,
            "back": reverse(self.back_to) if self.back_to else "",
        }
