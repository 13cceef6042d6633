"""`goldthread demo` makes an invented authority in a folder of its own, as of today, and never in another."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from goldthread.cli import demo, main

SOURCES = Path(__file__).parents[2] / "src"


def test_a_folder_with_something_else_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "goldthread.sqlite3").write_text("a real one")
    assert main(["demo", "--data", str(tmp_path), "--only-make"]) == 2
    assert "something else than a demonstration" in capsys.readouterr().err
    assert [one.name for one in tmp_path.iterdir()] == ["goldthread.sqlite3"]


def test_a_mark_of_another_sort_is_none(tmp_path: Path) -> None:
    for text in ("", "[]", "{}", '{"made_by": "someone"}'):
        (tmp_path / demo.MARK).write_text(text)
        assert demo.mark(tmp_path) is None
    demo.set_mark(tmp_path, {"size": "demo"})
    assert demo.mark(tmp_path) == {"made_by": demo.MAKER, "size": "demo"}


def test_a_port_that_is_taken_is_said_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert main(["demo", "--data", str(tmp_path / "demo"), "--port", str(port)]) == 2
    assert f"something answers on port {port} already" in capsys.readouterr().err
    assert not (tmp_path / "demo").exists()


def made(folder: Path, *words: str) -> str:
    """What it says when it is made, whatever the environment holds of another installation."""
    done = subprocess.run(
        [sys.executable, "-m", "goldthread", "demo", "--data", str(folder), "--only-make", *words],
        env={
            **os.environ,
            "PYTHONPATH": str(SOURCES),
            "GOLDTHREAD_MODE": "live",
            "GOLDTHREAD_DATA": str(folder.parent / "real"),
            "DATABASE_URL": "postgres://nobody@nowhere.invalid/real",
        },
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.slow
def test_it_is_made_once_a_day_and_says_who_one_can_be(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    said = made(folder)
    assert "1,007 children" in said and "Nothing in it is real." in said
    assert "http://localhost:8000/" in said
    assert "Anjali Mistry, Social worker" in said
    assert not (tmp_path / "real").exists()
    database = folder / "goldthread.sqlite3"
    before = database.stat().st_ino
    assert "Inventing" not in made(folder)
    assert database.stat().st_ino == before
    demo.set_mark(folder, {"size": "demo", "on": "2020-01-01"})  # as yesterday's would be
    assert "Inventing" in made(folder)
    assert json.loads((folder / demo.MARK).read_text())["on"] != "2020-01-01"
    demo.set_mark(folder, {})  # as one that was broken off would be
    assert "Inventing" in made(folder)
