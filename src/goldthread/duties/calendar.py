"""Working days in England, months and birthdays, counted in ordinals (`date.toordinal()`)."""

from __future__ import annotations

import functools
import hashlib
import json
import re
from bisect import bisect_right
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from goldthread.duties.refusal import Refused

FOLDER = Path(__file__).parent / "calendars"

FEWEST_HOLIDAYS = 8
"""England has had eight bank holidays or more in every year since 1978; a year with fewer is a year cut short."""

LATEST = date.max.toordinal()
MONTH_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
RELEASE_NAME = re.compile(r"england-\d{4}-\d{2}[a-z]?")
YEARS = re.compile(r"(\d{4})-(\d{4})")
SHA256 = re.compile(r"[0-9a-f]{64}")


class Skipped(NamedTuple):
    """A day that does not count as working: its ordinal, and Saturday, Sunday or the name of the holiday."""

    day: int
    reason: str


class WorkingDays:
    """Any day but a Saturday, a Sunday or a bank holiday of one release; every day is an ordinal.

    The release knows the days from `first` to `horizon`, both included. Outside them only weekends are left out and
    `certain` is False. An answer outside the years 1 to 9999 is Refused: clamping it would be a guess.
    """

    __slots__ = (
        "_before_first",
        "_counts",
        "_days",
        "_holidays",
        "_skipped",
        "_skipped_days",
        "_span",
        "_total",
        "first",
        "horizon",
        "release",
        "sha256",
        "source",
    )

    release: str
    sha256: str
    source: str
    first: int
    horizon: int

    def __init__(
        self, release: str, first: int, horizon: int, holidays: Mapping[int, str], source: str, sha256: str
    ) -> None:
        if not 1 <= first <= horizon <= LATEST:
            raise Refused(f"{release}: a first day, then a horizon, were expected in the years 1 to 9999.")
        for day in holidays:
            if not first <= day <= horizon:
                raise Refused(f"{release}: a holiday ({_words(day)}) lies outside the days that the release holds.")
        self.release, self.sha256, self.source = release, sha256, source
        self.first, self.horizon = first, horizon
        self._span = horizon - first + 1
        self._counts: list[int] = []  # working days from `first` to each day, that day included
        self._days: list[int] = []  # the working days themselves, in order
        self._skipped: list[Skipped] = []
        for day in range(first, horizon + 1):
            reason = _weekend(day) or holidays.get(day)
            if reason is None:
                self._days.append(day)
            else:
                self._skipped.append(Skipped(day, reason))
            self._counts.append(len(self._days))
        self._skipped_days = [skipped.day for skipped in self._skipped]
        self._total = len(self._days)
        self._before_first = _weekdays(first - 1)
        self._holidays = _weekdays(horizon) - self._before_first - self._total  # those on a Monday to Friday

    @classmethod
    def of(
        cls,
        release: str,
        first: int,
        horizon: int,
        holidays: Mapping[int, str],
        *,
        source: str = "given directly",
        sha256: str | None = None,
    ) -> WorkingDays:
        """Make a calendar from holidays {ordinal: name} within first..horizon; its hash is that of these facts."""
        if sha256 is None:
            facts = json.dumps([release, first, horizon, sorted(holidays.items())], ensure_ascii=True)
            sha256 = hashlib.sha256(facts.encode("ascii")).hexdigest()
        return cls(release, first, horizon, holidays, source, sha256)

    def __repr__(self) -> str:
        return f"<WorkingDays {self.release} {_words(self.first)} to {_words(self.horizon)}>"

    def is_working(self, day: int) -> bool:
        """Say whether the day is a working day; outside the release, whether it is a Monday to Friday."""
        return self._count(day) > self._count(day - 1)

    def after(self, day: int, n: int) -> int:
        """Give the nth working day after `day`, which is day zero itself; n is 1 or more."""
        place = day - self.first
        if n > 0 and 0 <= place < self._span:
            index = self._counts[place] + n - 1
            if index < self._total:
                return self._days[index]
        return self._nth(self._count(day) + _at_least_one(n), day, n, "after")

    def before(self, day: int, n: int) -> int:
        """Give the nth working day before `day`, counting back and leaving `day` itself out; n is 1 or more."""
        place = day - 1 - self.first
        if n > 0 and 0 <= place < self._span:
            index = self._counts[place] - n
            if index >= 0:
                return self._days[index]
        return self._nth(self._count(day - 1) - _at_least_one(n) + 1, day, n, "before")

    def between(self, a: int, b: int) -> int:
        """Count the working days after a, up to and with b; 0 where b is not after a."""
        return self._count(b) - self._count(a) if b > a else 0

    def certain(self, a: int, b: int) -> bool:
        """Say whether the release holds every day from the earlier of the two to the later."""
        if a > b:
            a, b = b, a
        return self.first <= a and b <= self.horizon

    def skipped(self, a: int, b: int) -> list[Skipped]:
        """List the days after a, up to and with b, that do not count, each with its reason; none where b <= a."""
        early = range(max(a + 1, 1), min(b + 1, self.first))
        late = range(max(a, self.horizon) + 1, min(b, LATEST) + 1)
        held = self._skipped[bisect_right(self._skipped_days, a) : bisect_right(self._skipped_days, b)]
        return _weekends(early) + held + _weekends(late)

    def _count(self, day: int) -> int:
        """Count the working days from the first day of year 1 to `day`, so that a border needs no case of its own."""
        place = day - self.first
        if place < 0:
            return _weekdays(day)
        if place < self._span:
            return self._before_first + self._counts[place]
        return _weekdays(day) - self._holidays

    def _nth(self, k: int, day: int, n: int, side: str) -> int:
        """Give the kth working day of all, the inverse of `_count`; day, n and side are for the refusal's words."""
        index = k - self._before_first - 1
        if index < 0:
            found = _weekday(k)
        elif index < self._total:
            found = self._days[index]
        else:
            found = _weekday(k + self._holidays)
        if not 1 <= found <= LATEST:
            raise Refused(
                f"{n} working {'day' if n == 1 else 'days'} {side} {_words(day)} lies outside the years 1 to 9999."
            )
        return found


