"""How far knowledge of a record reaches: a custodian's pages."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from goldthread.access import actions
from goldthread.access.vocabulary import Act
from goldthread.desk.forms.keeping import EndForm, NameForm, RestrictForm, TieForm
from goldthread.desk.queries import oversight, staff
from goldthread.desk.views.opening import address, knocking
from goldthread.desk.views.sending import Shown, send
from goldthread.kernel.requests import Request
from goldthread.kernel.routes import Who, meant_for

form_methods = require_http_methods(["GET", "HEAD", "POST"])


@meant_for(Who.RECORD, Act.RESTRICT)
@require_safe
@knocking
def custody(request: Request, code: str) -> HttpResponse:
    """This will show how far knowledge of a record reaches."""
    page = oversight.custody(request.actor, request.now, code)
    return render(request, "desk/custody.html", {"page": page}, using="jinja2")


@meant_for(Who.RECORD, Act.RESTRICT)
@form_methods
@knocking
def restrict(request: Request, code: str) -> HttpResponse:
    """This will set how far knowledge of a record reaches."""
    held = oversight.held(request.actor, request.now, code)
    form = RestrictForm(request.POST or None, initial={"version": held.version, "restriction": held.restriction})

    def act() -> str:
        said = form.cleaned_data
        actions.restrict(
            by=request.actor,
            at=request.now,
            code=code,
            version=said["version"],
            restriction=form.restriction_given(),
            because=said["because"],
        )
        return address("custody", held.about.code)

    shown = Shown("Who may know of it?", "Save", address("custody", held.about.code), about=held.about)
    return send(request, form, shown, act, said="It is set.")


@meant_for(Who.RECORD, Act.RESTRICT)
@form_methods
@knocking
def name(request: Request, code: str) -> HttpResponse:
    """This will name someone who may know of a record."""
    held = oversight.held(request.actor, request.now, code)
    today = timezone.localdate(request.now)
    form = NameForm(request.POST or None, on=today, initial={"from_on": today})
    form.offer(staff.called(form.typed, request.now))

    def act() -> str:
        said = form.cleaned_data
        chosen = int(form.picked.removeprefix("practitioner:"))
        actions.name(
            by=request.actor,
            at=request.now,
            code=code,
            practitioner=chosen,
            from_on=said["from_on"],
            because=said["because"],
        )
        return address("custody", held.about.code)

    shown = Shown("Name someone", "Name", address("custody", held.about.code), about=held.about)
    return send(request, form, shown, act, said="They are named.")


@meant_for(Who.RECORD, Act.RESTRICT)
@form_methods
@knocking
def end_naming(request: Request, code: str, named: int) -> HttpResponse:
    """This will end a naming."""
    held, row = oversight.naming(request.actor, request.now, code, named)
    today = timezone.localdate(request.now)
    form = EndForm(request.POST or None, on=today, initial={"version": row.version, "until_on": today})
    del form.fields["because"]

    def act() -> str:
        said = form.cleaned_data
        actions.end_naming(
            by=request.actor, at=request.now, code=code, named=named, version=said["version"], until_on=said["until_on"]
        )
        return address("custody", held.about.code)

    shown = Shown(f"{row.practitioner.name} need not know of it any longer", "Save",
                  address("custody", held.about.code), about=held.about)  # fmt: skip
    return send(request, form, shown, act, said="It is ended.")


@meant_for(Who.RECORD, Act.RESTRICT)
@form_methods
@knocking
def tie(request: Request, code: str) -> HttpResponse:
    """This will keep someone from a record for a personal tie."""
    held = oversight.held(request.actor, request.now, code)
    today = timezone.localdate(request.now)
    form = TieForm(request.POST or None, on=today, initial={"from_on": today})
    form.offer(staff.called(form.typed, request.now))

    def act() -> str:
        said = form.cleaned_data
        actions.note_conflict(
            by=request.actor,
            at=request.now,
            code=code,
            practitioner=int(form.picked.removeprefix("practitioner:")),
            kind=form.kind_given(),
            says=said["says"],
            from_on=said["from_on"],
        )
        return address("custody", held.about.code)

    shown = Shown("Record a personal tie", "Record it", address("custody", held.about.code), about=held.about)
    return send(request, form, shown, act, said="It is recorded. The record is closed to this person.")


@meant_for(Who.RECORD, Act.RESTRICT)
@form_methods
@knocking
def end_tie(request: Request, code: str, conflict: int) -> HttpResponse:
    """This will end a personal tie."""
    held, row = oversight.tied(request.actor, request.now, code, conflict)
    today = timezone.localdate(request.now)
    form = EndForm(request.POST or None, on=today, initial={"version": row.version, "until_on": today})

    def act() -> str:
        said = form.cleaned_data
        actions.end_conflict(
            by=request.actor,
            at=request.now,
            code=code,
            conflict=conflict,
            version=said["version"],
            until_on=said["until_on"],
            because=said["because"],
        )
        return address("custody", held.about.code)

    shown = Shown(f"{row.practitioner.name} no longer has a personal tie", "Save",
                  address("custody", held.about.code), about=held.about)  # fmt: skip
    return send(request, form, shown, act, said="It is ended.")
