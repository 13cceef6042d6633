"""Telling those who answer for a record that someone reached for it: kept even where the reaching was refused."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from goldthread.access.models import Notice
from goldthread.access.vocabulary import NoticeKind
from goldthread.kernel.acting import Actor
from goldthread.kernel.errors import Refusal

ONCE_IN = timedelta(hours=24)
"""Someone who reaches for the same record again and again is told of once a day; the audit has every time."""


@dataclass(frozen=True, slots=True)
class Reached:
    """Someone reached for a record that she may not know of."""

    record: int
    kind: NoticeKind
    by: Actor
    at: datetime

    @staticmethod
    def keep(several: Iterable[Reached]) -> None:
        """This will write notices of those that were not told of within the day."""
        reached = list(several)
        if not reached:
            return
        first = min(one.at for one in reached)
        told = set(
            Notice.objects.filter(
                record__in={one.record for one in reached},
                practitioner__in={one.by.id for one in reached},
                at__gt=first - ONCE_IN,
            ).values_list("record", "kind", "practitioner")
        )
        Notice.objects.bulk_create(
            Notice(record_id=one.record, kind=one.kind.value, at=one.at, practitioner_id=one.by.id)
            for one in reached
            if (one.record, one.kind.value, one.by.id) not in told
        )


def keep_reached(by: Actor, refusal: Refusal) -> None:
    """This will keep the notices that a refusal carries in its trace, after the refused transaction was rolled back."""
    Reached.keep(one for one in refusal.trace if isinstance(one, Reached))
