"""The net under every address: a view says for whom it is, and one that does not say so answers nobody."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.urls import URLPattern, URLResolver

View = TypeVar("View", bound=Callable[..., Any])
log = logging.getLogger(__name__)


class Who(StrEnum):
    """For whom a view is. This says what is meant, for the net and the tests; the actions and queries behind it decide."""

    ANYONE = "anyone"  # who has not signed in, too
    SIGNED_IN = "signed-in"  # about herself, or what the policy lets her see
    ADMINISTRATORS = "administrators"
    RECORD = "record"  # one record, named by its reference in the address; the gate decides


@dataclass(frozen=True, slots=True)
class Mark:
    """What a view says of itself; of a record, which acts of the policy it needs, one of which is enough."""

    who: Who
    acts: tuple[str, ...] = ()


def meant_for(who: Who, *acts: str) -> Callable[[View], View]:
    """This will mark a view: `@meant_for(Who.RECORD, Act.OPEN)`."""

    def mark(view: View) -> View:
        view.access_policy = Mark(who, tuple(str(act) for act in acts))  # type: ignore[attr-defined]  # as Django does
        return view

    return mark


def all_meant_for(who: Who, patterns: Sequence[URLPattern | URLResolver]) -> list[URLPattern | URLResolver]:
    """This will mark every view of some addresses, those of packages too, that does not say otherwise itself."""
    for one in patterns:
        if isinstance(one, URLResolver):
            all_meant_for(who, one.url_patterns)
        elif mark_of(one.callback) is None:
            meant_for(who)(one.callback)
    return list(patterns)


def mark_of(view: Callable[..., Any]) -> Mark | None:
    """This will give what a view says of itself; None if it says nothing."""
    found = getattr(view, "access_policy", None)
    return found if isinstance(found, Mark) else None


class RouteNet:
    """Refuses whatever a view would answer that does not say for whom it is."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any) -> None:
        """Let through what is marked."""
        if mark_of(view) is None:
            log.error("a view does not say for whom it is", extra={"request": request})
            raise PermissionDenied
