"""Second factors: kept encrypted, never all taken away, and every wrong one kept in the audit."""

from __future__ import annotations

import json
from typing import Any, ClassVar

from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn import forms as passkeys
from django import forms
from django.core.exceptions import ValidationError

from goldthread.accounts import sign_ins
from goldthread.accounts.models import Account
from goldthread.accounts.sealing import seal, unseal
from goldthread.accounts.sign_in_forms import code
from goldthread.ui.forms import TextField

FULL = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
"""Factors that stand on their own; recovery codes only stand in for them."""

HOSTILE = (AttributeError, LookupError, OverflowError, TypeError, ValueError)
"""What the reading of a passkey's answer raises for one that no browser would send."""

UNREADABLE = "That passkey could not be read. Try again."
UNANSWERED = "Your browser did not answer with a passkey. Passkeys need JavaScript, and a device that knows yours."
LONGEST = 20_000


class SecondFactors(DefaultMFAAdapter):  # type: ignore[misc]  # allauth is untyped
    """Second factors of an account."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "That is not right. Type the code that your app shows now; each is good once.",
        "cannot_delete_authenticator": "This is your only second factor. Add another before you remove it.",
    }

    def encrypt(self, text: str) -> str:
        """Encrypt a secret for the database, under a key that is not in it."""
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Give it back; secrets that were encrypted under an older key too."""
        return unseal(encrypted_text)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Say whether another factor would be left."""
        return others_than(authenticator)

    def generate_authenticator_name(self, user: Account, type: str) -> str:
        """Give a first name for a passkey."""
        return f"Passkey {Authenticator.objects.filter(user=user, type=type).count() + 1}"

    def _get_site_name(self) -> str:
        return "Goldthread"


def others_than(authenticator: Authenticator) -> bool:
    """This will say whether the account has another full factor."""
    others = Authenticator.objects.filter(user=authenticator.user_id, type__in=FULL).exclude(pk=authenticator.pk)
    return bool(others.exists())


class _Code:
    """The code of an app, or a recovery code; what neither could be is a wrong one and never an error of ours."""

    fields: dict[str, forms.Field]
    cleaned_data: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        label = "Code from your app, or a recovery code"
        self.fields = {"code": code(label, "Type the code that your app shows now, or a recovery code")}

    def clean_code(self) -> str:
        """Judge it."""
        said = str(self.cleaned_data["code"])
        self.cleaned_data["code"] = said if said.isascii() else "none"
        return super().clean_code()  # type: ignore[misc,no-any-return]


class Code(_Code, AuthenticateForm):  # type: ignore[misc]
    """The second factor by code, at sign-in."""

    def _emit_authentication_failed(self, authenticator: Authenticator) -> None:
        sign_ins.refuse(context.request, self.user, how="code")


class CodeAgain(_Code, ReauthenticateForm):  # type: ignore[misc]
    """The same, to show again who one is."""

    def _emit_authentication_failed(self, authenticator: Authenticator) -> None:
        sign_ins.refuse(context.request, self.user, how="code-again")


class Answered(forms.JSONField):
    """What a browser says for a passkey. It is never shown again, and what no browser would say is a wrong one."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> Any:
        """Read it; refuses what is nested without end, and characters that no database keeps."""
        try:
            said = super().to_python(value)
            kept = json.dumps(said, ensure_ascii=False)
            kept.encode()
        except (RecursionError, UnicodeEncodeError, ValueError):
            raise ValidationError(UNREADABLE) from None
        if "\\u0000" in kept or len(kept) > LONGEST or not isinstance(said, dict):
            raise ValidationError(UNREADABLE)
        return said

    def bound_data(self, data: Any, initial: Any) -> Any:
        """Give nothing back to the page."""
        return initial


class _Answer:
    """A form with such an answer; one that cannot be read is a wrong one and never an error of ours."""

    how = "passkey"
    user: Any
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["credential"] = Answered(error_messages={"required": UNANSWERED})

    def clean_credential(self) -> Any:
        """Judge the answer."""
        try:
            return super().clean_credential()  # type: ignore[misc]
        except ValidationError:
            sign_ins.refuse(context.request, self.user, how=self.how)
            raise
        except HOSTILE:
            sign_ins.refuse(context.request, self.user, how=self.how)
            raise ValidationError(UNREADABLE) from None


class PasskeyAsSecond(_Answer, passkeys.AuthenticateWebAuthnForm):  # type: ignore[misc]
    """A passkey after a password."""


class PasskeyAlone(_Answer, passkeys.LoginWebAuthnForm):  # type: ignore[misc]
    """A passkey instead of a password: whoever holds it was made to show herself to it."""


class PasskeyAgain(_Answer, passkeys.ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """A passkey, to show again who one is."""

    how = "passkey-again"


class NewPasskey(passkeys.AddWebAuthnForm):  # type: ignore[misc]
    """A passkey to be added; one that does not make its holder show herself is not taken."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("passwordless", None)
        self.fields["credential"] = Answered(error_messages={"required": UNANSWERED})
        self.fields["name"] = TextField("Name for this passkey", longest=60, initial=self.initial["name"])

    def clean(self) -> dict[str, Any]:
        """Judge the new passkey as one that signs in alone."""
        self.cleaned_data["passwordless"] = True
        try:
            cleaned: dict[str, Any] = super().clean()
        except HOSTILE as error:
            if isinstance(error, ValidationError):
                raise
            raise ValidationError(UNREADABLE) from None
        return cleaned
