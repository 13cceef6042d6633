"""Tells Django of the app."""

from __future__ import annotations

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """The app `records`."""

    name = "goldthread.records"
    label = "records"
