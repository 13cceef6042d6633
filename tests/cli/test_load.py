"""`goldthread load` says what became of each file, and refuses in a sentence what it cannot read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from goldthread.chronology.models import Event
from goldthread.cli import main
from goldthread.kernel.acting import looking_as, system

EVENTS: list[dict[str, Any]] = [
    {"id": "E1", "subject": "child:C1", "kind": "referral-received", "occurred": "2026-03-02"},
    {"id": "E2", "subject": "child:C1", "kind": "child-seen", "occurred": "2026-03-04", "data": {"alone": True}},
]


@pytest.fixture
def file(transactional_db: None, tmp_path: Path) -> Path:
    path = tmp_path / "events.jsonl"
    path.write_text("\n".join(json.dumps(one) for one in EVENTS) + "\n")
    return path


def rows() -> int:
    with looking_as(system("a test")):
        return Event.objects.count()


def test_it_takes_in_and_says_what_was_new_and_then_that_all_was_there(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["load", str(file)]) == 0
    said = capsys.readouterr().out
    assert said.startswith("events.jsonl: case events\n")
    assert [line.split() for line in said.splitlines()[1:]] == [
        ["new"], ["children", "1"], ["people", "1"], ["details", "4"], ["facts", "2"]
    ]  # fmt: skip
    assert rows() == 2
    assert main(["load", str(file)]) == 0
    said = capsys.readouterr().out
    assert "The same file was taken in before" in said and "All of it was there already." in said
    assert rows() == 2


def test_a_preview_changes_nothing(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["load", "--preview", str(file)]) == 0
    assert "A preview: nothing was changed." in capsys.readouterr().out
    assert rows() == 0


def test_what_was_left_out_is_said_with_its_line_and_strict_fails(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with file.open("a") as more:
        more.write("{\n" + json.dumps({**EVENTS[0], "id": "E3", "subject": "incident:I1"}) + "\n")
    assert main(["load", str(file)]) == 0
    said = capsys.readouterr().out
    assert "Left out, or odd: 2" in said
    assert "  line 3: it is not JSON" in said
    assert '  line 4: it is about "incident:I1", and only children have records here so far' in said
    assert main(["load", "--strict", str(file)]) == 1
    assert rows() == 2


def test_as_data(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["load", "--format", "json", str(file)]) == 0
    (report,) = json.loads(capsys.readouterr().out)
    assert report["counts"]["facts"] == {"new": 2}
    assert (report["file"], report["preview"], report["records"]) == ("events.jsonl", False, 1)
    assert len(report["sha256"]) == 64


def test_several_files_are_all_opened_before_any_is_taken_in(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["load", str(file), str(tmp_path / "none.xml")]) == 2
    assert "none.xml: does not exist" in capsys.readouterr().err
    assert rows() == 0


@pytest.mark.parametrize(
    ("text", "says"),
    [("", "is empty"), ("PK\x03\x04", "a zip archive"), ("<Message/>", "does not begin with a Header")],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(
    transactional_db: None, tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, says: str
) -> None:
    path = tmp_path / "file"
    path.write_text(text)
    assert main(["load", str(path)]) == 2
    assert says in capsys.readouterr().err


def test_a_folder_that_holds_something_else_is_refused(
    transactional_db: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["load", str(tmp_path)]) == 2
    assert "holds no agencies.jsonl" in capsys.readouterr().err


def test_what_a_file_says_cannot_move_the_cursor(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_text(json.dumps({**EVENTS[0], "subject": "death:\x1b[2J"}) + "\n")
    assert main(["load", str(file)]) == 0
    assert "\x1b" not in capsys.readouterr().out
