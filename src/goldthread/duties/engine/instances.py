"""The instances that a duty has on the facts of a subject."""

from __future__ import annotations

from datetime import date

from goldthread.duties.engine.groups import open_grouped
from goldthread.duties.engine.setting import Facts, Prepared, Setting, Task
from goldthread.duties.engine.starts import find_starts, joined, opened, split
from goldthread.duties.findings import Instance
from goldthread.duties.patterns import NO, PERHAPS, YES, best
from goldthread.duties.rules import Duty


def open_instances(setting: Setting, task: Task, facts: Facts) -> list[Instance]:
    """Open the instances of a duty: one for each start, process, year, group, recipient or item."""
    one, duty = task.one, task.one.duty
    if duty.every_year:
        return open_yearly(setting, one, facts)
    starts = find_starts(setting, duty, facts)
    if duty.first_while_open:
        return open_grouped(setting, task, facts, starts)
    found: list[Instance] = []
    by_process: dict[tuple[str, str], Instance] = {}
    for event, answer in starts:
        # a process starts a duty once, however often it is recorded; a duty that recurs counts every round
        process = (event.kind, event.process or event.id)
        known = None if duty.recurs else by_process.get(process)
        if known is not None:
            known.subjects = joined(known.subjects, event.subjects) if known.subjects else ()
            known.sure = known.sure or (answer == YES and known.started is not None)
            continue
        instance = opened(one, facts, event, answer)
        by_process[process] = instance
        if duty.split:
            found += split(duty, instance)
        else:
            found.append(instance)
        if duty.word.only_once:
            break
    return found


def narrow(duty: Duty, instances: list[Instance]) -> list[Instance]:
    """Keep the instances that a narrower local clock is about."""
    kept = []
    for instance in instances:
        start = instance.start
        answer = best(duty.narrowed.get(start.kind, ()), start.data) if start is not None else PERHAPS
        if answer != NO:
            instance.sure = instance.sure and answer == YES
            kept.append(instance)
    return kept


def open_yearly(setting: Setting, one: Prepared, facts: Facts) -> list[Instance]:
    """Open an instance for each year from the rule's first or the subject's first, until as-of."""
    every = one.duty.every_year
    days = [events[0].day for events in facts.dated.values()]
    if every is None or (not days and (setting.source.opens is None or not facts.undated)):
        return []
    earliest = setting.source.opens if setting.source.opens is not None else min(day for day in days if day is not None)
    found = []
    for year in range(
        max(every.every_year_from, date.fromordinal(earliest).year), date.fromordinal(setting.as_of).year + 1
    ):
        started = date(year, every.on.month, every.on.day).toordinal()
        if started > setting.as_of:
            break
        instance = Instance(None, started, f"{facts.subject}/{year}", {f"{facts.subject}/{year}"}, one.duty.terms)
        instance.same = year
        found.append(instance)
    return found
