"""What git keeps: no registry, no machine, every dependency with its reason, every lock with its hash."""

from __future__ import annotations

import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROJECT = (ROOT / "pyproject.toml").read_text(encoding="utf-8")

# Written apart so that this file does not name what it looks for.
HOSTS = [".".join(parts) for parts in (("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("debian", "org"))]
PLACES = re.compile(r"(?<![\w.~\]}-])/(?:home|root|Users|work|tmp|farm|mnt)/\w")


def tracked() -> list[tuple[str, Path]]:
    """Mode and path of every file that git keeps and that is there."""
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("not a git checkout: there are no tracked files to look at")
    listed = subprocess.run(
        ["git", "ls-files", "--stage", "-z"], cwd=ROOT, capture_output=True, encoding="utf-8", check=True
    ).stdout
    rows = [row.split("\t", 1) for row in listed.split("\0") if row]
    return [(stage[:6], ROOT / name) for stage, name in rows if (ROOT / name).exists()]


def registry_hosts(text: str) -> list[str]:
    return [host for host in HOSTS if host in text.casefold()]


def machine_places(text: str) -> list[str]:
    return [found[0] for found in PLACES.finditer(text)]


def dependencies_without_reason(text: str) -> list[str]:
    """The dependencies in the text of a pyproject.toml whose line carries no comment."""
    project = tomllib.loads(text)["project"]
    lists = [project.get("dependencies", []), *project.get("optional-dependencies", {}).values()]
    return [
        dependency
        for dependencies in lists
        for dependency in dependencies
        if not re.search(rf'^\s*"{re.escape(dependency)}",\s*# \S+ \S+', text, re.MULTILINE)
    ]


def locked(text: str) -> dict[str, str]:
    """The pins of a requirements file by name; refuses a line that is neither a pin with hashes nor a marker."""
    pins = {}
    for entry in text.replace("\\\n", " ").splitlines():
        found = re.fullmatch(r"([\w.-]+)==([\w.]+)( ; [^;]+?)?((?:\s+--hash=sha256:[0-9a-f]{64})+)\s*", entry)
        assert found, f"not a pin with hashes: {entry[:80]}"
        pins[found[1]] = found[2]
    return pins


def test_no_tracked_file_names_a_registry_or_a_place_on_a_machine() -> None:
    for _, path in tracked():
        text = path.read_bytes().decode("utf-8", errors="replace")
        assert not registry_hosts(text), path.relative_to(ROOT)
        assert not machine_places(text), path.relative_to(ROOT)


@pytest.mark.parametrize("host", HOSTS)
def test_a_registry_host_is_noticed(host: str) -> None:
    assert registry_hosts(f"see https://files.{host}/x") == [host]


@pytest.mark.parametrize("place", ["home", "root", "Users", "tmp"])
def test_a_place_on_a_machine_is_noticed(place: str) -> None:
    assert machine_places(f"cd /{place}/someone/goldthread")
    assert machine_places(f'"/{place}/someone"')
    assert not machine_places(f"docs/{place}/page.md and ../{place}/x")


def test_commands_can_be_run_and_are_sound_bash() -> None:
    modes = {path.relative_to(ROOT).as_posix(): mode for mode, path in tracked()}
    commands = [name for name in modes if re.match(r"(bin|\.ci)/", name)]
    assert {"bin/demo", "bin/test", "bin/goldthread", ".ci/run"} <= set(commands)
    for name in commands:
        assert modes[name] == "100755", f"{name} has no run bit"
        assert (ROOT / name).read_text(encoding="utf-8").startswith("#!/usr/bin/env bash\n")
        subprocess.run(["bash", "-n", name], cwd=ROOT, check=True)


def test_every_dependency_carries_its_reason() -> None:
    assert dependencies_without_reason(PROJECT) == []


def test_a_dependency_without_a_reason_is_noticed() -> None:
    breach = PROJECT.replace("dependencies = [\n", 'dependencies = [\n    "requests>=2",\n', 1)
    assert dependencies_without_reason(breach) == ["requests>=2"]


def test_the_locks_are_pins_with_hashes_and_hold_every_dependency() -> None:
    project = tomllib.loads(PROJECT)["project"]
    run = locked((ROOT / "requirements" / "run.txt").read_text(encoding="utf-8"))
    develop = locked((ROOT / "requirements" / "develop.txt").read_text(encoding="utf-8"))
    extras = project["optional-dependencies"]

    def name(dependency: str) -> str:
        return re.split(r"[<>=!~\[ ;]", dependency)[0].casefold()

    assert {name(one) for one in project["dependencies"] + extras["build"]} <= run.keys()
    assert {name(one) for one in extras["test"]} <= develop.keys()
    assert run.items() <= develop.items(), "develop.txt must hold all of run.txt at the same versions"


@pytest.mark.parametrize(
    "line", ["lxml==6.0", "-e .", "lxml>=6 --hash=sha256:" + "0" * 64, "--index-url https://example.invalid/simple"]
)
def test_a_line_that_is_no_pin_with_a_hash_is_noticed(line: str) -> None:
    with pytest.raises(AssertionError, match="not a pin"):
        locked(line)
