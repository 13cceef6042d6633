"""Numbers of records, and which of them stand still: for a team's page. Nothing of any one record is given but its id."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime

from django.db.models import Count, Q

from goldthread.access.gate import within_reach
from goldthread.chronology.models import Summary
from goldthread.kernel.acting import Actor

AT_WORK = (
    Q(assessment_since__isnull=False)
    | Q(enquiry_since__isnull=False)
    | Q(in_need_since__isnull=False)
    | Q(plan_since__isnull=False)
)
"""Something is open on which work is done."""


def not_seen(by: Actor, at: datetime, groups: Mapping[int, Collection[int]], since: date) -> dict[int, int]:
    """This will count, by group, the open records whose child was not seen since a day; one query."""
    wanted = {record for group in groups.values() for record in group}
    rows = Summary.objects.filter(within_reach(by, at), record__in=wanted, open_since__lt=since, died_on__isnull=True)
    late = set(rows.filter(Q(seen_on__isnull=True) | Q(seen_on__lt=since)).values_list("record", flat=True))
    return {key: len(late & set(group)) for key, group in groups.items()}


def still(by: Actor, at: datetime, records: Collection[int], since: date, most: int) -> tuple[list[int], int]:
    """This will give the records at work on which nothing was recorded since a day, the stillest first, and how many; two queries."""
    rows = Summary.objects.filter(within_reach(by, at), AT_WORK, record__in=records, died_on__isnull=True)
    rows = rows.filter(latest_on__lt=since)
    total: int = rows.aggregate(number=Count("pk"))["number"]
    return list(rows.order_by("latest_on", "pk").values_list("record", flat=True)[:most]), total
