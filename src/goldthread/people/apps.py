"""Tells Django of the app."""

from __future__ import annotations

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """The app `people`."""

    name = "goldthread.people"
    label = "people"
