"""When a job is due again, by London's clock."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldthread.jobs.rules import LONDON, LONGEST_RETRY, Daily, Every, due_again

NIGHTLY = Daily(time(2, 30))
SOON = Every(timedelta(minutes=5))
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001  # bounds


@pytest.mark.parametrize(
    ("at", "due"),
    [
        (datetime(2026, 1, 5, 2, 29, tzinfo=UTC), datetime(2026, 1, 5, 2, 30, tzinfo=UTC)),
        (datetime(2026, 1, 5, 2, 30, tzinfo=UTC), datetime(2026, 1, 6, 2, 30, tzinfo=UTC)),
        (datetime(2026, 7, 5, 1, 29, tzinfo=UTC), datetime(2026, 7, 5, 1, 30, tzinfo=UTC)),
        (datetime(2026, 3, 28, 12, 0, tzinfo=UTC), datetime(2026, 3, 29, 1, 30, tzinfo=UTC)),  # clocks go forward
        (datetime(2026, 10, 24, 12, 0, tzinfo=UTC), datetime(2026, 10, 25, 2, 30, tzinfo=UTC)),  # and back
    ],
)
def test_nightly_is_by_london_s_clock(at: datetime, due: datetime) -> None:
    assert NIGHTLY.after(at) == due


@given(MOMENTS)
def test_nightly_is_once_a_day_and_never_skips_one(at: datetime) -> None:
    due = NIGHTLY.after(at)
    assert timedelta(0) < due - at <= timedelta(hours=25)
    assert due.astimezone(LONDON).time() == time(2, 30)


@given(MOMENTS, st.integers(0, 500))
def test_after_a_failure_it_is_tried_again_soon_and_then_less_often(at: datetime, failures: int) -> None:
    again = due_again(NIGHTLY, at, failures)
    assert at < again <= NIGHTLY.after(at)
    if failures:
        assert again - at <= LONGEST_RETRY
    assert due_again(SOON, at, failures) <= SOON.after(at)


def test_the_first_retry_comes_after_a_minute_and_the_next_ones_take_twice_as_long() -> None:
    at = datetime(2026, 1, 5, 12, tzinfo=UTC)
    waits = [due_again(NIGHTLY, at, failures) - at for failures in range(1, 9)]
    assert [wait.total_seconds() / 60 for wait in waits] == [1, 2, 4, 8, 16, 32, 60, 60]
