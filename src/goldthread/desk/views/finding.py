"""Searching, by POST: a name must not stand in an address."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from goldthread.desk.forms.finding import SearchForm
from goldthread.desk.pages.finding import SearchPage
from goldthread.desk.queries import finding
from goldthread.desk.views import searched
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
