"""Which instance a fact starts, joins, meets or ends."""

from __future__ import annotations

from typing import Any

from oracle.small_pack import CONFERENCE, DECIDE, FIRST_REVIEW, NEXT_REVIEW, Asker, holds, only


def test_each_decision_answers_the_oldest_referral_that_is_open(ask: Asker) -> None:
    lines = [
        "2025-03-03 referral-received process=referral:R1",
        "2025-03-03 referral-received process=referral:R2",
        "2025-03-04 referral-decided",
        "2025-03-05 referral-decided",
    ]
    first, second = ask(DECIDE, lines, "2025-03-10")
    holds(first, instance="referral:R1", state="met", met_on="2025-03-04")
    holds(second, instance="referral:R2", state="met-late", met_on="2025-03-05", days_late=1)


def test_a_link_decides_whatever_the_dates(ask: Asker) -> None:
    lines = [
        "2025-03-03 referral-received process=referral:R1",
        "2025-03-04 referral-decided links=referral:R2",
        "2025-03-06 referral-received process=referral:R2",
    ]
    first, second = ask(DECIDE, lines, "2025-03-10")
    holds(first, instance="referral:R1", state="overdue", met_on=None)
    holds(second, instance="referral:R2", state="met", met_on="2025-03-04", late=False)


def test_an_unqualified_decision_leaves_it_open(ask: Asker) -> None:
    lines = ["2025-03-03 referral-received", "2025-03-04 referral-decided qualified=false"]
    only(ask(DECIDE, lines, "2025-03-06"), state="overdue", days_late=2)


def test_same_day_discharge_goes_before_an_ending(ask: Asker) -> None:
    duty: dict[str, Any] = {**DECIDE, "ends_with": "referral-withdrawn"}
    lines = ["2025-03-03 referral-received", "2025-03-06 referral-withdrawn", "2025-03-06 referral-decided"]
    only(ask(duty, lines, "2025-03-10"), state="met-late", met_on="2025-03-06", ended_on=None)
    only(ask(duty, lines[:2], "2025-03-10"), state="not-met", ended_on="2025-03-06", late=True, days_late=2)


def test_seeing_a_child_meets_every_open_duty_to_see(ask: Asker) -> None:
    duty: dict[str, Any] = {
        "code": "see",
        "starts": "referral-received",
        "due": {"judgement": "soon"},
        "met_by": "child-seen",
    }
    lines = ["2025-03-03 referral-received", "2025-03-05 referral-received", "2025-03-06 child-seen"]
    assert [f["state"] for f in ask(duty, lines, "2025-03-10")] == ["met", "met"]
    assert [f["state"] for f in ask(duty, lines, "2025-03-05")] == ["judgement", "judgement"]


def test_one_review_meets_the_last_and_starts_the_next(ask: Asker) -> None:
    lines = [
        "2024-03-01 conference-held type=initial outcome=plan",
        "2024-05-31 conference-held type=review outcome=continued",
        "2024-12-02 conference-held type=review outcome=changed",
        "2025-05-20 conference-held type=review outcome=ended",
    ]
    first, one, two = ask([FIRST_REVIEW, NEXT_REVIEW], lines, "2025-06-01")
    holds(first, cycle=1, state="met", due_on="2024-06-01", met_on="2024-05-31")
    holds(one, cycle=1, instance="e002", state="met-late", due_on="2024-11-30", met_on="2024-12-02", days_late=2)
    holds(two, cycle=2, instance="e003", state="met", due_on="2025-06-02", met_on="2025-05-20")


def test_two_records_of_one_review_leave_a_clock_running(ask: Asker) -> None:
    lines = ["2024-05-31 conference-held type=review outcome=continued"] * 2
    states = sorted(f["state"] for f in ask(NEXT_REVIEW, lines, "2024-07-01"))
    assert "running" in states


