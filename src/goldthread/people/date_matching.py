"""Dates of birth that may be the same person's: what to look for, and why a found one is near, in words."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum
from functools import lru_cache

EXPECTED_EARLY = 17 * 7
EXPECTED_LATE = 3 * 7
"""Days before and after the day on which a baby was expected within which she may have been born."""

ESTIMATE = 366
"""Days by which a date of birth that is estimated may be wrong."""

OLDEST = 120


class Known(StrEnum):
    """How well a date of birth is known."""

    EXACT = "exact"
    ESTIMATED = "estimated"
    EXPECTED = "expected"


@dataclass(frozen=True, slots=True)
class Birth:
    """A day of birth, an estimate of it, or the day on which an unborn child is expected."""

    on: date
    known: Known = Known.EXACT


class Near(IntEnum):
    """How a date is near another: the earlier in this list, the nearer."""

    SAME = 0
    SWAPPED = 1
    EXPECTED = 2
    ONE_DIGIT = 3
    ADJACENT = 4
    CENTURY = 5
    ESTIMATE = 6
    AGE = 7
    SAME_MONTH = 8
    OTHER_YEAR = 9
    SAME_YEAR = 10


@dataclass(frozen=True, slots=True)
class Nearness:
    """Why a date of birth may be the one that is sought."""

    near: Near
    words: str


@dataclass(frozen=True, slots=True)
class Span:
    """Days from `first` to `until`, half-open."""

    first: date
    until: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day < self.until


def _day(year: int, month: int, day: int) -> date | None:
    if not (1 <= year <= 9999 and 1 <= month <= 12):
        return None
    return date(year, month, day) if 1 <= day <= calendar.monthrange(year, month)[1] else None


def _years_before(on: date, years: int) -> date:
    """This will give the same day some years before; 29 February becomes 1 March, as the law counts ages."""
    return _day(on.year - years, on.month, on.day) or date(max(on.year - years, 1), 3, 1)


def swapped(on: date) -> date | None:
    """This will give the day whose day and month changed places, where there is one and it is another."""
    other = _day(on.year, on.day, on.month)
    return other if other != on else None


def _digits(on: date) -> str:
    return f"{on.year:04}{on.month:02}{on.day:02}"


def _read(digits: str) -> date | None:
    return _day(int(digits[:4]), int(digits[4:6]), int(digits[6:]))


def _one_digit_off(on: date) -> Iterator[date]:
    digits = _digits(on)
    for place in range(2, 8):  # a wrong century is a question of its own
        for digit in "0123456789":
            other = _read(digits[:place] + digit + digits[place + 1 :])
            if other and other != on:
                yield other


def _adjacent(on: date) -> Iterator[date]:
    """The days that come of two neighbouring digits of the year, of the month or of the day changing places."""
    digits = _digits(on)
    for place in (2, 4, 6):
        other = _read(digits[:place] + digits[place + 1] + digits[place] + digits[place + 2 :])
        if other and other != on:
            yield other


@lru_cache(maxsize=256)
def _slips(on: date) -> tuple[frozenset[date], frozenset[date], frozenset[date]]:
    """The days whose neighbouring digits changed places, that differ by a digit, and those of another century."""
    return frozenset(_adjacent(on)), frozenset(_one_digit_off(on)), frozenset(_other_century(on))


def _other_century(on: date) -> Iterator[date]:
    for years in (-100, 100):
        if other := _day(on.year + years, on.month, on.day):
            yield other


def near_days(sought: date) -> frozenset[date]:
    """This will give the single days to look up in an index beside the span: every slip of the pen, about sixty."""
    days = {sought, *_one_digit_off(sought), *_adjacent(sought), *_other_century(sought)}
    if other := swapped(sought):
        days.add(other)
    return frozenset(days)


def near_span(sought: Birth, found: Known = Known.EXACT) -> Span:
    """This will give the days to look up in an index of dates that are known as `found`, beside the single days."""
    if Known.ESTIMATED in (sought.known, found):
        return Span(_shifted(sought.on, -ESTIMATE), _shifted(sought.on, ESTIMATE + 1))
    if sought.known is found is Known.EXPECTED:
        return Span(_shifted(sought.on, -EXPECTED_LATE), _shifted(sought.on, EXPECTED_LATE + 1))
    if sought.known is Known.EXPECTED:
        return Span(_shifted(sought.on, -EXPECTED_EARLY), _shifted(sought.on, EXPECTED_LATE + 1))
    if found is Known.EXPECTED:
        return Span(_shifted(sought.on, -EXPECTED_LATE), _shifted(sought.on, EXPECTED_EARLY + 1))
    first = sought.on.replace(day=1)
    return Span(first, _shifted(first, calendar.monthrange(first.year, first.month)[1]))


def _shifted(on: date, days: int) -> date:
    """This will move a day without leaving the calendar, whose ends people reach by typing."""
    return date.fromordinal(min(max(on.toordinal() + days, 1), date.max.toordinal()))


def age(born: date, on: date) -> int:
    """This will give the completed years at a day; before the birth it is negative."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def about(years: int, on: date, give: int = 1) -> Span:
    """This will give the birthdays of one who is "about seven": a year younger or older counts as well.

    Refuses with ValueError an age that no one has.
    """
    if not 0 <= years <= OLDEST:
        raise ValueError(f"An age is between 0 and {OLDEST} years.")
    youngest = max(years - give, 0)
    return Span(_shifted(_years_before(on, years + give + 1), 1), _shifted(_years_before(on, youngest), 1))


def nearness(sought: Birth, found: Birth) -> Nearness | None:
    """This will say in words why two dates of birth may be one person's, or give None when they are simply different."""
    one, other = sought.on, found.on
    if sought.known is not Known.EXACT or found.known is not Known.EXACT:
        return _near_when_unsure(sought, found)
    if one == other:
        return Nearness(Near.SAME, "the same date of birth")
    if swapped(one) == other:
        return Nearness(Near.SWAPPED, "day and month of birth the other way round")
    adjacent, one_digit_off, other_century = _slips(one)
    if other in adjacent:
        return Nearness(Near.ADJACENT, "two digits of the date of birth changed places")
    if other in one_digit_off:
        return Nearness(Near.ONE_DIGIT, "one digit of the date of birth is different")
    if other in other_century:
        return Nearness(Near.CENTURY, "the same date of birth in another century")
    if (one.year, one.month) == (other.year, other.month):
        return Nearness(Near.SAME_MONTH, "born in the same month")
    if (one.month, one.day) == (other.month, other.day):
        return Nearness(Near.OTHER_YEAR, "the same birthday in another year")
    if one.year == other.year:
        return Nearness(Near.SAME_YEAR, "born in the same year")
    return None


def _near_when_unsure(sought: Birth, found: Birth) -> Nearness | None:
    if found.on not in near_span(sought, found.known):
        return None
    if Known.ESTIMATED in (sought.known, found.known):
        if sought.known is found.known:
            return Nearness(Near.ESTIMATE, "two estimated dates of birth within a year of each other")
        return Nearness(Near.ESTIMATE, "within a year of a date of birth that is estimated")
    if sought.known is not found.known:
        return Nearness(Near.EXPECTED, "born about when a baby was expected")
    if sought.on == found.on:
        return Nearness(Near.SAME, "expected on the same day")
    # An expected day is put right once or twice after the first scan.
    return Nearness(Near.EXPECTED, "expected at about the same time")


def nearness_of_age(sought: Span, found: Birth) -> Nearness | None:
    """This will say whether a date of birth fits an age that somebody gave as "about"."""
    return Nearness(Near.AGE, "the age fits") if found.on in sought else None
