"""Referrals and assessments: what is owed once something has happened, or once a day has ended unmet."""

from __future__ import annotations

from datetime import date
from typing import Any

from goldthread.duties.event import Source
from oracle.small_pack import CONCLUDE, DECIDE, EXPLAIN, Asker, holds, only


def test_an_assessment_is_owed_once_it_has_begun(ask: Asker) -> None:
    assert ask(CONCLUDE, ["2025-03-03 referral-received"], "2025-06-30") == []
    lines = ["2025-03-03 referral-received", "2025-03-04 referral-decided outcomes=[early-help;child-in-need]"]
    only(ask(CONCLUDE, lines, "2025-03-10"), state="running", due_on="2025-05-08")
    perhaps = ["2025-03-03 referral-received", "2025-03-04 referral-decided"]
    only(ask(CONCLUDE, perhaps, "2025-03-10"), state="unknown", due_on="2025-05-08")
    single = ["2025-03-03 referral-received", "2025-03-04 referral-decided outcome=section-47"]
    only(ask(CONCLUDE, single, "2025-03-10"), state="running")


def test_a_source_that_cannot_say_leaves_it_unknown_whether_an_assessment_is_owed(ask: Asker) -> None:
    carries = Source(carries=frozenset({"referral-received", "assessment-completed", "referral-decided"}))
    only(ask(CONCLUDE, ["2025-03-03 referral-received"], "2025-06-30", source=carries), state="unknown")
    window = Source(opens=date(2025, 3, 4).toordinal())
    only(ask(CONCLUDE, ["2025-03-03 referral-received"], "2025-06-30", source=window), state="unknown")


def test_a_closed_referral_takes_no_later_unlinked_fact(ask: Asker) -> None:
    lines = [
        "2025-03-03 referral-received process=referral:R1",
        "2025-03-04 referral-decided outcomes=[no-further-action] process=referral:R1",
        "2025-06-02 assessment-started",
    ]
    assert ask(CONCLUDE, lines, "2025-06-30") == []
    linked = [*lines[:2], "2025-06-02 assessment-started links=referral:R1"]
    only(ask(CONCLUDE, linked, "2025-06-30"), state="overdue")


def test_a_decision_closes_its_referral_from_the_next_day(ask: Asker) -> None:
    lines = ["2025-03-03 referral-received", "2025-03-04 referral-decided outcomes=[early-help]"]
    only(ask(CONCLUDE, [*lines, "2025-03-04 assessment-started"], "2025-03-10"), state="running")
    assert ask(CONCLUDE, [*lines, "2025-03-05 assessment-started"], "2025-03-10") == []


def test_what_a_referral_waits_for_belongs_to_it_until_a_later_one_starts(ask: Asker) -> None:
    lines = [
        "2025-03-03 referral-received process=referral:R1",
        "2025-03-03 referral-received process=referral:R2",
        "2025-03-06 referral-received process=referral:R3",
    ]

    def owed(started: str) -> list[str]:
        return [f["instance"] for f in ask(CONCLUDE, [*lines, started], "2025-03-31")]

    assert owed("2025-03-05 assessment-started") == ["referral:R1", "referral:R2"]
    assert owed("2025-03-06 assessment-started") == ["referral:R3"]
    assert owed("2025-03-06 assessment-started links=referral:R1") == ["referral:R1"]
    assert owed("2025-03-02 assessment-started") == []
    past = Source(closes=date(2025, 3, 30).toordinal())
    assert [f["state"] for f in ask(CONCLUDE, lines, "2025-03-31", source=past)] == ["unknown"] * 3


def test_a_reason_stands_beside_the_date_before_or_after_it(ask: Asker) -> None:
    lines = ["2025-03-03 referral-received", "2025-03-04 assessment-started"]
    before = [*lines, "2025-05-02 assessment-delay-explained reason=illness"]
    only(ask(CONCLUDE, before, "2025-05-02"), state="due-soon", reason="illness", due_on="2025-05-08")
    only(ask(CONCLUDE, before, "2025-05-12"), state="exceeded-with-reason", late=True, days_late=2)
    after = [*before, "2025-05-20 assessment-completed"]
    only(ask(CONCLUDE, after, "2025-06-02"), state="met-late", days_late=8, reason="illness")


def test_explaining_a_delay_is_owed_once_the_day_has_ended_unmet(ask: Asker) -> None:
    lines = ["2025-03-03 referral-received process=referral:R1", "2025-03-04 assessment-started"]
    assert len(ask([CONCLUDE, EXPLAIN], lines, "2025-05-08")) == 1
    _, explain = ask([CONCLUDE, EXPLAIN], lines, "2025-05-09")
    holds(explain, state="judgement", started_on="2025-05-08", due_on=None, instance="referral:R1", late=False)
    earlier = [*lines, "2025-05-02 assessment-delay-explained reason=illness"]
    holds(ask([CONCLUDE, EXPLAIN], earlier, "2025-05-09")[1], state="met", met_on="2025-05-02")
    met = [*lines, "2025-05-08 assessment-completed"]
    assert len(ask([CONCLUDE, EXPLAIN], met, "2025-05-09")) == 1


def test_a_referral_of_three_children_is_acknowledged_once(ask: Asker) -> None:
    duty: dict[str, Any] = {**DECIDE, "code": "acknowledge", "owed": "once", "met_by": "referral-acknowledged"}
    duty |= {"ends_at_start": {"referrer": "anonymous"}}
    lines = [
        "2025-03-03 referral-received subjects=child:C2,child:C1,child:C3 referrer=known",
        "2025-03-04 referral-acknowledged subject=child:C3",
    ]
    only(ask(duty, lines, "2025-03-10"), state="met", subject="child:C2", subjects=["child:C2", "child:C1", "child:C3"])
    anonymous = ["2025-03-03 referral-received referrer=anonymous"]
    only(ask(duty, anonymous, "2025-03-10"), state="ended", ended_on="2025-03-03")
    unsaid = ["2025-03-03 referral-received"]
    only(ask(duty, unsaid, "2025-03-10"), state="overdue")
