"""How someone has shown who she is in this session, and when; read from what allauth notes as she does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest

from goldthread.accounts.models import Account

DEMO = "demo"
"""The method noted for the one click of a demonstration."""

AGENCY = "agency"
"""The method noted for an agency's own sign-in; `two_factors` says whether it vouched for two."""

WORDS = {
    "password": "Password",
    "passkey": "Passkey",
    "password-and-app": "Password and app",
    "password-and-passkey": "Password and passkey",
    "password-and-recovery-code": "Password and recovery code",
    "invitation": "Invitation",
    AGENCY: "The agency's own sign-in",
    DEMO: "One click, in the demonstration",
}
_SECOND = {"totp": "app", "webauthn": "passkey", "recovery_codes": "recovery-code"}


@dataclass(frozen=True, slots=True)
class AtAgency:
    """What an agency's own sign-in calls the session, by which it may end it."""

    provider: str
    subject: str
    session: str


@dataclass(frozen=True, slots=True)
class Proof:
    """What was shown in this session."""

    whole: bool  # two factors, or what stands for them
    latest_at: datetime | None  # of a proof that is as good as a whole one


def shown(request: HttpRequest, account: Account) -> Proof:
    """This will give what the account's holder has shown in the request's session."""
    strong = [one for one in get_authentication_records(request, account) if _stands_for_two(one)]
    latest = max((float(one["at"]) for one in strong), default=None)
    return Proof(bool(strong), None if latest is None else datetime.fromtimestamp(latest, UTC))


def can_be_whole(request: HttpRequest, account: Account) -> bool:
    """This will say whether someone who is about to be let in has two factors, or is about to be asked for the second."""
    if any(_stands_for_two(one) for one in get_authentication_records(request, account)):
        return True
    types = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    return bool(Authenticator.objects.filter(user=account, type__in=types).exists())


def how(records: Sequence[dict[str, Any]]) -> str:
    """This will say in a word how someone signed in."""
    methods = [one["method"] for one in records]
    for alone in (DEMO, AGENCY):
        if alone in methods:
            return alone
    second = next((_SECOND[one["type"]] for one in records if one["method"] == "mfa"), "")
    if "password" in methods:
        return f"password-and-{second}" if second else "password"
    return second or "invitation"


def agency(records: Sequence[dict[str, Any]]) -> AtAgency | None:
    """This will give what the agency's own sign-in calls the session, where it vouched."""
    for one in reversed(records):
        if one["method"] == AGENCY:
            return AtAgency(one["provider"], one["subject"], one["session"])
    return None


def _stands_for_two(record: dict[str, Any]) -> bool:
    if record["method"] == DEMO:
        return settings.MODE == "demo"  # a session that was carried elsewhere proves nothing there
    return record["method"] == "mfa" or record.get("two_factors") is True
