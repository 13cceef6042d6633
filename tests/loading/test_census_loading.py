"""A census is taken in as children without names; a later one updates what an earlier one said."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from few import AT, LATER

from goldthread.chronology.models import Event, Load
from goldthread.kernel.acting import looking_as, system
from goldthread.loading.report import Report
from goldthread.loading.sources import open_source
from goldthread.loading.taking import take_in
from goldthread.people.models import Characteristic, Identifier, Vitals
from goldthread.records.models import Record

pytestmark = pytest.mark.django_db
LOOKING = system("a test")
MUCH_LATER = LATER.replace(year=2027)
ASSESSED = "<Assessments><AssessmentActualStartDate>2026-03-20</AssessmentActualStartDate></Assessments>"
UNBORN = "<ExpectedPersonBirthDate>2026-05-20</ExpectedPersonBirthDate>"
BORN = "<PersonBirthDate>2026-05-17</PersonBirthDate>"


def one(birth: str, episodes: str, *, number: str = "C1", more: str = "", traits: str = "") -> str:
    return (
        f"<Child><ChildIdentifiers><LAchildID>{number}</LAchildID>{more}{birth}<Sex>F</Sex></ChildIdentifiers>"
        f"<ChildCharacteristics>{traits}</ChildCharacteristics>{episodes}</Child>"
    )


def episode(more: str = "", *, referred: str = "2026-03-02") -> str:
    return (
        f"<CINdetails><CINreferralDate>{referred}</CINreferralDate><ReferralSource>6</ReferralSource>"
        f"<PrimaryNeedCode>N1</PrimaryNeedCode>{more}</CINdetails>"
    )


def census(tmp_path: Path, *children: str, year: int = 2026) -> Path:
    path = tmp_path / f"census-{year}.xml"
    header = (
        f"<Header><CollectionDetails><Collection>CIN</Collection><Year>{year}</Year>"
        f"<ReferenceDate>{year}-03-31</ReferenceDate></CollectionDetails></Header>"
    )
    path.write_text(f"<Message>{header}<Children>{''.join(children)}</Children></Message>", encoding="utf-8")
    return path


def load(path: Path, at: object = AT, *, preview: bool = False) -> Report:
    return take_in(open_source(path), at=at, preview=preview)  # type: ignore[arg-type]  # a moment


def standing(kind: str) -> list[Event]:
    with looking_as(LOOKING):
        return list(Event.objects.filter(kind=kind, stands=True))


FIRST = episode(ASSESSED)
SECOND = FIRST.replace("</CINdetails>", "<CINclosureDate>2026-08-03</CINclosureDate></CINdetails>")


def test_a_child_has_a_record_her_numbers_and_what_the_census_says_of_her(tmp_path: Path) -> None:
    traits = "<Ethnicity>BAFR</Ethnicity><Disabilities><Disability>LD</Disability></Disabilities>"
    report = load(
        census(tmp_path, one(BORN.replace("2026", "2015"), FIRST, more="<UPN>B820432115002</UPN>", traits=traits))
    )
    assert report.counts["children"]["new"] == report.counts["people"]["new"] == 1
    with looking_as(LOOKING):
        record = Record.objects.get()
        assert (record.opened_on, record.kind) == (date(2026, 3, 2), "child")
        vitals = Vitals.objects.get()
        assert (vitals.sex, vitals.born_on) == ("F", date(2015, 5, 17))
        numbers = dict(Identifier.objects.values_list("kind", "value"))
        assert numbers["local-child-id"] == "C1" and numbers["upn"] == "B820432115002"
        assert set(Characteristic.objects.values_list("kind", "value")) == {("ethnicity", "BAFR"), ("disability", "LD")}
        assert set(Event.objects.values_list("record", flat=True)) == {record.pk}
        load_ = Load.objects.get()
        assert load_.held_until == date(2026, 3, 31) and "referral-received" in load_.source


def test_a_later_census_updates_and_one_told_again_does_not(tmp_path: Path) -> None:
    load(census(tmp_path, one(UNBORN, FIRST)))
    path = census(tmp_path, one(BORN, SECOND), one(BORN, episode(), number="C2"), year=2027)
    preview = load(path, LATER, preview=True)
    report = load(path, LATER)
    assert preview.counts == report.counts
    assert dict(report.counts["children"]) == {"new": 1, "same": 1}
    assert report.counts["facts"]["changed"] == 1  # who she is: she was born
    assert not report.notes.by_code.get("different")
    (born,) = [event for event in standing("child-identified") if "@" in event.said_id]
    assert '"born_on":"2026-05-17"' in born.data and born.replaces == "child-identified:C1"
    assert [event.on for event in standing("case-closed")] == [date(2026, 8, 3)]
    with looking_as(LOOKING):
        vitals = Vitals.objects.filter(superseded_at=None, born_on=date(2026, 5, 17))
        assert vitals.count() == 2
        number = Event.objects.count()
    again = load(path, MUCH_LATER)
    assert set(again.counts["facts"]) == {"same"} and again.taken_before
    older = load(tmp_path / "census-2026.xml", MUCH_LATER)
    assert older.counts["facts"]["changed"] == 0
    with looking_as(LOOKING):
        assert Event.objects.count() == number


def test_a_third_census_corrects_the_correction(tmp_path: Path) -> None:
    load(census(tmp_path, one(UNBORN, FIRST)))
    load(census(tmp_path, one(BORN, FIRST), year=2027), LATER)
    report = load(census(tmp_path, one(BORN.replace("17", "16"), FIRST), year=2028), MUCH_LATER)
    assert report.counts["facts"]["changed"] == 1 and not report.notes.by_code.get("not-usable")
    (born,) = standing("child-identified")
    assert '"born_on":"2026-05-16"' in born.data
    with looking_as(LOOKING):
        assert Event.objects.filter(kind="child-identified").count() == 3
        assert Event.objects.get(said_id=born.replaces).replaces == "child-identified:C1"


def test_a_census_that_knows_less_corrects_nothing(tmp_path: Path) -> None:
    load(census(tmp_path, one(BORN.replace("2026", "2015"), FIRST)))
    (assessed,) = standing("assessment-started")
    assert "referral" in assessed.data
    report = load(census(tmp_path, one(BORN.replace("2026", "2015"), FIRST), year=2027), LATER)
    assert set(report.counts["facts"]) == {"same"}
    (again,) = standing("assessment-started")
    assert again.data == assessed.data


def test_an_older_census_after_a_newer_one_adds_and_corrects_nothing(tmp_path: Path) -> None:
    load(census(tmp_path, one(BORN, FIRST), year=2027))
    report = load(census(tmp_path, one(UNBORN, FIRST), year=2026), LATER)
    assert report.counts["facts"]["changed"] == 0
    assert (
        report.counts["facts"]["different"] == report.notes.by_code["different"] == 2
    )  # who she is, and the assessment
    (born,) = standing("child-identified")
    assert "born_on" in born.data


def test_notes_of_the_reader_are_in_the_report(tmp_path: Path) -> None:
    report = load(census(tmp_path, one(BORN.replace("2026", "2015"), episode(referred="2025-02-30"))))
    assert report.notes.by_code["not-a-date"] == 1
    assert report.left_out >= 1
