"""What other apps and the pages ask of approvals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.db.models import Q

from goldthread.approvals.kinds import KINDS, Kind
from goldthread.approvals.models import Approval
from goldthread.approvals.permissions import why_not_decide
from goldthread.approvals.states import WORDS, State
from goldthread.kernel.acting import Actor
from goldthread.kernel.errors import NotFound

LISTED = 200


@dataclass(frozen=True, slots=True)
class Shown:
    """An approval as a page shows it."""

    id: int
    title: str
    sentence: str
    because: str
    asked_by: str
    asked_at: datetime
    lapses_at: datetime
    state: State
    state_words: str
    decided_by: str
    decided_at: datetime | None
    reasons: str
    mine: bool
    why_not: str  # why the reader may not decide it; empty where she may

    @property
    def open(self) -> bool:
        """Whether it waits for a decision."""
        return self.state is State.ASKED_FOR


def open_for(by: Actor, at: datetime) -> list[Shown]:
    """This will give what waits for a decision that the reader may take part in, what lapses first at the top."""
    rows = _rows().filter(state=State.ASKED_FOR, lapses_at__gt=at).order_by("lapses_at")[:LISTED]
    shown = [_shown(row, by, at) for row in rows]
    return [one for one in shown if one.mine or not one.why_not]


def decided_for(by: Actor, at: datetime) -> list[Shown]:
    """This will give what the reader asked for or decided and is over, the latest first."""
    over = ~Q(state=State.ASKED_FOR) | Q(lapses_at__lte=at)
    rows = _rows().filter(over, Q(asked_by=by.id) | Q(decided_by=by.id)).order_by("-asked_at")[:LISTED]
    return [_shown(row, by, at) for row in rows]


def one_for(by: Actor, at: datetime, approval: int) -> Shown:
    """This will give one that the reader asked for, decided, or may decide."""
    row = _rows().filter(pk=approval).first()
    if row is not None:
        shown = _shown(row, by, at)
        if shown.mine or not shown.why_not or row.decided_by_id == by.id:
            return shown
    raise NotFound("There is no such request.")


def _rows() -> models.QuerySet[Approval]:
    return Approval.objects.select_related("asked_by", "decided_by").filter(kind__in=list(KINDS))


def _shown(row: Approval, by: Actor, at: datetime) -> Shown:
    kind: Kind = KINDS[row.kind]
    state = row.state_at(at)
    return Shown(
        id=row.pk,
        title=kind.title,
        sentence=kind.describe(row.what),
        because=row.because,
        asked_by=row.asked_by.name,
        asked_at=row.asked_at,
        lapses_at=row.lapses_at,
        state=state,
        state_words=WORDS[state],
        decided_by=row.decided_by.name if row.decided_by else "",
        decided_at=row.decided_at,
        reasons=row.reasons,
        mine=row.asked_by_id == by.id,
        why_not=why_not_decide(by, at, kind, row),
    )
