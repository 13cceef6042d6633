"""The tests themselves can all be run together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

TESTS = Path(__file__).parents[1]


def doubled(files: Iterable[Path]) -> list[str]:
    """The names that two files of tests bear: the folders are no packages, so pytest could tell only one of them."""
    loose = [file for file in files if not (file.parent / "__init__.py").exists()]
    return sorted(name for name, times in Counter(file.name for file in loose).items() if times > 1)


def test_each_file_of_tests_has_a_name_of_its_own() -> None:
    files = list(TESTS.rglob("test_*.py"))
    assert len(files) > 50
    assert doubled(files) == []


def test_two_of_one_name_are_noticed(tmp_path: Path) -> None:
    assert doubled([tmp_path / "a" / "test_x.py", tmp_path / "b" / "test_x.py", tmp_path / "test_y.py"]) == [
        "test_x.py"
    ]
