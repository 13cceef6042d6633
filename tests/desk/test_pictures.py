"""The pictures in docs/pictures, taken of an invented authority on a day that stays the same, so that they cannot go stale.

Beside each picture stand the words that were on the page. Where a page has other words now, its test fails until the pictures
are taken anew: `GOLDTHREAD_TAKE_PICTURES=1 pytest -m slow tests/desk/test_pictures.py`.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
import staff
from browsing import faults, launched
from django.db import connections
from django.utils import timezone
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer
from watching import WRITTEN

from goldthread.accounts import middleware
from goldthread.accounts.models import Account
from goldthread.agencies.models import Practitioner
from goldthread.invented.standing import demo
from goldthread.loading.authority import Invented
from goldthread.loading.taking import take_in

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 10, 30, tzinfo=UTC)
DOCS = Path(__file__).parents[2] / "docs"
PICTURES = DOCS / "pictures"
TAKING = os.environ.get("GOLDTHREAD_TAKE_PICTURES") == "1"
WIDTH = 1100
WORKER, SUPERVISOR, COLLEAGUE = "Anjali Mistry", "Desmond Fairclough", "Kelvin Osei"
SHOWN = {
    "my-work": (WORKER, "/my-work/", 1000),
    "team": (SUPERVISOR, "/my-work/team/", 900),
    "child": (WORKER, "/children/{code}/", 1000),
    "duties": (WORKER, "/children/{code}/duties/", 1000),
    "chronology": (WORKER, "/children/{code}/chronology/", 1000),
    "family": (WORKER, "/children/{code}/family/", 1000),
    "closed": (COLLEAGUE, "/children/{code}/", 800),
    "who-has-looked": (SUPERVISOR, "/children/{code}/access/", 900),
}
"""The name of each picture: who looks, at which page, and how much of its height is shown."""


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch) -> Iterator[Page]:
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright keeps an event loop in this thread
    clock = SimpleNamespace(now=lambda: NOW, localdate=timezone.localdate)
    monkeypatch.setattr(middleware, "timezone", clock)  # the one place where a request learns what time it is
    take_in(Invented(demo(TODAY, size=0.01)), at=NOW)
    with launched() as browser:
        yield browser.new_page(viewport={"width": WIDTH, "height": 900})
        connections.close_all()


def sit_down(page: Page, site: str, name: str) -> None:
    """Let one of the cast sit down at the browser."""
    who = Practitioner.objects.get(name=name)
    account = Account.objects.filter(practitioner=who).first()
    if account is None:
        account = Account(practitioner=who, email=f"{who.pk}@harrowmere.example")
        account.set_unusable_password()
        account.save()
    session = staff.signed_in(account, at=NOW.timestamp()).cookies["session"].value
    page.context.clear_cookies()
    page.context.add_cookies([{"name": "session", "value": session, "url": site}])


def words(page: Page) -> str:
    """What is written on a page, without the references, which are drawn by chance."""
    text = WRITTEN.sub("XXXX-XXXX-X", page.inner_text("body"))
    return "\n".join(line.strip() for line in text.splitlines() if line.strip()) + "\n"


def test_the_pictures_show_the_pages_as_they_are(page: Page, live_server: LiveServer) -> None:
    site, stale = str(live_server.url), []
    sit_down(page, site, WORKER)
    page.goto(f"{site}/my-work/")
    first = page.locator("a[href^='/children/']").first.get_attribute("href") or ""
    found = re.match(r"/children/([^/]+)/", first)
    assert found
    for name, (who, address, height) in SHOWN.items():
        sit_down(page, site, who)
        page.set_viewport_size({"width": WIDTH, "height": height})
        page.goto(site + address.format(code=found[1]))
        assert faults(page) == [], name
        said, held = words(page), PICTURES / f"{name}.txt"
        if TAKING:
            PICTURES.mkdir(exist_ok=True)
            page.screenshot(path=str(PICTURES / f"{name}.png"))
            held.write_text(said, encoding="utf-8")
        elif not (PICTURES / f"{name}.png").exists() or held.read_text(encoding="utf-8") != said:
            stale.append(name)
    assert not stale, (
        f"the pages {stale} have other words than their pictures: take them anew, as the top of this file says"
    )


def test_every_picture_is_shown_in_the_docs_and_every_one_that_is_shown_is_taken() -> None:
    text = (DOCS / "the-site.md").read_text(encoding="utf-8")
    assert set(re.findall(r"\(pictures/([a-z-]+)\.png\)", text)) == SHOWN.keys()
    assert {path.stem for path in PICTURES.iterdir()} == SHOWN.keys()
