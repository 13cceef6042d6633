"""Steps that must not be taken before something else."""

from __future__ import annotations

from goldthread.duties.engine.facts import order, sure_matches
from goldthread.duties.engine.setting import Facts, Setting, implies
from goldthread.duties.findings import Finding, Instance, State
from goldthread.duties.patterns import NO, PERHAPS, best
from goldthread.duties.rules import Gate


def answer_gate(setting: Setting, gate: Gate, facts: Facts) -> list[Finding]:
    """Answer a gate for each time its step was taken."""
    found = []
    carries = setting.source.carries
    carried = carries is None or set(gate.needs) <= carries
    opens = setting.source.opens
    whole = all(any(implies(one, held) for held in setting.source.whole) for one in gate.needs_patterns)
    for kind, alternatives in gate.before.items():
        for event in (*facts.undated.get(kind, ()), *facts.dated.get(kind, ())):
            answer = best(alternatives, event.data)
            if answer == NO:
                continue
            if event.day is None:
                loose = Instance(event, None, event.process or event.id, {event.id}, None)
                found.append(
                    Finding(
                        gate,
                        None,
                        facts.subject,
                        loose,
                        State.UNKNOWN,
                        None,
                        None,
                        None,
                        None,
                        False,
                        False,
                        "start",
                    )
                )
                continue
            day = event.day or 0
            since = 0
            if gate.within:
                begun = [one.day or 0 for one in sure_matches(setting.rules.statuses[gate.within].begins, facts.dated)]
                since = max((one for one in begun if one <= day), default=0)
            needed = sorted(
                (
                    one
                    for one in sure_matches(gate.needs, facts.dated)
                    if since <= (one.day or 0) <= day and one.id != event.id
                ),
                key=order,
            )
            instance = Instance(event, day, event.process or event.id, {event.id}, None)
            instance.due = day
            met = None
            if len(needed) >= gate.at_least:
                instance.closer = needed[gate.at_least - 1]
                met = instance.closer.day
            if answer == PERHAPS:
                state, why = State.UNKNOWN, "start"
            elif met is not None:
                state, why = State.MET, "met"
            elif len(needed) + len(sure_matches(gate.needs, facts.undated)) >= gate.at_least:
                state, why = State.UNKNOWN, "undated-discharge"
            elif not carried or (opens is not None and since < opens and not whole):
                state, why = State.UNKNOWN, "carried" if not carried else "before-window"
            else:
                state, why = State.NOT_MET, "gate"
            found.append(Finding(gate, None, facts.subject, instance, state, day, met, None, None, False, False, why))
    return found
