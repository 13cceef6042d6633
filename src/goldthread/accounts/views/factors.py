"""Second factors: asked for, added, removed."""

from __future__ import annotations

from typing import Any

from allauth.mfa.base.views import AuthenticateView, ReauthenticateView
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.internal import auth
from allauth.mfa.webauthn.views import (
    AddWebAuthnView,
    EditWebAuthnView,
    LoginWebAuthnView,
    ReauthenticateWebAuthnView,
    RemoveWebAuthnView,
)
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse, reverse_lazy

from goldthread.accounts.second_factors import others_than
from goldthread.accounts.views.page import Page


class AskCode(Page, AuthenticateView):  # type: ignore[misc]  # allauth is untyped
    """Asks for the second factor, after a password."""

    template_name = "accounts/code.html"
    title = "Your second factor"
    submit = "Sign in"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say which ways her account has."""
        context = super().get_context_data(**kwargs)
        types = set(Authenticator.objects.filter(user=self.stage.login.user).values_list("type", flat=True))
        return {**context, "by_code": types != {"webauthn"}, "by_passkey": "webauthn" in types}


class PasskeySignIn(LoginWebAuthnView):  # type: ignore[misc]
    """A passkey instead of a password."""


class CodeAgain(Page, ReauthenticateView):  # type: ignore[misc]
    """A code, to show again who one is."""

    title = "Show again who you are"
    intro = ("Some acts ask for a fresh proof. What you have typed is kept.",)


class PasskeyAgain(Page, ReauthenticateWebAuthnView):  # type: ignore[misc]
    """A passkey, to show again who one is."""

    template_name = "accounts/passkey.html"
    title = "Show again who you are"
    intro = ("Some acts ask for a fresh proof. What you have typed is kept.",)
    submit = "Use your passkey"
    script = "authenticateForm"
    button = "authenticate"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say what the script does."""
        return {**super().get_context_data(**kwargs), "script": self.script, "button": self.button}

    def form_invalid(self, form: Any) -> HttpResponse:
        """Show what was wrong, here."""
        return self.render_to_response(self.get_context_data(form=form))  # type: ignore[no-any-return]


class AddPasskey(Page, AddWebAuthnView):  # type: ignore[misc]
    """Adds a passkey that signs in alone, and so makes its holder show herself to it."""

    template_name = "accounts/passkey.html"
    title = "Add a passkey"
    intro = ("Your browser will ask you for your fingerprint, face or PIN, or for a security key.",)
    submit = "Add a passkey"
    script = "signupForm"  # the one that leaves the server's wishes as they are
    button = "signup"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Ask the browser for a passkey that it keeps with the account's name."""
        context = super().get_context_data(**kwargs)
        options = auth.begin_registration(self.request.user, passwordless=True)
        return {**context, "js_data": {"creation_options": options}, "script": self.script, "button": self.button}


class RenamePasskey(Page, EditWebAuthnView):  # type: ignore[misc]
    """Gives a passkey another name."""

    title = "Rename a passkey"
    submit = "Save"
    back_to = "mfa_index"
    success_url = reverse_lazy("mfa_index")


class RemovePasskey(Page, RemoveWebAuthnView):  # type: ignore[misc]
    """Removes a passkey, but never the last factor."""

    title = "Remove a passkey"
    intro = ("It can no longer be used to sign in here. Remove it from the device too.",)
    submit = "Remove it"
    kind = "warning"
    back_to = "mfa_index"
    success_url = reverse_lazy("mfa_index")

    def form_valid(self, form: Any) -> HttpResponse:
        """Remove it where another factor is left."""
        if not others_than(self.get_object()):
            messages.error(self.request, "This is your only second factor. Add another before you remove it.")
            return HttpResponseRedirect(reverse("mfa_index"))
        response: HttpResponse = super().form_valid(form)
        return response


class AddApp(Page, ActivateTOTPView):  # type: ignore[misc]
    """Adds an authenticator app."""

    template_name = "accounts/app.html"
    title = "Add an authenticator app"
    submit = "Add the app"


class RemoveApp(Page, DeactivateTOTPView):  # type: ignore[misc]
    """Removes the authenticator app, but never the last factor."""

    title = "Remove the authenticator app"
    intro = ("Codes that it shows are no longer taken. Remove the entry from the app too.",)
    submit = "Remove it"
    kind = "warning"
    back_to = "mfa_index"


class NewRecoveryCodes(Page, GenerateRecoveryCodesView):  # type: ignore[misc]
    """Makes new recovery codes."""

    title = "New recovery codes"
    intro = ("The ones that you have are worthless then.",)
    submit = "Make new ones"
    kind = "warning"
    back_to = "mfa_index"


class RecoveryCodes(Page, ViewRecoveryCodesView):  # type: ignore[misc]
    """Shows recovery codes, once."""

    template_name = "accounts/recovery_codes.html"
    title = "Your recovery codes"
    back_to = "mfa_index"
