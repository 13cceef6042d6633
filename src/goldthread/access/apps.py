"""Tells Django of the app."""

from __future__ import annotations

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """The app `access`."""

    name = "goldthread.access"
    label = "access"
