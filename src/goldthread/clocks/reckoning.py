"""What is open on a record from one day to the next, as far as time alone decides: pure."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from goldthread.chronology.rulebook import Rulebook
from goldthread.clocks.engine import Asked, Known, evaluator
from goldthread.duties.calendar import WorkingDays, birthday
from goldthread.duties.engine.deciding import soon_window
from goldthread.duties.event import Event
from goldthread.duties.explaining import Step, explain
from goldthread.duties.findings import Finding, State, strengths
from goldthread.duties.rules import BIRTH, IDENTIFIED, Duty, Gate

OPEN = frozenset({State.RUNNING, State.DUE_SOON, State.OVERDUE, State.EXCEEDED, State.JUDGEMENT})
AHEAD = 400
"""Days for which a list stays right by itself: what changes later is reckoned again when its day comes."""

MOST_TURNS = 12
ADULT = 18

Asking = Callable[[int], Mapping[int, list[Asked]]]


class Open(NamedTuple):
    """A duty that is open, under the columns of its clock; `from_on` and `until_on` bound the days on which it is."""

    duty: str
    layer: str
    instance: str
    cycle: int | None
    recipient: str
    shared: bool
    holder: str
    strength: str
    kind: str
    started_on: date | None
    start: str
    due_on: date | None
    soon_on: date | None
    reason_given: bool
    provisional: bool
    governs: bool
    working: str
    from_on: date
    until_on: date | None


class Reckoned(NamedTuple):
    """The clocks of several records that were asked together, and the first day on which time alone changes more."""

    clocks: dict[int, list[Open]]
    next_on: date | None


def reckon(book: Rulebook, ask: Asking, events: Iterable[Event], as_of: int, known: Known) -> Reckoned:
    """This will say what is open on and after a day if nothing else happens, from every turn that time alone brings."""
    turns = _turns_of_facts(events, book, known, as_of)
    done: list[tuple[int, dict[int, dict[tuple[Any, ...], Open]]]] = []
    day: int | None = as_of
    while day is not None:
        found = ask(day)
        done.append((day, {record: _open(book, asked, day) for record, asked in found.items()}))
        turns |= _turns_of_findings(book, found, day)
        later = [one for one in turns if one > day]
        if not any(opened for opened in done[-1][1].values()) and not _facts_to_come(events, day):
            return Reckoned(_joined(done), None)
        day = min(later, default=None)
        if day is not None and (day > as_of + AHEAD or len(done) == MOST_TURNS):
            return Reckoned(_joined(done), date.fromordinal(day))
    return Reckoned(_joined(done), None)


def _facts_to_come(events: Iterable[Event], day: int) -> bool:
    return any(one.day is not None and one.day > day for one in events)


def _turns_of_facts(events: Iterable[Event], book: Rulebook, known: Known, as_of: int) -> set[int]:
    """Give the days on which facts, files and overlays change answers by themselves: plans for days to come, birthdays."""
    turns: set[int] = set()
    for event in events:
        if event.day is not None and event.day > as_of:
            turns.add(event.day)
        if event.kind in (IDENTIFIED, BIRTH):
            said = event.data.get("born_on")
            born = _ordinal(said) or (event.day if event.kind == BIRTH else None)
            if born is not None:
                turns.add(birthday(born, ADULT))
    if known.source.closes is not None:
        turns.add(known.source.closes + 1)
    for one in book.rules.overlays:
        turns.add(one.opens)
        if one.closes is not None:
            turns.add(one.closes + 1)
    return turns


def _turns_of_findings(book: Rulebook, found: Mapping[int, list[Asked]], day: int) -> set[int]:
    """Give the days after which another duty starts because one was not met, and those on which a floor is reached."""
    hung = {one.unmet for one in book.rules.duties if one.unmet}
    turns: set[int] = set()
    for asked in found.values():
        for finding, _ in asked:
            if isinstance(finding.duty, Gate) or finding.due is None or finding.due < day:
                continue
            if finding.duty.floor:
                turns.add(finding.due)
            elif finding.duty.code in hung:
                turns.add(finding.due + 1)
    return turns


def _open(book: Rulebook, asked: list[Asked], day: int) -> dict[tuple[Any, ...], Open]:
    found: dict[tuple[Any, ...], Open] = {}
    for one in asked:
        finding = one.finding
        if not isinstance(finding.duty, Gate) and is_open(finding):
            opened = _clock(book, one, finding.duty, day)
            found[opened[:-2]] = opened
    return found


def is_open(finding: Finding) -> bool:
    """This will say whether something is still to be done; also where only its date is not known."""
    return finding.state in OPEN or (finding.state is State.UNKNOWN and finding.why == "due")


def _clock(book: Rulebook, one: Asked, duty: Duty, day: int) -> Open:
    finding, instance = one.finding, one.finding.instance
    terms = finding.terms or duty.terms
    timed = finding.due is not None and not duty.floor
    soon = soon_on(book.calendar, finding.due or 0, _window(book, one, duty, day)) if timed else None
    return Open(
        duty.code[:100],
        duty.layer[:100],
        instance.id[:250],
        instance.cycle,
        (instance.recipient or "")[:100],
        duty.owed_once,
        terms.holder[:60],
        strengths(finding)[0],
        duty.kind,
        _date(finding.started),
        instance.start.id[:200] if instance.start is not None else "",
        _date(finding.due),
        _date(soon),
        instance.reason_event is not None,
        finding.provisional,
        finding.governs,
        json.dumps(working(book, one, day), ensure_ascii=False, separators=(",", ":")),
        date.fromordinal(day),
        None,
    )


def _window(book: Rulebook, one: Asked, duty: Duty, day: int) -> int:
    engine = evaluator(book, day, one.source)
    return soon_window(engine.setting, engine.prepared[engine.places[duty]], one.finding.instance)


def soon_on(calendar: WorkingDays, due: int, window: int) -> int:
    """This will give the first day from which no more than `window` working days are left."""
    day = calendar.before(due + 1, window) if window else due
    while calendar.between(day - 1, due) <= window:
        day -= 1
    while calendar.between(day, due) > window:
        day += 1
    return day


def working(book: Rulebook, one: Asked, day: int) -> list[list[Any]]:
    """This will tell how the date came about: what started it and how it was counted, each with what lies under it.

    What the rule says, and where it stands on a day, is left out: a list says both itself.
    """
    steps = explain(one.finding, book.rules, book.calendar, day, one.source)[1:]
    return [_told(step) for step in steps if not step.says.startswith("As of ")]


def _told(step: Step) -> list[Any]:
    return [step.says, [_told(under) for under in step.steps]] if step.steps else [step.says]


def _joined(done: list[tuple[int, dict[int, dict[tuple[Any, ...], Open]]]]) -> dict[int, list[Open]]:
    """Join what is open unchanged from one turn to the next."""
    finished: dict[int, list[Open]] = {record: [] for record in done[0][1]}
    running: dict[int, dict[tuple[Any, ...], Open]] = {record: {} for record in done[0][1]}
    for day, by_record in done:
        for record, now in by_record.items():
            before = running[record]
            for key in [key for key in before if key not in now]:
                finished[record].append(before.pop(key)._replace(until_on=date.fromordinal(day)))
            for key, opened in now.items():
                before.setdefault(key, opened)
    for record, left in running.items():
        finished[record] += left.values()
    return finished


def _ordinal(text: object) -> int | None:
    try:
        found = date.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None
    return found.toordinal() if found is not None and 1900 <= found.year <= 2199 else None


def _date(day: int | None) -> date | None:
    return None if day is None else date.fromordinal(day)
