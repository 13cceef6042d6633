"""To an agency's sign-in and back."""

from __future__ import annotations

import logging

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import resolve_url
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from goldthread.accounts import agency_sign_in
from goldthread.accounts.oidc import flow
from goldthread.accounts.oidc.providers import Provider
from goldthread.accounts.oidc.speaking import Unspoken
from goldthread.accounts.oidc.tokens import Untrue
from goldthread.accounts.views.entrance import onward
from goldthread.kernel.requests import OpenRequest

log = logging.getLogger(__name__)
NOT_LET_IN = "Your agency's sign-in did not let you in here. Try again, or ask an administrator of your agency."


@login_not_required
@require_safe
def to_agency(request: OpenRequest, name: str) -> HttpResponse:
    """This will send someone to her agency's sign-in."""
    provider = agency_sign_in.provider(name)
    proving = request.GET.get("prove") == "1" and request.user.is_authenticated
    try:
        address = flow.begin(
            request.session,
            provider,
            at=request.now,
            back=_back(request, provider),
            onward=onward(request),
            proving=proving,
        )
    except (Untrue, Unspoken) as reason:
        return _turned_away(request, provider, reason)
    return HttpResponseRedirect(address)


@login_not_required
@require_safe
def from_agency(request: OpenRequest, name: str) -> HttpResponse:
    """This will let in whoever her agency vouches for, if her account is tied to it."""
    provider = agency_sign_in.provider(name)
    try:
        back = _back(request, provider)
        arrived = flow.finish(request.session, provider, request.GET, at=request.now, back=back)
        return agency_sign_in.let_in(request, provider, arrived)
    except (Untrue, Unspoken) as reason:
        return _turned_away(request, provider, reason)


@csrf_exempt
@login_not_required
@require_POST
def ended_at_agency(request: OpenRequest, name: str) -> HttpResponse:
    """This will end the sessions that an agency's sign-in says are over; it is called by the agency, not by a browser."""
    provider = agency_sign_in.provider(name)
    try:
        agency_sign_in.end_by_agency(request, provider, request.POST.get("logout_token", ""))
    except (Untrue, Unspoken) as reason:
        log.warning("A logout of %s was not believed: %s.", provider.id, reason)
        return JsonResponse({"error": "invalid_request"}, status=400)
    return HttpResponse(status=200)


def _back(request: OpenRequest, provider: Provider) -> str:
    return request.build_absolute_uri(reverse("from_agency", kwargs={"name": provider.id}))


def _turned_away(request: OpenRequest, provider: Provider, reason: Exception) -> HttpResponse:
    log.warning("A sign-in by %s was not believed: %s.", provider.id, reason)
    agency_sign_in.turn_away(request)
    messages.error(request, NOT_LET_IN)
    return HttpResponseRedirect(resolve_url("account_login"))
