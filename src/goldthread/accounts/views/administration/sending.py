"""How a form of administration is shown and sent: one act, and whatever refuses it becomes a sentence on the form."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from goldthread.kernel.errors import Conflict, NotNow, RuleBroken
from goldthread.kernel.requests import Request
from goldthread.ui import refusals
from goldthread.ui.forms import Form, VersionedForm
from goldthread.ui.forms.once import forget, is_second


def send(
    request: Request,
    form: Form,
    act: Callable[[], str],
    *,
    title: str,
    submit: str,
    back: str,
    intro: str = "",
    said: str = "",
) -> HttpResponse:
    """This will show a form, and once it is sent and right do `act`, which gives where to go then; `said` is shown there."""
    if request.method == "POST" and form.is_valid():
        if is_second(request.actor.id, form):
            messages.info(request, "That form had been sent already. It was done once.")
            return HttpResponseRedirect(back)
        try:
            onward = act()
        except (RuleBroken, NotNow) as refusal:
            form.refuse(refusal)
            forget(request.actor.id, form)
        except Conflict as conflict:
            return refusals.conflict(request, conflict, form if isinstance(form, VersionedForm) else None, back=back)
        except BaseException:
            forget(request.actor.id, form)
            raise
        else:
            if said:
                messages.success(request, said)
            return HttpResponseRedirect(onward)
    context = {"form": form, "title": title, "submit": submit, "back": back, "intro": intro}
    status = 422 if form.errors else 200
    return render(request, "accounts/administration/form.html", context, status=status, using="jinja2")
