"""How a form of administration is shown and sent: one act, and whatever refuses it becomes a sentence on the form."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.core.cache import cache
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from goldthread.kernel.errors import Conflict, NotNow, RuleBroken
from goldthread.kernel.requests import Request
from goldthread.ui import refusals
from goldthread.ui.forms import Form, OnceForm, VersionedForm

_REMEMBERED = 24 * 3600  # seconds for which a form that was sent is known


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
        if _is_second(request, form):
            messages.info(request, "That form had been sent already. It was done once.")
            return HttpResponseRedirect(back)
        try:
            onward = act()
        except (RuleBroken, NotNow) as refusal:
            form.refuse(refusal)
            _forget(request, form)
        except Conflict as conflict:
            return refusals.conflict(request, conflict, form if isinstance(form, VersionedForm) else None, back=back)
        except BaseException:
            _forget(request, form)
            raise
        else:
            if said:
                messages.success(request, said)
            return HttpResponseRedirect(onward)
    context = {"form": form, "title": title, "submit": submit, "back": back, "intro": intro}
    status = 422 if form.errors else 200
    return render(request, "accounts/administration/form.html", context, status=status, using="jinja2")


def _is_second(request: Request, form: Form) -> bool:
    return isinstance(form, OnceForm) and not cache.add(_key(request, form), 1, _REMEMBERED)


def _forget(request: Request, form: Form) -> None:
    if isinstance(form, OnceForm):
        cache.delete(_key(request, form))


def _key(request: Request, form: Form) -> str:
    return f"form-sent:{request.actor.id}:{form.cleaned_data['form_id']}"
