"""Records opened for change by the system or a person, without what a test of the chronology does not ask about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime

from cast import involve
from staff import practitioner

from goldthread.access import gate
from goldthread.access.gate import Changing, Opened
from goldthread.agencies.models import Practitioner
from goldthread.kernel.acting import Actor, ActorKind, acting_as, system
from goldthread.records.models import Record, RecordKind

NOW = datetime(2026, 5, 14, 10, 0, tzinfo=UTC)
TODAY = date(2026, 5, 14)
TESTS = system("tests")


def worker() -> Practitioner:
    """A social worker."""
    return practitioner()


def actor(who: Practitioner) -> Actor:
    """Who acts, for a practitioner."""
    return Actor(ActorKind.PRACTITIONER, who.pk)


def records(who: Practitioner, number: int = 1) -> list[Record]:
    """Children's records with which someone is involved."""
    made = []
    for _ in range(number):
        with acting_as(TESTS):
            made.append(Record.objects.create(kind=RecordKind.CHILD, opened_on=date(2020, 1, 6)))
        involve(made[-1], who)
    return made


@contextmanager
def changing(who: Practitioner, several: Sequence[Record], at: datetime = NOW) -> Iterator[list[Changing]]:
    """Several records to be changed together."""
    codes = [str(one.code) for one in several]
    with gate.changing_several(by=actor(who), at=at, codes=codes, thing="event") as found:
        yield found


@contextmanager
def opened(who: Practitioner, record: Record, at: datetime = NOW) -> Iterator[Opened]:
    """A record to be read."""
    with gate.open_record(by=actor(who), at=at, code=str(record.code)) as found:
        yield found
