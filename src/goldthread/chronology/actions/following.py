"""What follows from every change of events, in the same transaction: marks, summary, projectors, followers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from goldthread.chronology import registry
from goldthread.chronology.models import Event as EventRow
from goldthread.chronology.models import Summary
from goldthread.chronology.queries.reading import rows_of, standing_of
from goldthread.chronology.registry import Acting
from goldthread.chronology.summary import Folded, fold, standing
from goldthread.chronology.writing import event_of
from goldthread.duties.event import Event
from goldthread.records.queries import AT_ONCE, wholes


def follow(acting: Acting, records: Iterable[int]) -> None:
    """This will bring everything that is folded from the events of these records up to date."""
    of = wholes(records)
    told = standing_of(of)
    keep(told, told.merged)
    registry.run(acting, told)


def keep(told: Mapping[int, list[Event]], merged: Collection[int] = ()) -> None:
    """This will write the summaries of records; of those that were merged into another there is none."""
    if merged:
        Summary.objects.filter(record__in=merged).delete()
    rows = [Summary(record_id=record, **fold(events)._asdict()) for record, events in told.items()]
    Summary.objects.bulk_create(
        rows, update_conflicts=True, update_fields=list(Folded._fields), unique_fields=["record"], batch_size=AT_ONCE
    )


def mark(records: Iterable[int]) -> None:
    """This will say of each row of these records, where anything was corrected, whether it stands."""
    by_record: dict[int, list[tuple[Event, bool]]] = {}
    for row in rows_of(records):
        by_record.setdefault(row[0], []).append((event_of(row, ("child:",)), bool(row[12])))
    for record, told in by_record.items():
        stands = {one.id for one in standing([event for event, _ in told])}
        up = [event.id for event, stood in told if not stood and event.id in stands]
        down = [event.id for event, stood in told if stood and event.id not in stands]
        for said_ids, now in ((up, True), (down, False)):
            if said_ids:
                EventRow.objects.filter(record=record, said_id__in=said_ids).update(stands=now)
