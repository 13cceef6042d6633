"""What holds for any facts: order, what was known when, overlays, reasons, due days, and the quick way."""

from __future__ import annotations

import random
from collections import Counter
from typing import Any

import pytest
from histories import DAY_STEP, FIRST, LAST, as_ofs, children, corrected, others, plans, sources
from hypothesis import example, given
from hypothesis import strategies as st

from goldthread.duties import calendar, rules
from goldthread.duties.corrections import start_of_day
from goldthread.duties.engine import Evaluator, evaluate
from goldthread.duties.event import EVERYTHING, Event, Source
from goldthread.duties.findings import State, as_dict

PACK = rules.load()
DAYS = calendar.load()
OVERLAID = rules.load(overlays=("example-first-review", "example-plan-end"))

lives = st.one_of(children(), others(), plans()).flatmap(corrected)


def answers(
    events: list[Event],
    as_of: int,
    known_at: int | None = None,
    source: Source = EVERYTHING,
    pack: rules.Rules = PACK,
) -> list[dict[str, Any]]:
    return [as_dict(one, pack, as_of) for one in evaluate(events, as_of, known_at, pack, DAYS, source)]


@given(lives, as_ofs(), sources(), st.randoms())
def test_the_order_in_which_facts_are_given_does_not_matter(
    events: list[Event], as_of: int, source: Source, rng: random.Random
) -> None:
    shuffled = list(events)
    rng.shuffle(shuffled)
    assert answers(shuffled, as_of, None, source) == answers(events, as_of, None, source)


@given(lives, as_ofs(), sources())
@example([Event("r", ("child:B", "child:A"), "referral-received", FIRST, "referral:R1")], LAST, EVERYTHING)
def test_each_is_answered_once_in_order_of_name_with_her_own_findings(
    events: list[Event], as_of: int, source: Source
) -> None:
    told = list(Evaluator(PACK, DAYS, as_of, source).each(events))
    names = [subject for subject, _ in told]
    assert names == sorted(set(names))
    assert {subject for event in events for subject in event.subjects} <= set(names)
    assert all(one.subject == subject for subject, findings in told for one in findings)


@given(lives, children(3), as_ofs(), st.integers(FIRST, LAST))
def test_a_later_recording_never_changes_an_answer_for_an_earlier_known_at(
    events: list[Event], later: list[Event], as_of: int, day: int
) -> None:
    known_at = start_of_day(day)
    more = [
        one._replace(id=f"later-{place}", recorded=known_at + DAY_STEP * (place + 1)) for place, one in enumerate(later)
    ]
    dated = [one if one.day is not None or one.recorded is not None else one._replace(recorded=0) for one in events]
    assert answers([*dated, *more], as_of, known_at) == answers(dated, as_of, known_at)


@given(lives, as_ofs(), sources())
def test_the_national_findings_are_the_same_with_an_overlay_as_without(
    events: list[Event], as_of: int, source: Source
) -> None:
    def national(pack: rules.Rules) -> list[dict[str, Any]]:
        found = answers(events, as_of, None, source, pack)
        return [{**one, "governs": None} for one in found if one["layer"] == "national"]

    assert national(OVERLAID) == national(PACK)


@given(lives, as_ofs(), sources())
def test_a_local_date_governs_only_where_it_is_the_earlier(events: list[Event], as_of: int, source: Source) -> None:
    found = answers(events, as_of, None, source, OVERLAID)
    groups: dict[Any, list[dict[str, Any]]] = {}
    for one in found:
        key = (one["duty"], one["subject"], one["instance"], one["cycle"], one["recipient"], one["started_on"])
        groups.setdefault(key, []).append(one)
    for group in groups.values():
        governing = [one for one in group if one["governs"]]
        assert len(governing) == 1
        dates = [one["due_on"] for one in group if one["due_on"] is not None]
        assert governing[0]["due_on"] == min(dates, default=None)


@given(children(), as_ofs(), sources(), st.integers(FIRST, LAST))
def test_recording_a_reason_never_moves_a_date_and_only_excuses(
    events: list[Event], as_of: int, source: Source, day: int
) -> None:
    reason = Event("zz", events[0].subjects, "assessment-delay-explained", day, data={"reason": "illness"})
    before = answers(events, as_of, None, source)
    after = answers([*events, reason], as_of, None, source)

    def dates(found: list[dict[str, Any]]) -> Counter[Any]:
        return Counter(
            (one["duty"], one["instance"], one["started_on"], one["due_on"])
            for one in found
            if one["duty"] not in ("assessment.explain-delay",)
        )

    assert dates(after) == dates(before)
    changed = Counter(one["state"] for one in after) - Counter(one["state"] for one in before)
    assert set(changed) <= {"exceeded-with-reason", "met"}


