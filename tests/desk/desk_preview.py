"""The same addresses, with one more that shows an invented page, so that a browser can open it."""

from __future__ import annotations

import shown
from desk_addresses import urlpatterns as named
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, URLResolver, path

from goldthread.kernel.routes import Who, meant_for


@login_not_required
@meant_for(Who.ANYONE)
def preview(request: HttpRequest, name: str) -> HttpResponse:
    """One invented page."""
    template, facts = shown.pages()[name]
    return render(request, template, facts, using="jinja2")


urlpatterns: list[URLPattern | URLResolver] = [path("preview/<str:name>/", preview), *named]
