"""Signing in by password, and what is done to passwords."""

from __future__ import annotations

from typing import Any

from allauth.account import views
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from goldthread.accounts.views.page import Page


class SignIn(Page, views.LoginView):  # type: ignore[misc]  # allauth is untyped
    """The way in."""

    template_name = "accounts/sign_in.html"
    title = "Sign in"
    submit = "Sign in"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give the agencies' own sign-ins too."""
        return {**super().get_context_data(**kwargs), "agencies": list(settings.OIDC_PROVIDERS.values())}


class Disabled(Page, views.AccountInactiveView):  # type: ignore[misc]
    """For a right password of a disabled account."""

    title = "Your account is disabled"
    intro = ("Ask an administrator of your agency.",)
    back_to = "account_login"


class AskReset(Page, views.PasswordResetView):  # type: ignore[misc]
    """Asks for a link by which to choose another password."""

    title = "Reset your password"
    intro = ("We will send a link to your email address. You will need your second factor as before.",)
    submit = "Send the link"
    back_to = "account_login"


class ResetSent(Page, views.PasswordResetDoneView):  # type: ignore[misc]
    """Says the same whether or not there is such an account."""

    title = "Look in your email"
    intro = (
        "If there is an account with that address and a password, a link is on its way to it. It is good for an hour.",
        "If nothing comes, ask an administrator of your agency.",
    )
    back_to = "account_login"


class Reset(Page, views.PasswordResetFromKeyView):  # type: ignore[misc]
    """Takes another password from whoever has the link."""

    template_name = "accounts/reset.html"
    title = "Choose another password"
    submit = "Save"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say whether the link is good."""
        return {"token_fail": False, **super().get_context_data(**kwargs)}


class ResetDone(Page, views.PasswordResetFromKeyDoneView):  # type: ignore[misc]
    """Sends whoever has another password now to sign in with it."""

    title = "Your password is changed"
    intro = ("Every session that was open is ended. Sign in with your new password and your second factor.",)
    back_to = "account_login"


class Change(Page, views.PasswordChangeView):  # type: ignore[misc]
    """Takes another password from someone who is signed in."""

    title = "Change your password"
    intro = ("You will be signed out everywhere, and sign in again with the new one.",)
    submit = "Change it"
    back_to = "mfa_index"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Let those change a password who have one."""
        if not request.user.has_usable_password():  # type: ignore[union-attr]  # someone is signed in
            return HttpResponseRedirect(reverse("mfa_index"))
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return answer


class Again(Page, views.ReauthenticateView):  # type: ignore[misc]
    """A password, to show again who one is, for someone who has no second factor yet."""

    title = "Show again who you are"
