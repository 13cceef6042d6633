"""Which facts answer, excuse or end which instance: docs/reference/duty-words.md, section 6."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from operator import itemgetter

from goldthread.duties.engine.facts import lost_pregnancies, order
from goldthread.duties.engine.setting import (
    ANYTHING,
    AT_ITS_START,
    BREAKING,
    CLOSING,
    DISCHARGE,
    ENDING,
    REASON,
    SETTLING,
    Facts,
    Moment,
    Setting,
    Task,
)
from goldthread.duties.event import Event
from goldthread.duties.findings import Instance
from goldthread.duties.patterns import NO, YES, best
from goldthread.duties.rules import DEATH, Asked, Duty

moment_order = itemgetter(0, 1, 2)  # facts are taken by day, then by what they do, then by id


def closing_facts(task: Task, facts: Facts) -> list[Moment]:
    """List the dated facts that may answer, excuse or end a duty, in the order in which they are taken."""
    dated = facts.dated
    moments: list[Moment] = [
        (event.day or 0, phase, event.id, event)
        for phase, kind, alternatives in task.closing
        for event in dated[kind]
        if alternatives == ANYTHING or best(alternatives, event.data) == YES
    ]
    if len(moments) > 1:
        moments.sort(key=moment_order)
    return moments


def let_answer(setting: Setting, task: Task, facts: Facts, instances: list[Instance], *, again: bool = False) -> None:
    """Share out all facts that may answer among the instances, then end what a life has ended."""
    duty = task.one.duty
    moments = closing_facts(task, facts)
    if again:
        moments = [moment for moment in moments if moment[1] != CLOSING]
    before: Moment | None = None
    for moment in moments:
        if before is None or moment[3] is not before[3] or moment[1] != before[1]:  # each fact once in each phase
            take(setting, duty, instances, moment[3], moment[1], facts)
        before = moment
    if facts.undated:
        take_undated(duty, facts, instances)
    if duty.outlives or not facts.life_ends:
        return
    for instance in instances:
        end = end_of_life(facts, instance)
        if end and ends_earlier(instance, end[0]):
            instance.closed, instance.closed_on, instance.closer = "ended", end[0], end[1]
            instance.undated_ending = None


def let_answer_again(setting: Setting, task: Task, facts: Facts, instances: list[Instance]) -> None:
    """Share out the facts anew when some instances turn out not to exist; what closed them for matching stands."""
    for instance in instances:
        if instance.closer != AT_ITS_START:
            instance.closed = instance.closed_on = instance.closer = None
        instance.reason_event = instance.undated_discharge = instance.undated_ending = None
        instance.settled = False
    let_answer(setting, task, facts, instances, again=True)


def end_of_life(facts: Facts, instance: Instance) -> tuple[int, str] | None:
    """Say when and by what an instance's children's lives ended it; None while one of them goes on."""
    ends = [facts.life_ends.get(subject) for subject in instance.subjects or (facts.subject,)]
    known = [end for end in ends if end is not None]
    return max(known) if known and len(known) == len(ends) else None


def is_over(duty: Duty, facts: Facts, instance: Instance, day: int) -> bool:
    """Say whether a life had ended an instance before a day."""
    if duty.outlives or not facts.life_ends:
        return False
    end = end_of_life(facts, instance)
    return end is not None and day > end[0]


def take(setting: Setting, duty: Duty, instances: list[Instance], event: Event, phase: int, facts: Facts) -> None:
    """Let one dated fact answer the instance, or instances, that are its own."""
    if phase == DISCHARGE:
        for group in partitions(duty, instances, event) if duty.parted else [instances]:
            for instance in whose(setting, duty, group, event, facts, may_precede=duty.early):
                instance.closed, instance.closed_on, instance.closer = "met", event.day, event
    elif phase in (ENDING, BREAKING):
        for instance in whose(setting, duty, instances, event, facts):
            instance.closed = "ended" if phase == ENDING else "broken"
            instance.closed_on, instance.closer = event.day, event
    elif phase == SETTLING:
        for instance in whose(setting, duty, instances, event, facts, settles=True):
            instance.settled = True
    elif phase == REASON:
        for instance in whose(setting, duty, instances, event, facts, may_precede=True, reason=True):
            instance.reason_event = event
    else:
        open_ = [each for each in instances if each.blocked_from is None]
        for instance in whose(setting, duty, open_, event, facts):
            instance.blocked_from = event.day


def partitions(duty: Duty, instances: list[Instance], event: Event) -> list[list[Instance]]:
    """Sort out the instances that a discharge could be for: by the field both share, by item, by recipient."""
    same, per = duty.same, duty.word.per
    if same:
        value = event.data.get(same)
        instances = [each for each in instances if value is not None and each.same == value]
    if per:
        of = event.data.get("of")
        instances = [each for each in instances if each.item and of is not None and each.item.get(per.key) == of]
    field = duty.recipient_field
    if not field:
        return [instances]
    said = event.data.get(field)
    told = set(said) if isinstance(said, list | tuple) else {said}
    groups: dict[str | None, list[Instance]] = defaultdict(list)
    for each in instances:
        if each.recipient in told:
            groups[each.recipient].append(each)
    return list(groups.values())


def whose(
    setting: Setting,
    duty: Duty,
    instances: list[Instance],
    event: Event,
    facts: Facts,
    *,
    may_precede: bool = False,
    reason: bool = False,
    settles: bool = False,
) -> list[Instance]:
    """Find whose a fact is: a link decides, whatever the dates; else the oldest open on its day."""
    day = event.day or 0
    every = event.kind in duty.reach_every
    starting = duty.starts.get(event.kind)
    begins = starting is not None and best(starting, event.data) != NO
    able: list[Instance] = []
    open_: list[Instance] = []
    process, links = event.process, event.links
    linked = False
    for each in instances if process is not None or links else ():
        keys, start = each.keys, each.start
        if process not in keys and (not links or keys.isdisjoint(links)):
            continue
        if start is not None and start.id == event.id:
            continue
        linked = True
        if (each.closed is not None and not reason) or (settles and each.settled):
            continue
        if begins and not follows(each, event):
            continue
        able.append(each)
        if is_open_on(each, day) and not (reason and each.closed is not None):
            open_.append(each)
            if not every:
                break
    if open_:
        return open_ if every and not reason else open_[:1]
    if linked:
        if reason:
            return [each for each in able if each.closed is None][:1] or able[-1:]
        if able and setting.note and not duty.backward and not may_precede:
            note_early(setting, facts, event, able[0])
        return able[:1]
    later: Instance | None = None
    for each in instances:
        start = each.start
        if (
            each.closed is not None
            or (settles and each.settled)
            or (start is not None and start.id == event.id)
            or (begins and not follows(each, event))
            or (each.blocked_from is not None and day > each.blocked_from)
            or (each.subjects and not set(each.subjects) & set(event.subjects))
            or is_over(duty, facts, each, day)
        ):
            continue
        if is_open_on(each, day):
            open_.append(each)
            if not every:
                break
        elif later is None and each.started is not None:
            later = each
    if not open_ and not every and may_precede and later is not None:
        return [later]
    return open_


def take_undated(duty: Duty, facts: Facts, instances: list[Instance]) -> None:
    """Let facts without a day answer, where nothing dated has."""
    if not duty.outlives and duty.subject == "child":
        lost = [*facts.undated.get(DEATH, ()), *lost_pregnancies(facts)]
        whose_life = {*facts.life_ends, *(subject for event in lost for subject in event.subjects)}
        for each in instances:
            if lost and whose_life >= set(each.subjects or (facts.subject,)):
                each.undated_ending = lost[-1]
    for event in facts.undated.get(duty.word.late_reason or "", ()):
        for each in linked_to(instances, event):
            each.reason_event = each.reason_event or event
    for asked in (
        duty.met,
        duty.ended,
        duty.settled_by,
    ):  # what closes for matching works from its day on: it needs one
        for kind, alternatives in asked.items():
            for event in facts.undated.get(kind, ()):
                if best(alternatives, event.data) != YES:
                    continue
                if asked is duty.met:
                    for group in partitions(duty, instances, event):
                        group = [
                            each
                            for each in group
                            if (each.start is None or each.start.id != event.id)
                            and (not each.subjects or set(each.subjects) & set(event.subjects))
                        ]
                        able = [each for each in group if each.closed is None]
                        mine = linked_to(group, event) or sorted(able, key=lambda each: each.started is None)
                        for each in mine[:1]:
                            each.undated_discharge = event
                    continue
                for each in linked_to(instances, event):
                    if asked is duty.ended:
                        each.undated_ending = event
                    else:
                        each.settled = True


def note_early(setting: Setting, facts: Facts, event: Event, instance: Instance) -> None:
    """Note a linked fact that lies before its start."""
    if setting.note and event.day is not None and instance.started is not None:
        setting.note(
            "linked-before-start",
            facts.subject,
            f"{event.kind} of {date.fromordinal(event.day)} is linked to {instance.id}, "
            f"which started later, on {date.fromordinal(instance.started)}; the link decides",
        )


def end_at_start(duty: Duty, instance: Instance) -> None:
    """End an instance that its own start says is not owed."""
    data = instance.start.data if instance.start else {}
    if instance.started is not None and all(
        [data.get(field) == value for field, value in (duty.ends_at_start or {}).items()]
    ):
        instance.closed, instance.closed_on = "ended", instance.started
        instance.closer = AT_ITS_START


def phases(duty: Duty) -> list[tuple[int, Asked]]:
    """List what may answer, excuse or end a duty, by the order in which facts of one day are taken."""
    phases: list[tuple[int, Asked]] = [
        (DISCHARGE, duty.met),
        (ENDING, duty.ended),
        (BREAKING, duty.broken),
        (SETTLING, duty.settled_by),
        (CLOSING, duty.closed_by),
    ]
    if duty.word.late_reason:
        phases.insert(0, (REASON, {duty.word.late_reason: ANYTHING}))
    return phases


def linked_to(instances: list[Instance], event: Event) -> list[Instance]:
    """List the instances that a fact names by its process or its links."""
    process, links = event.process, event.links
    if process is None and not links:
        return []
    if not links:
        return [each for each in instances if process in each.keys]
    return [each for each in instances if process in each.keys or not each.keys.isdisjoint(links)]


def follows(instance: Instance, event: Event) -> bool:
    """Say whether a fact that itself starts an instance may answer another: one whose start comes before it."""
    return instance.start is None or order(instance.start) < order(event)


def is_open_on(instance: Instance, day: int) -> bool:
    """Say whether an instance had begun by a day; one whose start is not known, from when it was first heard of."""
    begun = instance.started if instance.started is not None else instance.open_from
    return begun is not None and begun <= day


def ends_earlier(instance: Instance, day: int) -> bool:
    """Say whether the end of a life comes before whatever else closed an instance."""
    return instance.closed is None or (instance.closed_on or 0) > day
