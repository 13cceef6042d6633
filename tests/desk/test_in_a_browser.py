"""The desk in a real browser: axe on every page, 320 pixels, by keyboard, without scripts, and nothing that the policy stops."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
import shown
from browsing import ORIGIN, faults, launched, opened, sideways
from django.db import connections
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, Page
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer
from seats import as_, happened, rows
from told_family import Home, home

from goldthread.access.models import BreakGlass
from goldthread.agencies.models import Practitioner

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
REFUSED = ("the server responded with a status",)
PAGES = ("", "duties/", "chronology/", "chronology/print/", "family/", "details/", "involved/", "tie/")


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch) -> Iterator[Browser]:
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright keeps an event loop in this thread
    with launched() as started:
        yield started
        connections.close_all()  # Playwright's loop has connections of its own


@pytest.fixture
def held() -> Home:
    made = home()
    today = timezone.localdate()
    happened(made.people.amira, made.code(), "referral-received", today - timedelta(days=30), {"referrer": "known"})
    happened(made.people.amira, made.code(), "child-seen", today - timedelta(days=3), {"alone": True})
    happened(made.people.amira, made.code(), "case-note", today, {"text": "A long-word" + "x" * 90 + "\nمرحبا"})
    return made


@dataclass
class Seats:
    """Where those of the cast sit down: at a real server, each with a browser profile of her own."""

    browser: Browser
    site: str

    @contextmanager
    def seat(self, who: Practitioner, *, may_complain_of: tuple[str, ...] = (), **how: Any) -> Iterator[Page]:
        """A page of a browser in which she has signed in; leaving it fails the test if the browser complained of anything."""
        context = self.browser.new_context(base_url=self.site, **how)
        context.add_cookies([{"name": "session", "value": as_(who).cookies["session"].value, "url": self.site}])
        page = context.new_page()
        page.set_default_timeout(30_000)
        complaints: list[str] = []
        page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        try:
            yield page
        finally:
            context.close()
        assert [said for said in complaints if not any(part in said for part in may_complain_of)] == []


@pytest.fixture
def seats(browser: Browser, live_server: LiveServer) -> Seats:
    return Seats(browser, str(live_server.url))


def look(page: Page, address: str) -> None:
    """Open a page, and look at it as wide as a desk and as narrow as a telephone."""
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(address)
    assert faults(page) == [], address
    page.set_viewport_size({"width": 320, "height": 900})
    assert sideways(page) == 0, address


def test_every_invented_page_is_without_fault(browser: Browser, settings: Settings) -> None:
    settings.ROOT_URLCONF = "desk_preview"
    with opened(browser, Client()) as page:
        for name in shown.pages():
            look(page, f"{ORIGIN}/preview/{name}/")


def test_an_allocated_social_worker_goes_from_her_work_to_every_page_of_a_child(seats: Seats, held: Home) -> None:
    with seats.seat(held.people.amira) as page:
        for address in ("/my-work/", "/my-work/?whose=team", "/search/", "/notices/"):
            look(page, address)
        page.goto("/")
        page.get_by_role("link", name="Ada Moor").first.click()
        page.wait_for_url(f"**/children/{held.code()}/")
        for part in PAGES:
            look(page, f"/children/{held.code()}/{part}")
        look(page, f"/children/{held.code()}/details/?stood_on=2025-03-01")
        page.get_by_role("link", name="Show it as it is today").click()
        assert page.get_by_text("Not as it is today.").count() == 0


def test_those_who_oversee_have_their_pages(seats: Seats, held: Home) -> None:
    people, code = held.people, held.code()
    visits = {
        people.bea: ("/my-work/team/", "/reviews/", f"/children/{code}/involved/begin/", f"/children/{code}/access/"),
        people.ines: ("/notices/", f"/children/{code}/reach/", f"/children/{code}/reach/set/",
                      f"/children/{code}/reach/tie/", f"/children/{code}/access/destroy/"),
        people.jo: ("/reviews/", f"/children/{code}/access/"),
        people.fern: ("/my-work/", f"/children/{code}/", f"/children/{code}/details/"),
    }  # fmt: skip
    for who, addresses in visits.items():
        with seats.seat(who) as page:
            for address in addresses:
                look(page, address)


def test_an_emergency_from_the_search_to_the_review(seats: Seats, held: Home) -> None:
    with seats.seat(held.people.dele, may_complain_of=REFUSED) as page:
        page.goto("/search/")
        page.get_by_label("Name", exact=True).fill("Ayda More")
        page.get_by_role("button", name="Search").click()
        assert faults(page) == []
        page.get_by_role("link", name="Ada Moor").click()
        assert page.get_by_role("heading", name="You are not involved with this record").is_visible()
        assert faults(page) == [] and sideways(page) == 0
        page.get_by_role("button", name="Open it in an emergency").click()
        page.get_by_role("button", name="Open it").click()
        assert page.get_by_role("heading", name="There is a problem").is_visible()
        assert faults(page) == []
        page.get_by_label("A child is missing").check()
        page.get_by_label("What has happened?").fill("The police rang: she has not come home.")
        page.get_by_role("button", name="Open it").click()
        assert page.get_by_text("You opened this record in an emergency.").is_visible()
        assert faults(page) == [] and sideways(page) == 0
    with seats.seat(held.people.amira) as page:
        look(page, "/notices/")
        page.get_by_role("button", name="I have read this").click()
    emergency = rows(BreakGlass)[0]
    with seats.seat(held.people.bea) as page:
        look(page, f"/reviews/{emergency.pk}/")
        page.get_by_label("It was an emergency, and opening the record was right").check()
        page.get_by_label("What you found").fill("The police confirm the call.")
        page.get_by_role("button", name="Record the review").click()
        assert page.get_by_text("Nothing waits for a review.").is_visible()


def test_a_search_and_a_new_record_by_keyboard_alone(seats: Seats, held: Home) -> None:
    with seats.seat(held.people.dele) as page:
        page.goto("/search/")
        tab_to(page, "Name")
        page.keyboard.type("Noor Holloway")
        page.keyboard.press("Enter")
        page.wait_for_selector("#found")
        tab_to(page, "Begin a new record")
        page.keyboard.press("Enter")
        page.wait_for_selector("h1:has-text('Begin a new record')")
        assert page.get_by_label("Family name").input_value() == "Holloway"
        tab_to(page, "Yes")
        page.keyboard.press("Space")
        for part, typed in (("Day", "3"), ("Month", "4"), ("Year", "2020")):
            tab_to(page, part)
            page.keyboard.type(typed)
        tab_to(page, "Yes")
        page.keyboard.press("Space")
        tab_to(page, "Female")
        page.keyboard.press("Space")
        tab_to(page, "Begin the record")
        page.keyboard.press("Enter")
        page.wait_for_selector(".gt-identity__name")
        assert "Noor Holloway" in page.locator(".gt-identity__name").inner_text()


def tab_to(page: Page, name: str) -> None:
    """Press Tab until what is focused is called like this, and can be seen to be."""
    for _ in range(60):
        page.keyboard.press("Tab")
        focused = page.evaluate(
            "() => { const one = document.activeElement; return (one.labels && one.labels[0] ? one.labels[0].innerText"
            " : one.innerText || '').trim().split('\\n')[0].replace(' (optional)', '') }"
        )
        if focused == name:
            return
    raise AssertionError(f"Tab never comes to {name!r}")


def test_without_scripts_everything_can_be_done(seats: Seats, held: Home) -> None:
    with seats.seat(held.people.amira, java_script_enabled=False) as page:
        page.goto("/my-work/")
        page.get_by_text("Filter", exact=True).first.click()
        page.get_by_label("Overdue", exact=True).check()
        page.get_by_role("button", name="Apply filters").click()
        page.wait_for_url("**/my-work/?state=overdue")
        page.get_by_role("link", name="Ada Moor").first.click()
        page.get_by_role("link", name="Chronology", exact=True).click()
        page.get_by_label("Words", exact=True).fill("long-word")
        page.get_by_role("button", name="Apply filters").click()
        assert page.get_by_text("A note was written").is_visible()
        assert page.get_by_text("A practitioner saw the child").count() == 0
