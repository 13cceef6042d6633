"""What those who answer for records are told."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from goldthread.access import actions
from goldthread.desk.queries import oversight
from goldthread.kernel.requests import Request
from goldthread.kernel.routes import Who, meant_for


@meant_for(Who.SIGNED_IN)
@require_safe
def notices(request: Request) -> HttpResponse:
    """This will list who reached for the records that one answers for."""
    page = oversight.notices(request.actor, request.now)
    return render(request, "desk/notices.html", {"page": page}, using="jinja2")


@meant_for(Who.SIGNED_IN)
@require_POST
def read(request: Request, notice: int) -> HttpResponse:
    """This will mark a notice as read."""
    actions.read_notice(by=request.actor, at=request.now, notice=notice)
    return HttpResponseRedirect(reverse("desk:notices"))
