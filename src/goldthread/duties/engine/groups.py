"""Starts that belong together: follow-up discussions of one enquiry start nothing of their own."""

from __future__ import annotations

from collections import defaultdict

from goldthread.duties.engine.answers import closing_facts, is_open_on, linked_to, moment_order, take
from goldthread.duties.engine.facts import find_spells
from goldthread.duties.engine.setting import BEGUN, GROUP, START, Facts, Moment, Prepared, Setting, Task
from goldthread.duties.engine.starts import opened
from goldthread.duties.event import Event
from goldthread.duties.findings import Instance
from goldthread.duties.patterns import NO, YES

OPENING = (START, BEGUN)


def open_grouped(setting: Setting, task: Task, facts: Facts, starts: list[tuple[Event, int]]) -> list[Instance]:
    """Open an instance at the first start of each open group; follow-up starts of the same group start nothing."""
    one, duty = task.one, task.one.duty
    begun_at = duty.begun_at
    begun = [*facts.dated.get(begun_at, ()), *facts.undated.get(begun_at, ())] if begun_at else []
    anchors: dict[str, Event] = {}
    loose: list[Event] = []
    by_name: dict[str, Event] = {}
    for event, _ in starts:
        for name in (event.process or event.id, event.id):
            by_name.setdefault(name, event)
    for event in begun:
        linked = [by_name[link] for link in event.links if link in by_name]
        for start in linked:
            anchors[start.id] = event
        if not linked:
            loose.append(event)
    sure = {event.id: YES if event.id in anchors else answer for event, answer in starts}
    moments: list[Moment] = [(event.day, START, event.id, event) for event, _ in starts if event.day is not None]
    spells = find_spells(setting.rules.statuses[duty.unless], facts) if duty.unless and loose else []
    moments += [
        (event.day, BEGUN, event.id, event)
        for event in loose
        if event.day is not None and not any(opens < event.day < closes for opens, closes in spells)
    ]
    moments += closing_facts(task, facts)
    moments.sort(key=moment_order)
    found: list[Instance] = []
    undated = [event for event, _ in starts if event.day is None] + [event for event in loose if event.day is None]
    early: dict[str, list[tuple[Event, int]]] = defaultdict(list)  # what names a start that is still to come
    opening = [*(event for _, phase, _, event in moments if phase in OPENING), *undated]
    coming = {event.id: names_of(event, anchors.get(event.id)) for event in opening}
    quiet = setting._replace(note=None)  # what is worth a note is noted in the pass over the finished groups
    dated = [event for event, _ in starts if event.day is not None]
    loners = [event for event, _ in starts if event.day is None and not any(akin(event, other) for other in dated)]
    for _, phase, ident, event in moments:
        if phase in OPENING:
            coming.pop(ident, None)
        if phase == START:
            join(one, facts, found, event, sure[event.id], anchors.get(event.id))
        elif phase == BEGUN:
            begin(one, facts, found, event, loners)
        else:
            said = {event.process, *event.links}
            mine = linked_to(found, event)
            named = next((start for start, names in coming.items() if names & said), None)
            if named is not None and not any(each.closed is None for each in mine):
                early[named].append((event, phase))
            else:
                take(quiet, duty, found, event, phase, facts)
        for before, its_phase in early.pop(ident, ()):
            take(quiet, duty, found, before, its_phase, facts)
    for event in undated:
        place_undated(one, facts, found, event, sure.get(event.id, NO))
    # what answered is taken again below, in one pass over the finished groups
    for instance in found:
        instance.closed = instance.closed_on = instance.closer = None
        instance.reason_event, instance.settled = None, False
    return found


