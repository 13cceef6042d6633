"""Tells Django of the app."""

from __future__ import annotations

from django.apps import AppConfig
from django.core.checks import register

from goldthread.ui import navigation
from goldthread.ui.navigation import Place


class UiConfig(AppConfig):
    """The app `ui`."""

    name = "goldthread.ui"
    label = "ui"

    def ready(self) -> None:
        """Put the accessibility statement into the footer, and have the links checked at every start."""
        register(navigation.check_links)
        navigation.add("Accessibility", "ui:accessibility", order=90, place=Place.FOOTER, may_see=navigation.anyone)
