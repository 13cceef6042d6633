"""In a demonstration one click makes a visitor someone invented; anywhere else it is impossible."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import staff
from django.test import Client
from pytest_django import Settings

from goldthread.accounts import demo
from goldthread.accounts.models import Account, SignIn
from goldthread.agencies.vocabulary import Role
from goldthread.kernel.acting import system
from goldthread.kernel.errors import Denied
from goldthread.kernel.requests import OpenRequest

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture
def demonstration(settings: Settings) -> Settings:
    settings.MODE = "demo"
    settings.ROOT_URLCONF = "test_who_asks"
    worker = staff.practitioner(Role.SOCIAL_WORKER, name="Anjali Mistry")
    stranger = staff.practitioner(Role.SOCIAL_WORKER, name="Kelvin Osei", within=staff.team("Safeguarding 2"))
    parts = [demo.Part("worker", worker, "Seventeen children."), demo.Part("stranger", stranger, "A colleague.")]
    demo.cast(by=system("demo"), at=NOW, parts=parts)
    return settings


def test_the_page_says_who_each_is(demonstration: Settings) -> None:
    page = Client().get("/sign-in/").content.decode()
    for words in ("Anjali Mistry", "Social worker, Safeguarding 1, Anyborough", "Seventeen children.", "Kelvin Osei"):
        assert words in page


def test_one_click_signs_in_and_another_changes_places(demonstration: Settings) -> None:
    browser = Client()
    browser.get("/sign-in/")
    answer = browser.post("/sign-in/", {"person": "worker", "next": "/somewhere/"})
    assert (answer.status_code, answer["Location"]) == (302, "/somewhere/")
    first = browser.session.session_key
    browser.post("/sign-in/", {"person": "stranger"})
    assert browser.session.session_key != first
    began = SignIn.objects.order_by("pk")
    assert [(one.account.practitioner.name, one.how, one.ended_at is None) for one in began] == [
        ("Anjali Mistry", "demo", False),
        ("Kelvin Osei", "demo", True),
    ]


def test_casting_again_doubles_nobody(demonstration: Settings) -> None:
    worker = Account.objects.get(practitioner__name="Anjali Mistry").practitioner
    demo.cast(by=system("demo"), at=NOW, parts=[demo.Part("worker", worker, "Sixteen children.")])
    assert [person.says for person in demo.people(NOW)] == ["Sixteen children."]


@pytest.mark.parametrize(
    "to", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)", "/\\elsewhere"]
)
def test_it_sends_nobody_elsewhere(demonstration: Settings, to: str) -> None:
    assert Client().post("/sign-in/", {"person": "worker", "next": to})["Location"] == "/"


@pytest.mark.parametrize("mode", ["live", "test", "development"])
def test_in_any_other_mode_it_is_impossible(demonstration: Settings, mode: str) -> None:
    demonstration.MODE = mode
    for attempt in (
        lambda: demo.people(NOW),
        lambda: demo.cast(by=system("demo"), at=NOW, parts=[]),
        lambda: demo.enter(OpenRequest(), "worker"),
    ):
        with pytest.raises(Denied):
            attempt()
    browser = Client()
    browser.post("/sign-in/", {"person": "worker"})
    assert "_auth_user_id" not in browser.session


def test_a_session_of_a_demonstration_proves_nothing_elsewhere(demonstration: Settings) -> None:
    browser = Client()
    browser.post("/sign-in/", {"person": "worker"})
    assert browser.get("/who/").status_code == 200
    demonstration.MODE = "live"
    assert browser.get("/who/").status_code == 302
