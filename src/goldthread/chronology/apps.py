"""Tells Django of the app."""

from __future__ import annotations

from django.apps import AppConfig


class ChronologyConfig(AppConfig):
    """The app `chronology`."""

    name = "goldthread.chronology"
    label = "chronology"
