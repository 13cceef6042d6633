"""Sessions from their beginning to their end: the only writer of `SignIn`, and of what a session says of its age."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from goldthread.accounts import trail
from goldthread.accounts.models import Account, SignIn
from goldthread.accounts.proofs import AtAgency
from goldthread.accounts.rules import Ending
from goldthread.agencies.models import Post
from goldthread.agencies.queries import posts_held
from goldthread.audit.lines import Verb
from goldthread.kernel.acting import Actor, ActorKind, acting_as
from goldthread.kernel.requests import OpenRequest

BEGAN, SEEN = "began_at", "seen_at"
_SEEN_EVERY = timedelta(minutes=1)
"""How exactly the last use is kept: each time it is kept, the session is written."""


def address_of(request: OpenRequest) -> str:
    """This will give where a request came from: what the proxy in front says, if one is declared."""
    if settings.BEHIND_PROXY:
        said = request.headers.get("x-forwarded-for", "").rsplit(",", 1)[-1].strip()
        if said:
            return said[:45]
    return str(request.META.get("REMOTE_ADDR", ""))[:45]


def actor_of(request: OpenRequest, account: Account, posts: list[Post]) -> Actor:
    """This will give the account's holder as the audit knows her in this request."""
    return Actor(
        ActorKind.PRACTITIONER,
        account.practitioner_id,
        account=account.pk,
        organisation=posts[0].team.organisation_id if posts else None,
        session=hashlib.sha256((request.session.session_key or "").encode()).hexdigest()[:32],
        request=request.id,
        address=address_of(request),
    )


def begin(request: OpenRequest, account: Account, *, how: str, agency: AtAgency | None = None) -> None:
    """This will write down that a session began, in the audit too; where that fails nobody is signed in."""
    before = request.session.session_key or "-"
    request.session.cycle_key()
    posts = posts_held(account.practitioner_id, timezone.localdate(request.now))
    by = actor_of(request, account, posts)
    try:
        with acting_as(by):
            close_stale(account, at=request.now)
            _close(SignIn.objects.filter(session_key=before), at=request.now, because=Ending.SIGNED_OUT)
            SignIn.objects.create(
                account=account,
                session_key=request.session.session_key or "",
                how=how,
                began_at=request.now,
                seen_at=request.now,
                address=by.address,
                browser=request.headers.get("user-agent", "")[:200],
                provider=agency.provider if agency else "",
                subject=agency.subject if agency else "",
                agency_session=agency.session if agency else "",
            )
            trail.keep(by, request.now, Verb.SIGNED_IN, trail.of(account), purpose=how)
    except BaseException:
        logout(request)
        raise
    request.session[BEGAN] = request.session[SEEN] = request.now.timestamp()


def refuse(request: OpenRequest, account: Account | None, *, how: str) -> None:
    """This will keep that someone tried to sign in and was not let in."""
    trail.keep(
        trail.nobody(request, address_of(request)),
        request.now,
        Verb.SIGNED_IN,
        trail.of(account),
        purpose=how,
        refused=True,
    )


def began_at(request: OpenRequest) -> datetime:
    """This will give when the session began; one that does not say began long ago."""
    return datetime.fromtimestamp(float(request.session.get(BEGAN, 0)), UTC)


def seen_at(request: OpenRequest) -> datetime:
    """This will give when the session was last used, to the minute."""
    return datetime.fromtimestamp(float(request.session.get(SEEN, 0)), UTC)


def keep_seen(request: OpenRequest) -> None:
    """This will keep that the session is in use, at most once a minute."""
    if request.now - seen_at(request) >= _SEEN_EVERY:
        request.session[SEEN] = request.now.timestamp()
        SignIn.objects.filter(session_key=request.session.session_key).update(seen_at=request.now)


def end(request: OpenRequest, *, because: Ending) -> None:
    """This will end the session of the request, on both sides."""
    account = request.user
    if isinstance(account, Account):
        by = actor_of(request, account, posts_held(account.practitioner_id, timezone.localdate(request.now)))
        with acting_as(by):
            rows = SignIn.objects.filter(session_key=request.session.session_key or "-")
            _close(rows, at=request.now, because=because)
            trail.keep(by, request.now, Verb.SIGNED_OUT, trail.of(account), purpose=because.value)
    logout(request)


def end_all(account: Account, *, at: datetime, because: Ending, but: str = "") -> int:
    """This will end every session of an account but the one with the key `but`, and say how many."""
    open_ones = SignIn.objects.filter(account=account, ended_at=None).exclude(session_key=but or "-")
    return end_these(list(open_ones), at=at, because=because)


def end_these(sign_ins: list[SignIn], *, at: datetime, because: Ending) -> int:
    """This will end these sessions, and say how many."""
    store = import_module(settings.SESSION_ENGINE).SessionStore
    for one in sign_ins:
        if one.session_key:
            store().delete(one.session_key)
    return _close(SignIn.objects.filter(pk__in=[one.pk for one in sign_ins]), at=at, because=because)


def close_stale(account: Account | None = None, *, at: datetime) -> int:
    """This will write down that sessions ended which nobody came back to, of one account or of all; says how many."""
    rows = SignIn.objects.all() if account is None else SignIn.objects.filter(account=account)
    whole = _close(rows.filter(began_at__lte=at - settings.SESSION_WHOLE), at=at, because=Ending.TOO_LONG)
    return whole + _close(
        rows.filter(seen_at__lte=at - settings.SESSION_IDLE - _SEEN_EVERY), at=at, because=Ending.IDLE
    )


def _close(rows: Any, *, at: datetime, because: Ending) -> int:
    closed: int = rows.filter(ended_at=None).update(ended_at=at, ended_because=because.value, session_key="")
    return closed


def stays_here(request: OpenRequest, url: str) -> bool:
    """This will say whether an address lies on this site, so that it is safe to send someone there."""
    return url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure())
