"""When an instance is due, and what its date was counted from."""

from __future__ import annotations

from datetime import MAXYEAR, MINYEAR, date

from goldthread.duties import words
from goldthread.duties.calendar import add_months
from goldthread.duties.engine.facts import by_kind, order, ordinal, sure_matches
from goldthread.duties.engine.setting import Facts, Prepared, Setting
from goldthread.duties.findings import Instance


def set_due(setting: Setting, one: Prepared, facts: Facts, instance: Instance) -> None:
    """Work out the due day, remembering what it was counted from; the commonest limit first."""
    terms = instance.terms or one.duty.terms
    due, started, number = terms.due, instance.started, terms.working_days
    if number and started is not None:
        calendar = setting.calendar
        instance.due = last = calendar.after(started, number)
        if started < calendar.first or last > calendar.horizon:
            instance.certain = False
        return
    if isinstance(due, words.Judgement):
        return
    if isinstance(due, words.SetLocally):
        read_record(one, due, instance)
    elif isinstance(due, words.Within):
        count_from(setting, due, facts, instance, started)
    elif isinstance(due, words.Before):
        count_back(setting, due, facts, instance)
    elif started is None:
        return
    elif isinstance(due, words.Floor):
        instance.due = count_on(setting, instance, started, due.floor)
    elif isinstance(due, words.By):
        instance.due = day_of_year(due.by, instance, started)
    else:
        days = []
        for part in due.earliest:
            if isinstance(part, words.By):
                days.append(day_of_year(part.by, instance, started))
            else:
                days.append(count_on(setting, instance, started, part.within))
        instance.due = min(days)


def count_from(setting: Setting, due: words.Within, facts: Facts, instance: Instance, started: int | None) -> None:
    """Count a span from the start, or from another fact once it has happened."""
    base = started
    if due.of is not None:
        base = None
        for event in sorted(sure_matches(by_kind(due.of), facts.dated), key=order):
            if started is not None and (event.day or 0) >= started:
                base, instance.base = event.day, event
                break
    if base is not None:
        instance.due = count_on(setting, instance, base, due.within)


def count_on(setting: Setting, instance: Instance, base: int, span: words.Span) -> int:
    """Count a span on from a day, remembering whether every day of it is certain."""
    if span.unit == "working-days":
        due = setting.calendar.after(base, span.number)
        instance.certain = instance.certain and setting.calendar.certain(base, due)
        return due
    if span.unit == "days":
        return base + span.number
    return add_months(base, span.number * (12 if span.unit == "years" else 1))


def day_of_year(by: words.DayOfYear, instance: Instance, started: int) -> int:
    """Give a day of the year that the duty speaks of."""
    year = instance.same
    if not isinstance(year, int) or not MINYEAR <= year <= MAXYEAR:
        year = date.fromordinal(started).year
    return date(year, by.month, by.day).toordinal()


def count_back(setting: Setting, due: words.Before, facts: Facts, instance: Instance) -> None:
    """Count back from the first target that is known."""
    for target in due.before:
        kind, _, field = target.partition(".")
        events = facts.dated.get(kind) or (facts.undated.get(kind) if field else None)
        if not events:
            continue
        event = events[0] if not field else events[-1]
        day = event.day if not field else ordinal(event.data.get(field))
        if day is not None:
            instance.target, instance.planned = event, bool(field)
            if due.at_least.unit == "working-days":
                instance.due = setting.calendar.before(day, due.at_least.number)
                instance.certain = setting.calendar.certain(instance.due, day)
            elif due.at_least.unit == "days":
                instance.due = day - due.at_least.number
            else:
                months = due.at_least.number * (12 if due.at_least.unit == "years" else 1)
                instance.due = add_months(day, -months)
            return


def read_record(one: Prepared, due: words.SetLocally, instance: Instance) -> None:
    """Read the date that the record itself holds."""
    per = one.duty.word.per
    if per and instance.item is not None:
        instance.due = ordinal(instance.item.get(per.due))
    elif due.record and instance.start is not None:
        instance.due = ordinal(instance.start.data.get(due.record))
