"""Tells Django of the app."""

from __future__ import annotations

from django.apps import AppConfig


class ClocksConfig(AppConfig):
    """The app `clocks`."""

    name = "goldthread.clocks"
    label = "clocks"
