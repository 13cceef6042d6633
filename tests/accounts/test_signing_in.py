"""Signing in with a password and a second factor: by no way does anyone come further without both."""

from __future__ import annotations

import re

import pytest
import staff
from codes import App, recovery_codes
from django.core import mail
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from goldthread.accounts.models import Account, SignIn
from goldthread.audit.models import Entry
from goldthread.kernel.acting import acting_as, system

pytestmark = pytest.mark.django_db
WHO = "/who/"


@pytest.fixture(autouse=True)
def _addresses(settings: Settings) -> None:
    settings.ROOT_URLCONF = "test_who_asks"
    cache.clear()


def entries(verb: str) -> list[tuple[str, str, bool]]:
    with acting_as(system("test")):
        return list(Entry.objects.filter(verb=verb).order_by("seq").values_list("thing", "purpose", "refused"))


def sign_in(browser: Client, account: Account, password: str = staff.PASSWORD, **more: str) -> int:
    return browser.post("/sign-in/", {"login": account.email, "password": password, **more}).status_code


def inside(browser: Client) -> bool:
    return browser.get(WHO).status_code == 200


@pytest.fixture
def account() -> Account:
    return staff.account(password=staff.PASSWORD)


@pytest.fixture
def app(account: Account) -> App:
    return App.of(account)


def test_a_password_and_a_code_let_her_in(account: Account, app: App) -> None:
    browser = Client()
    answer = browser.post("/sign-in/?next=/who/", {"login": account.email.upper(), "password": staff.PASSWORD})
    assert (answer.status_code, answer["Location"]) == (302, "/sign-in/code/")
    assert not inside(browser)
    answer = browser.post("/sign-in/code/", {"code": app.code()})
    assert answer["Location"] == "/who/"
    assert inside(browser)
    assert SignIn.objects.get().how == "password-and-app"
    assert entries("signed-in") == [(f"account:{account.pk}", "password-and-app", False)]


def test_a_wrong_password_and_an_unknown_name_look_alike_and_leave_a_trace(account: Account, app: App) -> None:
    known = Client().post("/sign-in/", {"login": account.email, "password": "wrong words altogether"})
    unknown = Client().post("/sign-in/", {"login": "nobody@anyborough.example", "password": "wrong words altogether"})
    shown = [re.sub(r'value="[^"]*"', "", page.content.decode()) for page in (known, unknown)]
    assert shown[0] == shown[1]
    assert known.status_code == unknown.status_code == 200
    assert entries("signed-in") == [(f"account:{account.pk}", "password", True), ("account:unknown", "password", True)]


def test_a_wrong_code_leaves_a_trace_and_lets_nobody_in(account: Account, app: App) -> None:
    browser = Client()
    sign_in(browser, account)
    assert browser.post("/sign-in/code/", {"code": app.wrong()}).status_code == 200
    assert not inside(browser)
    assert entries("signed-in") == [(f"account:{account.pk}", "code", True)]


def test_a_code_is_good_once(account: Account, app: App) -> None:
    code = app.code()
    for good in (True, False):
        browser = Client()
        sign_in(browser, account)
        browser.post("/sign-in/code/", {"code": code})
        assert inside(browser) is good or app.code() != code


def test_a_recovery_code_stands_in_once(account: Account, app: App) -> None:
    code = recovery_codes(account)[0]
    for good in (True, False):
        browser = Client()
        sign_in(browser, account)
        browser.post("/sign-in/code/", {"code": code})
        assert inside(browser) is good
    assert SignIn.objects.get().how == "password-and-recovery-code"


def test_guessing_a_password_is_stopped_by_the_sixth_even_with_the_right_one(account: Account, app: App) -> None:
    for number in range(5):
        sign_in(Client(REMOTE_ADDR=f"192.0.2.{number}"), account, "wrong words altogether")
    browser = Client(REMOTE_ADDR="192.0.2.77")
    answer = browser.post("/sign-in/", {"login": account.email, "password": staff.PASSWORD})
    assert answer.status_code == 200
    assert "Too many" in answer.content.decode()
    assert len(entries("signed-in")) == 5


def test_guessing_names_from_one_place_is_stopped(account: Account, app: App) -> None:
    for number in range(20):
        Client().post("/sign-in/", {"login": f"guess{number}@anyborough.example", "password": "wrong words"})
    answer = Client().post("/sign-in/", {"login": account.email, "password": staff.PASSWORD})
    assert answer.status_code in (200, 429) and not answer.has_header("Location")


