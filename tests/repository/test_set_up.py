"""Setting up says in one sentence what is missing, and does nothing twice."""

from __future__ import annotations

import os
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TOOLS = ("bash", "env", "dirname", "readlink", "cat", "cksum", "rm", "mkdir")  # what the smallest machine has


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout with nothing but what setting up reads, and a machine that has only a few tools."""
    for name in ("bin", "requirements"):
        shutil.copytree(ROOT / name, tmp_path / name)
    for name in ("pyproject.toml", "package.json", "package-lock.json", "src/goldthread/ui/assets.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    (tmp_path / "machine").mkdir()
    for tool in TOOLS:
        found = shutil.which(tool)
        assert found, tool
        (tmp_path / "machine" / tool).symlink_to(found)
    return tmp_path


def script(path: Path, body: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/usr/bin/env bash\n{body}\n", encoding="utf-8")
    path.chmod(0o755)


def set_up(checkout: Path, *words: str) -> subprocess.CompletedProcess[str]:
    env = {key: value for key, value in os.environ.items() if key != "PYTHON"}
    return subprocess.run(
        [checkout / "bin" / "set-up", *words],
        cwd="/",
        env={**env, "PATH": str(checkout / "machine")},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


def test_without_python_one_sentence_says_so(checkout: Path) -> None:
    done = set_up(checkout, "run")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("goldthread: Python 3.11 or later is needed and was not found")
    assert done.stderr.count("\n") == 1


def test_a_python_that_is_too_old_counts_as_none(checkout: Path) -> None:
    script(checkout / "machine" / "python3", "exit 1  # what the question about the version gets")
    assert "3.11 or later" in set_up(checkout, "run").stderr


def test_without_the_venv_module_one_sentence_names_the_package(checkout: Path) -> None:
    script(checkout / "machine" / "python3", 'case "$2" in *venv*) exit 1 ;; esac')
    done = set_up(checkout, "run")
    assert (done.returncode, done.stdout) == (2, "")
    assert "install the package python3-venv" in done.stderr
    assert done.stderr.count("\n") == 1


def pretend_python(checkout: Path) -> Path:
    """A .venv whose python writes down what it is asked instead of doing it."""
    said = checkout / "asked"
    script(checkout / ".venv" / "bin" / "python", f'[ "$1" = -c ] || echo "$*" >>"{said}"')
    return said


def test_set_up_runs_once_and_again_only_when_the_locks_change(checkout: Path) -> None:
    asked = pretend_python(checkout)
    done = set_up(checkout, "run")
    assert done.returncode == 0, done.stderr
    assert done.stderr.count("\n") == 1, "one line while it works"
    assert "--require-hashes" in asked.read_text(encoding="utf-8")
    assert "develop.txt" not in asked.read_text(encoding="utf-8")

    asked.unlink()
    again = set_up(checkout, "run")
    assert (again.returncode, again.stderr, asked.exists()) == (0, "", False)

    with (checkout / "requirements" / "run.txt").open("a", encoding="utf-8") as lock:
        lock.write("# changed\n")
    assert set_up(checkout, "run").returncode == 0
    assert asked.exists()


def test_what_developing_needs_is_enough_to_run_but_not_the_other_way(checkout: Path) -> None:
    asked = pretend_python(checkout)
    set_up(checkout, "run")
    asked.unlink()
    set_up(checkout, "develop")
    assert "develop.txt" in asked.read_text(encoding="utf-8")

    (checkout / ".venv" / ".set-up-run").unlink()
    asked.unlink()
    set_up(checkout, "run")
    assert not asked.exists()


def site(checkout: Path) -> Path:
    """The first of the design system's files, which says that they are there."""
    return checkout / "src" / "goldthread" / "ui" / "static" / "built" / "govuk.css"


