"""Who a child of a census is can be had beside her events."""

from __future__ import annotations

from pathlib import Path

from census_text import child, episode, message

from goldthread.formats.cin import CensusReading, Identity
from goldthread.formats.cin.identity import NOBODY


def read(tmp_path: Path, text: str) -> CensusReading:
    path = tmp_path / "census.xml"
    path.write_text(text, encoding="utf-8")
    return CensusReading(path)


def whole(identifiers: str = "", characteristics: str = "") -> str:
    return message(
        f"<Child><ChildIdentifiers><LAchildID>C1</LAchildID>{identifiers}"
        "<PersonBirthDate>2015-05-05</PersonBirthDate></ChildIdentifiers>"
        f"<ChildCharacteristics>{characteristics}</ChildCharacteristics>{episode()}</Child>"
    )


def test_numbers_sex_ethnicity_and_disabilities_are_told(tmp_path: Path) -> None:
    text = whole(
        "<UPN>A123456789012</UPN><FormerUPN>B123456789012</FormerUPN><Sex>F</Sex>",
        "<Ethnicity>BAFR</Ethnicity><Disabilities><Disability>LD</Disability><Disability>AUT</Disability></Disabilities>",
    )
    (found,) = read(tmp_path, text).identified()
    assert found.subject == "child:C1"
    assert found.identity == Identity("A123456789012", "B123456789012", "F", "BAFR", ("LD", "AUT"))


def test_an_older_census_says_gender(tmp_path: Path) -> None:
    (found,) = read(tmp_path, whole("<GenderCurrent>1</GenderCurrent>")).identified()
    assert found.identity.sex == "M"
    (found,) = read(tmp_path, whole("<GenderCurrent>9</GenderCurrent>")).identified()
    assert found.identity.sex == "U"


def test_what_is_refused_unknown_or_none_tells_nothing(tmp_path: Path) -> None:
    text = whole(
        "<Sex>X</Sex>", "<Ethnicity>REFU</Ethnicity><Disabilities><Disability>NONE</Disability></Disabilities>"
    )
    (found,) = read(tmp_path, text).identified()
    assert found.identity == NOBODY
    (found,) = read(tmp_path, whole("", "<Ethnicity>ZZZZ</Ethnicity>")).identified()
    assert found.identity.ethnicity == ""


def test_the_events_are_those_of_children(tmp_path: Path) -> None:
    reading = read(tmp_path, message(child(episode(), name="C1"), child(episode(), name="C2")))
    assert [(one.subject, one.events) for one in reading.identified()] == list(reading.children())
    assert reading.notes.total == 0


def test_a_namespace_hides_nobody(tmp_path: Path) -> None:
    text = whole("<UPN>A123456789012</UPN><Sex>F</Sex>").replace("<Message>", '<Message xmlns="urn:x">', 1)
    (found,) = read(tmp_path, text).identified()
    assert (found.identity.upn, found.identity.sex) == ("A123456789012", "F")
