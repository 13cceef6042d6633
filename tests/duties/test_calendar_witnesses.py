"""Other packages are asked the same: each day on which one of them disagrees with the release is known and judged."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from pathlib import Path

import pytest

from goldthread.duties import calendar

REASON = "a witness of the test extra is not installed"
ENGLAND = calendar.load()
YEARS = range(date.fromordinal(ENGLAND.first).year, date.fromordinal(ENGLAND.horizon).year + 1)
OURS = {date.fromordinal(s.day) for s in ENGLAND.skipped(ENGLAND.first - 1, ENGLAND.horizon) if s.day % 7 not in (0, 6)}

# A witness's error: the day, and why the release is right. An error that a witness mends must leave this list.
KNOWN_ERRORS: dict[str, dict[date, str]] = {
    "holidays": {},
    "workalendar": {date(2023, 5, 8): "proclaimed for the coronation and on the official list; the package lacks it"},
}


def weekdays(days: set[date]) -> set[date]:
    """A witness also lists the Saturday or Sunday itself; no count depends on it."""
    return {day for day in days if day.weekday() < 5 and day.year in YEARS}


def disagreements(theirs: set[date]) -> set[date]:
    return OURS ^ weekdays(theirs)


def by_holidays() -> set[date]:
    witness = pytest.importorskip("holidays", reason=REASON)
    return set(witness.country_holidays("GB", subdiv="ENG", years=YEARS))


def by_workalendar() -> set[date]:
    witness = pytest.importorskip("workalendar.europe", reason=REASON)
    england = witness.UnitedKingdom()
    return {day for year in YEARS for day, _ in england.holidays(year)}


WITNESSES = {"holidays": by_holidays, "workalendar": by_workalendar}


@pytest.mark.parametrize("name", WITNESSES)
def test_a_witness_agrees_on_every_weekday_but_its_known_errors(name: str) -> None:
    theirs = WITNESSES[name]()
    assert len(weekdays(theirs)) > 8 * len(YEARS) - 10  # it did answer for every year
    assert sorted(disagreements(theirs)) == sorted(KNOWN_ERRORS[name])


@pytest.mark.parametrize("name", WITNESSES)
def test_the_comparison_notices_a_day_too_many_a_day_too_few_and_a_mended_error(name: str) -> None:
    theirs = WITNESSES[name]()
    known = set(KNOWN_ERRORS[name])
    assert disagreements(theirs | {date(2024, 3, 18)}) == known | {date(2024, 3, 18)}
    assert disagreements(theirs - {date(2002, 6, 3)}) == known | {date(2002, 6, 3)}
    assert disagreements(theirs | known) == set()


@pytest.mark.parametrize("name", WITNESSES)
def test_the_reference_page_lists_each_known_error(name: str) -> None:
    page = (Path(__file__).parents[2] / "docs/reference/working-days.md").read_text(encoding="utf-8")
    table = page.split("## Witnesses", 1)[1]
    listed = [line for line in table.splitlines() if line.startswith(f"| `{name}` | 1998-2028 |")]
    assert len(listed) == 1
    for error in KNOWN_ERRORS[name]:
        assert f"{error.day} {error:%B %Y}" in listed[0]
    if not KNOWN_ERRORS[name]:
        assert "| none |" in listed[0]


def test_from_2012_the_release_is_the_official_list_as_the_public_package_holds_it() -> None:
    package = pytest.importorskip("govuk_bank_holidays", reason=REASON)
    content = (Path(package.__file__).parent / "bank-holidays.json").read_bytes()
    recorded = json.loads((calendar.FOLDER / f"{ENGLAND.release}.json").read_text(encoding="utf-8"))["sources"][1]
    official = {date.fromisoformat(e["date"]) for e in json.loads(content)["england-and-wales"]["events"]}
    last = max(official).year
    assert recorded["years"] == "2012-2028"
    assert {day for day in OURS if 2012 <= day.year <= last} == {day for day in official if day.year in YEARS}
    if recorded["from"].startswith("govuk-bank-holidays 0.19") and last == 2028:
        assert hashlib.sha256(content).hexdigest() == recorded["sha256"]
