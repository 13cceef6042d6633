"""Where it stands in words: the state and why, how late, what is provisional, and which edition answers."""

from __future__ import annotations

from goldthread.duties import patterns, words
from goldthread.duties.calendar import WorkingDays
from goldthread.duties.event import Source
from goldthread.duties.explaining.counting import no_date
from goldthread.duties.explaining.steps import Step, plural, said
from goldthread.duties.findings import Finding, State
from goldthread.duties.rules import NATIONAL, Duty, Rules


def standing(finding: Finding, duty: Duty, calendar: WorkingDays, as_of: int, source: Source) -> Step:
    """Say where the duty stands on the day asked about, and why."""
    text = {
        "start": "It cannot be decided whether, or since when, it is owed.",
        "due": no_date((finding.terms or duty.terms).due),
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


def edition(rules: Rules, status: str) -> Step:
    """Say that another edition than this one is the one that the start's day picks."""
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
