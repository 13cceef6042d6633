"""Tables of who works with a record, who is named on it, who never sees it, and what was done in an emergency.

Periods are half-open; nothing in them is about a child, but all of it belongs to her record.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q

from goldthread.access.vocabulary import (
    CONFLICT_WORDS,
    EMERGENCY_WORDS,
    NOTICE_WORDS,
    VERDICT_WORDS,
    ConflictKind,
    Emergency,
    NoticeKind,
    Verdict,
    capacity_words,
)
from goldthread.agencies.models import PeriodQuerySet, Practitioner, Team
from goldthread.kernel.declaring import Declared, Mutability, Retention, Sensitivity
from goldthread.kernel.models import Versioned
from goldthread.records.models import Record

OF_RECORD = Declared(Sensitivity.RECORD, Retention.WITH_RECORD, Mutability.VERSIONED)


def _choices(words: Any) -> list[tuple[str, str]]:
    return [(one.value, said) for one, said in words.items()]


class Involvement(Versioned):
    """A practitioner, or a whole team, works with a record, from a day until one."""

    declared = OF_RECORD

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="involvements")
    practitioner = models.ForeignKey(
        Practitioner, null=True, blank=True, on_delete=models.PROTECT, related_name="involvements", db_index=False
    )
    team = models.ForeignKey(
        Team, null=True, blank=True, on_delete=models.PROTECT, related_name="involvements", db_index=False
    )
    capacity = models.CharField(max_length=60)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    because = models.CharField(max_length=500, blank=True)  # why it ended

    objects = PeriodQuerySet.as_manager()

    class Meta:
        indexes = (
            models.Index(fields=["practitioner", "record"], name="involved_practitioner"),
            models.Index(fields=["team", "record"], name="involved_team"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(practitioner__isnull=False) ^ Q(team__isnull=False), name="involved_practitioner_or_team"
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")),
                name="involvement_ends_after_it_begins",
            ),
        )

    def __str__(self) -> str:
        """Give the capacity in words."""
        return self.capacity_words

    @property
    def capacity_words(self) -> str:
        """The capacity, in words."""
        return capacity_words(self.capacity)


class Named(Versioned):
    """A practitioner who may know of a restricted or sealed record."""

    declared = OF_RECORD

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="named")
    practitioner = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="named_on")
    because = models.CharField(max_length=500, blank=True)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)

    objects = PeriodQuerySet.as_manager()

    def __str__(self) -> str:
        """Give what it is."""
        return f"named on {self.record_id}"


class Conflict(Versioned):
    """A practitioner with a personal tie to a record: she never sees it."""

    declared = OF_RECORD

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="conflicts")
    practitioner = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="conflicts")
    kind = models.CharField(max_length=20, choices=_choices(CONFLICT_WORDS))
    says = models.CharField(max_length=500, blank=True)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)

    objects = PeriodQuerySet.as_manager()

    def __str__(self) -> str:
        """Give the kind in words."""
        return CONFLICT_WORDS[ConflictKind(self.kind)]


class BreakGlass(Versioned):
    """A practitioner opened a record in an emergency, for a time; another judges afterwards whether it was one."""

    declared = OF_RECORD

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="emergencies")
    practitioner = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="emergencies")
    reason = models.CharField(max_length=30, choices=_choices(EMERGENCY_WORDS))
    because = models.TextField()
    began_at = models.DateTimeField()
    until_at = models.DateTimeField()  # when it ends by itself, or was ended
    review_due_on = models.DateField()
    reviewed_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.ForeignKey(
        Practitioner, null=True, blank=True, on_delete=models.PROTECT, related_name="emergencies_reviewed"
    )
    verdict = models.CharField(max_length=30, blank=True, choices=_choices(VERDICT_WORDS))
    finding = models.TextField(blank=True)  # what the reviewer says

    class Meta:
        indexes = (models.Index(fields=["practitioner", "until_at"], name="emergency_running"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(reviewed_at__isnull=True, reviewed_by__isnull=True, verdict="")
                | (Q(reviewed_at__isnull=False, reviewed_by__isnull=False) & ~Q(verdict="")),
                name="emergency_reviewed_wholly_or_not",
            ),
        )

    def __str__(self) -> str:
        """Give the reason in words."""
        return EMERGENCY_WORDS[Emergency(self.reason)]

    @property
    def verdict_words(self) -> str:
        """The verdict, in words; nothing before there is one."""
        return VERDICT_WORDS[Verdict(self.verdict)] if self.verdict else ""


class Notice(Versioned):
    """Something that those who answer for a record should know: who reached for it, and how."""

    declared = OF_RECORD

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=20, choices=_choices(NOTICE_WORDS))
    at = models.DateTimeField()
    practitioner = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="noticed")  # who reached
    emergency = models.ForeignKey(BreakGlass, null=True, blank=True, on_delete=models.PROTECT, related_name="notices")
    read_at = models.DateTimeField(null=True, blank=True)
    read_by = models.ForeignKey(
        Practitioner, null=True, blank=True, on_delete=models.PROTECT, related_name="notices_read"
    )

    class Meta:
        indexes = (models.Index(fields=["record", "at"], name="notice_of_record"),)

    def __str__(self) -> str:
        """Give it in words."""
        return NOTICE_WORDS[NoticeKind(self.kind)]
