"""Searching, by POST, since a name must not stand in an address; and beginning a record once a search has found none."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from goldthread.desk import actions
from goldthread.desk.forms.finding import BeginForm, SearchForm
from goldthread.desk.pages.finding import SearchPage
from goldthread.desk.queries import finding
from goldthread.desk.views import searched
from goldthread.desk.views.opening import address
from goldthread.desk.views.sending import Shown, send
from goldthread.kernel.errors import RuleBroken
from goldthread.kernel.requests import Request
from goldthread.kernel.routes import Who, meant_for

form_methods = require_http_methods(["GET", "HEAD", "POST"])


@meant_for(Who.SIGNED_IN)
@form_methods
def search(request: Request) -> HttpResponse:
    """This will search, and show name stubs of what may be known."""
    form = SearchForm(request.POST if request.method == "POST" else None, on=timezone.localdate(request.now))
    page = SearchPage()
    if request.method == "POST" and form.is_valid():
        try:
            page = finding.found(request.actor, request.now, form.cleaned_data)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            searched.keep(request, form.cleaned_data)
    status = 422 if form.errors else 200
    return render(request, "desk/search.html", {"page": page, "form": form}, status=status, using="jinja2")


@meant_for(Who.SIGNED_IN)
@form_methods
def begin(request: Request) -> HttpResponse:
    """This will begin the record of a child whom a search of the last half-hour has not found."""
    kept = searched.kept(request)
    if kept is None:
        return HttpResponseRedirect(reverse("desk:search"))
    today = timezone.localdate(request.now)
    form = BeginForm(request.POST or None, on=today, initial=kept)

    def act() -> str:
        said = form.cleaned_data
        made = actions.begin_child(
            by=request.actor,
            at=request.now,
            given=said["given"],
            family=said["family"],
            born=said["born"],
            on=said["born_on"],
            exact=said["exact"],
            sex=said["sex"],
        )
        searched.forget(request)
        return address("child", made)

    intro = ("You are then involved with it, as the one who screens what has come in.",)
    return send(request, form, Shown("Begin a new record", "Begin the record", reverse("desk:search"), intro), act)