def add_months(day: int, n: int) -> int:
    """Give the same day number n months later (earlier where n is negative), clamped to the end of a shorter month."""
    start = _date(day)
    year, month = divmod(start.year * 12 + start.month - 1 + n, 12)
    if not 1 <= year <= 9999:
        raise Refused(f"{n} months from {start.isoformat()} lies outside the years 1 to 9999.")
    length = 29 if month == 1 and _leap(year) else MONTH_LENGTHS[month]
    return date(year, month + 1, min(start.day, length)).toordinal()


def add_years(day: int, n: int) -> int:
    """Give the same day of the year n years later; 29 February becomes the 28th where there is none."""
    return add_months(day, 12 * n)


def birthday(born: int, age: int) -> int:
    """Give the day on which someone born on `born` reaches `age`; born on 29 February, 1 March where there is none."""
    start = _date(born)
    year = start.year + age
    if not 1 <= year <= 9999:
        raise Refused(f"The birthday at {age} of someone born on {start.isoformat()} lies outside the years 1 to 9999.")
    if start.month == 2 and start.day == 29 and not _leap(year):
        return date(year, 3, 1).toordinal()
    return start.replace(year=year).toordinal()


def releases() -> list[str]:
    """List the names of the calendar releases held, oldest first."""
    return sorted(path.stem for path in FOLDER.glob("england-*.json"))


def load(release: str | None = None) -> WorkingDays:
    """Give a release by its name, or the newest; Refused where it is not held or its file is damaged."""
    held = releases()
    if not held:
        raise Refused(f"{FOLDER}: no bank-holiday release is held here; without one no working day can be counted.")
    if release is None:
        release = held[-1]
    elif release not in held:
        raise Refused(f"The calendar release {release!r} is not held; expected one of: {', '.join(held)}.")
    return _kept(FOLDER / f"{release}.json")


@functools.cache
def _kept(path: Path) -> WorkingDays:
    return read(path)


