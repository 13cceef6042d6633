"""Showing again who one is."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from goldthread.accounts import demo, fresh, proofs
from goldthread.accounts.models import Account
from goldthread.accounts.views.entrance import onward
from goldthread.kernel.errors import NotNow
from goldthread.kernel.requests import Request


@require_http_methods(["GET", "HEAD", "POST"])
def prove(request: Request) -> HttpResponse:
    """This will send someone to the way in which she shows again who she is; in a demonstration it is one more click."""
    account = request.user
    assert isinstance(account, Account)
    on = onward(request)
    if demo.in_demonstration():
        if request.method == "POST":
            record_authentication(request, account, proofs.DEMO)
            return HttpResponseRedirect(on)
        return render(request, "accounts/prove.html", {"next": on}, using="jinja2")
    identity = account.identities.order_by("-used_at").first()
    if identity is not None:
        query = urlencode({"prove": "1", REDIRECT_FIELD_NAME: on})
        return HttpResponseRedirect(f"{reverse('to_agency', kwargs={'name': identity.provider})}?{query}")
    ways = get_adapter(request).get_reauthentication_methods(account)
    if not ways:
        raise NotNow("Your account has no way to show again who you are. Ask an administrator of your agency.")
    return HttpResponseRedirect(f"{ways[0]['url']}?{urlencode({REDIRECT_FIELD_NAME: on})}")


@require_safe
def proved(request: Request) -> HttpResponse:
    """This will show someone who has shown who she is what she had sent, for her to send it now."""
    kept = fresh.kept(request, request.GET.get("kept", ""))
    return render(request, "accounts/proved.html", {"kept": kept}, using="jinja2")
