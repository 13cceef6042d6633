"""The page on running it names every setting that the code reads, and no other."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
NAME = re.compile(r"\bGOLDTHREAD_[A-Z][A-Z_]+\b")


def read_in_code() -> set[str]:
    """The variables that the code names."""
    files = (ROOT / "src").rglob("*.py")
    return {name for file in files for name in NAME.findall(file.read_text(encoding="utf-8"))}


def test_every_setting_stands_in_the_table() -> None:
    page = (ROOT / "docs" / "running.md").read_text(encoding="utf-8")
    table = page[page.index("| variable |") : page.index("## The database")]
    assert {"GOLDTHREAD_MODE", "GOLDTHREAD_SECRET_KEY"} <= read_in_code()
    assert set(NAME.findall(table)) == read_in_code()
