"""The one state of an instance, in the published order: docs/reference/duty-words.md, section 7."""

from __future__ import annotations

from goldthread.duties import words
from goldthread.duties.engine.setting import Prepared, Setting
from goldthread.duties.findings import Finding, Instance, State
from goldthread.duties.patterns import YES, match
from goldthread.duties.rules import Terms


def decide(setting: Setting, one: Prepared, subject: str, instance: Instance) -> Finding:
    """Decide the one state, in the published order."""
    duty, as_of = one.duty, setting.as_of
    due, started, closed, closed_on = instance.due, instance.started, instance.closed, instance.closed_on
    terms = instance.terms
    met = closed_on if closed == "met" else None
    ended = closed_on if closed in ("ended", "broken") else None
    late, days_late = False, None
    unsettled = closed is None and bool(duty.settled_by) and not instance.settled
    if unsettled:
        unsettled = instance.undated_ending is None and instance.undated_discharge is None
    provisional = not instance.certain or instance.planned or unsettled
    if not instance.sure or started is None or (due is None and not duty.judgement):
        state, why = State.UNKNOWN, "start" if started is None or not instance.sure else "due"
    elif closed is None and instance.undated_discharge is not None:
        state, why = State.UNKNOWN, "undated-discharge"
    elif duty.judgement or due is None:
        state, why = judged(setting, one, closed, instance)
        provisional = provisional or why == "undated-ending"
    elif duty.floor:
        if closed == "broken" and closed_on is not None and closed_on < due:
            state, why = State.NOT_MET, "broken"
        elif closed == "ended" and closed_on is not None and closed_on < due:
            state, why = State.ENDED, "ended"
        elif as_of >= due:
            state, why, met, ended = State.MET, "floor", due, None
        elif not one.met_carried or setting.past_window:
            state, why = State.UNKNOWN, "carried" if not one.met_carried else "window"
        elif before_window(setting, one, instance):
            state, why = State.UNKNOWN, "before-window"
        else:
            state, why = State.RUNNING, "open"
    elif met is not None and met <= due:
        state, why = State.MET, "met"
    elif ended is not None and ended <= due:
        state, why = State.ENDED, "ended"
    elif closed is None and instance.undated_ending is not None:
        state, why, provisional = State.ENDED, "undated-ending", True
    elif met is None and not one.met_carried:
        state, why = State.UNKNOWN, "carried"  # even where it ended late: nobody can say that it was not met
    elif met is None and ended is None and setting.past_window:
        state, why = State.UNKNOWN, "window"
    elif before_window(setting, one, instance):
        state, why = State.UNKNOWN, "before-window"
    elif met is not None:
        state, why, late = State.MET_LATE, "met", True
    elif ended is not None:
        state, why, late = State.NOT_MET, "ended", True
    elif due < as_of:
        late = True
        state, why = (State.EXCEEDED, "reason") if instance.reason_event else (State.OVERDUE, "past")
    elif setting.calendar.between(as_of, due) <= soon_window(setting, one, instance):
        state, why = State.DUE_SOON, "open"
    else:
        state, why = State.RUNNING, "open"
    if late and due is not None:
        until = met if met is not None else ended if ended is not None else as_of
        days_late = count_late(setting, terms or duty.terms, due, until)
    return Finding(duty, terms, subject, instance, state, due, met, ended, days_late, late, provisional, why)


def judged(setting: Setting, one: Prepared, closed: str | None, instance: Instance) -> tuple[State, str]:
    """Decide the state of a duty without a number, and why."""
    if closed == "met":
        return State.MET, "met"
    if closed == "ended" or instance.undated_ending is not None:
        return State.ENDED, "ended" if closed == "ended" else "undated-ending"
    if not one.met_carried or setting.past_window:
        return State.UNKNOWN, "carried" if not one.met_carried else "window"
    if before_window(setting, one, instance):
        return State.UNKNOWN, "before-window"
    return State.JUDGEMENT, "open"


def before_window(setting: Setting, one: Prepared, instance: Instance) -> bool:
    """Say whether an answer could lie before the days that the source covers."""
    opens, started = setting.source.opens, instance.started
    if opens is None or started is None or started >= opens or one.whole:
        return False
    start = instance.start
    if instance.closed_on is not None and instance.closed_on < opens:
        return True  # of facts before the window only the latest is held: an earlier one may be missing
    return not (
        start is not None
        and any(start.kind == kind and match(asked, start.data) == YES for kind, asked in one.last_before)
    )


def count_late(setting: Setting, terms: Terms, due: int, until: int) -> int:
    """Count how late something is, in the days of its own limit."""
    span = terms.due.within if isinstance(terms.due, words.Within) else None
    if isinstance(terms.due, words.Before):
        span = terms.due.at_least
    if span is not None and span.unit == "working-days":
        return setting.calendar.between(due, until)
    return until - due


def soon_window(setting: Setting, one: Prepared, instance: Instance) -> int:
    """Give how many working days before its date a duty counts as due soon."""
    if one.window is not None:
        return one.window
    due = (instance.terms or one.duty.terms).due
    spans = [due.within] if isinstance(due, words.Within) else [due.at_least] if isinstance(due, words.Before) else []
    if isinstance(due, words.Earliest):
        spans = [part.within for part in due.earliest if isinstance(part, words.Within)]
    if isinstance(due, words.SetLocally) and instance.due is not None and instance.started is not None:
        return 2 if setting.calendar.between(instance.started, instance.due) <= 15 else 10
    return 2 if any(span.unit in ("working-days", "days") and span.number <= 15 for span in spans) else 10
