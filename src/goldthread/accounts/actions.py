"""What administrators do to accounts. Nobody does it to her own."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError

from goldthread.accounts import agency_sign_in, invitations, sign_ins, trail
from goldthread.accounts.models import Account, Identity, SignIn
from goldthread.accounts.oidc.providers import Provider
from goldthread.accounts.rules import Ending
from goldthread.agencies.models import Practitioner
from goldthread.agencies.permissions import check_can_administer_practitioner
from goldthread.audit.lines import Verb
from goldthread.kernel.acting import Actor, acting_as
from goldthread.kernel.errors import Denied, NotFound, RuleBroken


def open_account(*, by: Actor, at: datetime, practitioner: int, email: str) -> Account:
    """This will open an account for a practitioner; she sets it up herself, by an invitation."""
    email = _email(email)
    try:
        with acting_as(by):
            check_can_administer_practitioner(by, at, practitioner)
            if Account.objects.filter(practitioner=practitioner).exists():
                raise RuleBroken("She has an account already.")
            if not Practitioner.objects.filter(pk=practitioner).exists():
                raise NotFound("There is no such practitioner.")
            account = Account(practitioner_id=practitioner, email=email)
            account.set_unusable_password()
            account.save()
            EmailAddress.objects.create(user=account, email=email, verified=True, primary=True)
            _keep(by, at, account, "account-opened", email=email)
    except IntegrityError:
        raise _taken() from None
    return account


def invite(*, by: Actor, at: datetime, account: int) -> tuple[Account, str]:
    """This will make a new invitation, and give the account and what the link ends in."""
    with acting_as(by):
        row = one(account)
        check_can_administer_practitioner(by, at, row.practitioner_id)
        return row, invitations.make(by, at, row)


def change_email(*, by: Actor, at: datetime, account: int, version: int, email: str) -> Account:
    """This will change an account's sign-in name; its sessions end."""
    email = _email(email)
    try:
        with acting_as(by):
            row = one(account)
            check_can_administer_practitioner(by, at, row.practitioner_id)
            row.change(version=version, email=email)
            EmailAddress.objects.filter(user=row).delete()
            EmailAddress.objects.create(user=row, email=email, verified=True, primary=True)
            sign_ins.end_all(row, at=at, because=Ending.BY_ADMINISTRATOR)
            _keep(by, at, row, "account-renamed", email=email)
    except IntegrityError:
        raise _taken() from None
    return row


def set_enabled(*, by: Actor, at: datetime, account: int, version: int, enabled: bool, because: str) -> Account:
    """This will enable or disable an account; a disabled one's sessions end, and its invitations are worthless."""
    if not because.strip():
        raise RuleBroken("Say why.", field="because")
    with acting_as(by):
        row = one(account)
        check_can_administer_practitioner(by, at, row.practitioner_id)
        row.change(version=version, enabled=enabled)
        if not enabled:
            sign_ins.end_all(row, at=at, because=Ending.DISABLED)
            invitations.withdraw(row, at)
        _keep(by, at, row, "account-enabled" if enabled else "account-disabled", because=because)
    return row


def end_sessions(*, by: Actor, at: datetime, account: int) -> int:
    """This will end every session of an account, and say how many."""
    with acting_as(by):
        row = one(account)
        check_can_administer_practitioner(by, at, row.practitioner_id)
        ended = sign_ins.end_all(row, at=at, because=Ending.BY_ADMINISTRATOR)
        _keep(by, at, row, "sessions-ended", sessions=ended)
    return ended


def end_own_session(*, by: Actor, at: datetime, sign_in: int) -> None:
    """This will end another session of one's own."""
    with acting_as(by):
        row = SignIn.objects.filter(pk=sign_in, account=by.account).first()
        if row is None:
            raise NotFound("There is no such session.")
        sign_ins.end_these([row], at=at, because=Ending.ENDED_ELSEWHERE)
        _keep(by, at, row.account, "own-session-ended")


def reset_factors(*, by: Actor, at: datetime, account: int, asked_by: int) -> None:
    """This will take away an account's second factors, its password and its sessions: asked for by one, decided by another."""
    with acting_as(by):
        row = one(account)
        if by.id in (asked_by, row.practitioner_id) or asked_by == row.practitioner_id:
            raise Denied("This takes two people, neither of whom it is about.")
        gone = list(Authenticator.objects.filter(user=row).values_list("type", flat=True))
        Authenticator.objects.filter(user=row).delete()
        row.set_unusable_password()
        row.save(update_fields=["password"])
        sign_ins.end_all(row, at=at, because=Ending.PROOF_CHANGED)
        _keep(by, at, row, "factors-reset", gone=gone, asked_by=asked_by)


def tie(*, by: Actor, at: datetime, account: int, to: Provider, subject: str) -> Identity:
    """This will tie an account to whom an agency's own sign-in knows under a name."""
    with acting_as(by):
        row = one(account)
        check_can_administer_practitioner(by, at, row.practitioner_id)
        return agency_sign_in.tie(by=by, at=at, account=row, to=to, subject=subject)


def untie(*, by: Actor, at: datetime, identity: int) -> None:
    """This will take away such a tie; the account's sessions end."""
    with acting_as(by):
        row = Identity.objects.select_related("account").filter(pk=identity).first()
        if row is None:
            raise NotFound("There is no such tie.")
        check_can_administer_practitioner(by, at, row.account.practitioner_id)
        agency_sign_in.untie(by=by, at=at, identity=row)


def one(account: int) -> Account:
    """This will give an account, or raise that there is none."""
    row: Account | None = Account.objects.with_practitioner().filter(pk=account).first()
    if row is None:
        raise NotFound("There is no such account.")
    return row


def _email(said: str) -> str:
    email = said.strip().lower()
    try:
        validate_email(email)
    except ValidationError:
        raise RuleBroken(
            "Enter an email address in the correct format, like name@example.com.", field="email"
        ) from None
    return email


def _taken() -> RuleBroken:
    return RuleBroken("Another account has this email address.", field="email")


def _keep(by: Actor, at: datetime, account: Account, purpose: str, **content: Any) -> None:
    trail.keep(by, at, Verb.ADMINISTERED, trail.of(account), purpose=purpose, **content)
