"""A census as a source: each child becomes a person with a record, and her events."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from goldthread.duties.event import Event
from goldthread.formats.cin import CensusChild, CensusReading, Identity
from goldthread.formats.receipts import file_sha256
from goldthread.invented.people import Agencies, Characteristic, Identifier, Membership, Person, Record, Told
from goldthread.loading.batches import Batch, Placed, Taken

CHILDREN_AT_A_TIME = 500
AT_BIRTH = frozenset({"child-identified"})


class Census:
    """A census, opened."""

    agencies: Agencies | None = None

    def __init__(self, path: Path, reading: CensusReading) -> None:
        self.reading, self.notes = reading, reading.notes
        assert reading.reference_date is not None
        self.day = reading.reference_date
        self.load = Taken(path.name, reading.format, file_sha256(path), reading.source, self.day)
        self._done = self._total = 0
        reading.progress = self._count

    def batches(self) -> Iterator[Batch]:
        """This will give some hundred children at a time."""
        batch = Batch()
        for child in self.reading.identified():
            told = told_by_census(child, self.day)
            batch.told.append(told)
            batch.events += [Placed(child.subject, event) for event in child.events]
            if len(batch.told) >= CHILDREN_AT_A_TIME or batch.full:
                batch.done, batch.total = self._done, self._total
                yield batch
                batch = Batch()
        batch.done = batch.total = self._total
        yield batch

    def _count(self, done: int, total: int) -> None:
        self._done, self._total = done, total


def told_by_census(child: CensusChild, day: date) -> Told:
    """This will give what a census tells of a child, who has no name in it, as it stands on the day that it ends on."""
    vitals = _vitals(child.events)
    who: Identity = child.identity
    number = child.subject.removeprefix("child:")
    numbers = [Identifier("local-child-id", number)]
    if who.upn:
        numbers.append(Identifier("upn", who.upn))
    if who.former_upn and who.former_upn != who.upn:
        numbers.append(Identifier("upn", who.former_upn, until_on=day))
    person = Person(
        id=child.subject,
        sex=who.sex,
        names=(),
        born_on=vitals.get("born_on"),
        expected_on=vitals.get("expected_on"),
        died_on=vitals.get("died_on"),
        identifiers=tuple(numbers),
        characteristics=(
            *([Characteristic("ethnicity", who.ethnicity)] if who.ethnicity else ()),
            *(Characteristic("disability", one) for one in who.disabilities),
        ),
    )
    opened = opened_on(child.events, day)
    return Told(
        None,
        persons=(person,),
        records=(Record(child.subject, "child", opened),),
        memberships=(Membership(child.subject, child.subject, "subject", opened),),
    )


def opened_on(events: list[Event], otherwise: date) -> date:
    """This will give the first day on which something was done for a child, which is when her record can have been opened."""
    days = [event.day for event in events if event.day is not None and event.kind not in AT_BIRTH]
    return date.fromordinal(min(days)) if days else otherwise


def _vitals(events: list[Event]) -> dict[str, date]:
    found: dict[str, date] = {}
    for event in events:
        if event.kind == "child-identified":
            for name in ("born_on", "expected_on"):
                if said := event.data.get(name):
                    found[name] = date.fromisoformat(said)
        elif event.kind == "child-died" and event.day is not None:
            found["died_on"] = date.fromordinal(event.day)
    return found
