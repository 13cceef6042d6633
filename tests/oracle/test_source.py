"""What a source cannot hold is unknown."""

from __future__ import annotations

from datetime import date
from typing import Any

from goldthread.duties.event import Pattern, Source
from oracle.small_pack import DECIDE, FIRST_REVIEW, NEXT_REVIEW, Asker, holds, only


def test_what_a_census_cannot_carry_is_unknown_never_overdue(ask: Asker) -> None:
    duty: dict[str, Any] = {"code": "core", "starts": FIRST_REVIEW["starts"], "due": {"within": "10 working days"}}
    duty |= {"met_by": "core-group-held", "ends_with": "plan-ended"}
    census = Source(frozenset({"conference-held", "plan-ended"}), opens=date(2024, 4, 1).toordinal())
    lines = ["2024-06-03 conference-held type=initial outcome=plan"]
    only(ask(duty, lines, "2025-03-31", source=census), state="unknown", due_on="2024-06-17", late=False)
    only(ask(duty, [*lines, "2024-06-10 plan-ended"], "2025-03-31", source=census), state="ended")
    only(
        ask(duty, [*lines, "2024-06-24 plan-ended"], "2025-03-31", source=census),
        state="unknown",
        ended_on="2024-06-24",
    )
    assert ask(DECIDE, lines, "2025-03-31", source=census) == []


def test_a_plan_from_before_the_year_is_met_if_the_last_review_was_in_time_else_unknown(ask: Asker) -> None:
    census = Source(
        carries=frozenset({"conference-held", "plan-ended"}),
        opens=date(2024, 4, 1).toordinal(),
        closes=date(2025, 3, 31).toordinal(),
        last_before=(Pattern("conference-held", (("type", frozenset({"review"})),)),),
    )
    plan = "2023-12-20 conference-held type=initial outcome=plan process=plan:P1"
    in_time = [plan, "2024-03-20 conference-held type=review outcome=continued"]
    first, following = ask([FIRST_REVIEW, NEXT_REVIEW], in_time, "2025-03-31", source=census)
    holds(first, state="met", met_on="2024-03-20")
    holds(following, state="overdue", due_on="2024-09-20", days_late=192)  # its start is the latest before the year
    late = [plan, "2024-03-21 conference-held type=review outcome=continued"]
    holds(ask(FIRST_REVIEW, late, "2025-03-31", source=census)[0], state="unknown", met_on="2024-03-21", late=False)
    holds(ask(FIRST_REVIEW, [plan], "2025-03-31", source=census)[0], state="unknown")
    whole = census._replace(whole=(Pattern("conference-held", (("type", frozenset({"initial"})),)),))
    holds(ask(FIRST_REVIEW, [plan], "2025-03-31", source=whole)[0], state="unknown")  # its start is no last one
    holds(ask(FIRST_REVIEW, late, "2025-03-31", source=whole)[0], state="unknown", met_on="2024-03-21", late=False)
    everything = census._replace(whole=(Pattern("conference-held"),))
    holds(ask(FIRST_REVIEW, late, "2025-03-31", source=everything)[0], state="met-late", days_late=1)
    none_before = [plan, "2024-04-03 conference-held type=review outcome=continued"]
    holds(ask(FIRST_REVIEW, none_before, "2025-03-31", source=whole)[0], state="unknown", met_on="2024-04-03")
    holds(ask(FIRST_REVIEW, none_before, "2025-03-31", source=everything)[0], state="met-late", days_late=14)


def test_past_its_window_a_source_says_nothing(ask: Asker) -> None:
    source = Source(opens=date(2025, 3, 1).toordinal(), closes=date(2025, 3, 7).toordinal())
    lines = ["2025-03-03 referral-received"]
    only(ask(DECIDE, lines, "2025-03-07", source=source), state="overdue")
    only(ask(DECIDE, lines, "2025-03-08", source=source), state="unknown", due_on="2025-03-04")


def test_a_discharge_proves_a_start_that_the_source_cannot_carry(ask: Asker) -> None:
    duty: dict[str, Any] = {"code": "transfer", "starts": "moved-in-notified", "due": {"within": "15 working days"}}
    duty |= {"met_by": {"conference-held": {"type": "transfer-in"}}, "proves_start": True}
    lines = ["2024-06-03 conference-held type=transfer-in outcome=plan process=conference:K1"]
    census = Source(carries=frozenset({"conference-held"}))
    only(ask(duty, lines, "2025-03-31", source=census), state="unknown", started_on=None, instance="conference:K1")
    assert ask(duty, lines, "2025-03-31") == []
