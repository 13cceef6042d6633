"""Rows of records, read in bounded batches, as events of the engine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from goldthread.chronology.models import Event as EventRow
from goldthread.chronology.models import Summary
from goldthread.chronology.summary import Folded, standing
from goldthread.chronology.writing import COLUMNS, Standing, event_of
from goldthread.duties.event import Event
from goldthread.records.queries import AT_ONCE, Whole

_READ = (*COLUMNS, "stands", "source_id")
RowValues = tuple[Any, ...]


def rows_of(records: Iterable[int], *, standing_only: bool = False) -> Iterator[RowValues]:
    """This will give the rows of records, in the order in which they were written: `COLUMNS`, then `stands` and the load."""
    wanted = iter(records)
    while batch := list(islice(wanted, AT_ONCE)):
        rows = EventRow.objects.filter(record__in=batch)
        if standing_only:
            rows = rows.filter(stands=True)
        yield from rows.order_by("pk").values_list(*_READ)


def standing_of(wholes: Mapping[int, Whole]) -> Standing:
    """This will give, by record, the events that stand now, with those of the records that were merged into it."""
    whose = {record: whole for whole in wholes.values() for record in whole.records}
    return held(rows_of(whose, standing_only=True), wholes, None)


def held(rows: Iterable[RowValues], wholes: Mapping[int, Whole], known_at: int | None) -> Standing:
    """This will give the same as known at a moment, of all rows of the records; None of those that stand now."""
    whose = {record: (head, (whole.subject,)) for head, whole in wholes.items() for record in whole.records}
    by_record: dict[int, list[Event]] = {record: [] for record in whose}
    loads: dict[int, set[int]] = {head: set() for head in wholes}
    for row in rows:
        head, subjects = whose[row[0]]
        by_record[row[0]].append(event_of(row, subjects))
        if row[13] is not None:
            loads[head].add(row[13])
    if known_at is not None:
        by_record = {record: standing(told, known_at) for record, told in by_record.items()}
    found = {
        head: by_record[head]
        if len(whole.records) == 1
        else once(one for key in whole.records for one in by_record[key])
        for head, whole in wholes.items()
    }
    return Standing(found, wholes, {head: frozenset(several) for head, several in loads.items()})


def once(events: Iterable[Event]) -> list[Event]:
    """This will leave out a fact that two records brought along which were merged."""
    return list({(one.id, one.kind, one.day, one.void, one.replaces): one for one in events}.values())


def summaries(records: Iterable[int]) -> dict[int, Folded]:
    """This will give the stored summaries by record."""
    found: dict[int, Folded] = {}
    wanted = iter(records)
    while batch := list(islice(wanted, AT_ONCE)):
        for row in Summary.objects.filter(record__in=batch).values_list("record_id", *Folded._fields):
            found[row[0]] = Folded(*row[1:])
    return found
