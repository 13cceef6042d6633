"""What is taken in by the file: facts shared out among records, and what taking them in would change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import NamedTuple

from goldthread.duties import corrections
from goldthread.duties.event import Event
from goldthread.duties.rules import FAMILY_MEMBER

TOLD_ONE_BY_ONE = 1_000
"""Differences and refusals that are told one by one; of more, only the number."""

CHUNK = 20_000
"""Facts that are taken in at once."""


class Fact(NamedTuple):
    """One event as it is to stand on one record: who recorded it, if known here, and where the file says it."""

    record: int
    event: Event
    by: int | None = None
    place: str = ""


class Different(NamedTuple):
    """A fact that is there under this id already, and says something else: the fields that differ."""

    record: int
    said_id: str
    fields: tuple[str, ...]
    place: str = ""


class Unusable(NamedTuple):
    """A fact that cannot be kept, and why, in a sentence."""

    record: int
    said_id: str
    says: str
    place: str = ""


@dataclass(slots=True)
class Taken:
    """What was taken in, or would be: counts of facts, and what stood in the way."""

    new: int = 0
    same: int = 0
    different: int = 0
    unusable: int = 0
    records: set[int] = field(default_factory=set)  # those to which something was new
    differences: list[Different] = field(default_factory=list)
    refusals: list[Unusable] = field(default_factory=list)

    def differs(self, one: Different) -> None:
        """This will note a difference."""
        self.different += 1
        if len(self.differences) < TOLD_ONE_BY_ONE:
            self.differences.append(one)

    def refuse(self, one: Unusable) -> None:
        """This will note what cannot be used."""
        self.unusable += 1
        if len(self.refusals) < TOLD_ONE_BY_ONE:
            self.refusals.append(one)


def chunks(facts: Iterable[Fact], size: int = CHUNK) -> Iterator[list[Fact]]:
    """This will give the facts in lists of a bounded length."""
    left = iter(facts)
    while chunk := list(islice(left, size)):
        yield chunk


def shared_out(events: Sequence[Event], records: Mapping[str, int], place: str = "") -> Iterator[Fact]:
    """This will give each event to the records that it belongs to; `records` names them by subject (`child:GT1`).

    An event of a family goes to every child who was its member on that day, a correction to all whom what it replaces
    went to; a child who was reached by the family only, and is not by the correction, gets a withdrawal instead. All
    events of a family are expected at once. What belongs to no record that is named is left out.
    """
    members = _members(events)
    by_id = {event.id: event for event in events}
    for event in events:
        own = _reached(event, members)
        families_only: set[str] = set()
        named = dict.fromkeys(own)
        target, met = event.replaces, {event.id}
        while target is not None and target in by_id and target not in met:
            met.add(target)
            before = by_id[target]
            for child in _reached(before, members):
                if child not in named:
                    named[child] = None
                    if child not in before.subjects and child not in before.links:
                        families_only.add(child)
            target = before.replaces
        for subject in named:
            record = records.get(subject)
            if record is not None:
                lost = subject in families_only and not event.void
                yield Fact(record, event._replace(void=True) if lost else event, None, place)


def _reached(event: Event, members: Mapping[str, list[tuple[str, int, int]]]) -> list[str]:
    """Give the subjects that an event is about: its own, those it links to, and the members of its families."""
    found = [*event.subjects, *(link for link in event.links if link.startswith("child:"))]
    if event.kind == FAMILY_MEMBER:
        child = _child(event)
        return [*found, child] if child else found
    for family in event.subjects:
        for child, opens, closes in members.get(family, ()):
            if event.day is None or opens <= event.day < closes:
                found.append(child)
    return list(dict.fromkeys(found))


def _members(events: Sequence[Event]) -> dict[str, list[tuple[str, int, int]]]:
    """Give by family who belonged to it, from which day until which, as is known now."""
    found: dict[str, list[tuple[str, int, int]]] = {}
    if not any(event.kind == FAMILY_MEMBER for event in events):
        return found
    for event in corrections.in_force(events):
        child = _child(event) if event.kind == FAMILY_MEMBER else ""
        if child:
            opens = _ordinal(event.data.get("from")) or event.day or 0
            closes = _ordinal(event.data.get("until")) or date.max.toordinal()
            for family in event.subjects:
                found.setdefault(family, []).append((child, opens, closes))
    return found


def _child(event: Event) -> str:
    child = event.data.get("child")
    if not isinstance(child, str) or not child:
        return ""
    return child if child.startswith("child:") else f"child:{child}"


def _ordinal(text: object) -> int | None:
    try:
        return date.fromisoformat(text).toordinal() if isinstance(text, str) else None
    except ValueError:
        return None
