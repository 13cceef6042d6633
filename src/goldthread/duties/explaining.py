"""The working behind an answer, rendered when asked: a tree of steps, each with its source."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from goldthread.duties import patterns, words
from goldthread.duties.calendar import Skipped, WorkingDays
from goldthread.duties.engine import Facts
from goldthread.duties.event import Event, Source
from goldthread.duties.findings import Finding, Instance, State, edition_status, iso, reason_words, strengths
from goldthread.duties.patterns import NO, PERHAPS, YES, match
from goldthread.duties.rules import NATIONAL, Duty, Gate, Rules


class Step(NamedTuple):
    """One step of the working: what it says, what it rests on, and the steps under it.

    `source` is a mapping with at least one of the keys event, rule, statement, interpretation, calendar or source;
    beside `calendar`, `days` lists the days that were skipped (ISO dates).
    """

    says: str
    source: dict[str, Any]
    steps: tuple[Step, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Give the tree under the keys of the published format."""
        return {"says": self.says, "source": self.source, "steps": [step.as_dict() for step in self.steps]}


def said(day: int | None) -> str:
    """Write an ordinal as a person would: Monday 3 March 2025."""
    if day is None:
        return "a day that is not known"
    one = date.fromordinal(day)
    return f"{one:%A} {one.day} {one:%B} {one.year}"


def explain(finding: Finding, rules: Rules, calendar: WorkingDays, as_of: int, source: Source) -> list[Step]:
    """Give the ordered steps that led to a finding: the rule, the start, the counting, the answer, the state."""
    duty = finding.duty
    if isinstance(duty, Gate):
        return _explain_gate(finding, duty, rules, as_of, source)
    steps = [_rule(duty, finding, rules), _start(finding, duty)]
    if finding.instance.once is not None:
        steps.append(
            Step(f"It is owed because this happened: {_told(finding.instance.once)}.", _event(finding.instance.once))
        )
    counted = _counting(finding, duty, calendar)
    if counted:
        steps.append(counted)
    steps += _answers(finding, duty)
    steps.append(_state(finding, duty, calendar, as_of, source))
    status = edition_status(rules, finding.started, as_of)
    if status != "in-force" and finding.instance.start is not None:
        steps.append(_edition(rules, status))
    return steps


def _rule(duty: Duty, finding: Finding, rules: Rules) -> Step:
    terms = finding.terms or duty.terms
    holder = rules.holders.get(terms.holder, terms.holder)
    strength, time_strength = strengths(finding)
    time = f" (of its time: {time_strength})" if time_strength not in (None, strength) else ""
    layer = "" if duty.layer == NATIONAL else f" This is a local clock of {duty.layer}, beside the national one."
    return Step(
        f"{duty.says} Owed by: {holder}. Strength: {strength}{time}.{layer}",
        _cited(duty.layer, duty.own_code, terms.cites),
        _interpretations(rules, duty.word.interpretations),
    )


def _cited(layer: str, code: str, cites: Iterable[str]) -> dict[str, Any]:
    return {"statement": list(cites), **({} if layer == NATIONAL else {"rule": f"{layer}/{code}"})}


def _interpretations(rules: Rules, names: Iterable[str]) -> tuple[Step, ...]:
    return tuple(
        Step(f"{one.question} {one.decision}", {"interpretation": one.id})
        for one in (rules.interpretations[name] for name in names)
    )


def _start(finding: Finding, duty: Duty) -> Step:
    instance = finding.instance
    if instance.start is None:
        if duty.every_year and instance.started is not None:
            return Step(f"The calendar starts it on {said(instance.started)}.", {"rule": duty.own_code})
        if instance.closer is not None and isinstance(instance.closer, Event):
            return Step(
                f"The source cannot carry what starts it; that it was owed is shown by {_told(instance.closer)}.",
                _event(instance.closer),
            )
        return Step("Its start is not known.", {"rule": duty.own_code})
    if duty.unmet:
        return Step(
            f"It starts because {duty.unmet} ended unmet on its day, {said(instance.started)}.", {"rule": duty.unmet}
        )
    note = ""
    if not instance.sure and instance.started is not None:
        note = " Whether that starts it cannot be decided: " + _undecided(duty, instance)
    return Step(f"Started by {_told(instance.start)}.{note}", _event(instance.start))


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


