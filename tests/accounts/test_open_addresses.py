"""Which addresses are open to those who have not signed in stands here by name; all others send them to the entrance."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, path
from django.urls.converters import IntConverter, SlugConverter

from goldthread.kernel.routes import Who, mark_of, meant_for

OPEN = {
    "account_login", "account_logout", "account_inactive", "account_reset_password", "account_reset_password_done",
    "account_reset_password_from_key", "account_reset_password_from_key_done", "mfa_authenticate", "mfa_login_webauthn",
    "second_factor", "invitation", "to_agency", "from_agency", "ended_at_agency",
    "ui:accessibility", "ui:patterns", "healthz", "readyz",
}  # fmt: skip
"""An address that is added here is one that a stranger may see: think twice."""


def addresses(resolver: URLResolver, before: str = "", space: str = "") -> Iterator[tuple[str, str, URLPattern]]:
    """Every address of the site: its name, how it could look, and what is behind it."""
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            inner = f"{space}{one.namespace}:" if one.namespace else space
            yield from addresses(one, before + str(one.pattern), inner)
        else:
            route = str(one.pattern)
            for name, converter in one.pattern.converters.items():
                value = {IntConverter: "1", SlugConverter: "x"}.get(type(converter), "x")
                for kind in ("int", "slug", "str", "path", "uuid"):
                    route = route.replace(f"<{kind}:{name}>", value)
                route = route.replace(f"<{name}>", value)
            yield f"{space}{one.name}", f"/{before}{route}", one


def is_open(pattern: URLPattern) -> bool:
    return getattr(pattern.callback, "login_required", True) is False


def test_only_these_are_open() -> None:
    found = {name for name, _, pattern in addresses(get_resolver()) if is_open(pattern)}
    assert found == OPEN


def test_every_view_says_for_whom_it_is() -> None:
    for name, _, pattern in addresses(get_resolver()):
        mark = mark_of(pattern.callback)
        assert mark is not None, name
        assert (mark.who is Who.ANYONE) == is_open(pattern), name
        assert (mark.who is Who.RECORD) == bool(mark.acts), name


@pytest.mark.django_db
def test_a_view_that_does_not_say_so_answers_nobody(settings: Any) -> None:
    settings.ROOT_URLCONF = __name__
    assert Client().get("/said/").status_code == 200
    assert Client().get("/forgotten/").status_code == 403


@login_not_required
def forgotten(request: object) -> HttpResponse:
    """A view whose writer forgot to say for whom it is."""
    return HttpResponse("Someone's name")


@meant_for(Who.ANYONE)
@login_not_required
def said(request: object) -> HttpResponse:
    """The same, marked."""
    return HttpResponse("Nothing of anyone")


urlpatterns = [path("forgotten/", forgotten), path("said/", said)]


@pytest.mark.django_db
def test_all_others_send_a_stranger_to_the_entrance() -> None:
    tried = 0
    for name, address, pattern in addresses(get_resolver()):
        if is_open(pattern) or "(" in address:
            continue
        for method in ("GET", "POST", "PUT", "DELETE"):
            answer = Client().generic(method, address)
            assert answer.status_code == 302 and answer["Location"].startswith("/sign-in/"), (name, method)
            tried += 1
    assert tried > 100
