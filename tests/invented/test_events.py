"""The events of an invented authority tell the same lives as its censuses, and more."""

from __future__ import annotations

import csv
import json
from collections import Counter, defaultdict
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from lxml import etree

from goldthread.duties import corrections
from goldthread.duties.event import Event
from goldthread.formats.reading import EventsReading, open_file
from goldthread.invented.directory import Written
from goldthread.invented.names import BOYS, FAMILY_NAMES, GIRLS

UNTIL = date(2026, 3, 31).toordinal()


def read(path: Path, source: Path | None = None) -> list[Event]:
    reading = open_file(path, source_path=source)
    assert isinstance(reading, EventsReading)
    events = list(reading.events())
    assert reading.notes.total == 0, reading.notes.kept[:3]
    return events


@pytest.fixture(scope="module")
def events(authority: Written) -> list[Event]:
    return read(authority.directory / "events.jsonl")


@pytest.fixture(scope="module")
def days(events: list[Event]) -> dict[tuple[str, str], set[int]]:
    """The days of each kind for each subject, once corrections and voids have been heard."""
    corrections.check(events)
    found: dict[tuple[str, str], set[int]] = defaultdict(set)
    for event in corrections.in_force(events, None):
        for subject in event.subjects:
            assert event.day is not None
            found[subject, event.kind].add(event.day)
            if event.kind == "conference-held":
                found[subject, f"conference {event.data['type']}"].add(event.day)
    return found


def test_the_two_files_of_events_hold_the_same(authority: Written, events: list[Event]) -> None:
    folder = authority.directory
    assert read(folder / "events.csv", folder / "events.source.json") == events
    assert len(events) == authority.events > 5_000


def test_every_fact_of_a_census_is_an_event_of_the_same_day(
    authority: Written, days: dict[tuple[str, str], set[int]]
) -> None:
    checked: Counter[str] = Counter()
    for year in authority.figures:
        for child in etree.parse(authority.directory / f"census-{year}.xml").iter("Child"):
            subject = f"child:{child.findtext('.//LAchildID')}"
            for name, kind in (
                ("CINreferralDate", "referral-received"),
                ("CINclosureDate", "case-closed"),
                ("AssessmentActualStartDate", "assessment-started"),
                ("AssessmentAuthorisationDate", "assessment-completed"),
                ("CINPlanStartDate", "child-in-need-plan-made"),
                ("CINPlanEndDate", "child-in-need-plan-ended"),
                ("S47ActualStartDate", "strategy-discussion-held"),
                ("S47ActualStartDate", "section-47-started"),
                ("Section47/DateOfInitialCPC", "conference initial"),
                ("CINdetails/DateOfInitialCPC", "conference transfer-in"),
                ("CPPstartDate", "conference-held"),
                ("CPPendDate", "plan-ended"),
                ("CPPreviewDate", "conference review"),
                ("PersonBirthDate", "child-born"),
                ("PersonDeathDate", "child-died"),
            ):
                for element in child.findall(f".//{name}"):
                    if kind == "child-born" and (subject, kind) not in days:
                        continue  # born before anyone here had heard of her
                    happened = date.fromisoformat(element.text or "").toordinal()
                    assert happened in days[subject, kind], f"{subject}: {name} {element.text} in the census of {year}"
                    checked[kind] += 1
    assert len(checked) >= 14, checked
    assert min(checked[kind] for kind in ("case-closed", "plan-ended", "conference review", "conference initial")) > 10


def test_every_referral_of_the_years_is_in_their_censuses(
    authority: Written, days: dict[tuple[str, str], set[int]]
) -> None:
    held = {
        (f"child:{child.findtext('.//LAchildID')}", date.fromisoformat(one.text or "").toordinal())
        for year in authority.figures
        for child in etree.parse(authority.directory / f"census-{year}.xml").iter("Child")
        for one in child.iter("CINreferralDate")
    }
    opens = date(2023, 4, 1).toordinal()
    told = {
        (subject, day)
        for (subject, kind), found in days.items()
        if kind == "referral-received"
        for day in found
        if day >= opens
    }
    assert told <= held
    assert len(told) > 800


def test_siblings_share_referrals_and_conferences(events: list[Event]) -> None:
    for kind in ("referral-received", "conference-held", "section-47-started"):
        told = [event for event in events if event.kind == kind]
        shared = sum(len(event.subjects) > 1 for event in told)
        assert 0.3 < shared / len(told) < 0.75, kind


def test_what_no_census_asks_for_is_told_as_well(events: list[Event]) -> None:
    kinds = {event.kind for event in events}
    assert {
        "referral-acknowledged", "referral-decided", "referrer-informed", "lead-practitioner-allocated", "child-seen",
        "assessment-delay-explained", "section-47-concluded", "core-group-held", "plan-circulated", "moved-out",
        "receiving-conference-held", "child-in-need-plan-reviewed", "family-member", "incident-notified", "death-known",
        "rapid-review-submitted", "allegation-known", "yearly-report-published", "yearly-report-sent",
    } <= kinds  # fmt: skip
    assert all("next_on" in event.data for event in events if event.kind == "core-group-held" and not event.void)
    assert any(event.about and event.subjects[0].startswith("incident:") for event in events)


def test_some_facts_are_recorded_late_corrected_and_withdrawn(events: list[Event]) -> None:
    by_id = {event.id: event for event in events}
    assert len(by_id) == len(events)
    corrected = [event for event in events if event.replaces is not None]
    assert any(event.void for event in corrected)
    assert any(not event.void and event.day != by_id[event.replaces or ""].day for event in corrected)
    assert all(event.recorded is not None for event in corrected)
    late = sum(event.recorded is not None for event in events)
    assert 0.08 < late / len(events) < 0.25


def test_nothing_is_dated_or_recorded_after_the_reference_date(events: list[Event]) -> None:
    assert max(event.day or 0 for event in events) <= UNTIL
    midnight = (UNTIL + 1 - date(1970, 1, 1).toordinal()) * 86_400_000_000
    assert 0 < max(event.recorded or 0 for event in events) < midnight


def test_a_plan_is_ended_once_for_each_child_and_reviews_come_in_order(days: dict[tuple[str, str], set[int]]) -> None:
    seen = 0
    for (subject, kind), ends in list(days.items()):
        if kind != "plan-ended":
            continue
        starts = sorted(days[subject, "conference initial"] | days[subject, "conference transfer-in"])
        assert len(ends) <= len(starts)
        reviews = sorted(days[subject, "conference review"])
        assert all(after - before >= 60 for before, after in pairwise(reviews))
        seen += 1
    assert seen > 20


def test_people_have_names_from_our_lists_and_no_event_holds_a_name(authority: Written) -> None:
    people = [
        json.loads(line) for line in (authority.directory / "people.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    given = {*GIRLS, *BOYS}
    assert len({person["id"] for person in people}) == len(people) > 500
    assert {person["given_name"] for person in people} <= given
    assert {person["family_name"] for person in people} <= set(FAMILY_NAMES)
    assert len({person["given_name"] for person in people}) > 100
    families = defaultdict(set)
    for person in people:
        families[person["family"]].add(person["family_name"])
    assert all(len(names) == 1 for names in families.values())
    assert "name" not in (authority.directory / "events.jsonl").read_text(encoding="utf-8")


def test_a_csv_of_the_events_has_one_row_of_column_names(authority: Written) -> None:
    with (authority.directory / "events.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert sum(row[0] == "id" for row in rows) == 1
    assert len(rows) == authority.events + 1
