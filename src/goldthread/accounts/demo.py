"""The one click by which a visitor to a demonstration becomes someone invented. In no other mode."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.contrib.auth import login
from django.utils import timezone

from goldthread.accounts import proofs, sign_ins
from goldthread.accounts.models import Account, DemoPerson
from goldthread.accounts.rules import Ending
from goldthread.agencies.models import Practitioner
from goldthread.agencies.queries import posts_held
from goldthread.kernel.acting import Actor, acting_as
from goldthread.kernel.errors import Denied, NotFound
from goldthread.kernel.requests import OpenRequest

MODES = ("demo",)


class Part(NamedTuple):
    """Someone of the cast: which practitioner, and what a visitor is told of her."""

    key: str
    practitioner: Practitioner
    says: str


class Shown(NamedTuple):
    """A demo person as the sign-in page shows her."""

    key: str
    name: str
    title: str
    works: str
    says: str


def in_demonstration() -> bool:
    """This will say whether this installation is a demonstration."""
    return settings.MODE in MODES


def cast(*, by: Actor, at: datetime, parts: Iterable[Part]) -> None:
    """This will give each part an account without any password, in place of the cast that was there."""
    _refuse_elsewhere()
    with acting_as(by):
        DemoPerson.objects.all().delete()
        for place, part in enumerate(parts, start=1):
            email = (part.practitioner.email or f"{part.key}@demo.example").lower()
            account = Account.objects.filter(practitioner=part.practitioner).first()
            if account is None:
                account = Account(practitioner=part.practitioner, email=email)
                account.set_unusable_password()
                account.save()
            DemoPerson.objects.create(account=account, key=part.key, place=place, says=part.says)


def people(at: datetime) -> list[Shown]:
    """This will give whom a visitor can be, in order."""
    _refuse_elsewhere()
    shown = []
    for person in DemoPerson.objects.select_related("account__practitioner"):
        practitioner = person.account.practitioner
        posts = posts_held(practitioner.pk, timezone.localdate(at))
        works = (
            f"{posts[0]}, {posts[0].team.name}, {posts[0].team.organisation.name}" if posts else "No post at present"
        )
        shown.append(Shown(person.key, practitioner.name, practitioner.title, works, person.says))
    return shown


def enter(request: OpenRequest, key: str) -> None:
    """This will sign the visitor in as the person with the key."""
    _refuse_elsewhere()
    person = DemoPerson.objects.select_related("account__practitioner").filter(key=key).first()
    if person is None or not person.account.enabled:
        raise NotFound("There is nobody of that name to be.")
    if request.user.is_authenticated:
        sign_ins.end(request, because=Ending.SIGNED_OUT)
    login(request, person.account, backend=settings.AUTHENTICATION_BACKENDS[0])
    record_authentication(request, person.account, proofs.DEMO)
    sign_ins.begin(request, person.account, how=proofs.DEMO)


def _refuse_elsewhere() -> None:
    if not in_demonstration():
        raise Denied("This is no demonstration: nobody signs in here by a click.", hidden=True)
