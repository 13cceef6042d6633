"""The base of every fact of a person: from when it held, when it was recorded, and what replaced it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from goldthread.duties.corrections import LONDON
from goldthread.kernel.declaring import Declared, Mutability, Retention, Sensitivity
from goldthread.kernel.models import Model


def london_day(at: datetime) -> date:
    """This will give the day in England on which a moment falls."""
    return at.astimezone(LONDON).date()


def held(on: date, prefix: str = "") -> Q:
    """This will give the condition that a fact held on a day; an end that is not known is open."""
    begun = Q(**{f"{prefix}from_on__isnull": True}) | Q(**{f"{prefix}from_on__lte": on})
    return begun & (Q(**{f"{prefix}until_on__isnull": True}) | Q(**{f"{prefix}until_on__gt": on}))


def known(at: datetime | None, prefix: str = "") -> Q:
    """This will give the condition that a row was what was known at a moment; None is as it is known now."""
    if at is None:
        return Q(**{f"{prefix}superseded_at__isnull": True})
    written = Q(**{f"{prefix}recorded_at__lte": at}) | Q(**{f"{prefix}recorded_at__isnull": True}) & (
        Q(**{f"{prefix}from_on__isnull": True}) | Q(**{f"{prefix}from_on__lte": london_day(at)})
    )
    return written & (Q(**{f"{prefix}superseded_at__isnull": True}) | Q(**{f"{prefix}superseded_at__gt": at}))


class FactQuerySet(models.QuerySet[Any]):
    """Facts, in words of their two times."""

    def held(self, on: date) -> FactQuerySet:
        """This will give those that held on the day."""
        return self.filter(held(on))

    def known(self, at: datetime | None = None) -> FactQuerySet:
        """This will give those that were known at the moment; without one, those that nothing has replaced."""
        return self.filter(known(at))


class Fact(Model):
    """A row that is never overwritten: what is changed is written anew, and the row before is marked as superseded.

    A row can be replaced once only, which the database holds: of two people who change the same row at the same time
    one is told of the other. What was recorded by mistake is superseded, and nothing replaces it.
    """

    declared: ClassVar[Declared] = Declared(Sensitivity.RECORD, Retention.WITH_RECORD, Mutability.SUPERSEDED)
    marks: ClassVar[tuple[str, ...]] = ("superseded_at", "superseded_by")

    from_on = models.DateField(null=True, blank=True)
    until_on = models.DateField(null=True, blank=True)  # the first day on which it no longer held
    recorded_at = models.DateTimeField(null=True, blank=True)  # null where a file did not say: then `from_on` counts
    # A practitioner's id, as the audit has it; nobody, where it was taken in from a file. No foreign key: SQLite would then
    # read these tables whenever a practitioner is added, which happens where no actor is bound.
    recorded_by = models.PositiveBigIntegerField(null=True, blank=True)
    replaces = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    changed_because = models.CharField(max_length=500, blank=True)  # why it replaces, or was struck out
    superseded_at = models.DateTimeField(null=True, blank=True)
    superseded_by = models.PositiveBigIntegerField(null=True, blank=True)

    objects = FactQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.UniqueConstraint(fields=["replaces"], condition=Q(replaces__isnull=False), name="%(class)s_once"),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(from_on__isnull=True) | Q(until_on__gte=F("from_on")),
                name="%(class)s_ends_after",
            ),
        )
