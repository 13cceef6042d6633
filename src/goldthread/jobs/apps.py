"""Tells Django of the app."""

from __future__ import annotations

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """The app `jobs`."""

    name = "goldthread.jobs"
    label = "jobs"
