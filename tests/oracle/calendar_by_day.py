"""Working days, months and birthdays counted by walking from one day to the next."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


class Holidays(NamedTuple):
    """A release of bank holidays: each day with its name, and the first and last day for which the list is complete."""

    names: dict[date, str]
    first: date
    horizon: date


def read_holidays(path: Path) -> Holidays:
    """This will read a vendored release of bank holidays as it stands in its file."""
    release = json.loads(path.read_text(encoding="utf-8"))
    names = {date.fromisoformat(line["date"]): str(line["name"]) for line in release["holidays"]}
    return Holidays(names, date.fromisoformat(release["first"]), date.fromisoformat(release["horizon"]))


class DayCounter:
    """Counts days one at a time; every day is the ordinal of a civil date."""

    def __init__(self, names: Mapping[date, str], first: date | int, horizon: date | int) -> None:
        self.holidays = {day.toordinal() for day in names}
        self.first = first if isinstance(first, int) else first.toordinal()
        self.horizon = horizon if isinstance(horizon, int) else horizon.toordinal()

    def is_working(self, day: int) -> bool:
        """This will say whether a day is neither a Saturday, a Sunday nor a bank holiday that the release holds."""
        if date.fromordinal(day).weekday() in (5, 6):
            return False
        return not (self.first <= day <= self.horizon and day in self.holidays)

    def after(self, day: int, count: int) -> int:
        """This will walk forward from a day, which is day zero, to the count-th working day after it."""
        while count > 0:
            day += 1
            if self.is_working(day):
                count -= 1
        return day

    def before(self, day: int, count: int) -> int:
        """This will walk backward from a day, which is not counted, to the count-th working day before it."""
        while count > 0:
            day -= 1
            if self.is_working(day):
                count -= 1
        return day

    def between(self, earlier: int, later: int) -> int:
        """This will count the working days after the one day up to and including the other."""
        count = 0
        while earlier < later:
            earlier += 1
            if self.is_working(earlier):
                count += 1
        return count

    def certain(self, one: int, other: int) -> bool:
        """This will say whether every day from the one to the other lies within the release."""
        return self.first <= min(one, other) and max(one, other) <= self.horizon


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def months_after(day: int, count: int) -> int:
    """This will walk month by month and then down to the last day that the month has."""
    start = date.fromordinal(day)
    year, month, number = start.year, start.month, start.day
    for _ in range(count):
        month += 1
        if month == 13:
            year, month = year + 1, 1
    while not _exists(year, month, number):
        number -= 1
    return date(year, month, number).toordinal()


def day_of_year(said: str, year: int) -> int:
    """This will find a day of every year, as `30 September` says it, in one year."""
    number, month = said.split()
    return date(year, MONTHS.index(month) + 1, int(number)).toordinal()


def birthday(born: int, age: int) -> int:
    """This will find the day on which an age is reached; who was born on 29 February waits for 1 March."""
    start = date.fromordinal(born)
    if _exists(start.year + age, start.month, start.day):
        return date(start.year + age, start.month, start.day).toordinal()
    return date(start.year + age, 3, 1).toordinal()
