"""Two who decide at the same moment: one of them does, once."""

from __future__ import annotations

from datetime import timedelta
from threading import Barrier, Thread

import pytest
import staff
from django.db import connection
from django.utils import timezone

from goldthread.accounts.approvals import HIGH_ROLE
from goldthread.agencies.models import Post
from goldthread.agencies.vocabulary import Role
from goldthread.approvals import actions
from goldthread.approvals.models import Approval
from goldthread.audit.models import Entry
from goldthread.kernel.acting import Actor, ActorKind, acting_as, system
from goldthread.kernel.errors import NotNow

AT_ONCE = 4


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("same_person", [True, False])
def test_what_several_decide_at_once_is_done_once(same_person: bool) -> None:
    now = timezone.now()
    asker, worker = staff.practitioner(Role.ADMINISTRATOR), staff.practitioner()
    deciders = [staff.practitioner(Role.GOVERNANCE_OFFICER) for _ in range(AT_ONCE)]
    what = {
        "practitioner": worker.pk, "team": staff.team().pk, "role": "custodian", "from_on": "2026-03-02", "until_on": None,
    }  # fmt: skip
    asked = actions.ask(
        by=Actor(ActorKind.PRACTITIONER, asker.pk),
        at=now,
        kind=HIGH_ROLE,
        what=what,
        about=worker.pk,
        because="N.",
        key="k",
    )
    together, outcomes = Barrier(AT_ONCE), []

    def decide(number: int) -> None:
        by = Actor(ActorKind.PRACTITIONER, deciders[0 if same_person else number].pk)
        together.wait()
        try:
            actions.decide(by=by, at=now + timedelta(minutes=1), approval=asked.pk, approve=True, reasons="Yes.")
            outcomes.append("done")
        except NotNow:
            outcomes.append("too late")
        finally:
            connection.close()

    threads = [Thread(target=decide, args=(number,)) for number in range(AT_ONCE)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(30)
    assert sorted(outcomes) == ["done"] * AT_ONCE if same_person else ["done", *["too late"] * (AT_ONCE - 1)]
    assert Post.objects.filter(practitioner=worker, role=Role.CUSTODIAN).count() == 1
    assert Approval.objects.get().state == "approved"
    with acting_as(system("test")):
        assert Entry.objects.filter(purpose="approval-approved").count() == 1
