"""Opening a record in an emergency, ending that, and the reviews of it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from goldthread.access import actions
from goldthread.access.vocabulary import Act
from goldthread.accounts import fresh
from goldthread.desk.forms.keeping import EmergencyForm, ReviewForm
from goldthread.desk.queries import oversight, stubs
from goldthread.desk.views.opening import address, knocking
from goldthread.desk.views.sending import Shown, send
from goldthread.kernel.errors import Conflict, NotNow, RuleBroken
from goldthread.kernel.requests import Request
from goldthread.kernel.routes import Who, meant_for
from goldthread.ui import refusals

form_methods = require_http_methods(["GET", "HEAD", "POST"])
INTRO = (
    "It is open to you for an hour. Those who answer for this child are told at once, and someone else reviews it within "
    "three days.",
    "Do not wait for this page if a child is in danger now: call 999.",
)


@meant_for(Who.RECORD, Act.BREAK_GLASS)
@form_methods
@knocking
def emergency(request: Request, code: str) -> HttpResponse:
    """This will open a record in an emergency, for whoever has just shown again who she is."""
    about = stubs.about(request.actor, request.now, code, Act.BREAK_GLASS)
    form = EmergencyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        fresh.require(request)  # what was typed is kept meanwhile

    def act() -> str:
        actions.break_glass(
            by=request.actor,
            at=request.now,
            code=code,
            reason=form.reason_given(),
            because=form.cleaned_data["because"],
        )
        return address("child", about.code)

    shown = Shown("Open it in an emergency", "Open it", reverse("desk:search"), INTRO, about=about, kind="warning")
    return send(request, form, shown, act)


@meant_for(Who.RECORD, Act.OPEN)
@form_methods
@knocking
def end_emergency(request: Request, code: str) -> HttpResponse:
    """This will end one's own emergency before its time is up."""
    about = stubs.about(request.actor, request.now, code, Act.OPEN)
    if request.method == "POST":
        actions.end_emergency(by=request.actor, at=request.now, code=code)
        messages.success(request, "It is closed to you again. The review will follow.")
        return HttpResponseRedirect(reverse("desk:first"))
    context = {"about": about, "back": address("child", about.code)}
    return render(request, "desk/end_emergency.html", context, using="jinja2")


@meant_for(Who.SIGNED_IN)
@require_safe
def reviews(request: Request) -> HttpResponse:
    """This will list the emergencies that wait for a review."""
    page = oversight.reviews(request.actor, request.now)
    return render(request, "desk/reviews.html", {"page": page}, using="jinja2")


@meant_for(Who.SIGNED_IN)
@form_methods
def review(request: Request, emergency: int) -> HttpResponse:
    """This will show how a record was opened in an emergency, and take the view of whoever reviews it."""
    page, version = oversight.review(request.actor, request.now, emergency)
    form = ReviewForm(request.POST or None, initial={"version": version})
    if request.method == "POST" and form.is_valid():
        try:
            actions.review_emergency(
                by=request.actor,
                at=request.now,
                emergency=emergency,
                version=form.cleaned_data["version"],
                verdict=form.verdict_given(),
                finding=form.cleaned_data["finding"],
            )
        except (NotNow, RuleBroken) as refusal:
            form.refuse(refusal)
        except Conflict as conflict:
            return refusals.conflict(request, conflict, form, back=reverse("desk:reviews"))
        else:
            messages.success(request, "Your review is recorded.")
            return HttpResponseRedirect(reverse("desk:reviews"))
    status = 422 if form.errors else 200
    return render(request, "desk/review.html", {"page": page, "form": form}, status=status, using="jinja2")
