"""What is to be done, for one person, a team or an agency: as a list that is right on any day."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Any

from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, Value, When

from goldthread.access import gate
from goldthread.access.gate import Listed
from goldthread.access.queries import caseload, worked_on
from goldthread.access.standing import hers
from goldthread.chronology.rulebook import rulebook
from goldthread.clocks.models import Clock
from goldthread.duties.findings import State
from goldthread.duties.rules import NATIONAL, Duty
from goldthread.kernel.acting import Actor, acting_as

LIMIT, MOST = 50, 500
MOST_NAMED = 400
"""Records that are named one by one in a question; of more, the database finds them itself."""


class Whose(StrEnum):
    """Whose work a list is of."""

    ME = "me"
    TEAM = "team"
    AGENCY = "agency"


class Bucket(StrEnum):
    """How a person works through a list, first things first."""

    OVERDUE = "overdue"
    TODAY = "today"
    TOMORROW = "tomorrow"
    THIS_WEEK = "this-week"  # until Sunday
    LATER = "later"
    NO_DATE = "no-date"  # owed without a number, or with one that nobody has set


BUCKETS = tuple(Bucket)


@dataclass(frozen=True, slots=True)
class Work:
    """One duty that is open on a record. `days`: until its date, below 0 when it is past; None without a date."""

    record: int
    code: str  # the record's reference
    duty: str
    says: str
    state: State
    bucket: Bucket
    kind: str
    started_on: date | None
    due_on: date | None
    soon_on: date | None
    days: int | None
    holder: str  # in words
    strength: str
    layer: str
    local: bool
    cites: tuple[str, ...]
    recipient: str
    cycle: int | None
    shared: bool
    provisional: bool
    governs: bool
    instance: str
    start: str
    working: tuple[tuple[str, tuple[str, ...]], ...]  # sentences, each with those that lie under it


@dataclass(frozen=True, slots=True)
class Due:
    """A page of work, how much there is in all, and in each bucket. `listed` gives the names of the children on it."""

    rows: tuple[Work, ...]
    total: int
    counts: Mapping[Bucket, int]
    listed: Listed
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class Load:
    """What a practitioner is allocated: the records, the duties that are open on them, and how many are past their date."""

    records: frozenset[int]
    open: int
    overdue: int
    soon: int = 0  # due within a week


def due(
    *,
    by: Actor,
    at: datetime,
    whose: Whose | str = Whose.ME,
    on: date | None = None,
    buckets: Collection[Bucket] = (),
    states: Collection[State] = (),
    duties: Collection[str] = (),
    layers: Collection[str] = (),
    practitioner: int | None = None,
    team: int | None = None,
    records: Collection[int] | None = None,
    text: str = "",
    every_layer: bool = False,
    page: int = 1,
    limit: int = LIMIT,
) -> Due:
    """This will give a page of what is open on the records that `by` may open, each row audited as listed.

    `whose` narrows it to what she, her teams or anyone works on; `practitioner` and `team` to whom they work with. `on`: as if that
    day were today. Of a local date beside a national one, the one that governs is given, or with `every_layer` both. The
    number of queries does not grow with what there is.
    """
    with acting_as(by):
        today = hers(by, at).on if on is None else on
        rows = _open(by, at, today, Whose(whose), practitioner, team, records)
        if duties:
            rows = rows.filter(duty__in=list(duties)[:MOST_NAMED])
        if layers:
            rows = rows.filter(layer__in=list(layers)[:MOST_NAMED])
        if not every_layer:
            rows = rows.filter(governs=True)
        if states:
            rows = rows.filter(_in_states(states, today))
        if text.strip():
            rows = rows.filter(duty__in=_saying(text))
        rows = rows.annotate(bucket=_bucket(today))
        counts = {BUCKETS[one]: number for one, number in rows.values_list("bucket").annotate(Count("pk")).order_by()}
        wanted = [one for one in BUCKETS if not buckets or one in buckets]
        total = sum(counts.get(one, 0) for one in wanted)
        limit = max(1, min(limit, MOST))
        pages = max(1, -(-total // limit))
        page = max(1, min(page, pages))
        if buckets:
            rows = rows.filter(bucket__in=[BUCKETS.index(one) for one in wanted])
        ordered = rows.select_related("record").order_by("bucket", F("due_on").asc(nulls_last=True), "started_on", "pk")
        shown = list(ordered[(page - 1) * limit : page * limit])
        listed = gate.listed(by=by, at=at, records={row.record_id for row in shown}, thing="work")
        works = tuple(_work(row, today) for row in shown if row.record_id in listed.records)
        return Due(works, total, {one: counts.get(one, 0) for one in BUCKETS}, listed, page, pages)


def loads(*, by: Actor, at: datetime, practitioners: Collection[int], on: date | None = None) -> dict[int, Load]:
    """This will give, for each practitioner, how much she is allocated: for her supervisor. Two queries for all of them.

    Records that `by` may not open are not counted.
    """
    with acting_as(by):
        today = hers(by, at).on if on is None else on
        cases = caseload(by, at, practitioners)
        every = {record for records in cases.values() for record in records}
        due_by: dict[int, list[date | None]] = {}
        ids = sorted(every)
        for start in range(0, len(ids), MOST_NAMED):
            rows = Clock.objects.filter(_current(today), governs=True, record__in=ids[start : start + MOST_NAMED])
            for record, day in rows.values_list("record", "due_on"):
                due_by.setdefault(record, []).append(day)
        found = {}
        for who in practitioners:
            days = [day for record in cases.get(who, ()) for day in due_by.get(record, ())]
            late = sum(1 for day in days if day is not None and day < today)
            soon = sum(1 for day in days if day is not None and today <= day <= today + timedelta(days=7))
            found[who] = Load(cases.get(who, frozenset()), len(days), late, soon)
        return found


def _current(today: date) -> Q:
    return Q(from_on__lte=today) & (Q(until_on__isnull=True) | Q(until_on__gt=today))


def _open(
    by: Actor, at: datetime, today: date, whose: Whose, practitioner: int | None, team: int | None,
    records: Collection[int] | None,
) -> QuerySet[Clock]:  # fmt: skip
    rows = Clock.objects.filter(_current(today), gate.within_reach(by, at))
    if whose is Whose.ME:
        rows = rows.filter(worked_on(today, practitioners=[by.id]))
    elif whose is Whose.TEAM:
        teams = hers(by, at).teams
        rows = rows.filter(worked_on(today, teams=teams))
    if practitioner is not None:
        rows = rows.filter(worked_on(today, practitioners=[practitioner]))
    if team is not None:
        rows = rows.filter(worked_on(today, teams=[team]))
    if records is not None:
        rows = rows.filter(record__in=list(records)[:MOST_NAMED])
    return rows


def _bucket(today: date) -> Case:
    tomorrow = today + timedelta(days=1)
    sunday = today + timedelta(days=6 - today.weekday())
    return Case(
        When(due_on__isnull=True, then=Value(BUCKETS.index(Bucket.NO_DATE))),
        When(due_on__lt=today, then=Value(BUCKETS.index(Bucket.OVERDUE))),
        When(due_on=today, then=Value(BUCKETS.index(Bucket.TODAY))),
        When(due_on=tomorrow, then=Value(BUCKETS.index(Bucket.TOMORROW))),
        When(due_on__lte=sunday, then=Value(BUCKETS.index(Bucket.THIS_WEEK))),
        default=Value(BUCKETS.index(Bucket.LATER)),
        output_field=IntegerField(),
    )


def _in_states(states: Collection[State], today: date) -> Q:
    of = {
        State.OVERDUE: Q(due_on__lt=today, reason_given=False),
        State.EXCEEDED: Q(due_on__lt=today, reason_given=True),
        State.DUE_SOON: Q(due_on__gte=today, soon_on__lte=today),
        State.RUNNING: Q(due_on__gte=today) & (Q(soon_on__gt=today) | Q(soon_on__isnull=True)),
        State.JUDGEMENT: Q(due_on__isnull=True, kind="judgement"),
        State.UNKNOWN: Q(due_on__isnull=True) & ~Q(kind="judgement"),
    }
    found = Q(pk__in=[])
    for one in states:
        if one in of:
            found |= of[one]
    return found


def state_on(row: Clock, today: date) -> State:
    """This will give the state of an open clock on a day, from its days alone."""
    if row.due_on is None:
        return State.JUDGEMENT if row.kind == "judgement" else State.UNKNOWN
    if row.due_on < today:
        return State.EXCEEDED if row.reason_given else State.OVERDUE
    return State.DUE_SOON if row.soon_on is not None and row.soon_on <= today else State.RUNNING


def _saying(text: str) -> list[str]:
    words = text.casefold().split()
    rules = rulebook().rules
    held = {
        one.code: f"{one.code} {one.says} {rules.holders.get(one.terms.holder, '')}".casefold() for one in rules.duties
    }
    return [code for code, says in held.items() if all(word in says for word in words)]


@lru_cache(maxsize=4)
def _duties(sha256: str) -> dict[tuple[str, str], Duty]:
    found: dict[tuple[str, str], Duty] = {}
    for one in rulebook().rules.duties:
        found.setdefault((one.layer, one.code), one)
    return found


def duty_of(layer: str, code: str) -> Duty | None:
    """This will give a duty of the rulebook by the layer that set it and its code; None if the rules have changed since."""
    return _duties(rulebook().sha256).get((layer, code))


def _work(row: Clock, today: date) -> Work:
    duty = duty_of(row.layer, row.duty)
    holders = rulebook().rules.holders
    return Work(
        row.record_id,
        str(row.record.code),
        row.duty,
        duty.says if duty is not None else row.duty,
        state_on(row, today),
        BUCKETS[row.bucket],  # type: ignore[attr-defined]  # annotated above
        row.kind,
        row.started_on,
        row.due_on,
        row.soon_on,
        (row.due_on - today).days if row.due_on is not None else None,
        holders.get(row.holder, row.holder),
        row.strength,
        row.layer,
        row.layer != NATIONAL,
        duty.terms.cites if duty is not None else (),
        row.recipient,
        row.cycle,
        row.shared,
        row.provisional,
        row.governs,
        row.instance,
        row.start,
        tuple(_sentence(one) for one in json.loads(row.working)) if row.working else (),
    )


def _sentence(one: list[Any]) -> tuple[str, tuple[str, ...]]:
    return one[0], tuple(under[0] for under in one[1]) if len(one) > 1 else ()
