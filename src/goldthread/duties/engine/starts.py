"""What starts an instance, and how one start is split by recipient or by the items of its record."""

from __future__ import annotations

from typing import Any

from goldthread.duties.engine.facts import find_spells, order
from goldthread.duties.engine.setting import ANYTHING, Facts, Prepared, Setting
from goldthread.duties.event import Event
from goldthread.duties.findings import Instance
from goldthread.duties.patterns import YES, best
from goldthread.duties.rules import Duty


def find_starts(setting: Setting, duty: Duty, facts: Facts) -> list[tuple[Event, int]]:
    """List the facts that start a duty, each with YES or PERHAPS, in order."""
    starts: list[tuple[Event, int]] = []
    lists = 0
    for kind, alternatives in duty.starts.items():
        for events in (facts.dated.get(kind), facts.undated.get(kind)):
            if events:
                lists += 1
                for event in events:
                    answer = YES if alternatives == ANYTHING else best(alternatives, event.data)
                    if answer:
                        starts.append((event, answer))
    if lists > 1:  # each list is in order
        starts.sort(key=lambda start: order(start[0]))
        if not duty.recurs:  # a start that is dated is the better word for one that is not
            starts.sort(key=lambda start: start[0].day is None)
    if duty.unless and starts:
        spells = find_spells(setting.rules.statuses[duty.unless], facts)
        starts = [
            (event, answer)
            for event, answer in starts
            if event.day is None or not any(begun < event.day < ended for begun, ended in spells)
        ]
    return starts


def opened(one: Prepared, facts: Facts, event: Event, answer: int) -> Instance:
    """Open an instance at a start."""
    duty = one.duty
    ident = event.process or event.id
    instance = Instance(event, event.day, ident, {ident, event.id}, duty.terms)
    instance.sure = answer == YES and event.day is not None
    if len(facts.subjects) > 1:
        instance.subjects = tuple(one for one in event.subjects if one in facts.subjects)
    if one.variant_field:
        choose_variant(one, facts, instance, event)
    if duty.same:
        instance.same = event.data.get(duty.same)
        if instance.same is None:
            instance.sure = False
    return instance


def choose_variant(one: Prepared, facts: Facts, instance: Instance, event: Event) -> None:
    """Choose the terms that go with what the variant's field says; unsure where it says nothing known."""
    said: Any = event.data.get(one.variant_field or "")
    if one.variant_of:
        said = None
        for other in (*facts.undated.get(one.variant_of, ()), *facts.dated.get(one.variant_of, ())):
            said = other.data.get(one.variant_field or "", said)
    terms = one.duty.cases.get(said) if isinstance(said, str) else None
    if terms is None:
        instance.sure = False
    else:
        instance.terms = terms


def split(duty: Duty, instance: Instance) -> list[Instance]:
    """Split an instance by recipient, or by the items of its record."""
    terms = instance.terms or duty.terms
    if terms.recipients:
        parts = []
        for recipient, _ in terms.recipients:
            part = copied(instance)
            part.recipient = recipient
            parts.append(part)
        return parts
    per = duty.word.per
    if per and instance.start is not None:
        items = instance.start.data.get(per.field)
        if not isinstance(items, list | tuple):
            return []
        parts = []
        for place, item in enumerate(items):
            part = copied(instance)
            part.item = item if isinstance(item, dict) else {per.key: item}
            part.id = f"{instance.id}#{part.item.get(per.key, place + 1)}"
            parts.append(part)
        return parts
    return [instance]


def joined(first: tuple[str, ...], more: tuple[str, ...]) -> tuple[str, ...]:
    """Join two lists of subjects, each once."""
    return (*first, *(one for one in more if one not in first))


def copied(instance: Instance) -> Instance:
    """Copy an instance for one of its parts."""
    part = Instance(instance.start, instance.started, instance.id, instance.keys, instance.terms)
    part.sure, part.subjects, part.same = instance.sure, instance.subjects, instance.same
    return part
