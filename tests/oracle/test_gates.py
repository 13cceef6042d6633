"""Steps that must not be taken before something else."""

from __future__ import annotations

from datetime import date

from goldthread.duties.event import Source
from oracle.small_pack import Asker, only


def test_a_gate_counts_since_the_status_last_began(ask: Asker) -> None:
    gate = {"code": "gate", "before": {"plan-ended": {"reason": "moved"}}, "needs": "receiving-conference-held"}
    gate |= {"within": "on-plan", "holder": "us", "strength": "should", "cites": []}
    lines = [
        "2024-01-08 conference-held type=initial outcome=plan",
        "2024-02-01 receiving-conference-held",
        "2024-03-01 plan-ended reason=no-longer-at-risk",
        "2025-01-06 conference-held type=initial outcome=plan",
        "2025-02-03 plan-ended reason=moved",
    ]
    only(ask([], lines, "2025-06-01", gates=[gate]), state="not-met", started_on="2025-02-03", due_on="2025-02-03")
    only(ask([], [*lines, "2025-02-03 receiving-conference-held"], "2025-06-01", gates=[gate]), state="met")
    census = Source(carries=frozenset({"conference-held", "plan-ended"}))
    only(ask([], lines, "2025-06-01", gates=[gate], source=census), state="unknown")


def test_a_gate_whose_need_may_lie_before_the_window_is_unknown(ask: Asker) -> None:
    gate = {"code": "gate", "before": "plan-ended", "needs": "receiving-conference-held", "within": "on-plan"}
    gate |= {"approved_by": "manager"}
    plan, end = "2025-01-06 conference-held type=initial outcome=plan", "2025-02-03 plan-ended"
    on_the_day = Source(opens=date(2025, 1, 6).toordinal())
    day_after = Source(opens=date(2025, 1, 7).toordinal())
    only(ask([], [plan, end], "2025-06-01", gates=[gate], source=on_the_day), state="not-met", holder="manager")
    only(ask([], [plan, end], "2025-06-01", gates=[gate], source=day_after), state="unknown")
    only(ask([], [end], "2025-06-01", gates=[gate], source=on_the_day), state="unknown", days_late=None)
    only(ask([], [end], "2025-06-01", gates=[gate]), state="not-met", late=False, days_late=None, ended_on=None)
