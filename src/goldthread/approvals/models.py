"""The approval's table. The database itself refuses a decision by the one who asked."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import F, Q

from goldthread.agencies.models import Practitioner
from goldthread.approvals.states import State
from goldthread.kernel.declaring import Declared, Mutability, Retention, Sensitivity
from goldthread.kernel.models import Versioned

_OPEN = Q(decided_by__isnull=True, decided_at__isnull=True)
_DECIDED = Q(decided_by__isnull=False, decided_at__isnull=False)


class Approval(Versioned):
    """Something that one person asked for and another decides."""

    declared = Declared(Sensitivity.STAFF, Retention.PERMANENT, Mutability.VERSIONED)

    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=64, unique=True)  # of the form it was asked for by: sent twice, it is one
    what = models.JSONField()
    about = models.ForeignKey(  # whom it concerns, if a practitioner: she decides nothing of it
        Practitioner, null=True, blank=True, on_delete=models.PROTECT, related_name="approvals_about"
    )
    because = models.TextField()
    asked_by = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="approvals_asked_for")
    asked_at = models.DateTimeField()
    lapses_at = models.DateTimeField()
    state = models.CharField(max_length=20, default=State.ASKED_FOR, choices=[(one.value, one.value) for one in State])
    decided_by = models.ForeignKey(
        Practitioner, null=True, blank=True, on_delete=models.PROTECT, related_name="approvals_decided"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    reasons = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=~Q(decided_by=F("asked_by")), name="decided_by_another"),
            models.CheckConstraint(
                condition=Q(about__isnull=True) | (~Q(asked_by=F("about")) & ~Q(decided_by=F("about"))),
                name="not_by_whom_it_is_about",
            ),
            models.CheckConstraint(
                condition=(Q(state__in=(State.ASKED_FOR, State.WITHDRAWN)) & _OPEN)
                | (Q(state__in=(State.APPROVED, State.REFUSED)) & _DECIDED),
                name="decided_by_somebody_at_some_time",
            ),
        )
        indexes = (models.Index(fields=["state", "lapses_at"]),)

    def __str__(self) -> str:
        """Give its kind and number."""
        return f"{self.kind} {self.pk}"

    def state_at(self, at: datetime) -> State:
        """This will give where it stands at a moment."""
        state = State(self.state)
        return State.LAPSED if state is State.ASKED_FOR and at >= self.lapses_at else state
