"""A release is a file that is read whole or refused, never changes, and can be made again from its sources."""

from __future__ import annotations

import hashlib
import importlib.util
import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from goldthread.duties import calendar
from goldthread.duties.refusal import Refused

ROOT = Path(__file__).parents[2]
NAME = "england-2026-02"
FILE = calendar.FOLDER / f"{NAME}.json"
TABLE = calendar.FOLDER / "reviewed-1998-2011.csv"

# A receipt names a release by its hash, so a file that was once published stays as it is, byte for byte.
PUBLISHED = {NAME: "8b14fd0bfd892474f838ba5170f320534ee81da6da4b6b0ebc2cdfdd86947a94"}

Release = dict[str, Any]


def facts() -> Release:
    release: Release = json.loads(FILE.read_text(encoding="utf-8"))
    return release


def write(folder: Path, release: Any, name: str = NAME) -> Path:
    path = folder / f"{name}.json"
    path.write_text(json.dumps(release), encoding="utf-8")
    return path


def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_calendar_release", ROOT / "tools/make_calendar_release.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


# The releases held


def test_every_release_held_is_published_and_unchanged() -> None:
    assert {name: calendar.load(name).sha256 for name in calendar.releases()} == PUBLISHED
    for name, sha256 in PUBLISHED.items():
        assert hashlib.sha256((calendar.FOLDER / f"{name}.json").read_bytes()).hexdigest() == sha256


def test_the_readme_beside_the_releases_tells_the_hash_of_each() -> None:
    readme = (calendar.FOLDER / "README.md").read_text(encoding="utf-8")
    for name, sha256 in PUBLISHED.items():
        assert any(name in line and sha256 in line for line in readme.splitlines())


def test_the_newest_release_is_the_default_and_is_read_once() -> None:
    newest = calendar.load()
    assert newest.release == calendar.releases()[-1]
    assert calendar.load(newest.release) is newest


def test_the_release_covers_1998_to_2028_and_says_where_it_comes_from() -> None:
    england = calendar.load(NAME)
    assert (date.fromordinal(england.first), date.fromordinal(england.horizon)) == (
        date(1998, 1, 1),
        date(2028, 12, 31),
    )
    assert england.source.startswith("1998-2011: table of this project")
    assert england.source.endswith("2012-2028: govuk-bank-holidays 0.19, england-and-wales")


def test_a_release_that_is_not_held_is_refused_with_those_that_are() -> None:
    for name in ("england-1066-10", "../calendars/england-2026-02", "", "England-2026-02"):
        with pytest.raises(Refused, match=r"is not held; expected one of: england-2026-02"):
            calendar.load(name)


def test_an_empty_folder_is_refused_and_is_not_a_country_without_holidays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calendar, "FOLDER", tmp_path)
    with pytest.raises(Refused, match="no bank-holiday release is held"):
        calendar.load()


