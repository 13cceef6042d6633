"""Why a duty is not owed on these facts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from goldthread.duties import patterns
from goldthread.duties.engine import Facts
from goldthread.duties.event import Source
from goldthread.duties.explaining.steps import from_event, in_words, said
from goldthread.duties.findings import Finding, State
from goldthread.duties.patterns import NO, PERHAPS, YES, match
from goldthread.duties.rules import NATIONAL, Duty, Gate, Rules


class WhyNot(NamedTuple):
    """A duty that is not owed on these facts, and why."""

    duty: str
    layer: str
    says: str
    because: str
    source: dict[str, Any]


def why_not(
    rules: Rules, source: Source, facts: Facts, found: Iterable[Finding], code: str | None = None
) -> list[WhyNot]:
    """Say for each duty of the subject's kind that gave no finding why it is dormant; or for one duty by its code."""
    findings = list(found)
    owed = {(one.duty.layer, one.duty.code) for one in findings}
    answers = []
    type_ = facts.subject.partition(":")[0]
    for duty in rules.duties:
        if duty.subject != type_ or (duty.layer, duty.code) in owed or (code is not None and duty.code != code):
            continue
        answers.append(WhyNot(duty.code, duty.layer, duty.says, *_dormant(rules, source, duty, facts, findings)))
    for gate in rules.gates if type_ == "child" else ():
        if (gate.layer, gate.code) not in owed and code in (None, gate.code):
            answers.append(WhyNot(gate.code, gate.layer, gate.says, *_dormant_gate(source, gate, facts)))
    return answers


def _dormant(
    rules: Rules, source: Source, duty: Duty, facts: Facts, findings: list[Finding]
) -> tuple[str, dict[str, Any]]:
    rule = {"rule": duty.own_code}
    if duty.unmet:
        parents = [one for one in findings if one.duty.code == duty.unmet and one.duty.layer == NATIONAL]
        state = f"it is {parents[-1].state}" if parents else "that is not owed either"
        if parents and parents[-1].state in (State.MET, State.ENDED):
            state = f"it {'was met in time' if parents[-1].state is State.MET else 'ended before its day had passed'}"
        return f"it starts only where {duty.unmet} has ended its day unmet, and {state}.", rule
    if duty.every_year:
        first = f"{duty.every_year.on.words} {duty.every_year.every_year_from}"
        return (
            f"the calendar starts it on {duty.every_year.on.words} of each year, from {first} on; none has come.",
            rule,
        )
    starts = duty.narrowed or duty.starts
    kinds = {*starts, *([duty.begun_at] if duty.begun_at else ())}
    carries = source.carries
    if carries is not None and not kinds & carries and not kinds & (set(facts.dated) | set(facts.undated)):
        return "the source cannot hold what starts it.", {"source": "carries"}
    seen = [event for kind in starts for event in (*facts.undated.get(kind, ()), *facts.dated.get(kind, ()))]
    if not seen:
        return "nothing that starts it is recorded.", rule
    starting = [
        event for event in seen if max(match(asked, event.data) for asked in starts[event.kind]) in (YES, PERHAPS)
    ]
    for event in starting:
        begins = f"{event.kind} on {said(event.day)}"
        if not _in_force(rules, duty.layer, event.day):
            continue
        if duty.word.unless:  # what starts it surely, and gives no instance, was held off by the status
            return f"{begins} starts none: {rules.statuses[duty.word.unless].says}", from_event(event)
        if duty.once:
            return (
                f"{begins} is not enough: it is owed once one of these has happened: "
                f"{patterns.describe_all(duty.once_patterns)}.",
                from_event(event),
            )
        if duty.word.per:
            return f"{begins} lists no {duty.word.per.field}.", from_event(event)
    if starting:
        return f"{duty.layer} is not in force on the day of {starting[-1].kind}, {said(starting[-1].day)}.", rule
    event = seen[-1]
    wrong = [ask for asked in starts[event.kind] for ask in asked if match((ask,), event.data) == NO]
    fields = ", ".join(dict.fromkeys(f"{ask.field}: {in_words(event.data.get(ask.field)) or 'none'}" for ask in wrong))
    return (
        f"{event.kind} on {said(event.day)} does not start it ({fields}); needed: "
        f"{patterns.describe_all(tuple(one for one in duty.start_patterns if one.kind == event.kind))}.",
        from_event(event),
    )


def _in_force(rules: Rules, layer: str, day: int | None) -> bool:
    return all(
        day is None or (one.opens <= day and (one.closes is None or day <= one.closes))
        for one in rules.overlays
        if one.name == layer
    )


def _dormant_gate(source: Source, gate: Gate, facts: Facts) -> tuple[str, dict[str, Any]]:
    carries = source.carries
    if carries is not None and not set(gate.before) & (carries | set(facts.dated) | set(facts.undated)):
        return "the source cannot hold the step that it stands before.", {"source": "carries"}
    return f"no such step is recorded: {patterns.describe_all(gate.before_patterns)}.", {"rule": gate.code}
