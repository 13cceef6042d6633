"""Every page of signing in and administration in a real browser: axe finds nothing, nothing is blocked, 320 pixels are enough."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
import staff
from browsing import faults, launched, sideways
from codes import App
from django.core.cache import cache
from django.db import connections
from django.utils import timezone
from playwright.sync_api import Browser, ConsoleMessage, Page, Response
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer
from test_administration_pages import addresses

from goldthread.accounts import actions, demo
from goldthread.accounts.models import Account
from goldthread.agencies.models import Practitioner
from goldthread.agencies.vocabulary import Role
from goldthread.kernel.acting import Actor, ActorKind, system

TOO_WIDE = """
[...document.querySelectorAll("body *")]
  .filter(one => one.getBoundingClientRect().right > document.documentElement.clientWidth)
  .map(one => one.outerHTML.slice(0, 120))
"""
PICTURES = os.environ.get("GOLDTHREAD_PICTURES", "")  # a folder for what the pages look like, for whoever wants to see

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def browser(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Browser]:
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright keeps an event loop in this thread
    cache.clear()
    with launched() as opened:
        yield opened
        connections.close_all()  # Playwright's loop has connections of its own


class Reader:
    """Someone who opens pages and looks at each in every way."""

    def __init__(self, browser: Browser, live_server: LiveServer, session: str = "") -> None:
        self.site = str(live_server.url)
        context = browser.new_context()
        if session:
            context.add_cookies([{"name": "session", "value": session, "url": self.site}])
        self.page: Page = context.new_page()
        self.page.set_default_timeout(30_000)
        self.said: list[str] = []
        self.page.on("console", self._hear)
        self.page.on("response", self._see)
        self.looked_at = 0

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.said.append(message.text)

    def _see(self, response: Response) -> None:
        # A page itself may be a refusal: of a form with errors, or where the first page is not there yet.
        if response.status >= 400 and not response.request.is_navigation_request():
            self.said.append(f"{response.status} {response.url}")

    def look(self, address: str = "") -> None:
        """Open a page, or stay, and look at it."""
        page = self.page
        if address:
            page.goto(f"{self.site}{address}")
        where = page.url
        page.set_viewport_size({"width": 1000, "height": 900})
        assert faults(page) == [], where
        if PICTURES:
            self.looked_at += 1
            name = where.removeprefix(self.site).split("?")[0].strip("/").replace("/", "-") or "first"
            page.screenshot(path=f"{PICTURES}/{self.looked_at:02}-{name[:60]}.png", full_page=True)
        page.set_viewport_size({"width": 320, "height": 800})
        assert sideways(page) == 0, (where, page.evaluate(TOO_WIDE))
        assert self.said == [], where


@pytest.fixture
def worker() -> Practitioner:
    account = staff.account(name="Bea Lindqvist-Featherstonehaugh of the Front Door")
    return account.practitioner


def test_the_entrance(browser: Browser, live_server: LiveServer) -> None:
    account = staff.account(password=staff.PASSWORD)
    app = App.of(account)
    reader = Reader(browser, live_server)
    for address in (
        "/sign-in/",
        "/sign-in/reset/",
        "/sign-in/reset/sent/",
        "/sign-in/reset/done/",
        "/sign-in/reset/1-x/",
    ):
        reader.look(address)
    reader.look("/sign-in/disabled/")
    page = reader.page
    page.goto(f"{reader.site}/sign-in/")
    page.get_by_role("button", name="Sign in", exact=True).click()
    reader.look()
    page.get_by_label("Email address").fill(account.email)
    page.get_by_label("Password", exact=True).fill(staff.PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    reader.look()
    page.get_by_label("Code from your app").fill(app.code())
    page.get_by_role("button", name="Sign in", exact=True).click()
    for address in ("/your-account/", "/your-account/app/remove/", "/your-account/password/", "/prove/code/"):
        reader.look(address)


def test_an_invitation(browser: Browser, live_server: LiveServer) -> None:
    person = staff.practitioner(name="Bea Lindqvist")
    by = system("test")
    account = actions.open_account(by=by, at=timezone.now(), practitioner=person.pk, email="bea@anyborough.example")
    token = actions.invite(by=by, at=timezone.now(), account=account.pk)[1]
    reader = Reader(browser, live_server)
    reader.look(f"/invitation/{token}/")
    reader.page.get_by_role("button", name="Use a password and an app").click()
    reader.look()
    reader.page.get_by_role("button", name="Use a passkey").click()
    reader.look("/your-account/passkeys/add/")
    reader.look("/your-account/app/add/")


def test_administration(browser: Browser, live_server: LiveServer, worker: Practitioner) -> None:
    session = str(staff.signed_in(staff.account(Role.ADMINISTRATOR, name="Ifeoma Balogun")).session.session_key)
    reader = Reader(browser, live_server, session)
    for address in addresses(worker):
        if "qualifications/1" not in address and "ties/1" not in address and "/account/tie/" not in address:
            reader.look(address)
    page = reader.page
    page.goto(f"{reader.site}/administration/people/new/")
    page.get_by_role("button", name="Add").click()
    reader.look()
    asked = approval_of(worker, Account.objects.get(practitioner__name="Ifeoma Balogun"))
    for address in ("/approvals/", f"/approvals/{asked}/"):
        reader.look(address)
    second = str(staff.signed_in(staff.account(Role.GOVERNANCE_OFFICER)).session.session_key)
    Reader(browser, live_server, second).look(f"/approvals/{asked}/")


def approval_of(worker: Practitioner, by: Account) -> int:
    from goldthread.accounts.approvals import FACTORS  # noqa: PLC0415  # beside its only use
    from goldthread.approvals.actions import ask  # noqa: PLC0415

    what = {"account": worker.account.pk, "practitioner": worker.pk}
    actor = Actor(ActorKind.PRACTITIONER, by.practitioner_id, account=by.pk)
    made = ask(
        by=actor, at=timezone.now(), kind=FACTORS, what=what, about=worker.pk, because="Lost her telephone.", key="k"
    )
    return made.pk


def test_a_demonstration(browser: Browser, live_server: LiveServer, settings: Settings) -> None:
    settings.MODE = "demo"
    parts = [
        demo.Part("worker", staff.practitioner(name="Anjali Mistry"), "A social worker with seventeen children."),
        demo.Part("chair", staff.practitioner(Role.CONFERENCE_CHAIR, name="Gareth Quigley"), "Chairs conferences."),
    ]
    demo.cast(by=system("demo"), at=timezone.now(), parts=parts)
    reader = Reader(browser, live_server)
    reader.look("/sign-in/?next=/your-account/")
    reader.page.get_by_role("button", name="Choose Anjali Mistry").click()
    reader.look()
    reader.look("/prove/")