def _counting(finding: Finding, duty: Duty, calendar: WorkingDays) -> Step | None:
    instance, due = finding.instance, (finding.terms or duty.terms).due
    if isinstance(due, words.Judgement):
        text = f"The text says “{due.judgement}” and gives no number" if due.judgement else "The text gives no time"
        return Step(f"{text}, so it is never called overdue.", {"rule": duty.own_code})
    if instance.due is None:
        return Step(_no_date(due), {"rule": duty.own_code})
    if isinstance(due, words.Within | words.Floor):
        span = due.within if isinstance(due, words.Within) else due.floor
        base = instance.base.day if instance.base is not None else instance.started
        return _forward(span, base, instance, calendar, instance.base)
    if isinstance(due, words.By):
        return Step(f"It is due by {due.by.words}: {said(instance.due)}.", {"rule": duty.own_code})
    if isinstance(due, words.Earliest):
        parts = [
            part.by.words if isinstance(part, words.By) else f"{part.within.words} after the start"
            for part in due.earliest
        ]
        return Step(f"The earlier of {' and '.join(parts)}: {said(instance.due)}.", {"rule": duty.own_code})
    if isinstance(due, words.Before):
        return _backward(due, instance, calendar)
    return Step(f"The record itself sets the date: {said(instance.due)}.", {"rule": duty.own_code})


def _no_date(due: words.Due) -> str:
    if isinstance(due, words.SetLocally):
        own = "the record does not hold the date" if due.record else ""
        local = f"it is set locally ({due.local}), and no overlay sets it" if due.local else ""
        return f"There is no date: {'; '.join(part for part in (own, local) if part)}."
    if isinstance(due, words.Within) and due.of:
        return f"There is no date yet: it counts from {patterns.describe_all(due.of)}, which is not recorded."
    if isinstance(due, words.Before):
        return f"There is no date: none of these is known: {', '.join(due.before)}."
    return "There is no date, because the start is not known."


def _forward(
    span: words.Span, base: int | None, instance: Instance, calendar: WorkingDays, other: Event | None
) -> Step:
    due = instance.due or 0
    origin = f"{said(base)} ({other.kind})" if other is not None else said(base)
    if span.unit == "working-days" and base is not None:
        return Step(
            f"{span.words} after {origin}, which is day zero: no later than the end of {said(due)}.",
            {"calendar": calendar.release},
            _skips(calendar, base, due),
        )
    if span.unit == "days":
        return Step(f"{span.words} after {origin}: no later than {said(due)}.", {"rule": "calendar days"})
    roll = (
        ""
        if base is None or date.fromordinal(base).day == date.fromordinal(due).day
        else ", the end of a shorter month"
    )
    return Step(
        f"{span.words} after {origin}: {said(due)}{roll}. It does not move to a working day.", {"rule": "months"}
    )


def _backward(due: words.Before, instance: Instance, calendar: WorkingDays) -> Step:
    target, last = instance.target, instance.due or 0
    name, planned, day = "the target", "", None
    if target is not None:
        name, day = target.kind, target.day
        if instance.planned:
            fields = (one.partition(".")[2] for one in due.before if one.partition(".")[0] == target.kind)
            day = next((found for found in (_day(target.data.get(field)) for field in fields) if found), None)
            planned = " as now planned, so the date moves with the plan"
    under: tuple[Step, ...] = ()
    if due.at_least.unit == "working-days" and day is not None:
        under = _skips(calendar, last, day - 1)  # the day counted from is itself neither counted nor skipped
    on = f" ({said(day)})" if day is not None else ""
    return Step(
        f"{due.at_least.words} before {name}{on}{planned}, counted back without that day: no later than {said(last)}.",
        {"calendar": calendar.release, **(_event(target) if target is not None else {})},
        under,
    )


