"""Says on each request who asks and when, and lets nobody further who has not shown who she is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from allauth.core.exceptions import ReauthenticationRequired
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpResponseBase, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils import timezone
from django.utils.http import urlencode

from goldthread.accounts import fresh, invitations, proofs, sign_ins
from goldthread.accounts.models import Account
from goldthread.accounts.rules import ENDING_SENTENCES, Limits, ending
from goldthread.agencies.queries import posts_held
from goldthread.kernel.errors import AuditUnavailable, FreshSignInNeeded
from goldthread.kernel.requests import OpenRequest, Request
from goldthread.ui import refusals

ENROLLING_MAY = frozenset({"mfa_activate_totp", "mfa_add_webauthn", "account_reauthenticate", "app_picture"})
"""Addresses, by name, that are open to someone who is on the way to her second factor."""


class WhoAsks:
    """Puts `actor`, `now` and `id` on the request, and ends at once a session that is over."""

    def __init__(self, get_response: Callable[[OpenRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.limits = Limits(settings.SESSION_IDLE, settings.SESSION_WHOLE)

    def __call__(self, request: OpenRequest) -> HttpResponseBase:
        """Answer the request."""
        request.id = uuid4().hex
        request.now = timezone.now()  # noqa: TID251  # here, and nowhere below: the one moment of the request
        request.actor, request.roles, request.shown_as = None, frozenset(), ""
        if isinstance(request.user, Account):
            try:
                self._judge(request, request.user)
            except AuditUnavailable as unavailable:
                return refusals.answer(request, unavailable) or self.get_response(request)
        return self.get_response(request)

    def _judge(self, request: OpenRequest, account: Account) -> None:
        posts = posts_held(account.practitioner_id, timezone.localdate(request.now))
        over = ending(
            enabled=account.enabled,
            has_post=bool(posts),
            began_at=sign_ins.began_at(request),
            seen_at=sign_ins.seen_at(request),
            now=request.now,
            limits=self.limits,
        )
        if over is not None:
            sign_ins.end(request, because=over)
            messages.info(request, ENDING_SENTENCES[over])
            return
        sign_ins.keep_seen(request)
        request.shown_as = f"{account.practitioner.name}, {str(posts[0]).lower()}"
        by = sign_ins.actor_of(request, account, posts)
        whole = proofs.shown(request, account).whole
        if whole or (invitations.ENROLLING in request.session and invitations.go_on(request, account, by)):
            request.actor = by
            request.roles = frozenset(post.role for post in posts)

    def process_view(
        self, request: OpenRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        """Let through whoever is known, and what is marked as open to all (Django's `login_not_required`)."""
        if request.actor is not None or not getattr(view, "login_required", True):
            return None
        if request.user.is_authenticated:
            named = request.resolver_match.url_name if request.resolver_match else None
            enrolling = invitations.ENROLLING in request.session
            return None if enrolling and named in ENROLLING_MAY else HttpResponseRedirect(resolve_url("second_factor"))
        onward = f"?{urlencode({REDIRECT_FIELD_NAME: request.get_full_path()})}" if request.method == "GET" else ""
        return HttpResponseRedirect(resolve_url(settings.LOGIN_URL) + onward)

    def process_exception(self, request: Request, exception: Exception) -> HttpResponseBase | None:
        """Send someone whose proof is not fresh enough to show again who she is; what allauth asks for too."""
        if isinstance(exception, FreshSignInNeeded | ReauthenticationRequired) and request.actor is not None:
            return fresh.ask_for_proof(request)
        return None
