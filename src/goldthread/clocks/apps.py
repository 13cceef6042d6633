"""Tells Django of the app."""

from __future__ import annotations

from datetime import time, timedelta

from django.apps import AppConfig
from django.utils.module_loading import import_string

from goldthread.jobs.register import Job, register
from goldthread.jobs.rules import Daily, Every

JOBS = (
    Job("clocks", "goldthread.clocks.recurring.turn", Every(timedelta(minutes=15)), lease=timedelta(hours=1)),
    Job("facts", "goldthread.clocks.recurring.verify_all", Daily(time(3, 30)), lease=timedelta(hours=3)),
)


class ClocksConfig(AppConfig):
    """The app `clocks`."""

    name = "goldthread.clocks"
    label = "clocks"

    def ready(self) -> None:
        """Have the index follow the chronology, and be brought up to date when days go by."""
        # both need tables, which are not there before this
        import_string("goldthread.chronology.registry.register_follower")(
            import_string("goldthread.clocks.actions.reckon")
        )
        for job in JOBS:
            register(job)
