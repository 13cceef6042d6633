"""A child's pages: what is known of her, on any day, and nothing of whom or what is kept from the reader."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from cast import involve
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from seats import as_, happened, on, rows, words_of
from told_family import BEN, Home, home

from goldthread.audit.models import Entry

pytestmark = pytest.mark.django_db(transaction=True)

MOST_QUERIES = {"": 60, "duties/": 50, "chronology/": 45, "family/": 70, "details/": 60, "involved/": 45}
PAGES = ("", "duties/", "chronology/", "family/", "details/", "involved/")


@pytest.fixture
def held() -> Home:
    return home()


def here(held: Home, page: str = "") -> str:
    return f"/children/{held.code()}/{page}"


def test_the_first_page_says_who_she_is_and_what_is_happening(held: Home) -> None:
    today = timezone.localdate()
    happened(held.people.amira, held.code(), "referral-received", today - timedelta(days=30), {"referrer": "known"})
    happened(held.people.amira, held.code(), "child-seen", today - timedelta(days=3), {"alone": True})
    page = as_(held.people.amira).get(here(held))
    text = page.content.decode()
    assert page.status_code == 200
    assert "Ada Moor" in text and "Somali" in text and "Likes to draw first." in text
    assert "3 days ago" in text, "when last seen, and last seen alone"
    said = words_of(page)
    assert "Open to children’s social care" in said and "Overdue" in said and "Amira Sesay" in said
    assert "Decide by the end of the next working day" in said


@pytest.mark.parametrize("page", PAGES)
def test_every_page_of_a_child_opens_for_those_involved_and_leaves_a_line(held: Home, page: str) -> None:
    for who in (held.people.amira, held.people.cai, held.people.bea, held.people.efua, held.people.fern):
        before = len(rows(Entry, record=held.record().pk))
        assert as_(who).get(here(held, page)).status_code == 200
        assert len(rows(Entry, record=held.record().pk)) > before


@pytest.mark.parametrize("page", [*PAGES, "chronology/print/", "access/", "emergency/", "tie/", "reach/"])
def test_no_page_of_a_child_says_anything_to_a_stranger(held: Home, page: str) -> None:
    for who in (held.people.gus, held.people.kit):
        browser = as_(who)
        answer = browser.get(here(held, page))
        assert answer.status_code == 404
        assert answer.content == browser.get(f"/children/0000-0000-0/{page}").content


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("days", ["", "?stood_on=2025-03-01", "?known_on=2026-06-01", "?stood_on=nonsense"])
def test_whoever_must_not_be_known_of_is_on_no_page_on_any_day(held: Home, page: str, days: str) -> None:
    text = as_(held.people.amira).get(here(held, page) + days).content.decode()
    assert "Secretname" not in text and "Cleo" not in text


def test_a_hidden_address_is_for_those_who_need_it(held: Home) -> None:
    assert "9 Hidden Row" in as_(held.people.amira).get(here(held, "details/")).content.decode()
    for page in PAGES:
        text = as_(held.people.fern).get(here(held, page)).content.decode()
        assert "Hidden Row" not in text and "violent" not in text and "withdrawn after adoption" not in text
    assert "This address is kept back." in as_(held.people.fern).get(here(held, "details/")).content.decode()


def test_the_family_is_drawn_and_listed_and_links_only_what_may_be_opened(held: Home) -> None:
    browser = as_(held.people.amira)
    page = browser.get(here(held, "family/")).content.decode()
    assert "<svg" in page and "mother of Ada Moor" in page and "Ben Moor" in page
    assert held.code(BEN) not in page
    involve(held.record(BEN), held.people.amira)
    page = browser.get(here(held, "family/")).content.decode()
    assert f'href="/children/{held.code(BEN)}/"' in page and f'data-record="{held.code(BEN)}"' in page


def test_a_page_says_plainly_that_it_is_not_of_today(held: Home) -> None:
    page = as_(held.people.amira).get(here(held, "details/?stood_on=2025-03-01")).content.decode()
    assert "Not as it is today." in page and "As it stood on 1 March 2025" in page
    assert "12 Elm Lane" in page and "9 Hidden Row" not in page
    assert f'href="{here(held, "chronology/")}?stood_on=2025-03-01"' in page, "the days stay from page to page"


def test_the_days_are_asked_for_in_a_form_that_leads_to_a_plain_address(held: Home) -> None:
    browser = as_(held.people.amira)
    asked = "&".join(f"{name}={value}" for name, value in on("stood", timezone.localdate() - timedelta(days=9)).items())
    answer = browser.get(here(held) + f"?{asked}")
    assert answer.status_code == 302
    assert answer["Location"] == f"{here(held)}?stood_on={timezone.localdate() - timedelta(days=9)}"
    wrong = browser.get(here(held) + "?stood_day=40&stood_month=1&stood_year=2026")
    assert "must be a real date" in wrong.content.decode()


def test_what_was_not_yet_known_is_left_out_of_a_page_as_it_was_known(held: Home) -> None:
    today = timezone.localdate()
    happened(held.people.amira, held.code(), "child-seen", today - timedelta(days=20))
    page = as_(held.people.amira).get(here(held, f"chronology/?known_on={today - timedelta(days=5)}")).content.decode()
    assert "A practitioner saw the child" not in page
    page = as_(held.people.amira).get(here(held, f"chronology/?stood_on={today - timedelta(days=5)}")).content.decode()
    assert "A practitioner saw the child" in page


def test_a_chronology_is_narrowed_by_an_address_and_searched_without_one(held: Home) -> None:
    today = timezone.localdate()
    happened(held.people.amira, held.code(), "child-seen", today - timedelta(days=3))
    happened(
        held.people.amira, held.code(), "case-note", today - timedelta(days=2), {"text": "She spoke of the canal."}
    )
    browser, address = as_(held.people.amira), here(held, "chronology/")
    onward = browser.post(address, {"area": "notes", **on("since", today - timedelta(days=9))})
    assert onward.status_code == 302 and "area=notes" in onward["Location"]
    narrowed = browser.get(onward["Location"]).content.decode()
    assert "She spoke of the canal." in narrowed and "A practitioner saw the child" not in narrowed
    found = browser.post(address, {"text": "canal"})
    assert found.status_code == 200 and "She spoke of the canal." in found.content.decode()
    assert "canal" not in re.sub(r'value="canal"', "", re.sub(r">[^<]*<", "><", found.content.decode())), "no address"
    assert "Nothing here is like that." in browser.post(address, {"text": "quarry"}).content.decode()


def test_a_long_chronology_goes_on_page_by_page(held: Home) -> None:
    today = timezone.localdate()
    for number in range(53):
        happened(
            held.people.amira, held.code(), "case-note", today - timedelta(days=number), {"text": f"Note {number}."}
        )
    browser = as_(held.people.amira)
    first = browser.get(here(held, "chronology/")).content.decode()
    assert "Note 0." in first and "Note 52." not in first
    older = re.findall(r'href="([^"]*before=[^"]*)"', first)[0].replace("&amp;", "&")
    second = browser.get(older).content.decode()
    assert "Note 52." in second and "Note 0." not in second and "Back to the newest" in second


def test_printing_is_written_down_and_is_not_for_everyone(held: Home) -> None:
    happened(held.people.amira, held.code(), "child-seen", timezone.localdate())
    answer = as_(held.people.amira).get(here(held, "chronology/print/"))
    assert answer.status_code == 200 and "Printed by" in answer.content.decode()
    assert [row.verb for row in rows(Entry, record=held.record().pk, verb="printed")] == ["printed"]
    assert as_(held.people.fern).get(here(held, "chronology/print/")).status_code == 403
    assert "Print this chronology" not in as_(held.people.fern).get(here(held, "chronology/")).content.decode()


@pytest.mark.parametrize("page", PAGES)
def test_a_page_asks_as_much_of_the_database_whatever_there_is(held: Home, page: str) -> None:
    def queries() -> int:
        browser = as_(held.people.amira)
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(here(held, page)).status_code == 200
        return len(asked)

    happened(held.people.amira, held.code(), "referral-received", timezone.localdate() - timedelta(days=90))
    queries()
    few = queries()
    for number in range(15):
        happened(held.people.amira, held.code(), "child-seen", timezone.localdate() - timedelta(days=number))
        happened(held.people.amira, held.code(), "case-note", timezone.localdate(), {"text": "Words"})
    assert queries() <= few <= MOST_QUERIES[page]
