"""Setting up one's account, by an invitation."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from goldthread.accounts import agency_sign_in, invitations
from goldthread.accounts.forms import NewPassword
from goldthread.kernel.errors import NotFound
from goldthread.kernel.requests import OpenRequest


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: OpenRequest, token: str) -> HttpResponse:
    """This will offer whoever was invited the ways to set up her account; looking at it uses nothing up."""
    try:
        good = invitations.open_one(token, request.now)
    except NotFound:
        return render(request, "accounts/invitation_over.html", status=404, using="jinja2")
    with_password = request.method == "POST" and request.POST.get("with") == "password"
    form = NewPassword(request.POST if with_password else None, account=good.account)
    if with_password and form.is_valid():
        invitations.accept(request, good, form.cleaned_data["password"])
        return HttpResponseRedirect(reverse("mfa_activate_totp"))
    if request.method == "POST" and request.POST.get("with") == "passkey":
        invitations.accept(request, good, None)
        return HttpResponseRedirect(reverse("mfa_add_webauthn"))
    if request.method == "POST" and request.POST.get("with") in settings.OIDC_PROVIDERS:
        request.session[agency_sign_in.TYING] = good.pk
        return HttpResponseRedirect(reverse("to_agency", kwargs={"name": request.POST["with"]}))
    context = {"form": form, "account": good.account, "agencies": list(settings.OIDC_PROVIDERS.values())}
    return render(request, "accounts/invitation.html", context, status=422 if form.errors else 200, using="jinja2")
