"""A terminal gets colour and a bar; anything else gets plain words and silence."""

from __future__ import annotations

import io
import os
import pty
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from goldthread.cli import terminal
from goldthread.cli.terminal import Ink, Progress, safe

SRC = Path(__file__).parents[2] / "src"
EVENTS = (
    '{"subject": "child:C1", "kind": "referral-received", "occurred": "2025-03-03", "process": "referral:R1"}\n'
    '{"subject": "child:C2", "kind": "referral-received", "occurred": "2025-03-07", "process": "referral:R2"}\n'
)


class Screen(io.StringIO):
    """A stream that takes itself for a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def plain_surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")


class Watch:
    """A clock that goes when it is told to."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 100.0
        monkeypatch.setattr(time, "monotonic", lambda: self.now)


# ---- colour


def test_colour_is_for_a_terminal_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Ink(Screen()).red("late") == "\x1b[31mlate\x1b[0m"
    assert Ink(Screen()).bold("") == ""
    assert Ink(io.StringIO()).red("late") == "late"
    monkeypatch.setenv("NO_COLOR", "")
    assert Ink(Screen()).amber("soon") == "\x1b[33msoon\x1b[0m", "an empty NO_COLOR asks for nothing"
    monkeypatch.setenv("NO_COLOR", "1")
    assert Ink(Screen()).amber("soon") == "soon"
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setenv("TERM", "dumb")
    assert Ink(Screen()).dim("aside") == "aside"


@pytest.mark.parametrize(("columns", "width"), [("250", 100), ("80", 80), ("20", terminal.NARROWEST)])
def test_text_is_as_wide_as_the_terminal_within_reason(
    columns: str, width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    assert Ink(Screen()).width == width
    assert Ink(io.StringIO()).width == 100, "a file does not depend on who looks on"


def test_what_a_file_slips_in_cannot_move_the_cursor() -> None:
    assert safe("C1 – Käse") == "C1 – Käse"
    assert safe("a\x1b[31mb\rc\u202ed") == "a·[31mb·c·d"


# ---- the bar


def test_a_bar_comes_after_a_second_and_goes_away(monkeypatch: pytest.MonkeyPatch) -> None:
    watch, screen = Watch(monkeypatch), Screen()
    bar = Progress("reading", screen)
    bar(10, 100)
    watch.now += 0.9
    bar(20, 100)
    assert screen.getvalue() == "", "short work needs no bar"
    watch.now += 1.1
    bar(50, 100)
    assert screen.getvalue() == "\rreading [###############...............]  50%, 2 s left "
    watch.now += 0.05
    bar(60, 100)
    assert "60%" not in screen.getvalue(), "not more than ten times a second"
    watch.now += 1
    bar(100, 100)
    assert screen.getvalue().endswith("100%, answering ")
    bar.clear()
    bar.clear()
    assert screen.getvalue().endswith("answering \r\x1b[K")


def test_a_bar_that_was_never_drawn_is_not_taken_away(monkeypatch: pytest.MonkeyPatch) -> None:
    Watch(monkeypatch)
    screen = Screen()
    bar = Progress("reading", screen)
    bar(1, 2)
    bar.clear()
    assert screen.getvalue() == ""


@pytest.mark.parametrize(("columns", "drawn"), [("100", 30), ("40", 13), ("20", 0), ("8", 0)])
def test_a_narrow_terminal_gets_a_bar_that_stays_on_its_line(
    columns: str, drawn: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    watch, screen = Watch(monkeypatch), Screen()
    bar = Progress("reading", screen)
    watch.now += 2
    bar(50, 100)
    line = screen.getvalue().removeprefix("\r")
    assert line and len(line) <= int(columns)
    assert len(re.findall(r"[#.]", line)) == drawn


def test_nothing_is_drawn_where_nobody_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    watch = Watch(monkeypatch)
    quiet, screen = io.StringIO(), Screen()
    for bar in (Progress("reading", quiet), Progress("reading", screen, shows=False)):
        watch.now += 5
        bar(1, 2)
        bar.clear()
    assert quiet.getvalue() == screen.getvalue() == ""


# ---- the whole, in a process of its own


def command(*words: str) -> list[str]:
    return [sys.executable, "-m", "goldthread", "check", *words]


def surroundings(**more: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": os.pathsep.join([str(SRC), *sys.path]), "TERM": "xterm", **more}


def on_a_terminal(*words: str, **more: str) -> str:
    """Run check with a terminal as standard output and error, and give what it shows."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        command(*words), stdin=subprocess.DEVNULL, stdout=theirs, stderr=theirs, env=surroundings(**more)
    ) as process:
        os.close(theirs)
        seen = b""
        while True:
            try:
                piece = os.read(ours, 65536)
            except OSError:  # Linux's way of saying that the other side has gone
                break
            if not piece:
                break
            seen += piece
        os.close(ours)
    assert process.returncode == 0, seen
    return seen.decode()


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "events.jsonl"
    path.write_text(EVENTS, encoding="utf-8")
    return str(path)


def test_a_terminal_sees_what_is_overdue_in_red_and_no_bar_on_short_work(file: str) -> None:
    seen = on_a_terminal(file, "--as-of", "2025-03-10", COLUMNS="100")
    assert re.search("\x1b\\[31m4 working days late\x1b\\[0m", seen)
    assert re.search("\x1b\\[33mdue today *\x1b\\[0m", seen)
    assert "reading [" not in seen
    assert "\x1b" not in on_a_terminal(file, "--as-of", "2025-03-10", NO_COLOR="1")


def test_a_pipe_sees_the_same_words_without_colour_and_nothing_on_standard_error(file: str) -> None:
    done = subprocess.run(
        command(file, "--as-of", "2025-03-10"), env=surroundings(), capture_output=True, check=True, timeout=60
    )
    assert done.stderr == b""
    seen = on_a_terminal(file, "--as-of", "2025-03-10", COLUMNS="100")
    assert re.sub("\x1b\\[[0-9]*m", "", seen).replace("\r\n", "\n") == done.stdout.decode()
