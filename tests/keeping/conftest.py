"""A PostgreSQL that the tests may kill."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from cluster import Cluster, NoPostgreSQL, cluster


@pytest.fixture(scope="session")
def server() -> Iterator[Cluster]:
    try:
        with cluster() as made:
            yield made
    except NoPostgreSQL as error:
        pytest.skip(str(error))
