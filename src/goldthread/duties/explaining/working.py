"""The working behind a finding, from its rule to its state; of a gate, from the step to what it needed first."""

from __future__ import annotations

from goldthread.duties import patterns
from goldthread.duties.calendar import WorkingDays
from goldthread.duties.event import Event, Source
from goldthread.duties.explaining.counting import counting
from goldthread.duties.explaining.states import edition, standing
from goldthread.duties.explaining.steps import Step, cited, from_event, interpretations, said, told
from goldthread.duties.findings import Finding, Instance, edition_status, reason_words, strengths
from goldthread.duties.rules import NATIONAL, Duty, Gate, Rules


def explain(finding: Finding, rules: Rules, calendar: WorkingDays, as_of: int, source: Source) -> list[Step]:
    """Give the ordered steps that led to a finding: the rule, the start, the counting, the answer, the state."""
    duty = finding.duty
    if isinstance(duty, Gate):
        return _explain_gate(finding, duty, rules, as_of, source)
    steps = [_rule(duty, finding, rules), _start(finding, duty)]
    if finding.instance.once is not None:
        steps.append(
            Step(f"It is owed because this happened: {told(finding.instance.once)}.", from_event(finding.instance.once))
        )
    counted = counting(finding, duty, calendar)
    if counted:
        steps.append(counted)
    steps += _answers(finding, duty)
    steps.append(standing(finding, duty, calendar, as_of, source))
    status = edition_status(rules, finding.started, as_of)
    if status != "in-force" and finding.instance.start is not None:
        steps.append(edition(rules, status))
    return steps


def _rule(duty: Duty, finding: Finding, rules: Rules) -> Step:
    terms = finding.terms or duty.terms
    holder = rules.holders.get(terms.holder, terms.holder)
    strength, time_strength = strengths(finding)
    time = f" (of its time: {time_strength})" if time_strength not in (None, strength) else ""
    layer = "" if duty.layer == NATIONAL else f" This is a local clock of {duty.layer}, beside the national one."
    return Step(
        f"{duty.says} Owed by: {holder}. Strength: {strength}{time}.{layer}",
        cited(duty.layer, duty.own_code, terms.cites),
        interpretations(rules, duty.word.interpretations),
    )


def _start(finding: Finding, duty: Duty) -> Step:
    instance = finding.instance
    if instance.start is None:
        if duty.every_year and instance.started is not None:
            return Step(f"The calendar starts it on {said(instance.started)}.", {"rule": duty.own_code})
        if instance.closer is not None and isinstance(instance.closer, Event):
            return Step(
                f"The source cannot carry what starts it; that it was owed is shown by {told(instance.closer)}.",
                from_event(instance.closer),
            )
        return Step("Its start is not known.", {"rule": duty.own_code})
    if duty.unmet:
        return Step(
            f"It starts because {duty.unmet} ended unmet on its day, {said(instance.started)}.", {"rule": duty.unmet}
        )
    note = ""
    if not instance.sure and instance.started is not None:
        note = " Whether that starts it cannot be decided: " + _undecided(duty, instance)
    return Step(f"Started by {told(instance.start)}.{note}", from_event(instance.start))


def _undecided(duty: Duty, instance: Instance) -> str:
    start = instance.start
    missing = []
    if start is not None:
        for asked in duty.starts.get(start.kind, ()):
            missing += [ask.field for ask in asked if start.data.get(ask.field) is None and not ask.absent_counts]
        if duty.word.variant and not duty.word.variant.of and start.data.get(duty.word.variant.field) is None:
            missing.append(duty.word.variant.field)
        if duty.word.same and start.data.get(duty.word.same) is None:
            missing.append(duty.word.same)
    if missing:
        return f"the record does not say {', '.join(dict.fromkeys(missing))}."
    if duty.once and instance.once is None:
        return f"it is owed once one of these has happened, and the source cannot say: {patterns.describe_all(duty.once_patterns)}."
    return "what it depends on is not recorded."


def _answers(finding: Finding, duty: Duty) -> list[Step]:
    instance = finding.instance
    steps = []
    if instance.recipient is not None:
        steps.append(Step(f"Counted for this recipient: {instance.recipient}.", {"rule": duty.own_code}))
    closer = instance.closer
    if isinstance(closer, Event) and finding.why != "start":
        done = {"met": "Met by", "ended": "Ended by", "broken": "Broken by"}[instance.closed or "met"]
        steps.append(Step(f"{done} {told(closer)}.", from_event(closer)))
    elif isinstance(closer, str):
        steps.append(
            Step(f"Ended by {closer} on {said(instance.closed_on)}.", {"rule": "a child's duties end by themselves"})
        )
    if instance.undated_discharge is not None and instance.closed is None:
        event = instance.undated_discharge
        steps.append(Step(f"{event.kind} is recorded, but not its day.", from_event(event)))
    if instance.undated_ending is not None and instance.closed is None:
        event = instance.undated_ending
        steps.append(
            Step(
                f"Ended by {event.kind}, on a day that the source does not hold: counted as in time.", from_event(event)
            )
        )
    if instance.reason_event is not None:
        steps.append(
            Step(
                f"Reason recorded: {reason_words(finding)}. A reason never moves the date.",
                from_event(instance.reason_event),
            )
        )
    return steps


def _explain_gate(finding: Finding, gate: Gate, rules: Rules, as_of: int, source: Source) -> list[Step]:
    instance, rule = finding.instance, {"rule": gate.code}
    layer, holder = "", f" Owed by: {rules.holders.get(gate.holder, gate.holder)}."
    if gate.layer != NATIONAL:
        layer = f" This is a local precondition of {gate.layer}."
        holder = f" May be approved by: {gate.holder.replace('-', ' ')}." if gate.holder else ""
    steps = [
        Step(
            f"{gate.says}{holder} Strength: {gate.strength}.{layer}",
            cited(gate.layer, gate.code, gate.cites),
            interpretations(rules, gate.interpretations),
        )
    ]
    if instance.start is not None:
        steps.append(Step(f"The step was taken: {told(instance.start)}.", from_event(instance.start)))
    needed = f"{gate.at_least} of {patterns.describe_all(gate.needs_patterns)}"
    within = f", since the child last came to be in the status {gate.within}" if gate.within else ""
    if isinstance(instance.closer, Event):
        steps.append(
            Step(f"What it needs first ({needed}) was there: {told(instance.closer)}.", from_event(instance.closer))
        )
    elif finding.why != "start":
        steps.append(Step(f"What it needs first ({needed}) was not found on or before that day{within}.", rule))
    text = {
        "start": "It cannot be decided whether, or when, the step was taken.",
        "carried": f"The source cannot hold what it needs ({', '.join(sorted(set(gate.needs) - (source.carries or set())))}).",
        "before-window": f"What it needs may lie before the days that the source covers (from {said(source.opens)}).",
        "met": "The step was taken in order.",
    }.get(finding.why, "The step was taken before what it needs.")
    steps.append(Step(f"As of {said(as_of)}: {finding.state}. {text}", rule))
    return steps
