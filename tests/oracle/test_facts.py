"""Which facts stand, whose they are, when a childhood ends, and how long a status holds."""

from __future__ import annotations

from typing import Any

from oracle.small_pack import CONFERENCE, DECIDE, Asker, only


def test_voiding_a_correction_restores_what_it_replaced(ask: Asker) -> None:
    start = "2025-03-03 referral-received id=a"
    wrong = "2025-03-04 referral-decided id=b"
    corrected = "2025-03-06 referral-decided id=c replaces=b recorded=2025-04-01T09:00+01:00"
    voided = "2025-03-06 referral-decided id=d replaces=c void=true recorded=2025-05-01T09:00+01:00"
    only(ask(DECIDE, [start, wrong], "2025-06-01"), met_on="2025-03-04", state="met")
    only(ask(DECIDE, [start, wrong, corrected], "2025-06-01"), met_on="2025-03-06", state="met-late")
    again = "2025-03-07 referral-decided id=e replaces=c recorded=2025-04-02T09:00+01:00"
    only(ask(DECIDE, [start, wrong, corrected, again], "2025-06-01"), met_on="2025-03-07")
    everything = [voided, corrected, wrong, start]
    only(ask(DECIDE, everything, "2025-06-01"), met_on="2025-03-04")
    april = 1_743_500_000_000_000  # 1 April 2025, between the two recordings
    only(ask(DECIDE, everything, "2025-06-01", known_at=april), met_on="2025-03-06")
    march = 1_742_000_000_000_000
    only(ask(DECIDE, everything, "2025-06-01", known_at=march), met_on="2025-03-04")


def test_an_event_is_known_from_the_start_of_its_day_in_london(ask: Asker) -> None:
    lines = ["2025-07-01 referral-received"]
    midnight = 1_751_324_400_000_000  # 2025-06-30T23:00Z is midnight in London's summer
    assert len(ask(DECIDE, lines, "2025-07-02", known_at=midnight)) == 1
    assert ask(DECIDE, lines, "2025-07-02", known_at=midnight - 1) == []


def test_a_correction_reaches_every_sibling(ask: Asker) -> None:
    lines = [
        "2025-03-03 referral-received subjects=child:C1,child:C2 id=a",
        "2025-03-05 referral-received subject=child:C1 id=b replaces=a recorded=2025-03-06T09:00+00:00",
    ]
    findings = ask(DECIDE, lines, "2025-03-10")
    assert [(f["subject"], f["started_on"]) for f in findings] == [
        ("child:C1", "2025-03-05"),
        ("child:C2", "2025-03-05"),
    ]


def test_a_correction_of_a_correction_still_reaches_every_sibling(ask: Asker) -> None:
    lines = [
        "2025-03-03 referral-received subjects=child:C1,child:C2 id=a",
        "2025-03-04 referral-received subject=child:C1 id=b replaces=a recorded=2025-03-06T09:00+00:00",
        "2025-03-05 referral-received subject=child:C1 id=c replaces=b recorded=2025-03-07T09:00+00:00",
    ]
    assert [f["started_on"] for f in ask(DECIDE, lines, "2025-03-10")] == ["2025-03-05", "2025-03-05"]


def test_a_family_event_is_its_members_own_on_that_day(ask: Asker) -> None:
    lines = [
        "2025-01-01 family-member subject=family:F1 child=child:C1 from=2025-01-01 until=2025-03-03",
        "2025-01-01 family-member subject=family:F1 child=child:C2 from=2025-03-03",
        "2025-03-03 referral-received subject=family:F1",
    ]
    only(ask(DECIDE, lines, "2025-03-10"), subject="child:C2")
    linked = [*lines, "2025-03-04 referral-received subject=incident:I1 links=child:C1"]
    assert [f["subject"] for f in ask(DECIDE, linked, "2025-03-10")] == ["child:C1", "child:C2"]


