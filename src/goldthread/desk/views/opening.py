"""What every page of a record does: says when it is open in an emergency, and shows the closed door to whoever may know of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from goldthread.access.gate import NotInvolved, Opened
from goldthread.desk.queries import stubs
from goldthread.kernel.requests import Request
from goldthread.ui.pages import Banner, BannerKind, Link
from goldthread.ui.wording import counted

View = Callable[..., HttpResponse]


def address(name: str, code: str, **words: Any) -> str:
    """This will give the address of a page of a record."""
    return reverse(f"desk:{name}", kwargs={"code": code, **words})


def knocking(view: View) -> View:
    """This will have a page of a record show the closed door, where someone may know of the record and not open it."""

    @wraps(view)
    def knocked(request: Request, *args: Any, **words: Any) -> HttpResponse:
        try:
            return view(request, *args, **words)
        except NotInvolved as refusal:
            page = stubs.closed(request.actor, request.now, refusal)
            return render(request, "desk/closed.html", {"page": page}, status=403, using="jinja2")

    return knocked


def warn(request: Request, opened: Opened) -> None:
    """This will put over the page that the record is open in an emergency, and until when."""
    if opened.emergency is None:
        return
    left = max(1, round((opened.emergency.until_at - opened.at).total_seconds() / 60))
    request.banners = [  # type: ignore[attr-defined]  # the layout reads it, if it is there
        Banner(
            BannerKind.BREAK_GLASS,
            "You opened this record in an emergency.",
            f"Open for another {counted(left, 'minute')}. Those who answer for it have been told.",
            Link("End it now", address("end_emergency", opened.code)),
            opened.emergency.until_at,
        )
    ]
