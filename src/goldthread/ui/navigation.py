"""Where the layout's links come from: each app adds its own when it is ready, and the layout shows what one may see."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum

from django.core.checks import Error
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from goldthread.ui.pages import Link

MaySee = Callable[[HttpRequest], bool]


class Place(StrEnum):
    """Where a link stands."""

    PRIMARY = "primary"  # the places of work, on every page
    ACCOUNT = "account"  # beside the person's name
    FOOTER = "footer"  # what is said of the site


def anyone(request: HttpRequest) -> bool:
    """This will let everybody see a link, signed in or not."""
    return True


def signed_in(request: HttpRequest) -> bool:
    """This will let those see a link who have shown who they are."""
    return getattr(request, "actor", None) is not None


@dataclass(frozen=True, slots=True)
class Entry:
    """One link of the layout.

    `may_see` only shows or hides, from what the request already carries: it asks no database, and it guards nothing.
    `within` are beginnings of the names of pages that lie within this place: `("desk:",)`.
    """

    label: str
    url_name: str
    order: int
    place: Place
    may_see: MaySee
    within: tuple[str, ...]


_entries: dict[tuple[Place, str], Entry] = {}


def add(
    label: str,
    url_name: str,
    *,
    order: int,
    place: Place = Place.PRIMARY,
    may_see: MaySee = signed_in,
    within: tuple[str, ...] = (),
) -> None:
    """This will add a link to the layout; to be called at an app's ready()."""
    _entries[place, url_name] = Entry(label, url_name, order, place, may_see, within)


def links(request: HttpRequest, place: Place, *, mark_current: bool = True) -> Iterator[Link]:
    """This will give the links of a place that the request's person may see, the current one marked.

    A link to a page that is not there raises, but for one that an app adds which this installation leaves out.
    """
    match = getattr(request, "resolver_match", None)
    here = match.view_name if match and mark_current else ""
    for entry in sorted(
        (one for one in _entries.values() if one.place is place), key=lambda one: (one.order, one.label)
    ):
        if entry.may_see(request):
            current = (
                "page"
                if here == entry.url_name
                else "true"
                if here and here.startswith(entry.within or ("\0",))
                else ""
            )
            # A missing address fails the check at the start, not the page in front of someone.
            with suppress(NoReverseMatch):
                yield Link(entry.label, reverse(entry.url_name), current)


def check_links(app_configs: object, **settings: object) -> list[Error]:
    """This will report each link of the layout that leads nowhere, before the site starts."""
    found = []
    for entry in _entries.values():
        try:
            reverse(entry.url_name)
        except NoReverseMatch:
            found.append(
                Error(f"The link {entry.label!r} leads to {entry.url_name!r}, which is no page.", id="ui.E001")
            )
    return found


def sign_out() -> str:
    """This will give the address that a sign-out is posted to, or nothing where nobody can sign in."""
    try:
        return reverse("account_logout")
    except NoReverseMatch:
        return ""
