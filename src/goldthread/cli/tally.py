"""What the text answer counts: findings by duty and state, and the children who need someone today."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from goldthread.cli.answering import Answering
from goldthread.duties.explaining import lateness, unit
from goldthread.duties.findings import Finding, State, edition_status, reason_words
from goldthread.duties.rules import Duty, Gate

SHOWN_CHILDREN = 25
KEPT = 1000  # lines held before those that cannot be shown are dropped: memory stays flat on a whole country
PAST = (State.OVERDUE, State.EXCEEDED)
CALM = frozenset(State) - {*PAST, State.DUE_SOON}


class Line(NamedTuple):
    """One child who needs someone today, as far as one line of text can show it.

    They are shown in their own order: the most overdue first (each of `past` is counted downwards), then by name.
    """

    past: tuple[int, int, int]
    subject: str
    others: int
    state: str
    code: str
    layer: str
    recipient: str | None
    due: int | None
    started: int | None
    start: str | None  # the kind of event that began it
    late: str
    working: bool  # its days are working days
    reason: str | None


class Counted(NamedTuple):
    """What a tally holds, as plain data: duties are known by their places among those of the rules."""

    counts: dict[tuple[int, str], int]
    editions: dict[str, int]
    provisional: int
    needy: list[Line]
    worst: list[int]


class Tally:
    """Counts by duty and state, and the children who need someone, gathered as findings come."""

    def __init__(self, answering: Answering) -> None:
        """Start with nothing counted."""
        self.answering = answering
        self.counts: dict[tuple[Duty | Gate, State], int] = {}
        self.editions: Counter[str] = Counter()
        self.provisional = 0
        self.needy: list[Line] = []
        self.worst = [0, 0, 0, 0]  # subjects by their worst: nothing, due soon, past with a reason, overdue
        rules = answering.rules
        self.duties: list[Duty | Gate] = [*rules.duties, *rules.gates]
        # the days on which the edition that is held is the one in force
        self.opens = rules.in_force_from
        self.closes = rules.successor.in_force_from if rules.successor else date.max.toordinal()

    def add(self, subject: str, findings: Iterable[Finding]) -> None:
        """Count one subject's findings and remember whether she needs someone today."""
        counts, as_of = self.counts, self.answering.as_of
        worst: Finding | None = None
        rank = (0, 0, 0)
        number = 0
        for one in findings:
            state = one.state
            key = (one.duty, state)
            counts[key] = counts.get(key, 0) + 1
            if one.provisional:
                self.provisional += 1
            if state is State.UNKNOWN:
                continue
            started = one.started
            if started is not None and not self.opens <= started < self.closes:
                self.editions[edition_status(self.answering.rules, started, as_of)] += 1
            if state in CALM:
                continue
            past = as_of - (one.due or as_of)
            own = (3 if state is State.OVERDUE else 2 if state is State.EXCEEDED else 1, one.days_late or 0, past)
            number += 1
            if worst is None or own > rank:
                worst, rank = one, own
        if worst is not None:
            self.worst[rank[0]] += 1
            self.needy.append(_line(rank, subject, worst, number - 1))
            self._drop()

    def counted(self) -> Counted:
        """Give what was counted as plain data, with no more children than can be shown."""
        places = {duty: place for place, duty in enumerate(self.duties)}
        counts = {(places[duty], state.value): number for (duty, state), number in self.counts.items()}
        return Counted(counts, dict(self.editions), self.provisional, self.shown(), self.worst)

    def take(self, other: Counted) -> None:
        """Count in what was counted of other subjects."""
        for (place, state), number in other.counts.items():
            key = (self.duties[place], State(state))
            self.counts[key] = self.counts.get(key, 0) + number
        self.editions.update(other.editions)
        self.provisional += other.provisional
        self.worst = [one + more for one, more in zip(self.worst, other.worst, strict=True)]
        self.needy += other.needy
        self._drop()

    def shown(self) -> list[Line]:
        """Give the children who are shown, the most overdue first, in whatever order they came."""
        return sorted(self.needy, key=lambda line: (line.past, line.subject))[:SHOWN_CHILDREN]

    def _drop(self) -> None:
        if len(self.needy) > KEPT:
            self.needy = self.shown()


def _line(rank: tuple[int, int, int], subject: str, one: Finding, others: int) -> Line:
    severity, late, past = rank
    start = one.instance.start
    return Line(
        (-severity, -late, -past),
        subject,
        others,
        one.state.value,
        one.duty.code,
        one.duty.layer,
        one.recipient,
        one.due,
        one.started,
        None if start is None else start.kind,
        lateness(one),
        unit(one).startswith("working"),
        reason_words(one) if one.state is State.EXCEEDED else None,
    )
