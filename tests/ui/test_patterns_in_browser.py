"""Every part in a real browser: for a screen reader, at 320 pixels, by keyboard, in other colours, on paper, without scripts."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from browsing import ORIGIN, faults, launched, opened, sideways
from django.test import Client
from playwright.sync_api import Browser, Page
from pytest_django import Settings

pytestmark = pytest.mark.slow
PATTERNS = f"{ORIGIN}/patterns/"

SEEN_FOCUS = """() => {
  const one = document.activeElement, style = getComputedStyle(one), box = one.getBoundingClientRect();
  const drawn = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0
    && !/rgba\\(\\d+, \\d+, \\d+, 0\\)/.test(style.outlineColor);
  const near = one.closest('.govuk-radios__item, .govuk-checkboxes__item');
  const beside = near ? getComputedStyle(near.querySelector('label'), '::before') : null;
  return {
    what: one.outerHTML.slice(0, 120), body: one === document.body,
    seen: drawn || style.boxShadow !== 'none' || (beside && beside.boxShadow !== 'none'),
    covered: box.width > 0 && box.bottom <= 0,
  };
}"""

# Every piece of text becomes one long word, but in tables, which have a pane of their own to scroll in, and where only
# short words of our own ever stand.
LONG_WORDS = """word => {
  const ours = "table, script, svg, .gt-state, .gt-identity__code, .govuk-input__prefix, .govuk-input__suffix";
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) texts.push(walker.currentNode);
  const said = texts.filter(one => one.data.trim().length > 3 && !one.parentElement.closest(ours));
  said.forEach(one => { one.data = word; });
  return said.length;
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launched() as started:
        yield started


@pytest.mark.parametrize("width", [1280, 320])
def test_axe_finds_nothing_and_nothing_lies_beyond_the_edge(browser: Browser, width: int) -> None:
    with opened(browser, Client(), width=width) as page:
        page.goto(PATTERNS)
        page.wait_for_selector(".govuk-frontend-supported")
        assert faults(page) == []
        assert sideways(page) == 0


def test_axe_would_have_found_something(browser: Browser) -> None:
    with opened(browser, Client()) as page:
        page.goto(PATTERNS)
        page.evaluate("document.querySelector('label').remove()")
        page.evaluate("document.querySelector('.gt-footer__edition').style.color = '#ddd'")
        assert {fault.split(":")[0] for fault in faults(page)} >= {"label", "color-contrast"}
        page.evaluate("document.querySelector('h1').style.width = '3000px'")
        assert sideways(page) > 1000


@pytest.mark.parametrize("address", ["/accessibility/", "/nowhere/"])
@pytest.mark.parametrize("width", [1280, 320])
def test_pages_of_no_app_are_without_fault(browser: Browser, address: str, width: int) -> None:
    with opened(browser, Client(), width=width, may_complain_of=("404",)) as page:
        page.goto(f"{ORIGIN}{address}")
        assert faults(page) == []
        assert sideways(page) == 0


@pytest.mark.parametrize("what", ["conflict", "denied", "broken", "audit", "fault"])
def test_pages_of_refusals_are_without_fault(browser: Browser, settings: Settings, what: str) -> None:
    settings.ROOT_URLCONF = "test_refusals"
    settings.MIDDLEWARE = [
        "goldthread.ui.middleware.Headers",
        "whitenoise.middleware.WhiteNoiseMiddleware",
        "test_refusals.Signed",
        "goldthread.ui.middleware.Errors",
    ]
    client = Client(raise_request_exception=False)
    with opened(browser, client, width=320, may_complain_of=("the server responded with a status",)) as page:
        page.goto(f"{ORIGIN}/raise/{what}/")
        assert page.locator("h1").count() == 1
        assert faults(page) == []
        assert sideways(page) == 0


def test_the_text_can_be_twice_as_large(browser: Browser) -> None:
    with opened(browser, Client(), width=1280) as page:
        page.goto(PATTERNS)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert sideways(page) == 0


def test_a_word_of_any_length_breaks(browser: Browser) -> None:
    with opened(browser, Client(), width=320) as page:
        page.goto(PATTERNS)
        changed = page.evaluate(LONG_WORDS, "worker" * 12 + "@anyborough.example")
        assert changed > 150
        assert sideways(page) == 0


