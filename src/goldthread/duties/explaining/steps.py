"""One step of the working, and how it tells days, numbers, events and what it rests on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from goldthread.duties.event import Event
from goldthread.duties.rules import NATIONAL, Rules


class Step(NamedTuple):
    """One step of the working: what it says, what it rests on, and the steps under it.

    `source` is a mapping with at least one of the keys event, rule, statement, interpretation, calendar or source;
    beside `calendar`, `days` lists the days that were skipped (ISO dates).
    """

    says: str
    source: dict[str, Any]
    steps: tuple[Step, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Give the tree under the keys of the published format."""
        return {"says": self.says, "source": self.source, "steps": [step.as_dict() for step in self.steps]}


def said(day: int | None) -> str:
    """Write an ordinal as a person would: Monday 3 March 2025."""
    if day is None:
        return "a day that is not known"
    one = date.fromordinal(day)
    return f"{one:%A} {one.day} {one:%B} {one.year}"


def plural(number: int, noun: str) -> str:
    """Write a number with its noun: 1 day, 2 days."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def cited(layer: str, code: str, cites: Iterable[str]) -> dict[str, Any]:
    """Give the source of a rule: the statements that it cites, and a local one's own code."""
    return {"statement": list(cites), **({} if layer == NATIONAL else {"rule": f"{layer}/{code}"})}


def interpretations(rules: Rules, names: Iterable[str]) -> tuple[Step, ...]:
    """Give a step for each reading that a rule rests on, by name: what was asked, and what was decided."""
    return tuple(
        Step(f"{one.question} {one.decision}", {"interpretation": one.id})
        for one in (rules.interpretations[name] for name in names)
    )


def told(event: Event) -> str:
    """Tell an event: its kind, its day, what it holds and which process it belongs to."""
    data = ", ".join(f"{key}: {in_words(value)}" for key, value in event.data.items())
    where = f", {event.process}" if event.process else ""
    return f"{event.kind} on {said(event.day)}{f' ({data})' if data else ''}{where}"


def in_words(value: Any) -> str:
    """Write a value of an event's data as a person would: yes, no, this and that."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return " and ".join(in_words(one) for one in value)
    return str(value)


def from_event(event: Event) -> dict[str, Any]:
    """Give the source of a step that rests on an event."""
    return {"event": event.id}
