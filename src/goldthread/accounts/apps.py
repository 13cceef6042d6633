"""Tells Django of the app."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module

from django.apps import AppConfig
from django.http import HttpRequest

from goldthread.accounts import checks
from goldthread.agencies.vocabulary import Role
from goldthread.jobs.register import Job, register
from goldthread.jobs.rules import Every
from goldthread.ui import navigation
from goldthread.ui.navigation import Place


def administers(request: HttpRequest) -> bool:
    """This will say whether the link to administration is of use to someone."""
    return Role.ADMINISTRATOR in getattr(request, "roles", ())


class AccountsConfig(AppConfig):
    """The app `accounts`."""

    name = "goldthread.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Say what of accounts takes two people, and where its pages are."""
        checks.register()
        register(Job("sweep-sessions", "goldthread.accounts.sweeping.sweep", Every(timedelta(hours=1))))
        import_module(f"{self.name}.approvals").register_kinds()  # it needs tables, which are not there before this
        navigation.add("Your account", "mfa_index", order=10, place=Place.ACCOUNT)
        navigation.add(
            "Administration", "administration:people", order=90, may_see=administers, within=("administration:",)
        )