@given(lives, as_ofs(), sources())
def test_every_finding_is_in_one_state_that_fits_its_dates(events: list[Event], as_of: int, source: Source) -> None:
    seen = []
    for one in evaluate(events, as_of, None, OVERLAID, DAYS, source):
        seen.append(id(one.instance))
        assert one.state in State
        assert one.met is None or one.ended is None
        if one.state is State.MET and one.due is not None:
            assert one.met is not None and one.met <= one.due
        if one.state is State.MET_LATE:
            assert one.met is not None and one.due is not None and one.met > one.due
        if one.state is State.NOT_MET and one.due is not None and one.days_late is not None:
            assert one.ended is not None and one.ended > one.due
        if one.state in (State.OVERDUE, State.EXCEEDED):
            assert one.due is not None and one.due < as_of and one.met is None and one.ended is None
            assert source.carries is None or set(one.duty.met) <= source.carries  # type: ignore[union-attr]
        if one.state in (State.DUE_SOON, State.RUNNING):
            assert one.due is not None and one.due >= as_of
        assert one.late == (one.state in (State.MET_LATE, State.OVERDUE, State.EXCEEDED) or one.days_late is not None)
    assert len(seen) == len(set(seen))


@pytest.mark.parametrize("code", [duty.code for duty in PACK.duties if duty.terms.working_days])
@given(begun=st.integers(FIRST, LAST), beyond=st.integers(1, 40))
def test_met_on_the_due_day_is_in_time_and_from_the_day_after_it_is_late(code: str, begun: int, beyond: int) -> None:
    duty = next(one for one in PACK.duties if one.code == code)
    start = _event(duty.start_patterns[0], begun, "s", duty.subject)
    due = DAYS.after(begun, duty.terms.working_days)
    assert duty.word.met_by
    facts = [start]
    if duty.once_patterns:
        facts.append(_event(duty.once_patterns[0], begun, "o", duty.subject))
    for day, state in ((due, "met"), (due + beyond, "met-late")):
        done = _event(duty.word.met_by[0], day, "z", duty.subject)
        found = [one for one in answers([*facts, done], day + 30) if one["duty"] == code]
        assert [(one["state"], one["late"]) for one in found] == [(state, state == "met-late")]
    assert [one["state"] for one in answers(facts, due) if one["duty"] == code] == ["due-soon"]
    assert [one["state"] for one in answers(facts, due + beyond) if one["duty"] == code] == ["overdue"]


def _event(pattern: Any, day: int, ident: str, subject: str) -> Event:
    data: dict[str, Any] = {}
    for field, values in pattern.fields:
        value = sorted((one for one in values if one != "unsaid"), key=str)[-1]
        data[field] = [value] if field == "outcomes" else value
    return Event(ident, (f"{subject}:1",), pattern.kind, day, data=data)


COMPLETED_TWICE_BEFORE_IT_BEGAN = [
    Event("e00", ("child:A",), "assessment-started", FIRST + 1, "assessment:A1"),
    Event("e01", ("child:A",), "assessment-completed", FIRST, "assessment:A1"),
    Event("e02", ("child:A",), "assessment-completed", FIRST, "assessment:A1"),
]


@given(st.one_of(children(7), children(14), plans()), as_ofs(), sources())
@example(COMPLETED_TWICE_BEFORE_IT_BEGAN, FIRST + 1, EVERYTHING)
def test_the_quick_way_says_what_the_general_way_says(events: list[Event], as_of: int, source: Source) -> None:
    notes: dict[bool, list[tuple[str, str, str]]] = {True: [], False: []}
    found = {}
    for quick in (True, False):
        taken = notes[quick]
        evaluator = Evaluator(OVERLAID, DAYS, as_of, source, lambda *note, taken=taken: taken.append(note))
        evaluator.takes_shortcuts = quick
        found[quick] = [as_dict(one, OVERLAID, as_of) for _, findings in evaluator.each(events) for one in findings]
    assert found[True] == found[False]
    assert sorted(notes[True]) == sorted(notes[False])


@given(st.integers(FIRST, LAST), st.integers(1, 400))
def test_past_the_horizon_an_answer_is_never_silently_certain(day: int, later: int) -> None:
    short = calendar.WorkingDays.of("short", FIRST - 30, day, {})
    start = Event("s", ("child:1",), "referral-received", day - 20)
    begun = Event("b", ("child:1",), "assessment-started", day - 19)
    for one in evaluate([start, begun], day + later, None, PACK, short):
        if one.duty.code == "assessment.conclude":
            assert one.provisional
