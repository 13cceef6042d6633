"""What a team carries, and where things stand still."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from goldthread.desk.queries import team as teams
from goldthread.kernel.requests import Request
from goldthread.kernel.routes import Who, meant_for


@meant_for(Who.SIGNED_IN)
@require_safe
def team(request: Request) -> HttpResponse:
    """This will show each worker's load, and where things stand still."""
    said = request.GET.get("team", "")
    page = teams.page(request.actor, request.now, int(said) if said.isdecimal() and len(said) < 10 else None)
    return render(request, "desk/team.html", {"page": page}, using="jinja2")
