"""An authority told as if a day were today has work that is due, overdue and done, for people who can do it."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path

import pytest
from authority_told import ON, Authority

from goldthread.duties import calendar, corrections, rules
from goldthread.duties.engine import evaluate
from goldthread.duties.findings import Finding, State
from goldthread.invented.daybook import WRITTEN_LATE
from goldthread.invented.standing import COUNTY_RICH, county

PACK = rules.load("wt2023", ())
DAYS = calendar.load()
OPEN = (State.OVERDUE, State.DUE_SOON, State.RUNNING)
SOURCE = Path(__file__).resolve().parents[2] / "src"


@pytest.fixture(scope="module")
def findings(harrowmere: Authority) -> dict[str, list[Finding]]:
    """What is owed for each family; the engine must find nothing in the events that does not fit."""
    notes: list[object] = []
    found = {}
    for told in harrowmere.batches:
        answered = evaluate(told.events, ON.toordinal(), None, PACK, DAYS, note=lambda *said: notes.append(said))
        found[told.family or ""] = answered
    assert not notes, notes[:3]
    return found


def due(findings: list[Finding], code: str) -> list[tuple[State, date | None]]:
    return [
        (one.state, None if one.due is None else date.fromordinal(one.due))
        for one in findings
        if one.duty.code == code and one.state in OPEN
    ]


def test_some_of_the_work_is_overdue_some_is_due_this_week_and_most_is_in_time(
    findings: dict[str, list[Finding]],
) -> None:
    states = Counter(one.state for found in findings.values() for one in found)
    days = [one.due - ON.toordinal() for found in findings.values() for one in found if one.state in OPEN and one.due]
    assert 8 <= states[State.OVERDUE] <= 60
    assert states[State.DUE_SOON] > 15 and states[State.RUNNING] > 100
    assert sum(day == 0 for day in days) >= 1
    assert sum(0 <= day < 7 for day in days) >= 8
    assert sum(-14 <= day < 0 for day in days) >= 4
    assert states[State.MET] > 10 * states[State.MET_LATE] > 0


@pytest.mark.parametrize("on", [date(2026, 5, 14), date(2026, 12, 27), date(2025, 2, 28), date(2027, 8, 30)])
def test_the_families_told_by_hand_show_what_they_are_for_on_any_day(on: date) -> None:
    harrowmere = Authority(on, seed=1)
    shown = harrowmere.showcase
    owed = {key: evaluate(told.events, on.toordinal(), None, PACK, DAYS) for key, told in shown.items()}
    (state, _), *_ = due(owed["siblings-assessed"], "assessment.conclude")
    assert state is State.DUE_SOON and len(due(owed["siblings-assessed"], "assessment.conclude")) == 3
    assert {state for state, _ in due(owed["plan-overdue"], "conference.review.first")} == {State.OVERDUE}
    assert {state for state, _ in due(owed["unborn"], "conference.initial")} == {State.DUE_SOON}
    today = on if DAYS.is_working(on.toordinal()) else date.fromordinal(DAYS.after(on.toordinal(), 1))
    assert set(due(owed["new-referral"], "referral.decide")) == {(State.DUE_SOON, today)}
    (baby,) = [one for one in shown["unborn"].persons if one.is_child]
    assert baby.born_on is None and baby.expected_on is not None and baby.expected_on > on
    assert {one.sensitivity for one in shown["restricted"].records} == {"restricted"}
    assert harrowmere.cast["social-worker"] in shown["restricted"].restrictions[0].named
    assert harrowmere.cast["stranger"] not in shown["restricted"].restrictions[0].named
    hidden = {one.id for one in shown["refuge"].addresses if one.hidden_because}
    assert {
        one.address for one in shown["refuge"].residences if one.person.startswith("child:") and not one.until_on
    } <= hidden
    assert any(one.capacity == "exploitation-worker" for one in shown["outside-home"].involvements)
    (needs,) = [fact.value for fact in shown["disabled"].persons[0].characteristics if fact.kind == "communication"]
    assert "symbol book" in needs
    assert {one.practitioner for one in shown["two-households"].conflicts} == {harrowmere.cast["conflicted"]}
    assert sum(one.is_child for one in shown["two-households"].persons) == 5
    fathers = {
        one.person
        for one in shown["two-households"].relationships
        if one.kind == "parent-of" and harrowmere.persons[one.person].sex == "M" and one.other.startswith("child:")
    }
    assert len(fathers) == 2
    now = [one for one in shown["two-households"].residences if not one.until_on and one.person.startswith("child:")]
    assert sorted(Counter(one.address for one in now).values()) == [2, 3]
    assert any(one.capacity == "early-help-worker" and not one.until_on for one in shown["early-help"].involvements)
    assert not due(owed["early-help"], "assessment.conclude")


def test_what_is_late_today_may_be_an_assessment_and_most_of_last_week_is_written_down(
    harrowmere: Authority, findings: dict[str, list[Finding]]
) -> None:
    late = {
        one.duty.code
        for told in harrowmere.batches
        if told.showcase is None
        for one in findings[told.family or ""]
        if one.state is State.OVERDUE
    }
    assert {"assessment.conclude", "child-in-need.plan-review"} <= late
    written = [
        event
        for told in harrowmere.batches
        for event in told.events
        if event.kind in WRITTEN_LATE and (event.day or 0) > ON.toordinal() - 7
    ]
    assert len(written) > 8


def test_every_role_has_someone_in_the_cast_who_is_in_post(harrowmere: Authority) -> None:
    roles = {
        one.role
        for one in harrowmere.agencies.posts
        if one.until_on is None and one.practitioner in harrowmere.cast.values()
    }
    assert roles == {
        "social-worker", "practice-supervisor", "service-manager", "conference-chair", "business-support",
        "partner-practitioner", "designated-officer", "partnership-officer", "information-governance-officer",
        "administrator", "custodian",
    }  # fmt: skip
    teams = {one.practitioner: one.team for one in harrowmere.agencies.posts if one.until_on is None}
    cast = harrowmere.cast
    assert teams[cast["social-worker"]] == teams[cast["practice-supervisor"]] == teams[cast["conflicted"]]
    assert teams[cast["stranger"]] != teams[cast["social-worker"]]
    involved = {one.practitioner for told in harrowmere.batches for one in told.involvements if one.until_on is None}
    for key in (
        "social-worker",
        "assessment-worker",
        "stranger",
        "conference-chair",
        "partner-health",
        "partner-school",
    ):
        assert cast[key] in involved, key
    for told in harrowmere.batches:
        for conflict in told.conflicts:
            now = [one.practitioner for one in told.involvements if one.record == conflict.record]
            assert conflict.practitioner not in now


def test_a_social_worker_has_about_seventeen_children() -> None:
    standing = Authority(seed=5)
    load: dict[str, set[str]] = defaultdict(set)
    for told in standing.batches:
        for one in told.involvements:
            if one.capacity == "allocated-social-worker" and one.until_on is None and one.practitioner is not None:
                load[one.practitioner].add(one.record)
    loads = sorted(len(found) for found in load.values())
    assert 14 <= sum(loads) / len(loads) <= 19, loads
    assert loads[0] >= 6 and loads[-1] <= 27, loads
    assert 14 <= len(load[standing.cast["social-worker"]]) <= 22


def test_whoever_works_with_a_child_was_in_post_then(harrowmere: Authority) -> None:
    posts: dict[str, list[tuple[date, date, str]]] = defaultdict(list)
    for one in harrowmere.agencies.posts:
        posts[one.practitioner].append((one.from_on, one.until_on or date.max, one.team))
    checked = 0
    for told in harrowmere.batches:
        for work in told.involvements:
            assert work.practitioner is not None
            until = work.until_on or ON
            assert any(
                begins <= work.from_on and until <= ends and team == work.team
                for begins, ends, team in posts[work.practitioner]
            ), work
            checked += 1
    assert checked > 4_000


def test_a_child_is_seen_only_between_birth_and_death_and_by_whom_she_is_with(harrowmere: Authority) -> None:
    signed = told_of = 0
    for told in harrowmere.batches:
        corrections.check(told.events)
        for event in corrections.in_force(told.events, None):
            if event.kind not in ("child-seen", "visit-made", "case-note", "supervision-held"):
                continue
            assert event.day is not None
            told_of += 1
            signed += str(event.data.get("by", "")).startswith("practitioner:")
            for subject in event.subjects:
                child = harrowmere.persons[subject]
                if event.kind in ("child-seen", "visit-made"):
                    assert child.born_on is not None and child.born_on.toordinal() <= event.day, event
                if child.died_on is not None:
                    assert event.day <= child.died_on.toordinal() + 31, event
    assert signed / told_of > 0.97


def test_two_years_of_work_leave_about_150_events(harrowmere: Authority) -> None:
    events: Counter[str] = Counter()
    worked: Counter[str] = Counter()
    for told in harrowmere.batches:
        for event in told.events:
            events.update(event.subjects)
        for one in told.involvements:
            if one.capacity == "allocated-social-worker":
                worked[one.record] += ((one.until_on or ON) - one.from_on).days
    two_years = [events[record] for record, days in worked.items() if 640 <= days <= 820]
    assert len(two_years) > 10
    assert 110 <= sum(two_years) / len(two_years) <= 220


def test_notes_are_filled_in_and_speak_of_the_child_by_name(harrowmere: Authority) -> None:
    said = [event for told in harrowmere.batches for event in told.events if event.kind == "case-note"]
    assert len({event.data["text"] for event in said}) > len(said) / 2
    named = 0
    for event in said:
        text = str(event.data["text"])
        assert "{" not in text and text.endswith(".")
        named += any(name.given in text for subject in event.subjects for name in harrowmere.persons[subject].names)
    assert named > len(said) / 3


def test_nothing_is_recorded_after_the_first_hour_of_today_nor_before_it_happened(harrowmere: Authority) -> None:
    midnight = corrections.start_of_day(ON.toordinal())
    late = 0
    for told in harrowmere.batches:
        for event in told.events:
            assert event.recorded is None or event.recorded <= midnight
            if event.recorded is not None and event.day is not None:
                assert event.recorded > corrections.start_of_day(event.day)
                late += event.recorded > corrections.start_of_day(event.day + 1)
    assert late > 1_000


def test_without_anything_written_only_the_duties_events_are_told() -> None:
    bare = Authority(seed=3, rich=0.0)
    kinds = {event.kind for told in bare.batches for event in told.events}
    assert "child-seen" in kinds and not kinds & {"case-note", "contact-received", "visit-made", "supervision-held"}


@pytest.mark.slow
def test_a_county_is_told_in_flat_memory_and_has_its_size() -> None:
    code = """
import resource
from datetime import date
from goldthread.invented.daybook import WRITTEN_LATE
from goldthread.invented.standing import county
children = events = contacts = 0
peaks = []
for number, told in enumerate(county(date(2026, 5, 14), size=SIZE).families()):
    children += sum(person.is_child for person in told.persons)
    events += len(told.events)
    contacts += sum(event.kind == "contact-received" for event in told.events)
    if number in (300, 3000):
        peaks.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
print(children, events, contacts, *peaks)
"""
    tenth = 0.165
    said = subprocess.run(
        [sys.executable, "-c", code.replace("SIZE", str(tenth))],
        env={"PYTHONPATH": str(SOURCE)}, capture_output=True, text=True, check=True,
    ).stdout.split()  # fmt: skip
    children, events, contacts, early, late = map(int, said)
    assert 5_400 <= children <= 6_600
    assert 900_000 <= events <= 1_150_000
    assert 90_000 <= contacts <= 130_000
    assert late - early < 4, f"{early} MB, then {late} MB"


def test_a_county_is_told_through_the_same_stream() -> None:
    standing = county(date(2026, 5, 14), years=3, size=0.02, rich=0.5)
    assert COUNTY_RICH > 1
    assert sum(1 for _ in standing.families()) > 100
