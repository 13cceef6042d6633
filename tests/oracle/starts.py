"""What starts a duty: events, or a day of the year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from oracle.calendar_by_day import day_of_year
from oracle.facts import within_stay
from oracle.instances import Start, names_of
from oracle.pack_as_text import NO, YES
from oracle.question import Question
from oracle.words import Local, recurs, start_rules


def event_starts(
    question: Question, duty: Mapping[str, Any], entry: Local | None, group: tuple[str, ...]
) -> list[Start]:
    """This will list the events that start a duty, in order, or that an overlay starts it by as well."""
    rules = start_rules(question, duty, entry)
    found: list[Start] = []
    for event in question.events_of(group):
        answer = question.matcher.any(rules, event)
        if answer == NO:
            continue
        found.append(
            Start(
                day=event.day,
                name=event.process or event.id,
                ids=names_of(event),
                subjects=tuple(name for name in question.seen[event.id] if name in group),
                event=event,
                sure=answer == YES,
                data=event.data,
                order=event.id,
                events=(event,),
            )
        )
    found.sort(key=lambda s: (s.day is None, s.day or 0, s.order))
    status = duty.get("unless")
    if status is not None:
        found = [
            start
            for start in found
            if start.day is None
            or not all(within_stay(question.stays_in(status, name), start.day) for name in start.subjects)
        ]
    if not recurs(question, duty, entry):
        found = _joined(found)
    if duty.get("only_once"):
        taken: set[str] = set()
        first = []
        for start in found:
            if not taken.intersection(start.subjects):
                first.append(start)
            taken.update(start.subjects)
        found = first
    return found


def _joined(found: Sequence[Start]) -> list[Start]:
    """This will make one start of those of one kind and process: the earliest, by every name and for every child."""
    together: dict[tuple[str, str], list[Start]] = {}
    for start in found:
        assert start.event is not None
        together.setdefault((start.event.kind, start.name), []).append(start)
    return [
        replace(
            first,
            ids=frozenset[str]().union(*(one.ids for one in (first, *others))),
            subjects=tuple(dict.fromkeys(name for one in (first, *others) for name in one.subjects)),
            sure=any(one.sure for one in (first, *others)),
            events=tuple(event for one in (first, *others) for event in one.events),
        )
        for first, *others in together.values()
    ]


def yearly_starts(question: Question, words: Mapping[str, Any], group: tuple[str, ...]) -> list[Start]:
    """This will start a duty on its day of every year from its first, or from when the source begins."""
    (subject,) = group
    days = [e.day for e in question.events_of(group) if e.day is not None]
    begins = question.source.opens if question.source.opens is not None else min(days, default=None)
    if begins is None:
        return []
    found = []
    for year in range(int(words["every_year_from"]), date.fromordinal(question.as_of).year + 1):
        day = day_of_year(str(words["on"]), year)
        if year >= date.fromordinal(begins).year and day <= question.as_of:
            name = f"{subject}/{year}"
            found.append(Start(day, name, frozenset({name}), group, data={"year": year}, order=name))
    return found
