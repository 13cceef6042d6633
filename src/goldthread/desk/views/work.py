"""My work, and the views of it that one keeps."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from goldthread.desk import actions
from goldthread.desk.forms.work import ViewChange, ViewForm, WorkFilter
from goldthread.desk.queries import views as kept
from goldthread.desk.queries import work
from goldthread.desk.roles import first_page
from goldthread.desk.views.sending import Shown, send
from goldthread.kernel.errors import NotFound
from goldthread.kernel.requests import Request
from goldthread.kernel.routes import Who, meant_for

form_methods = require_http_methods(["GET", "HEAD", "POST"])


@meant_for(Who.SIGNED_IN)
@require_safe
def first(request: Request) -> HttpResponse:
    """This will lead to the page on which someone begins her day."""
    return HttpResponseRedirect(reverse(first_page(request.roles)))


@meant_for(Who.SIGNED_IN)
@form_methods
def mine(request: Request) -> HttpResponse:
    """This will show the duties that are open for me, my team or my agency.

    The filter is sent by POST. What can be kept and sent to a colleague goes into the address; words never do.
    """
    form = WorkFilter(request.POST if request.method == "POST" else request.GET)
    choices = work.choices(request.actor, request.now)
    for name, offered in choices.items():
        form.fields[name].choices = offered  # type: ignore[attr-defined]  # fields of choices
    asked = work.Asked.read(request.GET, form.cleaned_data if form.is_valid() else {})
    if request.method == "POST" and not form.errors and not asked.text:
        return HttpResponseRedirect(f"{reverse('desk:work')}?{asked.query()}")
    page = work.page(request.actor, request.now, asked, choices)
    status = 422 if form.errors else 200
    return render(request, "desk/work.html", {"page": page, "form": form}, status=status, using="jinja2")


@meant_for(Who.SIGNED_IN)
@form_methods
def keep(request: Request) -> HttpResponse:
    """This will keep a way of narrowing My work, under a name."""
    asked = work.narrowing(request.GET)
    if not asked:
        raise NotFound("There is nothing to keep.")
    form = ViewForm(request.POST or None)
    onward = f"{reverse('desk:work')}?{asked}"

    def act() -> str:
        actions.keep_view(by=request.actor, at=request.now, name=form.cleaned_data["name"], asked=asked)
        return onward

    return send(request, form, Shown("Keep this view", "Keep", onward), act, said="It stands among your views.")


@meant_for(Who.SIGNED_IN)
@form_methods
def change(request: Request, view: int) -> HttpResponse:
    """This will give a view another name, or let it go."""
    row = kept.one_of(request.actor, view)
    form = ViewChange(request.POST or None, initial={"name": row.name, "version": row.version})
    onward = f"{reverse('desk:work')}?{row.asked}"

    def act() -> str:
        said = form.cleaned_data
        if said["drop"]:
            actions.drop_view(by=request.actor, at=request.now, view=view, version=said["version"])
            return reverse("desk:work")
        actions.name_view(by=request.actor, at=request.now, view=view, version=said["version"], name=said["name"])
        return onward

    return send(request, form, Shown("Change this view", "Save", onward), act, said="Saved.")
