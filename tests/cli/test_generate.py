"""`goldthread generate` writes an authority, says what to try next, and never writes over what is there."""

from __future__ import annotations

from pathlib import Path

import pytest

from goldthread.cli import main


def test_it_writes_and_says_what_was_written_and_what_to_try_next(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "new" / "authority"
    assert main(["generate", "--children", "60", "--years", "2", "--seed", "3", "-o", str(target)]) == 0
    said = capsys.readouterr().out
    for name in ("census-2025.xml", "census-2026.xml", "events.jsonl", "events.csv", "people.jsonl", "README.txt"):
        assert (target / name).stat().st_size > 0
        assert name in said
    assert "nothing in it is real" in said
    assert "children: 60" in said
    assert f"goldthread check {target / 'census-2026.xml'}" in said
    assert f"goldthread check {target / 'events.jsonl'} --as-of 2026-03-31" in said


def test_it_refuses_a_directory_that_is_not_empty(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kept = tmp_path / "census-2026.xml"
    kept.write_text("mine", encoding="utf-8")
    assert main(["generate", "--children", "5", "-o", str(tmp_path)]) == 2
    assert "is not empty" in capsys.readouterr().err
    assert kept.read_text(encoding="utf-8") == "mine"
    assert main(["generate", "--children", "5", "--force", "-o", str(tmp_path)]) == 0
    assert kept.read_text(encoding="utf-8").startswith("<?xml")


def test_it_refuses_a_file_and_what_cannot_be(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "file"
    file.write_text("", encoding="utf-8")
    assert main(["generate", "-o", str(file)]) == 2
    assert "is a file" in capsys.readouterr().err
    assert main(["generate", "--years", "0", "-o", str(tmp_path / "new")]) == 2
    assert "--years 0" in capsys.readouterr().err
    assert not (tmp_path / "new").exists()
    assert main(["generate", "--small", "--county", "-o", str(tmp_path / "new")]) == 2


def test_a_mess_is_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["generate", "--children", "300", "--messy", "--census-only", "-o", str(tmp_path)]) == 0
    said = capsys.readouterr().out
    assert "Planted defects: " in said
    assert "events.jsonl" not in said