def _day(value: Any) -> int | None:
    try:
        return date.fromisoformat(value).toordinal()
    except (TypeError, ValueError):
        return None


def _skips(calendar: WorkingDays, first: int, last: int) -> tuple[Step, ...]:
    """Name each day after `first`, up to and with `last`, that was not counted: bank holidays by name, then weekends."""
    skipped = calendar.skipped(first, last)
    weekend = [one for one in skipped if one.reason in ("Saturday", "Sunday")]
    holidays = [one for one in skipped if one.reason not in ("Saturday", "Sunday")]
    steps = [] if skipped else [Step("No day was skipped.", {"calendar": calendar.release, "days": []})]
    if holidays:
        named = ", ".join(f"{_short(one)} ({one.reason})" for one in holidays)
        steps.append(Step(f"Bank holidays skipped: {named}.", _days(calendar, holidays)))
    if weekend:
        steps.append(
            Step(
                f"Weekends skipped ({plural(len(weekend), 'day')}): {_weekends([one.day for one in weekend])}.",
                _days(calendar, weekend),
            )
        )
    if not calendar.certain(first, last):
        steps.append(
            Step(
                f"Bank holidays are known from {said(calendar.first)} to {said(calendar.horizon)} only, "
                "so this date is provisional.",
                {"calendar": calendar.release},
            )
        )
    return tuple(steps)


def _days(calendar: WorkingDays, skipped: list[Skipped]) -> dict[str, Any]:
    return {"calendar": calendar.release, "days": [iso(one.day) for one in skipped]}


def _weekends(days: list[int]) -> str:
    """Write weekend days pair by pair: 8–9, 15–16 Mar, 29 Mar–6 Apr 2025; a month and a year only where they change."""
    pairs: list[list[date]] = []
    for one in map(date.fromordinal, days):
        if pairs and (one - pairs[-1][0]).days == 1:
            pairs[-1].append(one)
        else:
            pairs.append([one])
    shown = []
    for place, pair in enumerate(pairs):
        following = pairs[place + 1][0] if place + 1 < len(pairs) else None
        head, tail = pair[0], pair[-1]
        text = str(head.day)
        if head.year != tail.year:
            text += f" {head:%b %Y}"
        elif head.month != tail.month:
            text += f" {head:%b}"
        if len(pair) > 1:
            text += f"–{tail.day}"
        if following is None or following.year != tail.year:
            text += f" {tail:%b} {tail.year}"
        elif following.month != tail.month:
            text += f" {tail:%b}"
        shown.append(text)
    return ", ".join(shown)


def _short(one: Skipped) -> str:
    day = date.fromordinal(one.day)
    return f"{day:%a} {day.day} {day:%b} {day.year}"


def _answers(finding: Finding, duty: Duty) -> list[Step]:
    instance = finding.instance
    steps = []
    if instance.recipient is not None:
        steps.append(Step(f"Counted for this recipient: {instance.recipient}.", {"rule": duty.own_code}))
    closer = instance.closer
    if isinstance(closer, Event) and finding.why != "start":
        done = {"met": "Met by", "ended": "Ended by", "broken": "Broken by"}[instance.closed or "met"]
        steps.append(Step(f"{done} {_told(closer)}.", _event(closer)))
    elif isinstance(closer, str):
        steps.append(
            Step(f"Ended by {closer} on {said(instance.closed_on)}.", {"rule": "a child's duties end by themselves"})
        )
    if instance.undated_discharge is not None and instance.closed is None:
        event = instance.undated_discharge
        steps.append(Step(f"{event.kind} is recorded, but not its day.", _event(event)))
    if instance.undated_ending is not None and instance.closed is None:
        event = instance.undated_ending
        steps.append(
            Step(f"Ended by {event.kind}, on a day that the source does not hold: counted as in time.", _event(event))
        )
    if instance.reason_event is not None:
        steps.append(
            Step(
                f"Reason recorded: {reason_words(finding)}. A reason never moves the date.",
                _event(instance.reason_event),
            )
        )
    return steps


