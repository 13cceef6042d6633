"""The forms of allauth in our words and fields."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account
from allauth.mfa.totp import forms as totp
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.forms import Field

from goldthread.ui.forms import EmailField, Look, PassphraseField, TextField, Width

NEW_PASSWORD_HINT = "12 characters or more. Three or four words in a row are good."


def _email() -> Field:
    return EmailField(
        "Email address", missing="Enter your email address", look=Look(autocomplete="username", width=Width.TWO_THIRDS)
    )


def _password(label: str = "Password") -> Field:
    return PassphraseField(label, missing=f"Enter your {label.lower()}")


def code(label: str, missing: str) -> Field:
    """This will give the field of a code: of an app, or of those that stand in for it."""
    return TextField(
        label,
        missing=missing,
        longest=40,
        look=Look(autocomplete="one-time-code", inputmode="numeric", width=Width.CHARACTERS_20),
    )


class SignIn(account.LoginForm):  # type: ignore[misc]  # allauth is untyped
    """An address and a password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields = {"login": _email(), "password": _password()}


class AskReset(account.ResetPasswordForm):  # type: ignore[misc]
    """An address that a link is to go to."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields = {"email": _email()}


class _Twice:
    """Another password, typed twice and judged."""

    fields: dict[str, Field]
    cleaned_data: dict[str, Any]
    user: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        old = {"oldpassword": _password("Present password")} if "oldpassword" in self.fields else {}
        self.fields = {
            **old,
            "password1": PassphraseField(
                "New password", missing="Choose a new password", hint=NEW_PASSWORD_HINT, new=True
            ),
            "password2": PassphraseField("The same password again", missing="Type the new password again", new=True),
        }

    def clean_password1(self) -> str:
        """Judge it."""
        said = str(self.cleaned_data["password1"])
        validate_password(said, self.user)
        return said

    def clean_password2(self) -> str:
        """See that both are the same."""
        said = str(self.cleaned_data["password2"])
        if self.cleaned_data.get("password1", said) != said:
            raise ValidationError("The two passwords differ. Type the same one twice.")
        return said


class Reset(_Twice, account.ResetPasswordKeyForm):  # type: ignore[misc]
    """Another password, for whoever has the link."""


class Change(_Twice, account.ChangePasswordForm):  # type: ignore[misc]
    """Another password, for someone who is signed in."""


class Again(account.ReauthenticateForm):  # type: ignore[misc]
    """A password, to show again who one is."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields = {"password": _password()}


class NewApp(totp.ActivateTOTPForm):  # type: ignore[misc]
    """The code that an app shows once it has taken in its secret."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields = {"code": code("Code that the app shows now", "Type the code that the app shows now")}

    def clean_code(self) -> str:
        """Judge it; what no app shows is a wrong one and never an error of ours."""
        if not str(self.cleaned_data["code"]).replace(" ", "").isascii():
            raise ValidationError("That code is not right. Type the six digits that the app shows now.")
        said: str = super().clean_code()
        return said
