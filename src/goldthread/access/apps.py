"""Tells Django of the app."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.module_loading import import_string

from goldthread.kernel.acting import record_refusals_with


class AccessConfig(AppConfig):
    """The app `access`."""

    name = "goldthread.access"
    label = "access"

    def ready(self) -> None:
        """Have the notices of refused reaching kept."""
        record_refusals_with(import_string("goldthread.access.noticing.keep_reached"))  # its tables are there only now
