"""The pages that belong to no app, and the handlers of errors that Django names in the addresses."""

from __future__ import annotations

from contextlib import suppress

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from goldthread.kernel.errors import NotFound
from goldthread.ui import patterns, refusals
from goldthread.ui.layout import bare, frame

TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """This will give the accessibility statement."""
    return render(request, "ui/accessibility.html", using="jinja2")


@login_not_required
@require_safe
def pattern_page(request: HttpRequest) -> HttpResponse:
    """This will give every component in every state, for those who build pages; in live mode it is not there."""
    if str(settings.MODE) == "live":
        raise NotFound("The patterns are not shown in live mode.")
    return render(request, "ui/patterns.html", patterns.shown(request), using="jinja2")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """This will answer what could not be read."""
    sentence = (
        "It was too large to be read. Nothing was saved. Send less at a time."
        if isinstance(exception, TOO_LARGE)
        else "Nothing was saved. Go back, open the page again and try once more."
    )
    return refusals.page(400, frame(request, for_refusal=True), sentence=sentence)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """This will answer a refusal of Django's own or of another package."""
    return refusals.page(403, frame(request, for_refusal=True), sentence="Your account does not allow it.")


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """This will answer a form that does not carry this session's token: mostly one that was open for too long."""
    return refusals.page(
        403,
        frame(request, for_refusal=True),
        sentence="The page was open for too long, or you have signed in again since. Nothing was saved. "
        "Go back, copy what you wrote, open the page again and put it in there.",
    )


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """This will answer an address that leads nowhere."""
    return refusals.not_found(request)


def server_error(request: HttpRequest) -> HttpResponse:
    """This will answer a fault. Even where no page can be made, it says what to do, in plain text."""
    with suppress(Exception):
        return refusals.page(500, bare())
    return HttpResponse(
        "Something went wrong. If you were saving something, check whether it was saved before doing it again.",
        status=500,
        content_type="text/plain; charset=utf-8",
    )
