"""Searching, by POST and before a record is begun: what may be known is shown, with why it was found, and nothing else."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from seats import as_, on, rows, sent, words_of
from told_family import BEN, CLEO, Home, home

from goldthread.access.models import Notice
from goldthread.audit.models import Entry

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def held() -> Home:
    return home()


def test_a_name_however_spelt_finds_a_stub_and_why(held: Home) -> None:
    answer = as_(held.people.dele).post("/search/", {"name": "ayda moore"})
    page = answer.content.decode()
    assert answer.status_code == 200 and "Ada Moor" in page and held.code() in page
    assert "You are not involved. Opening it asks you why." in page
    assert "You are not involved" not in as_(held.people.amira).post("/search/", {"name": "Ada Quill"}).content.decode()


def test_what_is_hidden_leaves_no_trace_for_the_searcher_and_a_notice_for_the_owner(held: Home) -> None:
    page = words_of(as_(held.people.dele).post("/search/", {"name": "Cleo Secretname"}))
    assert "Nothing was found that you may know of" in page
    nothing = words_of(as_(held.people.dele).post("/search/", {"name": "Zephyrine Quux"}))
    assert re.sub("Cleo Secretname|Zephyrine Quux", "", page) == re.sub("Cleo Secretname|Zephyrine Quux", "", nothing)
    assert rows(Notice, record=held.record(CLEO).pk)


def test_a_search_is_written_down_and_stands_in_no_address(held: Home) -> None:
    browser = as_(held.people.dele)
    assert "Ada" not in words_of(browser.get("/search/?name=Ada"))
    browser.post("/search/", {"name": "Ada Moor"})
    assert [row.verb for row in rows(Entry, verb="searched")] == ["searched"]
    assert rows(Entry, verb="found", record=held.record().pk)


def test_nothing_typed_is_asked_again(held: Home) -> None:
    answer = as_(held.people.amira).post("/search/", {})
    assert answer.status_code == 422 and "Enter a name, a date, a number" in answer.content.decode()


@pytest.mark.parametrize(
    "said", [{"identifier": "999 123 4578"}, {"address": "12 Elm Lane, ZH1 1AA"}, {"phone": "07700 900325"}]
)
def test_a_number_an_address_and_a_telephone_find(held: Home, said: dict[str, str]) -> None:
    assert held.code() in as_(held.people.amira).post("/search/", said).content.decode()


def test_what_cannot_be_a_telephone_number_is_said_at_its_field(held: Home) -> None:
    answer = as_(held.people.amira).post("/search/", {"phone": "not a number"})
    assert answer.status_code == 422


def test_a_hidden_address_finds_nobody_for_whoever_may_not_see_it(held: Home) -> None:
    page = as_(held.people.dele).post("/search/", {"address": "9 Hidden Row, ZH9 9ZZ"})
    assert held.code() not in page.content.decode()


def test_a_custodian_finds_what_is_restricted_and_is_led_to_who_may_know_of_it(held: Home) -> None:
    page = as_(held.people.ines).post("/search/", {"name": "Cleo Secretname"}).content.decode()
    code = held.code(CLEO)
    assert f"/children/{code}/reach/" in page and f'href="/children/{code}/"' not in page


def test_whoever_may_not_search_is_shown_nothing(held: Home) -> None:
    for who in (held.people.gus, held.people.kit):
        page = as_(who).post("/search/", {"name": "Ada Moor"}).content.decode()
        assert held.code() not in page and held.code(BEN) not in page


ADA = {"family": "Holloway", "given": "Noor", "born": "yes", "exact": "yes", "sex": "F"}


def test_a_record_is_begun_only_after_a_search_and_from_it(held: Home) -> None:
    browser = as_(held.people.dele)
    assert browser.get("/search/begin/")["Location"] == "/search/"
    page = browser.post("/search/", {"name": "Noor Holloway"}).content.decode()
    assert "/search/begin/" in page
    form = browser.get("/search/begin/").content.decode()
    assert 'value="Holloway"' in form and 'value="Noor"' in form
    born = timezone.localdate() - timedelta(days=900)
    answer = sent(browser, "/search/begin/", **ADA, **on("born_on", born))
    assert answer.status_code == 302 and answer["Location"].startswith("/children/")
    begun = browser.get(answer["Location"])
    assert begun.status_code == 200 and "Noor Holloway" in begun.content.decode()
    assert browser.get("/search/begin/")["Location"] == "/search/", "each record needs a search of its own"
    assert "Noor Holloway" in as_(held.people.amira).post("/search/", {"name": "Nour Holoway"}).content.decode()


def test_a_child_who_has_been_born_was_not_born_tomorrow(held: Home) -> None:
    browser = as_(held.people.dele)
    browser.post("/search/", {"name": "Noor Holloway"})
    tomorrow = on("born_on", timezone.localdate() + timedelta(days=1))
    answer = sent(browser, "/search/begin/", **ADA, **tomorrow)
    assert answer.status_code == 422 and "was born today or before" in answer.content.decode()
    unborn = sent(browser, "/search/begin/", **{**ADA, "born": "no", "given": "", "sex": "U"}, **tomorrow)
    assert unborn.status_code == 302
    assert "Unborn" in browser.get(unborn["Location"]).content.decode()


def test_whoever_may_begin_none_is_offered_none_and_refused(held: Home) -> None:
    browser = as_(held.people.ines)
    assert "/search/begin/" not in browser.post("/search/", {"name": "Noor Holloway"}).content.decode()
    born = on("born_on", timezone.localdate() - timedelta(days=900))
    assert sent(browser, "/search/begin/", **ADA, **born).status_code == 403
