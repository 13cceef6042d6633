"""What `check --deploy` says of signing in before an installation goes live."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core import checks


def letters_go_out(**_: Any) -> list[checks.CheckMessage]:
    """This will warn where invitations would be printed instead of sent."""
    if settings.EMAIL_BACKEND.endswith("console.EmailBackend"):
        hint = "Set GOLDTHREAD_SMTP, so that invitations reach those who are invited."
        return [checks.Warning("Letters are printed, not sent.", hint=hint, id="accounts.W001")]
    return []


def agencies_vouch_for_two(**_: Any) -> list[checks.CheckMessage]:
    """This will warn of an agency that does not vouch for two factors, by which nobody would come in."""
    return [
        checks.Warning(
            f"The sign-in of {one.name} does not vouch for two factors, so nobody comes in by it.",
            hint="Give it acr or amr, and two_factors = true, in the file that GOLDTHREAD_OIDC names.",
            id="accounts.W002",
        )
        for one in settings.OIDC_PROVIDERS.values()
        if not one.two_factors
    ]


def register() -> None:
    """This will have both asked by `check --deploy`."""
    for each in (letters_go_out, agencies_vouch_for_two):
        checks.register(each, checks.Tags.security, deploy=True)
