"""A whole authority as a source: from a folder that holds its agencies, families and events, or as it is invented."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from goldthread.duties.event import Source
from goldthread.duties.refusal import Refused
from goldthread.formats.event_records import Wrong, read_json
from goldthread.formats.events import EventsReading
from goldthread.formats.events_by_line import by_line
from goldthread.formats.notes import Notes, shown
from goldthread.formats.receipts import file_sha256
from goldthread.formats.source_file import open_bytes
from goldthread.invented import people_files
from goldthread.invented.people import Agencies, Told
from goldthread.invented.standing import Standing
from goldthread.loading.batches import EVENTS_AT_A_TIME, Batch, Placed, Taken
from goldthread.loading.events import seen_in

AGENCIES, FAMILIES, EVENTS = "agencies.jsonl", "families.jsonl", "events.jsonl"


class Invented:
    """An invented authority, taken in as it is told."""

    def __init__(self, standing: Standing, families: int = 0) -> None:
        self.standing, self.notes = standing, Notes()
        self.agencies: Agencies | None = standing.agencies
        chosen = f"{standing.on} {standing.seed} {standing.size} {len(standing.years)} {standing.rich}"
        holds = Source(closes=standing.on.toordinal())
        sha256 = hashlib.sha256(chosen.encode()).hexdigest()
        self.load = Taken(f"{standing.name}, invented", "invented", sha256, holds, standing.on)
        self.total = families

    def batches(self) -> Iterator[Batch]:
        """This will give some families at a time."""
        batch = Batch()
        done = 0
        for done, told in enumerate(self.standing.families(), 1):
            batch.told.append(told)
            batch.events += [Placed(f"event {event.id}", event) for event in told.events]
            if batch.full:
                batch.done, batch.total = done, self.total
                yield batch
                batch = Batch()
        batch.done = batch.total = done
        yield batch


class Folder:
    """A folder as `goldthread generate --today` writes one."""

    def __init__(self, path: Path) -> None:
        self.path = path
        for name in (AGENCIES, FAMILIES, EVENTS):
            if not (path / name).is_file():
                raise Refused(
                    f"{path}: holds no {name}; expected a folder with {AGENCIES}, {FAMILIES} and {EVENTS}, or a file"
                )
        self.events = EventsReading(path / EVENTS, "events-jsonl", progress=self._count)
        self.notes = self.events.notes
        self.agencies: Agencies | None = self._agencies()
        hashes = "".join(file_sha256(path / name) for name in (AGENCIES, FAMILIES, EVENTS))
        self.load = Taken(path.name, "people-folder", hashlib.sha256(hashes.encode()).hexdigest(), self.events.source)
        self._done = self._total = 0

    def batches(self) -> Iterator[Batch]:
        """This will give some families with their events at a time, reading both files side by side.

        An event waits until its children are told, since the files have the same order; what is left when all families are
        told is about children whom only the events tell of.
        """
        events = _Ahead(self._placed())
        told: set[str] = set()
        batch = Batch()
        for family in self._families():
            batch.told.append(family)
            told.update(one.id for one in family.records)
            if family.family:
                told.add(family.family)
            batch.events += events.while_(lambda event: told.issuperset(event.subjects))
            if batch.full:
                yield self._ready(batch)
                batch = Batch()
        while events.more:
            batch.events += events.some(EVENTS_AT_A_TIME)
            for child, seen in seen_in([one.event for one in batch.events]).items():
                if child not in told:
                    told.add(child)
                    batch.told.append(seen.told(child))
            yield self._ready(batch)
            batch = Batch()
        yield self._ready(batch)

    def _ready(self, batch: Batch) -> Batch:
        batch.done, batch.total = self._done, self._total
        return batch

    def _count(self, done: int, total: int) -> None:
        self._done, self._total = done, total

    def _placed(self) -> Iterator[Placed]:
        for line in by_line(self.events):
            where = f"{EVENTS}, line {line.place}"
            if line.event is None:
                self.notes.add("not-readable", where, line.says)
            else:
                yield Placed(where, line.event)

    def _agencies(self) -> Agencies:
        lines = [text for _, text in _texts(self.path / AGENCIES)]
        for place, line in enumerate(lines, 1):
            try:
                people_files.read_agencies([line])
            except (KeyError, TypeError, ValueError, AttributeError) as error:
                raise Refused(f"{self.path / AGENCIES}: line {place}: {_why(error)}") from error
        return people_files.read_agencies(lines)

    def _families(self) -> Iterator[Told]:
        for place, line in _texts(self.path / FAMILIES):
            try:
                read_json(
                    line
                )  # twice the same key, half a character: what the reader of our own files does not look for
                yield from people_files.read_families([line])
            except (Wrong, KeyError, TypeError, ValueError, AttributeError) as error:
                self.notes.add("not-readable", f"{FAMILIES}, line {place}", _why(error))


class _Ahead:
    """A stream of events, of which the next can be looked at."""

    def __init__(self, events: Iterator[Placed]) -> None:
        self._events = events
        self._next = next(events, None)

    @property
    def more(self) -> bool:
        """Say whether there is any left."""
        return self._next is not None

    def while_(self, holds: Callable[..., bool]) -> Iterable[Placed]:
        """This will give events up to the first for which it does not hold."""
        while self._next is not None and holds(self._next.event):
            yield self._next
            self._next = next(self._events, None)

    def some(self, most: int) -> list[Placed]:
        """This will give the next events, so many at most."""
        found: list[Placed] = []
        while self._next is not None and len(found) < most:
            found.append(self._next)
            self._next = next(self._events, None)
        return found


def _texts(path: Path) -> Iterator[tuple[int, str]]:
    with open_bytes(path) as file:
        for place, raw in enumerate(file, 1):
            try:
                text = raw.decode("utf-8-sig" if place == 1 else "utf-8")
            except UnicodeDecodeError as error:
                raise Refused(f"{path}: line {place} is not in UTF-8 at its byte {error.start + 1}") from error
            if not text.isspace():
                yield place, text


def _why(error: Exception) -> str:
    if isinstance(error, Wrong):
        return str(error)
    if isinstance(error, json.JSONDecodeError):
        return f"it is not JSON: {error.msg.lower()} at character {error.pos + 1}"
    return f"it has not the shape of the people file ({shown(str(error))})"
