"""The commonest case in one pass: a single start. It says exactly what the general way says, faster."""

from __future__ import annotations

from goldthread.duties.engine.answers import end_at_start, ends_earlier, moment_order, note_early, take_undated
from goldthread.duties.engine.dates import set_due
from goldthread.duties.engine.deciding import decide
from goldthread.duties.engine.existence import existing
from goldthread.duties.engine.facts import find_spells
from goldthread.duties.engine.setting import (
    ANYTHING,
    BREAKING,
    CLOSING,
    DISCHARGE,
    GROUP,
    REASON,
    SETTLING,
    Facts,
    Moment,
    Prepared,
    Setting,
    Task,
)
from goldthread.duties.event import Event
from goldthread.duties.findings import Finding, Instance, State
from goldthread.duties.patterns import YES, best


def answer_bare(setting: Setting, one: Prepared, facts: Facts, start: Event, answer: int) -> Finding:
    """Answer a single start when no fact in sight could touch it."""
    duty = one.duty
    started = start.day or 0
    ident = start.process or start.id
    instance = Instance(start, started, ident, {ident, start.id}, duty.terms)
    instance.sure = answer == YES
    set_due(setting, one, facts, instance)
    if facts.life_ends and not duty.outlives:
        end = facts.life_ends[facts.subject]
        instance.closed, instance.closed_on, instance.closer = "ended", end[0], end[1]
    elif not one.met_carried and answer == YES and instance.due is not None and not duty.floor:
        # most of what a census is asked: owed, and the file cannot say whether it was done
        unsettled = bool(duty.settled_by)
        provisional = not instance.certain or instance.planned or unsettled
        return Finding(
            duty, duty.terms, facts.subject, instance, State.UNKNOWN, instance.due, None, None, None, False,
            provisional, "carried",
        )  # fmt: skip
    return decide(setting, one, facts.subject, instance)


def answer_alone(
    setting: Setting, task: Task, facts: Facts, start: Event, answer: int, begun: list[Event] | None
) -> list[Finding]:
    """Answer the commonest case in one pass: a single start, so that every fact is this instance's or nobody's.

    Says exactly what the general way says (a test holds the two together); it is here for speed alone.
    """
    one = task.one
    duty = one.duty
    started = start.day or 0
    if duty.unless and any(
        begun < started < ended for begun, ended in find_spells(setting.rules.statuses[duty.unless], facts)
    ):
        return []
    ident = start.process or start.id
    keys = {ident, start.id}
    if duty.first_while_open:
        keys.update([link for link in start.links if link.startswith(GROUP)])
        for event in begun or ():
            answer = YES
            keys.add(event.process or event.id)
            keys.update([link for link in event.links if link.startswith(GROUP)])
    instance = Instance(start, started, ident, keys, duty.terms)
    instance.sure = answer == YES
    if duty.ends_at_start:
        end_at_start(duty, instance)
    if task.closing:
        close_alone(setting, task, facts, instance)
    if task.loose:
        take_undated(duty, facts, [instance])
    if facts.life_ends and not duty.outlives:
        end = facts.life_ends[facts.subject]
        if ends_earlier(instance, end[0]):
            instance.closed, instance.closed_on, instance.closer = "ended", end[0], end[1]
            instance.undated_ending = None
    if duty.once:
        for kind, alternatives in duty.once.items():
            for event in facts.dated.get(kind, ()):
                if (event.process in keys or not keys.isdisjoint(event.links)) and (
                    best(alternatives, event.data) == YES
                ):
                    instance.once = instance.once or event
                    break
        if instance.once is None and not existing(setting, one, facts, [instance]):
            return []
    if duty.recurs:
        instance.cycle = 1
    set_due(setting, one, facts, instance)
    return [decide(setting, one, facts.subject, instance)]


def close_alone(setting: Setting, task: Task, facts: Facts, instance: Instance) -> None:
    """Let the facts in sight answer, excuse or end the one instance, in their order."""
    duty = task.one.duty
    start, started, keys, dated = instance.start, instance.started or 0, instance.keys, facts.dated
    moments: list[Moment] = []
    for phase, kind, alternatives in task.closing:
        for event in dated[kind]:
            if event is not start and (alternatives == ANYTHING or best(alternatives, event.data) == YES):
                moments.append((event.day or 0, phase, event.id, event))
    if len(moments) > 1:
        moments.sort(key=moment_order)
    early = duty.early
    end = facts.life_ends.get(facts.subject) if facts.life_ends and not duty.outlives else None
    for day, phase, _, event in moments:
        linked = event.process in keys or not keys.isdisjoint(event.links)
        if end is not None and day > end[0] and not linked:
            continue
        if day < started:
            if not linked:
                if not (phase == REASON or (phase == DISCHARGE and early)):
                    continue
            elif setting.note and not duty.backward and phase != REASON and not (phase == DISCHARGE and early):
                taken = (
                    instance.settled if phase == SETTLING else phase == CLOSING and instance.blocked_from is not None
                )
                if instance.closed is None and not taken:
                    note_early(setting, facts, event, instance)
        if not linked and instance.blocked_from is not None and day > instance.blocked_from:
            continue
        if instance.closed is not None:
            if phase == REASON and linked:
                instance.reason_event = event
            continue
        if phase == REASON:
            instance.reason_event = event
        elif phase == SETTLING:
            instance.settled = True
        elif phase == CLOSING:
            instance.blocked_from = day if instance.blocked_from is None else instance.blocked_from
        else:
            instance.closed = "met" if phase == DISCHARGE else "broken" if phase == BREAKING else "ended"
            instance.closed_on, instance.closer = day, event
