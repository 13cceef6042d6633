"""The only writers of approvals."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from goldthread.approvals.kinds import KINDS, Kind, What
from goldthread.approvals.models import Approval
from goldthread.approvals.permissions import check_can_ask, check_can_decide
from goldthread.approvals.states import WORDS, State
from goldthread.audit.actions import write
from goldthread.audit.lines import Line, Verb
from goldthread.kernel.acting import Actor, ActorKind, acting_as
from goldthread.kernel.errors import Denied, NotFound, NotNow, RuleBroken


def ask(
    *, by: Actor, at: datetime, kind: str, what: What, about: int | None = None, because: str, key: str
) -> Approval:
    """This will ask for something that another person decides; asked again with the same `key`, it gives the first."""
    of = KINDS[kind]
    if not because.strip():
        raise RuleBroken("Say why, so that the other person can decide.", field="because")
    with acting_as(by):
        there = Approval.objects.filter(key=key).first()
        if there is not None:
            if there.asked_by_id != by.id or there.kind != kind:
                raise Denied("This form was used by somebody else.")
            return there
        check_can_ask(by, at, of, about)
        of.check(by, at, what)
        made = Approval.objects.create(
            kind=kind,
            key=key,
            what=dict(what),
            about_id=about,
            because=because,
            asked_by_id=by.id,
            asked_at=at,
            lapses_at=at + of.lapses_after,
        )
        _keep(by, at, made, "approval-asked-for", kind=kind, what=dict(what), because=because)
    return made


def decide(*, by: Actor, at: datetime, approval: int, approve: bool, reasons: str) -> Approval:
    """This will approve and do what was asked for, or refuse it; decided again in the same way, nothing more is done."""
    if by.kind is not ActorKind.PRACTITIONER:
        raise Denied("A person decides this.")
    if not reasons.strip():
        raise RuleBroken("Give your reasons.", field="reasons")
    outcome = State.APPROVED if approve else State.REFUSED
    with acting_as(by):
        row = _locked(approval)
        of = KINDS[row.kind]
        if row.decided_by_id == by.id and row.state == outcome:
            return row
        check_can_decide(by, at, of, row)
        _check_open(row, at)
        row.change(version=row.version, state=outcome, decided_by_id=by.id, decided_at=at, reasons=reasons)
        if approve:
            _check_still(of, row, at)
            of.perform(by, at, row)
        _keep(by, at, row, f"approval-{outcome}", reasons=reasons)
    if approve and of.tell is not None:
        of.tell(at, row)
    return row


def withdraw(*, by: Actor, at: datetime, approval: int) -> Approval:
    """This will take back what one asked for and nobody has decided yet."""
    with acting_as(by):
        row = _locked(approval)
        if row.asked_by_id != by.id:
            raise Denied("Only who asked for it can take it back.")
        if row.state != State.WITHDRAWN:
            _check_open(row, at)
            row.change(version=row.version, state=State.WITHDRAWN)
            _keep(by, at, row, "approval-withdrawn")
    return row


def _check_still(of: Kind, row: Approval, at: datetime) -> None:
    """Ask again, in the name of who asked, whether it may and can be done."""
    asker = Actor(ActorKind.PRACTITIONER, row.asked_by_id)
    try:
        check_can_ask(asker, at, of, row.about_id)
        of.check(asker, at, row.what)
    except Denied:
        raise NotNow("Whoever asked for this may no longer ask for it.") from None


def _locked(approval: int) -> Approval:
    row = Approval.objects.select_for_update().filter(pk=approval).first()
    if row is None:
        raise NotFound("There is no such request.")
    return row


def _check_open(row: Approval, at: datetime) -> None:
    state = row.state_at(at)
    if state is not State.ASKED_FOR:
        raise NotNow(f"This can no longer be decided. It stands at: {WORDS[state].lower()}.")


def _keep(by: Actor, at: datetime, row: Approval, purpose: str, **content: Any) -> None:
    write(by, at, [Line(Verb.ADMINISTERED, thing=f"approval:{row.pk}", purpose=purpose, content=content or None)])
