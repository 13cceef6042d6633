"""Content of the audit that has to be destroyed: a custodian asks, an information governance officer decides."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from goldthread.agencies.vocabulary import Role
from goldthread.approvals import actions
from goldthread.approvals.kinds import Kind, What, register
from goldthread.approvals.models import Approval
from goldthread.audit.destroying import check_destroyable, destroy
from goldthread.kernel.acting import Actor

CODE = "audit-destruction"


def register_kind() -> None:
    """This will add it to the table of what can be asked for."""
    custodians, officers = frozenset({Role.CUSTODIAN}), frozenset({Role.GOVERNANCE_OFFICER})
    title = "Destruction of what the audit kept"
    register(Kind(CODE, title, custodians, officers, timedelta(days=30), _say, _check, _perform))


def ask(*, by: Actor, at: datetime, record: int, code: str, entries: Sequence[int], because: str, key: str) -> Approval:
    """This will ask to have the content of a record's entries destroyed; `code` is the record's reference, for people."""
    what = {"record": record, "code": code, "entries": sorted(set(entries))}
    return actions.ask(by=by, at=at, kind=CODE, what=what, because=because, key=key)


def _say(what: What) -> str:
    places = ", ".join(str(one) for one in what["entries"])
    return f"Destroy what was kept with entries {places} about the record {what['code']}. The entries themselves stay."


def _check(by: Actor, at: datetime, what: What) -> None:
    check_destroyable(what["record"], what["entries"])


def _perform(by: Actor, at: datetime, approval: Approval) -> None:
    what = approval.what
    destroy(by, approval.asked_by_id, at, what["record"], what["entries"], approval.because)
