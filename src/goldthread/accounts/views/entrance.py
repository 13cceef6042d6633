"""The way in and the way out."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from goldthread.accounts import demo, sign_ins
from goldthread.accounts.invitations import ENROLLING
from goldthread.accounts.rules import Ending
from goldthread.accounts.views.passwords import SignIn
from goldthread.kernel.requests import OpenRequest

_by_password = SignIn.as_view()


def onward(request: OpenRequest) -> str:
    """This will give where someone wanted to go, if that is on this site, else where the site begins."""
    said = request.POST.get(REDIRECT_FIELD_NAME) or request.GET.get(REDIRECT_FIELD_NAME) or ""
    return said if sign_ins.stays_here(request, said) else resolve_url(settings.LOGIN_REDIRECT_URL)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: OpenRequest) -> HttpResponseBase:
    """This will ask for a password or a passkey; in a demonstration it will show whom a visitor can be."""
    return be_someone(request) if demo.in_demonstration() else _by_password(request)


def be_someone(request: OpenRequest) -> HttpResponse:
    """This will show whom a visitor to the demonstration can be, and sign her in as the one she picks."""
    if request.method == "POST":
        demo.enter(request, request.POST.get("person", ""))
        return HttpResponseRedirect(onward(request))
    context = {"people": demo.people(request.now), "next": onward(request)}
    return render(request, "accounts/be_someone.html", context, using="jinja2")


@login_not_required
@require_POST
def sign_out(request: OpenRequest) -> HttpResponse:
    """This will end the session."""
    if request.user.is_authenticated:
        sign_ins.end(request, because=Ending.SIGNED_OUT)
    return HttpResponseRedirect(resolve_url(settings.LOGIN_URL))


@login_not_required
@require_safe
def second_factor(request: OpenRequest) -> HttpResponse:
    """This will tell someone who has shown one factor only that she needs another, and who can help."""
    context = {"signed_in": request.user.is_authenticated, "enrolling": ENROLLING in request.session}
    return render(request, "accounts/second_factor.html", context, status=403, using="jinja2")
