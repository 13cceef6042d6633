"""Tells Django of the site, and says of the packages' tables what they cannot say themselves."""

from __future__ import annotations

from django.apps import AppConfig

from goldthread.config.declarations import declare_packages


class SiteConfig(AppConfig):
    """The site as a whole."""

    name = "goldthread.config"
    label = "config"

    def ready(self) -> None:
        """Declare the packages' tables."""
        declare_packages()
