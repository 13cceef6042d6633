"""Every address says who may come to it; those open to strangers stand here by name, and all others send them away."""

from __future__ import annotations

import pytest
import staff
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path, resolve
from django.views import View
from pytest_django import Settings
from routes import Address, addresses

from goldthread.kernel.routes import Who, meant_for

OPEN = {
    "account_login", "account_logout", "account_inactive", "account_reset_password", "account_reset_password_done",
    "account_reset_password_from_key", "account_reset_password_from_key_done", "mfa_authenticate", "mfa_login_webauthn",
    "second_factor", "invitation", "to_agency", "from_agency", "ended_at_agency",
    "ui:accessibility", "ui:patterns", "healthz", "readyz",
}  # fmt: skip
"""An address that is added here is one that a stranger may see: think twice."""
SAID_TO_ANYONE = (302, 401, 403, 404)
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")


def is_open(one: Address) -> bool:
    """Whether a stranger gets an answer; Django's own word for it."""
    return getattr(one.pattern.callback, "login_required", True) is False


@login_not_required
def unmarked(request: HttpRequest) -> HttpResponse:
    """A view whose writer forgot to say for whom it is."""
    return HttpResponse("a record")


class Unclear(View):
    """A view that says so in a word of somebody's own, and on the class, where the net does not look."""

    access_policy = "anyone"

    def get(self, request: HttpRequest) -> HttpResponse:
        return HttpResponse("a record")


@meant_for(Who.ANYONE)
@login_not_required
def open_to_all(request: HttpRequest) -> HttpResponse:
    return HttpResponse("a page")


urlpatterns = [
    path("unmarked/", unmarked),
    path("unclear/", Unclear.as_view()),
    path("open/", open_to_all),
    path("sign-in/", open_to_all, name="account_login"),
]


def test_every_address_says_for_whom_it_is() -> None:
    found = list(addresses())
    assert [one.route for one in found if one.mark is None] == []
    assert len(found) > 60
    assert len({one.name for one in found}) == len(found), "two addresses share a name"
    for one in found:
        assert (one.who is Who.ANYONE) is is_open(one), one.name
        assert (one.who is Who.RECORD) is bool(one.mark and one.mark.acts), one.name


def test_one_that_does_not_would_be_found(settings: Settings) -> None:
    settings.ROOT_URLCONF = __name__
    assert [one.route for one in addresses() if one.mark is None] == ["unmarked/", "unclear/"]


def test_only_these_are_open() -> None:
    assert {one.name for one in addresses() if is_open(one)} == OPEN


def test_administration_is_marked_as_that_and_nothing_else_is() -> None:
    for one in addresses():
        inside = one.name.startswith("administration:")
        assert (one.who is Who.ADMINISTRATORS) is inside, one.name


def test_each_address_as_it_is_written_here_leads_to_its_view() -> None:
    for one in addresses():
        assert resolve(one.filled()).func is one.pattern.callback, one.name


@pytest.mark.django_db
def test_strangers_are_sent_away_from_all_others() -> None:
    tried = 0
    for one in addresses():
        for method in METHODS:
            answer = Client(raise_request_exception=False).generic(method, one.filled())
            if is_open(one):
                assert answer.status_code < 500, (one.name, method)
                continue
            assert answer.status_code in SAID_TO_ANYONE, (one.name, method)
            assert answer.status_code != 302 or answer["Location"].startswith("/sign-in/"), (one.name, method)
            tried += 1
    assert tried > 300


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/unmarked/", "/unclear/"])
def test_a_view_without_a_mark_answers_nobody(settings: Settings, address: str) -> None:
    settings.ROOT_URLCONF = __name__
    assert Client().get("/open/").content == b"a page"
    for browser in (Client(), staff.signed_in(staff.account())):
        answer = browser.get(address)
        assert answer.status_code == 403
        assert b"a record" not in answer.content
