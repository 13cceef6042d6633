"""Who may change organisations, teams, practitioners and what they are."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from goldthread.agencies.models import Post
from goldthread.agencies.vocabulary import Role
from goldthread.audit.lines import Line, Verb
from goldthread.kernel.acting import Actor, ActorKind
from goldthread.kernel.errors import Denied


def reach(by: Actor, at: datetime) -> frozenset[int] | None:
    """This will give the organisations that an administrator looks after: None for all of them, empty for none.

    One of the home authority looks after everybody; one of another organisation after her own.
    """
    if by.kind is ActorKind.SYSTEM:
        return None
    posts = Post.objects.in_force(timezone.localdate(at)).filter(practitioner=by.id, role=Role.ADMINISTRATOR)
    found = list(posts.values_list("team__organisation", "team__organisation__is_home"))
    if any(is_home for _, is_home in found):
        return None
    return frozenset(organisation for organisation, _ in found)


def can_administer(by: Actor, at: datetime) -> bool:
    """This will say whether she administers anything at all."""
    return reach(by, at) != frozenset()


def check_administers(by: Actor, at: datetime) -> None:
    """This will raise unless she administers anything at all."""
    if not can_administer(by, at):
        raise _denied("Only administrators see this.", "administration", at)


def check_can_administer(by: Actor, at: datetime, *, thing: str) -> None:
    """This will raise unless she looks after every organisation there is."""
    if reach(by, at) is not None:
        raise _denied("Only administrators of the home authority may do this.", thing, at)


def check_can_administer_organisation(by: Actor, at: datetime, organisation: int, *, thing: str) -> None:
    """This will raise unless she looks after the organisation."""
    within = reach(by, at)
    if within is not None and organisation not in within:
        raise _denied("You do not administer this organisation.", thing, at)


def check_can_administer_practitioner(by: Actor, at: datetime, practitioner: int) -> None:
    """This will raise unless she looks after an organisation that the practitioner has a post in, and it is not herself."""
    thing = f"practitioner:{practitioner}"
    check_not_oneself(by, at, practitioner)
    within = reach(by, at)
    if within is None:
        return
    posts = set(Post.objects.filter(practitioner=practitioner).values_list("team__organisation", flat=True))
    if not posts or not posts <= within:
        raise _denied("You do not administer this person: she works, or has worked, elsewhere too.", thing, at)


def check_not_oneself(by: Actor, at: datetime, practitioner: int) -> None:
    """This will raise where someone would administer herself."""
    if by.kind is ActorKind.PRACTITIONER and by.id == practitioner:
        raise _denied("Nobody administers herself. Ask another administrator.", f"practitioner:{practitioner}", at)


def _denied(sentence: str, thing: str, at: datetime) -> Denied:
    return Denied(sentence, trace=(Line(Verb.ADMINISTERED, thing=thing, refused=True),), at=at)
