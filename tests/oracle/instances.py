"""What starts an instance of a duty, and the instance: one clock with everything that happened to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from goldthread.duties.event import EMPTY, Event
from oracle.pack_as_text import YES

MET, BROKEN, ENDED = "met", "broken", "ended"


@dataclass(eq=False)
class Start:
    """Something that may start an instance: an event, a day of the year, or another duty's day that ended unmet."""

    day: int | None
    name: str
    ids: frozenset[str]
    subjects: tuple[str, ...]
    event: Event | None = None
    sure: bool = True
    data: Mapping[str, Any] = field(default_factory=lambda: EMPTY)
    order: str = ""
    events: tuple[Event, ...] = ()  # all that were said of this start: the one it counts from, and its repetitions


@dataclass(eq=False)
class Instance:
    """One clock of a duty, and everything that happened to it."""

    anchor: Start  # the start that the clock counts from
    starts: list[Start]
    ids: set[str]
    subjects: tuple[str, ...]
    opened: int | None
    exists: str = YES
    start_known: bool = True
    begun: bool = False
    answers: list[tuple[int, int, str, str]] = field(default_factory=list)  # day, turn, event, how
    undated_discharge: bool = False
    undated_ending: bool = False
    stopped: int | None = None  # the day after which it takes no more unlinked events
    reasons: list[tuple[int, str, Any]] = field(default_factory=list)
    settled: bool = False
    concluded: bool = False
    never_owed: int | None = None  # its start says that it is ended on its own day

    def closing(self) -> tuple[int, str] | None:
        """This will give the day on which the first dated event closed it, and how."""
        if self.never_owed is not None:
            return self.never_owed, ENDED
        if not self.answers:
            return None
        day, _, _, how = min(self.answers)
        return day, how

    def answered(self) -> bool:
        """This will say whether a dated event closed it, and not only the end of a childhood."""
        return any(name for _, _, name, _ in self.answers)

    def open_on(self, day: int) -> bool:
        """This will say whether it had started by a day and nothing that came first has met or ended it."""
        return self.opened is not None and self.opened <= day and self.closing() is None

    def takes_unlinked_on(self, day: int) -> bool:
        """This will say whether an event of a day may answer it without a link."""
        return self.stopped is None or self.stopped >= day

    def takes_start_on(self, day: int, links: frozenset[str]) -> bool:
        """This will say whether a start of a day that is not linked to it belongs to it all the same."""
        return self.open_on(day) and self.takes_unlinked_on(day) and not self.concluded and not self.of_another(links)

    def of_another(self, links: frozenset[str]) -> bool:
        """This will say whether links name an enquiry, but not its own."""
        named, own = enquiries_among(links), enquiries_among(self.ids)
        return bool(named and own and not named & own)

    def own(self, event: Event) -> bool:
        """This will say whether an event is one of its starts."""
        return any(event.id == one.id for start in self.starts for one in start.events)


def names_of(event: Event) -> frozenset[str]:
    """This will give the words by which others link to an event: its process and its id."""
    return frozenset({event.id} if event.process is None else {event.id, event.process})


def links_of(event: Event) -> frozenset[str]:
    """This will give everything that an event belongs to or answers: its process and its links."""
    return frozenset(event.links if event.process is None else (event.process, *event.links))


def enquiries_among(words: Iterable[str]) -> frozenset[str]:
    """This will pick the enquiries out of names or links."""
    return frozenset(word for word in words if word.startswith("enquiry:"))


def said_by(start: Start) -> frozenset[str]:
    """This will give everything that a start, or one of its repetitions, belongs to or answers."""
    return frozenset[str]().union(*(links_of(event) for event in start.events))
