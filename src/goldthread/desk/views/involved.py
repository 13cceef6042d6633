"""Who works with a child: shown, begun, ended; and one's own personal tie."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from goldthread.access import actions
from goldthread.access.vocabulary import Act
from goldthread.desk.forms.keeping import EndForm, InvolveForm, OwnTieForm
from goldthread.desk.queries import child, staff, stubs
from goldthread.desk.views.days import asked
from goldthread.desk.views.opening import address, knocking, warn
from goldthread.desk.views.sending import Shown, send
from goldthread.kernel.requests import Request
from goldthread.kernel.routes import Who, meant_for

form_methods = require_http_methods(["GET", "HEAD", "POST"])


@meant_for(Who.RECORD, Act.OPEN)
@require_safe
@knocking
def involved(request: Request, code: str) -> HttpResponse:
    """This will show who works with a child, and who did."""
    days, as_of, onward = asked(request)
    if onward is not None:
        return onward
    page, opened = child.involved(request.actor, request.now, code, as_of)
    warn(request, opened)
    return render(request, "desk/child/involved.html", {"page": page, "days": days}, using="jinja2")


@meant_for(Who.RECORD, Act.INVOLVE)
@form_methods
@knocking
def involve(request: Request, code: str) -> HttpResponse:
    """This will have someone, or a team, work with a child."""
    about = stubs.about(request.actor, request.now, code, Act.INVOLVE)
    form = InvolveForm(
        request.POST or None, on=timezone.localdate(request.now), initial={"from_on": timezone.localdate(request.now)}
    )
    form.offer(staff.called(form.typed, request.now, teams=True))

    def act() -> str:
        kind, _, chosen = form.picked.partition(":")
        actions.involve(
            by=request.actor,
            at=request.now,
            code=code,
            capacity=form.as_what,
            from_on=form.cleaned_data["from_on"],
            practitioner=int(chosen) if kind == "practitioner" else None,
            team=int(chosen) if kind == "team" else None,
        )
        return address("involved", about.code)

    shown = Shown("Involve someone", "Involve", address("involved", about.code), about=about)
    return send(request, form, shown, act, said="They are involved.")


@meant_for(Who.RECORD, Act.INVOLVE)
@form_methods
@knocking
def end(request: Request, code: str, involvement: int) -> HttpResponse:
    """This will end an involvement."""
    about, row = stubs.involvement(request.actor, request.now, code, involvement)
    today = timezone.localdate(request.now)
    form = EndForm(request.POST or None, on=today, initial={"version": row.version, "until_on": today})

    def act() -> str:
        said = form.cleaned_data
        actions.end_involvement(
            by=request.actor,
            at=request.now,
            code=code,
            involvement=involvement,
            version=said["version"],
            until_on=said["until_on"],
            because=said["because"],
        )
        return address("involved", about.code)

    title = f"End the involvement of {row.name}"
    intro = (f"{row.capacity_words}.",)
    shown = Shown(title, "End it", address("involved", about.code), intro, about=about)
    return send(request, form, shown, act, said="It is ended.")


@meant_for(Who.RECORD, Act.OPEN)
@form_methods
@knocking
def own_tie(request: Request, code: str) -> HttpResponse:
    """This will keep someone from a record who says that she has a personal tie to it."""
    about = stubs.about(request.actor, request.now, code, Act.OPEN)
    form = OwnTieForm(request.POST or None)

    def act() -> str:
        actions.note_conflict(
            by=request.actor,
            at=request.now,
            code=code,
            practitioner=request.actor.id,
            kind=form.kind_given(),
            says=form.cleaned_data["says"],
            from_on=timezone.localdate(request.now),
        )
        messages.success(request, "Thank you. The record is closed to you from now on.")
        return reverse("desk:first")

    intro = ("Once you have said so, this record is closed to you, whatever your role. Tell your manager too.",)
    shown = Shown("I have a personal tie to this child or family", "Close the record to me",
                  address("child", about.code), intro, about=about, kind="warning")  # fmt: skip
    return send(request, form, shown, act)
