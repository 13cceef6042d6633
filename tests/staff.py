"""Practitioners with posts and accounts, and a browser that is signed in: for the tests of every app."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from itertools import count

from allauth.account.internal.flows.login import (
    _AUTHENTICATION_METHODS_USER_SESSION_KEY,
    AUTHENTICATION_METHODS_SESSION_KEY,
)
from watching import Watching

from goldthread.accounts import sign_ins
from goldthread.accounts.models import Account
from goldthread.agencies.models import Organisation, Post, Practitioner, Team
from goldthread.agencies.vocabulary import OrganisationKind, Role
from goldthread.kernel.acting import acting_as, current, system

LONG_AGO = date(2020, 1, 6)
PASSWORD = "six plain words for one test"
_number = count(1)


@contextmanager
def writing() -> Iterator[None]:
    """Write as the system, or as whoever acts already: SQLite looks at the rows that point here, which are protected."""
    with acting_as(current() or system("tests")):
        yield


def organisation(kind: OrganisationKind = OrganisationKind.LOCAL_AUTHORITY, name: str = "Anyborough") -> Organisation:
    """An organisation; the same one each time it is asked for."""
    home = kind is OrganisationKind.LOCAL_AUTHORITY and name == "Anyborough"
    with writing():
        return Organisation.objects.get_or_create(
            kind=kind, name=name, defaults={"from_on": LONG_AGO, "is_home": home}
        )[0]


def team(name: str = "Safeguarding 1", of: Organisation | None = None) -> Team:
    """A team; the same one each time it is asked for."""
    within = of or organisation()
    with writing():
        return Team.objects.get_or_create(organisation=within, name=name, defaults={"from_on": LONG_AGO})[0]


def practitioner(
    *roles: Role,
    name: str | None = None,
    within: Team | None = None,
    from_on: date = LONG_AGO,
    until_on: date | None = None,
) -> Practitioner:
    """A practitioner with a post for each role."""
    place = within or team()
    with writing():
        made = Practitioner.objects.create(name=name or f"Worker {next(_number)}")
        for role in roles or (Role.SOCIAL_WORKER,):
            Post.objects.create(practitioner=made, team=place, role=role, from_on=from_on, until_on=until_on)
    return made


def account(*roles: Role, password: str | None = None, **of_practitioner: object) -> Account:
    """An account of such a practitioner; without `password` it has none."""
    made = practitioner(*roles, **of_practitioner)  # type: ignore[arg-type]  # the same arguments
    opened = Account(practitioner=made, email=f"worker{made.pk}@anyborough.example")
    opened.set_password(password)
    opened.save()
    return opened


def signed_in(opened: Account, *, factors: int = 2, at: float | None = None) -> Watching:
    """A browser in which the account's holder has signed in."""
    client = Watching()
    client.force_login(opened)
    moment = time.time() if at is None else at
    session = client.session
    methods = ["password", "mfa"][:factors]
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": method, "at": moment} for method in methods]
    session[_AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(opened.pk)
    session[sign_ins.BEGAN] = session[sign_ins.SEEN] = moment
    session.save()
    return client
