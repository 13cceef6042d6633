"""Dates of birth that may be the same are found, and why is said in words."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldthread.people.date_matching import (
    Birth,
    Known,
    Near,
    about,
    age,
    near_days,
    near_span,
    nearness,
    nearness_of_age,
)

DAYS = st.dates(date(1900, 1, 1), date(2040, 12, 31))


def exact(text: str) -> Birth:
    return Birth(date.fromisoformat(text))


@pytest.mark.parametrize(
    ("sought", "found", "near"),
    [
        ("2015-03-04", "2015-03-04", Near.SAME),
        ("2015-03-04", "2015-04-03", Near.SWAPPED),
        ("2015-03-04", "2015-03-14", Near.ONE_DIGIT),
        ("2015-03-04", "2005-03-04", Near.ONE_DIGIT),
        ("2015-03-12", "2015-03-21", Near.ADJACENT),
        ("2021-03-12", "2012-03-12", Near.ADJACENT),
        ("2015-03-12", "1915-03-12", Near.CENTURY),
        ("2015-03-12", "2015-03-28", Near.SAME_MONTH),
        ("2015-03-12", "2009-03-12", Near.OTHER_YEAR),
        ("2015-03-12", "1998-03-12", Near.OTHER_YEAR),
        ("2015-03-12", "2015-11-28", Near.SAME_YEAR),
    ],
)
def test_the_nearest_reason_is_given(sought: str, found: str, near: Near) -> None:
    said = nearness(exact(sought), exact(found))
    assert said is not None and said.near is near


def test_dates_that_have_nothing_in_common_are_not_near() -> None:
    assert nearness(exact("2015-03-12"), exact("2011-07-30")) is None


@given(DAYS, DAYS)
def test_nearness_is_the_same_both_ways(one: date, other: date) -> None:
    assert nearness(Birth(one), Birth(other)) == nearness(Birth(other), Birth(one))
    sought, found = Birth(one, Known.EXPECTED), Birth(other, Known.ESTIMATED)
    assert nearness(sought, found) == nearness(found, sought)


BIRTHS = st.builds(Birth, DAYS, st.sampled_from(Known))


@given(BIRTHS, BIRTHS, st.integers(-400, 400))
def test_whatever_is_near_is_among_the_days_to_look_up(sought: Birth, found: Birth, apart: int) -> None:
    close = Birth(sought.on + timedelta(days=apart), found.known)
    for other in (found, close, *(Birth(day) for day in near_days(sought.on))):
        said = nearness(sought, other)
        if said and said.near <= Near.SAME_MONTH:
            looked_up = other.on in near_span(sought, other.known)
            if sought.known is other.known is Known.EXACT:
                looked_up = looked_up or other.on in near_days(sought.on)
            assert looked_up


@given(DAYS)
def test_the_days_to_look_up_are_few_and_all_of_them_are_near(sought: date) -> None:
    days = near_days(sought)
    assert len(days) <= 75
    assert all(nearness(Birth(sought), Birth(day)) for day in days)


def test_a_child_born_when_a_baby_was_expected_is_found() -> None:
    expected = Birth(date(2026, 5, 1), Known.EXPECTED)
    for days, near in ((0, True), (-60, True), (20, True), (22, False), (-120, False)):
        born = Birth(date(2026, 5, 1) + timedelta(days=days))
        assert bool(nearness(expected, born)) is near, days
        assert bool(nearness(born, expected)) is near, days
        assert (born.on in near_span(expected)) is near, days


def test_an_expected_day_that_was_put_right_is_still_near() -> None:
    first, second = Birth(date(2026, 5, 1), Known.EXPECTED), Birth(date(2026, 5, 12), Known.EXPECTED)
    said = nearness(first, second)
    assert said is not None and said.words == "expected at about the same time"


def test_an_estimate_is_near_for_a_year_either_way() -> None:
    estimate = Birth(date(2015, 7, 1), Known.ESTIMATED)
    said = nearness(exact("2014-09-30"), estimate)
    assert said is not None and "estimated" in said.words
    assert nearness(exact("2013-06-29"), estimate) is None
    both = nearness(Birth(date(2015, 1, 1), Known.ESTIMATED), estimate)
    assert both is not None and both.words == "two estimated dates of birth within a year of each other"


@given(st.integers(0, 17), DAYS, st.integers(0, 366 * 20))
def test_about_an_age_means_a_year_younger_or_older(years: int, on: date, days: int) -> None:
    born = on - timedelta(days=days)
    fits = max(years - 1, 0) <= age(born, on) <= years + 1
    assert (born in about(years, on)) is fits
    assert bool(nearness_of_age(about(years, on), Birth(born))) is fits


def test_an_age_that_no_one_has_is_refused() -> None:
    with pytest.raises(ValueError, match="between 0 and 120"):
        about(121, date(2026, 1, 1))


def test_the_ends_of_the_calendar_are_no_error() -> None:
    for day in (date.min, date.max):
        assert day in near_days(day)
        for known in Known:
            near_span(Birth(day, known))
    assert date(1, 1, 1) not in about(0, date(2026, 1, 1))
