"""The censuses of an invented authority are clean, and their rates are those of an average authority."""

from __future__ import annotations

import csv
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from goldthread.duties.calendar import load
from goldthread.formats import cin_writing
from goldthread.invented.children import pupil_number
from goldthread.invented.directory import Figures, Wanted, Written, write
from goldthread.invented.returns import Year

ROOT = Path(__file__).resolve().parents[2]
CHECK_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"


def children_of(path: Path) -> list[etree._Element]:
    return list(etree.parse(path).iter("Child"))


def day(text: str | None) -> date:
    assert text is not None
    return date.fromisoformat(text)


@pytest.fixture(scope="module")
def average(tmp_path_factory: pytest.TempPathFactory) -> Written:
    return write(tmp_path_factory.mktemp("average"), Wanted(census_only=True))


@pytest.mark.parametrize("year", [2022, 2023, 2024, 2025, 2026])
def test_each_year_follows_the_schema_of_that_year(year: int, shared: Path, tmp_path: Path) -> None:
    write(tmp_path, Wanted(year=year, children=400, census_only=True))
    schema = etree.XMLSchema(etree.parse(shared / "data" / "cin" / "xsd" / f"CIN_schema_{year}.xsd"))
    census = etree.parse(tmp_path / f"census-{year}.xml")
    assert schema.validate(census), str(schema.error_log)[:1000]
    assert len(census.findall(".//Child")) == 400


def test_the_schema_refuses_a_child_whose_elements_are_out_of_order(shared: Path, tmp_path: Path) -> None:
    write(tmp_path, Wanted(children=20, census_only=True))
    schema = etree.XMLSchema(etree.parse(shared / "data" / "cin" / "xsd" / "CIN_schema_2026.xsd"))
    census = etree.parse(tmp_path / "census-2026.xml")
    child = next(census.iter("Child"))
    child.append(child[0])
    assert not schema.validate(census)


def test_the_rates_are_those_of_an_average_authority(average: Written) -> None:
    figures = average.figures[2026]
    assert figures.referrals == pytest.approx(4_100, rel=0.08)
    assert figures.assessments == pytest.approx(4_200, rel=0.08)
    assert figures.assessments_in_time / figures.assessments == pytest.approx(0.86, abs=0.03)
    assert figures.enquiries == pytest.approx(1_500, rel=0.1)
    assert figures.conferences == pytest.approx(470, rel=0.15)
    assert figures.conferences_in_time / figures.conferences == pytest.approx(0.81, abs=0.06)
    assert figures.open_plans == pytest.approx(320, rel=0.15)
    assert figures.no_further_action / figures.referrals == pytest.approx(0.07, abs=0.015)
    assert figures.transfers_in > 0
    assert figures.deaths > 0


def test_the_figures_count_what_the_file_holds(average: Written) -> None:
    opens = date(2025, 4, 1)
    episodes = [
        episode for child in children_of(average.directory / "census-2026.xml") for episode in child.iter("CINdetails")
    ]
    figures = average.figures[2026]
    assert figures.referrals == sum(day(one.findtext("CINreferralDate")) >= opens for one in episodes)
    assert figures.enquiries == sum(
        day(one.text) >= opens for episode in episodes for one in episode.iter("S47ActualStartDate")
    )
    assert figures.open_plans == sum(
        one.find("CPPendDate") is None for episode in episodes for one in episode.iter("ChildProtectionPlans")
    )
    assert figures.assessments == sum(len(list(one.iter("AssessmentAuthorisationDate"))) for one in episodes)


def test_no_file_level_rule_is_broken(average: Written) -> None:
    children = children_of(average.directory / "census-2026.xml")
    opens, closes = date(2025, 4, 1), date(2026, 3, 31)
    plans = sum(opens <= day(one.text) <= closes for child in children for one in child.iter("CPPstartDate"))
    conferences = sum(opens <= day(one.text) <= closes for child in children for one in child.iter("DateOfInitialCPC"))
    assert 0 < plans <= conferences, "2883: more plans begun than conferences held"
    born = [child for child in children if child.find(".//PersonBirthDate") is not None]
    without = sum(child.findtext(".//Sex") not in ("M", "F") for child in born)
    assert without <= 0.02 * len(born), "2886Q: too many born children without a sex"
    codes = Counter(one.text for child in children for one in child.iter("Disability"))
    assert len(codes.keys() - {"NONE"}) >= 8, "2887Q: too few kinds of disability"
    assert max(sum(one.text != "NONE" for one in child.iter("Disability")) for child in children) > 1, "2888Q"


def test_ids_and_pupil_numbers_are_unique_and_conferences_fall_on_working_days(authority: Written) -> None:
    calendar = load()
    for year in authority.figures:
        children = children_of(authority.directory / f"census-{year}.xml")
        ids = [child.findtext(".//LAchildID") for child in children]
        numbers = [child.findtext(".//UPN") for child in children if child.find(".//UPN") is not None]
        assert len(ids) == len(set(ids)) > 300
        assert len(numbers) == len(set(numbers)) > 200
        for child in children:
            for name in ("DateOfInitialCPC", "CPPreviewDate"):
                assert all(calendar.is_working(day(one.text).toordinal()) for one in child.iter(name))


