"""Tells Django of the app."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig
from django.http import HttpRequest

from goldthread.agencies.vocabulary import HIGH_ROLES
from goldthread.ui import navigation


def takes_part(request: HttpRequest) -> bool:
    """This will say whether the link to approvals is of use to someone."""
    return bool(HIGH_ROLES & getattr(request, "roles", frozenset()))


class ApprovalsConfig(AppConfig):
    """The app `approvals`."""

    name = "goldthread.approvals"
    label = "approvals"

    def ready(self) -> None:
        """Say what takes two people here, and where the pages are."""
        import_module(f"{self.name}.destruction").register_kind()  # it needs tables, which are not there before this
        navigation.add("Approvals", "approvals:all", order=80, may_see=takes_part, within=("approvals:",))
