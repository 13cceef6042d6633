"""Dates, moments and numbers are said as people say them, by the clocks of England and by no clock of the machine."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldthread.ui import wording


def test_a_day_is_said_with_or_without_its_weekday() -> None:
    assert wording.day(date(2026, 3, 3)) == "3 March 2026"
    assert wording.weekday(date(2026, 3, 3)) == "Tuesday 3 March 2026"
    assert wording.month(date(2026, 3, 3)) == "March 2026"


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (datetime(2026, 1, 5, 14, 5, tzinfo=UTC), "5 January 2026 at 2:05pm"),
        (datetime(2026, 7, 5, 23, 30, tzinfo=UTC), "6 July 2026 at 12:30am"),  # summer time: the next day in England
        (datetime(2026, 7, 5, 23, 0, tzinfo=UTC), "6 July 2026 at midnight"),
        (datetime(2026, 7, 5, 11, 0, tzinfo=UTC), "5 July 2026 at midday"),
        (datetime(2026, 7, 5, 8, 0, tzinfo=UTC), "5 July 2026 at 9am"),
    ],
)
def test_a_moment_is_said_by_the_clocks_of_england(at: datetime, said: str) -> None:
    assert wording.moment(at) == said


def test_the_day_of_a_moment_is_the_day_in_england() -> None:
    assert wording.day(datetime(2026, 7, 5, 23, 30, tzinfo=UTC)) == "6 July 2026"
    assert wording.machine(datetime(2026, 7, 5, 23, 30, tzinfo=UTC)) == "2026-07-06T00:30:00+01:00"


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        wording.moment(datetime(2026, 7, 5, 23, 30))  # noqa: DTZ001  # what is refused here


@pytest.mark.parametrize(
    ("days", "said"),
    [(0, "today"), (1, "tomorrow"), (-1, "yesterday"), (3, "in 3 days"), (-2, "2 days ago"), (1200, "in 1,200 days")],
)
def test_how_far_a_day_lies_is_said_from_the_day_that_is_given(days: int, said: str) -> None:
    on = date(2026, 2, 27)
    assert wording.distance(date.fromordinal(on.toordinal() + days), on) == said


def test_what_is_not_recorded_is_said_to_be() -> None:
    for said in (wording.day, wording.weekday, wording.month, wording.moment, wording.clock):
        assert said(None) == "not recorded"


def test_things_are_counted_in_words() -> None:
    assert wording.counted(1, "duty", "duties") == "1 duty"
    assert wording.counted(0, "duty", "duties") == "0 duties"
    assert wording.counted(1204, "child", "children") == "1,204 children"
    assert wording.counted(2, "day") == "2 days"


@given(st.datetimes(min_value=datetime(1970, 1, 2), timezones=st.just(UTC)))  # noqa: DTZ001
def test_every_moment_can_be_said_and_names_its_day(at: datetime) -> None:
    assert wording.moment(at).startswith(wording.day(at))
