"""The site's addresses with the desk's names, leading nowhere: for pages that are drawn without the site behind them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, include, path

from goldthread.config.urls import urlpatterns as site

NAMES = {
    "first": "",
    "work": "my-work/",
    "keep_view": "my-work/views/keep/",
    "change_view": "my-work/views/<int:view>/",
    "team": "my-work/team/",
    "search": "search/",
    "begin": "search/begin/",
    "notices": "notices/",
    "notice_read": "notices/<int:notice>/read/",
    "reviews": "reviews/",
    "review": "reviews/<int:emergency>/",
    "child": "children/<slug:code>/",
    "duties": "children/<slug:code>/duties/",
    "chronology": "children/<slug:code>/chronology/",
    "print": "children/<slug:code>/chronology/print/",
    "family": "children/<slug:code>/family/",
    "details": "children/<slug:code>/details/",
    "access": "children/<slug:code>/access/",
    "destroy": "children/<slug:code>/access/destroy/",
    "emergency": "children/<slug:code>/emergency/",
    "end_emergency": "children/<slug:code>/emergency/end/",
    "involved": "children/<slug:code>/involved/",
    "involve": "children/<slug:code>/involved/begin/",
    "end_involvement": "children/<slug:code>/involved/<int:involvement>/end/",
    "own_tie": "children/<slug:code>/tie/",
    "custody": "children/<slug:code>/reach/",
    "restrict": "children/<slug:code>/reach/set/",
    "name": "children/<slug:code>/reach/name/",
    "end_naming": "children/<slug:code>/reach/name/<int:named>/end/",
    "tie": "children/<slug:code>/reach/tie/",
    "end_tie": "children/<slug:code>/reach/tie/<int:conflict>/end/",
}


def nowhere(request: HttpRequest, **words: object) -> HttpResponse:
    """Nothing."""
    return HttpResponse()


urlpatterns: list[URLPattern | URLResolver] = [
    *site,
    path("", include(([path(address, nowhere, name=name) for name, address in NAMES.items()], "desk"))),
]