def test_facts_that_come_first_wait_for_the_next_start(ask: Asker) -> None:
    duty: dict[str, Any] = {"code": "transfer", "starts": "moved-in-notified", "due": {"within": "15 working days"}}
    duty |= {"met_by": {"conference-held": {"type": "transfer-in"}}}
    lines = ["2025-03-03 conference-held type=transfer-in outcome=plan", "2025-03-05 moved-in-notified"]
    only(ask(duty, lines, "2025-03-10"), state="running", met_on=None)
    only(ask({**duty, "may_precede": True}, lines, "2025-03-10"), state="met", met_on="2025-03-03")


def test_the_first_fact_of_a_day_closes_an_instance_for_the_others_of_that_day(ask: Asker) -> None:
    lines = [
        "2025-03-03 referral-received process=referral:R1",
        "2025-03-04 referral-received process=referral:R2",
        "2025-03-05 referral-decided",
        "2025-03-05 referral-decided",
    ]
    assert [f["met_on"] for f in ask(DECIDE, lines, "2025-03-10")] == ["2025-03-05", "2025-03-05"]
    assert [f["met_on"] for f in ask(DECIDE, lines[:3], "2025-03-10")] == ["2025-03-05", None]


def test_a_second_start_of_one_process_is_the_same_instance(ask: Asker) -> None:
    lines = [
        "2025-03-05 referral-received process=referral:R1 id=b",
        "2025-03-03 referral-received process=referral:R1 id=a",
        "undated referral-received process=referral:R1 id=c",
        "2025-03-10 referral-decided links=b",
    ]
    only(ask(DECIDE, lines, "2025-03-12"), started_on="2025-03-03", state="met-late", days_late=4)
    discussions = [
        "2025-03-03 strategy-discussion-held process=strategy:S1",
        "2025-03-04 strategy-discussion-held section_47=true process=strategy:S1",
    ]
    only(ask(CONFERENCE, discussions, "2025-03-05"), started_on="2025-03-03", state="running")


def test_a_duty_owed_once_joins_the_children_of_one_process(ask: Asker) -> None:
    duty: dict[str, Any] = {**DECIDE, "owed": "once"}
    lines = [
        "2025-03-04 referral-received subject=child:C1 process=referral:R1",
        "2025-03-03 referral-received subject=child:C2 process=referral:R1",
        "2025-03-04 referral-received subject=child:C3 process=referral:R2",
    ]
    first, second = ask(duty, lines, "2025-03-10")
    holds(first, subject="child:C2", subjects=["child:C2", "child:C1"], started_on="2025-03-03")
    holds(second, subjects=["child:C3"])
    both = [*lines, "2025-03-05 referral-decided subjects=child:C1,child:C3"]
    assert [f["met_on"] for f in ask(duty, both, "2025-03-10")] == ["2025-03-05", "2025-03-05"]


def test_an_undated_decision_without_a_link_leaves_the_oldest_open_referral_unknown(ask: Asker) -> None:
    lines = [
        "2025-03-03 referral-received process=referral:R1",
        "2025-03-04 referral-received process=referral:R2",
        "2025-03-05 referral-received process=referral:R3",
        "2025-03-04 referral-decided links=referral:R1",
        "undated referral-decided",
    ]
    states = [f["state"] for f in ask(DECIDE, lines, "2025-03-10")]
    assert states == ["met", "unknown", "overdue"]
    linked = [*lines[:4], "undated referral-decided links=referral:R1,referral:R3"]
    assert [f["state"] for f in ask(DECIDE, linked, "2025-03-10")] == ["met", "overdue", "unknown"]


def test_a_dated_discharge_stands_whatever_an_undated_one_may_be(ask: Asker) -> None:
    lines = ["2025-03-03 referral-received", "2025-03-06 referral-decided", "undated referral-decided links=e001"]
    only(ask(DECIDE, lines, "2025-03-10"), state="met-late", met_on="2025-03-06")


def test_an_undated_round_is_the_first(ask: Asker) -> None:
    lines = [
        "undated conference-held type=review outcome=continued id=a",
        "2024-05-31 conference-held type=review outcome=continued id=b",
    ]
    findings = {f["instance"]: f for f in ask(NEXT_REVIEW, lines, "2024-07-01")}
    holds(findings["a"], cycle=1, state="unknown", started_on=None)
    holds(findings["b"], cycle=2, state="unknown", due_on="2024-11-30")  # perhaps the undated one met it
