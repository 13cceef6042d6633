"""The ladder is written once, in pyproject.toml, and every lock on it is shown to fail."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
CONTRACTS = {contract["id"]: contract for contract in SETTINGS["importlinter"]["contracts"]}
LAYERS: list[str] = CONTRACTS["ladder"]["layers"]


def names(layer: str) -> list[str]:
    """The rungs side by side on one line of the ladder, from `(plans) | (meetings)`."""
    return re.findall(r"\w+", layer)


def there(layer: str) -> list[str]:
    """Those of them that have content: a rung in parentheses has none yet."""
    return re.findall(r"(?<![\w(])\w+(?![\w)])", layer)


def ladder_in(document: str) -> list[list[str]]:
    """The rungs in the first column of the block fenced as `ladder`."""
    block = re.search(r"^```ladder\n(.*?)^```", document, re.MULTILINE | re.DOTALL)
    assert block, "no block fenced as ladder"
    return [names(line.split("  ")[0]) for line in block[1].splitlines() if not line.startswith(" ")]


def lint_imports(folder: Path, files: dict[str, str]) -> tuple[int, str]:
    """This will hold the repository's contracts against a small package that has the existing rungs and `files`."""
    package = folder / "src" / "goldthread"
    written = {f"{rung}/__init__.py": "" for layer in LAYERS for rung in there(layer)}
    written |= {"cli/__init__.py": "", "__init__.py": "", **files}
    for path, text in written.items():
        (package / path).parent.mkdir(parents=True, exist_ok=True)
        (package / path).write_text(text, encoding="utf-8")
    shutil.copy(ROOT / "pyproject.toml", folder)
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--config", "pyproject.toml", "--no-cache", "--no-logo"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder / "src")},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def ruff(text: str, path: str) -> str:
    """What ruff says about `text`, were it the file at `path` of this repository."""
    done = subprocess.run(
        [Path(sys.executable).with_name("ruff"), "check", "--no-cache", "--stdin-filename", ROOT / path, "-"],
        cwd=ROOT,
        input=text,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    return done.stdout + done.stderr


def test_the_locks_let_a_package_pass_that_keeps_the_ladder(tmp_path: Path) -> None:
    status, said = lint_imports(tmp_path, {"formats/reading.py": "import goldthread.duties"})
    assert status == 0, said
    assert "2 kept, 0 broken" in said


@pytest.mark.parametrize(
    ("files", "reported"),
    [
        pytest.param(
            {"duties/engine.py": "from goldthread.formats import reading", "formats/reading.py": ""},
            "goldthread.duties is not allowed to import goldthread.formats",
            id="an import from a rung above",
        ),
        pytest.param(
            {"duties/engine.py": "def f():\n    import goldthread.cli"},
            "goldthread.duties is not allowed to import goldthread.cli",
            id="an import from a rung above, inside a function",
        ),
        pytest.param(
            {"plans/__init__.py": "import goldthread.meetings", "meetings/__init__.py": ""},
            "goldthread.plans is not allowed to import goldthread.meetings",
            id="an import from a sibling",
        ),
        pytest.param(
            {"cli/__init__.py": "import goldthread.config", "config/__init__.py": ""},
            "goldthread.cli is not allowed to import goldthread.config",
            id="the command line importing the site's settings",
        ),
        pytest.param(
            {"helpers/__init__.py": ""},
            "- goldthread.helpers",
            id="a package that is on no rung",
        ),
        pytest.param(
            {"formats/reading.py": "from django.db import models"},
            "goldthread.formats is not allowed to import django",
            id="Django where an answer is made from a file",
        ),
    ],
)
def test_the_contract_reports(tmp_path: Path, files: dict[str, str], reported: str) -> None:
    status, said = lint_imports(tmp_path, files)
    assert status == 1, said
    assert reported in said


def test_a_hidden_import_is_reported() -> None:
    hidden = "def f() -> None:\n    import json\n\n    json.loads('1')\n"
    assert "PLC0415" in ruff(hidden, "src/goldthread/duties/engine.py")
    assert "PLC0415" in ruff(hidden, "src/goldthread/cli/check.py")
    assert "PLC0415" in ruff(hidden, "tests/duties/test_engine.py")


@pytest.mark.parametrize(
    "line",
    [
        "datetime.date.today()",
        "datetime.datetime.now(datetime.UTC)",
        "datetime.datetime.now(tz=datetime.UTC).date()",
        "time.time()",
        "random.choice([1, 2])",
    ],
)
def test_reading_the_clock_or_chance_below_the_command_line_is_reported(line: str) -> None:
    text = f"import datetime\nimport random\nimport time\n\nx = {line}\n"
    assert "TID251" in ruff(text, "src/goldthread/duties/engine.py")
    assert "TID251" in ruff(text, "src/goldthread/invented/year.py")
    assert "TID251" not in ruff(text, "src/goldthread/cli/check.py")


def test_a_file_of_code_outside_a_package_is_reported() -> None:
    # A folder without __init__.py is invisible to import-linter, so ruff must see it.
    assert "INP001" in ruff("x = 1\n", "src/goldthread/duties/nowhere/engine.py")


def test_the_contract_holds_every_rung_and_waits_only_for_those_without_content() -> None:
    contract = CONTRACTS["ladder"]
    assert contract["exhaustive"] is True
    assert contract["containers"] == ["goldthread"]
    assert contract["exhaustive_ignores"] == ["__main__"]
    assert not contract.keys() & {"ignore_imports", "unmatched_ignore_imports_alerting"}
    there = {path.parent.name for path in (ROOT / "src" / "goldthread").glob("*/__init__.py")}
    waiting = {rung for layer in LAYERS for rung in re.findall(r"\((\w+)\)", layer)}
    assert {rung for layer in LAYERS for rung in names(layer)} - waiting == there


def test_nothing_that_answers_from_a_file_may_use_django() -> None:
    assert set(CONTRACTS["pure"]["source_modules"]) == {
        "goldthread.duties",
        "goldthread.formats",
        "goldthread.invented",
    }
    assert CONTRACTS["pure"]["forbidden_modules"] == ["django"]


def test_the_ladder_in_the_architecture_is_the_one_that_is_held() -> None:
    document = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    assert ladder_in(document) == [names(layer) for layer in LAYERS]


def test_a_stale_ladder_in_a_document_is_noticed() -> None:
    lines = [" | ".join(names(layer)) + "   what it is for" for layer in LAYERS]
    held = [names(layer) for layer in LAYERS]
    assert ladder_in("\n".join(["```ladder", *lines, "```\n"])) == held
    assert ladder_in("\n".join(["```ladder", *lines[1:], "```\n"])) != held
    assert ladder_in("\n".join(["```ladder", *reversed(lines), "```\n"])) != held
