"""What counts as a working day, and what a limit of days, months or years falls on."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from goldthread.duties import calendar
from goldthread.duties.calendar import Skipped, WorkingDays
from goldthread.duties.refusal import Refused

ENGLAND = calendar.load()
FIRST, HORIZON = ENGLAND.first, ENGLAND.horizon
HOLIDAYS = {s.day: s.reason for s in ENGLAND.skipped(FIRST - 1, HORIZON) if s.day % 7 not in (0, 6)}
BORDERS = [FIRST - 1, FIRST, FIRST + 1, HORIZON - 1, HORIZON, HORIZON + 1]

near_borders = st.one_of(*(st.integers(border - 30, border + 30) for border in (FIRST, HORIZON)))
days = st.one_of(st.integers(FIRST - 800, HORIZON + 800), near_borders)
numbers = st.integers(1, 300)


def day(text: str) -> int:
    return date.fromisoformat(text).toordinal()


def words(ordinal: int) -> str:
    return date.fromordinal(ordinal).isoformat()


def works(ordinal: int) -> bool:
    """The slow way: by the date's own weekday and the list of holidays."""
    return date.fromordinal(ordinal).weekday() < 5 and ordinal not in HOLIDAYS


def walk(start: int, n: int, step: int) -> int:
    """The slow way: one day after another until n of them were working days."""
    current = start
    while n:
        current += step
        n -= works(current)
    return current


# Facts worked by hand


def test_from_a_saturday_monday_is_day_one() -> None:
    assert date(2025, 3, 1).strftime("%A") == "Saturday"
    assert words(ENGLAND.after(day("2025-03-01"), 1)) == "2025-03-03"


def test_the_day_itself_is_day_zero() -> None:
    assert words(ENGLAND.after(day("2025-03-04"), 1)) == "2025-03-05"
    assert words(ENGLAND.before(day("2025-03-04"), 1)) == "2025-03-03"


def test_45_working_days_over_easter_and_early_may_end_on_7_may_2025() -> None:
    start = day("2025-03-01")
    assert words(ENGLAND.after(start, 45)) == "2025-05-07"
    named = [(words(s.day), s.reason) for s in ENGLAND.skipped(start, day("2025-05-07")) if s.day in HOLIDAYS]
    assert named == [
        ("2025-04-18", "Good Friday"),
        ("2025-04-21", "Easter Monday"),
        ("2025-05-05", "Early May bank holiday"),
    ]


def test_seven_working_days_before_a_publication_after_easter_is_counted_back_over_it() -> None:
    assert words(ENGLAND.before(day("2025-04-25"), 7)) == "2025-04-14"


@pytest.mark.parametrize(
    ("holiday", "name"),
    [
        ("1998-12-28", "Boxing Day (substitute day)"),
        ("1999-12-31", "Millennium Eve"),
        ("2002-06-03", "Queen’s Golden Jubilee"),
        ("2002-06-04", "Spring bank holiday"),
        ("2011-04-29", "Wedding of Prince William and Catherine Middleton"),
        ("2012-06-05", "Queen’s Diamond Jubilee (extra bank holiday)"),
        ("2020-05-08", "Early May bank holiday (VE day)"),
        ("2022-06-02", "Spring bank holiday"),
        ("2022-06-03", "Platinum Jubilee bank holiday"),
        ("2022-09-19", "Bank Holiday for the State Funeral of Queen Elizabeth II"),
        ("2022-12-27", "Christmas Day (substitute day)"),
        ("2023-05-08", "Bank holiday for the coronation of King Charles III"),
        ("2028-01-03", "New Year’s Day (substitute day)"),
    ],
)
def test_a_moved_or_special_holiday_is_skipped_by_its_name(holiday: str, name: str) -> None:
    assert not ENGLAND.is_working(day(holiday))
    assert ENGLAND.skipped(day(holiday) - 1, day(holiday)) == [Skipped(day(holiday), name)]


@pytest.mark.parametrize(
    "usual", ["2002-05-27", "2012-05-28", "2020-05-04", "2022-05-30", "2024-03-18", "2020-06-05", "2018-08-06"]
)
def test_a_day_whose_holiday_moved_or_is_only_elsewhere_is_a_working_day(usual: str) -> None:
    assert ENGLAND.is_working(day(usual))