def test_a_member_belongs_from_the_day_it_is_said_where_no_other_is(ask: Asker) -> None:
    lines = ["2025-03-04 family-member subject=family:F1 child=C1", "2025-03-03 referral-received subject=family:F1"]
    assert ask(DECIDE, lines, "2025-03-10") == []
    same = ["2025-03-03 family-member subject=family:F1 child=C1", lines[1]]
    only(ask(DECIDE, same, "2025-03-10"), subject="child:C1")


def test_death_and_the_eighteenth_birthday_end_by_themselves(ask: Asker) -> None:
    lines = ["2025-01-06 child-identified born_on=2007-03-04", "2025-03-03 referral-received"]
    only(ask(DECIDE, lines, "2025-03-10"), state="ended", ended_on="2025-03-04")
    corrected = [*lines, "2025-01-07 child-identified born_on=2007-03-20"]
    only(ask(DECIDE, corrected, "2025-03-10"), state="overdue")
    only(ask(DECIDE, corrected, "2025-03-25"), state="not-met", ended_on="2025-03-20", days_late=12)
    only(ask({**DECIDE, "outlives": True}, corrected, "2025-03-25"), state="overdue")
    died = ["2025-03-03 referral-received", "2025-03-04 child-died"]
    only(ask(DECIDE, died, "2025-03-10"), state="ended", ended_on="2025-03-04")


def test_a_pregnancy_ends_duties_only_before_birth(ask: Asker) -> None:
    lines = ["2025-03-03 referral-received", "2025-03-04 pregnancy-ended"]
    only(ask(DECIDE, lines, "2025-03-10"), state="ended")
    only(ask(DECIDE, ["2025-03-01 child-born born_on=2025-03-01", *lines], "2025-03-10"), state="overdue")


def test_an_expected_child_whose_birth_follows_is_born(ask: Asker) -> None:
    lines = ["2025-03-03 referral-received", "2025-03-04 pregnancy-ended"]
    born = "2025-03-20 child-identified born_on=2025-03-04"
    only(ask(DECIDE, [*lines, born], "2025-03-25"), state="overdue")
    later = "2025-03-20 child-identified born_on=2025-03-05"
    only(ask(DECIDE, [*lines, later], "2025-03-25"), state="ended")


def test_what_starts_after_a_childhood_has_ended_is_not_owed(ask: Asker) -> None:
    lines = ["undated child-identified born_on=2007-03-04", "2025-03-05 referral-received"]
    only(ask(DECIDE, lines, "2025-03-10"), state="ended", ended_on="2025-03-04", started_on="2025-03-05")


def test_a_duty_owed_once_ends_when_the_last_childs_does(ask: Asker) -> None:
    duty: dict[str, Any] = {**DECIDE, "owed": "once"}
    lines = ["2025-03-03 referral-received subjects=child:C1,child:C2", "2025-03-04 child-died subject=child:C1"]
    only(ask(duty, lines, "2025-03-10"), state="overdue")
    both = [*lines, "2025-03-06 child-died subject=child:C2"]
    only(ask(duty, both, "2025-03-10"), state="not-met", ended_on="2025-03-06", days_late=2)
    undated = [*lines, "undated child-died subject=child:C2"]
    only(ask(duty, undated, "2025-03-10"), state="ended", ended_on=None, provisional=True)


def test_a_status_holds_between_the_day_it_began_and_the_day_it_ended(ask: Asker) -> None:
    plan = [
        "2025-01-06 conference-held type=initial outcome=plan",
        "2025-01-06 assessment-started",
        "2025-03-03 conference-held type=review outcome=ended",
    ]
    for day, owed in (("2025-01-06", 1), ("2025-01-07", 0), ("2025-02-28", 0), ("2025-03-03", 1)):
        lines = [*plan, f"{day} strategy-discussion-held section_47=true"]
        assert len(ask(CONFERENCE, lines, "2025-04-01")) == owed, day
        started = [*plan, f"{day} section-47-started"]
        assert len(ask(CONFERENCE, started, "2025-04-01")) == owed, day
