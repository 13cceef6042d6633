"""The table of leases."""

from __future__ import annotations

from django.db import models

from goldthread.kernel.declaring import Declared, Mutability, Retention, Sensitivity
from goldthread.kernel.models import Model


class Lease(Model):
    """When a job is due, which worker has it and until when, and how it went."""

    declared = Declared(Sensitivity.PUBLIC, Retention.INSTALLATION, Mutability.FREE)

    job = models.CharField(max_length=60, unique=True)
    due_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)  # while a worker has it
    worker = models.CharField(max_length=100, blank=True)
    begun_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=200, blank=True)
    failures = models.PositiveIntegerField(default=0)  # one after another

    def __str__(self) -> str:
        """Give the job's name."""
        return self.job