def test_skipped_names_saturdays_and_sundays_in_order() -> None:
    skipped = ENGLAND.skipped(day("2025-04-16"), day("2025-04-21"))
    assert [(words(s.day), s.reason) for s in skipped] == [
        ("2025-04-18", "Good Friday"),
        ("2025-04-19", "Saturday"),
        ("2025-04-20", "Sunday"),
        ("2025-04-21", "Easter Monday"),
    ]


def test_a_holiday_that_falls_on_a_sunday_is_shown_as_a_sunday() -> None:
    sunday = day("2025-03-02")
    calendar_with = WorkingDays.of("made", sunday - 10, sunday + 10, {sunday: "Mothering Sunday"})
    assert calendar_with.skipped(sunday - 1, sunday) == [Skipped(sunday, "Sunday")]
    assert calendar_with.between(sunday - 7, sunday) == 5


# The whole range, and beyond it


def test_the_release_agrees_with_a_loop_day_by_day_over_the_whole_range_and_both_borders() -> None:
    low, high = FIRST - 100, HORIZON + 100
    working = [current for current in range(low - 20, high + 21) if works(current)]
    place = 0
    for current in range(low, high):
        assert ENGLAND.is_working(current) == works(current), words(current)
        while working[place] <= current:
            place += 1
        assert ENGLAND.after(current, 1) == working[place]
        assert ENGLAND.after(current, 10) == working[place + 9]
        first_before = place - 1 - works(current)
        assert ENGLAND.before(current, 1) == working[first_before]
        assert ENGLAND.before(current, 10) == working[first_before - 9]


@given(days, numbers)
def test_after_and_before_agree_with_a_walk(start: int, n: int) -> None:
    assert ENGLAND.after(start, n) == walk(start, n, 1)
    assert ENGLAND.before(start, n) == walk(start, n, -1)


@given(days, numbers)
def test_exactly_n_working_days_lie_between_and_the_last_is_one(start: int, n: int) -> None:
    due = ENGLAND.after(start, n)
    assert ENGLAND.is_working(due)
    assert ENGLAND.between(start, due) == n
    assert sum(works(current) for current in range(start + 1, due + 1)) == n


@given(days, numbers)
def test_counting_back_mirrors_counting_on(start: int, n: int) -> None:
    back = ENGLAND.before(start, n)
    assert ENGLAND.is_working(back)
    assert ENGLAND.between(back - 1, start - 1) == n
    # From the nth day before, n days on is the first working day that is not before the start.
    assert ENGLAND.after(back, n) == ENGLAND.after(start - 1, 1)


@given(days, days)
def test_days_between_are_the_working_ones_and_the_others_are_skipped(a: int, b: int) -> None:
    inside = range(a + 1, b + 1)
    skipped = ENGLAND.skipped(a, b)
    assert [s.day for s in skipped] == [current for current in inside if not works(current)]
    assert ENGLAND.between(a, b) == len(inside) - len(skipped)
    for s in skipped:
        weekday = date.fromordinal(s.day).strftime("%A")
        assert s.reason == (weekday if weekday in ("Saturday", "Sunday") else HOLIDAYS[s.day])


@given(days, days)
@example(FIRST, HORIZON)
@example(FIRST - 1, HORIZON)
@example(FIRST, HORIZON + 1)
def test_past_either_end_an_answer_is_never_certain(a: int, b: int) -> None:
    inside = all(FIRST <= current <= HORIZON for current in (a, b))
    assert ENGLAND.certain(a, b) == ENGLAND.certain(b, a) == inside


def test_past_the_horizon_christmas_day_is_only_a_weekday_and_nothing_claims_more() -> None:
    christmas = day("2029-12-25")
    assert date.fromordinal(christmas).strftime("%A") == "Tuesday"
    assert ENGLAND.is_working(christmas)
    assert not ENGLAND.certain(christmas, christmas)
    due = ENGLAND.after(day("2028-12-22"), 10)
    assert words(due) == "2029-01-09"  # 1 January 2029 is counted: the release does not hold it
    assert not ENGLAND.certain(day("2028-12-22"), due)


