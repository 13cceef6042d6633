"""What one evaluation is given: the day, the rules, the calendar, the source; and what it makes ready once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from goldthread.duties.calendar import WorkingDays
from goldthread.duties.event import Event, Pattern, Source
from goldthread.duties.patterns import Tests, tests
from goldthread.duties.rules import Duty, Rules

GROUP = "enquiry:"  # the type of process that joins the starts of a duty that is first_while_open
AT_ITS_START = "what its start says"
START, BEGUN, REASON, DISCHARGE, ENDING, BREAKING, SETTLING, CLOSING = range(8)
ANYTHING: tuple[Tests, ...] = ((),)  # a pattern that names a kind and no field

Moment = tuple[int, int, str, Event]
NoteTaker = Callable[[str, str, str], None]


class Setting(NamedTuple):
    """What one evaluation is given; days are ordinals."""

    rules: Rules
    calendar: WorkingDays
    as_of: int
    source: Source
    note: NoteTaker | None
    past_window: bool


class Facts(NamedTuple):
    """The facts of one subject (or of several that share a duty), by kind, each in order of day and id."""

    subject: str
    subjects: tuple[str, ...]
    dated: Mapping[str, list[Event]]
    undated: Mapping[str, list[Event]]
    life_ends: Mapping[str, tuple[int, str]]


class Prepared(NamedTuple):
    """A duty together with what a source can hold of it."""

    place: int
    duty: Duty
    starts_carried: bool
    met_carried: bool
    whole: bool
    last_before: tuple[tuple[str, Tests], ...]
    window: int | None
    variant_field: str | None
    variant_of: str | None


class Task(NamedTuple):
    """A duty to be answered for a subject of whom only these kinds of fact are known."""

    one: Prepared
    starts: tuple[tuple[str, tuple[Tests, ...]], ...]
    closing: tuple[tuple[int, str, tuple[Tests, ...]], ...]
    quick: bool
    bare: bool  # quick, and nothing in sight that could answer, end or excuse it
    loose: bool  # a fact without a day could answer, end or excuse it
    owed_once: bool
    hanging: tuple[Task, ...]  # duties that start where this one's day ends unmet


def prepare(source: Source, place: int, duty: Duty) -> Prepared:
    """Hold a duty together with what the source can hold of it."""
    carries = source.carries
    met = set(duty.met) | set(duty.broken)
    patterns = (*(duty.word.met_by or ()), *(duty.word.broken_by or ()))
    variant = duty.word.variant
    soon = duty.word.due_soon
    return Prepared(
        place,
        duty,
        carries is None or not duty.starts or bool(set(duty.starts) & carries),
        carries is None or met <= carries,
        bool(source.whole) and all(any(implies(one, held) for held in source.whole) for one in patterns),
        tuple((one.kind, tests(one)) for one in source.last_before if all(one.kind == each.kind for each in patterns)),
        soon.number if soon else None,
        variant.field if variant else None,
        variant.of if variant else None,
    )


def implies(narrow: Pattern, wide: Pattern) -> bool:
    """Say whether whatever matches the narrow pattern matches the wide one."""
    if narrow.kind != wide.kind:
        return False
    own = dict(narrow.fields)
    return all(field in own and own[field] <= values for field, values in wide.fields)