def test_the_name_of_a_release_says_its_age(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("england-2027-01", "england-2026-11b", "england-2026-11"):
        write(tmp_path, facts() | {"release": name}, name)
    monkeypatch.setattr(calendar, "FOLDER", tmp_path)
    assert calendar.releases() == ["england-2026-11", "england-2026-11b", "england-2027-01"]
    assert calendar.load().release == "england-2027-01"


def test_the_hash_is_that_of_the_bytes(tmp_path: Path) -> None:
    path = write(tmp_path, facts())
    read = calendar.read(path)
    assert read.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert read.sha256 != calendar.load(NAME).sha256
    assert read.skipped(read.first, read.horizon) == calendar.load(NAME).skipped(read.first, read.horizon)


# Damage


def without(*keys: str) -> Callable[[Release], None]:
    def damage(release: Release) -> None:
        for key in keys:
            del release[key]

    return damage


def value(key: str, new: Any) -> Callable[[Release], None]:
    def damage(release: Release) -> None:
        release[key] = new

    return damage


def holiday(place: int, **new: Any) -> Callable[[Release], None]:
    def damage(release: Release) -> None:
        release["holidays"][place] |= new

    return damage


def source(place: int, **new: Any) -> Callable[[Release], None]:
    def damage(release: Release) -> None:
        release["sources"][place] |= new

    return damage


def swapped(release: Release) -> None:
    rows = release["holidays"]
    rows[3], rows[4] = rows[4], rows[3]


def twice(release: Release) -> None:
    release["holidays"].insert(6, release["holidays"][5])


def a_year_lost(release: Release) -> None:
    release["holidays"] = [row for row in release["holidays"] if not row["date"].startswith("2007")]


def a_day_lost(release: Release) -> None:
    release["holidays"] = [row for row in release["holidays"] if row["date"] != "2024-03-29"]


def cut_short(release: Release) -> None:
    release["holidays"] = release["holidays"][:100]


def a_source_lost(release: Release) -> None:
    del release["sources"][1]


def a_stray_key_in_a_row(release: Release) -> None:
    release["holidays"][2]["bunting"] = True


def no_name(release: Release) -> None:
    del release["holidays"][2]["name"]


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        (without("holidays"), "the file: holidays is missing"),
        (without("sources"), "the file: sources is missing"),
        (value("bunting", True), "the file: 'bunting' is not a key of a calendar release"),
        (value("holidays", []), "holidays: a list with at least one entry"),
        (value("holidays", None), "holidays: a list with at least one entry"),
        (value("holidays", {"2025-01-01": "New Year"}), "holidays: a list with at least one entry"),
        (value("release", "england-2026-03"), "release: 'england-2026-03'; the file's own name was expected"),
        (value("release", 5), "release: 5; plain text was expected"),
        (value("first", "1998-01-02"), "first: 1998-01-02; a 1 January was expected"),
        (value("first", "1998"), "first: '1998'; a date as 2025-03-01 was expected"),
        (value("first", "1997-01-01"), r"sources\[0\].years: '1998-2011'; years from 1997 on were expected"),
        (value("horizon", "2028-11-30"), "horizon: 2028-11-30; a 31 December"),
        (value("horizon", "1990-12-31"), "horizon: 1990-12-31; a 31 December after the first day"),
        (value("horizon", "2029-12-31"), "sources: they end with 2028; years up to 2029 were expected"),
        (source(1, years="2013-2028"), r"sources\[1\].years: '2013-2028'; years from 2012 on were expected"),
        (source(1, years="2012 to 2028"), r"sources\[1\].years"),
        (source(0, sha256="unknown"), r"sources\[0\].sha256: 'unknown'; 64 hexadecimal digits"),
        (source(0, url="none"), r"sources\[0\]: 'url' is not a key"),
        (a_source_lost, "sources: they end with 2011; years up to 2028"),
        (swapped, r"holidays\[4\].date: 1998-05-04; a day after the one before it, 1998-05-25"),
        (twice, r"holidays\[6\].date: 1998-08-31; a day after the one before it, 1998-08-31"),
        (a_year_lost, "holidays: 2007 has 0; at least 8 a year were expected"),
        (a_day_lost, "holidays: 2024 has 7; at least 8 a year were expected"),
        (cut_short, "holidays: 2010 has 2; at least 8"),
        (holiday(0, date="1997-12-25"), r"holidays\[0\].date: 1997-12-25; a day from 1998-01-01 to 2028-12-31"),
        (holiday(7, date="1998-12-26"), r"holidays\[7\].date: 1998-12-26 is a Saturday; the weekday kept"),
        (holiday(0, date="1998-13-01"), r"holidays\[0\].date: '1998-13-01'; a date as 2025-03-01"),
        (holiday(0, date="19980101"), r"holidays\[0\].date: '19980101'; a date as 2025-03-01"),
        (holiday(0, date=19980101), r"holidays\[0\].date: 19980101; plain text was expected"),
        (holiday(0, date=None), r"holidays\[0\].date: None; plain text was expected"),
        (holiday(0, name=""), r"holidays\[0\].name: ''; plain text was expected"),
        (holiday(0, name="New\nYear"), r"holidays\[0\].name"),
        (a_stray_key_in_a_row, r"holidays\[2\]: 'bunting' is not a key"),
        (no_name, r"holidays\[2\]: name is missing"),
    ],
)
def test_a_damaged_release_is_refused_with_file_and_key(
    tmp_path: Path, damage: Callable[[Release], None], says: str
) -> None:
    release = facts()
    calendar.read(write(tmp_path, release))  # sound before the damage
    damage(release)
    path = write(tmp_path, release)
    with pytest.raises(Refused, match=says) as refused:
        calendar.read(path)
    assert str(path) in str(refused.value)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "line 1: a calendar release in JSON was expected"),
        (b'{"release": "england-2026-02",\n "first"', "line 2: a calendar release in JSON was expected"),
        (b"[]", "the file: an object with first, holidays, horizon, release, sources was expected"),
        (b"null", "the file: an object"),
        (b'{"release": "\xff"}', "not a calendar release in JSON and UTF-8"),
        (b'{"first": "1998-01-01", "first": "1999-01-01"}', "the key 'first' occurs twice"),
        (b"[" * 200_000, "not a calendar release in JSON and UTF-8"),
    ],
)
def test_a_file_that_is_not_a_release_at_all_is_refused(tmp_path: Path, content: bytes, says: str) -> None:
    path = tmp_path / f"{NAME}.json"
    path.write_bytes(content)
    with pytest.raises(Refused, match=says) as refused:
        calendar.read(path)
    assert str(path) in str(refused.value)