def test_before_the_first_day_only_weekends_are_left_out() -> None:
    assert words(ENGLAND.after(day("1970-12-24"), 1)) == "1970-12-25"
    assert words(ENGLAND.after(day("1997-12-31"), 1)) == "1998-01-02"
    assert words(ENGLAND.before(day("1998-01-02"), 1)) == "1997-12-31"
    assert not ENGLAND.certain(day("1997-12-31"), day("1998-01-02"))


@given(
    st.dictionaries(st.integers(1000, 1200), st.just("a holiday"), max_size=20),
    st.integers(1000, 1200),
    st.integers(950, 1250),
    st.integers(1, 60),
)
def test_one_more_holiday_never_makes_a_forward_date_earlier_nor_a_backward_one_later(
    holidays: dict[int, str], extra: int, start: int, n: int
) -> None:
    fewer = WorkingDays.of("made", 1000, 1200, holidays)
    more = WorkingDays.of("made", 1000, 1200, holidays | {extra: "one more"})
    assert more.after(start, n) >= fewer.after(start, n)
    assert more.before(start, n) <= fewer.before(start, n)
    assert more.between(start, start + n) <= fewer.between(start, start + n)


@given(
    st.dictionaries(st.integers(1000, 1060), st.just("a holiday"), max_size=61),
    st.integers(970, 1090),
    st.integers(1, 40),
)
def test_even_a_calendar_full_of_holidays_counts_as_a_walk_does(holidays: dict[int, str], start: int, n: int) -> None:
    made = WorkingDays.of("made", 1000, 1060, holidays)

    def working(ordinal: int) -> bool:
        return date.fromordinal(ordinal).weekday() < 5 and ordinal not in holidays

    on = [current for current in range(start + 1, start + 200) if working(current)]
    back = [current for current in range(start - 1, start - 200, -1) if working(current)]
    assert made.after(start, n) == on[n - 1]
    assert made.before(start, n) == back[n - 1]


# Where there is no answer


@pytest.mark.parametrize("n", [0, -1, -45])
@pytest.mark.parametrize("start", [*BORDERS, FIRST + 1000])
def test_fewer_than_one_working_day_is_refused(start: int, n: int) -> None:
    for count in (ENGLAND.after, ENGLAND.before):
        with pytest.raises(Refused, match=f"{n} working days cannot be counted; 1 or more was expected"):
            count(start, n)


def test_a_working_day_after_the_year_9999_or_before_the_year_1_is_refused_with_a_sentence() -> None:
    with pytest.raises(Refused, match="1 working day after 9999-12-31 lies outside the years 1 to 9999"):
        ENGLAND.after(date.max.toordinal(), 1)
    with pytest.raises(Refused, match="2 working days before 0001-01-02 lies outside the years 1 to 9999"):
        ENGLAND.before(date(1, 1, 2).toordinal(), 2)
    assert ENGLAND.before(date(1, 1, 2).toordinal(), 1) == 1
    assert words(ENGLAND.after(date.max.toordinal() - 1, 1)) == "9999-12-31"


def test_months_and_birthdays_beyond_the_last_year_are_refused_with_a_sentence() -> None:
    with pytest.raises(Refused, match="3 months from 9999-11-30 lies outside"):
        calendar.add_months(day("9999-11-30"), 3)
    with pytest.raises(Refused, match="-1 months from 0001-01-31 lies outside"):
        calendar.add_months(day("0001-01-31"), -1)
    with pytest.raises(Refused, match="birthday at 18 of someone born on 9990-01-01 lies outside"):
        calendar.birthday(day("9990-01-01"), 18)
    with pytest.raises(Refused, match="Day 0 is no date"):
        calendar.add_months(0, 1)
    with pytest.raises(Refused, match="is no date"):
        calendar.birthday(date.max.toordinal() + 1, 1)


@given(st.integers(-5000, date.max.toordinal() + 5000), st.integers(-(10**6), 10**7))
def test_no_day_and_no_number_raises_anything_but_a_refusal(start: int, n: int) -> None:
    for count in (ENGLAND.after, ENGLAND.before, calendar.add_months, calendar.add_years, calendar.birthday):
        try:
            found = count(start, n)
        except Refused:
            continue
        assert 1 <= found <= date.max.toordinal()


def test_days_that_are_no_dates_are_not_listed_as_skipped() -> None:
    last = date.max.toordinal()
    assert all(1 <= s.day <= last for s in ENGLAND.skipped(-20, 20) + ENGLAND.skipped(last - 20, last + 20))
    assert len(ENGLAND.skipped(-20, 14)) == 4


