"""Random lives of the duties' own tests, taken in as facts on records of their own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from itertools import count

from goldthread.access import gate
from goldthread.chronology import actions
from goldthread.chronology.taking import shared_out
from goldthread.duties.event import EVERYTHING, Event, Source
from goldthread.kernel.acting import acting_as, system
from goldthread.records.models import Record, RecordKind

BY = system("load")
_number = count(1)


def moment(day: int) -> datetime:
    """Noon of a day."""
    return datetime.combine(date.fromordinal(day), time(12), UTC)


class Life:
    """Children's records, and their facts as they were told: with the references of the records as names."""

    def __init__(self, events: Sequence[Event], on: int, source: Source = EVERYTHING) -> None:
        self.number = next(_number)
        names = sorted({subject for event in events for subject in event.subjects})
        with acting_as(system("tests")):
            self.records = {
                name: Record.objects.create(kind=RecordKind.CHILD, opened_on=date(2020, 1, 6)) for name in names
            }
        self.events = [self._own(event) for event in events]
        with gate.taking_in(by=BY, at=moment(on)) as taking:
            load = None
            if source != EVERYTHING:
                load = actions.begin_load(
                    taking, name="file", kind="events", sha256=f"{self.number:064d}", source=source
                )
            pks = {f"child:{record.code}": record.pk for record in self.records.values()}
            self.taken = actions.take_in(taking, load, shared_out(self.events, pks))

    @property
    def ids(self) -> list[int]:
        """The ids of the records."""
        return [record.pk for record in self.records.values()]

    def _own(self, event: Event) -> Event:
        """Name processes and events so that no other life has them; their order stays."""
        return event._replace(
            id=f"{self.number}.{event.id}",
            subjects=tuple(f"child:{self.records[one].code}" for one in event.subjects),
            process=event.process and f"{event.process}.{self.number}",
            links=tuple(f"{one}.{self.number}" for one in event.links),
            replaces=event.replaces and f"{self.number}.{event.replaces}",
        )
