"""Rules of posts and periods: facts in, refusal out."""

from __future__ import annotations

from datetime import date

from goldthread.agencies.vocabulary import HIGH_ROLES, HOME_ROLES, ROLE_WORDS, Role
from goldthread.kernel.acting import Actor, ActorKind
from goldthread.kernel.errors import RuleBroken


def check_period(from_on: date, until_on: date | None) -> None:
    """This will raise where a period ends before it begins."""
    if until_on is not None and until_on < from_on:
        raise RuleBroken("It cannot end before it begins.", field="until_on")


def check_second_person(role: Role, *, by: Actor, requested_by: int | None, practitioner: int | None) -> None:
    """This will raise where a high role would be given by one person alone, or by the one who is to have it."""
    if role not in HIGH_ROLES or by.kind is ActorKind.SYSTEM:
        return
    if requested_by is None or requested_by in (by.id, practitioner) or by.id == practitioner:
        raise RuleBroken(
            f"The role {ROLE_WORDS[role].lower()} is given by two people: request it, and another decides.",
            field="role",
        )


def check_held_at_home(role: Role, *, is_home: bool) -> None:
    """This will raise where a role that reaches everybody's records would be held in a partner agency."""
    if role in HOME_ROLES and not is_home:
        raise RuleBroken(
            f"The role {ROLE_WORDS[role].lower()} is held in the authority that runs this installation.", field="team"
        )
