"""Organisations and their teams."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from goldthread.accounts import forms, queries
from goldthread.accounts.views.administration.people import form_methods
from goldthread.accounts.views.administration.sending import send
from goldthread.agencies import actions
from goldthread.agencies.permissions import reach
from goldthread.kernel.requests import Request


def address(organisation: int) -> str:
    """This will give the address of an organisation's page."""
    return reverse("administration:organisation", kwargs={"organisation": organisation})


@require_safe
def organisations(request: Request) -> HttpResponse:
    """This will list organisations."""
    rows = queries.organisations(request.actor, request.now)
    context = {"organisations": rows, "all_of_them": reach(request.actor, request.now) is None}
    return render(request, "accounts/administration/organisations.html", context, using="jinja2")


@require_safe
def organisation(request: Request, organisation: int) -> HttpResponse:
    """This will show an organisation with its teams."""
    row, teams = queries.organisation(request.actor, request.now, organisation)
    context = {"organisation": row, "teams": teams, "all_of_them": reach(request.actor, request.now) is None}
    return render(request, "accounts/administration/organisation.html", context, using="jinja2")


@form_methods
def new_organisation(request: Request) -> HttpResponse:
    """This will add an organisation."""
    queries.organisations(request.actor, request.now)
    form = forms.NewOrganisation(request.POST or None, on=timezone.localdate(request.now))

    def act() -> str:
        said = form.cleaned_data
        made = actions.open_organisation(
            by=request.actor, at=request.now, kind=forms.kind_of(said["kind"]), name=said["name"], code=said["code"],
            from_on=said["from_on"],
        )  # fmt: skip
        return address(made.pk)

    back = reverse("administration:organisations")
    return send(request, form, act, title="Add an organisation", submit="Add", back=back, said="Added.")


@form_methods
def change_organisation(request: Request, organisation: int) -> HttpResponse:
    """This will change an organisation."""
    row, _ = queries.organisation(request.actor, request.now, organisation)
    names = ("name", "code", "from_on", "until_on", "version")
    form = forms.ChangedOrganisation(request.POST or None, initial={name: getattr(row, name) for name in names})

    def act() -> str:
        said = {name: form.cleaned_data[name] for name in names}
        actions.change_organisation(by=request.actor, at=request.now, organisation=organisation, **said)
        return address(organisation)

    return send(request, form, act, title=row.name, submit="Save", back=address(organisation), said="Saved.")


@form_methods
def new_team(request: Request, organisation: int) -> HttpResponse:
    """This will add a team to an organisation."""
    row, _ = queries.organisation(request.actor, request.now, organisation)
    form = forms.NewTeam(request.POST or None, on=timezone.localdate(request.now))

    def act() -> str:
        said = {name: form.cleaned_data[name] for name in ("name", "email", "phone", "from_on")}
        actions.open_team(by=request.actor, at=request.now, organisation=organisation, **said)
        return address(organisation)

    title = f"A team of {row.name}"
    return send(request, form, act, title=title, submit="Add", back=address(organisation), said="Added.")


@form_methods
def change_team(request: Request, team: int) -> HttpResponse:
    """This will change a team."""
    row = queries.team(request.actor, request.now, team)
    names = ("name", "email", "phone", "from_on", "until_on", "version")
    form = forms.ChangedTeam(request.POST or None, initial={name: getattr(row, name) for name in names})
    back = address(row.organisation_id)

    def act() -> str:
        said = {name: form.cleaned_data[name] for name in names}
        actions.change_team(by=request.actor, at=request.now, team=team, **said)
        return back

    return send(request, form, act, title=row.name, submit="Save", back=back, said="Saved.")
