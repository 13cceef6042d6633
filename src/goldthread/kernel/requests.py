"""What every request of the site carries besides Django's own."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest

from goldthread.kernel.acting import Actor


class OpenRequest(HttpRequest):
    """A request to a page that needs no sign-in: perhaps nobody is known to ask."""

    id: str  # names the request in the audit and in the logs
    now: datetime  # the one moment of everything that the request does
    actor: Actor | None
    roles: frozenset[str]  # of her posts in force, in the words of `agencies.vocabulary.Role`; nobody has none
    shown_as: str  # her name and title, for the account menu


class Request(OpenRequest):
    """A request to any other page: someone asks who has shown who she is, by two factors."""

    actor: Actor
