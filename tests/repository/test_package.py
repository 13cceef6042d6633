"""What is installed is whole, and starts light."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from goldthread.cli.verbs import VERBS, resolve

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "goldthread"


@pytest.mark.slow
def test_the_wheel_holds_the_packs_and_every_other_file_of_the_package(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path], cwd=ROOT, check=True, timeout=120
    )
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        held = set(archive.namelist())
    ours = {
        f"goldthread/{path.relative_to(PACKAGE).as_posix()}"
        for path in PACKAGE.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert any(name.endswith(".yaml") for name in ours)
    assert any(name.endswith(".json") for name in ours)
    assert ours <= held
    assert not [name for name in held - ours if ".dist-info/" not in name]


def test_help_imports_nothing_heavy() -> None:
    asked = (
        "import sys; from goldthread.cli import main; main(['--help']); print(*sorted(sys.modules), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, encoding="utf-8", timeout=60, check=True)
    imported = set(done.stderr.split())
    assert "goldthread.cli.verbs" in imported
    assert not imported & {"lxml", "pydantic", "yaml", "django", *(verb.module for verb in VERBS.values())}
    for name in VERBS:
        assert f"    {name} " in done.stdout


@pytest.mark.parametrize("name", VERBS)
def test_every_verb_leads_to_a_module_that_can_be_asked_and_run(name: str) -> None:
    module = resolve(VERBS[name])
    assert callable(module.add_arguments)
    assert callable(module.run)