def test_what_the_site_shows_is_fetched_once_and_again_only_when_its_lock_changes(checkout: Path) -> None:
    asked = pretend_python(checkout)
    assert set_up(checkout, "site").returncode == 0
    said = asked.read_text(encoding="utf-8")
    assert "requirements/run.txt" in said
    assert "requirements/node.txt" in said, "there is no npm on this machine"
    assert said.endswith("-m goldthread.ui.assets\n")
    site(checkout).parent.mkdir(parents=True)
    site(checkout).touch()

    asked.unlink()
    again = set_up(checkout, "site")
    assert (again.returncode, again.stderr, asked.exists()) == (0, "", False)

    with (checkout / "package-lock.json").open("a", encoding="utf-8") as lock:
        lock.write("\n")
    assert set_up(checkout, "run").returncode == 0
    assert not asked.exists(), "an answer from a file needs nothing of the site"
    assert set_up(checkout, "site").returncode == 0
    assert asked.read_text(encoding="utf-8").endswith("-m goldthread.ui.assets\n")
    assert "run.txt" not in asked.read_text(encoding="utf-8"), "the packages had not changed"


def test_where_there_is_npm_no_package_stands_in_for_it(checkout: Path) -> None:
    asked = pretend_python(checkout)
    script(checkout / "machine" / "npm", "exit 0")
    assert set_up(checkout, "site").returncode == 0
    assert "node.txt" not in asked.read_text(encoding="utf-8")


@pytest.mark.parametrize(("words", "status"), [("site", 2), ("develop", 0)])
def test_without_the_site_s_files_it_cannot_be_shown_but_can_be_worked_on(
    checkout: Path, words: str, status: int
) -> None:
    pretend_python(checkout)
    script(checkout / ".venv" / "bin" / "python", 'case "$*" in *assets*) echo no network; exit 1 ;; esac')
    done = set_up(checkout, words)
    assert done.returncode == status
    assert "the design system's files could not be fetched" in done.stderr.splitlines()[-1]
    assert not (checkout / ".venv" / ".set-up-site").exists()


def test_an_installation_that_fails_says_why_and_is_tried_again(checkout: Path) -> None:
    asked = pretend_python(checkout)
    script(
        checkout / ".venv" / "bin" / "python", f'[ "$1" = -c ] && exit; echo "$*" >>"{asked}"; echo no network; exit 1'
    )
    for _ in range(2):
        done = set_up(checkout, "run")
        assert done.returncode == 2
        assert "no network" in done.stderr
        assert "could not be installed" in done.stderr.splitlines()[-1]
    assert len(asked.read_text(encoding="utf-8").splitlines()) == 2


def test_a_failed_installation_leaves_nothing_that_counts_as_done(checkout: Path) -> None:
    asked = pretend_python(checkout)
    assert set_up(checkout, "run").returncode == 0
    asked.unlink()
    lock = checkout / "requirements" / "run.txt"
    first = lock.read_text(encoding="utf-8")
    lock.write_text(first + "# another version\n", encoding="utf-8")
    script(checkout / ".venv" / "bin" / "python", '[ "$1" = -c ]')
    assert set_up(checkout, "run").returncode == 2

    lock.write_text(first, encoding="utf-8")  # what is installed now is neither
    pretend_python(checkout)
    assert set_up(checkout, "run").returncode == 0
    assert asked.exists()


def test_the_oldest_python_is_said_alike_everywhere() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    oldest = settings["project"]["requires-python"].removeprefix(">=")
    assert f"({oldest.replace('.', ', ')})" in (ROOT / "bin" / "set-up").read_text(encoding="utf-8")
    assert settings["tool"]["mypy"]["python_version"] == oldest
    assert settings["tool"]["ruff"]["target-version"] == f"py{oldest.replace('.', '')}"


@pytest.mark.parametrize("words", [[], ["everything"]])
def test_another_word_is_refused(checkout: Path, words: list[str]) -> None:
    done = set_up(checkout, *words)
    assert done.returncode == 2
    assert "run, site or develop" in done.stderr
