"""What stands after corrections and voids, compared with a slow reading of the same sentences."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldthread.duties.corrections import check, in_force, start_of_day
from goldthread.duties.event import Event
from goldthread.duties.refusal import Refused

DAY = 739_000


def happened(name: str, *, subjects: tuple[str, ...] = ("child:C1",), day: int | None = DAY) -> Event:
    return Event(name, subjects, "conference-held", day)


def corrects(
    name: str,
    target: str,
    *,
    void: bool = False,
    recorded: int | None = 10**15 * 2,
    subjects: tuple[str, ...] = ("child:C1",),
) -> Event:
    return Event(name, subjects, "conference-held", DAY + 1, recorded=recorded, replaces=target, void=void)


def names(events: list[Event]) -> list[str]:
    return [event.id for event in events]


def test_without_corrections_every_event_stands() -> None:
    events = [happened("b"), happened("a")]
    assert in_force(events) == events


def test_a_correction_stands_and_what_it_replaces_does_not() -> None:
    assert names(in_force([happened("a"), corrects("b", "a")])) == ["b"]


def test_a_void_leaves_nothing() -> None:
    assert in_force([happened("a"), corrects("v", "a", void=True)]) == []


def test_voiding_a_correction_restores_what_it_replaced() -> None:
    assert names(in_force([happened("a"), corrects("b", "a"), corrects("v", "b", void=True)])) == ["a"]


def test_voiding_a_void_restores_what_it_withdrew() -> None:
    assert names(in_force([happened("a"), corrects("v", "a", void=True), corrects("w", "v", void=True)])) == ["a"]


def test_a_correction_of_a_void_stands_in_its_own_right_and_restores_nothing() -> None:
    assert names(in_force([happened("a"), corrects("v", "a", void=True), corrects("b", "v")])) == ["b"]


def test_a_correction_of_a_void_of_a_correction_stands_beside_what_was_restored() -> None:
    """The void is corrected, not withdrawn, so the first correction stays withdrawn and the original stays restored."""
    chain = [happened("a"), corrects("b", "a"), corrects("v", "b", void=True), corrects("c", "v")]
    assert names(in_force(chain)) == ["a", "c"]


def test_a_correction_reaches_every_sibling_and_the_originals_come_first() -> None:
    events = [
        happened("a", subjects=("child:C2", "child:C1")),
        corrects("b", "a", subjects=("child:C3",)),
        corrects("c", "b", subjects=("child:C1", "child:C4")),
    ]
    (standing,) = in_force(events)
    assert standing.subjects == ("child:C2", "child:C1", "child:C3", "child:C4")


def test_a_restored_event_does_not_keep_the_subjects_of_the_withdrawn_correction() -> None:
    events = [happened("a"), corrects("b", "a", subjects=("child:C9",)), corrects("v", "b", void=True)]
    assert in_force(events) == [events[0]]


def test_known_at_hides_what_was_recorded_later() -> None:
    original, correction = happened("a"), corrects("b", "a", recorded=start_of_day(DAY + 5))
    assert in_force([original, correction], known_at=start_of_day(DAY + 5) - 1) == [original]
    assert in_force([original, correction], known_at=start_of_day(DAY + 5)) == [correction]


def test_an_event_without_recorded_is_known_from_the_start_of_its_day_in_london() -> None:
    summer = date(2025, 7, 1).toordinal()
    assert start_of_day(summer) == int(datetime(2025, 6, 30, 23, tzinfo=UTC).timestamp() * 1_000_000)
    event = happened("a", day=summer)
    assert in_force([event], known_at=start_of_day(summer) - 1) == []
    assert in_force([event], known_at=start_of_day(summer)) == [event]


def test_an_undated_event_that_does_not_say_when_is_known_at_all_times() -> None:
    event = happened("a", day=None)
    assert in_force([event], known_at=-(10**18)) == [event]


@pytest.mark.parametrize(
    ("events", "words"),
    [
        ([happened("a"), corrects("b", "a"), corrects("c", "a")], "events b and c both replace a"),
        ([corrects("a", "b"), corrects("b", "a")], "event a replaces itself through a and b"),
        ([corrects("a", "a")], "event a replaces itself"),
        ([happened("a"), corrects("b", "x")], "event b replaces x, which is not among"),
        ([happened("a"), corrects("b", "x\ny")], r"event b replaces 'x\\ny', which is not among"),
        ([happened("a"), corrects("b", "a", recorded=None)], "event b replaces a without saying when"),
        ([happened("a")._replace(void=True)], "event a is void but replaces nothing"),
    ],
)
def test_corrections_that_contradict_each_other_are_refused(events: list[Event], words: str) -> None:
    with pytest.raises(Refused, match=words):
        check(events)


def test_a_long_chain_is_checked_and_settled_in_linear_time() -> None:
    chain = [happened("e0"), *(corrects(f"e{n}", f"e{n - 1}") for n in range(1, 60_000))]
    before = time.perf_counter()
    check(chain)
    assert names(in_force(chain)) == ["e59999"]
    assert time.perf_counter() - before < 5


def withdrawn(event: Event, events: list[Event]) -> bool:
    return any(other.void and not withdrawn(other, events) for other in events if other.replaces == event.id)


def stands(event: Event, events: list[Event]) -> bool:
    replaced = any(not withdrawn(other, events) for other in events if other.replaces == event.id)
    return not event.void and not replaced


def subjects(event: Event, events: list[Event]) -> tuple[str, ...]:
    before = [other for other in events if other.id == event.replaces]
    inherited = subjects(before[0], events) if before else ()
    return tuple(dict.fromkeys((*inherited, *event.subjects)))


@st.composite
def histories(draw: st.DrawFn) -> list[Event]:
    events: list[Event] = []
    ends: list[str] = []
    for n in range(draw(st.integers(1, 9))):
        whose = tuple(draw(st.lists(st.sampled_from(["child:C1", "child:C2", "child:C3"]), min_size=1, unique=True)))
        recorded = draw(st.integers(0, 50))
        target = draw(st.sampled_from([None, *ends]))
        event = Event(f"e{n}", whose, "conference-held", DAY, recorded=recorded, replaces=target)
        if target is not None:
            ends.remove(target)
            event = event._replace(void=draw(st.booleans()))
        ends.append(event.id)
        events.append(event)
    return draw(st.permutations(events))


@given(histories(), st.one_of(st.none(), st.integers(0, 50)))
def test_what_stands_is_what_the_sentences_say(events: list[Event], known_at: int | None) -> None:
    check(events)
    known = [event for event in events if known_at is None or (event.recorded or 0) <= known_at]
    expected = [event._replace(subjects=subjects(event, known)) for event in known if stands(event, known)]
    assert in_force(events, known_at) == expected


@given(histories(), st.integers(0, 50))
def test_a_later_recording_never_changes_what_was_known_earlier(events: list[Event], known_at: int) -> None:
    earlier = [event for event in events if (event.recorded or 0) <= known_at]
    assert in_force(events, known_at) == in_force(earlier, known_at)