def _state(finding: Finding, duty: Duty, calendar: WorkingDays, as_of: int, source: Source) -> Step:
    text = {
        "start": "It cannot be decided whether, or since when, it is owed.",
        "due": _no_date((finding.terms or duty.terms).due),
        "undated-discharge": "It was done, on a day that the source does not hold, so nobody can say whether in time.",
        "carried": f"The source cannot hold what would answer it ({_missing(duty, source)}).",
        "window": f"The source covers days until {said(source.closes)} only.",
        "before-window": f"It began before the days that the source covers (from {said(source.opens)}): "
        "what answered it may lie before them.",
        "undated-ending": "It ended, so it is no longer owed.",
        "floor": "Its time is over and it was not broken.",
        "broken": "It was broken before its time was over.",
    }.get(finding.why, "")
    if not text:
        text = _plain_state(finding, duty, calendar, as_of)
    if finding.provisional:
        text += f" Provisional: {_provisional(finding, duty, calendar)}."
    if not finding.governs:
        text += " An earlier local date is the one to work to."
    elif duty.layer != NATIONAL:
        text += " This local date is the one to work to."
    return Step(f"As of {said(as_of)}: {finding.state}. {text}", {"rule": duty.own_code})


def _provisional(finding: Finding, duty: Duty, calendar: WorkingDays) -> str:
    """Say what an answer rests on that is not yet certain."""
    instance = finding.instance
    parts = []
    if instance.planned:
        parts.append("the date moves with the plan")
    if not instance.certain:
        parts.append(f"bank holidays are known until {said(calendar.horizon)} only")
    if instance.closed is None and duty.settled_by and not instance.settled:
        parts.append(f"until one of these has happened: {patterns.describe_all(duty.word.provisional_until or ())}")
    if finding.why == "undated-ending":
        parts.append("the day on which it ended is not held")
    return "; ".join(parts) or "it rests on something not yet certain"


def _plain_state(finding: Finding, duty: Duty, calendar: WorkingDays, as_of: int) -> str:
    state = finding.state
    late = lateness(finding)
    if state is State.MET:
        return "It was done in time." if finding.due is not None else "It was done."
    if state is State.MET_LATE:
        return f"It was done {late} after its day."
    if state is State.ENDED:
        return (
            "It ended before its day had passed, so it is no longer owed." if finding.due else "It is no longer owed."
        )
    if state is State.NOT_MET:
        return f"It ended {late} after its day without having been met; the breach stays."
    if state is State.EXCEEDED:
        return f"{late} past its day, with the reason recorded."
    if state is State.OVERDUE:
        return f"{late} past its day, and nothing recorded answers it."
    if state is State.JUDGEMENT:
        elapsed = as_of - (finding.started if finding.started is not None else as_of)
        working = calendar.between(finding.started or as_of, as_of)
        return f"Open for {plural(elapsed, 'day')} ({plural(working, 'working day')}): for someone to judge, not for the machine."
    left = calendar.between(as_of, finding.due or as_of)
    return (
        f"{plural(left, 'working day')} left."
        if left
        else "Today is its last day."
        if finding.due == as_of
        else ("No working day is left before its day.")
    )


def plural(number: int, noun: str) -> str:
    """Write a number with its noun: 1 day, 2 days."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def lateness(finding: Finding) -> str:
    """Say how late a finding is in the limit's own days; done on the Sunday after a Friday, no working day lies between."""
    if finding.days_late is None:
        return ""
    return f"{finding.days_late:,} {unit(finding)}" if finding.days_late else f"less than 1 {unit(finding).rstrip('s')}"


