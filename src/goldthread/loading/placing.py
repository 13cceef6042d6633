"""Says an event in the words of the site instead of the file's, and finds the records that it belongs to."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from goldthread.chronology import taking
from goldthread.chronology.models import LONGEST_ID
from goldthread.chronology.taking import Fact
from goldthread.duties.event import Event
from goldthread.formats.notes import Note, Notes, shown
from goldthread.loading.batches import Placed
from goldthread.records.queries import Whole

CHILD, FAMILY, PRACTITIONER = "child:", "family:", "practitioner:"
SOMEONE = (CHILD, PRACTITIONER)
MEMBER = "family-member"


@dataclass(slots=True)
class Placing:
    """Who is who in a file; grows while it is read. `records` and `codes` are the children's records and their references."""

    notes: Notes
    practitioners: Mapping[str, int] = field(default_factory=dict)
    records: dict[str, int] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)

    def learn(self, records: Mapping[str, int], wholes: Mapping[int, Whole]) -> None:
        """This will take note of children who are told, and of what the site calls their records."""
        self.records.update(records)
        for child, record in records.items():
            if record in wholes:
                self.codes[child] = wholes[record].subject.removeprefix(CHILD)

    def forget(self, children: Iterable[str]) -> None:
        """This will take back what was learnt of children who were not kept after all."""
        for child in list(children):
            self.records.pop(child, None)
            self.codes.pop(child, None)

    def facts(self, events: Iterable[Placed]) -> list[Fact]:
        """This will give what is to stand on each record; what belongs to none, or cannot be kept, goes to the notes."""
        fit: list[Event] = []
        places: dict[str, str] = {}
        for where, event in events:
            event = _fitting(event)
            if event.id in places:
                self.notes.add("id-twice", where, f"its id is that of {places[event.id]} too, which is used")
                continue
            places[event.id] = where
            fit.append(event)
        facts: list[Fact] = []
        said: dict[str, tuple[Event, Event, int | None]] = {}
        for record, event, _, _ in taking.shared_out(fit, self.records):
            before = said.get(event.id)
            if before is None or before[0] is not event:
                before = said[event.id] = (event, *self._in_our_words(event))
            facts.append(Fact(record, before[1], before[2], places[event.id]))
        for event in fit:
            if event.id not in said:
                self.notes.add(*_homeless(event, places[event.id]))
        return facts

    def _in_our_words(self, event: Event) -> tuple[Event, int | None]:
        """This will name children by their references, and practitioners as the site knows them."""
        data, by = event.data, None
        if not event.about and not any([_names_someone(value) for value in data.values()]):
            return event, None
        said = data.get("by")
        if isinstance(said, str):
            by = self.practitioners.get(said)
        ours = {name: self._named(value) for name, value in data.items() if by is None or name != "by"}
        if event.kind == MEMBER:
            ours["family"] = next((one for one in event.subjects if one.startswith(FAMILY)), "")
        about = tuple([self._named(one) for one in event.about])
        return Event(*event[:6], ours, event.recorded, event.replaces, event.void, about), by

    def _named(self, value: Any) -> Any:
        if isinstance(value, list):
            return [self._named(one) for one in value]
        if not isinstance(value, str) or not value.startswith(SOMEONE):
            return value
        if value in self.codes:
            return CHILD + self.codes[value]
        if value in self.practitioners:
            return f"{PRACTITIONER}{self.practitioners[value]}"
        return value


def _names_someone(value: Any) -> bool:
    if value.__class__ is str:
        return value.startswith(SOMEONE)
    return value.__class__ is list and any([_names_someone(one) for one in value])


def _homeless(event: Event, where: str) -> Note:
    kinds = sorted({subject.partition(":")[0] for subject in event.subjects})
    first = shown(event.subjects[0])
    if kinds == ["child"]:
        return Note("child-unknown", where, f"it is about {first}, who could not be taken in")
    if "family" in kinds:
        return Note("family-without-children", where, f"no child is known to belong to {first} on its day")
    return Note(f"no-record-of-{kinds[0]}", where, f"it is about {first}, and only children have records here so far")


def _fitting(event: Event) -> Event:
    """This will give the event with each id that is too long as its hash."""
    said, _, _, _, process, links, _, _, replaces, _, _ = event
    if (
        len(said) <= LONGEST_ID
        and (process is None or len(process) <= LONGEST_ID)
        and (replaces is None or len(replaces) <= LONGEST_ID)
        and not any([len(one) > LONGEST_ID for one in links])
    ):
        return event
    return event._replace(
        id=hashed(event.id),
        process=None if event.process is None else hashed(event.process),
        replaces=None if event.replaces is None else hashed(event.replaces),
        links=tuple(hashed(one) for one in event.links),
    )


def hashed(said: str) -> str:
    """This will give an id as it is, or the hash of one that is too long; a process keeps the word for what it is."""
    if len(said) <= LONGEST_ID:
        return said
    word, colon, _ = said.partition(":")
    kept = f"{word}{colon}" if colon and len(word) <= 60 else ""
    return f"{kept}sha256-{hashlib.sha256(said.encode()).hexdigest()}"
