"""Tells Django of the app."""

from __future__ import annotations

from datetime import time, timedelta

from django.apps import AppConfig
from django.core.checks import Tags
from django.core.checks import register as register_check

from goldthread.audit import checks
from goldthread.audit.actions import keep_refusal
from goldthread.audit.readiness import writable
from goldthread.jobs.health import also_ready
from goldthread.jobs.register import Job, register
from goldthread.jobs.rules import Daily, Every
from goldthread.kernel.acting import record_refusals_with

JOBS = (
    Job("checkpoint", "goldthread.audit.recurring.checkpoint", Every(timedelta(minutes=5))),
    Job("verify", "goldthread.audit.recurring.verify_all", Daily(time(2, 30)), lease=timedelta(hours=3)),
)


class AuditConfig(AppConfig):
    """The app `audit`."""

    name = "goldthread.audit"
    label = "audit"

    def ready(self) -> None:
        """Have refusals kept, and what recurs done."""
        record_refusals_with(keep_refusal)
        register_check(checks.checkpoints_are_signed_and_kept, Tags.security, deploy=True)
        also_ready("audit", writable)
        for job in JOBS:
            register(job)
