"""Takes in what a source tells, batch by batch: agencies, records, people, access, events, clocks, in this order."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from django.db import DatabaseError, OperationalError

from goldthread.access import actions as access
from goldthread.access import gate
from goldthread.agencies import loading as agencies
from goldthread.chronology import actions as chronology
from goldthread.chronology.models import Load
from goldthread.chronology.queries.comparing import compare as compare_facts
from goldthread.chronology.taking import Fact
from goldthread.chronology.taking import Taken as FactsTaken
from goldthread.chronology.writing import microseconds
from goldthread.invented.people import Agencies, Told
from goldthread.kernel.acting import acting_as, looking_as, system
from goldthread.kernel.errors import Refusal
from goldthread.loading.access import told_access
from goldthread.loading.batches import CENSUS, Incoming, Placed
from goldthread.loading.newer import Newer, corrected
from goldthread.loading.placing import Placing
from goldthread.loading.report import Report
from goldthread.people import taking as people
from goldthread.records.queries import wholes

BY = system("load")
Progress = Callable[[int, int], None]


class _NotKept(Exception):
    """Ends a transaction of which nothing is to be kept."""


def take_in(
    incoming: Incoming, *, at: datetime, preview: bool = False, progress: Progress = lambda done, total: None
) -> Report:
    """This will take in all that a source tells, each batch wholly or not at all, and say what became of it.

    Where a batch cannot be taken in, its families and events are tried one by one, and the notes name what is left out.
    With `preview` all is compared with what is here, and nothing is changed.
    """
    loading = _Preview(incoming, at) if preview else _Loading(incoming, at)
    with _few_collections() as collect:
        if incoming.agencies is not None:
            loading.begin_with(incoming.agencies)
        for batch in incoming.batches():
            loading.batch(batch.told, batch.events)
            progress(batch.done, batch.total)
            collect()
    loading.report.records = len(loading.touched)
    return loading.report


@contextmanager
def _few_collections() -> Iterator[Callable[[], object]]:
    """This will have Python look for circles of objects once a batch: there are few, and looking all the time takes a third."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield partial(gc.collect, 1)
    finally:
        if was:
            gc.enable()


@dataclass(slots=True)
class _Loading:
    incoming: Incoming
    at: datetime
    report: Report = field(init=False)
    placing: Placing = field(init=False)
    teams: dict[str, int] = field(default_factory=dict)
    organisations: dict[str, int] = field(default_factory=dict)
    touched: set[int] = field(default_factory=set)
    load: Load | None = None

    def __post_init__(self) -> None:
        self.report = Report(self.incoming.load, self.incoming.notes)
        self.placing = Placing(self.incoming.notes)

    def begin_with(self, told: Agencies) -> None:
        """Take in the agencies, which all else refers to."""
        self._learn(agencies.take_in(by=BY, at=self.at, told=told), told)

    def batch(self, told: Sequence[Told], events: Sequence[Placed]) -> None:
        """Take in families and events at one go, or where that fails one by one."""
        try:
            self._together(told, events)
        except OperationalError:
            raise  # a full disk, a lock: no fault of what was told
        except (Refusal, DatabaseError, ValueError) as error:
            if len(told) + len(events) <= 1:
                self._leave_out(told, events, error)
                return
            for one in told if events or len(told) > 1 else ():
                self.batch([one], ())
            middle = len(events) // 2
            for some in (events[:middle], events[middle:]):
                if some:
                    self.batch((), some)

    def _together(self, told: Sequence[Told], events: Sequence[Placed]) -> None:
        notes, begun, known = self.incoming.notes.copy(), self.load, set(self.placing.records)
        counted = Report(self.incoming.load, self.incoming.notes)
        try:
            with gate.taking_in(by=BY, at=self.at) as taking:
                self.load = begun or self._begin(taking)
                found = people.take_in(taking, told, organisations=self.organisations)
                counted.count_people(found)
                self.placing.learn(found.records, wholes(found.records.values()))
                rows = self._access(told)
                counted.count_access(rows, access.take_in(taking=taking, told=rows))
                facts = self.placing.facts(events)
                met = chronology.take_in(taking, self.load, facts)
                newer = self._newer(facts, met)
                corrected = chronology.take_in(taking, self.load, newer.corrections)
                counted.count_facts(met, newer, corrected)
                touched = set(taking.touched)
        except BaseException:
            self.incoming.notes.reset(notes)
            self.load = begun
            self.placing.forget(self.placing.records.keys() - known)
            raise
        self.report.add(counted)
        self.touched |= touched

    def _newer(self, facts: list[Fact], met: FactsTaken) -> Newer:
        """Sort out what is here otherwise: a census corrects what an earlier one said."""
        of = self.incoming.load
        if of.kind != CENSUS or not met.differences:
            return Newer([], met.differences)
        loads = list(
            Load.objects.filter(kind=CENSUS).order_by("-held_until", "-at").values_list("sha256", "held_until")
        )
        if any(until is None or of.speaks_of is None or until > of.speaks_of for _, until in loads):
            return Newer([], met.differences)  # an older census is taken in after a newer one
        return corrected(facts, met.differences, [sha256 for sha256, _ in loads], of.sha256, microseconds(self.at))

    def _begin(self, taking: gate.TakingIn) -> Load:
        of = self.incoming.load
        load = chronology.begin_load(
            taking, name=of.name, kind=of.kind, sha256=of.sha256, source=of.holds, held_until=of.speaks_of
        )
        self.report.taken_before = load.at != self.at
        return load

    def _access(self, told: Sequence[Told]) -> access.ToldAccess:
        return told_access(told, self.placing.records, self.placing.practitioners, self.teams, self.incoming.notes.add)

    def _learn(self, found: agencies.Taken, told: Agencies) -> None:
        self.placing.practitioners, self.teams = found.practitioners, found.teams
        self.organisations = found.organisations
        self.report.practitioners = found.practitioners
        self.report.count_agencies(found, told)

    def _leave_out(self, told: Sequence[Told], events: Sequence[Placed], error: Exception) -> None:
        says = error.sentence if isinstance(error, Refusal) else f"it cannot be kept ({type(error).__name__})"
        for one in told:
            self.incoming.notes.add("family-not-taken", one.family or _first(one), says)
        for placed in events:
            self.incoming.notes.add("event-not-taken", placed.where, says)


class _Preview(_Loading):
    """Compares all with what is here, batch by batch, and holds nobody up."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.report.preview = True
        self.known = people.Taken()

    def begin_with(self, told: Agencies) -> None:
        """Take in the agencies, and undo it: they are few."""
        try:
            with acting_as(BY):
                super().begin_with(told)
                raise _NotKept
        except _NotKept:
            pass

    def batch(self, told: Sequence[Told], events: Sequence[Placed]) -> None:
        """Compare."""
        with looking_as(BY):
            known = self.known
            found = people.Taken(known.records, known.persons, known.addresses, imagined=known.imagined)
            self.known = people.compare(told, at=self.at, organisations=self.organisations, taken=found)
            self.report.count_people(found)
            self.placing.learn(found.records, wholes(one for one in found.records.values() if one > 0))
            rows = self._access(told)
            self.report.count_access(rows, access.compare(rows))
            facts = self.placing.facts(events)
            met = compare_facts(facts)
            newer = self._newer(facts, met)
            self.report.count_facts(met, newer, compare_facts(newer.corrections))
            self.touched |= met.records


def _first(told: Told) -> str:
    return told.persons[0].id if told.persons else "a family"
