"""What the audit kept is destroyed by a custodian and an information governance officer together, and by nobody else."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import staff

from goldthread.agencies.models import Practitioner
from goldthread.agencies.vocabulary import Role
from goldthread.approvals import actions, destruction, queries
from goldthread.approvals.models import Approval
from goldthread.audit.actions import write
from goldthread.audit.lines import Line, Verb
from goldthread.audit.models import Content, Entry
from goldthread.kernel.acting import Actor, ActorKind, acting_as, system
from goldthread.kernel.errors import Denied, NotNow, RuleBroken

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
RECORD = 77


def as_(practitioner: Practitioner) -> Actor:
    return Actor(ActorKind.PRACTITIONER, practitioner.pk)


def contents() -> int:
    with acting_as(system("test")):
        return Content.objects.filter(entry__record=RECORD).exclude(entry__verb="destroyed").count()


@pytest.fixture
def custodian() -> Practitioner:
    with acting_as(system("test")):
        lines = [Line(Verb.CHANGED, RECORD, content={"text": "what must go"}) for _ in range(3)]
        write(system("test"), NOW, lines)
    return staff.practitioner(Role.CUSTODIAN)


def ask(by: Practitioner, *entries: int) -> Approval:
    return destruction.ask(
        by=as_(by), at=NOW, record=RECORD, code="7F3K-92QD-X", entries=entries, because="Court order.", key=f"k{by.pk}"
    )


def test_two_destroy_what_was_kept_and_the_entries_stay(custodian: Practitioner) -> None:
    officer = staff.practitioner(Role.GOVERNANCE_OFFICER)
    asked = ask(custodian, 1, 3)
    assert contents() == 3
    (shown,) = queries.open_for(as_(officer), NOW)
    assert "entries 1, 3 about the record 7F3K-92QD-X" in shown.sentence
    actions.decide(by=as_(officer), at=NOW, approval=asked.pk, approve=True, reasons="Saw the order.")
    assert contents() == 1
    with acting_as(system("test")):
        assert Entry.objects.filter(record=RECORD, verb="changed").count() == 3
        assert Entry.objects.filter(record=RECORD, verb="destroyed").count() == 2


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.GOVERNANCE_OFFICER])
def test_nobody_else_decides(custodian: Practitioner, role: Role) -> None:
    asked = ask(custodian, 1)
    with pytest.raises(Denied):
        actions.decide(by=as_(staff.practitioner(role)), at=NOW, approval=asked.pk, approve=True, reasons="Yes.")
    assert contents() == 3


def test_nobody_else_asks(custodian: Practitioner) -> None:
    with pytest.raises(Denied):
        ask(staff.practitioner(Role.GOVERNANCE_OFFICER), 1)


def test_what_holds_nothing_is_not_asked_for_and_not_approved(custodian: Practitioner) -> None:
    for entries in ((), (99,)):
        with pytest.raises(RuleBroken):
            ask(custodian, *entries)
    asked = ask(custodian, 1)
    officer = as_(staff.practitioner(Role.GOVERNANCE_OFFICER))
    custodian.posts.update(until_on="2026-03-01")
    with pytest.raises(NotNow):
        actions.decide(by=officer, at=NOW, approval=asked.pk, approve=True, reasons="Yes.")
    assert contents() == 3
