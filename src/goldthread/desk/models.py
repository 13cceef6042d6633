"""The desk's one table: views of My work that someone keeps."""

from __future__ import annotations

from django.db import models

from goldthread.agencies.models import Practitioner
from goldthread.kernel.declaring import Declared, Mutability, Retention, Sensitivity
from goldthread.kernel.models import Versioned


class SavedView(Versioned):
    """What a practitioner calls a way of narrowing My work, and the part of the address that does it."""

    declared = Declared(Sensitivity.STAFF, Retention.WITH_EMPLOYMENT, Mutability.VERSIONED)

    practitioner = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="saved_views")
    name = models.CharField(max_length=60)
    asked = models.CharField(max_length=1000)
    kept_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["practitioner", "name"], name="view_named_once"),)

    def __str__(self) -> str:
        """Give the name."""
        return self.name
