"""Each request says who asks and when, and whoever may no longer be here is refused at once."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta

import pytest
import staff
from codes import App
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, JsonResponse
from django.test import Client
from django.urls import include, path
from pytest_django import DjangoAssertNumQueries, Settings

from goldthread.accounts import trail
from goldthread.accounts.models import SignIn
from goldthread.accounts.rules import Ending, Limits, ending
from goldthread.agencies.vocabulary import Role
from goldthread.kernel.errors import AuditUnavailable
from goldthread.kernel.requests import OpenRequest, Request
from goldthread.kernel.routes import Who, all_meant_for

pytestmark = pytest.mark.django_db


def who(request: Request) -> HttpResponse:
    actor = request.actor
    said = {
        "actor": str(actor), "account": actor.account, "organisation": actor.organisation, "roles": sorted(request.roles),
        "now": request.now.isoformat(), "id": request.id, "request": actor.request, "session": actor.session,
    }  # fmt: skip
    return JsonResponse(said)


@login_not_required
def anyone(request: OpenRequest) -> HttpResponse:
    return JsonResponse({"actor": request.actor and str(request.actor), "roles": sorted(request.roles)})


urlpatterns = all_meant_for(
    Who.SIGNED_IN, [path("who/", who), path("anyone/", anyone), path("", include("goldthread.config.urls"))]
)


@pytest.fixture(autouse=True)
def _addresses(settings: Settings) -> None:
    settings.ROOT_URLCONF = __name__


def test_a_request_carries_who_asks_and_in_which_roles() -> None:
    account = staff.account(Role.PRACTICE_SUPERVISOR, Role.SOCIAL_WORKER)
    said = staff.signed_in(account).get("/who/").json()
    assert said["actor"] == f"practitioner:{account.practitioner_id}"
    assert said["account"] == account.pk
    assert said["organisation"] == staff.organisation().pk
    assert said["roles"] == ["practice-supervisor", "social-worker"]
    assert said["id"] == said["request"] and len(said["session"]) == 32


def test_nobody_is_sent_to_sign_in_and_comes_back() -> None:
    answer = Client().get("/who/?of=1")
    assert (answer.status_code, answer["Location"]) == (302, "/sign-in/?next=%2Fwho%2F%3Fof%3D1")
    assert Client().get("/anyone/").json() == {"actor": None, "roles": []}


def test_one_factor_is_not_enough() -> None:
    with_one = staff.signed_in(staff.account(), factors=1)
    assert with_one.get("/who/").status_code == 302
    assert with_one.get("/anyone/").json()["actor"] is None


@pytest.mark.parametrize("change", ["account", "post"])
def test_a_disabled_account_or_an_ended_post_acts_at_once(change: str) -> None:
    account = staff.account()
    browser = staff.signed_in(account)
    assert browser.get("/who/").status_code == 200
    if change == "account":
        account.change(version=account.version, enabled=False)
    else:
        account.practitioner.posts.update(until_on=date(2026, 1, 5))
    assert browser.get("/who/").status_code == 302
    account.practitioner.posts.update(until_on=None)
    type(account).objects.update(enabled=True)
    assert browser.get("/who/").status_code == 302, "the session is gone, not only refused once"


def test_a_post_that_begins_tomorrow_is_none_today() -> None:
    account = staff.account(from_on=date(2999, 1, 1))
    assert staff.signed_in(account).get("/who/").status_code == 302


@pytest.mark.parametrize(("ago", "status"), [(29 * 60, 200), (31 * 60, 302)])
def test_a_session_that_is_not_used_ends(ago: int, status: int) -> None:
    assert staff.signed_in(staff.account(), at=time.time() - ago).get("/who/").status_code == status


def test_a_session_ends_however_much_it_is_used() -> None:
    limits = Limits(idle=timedelta(minutes=30), whole=timedelta(hours=12))
    now = datetime(2026, 3, 2, 20, tzinfo=UTC)
    facts = {"enabled": True, "has_post": True, "seen_at": now, "now": now, "limits": limits}
    assert ending(began_at=now - timedelta(hours=11, minutes=59), **facts) is None  # type: ignore[arg-type]
    assert ending(began_at=now - timedelta(hours=12), **facts) is Ending.TOO_LONG  # type: ignore[arg-type]


def test_signing_out_ends_the_session_on_both_sides() -> None:
    account = staff.account()
    browser = staff.signed_in(account)
    key = str(browser.session.session_key)
    moment = staff.LONG_AGO
    SignIn.objects.create(
        account=account, session_key=key, how="test", began_at=f"{moment}T00:00Z", seen_at=f"{moment}T00:00Z"
    )
    kept = browser.cookies["session"].value
    assert browser.get("/sign-out/").status_code == 405, "a link or a picture signs nobody out"
    browser.post("/sign-out/")
    browser.cookies["session"] = kept
    assert browser.get("/who/").status_code == 302
    assert SignIn.objects.get().ended_because == "signed-out"


def test_who_asks_costs_three_questions_to_the_database(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    browser = staff.signed_in(staff.account())
    browser.get("/who/")
    with django_assert_num_queries(3):  # the session, the account with its holder, her posts
        browser.get("/who/")
    with django_assert_num_queries(0):
        Client().get("/anyone/")


def test_a_session_that_nobody_came_back_to_is_no_longer_listed_as_open() -> None:
    account = staff.account()
    long_ago = datetime.now(UTC) - timedelta(hours=2)
    SignIn.objects.create(account=account, session_key="x", how="passkey", began_at=long_ago, seen_at=long_ago)
    assert "Not used for a while" in staff.signed_in(account).get("/your-account/").content.decode()
    assert SignIn.objects.get().ended_because == "idle"


def test_where_the_audit_cannot_be_written_nobody_is_let_in_and_nothing_is_shown(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*_: object) -> None:
        raise AuditUnavailable

    account = staff.account(password=staff.PASSWORD)
    app = App.of(account)
    browser = Client()
    browser.post("/sign-in/", {"login": account.email, "password": staff.PASSWORD})
    monkeypatch.setattr(trail, "write", fail)
    assert browser.post("/sign-in/code/", {"code": app.code()}).status_code == 503
    assert browser.get("/who/").status_code == 302
    assert not SignIn.objects.exists()
    old = staff.signed_in(account, at=time.time() - 24 * 3600)
    assert old.get("/who/").status_code == 503, "nor is the end of a session passed over"
