"""The README's real run is a real run."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from goldthread.cli import main

README = Path(__file__).resolve().parents[2] / "README.md"


def blocks() -> dict[str, str]:
    """Give what the README shows, by the command that is said to print it."""
    text = README.read_text(encoding="utf-8")
    return {
        found[1]: found[2]
        for found in re.finditer(r"^```\n\$ bin/goldthread (check [^\n]*)\n(.*?)^```", text, re.M | re.S)
    }


def settled(text: str) -> str:
    """Leave out what changes with every word of the rules."""
    return re.sub(r"wt2023 \([0-9a-f]{12}\)", "wt2023 (…)", text)


def test_what_the_readme_shows_is_what_the_commands_print(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["generate", "--small", "--seed", "2", "-o", ".demo"]) == 0
    capsys.readouterr()
    assert len(blocks()) == 2
    for command, shown in blocks().items():
        assert main(command.split()) == 0
        printed = settled(capsys.readouterr().out)
        begins, _, rest = settled(shown).partition("\n…\n")
        assert rest == ""
        assert printed.startswith(begins.rstrip("\n")), command
        assert len(begins) > 500
