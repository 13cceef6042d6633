"""Practitioners, their posts and qualifications."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from goldthread.accounts import forms, queries
from goldthread.accounts.approvals import HIGH_ROLE
from goldthread.accounts.views.administration.sending import send
from goldthread.agencies import actions
from goldthread.agencies.vocabulary import HIGH_ROLES
from goldthread.approvals import actions as approvals
from goldthread.kernel.errors import NotFound
from goldthread.kernel.requests import Request
from goldthread.ui.pages import Filtering, Paging

SEARCH = "people_search"
form_methods = require_http_methods(["GET", "HEAD", "POST"])


def address(practitioner: int) -> str:
    """This will give the address of someone's page."""
    return reverse("administration:person", kwargs={"practitioner": practitioner})


@form_methods
def people(request: Request) -> HttpResponse:
    """This will list practitioners. What was searched for stands in the session, and never in an address."""
    here = reverse("administration:people")
    organisations = [("", "Any organisation")]
    organisations += [(str(one.pk), one.name) for one in queries.organisations(request.actor, request.now)]
    form = forms.PeopleSearch(request.POST if request.method == "POST" else request.session.get(SEARCH))
    form.fields["organisation"].choices = organisations  # type: ignore[attr-defined]  # a field of choices
    right = form.is_valid()
    if request.method == "POST" and right:
        request.session[SEARCH] = {name: value for name, value in form.cleaned_data.items() if value}
        return HttpResponseRedirect(here)
    said: dict[str, Any] = form.cleaned_data if right else {}
    search = queries.Search(
        words=said.get("words", ""),
        organisation=int(said["organisation"]) if said.get("organisation") else None,
        role=said.get("role", ""),
        without_account=bool(said.get("without_account")),
        former=bool(said.get("former")),
    )
    found = queries.people(request.actor, request.now, search, _number(request.GET.get("page", "")))
    last = -(-found.total // queries.PAGE) or 1
    near = {1, last, *range(max(1, found.number - 2), min(last, found.number + 2) + 1)}
    paging = Paging(
        found.number, queries.PAGE, found.total, {one: f"{here}?page={one}" for one in sorted(near)}, of="people"
    )
    filtering = Filtering(here, method="post", heading="Find", submit="Find")
    context = {
        "form": form,
        "found": found,
        "paging": paging,
        "filtering": filtering,
        "narrowed": search != queries.Search(),
    }
    return render(request, "accounts/administration/people.html", context, using="jinja2")


@form_methods
def new_person(request: Request) -> HttpResponse:
    """This will add a practitioner with her first post."""
    form = forms.NewPerson(request.POST or None, on=timezone.localdate(request.now))
    form.fields["team"].choices = _teams(request)  # type: ignore[attr-defined]

    def act() -> str:
        said = form.cleaned_data
        made = actions.add_practitioner(
            by=request.actor,
            at=request.now,
            details=_details(said),
            team=int(said["team"]),
            role=forms.role_of(said["role"]),
            from_on=said["from_on"],
        )
        return address(made.pk)

    return send(
        request, form, act, title="Add someone", submit="Add", back=reverse("administration:people"), said="Added."
    )


@require_safe
def person(request: Request, practitioner: int) -> HttpResponse:
    """This will show a practitioner with her posts, qualifications and account."""
    shown = queries.person(request.actor, request.now, practitioner)
    context = {"shown": shown, "today": timezone.localdate(request.now)}
    return render(request, "accounts/administration/person.html", context, using="jinja2")


@form_methods
def change_person(request: Request, practitioner: int) -> HttpResponse:
    """This will change what is written of a practitioner."""
    row = queries.person(request.actor, request.now, practitioner).practitioner
    names = ("name", "title", "email", "phone", "registered_with", "registration", "version")
    form = forms.Person(request.POST or None, initial={name: getattr(row, name) for name in names})

    def act() -> str:
        said = form.cleaned_data
        actions.change_practitioner(
            by=request.actor, at=request.now, practitioner=practitioner, version=said["version"], details=_details(said)
        )
        return address(practitioner)

    return send(request, form, act, title=row.name, submit="Save", back=address(practitioner), said="Saved.")


@form_methods
def new_post(request: Request, practitioner: int) -> HttpResponse:
    """This will give someone a post; for a high role it will ask a second person to."""
    row = queries.person(request.actor, request.now, practitioner).practitioner
    form = forms.NewPost(request.POST or None, on=timezone.localdate(request.now))
    form.fields["team"].choices = _teams(request)  # type: ignore[attr-defined]

    def act() -> str:
        said = form.cleaned_data
        role = forms.role_of(said["role"])
        if role in HIGH_ROLES:
            made = approvals.ask(
                by=request.actor,
                at=request.now,
                kind=HIGH_ROLE,
                what={
                    "practitioner": practitioner,
                    "team": int(said["team"]),
                    "role": role.value,
                    "from_on": said["from_on"].isoformat(),
                    "until_on": said["until_on"].isoformat() if said["until_on"] else None,
                },
                about=practitioner,
                because=said["because"],
                key=said["form_id"],
            )
            return reverse("approvals:one", kwargs={"approval": made.pk})
        actions.appoint(
            by=request.actor,
            at=request.now,
            practitioner=practitioner,
            team=int(said["team"]),
            role=role,
            from_on=said["from_on"],
            until_on=said["until_on"],
        )
        return address(practitioner)

    intro = "A role that a second person must approve is asked for here, and given when she has approved it."
    return send(
        request,
        form,
        act,
        title=f"A post for {row.name}",
        submit="Give this post",
        back=address(practitioner),
        intro=intro,
    )


@form_methods
def end_post(request: Request, practitioner: int, post: int) -> HttpResponse:
    """This will end a post."""
    shown = queries.person(request.actor, request.now, practitioner)
    row = next((one for one in shown.posts if one.pk == post), None)
    if row is None:
        raise NotFound("There is no such post.")
    form = forms.Until(request.POST or None, initial={"version": row.version, "until_on": row.until_on})

    def act() -> str:
        said = form.cleaned_data
        actions.end_post(
            by=request.actor, at=request.now, post=post, version=said["version"], until_on=said["until_on"]
        )
        return address(practitioner)

    title = f"End the post of {shown.practitioner.name}: {row}, {row.team.name}"
    return send(request, form, act, title=title, submit="End this post", back=address(practitioner), said="Saved.")


@form_methods
def new_qualification(request: Request, practitioner: int) -> HttpResponse:
    """This will record a qualification."""
    row = queries.person(request.actor, request.now, practitioner).practitioner
    form = forms.NewQualification(request.POST or None, on=timezone.localdate(request.now))

    def act() -> str:
        said = form.cleaned_data
        actions.record_qualification(
            by=request.actor,
            at=request.now,
            practitioner=practitioner,
            qualification=forms.qualification_of(said["qualification"]),
            from_on=said["from_on"],
        )
        return address(practitioner)

    title = f"A qualification of {row.name}"
    return send(request, form, act, title=title, submit="Record it", back=address(practitioner), said="Recorded.")


@form_methods
def end_qualification(request: Request, practitioner: int, held: int) -> HttpResponse:
    """This will end a qualification."""
    shown = queries.person(request.actor, request.now, practitioner)
    row = next((one for one in shown.qualifications if one.pk == held), None)
    if row is None:
        raise NotFound("There is no such qualification.")
    form = forms.Until(request.POST or None, initial={"version": row.version, "until_on": row.until_on})

    def act() -> str:
        said = form.cleaned_data
        actions.end_qualification(
            by=request.actor, at=request.now, held=held, version=said["version"], until_on=said["until_on"]
        )
        return address(practitioner)

    title = f"End a qualification of {shown.practitioner.name}: {row}"
    return send(request, form, act, title=title, submit="End it", back=address(practitioner), said="Saved.")


def _details(said: dict[str, Any]) -> actions.Details:
    return actions.Details(**{name: said[name] for name in actions.Details.__slots__})


def _teams(request: Request) -> list[tuple[str, str]]:
    return [("", "Choose a team"), *queries.teams_in_force(request.actor, request.now)]


def _number(said: str) -> int:
    return int(said) if said.isascii() and said.isdigit() and len(said) < 8 else 1
