"""Every duty on one record, with its working and citation, on any day and as known at any moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from goldthread.access.gate import Opened
from goldthread.chronology.rulebook import Rulebook, rulebook
from goldthread.clocks.asking import ask_one
from goldthread.clocks.engine import Asked
from goldthread.clocks.reckoning import is_open
from goldthread.duties.explaining import Step as Worked
from goldthread.duties.explaining import explain
from goldthread.duties.findings import State, edition_status, reason_words, strengths
from goldthread.duties.rules import NATIONAL, Gate
from goldthread.records.queries import Whole


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the working: what it says, the said id of the event that it rests on if any, and the steps under it."""

    says: str
    event: str = ""
    statements: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """Where one duty stands on a record. `days`: until its date, below 0 when it is past and still open."""

    duty: str
    says: str
    area: str
    state: State
    open: bool
    gate: bool  # a step that must not be taken before another
    kind: str
    started_on: date | None
    due_on: date | None
    met_on: date | None
    ended_on: date | None
    days: int | None
    late: bool
    days_late: int | None
    reason: str
    holder: str  # in words
    strength: str
    time_strength: str
    layer: str
    local: bool
    governs: bool
    provisional: bool
    recipient: str
    instance: str
    cycle: int | None
    shared: bool
    cites: tuple[str, ...]
    edition: str
    edition_status: str
    start: str  # the said id of the event that started it
    steps: tuple[Step, ...]


def of_record(opened: Opened, as_of: date | None = None, known_at: datetime | None = None) -> list[Answer]:
    """This will give every duty on the record as it stood at the end of a day (today): what is open first, by its date."""
    opened.check()
    day = opened.on if as_of is None else as_of
    whole = Whole(opened.record.pk, f"{opened.record.kind}:{opened.record.code}", opened.records)
    book = rulebook()
    answers = [_answer(book, one, day.toordinal()) for one in ask_one(whole, day, known_at)]
    return sorted(answers, key=_order)


def _order(one: Answer) -> tuple[Any, ...]:
    if one.open:
        return 0, one.due_on is None, one.due_on or one.started_on or date.min, one.duty
    over = one.met_on or one.ended_on or one.started_on
    return 1, over is None, -(over.toordinal() if over else 0), one.duty


def _answer(book: Rulebook, asked: Asked, day: int) -> Answer:
    finding, rules = asked.finding, book.rules
    duty, instance, terms = finding.duty, finding.instance, finding.terms
    if isinstance(duty, Gate):
        holder, cites, kind, shared = duty.holder, duty.cites, "gate", False
    else:
        terms = terms or duty.terms
        holder, cites, kind, shared = terms.holder, terms.cites, duty.kind, duty.owed_once
    strength, time_strength = strengths(finding)
    opened = is_open(finding)
    return Answer(
        duty.code,
        duty.says,
        duty.area,
        finding.state,
        opened,
        isinstance(duty, Gate),
        kind,
        _date(finding.started),
        _date(finding.due),
        _date(finding.met),
        _date(finding.ended),
        finding.due - day if opened and finding.due is not None else None,
        finding.late,
        finding.days_late,
        reason_words(finding) or "",
        rules.holders.get(holder, holder),
        strength,
        time_strength or "",
        duty.layer,
        duty.layer != NATIONAL,
        finding.governs,
        finding.provisional,
        instance.recipient or "",
        instance.id,
        instance.cycle,
        shared,
        tuple(cites),
        rules.edition,
        edition_status(rules, finding.started, day),
        instance.start.id if instance.start is not None else "",
        tuple(_step(one) for one in explain(finding, rules, book.calendar, day, asked.source)),
    )


def _step(one: Worked) -> Step:
    event = one.source.get("event")
    statements = one.source.get("statement")
    return Step(
        one.says,
        event if isinstance(event, str) else "",
        tuple(statements) if isinstance(statements, list) else (),
        tuple(_step(under) for under in one.steps),
    )


def _date(day: int | None) -> date | None:
    return None if day is None else date.fromordinal(day)
