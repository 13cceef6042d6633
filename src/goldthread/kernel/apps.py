"""Tells Django of the app."""

from __future__ import annotations

from django.apps import AppConfig
from django.core.checks import Tags, register

from goldthread.kernel import checks


class KernelConfig(AppConfig):
    """The kernel: no tables of its own, and the `migrate` command that lays the nets."""

    name = "goldthread.kernel"
    label = "kernel"

    def ready(self) -> None:
        """Have Django ask the checks."""
        register(checks.database_keeps_what_it_is_given, Tags.security, deploy=True)
