"""Which days a page is asked for: read from its address, or from the form that asks for them."""

from __future__ import annotations

from datetime import date

from django.http import HttpResponse, HttpResponseRedirect
from django.utils import timezone

from goldthread.desk.forms.days import Days
from goldthread.desk.pages.days import AsOf
from goldthread.kernel.requests import Request

SENT = tuple(f"{name}_{part}" for name in ("stood", "known") for part in ("day", "month", "year"))


def asked(request: Request) -> tuple[Days, AsOf, HttpResponse | None]:
    """This will give the form, the days of the page, and where to go instead once the form was sent and is right."""
    today = timezone.localdate(request.now)
    as_of = AsOf(today, _day(request.GET.get("stood_on", ""), today), _day(request.GET.get("known_on", ""), today))
    if not any(name in request.GET for name in SENT):
        return Days(on=today, initial={"stood": as_of.stood_on, "known": as_of.known_on}), as_of, None
    form = Days(request.GET, on=today)
    if not form.is_valid():
        return form, as_of, None
    wanted = AsOf(today, form.cleaned_data["stood"], form.cleaned_data["known"])
    return form, as_of, HttpResponseRedirect(f"{request.path}{wanted.query}")


def _day(said: str, today: date) -> date | None:
    """A day that an address says; one that is none, or lies ahead, is left out, and the page says of which day it is."""
    try:
        found = date.fromisoformat(said) if len(said) == 10 else None
    except ValueError:
        return None
    return found if found is not None and date(1900, 1, 1) <= found <= today else None