def test_a_file_cut_off_anywhere_is_refused(tmp_path: Path) -> None:
    content = FILE.read_bytes()
    path = tmp_path / f"{NAME}.json"
    for length in range(0, len(content.rstrip()), 397):
        path.write_bytes(content[:length])
        with pytest.raises(Refused):
            calendar.read(path)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"england-2026-02.json: the calendar release cannot be read \(No such file"):
        calendar.read(tmp_path / f"{NAME}.json")


# The table before 2012


def easter(year: int) -> date:
    """Easter Sunday by the Gregorian computus (golden number, epact, then the Sunday after the full moon)."""
    golden = year % 19 + 1
    century = year // 100 + 1
    dropped_leap_days = 3 * century // 4 - 12
    moon_correction = (8 * century + 5) // 25 - 5
    sunday = 5 * year // 4 - dropped_leap_days - 10
    epact = (11 * golden + 20 + moon_correction - dropped_leap_days) % 30
    if epact == 24 or (epact == 25 and golden > 11):
        epact += 1
    full_moon = 44 - epact
    if full_moon < 21:
        full_moon += 30
    return date(year, 3, 1) + timedelta(days=full_moon + 7 - (sunday + full_moon) % 7 - 1)


def mondays(year: int, month: int) -> list[date]:
    days = [date(year, month, number) for number in range(1, 32) if month != 6 or number < 31]
    return [day for day in days if day.weekday() == 0]


def by_the_rules(year: int) -> set[date]:
    """The eight days of an ordinary year, each moved to the next free weekday where it falls on a weekend."""
    found = {easter(year) - timedelta(days=2), easter(year) + timedelta(days=1)}
    found |= {mondays(year, 5)[0], mondays(year, 5)[-1], mondays(year, 8)[-1]}
    fixed = [date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)]
    found |= {day for day in fixed if day.weekday() < 5}
    for day in (day for day in fixed if day.weekday() >= 5):
        moved = day
        while moved.weekday() >= 5 or moved in found:
            moved += timedelta(days=1)
        found.add(moved)
    return found


# What differs from the rules: the days added and the days taken away, each by a proclamation or announcement.
SPECIAL: dict[int, tuple[set[date], set[date]]] = {
    1999: ({date(1999, 12, 31)}, set()),
    2002: ({date(2002, 6, 3), date(2002, 6, 4)}, {date(2002, 5, 27)}),
    2011: ({date(2011, 4, 29)}, set()),
    2012: ({date(2012, 6, 4), date(2012, 6, 5)}, {date(2012, 5, 28)}),
    2020: ({date(2020, 5, 8)}, {date(2020, 5, 4)}),
    2022: ({date(2022, 6, 2), date(2022, 6, 3), date(2022, 9, 19)}, {date(2022, 5, 30)}),
    2023: ({date(2023, 5, 8)}, set()),
}


@pytest.mark.parametrize(
    ("year", "sunday"), [(1998, (4, 12)), (2000, (4, 23)), (2008, (3, 23)), (2011, (4, 24)), (2025, (4, 20))]
)
def test_easter_is_computed_as_it_was_kept(year: int, sunday: tuple[int, int]) -> None:
    assert easter(year) == date(year, *sunday)


@pytest.mark.parametrize("year", range(1998, 2029))
def test_each_year_follows_the_rules_but_for_the_special_days(year: int) -> None:
    added, taken = SPECIAL.get(year, (set(), set()))
    held = {date.fromisoformat(row["date"]) for row in facts()["holidays"] if row["date"].startswith(str(year))}
    assert taken <= by_the_rules(year)
    assert not added & by_the_rules(year)
    assert held == (by_the_rules(year) - taken) | added


# Making a release


def official(folder: Path, since: int = 2012, extra: list[tuple[str, str]] | None = None) -> Path:
    """Write a list in the official form from the release's own rows, with further holidays."""
    rows = [(row["date"], row["name"]) for row in facts()["holidays"] if int(row["date"][:4]) >= since]
    events = [{"title": name, "date": day, "notes": "", "bunting": True} for day, name in sorted(rows + (extra or []))]
    path = folder / "bank-holidays.json"
    path.write_text(json.dumps({"england-and-wales": {"events": events}}), encoding="utf-8")
    return path


