"""Who may ask and who may decide."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from goldthread.agencies.queries import roles_held
from goldthread.approvals.kinds import Kind
from goldthread.approvals.models import Approval
from goldthread.audit.lines import Line, Verb
from goldthread.kernel.acting import Actor
from goldthread.kernel.errors import Denied


def check_can_ask(by: Actor, at: datetime, kind: Kind, about: int | None) -> None:
    """This will raise unless she may ask for it."""
    if by.id == about:
        raise _denied("Nobody asks for this for herself. Ask another administrator.", "approval:new", at)
    if not kind.asked_by & roles_held(by.id, timezone.localdate(at)):
        raise _denied("Your post does not let you ask for this.", "approval:new", at)


def check_can_decide(by: Actor, at: datetime, kind: Kind, approval: Approval) -> None:
    """This will raise unless she may decide it: another than who asked, not whom it is about, and qualified for it."""
    sentence = why_not_decide(by, at, kind, approval)
    if sentence:
        raise _denied(sentence, f"approval:{approval.pk}", at)


def why_not_decide(by: Actor, at: datetime, kind: Kind, approval: Approval) -> str:
    """This will say why she may not decide it; nothing where she may."""
    if by.id == approval.asked_by_id:
        return "You asked for this yourself: someone else decides."
    if by.id == approval.about_id:
        return "This is about you: someone else decides."
    # At home: else two people of one partner agency could give each other's colleagues what reaches beyond it.
    if not kind.decided_by & roles_held(by.id, timezone.localdate(at), at_home=True):
        return "Your post does not let you decide this."
    return ""


def _denied(sentence: str, thing: str, at: datetime) -> Denied:
    return Denied(sentence, trace=(Line(Verb.ADMINISTERED, thing=thing, refused=True),), at=at)
