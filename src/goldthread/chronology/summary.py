"""What a record's standing events amount to, as columns: pure, and the only place that knows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import NamedTuple

from goldthread.chronology.writing import WITHDRAWN
from goldthread.duties import corrections
from goldthread.duties.event import Event


class Folded(NamedTuple):
    """The columns of a summary, under their names."""

    events: int = 0
    first_on: date | None = None
    latest_on: date | None = None
    seen_on: date | None = None
    seen_alone_on: date | None = None
    open_since: date | None = None
    closed_on: date | None = None
    early_help_since: date | None = None
    assessment_since: date | None = None
    enquiry_since: date | None = None
    in_need_since: date | None = None
    plan_since: date | None = None
    plan_ended_on: date | None = None
    looked_after_since: date | None = None
    died_on: date | None = None

    @property
    def on_plan(self) -> bool:
        """Whether the child is on a child protection plan."""
        return self.plan_since is not None


BEGIN, END, END_OWN = "begin", "end", "end-own"
"""What an event does to a status: END_OWN ends it only where it was this process that began it."""

_MINOR = frozenset({"no-further-action", "early-help"})
_PLAN_BEGINS = ("initial", "transfer-in")


def _conference(event: Event) -> str | None:
    kind, outcome = event.data.get("type"), event.data.get("outcome")
    if kind in _PLAN_BEGINS and outcome == "plan":
        return BEGIN
    return END if kind == "review" and outcome == "ended" else None


def _discussion(event: Event) -> str | None:
    return BEGIN if event.data.get("section_47") is True else None


def _decision(event: Event) -> str | None:
    outcomes = event.data.get("outcomes")
    said = {outcomes} if isinstance(outcomes, str) else {one for one in outcomes or () if isinstance(one, str)}
    return END_OWN if said and said <= _MINOR else None


STATUSES: dict[str, dict[str, str | Callable[[Event], str | None]]] = {
    "open": {
        "referral-received": BEGIN, "referral-accepted": BEGIN, "case-reopened": BEGIN, "moved-in-notified": BEGIN,
        "case-closed": END, "case-taken-over": END, "referral-withdrawn": END_OWN, "referral-decided": _decision,
    },
    "early_help": {
        "early-help-assessment-agreed": BEGIN, "early-help-plan-made": BEGIN, "early-help-ended": END,
        "early-help-declined": END,
    },
    "assessment": {"assessment-started": BEGIN, "assessment-completed": END, "case-closed": END},
    "enquiry": {
        "section-47-started": BEGIN, "strategy-discussion-held": _discussion, "section-47-concluded": END,
        "section-47-decided-against": END, "case-closed": END,
    },
    "in_need": {"child-in-need-plan-made": BEGIN, "child-in-need-plan-ended": END, "case-closed": END},
    "plan": {"conference-held": _conference, "plan-ended": END},
    "looked_after": {"looked-after-started": BEGIN, "looked-after-ended": END},
}  # fmt: skip
"""By status and kind, what an event does: a word, or a question to its data."""

_BY_KIND = {
    kind: tuple((status, kinds[kind]) for status, kinds in STATUSES.items() if kind in kinds)
    for kind in {kind for kinds in STATUSES.values() for kind in kinds}
}
KINDS = frozenset({*_BY_KIND, "child-seen", "child-died"})

Turn = tuple[int, str, str | None, frozenset[str]]
"""Day, what it does, the process that it belongs to, and what it links to."""


def standing(told: Sequence[Event], known_at: int | None = None) -> list[Event]:
    """This will give the events that stand, as known at a moment (None: now); withdrawals are none."""
    return [one for one in corrections.in_force(told, known_at) if one.kind != WITHDRAWN]


def fold(events: Iterable[Event]) -> Folded:
    """This will fold standing events into the columns. Days alone decide, so the order of the events does not matter."""
    count = 0
    first = latest = seen = alone = died = None
    turns: dict[str, list[Turn]] = {}
    for event in events:
        count += 1
        kind, day = event.kind, event.day
        if day is None:
            continue
        if first is None or day < first:
            first = day
        if latest is None or day > latest:
            latest = day
        if kind not in KINDS:
            continue
        if kind == "child-seen":
            seen = day if seen is None or day > seen else seen
            if event.data.get("alone") is True and (alone is None or day > alone):
                alone = day
        elif kind == "child-died":
            died = day if died is None or day < died else died
        for status, does in _BY_KIND.get(kind, ()):
            said = does if isinstance(does, str) else does(event)
            if said is not None:
                turns.setdefault(status, []).append((day, said, event.process or event.id, frozenset(event.links)))
    spans = {status: _latest_span(found) for status, found in turns.items()}
    now = {status: _date(span[0]) for status, span in spans.items() if span[1] is None}
    over = {status: _date(span[1]) for status, span in spans.items() if span[1] is not None}
    return Folded(
        count,
        _date(first),
        _date(latest),
        _date(seen),
        _date(alone),
        now.get("open"),
        over.get("open"),
        now.get("early_help"),
        now.get("assessment"),
        now.get("enquiry"),
        now.get("in_need"),
        now.get("plan"),
        over.get("plan"),
        now.get("looked_after"),
        _date(died),
    )


def _latest_span(turns: list[Turn]) -> tuple[int | None, int | None]:
    """Give when a status last began and ended: (day, None) while it holds; (None, None) where it never held.

    On one day, what holds ends before it begins anew, and what does not hold begins before it ends.
    """
    by_day: dict[int, list[Turn]] = {}
    for turn in turns:
        by_day.setdefault(turn[0], []).append(turn)
    since: int | None = None
    ended: int | None = None
    owners: set[str] = set()
    for day in sorted(by_day):
        begins = {turn[2] or "" for turn in by_day[day] if turn[1] == BEGIN}
        ends = [turn for turn in by_day[day] if turn[1] != BEGIN]
        if since is not None and _ends(ends, owners):
            since, ended = (day, None) if begins else (None, day)
            owners = begins
        elif since is None and begins:
            since, ended, owners = day, None, begins
            if _ends(ends, owners):
                since, ended = None, day
    return since, (None if since is not None else ended)


def _ends(ends: list[Turn], owners: set[str]) -> bool:
    return any([does == END or process in owners or not owners.isdisjoint(links) for _, does, process, links in ends])


def _date(day: int | None) -> date | None:
    return None if day is None else date.fromordinal(day)