def make(folder: Path, name: str, *, listed: Path, earlier: Path = TABLE) -> int:
    given = [name, "--official", str(listed), "--from", "a list made by a test", "--earlier", str(earlier)]
    result: int = tool().main([*given, "-o", str(folder)])
    return result


def test_the_release_can_be_made_again_byte_for_byte(tmp_path: Path) -> None:
    package = pytest.importorskip("govuk_bank_holidays", reason="a witness of the test extra is not installed")
    listed = Path(package.__file__).parent / "bank-holidays.json"
    recorded = facts()["sources"][1]
    if hashlib.sha256(listed.read_bytes()).hexdigest() != recorded["sha256"]:
        pytest.skip("the installed official list is another one than the release was made from")
    arguments = [NAME, "--official", str(listed), "--from", recorded["from"], "--earlier", str(TABLE)]
    assert tool().main([*arguments, "-o", str(tmp_path)]) == 0
    assert (tmp_path / f"{NAME}.json").read_bytes() == FILE.read_bytes()


def test_the_table_is_the_one_whose_hash_the_release_records() -> None:
    assert hashlib.sha256(TABLE.read_bytes()).hexdigest() == facts()["sources"][0]["sha256"]


def test_a_holiday_announced_late_is_a_new_release_that_names_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / FILE.name).write_bytes(FILE.read_bytes())
    listed = official(tmp_path, extra=[("2027-06-07", "A day of national celebration")])
    assert make(tmp_path, "england-2026-12", listed=listed) == 0
    said = capsys.readouterr().out
    assert "+ 2027-06-07 A day of national celebration" in said
    assert "horizon 2028-12-31 -> 2028-12-31" in said
    old, new = calendar.load(NAME), calendar.read(tmp_path / "england-2026-12.json")
    start = date(2027, 6, 4).toordinal()
    assert date.fromordinal(old.after(start, 1)) == date(2027, 6, 7)
    assert date.fromordinal(new.after(start, 1)) == date(2027, 6, 8)
    assert new.sha256 != old.sha256


def test_years_that_the_official_list_dropped_come_from_an_earlier_release(tmp_path: Path) -> None:
    listed = official(tmp_path, since=2019)
    assert make(tmp_path, "england-2026-12", listed=listed, earlier=FILE) == 0
    made = calendar.read(tmp_path / "england-2026-12.json")
    old = calendar.load(NAME)
    assert made.skipped(made.first - 1, made.horizon) == old.skipped(old.first - 1, old.horizon)
    assert made.source == "1998-2018: release england-2026-02; 2019-2028: a list made by a test"


def test_the_horizon_is_the_last_year_that_the_official_list_holds_completely(tmp_path: Path) -> None:
    listed = official(tmp_path, extra=[("2029-01-01", "New Year’s Day"), ("2029-03-30", "Good Friday")])
    assert make(tmp_path, "england-2026-12", listed=listed) == 0
    assert date.fromordinal(calendar.read(tmp_path / "england-2026-12.json").horizon) == date(2028, 12, 31)


@pytest.mark.parametrize(
    ("name", "since", "extra", "says"),
    [
        ("england-2026-12", 2012, [("2027-06-05", "On a Saturday")], "2027-06-05 is a Saturday"),
        ("england-december", 2012, [], "england-YYYY-MM"),
        ("england-2026-12", 2019, [], "expected to hold 2018, the year before the official list"),
        ("england-2026-12", 2029, [], "The official list holds no year completely"),
    ],
)
def test_a_release_that_would_be_wrong_is_not_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, since: int, extra: list[tuple[str, str]], says: str
) -> None:
    assert make(tmp_path, name, listed=official(tmp_path, since, extra)) == 2
    assert says in capsys.readouterr().err
    assert not (tmp_path / f"{name}.json").exists()


def test_something_else_than_the_official_list_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    listed = tmp_path / "other.json"
    for content in ('{"events": []}', "[]", "", '{"england-and-wales": {"events": [{"date": "2027-06-07"}]}}'):
        listed.write_text(content, encoding="utf-8")
        assert make(tmp_path, "england-2026-12", listed=listed) == 2
        assert "The official list was expected" in capsys.readouterr().err


def test_a_release_that_exists_is_never_overwritten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / FILE.name).write_bytes(FILE.read_bytes())
    assert make(tmp_path, NAME, listed=official(tmp_path)) == 2
    assert "a release is never changed" in capsys.readouterr().err
    assert (tmp_path / FILE.name).read_bytes() == FILE.read_bytes()
