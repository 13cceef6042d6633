"""Marks on unusual access follow London's clock and name their reason."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from goldthread.audit.rules import MANY_RECORDS, Mark, marks, out_of_hours

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)  # a Monday


@pytest.mark.parametrize(
    ("at", "outside"),
    [
        (datetime(2026, 3, 2, 7, 0, tzinfo=UTC), False),
        (datetime(2026, 3, 2, 6, 59, tzinfo=UTC), True),
        (datetime(2026, 3, 2, 19, 59, tzinfo=UTC), False),
        (datetime(2026, 3, 2, 20, 0, tzinfo=UTC), True),
        (datetime(2026, 7, 6, 6, 0, tzinfo=UTC), False),  # 7 in summer time
        (datetime(2026, 7, 6, 19, 0, tzinfo=UTC), True),  # 8 in summer time
        (datetime(2026, 3, 7, 12, 0, tzinfo=UTC), True),  # a Saturday
        (datetime(2026, 7, 5, 23, 30, tzinfo=UTC), True),  # Monday half past midnight in London
    ],
)
def test_out_of_hours_is_by_london_s_clock(at: datetime, outside: bool) -> None:
    assert out_of_hours(at) is outside


def of(**changes: object) -> frozenset[Mark]:
    usual = {
        "at": [NOON],
        "policies": ["open-1"],
        "break_glass": [None],
        "refused": False,
        "records_in_an_hour": MANY_RECORDS,
        "same_family_name": False,
    }
    return marks(**{**usual, **changes})  # type: ignore[arg-type]  # a test may say anything


def test_a_usual_look_has_no_mark() -> None:
    assert of() == frozenset()


@pytest.mark.parametrize(
    ("changes", "mark"),
    [
        ({"at": [NOON, NOON.replace(hour=23)]}, Mark.OUT_OF_HOURS),
        ({"break_glass": [None, 4]}, Mark.NO_INVOLVEMENT),
        ({"policies": ["break-glass-open"]}, Mark.NO_INVOLVEMENT),
        ({"refused": True}, Mark.REFUSED),
        ({"records_in_an_hour": MANY_RECORDS + 1}, Mark.MANY_RECORDS),
        ({"same_family_name": True}, Mark.SAME_FAMILY_NAME),
    ],
)
def test_each_reason_has_its_mark_and_no_other(changes: dict[str, object], mark: Mark) -> None:
    assert of(**changes) == {mark}
    assert mark.words.endswith(".")