def read(path: Path) -> WorkingDays:
    """Read the file of one release, checking every value; Refused with the file and the key where anything is amiss.

    A damaged list is never read as a list without holidays. `sha256` is that of the file's bytes.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise Refused(f"{path}: the calendar release cannot be read ({error.strerror}).") from error
    try:
        whole = json.loads(content.decode("utf-8"), object_pairs_hook=_distinct)
    except json.JSONDecodeError as error:
        raise Refused(f"{path}, line {error.lineno}: a calendar release in JSON was expected ({error.msg}).") from error
    except (ValueError, RecursionError) as error:
        raise Refused(f"{path}: not a calendar release in JSON and UTF-8 ({error}).") from error
    return _File(path).calendar(whole, hashlib.sha256(content).hexdigest())


class _File:
    """The checks on one release file, each of which names the file and the key."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def refuse(self, key: str, says: str) -> Refused:
        return Refused(f"{self.path}: {key}: {says}.")

    def calendar(self, whole: Any, sha256: str) -> WorkingDays:
        self.keys("the file", whole, {"release", "first", "horizon", "sources", "holidays"})
        release = self.text("release", whole["release"])
        if not RELEASE_NAME.fullmatch(release) or release != self.path.stem:
            raise self.refuse("release", f"{release!r}; the file's own name was expected, england-YYYY-MM")
        first, horizon = self.date("first", whole["first"]), self.date("horizon", whole["horizon"])
        if (first.month, first.day) != (1, 1):
            raise self.refuse("first", f"{first}; a 1 January was expected, as a release holds whole years")
        if (horizon.month, horizon.day) != (12, 31) or horizon < first:
            raise self.refuse("horizon", f"{horizon}; a 31 December after the first day was expected")
        source = self.sources(whole["sources"], first.year, horizon.year)
        holidays = self.holidays(whole["holidays"], first, horizon)
        return WorkingDays.of(release, first.toordinal(), horizon.toordinal(), holidays, source=source, sha256=sha256)

    def sources(self, rows: Any, first: int, last: int) -> str:
        """Check that the sources account for each year once and in order, and give them in one line."""
        parts = []
        expected = first
        for key, row in self.rows("sources", rows):
            self.keys(key, row, {"years", "from", "sha256"}, {"file", "licence"})
            words = {name: self.text(f"{key}.{name}", value) for name, value in row.items()}
            years = YEARS.fullmatch(words["years"])
            if years is None or int(years[1]) != expected or int(years[2]) < expected:
                raise self.refuse(f"{key}.years", f"{words['years']!r}; years from {expected} on were expected")
            if not SHA256.fullmatch(words["sha256"]):
                raise self.refuse(f"{key}.sha256", f"{words['sha256']!r}; 64 hexadecimal digits were expected")
            expected = int(years[2]) + 1
            parts.append(f"{words['years']}: {words['from']}")
        if expected != last + 1:
            raise self.refuse("sources", f"they end with {expected - 1}; years up to {last} were expected")
        return "; ".join(parts)

    def holidays(self, rows: Any, first: date, horizon: date) -> dict[int, str]:
        """Check that the holidays are weekdays, in order, each once, and enough of them in every year."""
        holidays: dict[int, str] = {}
        in_year = dict.fromkeys(range(first.year, horizon.year + 1), 0)
        latest: date | None = None
        for key, row in self.rows("holidays", rows):
            self.keys(key, row, {"date", "name"})
            day = self.date(f"{key}.date", row["date"])
            if not first <= day <= horizon:
                raise self.refuse(f"{key}.date", f"{day}; a day from {first} to {horizon} was expected")
            if latest is not None and day <= latest:
                raise self.refuse(f"{key}.date", f"{day}; a day after the one before it, {latest}, was expected")
            weekend = _weekend(day.toordinal())
            if weekend:
                raise self.refuse(f"{key}.date", f"{day} is a {weekend}; the weekday kept in its place was expected")
            holidays[day.toordinal()] = self.text(f"{key}.name", row["name"])
            in_year[day.year] += 1
            latest = day
        for year, number in in_year.items():
            if number < FEWEST_HOLIDAYS:
                raise self.refuse("holidays", f"{year} has {number}; at least {FEWEST_HOLIDAYS} a year were expected")
        return holidays

    def rows(self, key: str, rows: Any) -> list[tuple[str, Any]]:
        if not isinstance(rows, list) or not rows:
            raise self.refuse(key, "a list with at least one entry was expected")
        return [(f"{key}[{number}]", row) for number, row in enumerate(rows)]

    def keys(self, key: str, value: Any, needed: set[str], allowed: frozenset[str] | set[str] = frozenset()) -> None:
        if not isinstance(value, dict):
            raise self.refuse(key, f"an object with {', '.join(sorted(needed))} was expected")
        for missing in sorted(needed - value.keys()):
            raise self.refuse(key, f"{missing} is missing")
        for unknown in sorted(value.keys() - needed - allowed):
            raise self.refuse(key, f"{unknown!r} is not a key of a calendar release")

    def text(self, key: str, value: Any) -> str:
        if not isinstance(value, str) or not value or value != value.strip() or not value.isprintable():
            raise self.refuse(key, f"{value!r}; plain text was expected")
        return value

    def date(self, key: str, value: Any) -> date:
        text = self.text(key, value)
        try:
            found = date.fromisoformat(text)
        except ValueError:
            found = None
        if found is None or found.isoformat() != text:
            raise self.refuse(key, f"{text!r}; a date as 2025-03-01 was expected")
        return found


def _distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Refuse two equal keys, of which JSON would silently keep the second."""
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(f"the key {next(name for name in names if names.count(name) > 1)!r} occurs twice")
    return found


def _weekdays(day: int) -> int:
    """Count the Mondays to Fridays from ordinal 1, which is a Monday, to `day`."""
    weeks, rest = divmod(day, 7)
    return 5 * weeks + min(rest, 5)


def _weekday(k: int) -> int:
    """Give the kth Monday to Friday from ordinal 1 on, the inverse of `_weekdays`."""
    weeks, rest = divmod(k - 1, 5)
    return 7 * weeks + rest + 1


def _weekend(day: int) -> str | None:
    rest = day % 7
    return "Sunday" if rest == 0 else "Saturday" if rest == 6 else None


def _weekends(days: range) -> list[Skipped]:
    return [Skipped(day, reason) for day in days if (reason := _weekend(day))]


def _leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _at_least_one(n: int) -> int:
    if n < 1:
        raise Refused(f"{n} working days cannot be counted; 1 or more was expected.")
    return n


def _date(day: int) -> date:
    if not 1 <= day <= LATEST:
        raise Refused(f"Day {day} is no date; a day in the years 1 to 9999 was expected.")
    return date.fromordinal(day)


def _words(day: int) -> str:
    return date.fromordinal(day).isoformat() if 1 <= day <= LATEST else f"day {day}"