def test_a_calendar_whose_holiday_lies_outside_it_is_refused() -> None:
    with pytest.raises(Refused, match=r"a holiday \(2031-01-01\) lies outside the days"):
        WorkingDays.of("made", FIRST, HORIZON, {day("2031-01-01"): "New Year’s Day"})
    with pytest.raises(Refused, match="a first day, then a horizon"):
        WorkingDays.of("made", HORIZON, FIRST, {})


def test_two_calendars_that_differ_in_one_holiday_never_share_a_hash() -> None:
    fewer = WorkingDays.of("made", FIRST, HORIZON, HOLIDAYS)
    more = WorkingDays.of("made", FIRST, HORIZON, HOLIDAYS | {day("2025-06-02"): "one more"})
    assert fewer.sha256 == WorkingDays.of("made", FIRST, HORIZON, dict(reversed(HOLIDAYS.items()))).sha256
    assert len({fewer.sha256, more.sha256, ENGLAND.sha256}) == 3


# Months, years and ages


@pytest.mark.parametrize(
    ("start", "n", "end"),
    [
        ("2025-01-15", 3, "2025-04-15"),
        ("2025-01-31", 1, "2025-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2023-11-30", 3, "2024-02-29"),
        ("2024-08-31", 6, "2025-02-28"),
        ("2025-10-31", 6, "2026-04-30"),
        ("2025-02-28", 6, "2025-08-28"),
        ("2025-12-01", 1, "2026-01-01"),
        ("2025-03-31", -1, "2025-02-28"),
        ("1999-12-31", 2, "2000-02-29"),
        ("2099-12-31", 2, "2100-02-28"),
        ("2024-09-25", 3, "2024-12-25"),
    ],
)
def test_months_keep_the_day_number_or_take_the_end_of_a_shorter_month(start: str, n: int, end: str) -> None:
    assert words(calendar.add_months(day(start), n)) == end


def test_months_do_not_roll_to_a_working_day() -> None:
    end = calendar.add_months(day("2025-01-19"), 3)
    assert words(end) == "2025-04-19"
    assert not ENGLAND.is_working(end)


@given(st.dates(date(1, 1, 1), date(9000, 12, 31)), st.integers(0, 240))
def test_months_never_go_past_the_end_of_the_nth_month_and_clamp_only_where_they_must(start: date, n: int) -> None:
    end = date.fromordinal(calendar.add_months(start.toordinal(), n))
    assert end.year * 12 + end.month == start.year * 12 + start.month + n
    assert end.day <= start.day
    if end.day < start.day:
        assert (end + timedelta(days=1)).day == 1


@given(
    st.dates(date(1900, 1, 1), date(2100, 12, 31)), st.dates(date(1900, 1, 1), date(2100, 12, 31)), st.integers(0, 60)
)
def test_a_later_start_never_has_an_earlier_end_in_months(a: date, b: date, n: int) -> None:
    early, late = sorted((a.toordinal(), b.toordinal()))
    assert calendar.add_months(early, n) <= calendar.add_months(late, n)


def test_years_are_clamped_but_an_age_is_not() -> None:
    leap_day = day("2008-02-29")
    assert words(calendar.add_years(leap_day, 18)) == "2026-02-28"
    assert words(calendar.birthday(leap_day, 18)) == "2026-03-01"
    assert words(calendar.birthday(leap_day, 4)) == "2012-02-29"
    assert words(calendar.birthday(day("2008-02-28"), 18)) == "2026-02-28"
    assert words(calendar.birthday(day("2096-02-29"), 4)) == "2100-03-01"
    assert words(calendar.add_years(day("2025-03-01"), 3)) == "2028-03-01"


@given(st.dates(date(1, 1, 1), date(9800, 12, 31)), st.integers(0, 120))
def test_a_birthday_is_the_first_day_on_which_the_age_is_reached(born: date, age: int) -> None:
    found = date.fromordinal(calendar.birthday(born.toordinal(), age))

    def years(on: date) -> int:
        return on.year - born.year - ((on.month, on.day) < (born.month, born.day))

    assert years(found) == age
    if found > date.min:
        assert years(found - timedelta(days=1)) == age - 1
