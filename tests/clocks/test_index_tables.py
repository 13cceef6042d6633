"""The index is protected as the events are, from which it is made."""

from __future__ import annotations

import pytest
from django.db import DatabaseError

from goldthread.clocks.models import Clock, Reckoning, Sharing

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("model", [Clock, Reckoning, Sharing])
def test_nobody_reads_a_clock_unless_someone_acts(model: type[Clock | Reckoning | Sharing]) -> None:
    with pytest.raises(DatabaseError):
        list(model._default_manager.all())
