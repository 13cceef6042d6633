"""What every test of the oracle may use."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.register_assert_rewrite("oracle.small_pack")  # so that a finding that does not hold is shown beside the expected
from oracle.small_pack import Asker  # noqa: E402  # what is imported before is not rewritten


@pytest.fixture
def ask(tmp_path: Path) -> Asker:
    """This will give what puts duties and events to the oracle, in a folder of the test's own."""
    return Asker(tmp_path)
