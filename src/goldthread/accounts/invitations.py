"""Invitations: the only way to a first second factor, so that a stolen password alone never sets one up."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import login

from goldthread.accounts import sign_ins, trail
from goldthread.accounts.models import Account, Invitation, SignIn
from goldthread.accounts.second_factors import FULL
from goldthread.audit.lines import Verb
from goldthread.kernel.acting import Actor, ActorKind, acting_as
from goldthread.kernel.errors import NotFound, NotNow
from goldthread.kernel.requests import OpenRequest

ENROLLING = "enrolling"
"""Under this name a session keeps which invitation it stands on, until there is a second factor."""


def make(by: Actor, at: datetime, account: Account) -> str:
    """This will make an invitation in place of any that is open, and give what its link ends in; it is kept nowhere."""
    token = secrets.token_urlsafe(32)
    with acting_as(by):
        if Authenticator.objects.filter(user=account, type__in=FULL).exists():
            raise NotNow("She has set up her account. If she has lost her second factors, ask for them to be reset.")
        withdraw(account, at)
        Invitation.objects.create(
            account=account,
            token_hash=_hash(token),
            made_by_id=by.id if by.kind is ActorKind.PRACTITIONER else None,
            made_at=at,
            lapses_at=at + settings.INVITATION_LASTS,
        )
        trail.keep(by, at, Verb.ADMINISTERED, trail.of(account), purpose="account-invited")
    return token


def withdraw(account: Account, at: datetime) -> None:
    """This will make the open invitations of an account worthless."""
    Invitation.objects.filter(account=account, used_at=None, withdrawn_at=None).update(withdrawn_at=at)


def open_one(token: str, at: datetime) -> Invitation:
    """This will give the invitation with this token, if it is still good."""
    found = Invitation.objects.select_related("account__practitioner").filter(token_hash=_hash(token)).first()
    if found is None or not is_good(found, at):
        raise NotFound("This link is used up, too old, or was never good. Ask an administrator for a new one.")
    return found


def accept(request: OpenRequest, invitation: Invitation, password: str | None) -> None:
    """This will let the one who was invited in, as far as the setting up of a second factor."""
    account = invitation.account
    by = trail.nobody(request, sign_ins.address_of(request))
    with acting_as(by):
        account.set_password(password)  # none: she will sign in with a passkey alone
        account.save(update_fields=["password"])
        trail.keep(by, request.now, Verb.ADMINISTERED, trail.of(account), purpose="invitation-accepted")
    request.session.flush()
    login(request, account, backend=settings.AUTHENTICATION_BACKENDS[0])
    record_authentication(request, account, "invitation", reauthenticated=True)
    sign_ins.begin(request, account, how="invitation")
    request.session[ENROLLING] = invitation.pk


def go_on(request: OpenRequest, account: Account, by: Actor) -> bool:
    """This will use up the invitation that the session stands on, once there is a second factor; says whether there is.

    Should two browsers stand on one invitation, the first to get here has it: the account belongs to one of them only,
    and so the other's session ends.
    """
    factor = Authenticator.objects.filter(user=account, type__in=FULL).first()
    if factor is None:
        return False
    open_now = {"pk": request.session.get(ENROLLING), "account": account, "used_at": None, "withdrawn_at": None}
    with acting_as(by):
        used = Invitation.objects.filter(**open_now, lapses_at__gt=request.now).update(used_at=request.now)
        if used:
            trail.keep(by, request.now, Verb.ADMINISTERED, trail.of(account), purpose="second-factor-set-up")
    if not used:
        return False
    del request.session[ENROLLING]
    record_authentication(request, account, "mfa", id=factor.pk, type=factor.type)
    before = request.session.session_key
    request.session.cycle_key()
    SignIn.objects.filter(session_key=before).update(session_key=request.session.session_key)
    return True


def is_good(invitation: Invitation, at: datetime) -> bool:
    """This will say whether an invitation can still be used."""
    return (
        invitation.used_at is None
        and invitation.withdrawn_at is None
        and at < invitation.lapses_at
        and invitation.account.enabled
        and not Authenticator.objects.filter(user=invitation.account_id, type__in=FULL).exists()
    )


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()
