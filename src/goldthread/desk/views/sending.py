"""How a form of the desk is shown and sent: one act, and whatever refuses it becomes a sentence on the form."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from goldthread.desk.pages.keeping import About
from goldthread.kernel.errors import Conflict, NotNow, RuleBroken
from goldthread.kernel.requests import Request
from goldthread.ui import refusals
from goldthread.ui.forms import Form, VersionedForm
from goldthread.ui.forms.once import forget, is_second
from goldthread.ui.pages import Link


@dataclass(frozen=True, slots=True)
class Shown:
    """What stands round a form: the heading, the button, the way back, and sentences before the fields."""

    title: str
    submit: str
    back: str
    intro: Sequence[str] = ()
    about: About | None = None
    kind: str = ""  # of the button: "warning" for what cannot be taken back easily
    other: Link | None = None


def send(request: Request, form: Form, shown: Shown, act: Callable[[], str], *, said: str = "") -> HttpResponse:
    """This will show a form, and once it is sent and right do `act`, which gives where to go then; `said` is shown there."""
    if request.method == "POST" and form.is_valid():
        if is_second(request.actor.id, form):
            messages.info(request, "That form had been sent already. It was done once.")
            return HttpResponseRedirect(shown.back)
        try:
            onward = act()
        except (RuleBroken, NotNow) as refusal:
            form.refuse(refusal)
            forget(request.actor.id, form)
        except Conflict as conflict:
            again = form if isinstance(form, VersionedForm) else None
            return refusals.conflict(request, conflict, again, back=shown.back)
        except BaseException:
            forget(request.actor.id, form)
            raise
        else:
            if said:
                messages.success(request, said)
            return HttpResponseRedirect(onward)
    facts = {name: getattr(shown, name) for name in Shown.__slots__}
    status = 422 if form.errors else 200
    return render(request, "desk/form.html", {"form": form, **facts}, status=status, using="jinja2")