def begin(one: Prepared, facts: Facts, found: list[Instance], event: Event, loners: list[Event]) -> None:
    """Put the beginning of an enquiry that names no start: to the start without a day that names it, to what is open."""
    if linked := linked_to(found, event):
        own: Instance | None = linked[0]
    else:
        loner = next((start for start in loners if names_of(start) & {event.process, *event.links}), None)
        if loner is not None:
            loners.remove(loner)
            own = opened(one, facts, loner, NO)
            own.keys |= names_of(loner)
            found.append(own)
        else:
            own = first_open(found, names_of(event), event.day, facts.life_ends.get(facts.subject))
    if own is None:
        own = Instance(None, None, event.process or event.id, set(), one.duty.terms)
        own.open_from = event.day
        found.append(own)
    own.keys |= names_of(event)


def place_undated(one: Prepared, facts: Facts, found: list[Instance], event: Event, answer: int) -> None:
    """Put a start, or the beginning of an enquiry, that has no day to the instance that it is about, or to a new one."""
    names = names_of(event)
    begins = event.kind == one.duty.begun_at
    if begins and first_open(found, names, None, None) is not None:
        return  # with nothing to say otherwise, it is the beginning of the enquiry that is open
    own = next(iter(linked_to(found, event)), None) or next(
        (each for each in found if each.keys & names or (each.start and names & set(each.start.links))), None
    )
    if own is None:
        own = opened(one, facts, event, NO)
        own.keys |= names
        found.append(own)
    elif own.start is None and not begins:
        own.start, own.id = event, event.process or event.id
        own.keys |= names
    elif own.start is not None and own.started is not None and event.process and event.process == own.start.process:
        own.sure = own.sure or answer == YES  # the same start, recorded again


def first_open(
    found: list[Instance], names: set[str], day: int | None, life_end: tuple[int, str] | None
) -> Instance | None:
    """Find the oldest instance that a start, or the beginning of an enquiry, of these names and this day may join."""
    groups = {name for name in names if name.startswith(GROUP)}
    able = (each for each in found if may_join(each, day, life_end) and not other_group(each, groups))
    return next(able, None)


def join(one: Prepared, facts: Facts, found: list[Instance], event: Event, answer: int, anchor: Event | None) -> None:
    """Put a start where it belongs: to the group it names, to the one that is open, or to a new one."""
    keys = names_of(event, anchor)
    own = next((each for each in found if each.keys & keys), None)
    if own is None:
        own = first_open(found, keys, event.day, facts.life_ends.get(facts.subject))
    if own is None:
        own = opened(one, facts, event, answer)
        own.keys |= keys
        own.anchored = anchor is not None
        found.append(own)
        return
    own.keys |= keys
    if own.start is not None and event.process is not None and event.process == own.start.process:
        own.sure = own.sure or answer == YES  # the same start, recorded again
    if own.start is None or (anchor and not own.anchored):
        own.start, own.started, own.sure = event, event.day, answer == YES
        own.id, own.anchored = event.process or event.id, anchor is not None


def names_of(event: Event, anchor: Event | None = None) -> set[str]:
    """Give the names that a start brings to its group, with those of the event that began its enquiry."""
    names = {event.process or event.id, event.id, *(link for link in event.links if link.startswith(GROUP))}
    if anchor:
        names |= {anchor.process or anchor.id, *(link for link in anchor.links if link.startswith(GROUP))}
    return names


def akin(one: Event, other: Event) -> bool:
    """Say whether of two starts one names the other, or both an enquiry: then they are words for the same."""
    return bool(names_of(one) & {other.process, *other.links} or names_of(other) & {one.process, *one.links})


def other_group(instance: Instance, groups: set[str]) -> bool:
    """Say whether an instance and a fact name enquiries, and none that both name."""
    theirs = {key for key in instance.keys if key.startswith(GROUP)}
    return bool(groups and theirs and not groups & theirs)


def may_join(instance: Instance, day: int | None, life_end: tuple[int, str] | None) -> bool:
    """Say whether a start of a day could belong to an instance: open, not concluded, and the child's life not ended."""
    if instance.closed is not None or instance.settled:
        return False
    if day is not None and life_end is not None and day > life_end[0]:
        return False
    return day is None or is_open_on(instance, day)
