"""A record's facts and their summary, on any day and as known at any moment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import overload

from goldthread.access.gate import Listed, Opened, known_of
from goldthread.chronology import sources
from goldthread.chronology.models import Event as EventRow
from goldthread.chronology.models import Load
from goldthread.chronology.queries.reading import held, rows_of, summaries
from goldthread.chronology.summary import Folded, fold
from goldthread.chronology.writing import Standing, microseconds
from goldthread.duties.event import Event, Source
from goldthread.records.queries import Whole


def facts(opened: Opened, stood_on: date | None = None, known_at: datetime | None = None) -> list[Event]:
    """This will give the record's standing events, as the engine reads them.

    `stood_on` leaves out what happened after that day; `known_at` what was recorded after that moment, and gives back what
    was corrected or withdrawn since.
    """
    opened.check()
    events = standing_then(opened, known_at)[opened.record.pk]
    if stood_on is None:
        return events
    until = stood_on.toordinal()
    return [one for one in events if one.day is None or one.day <= until]


def standing_then(opened: Opened, known_at: datetime | None = None) -> Standing:
    """This will give the same with the loads that the facts came from, whatever day they are of."""
    whole = Whole(opened.record.pk, f"{opened.record.kind}:{opened.record.code}", opened.records)
    rows = rows_of(opened.records, standing_only=known_at is None)
    return held(rows, {whole.record: whole}, None if known_at is None else microseconds(known_at))


@overload
def summary(of: Opened, stood_on: date | None = None, known_at: datetime | None = None) -> Folded: ...
@overload
def summary(of: Listed) -> Mapping[int, Folded]: ...
def summary(
    of: Opened | Listed, stood_on: date | None = None, known_at: datetime | None = None
) -> Folded | Mapping[int, Folded]:
    """This will give the summary of a record, on any day; or those of several records by their ids, as things are now."""
    if isinstance(of, Listed):
        found = summaries(of.records)
        return {record: found.get(record, Folded()) for record in of.records}
    of.check()
    if stood_on is None and known_at is None:
        return summaries([of.record.pk]).get(of.record.pk, Folded())
    return fold(facts(of, stood_on, known_at))


def limits(loads: Iterable[int]) -> dict[int, tuple[Source, date | None]]:
    """This will give, by load, what those of some files could hold that could not hold everything, and until which day."""
    wanted = set(loads)
    if not wanted:
        return {}
    rows = Load.objects.filter(pk__in=wanted).exclude(source="").order_by("pk")
    return {one.pk: (sources.read(one.source), one.held_until) for one in rows}


def also_on(opened: Opened, said_id: str) -> list[str]:
    """This will give the references of other records on which a fact stands, as far as the actor may know of them."""
    opened.check()
    others = EventRow.objects.filter(said_id=said_id, stands=True).exclude(record__in=opened.records)
    heads: dict[int, str] = {}
    for record, into, code in others.values_list("record", "record__merged_into", "record__code"):
        if into is None:
            heads[record] = code
    known = known_of(opened.by, opened.at, heads) if heads else frozenset()
    return sorted(code for record, code in heads.items() if record in known)
