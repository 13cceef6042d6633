"""Tells Django of the app."""

from __future__ import annotations

from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    """The app `agencies`."""

    name = "goldthread.agencies"
    label = "agencies"
