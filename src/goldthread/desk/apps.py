"""Tells Django of the app."""

from __future__ import annotations

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """The app `desk`."""

    name = "goldthread.desk"
    label = "desk"
