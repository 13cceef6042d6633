"""How every test runs: how its tables are emptied, and which Hypothesis profile."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import TransactionTestCase
from hypothesis import HealthCheck, settings
from nets import nets_lifted

# No deadline: a busy machine is no finding. The same examples at every run, so that a run says something of the change
# and not of chance; `search` draws new ones at each run and is for people: pytest -m hypothesis --hypothesis-profile=search.
settings.register_profile("quick", max_examples=50, deadline=None, derandomize=True)
settings.register_profile(
    "ci", max_examples=500, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("search", max_examples=2000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("quick")


USING_A_DATABASE = {"db", "transactional_db", "live_server"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what uses a database, so that .ci/run can run just that on the other one: pytest -m database."""
    for item in items:
        if item.get_closest_marker("django_db") or USING_A_DATABASE & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.database)


_tear_down = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]


def _tear_down_with_nets_lifted(self: Any) -> None:
    with nets_lifted():
        _tear_down(self)


@pytest.fixture(autouse=True, scope="session")
def _emptying_tables() -> Iterator[None]:
    TransactionTestCase._fixture_teardown = _tear_down_with_nets_lifted  # type: ignore[attr-defined]
    yield
    TransactionTestCase._fixture_teardown = _tear_down  # type: ignore[attr-defined]
