"""The Record's table."""

from __future__ import annotations

from enum import StrEnum

from django.db import models

from goldthread.kernel import references
from goldthread.kernel.declaring import Declared, Mutability, Retention, Sensitivity
from goldthread.kernel.models import Versioned


class RecordKind(StrEnum):
    """What a record is of; the kinds that have no app yet get theirs with it."""

    CHILD = "child"


class Restriction(StrEnum):
    """How far knowledge of a record reaches."""

    STANDARD = "standard"
    RESTRICTED = "restricted"
    SEALED = "sealed"


class Record(Versioned):
    """The anchor that access, audit, chronology and documents point at. It holds nothing that identifies anyone."""

    declared = Declared(Sensitivity.RECORD, Retention.WITH_RECORD, Mutability.VERSIONED)

    code = models.CharField(max_length=11, unique=True, default=references.make, editable=False)
    kind = models.CharField(max_length=20, choices=[(one.value, one.value) for one in RecordKind])
    restriction = models.CharField(
        max_length=12, default=Restriction.STANDARD, choices=[(one.value, one.value) for one in Restriction]
    )
    opened_on = models.DateField()
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged_from")

    def __str__(self) -> str:
        """Give the reference, which identifies nobody."""
        return self.code
