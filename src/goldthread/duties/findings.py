"""Where one duty stands for one subject: the answer that the engine gives and others print."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any

from goldthread.duties.event import Event
from goldthread.duties.rules import NATIONAL, Duty, Gate, Rules, Terms


class State(StrEnum):
    """The one state that a finding is in; interfaces.md gives their meaning and their order."""

    UNKNOWN = "unknown"
    MET = "met"
    MET_LATE = "met-late"
    ENDED = "ended"
    NOT_MET = "not-met"
    EXCEEDED = "exceeded-with-reason"
    OVERDUE = "overdue"
    DUE_SOON = "due-soon"
    RUNNING = "running"
    JUDGEMENT = "judgement"

    __hash__ = str.__hash__  # states are counted by the million; the one of Enum is written in Python


class Instance:
    """One start of a duty, what answered it, and how its date came about; days are ordinals.

    What most instances never have is a default of the class, so that making one is cheap.
    """

    subjects: tuple[str, ...] = ()
    recipient: str | None = None
    item: Mapping[str, Any] | None = None
    same: Any = None
    cycle: int | None = None
    closed: str | None = None  # met, ended or broken
    closed_on: int | None = None
    closer: Event | str | None = None  # the event, or the words of what ended it
    reason_event: Event | None = None
    undated_discharge: Event | None = None
    undated_ending: Event | None = None
    settled: bool = False
    anchored: bool = False
    blocked_from: int | None = None  # the day after which unlinked facts are no longer its own
    due: int | None = None
    certain: bool = True
    planned: bool = False
    base: Event | None = None
    target: Event | None = None
    once: Event | None = None
    open_from: int | None = None  # where the start is not known: the day from which it was surely open

    def __init__(
        self, start: Event | None, started: int | None, ident: str, keys: set[str], terms: Terms | None
    ) -> None:
        """Open an instance; `sure` is False while the start cannot be decided."""
        self.start, self.started, self.id, self.keys, self.terms = start, started, ident, keys, terms
        self.sure = started is not None


class Finding:
    """One duty's answer for one subject, instance and recipient; `as_dict` gives the keys of the published format."""

    __slots__ = (
        "days_late", "due", "duty", "ended", "governs", "instance", "late", "met", "provisional", "reason", "started",
        "state", "subject", "terms", "why",
    )  # fmt: skip

    def __init__(
        self,
        duty: Duty | Gate,
        terms: Terms | None,
        subject: str,
        instance: Instance,
        state: State,
        due: int | None,
        met: int | None,
        ended: int | None,
        days_late: int | None,
        late: bool,
        provisional: bool,
        why: str,
    ) -> None:
        """Hold an answer; `why` names the rule of the order of states that decided it."""
        self.duty, self.terms, self.subject, self.instance, self.state = duty, terms, subject, instance, state
        self.started, self.due, self.met, self.ended = instance.started, due, met, ended
        self.days_late, self.late, self.provisional, self.why = days_late, late, provisional, why
        self.governs = True

    @property
    def recipient(self) -> str | None:
        """To whom, where each recipient counts."""
        return self.instance.recipient

    @property
    def subjects(self) -> tuple[str, ...]:
        """Give all whom it concerns: more than one for a duty owed once for several children."""
        return self.instance.subjects or (self.subject,)


def iso(day: int | None) -> str | None:
    """Write an ordinal as an ISO date."""
    return None if day is None else _iso(day)


@lru_cache(maxsize=65536)
def _iso(day: int) -> str:
    return date.fromordinal(day).isoformat()


def reason_words(finding: Finding) -> str | None:
    """Give the recorded reason for going past the date, where there is one."""
    event = finding.instance.reason_event
    if event is None:
        return None
    said = event.data.get("reason")
    return said if isinstance(said, str) and said else "recorded without words"


def edition_status(rules: Rules, started: int | None, as_of: int) -> str:
    """Say how the edition held stands to the day on which an instance started."""
    day = as_of if started is None else started
    if day < rules.in_force_from:
        return "not-yet-in-force"
    if rules.successor and day >= rules.successor.in_force_from:
        return "superseded" if rules.newer_held else "newer-edition-not-held"
    return "in-force"


def strengths(finding: Finding) -> tuple[str, str | None]:
    """Give how strong the duty is and how strong its time limit is, for this recipient."""
    terms = finding.terms
    if terms is None:
        strength = finding.duty.strength if isinstance(finding.duty, Gate) else finding.duty.terms.strength
        return strength, None if isinstance(finding.duty, Gate) else finding.duty.terms.time_strength
    if finding.instance.recipient is not None:
        own = dict(terms.recipients).get(finding.instance.recipient, terms.strength)
        return own, own if terms.time_strength is not None else None
    return terms.strength, terms.time_strength


def as_dict(finding: Finding, rules: Rules, as_of: int) -> dict[str, Any]:
    """Give a finding under the keys of the published format, without its explanation."""
    duty, instance, started = finding.duty, finding.instance, finding.started
    if isinstance(duty, Gate):
        holder, strength, time_strength, cites = duty.holder, duty.strength, None, duty.cites
    else:
        terms = finding.terms or duty.terms
        holder, cites, strength, time_strength = terms.holder, terms.cites, terms.strength, terms.time_strength
        if instance.recipient is not None:
            strength, time_strength = strengths(finding)
    successor = rules.successor
    plain = started is not None and rules.in_force_from <= started
    plain = plain and (successor is None or (started or 0) < successor.in_force_from)
    return {
        "duty": duty.code,
        "subject": finding.subject,
        "subjects": instance.subjects or (finding.subject,),
        "instance": instance.id,
        "cycle": instance.cycle,
        "recipient": instance.recipient,
        "holder": holder,
        "strength": strength,
        "time_strength": time_strength,
        "started_on": started and _iso(started),
        "due_on": finding.due and _iso(finding.due),
        "met_on": finding.met and _iso(finding.met),
        "ended_on": finding.ended and _iso(finding.ended),
        "state": finding.state.value,
        "late": finding.late,
        "days_late": finding.days_late,
        "reason": reason_words(finding) if instance.reason_event is not None else None,
        "provisional": finding.provisional,
        "layer": duty.layer,
        "governs": finding.governs,
        "edition": rules.edition,
        "edition_status": "in-force" if plain else edition_status(rules, started, as_of),
        "cites": cites,
    }


KEYS = (
    "duty", "subject", "subjects", "instance", "cycle", "recipient", "holder", "strength", "time_strength",
    "started_on", "due_on", "met_on", "ended_on", "state", "late", "days_late", "reason", "provisional", "layer",
    "governs", "edition", "edition_status", "cites",
)  # fmt: skip
__all__ = [
    "KEYS", "NATIONAL", "Finding", "Instance", "State", "as_dict", "edition_status", "iso", "reason_words", "strengths",
]  # fmt: skip
