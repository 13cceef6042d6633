"""The index is protected as the events are, from which it is made."""

from __future__ import annotations

import pytest
from chronicles import TODAY, changing, records, worker
from django.db import DatabaseError

from goldthread.chronology import actions
from goldthread.clocks.models import Clock, Reckoning, Sharing

pytestmark = pytest.mark.django_db(transaction=True)


def test_nobody_reads_a_clock_unless_someone_acts() -> None:
    who = worker()
    (child,) = records(who)
    with changing(who, [child]) as several:
        actions.record(several, kind="referral-received", on=TODAY, process="referral:1")
        for model in (Clock, Reckoning, Sharing):
            assert model._default_manager.count() > 0
    for model in (Clock, Reckoning, Sharing):
        with pytest.raises(DatabaseError):
            list(model._default_manager.all())
