"""One's own account: second factors, and sessions that one can end."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import get_totp_secret
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from goldthread.accounts import actions, queries, sign_ins
from goldthread.accounts.models import Account
from goldthread.accounts.second_factors import SecondFactors
from goldthread.kernel.requests import OpenRequest, Request


@require_safe
def your_account(request: Request) -> HttpResponse:
    """This will show one's own account."""
    account = request.user
    assert isinstance(account, Account)
    sign_ins.close_stale(account, at=request.now)
    held = list(Authenticator.objects.filter(user=account).order_by("pk"))
    context = {
        "account": account,
        "has_password": account.has_usable_password(),
        "app": next((one for one in held if one.type == Authenticator.Type.TOTP), None),
        "passkeys": [(one.pk, one.wrap().name, one) for one in held if one.type == Authenticator.Type.WEBAUTHN],
        "codes_left": sum(
            len(one.wrap().get_unused_codes()) for one in held if one.type == Authenticator.Type.RECOVERY_CODES
        ),
        "has_factor": any(one.type != Authenticator.Type.RECOVERY_CODES for one in held),
        "by_agency": account.identities.exists(),
        "sessions": queries.sessions(account, request.session.session_key),
    }
    return render(request, "accounts/your_account.html", context, using="jinja2")


@require_POST
def end_session(request: Request, sign_in: int) -> HttpResponse:
    """This will end another session of one's own."""
    actions.end_own_session(by=request.actor, at=request.now, sign_in=sign_in)
    messages.success(request, "That session is ended.")
    return HttpResponseRedirect(reverse("mfa_index"))


@require_safe
def app_picture(request: OpenRequest) -> HttpResponse:
    """This will give the picture by which an authenticator app takes in its secret, while it is being set up."""
    account = request.user
    assert isinstance(account, Account)
    factors = SecondFactors()
    picture = factors.build_totp_svg(factors.build_totp_url(account, get_totp_secret()))
    return HttpResponse(picture, content_type="image/svg+xml")
