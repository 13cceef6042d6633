"""Whether an instance exists: what `once` says of each start."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from goldthread.duties.event import Event
from oracle.instances import Start, links_of
from oracle.pack_as_text import NO, PERHAPS, YES, Rule
from oracle.question import Question


def existence(
    question: Question,
    duty: Mapping[str, Any],
    starts: Sequence[Start],
    group: tuple[str, ...],
    stopped: Mapping[Start, int],
) -> dict[Start, str]:
    """This will say of each start whether its instance exists: yes, no, or unknown."""
    rules = question.matcher.rules(duty.get("once"))
    if not rules:
        return dict.fromkeys(starts, YES)
    events = [e for e in question.events_of(group) if any(rule.kind == e.kind for rule in rules)]
    return {start: _one_exists(question, rules, start, starts, events, stopped.get(start)) for start in starts}


def _one_exists(
    question: Question,
    rules: list[Rule],
    start: Start,
    starts: Sequence[Start],
    events: list[Event],
    stopped: int | None,
) -> str:
    """This will look for what the instance of one start waits for."""
    later = [
        other.day
        for other in starts
        if other.day is not None
        and start.day is not None
        and other.day > start.day
        and set(other.subjects) & set(start.subjects)
    ]
    belonging = []
    for event in events:
        if not set(question.seen[event.id]) & set(start.subjects):
            continue
        if start.event is not None and event.id == start.event.id:
            continue
        links = links_of(event)
        mine = [other for other in starts if set(other.subjects) & set(question.seen[event.id])]
        if any(other.ids & links for other in mine):
            if start.ids & links:
                belonging.append(event)
        elif start.day is None or event.day is None or event.day < start.day:
            continue
        elif all(event.day < day for day in later) and (stopped is None or event.day <= stopped):
            belonging.append(event)
    if any(question.matcher.any(rules, event) == YES for event in belonging):
        return YES
    covered = (question.source.opens is None or (start.day is not None and start.day >= question.source.opens)) and (
        question.source.closes is None or question.as_of <= question.source.closes
    )
    for rule in rules:
        answers = [question.matcher.one(rule, event) for event in belonging if event.kind == rule.kind]
        if PERHAPS in answers:
            return "unknown"
        if not (question.carried(rule.kind) and covered) and NO not in answers:
            return "unknown"
    return NO