def test_children_move_through_the_years_and_keep_who_they_are(authority: Written) -> None:
    before = {child.findtext(".//LAchildID"): child for child in children_of(authority.directory / "census-2025.xml")}
    after = {child.findtext(".//LAchildID"): child for child in children_of(authority.directory / "census-2026.xml")}
    both = before.keys() & after.keys()
    assert len(both) > 100
    for one in both:
        births = {child.findtext(".//PersonBirthDate") for child in (before[one], after[one])} - {None}
        assert len(births) <= 1
    carried = 0
    for one in before:
        for episode in before[one].iter("CINdetails"):
            if episode.find("CINclosureDate") is None and episode.findtext("ReferralNFA") == "0":
                referred = episode.findtext("CINreferralDate")
                again = (
                    [other.findtext("CINreferralDate") for other in after[one].iter("CINdetails")]
                    if one in after
                    else []
                )
                assert referred in again, f"{one}: an open episode is gone a year later"
                carried += 1
    assert carried > 100


def test_there_are_unborn_children_transfers_in_and_every_sort_of_ending(tmp_path: Path) -> None:
    write(tmp_path, Wanted(scale=1.0, seed=3, census_only=True))
    tree = etree.parse(tmp_path / "census-2026.xml")
    assert len(tree.findall(".//ExpectedPersonBirthDate")) > 5
    assert tree.findall(".//CINdetails/DateOfInitialCPC")
    reasons = {one.text for one in tree.iter("ReasonForClosure")}
    assert {"RC1", "RC2", "RC5", "RC6", "RC7", "RC8", "RC9"} <= reasons
    assert len({one.text for one in tree.iter("AssessmentFactors")}) > 30
    assert len({one.text for one in tree.iter("ReferralSource")}) > 20


@given(st.integers(min_value=1, max_value=9_999_999))
def test_a_pupil_number_has_its_check_letter(number: int) -> None:
    made = pupil_number(number)
    assert len(made) == 13
    assert made[0] == CHECK_LETTERS[sum((place + 2) * int(digit) for place, digit in enumerate(made[1:])) % 23]
    assert made[4:8] < "1000", "a school could have this number"


@pytest.mark.parametrize("children", [1, 37, 500])
def test_a_number_of_children_is_met_exactly(children: int, tmp_path: Path) -> None:
    written = write(tmp_path, Wanted(children=children, census_only=True))
    assert len(children_of(tmp_path / "census-2026.xml")) == written.figures[2026].children == children


def test_what_is_written_before_2025_asks_for_gender_and_before_2023_knows_no_early_help_code() -> None:
    episode = cin_writing.Episode(738_000, "5D", "N4", 738_100, "RC9", None, False)
    child = cin_writing.Child("A1", None, "UN1", 737_000, None, "F", None, "WBRI", ("NONE",), (episode,))
    assert "<Sex>F</Sex>" in cin_writing.child_xml(child, 2025)
    assert "<GenderCurrent>2</GenderCurrent>" in cin_writing.child_xml(child, 2024)
    assert "5D" in cin_writing.child_xml(child, 2023)
    assert "5D" not in cin_writing.child_xml(child, 2022)
    assert "RC9" not in cin_writing.child_xml(child, 2022)


def test_a_late_assessment_is_counted_as_late() -> None:
    calendar, year = load(), Year(2026)
    referred = calendar.after(year.opens, 3)
    figures = Figures()
    for days in (45, 46):
        assessment = cin_writing.Assessment(referred, calendar.after(referred, days), ("20",))
        episode = cin_writing.Episode(referred, "6", "N4", None, None, None, False, (assessment,))
        figures.count(
            cin_writing.Child("A1", None, "UN1", 737_000, None, "F", None, "WBRI", (), (episode,)), year, calendar
        )
    assert (figures.assessments, figures.assessments_in_time) == (2, 1)


@pytest.fixture(scope="module")
def validator() -> str:
    found = subprocess.run([sys.executable, ROOT / "bench" / "peer.py"], capture_output=True, text=True, check=False)
    if found.returncode:
        pytest.skip(found.stderr.strip())
    return found.stdout.strip()


def findings_of(python: str, census: Path, ruleset: str, folder: Path) -> Counter[str]:
    folder.mkdir()
    command = [python, "-W", "ignore", "-m", "cin_validator", "run", str(census), "-r", ruleset, "-o"]
    said = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    report = folder / "user_report.csv"
    assert report.exists(), said.stderr[-500:]
    with report.open(encoding="utf-8", newline="") as file:
        return Counter(row["rule_code"] for row in csv.DictReader(file))


@pytest.mark.slow
@pytest.mark.parametrize(("year", "seed"), [(2026, 1), (2026, 2), (2025, 3), (2023, 4)])
def test_the_open_validator_finds_nothing_in_a_clean_census(
    validator: str, tmp_path: Path, year: int, seed: int
) -> None:
    write(tmp_path, Wanted(year=year, children=1_500, seed=seed, census_only=True))
    assert not findings_of(
        validator, tmp_path / f"census-{year}.xml", f"cin{year - 1}_{year % 100}", tmp_path / "report"
    )


@pytest.mark.slow
def test_the_open_validator_finds_a_defect_put_into_a_clean_census(validator: str, tmp_path: Path) -> None:
    write(tmp_path, Wanted(children=200, census_only=True))
    census = tmp_path / "census-2026.xml"
    text = census.read_text(encoding="utf-8")
    census.write_text(text.replace("<Sex>F</Sex>", "<Sex>X</Sex>", 1), encoding="utf-8", newline="\n")
    assert set(findings_of(validator, census, "cin2025_26", tmp_path / "report")) == {"4180"}
