"""What differs here from allauth's own sign-in: nobody signs herself up, two factors are asked of all, all leaves a trace."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.stagekit import clear_login
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from goldthread.accounts import letters, proofs, sign_ins, trail
from goldthread.accounts.models import Account
from goldthread.accounts.rules import Ending
from goldthread.audit.lines import Verb
from goldthread.kernel.acting import acting_as
from goldthread.kernel.requests import OpenRequest

SAID = {
    "account/messages/password_changed.txt": "Your password is changed.",
    "mfa/messages/totp_activated.txt": "The authenticator app is added.",
    "mfa/messages/totp_deactivated.txt": "The authenticator app is removed.",
    "mfa/messages/webauthn_added.txt": "The passkey is added.",
    "mfa/messages/webauthn_removed.txt": "The passkey is removed.",
}
"""What allauth says once something is done, in our words; of what is not here it says nothing."""

PASSKEY_OPTIONS = "mfa_login_webauthn"


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is untyped
    """Signing in to an account."""

    request: OpenRequest
    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "The email address or the password is not right.",
        "too_many_login_attempts": "Too many attempts. Wait five minutes, then try again.",
        "incorrect_password": "The password is not right.",
        "enter_current_password": "That is not your present password.",
        "rate_limited": "Too many attempts. Wait a few minutes, then try again.",
    }

    def is_open_for_signup(self, request: OpenRequest) -> bool:
        """Say no: accounts are opened by administrators."""
        return False

    def pre_login(self, request: OpenRequest, user: Account, **kwargs: Any) -> HttpResponse | None:
        """Stop whoever has no second factor before a session begins; by what way she came does not matter."""
        response: HttpResponse | None = super().pre_login(request, user, **kwargs)
        by_agency = any(one["method"] == proofs.AGENCY for one in get_authentication_records(request, user))
        if response is None and not by_agency and user.identities.exists():
            clear_login(request)
            sign_ins.refuse(request, user, how="not-by-agency")
            messages.error(request, "You sign in here with your agency's own sign-in.")
            response = HttpResponseRedirect(reverse("account_login"))
        elif response is None and not proofs.can_be_whole(request, user):
            clear_login(request)
            sign_ins.refuse(request, user, how="one-factor")
            response = HttpResponseRedirect(reverse("second_factor"))
        elif response is not None:
            sign_ins.refuse(request, user, how="account-disabled")
        return response

    def login(self, request: OpenRequest, user: Account) -> None:
        """Sign in, and write down that a session began."""
        records = get_authentication_records(request, user)
        super().login(request, user)
        sign_ins.begin(request, user, how=proofs.how(records), agency=proofs.agency(records))

    def logout(self, request: OpenRequest) -> None:
        """End the session, and write that down."""
        sign_ins.end(request, because=Ending.SIGNED_OUT)

    def authentication_failed(self, request: OpenRequest, **credentials: Any) -> None:
        """Keep that a password was wrong, or the account unknown."""
        email = str(credentials.get("email", "")).lower()
        sign_ins.refuse(request, Account.objects.filter(email=email).first(), how="password")

    def set_password(self, user: Account, password: str) -> None:
        """Set a password; every session that began with the old one ends."""
        by = self.request.actor or trail.nobody(self.request, sign_ins.address_of(self.request))
        with acting_as(by):
            super().set_password(user, password)
            sign_ins.end_all(user, at=self.request.now, because=Ending.PROOF_CHANGED)
            trail.keep(by, self.request.now, Verb.ADMINISTERED, trail.of(user), purpose="password-set")

    def send_password_reset_mail(self, user: Account, email: str, context: dict[str, Any]) -> None:
        """Send a link only to whoever has a password that could be reset."""
        if user.has_usable_password():
            letters.offer_reset(user, context["password_reset_url"])

    def send_notification_mail(self, template_prefix: str, user: Account, *also: Any, **more: Any) -> None:
        """Warn someone of what was done to her account."""
        address = sign_ins.address_of(self.request)
        letters.warn(user, letters.HAPPENED[template_prefix], at=self.request.now, address=address)

    def add_message(
        self, request: OpenRequest, level: int, message_template: str | None = None, *also: Any, **more: Any
    ) -> None:
        """Say what was done, where a page does not say it by itself."""
        said = more.get("message") or SAID.get(message_template or "")
        if said:
            messages.add_message(request, level, said)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Give the ways to show again who one is: a second factor, and a password only where there is none yet."""
        ways: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        second = [way for way in ways if way["id"] != "reauthenticate"]
        second.sort(key=lambda way: way["id"] != "mfa_reauthenticate:webauthn")
        return second or ways

    def get_client_ip(self, request: OpenRequest) -> str:
        """Give where a request came from, as the rest of the site reads it."""
        return sign_ins.address_of(request)

    def is_ajax(self, request: OpenRequest) -> bool:
        """Say whether a script asks; only the passkey button's does."""
        asked = request.resolver_match.url_name if request.resolver_match else None
        return asked == PASSKEY_OPTIONS and request.method == "GET"

    def is_safe_url(self, url: Any) -> bool:
        """Say whether a page of this site is meant; other hosts that the site answers to are not it."""
        return sign_ins.stays_here(self.request, str(url))
