"""A file of case events as a source: its children become persons and records with what the events tell of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from goldthread.duties.event import Event
from goldthread.formats.events import EventsReading
from goldthread.formats.events_by_line import by_line
from goldthread.formats.receipts import file_sha256
from goldthread.invented.people import Agencies, Identifier, Membership, Person, Record, Told
from goldthread.loading.batches import Batch, Placed, Taken
from goldthread.loading.census import AT_BIRTH

CHILD = "child:"
MOST_AT_ONCE = 400_000
"""Events that are held in memory to be put in the order of their families; of a longer file the order is its own."""


class EventsFile:
    """A file of events, opened. It is read twice: first for who the children are, then for what happened."""

    agencies: Agencies | None = None

    def __init__(self, path: Path, reading: EventsReading) -> None:
        self.reading, self.notes = reading, reading.notes
        closes = reading.source.closes
        day = None if closes is None else date.fromordinal(closes)
        self.load = Taken(path.name, reading.format, file_sha256(path), reading.source, day)
        self._done = self._total = 0
        reading.progress = self._count

    def batches(self) -> Iterator[Batch]:
        """This will give some thousand events at a time, with the children whom they name for the first time.

        Those of a file that is not too long come family by family, since what a correction, or an event of a family,
        reaches is seen only where all of them are together.
        """
        kin = Kin()
        children = seen_in(kin.learning(line.event for line in by_line(self.reading) if line.event is not None))
        self.notes.reset(type(self.notes)())
        told: set[str] = set()
        size, batch, family = self._total, Batch(), ""
        together = kin.events <= MOST_AT_ONCE
        for placed in kin.in_order(self._placed()) if together else self._placed():
            if batch.full and not (together and kin.family(placed.event) == family):
                batch.done, batch.total = size + self._done, 2 * size
                yield batch
                batch = Batch()
            for child in named_in(placed.event):
                if child not in told:
                    told.add(child)
                    batch.told.append(children[child].told(child))
            family = kin.family(placed.event)
            batch.events.append(placed)
        batch.done = batch.total = 2 * size
        yield batch

    def _placed(self) -> Iterator[Placed]:
        for line in by_line(self.reading):
            where = f"{self.reading.word} {line.place}"
            if line.event is None:
                self.notes.add("not-readable", where, line.says)
            else:
                yield Placed(where, line.event)

    def _count(self, done: int, total: int) -> None:
        self._done, self._total = done, total


@dataclass(slots=True)
class Kin:
    """Who is told of together: children with a common event, and the families that they belong to."""

    events: int = 0
    _of: dict[str, str] = field(default_factory=dict)

    def learning(self, events: Iterable[Event]) -> Iterator[Event]:
        """This will hand events on, and learn from each."""
        for event in events:
            self.events += 1
            first, *others = [*event.subjects, *named_in(event), *(one for one in event.links if one.startswith(CHILD))]
            root = self._root(first)
            for other in others:
                self._of[self._root(other)] = root
            yield event

    def family(self, event: Event) -> str:
        """This will name those with whom an event is told together."""
        return self._root(event.subjects[0])

    def in_order(self, events: Iterable[Placed]) -> list[Placed]:
        """This will put those of each family together, in the order in which families begin."""
        families: dict[str, list[Placed]] = {}
        for one in events:
            families.setdefault(self.family(one.event), []).append(one)
        return [one for family in families.values() for one in family]

    def _root(self, one: str) -> str:
        of = self._of
        root = of.setdefault(one, one)
        while of[root] != root:
            of[root] = of[of[root]]
            root = of[root]
        of[one] = root
        return root


@dataclass(slots=True)
class Seen:
    """What events tell of who a child is."""

    first: int | None = None
    born: date | None = None
    expected: date | None = None
    died: date | None = None

    def told(self, child: str) -> Told:
        """This will give her as a person without a name, with a record."""
        opened = date.fromordinal(self.first) if self.first else self.born or self.expected or date(1900, 1, 1)
        person = Person(
            id=child, sex="U", names=(), born_on=self.born, expected_on=self.expected, died_on=self.died,
            identifiers=(Identifier("local-child-id", child.removeprefix(CHILD)),),
        )  # fmt: skip
        return Told(
            None,
            persons=(person,),
            records=(Record(child, "child", opened),),
            memberships=(Membership(child, child, "subject", opened),),
        )


def seen_in(events: Iterable[Event]) -> dict[str, Seen]:
    """This will give the children whom events name, and what they tell of each."""
    found: dict[str, Seen] = {}
    for event in events:
        for child in named_in(event):
            seen = found.setdefault(child, Seen())
            if child in event.subjects and not event.void:
                _look(event, seen)
        if event.kind == "child-born" and (born := _day(event.data.get("born_on"))):
            for child in _said(event.data.get("children")):
                found[child].born = born
    return found


def named_in(event: Event) -> list[str]:
    """This will give the children whom an event names: its subjects, a member of a family, those who are born."""
    found = [one for one in event.subjects if one.startswith(CHILD)]
    if event.kind == "family-member":
        found += _said(event.data.get("child"))
    elif event.kind == "child-born":
        found += _said(event.data.get("children"))
    return list(dict.fromkeys(found))


def _look(event: Event, seen: Seen) -> None:
    if event.kind == "child-identified":
        seen.born = _day(event.data.get("born_on")) or seen.born
        seen.expected = _day(event.data.get("expected_on")) or seen.expected
    elif event.kind == "child-died" and event.day is not None:
        seen.died = date.fromordinal(event.day)
    if event.day is not None and event.kind not in AT_BIRTH and (seen.first is None or event.day < seen.first):
        seen.first = event.day


def _said(value: Any) -> list[str]:
    """This will read children as `data` names them, with or without the word."""
    values = value if isinstance(value, list) else [value]
    return [one if one.startswith(CHILD) else CHILD + one for one in values if isinstance(one, str) and one]


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) and len(value) == 10 else None
    except ValueError:
        return None
