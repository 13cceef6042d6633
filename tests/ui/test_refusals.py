"""A refusal of the domain is a page; what is hidden and what is not there are the same page, byte for byte."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.messages.storage.base import BaseStorage, Message
from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.test import Client, RequestFactory
from django.urls import path
from pytest_django import Settings

from goldthread.kernel.acting import Actor, ActorKind
from goldthread.kernel.errors import (
    AuditUnavailable,
    Conflict,
    Denied,
    FreshSignInNeeded,
    NotFound,
    NotNow,
    Refusal,
    RuleBroken,
)
from goldthread.kernel.routes import Who, all_meant_for
from goldthread.ui import forms, navigation, refusals, views
from goldthread.ui.pages import Banner, BannerKind

RAISED: dict[str, Exception] = {
    "hidden": Denied("You may not know of KTM-4821.", hidden=True),
    "denied": Denied("You are not involved with this child."),
    "absent": NotFound("There is no KTM-4821."),
    "http404": Http404("There is no KTM-4821."),
    "not-now": NotNow("The plan has ended."),
    "broken": RuleBroken("A conference cannot be before the enquiry."),
    "fresh": FreshSignInNeeded("Show again who you are."),
    "other": Refusal("It is refused."),
    "audit": AuditUnavailable("disk full: /secret/place"),
    "fault": ZeroDivisionError("Amina Farrow-Hale"),
    "conflict": Conflict(theirs={"words": "<i>theirs</i>"}, yours={"words": "yours"}, version=4),
    "too-big": RequestDataTooBig("too big"),
}


def raising(request: HttpRequest, what: str) -> HttpResponse:
    raise RAISED[what]


def not_here(request: HttpRequest) -> HttpResponse:
    raise NotFound("There is nothing here.")


urlpatterns = all_meant_for(
    Who.SIGNED_IN,
    [
        path("raise/<str:what>/", raising),
        path("here/", not_here, name="here"),
        path("sign-out/", not_here, name="account_logout"),
    ],
)
handler400 = views.bad_request
handler403 = views.permission_denied
handler404 = views.page_not_found
handler500 = views.server_error


class Signed:
    """Puts on the request what the sign-in would, without a database."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponseBase:
        request.actor = Actor(ActorKind.PRACTITIONER, 7)
        request.shown_as = "Josie Bramhall, social worker"
        request.banners = (Banner(BannerKind.BREAK_GLASS, "Emergency access is open.", "It is watched."),)
        request._messages = NoMessages(request)
        return self.get_response(request)


class NoMessages(BaseStorage):
    def _get(self, *args: Any, **kwargs: Any) -> tuple[list[Message], bool]:
        return [], True

    def _store(self, messages: Any, response: Any, *args: Any, **kwargs: Any) -> list[Message]:
        return []


@pytest.fixture
def browser(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Client:
    """A browser of someone signed in, on a site of nothing but refusals."""
    monkeypatch.setattr(navigation, "_entries", {})
    navigation.add("Here", "here", order=1)
    settings.ROOT_URLCONF = __name__
    settings.MIDDLEWARE = [
        "goldthread.ui.middleware.Headers",
        f"{__name__}.Signed",
        "goldthread.ui.middleware.Errors",
    ]
    return Client(raise_request_exception=False)


@pytest.mark.parametrize(
    ("what", "status", "says"),
    [
        ("denied", 403, "You are not involved with this child."),
        ("fresh", 403, "Show again who you are."),
        ("not-now", 409, "The plan has ended."),
        ("other", 409, "It is refused."),
        ("broken", 422, "A conference cannot be before the enquiry."),
        ("audit", 503, "Nothing was shown and nothing was changed."),
        ("fault", 500, "check whether it was saved"),
        ("too-big", 400, "It was too large to be read."),
    ],
)
def test_each_refusal_has_its_status_and_its_sentence(browser: Client, what: str, status: int, says: str) -> None:
    answer = browser.get(f"/raise/{what}/")
    assert answer.status_code == status
    assert says in answer.content.decode()
    assert answer["Cache-Control"] == "no-store"


def test_what_went_wrong_inside_is_not_told(browser: Client) -> None:
    assert b"Amina" not in browser.get("/raise/fault/").content
    assert b"secret" not in browser.get("/raise/audit/").content


def test_what_is_hidden_and_what_is_not_there_are_alike_byte_for_byte(browser: Client) -> None:
    answers = [
        browser.get(address)
        for address in ("/raise/hidden/", "/raise/absent/", "/raise/http404/", "/nowhere/", "/here/")
    ]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    assert len({json.dumps(dict(answer.headers), sort_keys=True) for answer in answers}) == 1
    assert b"KTM-4821" not in answers[0].content
    assert b"Josie Bramhall" in answers[0].content, "she is still signed in"
    assert b'href="/here/">Here</a>' in answers[0].content, "she can go on from here"
    assert b"Emergency access is open." in answers[0].content


def test_a_difference_between_the_two_would_be_noticed(browser: Client) -> None:
    assert browser.get("/raise/denied/").content != browser.get("/raise/absent/").content


def test_a_conflict_shows_both_texts(browser: Client) -> None:
    answer = browser.get("/raise/conflict/")
    said = answer.content.decode()
    assert answer.status_code == 409
    assert "&lt;i&gt;theirs&lt;/i&gt;</textarea>" in said
    assert "yours</textarea>" in said
    assert "Copy what you wrote" in said


class Words(forms.VersionedForm):
    words = forms.LongTextField("What she said")
    place = forms.TextField("Where")


def request_of(method: str = "post") -> Any:
    request: Any = getattr(RequestFactory(), method)("/records/x/")
    request.actor, request.shown_as, request._messages = None, "", NoMessages(request)
    request.now = datetime(2026, 4, 1, tzinfo=UTC)
    return request


def test_from_a_conflict_what_was_typed_can_be_sent_again_as_a_change_of_what_stands() -> None:
    form = Words({"words": "mine", "place": "school", "version": "3"})
    assert form.is_valid()
    refusal = Conflict(
        theirs={"words": "theirs", "place": "school"}, yours={"words": "mine", "place": "school"}, version=8
    )
    said = refusals.conflict(request_of(), refusal, form, by="T. Quill", back="/records/x/").content.decode()
    assert 'name="version" value="8" id="id_version"' in said
    assert "What she said</h2>" in said
    assert "The same in both: Where." in said
    assert "<bdi>T. Quill</bdi>" in said
    assert said.count("mine</textarea>") == 2, "beside the other text, and in the form"


def test_even_where_no_page_can_be_made_something_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(refusals, "page", broken)
    answer = views.server_error(request_of())
    assert answer.status_code == 500
    assert b"check whether it was saved" in answer.content
    assert answer["Content-Type"] == "text/plain; charset=utf-8"


def test_a_form_without_its_token_says_what_to_do() -> None:
    answer = views.csrf_failed(request_of())
    assert answer.status_code == 403
    assert b"open the page again" in answer.content


def test_the_patterns_are_not_there_in_live_mode(settings: Settings) -> None:
    settings.MODE = "live"
    with pytest.raises(NotFound):
        views.pattern_page(request_of("get"))
    settings.MODE = "development"
    assert views.pattern_page(request_of("get")).status_code == 200
