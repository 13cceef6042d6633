"""Letting in whom an agency vouches for, and ending what the agency ends."""

from __future__ import annotations

import hashlib
from datetime import datetime

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.conf import settings
from django.core.cache import cache
from django.db.models import Q
from django.http import HttpResponse, HttpResponseRedirect

from goldthread.accounts import invitations, proofs, sign_ins, trail
from goldthread.accounts.models import Account, Identity, Invitation, SignIn
from goldthread.accounts.oidc import flow, tokens
from goldthread.accounts.oidc.flow import Arrived
from goldthread.accounts.oidc.providers import Provider
from goldthread.accounts.oidc.tokens import Untrue, Vouched
from goldthread.accounts.rules import Ending
from goldthread.audit.lines import Verb
from goldthread.kernel.acting import Actor, acting_as
from goldthread.kernel.errors import NotFound, RuleBroken
from goldthread.kernel.requests import OpenRequest

TYING = "tying"
"""Under this name a session keeps the invitation by which someone is about to tie her account to her agency's sign-in."""

ENDED_TWICE = 600  # seconds for which a logout token is remembered: longer than one is valid


def provider(name: str) -> Provider:
    """This will give the provider of this name, or raise that there is none."""
    found: Provider | None = settings.OIDC_PROVIDERS.get(name)
    if found is None:
        raise NotFound("There is no such agency's sign-in.")
    return found


def let_in(request: OpenRequest, by: Provider, arrived: Arrived) -> HttpResponse:
    """This will sign in whoever came back from her agency, or raise `Untrue` where nobody here is tied to her."""
    vouched = arrived.vouched
    identity = _known(by, vouched) or _tie_now(request, by, vouched)
    if identity is None:
        raise Untrue("nobody here is tied to whom it vouches for")
    account = identity.account
    proving = arrived.proving and request.user.is_authenticated
    if proving and request.user.pk != account.pk:
        raise Untrue("another person came back than went")
    Identity.objects.filter(pk=identity.pk).update(used_at=request.now)
    record_authentication(
        request, account, proofs.AGENCY, provider=by.id, subject=vouched.subject, session=vouched.session,
        two_factors=by.two_factors, reauthenticated=proving,
    )  # fmt: skip
    if proving:
        return HttpResponseRedirect(arrived.onward)
    answer: HttpResponse = perform_login(request, Login(user=account, redirect_url=arrived.onward))
    return answer


def turn_away(request: OpenRequest) -> None:
    """This will keep that an agency's answer was not believed."""
    sign_ins.refuse(request, None, how=proofs.AGENCY)


def tie(*, by: Actor, at: datetime, account: Account, to: Provider, subject: str) -> Identity:
    """This will tie an account to whom an agency knows under a name; a name can be tied to one account only."""
    subject = subject.strip()
    if not 0 < len(subject) <= 255:  # the standard's own limit
        raise RuleBroken("Enter the name under which the agency's sign-in knows her.", field="subject")
    with acting_as(by):
        if Identity.objects.filter(issuer=to.issuer, subject=subject).exists():
            raise RuleBroken("Another account is tied to this name.", field="subject")
        made = Identity.objects.create(
            account=account, provider=to.id, issuer=to.issuer, subject=subject, tied_by_id=by.id or None, tied_at=at
        )
        trail.keep(
            by, at, Verb.ADMINISTERED, trail.of(account), purpose="identity-tied", provider=to.id, subject=subject
        )
    return made


def untie(*, by: Actor, at: datetime, identity: Identity) -> None:
    """This will take away a tie; the account's sessions end."""
    with acting_as(by):
        sign_ins.end_all(identity.account, at=at, because=Ending.BY_ADMINISTRATOR)
        who = trail.of(identity.account)
        trail.keep(
            by,
            at,
            Verb.ADMINISTERED,
            who,
            purpose="identity-untied",
            provider=identity.provider,
            subject=identity.subject,
        )
        identity.delete()


def end_by_agency(request: OpenRequest, by: Provider, token: str) -> int:
    """This will end the sessions that a logout token of the agency names, and say how many; raises `Untrue`."""
    at = request.now
    subject, session, token_id = tokens.logout(by, token, keys=lambda one: flow.key(by, one, at), at=at)
    used = hashlib.sha256(token_id.encode(errors="replace")).hexdigest()
    if not cache.add(f"agency-logout:{by.id}:{used}", 1, ENDED_TWICE):
        raise Untrue("it was used already")
    named = Q(agency_session=session) if session else Q(subject=subject)
    rows = list(SignIn.objects.select_related("account").filter(named, provider=by.id, ended_at=None))
    actor = trail.nobody(request, sign_ins.address_of(request))
    with acting_as(actor):
        ended = sign_ins.end_these(rows, at=at, because=Ending.BY_AGENCY)
        for row in rows:
            trail.keep(actor, at, Verb.SIGNED_OUT, trail.of(row.account), purpose=Ending.BY_AGENCY.value)
    return ended


def _known(by: Provider, vouched: Vouched) -> Identity | None:
    ties = Identity.objects.select_related("account__practitioner")
    return ties.filter(provider=by.id, issuer=vouched.issuer, subject=vouched.subject).first()


def _tie_now(request: OpenRequest, by: Provider, vouched: Vouched) -> Identity | None:
    """Tie the account of the invitation that the session stands on, once."""
    kept = request.session.pop(TYING, None)
    if kept is None:
        return None
    actor = trail.nobody(request, sign_ins.address_of(request))
    with acting_as(actor):
        invitation = Invitation.objects.select_related("account__practitioner").filter(pk=kept).first()
        if invitation is None or not invitations.is_good(invitation, request.now):
            return None
        good = Invitation.objects.filter(pk=kept, used_at=None, withdrawn_at=None)
        if not good.update(used_at=request.now):
            return None
        return tie(by=actor, at=request.now, account=invitation.account, to=by, subject=vouched.subject)