def test_guessing_a_code_is_stopped(account: Account, app: App) -> None:
    browser = Client()
    sign_in(browser, account)
    for _ in range(5):
        browser.post("/sign-in/code/", {"code": app.wrong()})
    browser.post("/sign-in/code/", {"code": app.code()})
    assert not inside(browser)


def test_without_a_second_factor_a_right_password_begins_nothing(account: Account) -> None:
    browser = Client()
    answer = browser.post("/sign-in/", {"login": account.email, "password": staff.PASSWORD})
    assert answer["Location"] == "/sign-in/second-factor/"
    assert "_auth_user_id" not in browser.session
    assert not SignIn.objects.exists()
    assert entries("signed-in") == [(f"account:{account.pk}", "one-factor", True)]
    for setting_up in ("/your-account/app/add/", "/your-account/passkeys/add/"):
        assert browser.get(setting_up).status_code == 302


def test_a_disabled_account_is_not_let_in(account: Account, app: App) -> None:
    Account.objects.update(enabled=False)
    browser = Client()
    sign_in(browser, account)
    assert not inside(browser)
    assert "_auth_user_id" not in browser.session


def test_an_account_disabled_between_its_factors_is_not_let_in(account: Account, app: App) -> None:
    browser = Client()
    sign_in(browser, account)
    Account.objects.update(enabled=False)
    browser.post("/sign-in/code/", {"code": app.code()})
    assert not inside(browser)


def test_the_session_has_another_name_after_signing_in(account: Account, app: App) -> None:
    browser = Client()
    browser.get("/sign-in/")
    session = browser.session
    session["planted"] = 1
    session.save()
    before = session.session_key
    browser.cookies["session"] = str(before)
    sign_in(browser, account)
    browser.post("/sign-in/code/", {"code": app.code()})
    assert browser.cookies["session"].value != before
    thief = Client()
    thief.cookies["session"] = str(before)
    assert not inside(thief)


@pytest.mark.parametrize(
    "to", ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example", "javascript:alert(1)"]
)
def test_nobody_is_sent_elsewhere_after_signing_in(account: Account, app: App, to: str) -> None:
    browser = Client()
    browser.post(f"/sign-in/?next={to}", {"login": account.email, "password": staff.PASSWORD, "next": to})
    assert browser.post("/sign-in/code/", {"code": app.code(), "next": to})["Location"] == "/"


def test_asking_for_a_new_password_says_the_same_to_all_and_writes_to_no_stranger(account: Account, app: App) -> None:
    invited = staff.account()  # without a password
    answers = []
    for email in (account.email, "nobody@anyborough.example", invited.email):
        answer = Client().post("/sign-in/reset/", {"email": email}, follow=True)
        answers.append((answer.redirect_chain, re.sub(r'value="[^"]*"', "", answer.content.decode())))
    assert answers[0] == answers[1] == answers[2]
    assert [one.to for one in mail.outbox] == [[account.email]]


def test_a_new_password_ends_all_sessions_and_lets_nobody_in_by_itself(account: Account, app: App) -> None:
    elsewhere = Client()
    sign_in(elsewhere, account)
    elsewhere.post("/sign-in/code/", {"code": app.code()})
    assert inside(elsewhere)
    browser = Client()
    browser.post("/sign-in/reset/", {"email": account.email})
    link = re.search(r"http://testserver(/sign-in/reset/\S+)", str(mail.outbox[0].body))
    assert link
    form = browser.get(link[1], follow=True)
    new = "quite another set of words"
    browser.post(form.redirect_chain[-1][0], {"password1": new, "password2": new})
    assert not inside(browser) and not inside(elsewhere)
    assert SignIn.objects.get().ended_because == "password-or-factor-changed"
    again = Client().get(link[1], follow=True)
    assert "password1" not in again.content.decode(), "a link is good once"
    assert sign_in(browser, account) == 200
    assert sign_in(browser, account, new) == 302
    assert not inside(browser), "the second factor is asked for as before"


def test_nobody_signs_herself_up() -> None:
    assert Client().get("/signup/").status_code == 404
    assert Client().get("/accounts/signup/").status_code == 404
