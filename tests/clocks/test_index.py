"""The index of what is open says on any day what the engine says when it is asked on that day."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from chronicles import NOW, TODAY, changing, records, worker
from histories import FIRST, LAST, children, corrected, sources
from hypothesis import given, settings
from hypothesis import strategies as st
from lives import Life, moment

from goldthread.chronology import actions as chronology
from goldthread.chronology.rulebook import rulebook
from goldthread.clocks import actions, verifying
from goldthread.clocks.asking import ask
from goldthread.clocks.models import Clock, Reckoning
from goldthread.clocks.queries.due import state_on
from goldthread.clocks.reckoning import AHEAD, is_open, soon_on
from goldthread.duties.event import Event, Source
from goldthread.duties.findings import State
from goldthread.duties.rules import Gate
from goldthread.kernel.acting import acting_as, system

pytestmark = pytest.mark.django_db
TESTS = system("tests")
EXAMPLES = settings(max_examples=30, deadline=None)


def listed(ids: list[int], day: date) -> Counter[tuple[Any, ...]]:
    """What lists say on a day."""
    with acting_as(TESTS):
        rows = list(Clock.objects.filter(record__in=ids))
    return Counter(
        (row.record_id, row.duty, row.layer, row.instance, row.cycle, row.recipient, row.started_on, row.due_on, state_on(row, day).value)
        for row in rows
        if row.from_on <= day and (row.until_on is None or day < row.until_on)
    )  # fmt: skip


def asked(ids: list[int], day: date) -> Counter[tuple[Any, ...]]:
    """What the engine says is open on that day."""

    def on(ordinal: int | None) -> date | None:
        return None if ordinal is None else date.fromordinal(ordinal)

    with acting_as(TESTS):
        found = ask(ids, day)
    return Counter(
        (record, one.duty.code, one.duty.layer, one.instance.id, one.instance.cycle, one.recipient or "", on(one.started), on(one.due), one.state.value)
        for record, several in found.items()
        for one, _ in several
        if is_open(one) and not isinstance(one.duty, Gate)
    )  # fmt: skip


def next_on(ids: list[int]) -> date:
    """The first day on which a list may need to be worked out again."""
    with acting_as(TESTS):
        days = [one.next_on for one in Reckoning.objects.filter(record__in=ids) if one.next_on is not None]
    return min(days, default=date(2199, 1, 1))


@given(children().flatmap(corrected), st.integers(FIRST, LAST), st.lists(st.integers(0, AHEAD), min_size=4, max_size=8))
@EXAMPLES
def test_a_list_is_right_on_any_day_though_nothing_was_worked_out_again(
    events: list[Event], today: int, ahead: list[int]
) -> None:
    life = Life(events, today)
    for days in {0, 1, *ahead}:
        day = date.fromordinal(today + days)
        if day < next_on(life.ids):
            assert listed(life.ids, day) == asked(life.ids, day)


@given(children(), st.integers(FIRST, LAST), sources(), st.lists(st.integers(0, AHEAD), min_size=3, max_size=5))
@EXAMPLES
def test_so_it_is_of_a_file_that_could_not_hold_everything(
    events: list[Event], today: int, source: Source, ahead: list[int]
) -> None:
    life = Life(events, today, source)
    for days in {0, *ahead}:
        day = date.fromordinal(today + days)
        if day < next_on(life.ids):
            assert listed(life.ids, day) == asked(life.ids, day)


@given(children().flatmap(corrected), st.integers(FIRST, LAST), st.integers(AHEAD, 3000))
@EXAMPLES
def test_a_worker_brings_it_up_to_any_later_day(events: list[Event], today: int, ahead: int) -> None:
    life = Life(events, today)
    later = date.fromordinal(today + ahead)
    with acting_as(TESTS):
        Reckoning.objects.exclude(record__in=life.ids).update(next_on=None)
    actions.bring_up_to_date(at=moment(later.toordinal()))
    assert next_on(life.ids) > later
    assert listed(life.ids, later) == asked(life.ids, later)
    assert actions.bring_up_to_date(at=moment(later.toordinal())) == 0


@given(st.integers(FIRST, LAST), st.integers(0, 20))
def test_the_day_from_which_little_time_is_left_is_the_first_one(due: int, window: int) -> None:
    calendar = rulebook().calendar
    first = soon_on(calendar, due, window)
    assert calendar.between(first, due) <= window
    assert calendar.between(first - 1, due) > window


def test_what_starts_where_another_is_not_met_stands_in_the_list_from_that_day() -> None:
    who = worker()
    (child,) = records(who)
    with changing(who, [child]) as several:
        chronology.record(several, kind="child-identified", on=TODAY, data={"born_on": "2008-09-30"})
        chronology.record(several, kind="referral-received", on=TODAY, process="referral:1")
        said = {"outcomes": ["child-in-need"], "qualified": True}
        chronology.record(several, kind="referral-decided", on=TODAY, process="referral:1", data=said)
    with acting_as(TESTS):
        conclude = Clock.objects.get(record=child, duty="assessment.conclude", from_on=TODAY)
        explain = Clock.objects.get(record=child, duty="assessment.explain-delay")
        assert conclude.due_on is not None
        assert explain.from_on == conclude.due_on + timedelta(days=1)
        assert conclude.until_on == explain.until_on == date(2026, 9, 30)  # the 18th birthday
    for days in (0, 60, 70, 139):
        day = TODAY + timedelta(days=days)
        assert listed([child.pk], day) == asked([child.pk], day)


def test_recording_meets_a_duty_in_the_same_transaction() -> None:
    who = worker()
    (child,) = records(who)
    with changing(who, [child]) as several:
        chronology.record(several, kind="referral-received", on=TODAY - timedelta(days=1), process="referral:1")
        decide = Clock.objects.get(record=child, duty="referral.decide")
    assert decide.due_on == TODAY
    assert state_on(decide, TODAY) is State.DUE_SOON
    assert state_on(decide, TODAY + timedelta(days=1)) is State.OVERDUE
    assert any("1 working day after" in step[0] for step in json.loads(decide.working))
    with changing(who, [child], NOW + timedelta(minutes=5)) as several:
        said = {"outcomes": ["child-in-need"], "qualified": True}
        fact = chronology.record(several, kind="referral-decided", on=TODAY, process="referral:1", data=said)
        assert not Clock.objects.filter(record=child, duty="referral.decide").exists()
    with changing(who, [child], NOW + timedelta(minutes=9)) as several:
        chronology.void(several, said_id=fact, because="That was her brother's.")
        assert Clock.objects.filter(record=child, duty="referral.decide").exists()


def test_what_siblings_share_changes_with_each_of_them() -> None:
    who = worker()
    one, other = records(who, 2)
    with changing(who, [one, other]) as several:
        chronology.record(several, kind="referral-received", on=TODAY, process="referral:1", data={"referrer": "known"})
        assert Clock.objects.filter(duty="referral.acknowledge", shared=True).count() == 2
    with changing(who, [other], NOW + timedelta(minutes=5)) as several:
        chronology.record(several, kind="referral-acknowledged", on=TODAY, process="referral:1")
        assert not Clock.objects.filter(duty="referral.acknowledge").exists()
        assert Clock.objects.filter(duty="referral.decide").count() == 2
    assert faulty() == set()


def test_a_bare_update_of_the_index_is_caught_and_it_can_be_made_anew() -> None:
    who = worker()
    (child,) = records(who)
    with changing(who, [child]) as several:
        chronology.record(several, kind="referral-received", on=TODAY, process="referral:1")
    assert faulty() == set()
    with acting_as(TESTS):
        before = set(Clock.objects.values_list("duty", "due_on"))
        Clock.objects.filter(duty="referral.decide").update(due_on=TODAY + timedelta(days=30))
    assert faulty() == {child.pk}
    with acting_as(TESTS):
        Clock.objects.all().delete()
    assert faulty() == {child.pk}
    with acting_as(TESTS):
        Reckoning.objects.all().delete()
    assert faulty() == {child.pk}
    assert actions.rebuild(at=NOW) == 1
    assert faulty() == set()
    with acting_as(TESTS):
        assert set(Clock.objects.values_list("duty", "due_on")) == before
        Reckoning.objects.update(rules="others")
    assert actions.bring_up_to_date(at=NOW) == 1


def faulty() -> set[int]:
    """The records of which the index is not what their facts lead to."""
    return {one.record for one in verifying.faults()}
