"""A real browser for tests, and what is asked of every page that it opens.

`opened(client)` answers the browser's requests by Django's test client, in this thread: no server, no port, and the
site's own headers hold the browser as they would anywhere. Where the design system's files, axe or Chromium are not
there, a test that asks for them is skipped and says so; with GOLDTHREAD_ALL_IS_HERE=1 (.ci/run) it fails instead.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

import pytest
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, Request, Route, sync_playwright

from goldthread.ui import assets

AXE = Path(__file__).parents[1] / "node_modules" / "axe-core" / "axe.min.js"
# The system's own, which its package keeps up to date; never one that lies around from elsewhere.
CHROMIUM = shutil.which("chromium", path="/usr/bin") or shutil.which("chromium-browser", path="/usr/bin")
ORIGIN = "http://localhost"
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# A choice that reveals a field says whether it is open; ARIA has no word for that, and the design system, having tried it
# with those who use screen readers, says it nonetheless.
KNOWN = re.compile(r'^aria-allowed-attr: .*class="govuk-(radios|checkboxes)__input".* aria-expanded=')

SPACED_OUT = """() => {
  const wider = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;
  const plain = wider();
  const spacing = new CSSStyleSheet(); // not a style element: the site's own policy refuses those, rightly
  spacing.replaceSync(`* { letter-spacing: 0.12em !important; word-spacing: 0.16em !important;
                           line-height: 1.5 !important; } p { margin-bottom: 2em !important; }`);
  document.adoptedStyleSheets.push(spacing);
  const spaced = wider();
  document.adoptedStyleSheets.pop();
  return Math.max(plain, spaced);
}"""


def missing(what: str) -> NoReturn:
    """This will leave the test out, or fail it where everything is said to be here."""
    if os.environ.get("GOLDTHREAD_ALL_IS_HERE"):
        pytest.fail(what)
    pytest.skip(what)


@contextmanager
def launched() -> Iterator[Browser]:
    """This will start Chromium, or leave the test out."""
    if CHROMIUM is None:
        missing("Chromium is not here: on Debian, apt-get install chromium fonts-dejavu-core")
    if not assets.are_built() or not AXE.is_file():
        missing("the design system's files are not here: bin/set-up site")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--disable-dev-shm-usage"])
        try:
            yield browser
        finally:
            browser.close()


def answered_by(client: Client, context: BrowserContext) -> None:
    """This will have every request of the browser answered by the client; one to elsewhere is refused."""

    def answer(route: Route, request: Request) -> None:
        if not request.url.startswith(f"{ORIGIN}/"):
            route.abort()
            return
        given: Any = client.generic(
            request.method,
            request.url.removeprefix(ORIGIN),
            data=request.post_data_buffer or b"",
            content_type=request.headers.get("content-type", "application/octet-stream"),
        )
        body = b"".join(given.streaming_content) if given.streaming else given.content
        given.close()
        route.fulfill(status=given.status_code, headers=dict(given.headers), body=body)

    context.route("**/*", answer)


@contextmanager
def opened(
    browser: Browser, client: Client, *, width: int = 1280, may_complain_of: tuple[str, ...] = (), **how: Any
) -> Iterator[Page]:
    """This will give a page of a fresh browser profile; leaving it fails the test if the browser complained of anything."""
    context = browser.new_context(viewport={"width": width, "height": 900}, **how)
    answered_by(client, context)
    page = context.new_page()
    page.set_default_timeout(10_000)
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    try:
        yield page
    finally:
        context.close()
    left = [said for said in complaints if not any(part in said for part in may_complain_of)]
    assert not left, f"the browser complains: {left}"


def faults(page: Page) -> list[str]:
    """This will ask axe what is wrong with the page for those who cannot see, hear or point; one line for each fault."""
    page.evaluate(AXE.read_text(encoding="utf-8"))  # not a script tag: the site's own policy refuses those, rightly
    found = page.evaluate("levels => axe.run({ runOnly: levels })", LEVELS)
    lines = [
        f"{fault['id']}: {fault['help']}: {node['html'][:300]}"
        for fault in found["violations"]
        for node in fault["nodes"]
    ]
    return [line for line in lines if not KNOWN.match(line)]


def sideways(page: Page) -> int:
    """This will say by how many pixels the page is wider than the screen, also for a reader who spaces letters out.

    The spacing is what WCAG 2.2 asks for in 1.4.12. It also stands in for wider letters, since the font that a machine
    has is a matter of chance.
    """
    wider: int = page.evaluate(SPACED_OUT)
    return wider
