"""Tells Django of the app."""

from __future__ import annotations

from django.apps import AppConfig
from django.http import HttpRequest

from goldthread.agencies.vocabulary import Role
from goldthread.desk.roles import CASEWORK, OVERSEEING, REVIEWING, SEARCHING, TOLD
from goldthread.ui import navigation


def of_use_to(roles: frozenset[Role]) -> navigation.MaySee:
    """This will show a link to those for whom there is something behind it; it guards nothing."""

    def may_see(request: HttpRequest) -> bool:
        return bool(roles & getattr(request, "roles", frozenset()))

    return may_see


class DeskConfig(AppConfig):
    """The app `desk`."""

    name = "goldthread.desk"
    label = "desk"

    def ready(self) -> None:
        """Put the places of work into the layout."""
        work = ("desk:first", "desk:work", "desk:keep_view", "desk:change_view")
        navigation.add("My work", "desk:work", order=10, may_see=of_use_to(CASEWORK), within=work)
        navigation.add("Team", "desk:team", order=20, may_see=of_use_to(OVERSEEING))
        navigation.add("Search", "desk:search", order=30, may_see=of_use_to(SEARCHING), within=("desk:begin",))
        navigation.add("Notices", "desk:notices", order=40, may_see=of_use_to(TOLD))
        navigation.add("Reviews", "desk:reviews", order=50, may_see=of_use_to(REVIEWING), within=("desk:review",))
