"""One small invented authority of three years for the tests of this folder."""

from __future__ import annotations

from pathlib import Path

import pytest
from authority_told import Authority

from goldthread.invented.directory import Wanted, Written, write

SMALL = Wanted(year=2026, years=3, scale=0.1, seed=7)


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Written:
    return write(tmp_path_factory.mktemp("authority"), SMALL)


@pytest.fixture(scope="session")
def shared() -> Path:
    """This will give the reference folder, or skip."""
    folder = Path(__file__).resolve().parents[2].parent / "shared"
    if not folder.is_dir():
        pytest.skip("the reference folder (../shared) is not here")
    return folder


@pytest.fixture(scope="session")
def harrowmere() -> Authority:
    """This will tell the demonstration once for all tests."""
    return Authority()
