"""A child's pages. Each asks for one page, as of one day, and shows it once the record is closed again."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from goldthread.access.vocabulary import Act
from goldthread.desk.forms.chronology import ChronologyFilter
from goldthread.desk.queries import child as queries
from goldthread.desk.queries import chronology as timelines
from goldthread.desk.views.days import asked
from goldthread.desk.views.opening import knocking, warn
from goldthread.kernel.requests import Request
from goldthread.kernel.routes import Who, meant_for


@meant_for(Who.RECORD, Act.OPEN)
@require_safe
@knocking
def child(request: Request, code: str) -> HttpResponse:
    """This will show who a child is, and what is happening."""
    days, as_of, onward = asked(request)
    if onward is not None:
        return onward
    page, opened = queries.child(request.actor, request.now, code, as_of)
    warn(request, opened)
    return render(request, "desk/child/child.html", {"page": page, "days": days}, using="jinja2")


@meant_for(Who.RECORD, Act.OPEN)
@require_safe
@knocking
def duties(request: Request, code: str) -> HttpResponse:
    """This will show every duty of a child, with how its date was worked out."""
    days, as_of, onward = asked(request)
    if onward is not None:
        return onward
    page, opened = queries.duties(request.actor, request.now, code, as_of)
    warn(request, opened)
    return render(request, "desk/child/duties.html", {"page": page, "days": days}, using="jinja2")


@require_http_methods(["GET", "HEAD", "POST"])
@meant_for(Who.RECORD, Act.OPEN)
@knocking
def chronology(request: Request, code: str) -> HttpResponse:
    """This will show what happened. Words that are looked for are sent by POST, and shown at once: no address holds them."""
    days, as_of, onward = asked(request)
    if onward is not None:
        return onward
    form = ChronologyFilter(request.POST if request.method == "POST" else request.GET)
    narrowed = timelines.Narrowed.read(form.cleaned_data if form.is_valid() else {}, request.GET)
    if request.method == "POST" and not form.errors and not narrowed.text:
        return HttpResponseRedirect(narrowed.address(code, as_of))
    page, opened = timelines.page(request.actor, request.now, code, as_of, narrowed)
    warn(request, opened)
    context = {"page": page, "days": days, "form": form}
    status = 422 if form.errors else 200
    return render(request, "desk/child/chronology.html", context, status=status, using="jinja2")


@meant_for(Who.RECORD, Act.PRINT)
@require_safe
@knocking
def printed(request: Request, code: str) -> HttpResponse:
    """This will show the chronology as it is printed; that it was is written on the record."""
    _, as_of, onward = asked(request)
    if onward is not None:
        return onward
    form = ChronologyFilter(request.GET)
    narrowed = timelines.Narrowed.read(form.cleaned_data if form.is_valid() else {}, request.GET)
    page, opened = timelines.printed(request.actor, request.now, code, as_of, narrowed, request.shown_as)
    warn(request, opened)
    return render(request, "desk/child/print.html", {"page": page}, using="jinja2")


@meant_for(Who.RECORD, Act.OPEN)
@require_safe
@knocking
def family(request: Request, code: str) -> HttpResponse:
    """This will show the family, drawn and as a list."""
    days, as_of, onward = asked(request)
    if onward is not None:
        return onward
    page, opened = queries.family(request.actor, request.now, code, as_of)
    warn(request, opened)
    return render(request, "desk/child/family.html", {"page": page, "days": days}, using="jinja2")


@meant_for(Who.RECORD, Act.OPEN)
@require_safe
@knocking
def details(request: Request, code: str) -> HttpResponse:
    """This will show names, numbers, addresses and what else is known of who she is."""
    days, as_of, onward = asked(request)
    if onward is not None:
        return onward
    page, opened = queries.details(request.actor, request.now, code, as_of)
    warn(request, opened)
    return render(request, "desk/child/details.html", {"page": page, "days": days}, using="jinja2")
