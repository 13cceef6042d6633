"""What can be written into the audit: one line for each record touched."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Verb(StrEnum):
    """What was done, or was asked for."""

    VIEWED = "viewed"  # the record was opened
    LISTED = "listed"  # something of it stood in a list: work due, a team's children
    FOUND = "found"  # its name stub stood among the results of a search
    CREATED = "created"
    CHANGED = "changed"
    PRINTED = "printed"
    EXPORTED = "exported"
    BROKE_GLASS = "broke-glass"
    RESTRICTED = "restricted"  # its restriction, or who is named on it, was changed
    INVOLVED = "involved"  # someone's involvement with it began, changed or ended
    MERGED = "merged"
    DESTROYED = "destroyed"  # content that the audit kept was destroyed by two people
    REVIEWED = "reviewed"  # someone looked through who had seen it
    LOADED = "loaded"  # facts were taken in from a file
    SEARCHED = "searched"  # of no single record
    SIGNED_IN = "signed-in"
    SIGNED_OUT = "signed-out"
    ADMINISTERED = "administered"  # users, roles, teams, agencies


INSTALLATION = 0
"""The chain of what concerns no single record: sign-ins, searches, administration."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line: what was done to which record, under which line of the policy.

    `thing` says what of the record (`child`, `event:123`, `address`); `content` is what may have to be destroyed one day (what
    was searched for, a text before and after): it is kept apart, and the chain holds only its salted hash.
    """

    verb: Verb
    record: int = INSTALLATION
    thing: str = ""
    purpose: str = ""
    policy: str = ""
    break_glass: int | None = None
    refused: bool = False
    content: Mapping[str, Any] | None = None


def destroyed_thing(seq: int, second: int) -> str:
    """This will give the thing of a line of destruction: whose content it was, by place, and the second practitioner."""
    return f"content:{seq}/second:{second}"


def destroyed_place(thing: str) -> int:
    """This will give the place that a line of destruction names; 0 where it names none."""
    place = thing.removeprefix("content:").partition("/")[0]
    return int(place) if place.isdecimal() else 0