def unit(finding: Finding) -> str:
    """Name the days in which a finding's lateness is counted."""
    due = (finding.terms or finding.duty.terms).due if isinstance(finding.duty, Duty) else None
    span = due.within if isinstance(due, words.Within) else due.at_least if isinstance(due, words.Before) else None
    noun = "working day" if span is not None and span.unit == "working-days" else "day"
    return noun if finding.days_late == 1 else f"{noun}s"


def _missing(duty: Duty, source: Source) -> str:
    return ", ".join(sorted(set(duty.met) - (source.carries or set()))) or "its discharge"


def _edition(rules: Rules, status: str) -> Step:
    if status == "not-yet-in-force":
        return Step(
            f"It started before this edition came into force on {said(rules.in_force_from)}; "
            "the edition of that day is not held, so this answer is by the one that is.",
            {"rule": rules.edition},
        )
    successor = rules.successor
    day = said(successor.in_force_from) if successor else ""
    return Step(
        f"A newer edition ({successor.edition if successor else ''}) has replaced this one since {day}; "
        "its text is not held, so this answer is by the one that is.",
        {"rule": rules.edition},
    )


def _explain_gate(finding: Finding, gate: Gate, rules: Rules, as_of: int, source: Source) -> list[Step]:
    instance, rule = finding.instance, {"rule": gate.code}
    layer, holder = "", f" Owed by: {rules.holders.get(gate.holder, gate.holder)}."
    if gate.layer != NATIONAL:
        layer = f" This is a local precondition of {gate.layer}."
        holder = f" May be approved by: {gate.holder.replace('-', ' ')}." if gate.holder else ""
    steps = [
        Step(
            f"{gate.says}{holder} Strength: {gate.strength}.{layer}",
            _cited(gate.layer, gate.code, gate.cites),
            _interpretations(rules, gate.interpretations),
        )
    ]
    if instance.start is not None:
        steps.append(Step(f"The step was taken: {_told(instance.start)}.", _event(instance.start)))
    needed = f"{gate.at_least} of {patterns.describe_all(gate.needs_patterns)}"
    within = f", since the child last came to be in the status {gate.within}" if gate.within else ""
    if isinstance(instance.closer, Event):
        steps.append(
            Step(f"What it needs first ({needed}) was there: {_told(instance.closer)}.", _event(instance.closer))
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


def _told(event: Event) -> str:
    data = ", ".join(f"{key}: {_value(value)}" for key, value in event.data.items())
    where = f", {event.process}" if event.process else ""
    return f"{event.kind} on {said(event.day)}{f' ({data})' if data else ''}{where}"


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return " and ".join(_value(one) for one in value)
    return str(value)


def _event(event: Event) -> dict[str, Any]:
    return {"event": event.id}


# ---- why not: duties that are dormant


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
            return f"{begins} starts none: {rules.statuses[duty.word.unless].says}", _event(event)
        if duty.once:
            return (
                f"{begins} is not enough: it is owed once one of these has happened: "
                f"{patterns.describe_all(duty.once_patterns)}.",
                _event(event),
            )
        if duty.word.per:
            return f"{begins} lists no {duty.word.per.field}.", _event(event)
    if starting:
        return f"{duty.layer} is not in force on the day of {starting[-1].kind}, {said(starting[-1].day)}.", rule
    event = seen[-1]
    wrong = [ask for asked in starts[event.kind] for ask in asked if match((ask,), event.data) == NO]
    fields = ", ".join(dict.fromkeys(f"{ask.field}: {_value(event.data.get(ask.field)) or 'none'}" for ask in wrong))
    return (
        f"{event.kind} on {said(event.day)} does not start it ({fields}); needed: "
        f"{patterns.describe_all(tuple(one for one in duty.start_patterns if one.kind == event.kind))}.",
        _event(event),
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
