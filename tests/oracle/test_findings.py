"""Findings are compared, and their differences said."""

from __future__ import annotations

from datetime import date

from oracle.findings import KEYS, comparable, differences
from oracle.small_pack import DECIDE, Asker, only


def test_findings_can_be_sorted_and_compared(ask: Asker) -> None:
    finding = only(ask(DECIDE, ["2025-03-03 referral-received"], "2025-03-10"))
    assert tuple(finding) == KEYS
    assert comparable(finding) == comparable({**finding, "cites": ("1.1",), "due_on": date(2025, 3, 4)})
    assert comparable(finding) != comparable({**finding, "days_late": 5})
    assert sorted([comparable(finding), comparable({**finding, "recipient": "panel"})])


def test_differences_are_said_one_by_one(ask: Asker) -> None:
    lines = ["2025-03-03 referral-received id=a", "2025-03-05 referral-received id=b"]
    one = ask(DECIDE, lines, "2025-03-10")
    other = [{**one[0], "state": "running", "days_late": None}]
    assert differences(one, list(reversed(one))) == []
    assert differences(one, other) == [
        "national decide child:X1 a   2025-03-03: state oracle=overdue engine=running",
        "national decide child:X1 a   2025-03-03: days_late oracle=4 engine=null",
        "national decide child:X1 b   2025-03-05: only oracle has it, overdue",
    ]
