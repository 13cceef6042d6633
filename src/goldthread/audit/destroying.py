"""The lawful destruction of what the audit kept in words: by two people, with an entry that stays."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import QuerySet

from goldthread.audit.actions import write
from goldthread.audit.lines import Line, Verb, destroyed_thing
from goldthread.audit.models import Content
from goldthread.kernel.acting import Actor, ActorKind, acting_as, destruction_open
from goldthread.kernel.errors import Denied, RuleBroken


def destroy(by: Actor, second: int, at: datetime, record: int, entries: Sequence[int], because: str) -> None:
    """This will destroy the content of a record's entries, named by their places, for two different practitioners.

    The entries themselves stay, and the chain holds; an entry for each says who destroyed what, and why. Whether the two
    may is decided above; that they are two is decided here. An entry of destruction keeps its own reason.
    """
    places = sorted(set(entries))
    if by.kind is not ActorKind.PRACTITIONER or second <= 0 or by.id == second:
        raise Denied("Content is destroyed by two different practitioners.")
    if not because.strip():
        raise RuleBroken("Say why it is destroyed.", field="because")
    with acting_as(by):
        held = check_destroyable(record, places)
        keys = list(held.values_list("pk", flat=True))
        write(
            by,
            at,
            [
                Line(Verb.DESTROYED, record, destroyed_thing(seq, second), content={"because": because})
                for seq in places
            ],
        )
        with destruction_open():
            Content.objects.filter(pk__in=keys)._raw_delete(held.db)


def check_destroyable(record: int, entries: Sequence[int]) -> QuerySet[Content]:
    """This will give the content of a record's entries, or raise where one of them has none that can be destroyed."""
    places = set(entries)
    held = Content.objects.filter(entry__record=record, entry__seq__in=places).exclude(entry__verb=Verb.DESTROYED)
    if not places or held.count() != len(places):
        raise RuleBroken("Not every one of these entries has content that can be destroyed.", field="entries")
    return held
