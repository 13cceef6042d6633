"""The one place where a refusal of the domain becomes a page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template import engines

from goldthread.kernel.errors import (
    AuditUnavailable,
    Conflict,
    Denied,
    FreshSignInNeeded,
    NotFound,
    NotNow,
    Refusal,
    RuleBroken,
)
from goldthread.ui.forms.form import VersionedForm
from goldthread.ui.forms.text import displayable
from goldthread.ui.layout import Layout, bare, frame
from goldthread.ui.pages import Difference

TITLES = {
    400: "What was sent could not be read",
    403: "You cannot do this",
    404: "Page not found",
    409: "This cannot be done now",
    422: "This could not be taken",
    500: "Something went wrong",
    503: "The service is not available",
}


def page(status: int, layout: Layout, **facts: Any) -> HttpResponse:
    """This will give a refusal's page. It carries no token and nothing of the address that was asked for."""
    template = engines["jinja2"].get_template(f"ui/errors/{status}.html")
    return HttpResponse(template.render({"layout": layout, "title": TITLES[status], **facts}), status=status)


def not_found(request: HttpRequest) -> HttpResponse:
    """This will give the one page for what is not there and for what the actor may not know to be there."""
    return page(404, frame(request, for_refusal=True))


def answer(request: HttpRequest, exception: BaseException) -> HttpResponse | None:
    """This will give the page for a refusal, or None for any other exception."""
    match exception:
        case Denied(hidden=True) | NotFound():
            return not_found(request)
        case Conflict():
            return conflict(request, exception)
        case Denied() | FreshSignInNeeded():
            return page(403, frame(request, for_refusal=True), sentence=exception.sentence)
        case RuleBroken():
            return page(422, frame(request, for_refusal=True), sentence=exception.sentence)
        case NotNow() | Refusal():
            return page(409, frame(request, for_refusal=True), sentence=exception.sentence)
        case AuditUnavailable():
            return page(503, bare(), sentence="Nothing was shown and nothing was changed.")
    return None


def differences(theirs: Mapping[str, Any], yours: Mapping[str, Any], labels: Mapping[str, str]) -> list[Difference]:
    """This will lay what stands beside what was to be written, field by field; those that differ come first."""
    names = list(dict.fromkeys([*theirs, *yours]))
    found = [
        Difference(
            labels.get(name) or name.replace("_", " ").capitalize(), _said(theirs.get(name)), _said(yours.get(name))
        )
        for name in names
    ]
    return sorted(found, key=lambda one: one.same)


def _said(value: Any) -> str:
    return "" if value is None else displayable(str(value))


def conflict(
    request: HttpRequest, refusal: Conflict, form: VersionedForm | None = None, *, by: str = "", back: str = ""
) -> HttpResponse:
    """This will give the page that shows both texts. With the form that was sent, it can be sent again from there.

    `by` names who wrote what now stands, where the reader may know it; `back` is the address of what was changed.
    """
    labels = {}
    if form is not None:
        labels = {name: str(field.label) for name, field in form.fields.items() if field.label}
        form.rebase(refusal.version)
    template = engines["jinja2"].get_template("ui/conflict.html")
    facts = {
        "differences": differences(refusal.theirs, refusal.yours, labels),
        "sentence": refusal.sentence,
        "again": form,
        "by": by,
        "back": back,
    }
    return HttpResponse(template.render(facts, request), status=409)
