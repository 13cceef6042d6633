"""How a date came about: what was counted from where, and which days were skipped."""

from __future__ import annotations

from datetime import date
from typing import Any

from goldthread.duties import patterns, words
from goldthread.duties.calendar import Skipped, WorkingDays
from goldthread.duties.event import Event
from goldthread.duties.explaining.steps import Step, from_event, plural, said
from goldthread.duties.findings import Finding, Instance, iso
from goldthread.duties.rules import Duty


def counting(finding: Finding, duty: Duty, calendar: WorkingDays) -> Step | None:
    """Say how the due date was counted, or why there is none; None where there is nothing to say."""
    instance, due = finding.instance, (finding.terms or duty.terms).due
    if isinstance(due, words.Judgement):
        text = f"The text says “{due.judgement}” and gives no number" if due.judgement else "The text gives no time"
        return Step(f"{text}, so it is never called overdue.", {"rule": duty.own_code})
    if instance.due is None:
        return Step(no_date(due), {"rule": duty.own_code})
    if isinstance(due, words.Within | words.Floor):
        span = due.within if isinstance(due, words.Within) else due.floor
        base = instance.base.day if instance.base is not None else instance.started
        return _forward(span, base, instance, calendar, instance.base)
    if isinstance(due, words.By):
        return Step(f"It is due by {due.by.words}: {said(instance.due)}.", {"rule": duty.own_code})
    if isinstance(due, words.Earliest):
        parts = [
            part.by.words if isinstance(part, words.By) else f"{part.within.words} after the start"
            for part in due.earliest
        ]
        return Step(f"The earlier of {' and '.join(parts)}: {said(instance.due)}.", {"rule": duty.own_code})
    if isinstance(due, words.Before):
        return _backward(due, instance, calendar)
    return Step(f"The record itself sets the date: {said(instance.due)}.", {"rule": duty.own_code})


def no_date(due: words.Due) -> str:
    """Say why there is no date."""
    if isinstance(due, words.SetLocally):
        own = "the record does not hold the date" if due.record else ""
        local = f"it is set locally ({due.local}), and no overlay sets it" if due.local else ""
        return f"There is no date: {'; '.join(part for part in (own, local) if part)}."
    if isinstance(due, words.Within) and due.of:
        return f"There is no date yet: it counts from {patterns.describe_all(due.of)}, which is not recorded."
    if isinstance(due, words.Before):
        return f"There is no date: none of these is known: {', '.join(due.before)}."
    return "There is no date, because the start is not known."


def _forward(
    span: words.Span, base: int | None, instance: Instance, calendar: WorkingDays, other: Event | None
) -> Step:
    due = instance.due or 0
    origin = f"{said(base)} ({other.kind})" if other is not None else said(base)
    if span.unit == "working-days" and base is not None:
        return Step(
            f"{span.words} after {origin}, which is day zero: no later than the end of {said(due)}.",
            {"calendar": calendar.release},
            _skips(calendar, base, due),
        )
    if span.unit == "days":
        return Step(f"{span.words} after {origin}: no later than {said(due)}.", {"rule": "calendar days"})
    roll = (
        ""
        if base is None or date.fromordinal(base).day == date.fromordinal(due).day
        else ", the end of a shorter month"
    )
    return Step(
        f"{span.words} after {origin}: {said(due)}{roll}. It does not move to a working day.", {"rule": "months"}
    )


def _backward(due: words.Before, instance: Instance, calendar: WorkingDays) -> Step:
    target, last = instance.target, instance.due or 0
    name, planned, day = "the target", "", None
    if target is not None:
        name, day = target.kind, target.day
        if instance.planned:
            fields = (one.partition(".")[2] for one in due.before if one.partition(".")[0] == target.kind)
            day = next((found for found in (_day(target.data.get(field)) for field in fields) if found), None)
            planned = " as now planned, so the date moves with the plan"
    under: tuple[Step, ...] = ()
    if due.at_least.unit == "working-days" and day is not None:
        under = _skips(calendar, last, day - 1)  # the day counted from is itself neither counted nor skipped
    on = f" ({said(day)})" if day is not None else ""
    return Step(
        f"{due.at_least.words} before {name}{on}{planned}, counted back without that day: no later than {said(last)}.",
        {"calendar": calendar.release, **(from_event(target) if target is not None else {})},
        under,
    )


def _day(value: Any) -> int | None:
    try:
        return date.fromisoformat(value).toordinal()
    except (TypeError, ValueError):
        return None


def _skips(calendar: WorkingDays, first: int, last: int) -> tuple[Step, ...]:
    """Name each day after `first`, up to and with `last`, that was not counted: bank holidays by name, then weekends."""
    skipped = calendar.skipped(first, last)
    weekend = [one for one in skipped if one.reason in ("Saturday", "Sunday")]
    holidays = [one for one in skipped if one.reason not in ("Saturday", "Sunday")]
    steps = [] if skipped else [Step("No day was skipped.", {"calendar": calendar.release, "days": []})]
    if holidays:
        named = ", ".join(f"{_short(one)} ({one.reason})" for one in holidays)
        steps.append(Step(f"Bank holidays skipped: {named}.", _days(calendar, holidays)))
    if weekend:
        steps.append(
            Step(
                f"Weekends skipped ({plural(len(weekend), 'day')}): {_weekends([one.day for one in weekend])}.",
                _days(calendar, weekend),
            )
        )
    if not calendar.certain(first, last):
        steps.append(
            Step(
                f"Bank holidays are known from {said(calendar.first)} to {said(calendar.horizon)} only, "
                "so this date is provisional.",
                {"calendar": calendar.release},
            )
        )
    return tuple(steps)


def _days(calendar: WorkingDays, skipped: list[Skipped]) -> dict[str, Any]:
    return {"calendar": calendar.release, "days": [iso(one.day) for one in skipped]}


def _weekends(days: list[int]) -> str:
    """Write weekend days pair by pair: 8–9, 15–16 Mar, 29 Mar–6 Apr 2025; a month and a year only where they change."""
    pairs: list[list[date]] = []
    for one in map(date.fromordinal, days):
        if pairs and (one - pairs[-1][0]).days == 1:
            pairs[-1].append(one)
        else:
            pairs.append([one])
    shown = []
    for place, pair in enumerate(pairs):
        following = pairs[place + 1][0] if place + 1 < len(pairs) else None
        head, tail = pair[0], pair[-1]
        text = str(head.day)
        if head.year != tail.year:
            text += f" {head:%b %Y}"
        elif head.month != tail.month:
            text += f" {head:%b}"
        if len(pair) > 1:
            text += f"–{tail.day}"
        if following is None or following.year != tail.year:
            text += f" {tail:%b} {tail.year}"
        elif following.month != tail.month:
            text += f" {tail:%b}"
        shown.append(text)
    return ", ".join(shown)


def _short(one: Skipped) -> str:
    day = date.fromordinal(one.day)
    return f"{day:%a} {day.day} {day:%b} {day.year}"
