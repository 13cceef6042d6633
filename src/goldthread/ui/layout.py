"""What every page is given besides its own facts: who is signed in, where she can go, and what holds for now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest

from goldthread.ui import navigation
from goldthread.ui.navigation import Place
from goldthread.ui.pages import Banner, Link


@dataclass(frozen=True, slots=True)
class Layout:
    """The frame of one page."""

    shown_as: str  # who is signed in: her name and title
    places: Sequence[Link]
    account: Sequence[Link]
    footer: Sequence[Link]
    banners: Sequence[Banner]
    sign_out: str
    invented: bool  # whether everybody in it is invented
    edition: str  # what the answers rest on


_edition = ""


def hold_edition(title: str) -> None:
    """This will have every page say on which edition of the guidance its answers rest; to be called at ready()."""
    global _edition  # said once at the start, as links are
    _edition = title


def frame(request: HttpRequest, *, for_refusal: bool = False) -> Layout:
    """This will give the frame of a page from what the request already carries; it asks no database.

    `for_refusal` leaves out all that depends on the address that was asked for, and the form that signs out (its
    token differs each time), so that a page that is hidden and a page that is not there are alike byte for byte.
    """
    shown_as: str = getattr(request, "shown_as", "")
    banners: Sequence[Banner] = getattr(request, "banners", ())
    return Layout(
        shown_as=shown_as,
        places=tuple(navigation.links(request, Place.PRIMARY, mark_current=not for_refusal)),
        account=tuple(navigation.links(request, Place.ACCOUNT, mark_current=not for_refusal)),
        footer=tuple(navigation.links(request, Place.FOOTER, mark_current=not for_refusal)),
        banners=tuple(banners),
        sign_out=navigation.sign_out() if shown_as and not for_refusal else "",
        invented=str(settings.MODE) == "demo",
        edition=_edition,
    )


def bare() -> Layout:
    """This will give the frame of a page that must be shown whatever else fails: it reads nothing of the request."""
    return Layout("", (), (), (), (), "", invented=str(settings.MODE) == "demo", edition="")


def layout(request: HttpRequest) -> dict[str, object]:
    """This will give our templates their `layout` and the `messages` to show once; settings name it."""
    return {"layout": frame(request), "messages": get_messages(request)}