def test_whoever_uses_the_keyboard_always_sees_where_she_is(browser: Browser) -> None:
    with opened(browser, Client()) as page:
        page.goto(PATTERNS)
        page.wait_for_selector(".govuk-frontend-supported")
        page.evaluate("document.querySelector('.govuk-skip-link').focus()")  # what has just happened took the focus
        reached = []
        for _ in range(120):
            page.keyboard.press("Tab")
            found = page.evaluate(SEEN_FOCUS)
            if found["body"]:
                break
            assert found["seen"], found["what"]
            assert not found["covered"], found["what"]
            reached.append(found["what"])
        assert len(reached) > 60
        for part in ('href="#wrong_', 'name="words"', "govuk-button", "gt-table-pane", "<summary", "gt-sort"):
            assert any(part in what for what in reached), (part, reached)


def test_the_first_key_leads_past_the_header(browser: Browser) -> None:
    with opened(browser, Client()) as page:
        page.goto(f"{ORIGIN}/accessibility/")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "Skip to main content"
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "main"


def test_an_error_in_the_summary_leads_into_its_box(browser: Browser) -> None:
    with opened(browser, Client()) as page:
        page.goto(PATTERNS)
        page.wait_for_selector(".govuk-frontend-supported")
        page.click("text=The day she was seen must include a month >> nth=0")
        assert page.evaluate("document.activeElement.id") == "wrong_seen_on_month"
        assert page.title().startswith("Patterns")


def test_what_a_choice_reveals_appears_with_it(browser: Browser) -> None:
    with opened(browser, Client()) as page:
        page.goto(PATTERNS)
        page.wait_for_selector(".govuk-frontend-supported")
        assert not page.is_visible("#blank_other_reason")
        page.check("#blank_reason-3")
        assert page.is_visible("#blank_other_reason")


def test_without_scripts_everything_can_be_read_and_filled_in(browser: Browser) -> None:
    with opened(browser, Client(), java_script_enabled=False) as page:
        page.goto(PATTERNS)
        for field in ("other_reason", "words", "passphrase", "seen_on_month"):
            assert page.is_visible(f"#blank_{field}"), field
        assert page.is_visible("text=You can enter up to 2000 characters >> nth=0")
        assert sideways(page) == 0


def test_colours_that_a_reader_has_chosen_leave_every_word_and_edge(browser: Browser) -> None:
    with opened(browser, Client(), forced_colors="active") as page:
        page.goto(PATTERNS)
        assert faults(page) == []
        assert page.evaluate("getComputedStyle(document.querySelector('.gt-tag')).borderTopStyle") == "solid"
        edge = "one => getComputedStyle(document.querySelector(one)).borderBottomColor"
        here, elsewhere = ".gt-identity__page[aria-current]", ".gt-identity__page:not([aria-current])"
        assert page.evaluate(edge, here) != page.evaluate(edge, elsewhere)


def test_on_paper_there_are_no_controls_and_no_addresses(browser: Browser) -> None:
    with opened(browser, Client()) as page:
        page.goto(PATTERNS)
        page.emulate_media(media="print")
        for gone in (
            ".gt-filter",
            ".govuk-button",
            ".gt-why",
            ".govuk-summary-list__actions",
            ".gt-identity__links",
            ".govuk-breadcrumbs",
        ):
            assert not page.locator(gone).first.is_visible(), gone
        for there in (".gt-identity__name", ".gt-table", ".moj-timeline__item", ".gt-banner__title"):
            assert page.locator(there).first.is_visible(), there
        after = "links => links.map(one => getComputedStyle(one, '::after').content)"
        assert page.locator('.govuk-link[href^="/"]').count() > 1
        assert set(page.locator(".govuk-link").evaluate_all(after)) == {"none"}


def refused(page: Page) -> list[str]:
    """What the site's own policy has kept the page from doing."""
    found: list[str] = page.evaluate("window.refused")
    return found


def test_the_site_s_policy_is_never_broken(browser: Browser) -> None:
    with opened(browser, Client()) as page:
        page.add_init_script(
            "window.refused = [];"
            "document.addEventListener('securitypolicyviolation', e => window.refused.push(e.violatedDirective))"
        )
        page.goto(PATTERNS)
        page.wait_for_selector(".govuk-frontend-supported")
        page.wait_for_selector("[data-govuk-radios-init]")
        assert refused(page) == []


def test_what_the_policy_refuses_fails_a_test(browser: Browser) -> None:
    def breach() -> None:
        with opened(browser, Client()) as page:
            page.goto(PATTERNS)
            page.evaluate("document.body.insertAdjacentHTML('beforeend', '<p style=color:red>x</p>')")
            page.wait_for_timeout(200)

    with pytest.raises(AssertionError, match="Content Security Policy"):
        breach()
