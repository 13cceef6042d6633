"""`goldthread verify` says where summaries and lists are not what the facts lead to."""

from __future__ import annotations

from datetime import timedelta

import pytest
from chronicles import NOW, TODAY, changing, records, worker

from goldthread.chronology import actions
from goldthread.chronology.models import Summary
from goldthread.cli import verify
from goldthread.clocks import recurring
from goldthread.clocks.models import Clock
from goldthread.kernel.acting import acting_as, system

pytestmark = pytest.mark.django_db


def test_it_names_the_record_and_what_differs_and_says_nothing_where_all_agree() -> None:
    who = worker()
    (child,) = records(who)
    with changing(who, [child]) as several:
        actions.record(several, kind="referral-received", on=TODAY, process="referral:1")
    assert verify._folded() == []
    assert "what the facts lead to" in recurring.verify_all(NOW)
    with acting_as(system("tests")):
        Summary.objects.update(open_since=TODAY - timedelta(days=1))
        Clock.objects.filter(duty="referral.decide").delete()
    first, second = verify._folded()
    assert first.startswith(f"Record {child.code}: ") and "open_since" in first
    assert second.startswith(f"Record {child.code}: ") and "referral.decide" in second
    with pytest.raises(recurring.Differing):
        recurring.verify_all(NOW)
    assert recurring.turn(NOW) == "0 records reckoned again."
