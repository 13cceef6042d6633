"""The state of an instance, in the order that the page gives, and what a source leaves unknown."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from oracle.dates import Due, counted
from oracle.instances import MET, Instance
from oracle.pack_as_text import Rule
from oracle.question import Question


def state_of(
    question: Question,
    words: Mapping[str, Any],
    duty: Mapping[str, Any],
    instance: Instance,
    due: Due,
    closing: tuple[int, str] | None,
    has_reason: bool,
) -> str:
    """This will name the state, in the order that the page gives."""
    if due.form == "judgement":
        if closing is not None:
            return "met" if closing[1] == MET else "ended"
        if instance.undated_discharge:
            return "unknown"
        if instance.undated_ending:
            return "ended"
        return "unknown" if _cannot_tell(question, duty) else "judgement"
    assert due.day is not None
    if closing is not None:
        day, how = closing
        if how == MET:
            return "met" if day <= due.day else "met-late"
        if due.form == "floor" and how != "ended":
            return "not-met"
        if day <= due.day:
            return "ended"
        return "unknown" if _cannot_carry(question, duty) else "not-met"
    if instance.undated_discharge:
        return "unknown"
    if instance.undated_ending:
        return "ended"
    if _cannot_tell(question, duty):
        return "unknown"
    if due.form == "floor":
        return "running"
    if question.as_of > due.day:
        return "exceeded-with-reason" if has_reason else "overdue"
    return "due-soon" if _soon(question, words, due) else "running"


def _cannot_tell(question: Question, duty: Mapping[str, Any]) -> bool:
    """This will say whether the source cannot carry a discharge, or does not reach the day asked about."""
    beyond = question.source.closes is not None and question.as_of > question.source.closes
    return beyond or _cannot_carry(question, duty)


def _cannot_carry(question: Question, duty: Mapping[str, Any]) -> bool:
    """This will say whether the source cannot carry one of the kinds that discharge a duty, or break a floor."""
    discharges = question.matcher.rules(duty.get("met_by")) + question.matcher.rules(duty.get("broken_by"))
    return any(not question.carried(rule.kind) for rule in discharges)


def _soon(question: Question, words: Mapping[str, Any], due: Due) -> bool:
    """This will say whether a date is near: within the duty's own window, or two or ten working days."""
    assert due.day is not None
    own = words.get("due_soon")
    if own is None:
        return question.calendar.between(question.as_of, due.day) <= (2 if due.short else 10)
    number, unit = str(own).split(" ", 1)
    if unit.startswith("working"):
        return question.calendar.between(question.as_of, due.day) <= int(number)
    return due.day <= counted(question, question.as_of, str(own))[0]


def declared_beyond_window(question: Question, instance: Instance, discharges: list[Rule]) -> bool:
    """This will say whether what answers an instance from before the source's window is held all the same."""
    if all(any(question.matcher.source_pattern_covers(p, rule) for p in question.source.whole) for rule in discharges):
        return True
    last = question.source.last_before
    start, closing = instance.anchor, instance.closing()
    return (
        start.event is not None
        and any(question.matcher.source_pattern(p, start.event) for p in last)
        and all(any(question.matcher.source_pattern_covers(p, rule) for p in last) for rule in discharges)
        and not (closing is not None and question.before_window(closing[0]))
    )


def edition_status(question: Question, started: int | None) -> str:
    """This will say whether this edition is the one that the start's day picks."""
    day = started if started is not None else question.as_of
    if day < date.fromisoformat(question.pack.in_force_from).toordinal():
        return "not-yet-in-force"
    successor = question.pack.successor_from
    if successor is not None and day >= date.fromisoformat(successor).toordinal():
        return "newer-edition-not-held"
    return "in-force"
