"""What every source gives: batches of families with their events, each to be taken in at one go."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple, Protocol

from goldthread.duties.event import Event, Source
from goldthread.formats.notes import Notes
from goldthread.invented.people import Agencies, Told

CENSUS = "cin-census"
"""How the reader of a census calls its format."""

EVENTS_AT_A_TIME = 10_000
"""About how many events are taken in by one transaction; a family is not divided."""

PERSONS_AT_A_TIME = 2_000
"""And how many persons."""


class Placed(NamedTuple):
    """An event, and where in its file it stands: `line 17`, or whose it is where a line would say nothing."""

    where: str
    event: Event


@dataclass(slots=True)
class Batch:
    """Some families with their people, and events of those children who are told by now; `done` of `total` is read."""

    told: list[Told] = field(default_factory=list)
    events: list[Placed] = field(default_factory=list)
    done: int = 0
    total: int = 0

    @property
    def full(self) -> bool:
        """Say whether it is time to take it in."""
        return len(self.events) >= EVENTS_AT_A_TIME or sum(len(one.persons) for one in self.told) >= PERSONS_AT_A_TIME


class Taken(NamedTuple):
    """What a source is called in the list of what was loaded, and what it could hold."""

    name: str
    kind: str  # people-folder, cin-census, events-jsonl, events-csv, invented
    sha256: str
    holds: Source
    speaks_of: date | None = None  # the day as of which it speaks, where it says so


class Incoming(Protocol):
    """Something to take in: read once."""

    load: Taken
    notes: Notes
    agencies: Agencies | None

    def batches(self) -> Iterator[Batch]:
        """This will give all that is to be taken in, in flat memory; what cannot be used goes to the notes."""
