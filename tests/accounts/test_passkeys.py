"""A passkey from its making to its use, in a real browser with an authenticator that the browser pretends to have."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest
import staff
from allauth.mfa.models import Authenticator
from browsing import launched
from django.contrib.sessions.backends.db import SessionStore
from django.core.cache import cache
from django.db import connections
from django.utils import timezone
from playwright.sync_api import Page
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from goldthread.accounts import actions, sign_ins
from goldthread.accounts.models import SignIn
from goldthread.kernel.acting import system

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def page(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Page]:
    settings.ROOT_URLCONF = "test_fresh_proof"
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright keeps an event loop in this thread
    cache.clear()
    with launched() as browser:
        opened = browser.new_page()
        opened.set_default_timeout(30_000)
        yield opened
        connections.close_all()  # Playwright's loop has connections of its own


def give_authenticator(page: Page, *, shows_herself: bool = True) -> Any:
    """This will give the browser an authenticator whose holder shows herself to it, or does not."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": shows_herself,
        "isUserVerified": shows_herself, "automaticPresenceSimulation": True,
    }  # fmt: skip
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return session


def errors_of(page: Page) -> list[str]:
    """This will collect what the browser complains of."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    return said


def address_of(live_server: LiveServer) -> str:
    return str(live_server.url).replace("127.0.0.1", "localhost")  # a passkey belongs to a name, never to a number


def invited(live_server: LiveServer) -> str:
    worker = staff.practitioner(name="Bea Lindqvist")
    by = system("test")
    account = actions.open_account(by=by, at=timezone.now(), practitioner=worker.pk, email="bea@anyborough.example")
    token = actions.invite(by=by, at=timezone.now(), account=account.pk)[1]
    return f"{address_of(live_server)}/invitation/{token}/"


def age_session() -> None:
    """Let the proof of the only open session grow old."""
    session = SessionStore(SignIn.objects.get(ended_at=None).session_key)
    for record in session["account_authentication_methods"]:
        record["at"] = time.time() - 3600
    session[sign_ins.SEEN] = time.time()
    session.save()


def test_a_passkey_sets_up_an_account_signs_in_alone_and_proves_again(page: Page, live_server: LiveServer) -> None:
    give_authenticator(page)
    complaints = errors_of(page)
    page.goto(invited(live_server))
    page.get_by_role("button", name="Use a passkey").click()
    page.get_by_role("button", name="Add a passkey").click()
    page.wait_for_url("**/your-account/recovery-codes/")
    assert page.locator("code").count() == 10
    assert Authenticator.objects.filter(type="webauthn").count() == 1

    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/sign-in/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(f"{address_of(live_server)}/my-work/")
    page.goto(f"{address_of(live_server)}/your-account/")
    assert "This session" in page.content()
    assert [one.how for one in SignIn.objects.order_by("pk")] == ["invitation", "passkey"]

    age_session()
    page.goto(f"{address_of(live_server)}/glass/?child=7F3K")
    page.get_by_role("button", name="Use your passkey").click()
    page.wait_for_url("**/glass/?child=7F3K")
    assert '"by": "practitioner:' in page.content()
    assert [
        one for one in complaints if not one.startswith("Failed to load resource")
    ] == []  # of the first page, perhaps


def test_a_passkey_whose_holder_does_not_show_herself_is_not_taken(page: Page, live_server: LiveServer) -> None:
    give_authenticator(page, shows_herself=False)
    page.goto(invited(live_server))
    page.get_by_role("button", name="Use a passkey").click()
    page.get_by_role("button", name="Add a passkey").click()
    page.get_by_text("The passkey was not used").wait_for()
    assert not Authenticator.objects.exists()
    page.goto(f"{address_of(live_server)}/your-account/")
    assert "/sign-in/second-factor/" in page.url


def test_the_last_passkey_is_not_removed(page: Page, live_server: LiveServer) -> None:
    give_authenticator(page)
    page.goto(invited(live_server))
    page.get_by_role("button", name="Use a passkey").click()
    page.get_by_role("button", name="Add a passkey").click()
    page.wait_for_url("**/your-account/recovery-codes/")
    page.goto(
        f"{address_of(live_server)}/your-account/passkeys/{Authenticator.objects.get(type='webauthn').pk}/remove/"
    )
    page.get_by_role("button", name="Remove it").click()
    page.wait_for_url("**/your-account/")
    assert Authenticator.objects.filter(type="webauthn").count() == 1
