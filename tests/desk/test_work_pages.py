"""My work and the team's: what is due, grouped and narrowed, and no child of whom the reader may not know."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import staff
from cast import Cast, another_record, involve
from cast import cast as named_people
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from seats import as_, happened, rows, sent, words_of
from told_family import home

from goldthread.agencies.models import Practitioner
from goldthread.agencies.vocabulary import Role
from goldthread.desk.models import SavedView
from goldthread.records.models import Record, Restriction

pytestmark = pytest.mark.django_db

WORK = "/my-work/"


@pytest.fixture
def people() -> Cast:
    return named_people()


def referred(people: Cast, days_ago: int, record: Record | None = None, who: Practitioner | None = None) -> None:
    happened(
        who or people.amira,
        str((record or people.record).code),
        "referral-received",
        timezone.localdate() - timedelta(days=days_ago),
        {"referrer": "known"},
    )


def test_a_calm_page_where_nothing_is_due(people: Cast) -> None:
    page = as_(people.amira).get("/my-work/")
    assert page.status_code == 200 and "You are up to date" in words_of(page)


def test_what_is_overdue_stands_first_with_its_sentence_date_working_and_citation(people: Cast) -> None:
    referred(people, 20)
    said = words_of(as_(people.amira).get("/my-work/"))
    assert said.index("Overdue") < said.index("Decide by the end of the next working day")
    assert re.search(r"\d+ days late", said) and "Why this date" in said and "153.1" in said


def test_only_what_one_works_on_is_mine_and_the_team_has_the_rest(people: Cast) -> None:
    referred(people, 20)
    assert people.code not in as_(people.cai).get("/my-work/").content.decode()
    assert people.code in as_(people.cai).get("/my-work/?whose=team").content.decode()
    assert people.code not in as_(people.dele).get("/my-work/?whose=team").content.decode()
    assert people.code not in as_(people.dele).get("/my-work/?whose=agency").content.decode()
    assert people.code in as_(people.efua).get("/my-work/?whose=agency").content.decode()
    for whose in ("me", "team", "agency"):
        assert people.code not in as_(people.hal).get(f"/my-work/?whose={whose}").content.decode(), "a relative"


def test_a_restricted_record_is_in_no_list_but_of_those_named(people: Cast) -> None:
    hidden = another_record(Restriction.RESTRICTED, people.amira)
    involve(hidden, people.amira)
    referred(people, 20, hidden)
    assert str(hidden.code) in as_(people.amira).get("/my-work/").content.decode()
    for who in (people.cai, people.bea, people.efua):
        assert str(hidden.code) not in as_(who).get("/my-work/?whose=agency").content.decode()


def test_a_filter_goes_into_the_address_and_words_do_not(people: Cast) -> None:
    referred(people, 20)
    browser = as_(people.amira)
    onward = browser.post("/my-work/", {"state": ["overdue"], "law": ["national"]})
    assert onward.status_code == 302 and onward["Location"] == "/my-work/?state=overdue&law=national"
    page = browser.get(onward["Location"]).content.decode()
    assert people.code in page and "Remove this filter" in page
    found = browser.post("/my-work/", {"text": "referral arrived"})
    assert found.status_code == 200 and len(re.findall(r'<li class="gt-duty"', found.content.decode())) == 1
    assert "Nothing here is like that." in words_of(browser.post("/my-work/", {"text": "zebra"}))
    assert browser.get("/my-work/?state=nonsense").status_code == 422


def test_a_view_is_kept_found_again_renamed_and_let_go(people: Cast) -> None:
    browser = as_(people.amira)
    kept = sent(browser, f"{WORK}views/keep/?state=overdue&unknown=1", name="Late things")
    assert kept.status_code == 302 and kept["Location"] == "/my-work/?state=overdue"
    page = browser.get("/my-work/?state=overdue").content.decode()
    assert "Late things" in page and 'aria-current="page"' in page
    again = sent(browser, f"{WORK}views/keep/?state=running", name="Late things")
    assert again.status_code == 422 and "You have a view of that name" in again.content.decode()
    view = rows(SavedView)[0]
    assert sent(browser, f"{WORK}views/{view.pk}/", name="Overdue").status_code == 302
    assert rows(SavedView)[0].name == "Overdue"
    late = browser.post(f"{WORK}views/{view.pk}/", {"version": 1, "name": "Other"})
    assert late.status_code == 409 and "Other" in late.content.decode()
    assert as_(people.cai).get(f"{WORK}views/{view.pk}/").status_code == 404
    assert sent(browser, f"{WORK}views/{view.pk}/", name="Overdue", drop="on").status_code == 302
    assert rows(SavedView) == []
    assert browser.get(f"{WORK}views/keep/").status_code == 404, "there is nothing to keep"


def test_the_number_of_queries_does_not_grow_with_the_work(people: Cast) -> None:
    def queries() -> int:
        browser = as_(people.amira)
        with CaptureQueriesContext(connection) as asked:
            assert browser.get("/my-work/").status_code == 200
        return len(asked)

    referred(people, 20)
    queries()
    few = queries()
    for number in range(8):
        record = another_record()
        involve(record, people.amira)
        referred(people, number + 2, record)
    assert queries() <= few <= 40


@pytest.mark.django_db(transaction=True)
def test_a_supervisor_sees_what_each_carries_and_where_things_stand_still() -> None:
    held = home()
    people, code, long_ago = held.people, held.code(), timezone.localdate() - timedelta(days=100)
    happened(people.amira, code, "referral-received", long_ago, {"referrer": "known"})
    happened(people.amira, code, "assessment-started", long_ago)
    page = as_(people.bea).get(f"{WORK}team/")
    said = words_of(page)
    assert page.status_code == 200 and "Amira Sesay" in said and "Safeguarding 1" in said
    assert re.search(r"Ada Moor .* Assessment", said) and code in page.content.decode()
    assert as_(people.efua).get(f"{WORK}team/?team={people.team.pk}").status_code == 200
    assert as_(people.bea).get(f"{WORK}team/?team=999").status_code == 404
    assert as_(people.amira).get(f"{WORK}team/").status_code == 403


@pytest.mark.parametrize(
    ("who", "first"),
    [
        ("amira", "/my-work/"),
        ("bea", "/my-work/"),
        ("fern", "/my-work/"),
        ("ines", "/notices/"),
        ("jo", "/reviews/"),
        ("kit", "/administration/people/"),
    ],
)
def test_everybody_begins_where_her_work_is(people: Cast, who: str, first: str) -> None:
    browser = as_(getattr(people, who))
    answer = browser.get("/")
    assert answer.status_code == 302 and answer["Location"] == first
    assert browser.get(first).status_code == 200


def test_whoever_has_no_place_of_work_here_begins_with_her_account(people: Cast) -> None:
    officer = staff.practitioner(Role.PARTNERSHIP_OFFICER, name="Uma Holt", within=people.team)
    assert as_(officer).get("/")["Location"] == "/your-account/"
