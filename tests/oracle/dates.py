"""The day on which an instance falls due, counted as its duty's words say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from oracle.calendar_by_day import day_of_year, months_after
from oracle.facts import day_of
from oracle.instances import Instance, Start
from oracle.pack_as_text import YES, listed
from oracle.question import Question
from oracle.words import Local, items


@dataclass(frozen=True)
class Due:
    """What a duty's `due` comes to for one instance."""

    form: str  # limit, floor or judgement
    day: int | None = None
    working: bool = False  # counted in working days
    certain: bool = True  # every counted day lies within the calendar's release
    planned: bool = False  # rests on a day that is only planned
    short: bool = False  # soon is two working days before, not ten


JUDGEMENT = Due("judgement")
UNKNOWN_LIMIT = Due("limit")


def due_date(
    question: Question, duty: Mapping[str, Any], words: Mapping[str, Any], start: Start, subjects: tuple[str, ...]
) -> Due:
    """This will count to the day on which an instance falls due."""
    if "judgement" in words:
        return JUDGEMENT
    if "record" in words or "local" in words:
        recorded = day_of(start.data.get(words["record"])) if "record" in words else None
        return (
            said_date(question, start, recorded)
            if recorded is not None
            else _rest_of(question, duty, words, start, subjects)
        )
    if "earliest" in words:
        parts = [due_date(question, duty, part, start, subjects) for part in words["earliest"]]
        if any(part.day is None for part in parts):
            return UNKNOWN_LIMIT
        first = min(parts, key=lambda part: part.day or 0)
        return Due(
            "limit",
            first.day,
            first.working,
            certain=all(part.certain for part in parts),
            short=any(part.short for part in parts),
        )
    if "before" in words:
        return _counted_back(question, words, subjects)
    if start.day is None:
        return Due("floor") if "floor" in words else UNKNOWN_LIMIT
    if "by" in words:
        year = date.fromordinal(start.day).year
        said = start.data.get("year")  # a report belongs to the year that it says, however late it is published
        if duty.get("same") == "year" and str(said).isdigit():
            year = int(str(said))
        return said_date(question, start, day_of_year(str(words["by"]), year))
    if "floor" in words:
        day, _ = counted(question, start.day, str(words["floor"]))
        return Due("floor", day)
    assert "within" in words, words
    zero: int | None = start.day
    if "of" in words:
        rules = question.matcher.rules(words["of"])
        days = [
            e.day
            for e in question.events_of(subjects)
            if e.day is not None and e.day >= start.day and question.matcher.any(rules, e) == YES
        ]
        zero = min(days, default=None)
    working = "working" in words["within"]
    if zero is None:
        return Due("limit", None, working)
    day, short = counted(question, zero, str(words["within"]))
    return Due("limit", day, working, certain=not working or question.calendar.certain(zero, day), short=short)


def said_date(question: Question, start: Start, day: int | None) -> Due:
    """This will take a date as it is said; its length is measured in working days from the start."""
    short = start.day is not None and day is not None and question.calendar.between(start.day, day) <= 15
    return Due("limit", day, short=short)


def _rest_of(
    question: Question, duty: Mapping[str, Any], words: Mapping[str, Any], start: Start, subjects: tuple[str, ...]
) -> Due:
    """This will go on to the number that an overlay sets, where the record holds no date of its own."""
    rest = {key: value for key, value in words.items() if key not in ("record", "local")}
    return due_date(question, duty, rest, start, subjects) if rest else UNKNOWN_LIMIT


def counted(question: Question, zero: int, limit: str) -> tuple[int, bool]:
    """This will count a limit in its own unit from day zero, and say whether it is a short one."""
    number, unit = limit.split(" ", 1)
    count = int(number)
    if unit in ("working day", "working days"):
        return question.calendar.after(zero, count), count <= 15
    if unit in ("day", "days"):
        return zero + count, count <= 15
    if unit in ("week", "weeks"):
        return zero + 7 * count, 7 * count <= 15
    if unit in ("month", "months"):
        return months_after(zero, count), False
    assert unit in ("year", "years"), limit
    return months_after(zero, 12 * count), False


def _counted_back(question: Question, words: Mapping[str, Any], subjects: tuple[str, ...]) -> Due:
    """This will count back from the first target that is known: a kind's day, or a date that a kind holds."""
    number, unit = str(words["at_least"]).split(" ", 1)
    working = unit.startswith("working")
    count = int(number) * (7 if unit.startswith("week") else 1)
    for target in listed(words["before"]):
        kind, _, held = str(target).partition(".")
        events = [e for e in question.events_of(subjects) if e.kind == kind]
        dated = [e for e in events if e.day is not None]
        day: int | None = None
        if held:
            latest = dated or events
            day = day_of(latest[-1].data.get(held)) if latest else None
        elif dated:
            day = dated[0].day
        if day is None:
            continue
        due = question.calendar.before(day, count) if working else day - count
        certain = not working or question.calendar.certain(due, day)
        return Due("limit", due, working, certain=certain, planned=bool(held), short=count <= 15)
    return Due("limit", None, working)


def due_date_of(
    question: Question, words: Mapping[str, Any], entry: Local | None, instance: Instance, recipient: Any
) -> Due:
    """This will find the due day of an instance, from the item, the duty or the overlay that sets it."""
    anchor, subjects = instance.anchor, instance.subjects
    if not instance.start_known:
        form = due_date(
            question, words, words.get("due") or {"local": ""}, Start(None, "", frozenset(), ()), subjects
        ).form
        return Due(form)
    own = entry.entry.get("due") if entry is not None and entry.verb in ("strengthens", "sets") else None
    if words.get("per") is not None and own is None:
        return said_date(question, anchor, day_of(items(words, anchor).get(recipient)))
    return due_date(question, words, own if own is not None else words.get("due") or {"local": ""}, anchor, subjects)
