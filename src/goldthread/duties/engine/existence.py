"""Duties that are owed once something has happened, or on what the source cannot say."""

from __future__ import annotations

from goldthread.duties.engine.answers import linked_to
from goldthread.duties.engine.setting import Facts, Prepared, Setting
from goldthread.duties.findings import Instance
from goldthread.duties.patterns import PERHAPS, YES, best


def existing(setting: Setting, one: Prepared, facts: Facts, instances: list[Instance]) -> list[Instance]:
    """Keep the instances that exist: one of the facts has happened, or the source cannot say."""
    duty = one.duty
    kept: list[Instance] = []
    carries, opens = setting.source.carries, setting.source.opens
    days = sorted({each.started for each in instances if each.started is not None})
    for instance in instances:
        started = instance.started
        later = next((day for day in days if started is not None and day > started), None)
        undecided = False
        for kind, alternatives in duty.once.items():
            # a kind that is carried and covered from the start on can be missed: its absence says no
            covered = (
                (carries is None or kind in carries)
                and (opens is None or (started is not None and started >= opens))
                and not setting.past_window
            )
            settled = False
            for event in (*facts.dated.get(kind, ()), *facts.undated.get(kind, ())):
                mine = bool(linked_to([instance], event))
                if not mine:
                    elsewhere = bool(linked_to(instances, event))
                    mine = (
                        not elsewhere
                        and event.day is not None
                        and started is not None
                        and started <= event.day
                        and (later is None or event.day < later)
                        and (instance.blocked_from is None or event.day <= instance.blocked_from)
                    )
                if not mine:
                    continue
                answer = best(alternatives, event.data)
                if answer == YES:
                    instance.once = event
                elif answer == PERHAPS:
                    undecided = True
                else:
                    settled = True
            if instance.once:
                break
            if not covered and not settled:
                undecided = True
        if instance.once:
            kept.append(instance)
        elif undecided:
            instance.sure = False
            kept.append(instance)
    return kept
