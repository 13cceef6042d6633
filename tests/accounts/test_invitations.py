"""An invitation is the only way to a first second factor: good once, for a while, for one person."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import staff
from codes import App
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from goldthread.accounts import actions, invitations
from goldthread.accounts.models import Account, Invitation, SignIn
from goldthread.agencies.vocabulary import Role
from goldthread.kernel.acting import Actor, ActorKind
from goldthread.kernel.errors import Denied, NotNow

pytestmark = pytest.mark.django_db
PASSWORDS = {"with": "password", "password": staff.PASSWORD, "again": staff.PASSWORD}


@pytest.fixture(autouse=True)
def _addresses(settings: Settings) -> None:
    settings.ROOT_URLCONF = "test_who_asks"
    cache.clear()


@pytest.fixture
def administrator() -> Actor:
    return Actor(ActorKind.PRACTITIONER, staff.practitioner(Role.ADMINISTRATOR).pk)


@pytest.fixture
def account(administrator: Actor) -> Account:
    worker = staff.practitioner(name="Bea Lindqvist")
    return actions.open_account(
        by=administrator, at=timezone.now(), practitioner=worker.pk, email="Bea@anyborough.example"
    )


def invite(by: Actor, account: Account) -> str:
    return f"/invitation/{actions.invite(by=by, at=timezone.now(), account=account.pk)[1]}/"


def inside(browser: Client) -> bool:
    return browser.get("/who/").status_code == 200


def add_app(browser: Client) -> Any:
    page = browser.get("/your-account/app/add/").content.decode()
    secret = re.search(r'<strong class="gt-written">(\w+)</strong>', page)
    assert secret, page
    return browser.post("/your-account/app/add/", {"code": App(secret[1]).code()})


def test_whoever_is_invited_sets_up_both_factors_and_is_in(administrator: Actor, account: Account) -> None:
    link = invite(administrator, account)
    browser = Client()
    for _ in range(2):
        assert "Bea Lindqvist" in browser.get(link).content.decode(), "looking uses nothing up"
    assert browser.post(link, PASSWORDS)["Location"] == "/your-account/app/add/"
    assert not inside(browser), "a password alone is not enough"
    assert browser.get("/your-account/app/picture.svg")["Content-Type"] == "image/svg+xml"
    assert add_app(browser)["Location"] == "/your-account/recovery-codes/"
    codes = browser.get("/your-account/recovery-codes/").content.decode()
    assert len(re.findall(r"<code ", codes)) == 10
    assert "<code" not in browser.get("/your-account/recovery-codes/").content.decode(), "they are shown once"
    assert inside(browser)
    assert Client().get(link).status_code == 404
    assert Client().post(link, PASSWORDS).status_code == 404
    assert [one.how for one in SignIn.objects.all()] == ["invitation"]


def test_then_she_signs_in_with_both(administrator: Actor, account: Account) -> None:
    link = invite(administrator, account)
    browser = Client()
    browser.post(link, PASSWORDS)
    page = browser.get("/your-account/app/add/").content.decode()
    app = App(re.search(r'<strong class="gt-written">(\w+)</strong>', page)[1])  # type: ignore[index]
    browser.post("/your-account/app/add/", {"code": app.code()})
    browser.get("/who/")
    cache.clear()  # a code is good once within its half minute
    again = Client()
    again.post("/sign-in/", {"login": "bea@anyborough.example", "password": staff.PASSWORD})
    again.post("/sign-in/code/", {"code": app.code()})
    assert inside(again)


def test_until_then_the_session_reaches_nothing_else(administrator: Actor, account: Account) -> None:
    browser = Client()
    browser.post(invite(administrator, account), PASSWORDS)
    for elsewhere in (
        "/who/",
        "/your-account/",
        "/your-account/password/",
        "/administration/people/",
        "/approvals/",
        "/prove/",
    ):
        assert browser.get(elsewhere)["Location"] == "/sign-in/second-factor/"
    assert browser.post("/your-account/recovery-codes/new/")["Location"] == "/sign-in/second-factor/"


def test_of_two_who_hold_one_link_one_has_the_account(administrator: Actor, account: Account) -> None:
    link = invite(administrator, account)
    hers, thiefs = Client(), Client()
    thiefs.post(link, {"with": "passkey"})
    hers.post(link, PASSWORDS)
    add_app(hers)
    assert inside(hers)
    assert not inside(thiefs)
    assert thiefs.get("/your-account/passkeys/add/").status_code == 302


def test_a_link_that_was_replaced_or_is_too_old_is_worthless(administrator: Actor, account: Account) -> None:
    first = invite(administrator, account)
    second = invite(administrator, account)
    assert Client().get(first).status_code == 404
    assert Client().get(second).status_code == 200
    Invitation.objects.update(lapses_at=timezone.now())
    assert Client().get(second).status_code == 404


def test_a_link_that_lapses_while_she_sets_up_lets_nobody_in(administrator: Actor, account: Account) -> None:
    browser = Client()
    browser.post(invite(administrator, account), PASSWORDS)
    Invitation.objects.update(withdrawn_at=timezone.now())
    add_app(browser)
    assert not inside(browser)


def test_nobody_is_invited_to_an_account_that_is_set_up(administrator: Actor, account: Account) -> None:
    App.of(account)
    with pytest.raises(NotNow):
        invite(administrator, account)


def test_a_disabled_account_is_not_set_up(administrator: Actor, account: Account) -> None:
    link = invite(administrator, account)
    actions.set_enabled(
        by=administrator, at=timezone.now(), account=account.pk, version=account.version, enabled=False, because="Left."
    )
    assert Client().post(link, PASSWORDS).status_code == 404


def test_only_administrators_invite_and_none_invites_herself(account: Account, administrator: Actor) -> None:
    own = Account.objects.create(practitioner_id=administrator.id, email="own@anyborough.example")
    worker = Actor(ActorKind.PRACTITIONER, staff.practitioner().pk)
    for by, whose in ((worker, account), (administrator, own)):
        with pytest.raises(Denied):
            invite(by, whose)


@pytest.mark.parametrize(
    "change", [{"password": "short", "again": "short"}, {"again": "another set of words"}, {"password": ""}]
)
def test_a_password_that_will_not_do_is_said_on_the_form(
    administrator: Actor, account: Account, change: dict[str, str]
) -> None:
    answer = Client().post(invite(administrator, account), {**PASSWORDS, **change})
    assert answer.status_code == 422 and "There is a problem" in answer.content.decode()
    assert not SignIn.objects.exists()


def test_only_a_hash_of_the_link_is_kept(administrator: Actor, account: Account) -> None:
    token = invitations.make(administrator, datetime.now(UTC), account)
    kept = Invitation.objects.latest("pk")
    assert token not in (kept.token_hash, str(kept.__dict__))
    assert kept.lapses_at - kept.made_at == timedelta(hours=72)
    assert mail.outbox == []
